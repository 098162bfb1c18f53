import pytest

from tests.support.traces import a_span
from vedette.desktop.trace.build import build_tree
from vedette.desktop.trace.rows import FIRST_ROWS, MOST_ROWS, Fold, RowList
from vedette.desktop.trace.tree import Kind


def names(rows: RowList) -> list[str]:
    found = []
    for node, depth in zip(rows.nodes, rows.depths, strict=True):
        kind = rows.tree.kind[node]
        text = rows.tree.node(node).description if kind == Kind.SPAN else Kind(kind).name.lower()
        found.append("  " * depth + text)
    return found


@pytest.fixture
def family() -> RowList:
    return RowList(
        build_tree(
            [
                a_span(1, length=100, op="op 1"),
                a_span(2, 1, start=1, op="op 2"),
                a_span(3, 2, start=2, op="op 3"),
                a_span(4, 3, start=3, op="op 4"),
                a_span(5, 1, start=20, op="op 5"),
                a_span(6, 5, start=21, op="op 6"),
            ]
        )
    )


@pytest.fixture
def chained() -> RowList:
    spans = [
        a_span(1, op="http.server", length=100),
        *(a_span(n, n - 1, op="middleware", length=90) for n in range(2, 5)),
        a_span(5, 4, op="view", length=80),
        a_span(6, 5, op="render", length=60),
        a_span(7, 1, op="after", start=95, length=2),
    ]
    return RowList(build_tree(spans))


@pytest.fixture
def grouped() -> RowList:
    spans = [a_span(n, 1, op="db", description="SELECT", start=n * 2, length=1) for n in range(10, 16)]
    return RowList(build_tree([a_span(1, length=999), *spans, a_span(30, 1, start=500)]))


def test_everything_stands_at_first(family: RowList) -> None:
    assert names(family) == ["span 1", "  span 2", "    span 3", "      span 4", "  span 5", "    span 6"]


def test_folding_hides_what_is_below_and_unfolding_brings_it_back_as_it_was(family: RowList) -> None:
    family.set_fold(2, Fold.CLOSED)
    assert family.set_fold(1, Fold.CLOSED)
    assert names(family) == ["span 1", "  span 2", "  span 5", "    span 6"]
    family.toggle(1)
    assert names(family) == ["span 1", "  span 2", "    span 3", "  span 5", "    span 6"]


def test_a_leaf_cannot_be_folded(family: RowList) -> None:
    assert not family.can_fold(3)
    assert not family.toggle(3)


def test_rows_are_found_by_node_and_hidden_ones_by_what_hides_them(family: RowList) -> None:
    family.set_fold(1, Fold.CLOSED)
    assert family.row_of(4) == 2
    assert family.row_of(3) is None
    assert family.nearest_row(3) == 1


def test_revealing_unfolds_only_the_way_there(family: RowList) -> None:
    family.fold_all(Fold.CLOSED)
    assert names(family) == ["span 1"]
    assert family.reveal(3) == 3
    assert names(family) == ["span 1", "  span 2", "    span 3", "      span 4", "  span 5"]


def test_siblings_fold_together_and_a_second_time_everything_below(family: RowList) -> None:
    family.fold_siblings(1, Fold.CLOSED)
    assert names(family) == ["span 1", "  span 2", "  span 5"]
    family.fold_siblings(1, Fold.CLOSED)
    family.fold_siblings(1, Fold.OPEN)
    assert names(family) == ["span 1", "  span 2", "    span 3", "  span 5", "    span 6"]
    family.fold_siblings(1, Fold.OPEN)
    assert len(family) == 6


def test_levels_fold_from_the_deepest_and_unfold_from_the_top(family: RowList) -> None:
    family.fold_level(-1)
    assert names(family) == ["span 1", "  span 2", "    span 3", "  span 5", "    span 6"]
    family.fold_level(-1)
    assert names(family) == ["span 1", "  span 2", "  span 5"]
    family.fold_level(1)
    assert names(family) == ["span 1", "  span 2", "    span 3", "  span 5", "    span 6"]


def test_groups_stand_closed_and_open_to_their_members(grouped: RowList) -> None:
    assert names(grouped) == ["span 1", "  group", "  gap", "  span 30"]
    grouped.toggle(1)
    assert names(grouped)[:3] == ["span 1", "  group", "    SELECT"]
    assert len(grouped) == 10


