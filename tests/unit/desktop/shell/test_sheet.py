"""The sheet of shortcuts."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from vedette.desktop.commands.command import Command
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.shell.key_caps import KeyCaps
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.sheet import ShortcutSheet
from vedette.desktop.shell.window import MainWindow
from vedette.desktop.theme.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def registry(theme: Theme) -> CommandRegistry:
    found = CommandRegistry(theme)
    found.register(
        Command("issue.resolve", "Resolve", str, ("E",), context="issue"),
        Command("issue.star", "Star", str, ("S", "Ctrl+D"), context="issue"),
        Command("trace.fit", "Fit the whole trace", str, ("0",), context="trace"),
        Command("app.find", "Search", str, ("/", "Ctrl+F")),
        Command("app.export", "Everything the store holds, written into one file", str, ("Ctrl+S",)),
        *(Command(f"app.more{n}", f"More {n}", str, (f"Ctrl+Alt+{n}",)) for n in range(10)),
    )
    return found


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    found = QWidget()
    found.resize(1440, 900)
    qtbot.addWidget(found)
    found.show()
    return found


@pytest.fixture
def sheet(registry: CommandRegistry, theme: Theme, parent: QWidget, qtbot: QtBot) -> ShortcutSheet:
    return opened(registry, theme, parent, qtbot)


def opened(
    registry: CommandRegistry, theme: Theme, parent: QWidget, qtbot: QtBot, note: str = ""
) -> ShortcutSheet:
    found = ShortcutSheet(registry, ["issue", "app"], theme, parent, note=note)
    found.open()
    qtbot.waitExposed(found)
    return found


def test_only_what_applies_there_is_shown_nearest_first(sheet: ShortcutSheet) -> None:
    lines = sheet.visible_lines()
    assert lines[:3] == ["Resolve", "Star", "Search"]
    assert "Fit the whole trace" not in lines


def test_typing_narrows_by_words_or_keys_and_escape_clears_then_closes(sheet: ShortcutSheet) -> None:
    sheet.edit.setText("star issue")
    assert sheet.visible_lines() == ["Star"]
    sheet.edit.setText("ctrl+f")
    assert sheet.visible_lines() == ["Search"]
    sheet.edit.setText("zebra")
    assert sheet.visible_lines() == []
    assert sheet.none.isVisible()
    assert sheet.none.text() == "No shortcut here has “zebra” in it."
    QTest.keyClick(sheet.edit, Qt.Key.Key_Escape)
    assert sheet.isVisible()
    assert not sheet.none.isVisible()
    assert len(sheet.visible_lines()) == 14
    QTest.keyClick(sheet.edit, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_the_users_own_keys_are_told_at_once(sheet: ShortcutSheet, registry: CommandRegistry) -> None:
    registry.choose_keys({"issue.resolve": ("Ctrl+Alt+Shift+F12",), "issue.star": ()})
    assert sheet.visible_lines()[:2] == ["Resolve", "Search"]
    shown = [caps.keys for caps in sheet.page.findChildren(KeyCaps) if caps.isVisible()]
    assert shown[0] == ("Ctrl+Alt+Shift+F12",)


@pytest.mark.parametrize(
    ("size", "zoom", "columns"), [((1440, 900), 1.0, 2), ((1024, 640), 2.0, 1), ((420, 360), 2.0, 1)]
)
def test_nothing_is_cut_off_in_any_window(
    size: tuple[int, int],
    zoom: float,
    columns: int,
    registry: CommandRegistry,
    theme: Theme,
    parent: QWidget,
    qtbot: QtBot,
) -> None:
    parent.resize(*size)
    theme.set_zoom(zoom)
    sheet = opened(registry, theme, parent, qtbot)
    assert sheet.columns == columns
    assert sheet.width() <= size[0]
    assert sheet.height() <= size[1]
    assert sheet.page.width() <= sheet.area.viewport().width()
    for found in sheet.page.findChildren(QLabel):
        if not found.isVisible():
            continue
        needed = found.heightForWidth(found.width()) if found.wordWrap() else found.sizeHint().height()
        assert found.height() >= needed, found.text()
        assert found.wordWrap() or found.width() >= found.sizeHint().width(), found.text()
    for caps in sheet.page.findChildren(KeyCaps):
        assert not caps.isVisible() or caps.width() >= caps.sizeHint().width(), caps.keys
    assert (
        sheet.page.height() <= sheet.area.viewport().height() or sheet.area.verticalScrollBar().maximum() > 0
    )


def test_the_arrows_scroll_while_typing_goes_on(
    registry: CommandRegistry, theme: Theme, parent: QWidget, qtbot: QtBot
) -> None:
    parent.resize(420, 360)
    sheet = opened(registry, theme, parent, qtbot)
    bar = sheet.area.verticalScrollBar()
    QTest.keyClick(sheet.edit, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    QTest.keyClick(sheet.edit, Qt.Key.Key_PageUp)
    assert bar.value() == 0


def test_one_row_reads_as_what_it_does_and_its_keys(sheet: ShortcutSheet) -> None:
    told = {found.text(): found.accessibleDescription() for found in sheet.page.findChildren(QLabel)}
    assert told["Star"] == "S  Ctrl+D"


def test_it_opens_over_the_window_and_leads_to_the_settings(window: MainWindow, qtbot: QtBot) -> None:
    window.toggle_letters()
    window.open_sheet()
    sheet = window.findChild(ShortcutSheet)
    assert isinstance(sheet, ShortcutSheet)
    assert sheet.note.text() == "Single-letter keys are switched off."
    assert "Resolve" in sheet.visible_lines()
    sheet.change.click()
    assert window.history.current == Place("settings", "shortcuts")
    window.toggle_letters()
