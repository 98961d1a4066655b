"""Questions put to the engine, one method a file."""
