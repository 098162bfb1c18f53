"""Events read from their bytes and shaped for the API, in a reading thread."""

from collections.abc import Sequence
from dataclasses import dataclass

from vedette.api.downloads import wants_raw
from vedette.api.errors import ApiError
from vedette.api.finding import AnyCall
from vedette.api.outgoing import outgoing_found, outgoing_item, rules_of
from vedette.api.readers import Db
from vedette.api.reading import read_item_of, read_whole_event
from vedette.api.shapes.event import EventBrief, EventDetail, EventFacts, event_brief, event_detail, row_brief
from vedette.domain.outcomes import IngestError
from vedette.domain.workspace import Workspace
from vedette.processing.exporting import EventExporter, export_event
from vedette.processing.grouping import ruled_title
from vedette.store.queries import events, payloads
from vedette.store.queries.events import EventRow
from vedette.store.queries.payloads import FoundItem, PayloadGoneError
from vedette.store.queries.segments import SegmentRow
from vedette.store.queries.stored_bytes import StoredBytes


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
    """Return the detail of the event at *place*, scrubbed unless it is asked for raw.

    Raises ApiError 410 when its bytes are no longer kept.
    """
    return await call.ask(read_detail, call.context.workspace, place, raw=wants_raw(call))


def read_detail(db: Db, workspace: Workspace, place: EventPlace, *, raw: bool) -> EventDetail:
    """Return the detail of the event at *place*, scrubbed unless *raw*. Raises as `describe_event`."""
    try:
        read = read_whole_event(db, workspace, place)
    except PayloadGoneError as error:
        raise _gone(error) from error
    beside = events.neighbours(db, place.row) if place.row is not None else None
    event = read.event if raw else export_event(read.event, rules_of(db, place.project))
    facts = EventFacts(
        project=place.project,
        issue=place.issue,
        received=read.item.received,
        size=len(read.item.payload),
        hashes=read.grouping.hashes if read.grouping else (),
        config=read.grouping.config if read.grouping else "",
        next_id=beside.next if beside else None,
        previous_id=beside.previous if beside else None,
        # Made of what may leave: a title's variables stand for values of the event.
        title=ruled_title(event, read.rules) if read.grouping and read.grouping.title else None,
    )
    return event_detail(event, facts)


def describe_rows(
    db: Db, workspace: Workspace, rows: Sequence[EventRow], *, full: bool, raw: bool
) -> list[EventBrief]:
    """Return *rows* for a list, scrubbed unless *raw*; if its bytes are gone one tells what its row knows."""
    of = set() if raw else {row.project for row in rows}
    exporters = {project: EventExporter(rules_of(db, project)) for project in of}
    return [_describe_row(db, workspace, row, exporters.get(row.project), full=full) for row in rows]


def _describe_row(
    db: Db, workspace: Workspace, row: EventRow, exporter: EventExporter | None, *, full: bool
) -> EventBrief:
    try:
        read = read_whole_event(db, workspace, row)
    except (PayloadGoneError, IngestError):
        return row_brief(row)
    return event_brief(exporter.of(read.event) if exporter else read.event, row, full=full)


def given_event(db: Db, workspace: Workspace, place: EventPlace, *, raw: bool) -> bytes:
    """Return the bytes of the item that brought the event at *place*, scrubbed unless *raw*.

    Raises ApiError 410 when they are not kept.
    """
    try:
        item = read_item_of(db, workspace, place)
    except PayloadGoneError as error:
        raise _gone(error) from error
    return item.payload if raw else outgoing_item(item, rules_of(db, place.project))


def given_item(
    db: Db, workspace: Workspace, request: int, n: int, *, raw: bool
) -> tuple[FoundItem, StoredBytes]:
    """Return an item with its bytes, scrubbed unless *raw*. Raises ApiError 410 when they are not kept."""
    try:
        item = payloads.find_item(db, workspace, request, n)
        payload = item.payload if raw else outgoing_found(item, rules_of(db, item.project))
    except PayloadGoneError as error:
        raise _gone(error) from error
    return item, payload


def _gone(error: PayloadGoneError) -> ApiError:
    return ApiError(410, str(error))
