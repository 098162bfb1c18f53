import random

import pytest

from tests.support.traces import BEGIN, a_span, an_error
from vedette.desktop.trace.build import build_tree
from vedette.desktop.trace.links import Note
from vedette.desktop.trace.tree import Kind, TraceTree


def outline(tree: TraceTree) -> list[str]:
    """Return the tree as indented lines."""
    lines = []
    for number in range(len(tree)):
        node = tree.node(number)
        text = node.description if node.kind in (Kind.SPAN, Kind.ERROR) else node.kind.name.lower()
        lines.append("  " * tree.depth[number] + text)
    return lines


def test_children_stand_under_their_parent_by_start() -> None:
    tree = build_tree(
        [a_span(3, 1, start=50), a_span(2, 1, start=5), a_span(4, 2, start=6), a_span(1, length=99)]
    )
    assert outline(tree) == ["span 1", "  span 2", "    span 4", "  span 3"]
    assert tree.size == [4, 2, 1, 1]
    assert tree.parent == [-1, 0, 1, 0]


def test_an_empty_trace_has_no_rows() -> None:
    tree = build_tree([])
    assert len(tree) == 0
    assert tree.duration == 0
    assert tree.roots == []


def test_times_count_from_the_earliest_span() -> None:
    tree = build_tree([a_span(1, start=20, length=30), a_span(2, 1, start=10, length=5)])
    assert tree.start == BEGIN + 10_000
    assert tree.duration == 40_000
    assert [tree.node(n).start for n in range(2)] == [10_000, 0]


def test_self_time_counts_overlapping_children_once_and_cuts_them_to_the_parent() -> None:
    tree = build_tree(
        [
            a_span(1, length=100),
            a_span(2, 1, start=10, length=30),
            a_span(3, 1, start=20, length=40),  # to 60
            a_span(4, 1, start=90, length=50),  # runs over the parent's end
        ]
    )
    assert tree.node(0).self_time == 40_000  # 0-10 and 60-90


def test_self_time_of_a_child_before_its_parent_is_no_less_than_nothing() -> None:
    tree = build_tree([a_span(1, start=50, length=10), a_span(2, 1, start=0, length=100)])
    assert tree.node(0).self_time == 0
    assert tree.node(1).self_time == 100_000


def test_busy_stretches_are_disjoint_and_in_order() -> None:
    tree = build_tree(
        [a_span(1, length=100), a_span(2, 1, start=10, length=30), a_span(3, 1, start=20, length=40)]
    )
    begins, ends = tree.busy(0)
    assert list(zip(begins.tolist(), ends.tolist(), strict=True)) == [(10_000, 40_000), (40_000, 60_000)]


def alike(first: int, count: int, parent: int = 1, step: float = 2, **more: object) -> list[object]:
    values = {"op": "db", "description": "SELECT 1", "is_segment": 0} | more
    return [a_span(first + n, parent, start=n * step, length=1, **values) for n in range(count)]


def test_five_alike_leaves_become_one_row_four_do_not() -> None:
    five = build_tree([a_span(1, length=99), *alike(10, 5)])  # type: ignore[list-item]
    assert five.kind == [Kind.SPAN, Kind.GROUP, *[Kind.SPAN] * 5]
    group = five.node(1)
    assert (group.members, group.description, group.duration) == (5, "SELECT 1", 9_000)
    assert group.self_time == 5_000
    four = build_tree([a_span(1, length=99), *alike(10, 4)])  # type: ignore[list-item]
    assert Kind.GROUP not in four.kind


def test_another_span_between_alike_ones_ends_the_run() -> None:
    spans = [a_span(1, length=99), *alike(10, 6)]
    tree = build_tree([*spans, a_span(50, 1, start=5.5, length=0.2)])  # type: ignore[list-item]
    assert Kind.GROUP not in tree.kind


@pytest.mark.parametrize("more", [{"op": "default"}, {"op": ""}, {"is_segment": 1}])
def test_nameless_operations_and_segments_are_not_grouped(more: dict[str, object]) -> None:
    tree = build_tree([a_span(1, length=99), *alike(10, 8, **more)])  # type: ignore[list-item]
    assert Kind.GROUP not in tree.kind


def test_spans_with_children_are_not_grouped() -> None:
    spans = [a_span(1, length=99), *alike(10, 5), a_span(60, 12, start=4.1, length=0.1)]
    assert Kind.GROUP not in build_tree(spans).kind  # type: ignore[arg-type]


def test_a_chain_of_only_children_of_one_operation_becomes_one_row() -> None:
    spans = [
        a_span(1, op="http.server"),
        *(a_span(n, n - 1, op="middleware", description=f"m{n}") for n in range(2, 6)),
        a_span(9, 5, op="view", description="index"),
    ]
    tree = build_tree(spans)
    assert tree.kind[1] == Kind.CHAIN
    assert tree.members == {1: 4}
    assert tree.node(1).description == "m2"
    assert tree.node(tree.tails[1]).description == "m5"
    assert tree.depth[-1] == 6


