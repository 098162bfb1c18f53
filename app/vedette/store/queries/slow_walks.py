"""Walks over events whose fitting no index tells: newest first, for as long as there is time.

Reading an event's payload takes about a millisecond. So events are looked at in stretches of their row ids,
each as long as a moment allows, and what was found until time was over is the answer.
"""

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from time import monotonic

from sqlalchemy import Connection, func, select

from vedette.domain.times import Micros
from vedette.store.dialect import find
from vedette.store.engine import QueryTimeoutError, reader_of
from vedette.store.queries.matching import EVERYTHING, NOTHING, Condition, Match, hits
from vedette.store.schema import event

SECONDS = 2.0
_FIRST_STRETCH = 256
_LONGEST_STRETCH = 1 << 17
_QUICK, _LONG = 0.05, 0.2  # seconds of a stretch below and above which the next is longer, shorter


@dataclass(slots=True)
class Walked:
    """How far a search came. Whoever wants to know hands one over; nothing in it changes without need."""

    back_to: Micros | None = None
    """Events before this moment were not looked at, for lack of time; None: all were that had to be."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An event that fits."""

    row: int
    issue: int


def walk_slowly(
    db: Connection,
    match: Match,
    conditions: Sequence[Condition],
    walked: Walked | None = None,
    *,
    below: int | None = None,
    floor: int = 0,
    seconds: float = SECONDS,
) -> Iterator[list[Hit]]:
    """Yield the events that fit, newest first, those of a stretch of row ids at a time; *below* is outside.

    Ends when all were looked at from *floor* on, or after some *seconds*, and says so in *walked*.
    *conditions* are on ``event``. Index: primary key of event by ranges; ``find`` by row id.
    """
    if match is NOTHING:
        return
    first, last = (db.execute(select(found(event.c.id))).scalar() or 0 for found in (func.min, func.max))
    at = last + 1 if below is None else min(below, last + 1)
    first = max(first, floor)
    ends = monotonic() + seconds
    stretch = _FIRST_STRETCH
    while at > first:
        began = monotonic()
        low = max(first, at - stretch)
        found = _hits(db, match, conditions, low, at, ends - began) if began < ends else None
        if found is None:
            if walked is not None:
                walked.back_to = _time_of(db, at)
            return
        at = low
        yield found
        took = monotonic() - began
        if took < _QUICK:
            stretch = min(stretch * 4, _LONGEST_STRETCH)
        elif took > _LONG:
            stretch = max(stretch // 2, 1)


def _hits(
    db: Connection, match: Match, conditions: Sequence[Condition], low: int, high: int, seconds: float
) -> list[Hit] | None:
    """Return the events that fit from row *low* up to but not *high*; None: time was over before."""
    query = select(event.c.id, event.c.issue)
    if match is EVERYTHING:
        query = query.where(event.c.id >= low, event.c.id < high).order_by(event.c.id.desc())
    else:
        query = query.select_from(find.join(event, event.c.id == find.c.rowid))
        query = query.where(hits(match), find.c.rowid >= low, find.c.rowid < high)
        query = query.order_by(find.c.rowid.desc())
    reader = reader_of(db)
    try:
        with nullcontext() if reader is None else reader.part(max(0.001, seconds)):
            return [Hit(*row) for row in db.execute(query.where(*conditions))]
    except QueryTimeoutError:
        return None


def _time_of(db: Connection, row: int) -> Micros | None:
    """Return when the first event at or behind *row* happened, the last that was looked at."""
    seen = select(event.c.ts).where(event.c.id >= row).order_by(event.c.id).limit(1)
    found = db.execute(seen).scalar()
    if found is None:  # none was
        found = db.execute(select(event.c.ts).order_by(event.c.id.desc()).limit(1)).scalar()
    return None if found is None else Micros(found)
