"""Charts as ``/events-stats/`` and ``/events-timeseries/`` shape them."""

from collections.abc import Iterator
from typing import NotRequired, TypedDict

from vedette.domain.json import JsonValue
from vedette.domain.times import SECOND, Micros
from vedette.store.explore.series import Series, SeriesAnswer

OTHER = "Other"
_MILLISECOND = SECOND // 1_000


class StatsMeta(TypedDict):
    """What the values are."""

    fields: dict[str, str]
    units: dict[str, str | None]
    dataScanned: str


class Stats(TypedDict):
    """One series: ``data`` is ``[[seconds, [{"count": n}]], …]``."""

    data: list[tuple[int, list[dict[str, float]]]]
    start: int
    end: int
    isMetricsData: bool
    meta: StatsMeta
    order: NotRequired[int]


def stats_shape(answer: SeriesAnswer, *, by_group: bool) -> Stats | dict[str, JsonValue]:
    """Return *answer* in the older form."""
    axes = list(answer.kinds)
    if not by_group:
        (series,) = answer.series
        return _by_axis(answer, series, axes)
    return {
        _name(series): {**_by_axis(answer, series, axes), "order": order}
        for order, series in enumerate(answer.series)
    }


def _by_axis(answer: SeriesAnswer, series: Series, axes: list[str]) -> Stats | dict[str, JsonValue]:
    if len(axes) == 1:
        return _stats(answer, series, axes[0])
    return {axis: {**_stats(answer, series, axis), "order": n} for n, axis in enumerate(axes)}


def _stats(answer: SeriesAnswer, series: Series, axis: str) -> Stats:
    earlier = None if series.before is None else series.before[axis]
    data: list[tuple[int, list[dict[str, float]]]] = []
    for n, value in enumerate(series.values[axis]):
        shown = {"count": value or 0}
        if earlier is not None:
            shown["comparisonCount"] = earlier[n] or 0
        data.append(((answer.start + n * answer.interval) // SECOND, [shown]))
    return {
        "data": data,
        "start": answer.start // SECOND,
        "end": (answer.start + answer.count * answer.interval) // SECOND,
        "isMetricsData": False,
        "meta": {
            "fields": {axis: answer.kinds[axis].value},
            "units": {axis: answer.units[axis]},
            "dataScanned": _scanned(answer),
        },
    }


def _name(series: Series) -> str:
    if series.is_other:
        return OTHER
    return ",".join("None" if value is None else str(value) for value in series.group.values())


def _scanned(answer: SeriesAnswer) -> str:
    return "partial" if answer.is_partial else "full"


class GroupValue(TypedDict):
    """One field of a group."""

    key: str
    value: JsonValue


class SeriesMeta(TypedDict):
    """What a series is; ``interval`` is milliseconds."""

    valueType: str
    valueUnit: str | None
    interval: float
    dataScanned: str
    order: NotRequired[int]
    isOther: NotRequired[bool]


class SeriesValue(TypedDict):
    """One stretch: when it begins (milliseconds), its value, and whether it is not over yet."""

    timestamp: float
    value: float
    incomplete: bool
    incompleteReason: NotRequired[str]
    comparisonValue: NotRequired[float]


class OneSeries(TypedDict):
    """One function of one group over time."""

    yAxis: str
    values: list[SeriesValue]
    meta: SeriesMeta
    groupBy: list[GroupValue] | None


class TimeSeriesMeta(TypedDict):
    """What was asked, and from when to when: milliseconds."""

    dataset: str
    start: float
    end: float


class TimeSeries(TypedDict):
    """All series, foremost group first."""

    meta: TimeSeriesMeta
    timeSeries: list[OneSeries]


def timeseries_shape(answer: SeriesAnswer, dataset: str, now: Micros) -> TimeSeries:
    """Return *answer* about *dataset*, as it was named, in the newer form."""
    end = answer.start + answer.count * answer.interval
    return {
        "meta": {
            "dataset": dataset,
            "start": answer.start // _MILLISECOND,
            "end": end // _MILLISECOND,
        },
        "timeSeries": list(_all_series(answer, now)),
    }


def _all_series(answer: SeriesAnswer, now: Micros) -> Iterator[OneSeries]:
    is_grouped = any(series.group or series.is_other for series in answer.series)
    for order, series in enumerate(answer.series):
        for axis in answer.kinds:
            meta: SeriesMeta = {
                "valueType": answer.kinds[axis].value,
                "valueUnit": answer.units[axis],
                "interval": answer.interval // _MILLISECOND,
                "dataScanned": _scanned(answer),
            }
            if is_grouped:
                meta["order"], meta["isOther"] = order, series.is_other
            groups: list[GroupValue] | None = None
            if is_grouped and not series.is_other:
                groups = [{"key": key, "value": value} for key, value in series.group.items()]
            yield {
                "yAxis": axis,
                "values": list(_values(answer, series, axis, now)),
                "meta": meta,
                "groupBy": groups,
            }


def _values(answer: SeriesAnswer, series: Series, axis: str, now: Micros) -> Iterator[SeriesValue]:
    earlier = None if series.before is None else series.before[axis]
    for n, value in enumerate(series.values[axis]):
        begin = answer.start + n * answer.interval
        shown: SeriesValue = {
            "timestamp": begin // _MILLISECOND,
            "value": value or 0,
            "incomplete": begin + answer.interval > now,
        }
        if shown["incomplete"]:
            shown["incompleteReason"] = "INCOMPLETE_BUCKET"
        if earlier is not None:
            shown["comparisonValue"] = earlier[n] or 0
        yield shown
