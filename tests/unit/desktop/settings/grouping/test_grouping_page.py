"""The page of grouping: rules are checked while they are written, tried on what is stored, then used."""

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.desktop import StoreStation, settle
from tests.support.store_rows import FilledStore
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.issue.grouping.drafts import RuleKind
from vedette.desktop.settings.grouping.page import GroupingPage
from vedette.desktop.settings.view import SettingsView
from vedette.desktop.shell.places import Place


@pytest.fixture
def page(view: SettingsView, desk: FilledStore, bridge: Bridge, qtbot: QtBot) -> GroupingPage:
    view.go(Place("settings", "grouping"))
    settle(qtbot, bridge)
    found = view.page("grouping")
    assert isinstance(found, GroupingPage)
    return found


def write(page: GroupingPage, text: str, bridge: Bridge, qtbot: QtBot) -> None:
    page.fields[RuleKind(page.kind.current())].setPlainText(text)
    qtbot.waitUntil(lambda: not page._typing.isActive())
    settle(qtbot, bridge)


def test_there_is_nothing_to_use_before_something_is_written(page: GroupingPage) -> None:
    assert not page.apply.isEnabled()
    assert not page.discard.isEnabled()
    assert page.preview.isEnabled()
    assert not page.problem.isVisible()


def test_a_rule_that_cannot_be_read_says_where_and_keeps_from_using_it(
    page: GroupingPage, bridge: Bridge, qtbot: QtBot
) -> None:
    write(page, "type:A -> a\ntype: -> b", bridge, qtbot)
    assert page.problem.isVisible()
    assert page.problem.text().startswith("Line 2: ")
    assert not page.apply.isEnabled()
    page.problem.click()
    assert page.fields[RuleKind.FINGERPRINT].textCursor().blockNumber() == 1
    write(page, "type:A -> a", bridge, qtbot)
    assert not page.problem.isVisible()
    assert page.apply.isEnabled()


def test_discarding_brings_back_what_the_project_has(
    page: GroupingPage, bridge: Bridge, qtbot: QtBot
) -> None:
    write(page, "type:A -> a", bridge, qtbot)
    assert page.is_changed
    page.discard.click()
    assert page.fields[RuleKind.FINGERPRINT].toPlainText() == ""
    assert not page.is_changed


def test_used_rules_are_sent_as_both_texts(
    page: GroupingPage, bridge: Bridge, qtbot: QtBot, station: StoreStation
) -> None:
    write(page, "type:A -> a", bridge, qtbot)
    page.apply.click()
    settle(qtbot, bridge)
    method, path, body = station.calls[-1][:3]
    assert (method, path.startswith("/projects/desk/")) == ("PUT", True)
    assert body == {"fingerprintingRules": "type:A -> a", "groupingEnhancements": ""}


def test_a_drafted_rule_is_shown_with_its_project_and_kind(
    view: SettingsView, page: GroupingPage, bridge: Bridge, qtbot: QtBot
) -> None:
    view.go(Place("settings", "grouping", extra="1:groupingEnhancements:module:vendor.* -group"))
    settle(qtbot, bridge)
    assert page.kind.current() == RuleKind.STACK_TRACE
    assert page.fields[RuleKind.STACK_TRACE].toPlainText() == "module:vendor.* -group"
    assert page.fields[RuleKind.STACK_TRACE].isVisible()
    assert page.is_changed


def test_a_preview_says_how_much_was_looked_at(page: GroupingPage, bridge: Bridge, qtbot: QtBot) -> None:
    page.preview.click()
    assert not page.preview.isEnabled()
    settle(qtbot, bridge)
    assert page.summary.isVisible()
    assert page.summary.text()
    assert page.preview.isEnabled()


def test_the_search_of_settings_finds_the_page(view: SettingsView, page: GroupingPage) -> None:
    view.search.setText("fingerprint")
    QTest.qWait(200)
    assert page.isVisible()


def told(state: str, done: int = 0, moved: int = 0) -> dict[str, str | int | None]:
    return {"id": "3", "state": state, "done": done, "total": 40, "moved": moved, "error": None}


def test_regrouping_is_followed_until_it_is_done_and_can_be_undone(
    page: GroupingPage, bridge: Bridge, qtbot: QtBot, station: StoreStation, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [
        told("running", 10),
        told("running", 30),
        told("done", 40, moved=7),
        told("undoing"),
        told("undone"),
    ]
    asked: list[tuple[str, str]] = []

    def call(method: str, path: str, *_: object, answer: Callable[[object], object], **__: object) -> None:
        asked.append((method, path))
        answer(answers.pop(0))

    write(page, "type:A -> a", bridge, qtbot)
    monkeypatch.setattr(bridge, "call", call)
    page.regroup.click()
    assert asked[0][0] == "POST"
    assert asked[0][1].endswith("/regroup/")
    assert page.progress.isVisible()
    assert page.progress.words.text() == "10 of 40 events"
    assert not page.regroup.isEnabled()
    qtbot.waitUntil(lambda: not page.progress.is_under_way)
    assert page.progress.words.text() == "Done: 7 events changed their issue"
    assert page.regroup.isEnabled()
    assert page.progress.stop.text() == "Undo"
    page.progress.stop.click()
    assert asked[-1] == ("DELETE", "/organizations/desk/regroupings/3/")
    assert page.progress.words.text() == "Taking it back…"
    qtbot.waitUntil(lambda: not page.progress.is_under_way)
    assert page.progress.words.text() == "Taken back"
    assert not page.progress.stop.isEnabled()
