"""OTLP data points → metric points.

Sums that only grow are counters, all other sums and gauges are gauges. Of a histogram's observations only the
buckets are known: each observation becomes a point within its bucket, so placed that their sum is the
histogram's. Totals since the start are marked as running; only the store knows what came before. A summary
gives its quantiles as gauges, and counters ``….count`` and ``….sum``.
Source: the OpenTelemetry metrics data model.
"""

import hashlib
import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.metrics import MetricBatch, MetricKind, MetricPoint, RunningTotal
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.processed import Arrival
from vedette.domain.times import LATEST, Micros
from vedette.processing.metrics import LONGEST_NAME
from vedette.processing.otlp.origin import Origin, Origins, flat, typed
from vedette.processing.otlp.reading import Export, read_points
from vedette.processing.otlp.values import (
    MOST_RECORDS,
    Buckets,
    DataPoint,
    Exemplar,
    ExponentialHistogram,
    Histogram,
    Summary,
)
from vedette.processing.timestamps import future_correction

_CUMULATIVE = 2
_LONGEST = 200
_MOST_ATTRIBUTES = 50
_COARSEST = 2  # bounds 19 % apart: scales above are brought to this one, for they change as values spread
_MOST_BUCKETS = 2_000
Bucket = tuple[int, float, float, int]  # number, lower and upper bound, observations


def process_points(export: Export[DataPoint], arrival: Arrival) -> MetricBatch:
    """Return the metric points; those without value, name or time are counted.

    Raises IngestError(BAD_METRIC) if none is usable.
    """
    origins = Origins()
    points: list[MetricPoint] = []
    remarks: dict[str, None] = {}
    invalid = 0
    for sent in export.records:
        lack = _lack(sent)
        if lack:
            invalid += 1
            remarks[lack] = None
        else:
            room = MOST_RECORDS - len(points)
            points.extend(islice(_points(sent, origins.of(sent.instrument.scope)), room))
            if len(points) == MOST_RECORDS:
                remarks[
                    f"more than {MOST_RECORDS:,} points would be made of it; the others were left out"
                ] = None
                break
    if not points and invalid:
        raise IngestError(Reason.BAD_METRIC, next(iter(remarks)))
    ahead = future_correction(max((point.ts for point in points), default=0), arrival)
    if ahead:
        points = [replace(point, ts=Micros(max(0, point.ts + ahead))) for point in points]
    return MetricBatch(tuple(points), invalid, tuple(remarks))


def read_point_entries(payload: bytes, content_type: str | None) -> list[JsonObject]:
    """Return ``{"attributes": …}`` of every data point in *payload*, in order. Raises IngestError."""
    origins = Origins()
    return [
        {"attributes": typed({**origins.of(point.instrument.scope).attributes, **_flat(point.attributes)})}
        for point in read_points(payload, content_type).records
    ]


def _lack(sent: DataPoint) -> str:
    if not sent.instrument.name:
        return "a metric has no name"
    if not 0 < sent.time // 1000 <= LATEST:
        return "a metric has no valid timestamp"
    if sent.data is None or (isinstance(sent.data, float) and not math.isfinite(sent.data)):
        return "a metric has no finite value"
    return ""


def _flat(attributes: JsonObject) -> JsonObject:
    return {key: flat(value) for key, value in attributes.items()}


