"""Metric containers: what each point becomes, and what is wrong with those that become none."""

from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.payloads import ANYTHING, recorded
from vedette.domain.metrics import MetricBatch, MetricKind, MetricPoint
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.processed import Arrival
from vedette.domain.times import DAY, SECOND, Micros
from vedette.processing.containers import stored_entries
from vedette.processing.metrics import metric_details, process_metrics

NOW = Micros(1_795_500_000 * SECOND)
ARRIVAL = Arrival(received=NOW)


def a_point(**changes: Any) -> dict[str, Any]:
    point = {
        "timestamp": NOW / 1e6,
        "trace_id": "ab" * 16,
        "name": "till.latency",
        "type": "distribution",
        "value": 187.5,
    }
    return point | changes


def process(*points: Any, arrival: Arrival = ARRIVAL, **more: Any) -> MetricBatch:
    return process_metrics(orjson.dumps({"version": 2, "items": points} | more), arrival)


def one(**changes: Any) -> MetricPoint:
    (point,) = process(a_point(**changes)).points
    return point


def test_a_point_has_all_that_its_row_needs() -> None:
    attributes = {
        "sentry.environment": {"value": "qa", "type": "string"},
        "sentry.release": {"value": "shop@1.0", "type": "string"},
        "sentry.sdk.name": {"value": "sentry.python", "type": "string"},
        "till": {"value": 3, "type": "integer"},
        "vip": {"value": True, "type": "boolean"},
        "weight": {"value": 0.25, "type": "double"},
        "list": {"value": ["a"], "type": "array"},
        "odd": "x",
    }
    assert one(span_id="cd" * 8, unit="millisecond", attributes=attributes) == MetricPoint(
        ts=NOW,
        trace_id=b"\xab" * 16,
        span_id=b"\xcd" * 8,
        name="till.latency",
        kind=MetricKind.DISTRIBUTION,
        value=187.5,
        unit="millisecond",
        environment="qa",
        release="shop@1.0",
        attributes=(
            ("sentry.environment", "qa"),
            ("sentry.release", "shop@1.0"),
            ("till", "3"),
            ("vip", "true"),
        ),
        n=0,
    )


@pytest.mark.parametrize("unit", [None, "", "none", 7])
def test_no_unit_is_the_empty_one(unit: Any) -> None:
    assert one(unit=unit).unit == ""


@pytest.mark.parametrize(
    ("changes", "remark"),
    [
        ({"name": None}, "a metric has no name"),
        ({"name": ""}, "a metric has no name"),
        ({"name": 7}, "a metric has no name"),
        ({"type": "set"}, "a metric has no known type"),
        ({"type": ["gauge"]}, "a metric has no known type"),
        ({"value": None}, "a metric has no finite value"),
        ({"value": "7"}, "a metric has no finite value"),
        ({"value": True}, "a metric has no finite value"),
        ({"timestamp": None}, "a metric has no valid timestamp"),
    ],
)
def test_unusable_points_are_counted_and_the_rest_is_kept(changes: Any, remark: str) -> None:
    batch = process(a_point(**changes), a_point(), [])
    assert [point.n for point in batch.points] == [1]
    assert (batch.invalid, batch.remarks) == (2, (remark, "a metric is not an object"))


def test_a_container_without_any_usable_point_says_why() -> None:
    with pytest.raises(IngestError, match="a metric has no name") as caught:
        process(a_point(name=None))
    assert caught.value.reason is Reason.BAD_METRIC
    assert process() == MetricBatch(())


def test_long_texts_and_many_attributes_are_bounded() -> None:
    many = {f"k{n}": {"value": "v" * 300, "type": "string"} for n in range(80)}
    point = one(name="n" * 300, unit="u" * 99, attributes=many)
    assert (len(point.name), len(point.unit), len(point.attributes)) == (200, 32, 50)
    assert {len(value) for _, value in point.attributes} == {200}


def test_points_from_the_future_move_back_together() -> None:
    old, new = process(a_point(), a_point(timestamp=(NOW + DAY) / 1e6)).points
    assert (old.ts, new.ts) == (NOW - DAY, NOW)


@pytest.mark.parametrize(
    ("scenario", "expected"),
    [
        (
            "py-shop-metrics",
            [("orders.paid", "counter", 3, ""), ("queue.depth", "gauge", 17, ""),
             ("till.latency", "distribution", 187.5, "millisecond")],
        ),
        (
            "node10-cafe-metrics",
            [("cups", "counter", 1, ""), ("water.level", "gauge", 1.25, "liter"),
             ("brew.time", "distribution", 27000, "millisecond")],
        ),
    ],
)  # fmt: skip
def test_points_of_real_clients(scenario: str, expected: list[Any]) -> None:
    (payload,) = recorded(scenario, "trace_metric")
    points = process_metrics(payload, Arrival(received=NOW)).points
    assert [(p.name, p.kind.value, p.value, p.unit) for p in points] == expected
    assert all(point.environment == "qa" and point.trace_id for point in points)


def test_the_details_of_a_point_are_as_sent() -> None:
    (payload,) = recorded("node10-cafe-metrics", "trace_metric")
    details = metric_details(stored_entries(payload)[0])
    assert (details["name"], details["type"], details["value"], details["unit"]) == (
        "cups",
        "counter",
        1,
        None,
    )
    assert details["attributes"]["size"] == {"value": "small", "type": "string"}


FIELDS = ("timestamp", "trace_id", "span_id", "name", "type", "value", "unit", "attributes")


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), ANYTHING), ANYTHING)
def test_only_ingest_errors_escape(changes: dict[str, Any], ingest: Any) -> None:
    try:
        payload = orjson.dumps({"ingest_settings": ingest, "items": [a_point(**changes), changes]})
    except TypeError:  # an integer that JSON of this writer cannot hold
        return
    try:
        batch = process_metrics(payload, ARRIVAL)
    except IngestError:
        return
    assert len(batch.points) + batch.invalid == 2
    for entry in stored_entries(payload):
        metric_details(entry)