def test_without_grouping_members_stand_where_the_group_was(grouped: RowList) -> None:
    grouped.set_grouping(False)
    assert names(grouped) == ["span 1", *["  SELECT"] * 6, "  gap", "  span 30"]
    grouped.set_grouping(True)
    assert len(grouped) == 4


def test_gaps_can_be_hidden(grouped: RowList) -> None:
    grouped.set_gaps(False)
    assert names(grouped) == ["span 1", "  group", "  span 30"]


def test_revealing_a_member_opens_its_group(grouped: RowList) -> None:
    assert grouped.reveal(3) == 3
    assert len(grouped) == 10


def test_a_gap_that_is_switched_off_has_no_row_to_reveal(grouped: RowList) -> None:
    grouped.set_gaps(False)
    gap = grouped.tree.kind.index(Kind.GAP)
    assert grouped.reveal(gap) == -1


def test_a_chain_shows_what_is_under_its_last_span(chained: RowList) -> None:
    assert names(chained) == ["span 1", "  chain", "    span 5", "      span 6", "  span 7"]


def test_a_chain_opens_to_its_spans_and_closes_again(chained: RowList) -> None:
    chained.toggle(1)
    assert names(chained) == [
        "span 1", "  chain", "    span 2", "      span 3", "        span 4", "          span 5",
        "            span 6", "  span 7",
    ]  # fmt: skip
    chained.toggle(1)
    assert names(chained) == ["span 1", "  chain", "    span 5", "      span 6", "  span 7"]
    chained.set_fold(1, Fold.CLOSED)
    assert names(chained) == ["span 1", "  chain", "  span 7"]


def test_folding_inside_a_condensed_chain_keeps_depths_right(chained: RowList) -> None:
    view = chained.nodes[2]
    chained.toggle(view)
    assert names(chained) == ["span 1", "  chain", "    span 5", "  span 7"]
    chained.toggle(view)
    assert names(chained) == ["span 1", "  chain", "    span 5", "      span 6", "  span 7"]


def test_revealing_a_span_in_a_chain_opens_it_whole_one_below_does_not(chained: RowList) -> None:
    chained.fold_all(Fold.CLOSED)
    below = chained.tree.node_of[5]
    chained.reveal(below)
    assert chained.fold(1) is Fold.OPEN
    inside = chained.tree.node_of[2]
    chained.reveal(inside)
    assert chained.fold(1) is Fold.WHOLE


def test_without_grouping_a_chain_is_its_spans(chained: RowList) -> None:
    chained.set_grouping(False)
    assert names(chained) == [
        "span 1", "  span 2", "    span 3", "      span 4", "        span 5", "          span 6", "  span 7",
    ]  # fmt: skip


def test_a_very_large_trace_opens_folded_to_a_few_hundred_rows() -> None:
    spans = [a_span(1, length=90_000)]
    number = 1
    for branch in range(20):
        number += 1
        spans.append(a_span(number, 1, start=branch * 100, length=99))
        top = number
        for leaf in range(300):
            number += 1
            spans.append(a_span(number, top, start=branch * 100 + leaf / 10, length=0.05))
    rows = RowList(build_tree(spans))
    assert len(spans) > MOST_ROWS
    assert len(rows) == 21 <= FIRST_ROWS
    assert rows.folded_at == 1
    rows.fold_all(Fold.WHOLE)
    assert len(rows) >= len(spans)
    assert rows.folded_at is None


def test_a_large_trace_of_one_level_folds_to_its_root() -> None:
    spans = [a_span(1, length=90_000), *(a_span(n, 1, start=n / 10, length=0.01) for n in range(2, 6_000))]
    rows = RowList(build_tree(spans))
    assert names(rows) == ["span 1"]


def test_folding_one_row_gives_the_same_rows_as_working_all_out(chained: RowList, grouped: RowList) -> None:
    for rows in (chained, grouped):
        for node in range(len(rows.tree)):
            for fold in (Fold.CLOSED, Fold.OPEN, Fold.WHOLE, Fold.OPEN):
                rows.set_fold(node, fold)
                seen = (list(rows.nodes), list(rows.depths))
                rows.refresh()
                assert seen == (rows.nodes, rows.depths)
