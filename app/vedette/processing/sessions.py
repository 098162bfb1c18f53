"""Session items into values. Bytes in, values out.

Source: the reference's "session", "sessions" and "Sessions and release health".
"""

import math
from uuid import UUID

import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.processed import Arrival
from vedette.domain.sessions import SessionAggregate, SessionAttributes, SessionStatus, SessionUpdate
from vedette.domain.times import DAY, LATEST, SECOND, Micros
from vedette.processing.releases import LONGEST_ENVIRONMENT, check_release
from vedette.processing.shapes import UnfitError
from vedette.processing.timestamps import clock_correction, future_correction, read_moment

OLDEST = 5 * DAY
MOST_AGGREGATES = 10_000
_MOST = 2**31
_LONGEST_USER = 200
_NIL = UUID(int=0)
_COUNTERS = ("exited", "errored", "abnormal", "unhandled", "crashed")
_MECHANISMS = ("anr_foreground", "anr_background")


def parse_session(payload: bytes, arrival: Arrival) -> SessionUpdate:
    """Return the update in *payload*, its times corrected as those of events.

    Raises IngestError: BAD_JSON, BAD_SESSION for what is none, TOO_OLD for one that began more than five
    days before it was sent.
    """
    update = _parse(payload)
    started = _moment(update, "started")
    if started is None:
        raise _bad("started is missing")
    timestamp = _moment(update, "timestamp")
    if timestamp is None:
        timestamp = arrival.received
    status = _status(update.get("status"))
    shift = clock_correction(arrival)
    shift += future_correction(timestamp + shift, arrival)
    started = _shifted(started, shift)
    timestamp = max(started, _shifted(timestamp, shift))
    _check_age(started, arrival)
    mechanism = update.get("abnormal_mechanism")
    return SessionUpdate(
        attributes=_attributes(update),
        sid=_session_id(update.get("sid")),
        user=_user(update.get("did")),
        seq=_sequence(update.get("seq"), arrival),
        init=update.get("init") is True,
        started=started,
        timestamp=timestamp,
        status=status,
        errors=_count(update, "errors"),
        duration=_duration(update.get("duration"), timestamp - started),
        mechanism=mechanism if mechanism in _MECHANISMS else "",
    )


def parse_aggregates(payload: bytes, arrival: Arrival) -> tuple[tuple[SessionAggregate, ...], int]:
    """Return the rows of counted sessions in *payload*, and how many were left out for their age.

    Raises IngestError: BAD_JSON, BAD_SESSION for what is none, TOO_OLD if every row is.
    """
    document = _parse(payload)
    rows = document.get("aggregates")
    if not isinstance(rows, list):
        raise _bad("aggregates is missing or not a list")
    if len(rows) > MOST_AGGREGATES:
        raise _bad(f"more than {MOST_AGGREGATES:,} aggregates")
    attributes = _attributes(document)
    shift = clock_correction(arrival)
    found: list[SessionAggregate] = []
    late: IngestError | None = None
    for row in rows:
        try:
            found.append(_aggregate(row, attributes, shift, arrival))
        except IngestError as error:
            if error.reason is not Reason.TOO_OLD:
                raise
            late = error
    if late is not None and not found:
        raise late
    return tuple(found), len(rows) - len(found)


def _aggregate(
    row: JsonValue, attributes: SessionAttributes, shift: int, arrival: Arrival
) -> SessionAggregate:
    if not isinstance(row, dict):
        raise _bad("an aggregate is not an object")
    started = _moment(row, "started")
    if started is None:
        raise _bad("started of an aggregate is missing")
    started = _shifted(started, shift + future_correction(started + shift, arrival))
    _check_age(started, arrival)
    exited, errored, abnormal, unhandled, crashed = (_count(row, name) for name in _COUNTERS)
    return SessionAggregate(
        attributes, started, _user(row.get("did")), exited, errored, abnormal, unhandled, crashed
    )


def _parse(payload: bytes) -> JsonObject:
    try:
        document = orjson.loads(payload)
    except orjson.JSONDecodeError as error:
        raise IngestError(Reason.BAD_JSON, f"invalid JSON: {error.msg}") from None
    if not isinstance(document, dict):
        raise _bad("expected a JSON object")
    return document


def _bad(detail: str) -> IngestError:
    return IngestError(Reason.BAD_SESSION, f"invalid session: {detail}")


def _moment(source: JsonObject, name: str) -> Micros | None:
    value = source.get(name)
    if value is None:
        return None
    try:
        return read_moment(value)
    except UnfitError as unfit:
        raise _bad(f"{name}: {unfit}") from None


def _shifted(moment: int, shift: int) -> Micros:
    return Micros(min(LATEST, max(0, moment + shift)))


def _check_age(started: int, arrival: Arrival) -> None:
    # Measured at the sending: what a recording or an offline device's queue brings late is not late itself.
    sent = min(arrival.received, arrival.received if arrival.sent_at is None else arrival.sent_at)
    if sent - started > OLDEST:
        raise IngestError(Reason.TOO_OLD, "the session began more than five days before it was sent")


def _status(value: JsonValue) -> SessionStatus:
    if value is None:
        return SessionStatus.OK
    if type(value) is not str:
        raise _bad("status is no text")
    try:
        return SessionStatus(value)
    except ValueError:
        raise _bad(f"{value[:40]!r} is no status") from None


def _attributes(document: JsonObject) -> SessionAttributes:
    given = document.get("attrs")
    if not isinstance(given, dict):
        raise _bad("attrs is missing")
    release = given.get("release")
    if not isinstance(release, str) or not release.strip():
        raise _bad("attrs.release is missing")
    release = release.strip()
    try:
        check_release(release)
    except UnfitError:
        raise _bad(f"{release[:80]!r} cannot be a release") from None
    environment = given.get("environment")
    if not isinstance(environment, str) or not environment or len(environment) > LONGEST_ENVIRONMENT:
        environment = None
    return SessionAttributes(_storable(release), None if environment is None else _storable(environment))


def _session_id(value: JsonValue) -> bytes:
    if value is None:
        return _NIL.bytes
    try:
        return UUID(value).bytes
    except (ValueError, AttributeError, TypeError):
        raise _bad("sid is not a UUID") from None


def _user(value: JsonValue) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        if UUID(value) == _NIL:
            return None
    except ValueError:
        pass
    return _storable(value[:_LONGEST_USER])


def _storable(text: str) -> str:
    return text.replace("\0", "\ufffd")


def _sequence(value: JsonValue, arrival: Arrival) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63:
        return value
    return arrival.received // 1000


def _count(source: JsonObject, name: str) -> int:
    value = source.get(name)
    if value is None:
        return 0
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < _MOST:
        raise _bad(f"{name} is not a number of sessions or errors")
    return value


def _duration(value: JsonValue, lasted: int) -> int:
    """Return the duration in microseconds: what the client measured, else the time between its words."""
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        seconds = float(value)
        if 0 <= seconds <= LATEST / SECOND:
            return round(seconds * SECOND)
    return lasted
