"""Sessions over time: how many, of how many users, how they ended and how long they lasted."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypedDict

from vedette.api.access import EVENT_READ, ORG_READ, PROJECT_READ
from vedette.api.errors import ApiError
from vedette.api.finding import find_organization
from vedette.api.limits import PAGE_ROWS
from vedette.api.period import read_range
from vedette.api.readers import Db
from vedette.api.routing import Call, operation
from vedette.api.schema import Between, Help
from vedette.api.searching import chosen_projects
from vedette.api.shapes.sessions import STATUSES, Field, Value, read_field
from vedette.domain.json import JsonValue
from vedette.domain.times import DAY, HOUR, MINUTE, SECOND, Micros, now, to_datetime
from vedette.store.queries import sessions
from vedette.store.queries.sessions import DIMENSIONS, Figures, Key, SessionFilter

MOST_INTERVALS = 2_500
MOST_FIELDS = 30
FINE_RANGE = 6 * HOUR
"""Longest time that is cut into less than hours."""
_INTERVAL = re.compile(r"([0-9]{1,4})([mhdw])", re.ASCII)
_UNITS = {"m": MINUTE, "h": HOUR, "d": DAY, "w": 7 * DAY}
_TERM = re.compile(r'(release|environment):(?:"([^"]*)"|\[([^\]]*)\]|(\S+))')


@dataclass(frozen=True, slots=True)
class SessionsQuery:
    """Which figures, of which sessions."""

    field: Annotated[
        tuple[str, ...],
        Help(
            "`sum(session)`, `count_unique(user)`, `avg`, `max`, `p50`…`p99` of `(session.duration)`, "
            "`crash_rate`, `crash_free_rate`, `errored_rate`, `unhandled_rate`, `abnormal_rate`, "
            "`unhealthy_rate` of `(session)` or `(user)`, `anr_rate()`, `foreground_anr_rate()`."
        ),
    ] = ()
    groupBy: Annotated[tuple[str, ...], Help("`project`, `release`, `environment`, `session.status`.")] = ()
    statsPeriod: Annotated[str | None, Help("`24h`, `14d`; the last day without it.")] = None
    start: Annotated[str | None, Help("ISO date, UTC.")] = None
    end: Annotated[str | None, Help("ISO date, UTC.")] = None
    interval: Annotated[str, Help("`1h`, `1d`; minutes for up to six hours.")] = "1h"
    project: Annotated[tuple[str, ...], Help("Ids or slugs; -1 is all.")] = ()
    environment: Annotated[tuple[str, ...], Help("Only these environments.")] = ()
    query: Annotated[str, Help("`release:NAME` and `environment:NAME`.")] = ""
    orderBy: Annotated[str, Help("One of the fields, with `-` from the largest.")] = ""
    includeTotals: bool = True
    includeSeries: bool = True
    per_page: Annotated[int, Between(1, PAGE_ROWS)] = PAGE_ROWS


class SessionGroup(TypedDict, total=False):
    """Figures of the sessions that have all of `by`."""

    by: dict[str, JsonValue]
    totals: dict[str, JsonValue]
    series: dict[str, list[JsonValue]]


class SessionSeries(TypedDict):
    """Groups of sessions; each series has a value for each of the intervals."""

    start: str
    end: str
    query: str
    intervals: list[str]
    groups: list[SessionGroup]


@dataclass(frozen=True, slots=True)
class _Asked:
    fields: tuple[Field, ...]
    by: tuple[str, ...]
    is_by_status: bool
    where: SessionFilter
    width: int

    @property
    def intervals(self) -> int:
        return (self.where.until - self.where.since) // self.width


@operation("GET", "/organizations/{org}/sessions/", scopes=(*ORG_READ, *PROJECT_READ, *EVENT_READ))
async def list_sessions(call: Call[SessionsQuery, None]) -> SessionSeries:
    """Figures of sessions, in total and over time

    Everything counts at the time its session began. Rates of no sessions are null. Durations are of sessions
    that ended as they should, in milliseconds; percentiles are exact to 1 %. Users are counted exactly.
    """
    find_organization(call)
    asked = await _read(call)
    groups = await call.ask(_figures, asked)
    where = asked.where
    return {
        "start": _iso(where.since),
        "end": _iso(where.until),
        "query": call.query.query,
        "intervals": [_iso(where.since + n * asked.width) for n in range(asked.intervals)],
        "groups": _shown(call.query, asked, groups),
    }


async def _read(call: Call[SessionsQuery, None]) -> _Asked:
    query = call.query
    if not query.field:
        raise ApiError(400, 'Request is missing a "field"')
    if len(query.field) > MOST_FIELDS:
        raise ApiError(400, f"At most {MOST_FIELDS} fields.")
    fields = []
    for text in dict.fromkeys(query.field):
        found = read_field(text)
        if found is None:
            raise ApiError(400, f"Invalid field: {text[:80]}")
        fields.append(found)
    by = tuple(dict.fromkeys(query.groupBy))
    if unknown := [name for name in by if name not in (*DIMENSIONS, "session.status")]:
        raise ApiError(400, f"Invalid groupBy: {unknown[0][:80]}")
    is_by_status = "session.status" in by
    if is_by_status and (odd := [field.name for field in fields if field.by_status is None]):
        raise ApiError(400, f"Cannot group by session.status with {odd[0]}")
    width, since, until = _stretch(query)
    if width < HOUR and (odd := [field.name for field in fields if field.needs != "sessions"]):
        raise ApiError(400, f"{odd[0]} is counted by the hour; choose an interval of hours.")
    terms = _terms(query.query)
    where = SessionFilter(
        since,
        until,
        await chosen_projects(call, query.project),
        terms["release"],
        (*query.environment, *terms["environment"]),
    )
    return _Asked(tuple(fields), tuple(name for name in by if name in DIMENSIONS), is_by_status, where, width)


def _stretch(query: SessionsQuery) -> tuple[int, Micros, Micros]:
    """Return the interval and the whole ones that hold the time asked for. Raises ApiError 400."""
    match = _INTERVAL.fullmatch(query.interval)
    width = int(match[1]) * _UNITS[match[2]] if match else 0
    if not width or (width % HOUR and HOUR % width):
        raise ApiError(
            400, "Invalid interval: write whole hours as 1h or 1d, or minutes that divide an hour."
        )
    moment = now()
    span = read_range(query.statsPeriod, query.start, query.end, moment)
    until = moment if span.until is None else span.until
    since = until - DAY if span.since is None else span.since
    if width < HOUR and until - since > FINE_RANGE:
        raise ApiError(400, "Less than an hour is for up to six hours; choose a longer interval.")
    first, last = since // width * width, -(-until // width) * width
    last = max(last, first + width)
    if (last - first) // width > MOST_INTERVALS:
        raise ApiError(400, "Your interval and date range would create too many results.")
    return width, Micros(max(0, first)), Micros(last)


def _terms(text: str) -> dict[str, tuple[str, ...]]:
    """Return the releases and environments named in *text*. Raises ApiError 400 for anything else."""
    found: dict[str, list[str]] = {"release": [], "environment": []}
    rest = _TERM.sub("", text)
    if rest.strip():
        raise ApiError(
            400, f"Sessions are found by release and environment only, not by {rest.strip()[:80]!r}."
        )
    for match in _TERM.finditer(text):
        name, quoted, several, bare = match.groups()
        if several is not None:
            found[name] += [part.strip().strip('"') for part in several.split(",")]
        else:
            found[name].append(bare if quoted is None else quoted)
    return {name: tuple(values) for name, values in found.items()}


_READERS: dict[str, Callable[..., dict[Key, Any]]] = {
    "sessions": sessions.read_sessions,
    "users": sessions.read_users,
    "durations": sessions.read_durations,
}


def _figures(db: Db, asked: _Asked) -> dict[Key, tuple[Figures, dict[int, Figures]]]:
    """Return the figures in total and by interval, for each group there is."""
    needed = {field.needs for field in asked.fields}
    totals: dict[Key, dict[str, Any]] = {}
    series: dict[Key, dict[int, dict[str, Any]]] = {}
    for name in sorted(needed):
        read = _READERS[name]
        for key, value in read(db, asked.where, asked.by).items():
            totals.setdefault(key, {})[name] = value
        for key, value in read(db, asked.where, asked.by, asked.width).items():
            series.setdefault(key[:-1], {}).setdefault(int(key[-1]), {})[name] = value
    if not asked.by:
        totals.setdefault((), {})
    return {
        key: (Figures(**values), {at: Figures(**one) for at, one in series.get(key, {}).items()})
        for key, values in totals.items()
    }


def _shown(
    query: SessionsQuery, asked: _Asked, groups: dict[Key, tuple[Figures, dict[int, Figures]]]
) -> list[SessionGroup]:
    shown = []
    for key, (total, series) in groups.items():
        by: dict[str, JsonValue] = dict(zip(asked.by, key, strict=True))
        for status in STATUSES if asked.is_by_status else (None,):
            named = by if status is None else by | {"session.status": status}
            shown.append(_group(query, asked, named, status, total, series))
    name = query.orderBy.removeprefix("-") or asked.fields[0].name
    if name not in {field.name for field in asked.fields}:
        raise ApiError(400, "Cannot order by a field that is not asked for.")
    ascending = bool(query.orderBy) and not query.orderBy.startswith("-")
    shown.sort(key=lambda group: _rank(group["totals"][name], ascending))
    for group in shown:
        if not query.includeTotals:
            del group["totals"]
    return shown[: query.per_page * (len(STATUSES) if asked.is_by_status else 1)]


def _rank(value: JsonValue, ascending: bool) -> tuple[bool, float]:
    """Return what sorts *value* in its order, null last."""
    number = 0.0 if value is None else float(value)
    return value is None, number if ascending else -number


def _group(
    query: SessionsQuery,
    asked: _Asked,
    by: dict[str, JsonValue],
    status: str | None,
    total: Figures,
    series: dict[int, Figures],
) -> SessionGroup:
    group: SessionGroup = {"by": by, "totals": _values(asked.fields, total, status)}
    if query.includeSeries:
        nothing = Figures()
        group["series"] = {
            field.name: [_value(field, series.get(n, nothing), status) for n in range(asked.intervals)]
            for field in asked.fields
        }
    return group


def _values(fields: Sequence[Field], figures: Figures, status: str | None) -> dict[str, JsonValue]:
    return {field.name: _value(field, figures, status) for field in fields}


def _value(field: Field, figures: Figures, status: str | None) -> Value:
    if status is None or field.by_status is None:
        return field.of(figures)
    return field.by_status(figures, status)


def _iso(moment: int) -> str:
    return to_datetime(moment - moment % SECOND).strftime("%Y-%m-%dT%H:%M:%SZ")


OPERATIONS = (list_sessions,)
