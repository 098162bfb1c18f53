import pytest

from tests.support.traces import a_span
from vedette.desktop.trace.links import Note, link_spans, tops


def test_children_find_their_parents_whatever_the_order_of_arrival() -> None:
    links = link_spans([a_span(3, 2), a_span(2, 1), a_span(1)])
    assert links.parent.tolist() == [1, 2, -1]
    assert links.notes == {}


def test_no_spans_link_to_nothing() -> None:
    assert link_spans([]).parent.tolist() == []


def test_several_roots_stay_roots_and_are_no_orphans() -> None:
    links = link_spans([a_span(1), a_span(2), a_span(3, 2)])
    assert links.parent.tolist() == [-1, -1, 1]
    assert links.notes == {}


def test_an_orphan_is_adopted_by_the_segment_it_came_with() -> None:
    spans = [
        a_span(1, start=0, length=100),
        a_span(2, 1, start=10, length=50, is_segment=1, request=2),
        a_span(3, 99, start=20, request=2),
    ]
    links = link_spans(spans)
    assert links.parent.tolist() == [-1, 0, 1]
    assert links.notes == {2: Note.ORPHAN}


def test_an_orphan_segment_is_adopted_by_the_root_that_began_last_before_it() -> None:
    spans = [
        a_span(1, start=0),
        a_span(2, start=1000),
        a_span(3, 99, start=1500, is_segment=1, request=3),
        a_span(4, 98, start=500, is_segment=1, request=4),
        a_span(5, 97, start=-5, is_segment=1, request=5),
    ]
    links = link_spans(spans)
    assert links.parent.tolist() == [-1, -1, 1, 0, 0]
    assert set(links.notes) == {2, 3, 4}


def test_without_any_root_the_segments_stand_at_the_top() -> None:
    spans = [
        a_span(1, 90, is_segment=1, request=1),
        a_span(2, 91, start=50, is_segment=1, request=2),
        a_span(3, 92, start=60, request=2),
    ]
    links = link_spans(spans)
    assert links.parent.tolist() == [-1, -1, 1]
    assert links.notes == {0: Note.FIRST, 1: Note.FIRST, 2: Note.ORPHAN}


def test_without_root_and_segments_every_orphan_stands_at_the_top() -> None:
    links = link_spans([a_span(1, 90), a_span(2, 91), a_span(3, 2)])
    assert links.parent.tolist() == [-1, -1, 1]
    assert links.notes == {0: Note.FIRST, 1: Note.FIRST}


def test_a_circle_is_cut_above_its_earliest_span_and_adopted_by_the_root() -> None:
    spans = [a_span(1), a_span(2, 4, start=30), a_span(3, 2, start=20), a_span(4, 3, start=25)]
    links = link_spans(spans)
    assert links.parent.tolist() == [-1, 3, 0, 2]
    assert links.notes == {2: Note.CYCLE}


def test_a_span_that_is_its_own_parent_is_cut_loose() -> None:
    links = link_spans([a_span(1), a_span(2, 2)])
    assert links.parent.tolist() == [-1, 0]
    assert links.notes == {1: Note.CYCLE}


def test_a_trace_of_nothing_but_a_circle_still_has_a_top() -> None:
    links = link_spans([a_span(1, 2, start=5), a_span(2, 1, start=3), a_span(3, 1)])
    assert links.parent.tolist() == [1, -1, 0]
    assert links.notes[1] is Note.CYCLE


def test_spans_hanging_below_a_circle_stay_where_they_are() -> None:
    links = link_spans([a_span(1), a_span(2, 3, start=2), a_span(3, 2, start=1), a_span(4, 2)])
    assert links.parent.tolist() == [-1, 2, 0, 1]


def test_a_repeated_id_is_noted_and_children_go_to_the_first() -> None:
    links = link_spans([a_span(1), a_span(2, 1), a_span(2, 1), a_span(3, 2)])
    assert links.parent.tolist() == [-1, 0, 0, 1]
    assert links.notes == {2: Note.REPEATED}


def test_segments_below_orphans_do_not_adopt_so_no_new_circle_closes() -> None:
    # 2 lost its parent and lies above segment 3, which came with it.
    spans = [a_span(1), a_span(2, 99, request=2), a_span(3, 2, is_segment=1, request=2)]
    links = link_spans(spans)
    assert links.parent.tolist() == [-1, 0, 1]


@pytest.mark.parametrize("count", [1, 2, 3, 1000])
def test_the_top_of_a_chain_is_found_however_long_it_is(count: int) -> None:
    spans = [a_span(1), *(a_span(number, number - 1) for number in range(2, count + 1))]
    assert tops(link_spans(spans).parent).tolist() == [0] * count
