"""The comparison over a workspace with events in it, behind a real bridge."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from tests.support.issue_desk import IssueDesk
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.compare.view import CompareView
from vedette.desktop.preferences import Preferences
from vedette.desktop.theme.theme import Theme


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[IssueDesk]:
    found = IssueDesk(tmp_path / "desk")
    yield found
    found.close()


@pytest.fixture
def bridge(desk: IssueDesk, qtbot: QtBot, tmp_path: Path) -> Iterator[Bridge]:
    settings = QSettings(str(tmp_path / "preferences.ini"), QSettings.Format.IniFormat)
    found = Bridge(desk.workspace, preferences=Preferences(settings))
    yield found
    found.stop()


@pytest.fixture
def commands(theme: Theme) -> CommandRegistry:
    return CommandRegistry(theme)


@pytest.fixture
def view(bridge: Bridge, commands: CommandRegistry, theme: Theme, qtbot: QtBot) -> CompareView:
    """The comparison with nothing in it, 1000 by 700 pixels."""
    found = CompareView(bridge, commands, theme)
    qtbot.addWidget(found)
    found.resize(1000, 700)
    found.show()
    found.activateWindow()
    return found
