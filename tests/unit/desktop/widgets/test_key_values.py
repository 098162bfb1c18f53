import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.key_values import KeyValue, KeyValueTable

ROWS = [
    KeyValue("os", "Linux 6.8"),
    KeyValue("trace", "5c8e1f07", link=True),
    KeyValue("url", "x" * 400, code=True),
]


@pytest.fixture
def table(qtbot: QtBot, theme: Theme) -> KeyValueTable:
    found = KeyValueTable(theme, name="event.tags", title="Tags", filters=True)
    qtbot.addWidget(found)
    found.resize(300, 400)
    found.set_rows(ROWS)
    found.show()
    return found


def test_long_values_wrap_and_make_their_row_higher(table: KeyValueTable) -> None:
    heights = [table.row_rect(at).height() for at in range(3)]
    assert heights[0] == heights[1] < heights[2]
    assert table.heightForWidth(900) < table.heightForWidth(250)


def test_values_wrap_between_words_and_inside_those_that_are_too_wide(qtbot: QtBot, theme: Theme) -> None:
    table = KeyValueTable(theme, name="x", title="Places")
    qtbot.addWidget(table)
    table.resize(300, 400)
    # Cut anywhere, three words of two thirds of a line would take two lines.
    for value, lines in ((" ".join(["m" * 14] * 3), 3), ("m" * 30, 2), ("a\nb\nc", 3)):
        table.set_rows([KeyValue("place", value, code=True), KeyValue("line", "x", code=True)])
        one, all_lines = table.row_rect(1).height(), table.row_rect(0).height()
        assert round((all_lines - one) / theme.metrics("code").height()) == lines - 1, value


def test_the_keyboard_moves_copies_and_follows(qtbot: QtBot, table: KeyValueTable) -> None:
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Linux 6.8"
    qtbot.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.linkFollowed) as followed:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert followed.args == ["trace"]


def test_without_a_current_row_everything_is_copied_as_pairs(table: KeyValueTable) -> None:
    table.copy()
    assert QGuiApplication.clipboard().text().splitlines()[:2] == ["os: Linux 6.8", "trace: 5c8e1f07"]


def test_a_click_on_a_link_follows_it(qtbot: QtBot, table: KeyValueTable) -> None:
    with qtbot.waitSignal(table.linkFollowed):
        qtbot.mouseClick(table, Qt.MouseButton.LeftButton, pos=table.row_rect(1).center())
    with qtbot.assertNotEmitted(table.linkFollowed):
        qtbot.mouseClick(table, Qt.MouseButton.LeftButton, pos=table.row_rect(0).center())


def test_the_menu_filters_and_excludes(qtbot: QtBot, table: KeyValueTable) -> None:
    qtbot.keyClick(table, Qt.Key.Key_Down)
    menu = table.build_menu()
    with qtbot.waitSignal(table.filterRequested) as asked:
        menu.actions()[1].trigger()
    assert asked.args == ["os", "Linux 6.8", True]


def test_an_empty_table_takes_no_room_and_no_focus(table: KeyValueTable) -> None:
    table.set_rows([])
    assert table.heightForWidth(300) == 0
    assert table.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert table.row_at(table.rect().center()) == -1


def test_screen_readers_find_each_row_as_a_sentence(table: KeyValueTable) -> None:
    access = QAccessible.queryAccessibleInterface(table)

    assert access.role() == QAccessible.Role.List
    assert access.childCount() == 3
    assert access.child(1).text(QAccessible.Text.Name) == "trace: 5c8e1f07"
    assert access.child(1).rect().height() == table.row_rect(1).height()


def test_tab_brings_the_keyboard_to_the_first_row(qtbot: QtBot, table: KeyValueTable) -> None:
    table.activateWindow()
    table.clearFocus()
    table.setFocus(Qt.FocusReason.TabFocusReason)

    qtbot.waitUntil(lambda: table.current_row() == 0)
    assert QAccessible.queryAccessibleInterface(table).child(0).state().focused


def test_a_table_scrolled_out_as_a_whole_still_has_its_rows(qtbot: QtBot, theme: Theme) -> None:
    area, page = QScrollArea(), QWidget()
    qtbot.addWidget(area)
    layout = QVBoxLayout(page)
    space = QWidget()
    space.setFixedHeight(2_000)
    below = KeyValueTable(theme, name="x", title="Variables")
    below.set_rows(ROWS)
    layout.addWidget(space)
    layout.addWidget(below)
    area.setWidget(page)
    area.resize(300, 200)
    area.show()
    assert QAccessible.queryAccessibleInterface(below).childCount() == 3
