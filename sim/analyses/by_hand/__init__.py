"""The model page once more in plain Python, to hold the compiled engine against."""