def _points(sent: DataPoint, origin: Origin) -> Iterator[MetricPoint]:
    instrument, data = sent.instrument, sent.data
    point = MetricPoint(
        ts=Micros(sent.time // 1000),
        trace_id=None,
        span_id=None,
        name=instrument.name[:LONGEST_NAME],
        kind=MetricKind.GAUGE,
        value=0.0,
        unit=instrument.unit[:32] if instrument.unit != "1" else "",
        environment=origin.environment or None,
        release=origin.release or None,
        attributes=_series(sent.attributes, origin),
        n=sent.n,
    )
    runs = instrument.temporality == _CUMULATIVE
    if isinstance(data, float):
        if instrument.is_gauge or (runs and not instrument.is_monotonic):
            yield replace(point, value=data)
        else:
            found = replace(point, kind=MetricKind.COUNTER, value=data)
            yield _running(found, _Series(found, sent), "") if runs else found
    elif isinstance(data, Summary):
        yield from _summary(data, point, sent)
    elif data is not None:
        buckets = _explicit(data) if isinstance(data, Histogram) else _exponential(data)
        series = _Series(replace(point, kind=MetricKind.DISTRIBUTION), sent) if runs else None
        for bucket in _placed(buckets, data):
            yield _observed(bucket, point, sent, series)


def _series(attributes: JsonObject, origin: Origin) -> tuple[tuple[str, str], ...]:
    """What tells series apart: words, whole numbers and truths, and the service."""
    known: dict[str, JsonValue] = {
        **attributes,
        "service.name": origin.service,
        "sentry.environment": origin.environment,
        "sentry.release": origin.release,
    }
    found = []
    for key, value in known.items():
        if type(value) is bool:
            found.append((key[:_LONGEST], "true" if value else "false"))
        elif type(value) in (str, int) and value != "":
            found.append((key[:_LONGEST], str(value)[:_LONGEST]))
    return tuple(found[:_MOST_ATTRIBUTES])


class _Series:
    """What tells the running total of a data point from others, hashed once for all parts of the point."""

    def __init__(self, point: MetricPoint, sent: DataPoint) -> None:
        scope = sent.instrument.scope
        identity = orjson.dumps(
            [point.name, point.unit, point.kind.value, scope.name, scope.resource, sent.attributes],
            option=orjson.OPT_SORT_KEYS,
        )
        self._hash = hashlib.blake2b(identity, digest_size=16)
        self._since = Micros(sent.start // 1000)

    def total(self, part: str) -> RunningTotal:
        """Return the total since the start; *part* tells a histogram's buckets apart."""
        of_part = self._hash.copy()
        of_part.update(part.encode())
        return RunningTotal(of_part.digest(), self._since)


def _running(point: MetricPoint, series: _Series, part: str) -> MetricPoint:
    return replace(point, running=series.total(part))


def _summary(data: Summary, point: MetricPoint, sent: DataPoint) -> Iterator[MetricPoint]:
    for quantile, value in data.quantiles:
        if math.isfinite(value):
            attributes = (*point.attributes[: _MOST_ATTRIBUTES - 1], ("quantile", f"{quantile:g}"))
            yield replace(point, value=value, attributes=attributes)
    series = _Series(replace(point, kind=MetricKind.COUNTER), sent)
    for part, total in (("count", float(data.count)), ("sum", data.total)):
        if math.isfinite(total):
            name = f"{point.name[: LONGEST_NAME - 6]}.{part}"
            unit = point.unit if part == "sum" else ""
            yield _running(
                replace(point, name=name, unit=unit, kind=MetricKind.COUNTER, value=total), series, part
            )


def _observed(bucket: Bucket, point: MetricPoint, sent: DataPoint, series: _Series | None) -> MetricPoint:
    number, value, upper, count = bucket
    found = replace(point, kind=MetricKind.DISTRIBUTION, value=value, count=count)
    if count == 1 and (example := _example(sent.exemplars, value, upper)) is not None:
        found = replace(found, trace_id=example.trace_id or None, span_id=example.span_id or None)
    return found if series is None else _running(found, series, str(number))


def _example(exemplars: tuple[Exemplar, ...], value: float, reach: float) -> Exemplar | None:
    """The one measured near *value*, within *reach*: only where it must be the observation meant."""
    near = [one for one in exemplars if len(one.trace_id) == 16 and abs(one.value - value) <= reach]
    return near[0] if len(near) == 1 else None


def _explicit(data: Histogram) -> list[Bucket]:
    bounds = (-math.inf, *data.bounds, math.inf)
    counts = data.counts or (data.count,)
    return [
        (at, bounds[at], bounds[at + 1], count)
        for at, count in enumerate(counts[: len(bounds) - 1])
        if count > 0
    ]


def _exponential(data: ExponentialHistogram) -> list[Bucket]:
    found: list[Bucket] = [(0, 0.0, 0.0, data.zeros)] if data.zeros > 0 else []
    shift = max(0, data.scale - _COARSEST)
    scale = data.scale - shift
    for buckets, sign in ((data.positive, 1), (data.negative, -1)):
        merged: dict[int, int] = {}
        for at, count in _counted(buckets):
            place = (buckets.offset + at) >> shift
            merged[place] = merged.get(place, 0) + count
        for place, count in merged.items():
            near, far = _power(place, scale), _power(place + 1, scale)
            lower, upper = (near, far) if sign > 0 else (-far, -near)
            # Zero has number 0, the others stand at its sides, so that each keeps its own.
            found.append((sign * ((place << 1) + 1), lower, upper, count))
    return found


def _counted(buckets: Buckets) -> list[tuple[int, int]]:
    return [(at, count) for at, count in enumerate(buckets.counts) if count > 0][:_MOST_BUCKETS]


def _power(place: int, scale: int) -> float:
    try:
        return float(2.0 ** (place * 2.0**-scale))
    except OverflowError:
        return math.inf


def _placed(buckets: list[Bucket], data: Histogram | ExponentialHistogram) -> Iterator[Bucket]:
    """Yield number, value, half the bucket's width and count of each bucket.

    All values lie as far within their bounds, at the place where they add up to the sum, if that is known.
    """
    least, most = data.least, data.most
    bounded: list[Bucket] = []
    for number, lower, upper, count in buckets:
        low = max(lower, least) if least is not None else lower
        high = min(upper, most) if most is not None else upper
        if not math.isfinite(low):
            low = min(0.0, high) if math.isfinite(high) else 0.0
        if not math.isfinite(high):
            high = low
        bounded.append((number, low, max(low, high), count))
    floor = sum(low * count for _, low, _, count in bounded)
    room = sum((high - low) * count for _, low, high, count in bounded)
    share = 0.5
    if data.total is not None and room > 0 and math.isfinite(room) and math.isfinite(floor):
        share = min(1.0, max(0.0, (data.total - floor) / room))
    if data.total is not None and len(bounded) == 1 and bounded[0][3] == 1 and math.isfinite(data.total):
        number, low, high, count = bounded[0]
        bounded, share = [(number, data.total, data.total, count)], 0.0
    for number, low, high, count in bounded:
        value = low + share * (high - low)
        if math.isfinite(value):
            yield number, value, (high - low) / 2, count
