"""How much came in lately."""

import time
from collections import deque
from collections.abc import Callable

WINDOW = 10.0


class Rate:
    """Events a second over the last seconds, from a total that only grows."""

    def __init__(self, total: Callable[[], int], clock: Callable[[], float] = time.monotonic) -> None:
        self._total = total
        self._clock = clock
        self._samples: deque[tuple[float, int]] = deque([(clock(), total())])

    def per_second(self) -> float:
        """Return the rate since the oldest sample kept, and take one; ask at least now and then."""
        at, total = self._clock(), self._total()
        self._samples.append((at, total))
        while len(self._samples) > 2 and self._samples[1][0] <= at - WINDOW:
            self._samples.popleft()
        since, before = self._samples[0]
        return (total - before) / (at - since) if at > since else 0.0
