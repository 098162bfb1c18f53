import pytest

from tests.support.traces import a_span, an_error
from vedette.desktop.trace.build import build_tree
from vedette.desktop.trace.describe import changes_sentence, length, read_aloud, shape_sentence, tip_of
from vedette.desktop.trace.rows import RowList
from vedette.desktop.trace.tree import Kind, TraceTree


@pytest.mark.parametrize(
    ("tree", "said"),
    [
        (build_tree([a_span(1), a_span(2, 1)]), ""),
        (build_tree([]), ""),
        (
            build_tree([a_span(1), a_span(2), a_span(3)]),
            "3 roots: parts of this trace began without naming a parent.",
        ),
        (
            build_tree([a_span(1, 9, is_segment=1)]),
            "The root is missing: the span that started this trace never arrived.",
        ),
        (
            build_tree([a_span(n, 90 + n, is_segment=1, request=n) for n in (1, 2, 3)]),
            "3 parts without a common root: the span that started this trace never arrived.",
        ),
        (
            build_tree([a_span(1), a_span(2, 77), a_span(3, 78)]),
            "2 orphans adopted: their parents never arrived.",
        ),
        (build_tree([a_span(1), a_span(2, 2)]), "1 circle of parents cut."),
        (build_tree([a_span(1), a_span(1)]), "2 roots: parts of this trace began without naming a parent. "
         "1 span came twice under one id."),
        (build_tree([a_span(1)], [an_error(None, at=1)]), ""),
        (
            build_tree([], [an_error(None), an_error(None)]),
            "No spans arrived for this trace, only 2 errors. Tracing may be off in the app, or sampled out.",
        ),
    ],
)  # fmt: skip
def test_broken_shapes_are_said_in_plain_words(tree: TraceTree, said: str) -> None:
    assert shape_sentence(tree) == said


def test_what_is_shown_otherwise_than_it_came_is_said(order: TraceTree) -> None:
    rows = RowList(order)
    assert changes_sentence(rows) == "1 gap, 1 group"
    rows.set_gaps(False)
    assert changes_sentence(rows) == "1 group"
    rows.set_grouping(False)
    assert changes_sentence(rows) == ""


def test_no_time_at_all_is_no_millisecond() -> None:
    assert length(0) == "0 ms"
    assert length(1_500) == "1.5 ms"


def test_tips_hold_what_a_row_has_no_room_for(order: TraceTree) -> None:
    group = tip_of(order, order.node(2))
    assert group.startswith("db  6 × SELECT")
    assert "SHOP-3 ValueError: bad" in group
    gap = next(n for n in range(len(order)) if order.node(n).kind is Kind.GAP)
    assert tip_of(order, order.node(gap)).startswith("No instrumentation for 342 ms")


def test_a_lost_error_reads_as_what_it_is() -> None:
    tree = build_tree([a_span(1)], [an_error(88, at=5, title="KeyError: x")])
    assert read_aloud(tree.node(1), level=2) == "error without its span, KeyError: x, at 5 ms, level 2"
    assert tip_of(tree, tree.node(1)) == "SHOP-3 KeyError: x\nThe span it happened in never arrived."


def test_an_adopted_span_says_so_in_row_and_tip() -> None:
    tree = build_tree([a_span(1), a_span(2, 77)])
    assert "Its parent span never arrived" in read_aloud(tree.node(1), level=2)
    assert "Its parent span never arrived" in tip_of(tree, tree.node(1))
