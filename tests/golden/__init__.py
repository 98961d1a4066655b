"""Stored results of a few scenarios, rewritten by ``python -m tests.golden.rewrite`` alone."""
