"""Metrics: names, pages of points, series by hour and attribute."""

from typing import Any

import pytest

from tests.support.builders import MORNING
from tests.support.records import a_point, some_points
from tests.support.store_rows import FilledStore, assert_walks
from vedette.domain.metrics import MetricKind
from vedette.domain.times import HOUR, MINUTE, Micros
from vedette.store.queries import metrics
from vedette.store.queries.metrics import MetricFilter, MetricName, MetricRow, MetricSums

TRACE = b"t" * 16
COUNTER, GAUGE, SPREAD = MetricKind.COUNTER, MetricKind.GAUGE, MetricKind.DISTRIBUTION


def fill(store: FilledStore) -> None:
    """Write four hours of three metrics: orders by payment in two projects, a load, a latency."""
    web = store.project("web")
    for n in range(12):
        at = Micros(MORNING + 20 * n * MINUTE)
        pay = (("pay", "card" if n % 2 else "cash"), ("till", str(n % 4)))
        orders = a_point("orders", n, ts=at, attributes=pay, environment="qa" if n % 3 else "live")
        load = a_point("load", n / 2, ts=at, kind=GAUGE, unit="percent", release=None)
        latency = a_point("latency", 10.0 * n, ts=at, kind=SPREAD, unit="millisecond", trace_id=TRACE)
        store.add(some_points(orders, load, latency), project=web if n >= 6 else 1)


def names(rows: list[MetricName]) -> list[tuple[str, int]]:
    return [(row.name, row.project) for row in rows]


def test_names_are_listed_with_kind_unit_and_times(store: FilledStore) -> None:
    fill(store)
    rows = metrics.metric_names(store.db)
    assert names(rows) == [
        ("latency", 1),
        ("latency", 2),
        ("load", 1),
        ("load", 2),
        ("orders", 1),
        ("orders", 2),
    ]
    assert rows[0] == MetricName(
        1, "latency", SPREAD, "millisecond", 6, MORNING, Micros(MORNING + 100 * MINUTE)
    )
    assert names(metrics.metric_names(store.db, [2], part="LO")) == [("load", 2)]
    assert names(metrics.metric_names(store.db, [2], part="l*t")) == [("latency", 2)]
    assert metrics.metric_names(store.db, part="%") == []
    assert len(metrics.metric_names(store.db, limit=2)) == 2


def test_a_row_says_all_that_a_list_shows(store: FilledStore) -> None:
    fill(store)
    row = metrics.get_metric(store.db, 6)
    assert row == MetricRow(
        id=6, project=1, project_slug="desk", run=1, ts=Micros(MORNING + 20 * MINUTE), trace=TRACE.hex(),
        span=None, name="latency", kind=SPREAD, value=10.0, unit="millisecond", environment="qa",
        release="shop@1.0", request=2, item=0, n=2,
    )  # fmt: skip
    assert metrics.get_metric(store.db, 99) is None


@pytest.mark.parametrize(
    ("where", "fits"),
    [
        ({}, lambda n, name: True),
        ({"name": "load"}, lambda n, name: name == "load"),
        ({"name": "none"}, lambda n, name: False),
        ({"kind": GAUGE}, lambda n, name: name == "load"),
        ({"unit": ""}, lambda n, name: name == "orders"),
        ({"projects": (2,)}, lambda n, name: n >= 6),
        ({"run": 2}, lambda n, name: False),
        ({"since": MORNING + HOUR, "until": MORNING + 2 * HOUR}, lambda n, name: 3 <= n < 6),
        ({"name": "orders", "environments": ("live",)}, lambda n, name: name == "orders" and n % 3 == 0),
        ({"releases": ("shop@1.0",)}, lambda n, name: name != "load"),
        ({"releases": ("shop@9",)}, lambda n, name: False),
    ],
)
def test_a_filter_means_what_it_says(store: FilledStore, where: dict[str, Any], fits: Any) -> None:
    fill(store)
    all_of_them = [(n, name) for n in range(12) for name in ("orders", "load", "latency")]
    expected = [at + 1 for at, (n, name) in enumerate(all_of_them) if fits(n, name)]
    rows = metrics.page_metrics(store.db, MetricFilter(**where))
    assert [row.id for row in rows] == expected[::-1]
    values = metrics.metric_values(store.db, MetricFilter(**where))
    assert sorted(values) == sorted((row.ts, row.value) for row in rows)


