"""The settings on a workspace with a station behind them, preferences of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from tests.support.desktop import StoreStation, desk, station
from tests.support.store_rows import FilledStore
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.bridge.state import StationState
from vedette.desktop.commands.command import Command
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.preferences import Preferences
from vedette.desktop.settings.view import SettingsView
from vedette.desktop.theme.theme import Density, Theme

__all__ = ["desk", "station"]

LISTENING = StationState(
    attached=True,
    listening=True,
    base_url="http://127.0.0.1:8969",
    addresses=("127.0.0.1:8969",),
    details={"retention": {"days": 90, "gigabytes": 10.0, "freeMegabytes": 500}},
)


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "preferences.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def bridge(desk: FilledStore, preferences: Preferences, qtbot: QtBot) -> Iterator[Bridge]:
    found = Bridge(desk.workspace, preferences=preferences)
    found.set_station(LISTENING)
    yield found
    found.stop()


@pytest.fixture
def registry(qtbot: QtBot, theme: Theme) -> CommandRegistry:
    found = CommandRegistry(theme)
    letters = [True]
    found.register(
        Command("app.palette", "Commands and places", lambda: None, keys=("Ctrl+K",)),
        Command("issue.resolve", "Resolve", lambda: None, keys=("E",), context="issue"),
        Command("issue.archive", "Archive", lambda: None, keys=("I",), context="issue"),
        Command(
            "view.letters",
            "Single-letter keys",
            lambda: letters.__setitem__(0, not letters[0]),
            is_on=lambda: letters[0],
        ),
    )
    return found


@pytest.fixture
def view(
    bridge: Bridge, station: StoreStation, registry: CommandRegistry, theme: Theme, qtbot: QtBot
) -> Iterator[SettingsView]:
    found = SettingsView(bridge, registry, theme)
    qtbot.addWidget(found)
    found.resize(1000, 800)
    found.show()
    found.activateWindow()
    qtbot.waitUntil(found.isActiveWindow)
    yield found
    theme.set_density(Density.COMFORTABLE)
