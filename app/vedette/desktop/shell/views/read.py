"""What saved views ask the store, in a worker thread."""

from typing import Any

from vedette.desktop.shell.views.view import Looked, View, read_view
from vedette.domain.times import now
from vedette.store.queries.issue_rows import Count, IssueFilter
from vedette.store.queries.issues import count_issues
from vedette.store.queries.saved_views import list_views
from vedette.store.search import QueryError, in_environments, parse_query

Db = Any


def read_views(db: Db) -> list[View]:
    """Return the saved views of issues in their order."""
    rows = list_views(db)
    return [
        read_view(row.id, row.name, row.view)
        for row in rows
        if row.view.get("dataset") in (None, "", "issues")
    ]


def count_view(db: Db, looked: Looked) -> Count | None:
    """Return how many issues a view shows; None for a query that cannot be understood."""
    since, until = looked.scope.bounds(now())
    try:
        asked = parse_query(looked.query).within(in_environments(looked.scope.environments))
        where = IssueFilter(
            projects=looked.scope.projects,
            since=since,
            until=until,
            query=None if asked.root is None else asked,
        )
        return count_issues(db, where)
    except QueryError:
        return None
