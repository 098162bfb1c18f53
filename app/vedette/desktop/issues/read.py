"""What the list asks the store, each answered in a worker thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from vedette.desktop.issues.tabs import TABS
from vedette.desktop.shell.scope import Scope
from vedette.domain.times import DAY, HOUR, Micros, now
from vedette.store.queries.issue_columns import issue_runs, issue_values
from vedette.store.queries.issue_details import issue_trends
from vedette.store.queries.issue_rows import Count, IssueFilter, IssueRow, IssueSort
from vedette.store.queries.issues import count_issues, get_issue, page_issues
from vedette.store.queries.labels import issue_labels
from vedette.store.queries.runs import list_runs
from vedette.store.search import QueryError, in_environments, parse_query

Db = Any  # the store's connection, which the desktop only hands through
TREND_BUCKETS = 24
RUNS_SHOWN = 8
COUNTED = ("unresolved", "new", "regressed")
_MINUTES_KEPT = 47 * HOUR


@dataclass(frozen=True, slots=True)
class ListedIssue:
    """A row of the list: the issue, and its events in each part of the time looked at."""

    issue: IssueRow
    trend: tuple[int, ...] = ()
    events: int | None = None
    """Within the time looked at; None: no time was chosen, so all count."""
    environments: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    runs: tuple[tuple[int, bool], ...] = ()
    """The newest runs in order, and whether it happened in them."""
    is_gone: bool = False
    """It no longer fits the query, and stays only until the reader has moved on."""


@dataclass(frozen=True, slots=True)
class BadQuery:
    """Why a query cannot be answered; *column* counts from 0."""

    sentence: str
    column: int
    length: int = 0


@dataclass(frozen=True, slots=True)
class ListQuestion:
    """What the list shows: which issues, in which order, and what beside their rows has to be read."""

    where: IssueFilter
    sort: IssueSort = IssueSort.LAST
    environments: bool = False
    runs: bool = False
    labels: bool = False

    def span(self, at: Micros) -> tuple[Micros, Micros]:
        """Return the time whose course is shown: the one chosen, else the last day before *at*."""
        return self.where.since or Micros(at - DAY), self.where.until or at


def build_filter(query: str, scope: Scope) -> IssueFilter:
    """Return the filter for a query text and the scope. Raises QueryError."""
    since, until = scope.bounds(now())
    asked = parse_query(query).within(in_environments(scope.environments))
    return IssueFilter(
        projects=scope.projects,
        runs=() if scope.run is None else (scope.run,),
        since=since,
        until=until,
        query=asked,
    )


def read_page(
    db: Db, asked: ListQuestion, after: ListedIssue | None, limit: int
) -> list[ListedIssue] | BadQuery:
    """Return a page of issues with what is shown of them, or what is wrong with the query."""
    try:
        rows = page_issues(
            db, asked.where, sort=asked.sort, after=after.issue if after else None, limit=limit
        )
    except QueryError as error:
        return BadQuery(str(error), error.column, error.length)
    return filled(db, asked, rows)


def filled(db: Db, asked: ListQuestion, rows: Sequence[IssueRow]) -> list[ListedIssue]:
    """Return *rows* with their course of time, and what else was asked for."""
    moment = now()
    start, end = asked.span(moment)
    ids = [row.id for row in rows]
    trends = issue_trends(
        db,
        ids,
        start,
        Micros(max(end, start + TREND_BUCKETS)),
        TREND_BUCKETS,
        minutes_from=moment - _MINUTES_KEPT,
    )
    bounded = asked.where.since is not None or asked.where.until is not None
    found = [
        ListedIssue(row, tuple(trends[row.id]), sum(trends[row.id]) if bounded else None) for row in rows
    ]
    if asked.environments:
        values = issue_values(db, ids, "environment")
        found = [replace(listed, environments=values.get(listed.issue.id, ())) for listed in found]
    if asked.labels:
        carried = issue_labels(db, ids)
        found = [
            replace(listed, labels=tuple(row.name for row in carried.get(listed.issue.id, ())))
            for listed in found
        ]
    if asked.runs:
        found = _with_runs(found, *_runs(db, rows))
    return found


def _runs(db: Db, rows: Sequence[IssueRow]) -> tuple[list[int], Mapping[int, tuple[bool, ...]]]:
    newest = sorted(run.id for run in list_runs(db, limit=RUNS_SHOWN))
    return newest, issue_runs(db, rows, newest)


def _with_runs(
    found: Sequence[ListedIssue], runs: Sequence[int], happened: Mapping[int, tuple[bool, ...]]
) -> list[ListedIssue]:
    return [
        replace(listed, runs=tuple(zip(runs, happened[listed.issue.id], strict=True))) for listed in found
    ]


def read_some(db: Db, asked: ListQuestion, ids: Sequence[int]) -> list[ListedIssue]:
    """Return the issues *ids* as they are now; one that is not there is left out."""
    return filled(db, asked, [row for number in ids if (row := get_issue(db, number)) is not None])


def read_counts(db: Db, scope: Scope) -> dict[str, Count]:
    """Return how many issues the counted tabs hold."""
    return {tab: count_issues(db, build_filter(TABS[tab], scope)) for tab in COUNTED}


def count_found(db: Db, where: IssueFilter) -> Count:
    """Return how many issues fit *where*."""
    return count_issues(db, where)


def has_issues(db: Db) -> bool:
    """Return whether the workspace has any issue at all."""
    return bool(page_issues(db, IssueFilter(), limit=1))
