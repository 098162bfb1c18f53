"""Pages of issues in orders that no column has: by what happened within a stretch of time.

The counts by hour and minute give each issue a score; the issues that happened last are scored, bounded, and
those that did not happen in that time come after them.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    case,
    func,
    literal_column,
    select,
    tuple_,
)

from vedette.domain.times import DAY, HOUR, MINUTE, Micros
from vedette.store.queries.issue_rows import (
    SELECT_ISSUE,
    Asked,
    IssueFilter,
    IssueRow,
    IssueSort,
    Key,
    read_issue,
)
from vedette.store.queries.issue_walks import last_seen, walk
from vedette.store.queries.matching import Condition
from vedette.store.schema import issue, issue_hour, issue_minute

MOST_SCORED = 5_000
"""So many issues, those that happened last, have a score; any others follow by their last event."""
_SCORED = 1 << 61
"""Lifts a score above every time, so that one number says where a page ended."""
_HOURS_FROM = 12 * HOUR


def is_scored(where: IssueFilter, sort: IssueSort) -> bool:
    """Return whether order *sort* of *where* is one of these: trends, and events within a time."""
    return sort is IssueSort.TREND or (sort is IssueSort.EVENTS and where.since is not None)


def page_scored(
    db: Connection,
    asked: Asked,
    where: IssueFilter,
    sort: IssueSort,
    key: Key | None,
    limit: int,
    at: Micros,
    more: Sequence[Condition] = (),
) -> list[IssueRow]:
    """Return up to *limit* issues after *key*, by what happened in the time of *where*, else in the last day.

    *at* is now. Rows must also hold *more*. Index: as `walk` in order LAST; issue_hour or issue_minute
    (issue, bucket).
    """
    start, end = where.since or Micros(at - DAY), where.until or at
    scores = _scores(asked, sort, start, end, more)
    query = scores.order_by(_SCORE.desc(), _ISSUE.desc()).limit(limit)
    if key is not None:
        query = query.having(tuple_(_SCORE, _ISSUE) < tuple_(int(key[0]) - _SCORED, key[1]))
    found = _rows(db, [(_SCORED + row.score, row.issue) for row in db.execute(query)])
    if len(found) < limit:
        after = key if key is not None and int(key[0]) < _SCORED // 2 else None
        known = {row.issue for row in db.execute(scores)}
        found += _the_others(db, asked, after, limit - len(found), more, known)
    return found


_SCORE: ColumnElement[int] = literal_column("score", BigInteger)
_ISSUE: ColumnElement[int] = literal_column("issue", BigInteger)


def _scores(
    asked: Asked, sort: IssueSort, start: Micros, end: Micros, conditions: Sequence[Condition]
) -> Select[Any]:
    """Return the question for the scores of the issues that happened last, and in that time."""
    table, grain = (issue_hour, HOUR) if end - start >= _HOURS_FROM else (issue_minute, MINUTE)
    middle = (start + end) // 2 // grain
    n = table.c.n
    score = func.sum(n if sort is IssueSort.EVENTS else case((table.c.bucket > middle, n), else_=-n))
    candidates = last_seen(asked, MOST_SCORED, [*conditions, issue.c.last >= start])
    return (
        select(table.c.issue.label("issue"), score.label("score"))
        .where(
            table.c.issue.in_(candidates),
            table.c.bucket >= start // grain,
            table.c.bucket <= end // grain,
        )
        .group_by(table.c.issue)
    )


def _rows(db: Connection, order: Sequence[tuple[int, int]]) -> list[IssueRow]:
    if not order:
        return []
    query = SELECT_ISSUE.where(issue.c.id.in_([number for _, number in order]))
    rows = {row.id: row for row in db.execute(query)}
    return [replace(read_issue(rows[number]), score=score) for score, number in order if number in rows]


def _the_others(
    db: Connection,
    asked: Asked,
    after: Key | None,
    limit: int,
    more: Sequence[Condition],
    scored: set[int],
) -> list[IssueRow]:
    """Return issues without a score by their last event."""
    found: list[IssueRow] = []
    while len(found) < limit:
        rows = walk(db, asked, IssueSort.LAST, after, limit, more)
        found += [row for row in rows if row.id not in scored]
        if len(rows) < limit:
            break
        after = rows[-1].key()
    return found[:limit]
