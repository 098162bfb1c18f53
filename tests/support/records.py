"""Log records and metric points, complete by default, and items that hold them."""

from typing import Any

from tests.support.builders import MORNING
from vedette.domain.logs import LogBatch, LogRecord
from vedette.domain.metrics import MetricBatch, MetricKind, MetricPoint
from vedette.domain.processed import Span
from vedette.domain.vitals import PageVitals, VitalScore, WebVital
from vedette.store.writer.records import ItemRecord


def a_log(body: str = "till opened", **changes: Any) -> LogRecord:
    values: dict[str, Any] = {
        "ts": MORNING,
        "trace_id": None,
        "span_id": None,
        "severity": 9,
        "body": body,
        "environment": "qa",
        "release": "shop@1.0",
        "n": 0,
    }
    return LogRecord(**(values | changes))


def a_point(name: str = "orders.paid", value: float = 1.0, **changes: Any) -> MetricPoint:
    values: dict[str, Any] = {
        "ts": MORNING,
        "trace_id": None,
        "span_id": None,
        "name": name,
        "kind": MetricKind.COUNTER,
        "value": value,
        "unit": "",
        "environment": "qa",
        "release": "shop@1.0",
        "attributes": (),
        "n": 0,
    }
    return MetricPoint(**(values | changes))


def some_logs(*records: LogRecord, n: int = 0) -> ItemRecord:
    """Return item *n* of an envelope with *records*, numbered as they stand."""
    numbered = tuple(_at_place(record, place) for place, record in enumerate(records))
    return ItemRecord(n, "log", 3, 0, values=[LogBatch(numbered)])


def some_points(*points: MetricPoint, n: int = 0) -> ItemRecord:
    """Return item *n* of an envelope with *points*, numbered as they stand."""
    numbered = tuple(_at_place(point, place) for place, point in enumerate(points))
    return ItemRecord(n, "trace_metric", 3, 0, values=[MetricBatch(numbered)])


def _at_place(entry: Any, place: int) -> Any:
    return type(entry)(**{name: getattr(entry, name) for name in entry.__slots__} | {"n": place})


def vitals_of(span: Span, trace_id: bytes, *, page: str = "/cart", **values: float) -> PageVitals:
    """Return the web vitals *values* that *span* brought, with a score of one half."""
    return PageVitals(
        ts=span.start,
        trace_id=trace_id,
        span_id=span.span_id,
        segment_id=span.span_id,
        page=page,
        op=span.op,
        browser="Chrome",
        environment="qa",
        release="shop@1.0",
        values=tuple((WebVital(name), value) for name, value in values.items()),
        scores=(VitalScore(WebVital.LCP, 0.5, 1.0),),
    )


def some_vitals(*vitals: PageVitals, n: int = 0) -> ItemRecord:
    """Return item *n* of an envelope with *vitals*."""
    return ItemRecord(n, "span", 3, 0, values=list(vitals))
