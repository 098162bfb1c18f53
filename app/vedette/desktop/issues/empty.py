"""What the list says when it has no rows, and what the one button then does."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from vedette.desktop.issues.read import build_filter, has_issues
from vedette.desktop.issues.tabs import FIRST, beside_status, tab_of, without
from vedette.desktop.shell.scope import Scope
from vedette.desktop.widgets.units import plural
from vedette.store.queries.issues import count_issues
from vedette.store.search import QueryError


class Way(Enum):
    """Where the button leads."""

    CONNECT = auto()
    QUERY = auto()
    SCOPE = auto()


@dataclass(frozen=True, slots=True)
class Nothing:
    """An empty list: a sentence, more, the button's text, and where it leads (*query* for Way.QUERY)."""

    sentence: str
    more: str
    action: str
    icon: str
    way: Way
    query: str = ""


def explain_empty(db: Any, query: str, scope: Scope) -> Nothing:
    """Return why nothing fits *query* in *scope*: nothing came yet, one term too many, all is resolved."""
    if not has_issues(db):
        return Nothing(
            "Nothing received yet",
            "Point a Sentry SDK at this station; the first error is here a moment later.",
            "Connect an app",
            "plug",
            Way.CONNECT,
        )
    terms = beside_status(query)
    if terms:
        return _no_match(db, query, terms, scope)
    if scope != Scope():
        return Nothing(
            "Nothing in this scope",
            "There are issues in other projects, runs or times.",
            "Show all projects, runs and times",
            "filter-x",
            Way.SCOPE,
        )
    if tab_of(query) == "unresolved":
        return Nothing(
            "Nothing open",
            "Every issue is resolved or archived.",
            "Show all issues",
            "circle-check",
            Way.QUERY,
        )
    return Nothing("None here", "", "Show unresolved issues", "inbox", Way.QUERY, FIRST)


def _no_match(db: Any, query: str, terms: list[str], scope: Scope) -> Nothing:
    counts = {term: _alone(db, term, scope) for term in dict.fromkeys(terms)}
    blamed = next((term for term, count in counts.items() if count == 0), terms[-1])
    told = " · ".join(f"{term}  {plural(count, 'issue')} alone" for term, count in counts.items())
    return Nothing(
        "No issue matches", told, f"Remove {_short(blamed)}", "filter-x", Way.QUERY, without(query, blamed)
    )


def _alone(db: Any, term: str, scope: Scope) -> int:
    try:
        return count_issues(db, build_filter(term, scope)).n
    except QueryError:
        return 0


def _short(term: str) -> str:
    return term if len(term) <= 40 else term[:39] + "…"
