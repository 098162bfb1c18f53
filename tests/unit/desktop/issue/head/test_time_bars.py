"""A histogram of time: bars and moments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.desktop.issue.head.time_bars import TimeBars
from vedette.domain.times import HOUR, MINUTE, SECOND, Micros

NOON = Micros(1_795_500_000 * SECOND)


def bars(*values: int, width: int = MINUTE) -> TimeBars:
    return TimeBars(NOON, Micros(NOON + width * len(values)), values)


def test_a_stretch_is_the_same_in_either_direction_and_ends_where_its_last_bar_does() -> None:
    found = bars(1, 2, 3, 4)
    assert found.stretch(1, 2) == found.stretch(2, 1) == (NOON + MINUTE, NOON + 3 * MINUTE)
    assert found.count(2, 1) == 5
    assert found.stretch(0, 3) == (found.start, found.end)


@given(st.floats(0, 999), st.integers(1, 60), st.integers(60, 2_000))
def test_every_pixel_lies_in_the_bar_it_is_said_to(x: float, many: int, width: int) -> None:
    found = bars(*[1] * many)
    at = found.bar_at(x, width)
    assert 0 <= at < many
    if x < width:
        assert found.left_of(at, width) <= x + 1e-6 < found.left_of(at + 1, width) + 1e-6


def test_the_trend_names_the_peak_and_when_it_was() -> None:
    assert bars(0, 1, 1, 5).trend().startswith("rising, peak 5 at ")
    assert bars(0, 0).trend() == "none"
    assert bars().bar_at(5, 100) == -1


@pytest.mark.parametrize(("first", "last", "start"), [(0, 0, "1 event, "), (0, 1, "3 events, ")])
def test_bars_are_said_in_words(first: int, last: int, start: str) -> None:
    words = bars(1, 2).words(first, last)
    assert words.startswith(start)
    assert " to " in words


def test_long_stretches_name_the_day() -> None:
    assert "2026-11-" in bars(1, 1, width=48 * HOUR).words(0, 0)
    assert "2026" not in bars(1, 1).words(0, 0)


def test_data_is_copied_as_lines() -> None:
    lines = bars(1, 2).as_text().split("\n")
    assert lines[0] == "from\tto\tevents"
    assert [line.split("\t")[2] for line in lines[1:]] == ["1", "2"]
