"""What reads attributes out of each kind of item, for questions about rows.

A port: the store asks for what it must not know, how payloads are to be read.
"""

from collections.abc import Callable, Mapping
from typing import Any

from vedette.api.reading import arrival_of
from vedette.domain.json import JsonValue
from vedette.domain.workspace import Workspace
from vedette.processing import record_attributes
from vedette.processing.otlp.logs import read_log_items
from vedette.processing.otlp.metrics import read_point_entries
from vedette.processing.otlp.spans import read_span_items
from vedette.store.queries.attributes import Decoder, PlainDecoder, Record, Sources, offer
from vedette.store.queries.payloads import StoredItem

Attributes = Mapping[Record, Mapping[str, JsonValue]]


def _event(item: StoredItem) -> Attributes:
    return record_attributes.event_attributes(item.payload, arrival_of(item))


def _of_payload(reads: PlainDecoder) -> Decoder:
    return lambda item: reads(item.payload)


def _otlp_spans(item: StoredItem) -> Attributes:
    return record_attributes.spans_of(read_span_items(item.payload, item.content_type))


def _otlp_logs(item: StoredItem) -> Attributes:
    return record_attributes.entries_of(read_log_items(item.payload, item.content_type, arrival_of(item)))


def _otlp_points(item: StoredItem) -> Attributes:
    return record_attributes.entries_of(read_point_entries(item.payload, item.content_type))


READERS: dict[str, PlainDecoder] = {
    "transaction": record_attributes.transaction_attributes,
    "span": record_attributes.span_attributes,
    "log": record_attributes.container_attributes,
    "trace_metric": record_attributes.container_attributes,
}
DECODERS: dict[str, Decoder] = {
    "event": _event,
    "otlp_traces": _otlp_spans,
    "otlp_logs": _otlp_logs,
    "otlp_metrics": _otlp_points,
    **{kind: _of_payload(reads) for kind, reads in READERS.items()},
}
"""By item kind."""


def sources_of(workspace: Workspace) -> Sources:
    """Return where the attributes of *workspace*'s rows come from."""
    return Sources(workspace, DECODERS, READERS)


def payloads_of(workspace: Workspace) -> Callable[[Any], None]:
    """Return what lets a connection to *workspace*'s store look into payloads, when it is first asked to."""
    return lambda db: offer(db, lambda: sources_of(workspace))
