"""OTLP requests scrubbed: attributes by their keys, the words of log records as messages. Pure.

Names of spans and instruments stay, as they do in events.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.scrubbing.schema import LOGS, SPAN
from vedette.processing.scrubbing.scrubber import Scrubber

KINDS = frozenset(["otlp_traces", "otlp_logs", "otlp_metrics"])

_SCALARS = {"stringValue", "intValue", "doubleValue", "string_value", "int_value", "double_value"}
Set = Callable[[str], None]


@dataclass(slots=True)
class _Found:
    """What can be scrubbed: attributes and words, each with what puts something else in its place."""

    attributes: list[tuple[str, JsonValue, Set]]
    words: list[tuple[str, Set]]

    def scrub(self, scrubber: Scrubber) -> bool:
        """Scrub everything found in its place; returns whether anything changed."""
        pairs: list[JsonValue] = [[key, value] for key, value, _ in self.attributes]
        bodies: list[JsonValue] = [{"body": text} for text, _ in self.words]
        changed = bool(pairs) and scrubber.scrub({"data": pairs}, SPAN)
        changed = (bool(bodies) and scrubber.scrub({"items": bodies}, LOGS)) or changed
        if changed:
            for (_, before, put), pair in zip(self.attributes, pairs, strict=True):
                _replace(before, pair[1] if isinstance(pair, list) else None, put)
            for (text, put), record in zip(self.words, bodies, strict=True):
                _replace(text, record["body"] if isinstance(record, dict) else None, put)
        return changed


def _replace(before: JsonValue, after: JsonValue, put: Set) -> None:
    if after != before:
        put("" if after is None else str(after))


def scrub_otlp(kind: str, payload: bytes, scrubber: Scrubber) -> bytes | None:
    """Return the request of *kind* scrubbed, the same object if nothing had to be; None if unreadable."""
    if payload.lstrip()[:1] == b"{":
        return _scrub_json(payload, scrubber)
    return _scrub_protobuf(kind, payload, scrubber)


# ---------------------------------------------------------------- JSON


def _scrub_json(payload: bytes, scrubber: Scrubber) -> bytes | None:
    try:
        document = orjson.loads(payload)
        orjson.dumps(document)
    except (orjson.JSONDecodeError, TypeError):
        return None
    found = _Found([], [])
    waiting: list[JsonValue] = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            _look_at(value, found)
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return orjson.dumps(document) if found.scrub(scrubber) else payload


def _look_at(record: JsonObject, found: _Found) -> None:
    key, value, body = record.get("key"), record.get("value"), record.get("body")
    if isinstance(key, str) and isinstance(value, dict):
        for name in _SCALARS & value.keys():
            found.attributes.append((key, value[name], _in_json(record, "value")))
    if isinstance(body, dict) and isinstance(body.get("stringValue"), str):
        found.words.append((body["stringValue"], _in_json(record, "body")))


def _in_json(record: JsonObject, member: str) -> Set:
    def put(text: str) -> None:
        record[member] = {"stringValue": text}

    return put


# ---------------------------------------------------------------- protobuf


def _scrub_protobuf(kind: str, payload: bytes, scrubber: Scrubber) -> bytes | None:
    # Imported when first needed: protobuf takes 60 ms of every start, and most desks never see it.
    from google.protobuf.message import DecodeError
    from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
    from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
    from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

    classes: dict[str, type[Any]] = {
        "otlp_traces": ExportTraceServiceRequest,
        "otlp_logs": ExportLogsServiceRequest,
        "otlp_metrics": ExportMetricsServiceRequest,
    }
    message = classes[kind]()
    try:
        message.ParseFromString(payload)
    except DecodeError:
        return None
    found = _Found([], [])
    for one in _messages(message):
        name = one.DESCRIPTOR.name
        if name == "KeyValue":
            which = one.value.WhichOneof("value")
            if which in _SCALARS:
                found.attributes.append((one.key, getattr(one.value, which), _in_message(one.value)))
        elif name == "LogRecord" and one.body.WhichOneof("value") == "string_value":
            found.words.append((one.body.string_value, _in_message(one.body)))
    written: bytes = message.SerializeToString() if found.scrub(scrubber) else payload
    return written


def _messages(root: Any) -> Iterator[Any]:
    """Yield *root* and every message in it; protobuf itself bounds how deep they are."""
    waiting = [root]
    while waiting:
        message = waiting.pop()
        yield message
        for field, value in message.ListFields():
            if field.message_type is not None:
                waiting += [value] if hasattr(value, "DESCRIPTOR") else list(value)


def _in_message(value: Any) -> Set:
    def put(text: str) -> None:
        value.string_value = text

    return put
