"""Deleting with a way back, labels, releases and conditions from the list."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.desktop import StoreStation
from tests.support.store_rows import FilledStore
from tests.unit.desktop.issues.conftest import rest, titles
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.issues.in_release import ReleaseDialog
from vedette.desktop.issues.label_menu import LabelMenu
from vedette.desktop.issues.section import IssuesSection
from vedette.desktop.issues.until import UntilDialog
from vedette.desktop.theme.theme import Theme
from vedette.domain.times import from_iso
from vedette.store.queries.issues import IssueFilter, get_issue, page_issues
from vedette.store.queries.labels import issue_labels


def press(section: IssuesSection, key: Qt.Key) -> None:
    QTest.keyClick(section.list.list, key)


@pytest.mark.parametrize("discards", [False, True])
def test_deleting_strikes_the_row_and_undo_brings_it_back(
    section: IssuesSection, desk: FilledStore, bridge: Bridge, qtbot: QtBot, discards: bool
) -> None:
    press(section, Qt.Key.Key_J)
    if discards:
        section.acting.discard()
    else:
        section.acting.delete()
    rest(qtbot, bridge, section)
    assert section.list.feed.issues()[0].is_gone, "struck as long as it is selected"
    assert len(page_issues(desk.db, IssueFilter())) == 7
    section.acting.undo()
    rest(qtbot, bridge, section)
    assert titles(section)[0] == "ZeroDivisionError"
    assert not section.list.feed.issues()[0].is_gone
    section.acting.redo()
    rest(qtbot, bridge, section)
    assert len(page_issues(desk.db, IssueFilter())) == 7


def test_all_that_is_found_is_deleted_and_brought_back(
    section: IssuesSection, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    section.mark_whole()
    section.acting.delete()
    rest(qtbot, bridge, section)
    assert page_issues(desk.db, IssueFilter()) == []
    section.acting.undo()
    rest(qtbot, bridge, section)
    assert len(page_issues(desk.db, IssueFilter())) == 8


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_label_is_made_given_and_taken_off_in_its_menu(
    section: IssuesSection, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    press(section, Qt.Key.Key_J)
    (row,) = section.acting.targets()

    def open_menu() -> LabelMenu:
        section.show_choices("labels")
        rest(qtbot, bridge, section)
        return next(menu for menu in section.findChildren(LabelMenu) if menu.isVisible())

    menu = open_menu()
    menu.field.setText("qa")
    QTest.keyClick(menu.field, Qt.Key.Key_Return)
    rest(qtbot, bridge, section)
    assert [label.name for label in issue_labels(desk.db, [row.id])[row.id]] == ["qa"]
    menu = open_menu()
    action = menu.actions()[0]
    assert (action.text(), action.isChecked()) == ("qa", True)
    action.trigger()
    menu.close()
    rest(qtbot, bridge, section)
    assert issue_labels(desk.db, [row.id]) == {}
    section.acting.undo()
    rest(qtbot, bridge, section)
    assert row.id in issue_labels(desk.db, [row.id])


def test_issues_are_resolved_in_a_release_that_is_chosen(
    section: IssuesSection, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    press(section, Qt.Key.Key_J)
    (row,) = section.acting.targets()
    section.acting.ask_release()
    rest(qtbot, bridge, section)
    dialog = section.findChild(ReleaseDialog)
    assert dialog is not None
    assert dialog.field.itemText(0) == "shop@1.0"
    dialog.field.setCurrentText("  ")
    assert not dialog.resolve.isEnabled()
    dialog.field.setCurrentText("shop@1.1 ")
    dialog.resolve.click()
    rest(qtbot, bridge, section)
    issue = get_issue(desk.db, row.id)
    assert issue is not None
    assert issue.status_details == '{"inRelease":"shop@1.1"}'


@pytest.mark.parametrize(
    ("chosen", "details"),
    [
        ("events", {"ignoreCount": 7, "ignoreWindow": 60}),
        ("users", {"ignoreUserCount": 3}),
        ("run", {"untilNextRun": True}),
        ("release", {"untilNextRelease": True}),
    ],
)
def test_the_dialog_says_the_condition_in_the_api_s_words(
    section: IssuesSection, theme: Theme, chosen: str, details: dict[str, Any]
) -> None:
    dialog = UntilDialog(theme, section)
    found: list[Any] = []
    dialog.chosen.connect(found.append)
    if chosen == "events":
        dialog.count.setValue(7)
        dialog.window_of_events.setCurrentIndex(2)
    elif chosen == "users":
        dialog.users.setValue(3)
    else:
        getattr(dialog, f"for_{chosen}").setChecked(True)
    dialog.archive.click()
    assert found == [details]


def test_a_moment_is_said_in_utc(section: IssuesSection, theme: Theme) -> None:
    dialog = UntilDialog(theme, section)
    moment = from_iso(dialog.condition()["ignoreUntil"])
    assert moment == dialog.moment.dateTime().toMSecsSinceEpoch() * 1000


def test_archiving_until_the_next_run_or_release_is_sent(
    section: IssuesSection, station: StoreStation, bridge: Bridge, qtbot: QtBot
) -> None:
    press(section, Qt.Key.Key_J)
    for what, name in (("run", "untilNextRun"), ("release", "untilNextRelease")):
        section.acting.archive_until_next(what)
        rest(qtbot, bridge, section)
        _, _, body = station.calls[-1]
        assert body["statusDetails"] == {name: True}


def test_a_priority_is_given_back_to_the_rule(
    section: IssuesSection, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    press(section, Qt.Key.Key_J)
    (row,) = section.acting.targets()
    section.acting.set_priority("low")
    section.acting.unlock_priority()
    rest(qtbot, bridge, section)
    issue = get_issue(desk.db, row.id)
    assert issue is not None
    assert (issue.priority, issue.priority_locked_at) == (row.priority, None)
