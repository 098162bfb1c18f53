"""When a job is due: crontab times in a time zone, and intervals by the calendar.

Pure but for the machine's time zone data. Crontab rules, summer time among them, are cronsim's, which are
those of Debian's cron: a time that a change of the clock skips comes with the change, one that is there
twice comes once.
"""

import calendar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from vedette.domain.times import DAY, HOUR, MINUTE, Micros, from_datetime, to_datetime

UNITS = ("year", "month", "week", "day", "hour", "minute")
MOST_UNITS = 10_000
LONGEST_CRONTAB = 200
_MACROS = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@hourly": "0 * * * *",
}
_FIXED = {"hour": HOUR, "minute": MINUTE}
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12}
_LAST_YEAR = 9_000
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A crontab of five fields, or every *count* units. Made by `crontab` and `interval`, which check it."""

    crontab: str = ""  # empty: an interval
    count: int = 1
    unit: str = "day"


def crontab(text: str) -> Schedule:
    """Return the schedule *text* describes. Raises ValueError with a sentence."""
    words = _MACROS.get(text.strip().lower(), text).split()
    if len(words) == 6:
        raise ValueError("a crontab with seconds is not taken")
    if len(words) != 5 or len(text) > LONGEST_CRONTAB:
        raise ValueError(f"{text[:80]!r} is no crontab of five fields")
    joined = " ".join(words)
    try:
        next(CronSim(joined, _EPOCH))
    except (CronSimError, StopIteration, ValueError, OverflowError) as error:
        raise ValueError(f"{text[:80]!r} is no crontab: {error or 'it is never due'}") from None
    return Schedule(crontab=joined)


def interval(count: int, unit: str) -> Schedule:
    """Return the schedule of every *count* *unit*s. Raises ValueError with a sentence."""
    if unit not in UNITS:
        raise ValueError(f"{unit[:40]!r} is no unit of an interval")
    if not 1 <= count <= MOST_UNITS:
        raise ValueError(f"an interval has 1 to {MOST_UNITS:,} units")
    return Schedule(count=count, unit=unit)


@lru_cache(maxsize=200)
def zone_of(name: str) -> ZoneInfo:
    """Return the time zone called *name*. Raises ValueError for one this machine does not know."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        raise ValueError(f"{name[:80]!r} is no time zone") from None


def next_slot(schedule: Schedule, zone: str, after: Micros) -> Micros:
    """Return when the job is due next after *after*: a crontab's first match, an interval later."""
    minute = Micros(after - after % MINUTE)
    if schedule.crontab:
        return from_datetime(next(CronSim(schedule.crontab, to_datetime(minute).astimezone(zone_of(zone)))))
    return _stepped(schedule, zone, minute, 1)


def latest_slot(schedule: Schedule, zone: str, start: Micros, at: Micros) -> Micros:
    """Return the last time up to *at* that the job was due; intervals count on from *start*.

    A job that was not due since *start* was last due at *start*.
    """
    start = Micros(start - start % MINUTE)
    minute = Micros(at - at % MINUTE)
    if minute <= start:
        return start
    if schedule.crontab:
        beyond = to_datetime(minute + MINUTE).astimezone(zone_of(zone))
        found = from_datetime(next(CronSim(schedule.crontab, beyond, reverse=True)))
        return max(start, found)
    return _stepped(schedule, zone, start, _steps(schedule, zone, start, minute))


def _steps(schedule: Schedule, zone: str, start: Micros, at: Micros) -> int:
    """Return how many whole intervals lie between *start* and *at*."""
    lasts = _FIXED.get(schedule.unit) or DAY * (_DAYS.get(schedule.unit) or 28 * _MONTHS[schedule.unit])
    steps = (at - start) // (lasts * schedule.count) + 1  # at least as many: days may have 23 hours
    while steps and _stepped(schedule, zone, start, steps) > at:
        steps -= 1
    return int(steps)


def _stepped(schedule: Schedule, zone: str, start: Micros, steps: int) -> Micros:
    """Return *start* and *steps* intervals; days and more keep the time of day in the zone."""
    count = schedule.count * steps
    if schedule.unit in _FIXED:
        return Micros(start + count * _FIXED[schedule.unit])
    local = to_datetime(start).astimezone(zone_of(zone)).replace(tzinfo=None)
    if schedule.unit in _DAYS:
        moved = local + timedelta(days=min(count * _DAYS[schedule.unit], 365 * (_LAST_YEAR - local.year)))
    else:
        months = local.year * 12 + local.month - 1 + count * _MONTHS[schedule.unit]
        year, month = min(months // 12, _LAST_YEAR), months % 12 + 1
        moved = local.replace(year=year, month=month, day=min(local.day, calendar.monthrange(year, month)[1]))
    return from_datetime(moved.replace(tzinfo=zone_of(zone)))
