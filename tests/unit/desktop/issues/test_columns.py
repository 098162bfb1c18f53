"""Columns: what cells say, and the user's choice of them."""

import pytest

from tests.support.builders import MORNING
from tests.support.issue_rows import a_row
from vedette.desktop.issues.columns import (
    KEYS,
    TITLES,
    USUAL,
    WIDTHS,
    Shown,
    issue_columns,
    read_keys,
    span_title,
)
from vedette.desktop.issues.groups import GroupBy, GroupRow
from vedette.desktop.issues.read import ListedIssue
from vedette.domain.times import DAY, HOUR, MINUTE, SECOND
from vedette.store.queries.issue_rows import IssueSort

COLUMNS = dict(
    zip(KEYS, issue_columns(lambda: MORNING + 2 * MINUTE, lambda: (MORNING - DAY, MORNING)), strict=True)
)


def cell(key: str, listed: ListedIssue) -> str | None:
    text = COLUMNS[key].text
    return None if text is None else text(listed)


def test_cells_are_counts_ages_words_and_a_dash_for_nothing() -> None:
    listed = ListedIssue(a_row(users=0, first=MORNING - HOUR))
    cells = {key: cell(key, listed) for key in KEYS}
    assert {key: text for key, text in cells.items() if text is not None} == {
        "events": "1,284",
        "users": "—",
        "first": "1 h ago",
        "last": "2 min ago",
        "priority": "High",
        "release": "—",
        "environment": "—",
        "kind": "Error",
        "project": "shop",
        "labels": "—",
        "notes": "—",
    }
    tip = COLUMNS["last"].tip
    assert tip is not None
    assert tip(listed).startswith("2026-11-24 ")


def test_within_a_time_events_are_those_of_the_time_and_the_tip_has_all() -> None:
    listed = ListedIssue(a_row(), events=3)
    assert cell("events", listed) == "3"
    tip = COLUMNS["events"].tip
    assert tip is not None
    assert tip(listed) == "1,284 events in all"


def test_several_environments_are_the_first_and_how_many_more() -> None:
    assert cell("environment", ListedIssue(a_row(), environments=("prod",))) == "prod"
    assert cell("environment", ListedIssue(a_row(), environments=("prod", "qa", "dev"))) == "prod +2"


def test_painted_cells_have_words_for_screen_readers() -> None:
    listed = ListedIssue(a_row(), trend=(0,) * 23 + (2,), runs=((1, True), (2, False)))
    spoken = {key: column.spoken(listed) for key, column in COLUMNS.items() if column.spoken}
    assert spoken["trend"].startswith("rising, peak 2 at ")
    assert spoken["runs"] == "in 1 of the runs 1 to 2"
    assert spoken["state"] == "New"
    assert set(spoken) == {key for key in KEYS[1:] if COLUMNS[key].text is None}


def test_a_band_has_no_cells() -> None:
    band = GroupRow(GroupBy.KIND, "error", 2)
    for column in COLUMNS.values():
        for words in (column.text, column.tip, column.spoken):
            assert words is None or words(band) == ""


def test_every_column_has_a_title_and_a_width_and_every_order_a_column() -> None:
    assert set(KEYS) == set(TITLES) == {*WIDTHS, "issue"}
    assert {column.sort for column in COLUMNS.values() if column.sort} == {sort.value for sort in IssueSort}


def test_a_column_that_is_shown_again_stands_at_its_usual_place() -> None:
    shown = Shown()
    assert shown.keys == USUAL
    assert shown.toggled("events").keys == ("trend", "users", "last")
    assert shown.toggled("events").toggled("events").keys == USUAL
    assert shown.toggled("project").keys == (*USUAL, "project")
    assert Shown(()).toggled("kind").keys == ("kind",)


def test_columns_move_and_stop_at_the_ends() -> None:
    shown = Shown(("trend", "events", "last"))
    assert shown.moved("trend", 1).keys == ("events", "trend", "last")
    assert shown.moved("trend", -1).keys == shown.keys
    assert shown.moved("events", 9).keys == ("trend", "last", "events")


def test_a_drawn_width_is_kept_beside_the_usual_ones() -> None:
    shown = Shown().widened("events", 20.123)
    assert (shown.width("events"), shown.width("last")) == (20.12, WIDTHS["last"])


def test_what_is_no_column_in_a_preference_is_passed_over() -> None:
    assert read_keys(["last", "nonsense", 5, "issue", "last", "kind"]) == ("last", "kind")


@pytest.mark.parametrize(
    ("length", "title"),
    [
        (DAY, "24 h"),
        (HOUR, "1 h"),
        (90 * MINUTE, "90 min"),
        (15 * MINUTE, "15 min"),
        (7 * DAY, "7 d"),
        (30 * DAY, "30 d"),
        (3 * HOUR, "3 h"),
        (20 * SECOND, "20 s"),
        (0, "1 s"),
    ],
)
def test_the_time_looked_at_is_named_in_short(length: int, title: str) -> None:
    assert span_title(MORNING - length, MORNING) == title


def test_labels_and_notes_are_shown_where_there_are_some() -> None:
    listed = ListedIssue(a_row(notes=3), labels=("mine", "qa"))
    assert (cell("labels", listed), cell("notes", listed)) == ("mine, qa", "3")
