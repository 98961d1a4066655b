"""Libraries as each released schema kept them."""
