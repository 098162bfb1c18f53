"""Monitors of jobs that should run on time: what a check-in says, what a monitor expects, when it fails.

Source: the reference's "Cron monitors".
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.schedules import Schedule, crontab, interval, latest_slot, next_slot, zone_of
from vedette.domain.times import MINUTE, Micros

LONGEST_SLUG = 50
MOST_MINUTES = 40_320  # four weeks
MOST_IN_A_ROW = 720
_NOT_IN_SLUG = re.compile(r"[^a-z0-9_\s-]")
_RUN = re.compile(r"[\s-]+")
_OWNER = re.compile(r"(user|team):[A-Za-z0-9_-]{1,40}")


class CheckInStatus(IntEnum):
    """Numbers as Sentry stores them. UNKNOWN: nobody was there to see the end."""

    UNKNOWN = 0
    OK = 1
    ERROR = 2
    IN_PROGRESS = 3
    MISSED = 4
    TIMEOUT = 5

    @property
    def word(self) -> str:
        return self.name.lower()


FINISHED = (CheckInStatus.OK, CheckInStatus.ERROR, CheckInStatus.MISSED, CheckInStatus.TIMEOUT)
"""What counts for thresholds."""


class MonitorStatus(IntEnum):
    """Of a monitor, ACTIVE or DISABLED; of one environment of it, each. Numbers as Sentry stores them."""

    ACTIVE = 0  # of an environment: nothing has finished yet
    DISABLED = 1
    OK = 4
    ERROR = 5

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class MonitorConfig:
    """What a monitor expects; without a schedule, no check-in at all. Margin and run time are in minutes."""

    schedule: Schedule | None
    margin: int = 1
    max_runtime: int = 30
    timezone: str = "UTC"
    failure_threshold: int = 1
    recovery_threshold: int = 1

    def next_after(self, reference: Micros) -> tuple[Micros, Micros] | tuple[None, None]:
        """Return when the next check-in is expected after *reference*, and when it is late; Nones: never."""
        if self.schedule is None:
            return None, None
        due = next_slot(self.schedule, self.timezone, reference)
        return due, Micros(due + self.margin * MINUTE)

    def latest(self, start: Micros, at: Micros) -> Micros:
        """Return the last time up to *at* that a check-in was expected, *start* having been one."""
        if self.schedule is None:
            return start
        return latest_slot(self.schedule, self.timezone, start, at)

    def timeout(self, start: Micros) -> Micros:
        """Return when a run that began at *start* has taken too long."""
        return Micros(start + self.max_runtime * MINUTE)

    def to_json(self) -> JsonObject:
        """Return the config as the API shows it and the store keeps it."""
        schedule = self.schedule
        return {
            "schedule_type": schedule and ("crontab" if schedule.crontab else "interval"),
            "schedule": schedule and (schedule.crontab or [schedule.count, schedule.unit]),
            "checkin_margin": self.margin,
            "max_runtime": self.max_runtime,
            "timezone": self.timezone,
            "failure_issue_threshold": self.failure_threshold,
            "recovery_threshold": self.recovery_threshold,
            "alert_rule_id": None,
        }


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One word of a job. ``duration`` is in milliseconds; an id of None means the newest open one.

    ``fault`` says why the config that came with it is not taken.
    """

    check_in_id: bytes | None
    slug: str
    status: CheckInStatus
    environment: str = "production"
    duration: int | None = None
    config: MonitorConfig | None = None
    fault: str = ""
    trace_id: bytes | None = None


def normalise_slug(text: str) -> str:
    """Return *text* as a monitor's slug: ASCII, lower case, dashes for blanks; "" if nothing is left."""
    plain = unicodedata.normalize("NFKD", text[:1_000]).encode("ascii", "ignore").decode().lower()
    return _RUN.sub("-", _NOT_IN_SLUG.sub("", plain).strip()).strip("-_")[:LONGEST_SLUG]


def occurrence_id(check_in: bytes, incident: str) -> bytes:
    """Return the id of the event that tells of *check_in* in the incident with grouping hash *incident*."""
    return hashlib.blake2b(check_in + incident.encode(), digest_size=16).digest()


def is_failing(newest: Sequence[CheckInStatus], threshold: int) -> bool:
    """Say whether the last *threshold* of the finished check-ins, *newest* first, have no ``ok``."""
    last = newest[:threshold]
    return len(last) == threshold and CheckInStatus.OK not in last


def is_recovered(newest: Sequence[CheckInStatus], threshold: int) -> bool:
    """Say whether the last *threshold* of the finished check-ins, *newest* first, are all ``ok``."""
    last = newest[:threshold]
    return len(last) == threshold and all(status is CheckInStatus.OK for status in last)


def read_config(given: JsonValue, before: MonitorConfig | None = None) -> MonitorConfig:
    """Return the config in *given*, in the form of check-ins or of the API; *before* fills what is left out.

    Raises ValueError with a sentence.
    """
    if not isinstance(given, dict):
        raise ValueError("a monitor's config is an object")  # noqa: TRY004 - one word for all that is wrong
    config = before
    if config is None or given.get("schedule") is not None:
        schedule = _schedule(given)
        config = MonitorConfig(schedule) if config is None else replace(config, schedule=schedule)
    changes: JsonObject = {}
    for member, field, least, most in _NUMBERS:
        if given.get(member) is not None:
            changes[field] = _number(member, given[member], least, most)
    zone = given.get("timezone")
    if zone is not None and zone != "":
        if not isinstance(zone, str):
            raise ValueError("timezone is the name of a zone")
        zone_of(zone)
        changes["timezone"] = zone
    return replace(config, **changes)


def read_stored(given: JsonObject) -> MonitorConfig:
    """Return the config that `MonitorConfig.to_json` wrote."""
    if given["schedule"] is not None:
        return read_config(given)
    return read_config({**given, "schedule": None}, UNSCHEDULED)


UNSCHEDULED = MonitorConfig(None)
"""Of a job that checks in and says nothing of when."""

_NUMBERS = (
    ("checkin_margin", "margin", 0, MOST_MINUTES),
    ("max_runtime", "max_runtime", 1, MOST_MINUTES),
    ("failure_issue_threshold", "failure_threshold", 1, MOST_IN_A_ROW),
    ("recovery_threshold", "recovery_threshold", 1, MOST_IN_A_ROW),
)


def _number(name: str, value: JsonValue, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        raise ValueError(f"{name} is a number")
    if not least <= value <= most:
        raise ValueError(f"{name} is from 1 to {most:,}")
    return max(1, int(value))


def _schedule(given: JsonObject) -> Schedule:
    schedule, kind = given.get("schedule"), given.get("schedule_type")
    if isinstance(schedule, dict):
        kind = schedule.get("type", kind)
        schedule = (
            [schedule.get("value"), schedule.get("unit")] if kind == "interval" else schedule.get("value")
        )
    if isinstance(schedule, str) and kind in (None, "crontab"):
        return crontab(schedule)
    if isinstance(schedule, list) and kind in (None, "interval") and len(schedule) == 2:
        count, unit = schedule
        if isinstance(count, int) and not isinstance(count, bool) and isinstance(unit, str):
            return interval(count, unit.strip().lower())
    raise ValueError("schedule is a crontab or an interval of a number and a unit")


def read_owner(value: JsonValue) -> str | None:
    """Return ``user:ID`` or ``team:ID``, None for anything else."""
    return value if isinstance(value, str) and _OWNER.fullmatch(value) else None
