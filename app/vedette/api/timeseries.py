"""Charts: functions over time, in the form of `/events-stats/` and the newer of `/events-timeseries/`."""

import re
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from vedette.api.access import EVENT_READ, ORG_READ
from vedette.api.asking import AskedOf, question_of
from vedette.api.attributes import sources_of
from vedette.api.downloads import wants_raw
from vedette.api.errors import ApiError
from vedette.api.finding import find_organization
from vedette.api.limits import EXPLORE_SECONDS, LIST_SECONDS
from vedette.api.outgoing import outgoing_rows
from vedette.api.readers import Db
from vedette.api.routing import Call, operation
from vedette.api.schema import AtMost, Between, Help
from vedette.api.searching import query_refused
from vedette.api.shapes.timeseries import Stats, TimeSeries, stats_shape, timeseries_shape
from vedette.domain.json import JsonValue
from vedette.domain.times import DAY, HOUR, MINUTE, SECOND, Micros, now
from vedette.store.explore.questions import Question
from vedette.store.explore.series import (
    MOST_TOP,
    SeriesAnswer,
    SeriesQuestion,
    ask_series,
    fitting_interval,
    whole_range,
)
from vedette.store.queries.attributes import Sources
from vedette.store.search import QueryError

READ = (*EVENT_READ, *ORG_READ)
_INTERVAL = re.compile(r"([0-9]{1,9})([smhdw]?)", re.ASCII)
_UNITS = {"": SECOND, "s": SECOND, "m": MINUTE, "h": HOUR, "d": DAY, "w": 7 * DAY}


@dataclass(frozen=True, slots=True)
class ChartQuery(AskedOf):
    """What is charted."""

    yAxis: Annotated[tuple[str, ...], AtMost(10), Help("Functions; `count()` if left out.")] = ()
    interval: Annotated[str, Help("`5m`, `1h`; seconds without a unit. What fits if left out.")] = ""
    topEvents: Annotated[int, Between(0, MOST_TOP), Help("How many groups have a series of their own.")] = 0
    comparisonDelta: Annotated[
        int | None, Between(1, 366 * 86_400), Help("Seconds: the same that much earlier stands beside it.")
    ] = None
    excludeOther: Annotated[Literal["0", "1"], Help("`1`: no series for all other groups.")] = "0"


@dataclass(frozen=True, slots=True)
class TimeSeriesQuery(ChartQuery):
    """What is charted, and by which fields it is grouped."""

    groupBy: Annotated[tuple[str, ...], AtMost(10), Help("Fields; repeated.")] = ()


@operation("GET", "/organizations/{org}/events-stats/", scopes=READ)
async def chart_events(call: Call[ChartQuery, None]) -> Stats | dict[str, JsonValue]:
    """Functions over time, in the older form

    One function gives one series, several give an object of series by function, `topEvents` with `field` an
    object of series by group.
    """
    answer = await _answer(call, call.query, call.query.field)
    return stats_shape(answer, by_group=call.query.topEvents > 0)


@operation("GET", "/organizations/{org}/events-timeseries/", scopes=READ)
async def chart_series(call: Call[TimeSeriesQuery, None]) -> TimeSeries:
    """Functions over time, one series for each function and group"""
    answer = await _answer(call, call.query, call.query.groupBy or call.query.field)
    return timeseries_shape(answer, call.query.dataset, now())


async def _answer(
    call: Call[ChartQuery, None] | Call[TimeSeriesQuery, None], query: ChartQuery, groups: tuple[str, ...]
) -> SeriesAnswer:
    find_organization(call)
    axes = query.yAxis or ("count()",)
    question = replace(await question_of(call, query, *axes), fields=groups)
    chart = SeriesQuestion(
        question, axes, _interval(query.interval), query.topEvents, with_other=query.excludeOther == "0"
    )
    delta = None if query.comparisonDelta is None else query.comparisonDelta * SECOND
    is_raw = wants_raw(call)
    try:
        answer = await call.context.readers.ask_within(
            LIST_SECONDS, _asked, sources_of(call.context.workspace), chart, delta, now()
        )
    except QueryError as error:
        raise query_refused(error) from error
    return answer if is_raw else await call.ask(_outgoing, question, answer)


def _outgoing(db: Db, question: Question, answer: SeriesAnswer) -> SeriesAnswer:
    """Return *answer* with the names of its groups as they may leave."""
    groups = outgoing_rows(db, question, [series.group for series in answer.series])
    series = [replace(one, group=group) for one, group in zip(answer.series, groups, strict=True)]
    return replace(answer, series=series)


def _interval(text: str) -> int:
    """Return microseconds, 0 for what fits. Raises ApiError 400."""
    if not text:
        return 0
    match = _INTERVAL.fullmatch(text)
    found = int(match[1]) * _UNITS[match[2]] if match else 0
    if found <= 0:
        raise ApiError(400, "Invalid interval: write a number and one of s, m, h, d, w.")
    return found


def _asked(db: Db, sources: Sources, chart: SeriesQuestion, delta: int | None, now: Micros) -> SeriesAnswer:
    """Return the answer to *chart* over its whole time, beside that from *delta* microseconds earlier."""
    since, until = whole_range(db, chart.rows, now)
    interval = chart.interval or fitting_interval(since, until)
    # Stretches of both begin at the same place, so the shift is whole ones.
    shift = 0 if delta is None else max(interval, delta // interval * interval)
    rows = replace(chart.rows, since=since, until=until)
    whole = replace(chart, rows=rows, interval=interval, shift=shift)
    return ask_series(db, sources, whole, now, seconds=EXPLORE_SECONDS)


OPERATIONS = (chart_events, chart_series)
