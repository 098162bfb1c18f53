"""Everything that takes the keyboard has a name, is large enough, and nothing is clipped."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from tests.unit.desktop.shell.conftest import rest
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.sections import sections
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.window import MainWindow

SECTIONS = [section.key for section in sections()]


def visit(window: MainWindow, key: str, bridge: Bridge, qtbot: QtBot) -> None:
    place = Place(key)
    if key == "issue":
        place = Place("issues", window.view("issues").list.model.key_at(0))
    window.go_to(place)
    rest(qtbot, bridge)


@pytest.mark.parametrize("key", [*SECTIONS, "issue"])
def test_every_widget_that_takes_the_keyboard_has_a_name(
    key: str, window: MainWindow, bridge: Bridge, qtbot: QtBot
) -> None:
    visit(window, key, bridge, qtbot)
    nameless = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if isinstance(widget, QScrollBar) or interface is None:
            continue
        if not interface.text(QAccessible.Text.Name):
            nameless.append(f"{type(widget).__name__} {widget.objectName()}")
    assert nameless == []


def test_the_window_can_be_walked_by_tab(window: MainWindow, qtbot: QtBot) -> None:
    reached = set()
    for _ in range(60):
        window.focusNextChild()
        focus = window.focusWidget()
        assert focus is not None
        reached.add(focus.objectName())
    expected = {
        "scope.query.edit",
        "scope.project",
        "issues.table",
        "section.issues",
        "status.palette",
        "station.card",
    }
    assert expected <= reached


def test_targets_are_at_least_24_pixels_high(window: MainWindow) -> None:
    small = []
    for button in window.findChildren(QAbstractButton):
        # A segment's target is the frame around the joined buttons.
        target = button.parentWidget() if button.property("segment") else button
        if button.isVisible() and target.height() < 24:
            small.append(f"{button.objectName()} {target.height()}")
    assert small == []


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 640), (800, 600), (420, 400)])
def test_no_text_is_cut_at_any_size(
    width: int, height: int, window: MainWindow, bridge: Bridge, qtbot: QtBot
) -> None:
    window.resize(width, height)
    rest(qtbot, bridge)
    shell = [window.scope, window.sidebar, window.status]
    cut = [
        f"{label.objectName()}: {label.text()!r} {label.width()} < {label.sizeHint().width()}"
        for part in shell
        for label in part.findChildren(QLabel)
        if label.isVisible() and not label.wordWrap() and label.text()
        if label.width() < label.sizeHint().width() - 1
    ]
    assert cut == []
