"""Exceptions that OTLP spans and log records tell of → events, as an SDK would have sent them.

An exception that passes several spans is recorded by each; of those that came along only the innermost
counts, where it was raised. Ids are made of trace, span and place, so that what is sent again is a duplicate.
Source: OpenTelemetry's semantic conventions for exceptions on spans and in logs.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.otlp.origin import Origin, Origins
from vedette.processing.otlp.spans import KINDS, owners, segment_flags, trace_hex
from vedette.processing.otlp.values import LogEntry, SpanEvent, SpanRecord
from vedette.processing.span_attributes import current_names, op_of
from vedette.processing.stack_texts.parsing import parse_stack, platform_of
from vedette.processing.stack_texts.values import Printed

MOST_EVENTS = 1_000
"""Events made of one request; what comes after stays in the payload."""

_TYPE, _MESSAGE, _STACK = "exception.type", "exception.message", "exception.stacktrace"
_ESCAPED = "exception.escaped"
_SAME_MOMENT = 10_000_000  # ns: recorded by hand and once more on the span's way out
_DEEPEST_SPANS = 1_000
_KEPT_TEXT = 64 * 1024
_LEVELS = ("debug", "debug", "info", "warning", "error", "fatal")
_WITH_MODULES = ("python", "java")


@dataclass(frozen=True, slots=True)
class Thrown:
    """An exception a span recorded: the span's place among those read, and the event's within the span."""

    at: int
    n: int
    event: SpanEvent

    @property
    def what(self) -> tuple[str, str]:
        """Its type and message."""
        attributes = self.event.attributes
        return _text(attributes, _TYPE), _text(attributes, _MESSAGE)


def span_events(spans: Sequence[SpanRecord], origins: Origins) -> Iterator[JsonObject]:
    """Yield the events of the exceptions that *spans* recorded, each once."""
    are_segments = segment_flags(spans)
    of = owners(spans, are_segments)
    for thrown in _innermost(spans):
        span, owner = spans[thrown.at], of[thrown.at]
        segment = None if owner is None else spans[owner]
        yield _of_span(thrown, span, segment, are_segments[thrown.at], origins.of(span.scope))


def _innermost(spans: Sequence[SpanRecord]) -> list[Thrown]:
    thrown = [
        Thrown(at, n, event)
        for at, span in enumerate(spans)
        for n, event in enumerate(span.events)
        if _tells(event.attributes)
    ]
    places = {(span.trace_id, span.span_id): at for at, span in enumerate(spans)} if len(thrown) > 1 else {}
    again: set[tuple[int, tuple[str, str]]] = set()
    for one in thrown:
        at = one.at
        for _ in range(_DEEPEST_SPANS):
            above = places.get((spans[at].trace_id, spans[at].parent_id))
            if above is None or above == one.at or (above, one.what) in again:
                break
            again.add((above, one.what))
            at = above
    kept: list[Thrown] = []
    for one in thrown:
        last = kept[-1] if kept else None
        is_repeated = (
            last is not None
            and (last.at, last.what) == (one.at, one.what)
            and abs(one.event.time - last.event.time) < _SAME_MOMENT
        )
        if not is_repeated and (one.at, one.what) not in again:
            kept.append(one)
    return kept


def _tells(attributes: JsonObject) -> bool:
    return any(_text(attributes, name) for name in (_TYPE, _MESSAGE, _STACK))


def _of_span(
    thrown: Thrown, span: SpanRecord, segment: SpanRecord | None, is_segment: bool, origin: Origin
) -> JsonObject:
    attributes = thrown.event.attributes
    place = b"%d" % thrown.n
    event = _event(attributes, origin, thrown.event.time or span.end, "otlp.span_event")
    event["event_id"] = _identity(b"span", span.trace_id, span.span_id, place)
    named = current_names(span.attributes)
    trace: JsonObject = {
        "trace_id": trace_hex(span),
        "span_id": span.span_id.hex(),
        "op": op_of({**named, "sentry.kind": KINDS[span.kind] if span.kind < len(KINDS) else ""}),
        "status": "internal_error" if span.status == 2 else "ok",
        "data": span.attributes,
    }
    if any(span.parent_id):
        trace["parent_span_id"] = span.parent_id.hex()
    event["contexts"]["trace"] = trace
    if segment is not None:
        event["transaction"] = segment.name
        request = _request(segment)
        if request:
            event["request"] = request
    user = _user({**(segment.attributes if segment else {}), **span.attributes})
    if user:
        event["user"] = user
    if is_segment and attributes.get(_ESCAPED) in (True, "true", "True"):
        # It left the service's top span: nothing of it answered.
        event["exception"]["values"][-1]["mechanism"]["handled"] = False
    return event


def log_event(entry: LogEntry, origin: Origin, body: str, severity: int) -> JsonObject | None:
    """Return the event of the exception a log record tells of, None if it tells of none.

    *body* is the record's text, *severity* 1–24 or 0.
    """
    if not _tells(entry.attributes):
        return None
    event = _event(entry.attributes, origin, entry.time or entry.observed, "otlp.log")
    moment = entry.time.to_bytes(8, "big") + entry.observed.to_bytes(8, "big")
    event["event_id"] = _identity(b"log", entry.trace_id, entry.span_id, moment + b"%d" % entry.n)
    event["level"] = _LEVELS[(severity - 1) // 4] if 1 <= severity <= 24 else "error"
    if body and body != _text(entry.attributes, _MESSAGE):
        event["logentry"] = {"formatted": body}
    if any(entry.trace_id):
        event["contexts"]["trace"] = {"trace_id": entry.trace_id.hex(), "span_id": entry.span_id.hex()}
    user = _user(entry.attributes)
    if user:
        event["user"] = user
    return event


def _event(attributes: JsonObject, origin: Origin, time: int, mechanism: str) -> JsonObject:
    resource = origin.resource
    contexts: JsonObject = {"otel": {"resource": resource}}
    for context, name, version in (
        ("runtime", "process.runtime.name", "process.runtime.version"),
        ("os", "os.name", "os.version"),
    ):
        if _text(resource, name):
            contexts[context] = {"name": _text(resource, name), "version": _text(resource, version) or None}
    platform = origin.platform
    if platform == "other":
        platform = platform_of(_text(attributes, _STACK))
    values, unread = _exceptions(attributes, platform)
    values[-1]["mechanism"] = {"type": mechanism}
    extra: JsonObject = {key: value for key, value in attributes.items() if not key.startswith("exception.")}
    if unread:
        extra[_STACK] = unread[:_KEPT_TEXT]
    event: JsonObject = {
        "platform": platform,
        "level": "error",
        "exception": {"values": values},
        "contexts": contexts,
        "extra": extra,
        "sdk": {"name": origin.sdk_name, "version": origin.sdk_version or None},
        "tags": {"service.name": origin.service} if origin.service else {},
        "logger": origin.scope,
        "server_name": _text(resource, "host.name") or None,
        "environment": origin.environment or None,
        "release": origin.release or None,
    }
    if time:
        event["timestamp"] = time / 1e9
    return event


def _exceptions(attributes: JsonObject, platform: str) -> tuple[list[JsonObject], str]:
    """Return the exceptions, causes first, and the stack's text where no frame could be read from it."""
    text = _text(attributes, _STACK)
    printed = parse_stack(text, platform) or [Printed("", "", ())]
    kind, value = _text(attributes, _TYPE), _text(attributes, _MESSAGE)
    *causes, last = printed
    values = [_exception(cause.type, cause.value, cause, platform) for cause in causes]
    values.append(_exception(kind or last.type, value or last.value, last, platform))
    return values, "" if any(one.frames for one in printed) else text


