"""A second, plain numpy reading of the model page: it checks the engine and is its speed yardstick."""

from tests.yardstick.outcomes import outcomes
from tests.yardstick.parameters import DEFAULTS
from tests.yardstick.week import simulate

__all__ = ["DEFAULTS", "outcomes", "simulate"]
