"""What rules would change of stored events: merges, splits, what stays, and how much was looked at."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.issue_desk import IssueDesk
from vedette.api.regroup_preview import RegroupPreview, preview_regrouping
from vedette.processing.grouping import RuleTextError
from vedette.store.engine import Reader


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[IssueDesk]:
    found = IssueDesk(tmp_path / "desk")
    yield found
    found.close()


def send(desk: IssueDesk, number: int, kind: str, function: str, till: str = "1") -> None:
    frame = {"module": f"shop.{function}", "function": function, "filename": f"{function}.py", "in_app": True}
    event: dict[str, Any] = {
        "event_id": f"{number:032x}",
        "platform": "python",
        "tags": {"till": till},
        "exception": {"values": [{"type": kind, "value": "no", "stacktrace": {"frames": [frame]}}]},
    }
    desk.send(event)


def preview(desk: IssueDesk, stack: str = "", fingerprint: str = "", **more: Any) -> RegroupPreview:
    reader = Reader(desk.workspace.database)
    try:
        return preview_regrouping(reader.db, desk.workspace, 1, stack, fingerprint, **more)
    finally:
        reader.close()


@pytest.fixture
def filled(desk: IssueDesk) -> IssueDesk:
    for number in range(1, 5):
        send(desk, number, "KeyError", "pay", till=str(number % 2))
    for number in range(5, 8):
        send(desk, number, "KeyError", "ship")
    send(desk, 8, "OSError", "read")
    return desk


def test_no_rules_change_nothing(filled: IssueDesk) -> None:
    found = preview(filled)
    assert found.changes == ()
    assert (found.looked_at, found.unaffected, found.is_whole, found.new_issues) == (8, 8, True, 0)


def test_what_would_be_one_issue_goes_to_the_one_with_most_events(filled: IssueDesk) -> None:
    found = preview(filled, fingerprint="type:KeyError -> {{ error.type }}")
    (change,) = found.changes
    pay, ship = ({row.n: row.id for row in filled.issues()}[n] for n in (4, 3))
    assert change.issue == ship
    assert (change.events, change.stays, change.is_merged) == (3, 0, True)
    (going,) = change.goes
    assert (going.events, going.new) == (3, None)
    assert going.issue == pay
    assert found.unaffected == 5


def test_what_would_be_apart_goes_to_a_new_issue_and_the_larger_part_stays(filled: IssueDesk) -> None:
    for number in (9, 10):
        send(filled, number, "KeyError", "pay", till="0")
    found = preview(filled, fingerprint="function:pay -> {{ default }}, {{ tags.till }}")
    (change,) = found.changes
    assert (change.events, change.stays) == (2, 4)
    (going,) = change.goes
    assert (going.issue, going.short, going.events) == (None, "", 2)
    assert int(going.example, 16) in (1, 3)
    assert (change.is_merged, found.new_issues) == (False, 1)


def test_stack_trace_rules_are_tried_too(filled: IssueDesk) -> None:
    found = preview(filled, stack="module:shop.* -group")
    # Without frames, events go by type and message: both issues of KeyError are one.
    assert [change.is_merged for change in found.changes] == [True]


def test_of_many_events_the_newest_are_looked_at(filled: IssueDesk) -> None:
    found = preview(filled, fingerprint="type:KeyError -> one", limit=3)
    assert (found.looked_at, found.is_whole) == (3, False)


def test_time_ends_the_look(filled: IssueDesk) -> None:
    found = preview(filled, seconds=-1)
    assert (found.looked_at, found.is_whole) == (0, False)


def test_texts_that_are_no_rules_are_refused(filled: IssueDesk) -> None:
    with pytest.raises(RuleTextError):
        preview(filled, fingerprint="type: -> x")
