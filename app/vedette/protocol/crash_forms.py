"""The event id a crash reporter has given its crash already, out of the form it posts. Bytes in, values out.

Crashpad and Breakpad send a dump with fields beside it; an SDK that made the event hides it in one of them.
Source: getsentry/relay, the minidump endpoint (`sentry`, `sentry[event_id]`, `sentry__1`…, `__sentry-event`).
"""

import re
from collections.abc import Iterable
from contextlib import suppress

import msgpack
import orjson
from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header

from vedette.domain.json import JsonValue
from vedette.protocol.envelope import normalise_event_id

FORM_TYPE = "multipart/form-data"

_LARGEST = 1 << 20  # bytes of a field that is looked into
_SEGMENTS = 1_000
_MOST_CHUNKS = 64
_EVENT = "__sentry-event"
_CHUNK = re.compile(r"sentry__(\d{1,4})")


def form_event_id(pieces: Iterable[bytes], content_type: str) -> str | None:
    """Return the event id in the form *pieces*, 32 hex; None if it has none, or is no form.

    Holds a piece and the few fields that can tell; what is wrong with the form is for others to say.
    """
    kind, options = parse_options_header(content_type)
    boundary = options.get("boundary")
    if kind != FORM_TYPE or not boundary:
        return None
    fields: dict[str, bytearray] = {}
    with suppress(MultipartError, ValueError):  # what came before the damage counts
        _collect(pieces, boundary, fields)
    return _id_in(fields)


def _collect(pieces: Iterable[bytes], boundary: str, fields: dict[str, bytearray]) -> None:
    parser = PushMultipartParser(boundary, max_segment_count=_SEGMENTS)
    field: bytearray | None = None
    for piece in pieces:
        for part in parser.parse(piece):
            if isinstance(part, MultipartSegment):
                name = _EVENT if part.filename == _EVENT else part.name
                is_wanted = name in ("sentry", "sentry[event_id]", _EVENT) or _CHUNK.fullmatch(name)
                if is_wanted and name not in fields and len(fields) < _MOST_CHUNKS:
                    field = fields[name] = bytearray()
            elif part is None:
                field = None
            elif field is not None and len(field) + len(part) <= _LARGEST:
                field += part


def _id_in(fields: dict[str, bytearray]) -> str | None:
    if (given := fields.get("sentry[event_id]")) is not None:
        return normalise_event_id(given.decode("latin-1").strip())
    chunks = sorted((int(match[1]), name) for name in fields if (match := _CHUNK.fullmatch(name)))
    for text in (fields.get("sentry"), b"".join(fields[name] for _, name in chunks)):
        if text and (found := _member(_from_json(text))) is not None:
            return found
    return _member(_from_msgpack(fields.get(_EVENT, bytearray())))


def _from_json(text: bytes | bytearray) -> JsonValue:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None


def _from_msgpack(data: bytearray) -> JsonValue:
    try:
        return msgpack.unpackb(bytes(data), strict_map_key=False)
    except (ValueError, msgpack.UnpackException, msgpack.StackError, RecursionError):
        return None


def _member(event: JsonValue) -> str | None:
    value = event.get("event_id") if isinstance(event, dict) else None
    return normalise_event_id(value) if isinstance(value, str) else None
