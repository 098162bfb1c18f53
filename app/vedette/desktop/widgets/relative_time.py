"""Moments as people read them: "11 s ago", and exactly. The caller says what time it is now."""

from datetime import tzinfo

from vedette.desktop.language import mark, tr
from vedette.domain.times import Micros, to_datetime

_NOW = 5  # seconds
_STEPS = (
    (60, 1, mark("{count} s")),
    (3_600, 60, mark("{count} min")),
    (86_400, 3_600, mark("{count} h")),
    (60 * 86_400, 86_400, mark("{count} d")),
)
_MONTH, _YEAR = 30 * 86_400, 365 * 86_400


def age(moment: int, now: int) -> str:
    """Return how long ago *moment* was, both in microseconds: ``now``, ``11 s``, ``4 min``."""
    seconds = abs(now - moment) // 1_000_000
    if seconds < _NOW:
        return tr("now")
    for limit, unit, words in _STEPS:
        if seconds < limit:
            return tr(words).format(count=seconds // unit)
    if seconds < _YEAR:
        return tr("{count} mo", "months").format(count=seconds // _MONTH)
    return tr("{count} y", "years").format(count=seconds // _YEAR)


def ago(moment: int, now: int) -> str:
    """Return ``now``, ``11 s ago``, or ``in 38 s`` when a sender's clock runs ahead."""
    text = age(moment, now)
    if abs(now - moment) // 1_000_000 < _NOW:
        return text
    return tr("{age} ago").format(age=text) if moment <= now else tr("in {age}").format(age=text)


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
