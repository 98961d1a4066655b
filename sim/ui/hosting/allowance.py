"""How often one client may ask: a bucket of tokens each, in the memory of this process.

References
----------
Turner, J. (1986), New directions in communications, IEEE Communications Magazine 24(10): the leaky
bucket as a meter.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

# Clients that are remembered, those who asked last; a forgotten one begins with a full bucket.
_REMEMBERED: Final = 4096


class Allowance:
    """Lets each client ask so often a second in the long run, and so often at once."""

    def __init__(
        self, per_second: float, burst: float, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_second, self._burst, self._clock = per_second, burst, clock
        # What was left in a bucket, and when.
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, client: str) -> bool:
        """Whether a client may ask now; it counts if it may."""
        now = self._clock()
        with self._lock:
            left, then = self._left.pop(client, (self._burst, now))
            left = min(self._burst, left + (now - then) * self._per_second)
            may = left >= 1
            self._left[client] = (left - 1 if may else left, now)
            if len(self._left) > _REMEMBERED:
                self._left.popitem(last=False)
        return may
