"""Handing a scenario on: the link, the file, and files that come in."""
