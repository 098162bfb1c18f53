"""A tray over a real store, with stand-ins for the windows and for the desktop's clock."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from tests.support.desktop import bridge, desk, settle, station
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.desktop.tray.tray import Tray
from vedette.domain.times import Micros

__all__ = ["bridge", "desk", "station"]


class FakeClock:
    """A clock that goes when told, in microseconds."""

    def __init__(self, at: int = 1_000_000_000_000_000) -> None:
        self.at = at

    def __call__(self) -> Micros:
        return Micros(self.at)


class FakeWindow:
    """Notes where it was led to."""

    def __init__(self) -> None:
        self.places: list[object] = []
        self.raised = 0
        self.trouble = ""

    def go_to(self, place: object) -> None:
        self.places.append(place)

    def come_up(self) -> None:
        self.raised += 1

    def say_trouble(self, sentence: str, details: str = "") -> None:
        self.trouble = sentence


class FakeWindows(QObject):
    """One window at first."""

    lastClosed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.current: FakeWindow | None = FakeWindow()
        self.is_quitting = False

    def open(self, place: Place | None = None) -> FakeWindow:
        self.current = FakeWindow()
        return self.current

    def quit(self) -> None:
        self.is_quitting = True
        self.close_last()

    def close_last(self) -> None:
        if self.current is not None:
            self.current = None
            self.lastClosed.emit()


@pytest.fixture
def windows(qtbot: QtBot) -> FakeWindows:
    return FakeWindows()


@pytest.fixture
def tray(bridge: Bridge, windows: FakeWindows, theme: Theme, qtbot: QtBot) -> Iterator[Tray]:
    """A tray on a desktop that has a place for it."""
    found = Tray(bridge, windows, theme, has_tray=True)
    found.begin()
    settle(qtbot, bridge)
    yield found
    found.icon.hide()
    found.menu.deleteLater()
