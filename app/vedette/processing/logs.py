"""Log containers → log records, and everything about a single one.

Source: envelope.md §3.3 (log).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.logs import MOST_SEVERE, LogBatch, LogRecord, level_of, severity_of
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.processed import Arrival
from vedette.domain.times import Micros
from vedette.processing.containers import (
    attribute_text,
    attributes_json,
    inferred_attributes,
    read_container,
    trace_text,
)
from vedette.processing.shapes import UnfitError
from vedette.processing.spans import span_id_bytes
from vedette.processing.timestamps import clock_correction, future_correction, read_moment

_NONE: JsonObject = {}


def process_logs(payload: bytes, arrival: Arrival) -> LogBatch:
    """Return the log records of the container in *payload*; unusable ones are counted.

    Raises IngestError: BAD_JSON, or BAD_LOG for what is no container or has no usable record.
    """
    container = read_container(payload, Reason.BAD_LOG, "log", old_infers_agent=True)
    batch = process_log_items(container.items, arrival)
    return replace(batch, inferred=inferred_attributes(container, arrival))


def process_log_items(items: Sequence[JsonValue], arrival: Arrival) -> LogBatch:
    """Return the log records of a container's entries, however they came; unusable ones are counted.

    Raises IngestError(BAD_LOG) if none is usable.
    """
    shift = clock_correction(arrival)
    environment, release = trace_text(arrival, "environment"), trace_text(arrival, "release")
    found = [read_log(item, n, shift, environment, release) for n, item in enumerate(items)]
    records = [entry for entry in found if isinstance(entry, LogRecord)]
    remarks = dict.fromkeys(entry for entry in found if isinstance(entry, str))
    if not records and remarks:
        raise IngestError(Reason.BAD_LOG, next(iter(remarks)))
    return LogBatch(
        records=tuple(settled_logs(records, arrival)),
        invalid=len(found) - len(records),
        remarks=tuple(remarks),
    )


def settled_logs(records: Iterable[LogRecord], arrival: Arrival) -> list[LogRecord]:
    """Return *records*, moved back together if the latest lies after the arrival."""
    settled = list(records)
    ahead = future_correction(max((record.ts for record in settled), default=0), arrival)
    if ahead:
        settled = [replace(record, ts=Micros(max(0, record.ts + ahead))) for record in settled]
    return settled


def read_log(
    item: JsonValue, n: int, shift: int, environment: str | None, release: str | None
) -> LogRecord | str:
    """Return the record moved by *shift* microseconds, or the sentence saying what it lacks.

    *environment* and *release* are the envelope's, for records that say none.
    """
    if type(item) is not dict:
        return "a log record is not an object"
    body = item.get("body")
    if type(body) is not str:
        return "a log record has no body"
    try:
        moment = read_moment(item.get("timestamp")) + shift
    except UnfitError:
        return "a log record has no valid timestamp"
    attributes = item.get("attributes")
    if type(attributes) is not dict:
        attributes = _NONE
    return LogRecord(
        Micros(max(0, moment)),
        span_id_bytes(item.get("trace_id"), 16),
        span_id_bytes(item.get("span_id")),
        _severity(item.get("level"), item.get("severity_number")),
        body,
        attribute_text(attributes, "sentry.environment", "environment") or environment,
        attribute_text(attributes, "sentry.release", "release") or release,
        n,
    )


def _severity(level: JsonValue, number: JsonValue) -> int:
    """The word decides; the number tells how far within it, or all where the word is unknown."""
    lowest = severity_of(level) if type(level) is str else 0
    if type(number) is int and 1 <= number <= MOST_SEVERE and (not lowest or lowest <= number < lowest + 4):
        return number
    return lowest


def log_details(item: JsonObject) -> JsonObject:
    """Return everything about a record of a stored container.

    Keys: ``timestamp``, ``level``, ``body``, ``trace_id`` and ``span_id`` as sent, ``severity`` (1–24, 0
    unknown), ``attributes`` (key → ``{value, type, unit?}``, those of a known type), ``raw`` (as sent).
    """
    severity = _severity(item.get("level"), item.get("severity_number"))
    return {
        "timestamp": item.get("timestamp"),
        "level": item.get("level") or level_of(severity),
        "severity": severity,
        "body": item.get("body"),
        "trace_id": item.get("trace_id"),
        "span_id": item.get("span_id"),
        "attributes": attributes_json(item.get("attributes")),
        "raw": item,
    }
