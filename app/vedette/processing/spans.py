"""Spans of both protocol generations → one value, and the details of a single one.

Older spans come inside a transaction or alone (v1), newer ones in containers (v2). Here they differ no more.
"""

from dataclasses import replace
from typing import NamedTuple

import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.processed import Span
from vedette.domain.times import Micros
from vedette.processing.performance_score import measured_vitals
from vedette.processing.shapes import UnfitError, json_text
from vedette.processing.span_attributes import (
    VITAL_ATTRIBUTES,
    Attributes,
    current_names,
    description_of,
    name_source,
    op_of,
    read_attributes,
    span_status,
    streamed_status,
    templated,
)
from vedette.processing.span_meaning import normalised
from vedette.processing.timestamps import read_moment
from vedette.processing.transactions import RAW_SOURCES, clean_name

V2_CONTENT_TYPE = "application/vnd.sentry.items.span.v2+json"

# A page's segment is called this when the SDK knows no route; the path says which page.
PLACEHOLDER_NAMES = ("Pageload", "Navigation", "")


class ReadSpan(NamedTuple):
    """One span as read, with what its segment needs besides. A tuple: one is made for every span."""

    trace_id: bytes
    span: Span
    name: str  # of the segment, if it is one
    attributes: Attributes


_ZEROS = bytes(16)


def span_id_bytes(value: JsonValue, length: int = 8) -> bytes | None:
    """Return an id of *length* bytes from hex text (hyphens allowed), None if it is none or all zero."""
    if type(value) is not str:
        return None
    if len(value) != 2 * length:
        value = value.replace("-", "")
        if len(value) != 2 * length:
            return None
    try:
        found = bytes.fromhex(value)
    except ValueError:
        return None
    return found if len(found) == length and found != _ZEROS[:length] else None


def read_older_span(span: JsonValue, shift: int, end: int | None = None) -> Span | str:
    """Return a v1 span moved by *shift* microseconds, or the sentence saying what it lacks.

    *end* is when its transaction ended: a span without end gets it, and ``deadline_exceeded``.
    """
    if type(span) is not dict:
        return "a span is not an object"
    span_id = span_id_bytes(span.get("span_id"))
    if span_id is None:
        return "a span has no valid span_id"
    try:
        start = read_moment(span.get("start_timestamp")) + shift
        finish = span.get("timestamp")
        if finish is not None:
            stop = read_moment(finish) + shift
        elif end is not None:
            stop = end
        else:
            return "a span has no timestamp"
    except UnfitError:
        return "a span has no valid times"
    data = span.get("data")
    if type(data) is not dict:
        data = _NO_DATA
    op = span.get("op") or data.get("sentry.op")
    description = span.get("description")
    if type(description) is not str:
        description = "" if description is None else json_text(description)
    if type(op) is not str or not op:
        op = "default"
    return Span(
        span_id,
        span_id_bytes(span.get("parent_span_id")),
        op,
        description,
        Micros(max(0, start)),
        max(0, stop - start),
        span_status(span, data) if finish is not None else "deadline_exceeded",
        normalised=meaning(op, description, data),
    )


_NO_DATA: JsonObject = {}
_OF_DATABASES = ("db", "redis")
_OF_COMPONENTS = ("ui.interaction.", "ui.react.")
_OF_WEB_VITALS = ("ui.interaction.", "ui.webvital.")


def read_streamed_span(item: JsonValue, shift: int) -> ReadSpan | str:
    """Return a v2 span moved by *shift* microseconds, or the sentence saying what it lacks."""
    if type(item) is not dict:
        return "a span is not an object"
    trace_id = span_id_bytes(item.get("trace_id"), 16)
    span_id = span_id_bytes(item.get("span_id"))
    if trace_id is None or span_id is None:
        return "a span has no valid trace_id or span_id"
    try:
        start = read_moment(item.get("start_timestamp")) + shift
        stop = read_moment(item.get("end_timestamp")) + shift
    except UnfitError:
        return "a span has no valid times"
    attributes = current_names(read_attributes(item.get("attributes")), is_own=True)
    name = item.get("name")
    name = name if type(name) is str else ""
    op = op_of(attributes)
    parent = span_id_bytes(item.get("parent_span_id"))
    is_segment = item.get("is_segment") is True or parent is None
    if is_segment:
        name = segment_name(attributes, op, name)
        if name_source(attributes) in RAW_SOURCES:
            name = clean_name(name)
    description = name if is_segment else description_of(attributes, op, name)
    span = Span(
        span_id=span_id,
        parent_id=parent,
        op=op,
        description=description,
        start=Micros(max(0, start)),
        duration=max(0, stop - start),
        status=streamed_status(item.get("status"), attributes),
        is_segment=is_segment,
        self_time=_stated_self_time(attributes),
        normalised="" if is_segment else meaning(op, description, attributes),
    )
    return ReadSpan(trace_id, span, name, attributes)


