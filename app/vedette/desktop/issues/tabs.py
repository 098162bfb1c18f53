"""The tabs above the list, as the part of the query they stand for. Pure."""

from vedette.desktop.widgets.query_terms import Term, split_terms
from vedette.domain.issues import Status, Substatus
from vedette.store.queries.issue_rows import IssueRow

TABS: dict[str, str] = {
    "unresolved": "is:unresolved",
    "new": "is:new",
    "regressed": "is:regressed",
    "archived": "is:archived",
    "all": "",
}
FIRST = TABS["unresolved"]
"""What the list shows when nothing else was asked for."""

_STATUS_WORDS = {
    *(status.value for status in Status),
    *(substatus.value for substatus in Substatus),
    "archived",
}


def tab_of(query: str) -> str:
    """Return the tab *query* belongs to; ``all`` when it asks for no status, or for another one."""
    asked = [str(term) for term in split_terms(query) if _is_status(term)]
    return next((key for key, text in TABS.items() if asked == [text]), "all")


def with_tab(query: str, tab: str) -> str:
    """Return *query* with what it says of the status replaced by the part of *tab*."""
    rest = [str(term) for term in split_terms(query) if not _is_status(term)]
    return " ".join([TABS[tab], *rest]).strip()


def beside_status(query: str) -> list[str]:
    """Return the terms of *query* that do not concern the status."""
    return [str(term) for term in split_terms(query) if not _is_status(term)]


def without(query: str, term: str) -> str:
    """Return *query* without the last *term*."""
    terms = [str(found) for found in split_terms(query)]
    if term in terms:
        del terms[len(terms) - 1 - terms[::-1].index(term)]
    return " ".join(terms)


def left_tab(row: IssueRow, tab: str) -> bool:
    """Return whether *row* certainly no longer belongs in *tab*."""
    if tab == "all":
        return False
    if tab == "archived":
        return row.status is not Status.IGNORED
    if row.status is not Status.UNRESOLVED:
        return True
    return tab != "unresolved" and row.substatus != tab


def _is_status(term: Term) -> bool:
    return term.key == "is:" and term.value.lower() in _STATUS_WORDS
