"""Stored events read again from their bytes, as they were when digest read them.

For station and desktop alike: nothing here knows HTTP. Every function belongs into a reading thread.
"""

from dataclasses import dataclass
from typing import Protocol

import orjson

from vedette.api.readers import Db
from vedette.domain.json import JsonObject
from vedette.domain.outcomes import IngestError
from vedette.domain.processed import Arrival, Grouping
from vedette.domain.workspace import Workspace
from vedette.processing import pipeline, spans
from vedette.processing.grouping import GroupingRules
from vedette.processing.otlp.spans import read_span_items
from vedette.processing.rules import read_rules
from vedette.protocol.envelope import Envelope, read_envelope_header
from vedette.store.queries import payloads
from vedette.store.queries.payloads import StoredItem
from vedette.store.queries.projects import project_rules


class Stored(Protocol):
    """Where an event lies: the item of a request. Rows of events and of segments are such."""

    @property
    def request(self) -> int: ...
    @property
    def item(self) -> int: ...
    @property
    def event_id(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class ReadEvent:
    """An event, normalised and marked in-app, with the facts about it that are not in it."""

    event: JsonObject
    item: StoredItem
    grouping: Grouping | None  # None: a transaction, which belongs to no issue
    rules: GroupingRules | None = None  # by which it groups; None: those alone that are built in


def read_event(db: Db, workspace: Workspace, row: Stored) -> JsonObject:
    """Return the event of *row*, normalised and marked in-app.

    Raises PayloadGoneError when retention has removed its bytes, DamagedError when they cannot be read.
    """
    item = read_item_of(db, workspace, row)
    payload, arrival = _payload_of(db, row, item), arrival_of(item, row.event_id)
    return pipeline.read_event(payload, arrival, _rules_of(db, item))


def read_whole_event(db: Db, workspace: Workspace, row: Stored) -> ReadEvent:
    """Return the event of *row* with the item that brought it and how it groups. Raises as `read_event`."""
    item = read_item_of(db, workspace, row)
    payload, arrival = _payload_of(db, row, item), arrival_of(item, row.event_id)
    rules = _rules_of(db, item)
    event, grouping = pipeline.read_grouped(payload, arrival, rules)
    return ReadEvent(event, item, grouping, rules)


def explain_event(db: Db, workspace: Workspace, row: Stored) -> pipeline.Explained:
    """Return how the event of *row* groups by its project's rules of now, and why. Raises as `read_event`."""
    item = read_item_of(db, workspace, row)
    payload, arrival = _payload_of(db, row, item), arrival_of(item, row.event_id)
    return pipeline.explain_event(payload, arrival, _rules_of(db, item))


def read_grouped_by(db: Db, workspace: Workspace, row: Stored, rules: GroupingRules) -> tuple[str, ...]:
    """Return the hashes that the event of *row* would have by *rules*, none for a transaction.

    Raises as `read_event`.
    """
    item = read_item_of(db, workspace, row)
    payload, arrival = _payload_of(db, row, item), arrival_of(item, row.event_id)
    _, grouping = pipeline.read_grouped(payload, arrival, rules)
    return grouping.hashes if grouping is not None else ()


def _rules_of(db: Db, item: StoredItem) -> GroupingRules | None:
    if item.project is None:
        return None
    stored = project_rules(db, item.project)
    return read_rules(stored).grouping() if stored else None


def _payload_of(db: Db, row: Stored, item: StoredItem) -> bytes:
    derived = None
    if row.event_id is not None and row.item >= 0:
        derived = payloads.read_derived(db, bytes.fromhex(row.event_id), row.request, row.item)
    return derived or item.payload


def read_item_of(db: Db, workspace: Workspace, row: Stored) -> StoredItem:
    """Return the item that brought the event of *row*; for one that Vedette made itself, the event.

    Raises as `read_event`.
    """
    if row.item < 0 and row.event_id is not None:
        return payloads.read_own_event(db, bytes.fromhex(row.event_id), row.request, row.item)
    return payloads.read_item(db, workspace, row.request, row.item)


def read_span_details(item: StoredItem, span_id: bytes) -> JsonObject:
    """Return everything about a span of *item*, as `spans.span_details` does; {} if it is not in it."""
    if item.kind != "otlp_traces":
        return spans.span_details(item.payload, item.content_type, span_id)
    try:
        return spans.entry_details(read_span_items(item.payload, item.content_type), span_id)
    except IngestError:
        return {}


def arrival_of(item: StoredItem, event_id: str | None = None) -> Arrival:
    """Return what was known of *item* when it came; *event_id* is the one it was stored under."""
    header = _envelope_header(item.envelope_header)
    # A sender is noted by its `sentry_client`, and only without one by its user agent, which has blanks.
    named = item.client if " " not in item.client else ""
    return Arrival(
        received=item.received,
        event_id=event_id or header.event_id,
        sent_at=header.sent_at,
        sdk=header.sdk,
        client=named or None,
        client_ip=item.ip or None,
        user_agent=None if named else item.client or None,
        trace=header.trace,
    )


_NO_HEADER = Envelope(header={}, header_size=0, event_id=None, dsn=None, sdk=None, sent_at=None, trace=None)


def _envelope_header(header: JsonObject) -> Envelope:
    try:
        return read_envelope_header(orjson.dumps(header) + b"\n")
    except IngestError:
        return _NO_HEADER
