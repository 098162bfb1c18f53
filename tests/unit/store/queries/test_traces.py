"""Traces: pages, everything in one for the waterfall, and segments with their percentiles."""

from dataclasses import replace
from uuid import uuid4

import pytest

from tests.support.builders import MORNING, a_trace, an_event
from tests.support.store_rows import FilledStore, assert_walks
from vedette.domain.levels import Level
from vedette.domain.processed import SpanBatch
from vedette.domain.times import HOUR
from vedette.store.queries import traces
from vedette.store.queries.traces import SegmentFilter, SegmentRow, TraceFilter, TraceRow


def moved(batch: SpanBatch, by: int) -> SpanBatch:
    """Return *batch*, *by* microseconds later."""
    spans = tuple(replace(span, start=span.start + by) for span in batch.spans)
    segments = tuple(replace(s, span=replace(s.span, start=s.span.start + by)) for s in batch.segments)
    return replace(batch, spans=spans, segments=segments)


def lasting(batch: SpanBatch, duration: int) -> SpanBatch:
    """Return *batch* with its root as long as *duration*."""
    root, *rest = batch.spans
    root = replace(root, duration=duration)
    return replace(batch, spans=(root, *rest), segments=(replace(batch.segments[0], span=root),))


def fill(store: FilledStore) -> int:
    """Write twelve traces an hour apart in two projects; every third failed. Returns the second project."""
    web = store.project("web")
    for n in range(12):
        names = ("GET /cart", "POST /order/pay")
        batch = a_trace(name=names[n % 2], status="internal_error" if n % 3 == 0 else "ok")
        store.add(lasting(moved(batch, n * HOUR), (n + 1) * 1_000_000), project=web if n >= 6 else 1)
    return web


def ids(rows: list[TraceRow] | list[SegmentRow]) -> list[int]:
    return [row.id for row in rows]


def test_a_row_says_all_that_a_list_shows(store: FilledStore) -> None:
    batch = a_trace(4)
    store.add(an_event(trace_id=batch.trace_id), batch, received=MORNING + 5)
    row = traces.get_trace(store.db, batch.trace_id)
    assert row is not None
    assert (row.trace_id, row.project_slug, row.name, row.op) == (
        batch.trace_id.hex(), "desk", "GET /cart", "http.server",
    )  # fmt: skip
    assert (row.start, row.end, row.duration) == (MORNING, MORNING + 100_000, 100_000)
    assert (row.spans, row.segments, row.errors, row.failed) == (4, 1, 1, 0)
    assert row.root == batch.spans[0].span_id.hex()
    assert row.last_seen == MORNING + 5
    assert traces.get_trace(store.db, bytes(16)) is None


@pytest.mark.parametrize(
    ("where", "fits"),
    [
        ({}, lambda n: True),
        ({"projects": (1,)}, lambda n: n < 6),
        ({"run": 1}, lambda n: True),
        ({"run": 2}, lambda n: False),
        ({"since": MORNING + 4 * HOUR}, lambda n: n >= 4),
        ({"until": MORNING + 4 * HOUR}, lambda n: n <= 4),
        ({"min_duration": 5_000_000}, lambda n: n >= 4),
        ({"only_failed": True}, lambda n: n % 3 == 0),
        ({"text": "pay"}, lambda n: n % 2 == 1),
        ({"text": "POST ord"}, lambda n: n % 2 == 1),
        ({"text": "POST cart"}, lambda n: False),
        ({"text": "pay", "projects": (1,), "only_failed": True}, lambda n: n == 3),
        ({"text": "///"}, lambda n: False),
        ({"text": "  "}, lambda n: True),
        ({"projects": (1, 2)}, lambda n: True),
        ({"max_duration": 5_000_000}, lambda n: n <= 4),
        ({"min_spans": 3}, lambda n: True),
        ({"min_spans": 4}, lambda n: False),
        ({"min_errors": 1}, lambda n: False),
        ({"segment": SegmentFilter(name="GET /cart")}, lambda n: n % 2 == 0),
        ({"segment": SegmentFilter(name="GET /car")}, lambda n: False),
        ({"segment": SegmentFilter(op="http")}, lambda n: True),
        ({"segment": SegmentFilter(op="http.serv")}, lambda n: False),
        ({"segment": SegmentFilter(status="internal_error")}, lambda n: n % 3 == 0),
        ({"segment": SegmentFilter(environments=("qa",))}, lambda n: True),
        ({"segment": SegmentFilter(environments=("prod",))}, lambda n: False),
        ({"segment": SegmentFilter(release="shop@1.0")}, lambda n: True),
        ({"span": "SELECT 1"}, lambda n: True),
        ({"span": "select", "span_op": "db"}, lambda n: True),
        ({"span": "SELECT 1", "span_op": "cache"}, lambda n: False),
        ({"span": "DELETE"}, lambda n: False),
    ],
)
@pytest.mark.parametrize("few_hits", [2_000, 1])
def test_filters_narrow_traces(
    store: FilledStore, monkeypatch: pytest.MonkeyPatch, where: dict[str, object], fits: object, few_hits: int
) -> None:
    monkeypatch.setattr("vedette.store.queries.trace_lists._FEW_HITS", few_hits)
    fill(store)
    found = traces.page_traces(store.db, TraceFilter(**where))  # type: ignore[arg-type]
    assert ids(found) == [n + 1 for n in reversed(range(12)) if fits(n)]  # type: ignore[operator]


