"""A scenario as a file and as a link: read, checked, written; nothing dropped in silence."""
