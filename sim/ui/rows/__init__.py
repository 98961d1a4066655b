"""Numbers of the scenario as rows of controls: one browser component for a block of them."""
