"""Settings apply at once, and say what they do."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.support.desktop import StoreStation, bridge, desk, settle, station
from tests.support.store_rows import FilledStore
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.bridge.state import StationState
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.settings.view import SettingsView
from vedette.desktop.theme.theme import Density, SchemeSetting, Theme
from vedette.store.writer.commands import run_command

__all__ = ["bridge", "desk", "station"]

LISTENING = StationState(
    attached=True,
    listening=True,
    addresses=("127.0.0.1:8969",),
    details={"retention": {"days": 90}},
)


@pytest.fixture
def view(bridge: Bridge, station: StoreStation, theme: Theme, qtbot: QtBot) -> Iterator[SettingsView]:
    bridge.set_station(LISTENING)
    found = SettingsView(bridge, CommandRegistry(theme), theme)
    qtbot.addWidget(found)
    found.resize(900, 800)
    found.show()
    found.open()
    settle(qtbot, bridge)
    yield found
    theme.set_density(Density.COMFORTABLE)


def button(view: QWidget, name: str) -> QAbstractButton:
    found = view.findChild(QAbstractButton, name)
    assert isinstance(found, QAbstractButton)
    return found


def test_colours_and_density_change_at_once_and_follow_changes_made_elsewhere(
    view: SettingsView, theme: Theme
) -> None:
    button(view, "settings.scheme.dark").click()
    button(view, "settings.density.compact").click()
    assert (theme.setting, theme.density) == (SchemeSetting.DARK, Density.COMPACT)
    theme.set_setting(SchemeSetting.LIGHT)
    assert view.scheme.current() == "light"


def test_the_network_switch_says_what_it_exposes_and_asks_the_station(
    view: SettingsView, station: StoreStation, bridge: Bridge, qtbot: QtBot
) -> None:
    assert "only programs on this computer can send" in view.lan_says.text()
    view.lan.click()
    settle(qtbot, bridge)
    assert station.calls == [("PUT", "/station/", {"lan": True})]
    bridge.set_station(
        StationState(attached=True, listening=True, lan=True, addresses=("127.0.0.1:1", "10.0.0.7:1"))
    )
    assert view.lan.isChecked()
    assert "10.0.0.7:1" in view.lan_says.text()
    assert "Every device on this network can send" in view.lan_says.text()


def test_a_refused_switch_goes_back_and_says_why(
    view: SettingsView, station: StoreStation, bridge: Bridge, qtbot: QtBot
) -> None:
    station.refuses = "The port is taken."
    view.lan.click()
    settle(qtbot, bridge)
    assert not view.lan.isChecked()
    assert view.banner.accessibleName() == "error: The port is taken."


def test_days_come_from_the_station_and_are_sent_only_when_changed(
    view: SettingsView, station: StoreStation, bridge: Bridge, qtbot: QtBot
) -> None:
    assert view.days.text() == "90 days"
    view.days.editingFinished.emit()
    assert station.calls == []
    view.days.setValue(14)
    view.days.editingFinished.emit()
    settle(qtbot, bridge)
    assert station.calls == [("PUT", "/station/", {"days": 14})]


def test_a_projects_folder_is_chosen_and_forgotten(
    view: SettingsView, station: StoreStation, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    asked: list[tuple[str, str]] = []

    def choose(parent: QWidget, title: str, begin: str) -> str:
        asked.append((title, begin))
        return "/home/ada/shöp"

    view.projects.choose_folder = choose
    button(view, "settings.choose.1").click()
    settle(qtbot, bridge)
    assert asked == [("Source folder of desk", "")]
    assert station.calls == [("PUT", "/projects/desk/desk/", {"folder": "/home/ada/shöp"})]
    run_command(desk.writer, "project.update", {"id": 1, "folder": "/home/ada/shöp"})
    view.open()
    settle(qtbot, bridge)
    label = view.findChild(QLabel, "settings.folder.1")
    assert isinstance(label, QLabel)
    assert label.accessibleName() == "/home/ada/shöp"
    button(view, "settings.forget.1").click()
    settle(qtbot, bridge)
    assert station.calls[-1] == ("PUT", "/projects/desk/desk/", {"folder": None})


def test_cancelling_the_folder_dialog_changes_nothing(view: SettingsView, station: StoreStation) -> None:
    view.projects.choose_folder = lambda *_: ""
    button(view, "settings.choose.1").click()
    assert station.calls == []


def test_a_long_path_is_shortened_and_whole_in_its_tip(
    view: SettingsView, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    path = "/home/ada/" + "very-long-folder-name/" * 12 + "shop"
    run_command(desk.writer, "project.update", {"id": 1, "folder": path})
    view.open()
    settle(qtbot, bridge)
    label = view.findChild(QLabel, "settings.folder.1")
    assert isinstance(label, QLabel)
    qtbot.waitUntil(lambda: "…" in label.text())
    assert label.toolTip() == path
    assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()


def test_sizes_and_the_place_on_disk_are_said(view: SettingsView, bridge: Bridge) -> None:
    text = view.storage.text()
    assert text.startswith("0 events and 0 traces: database ")
    assert str(bridge.workspace.folder) in text


def test_without_a_station_nothing_can_be_switched(view: SettingsView, bridge: Bridge) -> None:
    bridge.set_station(StationState())
    assert not view.lan.isEnabled()
    assert not view.days.isEnabled()
    assert "No station is running" in view.lan_says.text()


def test_privacy_says_that_nothing_goes_out(view: SettingsView) -> None:
    label = view.findChild(QLabel, "settings.outbound")
    assert isinstance(label, QLabel)
    assert label.text() == "Outbound connections: none."
    assert label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
