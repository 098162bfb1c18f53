"""Where the bars of a sparkline stand. Pure geometry: numbers in, rectangles out."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from vedette.desktop.language import tr


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar in whole pixels from the top left of its place."""

    x: int
    y: int
    width: int
    height: int


def bars(values: Sequence[float], width: int, height: int, *, gap: int = 1, peak: float = 0) -> list[Bar]:
    """Return a bar for each value above zero; the highest (or *peak*, if higher) fills *height*.

    Bars are equally wide, at least 1 px, and never less than 2 px high, so that one event is seen beside
    a thousand. More values than fit are joined by their maximum.
    """
    if not values or width <= 0 or height <= 0:
        return []
    values = _joined(values, max(1, width // (gap + 1)))
    pitch = width / len(values)
    broad = max(1, int(pitch) - gap)
    top = max(max(values), peak)
    found = []
    for at, value in enumerate(values):
        if value > 0:
            high = min(height, max(2, round(value / top * height)))
            found.append(Bar(int(at * pitch), height - high, broad, high))
    return found


def bar_index(x: float, count: int, width: int) -> int:
    """Return which of *count* values lies under *x*, held at the ends."""
    return min(count - 1, max(0, int(x * count / width))) if count and width > 0 else -1


def describe(values: Sequence[float]) -> str:
    """Return the trend in words for screen readers: ``rising, peak 5``; ``none`` without values."""
    if not values or max(values) <= 0:
        return tr("none")
    half = max(1, len(values) // 2)
    before, after = sum(values[:half]) / half, sum(values[half:]) / max(1, len(values) - half)
    trend = tr("steady")
    if after > before * 1.5:
        trend = tr("rising")
    elif before > after * 1.5:
        trend = tr("falling")
    return tr("{trend}, peak {peak}").format(trend=trend, peak=f"{max(values):g}")


def _joined(values: Sequence[float], most: int) -> Sequence[float]:
    if len(values) <= most:
        return values
    edges = [round(at * len(values) / most) for at in range(most + 1)]
    return [max(values[start:end]) for start, end in pairwise(edges)]
