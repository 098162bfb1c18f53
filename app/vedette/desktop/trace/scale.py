"""Time to pixels and back, zooming and panning, and the marks of a ruler. Pure geometry, no Qt."""

from dataclasses import dataclass, replace

from vedette.desktop.widgets import units

CLOSEST = 10
"""Microseconds that may fill the width: no closer zoom."""


@dataclass(frozen=True, slots=True)
class Tick:
    """One mark: its moment and what stands beside it."""

    micros: int
    label: str


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Maps [start, end] in microseconds onto [0, width] in device-independent pixels."""

    start: int
    end: int
    width: float

    @property
    def span(self) -> int:
        """How much time the width shows, at least one microsecond."""
        return max(1, self.end - self.start)

    def x(self, micros: float) -> float:
        """Return where *micros* lies; outside [0, width] when it is out of sight."""
        return (micros - self.start) * self.width / self.span

    def micros(self, x: float) -> int:
        """Return the moment at *x*."""
        return self.start + round(x * self.span / self.width) if self.width > 0 else self.start

    def zoomed(self, at_x: float, factor: float) -> "TimeScale":
        """Return the scale zoomed by *factor* (>1 is closer) with the moment under *at_x* held still."""
        # A window shorter than the pixels are wide would round away from the pointer: hold the fraction.
        span = max(CLOSEST, round(self.span / factor))
        anchor = self.start + at_x * self.span / self.width if self.width > 0 else self.start
        start = round(anchor - span * at_x / self.width) if self.width > 0 else self.start
        return replace(self, start=start, end=start + span)

    def panned(self, by_x: float) -> "TimeScale":
        """Return the scale moved by *by_x* pixels: positive shows later moments."""
        by = round(by_x * self.span / self.width) if self.width > 0 else 0
        return replace(self, start=self.start + by, end=self.end + by)

    def showing(self, start: int, end: int, air: float = 0.0) -> "TimeScale":
        """Return the scale that shows [start, end] with *air* of its length free on both sides."""
        if end - start < CLOSEST:
            middle = (start + end) // 2
            start, end = middle - CLOSEST // 2, middle + CLOSEST // 2
        side = round((end - start) * air)
        return replace(self, start=start - side, end=end + side)

    def kept_in(self, first: int, last: int) -> "TimeScale":
        """Return the scale moved and, if need be, shortened to show nothing outside [first, last]."""
        if self.span >= last - first:
            return replace(self, start=first, end=max(last, first + 1))
        start = min(max(self.start, first), last - self.span)
        return replace(self, start=start, end=start + self.span)

    def resized(self, width: float) -> "TimeScale":
        """Return the scale on another width."""
        return replace(self, width=width)

    def ticks(self, least_pixels: float = 90.0) -> list[Tick]:
        """Return marks at 1, 2 or 5 times a power of ten, at least *least_pixels* apart, in one unit."""
        if self.width <= 0:
            return []
        step = tick_step(self.span * least_pixels / self.width)
        first = -(-self.start // step) * step
        return [Tick(moment, tick_label(moment, step)) for moment in range(first, self.end + 1, step)]


def tick_step(least: float) -> int:
    """Return the smallest 1, 2 or 5 times a power of ten (whole microseconds) that is at least *least*.

    Beyond a minute the steps are those of a clock.
    """
    for step in _CLOCK_STEPS:
        if least > 30_000_000 and step >= least:
            return step
    scale = 1
    while scale * 10 <= least:
        scale *= 10
    return next(scale * factor for factor in (1, 2, 5, 10) if scale * factor >= least)


_SECOND = 1_000_000
_CLOCK_STEPS = tuple(
    seconds * _SECOND
    for seconds in (60, 120, 300, 600, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400, 172_800, 432_000)
)


def tick_label(micros: int, step: int) -> str:
    """Return a moment in the unit that *step* asks for, so that all marks of a ruler read alike."""
    if step >= 60 * _SECOND:
        return units.duration(micros) if micros else "0 min"
    if step >= _SECOND // 10:
        return f"{_trimmed(micros, _SECOND, step)} s"
    if step >= 100:
        return f"{_trimmed(micros, 1_000, step)} ms"
    return f"{micros:,} µs"


def _trimmed(micros: int, unit: int, step: int) -> str:
    digits = 0
    while step % unit and unit > 1:
        unit //= 10
        digits += 1
    return f"{micros / (unit * 10**digits):,.{digits}f}"
