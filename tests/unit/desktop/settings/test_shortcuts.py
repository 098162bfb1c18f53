"""Shortcuts: found, given by pressing keys, taken from others only when the user says so, kept as a file."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from vedette.desktop.commands.command import Command
from vedette.desktop.commands.dispatcher import KeyDispatcher
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.preferences import Preferences
from vedette.desktop.settings.shortcut_model import COMMAND, KEYS, ShortcutModel
from vedette.desktop.settings.shortcuts import ShortcutsPage
from vedette.desktop.settings.view import SettingsView
from vedette.desktop.shell.places import Place

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(view: SettingsView, registry: CommandRegistry, qtbot: QtBot) -> ShortcutsPage:
    KeyDispatcher(registry, view)
    view.go(Place("settings", "shortcuts"))
    found: ShortcutsPage = view.page("shortcuts")
    return found


def select(page: ShortcutsPage, command_id: str) -> None:
    page.go(command_id)
    command = page.panel.model.command_at(page.panel.table.currentIndex().row())
    assert command is not None
    assert command.id == command_id


def titles(model: ShortcutModel) -> list[str]:
    return [model.index(row, COMMAND).data() for row in range(model.rowCount())]


def test_the_table_holds_every_command_by_area(page: ShortcutsPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.panel.model)
    shown = titles(page.panel.model)
    assert shown.index("Commands and places") < shown.index("Archive") < shown.index("Resolve")


def test_commands_are_found_by_name_and_by_keys(page: ShortcutsPage) -> None:
    page.panel.filter.setText("ctrl+k")
    assert titles(page.panel.model) == ["Commands and places"]
    page.panel.filter.setText("resol")
    assert titles(page.panel.model) == ["Resolve"]
    page.panel.filter.setText("nothing like it")
    assert not page.panel.editor.isVisible()


def test_pressed_keys_are_given_at_once_and_shown_everywhere(
    page: ShortcutsPage, registry: CommandRegistry, preferences: Preferences, qtbot: QtBot
) -> None:
    select(page, "issue.resolve")
    qtbot.keyClick(page.panel.table, Qt.Key.Key_Return)
    field = page.panel.editor.field
    assert field.hasFocus()
    qtbot.keyClick(field, Qt.Key.Key_R, CONTROL)
    assert registry.command("issue.resolve").keys == ("E", "Ctrl+R")
    assert preferences.get("shortcuts", {}) == {"issue.resolve": ["E", "Ctrl+R"]}
    assert page.panel.editor.said.plain == "Ctrl+R leads to Resolve now."
    row = page.panel.model.row_of("issue.resolve")
    keys = page.panel.model.index(row, KEYS)
    assert keys.data() == "E   Ctrl+R"
    assert keys.data(Qt.ItemDataRole.AccessibleTextRole) == "E   Ctrl+R, changed"


def test_two_strokes_are_taken_and_a_single_letter_after_a_moment(
    page: ShortcutsPage, registry: CommandRegistry, qtbot: QtBot
) -> None:
    select(page, "issue.resolve")
    field = page.panel.editor.field
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_G)
    assert field.text() == "G …"
    qtbot.keyClick(field, Qt.Key.Key_X)
    assert registry.command("issue.resolve").keys == ("E", "G X")
    with qtbot.waitSignal(field.recorded, timeout=3_000) as pressed:
        qtbot.keyClick(field, Qt.Key.Key_Y)
    assert pressed.args == ["Y"]


def test_a_shortcut_of_the_window_is_recorded_not_run(
    page: ShortcutsPage, registry: CommandRegistry, qtbot: QtBot
) -> None:
    ran: list[str] = []
    registry.ran.connect(ran.append)
    page.window().addAction(registry.action("app.palette"))
    select(page, "issue.resolve")
    page.panel.editor.field.setFocus()
    qtbot.keyClick(page.panel.editor.field, Qt.Key.Key_K, CONTROL)
    assert ran == []
    assert registry.command("issue.resolve").keys == ("E", "Ctrl+K")
    assert "Everywhere else it stays Commands and places." in page.panel.editor.said.plain


def test_taken_keys_name_their_command_and_wait_for_a_choice(
    page: ShortcutsPage, registry: CommandRegistry, qtbot: QtBot
) -> None:
    select(page, "issue.resolve")
    editor = page.panel.editor
    editor.field.setFocus()
    editor.field.recorded.emit("I")
    assert editor.said.plain == "I is Archive (Issue)."
    assert editor.replace.hasFocus()
    assert registry.command("issue.resolve").keys == ("E",)
    editor.cancel.click()
    assert not editor.said.isVisible()
    editor.field.recorded.emit("I")
    editor.replace.click()
    assert registry.command("issue.resolve").keys == ("E", "I")
    assert registry.command("issue.archive").keys == ()
    assert not editor.replace.isVisible()


def test_keys_are_taken_away_and_reset_one_by_one_and_all(
    page: ShortcutsPage, registry: CommandRegistry, preferences: Preferences
) -> None:
    select(page, "issue.resolve")
    cap = page.findChild(QAbstractButton, "settings.keys.cap.E")
    assert isinstance(cap, QAbstractButton)
    cap.setFocus()
    cap.click()
    assert registry.command("issue.resolve").keys == ()
    assert page.panel.editor.field.hasFocus()
    page.panel.editor.reset.click()
    assert registry.command("issue.resolve").keys == ("E",)
    assert not page.reset_all.isEnabled()
    page.shortcuts.give("issue.archive", "Z")
    page.reset_all.click()
    assert not preferences.is_set("shortcuts")
    page.undo.click()
    assert registry.command("issue.archive").keys == ("I", "Z")


def test_escape_leaves_the_field_for_the_table(page: ShortcutsPage, qtbot: QtBot) -> None:
    select(page, "issue.resolve")
    page.panel.editor.field.setFocus()
    qtbot.keyClick(page.panel.editor.field, Qt.Key.Key_Escape)
    assert page.panel.table.hasFocus()


def test_shortcuts_go_to_a_file_and_come_back(
    page: ShortcutsPage, registry: CommandRegistry, tmp_path: Path
) -> None:
    file = tmp_path / "tästen.json"
    page.ask_save = page.ask_open = lambda *_: str(file)
    page.shortcuts.give("issue.resolve", "Ctrl+Alt+R")
    page.save.click()
    page.reset_all.click()
    page.load.click()
    assert registry.command("issue.resolve").keys == ("E", "Ctrl+Alt+R")
    file.write_text("no shortcuts", encoding="utf-8")
    page.load.click()
    assert page.notice.accessibleName() == "error: This file holds no shortcuts of Vedette."
    file.write_bytes(b"\xff\xfe")
    page.load.click()
    assert page.notice.accessibleName() == "error: The file could not be read."
    assert registry.command("issue.resolve").keys == ("E", "Ctrl+Alt+R")
    page.ask_save = lambda *_: str(tmp_path / "no" / "folder.json")
    page.save.click()
    assert page.notice.accessibleName() == "error: The file could not be written."


def test_damaged_shortcuts_are_ignored_with_a_note(preferences: Preferences, view: SettingsView) -> None:
    preferences.set("shortcuts", {"issue.resolve": ["Ctrl+Nonsense"], "issue.archive": 7})
    view.go(Place("settings", "shortcuts"))
    page: ShortcutsPage = view.page("shortcuts")
    assert page.notice.isVisible()
    assert "2 shortcuts could not be understood" in page.notice.accessibleName()


def test_commands_that_come_later_are_in_the_table(page: ShortcutsPage, registry: CommandRegistry) -> None:
    registry.register(Command("trace.fold", "Fold", lambda: None, keys=("Left",), context="trace"))
    assert "Fold" in titles(page.panel.model)
