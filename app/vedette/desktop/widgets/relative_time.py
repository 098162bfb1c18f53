"""Moments as people read them: "11 s ago", and exactly. Pure: the caller says what time it is now."""

from datetime import tzinfo

from vedette.domain.times import Micros, to_datetime

_NOW = 5  # seconds
_STEPS = ((60, 1, "s"), (3_600, 60, "min"), (86_400, 3_600, "h"), (60 * 86_400, 86_400, "d"))
_MONTH, _YEAR = 30 * 86_400, 365 * 86_400


def age(moment: int, now: int) -> str:
    """Return how long ago *moment* was, both in microseconds: ``now``, ``11 s``, ``4 min``."""
    seconds = abs(now - moment) // 1_000_000
    if seconds < _NOW:
        return "now"
    for limit, unit, name in _STEPS:
        if seconds < limit:
            return f"{seconds // unit} {name}"
    return f"{seconds // _MONTH} mo" if seconds < _YEAR else f"{seconds // _YEAR} y"


def ago(moment: int, now: int) -> str:
    """Return ``now``, ``11 s ago``, or ``in 38 s`` when a sender's clock runs ahead."""
    text = age(moment, now)
    if text == "now":
        return text
    return f"{text} ago" if moment <= now else f"in {text}"


def exact(moment: int, zone: tzinfo | None = None) -> str:
    """Return the full moment with zone for tooltips and copies: ``2026-11-24 10:14:07.220 +01:00``.

    *zone* defaults to the machine's.
    """
    local = to_datetime(Micros(moment)).astimezone(zone)
    offset = local.strftime("%z")
    return f"{local:%Y-%m-%d %H:%M:%S}.{local.microsecond // 1000:03d} {offset[:3]}:{offset[3:]}"


def clock(moment: int, zone: tzinfo | None = None) -> str:
    """Return the time of day to the millisecond: ``10:14:07.220``. *zone* defaults to the machine's."""
    local = to_datetime(Micros(moment)).astimezone(zone)
    return f"{local:%H:%M:%S}.{local.microsecond // 1000:03d}"


def next_change(moment: int, now: int) -> int:
    """Return in how many seconds ``age`` will read differently, at least 1: when to repaint next."""
    seconds = abs(now - moment) // 1_000_000
    if seconds < _NOW:
        return int(_NOW - seconds)
    for limit, unit, _ in _STEPS:
        if seconds < limit:
            return int(unit - seconds % unit)
    return 86_400
