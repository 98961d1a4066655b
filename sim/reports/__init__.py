"""Reports: a comparison in words."""
