"""Events: pages of them, one by id, its neighbours and its attachments."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select, tuple_

from vedette.domain.times import Micros
from vedette.store import dialect
from vedette.store.dialect import find
from vedette.store.queries.event_rows import SELECT_EVENT, EventRow, Key, read_event
from vedette.store.queries.issue_tokens import issue_tokens
from vedette.store.queries.matching import (
    EVERYTHING,
    NOTHING,
    Match,
    all_of,
    first_row_since,
    hits,
    tags,
)
from vedette.store.queries.rendering import for_events
from vedette.store.queries.slow_walks import Hit, Walked, walk_slowly
from vedette.store.schema import attachment, event
from vedette.store.search import Query

__all__ = [
    "AttachmentRow",
    "EventRow",
    "Key",
    "Neighbours",
    "event_attachments",
    "find_event",
    "get_attachment",
    "get_event",
    "issue_event",
    "neighbours",
    "page_events",
    "recommended_of",
    "search_rowids",
]

_RECOMMENDED_AMONG = 50


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    id: int
    event_id: str  # 32 hex
    project: int
    request: int
    item: int
    name: str
    content_type: str
    type: str  # event.attachment, event.minidump, …
    size: int
    created: Micros


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The events beside one, and its place among all: 1 is the oldest."""

    previous: str | None  # event ids, 32 hex
    next: str | None
    position: int
    total: int


def page_events(
    db: Connection,
    *,
    issue: int | None = None,
    project: int | None = None,
    query: Query | None = None,
    since: Micros | None = None,
    until: Micros | None = None,
    after: EventRow | Key | None = None,
    limit: int = 50,
    walked: Walked | None = None,
) -> list[EventRow]:
    """Return up to *limit* events after *after*, newest first; fewer than *limit* means the end.

    Without words, tags or a project they come by their own time, else by arrival. What no index knows is
    looked for in payloads for some seconds; *walked* says how far that came. Raises QueryError.
    Index: event(issue, ts, id), event(ts, id); ``find`` by row id.
    """
    key = after.key if isinstance(after, EventRow) else after
    rendered = for_events(db, query)
    rendered.match = _within(db, rendered.match, issue, project)
    if rendered.match is NOTHING:
        return []
    conditions = [*_times(since, until), *rendered.event]
    if rendered.is_slow:
        if issue is not None:
            conditions.insert(0, event.c.issue == issue)
        floor = 0 if since is None else first_row_since(db, since)
        below = None if key is None else key[1]
        walk = walk_slowly(db, rendered.match, conditions, walked, below=below, floor=floor)
        return _slowly(db, walk, limit)
    if rendered.match is EVERYTHING:
        statement = _by_time(issue, key)
    else:
        statement = _by_arrival(rendered.match, key)
        if since is not None:
            conditions.append(find.c.rowid >= first_row_since(db, since))
    return [read_event(row) for row in db.execute(statement.where(*conditions).limit(limit))]


def _slowly(db: Connection, walk: Iterator[list[Hit]], limit: int) -> list[EventRow]:
    found: list[int] = []
    for some in walk:
        found += [one.row for one in some]
        if len(found) >= limit:
            break
    rows = db.execute(SELECT_EVENT.where(event.c.id.in_(found[:limit])).order_by(event.c.id.desc()))
    return [read_event(row) for row in rows]


def _within(db: Connection, match: Match, issue: int | None, project: int | None) -> Match:
    """Return *match* narrowed to an issue and a project; an issue alone needs no full text."""
    wanted = [match]
    if project is not None and issue is None:
        wanted.append(tags([f"{dialect.PROJECT}{project}"]))
    if issue is not None and match is not EVERYTHING:
        wanted.append(tags(issue_tokens(db, [issue])))
    return all_of(wanted)


def _times(since: Micros | None, until: Micros | None) -> list[ColumnElement[bool]]:
    conditions = []
    if since is not None:
        conditions.append(event.c.ts >= since)
    if until is not None:
        conditions.append(event.c.ts <= until)
    return conditions


def _by_time(issue: int | None, key: Key | None) -> Select[Any]:
    statement = SELECT_EVENT.order_by(event.c.ts.desc(), event.c.id.desc())
    if issue is not None:
        statement = statement.where(event.c.issue == issue)
    if key is not None:
        statement = statement.where(tuple_(event.c.ts, event.c.id) < tuple_(*key))
    return statement


def _by_arrival(match: Match, key: Key | None) -> Select[Any]:
    statement = (
        SELECT_EVENT.select_from(find)
        .join(event, event.c.id == find.c.rowid)
        .where(hits(match))
        .order_by(find.c.rowid.desc())
    )
    return statement if key is None else statement.where(find.c.rowid < key[1])


