"""What the tray asks the store: errors nobody has looked at, and which changed issues are worth telling.

The store is loaded by the thread that asks it first: the first frame does not wait for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vedette.desktop.tray.policy import Arrival, Why
from vedette.domain.issues import Substatus
from vedette.domain.times import Micros

if TYPE_CHECKING:
    from vedette.store.queries.issue_rows import IssueRow

UNSEEN = "is:unresolved is:unread level:>=error"
MOST_COUNTED = 100
_LISTED = 5
_MOST_ASKED = 100
_ACTIVITIES = 10


@dataclass(frozen=True, slots=True)
class Unseen:
    """Errors nobody has looked at: how many, up to MOST_COUNTED, and the newest."""

    count: int
    newest: "tuple[IssueRow, ...]"


def read_unseen(db: Any) -> Unseen:
    """Return the unseen errors of all projects."""
    from vedette.store.queries.issue_rows import IssueFilter
    from vedette.store.queries.issues import count_issues, page_issues
    from vedette.store.search import parse_query

    where = IssueFilter(query=parse_query(UNSEEN))
    count = count_issues(db, where, cap=MOST_COUNTED).n
    return Unseen(count, tuple(page_issues(db, where, limit=_LISTED)))


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Issues worth telling, and the activity by which each came back, for the next question."""

    found: tuple[Arrival, ...]
    regressions: Mapping[int, int]


def read_arrivals(
    db: Any, new: Sequence[int], changed: Sequence[int], since: Micros, known: Mapping[int, int]
) -> Arrivals:
    """Return which of *new* are new in this run, and which of *changed* came back.

    An issue came back when that was after *since* and is not one of the activities in *known*. Of very
    many only the last are asked about.
    """
    from vedette.store.queries.issue_details import issue_activities
    from vedette.store.queries.issues import get_issue
    from vedette.store.queries.runs import current_run

    run = current_run(db)
    found: list[Arrival] = []
    for number in new[-_MOST_ASKED:]:
        row = get_issue(db, number)
        if row is not None and run is not None and row.first_run == run.id:
            found.append(_arrival(row, Why.NEW))
    regressions: dict[int, int] = {}
    for number in changed[-_MOST_ASKED:]:
        row = get_issue(db, number)
        if row is None or row.substatus != Substatus.REGRESSED.value:
            continue
        came = next(
            (act for act in issue_activities(db, number, _ACTIVITIES) if act.kind == "set_regression"), None
        )
        if came is not None and came.ts >= since and known.get(number) != came.id:
            regressions[number] = came.id
            found.append(_arrival(row, Why.REGRESSED))
    return Arrivals(tuple(found), regressions)


def _arrival(row: "IssueRow", why: Why) -> Arrival:
    where = " · ".join(part for part in (row.culprit, row.project_slug) if part)
    return Arrival(why, row.id, row.short, row.title, where)
