import csv
import io

import pytest

from tests.support.traces import a_span, an_error
from vedette.desktop.trace.build import build_tree
from vedette.desktop.trace.span_lines import SORTS, as_csv, as_json, line_of, sorted_spans
from vedette.desktop.trace.tree import Kind, TraceTree


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_holds_every_span_once(order: TraceTree, sort: str) -> None:
    nodes = sorted_spans(order, sort).tolist()
    assert sorted(nodes) == [node for node, kind in enumerate(order.kind) if kind == Kind.SPAN]


def test_lengths_come_longest_first_and_texts_in_order(order: TraceTree) -> None:
    lengths = [line_of(order, node).node.duration for node in sorted_spans(order, "duration").tolist()]
    assert lengths == sorted(lengths, reverse=True)
    ops = [line_of(order, node).node.op for node in sorted_spans(order, "op").tolist()]
    assert ops == sorted(ops)
    assert line_of(order, sorted_spans(order, "errors").tolist()[0]).node.errors == 1


def test_only_what_was_found_may_be_asked(order: TraceTree) -> None:
    assert sorted_spans(order, "start", [4, 0]).tolist() == [0, 4]
    assert sorted_spans(order, "start", []).tolist() == []


def test_a_trace_without_spans_has_no_lines() -> None:
    tree = build_tree([], [an_error(9)])
    assert [sorted_spans(tree, sort).tolist() for sort in SORTS] == [[]] * len(SORTS)


def test_csv_is_read_back_and_no_formula(order: TraceTree) -> None:
    tree = build_tree([a_span(1, description='=HYPERLINK("x"),\nnext'), a_span(2, 1, length=1.5)])
    rows = list(csv.DictReader(io.StringIO(as_csv(tree, sorted_spans(tree, "start").tolist()))))
    assert rows[0]["description"] == '\'=HYPERLINK("x"),\nnext'
    assert rows[1]["parent_span_id"] == rows[0]["span_id"] == "0000000000000001"
    assert rows[1]["duration_ms"] == "1.500"


def test_json_holds_spans_up_to_a_limit_and_says_how_many_there_are(order: TraceTree) -> None:
    value = as_json(order, "ab" * 16, 3)
    assert (value["span_count"], len(value["spans"]), len(value["errors"])) == (11, 3, 2)  # type: ignore[arg-type]
    assert value["spans"][0]["op"] == "http.server"  # type: ignore[index,call-overload]
