"""What the list asks the store, each answered in a worker thread."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from vedette.desktop.shell.scope import Scope
from vedette.domain.issues import Status
from vedette.domain.times import DAY, Micros, now
from vedette.store.queries.issue_details import issue_trends
from vedette.store.queries.issue_rows import IssueFilter, IssueRow, IssueSort
from vedette.store.queries.issues import count_issues, get_issue, page_issues
from vedette.store.search import parse_query

Db = Any  # the store's connection, which the desktop only hands through
TREND_BUCKETS = 24
TABS = {
    "unresolved": "is:unresolved",
    "new": "is:unresolved is:new",
    "regressed": "is:unresolved is:regressed",
    "archived": "is:archived",
    "resolved": "is:resolved",
    "all": "",
}
COUNTED = ("unresolved", "new", "regressed")


@dataclass(frozen=True, slots=True)
class ListedIssue:
    """A row of the list: the issue, and its events in each hour of the last day."""

    issue: IssueRow
    trend: tuple[int, ...] = ()


def build_filter(tab: str, query: str, scope: Scope) -> IssueFilter:
    """Return the filter for a tab, a query text and the scope. Raises QueryError."""
    words = " ".join(part for part in (TABS[tab], f"({query})" if query.strip() else "") if part)
    return IssueFilter(
        projects=() if scope.project is None else (scope.project,),
        runs=() if scope.run is None else (scope.run,),
        since=None if scope.span is None else Micros(now() - scope.span),
        query=parse_query(words) if words else None,
    )


def read_page(
    db: Db, where: IssueFilter, sort: IssueSort, after: ListedIssue | None, limit: int
) -> list[ListedIssue]:
    """Return a page of issues with their trends."""
    rows = page_issues(db, where, sort=sort, after=after.issue if after else None, limit=limit)
    return with_trends(db, rows)


def with_trends(db: Db, rows: Sequence[IssueRow]) -> list[ListedIssue]:
    """Return *rows* with their events by hour over the last day."""
    end = now()
    trends = issue_trends(db, [row.id for row in rows], Micros(end - DAY), end, TREND_BUCKETS)
    return [ListedIssue(row, tuple(trends.get(row.id, ()))) for row in rows]


def read_some(db: Db, ids: Sequence[int]) -> list[ListedIssue]:
    """Return the issues *ids* as they are now; one that is gone is left out."""
    rows = [row for number in ids if (row := get_issue(db, number)) is not None]
    return with_trends(db, rows)


def read_counts(db: Db, scope: Scope) -> dict[str, int]:
    """Return how many issues the counted tabs hold."""
    counts = {}
    for tab in COUNTED:
        counts[tab] = count_issues(db, build_filter(tab, "", replace(scope, span=None))).n
    return counts


def has_issues(db: Db) -> bool:
    """Return whether the workspace has any issue at all."""
    return bool(page_issues(db, IssueFilter(), limit=1))


def is_archived(row: IssueRow) -> bool:
    return row.status is Status.IGNORED
