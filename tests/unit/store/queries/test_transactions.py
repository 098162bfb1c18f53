"""Durations by transaction, from the sums kept and from the segments themselves, and their samples."""

from dataclasses import replace

import pytest

from tests.support.builders import MORNING, a_trace
from tests.support.store_rows import FilledStore, assert_walks
from vedette.domain.processed import SpanBatch
from vedette.domain.times import DAY, HOUR, MINUTE, Micros
from vedette.store.queries import transactions
from vedette.store.queries.segments import SegmentFilter
from vedette.store.queries.transactions import BARS, bars_of, read_samples, summarise

ALL_DAY = SegmentFilter(since=Micros(MORNING - HOUR), until=Micros(MORNING + DAY))


def lasting(duration: int, at: int = 0, **more: object) -> SpanBatch:
    """Return a trace whose root lasts *duration* microseconds, *at* microseconds after the morning."""
    batch = a_trace(**more)  # type: ignore[arg-type]
    root, *rest = batch.spans
    root = replace(root, duration=duration, start=Micros(MORNING + at))
    return replace(batch, spans=(root, *rest), segments=(replace(batch.segments[0], span=root),))


@pytest.fixture
def filled(store: FilledStore) -> FilledStore:
    """A hundred carts of 1 to 100 seconds, every tenth failed, and one order."""
    for n in range(1, 101):
        store.add(lasting(n * 1_000_000, n * MINUTE, status="internal_error" if n % 10 == 0 else "ok"))
    store.add(lasting(7_000, name="POST /order"))
    return store


def test_durations_are_summed_up_by_name(filled: FilledStore) -> None:
    found = summarise(filled.db, ALL_DAY)
    cart, order = found.rows
    assert (cart.name, cart.n, cart.failed, cart.total, cart.longest) == (
        "GET /cart", 100, 10, 5_050_000_000, 100_000_000,
    )  # fmt: skip
    assert cart.p50 == pytest.approx(50_000_000, rel=0.011)
    assert cart.p75 == pytest.approx(75_000_000, rel=0.011)
    assert cart.p95 == pytest.approx(95_000_000, rel=0.011)
    assert (cart.op, cart.last) == ("http.server", MORNING + 100 * MINUTE)
    assert sum(cart.bars) == 100
    assert (order.name, order.n, order.longest) == ("POST /order", 1, 7_000)
    assert order.p50 <= order.p95 <= order.longest
    assert not found.is_cut
    assert summarise(filled.db, replace(ALL_DAY, projects=(1,))).rows == found.rows
    assert summarise(filled.db, replace(ALL_DAY, projects=(2,))).rows == ()
    later = SegmentFilter(since=Micros(MORNING + DAY), until=Micros(MORNING + 2 * DAY))
    assert summarise(filled.db, later).rows == ()


@pytest.mark.parametrize(
    ("asked", "counts"),
    [
        ({"environments": ("qa",)}, {"GET /cart": 100, "POST /order": 1}),
        ({"environments": ("prod",)}, {}),
        ({"only_failed": True}, {"GET /cart": 10}),
        ({"min_duration": 90_500_000}, {"GET /cart": 10}),
        ({"text": "order"}, {"POST /order": 1}),
        ({"text": "?"}, {}),
        ({"run": 1, "projects": (1,)}, {"GET /cart": 100, "POST /order": 1}),
    ],
)
def test_what_the_sums_cannot_answer_is_read_from_the_segments(
    filled: FilledStore, asked: dict[str, object], counts: dict[str, int]
) -> None:
    found = summarise(filled.db, replace(ALL_DAY, **asked))  # type: ignore[arg-type]
    assert {row.name: row.n for row in found.rows} == counts


def test_both_ways_of_summing_agree(filled: FilledStore) -> None:
    (kept, _), (read, _) = (
        summarise(filled.db, replace(ALL_DAY, **asked)).rows  # type: ignore[arg-type]
        for asked in ({}, {"environments": ("qa",)})
    )
    assert (kept.n, kept.failed, kept.total, kept.longest) == (read.n, read.failed, read.total, read.longest)
    assert kept.p95 == pytest.approx(read.p95, rel=0.011)
    assert kept.bars == read.bars


def test_too_many_segments_are_said(filled: FilledStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vedette.store.queries.transactions.MOST_SEGMENTS", 50)
    found = summarise(filled.db, replace(ALL_DAY, environments=("qa",)))
    assert found.is_cut
    assert [row.n for row in found.rows] == [50]


def test_short_ranges_of_today_are_summed_from_minutes(
    store: FilledStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vedette.store.queries.transactions.now", lambda: MORNING + HOUR)
    start = MORNING - MORNING % HOUR
    for n in (10, 20, 40):
        store.add(lasting(1_000, start - MORNING + n * MINUTE))
    where = SegmentFilter(since=Micros(start + 15 * MINUTE), until=Micros(start + 45 * MINUTE))
    (summary,) = summarise(store.db, where).rows
    assert summary.n == 2


def test_sums_are_walked_by_their_key(filled: FilledStore) -> None:
    plan = filled.plan(summarise, replace(ALL_DAY, projects=(1,)))
    assert_walks(plan, "SEARCH segment_hour USING PRIMARY KEY")


def test_samples_are_the_slowest_the_middle_and_the_fastest(filled: FilledStore) -> None:
    found = read_samples(filled.db, replace(ALL_DAY, name="GET /cart"))
    lengths = [
        [round(row.duration / 1e6) for row in rows] for rows in (found.slowest, found.median, found.fastest)
    ]
    assert lengths == [[100, 99, 98], [50, 51, 52], [1, 2, 3]]
    assert (found.n, sum(found.counts), sum(found.failed)) == (100, 100, 10)
    assert len(found.edges) == len(found.counts) + 1
    assert found.edges[0] <= 1_000_000
    assert found.edges[-1] > 100_000_000
    brushed = read_samples(filled.db, replace(ALL_DAY, name="GET /cart", min_duration=95_000_000))
    assert brushed.n == 6


def test_samples_of_nothing_and_of_one_are_no_trouble(filled: FilledStore) -> None:
    assert read_samples(filled.db, replace(ALL_DAY, name="GET /nowhere")).n == 0
    one = read_samples(filled.db, replace(ALL_DAY, name="POST /order"))
    assert (one.n, sum(one.counts)) == (1, 1)
    assert one.slowest == one.median == one.fastest


def test_samples_walk_the_index_of_names(filled: FilledStore) -> None:
    plan = filled.plan(read_samples, replace(ALL_DAY, name="GET /cart"))
    assert_walks(plan, "SEARCH segment USING INDEX segment_name")


def test_bars_keep_every_count() -> None:
    from vedette.store import sketch

    bars = bars_of(sketch.counts([sketch.encode([1, 10, 10, 100_000])]))
    assert len(bars) == BARS
    assert (bars[0], bars[-1], sum(bars)) == (1, 1, 4)
    assert bars_of(sketch.counts([])) == ()
    assert transactions.bars_of(sketch.counts([sketch.encode([5])])).count(1) == 1
