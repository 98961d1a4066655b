"""The pages, one a file; a page puts results in order and computes nothing."""
