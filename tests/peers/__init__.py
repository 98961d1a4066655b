"""Where an established package does the same as an analysis here, both are asked the same question."""
