import numpy as np
import pytest

from vedette.desktop.trace.layout import LEAST_BAR, Side, Stretch, bar_of, label_of, merged, uncovered
from vedette.desktop.trace.scale import TimeScale

SCALE = TimeScale(0, 1_000, 1_000.0)


def test_a_bar_lies_where_its_span_ran() -> None:
    assert bar_of(SCALE, 100, 300) == Stretch(100, 300)


def test_the_shortest_span_still_shows() -> None:
    bar = bar_of(SCALE, 500, 500)
    assert bar is not None
    assert bar.width == LEAST_BAR


@pytest.mark.parametrize(("begin", "end"), [(-50, -10), (1_010, 1_100)])
def test_bars_out_of_sight_are_not_drawn(begin: int, end: int) -> None:
    assert bar_of(SCALE, begin, end) is None


def test_a_bar_far_beyond_the_edges_is_cut_near_them() -> None:
    bar = bar_of(SCALE, -(10**15), 10**15)
    assert bar is not None
    assert (bar.left, bar.right) == (-8, 1_008)


def test_the_label_goes_to_the_side_that_has_room() -> None:
    assert label_of(Stretch(0, 100), 50, 1_000) == (Side.RIGHT, 106)
    assert label_of(Stretch(900, 990), 50, 1_000) == (Side.LEFT, 844)
    assert label_of(Stretch(10, 990), 50, 1_000) == (Side.INSIDE, 934)
    assert label_of(Stretch(10, 40), 50, 60)[0] is Side.NOWHERE


def test_intervals_that_meet_on_a_pixel_become_one() -> None:
    begins = np.array([0, 100, 200, 900])
    ends = np.array([100, 150, 201, 950])
    assert merged(SCALE, begins, ends) == [Stretch(0, 150), Stretch(200, 202), Stretch(900, 950)]


def test_merging_a_hundred_thousand_intervals_leaves_no_more_than_pixels() -> None:
    begins = np.arange(100_000)
    stretches = merged(TimeScale(0, 100_000, 800), begins, begins + 1)
    assert len(stretches) == 1
    assert stretches[0].width == pytest.approx(802, abs=0.1)


def test_merging_leaves_out_what_is_not_in_sight() -> None:
    begins = np.array([-100, 50, 5_000])
    assert merged(SCALE, begins, begins + 10) == [Stretch(50, 60)]
    assert merged(SCALE, begins[:0], begins[:0]) == []
    assert merged(SCALE, begins[2:], begins[2:] + 1) == []


def test_what_children_leave_free_is_the_spans_own_time() -> None:
    busy = [Stretch(10, 20), Stretch(50, 100)]
    assert uncovered(Stretch(0, 90), busy) == [Stretch(0, 10), Stretch(20, 50)]
    assert uncovered(Stretch(0, 90), []) == [Stretch(0, 90)]
    assert uncovered(Stretch(10, 20), busy) == []
