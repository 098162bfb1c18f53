"""Check-in items into values. Bytes in, values out.

Source: the reference's "Check-in payload".
"""

import math
from uuid import UUID

import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.monitors import CheckIn, CheckInStatus, MonitorConfig, normalise_slug, read_config
from vedette.domain.outcomes import IngestError, Reason
from vedette.processing.releases import LONGEST_ENVIRONMENT

LONGEST_DURATION = 2**31 - 1
"""Milliseconds: twenty-four days."""
_STATUSES = {
    "in_progress": CheckInStatus.IN_PROGRESS,
    "ok": CheckInStatus.OK,
    "error": CheckInStatus.ERROR,
}


def parse_check_in(payload: bytes) -> CheckIn:
    """Return the check-in in *payload*. Raises IngestError: BAD_JSON, BAD_CHECK_IN for what is none.

    A config that cannot be taken does not spoil the check-in: its fault is said in it.
    """
    try:
        document = orjson.loads(payload)
    except orjson.JSONDecodeError as error:
        raise IngestError(Reason.BAD_JSON, f"invalid JSON: {error.msg}") from None
    if not isinstance(document, dict):
        raise _bad("expected a JSON object")
    slug = document.get("monitor_slug")
    slug = normalise_slug(slug) if isinstance(slug, str) else ""
    if not slug:
        raise _bad("monitor_slug is missing or has no letter and no digit")
    status = document.get("status")
    if not isinstance(status, str) or not status:
        raise _bad("status is missing")
    config, fault = _config(document.get("monitor_config"))
    return CheckIn(
        check_in_id=_identity(document.get("check_in_id")),
        slug=slug,
        status=_STATUSES.get(status, CheckInStatus.UNKNOWN),
        environment=_environment(document.get("environment")),
        duration=_duration(document.get("duration")),
        config=config,
        fault=fault,
        trace_id=_trace_id(document.get("contexts")),
    )


def _bad(detail: str) -> IngestError:
    return IngestError(Reason.BAD_CHECK_IN, f"invalid check-in: {detail}")


def _config(given: JsonValue) -> tuple[MonitorConfig | None, str]:
    if given is None:
        return None, ""
    try:
        return read_config(given), ""
    except ValueError as error:
        return None, f"monitor_config: {error}"[:300]


def _identity(value: JsonValue) -> bytes | None:
    if value is None:
        return None
    try:
        number = UUID(value)
    except (ValueError, AttributeError, TypeError):
        raise _bad("check_in_id is not a UUID") from None
    return number.bytes if number.int else None


def _environment(value: JsonValue) -> str:
    if value is None or value == "":
        return "production"
    if not isinstance(value, str) or len(value) > LONGEST_ENVIRONMENT or not value.isprintable():
        raise _bad(f"environment is no text of at most {LONGEST_ENVIRONMENT} characters")
    return value


def _duration(value: JsonValue) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _bad("duration is not a number of seconds")
    if not 0 <= value <= LONGEST_DURATION / 1000:
        raise _bad("duration is negative or longer than twenty-four days")
    return round(value * 1000)


def _trace_id(contexts: JsonValue) -> bytes | None:
    trace: JsonObject = contexts.get("trace") if isinstance(contexts, dict) else None  # type: ignore[assignment]
    text = trace.get("trace_id") if isinstance(trace, dict) else None
    try:
        found = bytes.fromhex(text) if isinstance(text, str) else b""
    except ValueError:
        return None
    return found if len(found) == 16 and any(found) else None