def search_rowids(db: Connection, match: Match, before: int | None = None, limit: int = 1_000) -> list[int]:
    """Return the row ids of the newest events below *before* that fit. Index: ``find`` by row id."""
    if match is NOTHING:
        return []
    statement = select(find.c.rowid).where(hits(match)).order_by(find.c.rowid.desc()).limit(limit)
    if before is not None:
        statement = statement.where(find.c.rowid < before)
    return list(db.execute(statement).scalars())


def get_event(db: Connection, row_id: int) -> EventRow | None:
    """Return one event by row id. Index: primary key."""
    row = db.execute(SELECT_EVENT.where(event.c.id == row_id)).first()
    return read_event(row) if row else None


def find_event(db: Connection, event_id: bytes, project: int | None = None) -> EventRow | None:
    """Return the event with *event_id* (16 bytes), in any project the first. Index: event(eid, project)."""
    statement = SELECT_EVENT.where(event.c.eid == event_id).order_by(event.c.project)
    if project is not None:
        statement = statement.where(event.c.project == project)
    row = db.execute(statement.limit(1)).first()
    return read_event(row) if row else None


def issue_event(db: Connection, issue: int, which: str) -> EventRow | None:
    """Return an issue's event: ``latest``, ``oldest``, ``recommended``, or by its id in hex.

    Recommended is, among the newest 50, the newest that says most: it has a trace, then release and user.
    Index: event(issue, ts, id), event(eid, project).
    """
    of_issue = SELECT_EVENT.where(event.c.issue == issue)
    newest = of_issue.order_by(event.c.ts.desc(), event.c.id.desc())
    match which:
        case "latest":
            rows = [read_event(row) for row in db.execute(newest.limit(1))]
        case "oldest":
            oldest = of_issue.order_by(event.c.ts, event.c.id)
            rows = [read_event(row) for row in db.execute(oldest.limit(1))]
        case "recommended":
            rows = [read_event(row) for row in db.execute(newest.limit(_RECOMMENDED_AMONG))]
        case _:
            rows = _of_issue(db, issue, which)
    return recommended_of(rows)


def recommended_of(rows: Sequence[EventRow]) -> EventRow | None:
    """Return of *rows*, newest first, the newest that says most; None of none."""
    return max(rows, key=_telling, default=None)


def _of_issue(db: Connection, issue: int, event_id: str) -> list[EventRow]:
    try:
        eid = bytes.fromhex(event_id)
    except ValueError:
        return []
    # The issue is compared here, or the planner would rather walk all of its events.
    rows = map(read_event, db.execute(SELECT_EVENT.where(event.c.eid == eid)))
    return [row for row in rows if row.issue == issue]


def _telling(row: EventRow) -> tuple[bool, int]:
    # max() keeps the first of equals, which is the newest.
    return row.trace is not None, (row.release is not None) + (row.user is not None)


def neighbours(db: Connection, row: EventRow) -> Neighbours:
    """Return the events before and after *row* in its issue, by time. Index: event(issue, ts, id)."""
    here = tuple_(event.c.ts, event.c.id)
    mine = tuple_(row.ts, row.id)
    eids = select(event.c.eid).where(event.c.issue == row.issue)
    counted = select(func.count()).select_from(event).where(event.c.issue == row.issue)
    return Neighbours(
        _hex(
            db.execute(
                eids.where(here < mine).order_by(event.c.ts.desc(), event.c.id.desc()).limit(1)
            ).scalar()
        ),
        _hex(db.execute(eids.where(here > mine).order_by(event.c.ts, event.c.id).limit(1)).scalar()),
        db.execute(counted.where(here <= mine)).scalar_one(),
        db.execute(counted).scalar_one(),
    )


def _hex(eid: bytes | None) -> str | None:
    return None if eid is None else eid.hex()


_ATTACHMENT: Select[Any] = select(
    attachment.c.id,
    attachment.c.eid,
    attachment.c.project,
    attachment.c.request,
    attachment.c.item,
    attachment.c.name,
    attachment.c.content_type,
    attachment.c.type,
    attachment.c.size,
    attachment.c.created,
)


def _read_attachment(row: Any) -> AttachmentRow:
    number, eid, *rest = row
    return AttachmentRow(number, eid.hex(), *rest)


def event_attachments(db: Connection, event_id: bytes, project: int | None = None) -> list[AttachmentRow]:
    """Return the files that came with an event, in order of arrival. Index: attachment(eid)."""
    statement = _ATTACHMENT.where(attachment.c.eid == event_id).order_by(attachment.c.id)
    if project is not None:
        statement = statement.where(attachment.c.project == project)
    return [_read_attachment(row) for row in db.execute(statement)]


def get_attachment(db: Connection, attachment_id: int) -> AttachmentRow | None:
    """Return one attachment's row. Index: primary key."""
    row = db.execute(_ATTACHMENT.where(attachment.c.id == attachment_id)).first()
    return _read_attachment(row) if row else None
