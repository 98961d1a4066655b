"""Scripts that measure speed. Not tests: they assert nothing and print medians and ratios."""
