"""What the table of an issue's events asks the store, in a worker thread."""

from collections.abc import Sequence
from typing import Any

from vedette.api.reading import read_whole_event
from vedette.desktop.issue.events.rows import ListedEvent, cells, own_text
from vedette.domain.outcomes import IngestError
from vedette.domain.workspace import Workspace
from vedette.store.errors import DamagedError
from vedette.store.queries import issue_events
from vedette.store.queries.event_rows import EventRow
from vedette.store.queries.issue_events import EventFilter
from vedette.store.queries.payloads import PayloadGoneError

Db = Any


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


def read_those(db: Db, workspace: Workspace, ids: Sequence[int], columns: Sequence[str]) -> list[ListedEvent]:
    """Return the events *ids* in that order."""
    return [_listed(db, workspace, row, columns) for row in issue_events.events_of(db, ids)]


def _listed(db: Db, workspace: Workspace, row: EventRow, columns: Sequence[str]) -> ListedEvent:
    try:
        event = read_whole_event(db, workspace, row).event
    except (PayloadGoneError, DamagedError, IngestError):
        return ListedEvent(row, row.title, tuple("" for _ in columns))
    return ListedEvent(row, own_text(event, row.title), cells(event, columns))
