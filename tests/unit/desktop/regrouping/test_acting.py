"""What merging, splitting, moving and unmerging ask of the station, and taking them back."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.support.issue_desk import IssueDesk
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.bridge.tickets import Ticket
from vedette.desktop.regrouping.acting import Regrouping
from vedette.desktop.theme.theme import Theme
from vedette.domain.json import JsonValue


class Station:
    """Answers every call with ``answer``; ``calls`` lists method, path, body and parameters."""

    def __init__(self, answer: JsonValue) -> None:
        self.answer = answer
        self.calls: list[tuple[str, str, Any, list[tuple[str, str]]]] = []

    def call(
        self,
        ticket: Ticket,
        method: str,
        path: str,
        body: JsonValue,
        query: list[tuple[str, str]],
        *,
        done: Callable[[], None],
    ) -> None:
        self.calls.append((method, path, body, query))
        ticket.deliver(self.answer)
        done()

    def stop(self) -> None: ...


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    found = QWidget()
    qtbot.addWidget(found)
    return found


def acting(bridge: Bridge, theme: Theme, parent: QWidget, answer: JsonValue) -> tuple[Regrouping, Station]:
    bridge.link = station = Station(answer)  # type: ignore[assignment]
    return Regrouping(bridge, theme, parent), station


def test_a_merge_names_all_issues_and_is_taken_back_by_its_journal_entry(
    bridge: Bridge, theme: Theme, parent: QWidget, qtbot: QtBot
) -> None:
    found, station = acting(
        bridge, theme, parent, {"merge": {"parent": "1", "children": ["2"], "regrouping": "7"}}
    )
    with qtbot.waitSignal(found.done) as done:
        found.merge([1, 2])
    sentence, undo = done.args
    assert sentence == "Merged 2 issues"
    assert station.calls == [
        ("PUT", "/organizations/desk/issues/", {"merge": True}, [("id", "1"), ("id", "2")])
    ]
    undo()
    assert station.calls[-1][:2] == ("DELETE", "/organizations/desk/regroupings/7/")


def test_one_issue_alone_is_not_merged(bridge: Bridge, theme: Theme, parent: QWidget) -> None:
    found, station = acting(bridge, theme, parent, {})
    found.merge([1])
    assert station.calls == []


def test_unmerging_splitting_and_moving_say_what_and_where_to(
    desk: IssueDesk, bridge: Bridge, theme: Theme, parent: QWidget
) -> None:
    found, station = acting(bridge, theme, parent, {"id": "9", "target": "4"})
    issue = desk.issue("KeyError")
    path = f"/organizations/desk/issues/{issue.id}"
    found.unmerge(issue, ["a" * 32])
    found.split(issue, "tags.till:1", None)
    found.split(issue, "tags.till:1", 2)
    found.move(issue, ["b" * 32], 3)
    assert station.calls == [
        ("DELETE", f"{path}/hashes/", None, [("id", "a" * 32)]),
        ("POST", f"{path}/split/", {"matchers": "tags.till:1"}, []),
        ("POST", f"{path}/split/", {"matchers": "tags.till:1", "target": "2"}, []),
        ("POST", f"{path}/move-events/", {"events": ["b" * 32], "target": "3"}, []),
    ]
