"""The events of one issue: which of them fit a search, what stands before and after one, pages of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, func, select, tuple_

from vedette.domain.times import Micros
from vedette.store.dialect import find
from vedette.store.queries import terms
from vedette.store.queries.event_rows import SELECT_EVENT, EventRow, read_event
from vedette.store.queries.events import recommended_of
from vedette.store.queries.issue_tokens import issue_tokens
from vedette.store.queries.matching import (
    EVERYTHING,
    NOTHING,
    all_of,
    first_row_since,
    hits,
    tags,
)
from vedette.store.queries.rendering import for_events
from vedette.store.schema import event, term
from vedette.store.search import (
    And,
    Everything,
    FieldIs,
    HasFlag,
    HasStatus,
    HasSubstatus,
    InIssue,
    InProject,
    Node,
    Not,
    Or,
    Query,
)
from vedette.store.search.keys import find_key

MOST_SORTED = 10_000
"""So many events, the newest, are put in another order than by time."""
_RECOMMENDED_AMONG = 50
_OF_THE_ISSUE = (HasStatus, HasSubstatus, HasFlag, InProject, InIssue, Everything)


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which of an issue's events; what is empty or None does not matter."""

    query: Query | None = None
    environments: tuple[str, ...] = ()
    run: int | None = None
    since: Micros | None = None
    until: Micros | None = None  # not included

    @property
    def is_narrow(self) -> bool:
        """Whether it says anything that could leave an event out."""
        rest = (self.environments, self.run, self.since, self.until)
        return about_events(self.query) is not None or rest != ((), None, None, None)


ALL = EventFilter()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an event stands among its issue's: 1 is the oldest. Ids are 32 hex."""

    previous: str | None  # of those that fit
    next: str | None
    position: int  # among all
    total: int
    place: int  # how many of those that fit are not newer than it
    matching: int
    fits: bool = True  # whether it is itself among those that fit


@dataclass(frozen=True, slots=True)
class _Walk:
    """Where to look for the events that fit, under which conditions, and in which order."""

    source: FromClause
    conditions: tuple[ColumnElement[bool], ...]
    order: tuple[ColumnElement[Any], ...]
    hits_alone: FromClause | None = None  # full text that can be counted without looking at the events

    def key_of(self, row: EventRow) -> tuple[int, ...]:
        return (row.ts, row.id) if len(self.order) > 1 else (row.id,)

    def beyond(self, row: EventRow, *, newer: bool, including: bool = False) -> ColumnElement[bool]:
        here, mine = tuple_(*self.order), tuple_(*self.key_of(row))
        if newer:
            return here > mine
        return here <= mine if including else here < mine

    def ordered(self, statement: Select[Any], *, newest_first: bool) -> Select[Any]:
        return statement.order_by(*(part.desc() if newest_first else part.asc() for part in self.order))


def about_events(query: Query | None) -> Query | None:
    """Return what of *query* speaks about events; what an issue is, its state or its name, is left out."""
    if query is None:
        return None
    parts = tuple(part for part in query.parts if not _is_of_the_issue(part))
    return Query(query.text, And(parts) if len(parts) > 1 else parts[0]) if parts else None


def _is_of_the_issue(node: Node) -> bool:
    match node:
        case Not(inner):
            return _is_of_the_issue(inner)
        case And(nodes) | Or(nodes):
            return any(_is_of_the_issue(inner) for inner in nodes)
        case FieldIs(key):
            known = find_key(key)
            return known is not None and known.is_of_issue
        case _:
            return isinstance(node, _OF_THE_ISSUE)


def _walk(db: Connection, issue: int, where: EventFilter) -> _Walk | None:
    """Return how to find the events that fit, None if there can be none. Raises QueryError."""
    rendered = for_events(db, about_events(where.query))
    conditions = [*rendered.event]
    if where.environments:
        named = terms.term_ids(db, [("environment", name) for name in where.environments])
        conditions.append(event.c.env_term.in_(sorted(named.values())))
    if where.run is not None:
        conditions.append(event.c.run == where.run)
    if where.since is not None:
        conditions.append(event.c.ts >= where.since)
    if where.until is not None:
        conditions.append(event.c.ts < where.until)
    if rendered.match is EVERYTHING:
        return _Walk(event, (event.c.issue == issue, *conditions), (event.c.ts, event.c.id))
    match = all_of([rendered.match, tags(issue_tokens(db, [issue]))])
    if match is NOTHING:
        return None
    alone = find if not conditions else None
    if where.since is not None:
        conditions.append(find.c.rowid >= first_row_since(db, where.since))
    joined = find.join(event, event.c.id == find.c.rowid)
    return _Walk(joined, (hits(match), *conditions), (find.c.rowid,), alone)


def standing(db: Connection, row: EventRow, where: EventFilter = ALL) -> Standing:
    """Return where *row* stands in its issue, and among the events that fit *where*.

    With words or tags the events are in order of arrival, else of time. Raises QueryError.
    Index: event(issue, ts, id); ``find`` by row id.
    """
    everything = _Walk(event, (event.c.issue == row.issue,), (event.c.ts, event.c.id))
    position, total = _counts(db, everything, row)
    if not where.is_narrow:
        previous, following = _beside(db, everything, row)
        return Standing(previous, following, position, total, position, total)
    walk = _walk(db, row.issue, where)
    if walk is None:
        return Standing(None, None, position, total, 0, 0, fits=False)
    place, matching = _counts(db, walk, row)
    previous, following = _beside(db, walk, row)
    here = select(event.c.id).select_from(walk.source).where(*walk.conditions, event.c.id == row.id)
    fits = db.execute(here).first() is not None
    return Standing(previous, following, position, total, place, matching, fits)


