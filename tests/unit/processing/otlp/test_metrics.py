"""OTLP data points of each kind into metric points, from both encodings."""

from pathlib import Path
from typing import Any

import orjson
import pytest
from google.protobuf.json_format import ParseDict
from hypothesis import given, settings
from hypothesis import strategies as st
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest

from vedette.domain.metrics import MetricKind, MetricPoint
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.processed import Arrival
from vedette.processing.otlp import metrics as module
from vedette.processing.otlp.metrics import process_points, read_point_entries
from vedette.processing.otlp.reading import JSON_TYPE, PROTOBUF_TYPE, read_points
from vedette.processing.otlp.values import LARGEST_SHARED

DATA = Path(__file__).parents[3] / "data" / "otlp"
ARRIVAL = Arrival(received=1795500000_000000)
T = 1795416164_000_000_000
TIMES = {"startTimeUnixNano": str(T - 10**9), "timeUnixNano": str(T)}


def request(*metrics: dict[str, Any]) -> dict[str, Any]:
    resource = {"attributes": [{"key": "service.name", "value": {"stringValue": "shop"}}]}
    return {"resourceMetrics": [{"resource": resource, "scopeMetrics": [{"metrics": [*metrics]}]}]}


def metric(kind: str, *points: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": "m", "unit": "ms", kind: {"dataPoints": [{**TIMES, **point} for point in points], **more}}


def points(*metrics: dict[str, Any]) -> tuple[MetricPoint, ...]:
    """The points of the request in both encodings, which must be the same."""
    document = request(*metrics)
    packed = ParseDict(document, ExportMetricsServiceRequest()).SerializeToString()
    export = read_points(orjson.dumps(document), JSON_TYPE)
    assert read_points(packed, PROTOBUF_TYPE) == export
    return process_points(export, ARRIVAL).points


def test_gauges_and_sums() -> None:
    gauge = metric("gauge", {"asDouble": 1.5, "attributes": [{"key": "till", "value": {"intValue": "4"}}]})
    delta = metric("sum", {"asInt": "3"}, aggregationTemporality=1, isMonotonic=True)
    running = metric("sum", {"asInt": "3"}, aggregationTemporality=2, isMonotonic=True)
    level = metric("sum", {"asInt": "-2"}, aggregationTemporality=2)
    found = points(gauge, delta, running, level)
    assert [(one.kind, one.value, one.running is not None, one.n) for one in found] == [
        (MetricKind.GAUGE, 1.5, False, 0),
        (MetricKind.COUNTER, 3.0, False, 1),
        (MetricKind.COUNTER, 3.0, True, 2),
        (MetricKind.GAUGE, -2.0, False, 3),
    ]
    assert found[0].attributes == (("till", "4"), ("service.name", "shop"))
    assert (found[0].ts, found[0].unit, found[2].running and found[2].running.since) == (
        T // 1000,
        "ms",
        T // 1000 - 1_000_000,
    )


def test_each_series_runs_by_itself() -> None:
    def one(value: str) -> dict[str, Any]:
        return {"asInt": "1", "attributes": [{"key": "kind", "value": {"stringValue": value}}]}

    found = points(metric("sum", one("a"), one("b"), one("a"), aggregationTemporality=2, isMonotonic=True))
    a, b, again = (each.running.series for each in found if each.running)
    assert a == again != b


def test_a_histogram_s_observations_add_up() -> None:
    sent = {
        "count": "4",
        "sum": 40.0,
        "min": 1.0,
        "max": 24.0,
        "explicitBounds": [5.0, 20.0],
        "bucketCounts": ["2", "1", "1"],
    }
    found = points(metric("histogram", sent, aggregationTemporality=1))
    assert [one.count for one in found] == [2, 1, 1]
    assert sum(one.value * one.count for one in found) == pytest.approx(40)
    assert 1 <= found[0].value <= 5 <= found[1].value <= 20 <= found[2].value <= 24
    assert {one.kind for one in found} == {MetricKind.DISTRIBUTION}
    running = points(metric("histogram", sent, aggregationTemporality=2))
    assert len({one.running.series for one in running if one.running}) == 3


def test_a_histogram_without_bounds_sum_or_extremes_has_points_too() -> None:
    assert [
        (one.value, one.count)
        for one in points(metric("histogram", {"count": "2", "sum": 6.0, "min": 2.0, "max": 4.0}))
    ] == [(3.0, 2)]
    assert [(one.value, one.count) for one in points(metric("histogram", {"count": "1", "sum": 7.0}))] == [
        (7.0, 1)
    ]
    bounds = {"count": "2", "explicitBounds": [10.0], "bucketCounts": ["1", "1"]}
    assert [one.value for one in points(metric("histogram", bounds))] == [5.0, 10.0]


def test_a_single_observation_knows_its_trace() -> None:
    trace = {"traceId": "", "spanId": ""}
    sent = {"count": "1", "sum": 7.0, "exemplars": [{"asDouble": 7.0, **trace}]}
    assert points(metric("histogram", sent))[0].trace_id is None
    document = request(
        metric(
            "histogram", {**sent, "exemplars": [{"asDouble": 7.0, "traceId": "ab" * 16, "spanId": "cd" * 8}]}
        )
    )
    (found,) = process_points(read_points(orjson.dumps(document), JSON_TYPE), ARRIVAL).points
    assert (found.trace_id, found.span_id) == (b"\xab" * 16, b"\xcd" * 8)


@pytest.mark.parametrize("scale", [0, 3, 20])
def test_an_exponential_histogram(scale: int) -> None:
    at = 3 << scale  # the bucket above 8 at any scale
    sent = {
        "count": "4",
        "sum": 8.0,
        "scale": scale,
        "zeroCount": "1",
        "positive": {"offset": at, "bucketCounts": ["2"]},
        "negative": {"offset": at, "bucketCounts": ["1"]},
    }
    found = points(metric("exponentialHistogram", sent, aggregationTemporality=2))
    assert [one.count for one in found] == [1, 2, 1]
    assert found[0].value == 0
    assert 8 <= found[1].value <= 16
    assert -16 <= found[2].value <= -8
    assert len({one.running.series for one in found if one.running}) == 3


def test_a_finer_scale_is_the_same_series() -> None:
    def series(scale: int) -> bytes:
        sent = {
            "count": "1",
            "sum": 9.0,
            "scale": scale,
            "positive": {"offset": 3 << scale, "bucketCounts": ["1"]},
        }
        (found,) = points(metric("exponentialHistogram", sent, aggregationTemporality=2))
        assert found.running is not None
        return found.running.series

    assert series(20) == series(5) == series(2)


def test_a_summary() -> None:
    sent = {
        "count": "3",
        "sum": 9.0,
        "quantileValues": [{"quantile": 0.5, "value": 2.0}, {"quantile": 1.0, "value": 5.0}],
    }
    found = points(metric("summary", sent))
    assert [(one.name, one.kind.value, one.value, dict(one.attributes).get("quantile")) for one in found] == [
        ("m", "gauge", 2.0, "0.5"),
        ("m", "gauge", 5.0, "1"),
        ("m.count", "counter", 3.0, None),
        ("m.sum", "counter", 9.0, None),
    ]


def test_unusable_points_are_counted() -> None:
    document = request(
        metric(
            "gauge", {"asDouble": 1.0}, {"flags": 1}, {"asDouble": "NaN"}, {"asInt": "1", "timeUnixNano": "0"}
        )
    )
    batch = process_points(read_points(orjson.dumps(document), JSON_TYPE), ARRIVAL)
    assert (len(batch.points), batch.invalid) == (1, 3)
    assert batch.remarks == ("a metric has no finite value", "a metric has no valid timestamp")
    with pytest.raises(IngestError) as caught:
        process_points(
            read_points(orjson.dumps(request({"gauge": {"dataPoints": [TIMES]}})), JSON_TYPE), ARRIVAL
        )
    assert caught.value.reason is Reason.BAD_METRIC


def test_recorded_exporters() -> None:
    export = read_points((DATA / "python-metrics.body").read_bytes(), PROTOBUF_TYPE)
    found = process_points(export, ARRIVAL).points
    assert [(one.name, one.value) for one in found[:2]] == [("tea.sold", 3.0), ("tea.sold", 4.0)]
    assert sum(one.value * one.count for one in found[2:]) == pytest.approx(333)
    entries = read_point_entries((DATA / "python-metrics.body").read_bytes(), PROTOBUF_TYPE)
    assert entries[1]["attributes"]["kind"] == {"value": "b", "type": "string"}
    export = read_points((DATA / "javascript-metrics.body").read_bytes(), JSON_TYPE)
    assert [one.name for one in process_points(export, ARRIVAL).points] == ["loom.count"]


VALUES = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**64),
    st.floats(),
    st.text(max_size=4),
    st.lists(st.floats(), max_size=4),
)
NAMES = (
    "asInt", "asDouble", "count", "sum", "min", "max", "explicitBounds", "bucketCounts", "scale", "zeroCount",
    "positive", "negative", "offset", "quantileValues", "quantile", "value", "timeUnixNano", "flags",
    "exemplars",
)  # fmt: skip
POINT = st.dictionaries(
    st.sampled_from(NAMES),
    st.one_of(VALUES, st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=3)),
    max_size=6,
)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(
    st.sampled_from(("gauge", "sum", "histogram", "exponentialHistogram", "summary")),
    POINT,
    st.integers(0, 2),
)
def test_any_point_is_read_or_refused(kind: str, point: dict[str, Any], temporality: int) -> None:
    payload = orjson.dumps(request(metric(kind, point, aggregationTemporality=temporality, isMonotonic=True)))
    try:
        for found in process_points(read_points(payload, JSON_TYPE), ARRIVAL).points:
            assert abs(found.value) < float("inf")
            assert found.count >= 1
    except IngestError:
        pass


