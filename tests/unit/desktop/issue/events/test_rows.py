"""Rows and columns of the table of events."""

import pytest

from tests.support.builders import an_event
from vedette.desktop.issue.events.rows import (
    ListedEvent,
    as_record,
    cells,
    harmless,
    own_text,
    parse_path,
    value_at,
)
from vedette.domain.levels import Level
from vedette.store.queries.event_rows import EventRow


def a_row(**more: object) -> EventRow:
    event = an_event()
    values: dict[str, object] = {
        "id": 1, "event_id": event.event_id.hex(), "issue": 1, "project": 1, "project_slug": "desk", "run": 1,
        "ts": event.timestamp, "level": Level.ERROR, "title": "T", "trace": None, "span": None,
        "environment": "qa", "release": None, "user": "id:7", "request": 1, "item": 0,
    }  # fmt: skip
    return EventRow(**{**values, **more})  # type: ignore[arg-type]


def test_an_event_says_its_own_text_whatever_its_issue_is_called() -> None:
    exception = {"exception": {"values": [{"type": "A", "value": "1"}, {"type": "B", "value": "two\nlines"}]}}
    assert own_text(exception, "T") == "B: two"
    assert own_text({"logentry": {"formatted": "took 31 ms\nmore"}}, "T") == "took 31 ms"
    assert own_text({}, "T") == "T"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("contexts.device.name", ("contexts", "device", "name")),
        ("extra.list[0].id", ("extra", "list", 0, "id")),
        ('extra["odd key"].x', ("extra", "odd key", "x")),
        ("", ()),
    ],
)
def test_paths_are_read_as_they_are_written(text: str, path: tuple[object, ...]) -> None:
    assert parse_path(text) == path


def test_cells_come_from_tags_and_from_paths() -> None:
    event = {
        "tags": [["till", "3"]],
        "contexts": {"order": {"items": [{"id": "A-1"}], "total": 3}},
        "level": "error",
    }
    found = cells(event, ["till", "level", ".contexts.order.items[0].id", ".contexts.order", ".extra.none"])
    assert found == ("3", "error", "A-1", '{items: [{id: "A-1"}], total: 3}', "")
    assert value_at({"a": [1]}, ("a", 5)) is None
    assert value_at({"a": 1}, ("a", "b")) is None


def test_nothing_in_a_cell_is_a_formula_to_a_spreadsheet() -> None:
    assert harmless("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert harmless("-1") == "'-1"
    assert harmless("plain") == "plain"
    record = as_record(ListedEvent(a_row(), "x", ("3",)), ["till"])
    assert (record["title"], record["till"], record["environment"], record["user"]) == (
        "x",
        "3",
        "qa",
        "id:7",
    )
