"""The bytes of an OTLP request → its records. Protobuf or JSON, by content type.

Single records that make no sense are read as far as they do; what they mean is judged later. Raises
IngestError(BAD_OTLP) for bytes that are no such message at all.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

import orjson

from vedette.domain.json import JsonObject
from vedette.domain.outcomes import IngestError, Reason
from vedette.processing.otlp import json_form
from vedette.processing.otlp.values import MOST_RECORDS, DataPoint, LogEntry, SpanRecord

JSON_TYPE = "application/json"
PROTOBUF_TYPE = "application/x-protobuf"

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Export(Generic[Record]):
    """The records of a request in order; ``surplus`` is how many more there are than are read at once."""

    records: list[Record]
    surplus: int


def read_spans(payload: bytes, content_type: str | None) -> Export[SpanRecord]:
    """Return the spans of a traces request. Raises IngestError(BAD_OTLP)."""
    if is_json(payload, content_type):
        return Export(*json_form.spans(_document(payload), MOST_RECORDS))
    # Imported when first needed: protobuf takes 60 ms of every start, and most desks never see it.
    from vedette.processing.otlp import protobuf_form

    return Export(*protobuf_form.spans(payload, MOST_RECORDS))


def read_logs(payload: bytes, content_type: str | None) -> Export[LogEntry]:
    """Return the log records of a logs request. Raises IngestError(BAD_OTLP)."""
    if is_json(payload, content_type):
        return Export(*json_form.logs(_document(payload), MOST_RECORDS))
    from vedette.processing.otlp import protobuf_form

    return Export(*protobuf_form.logs(payload, MOST_RECORDS))


def read_points(payload: bytes, content_type: str | None) -> Export[DataPoint]:
    """Return the data points of a metrics request. Raises IngestError(BAD_OTLP)."""
    if is_json(payload, content_type):
        return Export(*json_form.points(_document(payload), MOST_RECORDS))
    from vedette.processing.otlp import protobuf_form

    return Export(*protobuf_form.points(payload, MOST_RECORDS))


def is_json(payload: bytes, content_type: str | None) -> bool:
    """Whether *payload* is the JSON form. A content type that names neither leaves it to the first byte."""
    named = (content_type or "").partition(";")[0].strip().lower()
    if named == JSON_TYPE:
        return True
    # No OTLP message begins with the byte of a brace: it would be field 15 as a group.
    return named not in (PROTOBUF_TYPE, "application/protobuf") and payload.lstrip()[:1] == b"{"


def _document(payload: bytes) -> JsonObject:
    try:
        document = orjson.loads(payload)
    except orjson.JSONDecodeError as error:
        raise IngestError(Reason.BAD_JSON, f"invalid JSON: {error.msg}", offset=error.pos) from None
    if type(document) is not dict:
        raise IngestError(Reason.BAD_OTLP, "expected a JSON object")
    return document
