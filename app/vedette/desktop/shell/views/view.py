"""What a saved view is, as it is shown, and as the station keeps it. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from vedette.desktop.language import mark, tr
from vedette.desktop.shell.query_bar.draft import Draft, Off
from vedette.desktop.shell.scope import Scope
from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.times import DAY, HOUR, MINUTE, SECOND, Micros, from_datetime, to_iso

PATH = "/organizations/desk/group-search-views/"
_UNITS = {"s": SECOND, "m": MINUTE, "h": HOUR, "d": DAY, "w": 7 * DAY}
_PERIOD = re.compile(r"(\d{1,9})([smhdw])")
_OFF = re.compile(r"(\d{1,4}):(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Looked:
    """What one looks at in the list: what a view keeps. The run is none of it, since runs pass."""

    query: str = ""
    off: tuple[Off, ...] = ()
    scope: Scope = field(default_factory=Scope)
    sort: str = ""
    columns: tuple[str, ...] = ()

    def is_like(self, other: "Looked") -> bool:
        """Return whether both show the same, as far as both say it."""
        mine, others = Draft(self.query, self.off), Draft(other.query, other.off)
        return (
            [(part.text, part.is_on) for part in mine.parts]
            == [(part.text, part.is_on) for part in others.parts]
            and _lasting(self.scope) == _lasting(other.scope)
            and (not self.sort or not other.sort or self.sort == other.sort)
            and (not self.columns or not other.columns or self.columns == other.columns)
        )


def _lasting(scope: Scope) -> tuple[object, ...]:
    return scope.projects, scope.environments, scope.span, scope.since, scope.until


@dataclass(frozen=True, slots=True)
class View:
    """A view of the list. ``id`` is the row's, or the key of one that is always there."""

    id: int | str
    name: str
    looked: Looked

    @property
    def is_own(self) -> bool:
        """Whether a person made it: it can be changed, renamed, moved and deleted."""
        return isinstance(self.id, int)


_DEFAULTS = (
    ("unresolved", mark("Unresolved"), "is:unresolved"),
    ("new", mark("New"), "is:new"),
    ("regressed", mark("Regressed"), "is:regressed"),
    ("archived", mark("Archived"), "is:archived"),
    ("starred", mark("Starred"), "is:starred"),
)


def default_views(hidden: Sequence[str] = ()) -> list[View]:
    """Return the views that are always there, without those *hidden*."""
    return [View(key, tr(name), Looked(query)) for key, name, query in _DEFAULTS if key not in hidden]


def read_view(number: int, name: str, kept: JsonObject) -> View:
    """Return the view kept as the JSON object *kept*; members that make no sense are as if left out."""
    period = _PERIOD.fullmatch(_text(kept.get("period")))
    scope = Scope(
        projects=tuple(one for one in _list(kept.get("projects")) if type(one) is int),
        environments=tuple(one for one in _list(kept.get("environments")) if isinstance(one, str)),
        span=int(period[1]) * _UNITS[period[2]] if period else None,
        since=None if period else _moment(kept.get("start")),
        until=None if period else _moment(kept.get("end")),
    )
    off = [_OFF.fullmatch(one) for one in _list(kept.get("off")) if isinstance(one, str)]
    looked = Looked(
        _text(kept.get("query")),
        tuple(Off(int(found[1]), found[2]) for found in off if found),
        scope,
        _text(kept.get("sort")),
        tuple(one for one in _list(kept.get("columns")) if isinstance(one, str)),
    )
    return View(number, name, looked)


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else ""


def _list(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else []


def _moment(value: JsonValue) -> Micros | None:
    try:
        return from_datetime(datetime.fromisoformat(value)) if isinstance(value, str) else None
    except (ValueError, OverflowError):
        return None


def body_of(looked: Looked) -> JsonObject:
    """Return *looked* as the API takes a view."""
    scope = looked.scope
    times: JsonObject = {
        "period": None if scope.span is None else f"{scope.span // SECOND}s",
        "start": None if scope.since is None else to_iso(scope.since),
        "end": None if scope.until is None else to_iso(scope.until),
    }
    return {
        "dataset": "issues",
        "query": looked.query,
        "switchedOff": [f"{one.at}:{one.text}" for one in looked.off],
        "querySort": looked.sort,
        "projects": list(scope.projects),
        "environments": list(scope.environments),
        "timeFilters": times,
        "columns": list(looked.columns),
    }
