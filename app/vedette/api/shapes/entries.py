"""``entries`` of an event: its interfaces in the order in which a reader wants them."""

from collections.abc import Callable
from typing import TypedDict

from vedette.api.shapes.frames import (
    exception_shape,
    mixes_system_frames,
    renamed_meta,
    stacktrace_shape,
    thread_shape,
)
from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.times import from_seconds, to_iso


class Entry(TypedDict):
    """One interface of an event: message, exception, stacktrace, threads, request, breadcrumbs, …"""

    type: str
    data: JsonValue


def entries_of(event: JsonObject) -> tuple[list[Entry], JsonObject]:
    """Return the entries of a normalised event, and the ``_meta`` of each under its index as text."""
    meta = event.get("_meta")
    entries: list[Entry] = []
    entry_meta: JsonObject = {}
    for kind, source, shape in _SHAPES:
        if not event.get(source):
            continue
        data = shape(event)
        if data is None:
            continue
        if isinstance(meta, dict) and meta.get(source):
            entry_meta[str(len(entries))] = {"data": renamed_meta(meta[source])}
        entries.append({"type": kind, "data": data})
    return entries, entry_meta


def values_of(interface: JsonValue) -> list[JsonObject]:
    """Return the entries of a list-like interface without the nulls that stand for broken ones."""
    values = interface.get("values") if isinstance(interface, dict) else None
    return [value for value in values or () if isinstance(value, dict)]


def _message(event: JsonObject) -> JsonValue:
    entry = event["logentry"]
    formatted = entry.get("formatted") or entry.get("message")
    if not formatted:
        return None
    return {"message": entry.get("message"), "params": entry.get("params"), "formatted": formatted}


def _exception(event: JsonObject) -> JsonValue:
    exceptions = values_of(event["exception"])
    if not exceptions:
        return None
    frames = [
        frame
        for exception in exceptions
        for frame in (exception.get("stacktrace") or {}).get("frames") or ()
        if isinstance(frame, dict)
    ]
    return {
        "values": [exception_shape(exception) for exception in exceptions],
        "hasSystemFrames": mixes_system_frames(frames),
        "excOmitted": event["exception"].get("exc_omitted"),
    }


def _stacktrace(event: JsonObject) -> JsonValue:
    return stacktrace_shape(event["stacktrace"])


def _threads(event: JsonObject) -> JsonValue:
    threads = values_of(event["threads"])
    return {"values": [thread_shape(thread) for thread in threads]} if threads else None


def _request(event: JsonObject) -> JsonValue:
    request = event["request"]
    return {
        "url": request.get("url"),
        "method": request.get("method"),
        "apiTarget": request.get("api_target"),
        "query": pairs(request.get("query_string")),
        "data": request.get("data"),
        "fragment": request.get("fragment"),
        "cookies": pairs(request.get("cookies")),
        "headers": pairs(request.get("headers")),
        "env": request.get("env"),
        "inferredContentType": request.get("inferred_content_type"),
    }


def pairs(value: JsonValue) -> list[list[JsonValue]]:
    """Return a map or a list of pairs as a list of pairs; entries that are neither are left out."""
    if isinstance(value, dict):
        return [[name, one] for name, one in value.items()]
    if isinstance(value, list):
        return [list(pair) for pair in value if isinstance(pair, (list, tuple)) and len(pair) == 2]
    return []


def _breadcrumbs(event: JsonObject) -> JsonValue:
    crumbs = values_of(event["breadcrumbs"])
    if not crumbs:
        return None
    return {
        "values": [
            {
                "type": crumb.get("type") or "default",
                "timestamp": iso(crumb.get("timestamp")),
                "level": crumb.get("level") or "info",
                "category": crumb.get("category"),
                "message": crumb.get("message"),
                "data": crumb.get("data"),
                "event_id": crumb.get("event_id"),
            }
            for crumb in crumbs
        ]
    }


def iso(seconds: JsonValue) -> str | None:
    """Return float seconds as ISO 8601, None for anything that is no time."""
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        return None
    try:
        return to_iso(from_seconds(seconds))
    except ValueError:
        return None


def _template(event: JsonObject) -> JsonValue:
    template = event["template"]
    return {
        "filename": template.get("filename"),
        "absPath": template.get("abs_path"),
        "lineNo": template.get("lineno"),
        "context": stacktrace_shape({"frames": [template]})["frames"][0]["context"],  # type: ignore[index]
    }


def _csp(event: JsonObject) -> JsonValue:
    return event["csp"]


def _debug_meta(event: JsonObject) -> JsonValue:
    images = event["debug_meta"].get("images")
    return {"images": [image for image in images if image]} if images else None


def _spans(event: JsonObject) -> JsonValue:
    return event["spans"]


_SHAPES: tuple[tuple[str, str, Callable[[JsonObject], JsonValue]], ...] = (
    ("message", "logentry", _message),
    ("exception", "exception", _exception),
    ("stacktrace", "stacktrace", _stacktrace),
    ("threads", "threads", _threads),
    ("request", "request", _request),
    ("breadcrumbs", "breadcrumbs", _breadcrumbs),
    ("template", "template", _template),
    ("csp", "csp", _csp),
    ("debugmeta", "debug_meta", _debug_meta),
    ("spans", "spans", _spans),
)
