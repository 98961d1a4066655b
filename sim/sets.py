"""The three sets of the model, by id, in the order that every vector follows (model page, section 1)."""

from typing import Final

SEGMENTS: Final = ("newcomer", "regular", "fan")
SURFACES: Final = ("live", "video", "shelf")
PARTNERS: Final = ("marketplace", "saas", "adapter")

# Segments that can be left downwards: a newcomer has nowhere to fall to.
DEMOTABLE: Final = ("regular", "fan")

WEEKS_PER_YEAR: Final = 52