def _counts(db: Connection, walk: _Walk, row: EventRow) -> tuple[int, int]:
    source = walk.source if walk.hits_alone is None else walk.hits_alone
    counted = select(func.count()).select_from(source).where(*walk.conditions)
    until_here = counted.where(walk.beyond(row, newer=False, including=True))
    return db.execute(until_here).scalar_one(), db.execute(counted).scalar_one()


def _beside(db: Connection, walk: _Walk, row: EventRow) -> tuple[str | None, str | None]:
    eids = select(event.c.eid).select_from(walk.source).where(*walk.conditions)
    found = []
    for newer in (False, True):
        statement = walk.ordered(eids.where(walk.beyond(row, newer=newer)), newest_first=not newer)
        eid = db.execute(statement.limit(1)).scalar()
        found.append(None if eid is None else eid.hex())
    return found[0], found[1]


def pick_event(db: Connection, issue: int, which: str, where: EventFilter = ALL) -> EventRow | None:
    """Return among the events that fit: ``latest``, ``oldest``, or ``recommended`` as `events.issue_event`.

    Raises QueryError. Index: event(issue, ts, id); ``find`` by row id.
    """
    walk = _walk(db, issue, where)
    if walk is None:
        return None
    statement = SELECT_EVENT.select_from(walk.source).where(*walk.conditions)
    limit = _RECOMMENDED_AMONG if which == "recommended" else 1
    statement = walk.ordered(statement, newest_first=which != "oldest").limit(limit)
    return recommended_of([read_event(row) for row in db.execute(statement)])


def event_at(db: Connection, issue: int, place: int, where: EventFilter = ALL) -> EventRow | None:
    """Return the event at *place* among those that fit, 1 the oldest; None beyond the last. As `standing`."""
    walk = _walk(db, issue, where)
    if walk is None or place < 1:
        return None
    statement = SELECT_EVENT.select_from(walk.source).where(*walk.conditions)
    row = db.execute(walk.ordered(statement, newest_first=False).offset(place - 1).limit(1)).first()
    return read_event(row) if row else None


def event_by_prefix(db: Connection, issue: int, prefix: str) -> EventRow | None:
    """Return an event of the issue whose id begins with *prefix*, hex digits. Index: event(eid, project)."""
    digits = prefix.lower()[:32]
    try:
        low = bytes.fromhex(digits.ljust(32, "0"))
        high = bytes.fromhex(digits.ljust(32, "f"))
    except ValueError:
        return None
    # The issue is compared here, or the planner would rather walk all of its events.
    rows = db.execute(SELECT_EVENT.where(event.c.eid.between(low, high)).order_by(event.c.eid).limit(1_000))
    return next((row for row in map(read_event, rows) if row.issue == issue), None)


def page_issue_events(
    db: Connection,
    issue: int,
    where: EventFilter = ALL,
    *,
    newest_first: bool = True,
    after: EventRow | None = None,
    limit: int = 50,
) -> list[EventRow]:
    """Return up to *limit* events of an issue after *after*; fewer than *limit* means the end.

    With words or tags they are in order of arrival, else of time. Raises QueryError.
    Index: event(issue, ts, id); ``find`` by row id.
    """
    walk = _walk(db, issue, where)
    if walk is None:
        return []
    statement = SELECT_EVENT.select_from(walk.source).where(*walk.conditions)
    if after is not None:
        statement = statement.where(walk.beyond(after, newer=not newest_first))
    rows = db.execute(walk.ordered(statement, newest_first=newest_first).limit(limit))
    return [read_event(row) for row in rows]


def count_issue_events(db: Connection, issue: int, where: EventFilter = ALL) -> int:
    """Return how many events of an issue fit. Raises QueryError. Index: event(issue, ts, id); ``find``."""
    walk = _walk(db, issue, where)
    if walk is None:
        return 0
    source = walk.source if walk.hits_alone is None else walk.hits_alone
    return int(db.execute(select(func.count()).select_from(source).where(*walk.conditions)).scalar_one())


def _value_of(column: Any) -> Any:
    return select(term.c.value).where(term.c.id == column).scalar_subquery()


_SORTED_BY = {
    "level": event.c.level,
    "release": _value_of(event.c.release_term),
    "environment": _value_of(event.c.env_term),
    "user": _value_of(event.c.user_term),
    "trace": event.c.trace,
}


def sorted_events(
    db: Connection, issue: int, where: EventFilter, sort: str, *, descending: bool, most: int = MOST_SORTED
) -> list[int]:
    """Return the row ids of the newest *most* events that fit, by *sort*: level, release, environment, …

    Events without a value come last either way; equals keep the newest first. Raises QueryError, KeyError.
    Index: event(issue, ts, id); ``find`` by row id.
    """
    walk = _walk(db, issue, where)
    if walk is None:
        return []
    statement = select(event.c.id, _SORTED_BY[sort]).select_from(walk.source).where(*walk.conditions)
    rows = db.execute(walk.ordered(statement, newest_first=True).limit(most)).all()
    told = sorted((row for row in rows if row[1] is not None), key=lambda row: row[1], reverse=descending)
    return [row[0] for row in told] + [row[0] for row in rows if row[1] is None]


def events_of(db: Connection, ids: Sequence[int]) -> list[EventRow]:
    """Return the events with the row ids *ids* in that order, without those that are gone.

    Index: primary key.
    """
    rows = map(read_event, db.execute(SELECT_EVENT.where(event.c.id.in_(list(ids)))))
    known = {row.id: row for row in rows}
    return [known[number] for number in ids if number in known]
