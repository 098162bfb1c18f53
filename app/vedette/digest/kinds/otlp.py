"""What OpenTelemetry's exporters send: spans, log records, metrics, and the exceptions told of in them."""

from collections.abc import Iterator
from dataclasses import replace

import orjson

from vedette.digest.kinds.events import remark_spans
from vedette.digest.kinds.incoming import Incoming
from vedette.digest.kinds.remarks import left_out
from vedette.domain.json import JsonObject
from vedette.processing import pipeline
from vedette.processing.logs import process_log_items
from vedette.processing.otlp.exceptions import MOST_EVENTS, log_event, span_events
from vedette.processing.otlp.logs import body_text, log_items, severity
from vedette.processing.otlp.metrics import process_points
from vedette.processing.otlp.origin import Origins
from vedette.processing.otlp.reading import read_logs, read_points, read_spans
from vedette.processing.otlp.spans import span_items
from vedette.store.writer.records import DerivedEvent, ItemRecord


def read_otlp_traces(incoming: Incoming, found: ItemRecord) -> None:
    """Put the spans into *found*, and the events of the exceptions they recorded. Raises IngestError."""
    export = read_spans(incoming.payload, incoming.text("content_type"))
    origins = Origins()
    batches = pipeline.process_streamed_spans(span_items(export, origins), incoming.arrival)
    found.spans = batches
    found.values.extend(vitals for batch in batches for vitals in batch.vitals)
    remark_spans(found, sum(batch.invalid for batch in batches))
    _add_events(incoming, found, span_events(export.records, origins))
    _remark_surplus(found, export.surplus, "span")


def read_otlp_logs(incoming: Incoming, found: ItemRecord) -> None:
    """Put the log records into *found*, and the events of the exceptions they tell of. Raises IngestError."""
    export = read_logs(incoming.payload, incoming.text("content_type"))
    origins = Origins()
    batch = process_log_items(log_items(export, origins, incoming.arrival), incoming.arrival)
    found.values.append(batch)
    found.detail = left_out(batch.invalid, "log record", batch.remarks)
    events = (
        log_event(entry, origins.of(entry.scope), body_text(entry.body), severity(entry))
        for entry in export.records
    )
    _add_events(incoming, found, (event for event in events if event is not None))
    _remark_surplus(found, export.surplus, "log record")


def read_otlp_metrics(incoming: Incoming, found: ItemRecord) -> None:
    """Put the metric points into *found*. Raises IngestError."""
    export = read_points(incoming.payload, incoming.text("content_type"))
    batch = process_points(export, incoming.arrival)
    found.values.append(batch)
    found.detail = left_out(batch.invalid, "metric", batch.remarks)
    _remark_surplus(found, export.surplus, "data point")


def _add_events(incoming: Incoming, found: ItemRecord, events: Iterator[JsonObject]) -> None:
    more = 0
    for event in events:
        if len(found.derived) == MOST_EVENTS:
            more += 1
            continue
        made = orjson.dumps(event)
        arrival = replace(incoming.arrival, event_id=event["event_id"])
        found.derived.append(DerivedEvent(pipeline.process_event(made, arrival, incoming.rules), made))
    if more:
        _remark(found, f"{more} exceptions beyond the first {MOST_EVENTS:,} became no events")


def _remark_surplus(found: ItemRecord, surplus: int, what: str) -> None:
    if surplus:
        _remark(found, f"{surplus} {what}s are more than are read of one request")


def _remark(found: ItemRecord, sentence: str) -> None:
    found.detail = f"{found.detail}; {sentence}" if found.detail else sentence
