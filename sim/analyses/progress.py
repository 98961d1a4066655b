"""How long work says how far it is, and how it is told to stop."""

from collections.abc import Callable

# Called with what is done and of how much, in any unit. To stop the work it raises
# :class:`sim.errors.Cancelled`.
Tick = Callable[[int, int], None]


def silent(_done: int, _total: int) -> None:
    """Nobody is told."""
