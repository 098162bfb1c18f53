"""Issues that have an event which fits: by walking the newest hits, else by probing issue after issue.

Both read as little as a page needs. At a million events the newest 50 issues of a tag lie within some
hundred hits; what is rare is exhausted quickly. Between those, issues are probed in the order wanted.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Connection, and_, exists, func, select

from vedette.store.dialect import find
from vedette.store.queries.issue_rows import (
    SELECT_ISSUE,
    Asked,
    Count,
    IssueFilter,
    IssueRow,
    IssueSort,
    Key,
    read_issue,
    walk,
)
from vedette.store.queries.matching import Condition, Rendered, first_row_since, hits, hits_of_issue
from vedette.store.schema import event, issue

_FIRST_CHUNK = 200
_LAST_CHUNK = 20_000
# Up to here it is cheaper to look at every hit than to probe issues for one.
_FEW_HITS = 2_000
_COUNTED_HITS = 20_000
_MOST_PROBED = 3_000


def page_found(
    db: Connection, asked: Asked, where: IssueFilter, sort: IssueSort, key: Key | None, limit: int
) -> list[IssueRow]:
    """Return up to *limit* issues after *key* with an event that fits; see `issues.page_issues`."""
    events = _event_conditions(db, asked.rendered, where)
    if sort is IssueSort.LAST:
        return _by_newest_hit(db, asked, events, key, limit)
    few = _few_issues(db, asked.rendered, events, _FEW_HITS)
    fits = issue.c.id.in_(few) if few is not None else _has_hit(asked.rendered, events)
    return walk(db, asked, sort, key, limit, [fits])


def count_found(db: Connection, asked: Asked, where: IssueFilter, cap: int) -> Count:
    """Return how many issues have an event that fits."""
    events = _event_conditions(db, asked.rendered, where)
    few = _few_issues(db, asked.rendered, events, _COUNTED_HITS)
    if few is not None:
        counted = select(func.count()).select_from(issue).where(issue.c.id.in_(few), *asked.all_conditions)
        n = db.execute(counted).scalar_one()
        return Count(min(n, cap), exact=n <= cap)
    most = min(cap, _MOST_PROBED)
    newest = (
        select(issue.c.id)
        .where(*asked.all_conditions)
        .order_by(issue.c.last.desc(), issue.c.id.desc())
        .limit(most + 1)
    )
    candidates = db.execute(newest).scalars().all()
    probed = (
        select(func.count())
        .select_from(issue)
        .where(issue.c.id.in_(candidates[:most]), _has_hit(asked.rendered, events))
    )
    return Count(db.execute(probed).scalar_one(), exact=len(candidates) <= most)


def _event_conditions(db: Connection, rendered: Rendered, where: IssueFilter) -> list[Condition]:
    conditions = list(rendered.event)
    if where.since is not None:
        conditions.append(event.c.ts >= where.since)
        first = first_row_since(db, where.since)
        if first:
            conditions.append(find.c.rowid >= first)
    if where.until is not None:
        conditions.append(event.c.ts <= where.until)
    return conditions


def _has_hit(rendered: Rendered, events: Sequence[Condition], *more: Condition) -> ColumnElement[bool]:
    """Return whether the issue around it has an event that fits."""
    probe = select(find.c.rowid).where(hits_of_issue(rendered.match), *more)
    if events:
        probe = probe.join(event, event.c.id == find.c.rowid).where(*events)
    return exists(probe.correlate(issue))


def _few_issues(
    db: Connection, rendered: Rendered, events: Sequence[Condition], most: int
) -> list[int] | None:
    """Return every issue with an event that fits, None if more than *most* events do."""
    some = (
        select(find.c.rowid, event.c.issue)
        .join(event, event.c.id == find.c.rowid)
        .where(hits(rendered.match), *events)
        .order_by(find.c.rowid.desc())
        .limit(most + 1)
        .subquery()
    )
    # Grouped by the database: a row of a result costs more than the hit it stands for.
    rows = db.execute(select(some.c.issue, func.count()).group_by(some.c.issue)).all()
    return None if sum(n for _, n in rows) > most else [number for number, _ in rows]


def _by_newest_hit(
    db: Connection, asked: Asked, events: Sequence[Condition], key: Key | None, limit: int
) -> list[IssueRow]:
    below = None if key is None else key[0]
    found: list[IssueRow] = []
    seen: set[int] = set()
    for chunk in _chunks(db, asked.rendered, events, below):
        fresh = {number: hit for number, hit in chunk.items() if number not in seen}
        seen.update(fresh)
        if fresh:
            found.extend(_passing(db, asked, events, fresh, below))
        if len(found) >= limit:
            break
    return found[:limit]


def _chunks(
    db: Connection, rendered: Rendered, events: Sequence[Condition], below: int | None
) -> Iterator[dict[int, int]]:
    """Yield the newest hit of each issue, chunk by chunk of older hits."""
    size = _FIRST_CHUNK
    while True:
        conditions = [hits(rendered.match), *events]
        if below is not None:
            conditions.append(find.c.rowid < below)
        some = (
            select(find.c.rowid, event.c.issue)
            .join(event, event.c.id == find.c.rowid)
            .where(*conditions)
            .order_by(find.c.rowid.desc())
            .limit(size)
            .subquery()
        )
        grouped = select(some.c.issue, func.max(some.c.rowid), func.min(some.c.rowid), func.count()).group_by(
            some.c.issue
        )
        rows = db.execute(grouped).all()
        if not rows:
            return
        yield {row[0]: row[1] for row in rows}
        if sum(row[3] for row in rows) < size:
            return
        below = min(row[2] for row in rows)
        size = min(size * 4, _LAST_CHUNK)


def _passing(
    db: Connection, asked: Asked, events: Sequence[Condition], fresh: dict[int, int], below: int | None
) -> list[IssueRow]:
    """Return those of *fresh* that hold the rest of what is asked, by newest hit."""
    query = SELECT_ISSUE.where(issue.c.id.in_(list(fresh)), *asked.all_conditions)
    if below is not None:
        # Earlier pages had every issue with a newer hit. `last_event` spares most of them the probe.
        earlier = _has_hit(asked.rendered, events, find.c.rowid >= below)
        query = query.where(~and_(issue.c.last_event >= below, earlier))
    rows = [read_issue(row, fresh[row.id]) for row in db.execute(query)]
    return sorted(rows, key=lambda row: row.hit or 0, reverse=True)
