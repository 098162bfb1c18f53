"""A trace in a dozen rows."""

from typing import Any

from vedette.desktop.issue.facts.trace_summary import MOST_ROWS, TraceSummary, mini_rows
from vedette.domain.times import Micros
from vedette.store.queries.traces import SpanRow, TraceRow

MS = 1_000


def a_span(number: int, parent: int | None, start: int, duration: int, **more: Any) -> SpanRow:
    values: dict[str, Any] = {
        "span_id": number.to_bytes(8), "parent_id": parent.to_bytes(8) if parent else None, "op": "db",
        "description": f"span {number}", "start": Micros(start * MS), "duration": duration * MS,
        "self_time": None, "status": "ok", "is_segment": 0, "project": 1, "request": 1, "item": 0,
    }  # fmt: skip
    return SpanRow(**{**values, **more})


def a_trace(spans: int) -> TraceRow:
    return TraceRow(
        1, "1" * 32, 1, "desk", 1, Micros(0), Micros(100 * MS), spans, 1, 0, 0, "GET /", "http", None,
        Micros(0),
    )  # fmt: skip


def test_the_way_down_to_the_event_is_kept_however_short_its_spans_are() -> None:
    spans = [a_span(1, None, 0, 100, is_segment=1)]
    spans += [a_span(n, 1, n, 50 + n) for n in range(2, 30)]
    spans += [a_span(100, 1, 40, 2), a_span(101, 100, 41, 1)]
    rows = mini_rows(spans, a_trace(len(spans)), (101).to_bytes(8).hex())
    assert len(rows) == MOST_ROWS
    names = [row.text for row in rows]
    assert {"span 1", "span 100", "span 101"} <= set(names)
    here = next(row for row in rows if row.is_here)
    assert (here.text, here.depth) == ("span 101", 2)
    assert TraceSummary(a_trace(31), rows, is_cut=False, events=()).hidden == 31 - MOST_ROWS


def test_bars_stay_within_the_trace_whatever_the_clocks_say() -> None:
    rows = mini_rows([a_span(1, None, -50, 20), a_span(2, None, 90, 50)], a_trace(2), None)
    assert [(row.start, row.end) for row in rows] == [(0.0, 0.0), (0.9, 1.0)]


def test_spans_that_are_each_other_s_parents_do_no_harm() -> None:
    spans = [a_span(1, 2, 0, 10), a_span(2, 1, 0, 10)]
    assert len(mini_rows(spans, a_trace(2), (1).to_bytes(8).hex())) == 2
