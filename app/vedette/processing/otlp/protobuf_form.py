"""OTLP's protobuf messages → records. Bytes in, values out."""

import base64
import math
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from google.protobuf.message import DecodeError
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

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

Message = Any  # of a generated class: their attributes are known at run time only
Record = TypeVar("Record")


def spans(payload: bytes, most: int) -> tuple[list[SpanRecord], int]:
    """Return the first *most* spans, and how many more there are. Raises IngestError(BAD_OTLP)."""
    request = _parse(ExportTraceServiceRequest, payload)
    parts = (
        (_scope(resource, under.scope), under.spans)
        for of in request.resource_spans
        for resource in (_shared(of.resource),)  # once for all its scopes
        for under in of.scope_spans
    )
    return _collect(parts, _span, most)


def logs(payload: bytes, most: int) -> tuple[list[LogEntry], int]:
    """Return the first *most* log records, and how many more there are. Raises IngestError(BAD_OTLP)."""
    request = _parse(ExportLogsServiceRequest, payload)
    parts = (
        (_scope(resource, under.scope), under.log_records)
        for of in request.resource_logs
        for resource in (_shared(of.resource),)  # once for all its scopes
        for under in of.scope_logs
    )
    return _collect(parts, _log, most)


def points(payload: bytes, most: int) -> tuple[list[DataPoint], int]:
    """Return the first *most* data points, and how many more there are. Raises IngestError(BAD_OTLP)."""
    request = _parse(ExportMetricsServiceRequest, payload)
    parts = (
        _instrument(_scope(resource, under.scope), metric)
        for of in request.resource_metrics
        for resource in (_shared(of.resource),)  # once for all its scopes
        for under in of.scope_metrics
        for metric in under.metrics
    )
    return _collect(parts, _point, most)


def _parse(kind: Any, payload: bytes) -> Message:
    try:
        return kind.FromString(payload)
    except DecodeError as error:
        raise IngestError(Reason.BAD_OTLP, f"invalid protobuf: {error}"[:300]) from None


Origin = TypeVar("Origin")


def _collect(
    parts: Iterable[tuple[Origin, Any]], make: Callable[[Origin, int, Message], Record], most: int
) -> tuple[list[Record], int]:
    records: list[Record] = []
    surplus = 0
    for origin, messages in parts:
        room = most - len(records)
        surplus += max(0, len(messages) - room)
        for message in messages[:room]:
            records.append(make(origin, len(records), message))
    return records, surplus


def _shared(sent: Message) -> JsonObject:
    return shared(_attributes(sent.attributes))


def _scope(resource: JsonObject, scope: Message) -> Scope:
    return Scope(resource, scope.name, scope.version, _shared(scope))


def _span(scope: Scope, n: int, span: Message) -> SpanRecord:
    status = span.status
    return SpanRecord(
        scope=scope,
        n=n,
        trace_id=span.trace_id,
        span_id=span.span_id,
        parent_id=span.parent_span_id,
        name=span.name,
        kind=span.kind,
        start=span.start_time_unix_nano,
        end=span.end_time_unix_nano,
        attributes=_attributes(span.attributes),
        events=tuple(
            SpanEvent(event.time_unix_nano, event.name, _attributes(event.attributes))
            for event in span.events
        ),
        links=tuple(
            SpanLink(link.trace_id, link.span_id, _attributes(link.attributes), link.flags)
            for link in span.links
        ),
        status=status.code,
        message=status.message,
        flags=span.flags,
        trace_state=span.trace_state,
    )


def _log(scope: Scope, n: int, record: Message) -> LogEntry:
    return LogEntry(
        scope=scope,
        n=n,
        time=record.time_unix_nano,
        observed=record.observed_time_unix_nano,
        severity=record.severity_number,
        severity_text=record.severity_text,
        body=_value(record.body) if record.HasField("body") else None,
        attributes=_attributes(record.attributes),
        trace_id=record.trace_id,
        span_id=record.span_id,
        event_name=getattr(record, "event_name", ""),  # since 1.5 of the messages
    )


def _instrument(scope: Scope, metric: Message) -> tuple[Instrument, Any]:
    which = metric.WhichOneof("data")
    data = None if which is None else getattr(metric, which)
    instrument = Instrument(
        scope=scope,
        name=metric.name,
        unit=metric.unit,
        temporality=getattr(data, "aggregation_temporality", 0),
        is_monotonic=getattr(data, "is_monotonic", False),
        is_gauge=which == "gauge",
    )
    return instrument, () if data is None else data.data_points


def _point(instrument: Instrument, n: int, point: Message) -> DataPoint:
    return DataPoint(
        instrument=instrument,
        n=n,
        start=point.start_time_unix_nano,
        time=point.time_unix_nano,
        attributes=_attributes(point.attributes),
        exemplars=tuple(
            Exemplar(float(getattr(one, one.WhichOneof("value") or "as_double")), one.trace_id, one.span_id)
            for one in getattr(point, "exemplars", ())
        ),
        data=None if point.flags & 1 else _READ[point.DESCRIPTOR.name](point),
    )


def _number(point: Message) -> float | None:
    which = point.WhichOneof("value")
    return None if which is None else float(getattr(point, which))


def _optional(point: Message, name: str) -> float | None:
    return getattr(point, name) if point.HasField(name) else None


def _histogram(point: Message) -> Histogram:
    return Histogram(
        count=point.count,
        total=_optional(point, "sum"),
        least=_optional(point, "min"),
        most=_optional(point, "max"),
        bounds=tuple(point.explicit_bounds),
        counts=tuple(point.bucket_counts),
    )


def _exponential(point: Message) -> ExponentialHistogram:
    positive, negative = point.positive, point.negative
    return ExponentialHistogram(
        count=point.count,
        total=_optional(point, "sum"),
        least=_optional(point, "min"),
        most=_optional(point, "max"),
        scale=point.scale,
        zeros=point.zero_count,
        positive=Buckets(positive.offset, tuple(positive.bucket_counts)),
        negative=Buckets(negative.offset, tuple(negative.bucket_counts)),
    )


def _summary(point: Message) -> Summary:
    pairs = tuple((one.quantile, one.value) for one in point.quantile_values)
    return Summary(point.count, point.sum, pairs)


_READ: dict[str, Callable[[Message], float | Histogram | ExponentialHistogram | Summary | None]] = {
    "NumberDataPoint": _number,
    "HistogramDataPoint": _histogram,
    "ExponentialHistogramDataPoint": _exponential,
    "SummaryDataPoint": _summary,
}


def _attributes(pairs: Iterable[Message], depth: int = 0) -> JsonObject:
    return {pair.key: _value(pair.value, depth) for pair in pairs}


def _value(value: Message, depth: int = 0) -> JsonValue:
    which = value.WhichOneof("value")
    if which is None:
        return None
    found = getattr(value, which)
    if which == "double_value":
        return found if math.isfinite(found) else str(found)
    if which == "bytes_value":
        return base64.b64encode(found).decode()
    if which in ("array_value", "kvlist_value"):
        if depth >= DEEPEST:
            return None
        if which == "array_value":
            return [_value(one, depth + 1) for one in found.values]
        return _attributes(found.values, depth + 1)
    return found
