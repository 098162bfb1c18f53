"""The view of one issue over a workspace filled with what real SDKs sent, behind a real bridge."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from tests.support.issue_desk import IssueDesk, Opener
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issue.stack_page.preferences import StackPreferences
from vedette.desktop.issue.view import IssueView
from vedette.desktop.preferences import Preferences
from vedette.desktop.theme.theme import Theme


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[IssueDesk]:
    """A workspace in which nothing has happened yet."""
    found = IssueDesk(tmp_path / "desk")
    yield found
    found.close()


@pytest.fixture
def bridge(desk: IssueDesk, qtbot: QtBot, settings: QSettings) -> Iterator[Bridge]:
    """A bridge to `desk`, without a station, with preferences of its own."""
    found = Bridge(desk.workspace, preferences=Preferences(settings))
    yield found
    found.stop()


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "views.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def preferences(bridge: Bridge) -> StackPreferences:
    return StackPreferences(bridge.preferences)


@pytest.fixture
def commands(theme: Theme) -> CommandRegistry:
    return CommandRegistry(theme)


@pytest.fixture
def view(
    bridge: Bridge, commands: CommandRegistry, theme: Theme, qtbot: QtBot, settings: QSettings
) -> IssueView:
    """The view of an issue with nothing open, 1100 by 800 pixels."""
    found = IssueView(bridge, commands, theme)
    qtbot.addWidget(found)
    found.resize(1100, 800)
    found.show()
    found.activateWindow()
    return found


@pytest.fixture
def show(desk: IssueDesk, view: IssueView, bridge: Bridge, qtbot: QtBot) -> Opener:
    return Opener(desk, view, bridge, qtbot)
