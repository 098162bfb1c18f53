"""Where windows may stand."""

import pytest
from PySide6.QtCore import QRect

from vedette.desktop.shell.on_screen import beside, brought_back, is_in_sight

PRIMARY, RIGHT = QRect(0, 0, 1440, 900), QRect(1440, 0, 1920, 1080)


@pytest.mark.parametrize(
    ("window", "screens", "seen"),
    [
        (QRect(100, 100, 800, 600), [PRIMARY], True),
        (QRect(1500, 50, 800, 600), [PRIMARY, RIGHT], True),
        (QRect(1500, 50, 800, 600), [PRIMARY], False),
        (QRect(1400, 50, 800, 600), [PRIMARY], False),  # a sliver is nothing to take hold of
        (QRect(100, -300, 800, 600), [PRIMARY], False),  # nor is a lower half without its title
        (QRect(-600, 20, 800, 600), [PRIMARY], True),
    ],
)
def test_a_window_counts_as_seen_while_its_upper_edge_can_be_held(
    window: QRect, screens: list[QRect], seen: bool
) -> None:
    assert is_in_sight(window, screens) is seen


def test_a_window_whose_screen_is_gone_comes_to_the_primary_no_larger_than_that() -> None:
    lost = QRect(1500, 50, 1900, 1000)
    assert brought_back(lost, [PRIMARY, RIGHT]) == lost
    back = brought_back(lost, [PRIMARY])
    assert PRIMARY.contains(back)
    assert (back.width(), back.height()) == (1440, 900)
    small = brought_back(QRect(1500, 50, 600, 400), [PRIMARY])
    assert (small.width(), small.height(), small.center()) == (600, 400, PRIMARY.center())


def test_without_any_screen_a_window_stays_as_it_is() -> None:
    assert brought_back(QRect(5000, 0, 10, 10), []) == QRect(5000, 0, 10, 10)


def test_a_further_window_stands_right_and_down_and_begins_anew_at_the_edge() -> None:
    first = QRect(100, 100, 800, 600)
    assert beside(first, 32, [PRIMARY]) == QRect(132, 132, 800, 600)
    at_the_edge = beside(QRect(620, 280, 800, 600), 32, [PRIMARY])
    assert at_the_edge == QRect(32, 32, 800, 600)
    whole = beside(PRIMARY, 32, [PRIMARY])
    assert PRIMARY.contains(whole)
