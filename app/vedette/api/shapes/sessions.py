"""Fields of the sessions API: what each is called, and how its value comes of the figures."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from vedette.store.queries.sessions import Figures

Value = int | float | None
STATUSES = ("healthy", "errored", "crashed", "abnormal", "unhandled")


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``of`` gives its value of all sessions, ``by_status`` of those of one status, if it can."""

    name: str
    of: Callable[[Figures], Value]
    by_status: Callable[[Figures, str], Value] | None = None
    needs: str = "sessions"  # sessions, users, durations


def _share(part: int, whole: int) -> Value:
    # Sessions whose beginning never came are among the errored, and not among all.
    return min(part, whole) / whole if whole else None


def _without(part: int, whole: int) -> Value:
    return 1 - min(part, whole) / whole if whole else None


def _sessions(figures: Figures, status: str) -> Value:
    counts = figures.sessions
    return counts.errored_shown if status == "errored" else int(getattr(counts, status))


def _users(figures: Figures, status: str) -> Value:
    counts = figures.users
    return counts.errored_shown if status == "errored" else int(getattr(counts, status))


def _milliseconds(value: Value) -> Value:
    return None if value is None else value / 1000


_RATES: dict[str, Callable[[Figures, str], Value]] = {
    "crash_rate": lambda figures, who: _share(*_part(figures, who, "crashed")),
    "crash_free_rate": lambda figures, who: _without(*_part(figures, who, "crashed")),
    "errored_rate": lambda figures, who: _share(*_part(figures, who, "errored_shown")),
    "unhandled_rate": lambda figures, who: _share(*_part(figures, who, "unhandled")),
    "abnormal_rate": lambda figures, who: _share(*_part(figures, who, "abnormal")),
    "unhealthy_rate": lambda figures, who: _share(*_part(figures, who, "errored")),
}
_QUANTILES = {"p50": 0.5, "p75": 0.75, "p90": 0.9, "p95": 0.95, "p99": 0.99}
_FIELD = re.compile(r"([a-z0-9_]{1,30})\(([a-z.]{0,30})\)")


def _part(figures: Figures, who: str, name: str) -> tuple[int, int]:
    if who == "session":
        return int(getattr(figures.sessions, name)), figures.sessions.total
    return int(getattr(figures.users, name)), figures.users.seen


def read_field(text: str) -> Field | None:
    """Return the field called *text*, None if there is none."""
    match = _FIELD.fullmatch(text.strip())
    if match is None:
        return None
    function, argument = match.groups()
    if (function, argument) == ("sum", "session"):
        return Field(text, lambda figures: figures.sessions.total, _sessions)
    if (function, argument) == ("count_unique", "user"):
        return Field(text, lambda figures: figures.users.seen, _users, "users")
    if (function, argument) == ("anr_rate", ""):
        return Field(text, lambda figures: _share(figures.users.anr, figures.users.seen), None, "users")
    if (function, argument) == ("foreground_anr_rate", ""):
        return Field(
            text, lambda figures: _share(figures.users.anr_foreground, figures.users.seen), None, "users"
        )
    if function in _RATES and argument in ("session", "user"):
        rate = _RATES[function]
        return Field(text, lambda figures: rate(figures, argument), None, f"{argument}s")
    return _duration_field(text, function) if argument == "session.duration" else None


def _duration_field(text: str, function: str) -> Field | None:
    of: Callable[[Figures], Value]
    if function == "avg":
        of = lambda figures: _milliseconds(figures.durations.average)  # noqa: E731 - one of three alike
    elif function == "max":
        of = lambda figures: _milliseconds(figures.durations.longest or None)  # noqa: E731
    elif function in _QUANTILES:
        share = _QUANTILES[function]
        of = lambda figures: _milliseconds(figures.durations.quantile(share))  # noqa: E731
    else:
        return None
    # Only sessions that ended as they should are timed.
    return Field(text, of, lambda figures, status: of(figures) if status == "healthy" else None, "durations")
