"""Vercel's log drains, read as log records: a JSON array, one object, or an object a line.

Source: Vercel's log drain reference (fields); Sentry's attribute conventions (``vercel.…``).
"""

import re

import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.times import Micros
from vedette.protocol.envelope import join_envelope
from vedette.protocol.json_text import write_json
from vedette.protocol.network_errors import LOG_CONTENT_TYPE, attribute

MOST = 10_000  # records of one request

_LEVELS = {
    "warning": "warn",
    "fatal": "fatal",
    "trace": "trace",
    "debug": "debug",
    "info": "info",
    "error": "error",
}
_TOP = frozenset({"timestamp", "message", "level", "traceId", "trace.id", "spanId", "span.id", "proxy"})
_NAMES = {"host": "server.address", "environment": "sentry.environment", "type": "vercel.log_type"}
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def wrap_logs(body: bytes, received: Micros) -> bytes:
    """Return an envelope with one ``log`` container of everything *body* holds.

    Raises IngestError: BAD_JSON for what is no JSON of objects, TOO_MANY_ITEMS beyond MOST records.
    """
    entries = _entries(body)
    if len(entries) > MOST:
        raise IngestError(Reason.TOO_MANY_ITEMS, f"too many log records ({len(entries)}, at most {MOST})")
    logs = [_record(entry, received) for entry in entries]
    header = {"type": "log", "content_type": LOG_CONTENT_TYPE, "item_count": len(logs)}
    return join_envelope({}, [(header, write_json({"items": logs}))])


def _entries(body: bytes) -> list[JsonObject]:
    text = body.strip()
    try:
        document: JsonValue = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        if b"\n" not in text:
            raise _bad(error) from error
        document = _lines(text)
    entries = document if isinstance(document, list) else [document]
    if not all(isinstance(entry, dict) for entry in entries):
        raise IngestError(Reason.BAD_JSON, "invalid JSON data: a log record is not an object")
    return entries


def _lines(text: bytes) -> list[JsonValue]:
    try:
        return [orjson.loads(line) for line in text.splitlines() if line.strip()]
    except orjson.JSONDecodeError as error:
        raise _bad(error) from error


def _bad(error: orjson.JSONDecodeError) -> IngestError:
    return IngestError(Reason.BAD_JSON, f"invalid JSON data: {error.msg}")


def _record(entry: JsonObject, received: Micros) -> JsonObject:
    found = {
        _NAMES.get(name, f"vercel.{_snake(name)}"): value for name, value in entry.items() if name not in _TOP
    }
    proxy = entry.get("proxy")
    if isinstance(proxy, dict):
        found |= {f"vercel.proxy.{_snake(name)}": value for name, value in proxy.items()}
    found["sentry.origin"] = "auto.log_drain.vercel"
    moment, level, message = entry.get("timestamp"), entry.get("level"), entry.get("message")
    return {
        "timestamp": _seconds(moment) or received / 1e6,
        "trace_id": entry.get("traceId") or entry.get("trace.id"),
        "span_id": entry.get("spanId") or entry.get("span.id"),
        "level": _LEVELS.get(level, "info") if isinstance(level, str) else "info",
        "body": message if isinstance(message, str) else "",
        "attributes": {name: made for name, value in found.items() if (made := attribute(value)) is not None},
    }


def _seconds(moment: JsonValue) -> float | None:
    if not isinstance(moment, int | float) or isinstance(moment, bool) or not 0 < moment < 1e14:
        return None
    return moment / 1000


def _snake(name: str) -> str:
    return _HUMP.sub("_", name).lower()
