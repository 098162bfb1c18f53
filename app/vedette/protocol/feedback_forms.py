"""Feedback of users that comes by a form or the web API, as an old user report.

Source: getsentry/sentry, the crash report dialog (`/api/embed/error-page/`) and the user-feedback API.
"""

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl

import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.outcomes import IngestError, Reason
from vedette.protocol.envelope import join_envelope, normalise_event_id

# Longest texts, in characters.
_NAME = 128
_EMAIL = 75
_COMMENTS = 4096
_FIELDS = 100
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")


def read_feedback_form(body: bytes, content_type: str | None, query: Mapping[str, str]) -> JsonObject:
    """Return ``{event_id, name, email, comments}`` out of a form or JSON *body*.

    The event is named by the body's ``event_id``, else by *query*'s ``eventId``. Raises IngestError:
    BAD_JSON; BAD_EVENT_ID when no event is named; BAD_FEEDBACK for a field that is missing or too long, or
    an address that is none.
    """
    kind = (content_type or "").partition(";")[0].strip().lower()
    fields = _json(body) if kind == "application/json" else _form(body)
    named = fields.get("event_id") or query.get("eventId") or query.get("event_id")
    event_id = normalise_event_id(named) if isinstance(named, str) else None
    if event_id is None:
        raise IngestError(Reason.BAD_EVENT_ID, "invalid feedback: it names no event")
    email = _field(fields, "email", _EMAIL)
    if _ADDRESS.fullmatch(email) is None:
        raise IngestError(Reason.BAD_FEEDBACK, "invalid feedback: email is no address")
    return {
        "event_id": event_id,
        "name": _field(fields, "name", _NAME),
        "email": email,
        "comments": _field(fields, "comments", _COMMENTS),
    }


def wrap_feedback(report: JsonObject) -> bytes:
    """Return an envelope with the one ``user_report`` item *report*."""
    return join_envelope({"event_id": report["event_id"]}, [({"type": "user_report"}, orjson.dumps(report))])


def _field(fields: Mapping[str, JsonValue], name: str, longest: int) -> str:
    value = fields.get(name)
    text = value.strip() if isinstance(value, str) else ""
    if not text:
        raise IngestError(Reason.BAD_FEEDBACK, f"invalid feedback: {name} is missing")
    if len(text) > longest:
        raise IngestError(
            Reason.BAD_FEEDBACK, f"invalid feedback: {name} is longer than {longest} characters"
        )
    return text


def _json(body: bytes) -> Mapping[str, JsonValue]:
    try:
        document: JsonValue = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise IngestError(Reason.BAD_JSON, f"invalid JSON data: {error.msg}", offset=error.pos) from error
    if not isinstance(document, dict):
        raise IngestError(Reason.BAD_JSON, "invalid JSON data: feedback is an object")
    return document


def _form(body: bytes) -> Mapping[str, JsonValue]:
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_FIELDS, errors="strict"))
    except ValueError as error:  # not UTF-8, or too many fields
        raise IngestError(Reason.BAD_FEEDBACK, "invalid feedback: not a form") from error