def test_a_chain_of_two_is_left_alone() -> None:
    tree = build_tree([a_span(1, op="x"), a_span(2, 1, op="m"), a_span(3, 2, op="m"), a_span(4, 3, op="y")])
    assert tree.kind == [Kind.SPAN] * 4


def test_a_long_wait_between_children_is_a_gap_a_short_one_is_not() -> None:
    tree = build_tree(
        [
            a_span(1, length=1000),
            a_span(2, 1, start=200, length=100),
            a_span(3, 1, start=400, length=100),
            a_span(4, 1, start=599, length=1),
        ]
    )
    assert tree.kind == [Kind.SPAN, Kind.SPAN, Kind.GAP, Kind.SPAN, Kind.SPAN]
    gap = tree.node(2)
    assert (gap.start, gap.duration) == (300_000, 100_000)


def test_a_gap_is_counted_from_the_child_that_ended_last_not_from_the_one_before() -> None:
    tree = build_tree(
        [
            a_span(1, length=1000),
            a_span(2, 1, start=0, length=500),
            a_span(3, 1, start=10, length=10),
            a_span(4, 1, start=550, length=10),
        ]
    )
    assert Kind.GAP not in tree.kind


def test_gaps_within_a_run_do_not_tear_it_apart() -> None:
    tree = build_tree([a_span(1, length=2000), *alike(10, 6, step=300)])  # type: ignore[list-item]
    assert tree.kind.count(Kind.GROUP) == 1
    assert Kind.GAP not in tree.kind


def test_errors_stand_on_their_spans() -> None:
    tree = build_tree([a_span(1), a_span(2, 1)], [an_error(2), an_error(2), an_error(1)])
    assert [tree.node(n).errors for n in range(2)] == [1, 2]
    assert tree.errors_below(0) == 3
    assert tree.node(1).failed


def test_errors_of_a_group_are_those_of_its_members() -> None:
    tree = build_tree([a_span(1, length=99), *alike(10, 5)], [an_error(12)])  # type: ignore[list-item]
    assert tree.node(1).errors == 1
    assert len(tree.errors_on(1)) == 1


def test_an_error_whose_span_never_came_has_a_row_under_the_root() -> None:
    tree = build_tree(
        [a_span(1, length=10), a_span(2, 1, start=8)], [an_error(77, at=5, title="KeyError: x")]
    )
    assert outline(tree) == ["span 1", "  KeyError: x", "  span 2"]
    assert tree.kind[1] == Kind.ERROR


def test_a_trace_of_errors_only_has_a_row_for_each() -> None:
    tree = build_tree([], [an_error(None, at=0, title="A: 1"), an_error(5, at=20, title="B: 2")])
    assert outline(tree) == ["A: 1", "B: 2"]
    assert tree.duration == 20_000


def test_notes_stay_with_their_spans() -> None:
    tree = build_tree([a_span(1, length=99), a_span(2, 55, start=4, request=9)])
    assert tree.node(1).note is Note.ORPHAN
    assert outline(tree) == ["span 1", "  span 2"]


def test_services_are_called_by_their_project() -> None:
    tree = build_tree([a_span(1, project=7)], services={7: "checkout"})
    assert tree.node(0).service == "checkout"


def test_a_very_deep_chain_is_built_without_recursion() -> None:
    ops = ("a", "b")
    spans = [a_span(1), *(a_span(n, n - 1, op=ops[n % 2]) for n in range(2, 20_001))]
    tree = build_tree(spans)
    assert tree.depth[-1] == 19_999
    assert tree.size[0] == 20_000


@pytest.mark.parametrize("seed", range(8))
def test_every_span_has_exactly_one_place_whatever_arrives(seed: int) -> None:
    dice = random.Random(seed)
    count = dice.randrange(1, 300)
    spans = [
        a_span(
            dice.randrange(count),
            dice.choice([None, dice.randrange(count + 20)]),
            start=dice.randrange(2000),
            length=dice.choice([0, 1, 500]),
            op=dice.choice(["db", "view", "default"]),
            description=dice.choice(["x", "y"]),
            is_segment=dice.randrange(2),
            request=dice.randrange(4),
        )
        for _ in range(count)
    ]
    errors = [an_error(dice.choice([None, dice.randrange(count + 5)])) for _ in range(5)]
    tree = build_tree(spans, errors)
    shown = [tree.span[n] for n, kind in enumerate(tree.kind) if kind == Kind.SPAN]
    assert sorted(shown) == list(range(count))
    assert tree.node_of == [
        shown_at
        for _, shown_at in sorted((tree.span[n], n) for n, k in enumerate(tree.kind) if k == Kind.SPAN)
    ]
    for node, parent in enumerate(tree.parent):
        if parent >= 0:
            assert parent < node < parent + tree.size[parent]
            assert tree.depth[node] == tree.depth[parent] + 1
    assert tree.errors_before[-1] == len(errors)