def test_a_trace_that_went_through_a_project_is_found_in_it(store: FilledStore) -> None:
    web = store.project("web")
    batch = a_trace()
    store.add(batch)
    child = replace(batch.spans[0], span_id=uuid4().bytes[:8], parent_id=batch.spans[1].span_id)
    other = replace(batch.segments[0], span=child, event_id=uuid4().bytes)
    store.add(replace(batch, spans=(child,), segments=(other,)), project=web)
    assert ids(traces.page_traces(store.db, TraceFilter(projects=(web,)))) == [1]
    assert [row.project for row in traces.trace_segments(store.db, batch.trace_id)] == [1, web]
    assert traces.page_traces(store.db)[0].project == 1


@pytest.mark.parametrize("sort", ["duration", "spans", "errors", "failed", "segments"])
def test_traces_come_by_what_is_asked_and_their_pages_meet(store: FilledStore, sort: str) -> None:
    fill(store)
    whole = traces.page_traces(store.db, sort=sort)
    values = [getattr(row, sort) for row in whole]
    assert values == sorted(values, reverse=True)
    first = traces.page_traces(store.db, sort=sort, limit=5)
    rest = traces.page_traces(store.db, sort=sort, after=first[-1], limit=50)
    assert ids([*first, *rest]) == ids(whole)


def test_a_trace_is_found_by_the_beginning_of_its_id(store: FilledStore) -> None:
    batch = a_trace()
    store.add(a_trace(), batch)
    (found,) = traces.page_traces(store.db, TraceFilter(trace_id=batch.trace_id.hex()[:9]))
    assert found.trace_id == batch.trace_id.hex()


def test_what_a_trace_was_spent_on_is_its_self_time_by_operation(store: FilledStore) -> None:
    batch = a_trace(3)
    spans = tuple(
        replace(span, self_time=micros) for span, micros in zip(batch.spans, (50, 20, 7), strict=True)
    )
    store.add(replace(batch, spans=spans), project=store.project("web"))
    store.add(replace(a_trace(2), trace_id=batch.trace_id, segments=()))
    (work,) = traces.trace_work(store.db, [batch.trace_id])
    by_op = dict(work.by_op)
    assert by_op["http.server"] == 50 + 100_000
    assert by_op["db"] == 27 + 5_000
    assert (work.services, work.is_cut) == (("web",), False)
    (cut,) = traces.trace_work(store.db, [batch.trace_id], limit=2)
    assert (dict(cut.by_op), cut.is_cut) == ({"http.server": 50, "db": 20}, True)


@pytest.mark.parametrize("where", [TraceFilter(), TraceFilter(text="cart"), TraceFilter(projects=(1,))])
@pytest.mark.parametrize("size", [1, 5])
def test_pages_of_traces_meet(store: FilledStore, where: TraceFilter, size: int) -> None:
    fill(store)
    store.add_all([(a_trace(),) for _ in range(4)])  # all at the same moment
    whole = ids(traces.page_traces(store.db, where))
    pages: list[TraceRow] = []
    while True:
        page = traces.page_traces(store.db, where, after=pages[-1].key if pages else None, limit=size)
        pages.extend(page)
        if len(page) < size:
            break
    assert ids(pages) == whole


# -------------------------------------------------------------------- one trace


def test_spans_come_whole_whichever_requests_brought_them(store: FilledStore) -> None:
    first = a_trace(5)
    second = a_trace(3, trace_id=first.trace_id)
    requests = [store.add(first), store.add(second)]
    store.add(a_trace(7))
    spans = traces.trace_spans(store.db, first.trace_id)
    assert [span.span_id for span in spans] == [span.span_id for span in (*first.spans, *second.spans)]
    root, child = spans[0], spans[1]
    assert (root.parent_id, root.op, root.description, root.is_segment) == (
        None,
        "http.server",
        "GET /cart",
        1,
    )
    assert (child.parent_id, child.op, child.description) == (root.span_id, "db", "SELECT 1")
    assert (child.start, child.duration, child.self_time, child.status) == (
        MORNING + 1_000,
        5_000,
        None,
        "ok",
    )
    assert [(span.request, span.item, span.project) for span in (spans[0], spans[5])] == [
        (requests[0], 0, 1),
        (requests[1], 0, 1),
    ]
    assert traces.trace_spans(store.db, first.trace_id, limit=6) == spans[:6]
    assert traces.trace_spans(store.db, bytes(16)) == []


