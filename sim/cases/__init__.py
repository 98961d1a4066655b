"""The built-in cases: a document each, and what is real in it."""
