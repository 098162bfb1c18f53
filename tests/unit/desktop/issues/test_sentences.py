"""What an issue is in words."""

import pytest

from tests.support.builders import MORNING
from tests.support.issue_rows import a_row
from vedette.desktop.issues.read import ListedIssue
from vedette.desktop.issues.sentences import (
    handling_of,
    heading_of,
    place_of,
    priority_of,
    read_aloud,
    runs_in_words,
    state_of,
    trend_in_words,
    trend_tip,
    value_of,
)
from vedette.desktop.widgets import relative_time
from vedette.domain.issues import Status
from vedette.domain.times import DAY, HOUR, MINUTE


def test_three_lines_say_type_value_and_place() -> None:
    row = a_row()
    assert heading_of(row) == "ValueError"
    assert value_of(row) == "bad currency"
    assert place_of(row) == "shop.pay in pay · shop · unhandled"


def test_a_message_is_its_own_heading() -> None:
    row = a_row(kind="default", type="", value="", title="Payment retried", culprit="", handled=None)
    assert (heading_of(row), value_of(row)) == ("Payment retried", "")
    assert "message" in place_of(row)


@pytest.mark.parametrize(("handled", "word"), [(True, "handled"), (False, "unhandled"), (None, "")])
def test_how_it_ended_is_a_word(handled: bool | None, word: str) -> None:
    assert handling_of(a_row(handled=handled)) == word


@pytest.mark.parametrize(
    ("status", "substatus", "word"),
    [
        (Status.UNRESOLVED, "new", "new"),
        (Status.UNRESOLVED, "regressed", "regressed"),
        (Status.UNRESOLVED, "ongoing", ""),
        (Status.RESOLVED, None, "resolved"),
        (Status.IGNORED, "archived_forever", "archived"),
    ],
)
def test_the_chip_says_the_state(status: Status, substatus: str | None, word: str) -> None:
    assert state_of(a_row(status=status, substatus=substatus)) == word


def test_a_row_reads_as_a_sentence() -> None:
    said = read_aloud(ListedIssue(a_row()), MORNING + MINUTE)
    assert said == (
        "Error, ValueError, bad currency, shop.pay in pay · shop · unhandled, 1,284 events, "
        "last 1 min ago, new, unread"
    )


def test_a_row_that_left_the_view_says_so() -> None:
    assert read_aloud(ListedIssue(a_row(seen=True), is_gone=True), MORNING).endswith(
        "last now, new, no longer in this view"
    )


def test_within_a_time_the_events_of_that_time_are_read_out() -> None:
    assert "1 event, " in read_aloud(ListedIssue(a_row(), events=1), MORNING)


def test_a_trend_has_words_and_the_time_of_its_peak() -> None:
    span = (MORNING - DAY, MORNING)
    assert trend_in_words((0,) * 24, span) == ""
    trend = (*(0,) * 20, 1, 5, 0, 2)
    at = relative_time.clock(MORNING - 3 * HOUR)[:5]
    assert trend_in_words(trend, span) == f"rising, peak 5 at {at}"
    assert trend_tip(ListedIssue(a_row(), trend), span) == f"8 events in this time\nrising, peak 5 at {at}"
    assert trend_tip(ListedIssue(a_row()), span) == "Nothing in this time"


def test_runs_are_named() -> None:
    runs = tuple((number, number in (5, 7)) for number in range(3, 9))
    assert runs_in_words(ListedIssue(a_row(), runs=runs)) == "in 5, 7 of the runs 3 to 8"
    none = tuple((number, False) for number in range(3, 9))
    assert runs_in_words(ListedIssue(a_row(), runs=none)) == "in none of the runs 3 to 8"
    assert runs_in_words(ListedIssue(a_row())) == ""


@pytest.mark.parametrize(("priority", "word"), [(75, "High"), (50, "Medium"), (25, "Low"), (1, "")])
def test_priority_is_a_word(priority: int, word: str) -> None:
    assert priority_of(a_row(priority=priority)) == word
