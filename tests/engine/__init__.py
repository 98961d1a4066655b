"""The engine: laws, closed forms, directions, ranges, batches, and the yardstick beside it."""
