"""Fields of the sessions API: what each is called, and how its value comes of the figures."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from operator import methodcaller

from vedette.store.queries.sessions import Durations, Figures

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
_SHARES = {"p50": 0.5, "p75": 0.75, "p90": 0.9, "p95": 0.95, "p99": 0.99}
_DURATIONS: dict[str, Callable[[Durations], float | None]] = {
    "avg": lambda durations: durations.average,
    "max": lambda durations: durations.longest or None,
    **{name: methodcaller("quantile", share) for name, share in _SHARES.items()},
}
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
    if function not in _DURATIONS:
        return None
    of = _DURATIONS[function]
    # Only sessions that ended as they should are timed.
    return Field(
        text,
        lambda figures: _milliseconds(of(figures.durations)),
        lambda figures, status: _milliseconds(of(figures.durations)) if status == "healthy" else None,
        "durations",
    )
