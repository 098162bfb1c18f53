from itertools import pairwise

from tests.support.traces import a_span
from vedette.desktop.trace.build import build_tree
from vedette.desktop.trace.critical_path import critical_path


def test_a_leaf_is_its_own_path() -> None:
    assert critical_path(build_tree([a_span(1, length=10)])) == {0: [(0, 10_000)]}


def test_the_path_goes_into_the_child_that_finished_last() -> None:
    tree = build_tree(
        [
            a_span(1, length=100),
            a_span(2, 1, start=10, length=30),  # waited for, before 3
            a_span(3, 1, start=50, length=40),
        ]
    )
    assert critical_path(tree) == {
        0: [(0, 10_000), (40_000, 50_000), (90_000, 100_000)],
        1: [(10_000, 40_000)],
        2: [(50_000, 90_000)],
    }


def test_what_ran_beside_the_one_waited_for_is_not_on_the_path() -> None:
    tree = build_tree(
        [a_span(1, length=100), a_span(2, 1, start=0, length=100), a_span(3, 1, start=20, length=60)]
    )
    path = critical_path(tree)
    assert path[1] == [(0, 100_000)]
    assert 2 not in path


def test_a_child_running_over_its_parents_end_is_cut_there() -> None:
    tree = build_tree([a_span(1, length=50), a_span(2, 1, start=20, length=100)])
    assert critical_path(tree)[1] == [(20_000, 50_000)]


def test_the_stretches_cover_the_root_once_and_completely() -> None:
    spans = [a_span(1, length=1000)]
    spans += [a_span(n, (n + 1) // 3, start=n * 7, length=900 / n) for n in range(2, 60)]
    path = critical_path(build_tree(spans))
    stretches = sorted(stretch for parts in path.values() for stretch in parts if stretch[0] < stretch[1])
    assert stretches[0][0] == 0
    assert stretches[-1][1] == 1_000_000
    for one, other in pairwise(stretches):
        assert one[1] == other[0]


def test_of_several_roots_the_longest_is_followed() -> None:
    tree = build_tree([a_span(1, length=10), a_span(2, start=5, length=50)])
    assert list(critical_path(tree)) == [1]


def test_a_trace_without_spans_has_no_path() -> None:
    assert critical_path(build_tree([])) == {}
