"""How far the clocks of a trace's services are apart, as far as the trace itself proves it. Pure.

Source: the clock skew adjustment Jaeger describes: what is called cannot begin before its caller. Only the
parents that were named count, and spans of one project are taken to share one clock.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from vedette.desktop.trace.links import Links, Note, Numbers
from vedette.store.queries.traces import SpanRow

LEAST = 1_000
"""Microseconds below which a call that seems to begin too early is only a clock's coarseness."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """By how many microseconds the spans of each project are moved; those not named stand as sent."""

    by_project: Mapping[int, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.by_project)

    def of(self, project: int) -> int:
        """Return by how much the spans of *project* are moved."""
        return self.by_project.get(project, 0)

    def along(self, spans: Sequence[SpanRow]) -> Numbers:
        """Return by how much each span is moved."""
        return np.array([self.by_project.get(span[9], 0) for span in spans], dtype=np.int64)


AS_SENT = Clocks()


def look_at_clocks(spans: Sequence[SpanRow], links: Links) -> Clocks:
    """Return which projects' clocks must be off, since their spans begin before those that called them.

    Each is moved by as much as puts all its calls inside their callers, in the middle of what is left; where
    they do not fit, so that the earliest begins with its caller.
    """
    rooms = _rooms(spans, links)
    if not rooms:
        return AS_SENT
    callees = {callee for _, callee in rooms}
    known = {span.project: 0 for number, span in enumerate(spans) if links.parent[number] < 0}
    first = [project for project in known if project not in callees] or list(known)
    decided = dict.fromkeys(first, 0)
    waiting = deque(first)
    while waiting:
        caller = waiting.popleft()
        for callee in [there for here, there in rooms if here == caller and there not in decided]:
            decided[callee] = _shift_of(callee, rooms, decided)
            waiting.append(callee)
    return Clocks({project: shift for project, shift in decided.items() if shift})


Rooms = dict[tuple[int, int], tuple[int, int]]
"""For caller and callee: how much later the callee must begin at least, and may at most."""


def _rooms(spans: Sequence[SpanRow], links: Links) -> Rooms:
    rooms: Rooms = {}
    parents = links.parent.tolist()
    for number, span in enumerate(spans):
        above = parents[number]
        if above < 0 or not span.is_segment or links.notes.get(number) is Note.ORPHAN:
            continue
        caller = spans[above]
        if caller.project == span.project:
            continue
        least = caller.start - span.start
        most = least + caller.duration - span.duration
        held = rooms.get((caller.project, span.project), (least, most))
        rooms[caller.project, span.project] = max(held[0], least), min(held[1], most)
    return rooms


def _shift_of(callee: int, rooms: Rooms, decided: Mapping[int, int]) -> int:
    fits = [
        (least + decided[caller], most + decided[caller])
        for (caller, called), (least, most) in rooms.items()
        if called == callee and caller in decided
    ]
    least, most = max(low for low, _ in fits), min(high for _, high in fits)
    if least < LEAST:
        return 0
    return (least + most) // 2 if most > least else least
