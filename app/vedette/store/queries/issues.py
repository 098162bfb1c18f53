"""Issues: page by page in every order offered, with and without a search; one by id; how many."""

from sqlalchemy import Connection, func, select

from vedette.domain.times import Micros, now
from vedette.store.queries.issue_rows import (
    SELECT_ISSUE,
    Count,
    IssueFilter,
    IssueRow,
    IssueSort,
    Key,
    ask,
    read_issue,
)
from vedette.store.queries.issue_scores import is_scored, page_scored
from vedette.store.queries.issue_search import count_found, page_found
from vedette.store.queries.issue_walks import walk
from vedette.store.queries.shortids import issue_of, present_issue
from vedette.store.queries.slow_walks import Walked
from vedette.store.schema import issue

__all__ = [
    "Count",
    "IssueFilter",
    "IssueRow",
    "IssueSort",
    "Key",
    "count_issues",
    "find_issue",
    "get_issue",
    "issue_by_short",
    "page_issues",
]

MOST_COUNTED = 10_000


def get_issue(db: Connection, issue_id: int) -> IssueRow | None:
    """Return one issue. Index: primary key."""
    row = db.execute(SELECT_ISSUE.where(issue.c.id == issue_id)).first()
    return read_issue(row) if row else None


def find_issue(db: Connection, issue_id: int) -> IssueRow | None:
    """Return one issue, or the one where it is found since it was merged. Index: primary keys."""
    number = present_issue(db, issue_id)
    return None if number is None else get_issue(db, number)


def issue_by_short(db: Connection, text: str) -> IssueRow | None:
    """Return the issue called *text*, ``DESK-12`` in any case. Index: issue(project, short)."""
    number = None if text.isdigit() else issue_of(db, text)
    return None if number is None else get_issue(db, number)


def page_issues(
    db: Connection,
    where: IssueFilter,
    *,
    sort: IssueSort = IssueSort.LAST,
    after: IssueRow | Key | None = None,
    limit: int = 50,
    at: Micros | None = None,
    walked: Walked | None = None,
) -> list[IssueRow]:
    """Return up to *limit* issues after *after*, greatest first; fewer than *limit* means the end.

    Within a time, EVENTS goes by the events of that time; TREND by its halves, else by those of the day
    before *at*, which is now unless given.

    With words or tags and order LAST, issues come by their newest event that fits, and carry it as `hit`;
    `IssueRow.key` gives what *after* needs either way. What no index knows is looked for in payloads, newest
    first, for some seconds; *walked* says how far that came. Raises QueryError for names that do not exist.
    Index: issue(status, last|first|n|users|title, id), issue(status, priority, last, id),
    issue(project, status, last, id), issue(last, id); ``find`` by row id, newest first.
    """
    key = after.key(sort) if isinstance(after, IssueRow) else after
    asked = ask(db, where)
    if asked.is_impossible:
        return []
    moment = now() if at is None else at
    if asked.rendered.needs_events:
        return page_found(db, asked, where, sort, key, limit, moment, walked)
    if is_scored(where, sort):
        return page_scored(db, asked, where, sort, key, limit, moment)
    return walk(db, asked, sort, key, limit)


def count_issues(db: Connection, where: IssueFilter, cap: int = MOST_COUNTED) -> Count:
    """Return how many issues there are, counting to *cap*.

    What is looked for in payloads is counted as far as there is time, and then not exact.
    Index: as `page_issues`.
    """
    asked = ask(db, where)
    if asked.is_impossible:
        return Count(0, exact=True)
    if asked.rendered.needs_events:
        return count_found(db, asked, where, cap)
    some = select(issue.c.id).where(*asked.all_conditions).limit(cap + 1).subquery()
    n = db.execute(select(func.count()).select_from(some)).scalar_one()
    return Count(min(n, cap), exact=n <= cap)
