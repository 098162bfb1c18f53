"""Choosing an issue, and saying which events of one are something else."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.support.desktop import settle
from tests.support.issue_desk import NOON, IssueDesk
from tests.unit.desktop.regrouping.conftest import an_error
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.issue.grouping.conditions import conditions_of
from vedette.desktop.issue.merged.page import MergedPage
from vedette.desktop.regrouping.choose_issue import ChooseIssueDialog
from vedette.desktop.regrouping.split_dialog import SplitDialog
from vedette.desktop.theme.theme import Theme
from vedette.store.writer.journal import Journal as Entries
from vedette.store.writer.journal import Kind, State


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    found = QWidget()
    qtbot.addWidget(found)
    found.show()
    return found


@pytest.fixture
def choosing(
    desk: IssueDesk, bridge: Bridge, theme: Theme, parent: QWidget, qtbot: QtBot
) -> ChooseIssueDialog:
    without = [desk.issue("OSError").id]
    found = ChooseIssueDialog(
        bridge, theme, parent, title="Merge with…", verb="Merge", project=1, without=without
    )
    found.open()
    settle(qtbot, bridge)
    return found


def titles(dialog: ChooseIssueDialog) -> list[str]:
    return [row.title.partition(":")[0] for row in dialog.model.rows]


def type_in(dialog: ChooseIssueDialog, text: str) -> None:
    edit = dialog.field.findChild(QLineEdit)
    assert edit is not None
    QTest.keyClicks(edit, text)


def test_the_newest_issues_are_offered_but_not_the_one_that_asks(choosing: ChooseIssueDialog) -> None:
    assert titles(choosing) == ["ValueError", "KeyError"]
    assert choosing.take.isEnabled()
    assert not choosing.new.isVisible()


def test_typing_narrows_and_enter_takes_the_first(
    choosing: ChooseIssueDialog, bridge: Bridge, qtbot: QtBot
) -> None:
    type_in(choosing, "KeyError")
    qtbot.waitUntil(lambda: titles(choosing) == ["KeyError"])
    with qtbot.waitSignal(choosing.chosen) as chosen:
        QTest.keyClick(choosing, Qt.Key.Key_Return)
    assert chosen.args[0].title.startswith("KeyError")


def test_what_is_no_query_is_looked_for_as_words(
    choosing: ChooseIssueDialog, bridge: Bridge, qtbot: QtBot
) -> None:
    type_in(choosing, 'is:nonsense "')
    qtbot.waitUntil(lambda: titles(choosing) == [])
    assert choosing.nothing.text() == "No other issue fits."
    assert not choosing.take.isEnabled()


@pytest.fixture
def splitting(desk: IssueDesk, bridge: Bridge, theme: Theme, parent: QWidget, qtbot: QtBot) -> SplitDialog:
    issue = desk.issue("KeyError")
    event: dict[str, Any] = an_error(1, "KeyError")
    conditions = conditions_of(event, [("till", "1"), ("odd key", "x")])
    assert len(conditions) == 5
    found = SplitDialog(bridge, theme, parent, issue=issue.id, short=issue.short, conditions=conditions)
    found.open()
    return found


def wait(dialog: SplitDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog.is_settled)


def test_ticked_conditions_become_text_and_say_how_many_events_fit(
    splitting: SplitDialog, qtbot: QtBot
) -> None:
    assert not splitting.split.isEnabled()
    (item,) = splitting.list.findItems('tags.till:"1"', Qt.MatchFlag.MatchExactly)
    item.setCheckState(Qt.CheckState.Checked)
    assert splitting.matchers.text() == 'tags.till:"1"'
    wait(splitting, qtbot)
    assert splitting.said.text() == "2 of its 6 events fit."
    with qtbot.waitSignal(splitting.chosen) as chosen:
        splitting.split.click()
    assert chosen.args == ['tags.till:"1"', False]


def test_conditions_that_all_events_fit_split_nothing(splitting: SplitDialog, qtbot: QtBot) -> None:
    splitting.matchers.setText("type:KeyError")
    wait(splitting, qtbot)
    assert splitting.said.text().startswith("6 of its 6 events fit. That is all of them")
    assert not splitting.split.isEnabled()


@pytest.mark.parametrize("text", ["nonsense:1", "type:", "tags.till:9"])
def test_conditions_that_cannot_be_read_or_that_nothing_fits_cannot_be_used(
    splitting: SplitDialog, qtbot: QtBot, text: str
) -> None:
    splitting.matchers.setText(text)
    wait(splitting, qtbot)
    assert splitting.said.text()
    assert not splitting.split.isEnabled()
    assert not splitting.into.isEnabled()


def test_every_condition_offered_can_be_read_and_fits_the_event(splitting: SplitDialog, qtbot: QtBot) -> None:
    for row in range(splitting.list.count()):
        splitting.list.item(row).setCheckState(Qt.CheckState.Checked)
    wait(splitting, qtbot)
    assert splitting.list.count() >= 4
    assert splitting.said.text() == "2 of its 6 events fit."


def test_hashes_are_marked_and_one_must_stay(
    desk: IssueDesk, bridge: Bridge, theme: Theme, qtbot: QtBot
) -> None:
    page = MergedPage(bridge, theme)
    qtbot.addWidget(page)
    page.resize(700, 400)
    page.show()
    page.show_issue(desk.issue("KeyError"))
    settle(qtbot, bridge)
    assert [row.events for row in page.model.rows] == [6]
    assert "one hash" in page.about.text()
    page.list.select_key(page.model.rows[0].hash)
    assert not page.unmerge.isEnabled()
    assert page.note.text() == "One must stay"


def test_what_was_done_by_hand_is_listed_with_a_way_back(
    desk: IssueDesk, bridge: Bridge, theme: Theme, qtbot: QtBot
) -> None:
    issue, other = desk.issue("KeyError"), desk.issue("OSError")
    journal = Entries(desk.writer.raw)
    with desk.writer.batch():
        kept = journal.begin(Kind.MERGE, 1, NOON, State.DONE, {"issue": issue.id, "issues": [other.id]})
        undone = journal.begin(
            Kind.SPLIT, 1, NOON, State.UNDONE, {"issue": issue.id, "target": 99, "matchers": "tags.till:1"}
        )
        journal.begin(Kind.MOVE, 1, NOON, State.DONE, {"target": other.id})
        for entry in (kept, undone):
            journal.save(entry)
    page = MergedPage(bridge, theme)
    qtbot.addWidget(page)
    page.show()
    page.show_issue(issue)
    settle(qtbot, bridge)
    texts = [found.text() for found in page.journal.findChildren(QLabel) if found.objectName()]
    assert texts == ["Split by tags.till:1 (taken back)", "Merged with 1 issue"]
    (back,) = page.journal.findChildren(QAbstractButton)
    with qtbot.waitSignal(page.journal.undoWanted) as wanted:
        back.click()
    assert wanted.args == [kept.id]
