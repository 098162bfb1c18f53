"""OTLP's JSON → records. A parsed document in, values out.

The rules beside protobuf's usual JSON: ids are hexadecimal, 64-bit numbers may be text, enums are numbers
(their names are taken too, which some senders write), unknown members mean nothing. A member of a wrong type
counts as missing.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.outcomes import IngestError, Reason
from vedette.processing.otlp.values import (
    DEEPEST,
    Buckets,
    DataPoint,
    Exemplar,
    ExponentialHistogram,
    Histogram,
    Instrument,
    LogEntry,
    Scope,
    SpanEvent,
    SpanLink,
    SpanRecord,
    Summary,
    shared,
)

Origin = TypeVar("Origin")
Record = TypeVar("Record")

_ENUMS = {
    "SPAN_KIND_INTERNAL": 1,
    "SPAN_KIND_SERVER": 2,
    "SPAN_KIND_CLIENT": 3,
    "SPAN_KIND_PRODUCER": 4,
    "SPAN_KIND_CONSUMER": 5,
    "STATUS_CODE_OK": 1,
    "STATUS_CODE_ERROR": 2,
    "AGGREGATION_TEMPORALITY_DELTA": 1,
    "AGGREGATION_TEMPORALITY_CUMULATIVE": 2,
    **{
        f"SEVERITY_NUMBER_{level}{n or ''}": first + max(0, n - 1)
        for first, level in zip(
            range(1, 25, 4), ("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"), strict=True
        )
        for n in (0, 2, 3, 4)
    },
}
_LARGEST = (1 << 64) - 1
_POINTS = ("gauge", "sum", "histogram", "exponentialHistogram", "summary")


def spans(document: JsonObject, most: int) -> tuple[list[SpanRecord], int]:
    """Return the first *most* spans, and how many more there are. Raises IngestError(BAD_OTLP)."""
    return _collect(_parts(document, "resourceSpans", "scopeSpans", "spans"), _span, most)


def logs(document: JsonObject, most: int) -> tuple[list[LogEntry], int]:
    """Return the first *most* log records, and how many more there are. Raises IngestError(BAD_OTLP)."""
    return _collect(_parts(document, "resourceLogs", "scopeLogs", "logRecords"), _log, most)


def points(document: JsonObject, most: int) -> tuple[list[DataPoint], int]:
    """Return the first *most* data points, and how many more there are. Raises IngestError(BAD_OTLP)."""
    parts = (
        _instrument(scope, metric)
        for scope, metrics in _parts(document, "resourceMetrics", "scopeMetrics", "metrics")
        for metric in metrics
    )
    return _collect(parts, _point, most)


def _parts(
    document: JsonObject, outer: str, inner: str, records: str
) -> Iterator[tuple[Scope, list[JsonObject]]]:
    sent = document.get(outer, [])
    if type(sent) is not list:
        raise IngestError(Reason.BAD_OTLP, f"invalid OTLP: {outer} is not an array")
    for of in _objects(sent):
        resource = shared(_attributes(_object(of.get("resource")).get("attributes")))
        for under in _objects(of.get(inner)):
            scope = _object(under.get("scope"))
            yield (
                Scope(
                    resource,
                    _text(scope.get("name")),
                    _text(scope.get("version")),
                    shared(_attributes(scope.get("attributes"))),
                ),
                _objects(under.get(records)),
            )


def _collect(
    parts: Iterable[tuple[Origin, list[JsonObject]]],
    make: Callable[[Origin, int, JsonObject], Record],
    most: int,
) -> tuple[list[Record], int]:
    records: list[Record] = []
    surplus = 0
    for origin, sent in parts:
        room = most - len(records)
        surplus += max(0, len(sent) - room)
        for one in sent[:room]:
            records.append(make(origin, len(records), one))
    return records, surplus


def _span(scope: Scope, n: int, span: JsonObject) -> SpanRecord:
    status = _object(span.get("status"))
    return SpanRecord(
        scope=scope,
        n=n,
        trace_id=_id(span.get("traceId")),
        span_id=_id(span.get("spanId")),
        parent_id=_id(span.get("parentSpanId")),
        name=_text(span.get("name")),
        kind=_whole(span.get("kind")),
        start=_whole(span.get("startTimeUnixNano")),
        end=_whole(span.get("endTimeUnixNano")),
        attributes=_attributes(span.get("attributes")),
        events=tuple(
            SpanEvent(
                _whole(event.get("timeUnixNano")),
                _text(event.get("name")),
                _attributes(event.get("attributes")),
            )
            for event in _objects(span.get("events"))
        ),
        links=tuple(
            SpanLink(
                _id(link.get("traceId")),
                _id(link.get("spanId")),
                _attributes(link.get("attributes")),
                _whole(link.get("flags")),
            )
            for link in _objects(span.get("links"))
        ),
        status=_whole(status.get("code")),
        message=_text(status.get("message")),
        flags=_whole(span.get("flags")),
        trace_state=_text(span.get("traceState")),
    )


def _log(scope: Scope, n: int, record: JsonObject) -> LogEntry:
    return LogEntry(
        scope=scope,
        n=n,
        time=_whole(record.get("timeUnixNano")),
        observed=_whole(record.get("observedTimeUnixNano")),
        severity=_whole(record.get("severityNumber")),
        severity_text=_text(record.get("severityText")),
        body=_value(record.get("body"), 0),
        attributes=_attributes(record.get("attributes")),
        trace_id=_id(record.get("traceId")),
        span_id=_id(record.get("spanId")),
        event_name=_text(record.get("eventName")),
    )


def _instrument(scope: Scope, metric: JsonObject) -> tuple[tuple[Instrument, "Measured"], list[JsonObject]]:
    which = next((name for name in _POINTS if type(metric.get(name)) is dict), "")
    data: JsonObject = metric.get(which) or {}
    instrument = Instrument(
        scope=scope,
        name=_text(metric.get("name")),
        unit=_text(metric.get("unit")),
        temporality=_whole(data.get("aggregationTemporality")),
        is_monotonic=data.get("isMonotonic") is True,
        is_gauge=which == "gauge",
    )
    return (instrument, _READ.get(which, _number)), _objects(data.get("dataPoints"))


def _point(origin: tuple[Instrument, "Measured"], n: int, point: JsonObject) -> DataPoint:
    instrument, read = origin
    return DataPoint(
        instrument=instrument,
        n=n,
        start=_whole(point.get("startTimeUnixNano")),
        time=_whole(point.get("timeUnixNano")),
        attributes=_attributes(point.get("attributes")),
        exemplars=tuple(
            Exemplar(_number(one) or 0.0, _id(one.get("traceId")), _id(one.get("spanId")))
            for one in _objects(point.get("exemplars"))
        ),
        data=None if _whole(point.get("flags")) & 1 else read(point),
    )


def _number(point: JsonObject) -> float | None:
    value = _real(point.get("asDouble"))
    return _real(point.get("asInt")) if value is None else value


def _histogram(point: JsonObject) -> Histogram:
    return Histogram(
        count=_whole(point.get("count")),
        total=_real(point.get("sum")),
        least=_real(point.get("min")),
        most=_real(point.get("max")),
        bounds=tuple(_real(bound) or 0.0 for bound in _list(point.get("explicitBounds"))),
        counts=tuple(_whole(count) for count in _list(point.get("bucketCounts"))),
    )


def _exponential(point: JsonObject) -> ExponentialHistogram:
    return ExponentialHistogram(
        count=_whole(point.get("count")),
        total=_real(point.get("sum")),
        least=_real(point.get("min")),
        most=_real(point.get("max")),
        scale=_signed(point.get("scale")),
        zeros=_whole(point.get("zeroCount")),
        positive=_buckets(_object(point.get("positive"))),
        negative=_buckets(_object(point.get("negative"))),
    )


def _buckets(sent: JsonObject) -> Buckets:
    return Buckets(
        _signed(sent.get("offset")), tuple(_whole(count) for count in _list(sent.get("bucketCounts")))
    )


def _summary(point: JsonObject) -> Summary:
    pairs = tuple(
        (_real(one.get("quantile")) or 0.0, _real(one.get("value")) or 0.0)
        for one in _objects(point.get("quantileValues"))
    )
    return Summary(_whole(point.get("count")), _real(point.get("sum")) or 0.0, pairs)


Measured = Callable[[JsonObject], float | Histogram | ExponentialHistogram | Summary | None]
"""Reads the data of one point."""

_READ: dict[str, Measured] = {
    "histogram": _histogram,
    "exponentialHistogram": _exponential,
    "summary": _summary,
}


def _attributes(pairs: JsonValue, depth: int = 0) -> JsonObject:
    return {
        pair["key"]: _value(pair.get("value"), depth)
        for pair in _objects(pairs)
        if type(pair.get("key")) is str
    }


def _value(value: JsonValue, depth: int) -> JsonValue:
    """An AnyValue: an object with one member that names its type."""
    for name, found in _object(value).items():
        read = _VALUES.get(name)
        if read is not None and found is not None:
            return read(found, depth)
    return None


def _double(found: JsonValue, depth: int) -> JsonValue:
    number = _real(found)
    if number is None:
        return found if type(found) is str else None
    return number


def _array(found: JsonValue, depth: int) -> JsonValue:
    if depth >= DEEPEST:
        return None
    return [_value(one, depth + 1) for one in _list(_object(found).get("values"))]


def _pairs(found: JsonValue, depth: int) -> JsonValue:
    return None if depth >= DEEPEST else _attributes(_object(found).get("values"), depth + 1)


_VALUES: dict[str, Callable[[JsonValue, int], JsonValue]] = {
    "stringValue": lambda found, depth: found if type(found) is str else None,
    "boolValue": lambda found, depth: found if type(found) is bool else None,
    "intValue": lambda found, depth: _signed(found),
    "doubleValue": _double,
    "arrayValue": _array,
    "kvlistValue": _pairs,
    "bytesValue": lambda found, depth: found if type(found) is str else None,
}


def _list(value: JsonValue) -> list[JsonValue]:
    return value if type(value) is list else []


def _objects(value: JsonValue) -> list[JsonObject]:
    return [one for one in value if type(one) is dict] if type(value) is list else []


def _object(value: JsonValue) -> JsonObject:
    return value if type(value) is dict else {}


def _text(value: JsonValue) -> str:
    return value if type(value) is str else ""


def _id(value: JsonValue) -> bytes:
    try:
        return bytes.fromhex(value) if type(value) is str and len(value) <= 64 else b""
    except ValueError:
        return b""


def _signed(value: JsonValue) -> int:
    if type(value) is int:
        return value if abs(value) <= _LARGEST else 0
    if type(value) is float and value.is_integer() and abs(value) <= _LARGEST:
        return int(value)
    if type(value) is str:
        if value in _ENUMS:
            return _ENUMS[value]
        digits = value[1:] if value[:1] == "-" else value
        if len(digits) <= 20 and digits.isascii() and digits.isdigit():
            return _signed(int(value))
    return 0


def _whole(value: JsonValue) -> int:
    return max(0, _signed(value))


def _real(value: JsonValue) -> float | None:
    """A finite number, or None: ``NaN`` and the infinities say that nothing is known."""
    if type(value) in (int, float):
        return float(value)
    if type(value) is str and len(value) <= 40:
        try:
            number = float(value)
        except ValueError:
            return None
        return number if math.isfinite(number) else None
    return None
