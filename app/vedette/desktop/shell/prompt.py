"""What is typed into the palette: the prefix that narrows it, and times. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from vedette.desktop.language import mark
from vedette.domain.times import DAY, HOUR, MINUTE, SECOND, Micros, from_datetime


class Mode(StrEnum):
    """What the palette looks among; the value is the prefix."""

    ANYTHING = ""
    COMMANDS = ">"
    INSIDE = "@"
    LINE = ":"
    RUNS = "#"
    HELP = "?"


PREFIXES: tuple[tuple[Mode, str, str], ...] = (
    (Mode.ANYTHING, mark("Go to anything"), mark("issues, traces, files, a pasted id")),
    (Mode.COMMANDS, mark("Commands"), mark("what can be done here")),
    (Mode.INSIDE, mark("Frames and sections"), mark("of what is open")),
    (Mode.LINE, mark("A line, or a time"), mark("47, 10:14, 2026-11-24 10:14, 15m")),
    (Mode.RUNS, mark("Runs and releases"), mark("by number or name")),
    (Mode.HELP, mark("Help"), mark("these prefixes, and the documentation")),
)
"""Every prefix in order, what it finds and what may follow; for `tr`."""

_SPAN = re.compile(r"(\d{1,6})\s*(s|min|m|h|d)", re.IGNORECASE)
_UNITS = {"s": SECOND, "m": MINUTE, "min": MINUTE, "h": HOUR, "d": DAY}
_DAY = r"(?P<y>\d{4})-(?P<mo>\d{1,2})-(?P<d>\d{1,2})"
_CLOCK = r"(?P<h>\d{1,2}):(?P<mi>\d{2})(?::(?P<s>\d{2}))?"
_MOMENT = re.compile(rf"(?:{_DAY})?[T\s]*(?:{_CLOCK})?")
_LONGEST = 36_500 * DAY


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is looked for, and among what."""

    mode: Mode
    text: str


def read_prompt(text: str) -> Prompt:
    """Return the prefix of *text*, if it begins with one, and what follows."""
    text = text.lstrip()
    for mode in Mode:
        if mode and text.startswith(mode.value):
            return Prompt(mode, text[1:].strip())
    return Prompt(Mode.ANYTHING, text.strip())


def read_span(text: str) -> int | None:
    """Return the length of time that *text* means, ``15m``, in microseconds; None if it means none."""
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        return None
    span = int(found[1]) * _UNITS[found[2].lower()]
    return span if 0 < span <= _LONGEST else None


def read_moment(text: str, now: datetime) -> Micros | None:
    """Return the moment that *text* means in the zone of *now*; None if it means none.

    A time of day alone is the last such time before *now*, a day alone its beginning.
    """
    text = text.strip()
    found = _MOMENT.fullmatch(text)
    if not text or found is None:
        return None
    try:
        day = date(int(found["y"]), int(found["mo"]), int(found["d"])) if found["y"] else now.date()
        clock = time(int(found["h"] or 0), int(found["mi"] or 0), int(found["s"] or 0))
        moment = _local(day, clock, now)
        if not found["y"] and moment > now:
            moment = _local(day - timedelta(days=1), clock, now)
        return from_datetime(moment)
    except (ValueError, OverflowError):
        return None


def _local(day: date, clock: time, now: datetime) -> datetime:
    return datetime.combine(day, clock, tzinfo=now.tzinfo)