@pytest.mark.parametrize("name", [None, "load"])
def test_pages_meet_without_gap_or_repeat(store: FilledStore, name: str | None) -> None:
    fill(store)
    where, seen, after = MetricFilter(name=name), [], None
    while page := metrics.page_metrics(store.db, where, after=after, limit=5):
        seen += [row.id for row in page]
        after = page[-1].key
    assert seen == [row.id for row in metrics.page_metrics(store.db, where)]


def test_a_series_has_the_sums_of_each_hour(store: FilledStore) -> None:
    fill(store)
    first = MORNING // HOUR
    start, end = Micros(MORNING), Micros(MORNING + 4 * HOUR)
    assert metrics.metric_series(store.db, "orders", COUNTER, start, end)[:2] == [
        MetricSums(first, None, 3, 3.0, 0.0, 2.0, 2.0, ()),
        MetricSums(first + 1, None, 3, 12.0, 3.0, 5.0, 5.0, ()),
    ]
    assert len(metrics.metric_series(store.db, "orders", COUNTER, start, end, projects=[2])) == 2
    assert len(metrics.metric_series(store.db, "orders", COUNTER, start, Micros(MORNING + HOUR))) == 1
    assert metrics.metric_series(store.db, "orders", GAUGE, start, end) == []
    assert metrics.metric_series(store.db, "none", COUNTER, start, end) == []


def test_projects_are_added_up(store: FilledStore) -> None:
    web = store.project("web")
    spread = {"kind": SPREAD, "name": "d"}
    store.add(some_points(a_point(value=1, **spread), a_point(value=9, ts=MORNING + 7, **spread)))
    store.add(some_points(a_point(value=5, ts=MORNING + 3, **spread)), project=web)
    (sums,) = metrics.metric_series(store.db, "d", SPREAD, MORNING, Micros(MORNING + HOUR))
    assert (sums.n, sums.total, sums.least, sums.most, sums.last) == (3, 15.0, 1.0, 9.0, 9.0)
    assert sums.percentiles == pytest.approx([5, 9, 9, 9, 9], rel=0.011)


def test_a_series_can_be_split_by_an_attribute(store: FilledStore) -> None:
    fill(store)
    start, end = Micros(MORNING), Micros(MORNING + HOUR)
    found = metrics.metric_series(store.db, "orders", COUNTER, start, end, by="pay")
    assert {(sums.attribute, sums.n, sums.total) for sums in found} == {
        (("pay", "cash"), 2, 2.0), (("pay", "card"), 1, 1.0),
    }  # fmt: skip
    assert metrics.metric_series(store.db, "orders", COUNTER, start, end, by="none") == []
    assert metrics.metric_attributes(store.db, "orders") == {
        "pay": ("card", "cash"),
        "till": ("0", "1", "2", "3"),
    }
    assert metrics.metric_attributes(store.db, "load", [1]) == {}
    assert metrics.metric_attributes(store.db, "none") == {}


def test_a_traces_points_come_by_time(store: FilledStore) -> None:
    fill(store)
    store.add(some_points(a_point("early", ts=Micros(MORNING - 5), trace_id=TRACE)))
    rows = metrics.trace_metrics(store.db, TRACE)
    assert [row.name for row in rows] == ["early", *["latency"] * 12]
    assert metrics.count_trace_metrics(store.db, TRACE) == 13
    assert len(metrics.trace_metrics(store.db, TRACE, limit=3)) == 3


def test_questions_use_their_index(store: FilledStore) -> None:
    fill(store)
    named, until = MetricFilter(name="load"), Micros(MORNING + HOUR)
    for after in (None, (MORNING, 7)):
        assert_walks(store.plan(metrics.page_metrics, after=after), "metric_ts")
        assert_walks(store.plan(metrics.page_metrics, named, after=after), "metric_name_ts")
    assert_walks(store.plan(metrics.metric_values, named), "metric_name_ts")
    assert_walks(store.plan(metrics.trace_metrics, TRACE), "metric_trace")
    assert_walks(store.plan(metrics.count_trace_metrics, TRACE), "metric_trace")
    series = store.plan(metrics.metric_series, "orders", COUNTER, MORNING, until, projects=[1], by="pay")
    assert_walks(series, "SEARCH metric_hour USING PRIMARY KEY", "SEARCH metric_attribute USING PRIMARY KEY")
