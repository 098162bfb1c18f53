from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from vedette.desktop.commands.command import Command
from vedette.desktop.commands.dispatcher import TAKES_EVERY_KEY, KeyDispatcher, contexts_at
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.theme.theme import Theme


class Window(QWidget):
    """A list and a trace pane with a button each, and a text field."""

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        self.field = QLineEdit()
        self.listed, self.trace = QWidget(), QWidget()
        self.listed.setProperty("commandContext", "issues list")
        self.trace.setProperty("commandContext", "trace")
        self.row, self.span = QPushButton("row", self.listed), QPushButton("span", self.trace)
        for part in (self.field, self.listed, self.trace):
            layout.addWidget(part)


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    found = Window()
    qtbot.addWidget(found)
    found.show()
    found.activateWindow()
    qtbot.waitUntil(found.isActiveWindow)
    return found


@pytest.fixture
def dispatcher(window: Window, theme: Theme, done: list[str]) -> KeyDispatcher:
    registry = CommandRegistry(theme, window)

    def note(name: str) -> Callable[[], object]:
        return lambda: done.append(name)

    registry.register(
        Command("go.issues", "Issues", note("issues"), keys=("G I",)),
        Command("app.palette", "Commands", note("palette"), keys=("Ctrl+K",)),
        Command("app.help", "Shortcuts", note("help"), keys=("?",)),
        Command("list.open", "Open", note("open"), keys=("O",), context="list"),
        Command("issue.resolve", "Resolve", note("resolve"), keys=("E",), context="issues"),
        Command("trace.group", "Group", note("group"), keys=("G",), context="trace"),
        Command("trace.error", "Next error", note("error"), keys=("E",), context="trace"),
        Command("trace.copy", "Copy", note("copy"), keys=("Ctrl+C",), context="trace"),
    )
    return KeyDispatcher(registry, window)


def test_the_focus_decides_what_a_letter_means(
    qtbot: QtBot, window: Window, dispatcher: KeyDispatcher, done: list[str]
) -> None:
    window.row.setFocus()
    qtbot.keyClick(window.row, Qt.Key.Key_E)
    window.span.setFocus()
    qtbot.keyClick(window.span, Qt.Key.Key_E)
    assert done == ["resolve", "error"]
    assert contexts_at(window.row) == ["issues", "list", "app"]


def test_letters_typed_into_a_text_field_stay_text(
    qtbot: QtBot, window: Window, dispatcher: KeyDispatcher, done: list[str]
) -> None:
    window.field.setFocus()
    qtbot.keyClicks(window.field, "gieo?")
    assert window.field.text() == "gieo?"
    assert done == []
    qtbot.keyClick(window.field, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert done == ["palette"]


def test_two_strokes_make_one_command(
    qtbot: QtBot, window: Window, dispatcher: KeyDispatcher, done: list[str]
) -> None:
    window.row.setFocus()
    with qtbot.waitSignal(dispatcher.sequenceStarted):
        qtbot.keyClick(window.row, Qt.Key.Key_G)
    with qtbot.waitSignal(dispatcher.sequenceEnded):
        qtbot.keyClick(window.row, Qt.Key.Key_I)
    assert done == ["issues"]


def test_a_letter_that_also_starts_a_sequence_acts_after_a_short_wait_or_another_key(
    qtbot: QtBot, window: Window, dispatcher: KeyDispatcher, done: list[str]
) -> None:
    window.span.setFocus()
    qtbot.keyClick(window.span, Qt.Key.Key_G)
    assert done == []
    qtbot.waitUntil(lambda: done == ["group"], timeout=2000)
    qtbot.keyClick(window.span, Qt.Key.Key_G)
    qtbot.keyClick(window.span, Qt.Key.Key_E)
    assert done == ["group", "group", "error"]
    qtbot.keyClick(window.span, Qt.Key.Key_G)
    qtbot.keyClick(window.span, Qt.Key.Key_I)
    assert done[3:] == ["issues"]


def test_single_letters_can_be_switched_off_as_a_group(
    qtbot: QtBot, window: Window, dispatcher: KeyDispatcher, done: list[str]
) -> None:
    dispatcher.letters_enabled = False
    window.span.setFocus()
    for key in (Qt.Key.Key_E, Qt.Key.Key_G, Qt.Key.Key_I):
        qtbot.keyClick(window.span, key)
    assert done == []
    qtbot.keyClick(window.span, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert done == ["copy"]


def test_a_sign_typed_with_shift_is_found_by_the_sign(
    qtbot: QtBot, window: Window, dispatcher: KeyDispatcher, done: list[str]
) -> None:
    window.row.setFocus()
    qtbot.keyClick(window.row, "?", Qt.KeyboardModifier.ShiftModifier)
    assert done == ["help"]


def test_a_shortcut_in_a_menu_runs_once(
    qtbot: QtBot, window: Window, theme: Theme, done: list[str], dispatcher: KeyDispatcher
) -> None:
    registry = dispatcher.registry
    window.addAction(registry.action("app.palette"))
    window.field.setFocus()
    qtbot.keyClick(window.field, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert done == ["palette"]


def test_a_nearer_context_wins_over_a_shortcut_in_a_menu(
    qtbot: QtBot, window: Window, dispatcher: KeyDispatcher, done: list[str]
) -> None:
    registry = dispatcher.registry
    window.addAction(registry.action("app.palette"))
    registry.choose_keys({"trace.copy": ("Ctrl+K",)})
    for widget, expected in ((window.span, "copy"), (window.row, "palette")):
        widget.setFocus()
        qtbot.keyClick(widget, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        assert done[-1:] == [expected]
    assert len(done) == 2


def test_a_widget_that_asks_for_keys_gets_them_all(
    qtbot: QtBot, window: Window, dispatcher: KeyDispatcher, done: list[str]
) -> None:
    window.addAction(dispatcher.registry.action("app.palette"))
    window.row.setProperty(TAKES_EVERY_KEY, True)
    window.row.setFocus()
    for key, modifier in (
        (Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_E, Qt.KeyboardModifier.NoModifier),
    ):
        qtbot.keyClick(window.row, key, modifier)
    assert done == []
