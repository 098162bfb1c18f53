import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QTableWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.accessible import describe_as_pane
from vedette.desktop.widgets.key_values import KeyValue, KeyValueTable


def test_a_pane_has_its_parts_only_while_it_is_shown(qtbot: QtBot) -> None:
    window, pane = QWidget(), QWidget()
    qtbot.addWidget(window)
    describe_as_pane(pane)
    QVBoxLayout(window).addWidget(pane)
    QVBoxLayout(pane).addWidget(QTableWidget(3, 2))
    window.show()
    access = QAccessible.queryAccessibleInterface(pane)
    assert access.childCount() == 1
    assert access.child(0).role() == QAccessible.Role.Table

    pane.hide()

    assert access.childCount() == 0
    assert access.child(0) is None


def test_a_pane_that_was_heard_of_before_it_was_one(qtbot: QtBot) -> None:
    pane = QWidget()
    qtbot.addWidget(pane)
    QVBoxLayout(pane).addWidget(QTableWidget(3, 2))
    QAccessible.setActive(True)
    try:
        assert QAccessible.queryAccessibleInterface(pane).childCount() == 1
        describe_as_pane(pane)
    finally:
        QAccessible.setActive(False)

    assert QAccessible.queryAccessibleInterface(pane).childCount() == 0


def test_a_hidden_table_has_no_rows_to_read(qtbot: QtBot, theme: Theme) -> None:
    table = KeyValueTable(theme, name="x", title="Tags")
    qtbot.addWidget(table)
    table.set_rows([KeyValue("os", "Linux")])
    table.show()
    access = QAccessible.queryAccessibleInterface(table)
    assert access.childCount() == 1

    table.hide()

    assert access.childCount() == 0


def test_a_stack_has_only_the_page_in_sight(qtbot: QtBot) -> None:
    stack, first, second = QStackedWidget(), QTableWidget(1, 1), QTableWidget(2, 1)
    qtbot.addWidget(stack)
    first.setAccessibleName("first")
    second.setAccessibleName("second")
    stack.addWidget(first)
    stack.addWidget(second)
    describe_as_pane(first)
    stack.show()
    access = QAccessible.queryAccessibleInterface(stack)
    assert access.childCount() == 1
    assert access.child(0).object() is first

    stack.setCurrentWidget(second)

    assert access.childCount() == 1
    assert access.child(0).text(QAccessible.Text.Name) == "second"
    assert access.indexOfChild(access.child(0)) == 0


def test_nothing_is_left_of_a_table_that_went_away(qtbot: QtBot, theme: Theme) -> None:
    table = KeyValueTable(theme, name="x", title="Tags")
    table.set_rows([KeyValue("os", "Linux"), KeyValue("browser", "Firefox")])
    table.show()
    access = QAccessible.queryAccessibleInterface(table)
    numbers = [QAccessible.uniqueId(found) for found in (access, access.child(0), access.child(1))]
    assert all(QAccessible.accessibleInterface(number) is not None for number in numbers)

    shiboken6.delete(table)

    # A screen reader still has the numbers; what it asks for by them must not be memory that was given back.
    assert [QAccessible.accessibleInterface(number) for number in numbers] == [None, None, None]


def test_a_list_asked_for_before_and_after_a_connection_goes_away_once(qtbot: QtBot, theme: Theme) -> None:
    class Listening(KeyValueTable):
        def hear(self) -> None:
            """Do nothing."""

    table, speaker = Listening(theme, name="x", title="Tags"), QObject()
    before = QAccessible.uniqueId(QAccessible.queryAccessibleInterface(table))
    speaker.objectNameChanged.connect(table.hear)  # gives the table's class another meta-object
    after = QAccessible.uniqueId(QAccessible.queryAccessibleInterface(table))
    assert after != before  # Qt asked for another, which it deletes as well: the same one twice would end us

    shiboken6.delete(table)

    assert [QAccessible.accessibleInterface(number) for number in (before, after)] == [None, None]


def test_a_table_scrolled_out_says_that_it_is_off_the_screen(qtbot: QtBot, theme: Theme) -> None:
    area, body = QScrollArea(), QWidget()
    qtbot.addWidget(area)
    table = KeyValueTable(theme, name="x", title="Tags")
    table.set_rows([KeyValue("os", "Linux")])
    room = QWidget()
    room.setFixedHeight(900)
    column = QVBoxLayout(body)
    column.addWidget(room)
    column.addWidget(table)
    area.setWidgetResizable(True)
    area.setWidget(body)
    area.resize(300, 200)
    area.show()
    access = QAccessible.queryAccessibleInterface(table)
    assert access.state().offscreen
    assert access.child(0).state().offscreen

    area.ensureWidgetVisible(table)

    assert not access.state().offscreen
    assert not access.child(0).state().offscreen
