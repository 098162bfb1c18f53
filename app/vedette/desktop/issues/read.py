"""What the list asks the store, each answered in a worker thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from vedette.desktop.issues.tabs import TABS
from vedette.desktop.shell.scope import Scope
from vedette.domain.times import DAY, Micros, now
from vedette.store.queries.issue_details import issue_trends
from vedette.store.queries.issue_rows import Count, IssueFilter, IssueRow, IssueSort
from vedette.store.queries.issues import count_issues, get_issue, page_issues
from vedette.store.search import QueryError, in_environments, parse_query

Db = Any  # the store's connection, which the desktop only hands through
TREND_BUCKETS = 24
COUNTED = ("unresolved", "new", "regressed")


@dataclass(frozen=True, slots=True)
class ListedIssue:
    """A row of the list: the issue, and its events in each hour of the last day."""

    issue: IssueRow
    trend: tuple[int, ...] = ()
    is_gone: bool = False
    """It no longer fits the query, and stays only until the reader has moved on."""


@dataclass(frozen=True, slots=True)
class BadQuery:
    """Why a query cannot be answered; *column* counts from 0."""

    sentence: str
    column: int


def build_filter(query: str, scope: Scope) -> IssueFilter:
    """Return the filter for a query text and the scope. Raises QueryError."""
    since, until = scope.bounds(now())
    asked = parse_query(query).within(in_environments(scope.environments))
    return IssueFilter(
        projects=scope.projects,
        runs=() if scope.run is None else (scope.run,),
        since=since,
        until=until,
        query=None if asked.root is None else asked,
    )


def read_page(
    db: Db, where: IssueFilter, sort: IssueSort, after: ListedIssue | None, limit: int
) -> list[ListedIssue] | BadQuery:
    """Return a page of issues with their trends, or what is wrong with the query."""
    try:
        rows = page_issues(db, where, sort=sort, after=after.issue if after else None, limit=limit)
    except QueryError as error:
        return BadQuery(str(error), error.column)
    return with_trends(db, rows)


def with_trends(db: Db, rows: Sequence[IssueRow]) -> list[ListedIssue]:
    """Return *rows* with their events by hour over the last day."""
    end = now()
    trends = issue_trends(db, [row.id for row in rows], Micros(end - DAY), end, TREND_BUCKETS)
    return [ListedIssue(row, tuple(trends.get(row.id, ()))) for row in rows]


def read_some(db: Db, ids: Sequence[int]) -> list[ListedIssue]:
    """Return the issues *ids* as they are now; one that is not there is left out."""
    rows = [row for number in ids if (row := get_issue(db, number)) is not None]
    return with_trends(db, rows)


def read_counts(db: Db, scope: Scope) -> dict[str, Count]:
    """Return how many issues the counted tabs hold."""
    return {tab: count_issues(db, build_filter(TABS[tab], scope)) for tab in COUNTED}


def count_found(db: Db, where: IssueFilter) -> Count:
    """Return how many issues fit *where*."""
    return count_issues(db, where)


def has_issues(db: Db) -> bool:
    """Return whether the workspace has any issue at all."""
    return bool(page_issues(db, IssueFilter(), limit=1))
