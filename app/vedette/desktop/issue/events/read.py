"""What the table of an issue's events asks the store, in a worker thread."""

import math
from collections.abc import Sequence
from typing import Any

from vedette.api.reading import read_event
from vedette.desktop.issue.events.paths import PathFact, paths_of
from vedette.desktop.issue.events.rows import ListedEvent, cells, own_text
from vedette.domain.json import JsonObject
from vedette.domain.outcomes import IngestError
from vedette.domain.workspace import Workspace
from vedette.store.errors import DamagedError
from vedette.store.queries import issue_events
from vedette.store.queries.event_rows import EventRow
from vedette.store.queries.issue_events import EventFilter
from vedette.store.queries.payloads import PayloadGoneError

Db = Any
MOST_SORTED_READ = 1_000
"""So many events, the newest, are put in the order of what only their payloads say."""
SAMPLE = 30
"""So many events tell which paths there are."""


def read_events(
    db: Db,
    workspace: Workspace,
    issue: int,
    where: EventFilter,
    columns: Sequence[str],
    *,
    newest_first: bool,
    after: EventRow | None,
    limit: int,
) -> list[ListedEvent]:
    """Return up to *limit* events after *after*, by time; their payloads are read for what they say."""
    rows = issue_events.page_issue_events(
        db, issue, where, newest_first=newest_first, after=after, limit=limit
    )
    return [_listed(db, workspace, row, columns) for row in rows]


def read_order(db: Db, issue: int, where: EventFilter, sort: str, *, descending: bool) -> list[int]:
    """Return the row ids of events in another order than by time."""
    return issue_events.sorted_events(db, issue, where, sort, descending=descending)


def read_own_order(
    db: Db, workspace: Workspace, issue: int, where: EventFilter, column: str, *, descending: bool
) -> list[int]:
    """Return the row ids of the newest events, `MOST_SORTED_READ` of them, by what they have in *column*.

    Numbers stand in their own order and before words; events without a value come last either way.
    """
    rows = issue_events.page_issue_events(db, issue, where, limit=MOST_SORTED_READ)
    keyed = [(sort_key(_listed(db, workspace, row, (column,)).values[0]), row.id) for row in rows]
    told = sorted(
        [(key, number) for key, number in keyed if key is not None],
        key=lambda one: one[0], reverse=descending,
    )  # fmt: skip
    return [number for _, number in told] + [number for key, number in keyed if key is None]


def sort_key(text: str) -> tuple[int, float, str] | None:
    """Return what a cell's *text* is sorted by: numbers as such, then words in any case; None for nothing."""
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    return (1, 0.0, text.casefold()) if math.isnan(number) else (0, number, "")


def read_paths(db: Db, workspace: Workspace, issue: int, where: EventFilter) -> list[PathFact]:
    """Return the paths that the newest events, `SAMPLE` of them, have a value at."""
    rows = issue_events.page_issue_events(db, issue, where, limit=SAMPLE)
    return paths_of(event for row in rows if (event := _event_of(db, workspace, row)) is not None)


def count_events(db: Db, issue: int, where: EventFilter) -> int:
    """Return how many events of the issue fit. Raises QueryError."""
    return issue_events.count_issue_events(db, issue, where)


def read_those(db: Db, workspace: Workspace, ids: Sequence[int], columns: Sequence[str]) -> list[ListedEvent]:
    """Return the events *ids* in that order."""
    return [_listed(db, workspace, row, columns) for row in issue_events.events_of(db, ids)]


def _event_of(db: Db, workspace: Workspace, row: EventRow) -> JsonObject | None:
    """Return the event of *row*, None when its bytes are gone or damaged."""
    try:
        return read_event(db, workspace, row)
    except (PayloadGoneError, DamagedError, IngestError):
        return None


def _listed(db: Db, workspace: Workspace, row: EventRow, columns: Sequence[str]) -> ListedEvent:
    event = _event_of(db, workspace, row)
    if event is None:
        return ListedEvent(row, row.title, tuple("" for _ in columns))
    return ListedEvent(row, own_text(event, row.title), cells(event, columns))
