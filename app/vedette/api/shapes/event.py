"""An event as ``/api/0/`` shows it: the list form from the store's row, the detail from the payload."""

from dataclasses import dataclass, replace
from typing import Literal, NotRequired, TypedDict

from vedette.api.shapes.entries import Entry, entries_of, iso
from vedette.api.shapes.frames import renamed_meta
from vedette.api.shapes.release import Release, release_shape
from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.processed import Heading
from vedette.domain.times import to_iso
from vedette.processing.heading import event_heading, event_message
from vedette.processing.tags import event_tags
from vedette.store.queries.events import EventRow

EventType = Literal["default", "error", "csp", "transaction", "generic", "feedback"]
_TYPES: dict[str, EventType] = {
    "default": "default",
    "error": "error",
    "csp": "csp",
    "transaction": "transaction",
    "generic": "generic",
    "feedback": "feedback",
    "cron": "generic",
}


class Tag(TypedDict):
    key: str
    value: str
    query: NotRequired[str]


class EventUser(TypedDict):
    """Who it happened to."""

    id: str | None
    email: str | None
    username: str | None
    ip_address: str | None
    name: str | None
    geo: dict[str, JsonValue] | None
    data: dict[str, JsonValue] | None


class EventError(TypedDict):
    """Something in the event that could not be read as it was sent."""

    type: str
    message: str
    data: dict[str, JsonValue]


_BRIEF = TypedDict("_BRIEF", {"event.type": EventType})


class EventBrief(_BRIEF):
    """An event in a list."""

    id: str
    eventID: str
    groupID: str | None
    projectID: str
    message: str
    title: str
    location: str | None
    culprit: str | None
    user: EventUser | None
    tags: list[Tag]
    platform: str | None
    dateCreated: str
    crashFile: str | None
    metadata: dict[str, JsonValue]
    entries: NotRequired[list[Entry]]


class Evidence(TypedDict):
    name: str
    value: str
    important: bool


class Occurrence(TypedDict):
    """What a monitor found, for an event that is no error."""

    id: str
    eventId: str
    projectId: int
    fingerprint: list[str]
    issueTitle: str
    subtitle: str
    culprit: str
    resourceId: None
    evidenceData: dict[str, JsonValue]
    evidenceDisplay: list[Evidence]
    type: int
    detectionTime: float
    level: str


class EventDetail(TypedDict):
    """One event with everything it brought."""

    id: str
    eventID: str
    groupID: str | None
    projectID: str
    size: int
    type: EventType
    title: str
    message: str
    location: str | None
    culprit: str | None
    platform: str
    dateCreated: str
    dateReceived: str
    entries: list[Entry]
    tags: list[Tag]
    user: EventUser | None
    contexts: dict[str, JsonValue]
    sdk: dict[str, JsonValue] | None
    context: dict[str, JsonValue]
    packages: dict[str, JsonValue]
    metadata: dict[str, JsonValue]
    errors: list[EventError]
    occurrence: Occurrence | None
    fingerprints: list[str]
    groupingConfig: dict[str, JsonValue]
    crashFile: str | None
    dist: str | None
    release: Release | None
    userReport: None
    nextEventID: str | None
    previousEventID: str | None
    sdkUpdates: list[JsonValue]
    resolvedWith: list[str]
    startTimestamp: float | None
    endTimestamp: float | None
    measurements: dict[str, JsonValue] | None
    breakdowns: dict[str, JsonValue] | None
    _meta: dict[str, JsonValue]


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What the store knows of an event beside its payload."""

    project: int
    issue: int | None
    received: int
    size: int
    hashes: tuple[str, ...] = ()
    config: str = ""
    next_id: str | None = None
    previous_id: str | None = None
    title: str | None = None  # what a fingerprint rule calls it


def event_type(kind: str) -> EventType:
    return _TYPES.get(kind, "default")


_MONITOR_FAILURE = 4001
"""Sentry's number of the type of issues that a failing job makes."""
_EVIDENCE = ("Failure reason", "Environment", "Last successful check-in")


def _occurrence(event: JsonObject, facts: "EventFacts") -> Occurrence | None:
    """Return what the event of a failing job says apart from errors; None for any other event."""
    extra = event.get("extra") or {}
    monitor = (event.get("contexts") or {}).get("monitor")
    if not isinstance(monitor, dict) or not all(isinstance(extra.get(name), str) for name in _EVIDENCE):
        return None
    title, _, subtitle = event_message(event).partition("\n")
    return {
        "id": event["event_id"],
        "eventId": event["event_id"],
        "projectId": facts.project,
        "fingerprint": list(facts.hashes),
        "issueTitle": title,
        "subtitle": subtitle,
        "culprit": str(monitor.get("slug") or ""),
        "resourceId": None,
        "evidenceData": {},
        "evidenceDisplay": [
            {"name": name, "value": extra[name], "important": n == 0} for n, name in enumerate(_EVIDENCE)
        ],
        "type": _MONITOR_FAILURE,
        "detectionTime": event["timestamp"],
        "level": event["level"],
    }


