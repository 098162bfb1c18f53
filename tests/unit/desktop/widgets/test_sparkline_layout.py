from itertools import pairwise

import pytest

from vedette.desktop.widgets.sparkline_layout import bar_index, bars, describe


def test_the_highest_bar_fills_the_height_and_bars_stand_on_the_bottom() -> None:
    found = bars([1, 4, 2], 30, 20)
    assert max(bar.height for bar in found) == 20
    assert {bar.y + bar.height for bar in found} == {20}


def test_one_event_beside_a_thousand_is_still_two_pixels_high() -> None:
    assert bars([1, 1000], 20, 20)[0].height == 2


def test_nothing_is_drawn_for_zero() -> None:
    assert [bar.x for bar in bars([0, 3, 0], 30, 20)] == [10]
    assert bars([], 30, 20) == []
    assert bars([1], 0, 20) == []


@pytest.mark.parametrize("width", [7, 24, 96, 120, 333])
@pytest.mark.parametrize("count", [1, 24, 50, 400])
def test_bars_never_overlap_or_leave_their_place(width: int, count: int) -> None:
    found = bars([1 + n % 5 for n in range(count)], width, 20)
    assert all(left.x + left.width <= right.x for left, right in pairwise(found))
    assert found[0].x >= 0
    assert found[-1].x + found[-1].width <= width


def test_values_that_do_not_fit_are_joined_by_their_maximum() -> None:
    found = bars([0] * 99 + [9] + [0] * 100, 40, 20)
    assert [bar.height for bar in found] == [20]


def test_a_shared_peak_makes_rows_comparable() -> None:
    assert bars([5], 10, 20, peak=10)[0].height == 10


def test_the_pointer_finds_the_value_under_it() -> None:
    assert [bar_index(x, 4, 100) for x in (-5, 0, 24, 25, 99, 400)] == [0, 0, 0, 1, 3, 3]
    assert bar_index(5, 0, 100) == -1


def test_the_trend_is_told_in_words() -> None:
    assert describe([0, 0, 4, 5]) == "rising, peak 5"
    assert describe([5, 4, 0, 1]) == "falling, peak 5"
    assert describe([3, 3, 3, 3]) == "steady, peak 3"
    assert describe([0, 0]) == "none"
