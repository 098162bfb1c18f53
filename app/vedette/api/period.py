"""Time ranges as the URL gives them: ``statsPeriod=24h``, or ``start`` and ``end``."""

import re
from dataclasses import dataclass
from datetime import datetime

from vedette.api.errors import ApiError
from vedette.domain.times import DAY, HOUR, LATEST, MINUTE, SECOND, Micros, from_datetime

_PERIOD = re.compile(r"([0-9]{1,6})([smhdw]?)", re.ASCII)
_UNITS = {"": SECOND, "s": SECOND, "m": MINUTE, "h": HOUR, "d": DAY, "w": 7 * DAY}


@dataclass(frozen=True, slots=True)
class TimeRange:
    """From *since* to before *until*; None is open."""

    since: Micros | None = None
    until: Micros | None = None


def read_range(period: str | None, start: str | None, end: str | None, now: Micros) -> TimeRange:
    """Return the range the three parameters name; all absent: all time. Raises ApiError 400."""
    if period:
        if start or end:
            raise ApiError(400, "Give statsPeriod, or start and end, not both.")
        match = _PERIOD.fullmatch(period)
        if match is None:
            raise ApiError(400, "Invalid statsPeriod: write a number and one of s, m, h, d, w.")
        return TimeRange(since=Micros(max(0, now - int(match[1]) * _UNITS[match[2]])))
    since = _moment("start", start)
    until = _moment("end", end)
    if since is not None and until is not None and since > until:
        raise ApiError(400, "start must be before end.")
    return TimeRange(since, until)


def _moment(name: str, text: str | None) -> Micros | None:
    if not text:
        return None
    try:
        moment = from_datetime(datetime.fromisoformat(text.strip().replace(" ", "T", 1)))
    except (ValueError, OverflowError):
        raise ApiError(400, f"Invalid {name}: write it as 2026-01-31T12:00:00.") from None
    return Micros(min(LATEST, max(0, moment)))