def event_detail(event: JsonObject, facts: EventFacts) -> EventDetail:
    """Return the detail of a normalised *event*."""
    heading = _heading(event)
    if facts.title is not None:
        heading = replace(heading, title=facts.title)
    entries, entry_meta = entries_of(event)
    contexts = {name: context for name, context in (event.get("contexts") or {}).items() if context}
    return {
        "id": event["event_id"],
        "eventID": event["event_id"],
        "groupID": None if facts.issue is None else str(facts.issue),
        "projectID": str(facts.project),
        "size": facts.size,
        "type": event_type(event["type"]),
        "title": heading.title,
        "message": event_message(event),
        "location": heading.filename or None,
        "culprit": heading.culprit,
        "platform": event["platform"],
        "dateCreated": iso(event.get("timestamp")) or to_iso(facts.received),
        "dateReceived": to_iso(facts.received),
        "entries": entries,
        "tags": tags_shape(event_tags(event)),
        "user": user_shape(event.get("user")),
        "contexts": contexts,
        "sdk": event.get("sdk"),
        "context": event.get("extra") or {},
        "packages": event.get("modules") or {},
        "metadata": metadata_shape(heading),
        "errors": [_error(error) for error in event.get("errors") or () if isinstance(error, dict)],
        "occurrence": _occurrence(event, facts),
        "fingerprints": list(facts.hashes),
        "groupingConfig": {"id": facts.config, "enhancements": ""},
        "crashFile": None,
        "dist": event.get("dist"),
        "release": release_shape(event.get("release")),
        "userReport": None,
        "nextEventID": facts.next_id,
        "previousEventID": facts.previous_id,
        "sdkUpdates": [],
        "resolvedWith": [],
        "startTimestamp": event.get("start_timestamp"),
        "endTimestamp": event.get("timestamp") if event["type"] == "transaction" else None,
        "measurements": event.get("measurements"),
        "breakdowns": event.get("breakdowns"),
        "_meta": _meta(event, entry_meta),
    }


def event_brief(event: JsonObject, row: EventRow, *, full: bool) -> EventBrief:
    """Return a normalised *event* for a list; *full*: with its entries."""
    heading = _heading(event)
    brief: EventBrief = {
        "id": row.event_id,
        "eventID": row.event_id,
        "groupID": str(row.issue),
        "projectID": str(row.project),
        "event.type": event_type(event["type"]),
        "message": event_message(event),
        "title": heading.title,
        "location": heading.filename or None,
        "culprit": heading.culprit,
        "user": user_shape(event.get("user")),
        "tags": tags_shape(event_tags(event)),
        "platform": event["platform"],
        "dateCreated": to_iso(row.ts),
        "crashFile": None,
        "metadata": metadata_shape(heading),
    }
    if full:
        brief["entries"] = entries_of(event)[0]
    return brief


def row_brief(row: EventRow) -> EventBrief:
    """Return for a list what the store's row alone tells of an event whose bytes are gone."""
    known = {
        "level": row.level.value,
        "environment": row.environment,
        "release": row.release,
        "user": row.user,
    }
    return {
        "id": row.event_id,
        "eventID": row.event_id,
        "groupID": str(row.issue),
        "projectID": str(row.project),
        "event.type": "default",
        "message": "",
        "title": row.title,
        "location": None,
        "culprit": None,
        "user": None,
        "tags": tags_shape(tuple((key, value) for key, value in known.items() if value)),
        "platform": None,
        "dateCreated": to_iso(row.ts),
        "crashFile": None,
        "metadata": {"title": row.title},
    }


def _heading(event: JsonObject) -> Heading:
    if event["type"] == "transaction":
        name = event.get("transaction") or "<unlabeled transaction>"
        return Heading(title=name, culprit=name)
    return event_heading(event)


def metadata_shape(heading: Heading) -> dict[str, JsonValue]:
    """Return ``metadata``: what the title was made of. Empty parts are left out."""
    parts = {
        "type": heading.type,
        "value": heading.value,
        "filename": heading.filename,
        "function": heading.function,
    }
    if not heading.type:
        parts["title"] = heading.title
    return {name: part for name, part in parts.items() if part}


def tags_shape(tags: tuple[tuple[str, str], ...]) -> list[Tag]:
    """Return tags sorted by key. ``query`` is there where the search word is not simply ``key:value``."""
    return [_tag(key, value) for key, value in sorted(tags)]


def _tag(key: str, value: str) -> Tag:
    if key == "user":
        return {"key": key, "value": value, "query": f'user:"{value}"'}
    return {"key": key, "value": value}


def user_shape(user: JsonValue) -> EventUser | None:
    if not isinstance(user, dict) or not user:
        return None
    return {
        "id": _text(user.get("id")),
        "email": _text(user.get("email")),
        "username": _text(user.get("username")),
        "ip_address": _text(user.get("ip_address")),
        "name": _text(user.get("name")),
        "geo": user.get("geo"),
        "data": user.get("data"),
    }


def _text(value: JsonValue) -> str | None:
    return None if value is None else str(value)


def _error(error: JsonObject) -> EventError:
    data = {name: value for name, value in error.items() if name != "type"}
    kind = str(error.get("type") or "unknown_error")
    return {"type": kind, "message": _ERROR_WORDS.get(kind, "Something could not be read"), "data": data}


_ERROR_WORDS = {
    "invalid_data": "Discarded invalid value",
    "missing_attribute": "A required value is missing",
    "invalid_attribute": "Discarded an unknown member",
    "value_too_long": "Discarded a value that is too long",
    "future_timestamp": "Time in the future was corrected",
    "past_timestamp": "Time in the past was corrected",
    "clock_drift": "The sender's clock was wrong and was corrected",
}


def _meta(event: JsonObject, entry_meta: JsonObject) -> JsonObject:
    """Return ``_meta`` arranged as the members of the answer are."""
    meta = event.get("_meta")
    if not isinstance(meta, dict):
        return {}
    arranged = {name: meta.get(source) for name, source in _META_OF.items()}
    arranged["message"] = (meta.get("logentry") or {}).get("formatted")
    arranged["entries"] = entry_meta
    return {name: renamed_meta(branch) for name, branch in arranged.items() if branch}


_META_OF = {
    "user": "user",
    "contexts": "contexts",
    "sdk": "sdk",
    "context": "extra",
    "packages": "modules",
    "tags": "tags",
    "culprit": "culprit",
    "dist": "dist",
    "release": "release",
}
