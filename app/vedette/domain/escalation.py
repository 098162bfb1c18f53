"""When an issue escalates: how many events an hour it may have before that is far more than usual.

The idea is Sentry's, a forecast from the counts of the last week; the rule is simpler, and knows that a
desk's workspace is not always on: hours in which the issue did not happen say nothing about it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

HISTORY_HOURS = 7 * 24
LEAST = 10
"""Fewer events in an hour are never far more than usual."""
TIMES_BUSIEST = 2
TIMES_AVERAGE = 5


@dataclass(slots=True)
class Usual:
    """What an issue's hours were like, of those in which it happened."""

    hours: int = 0
    events: int = 0
    busiest: int = 0

    @classmethod
    def of(cls, counts: Iterable[int]) -> "Usual":
        """Return it for *counts*, the events of each hour."""
        usual = cls()
        for count in counts:
            usual.add(count)
        return usual

    def add(self, count: int) -> None:
        """Let an hour with *count* events count."""
        if count > 0:
            self.hours, self.events = self.hours + 1, self.events + count
            self.busiest = max(self.busiest, count)

    @property
    def limit(self) -> int:
        """The most events an hour can have without escalating.

        Twice the busiest hour or five times the average one, whichever is more, and LEAST in any case.
        """
        average = self.events / self.hours if self.hours else 0.0
        return max(LEAST, TIMES_BUSIEST * self.busiest, int(TIMES_AVERAGE * average))
