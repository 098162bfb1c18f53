"""What a row says."""

from pathlib import Path

import pytest

from tests.support.builders import MORNING
from tests.support.issue_rows import a_row
from vedette.desktop.issues.model import (
    copied_line,
    handling_of,
    heading_of,
    issue_columns,
    link_to,
    place_of,
    read_aloud,
    state_of,
    trend_in_words,
    value_of,
)
from vedette.desktop.issues.read import ListedIssue
from vedette.domain.issues import Status
from vedette.domain.times import MINUTE


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


def test_cells_are_counts_ages_and_a_dash_for_no_users() -> None:
    columns = {column.title: column for column in issue_columns(lambda: MORNING + 2 * MINUTE)}
    listed = ListedIssue(a_row(users=0))
    cell = {title: column.text(listed) for title, column in columns.items() if column.text}
    assert cell == {"Events": "1,284", "Users": "—", "Last seen": "2 min ago"}
    assert columns["Last seen"].tip is not None
    assert columns["Last seen"].tip(listed).startswith("2026-11-24 ")


def test_a_copied_row_has_the_exact_time() -> None:
    parts = copied_line(a_row()).split("\t")
    assert parts[:4] == ["SHOP-1", "ValueError: bad currency", "shop.pay in pay", "1,284 events"]
    assert parts[4].startswith("last 2026-11-24 ")
    assert link_to(a_row(), Path("Vedette")) == "vedette://desk/issues/SHOP-1"


def test_a_trend_has_words() -> None:
    assert trend_in_words((0,) * 24) == "Nothing in the last 24 hours"
    assert trend_in_words((*(0,) * 20, 5, 0, 1, 1)) == "7 events in the last 24 hours, most 3 hours ago (5)"
