"""Values as people write them in a search, by the type of what they are compared with.

Source of suffixes and forms: getsentry/sentry `api/event_search.py`.
"""

import re
from datetime import datetime, timedelta
from enum import StrEnum

from vedette.domain.times import DAY, HOUR, LATEST, MINUTE, Micros, from_datetime
from vedette.store.search.errors import QueryError
from vedette.store.search.tree import Value


class Kind(StrEnum):
    """What a column holds, in the words of ``meta.fields``."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    DURATION = "duration"  # milliseconds
    SIZE = "size"  # bytes
    PERCENTAGE = "percentage"  # 1 is all
    DATE = "date"
    BOOLEAN = "boolean"

    @property
    def is_numeric(self) -> bool:
        return self in _NUMERIC


_NUMERIC = frozenset((Kind.INTEGER, Kind.NUMBER, Kind.DURATION, Kind.SIZE, Kind.PERCENTAGE))

_NUMBER = re.compile(r"([-+]?(?:[0-9]{1,18}(?:\.[0-9]{0,18})?|\.[0-9]{1,18}))\s?([A-Za-z%]*)", re.ASCII)
_THOUSANDS = {"": 1.0, "k": 1e3, "m": 1e6, "b": 1e9}
_MILLISECONDS = {
    "": 1.0,
    "ns": 1e-6,
    "us": 1e-3,
    "ms": 1.0,
    **dict.fromkeys(("s", "sec", "secs"), 1e3),
    **dict.fromkeys(("m", "min", "mins"), 6e4),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 3.6e6),
    **dict.fromkeys(("d", "day", "days"), 8.64e7),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), 6.048e8),
}
_PREFIXES = ("k", "m", "g", "t", "p", "e", "z", "y")
_BYTES = {
    "": 1.0,
    "bit": 0.125,
    "nb": 0.5,
    "b": 1.0,
    "byte": 1.0,
    "bytes": 1.0,
    **{f"{prefix}b": 1e3 ** (n + 1) for n, prefix in enumerate(_PREFIXES)},
    **{f"{prefix}ib": 1024.0 ** (n + 1) for n, prefix in enumerate(_PREFIXES)},
}
_TRUE = frozenset(("true", "1", "yes"))
_FALSE = frozenset(("false", "0", "no"))


def read_number(value: Value, kind: Kind) -> float:
    """Return *value* in the unit of *kind*. Raises QueryError."""
    match = _NUMBER.fullmatch(value.text.strip())
    if match is None:
        raise QueryError(f"Invalid number: '{value.text}'.", value.at, value.length)
    number, suffix = float(match[1]), match[2].lower()
    if kind is Kind.PERCENTAGE and suffix == "%":
        return number / 100
    factors = {Kind.DURATION: _MILLISECONDS, Kind.SIZE: _BYTES}.get(kind, _THOUSANDS)
    if suffix not in factors:
        known = ", ".join(name for name in factors if name)
        raise QueryError(f"'{match[2]}' is no unit here. Units are: {known}.", value.at, value.length)
    return number * factors[suffix]


def read_boolean(value: Value) -> bool:
    """Return *value* as truth. Raises QueryError."""
    word = value.text.lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise QueryError(f"Invalid boolean: '{value.text}' is neither true nor false.", value.at, value.length)


_RELATIVE = re.compile(r"([-+])([0-9]{1,6})([wdhm])", re.ASCII)
_RELATIVE_UNITS = {"w": 7 * DAY, "d": DAY, "h": HOUR, "m": MINUTE}
_DAY_FORM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_BEFORE, _AFTER = 5 * MINUTE, 6 * MINUTE


def read_dates(operator: str, value: Value, now: Micros) -> tuple[Micros | None, Micros | None]:
    """Return the range [from, until) that *operator* and *value* mean; None is open. Raises QueryError.

    ``-24h`` is newer than a day ago, ``+24h`` older. A day alone is that whole day, a moment alone means the
    five minutes before it and the six after.
    """
    text = value.text.strip()
    if match := _RELATIVE.fullmatch(text):
        moment = Micros(max(0, now - int(match[2]) * _RELATIVE_UNITS[match[3]]))
        is_newer = match[1] == "-" if operator == "=" else operator in (">", ">=")
        return (moment, None) if is_newer else (None, moment)
    moment = _moment(text, value)
    is_day = _DAY_FORM.fullmatch(text) is not None
    end = Micros(min(LATEST, moment + DAY if is_day else moment + 1))
    match operator:
        case ">":
            return end, None
        case ">=":
            return moment, None
        case "<":
            return None, moment
        case "<=":
            return None, end
        case _ if is_day:
            return moment, end
        case _:
            return Micros(max(0, moment - _BEFORE)), Micros(min(LATEST, moment + _AFTER))


def _moment(text: str, value: Value) -> Micros:
    try:
        found = from_datetime(datetime.fromisoformat(text.replace(" ", "T", 1)))
    except (ValueError, OverflowError):
        raise QueryError(
            f"Invalid date: '{value.text}'. Write 2026-01-31, 2026-01-31T12:00:00 or -24h.",
            value.at,
            value.length,
        ) from None
    return Micros(min(LATEST, max(0, found)))


def to_offset_iso(moment: float) -> str:
    """Return *moment* as these lists write it: ``2026-11-24T10:14:07.220000+00:00``, whole seconds short."""
    return (_EPOCH + timedelta(microseconds=int(moment))).isoformat()


_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
