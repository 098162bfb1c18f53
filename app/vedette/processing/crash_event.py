"""The event of a crash, put together from what came with it: fields, the handler's own event, breadcrumbs.

Source: getsentry/relay: form fields ``sentry``, ``sentry[a][b]`` and ``sentry__1``…, msgpack attachments,
breadcrumb rings, the exception that stands for the crash.
"""

import re
from collections.abc import Sequence
from datetime import datetime

import msgpack
import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.outcomes import IngestError, Reason

_KEYS = re.compile(r"\[([^\[\]]{0,200})\]")
_CHUNK = re.compile(r"sentry__(\d{1,4})")
_DEEPEST = 15
_MOST_FIELDS = 10_000
_LARGEST = 16 << 20
_MOST_BREADCRUMBS = 1_000


def read_form_fields(payload: bytes) -> list[tuple[str, str]]:
    """Return the names and values of a ``form_data`` item. Raises IngestError: BAD_JSON, BAD_FORM."""
    try:
        fields = orjson.loads(payload)
    except orjson.JSONDecodeError as error:
        raise IngestError(Reason.BAD_JSON, f"invalid JSON: {error.msg}") from None
    if not isinstance(fields, list) or len(fields) > _MOST_FIELDS:
        raise IngestError(Reason.BAD_FORM, "invalid form data: expected a list of names and values")
    found = []
    for field in fields:
        match field:
            case [str(name), str(value)]:
                found.append((name, value))
            case _:
                raise IngestError(Reason.BAD_FORM, "invalid form data: a field is no name with a value")
    return found


def form_event(fields: Sequence[tuple[str, str]]) -> JsonObject:
    """Return the event that form fields describe; fields that are not Sentry's are its ``extra``.

    JSON that is none becomes extra too, so that it can be seen.
    """
    event: JsonObject = {}
    extra: JsonObject = {}
    chunks: dict[int, str] = {}
    for name, value in fields:
        if name == "sentry":
            _add_json(event, extra, name, value)
        elif (chunk := _CHUNK.fullmatch(name)) is not None:
            chunks[int(chunk[1])] = value
        elif name.startswith("sentry[") and _set_path(event, _KEYS.findall(name), value):
            continue
        else:
            extra[name] = value
    if chunks:
        _add_json(event, extra, "sentry__1", "".join(chunks[number] for number in sorted(chunks)))
    if extra:
        sent = event.get("extra")
        event["extra"] = {**extra, **(sent if isinstance(sent, dict) else {})}
    return event


def _add_json(event: JsonObject, extra: JsonObject, name: str, text: str) -> None:
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        value = None
    if isinstance(value, dict):
        merge(event, value)
    else:
        extra[name] = text


def _set_path(event: JsonObject, keys: Sequence[str], value: str) -> bool:
    """Put *value* where *keys* lead; False when there is no such place."""
    if not 0 < len(keys) <= _DEEPEST:
        return False
    place: JsonValue = event
    for key in keys[:-1]:
        place = place.setdefault(key, {}) if isinstance(place, dict) else None
    if not isinstance(place, dict):
        return False
    place[keys[-1]] = value
    return True


def merge(base: JsonObject, over: JsonObject, depth: int = 0) -> None:
    """Put what *over* says into *base*: objects member by member, everything else instead."""
    for key, value in over.items():
        mine = base.get(key)
        if isinstance(mine, dict) and isinstance(value, dict) and depth < _DEEPEST:
            merge(mine, value, depth + 1)
        elif value is not None or key not in base:
            base[key] = value


def read_packed_event(payload: bytes) -> JsonObject:
    """Return the event in a handler's msgpack file. Raises IngestError(BAD_EVENT)."""
    values = _unpack(payload, 1)
    if not values or not isinstance(values[0], dict):
        raise IngestError(Reason.BAD_EVENT, "invalid msgpack event: expected a map")
    return values[0]


def read_packed_breadcrumbs(payload: bytes) -> list[JsonValue]:
    """Return the breadcrumbs in a handler's msgpack file, oldest first. Raises IngestError(BAD_EVENT)."""
    return [value for value in _unpack(payload, _MOST_BREADCRUMBS) if isinstance(value, dict)]