def meaning(op: str, description: str, attributes: Attributes) -> str:
    """Return the description without what varies from call to call, "" where *op* has no such form."""
    if op.startswith(_OF_DATABASES):
        system = attributes.get("db.system.name") or attributes.get("db.system")
        return normalised(op, description, system if type(system) is str else "")
    if op.startswith(_OF_COMPONENTS):
        component = attributes.get("ui.component_name")
        return normalised(op, description, "", component if type(component) is str else "")
    return normalised(op, description)


def read_single_span(span: JsonValue, shift: int) -> ReadSpan | str:
    """Return a v1 span that came without a transaction."""
    found = read_older_span(span, shift)
    if isinstance(found, str):
        return found
    trace_id = span_id_bytes(span.get("trace_id"), 16)
    if trace_id is None:
        return "a span has no valid trace_id"
    data = span.get("data")
    attributes = current_names(data if type(data) is dict else {})
    vitals = measured_vitals(span.get("measurements"))
    if vitals:
        attributes = attributes | {VITAL_ATTRIBUTES[vital]: value for vital, value in vitals}
    exclusive = span.get("exclusive_time")
    found = replace(
        found,
        is_segment=_is_segment(span, found),
        self_time=_milliseconds(exclusive) if exclusive is not None else _stated_self_time(attributes),
    )
    stated = attributes.get("sentry.segment.name")
    name = stated if type(stated) is str and stated else found.description
    return ReadSpan(trace_id, found, name, attributes)


def _is_segment(raw: JsonObject, span: Span) -> bool:
    """Whether a v1 span that came alone stands for its service: it says so, or has no parent.

    A web vital that a browser sends once it is known has none either, and would count as one more visit of
    its page, as short as a click; Relay makes no segments of them.
    """
    return raw.get("is_segment") is True or (
        span.parent_id is None and not span.op.startswith(_OF_WEB_VITALS)
    )


def segment_name(attributes: Attributes, op: str, name: str) -> str:
    """Return the name of a segment: as sent, or the page where only ``Pageload`` or ``Navigation`` was."""
    return (templated(attributes, op) or name or op) if name in PLACEHOLDER_NAMES else name


def _stated_self_time(attributes: Attributes) -> int | None:
    return _milliseconds(attributes.get("sentry.exclusive_time"))


def _milliseconds(value: JsonValue) -> int | None:
    return round(value * 1000) if type(value) in (int, float) and 0 <= value < 1e13 else None


def with_self_times(spans: list[Span]) -> list[Span]:
    """Return *spans* with their self time: the duration without the parts in which a direct child ran.

    Children are cut to their parent; where they overlap, time counts once.
    """
    children: dict[bytes, list[tuple[int, int]]] = {}
    for span in spans:
        if span.parent_id is not None:
            children.setdefault(span.parent_id, []).append((span.start, span.start + span.duration))
    return [
        Span(
            span.span_id,
            span.parent_id,
            span.op,
            span.description,
            span.start,
            span.duration,
            span.status,
            span.is_segment,
            _self_time(span, children.get(span.span_id)),
            span.normalised,
        )
        for span in spans
    ]


def _self_time(span: Span, children: list[tuple[int, int]] | None) -> int:
    if children is None:
        return span.duration
    children.sort()
    end = span.start + span.duration
    left, covered = span.duration, int(span.start)
    for begin, finish in children:
        left -= max(0, min(finish, end) - max(begin, covered))
        covered = max(covered, finish)
    return left


