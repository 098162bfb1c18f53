"""Breadcrumbs as rows."""

from typing import Any

import pytest

from tests.support.issue_desk import recorded_events
from vedette.desktop.issue.facts.breadcrumbs import (
    TimeShow,
    category_counts,
    crumb_rows,
    crumb_text,
    first_moment,
    level_counts,
    matching,
    time_text,
)


def test_the_event_itself_is_the_last_row_and_the_others_count_back_from_it() -> None:
    (event,) = recorded_events("py-shop-rich")
    rows = crumb_rows(event, "ValueError: total is off")
    assert [(row.category, row.text) for row in rows] == [
        ("auth", "signed in"),
        ("ui.click", "button#pay"),
        ("query", "SELECT * FROM orders   {rows: 3}"),
        ("event", "ValueError: total is off"),
    ]
    assert rows[-1].is_event
    assert rows[-1].offset_text == "0 s"
    assert all(row.offset_text.startswith("−1") and row.offset_text.endswith("ms") for row in rows[:-1])


def test_without_breadcrumbs_there_are_no_rows() -> None:
    assert crumb_rows({"timestamp": 1.0}) == ()


@pytest.mark.parametrize(
    ("crumb", "text"),
    [
        ({"type": "http", "data": {"method": "GET", "url": "/cart", "status_code": 200}}, "GET /cart 200"),
        ({"category": "xhr", "data": {"method": "POST", "url": "/pay"}}, "POST /pay"),
        ({"type": "navigation", "data": {"from": "/a", "to": "/b"}}, "/a → /b"),
        ({"message": "two\nlines"}, "two⏎lines"),
        ({"data": {"n": 3}}, "{n: 3}"),
        ({"message": "m", "data": {"n": 3}}, "m   {n: 3}"),
        ({"type": "http", "message": "only words"}, "only words"),
        ({}, ""),
    ],
)
def test_a_row_says_what_was_done(crumb: dict[str, Any], text: str) -> None:
    assert crumb_text(crumb) == text


def test_every_word_must_be_found_in_text_category_or_data() -> None:
    (event,) = recorded_events("py-shop-rich")
    rows = crumb_rows(event, "boom")
    assert [row.text for row in matching(rows, "QUERY orders")] == ["SELECT * FROM orders   {rows: 3}"]
    assert [row.category for row in matching(rows, "rows")] == ["query"]
    assert matching(rows, "query auth") == ()


def test_levels_narrow_and_are_counted_gravest_first() -> None:
    crumbs = [{"level": level, "message": level} for level in ("info", "error", "info", "warning")]
    rows = crumb_rows({"breadcrumbs": {"values": crumbs}, "level": "error", "timestamp": 5.0}, "e")
    assert level_counts(rows[:-1]) == {"error": 1, "warning": 1, "info": 2}
    assert [row.text for row in matching(rows, "", ("warning",))] == ["warning", "e"], "the event stays"
    assert [row.text for row in matching(rows, "warn")] == ["warning"]


def test_categories_narrow_and_are_counted_the_most_frequent_first() -> None:
    crumbs = [{"category": name, "message": name} for name in ("db", "http", "db")] + [{"type": "user"}]
    rows = crumb_rows({"breadcrumbs": {"values": crumbs}, "timestamp": 5.0}, "e")
    assert category_counts(rows) == {"db": 2, "http": 1, "user": 1}
    assert [row.kind for row in matching(rows, "", (), ("db",))] == ["db", "db", "event"]


def test_times_are_written_in_three_ways() -> None:
    crumbs = [{"timestamp": 1.0, "message": "a"}, {"timestamp": 3.5, "message": "b"}, {"message": "c"}]
    rows = crumb_rows({"breadcrumbs": {"values": crumbs}, "timestamp": 5.0}, "e")
    start = first_moment(rows)
    assert [time_text(row, TimeShow.RELATIVE, start) for row in rows] == ["−4 s", "−1.5 s", "", "0 s"]
    assert [time_text(row, TimeShow.START, start) for row in rows] == ["0 s", "2.5 s", "", "4 s"]
    assert time_text(rows[1], TimeShow.CLOCK, start).endswith(":03.500")


def test_a_breadcrumb_without_time_claims_none() -> None:
    rows = crumb_rows({"breadcrumbs": {"values": [{"message": "m"}, None]}, "timestamp": 5.0})
    assert rows[0].offset is None
    assert rows[0].offset_text == ""
