"""Check-ins that come without an SDK: by the address alone, as from a crontab, or as posted JSON.

Source: getsentry/relay, relay-server/src/endpoints/monitor.rs.
"""

from collections.abc import Mapping
from urllib.parse import unquote

import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.outcomes import IngestError, Reason
from vedette.protocol.envelope import join_envelope, normalise_event_id

STATUSES = ("ok", "error", "in_progress")
LATEST_OPEN = "0" * 32
"""The id that means the newest check-in that is still in progress."""


def read_check_in(slug: str, query: Mapping[str, str], body: bytes, content_type: str | None) -> JsonObject:
    """Return the check-in a request to the monitor *slug* makes: its JSON *body*, else its *query*.

    The slug of the path wins. Raises IngestError: BAD_JSON; BAD_CHECK_IN without a status, or with a status,
    id or duration that can be none.
    """
    if (content_type or "").partition(";")[0].strip().lower() == "application/json" and body.strip():
        return {**_object(body), "monitor_slug": unquote(slug)}
    status = query.get("status")
    if status not in STATUSES:
        said = "missing" if status is None else f"{status[:100]!r}"
        raise IngestError(
            Reason.BAD_CHECK_IN, f"invalid check-in: status is {said}, not one of {', '.join(STATUSES)}"
        )
    check_in: JsonObject = {
        "check_in_id": _check_in_id(query.get("check_in_id")),
        "monitor_slug": unquote(slug),
        "status": status,
    }
    if environment := query.get("environment"):
        check_in["environment"] = environment
    if (duration := query.get("duration")) is not None:
        check_in["duration"] = _seconds(duration)
    return check_in


def wrap_check_in(check_in: JsonObject) -> bytes:
    """Return an envelope with the one item *check_in*."""
    return join_envelope({}, [({"type": "check_in"}, orjson.dumps(check_in))])


def _check_in_id(text: str | None) -> str:
    if not text:
        return LATEST_OPEN
    found = normalise_event_id(text)
    if found is None:
        raise IngestError(Reason.BAD_CHECK_IN, "invalid check-in: check_in_id is no UUID")
    return found


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < float("inf"):
        raise IngestError(Reason.BAD_CHECK_IN, "invalid check-in: duration is no number of seconds")
    return seconds


def _object(body: bytes) -> JsonObject:
    try:
        document: JsonValue = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise IngestError(Reason.BAD_JSON, f"invalid JSON data: {error.msg}", offset=error.pos) from error
    if not isinstance(document, dict):
        raise IngestError(Reason.BAD_JSON, "invalid JSON data: a check-in is an object")
    return document
