"""Reads the protocol's timestamps and decides which clock to believe.

An event from the future is moved back to its arrival, and a client whose clock ran ahead when it sent is
corrected by the difference. The past is believed. Sentry replaces old timestamps by the time of arrival and
corrects clocks that run behind as well; here that would move every recording, import and queue of an offline
device to the moment it was opened, and tear apart traces whose envelopes were sent at different times. An
offline tool keeps the time the data tells.
"""

from datetime import UTC, datetime

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.processed import Arrival
from vedette.domain.times import LATEST, MINUTE, SECOND, Micros, to_iso
from vedette.processing.faults import Faults
from vedette.processing.shapes import UnfitError

FUTURE_ALLOWANCE = MINUTE
DRIFT_ALLOWANCE = 55 * MINUTE

_LATEST_SECONDS = LATEST / SECOND


def read_moment(value: JsonValue) -> Micros:
    """Return a timestamp (seconds, or RFC 3339 text; without a zone it is UTC) in microseconds.

    Raises UnfitError for anything else and outside 1970…9999.
    """
    kind = type(value)
    if kind is float or kind is int:
        seconds = value
    elif kind is str:
        try:
            moment = datetime.fromisoformat(value)
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=UTC)
            seconds = moment.timestamp()
        except (ValueError, OverflowError):
            raise UnfitError("invalid timestamp") from None
    else:
        raise UnfitError("expected a timestamp")
    if not 0 <= seconds <= _LATEST_SECONDS:
        raise UnfitError("timestamp out of range for datetime")
    return Micros(round(seconds * 1e6))


def clock_correction(arrival: Arrival) -> int:
    """Return the microseconds to add to the client's times: negative if its clock ran ahead, else 0."""
    if arrival.sent_at is None:
        return 0
    drift = arrival.received - arrival.sent_at
    return drift if drift <= -DRIFT_ALLOWANCE else 0


def future_correction(latest: int, arrival: Arrival) -> int:
    """Return the microseconds to add so that *latest* is not after the arrival; 0 within a minute of it."""
    return arrival.received - latest if latest > arrival.received + FUTURE_ALLOWANCE else 0


def settle_times(event: JsonObject, arrival: Arrival, faults: Faults, *, moves: bool = True) -> int:
    """Make ``timestamp``, ``start_timestamp`` and ``received`` float seconds, corrected.

    Returns the microseconds all other times of the event move by. Without *moves* that is 0: for an event
    that will be settled once more. A missing or unreadable timestamp becomes
    the arrival. Raises IngestError(BAD_EVENT) for a negative one.
    """
    received = arrival.received
    moment = _event_moment(event, "timestamp", faults)
    start = _event_moment(event, "start_timestamp", faults)
    if moment is None:
        moment = received
    shift = clock_correction(arrival) if moves else 0
    if shift:
        faults.note(
            ("timestamp",),
            "clock_drift",
            sdk_time=to_iso(arrival.sent_at or 0),
            server_time=to_iso(received),
        )
    ahead = future_correction(moment + shift, arrival) if moves else 0
    if ahead:
        faults.note(("timestamp",), "future_timestamp", sdk_time=to_iso(moment), server_time=to_iso(received))
        shift += ahead
    event["timestamp"] = max(0, moment + shift) / 1e6
    if start is not None:
        event["start_timestamp"] = max(0, start + shift) / 1e6
    event["received"] = received / 1e6
    return shift


def _event_moment(event: JsonObject, name: str, faults: Faults) -> Micros | None:
    value = event.get(name)
    if value is None:
        return None
    try:
        return read_moment(value)
    except UnfitError as unfit:
        if type(value) in (int, float) and value < 0:
            raise IngestError(Reason.BAD_EVENT, f"invalid event: {name} is before 1970") from None
        faults.invalid((name,), value, str(unfit))
        event[name] = None
        return None


def shift_entries(entries: list[JsonValue], shift: int, faults: Faults, place: str) -> None:
    """Make the ``timestamp`` of each object in *entries* float seconds, moved by *shift* microseconds."""
    for index, entry in enumerate(entries):
        if type(entry) is not dict:
            continue
        value = entry.get("timestamp")
        if value is None:
            continue
        try:
            entry["timestamp"] = max(0, read_moment(value) + shift) / 1e6
        except UnfitError as unfit:
            entry["timestamp"] = None
            faults.invalid((place, "values", index, "timestamp"), value, str(unfit))
