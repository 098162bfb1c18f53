import numpy as np

from tests.support.traces import a_span, an_error
from vedette.desktop.theme.tokens import SPAN_CATEGORIES
from vedette.desktop.trace.build import build_tree
from vedette.desktop.trace.minimap import EMPTY, Binning, draw_minimap

HTTP, DB = SPAN_CATEGORIES.index("http"), SPAN_CATEGORIES.index("db")


def test_each_span_fills_its_lane_for_as_long_as_it_ran() -> None:
    tree = build_tree([a_span(1, op="http.server", length=10), a_span(2, 1, op="db", start=5, length=5)])
    minimap = draw_minimap(tree, columns=10, lanes=2)
    assert minimap.lanes.tolist() == [[HTTP] * 10, [EMPTY] * 5 + [DB] * 5]


def test_where_many_spans_share_a_lane_the_most_frequent_kind_leads() -> None:
    spans = [a_span(1, op="http.server", length=100)]
    spans += [
        a_span(n, 1, op="db" if n % 3 else "cache", description=f"{n}", length=90) for n in range(2, 20)
    ]
    minimap = draw_minimap(build_tree(spans), columns=4, lanes=1)
    assert minimap.lanes[0].tolist() == [DB] * 4


def test_there_are_no_more_lanes_than_spans() -> None:
    assert draw_minimap(build_tree([a_span(1)]), columns=5, lanes=16).lanes.shape == (1, 5)


def test_an_instant_takes_one_column_and_the_last_moment_stays_inside() -> None:
    spans = [a_span(1, length=100), a_span(2, 1, op="db", start=100, length=0)]
    lanes = draw_minimap(build_tree(spans), columns=10, lanes=2).lanes
    assert lanes[1].tolist() == [EMPTY] * 9 + [DB]


def test_errors_keep_their_column_however_many_spans_there_are() -> None:
    tree = build_tree([a_span(1, length=100)], [an_error(1, at=50), an_error(1, at=100), an_error(1, at=50)])
    assert draw_minimap(tree, columns=10, lanes=3).errors == (5, 9)


def test_binning_in_portions_gives_what_binning_at_once_gives() -> None:
    dice = np.random.default_rng(3)
    begins = dice.integers(0, 10_000, 5_000)
    ends = begins + dice.integers(0, 500, 5_000)
    kinds = dice.integers(0, len(SPAN_CATEGORIES), 5_000).astype(np.uint8)
    lanes = dice.integers(0, 7, 5_000)
    whole, parts = Binning(10_500, 300, 7), Binning(10_500, 300, 7)
    whole.add(begins, ends, kinds, lanes)
    for at in range(0, 5_000, 777):
        some = slice(at, at + 777)
        parts.add(begins[some], ends[some], kinds[some], lanes[some])
    assert (whole.lanes_now() == parts.lanes_now()).all()


def test_a_trace_of_errors_only_has_an_empty_minimap_with_ticks() -> None:
    minimap = draw_minimap(build_tree([], [an_error(None, at=0), an_error(None, at=10)]), columns=10, lanes=4)
    assert (minimap.lanes == EMPTY).all()
    assert minimap.errors == (0, 9)
