import pytest

from tests.support.traces import a_span, an_error
from vedette.desktop.trace.build import build_tree
from vedette.desktop.trace.clocks import AS_SENT, look_at_clocks
from vedette.desktop.trace.describe import clocks_sentence
from vedette.desktop.trace.links import link_spans
from vedette.desktop.trace.siblings import Shaping


def a_call(shift: float, length: float = 80, at: float = 20) -> list:
    """Return a web service's call of 100 ms and what the api made of it, its clock off by *shift* ms."""
    return [
        a_span(1, op="http.server", length=200, project=1),
        a_span(2, 1, op="http.client", start=10, length=100, project=1),
        a_span(3, 2, op="http.server", start=at + shift, length=length, project=2, is_segment=1),
        a_span(4, 3, op="db", start=at + 10 + shift, length=10, project=2),
    ]


def test_a_call_that_begins_before_its_caller_is_moved_into_the_middle_of_it() -> None:
    tree = build_tree(a_call(-50))
    assert tree.clocks.by_project == {2: 50_000}
    starts = [tree.node(tree.node_of[number]).start for number in range(4)]
    assert starts == [0, 10_000, 20_000, 30_000]


@pytest.mark.parametrize("shift", [0, 5, -9.5, 300])
def test_what_may_have_been_so_is_left_as_it_was_sent(shift: float) -> None:
    spans = a_call(shift)
    assert look_at_clocks(spans, link_spans(spans)) == AS_SENT


def test_a_call_longer_than_its_caller_begins_with_it() -> None:
    assert build_tree(a_call(-50, length=400)).clocks.by_project == {2: 40_000}


def test_a_chain_of_services_is_judged_by_clocks_already_put_right() -> None:
    spans = [
        *a_call(-1_000),
        a_span(5, 4, op="http.client", start=-970, length=8, project=2),
        a_span(6, 5, op="http.server", start=31, length=6, project=3, is_segment=1),
    ]
    # The third service's clock is right: it only seemed late beside the second.
    assert build_tree(spans).clocks.by_project == {2: 1_000_000}


def test_adopted_orphans_prove_nothing() -> None:
    spans = [
        a_span(1, op="http.server", start=100, length=50, project=1),
        a_span(3, 99, op="task", start=0, length=10, project=2, is_segment=1),
    ]
    assert build_tree(spans).clocks == AS_SENT


def test_services_that_call_each_other_come_to_an_end() -> None:
    spans = [
        a_span(1, length=100, project=1),
        a_span(2, 1, start=-50, length=60, project=2, is_segment=1),
        a_span(3, 2, start=-100, length=10, project=1, is_segment=1),
    ]
    assert build_tree(spans).clocks.by_project == {2: 70_000}


def test_errors_move_with_their_service() -> None:
    tree = build_tree(a_call(-50), [an_error(4, at=-15, project=2)])
    assert tree.moment_of(tree.errors[0]) == 35_000


def test_it_can_be_switched_off_and_is_said_in_words() -> None:
    tree = build_tree(a_call(-50), shaping=Shaping(clocks=False))
    assert not tree.clocks
    assert clocks_sentence(tree.clocks, {}) == ("", "")
    short, whole = clocks_sentence(build_tree(a_call(-50)).clocks, {2: "api"})
    assert short == "clock shifted +50 ms"
    assert whole.endswith("api  +50 ms")
