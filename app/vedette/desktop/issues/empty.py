"""Why the list has no rows: nothing came yet, one term too many, all is resolved. Asked in a worker."""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from vedette.desktop.issues.read import build_filter, has_issues
from vedette.desktop.issues.tabs import beside_status, tab_of
from vedette.desktop.shell.scope import Scope
from vedette.store.queries.issue_details import last_resolved
from vedette.store.queries.issue_rows import Count, IssueRow
from vedette.store.queries.issues import count_issues, get_issue
from vedette.store.search import QueryError

MOST_TERMS = 10
MOST_RESOLVED = 5


class Why(Enum):
    """What keeps the list empty."""

    NOTHING_YET = auto()  # no issue at all: the first-run page is shown
    NO_MATCH = auto()
    SCOPE = auto()
    NOTHING_OPEN = auto()
    TAB = auto()


@dataclass(frozen=True, slots=True)
class Nothing:
    """An empty list: why, each term's own hits (None: it cannot be read alone), what was resolved last."""

    why: Why
    terms: tuple[tuple[str, Count | None], ...] = ()
    resolved: tuple[IssueRow, ...] = field(default=())


def explain_empty(db: Any, query: str, scope: Scope) -> Nothing:
    """Return why nothing fits *query* in *scope*."""
    if not has_issues(db):
        return Nothing(Why.NOTHING_YET)
    terms = list(dict.fromkeys(beside_status(query)))[:MOST_TERMS]
    if terms:
        return Nothing(Why.NO_MATCH, tuple((term, _alone(db, term, scope)) for term in terms))
    if tab_of(query) == "unresolved" and not _has_any(db, scope):
        return Nothing(Why.SCOPE)
    if tab_of(query) == "unresolved":
        ids = last_resolved(db, scope.projects, MOST_RESOLVED)
        rows = [row for number in ids if (row := get_issue(db, number)) is not None]
        return Nothing(Why.NOTHING_OPEN, resolved=tuple(rows))
    return Nothing(Why.SCOPE if scope != Scope() and not _has_any(db, scope) else Why.TAB)


def _has_any(db: Any, scope: Scope) -> bool:
    return scope == Scope() or count_issues(db, build_filter("", scope), cap=1).n > 0


def _alone(db: Any, term: str, scope: Scope) -> Count | None:
    try:
        return count_issues(db, build_filter(term, scope))
    except QueryError:
        return None