def _exception(kind: str, value: str, printed: Printed, platform: str) -> JsonObject:
    module = ""
    if platform in _WITH_MODULES:
        module, _, kind = kind.rpartition(".")
    found: JsonObject = {"type": kind or "Error", "value": value}
    if module:
        found["module"] = module
    if printed.frames:
        found["stacktrace"] = {"frames": list(printed.frames)}
    return found


def _request(segment: SpanRecord) -> JsonObject:
    """The request a server's span answers."""
    attributes = current_names(segment.attributes)
    if segment.kind != 2 or not _text(attributes, "http.request.method"):
        return {}
    url = _text(attributes, "url.full")
    if not url:
        host, port = _text(attributes, "server.address"), attributes.get("server.port")
        place = f"{host}:{port}" if host and type(port) is int and port not in (80, 443) else host
        before = f"{_text(attributes, 'url.scheme') or 'http'}://{place}" if place else ""
        url = before + _text(attributes, "url.path")
    found: JsonObject = {"method": _text(attributes, "http.request.method"), "url": url}
    if query := _text(attributes, "url.query"):
        found["query_string"] = query
    if agent := _text(attributes, "user_agent.original"):
        found["headers"] = [["User-Agent", agent]]
    return found


def _user(attributes: JsonObject) -> JsonObject:
    names = {
        "id": ("user.id", "enduser.id"),
        "username": ("user.name",),
        "email": ("user.email",),
        "ip_address": ("client.address",),
    }
    found = {key: next(filter(None, (_text(attributes, one) for one in of)), "") for key, of in names.items()}
    return {key: value for key, value in found.items() if value}


def _identity(kind: bytes, trace_id: bytes, span_id: bytes, place: bytes) -> str:
    parts = orjson.dumps([kind.decode(), trace_id.hex(), span_id.hex(), place.hex()])
    return hashlib.blake2b(parts, digest_size=16).hexdigest()


def _text(attributes: JsonObject, name: str) -> str:
    value: JsonValue = attributes.get(name)
    return value if type(value) is str else ""
