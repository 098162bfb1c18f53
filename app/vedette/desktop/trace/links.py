"""Who is whose child in a trace: missing parents, circles and repeated ids are settled here, and noted.

Spans in, numbers out; no Qt. A trace of a hundred thousand spans is linked in some 60 ms.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from vedette.desktop.language import mark
from vedette.store.queries.traces import SpanRow

Numbers = NDArray[np.int64]

_MISSING = -2
_CUT = -3


class Note(StrEnum):
    """What was changed about a span's place, in words for its row."""

    ORPHAN = mark("Its parent span never arrived")
    FIRST = mark("Its parent span never arrived, so it stands at the top")
    CYCLE = mark("Its parents formed a circle, which was cut here")
    REPEATED = mark("A span with the same id arrived before")


@dataclass(frozen=True, slots=True)
class Links:
    """Each span's parent as a number into the spans (-1: top of the trace), and what had to be settled."""

    parent: Numbers
    notes: dict[int, Note]


def link_spans(spans: Sequence[SpanRow]) -> Links:
    """Return the parent of every span. Every span is reachable from a top one, whatever was sent.

    A span without its parent is adopted: by the segment it came with, else by the root that began last
    before it. Where the trace has no root at all, segments without parent stand at the top themselves.
    """
    count = len(spans)
    ids = [span[0] for span in spans]
    number_of = dict(zip(reversed(ids), range(count - 1, -1, -1), strict=True))  # the first one wins
    get = number_of.get
    parent = np.array([-1 if s[1] is None else get(s[1], _MISSING) for s in spans], dtype=np.int64)
    notes: dict[int, Note] = {}
    if len(number_of) < count:
        notes.update((at, Note.REPEATED) for at, span_id in enumerate(ids) if number_of[span_id] != at)
    starts = np.array([span[4] for span in spans], dtype=np.int64)
    for cut in _cut_circles(parent, starts):
        notes[cut] = Note.CYCLE
    _adopt(spans, parent, starts, notes)
    return Links(parent, notes)


def tops(parent: Numbers) -> Numbers:
    """Return for every span the topmost one above it, -1 where it hangs in a circle."""
    count = len(parent)
    above = np.where(parent < 0, np.arange(count), parent)
    for _ in range(max(1, count.bit_length())):
        above = above[above]
    return np.where(parent[above] < 0, above, -1) if count else above


def _cut_circles(parent: Numbers, starts: Numbers) -> list[int]:
    """Cut each circle above its earliest span, in place; return where."""
    stuck = np.flatnonzero(tops(parent) < 0)
    cut: list[int] = []
    walked: dict[int, int] = {}
    for begin in stuck.tolist():
        at = begin
        while at >= 0 and at not in walked:
            walked[at] = begin
            at = int(parent[at])
        if at >= 0 and walked[at] == begin:
            circle = [at]
            while (following := int(parent[circle[-1]])) != at:
                circle.append(following)
            first = min(circle, key=lambda number: (int(starts[number]), number))
            parent[first] = _CUT
            cut.append(first)
    return cut


def _adopt(spans: Sequence[SpanRow], parent: Numbers, starts: Numbers, notes: dict[int, Note]) -> None:
    lost = np.flatnonzero(parent < -1)
    if not len(lost):
        return
    roots = np.flatnonzero(parent == -1)
    if not len(roots):
        roots = _stand_ins(spans, lost)
        for root in roots.tolist():
            notes.setdefault(root, Note.FIRST)
        parent[roots] = -1
        lost = np.flatnonzero(parent < -1)
    above = tops(parent)
    standing = set(roots.tolist())
    segment_of = {(s.request, s.item): n for n, s in enumerate(spans) if s.is_segment}
    roots = roots[np.argsort(starts[roots], kind="stable")]
    places = np.searchsorted(starts[roots], starts[lost], side="right") - 1
    adopters = roots[np.maximum(0, places)]
    for orphan, adopter in zip(lost.tolist(), adopters.tolist(), strict=True):
        span = spans[orphan]
        own = None if span.is_segment else segment_of.get((span.request, span.item))
        # A segment that itself hangs below an orphan must not adopt, or a new circle could close.
        if own is not None and own != orphan and int(above[own]) in standing:
            adopter = own
        parent[orphan] = adopter
        notes.setdefault(orphan, Note.ORPHAN)


def _stand_ins(spans: Sequence[SpanRow], lost: Numbers) -> Numbers:
    segments = np.array([number for number in lost.tolist() if spans[number].is_segment], dtype=np.int64)
    return segments if len(segments) else lost
