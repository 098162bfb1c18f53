"""Which events are walked: query, scope, and the way among them."""

from typing import Any

import orjson
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.support.issue_desk import NOON, IssueDesk, Opener
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issue.view import IssueView
from vedette.desktop.shell.scope import Scope
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.times import MINUTE, Micros


def send(desk: IssueDesk, number: int, **more: Any) -> None:
    exception = {"values": [{"type": "KeyError", "value": "'till'"}]}
    event = {"event_id": f"{number:032x}", "platform": "python", "exception": exception, **more}
    desk.send(event, at=Micros(NOON + number * MINUTE))


def twelve(desk: IssueDesk) -> None:
    for number in range(1, 13):
        send(desk, number, tags={"parity": str(number % 2)}, environment="qa" if number > 6 else "prod")


def shown(view: IssueView) -> int:
    assert view.page is not None
    return int(view.page.row.event_id, 16)


def test_only_events_that_fit_the_query_are_walked(
    desk: IssueDesk, show: Opener, view: IssueView, commands: CommandRegistry
) -> None:
    twelve(desk)
    view.set_query("is:unresolved parity:1")
    show("KeyError")
    assert shown(view) == 11, "the one that says most among those that fit"
    assert view.navigator.position.text() == "6 of 6 matching"
    assert "11 of 12 events in all" in view.navigator.position.toolTip()
    for command, number in (("event.previous", 9), ("event.first", 1), ("event.next", 3), ("event.last", 11)):
        assert commands.run(command)
        show.settle()
        assert shown(view) == number
    assert not commands.command("event.next").when()


def test_the_scope_narrows_them_too(desk: IssueDesk, show: Opener, view: IssueView) -> None:
    twelve(desk)
    show("KeyError", "oldest")
    view.set_scope(Scope(environments=("qa",)))
    show.settle()
    assert shown(view) == 1, "the event shown stays"
    assert view.navigator.position.text() == "not among 6 matching"
    assert view.navigator.next.isEnabled()


def test_a_query_nobody_understands_leaves_all_events(desk: IssueDesk, show: Opener, view: IssueView) -> None:
    twelve(desk)
    view.set_query('release:"open')
    show("KeyError", "latest")
    assert view.navigator.position.text() == "12 of 12"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups, offscreen
def test_an_event_is_gone_to_by_number_and_by_the_beginning_of_its_id(
    desk: IssueDesk, show: Opener, view: IssueView, commands: CommandRegistry, qtbot: QtBot
) -> None:
    twelve(desk)
    show("KeyError")
    assert commands.run("event.jump")
    box = view.navigator.jump
    qtbot.keyClicks(box.field, "3")
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    show.settle()
    assert shown(view) == 3
    assert not box.isVisible()
    commands.run("event.jump")
    box.wanted.emit(f"{7:032x}"[:32])
    show.settle()
    assert shown(view) == 7
    commands.run("event.jump")
    box.wanted.emit("99")
    show.settle()
    assert box.note.text() == "This issue has no such event."
    assert box.isVisible()
    box.hide()


def test_latest_follows_until_another_event_is_chosen(
    desk: IssueDesk, show: Opener, view: IssueView, commands: CommandRegistry, bridge: Bridge
) -> None:
    twelve(desk)
    show("KeyError", "oldest")
    assert not view.is_following()
    assert commands.run("event.follow")
    show.settle()
    assert shown(view) == 12
    assert view.navigator.latest.isChecked()
    send(desk, 20)
    bridge.changed.emit((Change(ChangeKind.ISSUE, (desk.issues()[0].id,)),))
    show.settle()
    assert shown(view) == 20
    assert commands.run("event.previous")
    show.settle()
    assert not view.is_following()
    assert not view.navigator.latest.isChecked()


def test_comparing_asks_with_which_and_names_both_rows(
    desk: IssueDesk, show: Opener, view: IssueView, commands: CommandRegistry, qtbot: QtBot
) -> None:
    twelve(desk)
    show("KeyError", f"{5:032x}")
    places: list[Any] = []
    view.navigate.connect(places.append)
    for command in (
        "event.compare_previous",
        "event.compare_next",
        "event.compare_first",
        "event.compare_latest",
    ):
        assert commands.run(command)
        show.settle()
    assert [place.extra for place in places] == ["5,4", "5,6", "5,1", "5,12"]
    assert {place.section for place in places} == {"compare"}


def test_the_link_names_the_event(
    desk: IssueDesk, show: Opener, view: IssueView, commands: CommandRegistry
) -> None:
    twelve(desk)
    show("KeyError", f"{5:032x}")
    assert commands.run("event.copy_link")
    text = QGuiApplication.clipboard().text()
    assert text.startswith("vedette://")
    assert "DESK-1" in text
    assert f"{5:032x}" in text


def test_a_clock_that_is_off_is_said(desk: IssueDesk, show: Opener, view: IssueView) -> None:

    event = orjson.dumps({"event_id": f"{1:032x}", "message": "late", "platform": "python"})
    header = {"event_id": f"{1:032x}", "sent_at": "2026-11-24T05:00:00Z"}
    item = {"type": "event", "length": len(event)}
    desk.receive(b"\n".join([orjson.dumps(header), orjson.dumps(item), event]), Micros(NOON))
    show("late")
    assert view.page is not None
    assert view.page.skew is not None
    assert "before it arrived" in view.navigator.facts.text()
