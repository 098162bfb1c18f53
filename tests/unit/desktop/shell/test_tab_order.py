import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from vedette.desktop.shell.tab_order import neighbour


class Pane(QWidget):
    """A pane as the sections are: focus goes to its list, and buttons stand before that."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.before, self.list = QPushButton(f"{name} before"), QLineEdit()
        self.list.setObjectName(f"{name} list")
        layout = QVBoxLayout(self)
        layout.addWidget(self.before)
        layout.addWidget(self.list)
        self.setFocusProxy(self.list)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    found = QWidget()
    qtbot.addWidget(found)
    layout = QVBoxLayout(found)
    hidden, disabled = QPushButton("hidden"), QPushButton("disabled")
    for widget in (Pane("left"), hidden, disabled, QSpinBox(), Pane("right")):
        layout.addWidget(widget)
    found.show()
    hidden.hide()
    disabled.setEnabled(False)
    return found


def _name(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QPushButton) else widget.objectName() or type(widget).__name__


@pytest.mark.parametrize("forward", [True, False])
def test_every_control_is_reached_once_and_the_walk_is_round(window: QWidget, *, forward: bool) -> None:
    panes = window.findChildren(Pane)
    (panes[-1].list if forward else panes[0].before).setFocus()
    walk = []
    for _ in range(6):
        widget = neighbour(window, forward=forward)
        assert widget is not None
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        walk.append(_name(widget))

    stations = ["left before", "left list", "QSpinBox", "right before", "right list"]
    expected = [*stations, stations[0]] if forward else [*reversed(stations), stations[-1]]
    assert walk == expected


def test_a_window_without_controls_has_no_neighbour(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    assert neighbour(window, forward=True) is None
