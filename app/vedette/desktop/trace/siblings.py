"""What follows from spans standing side by side: self time, gaps, runs, chains. Pure, in numpy."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vedette.desktop.trace.links import Numbers


@dataclass(frozen=True, slots=True)
class Shaping:
    """From when on a trace's rows are more than its spans. A number of 0 means never."""

    run: int = 5
    """Alike leaves in a row from which they become one row."""
    chain: int = 3
    """Spans of one operation, each the only child, from which they become one row."""
    gap: int = 100_000
    """Microseconds without any child before a gap is worth a row."""
    clocks: bool = True
    """Whether services are moved whose clocks the trace proves to be off."""


USUAL = Shaping()


@dataclass(frozen=True, slots=True)
class Siblings:
    """Children sorted by parent and start; arrays named ``by_*`` run along ``order``."""

    order: Numbers
    by_parent: Numbers
    first: Numbers  # of each span: where its children begin in `order`
    last: Numbers  # and end
    by_busy_from: Numbers  # the part of each child in which no earlier sibling ran, cut to its parent
    by_busy_to: Numbers
    by_idle: Numbers  # how long nothing had run between what was before and this one; 0 for the first
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
    idle = np.where(has_parent & ~leads, np.maximum(0, begin - covered), 0)
    return Siblings(order, by_parent, first, last, busy_from, busy_from + busy, idle, covered, self_time)


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


def runs(
    siblings: Siblings, alike: Numbers, groupable: NDArray[np.bool_], least: int = USUAL.run
) -> list[tuple[int, int]]:
    """Return (from, to) in ``order`` of each run of *least* or more leaves of equal number in *alike*."""
    order = siblings.order
    if not least or len(order) < least:
        return []
    leaf = groupable & (siblings.first == siblings.last)
    fits, what = leaf[order], alike[order]
    goes_on = np.zeros(len(order), dtype=bool)
    goes_on[1:] = (
        fits[1:] & fits[:-1] & (what[1:] == what[:-1]) & (siblings.by_parent[1:] == siblings.by_parent[:-1])
    )
    begins = np.flatnonzero(~goes_on)
    ends = np.append(begins[1:], len(order))
    long = ends - begins >= least
    return list(zip(begins[long].tolist(), ends[long].tolist(), strict=True))


def chains(
    siblings: Siblings, op: Numbers, groupable: NDArray[np.bool_], least: int = USUAL.chain
) -> list[list[int]]:
    """Return each chain of *least* or more spans of one operation, each the only child of the one before."""
    single = (siblings.last - siblings.first) == 1
    holders = np.flatnonzero(single & groupable)
    if not least or not len(holders):
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
        if len(chain) >= least:
            found.append(chain)
    return found