def span_details(payload: bytes, content_type: str | None, span_id: bytes | str) -> JsonObject:
    """Return everything about one span of a stored payload: a transaction, a single span or a container.

    Keys: ``span_id``, ``parent_span_id``, ``trace_id``, ``op``, ``name``, ``description``, ``status``,
    ``origin``, ``is_segment``, ``start`` and ``duration`` (microseconds, as sent), ``data`` (flat mapping of
    attributes), ``tags``, ``measurements``, ``links``, ``events``, ``raw`` (as sent). {} if the span is not
    in it.
    """
    wanted = span_id.hex() if isinstance(span_id, bytes) else span_id.lower()
    try:
        document = orjson.loads(payload)
    except orjson.JSONDecodeError:
        return {}
    if type(document) is not dict:
        return {}
    if content_type == V2_CONTENT_TYPE or "items" in document:
        return entry_details(document.get("items"), wanted)
    for span in (document, *_objects(document.get("spans"))):
        if _is_called(span, wanted):
            return _older_details(span, span.get("transaction") if span is document else None)
    contexts = document.get("contexts")
    trace = contexts.get("trace") if type(contexts) is dict else None
    if type(trace) is dict and _is_called(trace, wanted):
        return _root_details(document, trace)
    return {}


def entry_details(items: JsonValue, span_id: bytes | str) -> JsonObject:
    """Return what `span_details` does of the span among a container's entries; {} if it is not in it."""
    wanted = span_id.hex() if isinstance(span_id, bytes) else span_id.lower()
    for item in _objects(items):
        if _is_called(item, wanted):
            return _streamed_details(item)
    return {}


def _objects(value: JsonValue) -> list[JsonObject]:
    return [entry for entry in value if type(entry) is dict] if type(value) is list else []


def _is_called(span: JsonObject, wanted: str) -> bool:
    sent = span.get("span_id")
    return type(sent) is str and sent.replace("-", "").lower() == wanted


def _streamed_details(item: JsonObject) -> JsonObject:
    attributes = read_attributes(item.get("attributes"))
    found = read_streamed_span(item, 0)
    span = found.span if isinstance(found, ReadSpan) else None
    return _details(item, item.get("name"), attributes.get("sentry.origin"), attributes, span)


def _older_details(raw: JsonObject, name: JsonValue) -> JsonObject:
    data = raw.get("data")
    found = read_older_span(raw, 0)
    span = found if isinstance(found, Span) else None
    if span is not None and _is_segment(raw, span):
        span = replace(span, is_segment=True)
    return _details(raw, name or raw.get("description"), raw.get("origin"), data, span)


def _root_details(event: JsonObject, trace: JsonObject) -> JsonObject:
    """The segment of a transaction: its span is the trace context, its times are the event's."""
    name = event.get("transaction")
    raw = {
        **trace,
        "description": name,
        "start_timestamp": event.get("start_timestamp"),
        "timestamp": event.get("timestamp"),
    }
    found = read_older_span(raw, 0)
    span = replace(found, is_segment=True) if isinstance(found, Span) else None
    source = {**trace, "tags": event.get("tags"), "measurements": event.get("measurements")}
    return _details(source, name, trace.get("origin"), trace.get("data"), span)


def _details(
    raw: JsonObject, name: JsonValue, origin: JsonValue, data: JsonValue, span: Span | None
) -> JsonObject:
    tags = raw.get("tags")
    if type(tags) is list:
        tags = {str(pair[0]): pair[1] for pair in tags if type(pair) is list and len(pair) == 2}
    details: JsonObject = {
        name_: raw.get(name_)
        for name_ in ("span_id", "parent_span_id", "trace_id", "op", "description", "status")
    }
    details |= {
        "name": name,
        "origin": origin,
        "data": data if type(data) is dict else {},
        "tags": tags if type(tags) is dict else {},
        "measurements": raw.get("measurements") or {},
        "links": raw.get("links") or [],
        "events": raw.get("events") or [],
        "raw": raw,
    }
    if span is not None:
        details |= {
            "op": span.op,
            "description": span.description,
            "status": span.status,
            "is_segment": span.is_segment,
            "start": span.start,
            "duration": span.duration,
        }
    return details
