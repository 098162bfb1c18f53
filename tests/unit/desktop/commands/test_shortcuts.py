"""The user's own keys: kept, shared by windows, given to commands that come later, written to a file."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from vedette.desktop.commands.command import Command
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.commands.shortcuts import KEY, Shortcuts, ShortcutsError
from vedette.desktop.preferences import Preferences
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import command_button, command_icon_button


def command(command_id: str, *keys: str, context: str = "app", icon: str = "") -> Command:
    return Command(command_id, command_id, lambda: None, keys=keys, context=context, icon=icon)


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "p.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def registry(qtbot: QtBot, theme: Theme) -> CommandRegistry:
    found = CommandRegistry(theme)
    found.register(
        command("app.palette", "Ctrl+K"),
        command("issue.resolve", "E", context="issue", icon="check"),
        command("issue.archive", "I", context="issue"),
        command("go.issues", "G I"),
        command("go.traces", "G T"),
    )
    return found


@pytest.fixture
def shortcuts(registry: CommandRegistry, preferences: Preferences) -> Shortcuts:
    return Shortcuts(registry, preferences)


def test_a_command_has_several_keys_and_only_differences_are_kept(
    shortcuts: Shortcuts, registry: CommandRegistry, preferences: Preferences
) -> None:
    shortcuts.give("issue.resolve", "Ctrl+Return")
    assert registry.command("issue.resolve").keys == ("E", "Ctrl+Return")
    assert preferences.get(KEY, {}) == {"issue.resolve": ["E", "Ctrl+Return"]}
    shortcuts.take("issue.resolve", "E")
    assert registry.bindings("issue").keys() == {("I",), ("Ctrl+Return",)}
    shortcuts.reset("issue.resolve")
    assert not preferences.is_set(KEY)
    assert registry.bindings("issue")[("E",)].id == "issue.resolve"


def test_keys_taken_from_another_command_are_its_no_more(
    shortcuts: Shortcuts, registry: CommandRegistry
) -> None:
    assert [other.id for other in registry.holders("issue.resolve", "I")] == ["issue.archive"]
    shortcuts.give("issue.resolve", "I")
    assert registry.command("issue.archive").keys == ()
    assert registry.command("issue.resolve").keys == ("E", "I")
    shortcuts.give("app.palette", "G")
    assert [registry.command(number).keys for number in ("go.issues", "go.traces")] == [(), ()]
    shortcuts.reset_all()
    assert registry.command("go.issues").keys == ("G I",)
    assert registry.command("issue.archive").keys == ("I",)


def test_menus_tool_tips_and_hints_follow_at_once(
    shortcuts: Shortcuts, registry: CommandRegistry, theme: Theme, qtbot: QtBot
) -> None:
    plain = command_button(theme, registry, "issue.resolve", show_hint=True)
    icon = command_icon_button(theme, registry, "issue.resolve")
    for button in (plain, icon):
        qtbot.addWidget(button)
    wide = plain.sizeHint().width()
    shortcuts.give("issue.resolve", "Ctrl+Alt+Shift+F12")
    shortcuts.take("issue.resolve", "E")
    assert registry.action("issue.resolve").text() == "issue.resolve\tCtrl+Alt+Shift+F12"
    assert icon.toolTip() == plain.toolTip() == "issue.resolve (Ctrl+Alt+Shift+F12)"
    assert plain.sizeHint().width() > wide
    shortcuts.give("app.palette", "Ctrl+P")
    shortcuts.take("app.palette", "Ctrl+K")
    assert [keys.toString() for keys in registry.action("app.palette").shortcuts()] == ["Ctrl+P"]
    shortcuts.take("app.palette", "Ctrl+P")
    assert registry.action("app.palette").shortcuts() == []
    assert registry.shortcut_sheet(["issue", "app"])[0].lines[0] == ("Ctrl+Alt+Shift+F12", "issue.resolve")


def test_what_the_user_chose_holds_for_commands_that_come_later(
    shortcuts: Shortcuts, registry: CommandRegistry
) -> None:
    shortcuts.give("issue.resolve", "X")
    shortcuts.take("issue.resolve", "E")
    registry.register(command("issue.select", "X", "Shift+X", context="issue"))
    assert registry.command("issue.select").keys == ("Shift+X",)
    assert registry.bindings("issue")[("X",)].id == "issue.resolve"


def test_keys_of_a_command_that_is_not_there_yet_wait_for_it(
    preferences: Preferences, registry: CommandRegistry
) -> None:
    preferences.set(KEY, {"trace.fold": ["Z"], "trace.gone": []})
    shortcuts = Shortcuts(registry, preferences)
    shortcuts.give("issue.resolve", "R")
    registry.register(
        command("trace.fold", "C", context="trace"), command("trace.gone", "U", context="trace")
    )
    assert registry.command("trace.fold").keys == ("Z",)
    assert registry.command("trace.gone").keys == ()
    assert shortcuts.is_chosen("trace.fold")


def test_another_windows_keys_are_the_same(
    shortcuts: Shortcuts, preferences: Preferences, theme: Theme, qtbot: QtBot
) -> None:
    other = CommandRegistry(theme)
    other.register(command("issue.resolve", "E", context="issue"))
    second = Shortcuts(other, preferences)
    with qtbot.waitSignal(second.changed):
        shortcuts.give("issue.resolve", "Q")
    assert other.command("issue.resolve").keys == ("E", "Q")


@pytest.mark.parametrize(
    ("damaged", "notes"),
    [
        ({"issue.resolve": "E"}, 1),
        ({"issue.resolve": [7]}, 1),
        ({"issue.resolve": ["Ctrl+NoKey", "A B C"]}, 2),
        ({"issue.resolve": ["x"] * 9}, 1),
    ],
)
def test_what_is_no_shortcut_is_ignored_with_a_note(
    registry: CommandRegistry, preferences: Preferences, damaged: dict[str, object], notes: int
) -> None:
    preferences.set(KEY, damaged)
    shortcuts = Shortcuts(registry, preferences)
    assert len(shortcuts.notes) == notes
    assert registry.command("issue.resolve").keys == ("E",)


def test_two_commands_the_user_gave_the_same_keys_do_not_both_have_them(
    registry: CommandRegistry, preferences: Preferences
) -> None:
    preferences.set(KEY, {"issue.archive": ["R"], "issue.resolve": ["R"]})
    Shortcuts(registry, preferences)
    assert registry.command("issue.resolve").keys == ("R",)
    assert registry.command("issue.archive").keys == ()


def test_keys_go_to_a_file_and_come_back(shortcuts: Shortcuts, registry: CommandRegistry) -> None:
    shortcuts.give("issue.resolve", "Ü")
    text = shortcuts.export_text()
    shortcuts.reset_all()
    assert shortcuts.import_text(text) == []
    assert registry.command("issue.resolve").keys == ("E", "Ü")
    notes = shortcuts.import_text('{"format": "vedette shortcuts", "keys": {"issue.archive": ["Ctrl+?!"]}}')
    assert len(notes) == 1
    assert registry.command("issue.archive").keys == ("I",)


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"keys": {}}', '{"format": "vedette shortcuts", "keys": []}', "1" * 1_000_001]
)
def test_a_file_without_shortcuts_changes_nothing(
    shortcuts: Shortcuts, registry: CommandRegistry, text: str
) -> None:
    shortcuts.give("issue.resolve", "R")
    with pytest.raises(ShortcutsError):
        shortcuts.import_text(text)
    assert registry.command("issue.resolve").keys == ("E", "R")


def test_keys_that_mean_something_else_elsewhere_are_told(registry: CommandRegistry) -> None:
    registry.register(command("trace.error", "E", context="trace"))
    assert registry.elsewhere("issue.resolve", "E") == []  # never at the same time
    assert [other.id for other in registry.elsewhere("issue.resolve", "Ctrl+K")] == ["app.palette"]
    assert {other.id for other in registry.elsewhere("app.palette", "E")} == {"issue.resolve", "trace.error"}
