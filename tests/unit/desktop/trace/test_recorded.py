"""Traces of real programs, digested as they came."""

from pathlib import Path

import orjson
import pytest

from tests.support.traces import BEGIN, digest, traces_in
from vedette.desktop.trace.build import build_tree
from vedette.desktop.trace.describe import shape_sentence
from vedette.desktop.trace.read import OpenedTrace, read_span, read_trace
from vedette.desktop.trace.tree import Kind
from vedette.domain.processed import Arrival
from vedette.domain.times import Micros
from vedette.domain.workspace import Workspace
from vedette.processing.pipeline import process_spans, process_transaction
from vedette.store.engine import Reader
from vedette.store.queries.traces import SpanRow, TraceRow


def opened(tmp_path: Path, scenario: str) -> dict[str, OpenedTrace]:
    """Return every trace of a scenario by its name; of equal names the one with most spans."""
    workspace = Workspace(tmp_path / scenario)
    digest(workspace, scenario)
    reader = Reader(workspace.database)
    try:
        rows: list[TraceRow] = sorted(traces_in(workspace), key=lambda row: row.spans)
        found = {row.name: read_trace(reader.db, bytes.fromhex(row.trace_id), workspace) for row in rows}
        return {name: trace for name, trace in found.items() if trace is not None}
    finally:
        reader.close()


def outline(trace: OpenedTrace) -> list[str]:
    """Return the rows as they first stand, indented."""
    lines = []
    for node, depth in zip(trace.rows.nodes, trace.rows.depths, strict=True):
        row = trace.tree.node(node)
        text = f"{row.members} × {row.op}" if row.kind is Kind.GROUP else row.op or row.kind.name.lower()
        lines.append("  " * depth + text)
    return lines


def test_a_python_script_with_nested_spans(tmp_path: Path) -> None:
    trace = opened(tmp_path, "py-shop-tracing")["restock"]
    assert outline(trace) == [
        "task", "  db", "  http.client", "  http.client", "  http.client", "  function", "    function.inner",
    ]  # fmt: skip
    assert trace.tree.node(0).errors == 1
    assert shape_sentence(trace.tree) == ""


def test_a_django_page_with_a_query_for_each_author(tmp_path: Path) -> None:
    traces = opened(tmp_path, "web-django-nplus1")
    page = traces["/authors/"]
    groups = [page.tree.node(n) for n, kind in enumerate(page.tree.kind) if kind == Kind.GROUP]
    assert len(groups) == 1
    assert groups[0].op == "db"
    assert groups[0].members == 8
    assert traces["/post/{pk}/"].tree.node(0).failed


def test_a_trace_across_two_services(tmp_path: Path) -> None:
    trace = opened(tmp_path, "web-flask-fastapi-distributed")["stock"]
    segments = [trace.tree.node(n) for n in range(len(trace.tree)) if trace.tree.node(n).is_segment]
    assert [segment.description for segment in segments] == ["stock", "/level/{sku}"]
    assert segments[1].start >= segments[0].start
    assert trace.tree.depth[segments[1].number] >= 1


def test_streamed_spans_of_a_node_service(tmp_path: Path) -> None:
    trace = opened(tmp_path, "node11-cafe-spans")["morning rush"]
    assert trace.tree.roots == [0]
    assert len(trace.tree.spans) == 6
    assert trace.tree.node(0).op == "shift"
    assert [issue.errors for issue in trace.issues] == [1]


def test_the_page_load_of_a_browser(tmp_path: Path) -> None:
    trace = opened(tmp_path, "browser-garden11-pageload")["/app/index.html"]
    ops = {trace.tree.node(n).op for n in range(len(trace.tree))}
    assert {"pageload", "browser.request", "resource.script", "http.client", "ui.webvital.lcp"} <= ops
    assert Kind.GAP in trace.tree.kind
    assert [(vital.label, vital.moment) for vital in trace.vitals] == [
        ("TTFB", 314_300),
        ("FP FCP LCP", 460_000),
    ]


@pytest.mark.parametrize(
    "scenario",
    [
        "py-shop-tracing",
        "web-django-nplus1",
        "web-flask-fastapi-distributed",
        "node11-cafe-spans",
        "browser-garden11-pageload",
    ],
)
def test_every_span_has_its_place_and_its_payload(tmp_path: Path, scenario: str) -> None:
    workspace = Workspace(tmp_path / scenario)
    traces = opened(tmp_path, scenario)
    reader = Reader(workspace.database)
    try:
        for trace in traces.values():
            assert len(trace.tree.node_of) == trace.row.spans
            for span in trace.tree.spans:
                facts = read_span(reader.db, workspace, span)
                assert facts.missing == ""
                assert facts.details["span_id"] == span.span_id.hex()
    finally:
        reader.close()


def as_rows(batches: object) -> list[SpanRow]:
    return [
        SpanRow(
            span.span_id, span.parent_id, span.op, span.description, span.start, span.duration,
            span.self_time, span.status, int(span.is_segment), 1, 1, 0,
        )
        for batch in batches  # type: ignore[attr-defined]
        for span in batch.spans
    ]  # fmt: skip


def test_the_same_work_looks_the_same_from_a_transaction_and_from_streamed_spans() -> None:
    trace, begin = "0af7651916cd43dd8448eb211c80319c", BEGIN / 1e6
    children = [
        (2, 1, "db", "SELECT 1", 0.01, 0.02, "ok"),
        (3, 1, "http.client", "GET https://stock/", 0.05, 0.3, "internal_error"),
        (4, 3, "function", "parse", 0.06, 0.07, "ok"),
    ]
    transaction = {
        "type": "transaction",
        "transaction": "GET /cart",
        "start_timestamp": begin,
        "timestamp": begin + 0.5,
        "contexts": {
            "trace": {"trace_id": trace, "span_id": f"{1:016x}", "op": "http.server", "status": "ok"}
        },
        "spans": [
            {
                "trace_id": trace,
                "span_id": f"{number:016x}",
                "parent_span_id": f"{parent:016x}",
                "op": op,
                "description": text,
                "start_timestamp": begin + start,
                "timestamp": begin + end,
                "status": status,
            }
            for number, parent, op, text, start, end, status in children
        ],
    }
    streamed = [
        {
            "trace_id": trace,
            "span_id": f"{number:016x}",
            "parent_span_id": f"{parent:016x}" if parent else None,
            "is_segment": parent is None,
            "name": text,
            "status": "ok" if status == "ok" else "error",
            "start_timestamp": begin + start,
            "end_timestamp": begin + end,
            "attributes": {
                "sentry.op": {"type": "string", "value": op},
                "sentry.description": {"type": "string", "value": text},
            },
        }
        for number, parent, op, text, start, end, status in [
            (1, None, "http.server", "GET /cart", 0, 0.5, "ok"),
            *children,
        ]
    ]
    arrival = Arrival(received=Micros(BEGIN + 10**6))
    older = build_tree(as_rows([process_transaction(orjson.dumps(transaction), arrival)]))
    content_type = "application/vnd.sentry.items.span.v2+json"
    newer = build_tree(
        as_rows(process_spans(orjson.dumps({"version": 2, "items": streamed}), content_type, arrival))
    )
    for number in range(4):
        one, other = older.node(number), newer.node(number)
        assert (one.op, one.description, one.start, one.duration, one.self_time, one.failed) == (
            other.op, other.description, other.start, other.duration, other.self_time, other.failed,
        )  # fmt: skip
        assert older.depth[number] == newer.depth[number]
