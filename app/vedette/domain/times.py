"""One unit for time: integer microseconds since the epoch, UTC.

Converted once on arrival, formatted once on display. Nothing here reads a time zone but UTC.
"""

import time
from datetime import UTC, datetime, timedelta
from typing import NewType

Micros = NewType("Micros", int)

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# SQLite integers and datetime both end here; later instants are a sender's mistake.
LATEST = Micros(253_402_300_799 * SECOND)


def now() -> Micros:
    """Return the wall clock."""
    return Micros(time.time_ns() // 1000)


def from_seconds(seconds: float) -> Micros:
    """Return *seconds* since the epoch as microseconds, rounded to the nearest.

    Raises ValueError outside 1970…9999 and for NaN.
    """
    if not 0 <= seconds <= LATEST / SECOND:
        raise ValueError(f"not a time between 1970 and 9999: {seconds!r}")
    whole = int(seconds)
    return Micros(whole * SECOND + round((seconds - whole) * SECOND))


def from_datetime(moment: datetime) -> Micros:
    """Return *moment* in microseconds; a naive one is taken as UTC."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return Micros((moment - _EPOCH) // timedelta(microseconds=1))


def to_datetime(moment: int) -> datetime:
    """Return *moment* as an aware datetime in UTC."""
    return _EPOCH + timedelta(microseconds=moment)


def to_iso(moment: int) -> str:
    """Return ``2026-11-24T10:14:07.220000Z``, the form ``/api/0/`` uses."""
    return to_datetime(moment).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def from_iso(text: str) -> Micros:
    """Return the moment of an ISO 8601 *text*; without a zone it is taken as UTC. Raises ValueError."""
    return from_datetime(datetime.fromisoformat(text))
