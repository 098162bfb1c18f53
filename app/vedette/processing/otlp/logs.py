"""OTLP log records → the entries of a container of logs, from where on they walk the path of those.

Source: traces.md §7 (OTLP mapping, logs).
"""

import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.logs import MOST_SEVERE, UNKNOWN, level_of, severity_of
from vedette.domain.processed import Arrival
from vedette.processing.otlp.origin import Origin, Origins, flat, typed
from vedette.processing.otlp.reading import Export, read_logs
from vedette.processing.otlp.values import LogEntry


def log_items(export: Export[LogEntry], origins: Origins, arrival: Arrival) -> list[JsonObject]:
    """Return the log records as entries of a container, in order; those without a time have the arrival's."""
    return [_item(entry, origins.of(entry.scope), arrival) for entry in export.records]


def read_log_items(payload: bytes, content_type: str | None, arrival: Arrival) -> list[JsonObject]:
    """Return the log records in *payload* as entries of a container. Raises IngestError."""
    return log_items(read_logs(payload, content_type), Origins(), arrival)


def severity(entry: LogEntry) -> int:
    """Return the record's severity, 1–24: its number, or what its word means; 0 unknown."""
    if 1 <= entry.severity <= MOST_SEVERE:
        return entry.severity
    return severity_of(entry.severity_text)


def body_text(value: JsonValue) -> str:
    """Return a body as text: what is none is written as JSON."""
    if value is None:
        return ""
    return value if type(value) is str else orjson.dumps(value).decode()


def _item(entry: LogEntry, origin: Origin, arrival: Arrival) -> JsonObject:
    number = severity(entry)
    attributes = dict(origin.attributes)
    for key, value in entry.attributes.items():
        attributes[key] = flat(value)
    attributes.setdefault("sentry.origin", "auto.otlp.logs")
    if entry.event_name:
        attributes["event.name"] = entry.event_name
    if entry.severity_text and severity_of(entry.severity_text) == 0:
        attributes["otel.severity_text"] = entry.severity_text  # a word of the sender's own
    moment = entry.time or entry.observed
    return {
        "timestamp": (moment / 1e9) if moment else arrival.received / 1e6,
        "trace_id": entry.trace_id.hex(),
        "span_id": entry.span_id.hex(),
        "level": level_of(number) if number else UNKNOWN,
        "severity_number": number,
        "body": body_text(entry.body) or entry.event_name,
        "attributes": typed(attributes),
    }
