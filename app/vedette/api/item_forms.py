"""What an item says, as one JSON value to look at, whatever it is encoded in. Bytes in, value out.

For people: lists are cut at a bound, bytes that say nothing become a note of how many they are, and what
cannot be read is no error but None.
"""

import binascii
from collections.abc import Callable, Iterable
from dataclasses import asdict
from enum import Enum
from functools import partial
from typing import Any

import msgpack
import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.outcomes import IngestError
from vedette.processing.minidump.reader import is_minidump, read_minidump
from vedette.protocol.recordings import decode_recording, split_video

MOST_DECODED = 16 << 20
"""Bytes of a recording that are unpacked."""
_MOST_MEMBERS = 5_000
_DEEPEST = 40
_SHORT_BYTES = 64


def item_form(kind: str, header: JsonObject, payload: bytes) -> JsonValue:
    """Return what an item of *kind* says; None where it is no data, or data nobody can read.

    *header* is the item's own header.
    """
    reader = _READERS.get(kind, _text_form)
    try:
        return reader(header, payload)
    except (IngestError, ValueError, RecursionError):
        return None


def _text_form(header: JsonObject, payload: bytes) -> JsonValue:
    """JSON, or JSON of which each line is a value."""
    try:
        found: JsonValue = orjson.loads(payload)
    except orjson.JSONDecodeError:
        lines = [line for line in payload.splitlines() if line.strip()]
        return [orjson.loads(line) for line in lines[:_MOST_MEMBERS]] if len(lines) > 1 else None
    return found


def _two_part_form(header: JsonObject, payload: bytes) -> JsonValue:
    """JSON, or ``meta_length`` bytes of it and then something else."""
    length = header.get("meta_length")
    if not isinstance(length, int) or isinstance(length, bool) or not 0 < length <= len(payload):
        return _text_form(header, payload)
    rest = payload[length:]
    return {"meta": orjson.loads(payload[:length]), "content": _text_form({}, rest) or _note(rest)}


def _recording_form(header: JsonObject, payload: bytes) -> JsonValue:
    segment, text = decode_recording(payload, MOST_DECODED)
    return {"segment_id": segment, "events": orjson.loads(text)}


def _video_form(header: JsonObject, payload: bytes) -> JsonValue:
    parts = split_video(payload)
    start, length = parts.video
    return {
        "replay_event": orjson.loads(parts.event),
        "replay_recording": item_form("replay_recording", {}, parts.recording),
        "replay_video": _note(payload[start : start + length]),
    }


def _attachment_form(header: JsonObject, payload: bytes) -> JsonValue:
    kind = header.get("attachment_type")
    if is_minidump(payload):
        return _minidump_form(header, payload)
    if kind in ("event.payload", "event.breadcrumbs"):
        values = list(_msgpack_values(payload))
        return values[0] if kind == "event.payload" and len(values) == 1 else values
    return _two_part_form(header, payload)


def _minidump_form(header: JsonObject, payload: bytes) -> JsonValue:
    return _plain(asdict(read_minidump(payload)))


def _msgpack_values(payload: bytes) -> Iterable[JsonValue]:
    unpacker = msgpack.Unpacker(
        max_buffer_size=len(payload) + 1,
        max_array_len=_MOST_MEMBERS,
        max_map_len=_MOST_MEMBERS,
        max_ext_len=0,
        raw=False,
        unicode_errors="replace",
        strict_map_key=False,
    )
    unpacker.feed(payload)
    for n, value in enumerate(unpacker):
        if n == _MOST_MEMBERS:
            return
        yield _plain(value)


def _otlp_form(header: JsonObject, payload: bytes, kind: str) -> JsonValue:
    if payload.lstrip()[:1] == b"{":
        return _text_form(header, payload)
    # Imported when first needed: protobuf takes 60 ms of every start, and most desks never see it.
    from google.protobuf.json_format import MessageToDict
    from google.protobuf.message import DecodeError
    from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
    from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
    from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

    messages: dict[str, type[Any]] = {
        "otlp_traces": ExportTraceServiceRequest,
        "otlp_logs": ExportLogsServiceRequest,
        "otlp_metrics": ExportMetricsServiceRequest,
    }
    message = messages[kind]()
    try:
        message.ParseFromString(payload)
    except DecodeError:
        return None
    form: JsonObject = MessageToDict(message)
    return _hex_ids(form)


def _hex_ids(value: JsonValue) -> JsonValue:
    """Return *value* with ids as OTLP's own JSON writes them; protobuf's would be base64."""
    if isinstance(value, list):
        return [_hex_ids(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _hex_of(each) if name in _IDS and isinstance(each, str) else _hex_ids(each)
        for name, each in value.items()
    }


def _hex_of(text: str) -> str:
    return binascii.a2b_base64(text).hex()


_IDS = frozenset(("traceId", "spanId", "parentSpanId"))


def _plain(value: Any, depth: int = 0) -> JsonValue:
    """Return *value* in JSON's types, bounded."""
    if depth > _DEEPEST:
        return "…"
    if isinstance(value, Enum):
        return _plain(value.value, depth)
    if value is None or isinstance(value, str | bool | float):
        return value
    if isinstance(value, int):
        return value if -(1 << 53) <= value <= 1 << 53 else hex(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return _note(bytes(value))
    if isinstance(value, dict):
        members = list(value.items())[:_MOST_MEMBERS]
        return {str(name): _plain(each, depth + 1) for name, each in members}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each, depth + 1) for each in list(value)[:_MOST_MEMBERS]]
    return str(value)


def _note(data: bytes) -> str:
    """Return short *data* in hex, of longer only how much it is."""
    return data.hex(" ") if len(data) <= _SHORT_BYTES else f"{len(data):,} bytes"


_READERS: dict[str, Callable[[JsonObject, bytes], JsonValue]] = {
    "replay_recording": _recording_form,
    "replay_video": _video_form,
    "attachment": _attachment_form,
    "profile_chunk": _two_part_form,
    "profile_chunk_ui": _two_part_form,
    **{kind: partial(_otlp_form, kind=kind) for kind in ("otlp_traces", "otlp_logs", "otlp_metrics")},
}