def test_points_made_of_one_request_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_RECORDS", 5)
    buckets = {"count": "9", "bucketCounts": ["3", "3", "3"], "explicitBounds": [1.0, 2.0]}
    document = request(metric("histogram", buckets, buckets, buckets, aggregationTemporality=1))
    batch = process_points(read_points(orjson.dumps(document), JSON_TYPE), ARRIVAL)
    assert len(batch.points) == 5
    assert batch.remarks == ("more than 5 points would be made of it; the others were left out",)


def test_what_all_records_of_a_resource_share_is_bounded() -> None:
    sent = {f"k{n}": "x" * 1_000 for n in range(500)} | {"huge": "y" * LARGEST_SHARED}
    attributes = [{"key": key, "value": {"stringValue": value}} for key, value in sent.items()]
    one = metric("gauge", {"asDouble": 1.5})
    document = {
        "resourceMetrics": [{"resource": {"attributes": attributes}, "scopeMetrics": [{"metrics": [one]}]}]
    }
    packed = ParseDict(document, ExportMetricsServiceRequest()).SerializeToString()
    for export in (read_points(orjson.dumps(document), JSON_TYPE), read_points(packed, PROTOBUF_TYPE)):
        (point,) = export.records
        kept = point.instrument.scope.resource
        assert len(orjson.dumps(kept)) < LARGEST_SHARED * 1.1
        assert list(kept)[:2] == ["k0", "k1"]
