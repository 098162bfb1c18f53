"""Events read from their bytes and shaped for the API, in a reading thread."""

from collections.abc import Sequence
from dataclasses import dataclass

from vedette.api.errors import ApiError
from vedette.api.finding import AnyCall
from vedette.api.readers import Db
from vedette.api.reading import read_item_of, read_whole_event
from vedette.api.shapes.event import EventBrief, EventDetail, EventFacts, event_brief, event_detail, row_brief
from vedette.domain.outcomes import IngestError
from vedette.domain.workspace import Workspace
from vedette.store.queries import events, payloads
from vedette.store.queries.events import EventRow
from vedette.store.queries.payloads import PayloadGoneError, StoredItem
from vedette.store.queries.segments import SegmentRow


@dataclass(frozen=True, slots=True)
class EventPlace:
    """Where an event or transaction lies."""

    event_id: str | None
    project: int
    project_slug: str
    issue: int | None
    request: int
    item: int
    row: EventRow | None = None

    @classmethod
    def of_event(cls, row: EventRow) -> "EventPlace":
        return cls(row.event_id, row.project, row.project_slug, row.issue, row.request, row.item, row)

    @classmethod
    def of_segment(cls, row: SegmentRow) -> "EventPlace":
        return cls(row.event_id, row.project, row.project_slug, None, row.request, row.item)


async def describe_event(call: AnyCall, place: EventPlace) -> EventDetail:
    """Return the detail of the event at *place*. Raises ApiError 410 when its bytes are no longer kept."""
    return await call.ask(read_detail, call.context.workspace, place)


def read_detail(db: Db, workspace: Workspace, place: EventPlace) -> EventDetail:
    """Return the detail of the event at *place*. Raises ApiError 410 when its bytes are no longer kept."""
    try:
        read = read_whole_event(db, workspace, place)
    except PayloadGoneError as error:
        raise _gone(error) from error
    beside = events.neighbours(db, place.row) if place.row is not None else None
    facts = EventFacts(
        project=place.project,
        issue=place.issue,
        received=read.item.received,
        size=len(read.item.payload),
        hashes=read.grouping.hashes if read.grouping else (),
        config=read.grouping.config if read.grouping else "",
        next_id=beside.next if beside else None,
        previous_id=beside.previous if beside else None,
    )
    return event_detail(read.event, facts)


def describe_rows(db: Db, workspace: Workspace, rows: Sequence[EventRow], *, full: bool) -> list[EventBrief]:
    """Return *rows* for a list; those whose bytes are gone tell what their row knows."""
    return [_describe_row(db, workspace, row, full=full) for row in rows]


def _describe_row(db: Db, workspace: Workspace, row: EventRow, *, full: bool) -> EventBrief:
    try:
        read = read_whole_event(db, workspace, row)
    except (PayloadGoneError, IngestError):
        return row_brief(row)
    return event_brief(read.event, row, full=full)


def stored_event(db: Db, workspace: Workspace, place: EventPlace) -> StoredItem:
    """Return the item that brought the event at *place*. Raises ApiError 410 when its bytes are not kept."""
    try:
        return read_item_of(db, workspace, place)
    except PayloadGoneError as error:
        raise _gone(error) from error


def stored_item(db: Db, workspace: Workspace, request: int, n: int) -> StoredItem:
    """Return an item's bytes. Raises ApiError 410 when they are no longer kept."""
    try:
        return payloads.read_item(db, workspace, request, n)
    except PayloadGoneError as error:
        raise _gone(error) from error


def _gone(error: PayloadGoneError) -> ApiError:
    return ApiError(410, str(error))
