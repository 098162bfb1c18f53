"""What follows from spans standing side by side: self time, gaps, runs, chains. Pure, in numpy."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vedette.desktop.trace.links import Numbers

GAP = 100_000
"""Microseconds without any child before a gap is worth a row."""
RUN = 5
"""Alike leaves in a row from which they become one row."""
CHAIN = 3
"""Spans of one operation, each the only child, from which they become one row."""


@dataclass(frozen=True, slots=True)
class Siblings:
    """Children sorted by parent and start; arrays named ``by_*`` run along ``order``."""

    order: Numbers
    by_parent: Numbers
    first: Numbers  # of each span: where its children begin in `order`
    last: Numbers  # and end
    by_busy_from: Numbers  # the part of each child in which no earlier sibling ran, cut to its parent
    by_busy_to: Numbers
    by_gap: NDArray[np.bool_]  # nothing ran between what was before and this one
    by_covered: Numbers  # until when earlier siblings ran
    self_time: Numbers  # of each span


def look_along(parent: Numbers, start: Numbers, duration: Numbers) -> Siblings:
    """Return the children of every span in order, with self times and gaps."""
    count = len(parent)
    order = np.lexsort((-duration, start, parent))
    by_parent = parent[order]
    numbers = np.arange(count)
    first = np.searchsorted(by_parent, numbers, side="left")
    last = np.searchsorted(by_parent, numbers, side="right")
    has_parent = by_parent >= 0
    opening = np.where(has_parent, start[by_parent], start[order])
    closing = np.where(has_parent, (start + duration)[by_parent], (start + duration)[order])
    begin = np.clip(start[order], opening, closing)
    end = np.clip((start + duration)[order], opening, closing)
    leads = np.ones(count, dtype=bool)
    leads[1:] = by_parent[1:] != by_parent[:-1]
    covered = _covered_before(end, leads, opening)
    busy_from = np.maximum(begin, covered)
    busy = np.maximum(0, end - busy_from)
    taken = np.bincount(by_parent[has_parent], weights=busy[has_parent], minlength=count)
    self_time = np.maximum(0, duration - taken.astype(np.int64)) if count else duration
    gap = has_parent & ~leads & (begin - covered >= GAP)
    return Siblings(order, by_parent, first, last, busy_from, busy_from + busy, gap, covered, self_time)


def _covered_before(end: Numbers, leads: NDArray[np.bool_], opening: Numbers) -> Numbers:
    """Return until when the siblings before each one ran; for the first of a family, when it opened.

    The running maximum goes over ranks, so that families can be kept apart without any overflow.
    """
    count = len(end)
    if not count:
        return end
    by_end = np.argsort(end, kind="stable")
    rank = np.empty(count, dtype=np.int64)
    rank[by_end] = np.arange(count)
    family = np.cumsum(leads) * count
    highest = np.maximum.accumulate(rank + family) - family
    until = end[by_end][highest]
    covered = np.empty_like(end)
    covered[1:] = until[:-1]
    covered[leads] = opening[leads]
    return covered


def runs(siblings: Siblings, alike: Numbers, groupable: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return (from, to) in ``order`` of each run of RUN or more leaves of equal number in *alike*."""
    order = siblings.order
    if len(order) < RUN:
        return []
    leaf = groupable & (siblings.first == siblings.last)
    fits, what = leaf[order], alike[order]
    goes_on = np.zeros(len(order), dtype=bool)
    goes_on[1:] = (
        fits[1:] & fits[:-1] & (what[1:] == what[:-1]) & (siblings.by_parent[1:] == siblings.by_parent[:-1])
    )
    begins = np.flatnonzero(~goes_on)
    ends = np.append(begins[1:], len(order))
    long = ends - begins >= RUN
    return list(zip(begins[long].tolist(), ends[long].tolist(), strict=True))


def chains(siblings: Siblings, op: Numbers, groupable: NDArray[np.bool_]) -> list[list[int]]:
    """Return each chain of CHAIN or more spans of one operation, each the only child of the one before."""
    single = (siblings.last - siblings.first) == 1
    holders = np.flatnonzero(single & groupable)
    if not len(holders):
        return []
    children = siblings.order[siblings.first[holders]]
    linked = groupable[children] & (op[children] == op[holders])
    following = dict(zip(holders[linked].tolist(), children[linked].tolist(), strict=True))
    inner = set(following.values())
    found = []
    for head in following:
        if head in inner:
            continue
        chain = [head]
        while (child := following.get(chain[-1])) is not None:
            chain.append(child)
        if len(chain) >= CHAIN:
            found.append(chain)
    return found