def test_errors_of_a_trace_come_by_time_with_their_issue(store: FilledStore) -> None:
    batch = a_trace()
    span = batch.spans[1].span_id
    late = an_event("KeyError: late", trace_id=batch.trace_id, timestamp=MORNING + 9, level=Level.FATAL)
    early = an_event("ValueError: early", trace_id=batch.trace_id, span_id=span)
    store.add(late, batch)
    store.add(early)
    store.add(an_event("TypeError: elsewhere", trace_id=uuid4().bytes))
    first, second = traces.trace_errors(store.db, batch.trace_id)
    assert (first.title, first.span_id, first.short, first.issue) == ("ValueError: early", span, "DESK-2", 2)
    assert (second.event_id, second.level, second.project_slug) == (late.event_id.hex(), Level.FATAL, "desk")
    assert_walks(store.plan(traces.trace_errors, batch.trace_id), "event_trace")


def test_a_waterfall_is_read_by_ranges(store: FilledStore) -> None:
    batch = a_trace()
    store.add(batch)
    assert_walks(store.plan(traces.trace_spans, batch.trace_id), "span_batch_trace")
    rows = store.raw.execute(f"EXPLAIN QUERY PLAN {traces._SPANS}", (0, 1)).fetchall()
    assert [row[3] for row in rows] == ["SEARCH span USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"]
    assert_walks(store.plan(traces.trace_segments, batch.trace_id), "segment_trace")
    assert_walks(store.plan(traces.get_trace, batch.trace_id), "SEARCH trace USING INDEX")


@pytest.mark.parametrize(
    "where", [TraceFilter(), TraceFilter(projects=(1,)), TraceFilter(only_failed=True, run=1)]
)
@pytest.mark.parametrize("after", [None, (MORNING, 3)])
def test_lists_of_traces_walk_their_index(
    store: FilledStore, where: TraceFilter, after: tuple[int, int] | None
) -> None:
    fill(store)
    assert_walks(store.plan(traces.page_traces, where, after=after), "trace_by_start")


# -------------------------------------------------------------------- segments


def test_a_segment_says_all_that_a_list_shows(store: FilledStore) -> None:
    batch = a_trace(http_method="GET", http_status=500, status="internal_error", user="id:7")
    store.add(batch)
    (row,) = traces.page_segments(store.db)
    segment = batch.segments[0]
    assert (row.name, row.op, row.status, row.failed) == ("GET /cart", "http.server", "internal_error", True)
    assert (row.http_method, row.http_status, row.spans, row.user) == ("GET", 500, 3, "id:7")
    assert (row.environment, row.release, row.trace) == ("qa", "shop@1.0", batch.trace_id.hex())
    assert segment.event_id is not None
    assert traces.get_segment(store.db, segment.event_id) == row
    assert traces.get_segment(store.db, bytes(16)) is None
    assert_walks(store.plan(traces.get_segment, segment.event_id), "segment_eid")


@pytest.mark.parametrize(
    ("where", "fits"),
    [
        ({}, lambda n: True),
        ({"projects": (1,)}, lambda n: n < 6),
        ({"name": "GET /cart"}, lambda n: n % 2 == 0),
        ({"name": "GET /nowhere"}, lambda n: False),
        ({"name": "GET /cart", "only_failed": True}, lambda n: n % 6 == 0),
        ({"text": "cart"}, lambda n: n % 2 == 0),
        ({"text": "cart", "projects": (1,)}, lambda n: n % 2 == 0 and n < 6),
        ({"text": "?!"}, lambda n: False),
        ({"min_duration": 5_000_000, "run": 1}, lambda n: n >= 4),
        ({"since": MORNING + HOUR, "until": MORNING + 3 * HOUR}, lambda n: 1 <= n <= 3),
    ],
)
def test_filters_narrow_segments_and_pages_meet(
    store: FilledStore, where: dict[str, object], fits: object
) -> None:
    fill(store)
    expected = [n + 1 for n in reversed(range(12)) if fits(n)]  # type: ignore[operator]
    filter_ = SegmentFilter(**where)  # type: ignore[arg-type]
    first = traces.page_segments(store.db, filter_, limit=2)
    rest = traces.page_segments(store.db, filter_, after=first[-1]) if first else []
    assert ids([*first, *rest]) == expected


def test_lists_of_segments_walk_their_index(store: FilledStore) -> None:
    fill(store)
    for after in (None, (MORNING, 3)):
        assert_walks(store.plan(traces.page_segments, after=after), "segment_start")
        named = store.plan(traces.page_segments, SegmentFilter(name="GET /cart"), after=after)
        assert_walks(named, "SEARCH segment USING INDEX segment_name")
        words = store.plan(traces.page_segments, SegmentFilter(text="cart"), after=after)
        assert_walks(words, "SCAN segment_find VIRTUAL TABLE INDEX")
