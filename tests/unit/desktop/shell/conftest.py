"""The whole window over a real store, without a station unless a test asks for one."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.support.desktop import StoreStation, bridge, desk, fill, settle, station
from tests.support.store_rows import FilledStore
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.sections import sections
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.window import MainWindow
from vedette.desktop.theme.theme import Density, Theme

__all__ = ["StoreStation", "bridge", "desk", "station"]


@pytest.fixture
def window(desk: FilledStore, bridge: Bridge, theme: Theme, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window on eight issues, in the section Issues."""
    fill(desk)
    found = MainWindow(bridge, theme, sections())
    qtbot.addWidget(found)
    found.show()
    qtbot.waitExposed(found)
    found.go_to(Place("issues"))
    rest(qtbot, bridge)
    yield found
    theme.set_density(Density.COMFORTABLE)
    found.close()


def rest(qtbot: QtBot, bridge: Bridge) -> None:
    """Wait until nothing is under way, and nothing follows from it at once."""
    settle(qtbot, bridge)
    qtbot.wait(1)
    settle(qtbot, bridge)


def child(parent: QWidget, name: str) -> QWidget:
    """Return the widget called *name* in *parent*."""
    found = parent.findChild(QWidget, name)
    assert isinstance(found, QWidget), f"no {name} in {parent.objectName()}"
    return found
