"""The bars of a histogram of time: which moment is where, what a brushed stretch means. Pure."""

from dataclasses import dataclass

from vedette.desktop.language import tr
from vedette.desktop.widgets.relative_time import clock, exact
from vedette.desktop.widgets.sparkline_layout import describe
from vedette.desktop.widgets.units import count
from vedette.domain.times import DAY, Micros


@dataclass(frozen=True, slots=True)
class TimeBars:
    """So many events in each of the equal parts of [start, end)."""

    start: Micros
    end: Micros
    values: tuple[int, ...]

    def bar_at(self, x: float, width: int) -> int:
        """Return the bar under *x* in *width* pixels, held at the ends; -1 without bars."""
        many = len(self.values)
        return min(many - 1, max(0, int(x * many / width))) if many and width > 0 else -1

    def left_of(self, bar: int, width: int) -> float:
        """Return where *bar* begins in *width* pixels."""
        return bar * width / max(1, len(self.values))

    def begin(self, bar: int) -> Micros:
        """Return the moment at which *bar* begins."""
        return Micros(self.start + (self.end - self.start) * bar // max(1, len(self.values)))

    def stretch(self, first: int, last: int) -> tuple[Micros, Micros]:
        """Return the stretch of time [since, until) of the bars from *first* to *last*, in either order."""
        low, high = min(first, last), max(first, last)
        return self.begin(low), self.begin(high + 1)

    def count(self, first: int, last: int) -> int:
        """Return how many events are in the bars from *first* to *last*."""
        low, high = min(first, last), max(first, last)
        return sum(self.values[low : high + 1])

    def words(self, first: int, last: int) -> str:
        """Return how many events are when in the bars from *first* to *last*."""
        since, until = self.stretch(first, last)
        n = self.count(first, last)
        many = tr("{count} event(s)", "", n).format(count=count(n))
        return tr("{count}, {since} to {until}").format(
            count=many, since=moment(since, until - since), until=moment(until, until - since, since)
        )

    def trend(self) -> str:
        """Return the bars in words: ``rising, peak 5 at 10:12``."""
        words = describe(self.values)
        if not any(self.values):
            return words
        peak = max(range(len(self.values)), key=lambda at: self.values[at])
        return tr("{trend} at {time}").format(
            trend=words, time=moment(self.begin(peak), self.end - self.start)
        )

    def as_text(self) -> str:
        """Return the bars as lines to be pasted: from, to, events."""
        lines = [f"{tr('from')}\t{tr('to')}\t{tr('events')}"]
        for bar, value in enumerate(self.values):
            since, until = self.stretch(bar, bar)
            lines.append(f"{exact(since)}\t{exact(until)}\t{value}")
        return "\n".join(lines)


def moment(at: Micros, span: int, beside: Micros | None = None) -> str:
    """Return *at* as short as *span* allows: ``10:14:07``, ``10:14``; dated unless *beside* says the day."""
    time = clock(at)[: 8 if span < 10 * 60 * 1_000_000 else 5]
    date = exact(at)[:10]
    same = beside is not None and exact(beside)[:10] == date
    if span < DAY and (same or beside is None):
        return time
    return time if same else f"{date} {time}"
