"""The library: scenarios that people keep, share, and come back to, in a real database."""
