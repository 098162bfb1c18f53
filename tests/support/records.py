"""Log records and metric points, complete by default, and items that hold them."""

from typing import Any

from tests.support.builders import MORNING
from vedette.domain.logs import LogBatch, LogRecord
from vedette.domain.metrics import MetricBatch, MetricKind, MetricPoint
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
