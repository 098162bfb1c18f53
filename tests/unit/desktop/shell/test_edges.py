"""Edges of panes, by mouse and by key."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QSplitter, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from vedette.desktop.shell.edges import STEP, DoubleClicks, ResizeMode, nudge, splitters_of


@pytest.fixture
def panes(qtbot: QtBot) -> Iterator[QSplitter]:
    """Left, and at the right an upper and a lower pane, each with a field."""
    window = QWidget()
    outer, inner = QSplitter(Qt.Orientation.Horizontal), QSplitter(Qt.Orientation.Vertical)
    outer.addWidget(QPlainTextEdit("left"))
    outer.addWidget(inner)
    for name in ("upper", "lower"):
        inner.addWidget(QPlainTextEdit(name))
    QVBoxLayout(window).addWidget(outer)
    qtbot.addWidget(window)
    window.resize(780, 600)
    window.show()
    outer.setSizes([300, 460])
    inner.setSizes([290, 290])
    qtbot.waitExposed(window)
    yield outer
    window.close()


def field(panes: QSplitter, text: str) -> QPlainTextEdit:
    return next(edit for edit in panes.findChildren(QPlainTextEdit) if edit.toPlainText() == text)


def press(widget: QWidget, key: Qt.Key, alt: bool = True) -> None:
    held = Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(widget, key, held)


def test_the_edge_beside_the_keyboard_moves_and_says_so(panes: QSplitter, qtbot: QtBot) -> None:
    before = panes.sizes()
    with qtbot.waitSignal(panes.splitterMoved):
        assert nudge(panes, 40)
    assert panes.sizes()[0] == before[0] + 40


def test_an_edge_that_cannot_give_way_stays(panes: QSplitter) -> None:
    panes.setChildrenCollapsible(False)
    field(panes, "left").setMinimumWidth(panes.sizes()[0])
    assert not nudge(panes, -40)


def test_splitters_around_the_keyboard_come_first(panes: QSplitter) -> None:
    inner = panes.widget(1)
    field(panes, "left").setFocus()
    assert splitters_of(panes.window()) == [panes, inner]
    field(panes, "lower").setFocus()
    assert splitters_of(panes.window()) == [inner, panes]


def test_arrows_move_edges_until_escape_and_mean_nothing_else_meanwhile(panes: QSplitter) -> None:
    mode = ResizeMode(panes.window())
    said: list[str] = []
    mode.changed.connect(said.append)
    inner = panes.widget(1)
    assert isinstance(inner, QSplitter)
    lower = field(panes, "lower")
    lower.setFocus()
    mode.begin()
    wide, high = panes.sizes()[0], inner.sizes()[0]
    press(lower, Qt.Key.Key_Right)
    press(lower, Qt.Key.Key_Up, alt=False)
    assert panes.sizes()[0] == wide + STEP
    assert inner.sizes()[0] == high - STEP
    QTest.keyClicks(lower, "x")
    assert "x" in lower.toPlainText()
    press(lower, Qt.Key.Key_Escape, alt=False)
    assert not mode.is_on
    press(lower, Qt.Key.Key_Right)
    assert panes.sizes()[0] == wide + STEP
    assert [bool(text) for text in said] == [True, False]


def test_a_double_click_puts_an_edge_back(panes: QSplitter, qtbot: QtBot) -> None:
    done: list[bool] = []
    handle = panes.handle(1)
    DoubleClicks(handle, lambda: done.append(True))
    qtbot.mouseDClick(handle, Qt.MouseButton.LeftButton)
    assert done == [True]
