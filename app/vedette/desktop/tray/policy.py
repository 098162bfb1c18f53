"""When the desktop is told of issues. Pure: arrivals and a clock in, what to tell out; no Qt, no words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vedette.domain.times import SECOND, Micros

GAP = 5 * SECOND
"""Between one notification and the next; what comes meanwhile is summed up in one."""
ANNOUNCE_GAP = 10 * SECOND
"""Between one announcement to screen readers and the next."""


class Why(StrEnum):
    """Why an issue is worth telling."""

    NEW = "new"
    REGRESSED = "regressed"


@dataclass(frozen=True, slots=True)
class Arrival:
    """An issue that is new in this run, or was resolved and came back."""

    why: Why
    issue: int
    short: str
    title: str
    where: str  # culprit and project


class Gate:
    """Lets something through at most once every *gap* microseconds."""

    def __init__(self, clock: Callable[[], Micros], gap: int) -> None:
        self._clock = clock
        self._gap = gap
        self._passed: Micros | None = None

    def opens_in(self) -> int:
        """Return in how many microseconds the next may pass, 0 for now."""
        if self._passed is None:
            return 0
        since = self._clock() - self._passed
        # A clock that was set back keeps nobody waiting.
        return max(0, self._gap - since) if since >= 0 else 0

    def pass_now(self) -> None:
        """Note that something passed."""
        self._passed = self._clock()


class Notices:
    """Collects arrivals and says when some are to be told, at most once every *gap*.

    Nothing is told of what came while a window is in front, then or later: it was seen.
    """

    def __init__(self, clock: Callable[[], Micros], gap: int = GAP) -> None:
        self.gate = Gate(clock, gap)
        self._waiting: dict[tuple[Why, int], Arrival] = {}

    def take(
        self, arrivals: Sequence[Arrival], *, in_front: bool, wanted: Callable[[Why], bool]
    ) -> tuple[Arrival, ...]:
        """Return what is to be told now of *arrivals* and those that wait; each issue once."""
        if in_front:
            self._waiting.clear()
            return ()
        for arrival in arrivals:
            if wanted(arrival.why):
                self._waiting[arrival.why, arrival.issue] = arrival
        if not self._waiting or self.gate.opens_in():
            return ()
        self.gate.pass_now()
        told = tuple(self._waiting.values())
        self._waiting.clear()
        return told

    @property
    def waits(self) -> bool:
        """Whether something is still to be told."""
        return bool(self._waiting)


class Counts:
    """Counts new issues for an announcement at most every *gap*: how many since the last."""

    def __init__(self, clock: Callable[[], Micros], gap: int = ANNOUNCE_GAP) -> None:
        self.gate = Gate(clock, gap)
        self._count = 0

    def take(self, more: int = 0) -> int:
        """Count *more*; return how many there are to say now, 0 while it is too early or there are none."""
        self._count += more
        if not self._count or self.gate.opens_in():
            return 0
        self.gate.pass_now()
        count, self._count = self._count, 0
        return count

    @property
    def waits(self) -> bool:
        """Whether something is still to be said."""
        return self._count > 0