def join_breadcrumbs(rings: Sequence[list[JsonValue]]) -> list[JsonValue]:
    """Return the breadcrumbs of a handler's two files, which are written by turns.

    The file whose last one is older goes first; as many as the longer one has are kept, the latest.
    """
    ordered = sorted((ring for ring in rings if ring), key=lambda ring: _moment(ring[-1]))
    longest = max(map(len, ordered), default=0)
    joined = [crumb for ring in ordered for crumb in ring]
    return joined[len(joined) - longest :]


def _moment(crumb: JsonValue) -> float:
    stamp = crumb.get("timestamp") if isinstance(crumb, dict) else None
    if isinstance(stamp, str):
        try:
            return datetime.fromisoformat(stamp).timestamp()
        except (ValueError, OverflowError, OSError):
            return 0.0
    return float(stamp) if isinstance(stamp, int | float) else 0.0


def _unpack(payload: bytes, most: int) -> list[JsonValue]:
    unpacker = msgpack.Unpacker(
        max_buffer_size=_LARGEST, raw=False, unicode_errors="replace", strict_map_key=False
    )
    found: list[JsonValue] = []
    try:
        unpacker.feed(payload[:_LARGEST])
        for value in unpacker:
            found.append(as_json(value))
            if len(found) > most:
                del found[0]
    except (msgpack.UnpackException, ValueError, TypeError, RecursionError) as error:
        raise IngestError(Reason.BAD_EVENT, f"invalid msgpack: {error or type(error).__name__}") from error
    return found


def as_json(value: object, depth: int = 0) -> JsonValue:
    """Return what msgpack gave as JSON has it: text for bytes and for keys, nothing too deep."""
    if depth > 60:
        return None
    if isinstance(value, dict):
        return {str(key): as_json(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(inner, depth + 1) for inner in value]
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    if isinstance(value, int) and not -(1 << 63) <= value < 1 << 64:
        return str(value)
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def add_crash(event: JsonObject, crash: JsonObject) -> None:
    """Put a *crash* into *event*: exception first, threads, images; contexts only where missing."""
    values = _values(event.get("exception"))
    mine = _values(crash.get("exception"))
    if values and mine:
        mine[0].setdefault("stacktrace", values[-1].get("stacktrace"))
        mine[0].setdefault("thread_id", values[-1].get("thread_id"))
    fingerprint = crash.pop("fingerprint", None)
    if fingerprint and not values and not event.get("fingerprint"):
        event["fingerprint"] = fingerprint
    event["exception"] = {"values": mine + values}
    event["platform"] = crash.get("platform", "native")
    for name in ("threads", "debug_meta"):
        if crash.get(name):
            event[name] = crash[name]
    if "timestamp" in crash:
        event["timestamp"] = crash["timestamp"]
    for name in ("level", "sdk", "release", "environment", "logentry", "user", "tags", "breadcrumbs"):
        if crash.get(name) and not event.get(name):
            event[name] = crash[name]
    contexts = event.get("contexts")
    if not isinstance(contexts, dict):
        contexts = event["contexts"] = {}
    for name, context in (crash.get("contexts") or {}).items():
        sent = contexts.get(name)
        contexts[name] = {**context, **sent} if isinstance(sent, dict) else context


def _values(interface: JsonValue) -> list[JsonObject]:
    listed = interface.get("values") if isinstance(interface, dict) else interface
    if isinstance(listed, dict):
        listed = [listed]
    return [value for value in listed if isinstance(value, dict)] if isinstance(listed, list) else []


def placeholder(kind: str, value: str, mechanism: str) -> JsonObject:
    """Return a crash that cannot be read, as what is known of it: its *kind* and why not."""
    return {
        "platform": "native",
        "level": "fatal",
        "exception": {
            "values": [
                {
                    "type": kind,
                    "value": value,
                    "mechanism": {"type": mechanism, "synthetic": True, "handled": False},
                }
            ]
        },
    }
