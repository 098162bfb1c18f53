"""How much came, and what became of it."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, TypedDict

from vedette.api.access import EVENT_READ, ORG_READ
from vedette.api.errors import ApiError
from vedette.api.finding import find_organization
from vedette.api.period import read_range
from vedette.api.routing import Call, operation
from vedette.api.schema import Help
from vedette.api.searching import chosen_projects
from vedette.domain.times import HOUR, now, to_iso
from vedette.store.queries.outcomes import OutcomeCount, outcome_counts

MOST_INTERVALS = 5_000

_USUAL_PERIOD = "14d"
_INTERVAL = re.compile(r"([0-9]{1,4})([hdw])", re.ASCII)
_HOURS = {"h": 1, "d": 24, "w": 168}
_FIELDS = ("sum(quantity)", "sum(times_seen)")
_BY: dict[str, Callable[[OutcomeCount], str | int]] = {
    "outcome": lambda count: count.outcome,
    "category": lambda count: count.category,
    "reason": lambda count: count.reason or "none",
    "project": lambda count: count.project,
}


@dataclass(frozen=True, slots=True)
class StatsQuery:
    field: Annotated[tuple[str, ...], Help("`sum(quantity)`, `sum(times_seen)`; here they are the same.")] = (
        "sum(quantity)",
    )
    groupBy: Annotated[tuple[str, ...], Help("`outcome`, `category`, `reason`, `project`; repeated.")] = ()
    statsPeriod: Annotated[str | None, Help("`24h`, `14d`; two weeks without it.")] = None
    start: Annotated[str | None, Help("ISO date, UTC.")] = None
    end: Annotated[str | None, Help("ISO date, UTC.")] = None
    interval: Annotated[str, Help("`1h`, `6h`, `1d`: whole hours.")] = "1h"
    project: Annotated[tuple[str, ...], Help("Ids or slugs; -1 is all.")] = ()
    category: Annotated[tuple[str, ...], Help("Only these data categories.")] = ()
    outcome: Annotated[tuple[str, ...], Help("`accepted`, `filtered`, `rate_limited`, `invalid`, …")] = ()
    reason: Annotated[tuple[str, ...], Help("Only these reasons.")] = ()


class StatsGroup(TypedDict):
    """`by`: what the group has in common; `totals` by field, `series` by field and interval."""

    by: dict[str, str | int]
    totals: dict[str, int]
    series: dict[str, list[int]]


class Stats(TypedDict):
    start: str
    end: str
    intervals: list[str]
    groups: list[StatsGroup]


@operation("GET", "/organizations/{org}/stats_v2/", scopes=(*ORG_READ, *EVENT_READ))
async def show_stats(call: Call[StatsQuery, None]) -> Stats:
    """How many items came, and what became of them; what SDKs say they dropped is `client_discard`

    Counted by the hour of arrival.
    """
    find_organization(call)
    asked = call.query
    _check(asked)
    at = now()
    is_open = not (asked.statsPeriod or asked.start or asked.end)
    span = read_range(_USUAL_PERIOD if is_open else asked.statsPeriod, asked.start, asked.end, at)
    step = _interval(asked.interval)
    last = -(-(at if span.until is None else span.until) // HOUR)
    first = (0 if span.since is None else span.since) // HOUR
    first -= first % step
    if (last - first) / step > MOST_INTERVALS:
        raise ApiError(400, f"These would be more than {MOST_INTERVALS} intervals. Take a longer interval.")
    projects = await chosen_projects(call, asked.project)
    counts = await call.ask(outcome_counts, first, last, projects)
    starts = range(first, last, step)
    return {
        "start": to_iso(first * HOUR),
        "end": to_iso(last * HOUR),
        "intervals": [to_iso(start * HOUR) for start in starts],
        "groups": _groups([count for count in counts if _is_asked(count, asked)], asked, starts),
    }


def _check(asked: StatsQuery) -> None:
    for name in asked.field:
        if name not in _FIELDS:
            raise ApiError(400, f"field must be one of: {', '.join(_FIELDS)}")
    for name in asked.groupBy:
        if name not in _BY:
            raise ApiError(400, f"groupBy must be of: {', '.join(_BY)}")


def _interval(text: str) -> int:
    """Return *text* in hours. Raises ApiError 400."""
    match = _INTERVAL.fullmatch(text)
    if match is None or int(match[1]) == 0:
        raise ApiError(400, "Invalid interval: write a number and one of h, d, w.")
    return int(match[1]) * _HOURS[match[2]]


def _is_asked(count: OutcomeCount, asked: StatsQuery) -> bool:
    return (
        (not asked.category or count.category in asked.category)
        and (not asked.outcome or count.outcome in asked.outcome)
        and (not asked.reason or count.reason in asked.reason)
    )


def _groups(counts: Sequence[OutcomeCount], asked: StatsQuery, starts: range) -> list[StatsGroup]:
    groups: dict[tuple[str | int, ...], Counter[int]] = {} if asked.groupBy else {(): Counter()}
    for count in counts:
        key = tuple(_BY[name](count) for name in asked.groupBy)
        groups.setdefault(key, Counter())[(count.hour - starts.start) // starts.step] += count.n
    return [
        {
            "by": dict(zip(asked.groupBy, key, strict=True)),
            "totals": {name: found.total() for name in asked.field},
            "series": {name: [found[n] for n in range(len(starts))] for name in asked.field},
        }
        for key, found in sorted(groups.items(), key=lambda group: -group[1].total())
    ]


OPERATIONS = (show_stats,)
