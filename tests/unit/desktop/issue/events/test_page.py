"""All events of an issue as a table."""

from typing import Any

import orjson
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.support.issue_desk import NOON, IssueDesk, Opener
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issue.events.page import EventsPage
from vedette.desktop.issue.head.navigator import EVENT, EVENTS
from vedette.desktop.issue.view import IssueView
from vedette.desktop.shell.places import Place
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.times import MINUTE, Micros


def send(desk: IssueDesk, number: int, **more: Any) -> None:
    exception = {"values": [{"type": "KeyError", "value": "'till'"}]}
    event = {"event_id": f"{number:032x}", "platform": "python", "exception": exception, **more}
    desk.send(event, at=Micros(NOON + number * MINUTE))


@pytest.fixture
def page(desk: IssueDesk, show: Opener, view: IssueView) -> EventsPage:
    """The table over 150 events of one issue, more than two pages of it."""
    for number in range(1, 151):
        release = f"2.{number % 3}" if number != 7 else None
        send(desk, number, release=release, tags={"till": str(number % 4)}, contexts={"order": {"n": number}})
    show("KeyError")
    view.show_part(EVENTS)
    show.settle()
    return view.events


def numbers(page: EventsPage) -> list[int]:
    return [int(listed.row.event_id, 16) for listed in page.model.rows]


def test_pages_follow_the_view_newest_first(page: EventsPage, show: Opener) -> None:
    assert numbers(page) == list(range(150, 86, -1))
    page.list.scrollToBottom()
    page.model.fetchMore()
    show.settle()
    page.model.fetchMore()
    show.settle()
    assert numbers(page) == list(range(150, 0, -1))
    assert page.note.text().startswith("150 events · by time")


def test_a_column_sorts_and_turns_round(page: EventsPage, show: Opener) -> None:
    page.sort_by("time")
    show.settle()
    assert numbers(page)[0] == 1
    page.sort_by("release")
    show.settle()
    assert {listed.row.release for listed in page.model.rows[:40]} == {"2.0"}
    while not page.model.is_exhausted:
        page.model.fetchMore()
        show.settle()
    assert numbers(page)[-1] == 7, "an event without the value comes last"
    assert len(set(numbers(page))) == 150
    assert page.note.text().endswith("by release")


def test_own_columns_show_tags_and_paths_and_are_remembered(
    page: EventsPage, show: Opener, bridge: Bridge
) -> None:
    page.add_column("till")
    page.add_column(".contexts.order.n")
    show.settle()
    assert page.model.rows[0].values == ("2", "150")
    titles = [page.model.headerData(at, Qt.Orientation.Horizontal) for at in range(page.model.columnCount())]
    assert titles[-2:] == ["till", ".contexts.order.n"]
    assert bridge.preferences.get("issue.events.columns", []) == ["till", ".contexts.order.n"]
    page.remove_column("till")
    show.settle()
    assert page.model.rows[0].values == ("150",)


def test_enter_opens_the_event(page: EventsPage, show: Opener, view: IssueView, qtbot: QtBot) -> None:
    page.list.select_key(page.model.rows[4].row.id)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    show.settle()
    assert view.part() == EVENT
    assert view.page is not None
    assert int(view.page.row.event_id, 16) == 146


def test_two_selected_events_are_compared(
    page: EventsPage, view: IssueView, commands: CommandRegistry, qtbot: QtBot
) -> None:
    page.list.selectRow(2)
    page.list.setCurrentIndex(page.model.index(2, 0))
    page.list.step(1, extend=True)
    with qtbot.waitSignal(view.navigate) as navigated:
        assert commands.run("event.compare")
    assert navigated.args == [Place("compare", extra="147,148")]
    page.list.selectAll()
    assert not commands.command("event.compare").when()


def test_rows_are_copied_as_csv_json_and_ids(page: EventsPage) -> None:
    page.copy("csv")
    assert QGuiApplication.clipboard().text().startswith("time,event_id,level,title,")
    page.list.select_key(page.model.rows[0].row.id)
    page.copy("ids")
    assert QGuiApplication.clipboard().text() == f"{150:032x}"
    page.copy("json")
    assert len(orjson.loads(QGuiApplication.clipboard().text())) == 64


def test_a_cell_s_menu_filters_excludes_and_copies(page: EventsPage, qtbot: QtBot) -> None:
    listed = page.model.rows[0]
    menu = page.build_menu(listed, 3)
    actions = {action.text(): action for action in menu.actions() if action.text()}
    with qtbot.waitSignal(page.filterRequested) as filtered:
        actions["Exclude"].trigger()
    assert filtered.args == ["release", "2.0", True]
    actions["Copy cell"].trigger()
    assert QGuiApplication.clipboard().text() == "2.0"


def test_new_events_come_in_above(page: EventsPage, desk: IssueDesk, show: Opener, bridge: Bridge) -> None:
    send(desk, 200, release="2.0")
    bridge.changed.emit((Change(ChangeKind.ISSUE, (desk.issues()[0].id,)),))
    show.settle()
    assert numbers(page)[:2] == [200, 150]


def test_a_search_that_leaves_nothing_says_so(page: EventsPage, show: Opener, view: IssueView) -> None:
    view.set_query("till:none")
    show.settle()
    assert page.empty.isVisible()
    assert page.empty.accessibleName().startswith("No event fits")
    view.set_query("till:3")
    show.settle()
    assert set(numbers(page)[:5]) == {147, 143, 139, 135, 131}


def test_the_model_is_one_qt_can_rely_on(page: EventsPage, qtmodeltester: Any) -> None:
    qtmodeltester.check(page.model)
