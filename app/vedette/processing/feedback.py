"""Feedback events and the older user reports, which become feedback events.

Bytes and normalised events in, values out. Source of fields and limits: the protocol's feedback context,
getsentry/sentry-docs "User Feedback", and the user report of getsentry/develop.
"""

import hashlib

import orjson

from vedette.domain.feedback import Feedback
from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.times import Micros
from vedette.processing.parsing import parse_object
from vedette.processing.spans import span_id_bytes

LONGEST_MESSAGE = 4_096
LONGEST_EMAIL = 75
LONGEST_NAME = 128
LONGEST_URL = 2_048

REPORT_SOURCE = "user_report_envelope"
"""The source of what came as a report on an event; Sentry's word."""


def settle_feedback(event: JsonObject) -> None:
    """Cut the texts of a normalised feedback event and give it an issue of its own, in place.

    Sentry takes a random fingerprint. Here it follows from the ids, so that reading the event again groups
    it as before; all reports on one event are one issue.
    """
    said = _context(event)
    for name, longest in _LONGEST:
        value = said.get(name)
        if type(value) is str and len(value) > longest:
            said[name] = value[:longest]
    about = span_id_bytes(said.get("associated_event_id"), 16)
    if said.get("source") == REPORT_SOURCE and about is not None:
        event["fingerprint"] = ["user_report", about.hex()]
    else:
        event["fingerprint"] = ["feedback", event["event_id"]]


_LONGEST = (
    ("message", LONGEST_MESSAGE),
    ("contact_email", LONGEST_EMAIL),
    ("name", LONGEST_NAME),
    ("url", LONGEST_URL),
)


def read_feedback(event: JsonObject) -> Feedback:
    """Return what the settled feedback *event* says. Raises IngestError(BAD_FEEDBACK) without a message."""
    said = _context(event)
    message = _text(said, "message").strip()
    if not message:
        raise IngestError(Reason.BAD_FEEDBACK, "invalid feedback: contexts.feedback has no message")
    request = event.get("request")
    url = _text(said, "url") or (_text(request, "url") if type(request) is dict else "")
    source = _text(said, "source")[:64]
    about = span_id_bytes(said.get("associated_event_id"), 16)
    return Feedback(
        event_id=bytes.fromhex(event["event_id"]),
        about=about,
        message=message,
        name=_text(said, "name"),
        email=_text(said, "contact_email"),
        url=url[:LONGEST_URL],
        source=source,
        replay=span_id_bytes(said.get("replay_id"), 16) or _replay_of(event),
        trace=_trace_of(event),
        created=Micros(round(event["timestamp"] * 1e6)),
        is_report=source == REPORT_SOURCE and about is not None,
    )


def report_to_event(payload: bytes, event_id: str | None, received: Micros) -> bytes:
    """Return the feedback event, as JSON, for the user report in *payload*.

    *event_id* is the envelope's, for reports that name no event. The same report always gives the same
    event. Raises IngestError: BAD_JSON, or BAD_FEEDBACK without an event id or comments.
    """
    report = parse_object(payload, Reason.BAD_FEEDBACK)
    about = span_id_bytes(report.get("event_id"), 16) or span_id_bytes(event_id, 16)
    if about is None:
        raise IngestError(Reason.BAD_FEEDBACK, "invalid user report: it names no event")
    comments = _text(report, "comments").strip()[:LONGEST_MESSAGE]
    if not comments:
        raise IngestError(Reason.BAD_FEEDBACK, "invalid user report: it has no comments")
    name, email = _text(report, "name")[:LONGEST_NAME], _text(report, "email")[:LONGEST_EMAIL]
    said = {
        "message": comments,
        "name": name,
        "contact_email": email,
        "associated_event_id": about.hex(),
        "source": REPORT_SOURCE,
    }
    identity = "\0".join(("user_report", about.hex(), name, email, comments))
    own_id = hashlib.md5(identity.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
    event: JsonObject = {
        "event_id": own_id,
        "type": "feedback",
        "level": "info",
        "platform": "other",
        "timestamp": received / 1e6,
        "contexts": {"feedback": {key: value for key, value in said.items() if value}},
    }
    if email or name:
        event["user"] = {key: value for key, value in (("email", email), ("name", name)) if value}
    return orjson.dumps(event)


def _context(event: JsonObject) -> JsonObject:
    contexts = event.get("contexts")
    said = contexts.get("feedback") if type(contexts) is dict else None
    return said if type(said) is dict else {}


def _replay_of(event: JsonObject) -> bytes | None:
    replay = event["contexts"].get("replay")
    return span_id_bytes(replay.get("replay_id"), 16) if type(replay) is dict else None


def _trace_of(event: JsonObject) -> bytes | None:
    trace = event["contexts"].get("trace")
    found = span_id_bytes(trace.get("trace_id"), 16) if type(trace) is dict else None
    # One made up while normalising is the event's own id: no span will ever belong to it.
    return None if found is None or found.hex() == event["event_id"] else found


def _text(record: JsonObject, name: str) -> str:
    value: JsonValue = record.get(name)
    # What could not be written again as UTF-8 must not reach the store.
    return value.encode("utf-8", "replace").decode() if type(value) is str else ""
