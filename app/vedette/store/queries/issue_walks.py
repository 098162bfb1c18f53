"""Pages of issues along an index, in every order that a column has."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    func,
    select,
    tuple_,
    union_all,
)

from vedette.domain.issues import Priority, Status
from vedette.store.queries.issue_rows import (
    PRIORITY_STEP,
    SELECT_ISSUE,
    Asked,
    IssueRow,
    IssueSort,
    Key,
    read_issue,
)
from vedette.store.queries.matching import Condition
from vedette.store.schema import issue

# With more projects than this, one walk over all of them is cheaper than a walk for each.
_MOST_WALKS = 4


@dataclass(frozen=True, slots=True)
class _Order:
    """The column a walk follows, and whether it begins with the smallest."""

    column: ColumnElement[Any]
    rises: bool = False


_ORDERS = {
    IssueSort.LAST: _Order(issue.c.last),
    IssueSort.FIRST: _Order(issue.c.first),
    IssueSort.EVENTS: _Order(issue.c.n),
    IssueSort.USERS: _Order(issue.c.users),
    IssueSort.PRIORITY: _Order(issue.c.last),
    IssueSort.TITLE: _Order(func.lower(issue.c.title), rises=True),
}


def walk(
    db: Connection,
    asked: Asked,
    sort: IssueSort,
    key: Key | None,
    limit: int,
    more: Sequence[Condition] = (),
) -> list[IssueRow]:
    """Return up to *limit* issues after *key* in order *sort*, by one index walk for each status.

    A single walk over several statuses would have to sort them all. Rows must also hold *more*. TREND is no
    order of a column: see `issue_scores`.
    """
    if sort is IssueSort.PRIORITY:
        return _by_priority(db, asked, key, limit, more)
    return _walk(db, asked, sort, key, limit, more)


def _walk(
    db: Connection, asked: Asked, sort: IssueSort, key: Key | None, limit: int, more: Sequence[Condition]
) -> list[IssueRow]:
    order = _ORDERS[sort]
    column, number = order.column, issue.c.id
    query = SELECT_ISSUE.where(*asked.conditions, *more)
    if key is not None:
        here, there = tuple_(column, number), tuple_(*key)
        query = query.where(here > there if order.rises else here < there)
    ordered = (column, number) if order.rises else (column.desc(), number.desc())
    query = query.order_by(*ordered).limit(limit)
    rows: list[Row[Any]] = []
    walks = _walks(asked, sort)
    for conditions in walks:
        rows.extend(db.execute(query.where(*conditions)))
    found = [read_issue(row) for row in rows]
    if len(walks) > 1:
        found.sort(key=lambda row: row.key(sort), reverse=not order.rises)
    return found[:limit]


def _by_priority(
    db: Connection, asked: Asked, key: Key | None, limit: int, more: Sequence[Condition]
) -> list[IssueRow]:
    """Walk from the highest priority down, within each by last event."""
    before = None if key is None else divmod(int(key[0]), PRIORITY_STEP)
    found: list[IssueRow] = []
    for priority in sorted(Priority, reverse=True):
        if before is not None and priority > before[0]:
            continue
        after = (before[1], key[1]) if before and key and priority == before[0] else None
        among = [*more, issue.c.priority == int(priority)]
        found += _walk(db, asked, IssueSort.PRIORITY, after, limit - len(found), among)
        if len(found) >= limit:
            break
    return found


def last_seen(asked: Asked, limit: int, more: Sequence[Condition]) -> Select[Any]:
    """Return the question for the ids of the *limit* issues that happened last in each walk of order LAST."""
    walks = []
    for conditions in _walks(asked, IssueSort.LAST):
        newest = (
            select(issue.c.id)
            .where(*asked.conditions, *more, *conditions)
            .order_by(issue.c.last.desc(), issue.c.id.desc())
            .limit(limit)
            .subquery()
        )
        walks.append(select(newest.c.id))
    joined: Select[Any] = union_all(*walks) if len(walks) > 1 else walks[0]  # type: ignore[assignment]
    return joined


def among(column: ColumnElement[int], numbers: Iterable[int]) -> Condition:
    """Return whether *column* is one of *numbers*, however many."""
    # Spelled out rather than bound: SQLite takes no more than 32,766 values, and these are our own ids.
    ids: BindParameter[int] = bindparam(
        "ids", sorted(numbers), expanding=True, literal_execute=True, unique=True
    )
    return column.in_(ids)


def _walks(asked: Asked, sort: IssueSort) -> list[list[Condition]]:
    of_projects: list[Condition] = [issue.c.project.in_(asked.projects)] if asked.projects else []
    # Only the order by time has an index over all statuses and one for each project.
    by_project = sort is IssueSort.LAST and 0 < len(asked.projects) <= _MOST_WALKS
    every = not asked.statuses or len(asked.statuses) == len(Status)
    if sort is IssueSort.LAST and every and not by_project:
        return [of_projects]
    statuses = asked.statuses or tuple(Status)
    if by_project:
        return [
            [issue.c.project == number, issue.c.status == status.number]
            for number in asked.projects
            for status in statuses
        ]
    return [[issue.c.status == status.number, *of_projects] for status in statuses]
