"""Bars and labels of the rows in sight, as rectangles. Pure geometry, no Qt."""

from dataclasses import dataclass
from enum import Enum

import numpy as np

from vedette.desktop.trace.links import Numbers
from vedette.desktop.trace.scale import TimeScale

LEAST_BAR = 2.0
"""Pixels a bar has at least, however short its span."""
LABEL_GAP = 6.0


class Side(Enum):
    """Where a bar's duration stands."""

    RIGHT = "right"
    LEFT = "left"
    INSIDE = "inside"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Stretch:
    """From x to x, in pixels of the time area."""

    left: float
    right: float

    @property
    def width(self) -> float:
        return self.right - self.left


def bar_of(scale: TimeScale, begin: int, end: int) -> Stretch | None:
    """Return where a span's bar lies, cut a little outside the area; None: out of sight."""
    left, right = scale.x(begin), scale.x(end)
    if right - left < LEAST_BAR:
        right = left + LEAST_BAR
    if right < 0 or left > scale.width:
        return None
    # Far outside, coordinates would leave what a painter can hold.
    return Stretch(max(left, -8.0), min(right, scale.width + 8.0))


def label_of(bar: Stretch, label_width: float, width: float) -> tuple[Side, float]:
    """Return on which side of *bar* a label has room, and its left edge."""
    if bar.right + LABEL_GAP + label_width <= width:
        return Side.RIGHT, max(bar.right, 0.0) + LABEL_GAP
    if bar.left - LABEL_GAP - label_width >= 0:
        return Side.LEFT, bar.left - LABEL_GAP - label_width
    if min(bar.right, width) - max(bar.left, 0.0) >= label_width + 2 * LABEL_GAP:
        return Side.INSIDE, min(bar.right, width) - LABEL_GAP - label_width
    return Side.NOWHERE, 0.0


def merged(scale: TimeScale, begins: Numbers, ends: Numbers, least: float = LEAST_BAR) -> list[Stretch]:
    """Return what many intervals, sorted by begin, cover in sight; those that meet on a pixel become one.

    At most about one stretch per two pixels comes back, whatever the number of intervals.
    """
    if not len(begins):
        return []
    factor = scale.width / scale.span
    left = (begins - scale.start) * factor
    right = np.maximum((ends - scale.start) * factor, left + least)
    in_sight = (right >= 0) & (left <= scale.width)
    left, right = np.maximum(left[in_sight], -8.0), np.minimum(right[in_sight], scale.width + 8.0)
    if not len(left):
        return []
    covered = np.maximum.accumulate(right)
    fresh = np.ones(len(left), dtype=bool)
    fresh[1:] = left[1:] - covered[:-1] >= 1.0
    starts = np.flatnonzero(fresh)
    stops = np.append(starts[1:] - 1, len(left) - 1)
    return [Stretch(a, b) for a, b in zip(left[starts].tolist(), covered[stops].tolist(), strict=True)]


def uncovered(bar: Stretch, busy: list[Stretch]) -> list[Stretch]:
    """Return the parts of *bar* that *busy* (disjoint, in order) leaves free: the time of its own."""
    free = []
    at = bar.left
    for stretch in busy:
        if stretch.left > at:
            free.append(Stretch(at, min(stretch.left, bar.right)))
        at = max(at, stretch.right)
    if at < bar.right:
        free.append(Stretch(at, bar.right))
    return [part for part in free if part.width >= 0.5]
