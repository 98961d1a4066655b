"""The command line: run a scenario, list cases and parameters."""
