"""The list of linked items: read when looked at, opened where they came in; a sentence where is none."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.support.builders import MORNING
from tests.support.store_rows import FilledStore
from tests.support.traces import LaterBridge
from vedette.desktop.linked.columns import KIND, SIZE, TIME
from vedette.desktop.linked.page import LinkedItemsPage
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.store.queries.linked_items import MOST, LinkedItem


def rows(count: int) -> list[LinkedItem]:
    return [LinkedItem("attachment", 9, n, MORNING, f"{n}.txt", 1, n) for n in range(count)]


class Shelf:
    """Answers with what lies on it; counts how often it was asked."""

    def __init__(self) -> None:
        self.items: list[LinkedItem] = []
        self.asked = 0
        self.fails = False

    def read(self, db: object, *args: object) -> list[LinkedItem]:
        self.asked += 1
        if self.fails:
            raise LookupError("the shelf fell down")
        return list(self.items)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def bridge(tmp_path: Path) -> Iterator[LaterBridge]:
    store = FilledStore(tmp_path / "desk")
    bridge = LaterBridge(store.workspace)
    yield bridge
    bridge.close()
    store.close()


@pytest.fixture
def page(bridge: LaterBridge, theme: Theme, qtbot: QtBot) -> LinkedItemsPage:
    found = LinkedItemsPage(
        bridge,  # type: ignore[arg-type]
        theme, name="linked", side=10, nothing=("Nothing here", "It will be."),
    )  # fmt: skip
    qtbot.addWidget(found)
    found.resize(1_000, 300)
    return found


def settle(page: LinkedItemsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.is_settled)


def test_it_counts_before_it_is_looked_at(page: LinkedItemsPage, shelf: Shelf, qtbot: QtBot) -> None:
    shelf.items = rows(3)
    with qtbot.waitSignal(page.counted) as counted:
        page.ask(shelf.read, 1)
    assert counted.args == [3]
    assert page.said.text() == "3 items"


def test_enter_double_click_and_button_open_an_item_where_it_came_in(
    page: LinkedItemsPage, shelf: Shelf, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    shelf.items = rows(3)
    page.ask(shelf.read, 1)
    page.show()
    page.activateWindow()
    settle(page, qtbot)
    qtmodeltester.check(page.model)
    assert not page.show_button.isEnabled()
    page.list.select_key((9, 1))
    told: list[Any] = []
    page.navigate.connect(told.append)
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    page.list.doubleClicked.emit(page.model.index(1, 0))
    page.show_button.click()
    assert told == [Place("ingest", 9, extra="1")] * 3


def test_nothing_is_said_in_a_sentence_and_a_later_item_replaces_it(
    page: LinkedItemsPage, shelf: Shelf, qtbot: QtBot
) -> None:
    page.show()
    page.ask(shelf.read, 1)
    settle(page, qtbot)
    assert page.empty.accessibleName() == "Nothing here It will be."
    assert (page.empty.isVisible(), page.list.isVisible()) == (True, False)
    shelf.items = rows(1)
    page.read_again()
    settle(page, qtbot)
    assert (page.empty.isVisible(), page.list.isVisible()) == (False, True)


def test_what_arrives_shows_up_while_it_is_in_sight_and_the_choice_stays(
    page: LinkedItemsPage, shelf: Shelf, bridge: LaterBridge, qtbot: QtBot
) -> None:
    page._news.setInterval(1)
    shelf.items = rows(2)
    page.ask(shelf.read, 1)
    page.show()
    settle(page, qtbot)
    page.list.select_key((9, 1))
    shelf.items = [LinkedItem("feedback", 10, 0, MORNING, "late"), *rows(2)]
    bridge.changed.emit(())
    qtbot.waitUntil(lambda: len(page.model.rows) == 3)
    assert page.list.current_key() == (9, 1)
    page.hide()
    asked = shelf.asked
    bridge.changed.emit(())
    qtbot.wait(20)
    assert shelf.asked == asked
    page.show()
    settle(page, qtbot)
    assert shelf.asked == asked + 1


def test_another_question_takes_the_old_rows_away_at_once(
    page: LinkedItemsPage, shelf: Shelf, qtbot: QtBot
) -> None:
    shelf.items = rows(2)
    page.ask(shelf.read, 1)
    settle(page, qtbot)
    page.ask(shelf.read, 2)
    assert page.model.rows == []
    settle(page, qtbot)
    assert len(page.model.rows) == 2


def test_what_cannot_be_read_is_said_and_can_be_tried_again(
    page: LinkedItemsPage, shelf: Shelf, qtbot: QtBot
) -> None:
    shelf.fails = True
    page.show()
    page.ask(shelf.read, 1)
    settle(page, qtbot)
    assert page.empty.accessibleName() == "This could not be read."
    shelf.fails, shelf.items = False, rows(1)
    page.empty.acted.emit()
    settle(page, qtbot)
    assert page.list.isVisible()


def test_a_full_list_says_that_it_has_the_newest(page: LinkedItemsPage, shelf: Shelf, qtbot: QtBot) -> None:
    shelf.items = rows(MOST)
    page.ask(shelf.read, 1)
    settle(page, qtbot)
    assert page.said.text() == f"The newest {MOST} items"


def test_size_and_time_make_way_where_it_is_narrow(page: LinkedItemsPage, shelf: Shelf, qtbot: QtBot) -> None:
    shelf.items = rows(1)
    page.ask(shelf.read, 1)
    page.show()
    settle(page, qtbot)
    hidden = []
    for width in (1_000, 600, 300):
        page.resize(width, 300)
        hidden.append({column for column in (KIND, TIME, SIZE) if page.list.isColumnHidden(column)})
    assert hidden[0] == set()
    assert hidden[-1] == {TIME, SIZE}
    assert hidden[0] <= hidden[1] <= hidden[2]
