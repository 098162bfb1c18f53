"""How large things may be, and the port for OpenTelemetry: shown, changed at once, and what cannot be."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from tests.support.desktop import StoreStation, settle
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.settings.limits import SizeLimits
from vedette.desktop.settings.listening import ListeningPage
from vedette.desktop.settings.row import SettingRow
from vedette.desktop.settings.station_values import USUAL
from vedette.desktop.settings.storage import StoragePage
from vedette.desktop.settings.view import SettingsView
from vedette.desktop.shell.places import Place


def station_says(bridge: Bridge, section: str, **changes: Any) -> None:
    details = bridge.station.details
    members = {**USUAL[section], **(details.get(section) or {}), **changes}
    bridge.set_station(replace(bridge.station, details={**details, section: members}))


@pytest.fixture
def storage(view: SettingsView, bridge: Bridge, qtbot: QtBot) -> StoragePage:
    view.go(Place("settings", "storage"))
    settle(qtbot, bridge)
    found: StoragePage = view.page("storage")
    return found


@pytest.fixture
def largest(storage: StoragePage) -> SizeLimits:
    return storage.largest


@pytest.fixture
def listening(view: SettingsView, bridge: Bridge, qtbot: QtBot) -> ListeningPage:
    view.go(Place("settings", "listening"))
    settle(qtbot, bridge)
    found: ListeningPage = view.page("listening")
    return found


def row_of(page: StoragePage | ListeningPage, member: str) -> SettingRow:
    return next(row for row in page.rows() if row.objectName() == f"settings.{member}.row")


def test_every_limit_has_a_field_with_its_usual_value(largest: SizeLimits) -> None:
    assert {member: field.value() for member, field in largest.fields.items()} == USUAL["limits"]
    point = QLocale().decimalPoint()
    assert largest.fields["checkInMegabytes"].text() == f"0{point}1 MB"
    assert largest.fields["attachmentMegabytes"].text() == "200 MB"


def test_a_size_is_put_when_it_is_finished_and_goes_back_by_its_arrow(
    storage: StoragePage, largest: SizeLimits, station: StoreStation, bridge: Bridge, qtbot: QtBot
) -> None:
    field = largest.fields["eventMegabytes"]
    field.setValue(32)
    assert station.calls == []
    field.editingFinished.emit()
    field.editingFinished.emit()
    settle(qtbot, bridge)
    assert station.calls[0] == ("PUT", "/station/", {"eventMegabytes": 32.0})
    station_says(bridge, "limits", eventMegabytes=32.0)
    row = row_of(storage, "eventMegabytes")
    assert row.is_changed
    field.editingFinished.emit()
    before = len(station.calls)
    row.reset.click()
    settle(qtbot, bridge)
    assert station.calls[before:] == [("PUT", "/station/", {"eventMegabytes": 16.0})]


def test_nothing_outside_of_what_the_station_takes_can_be_typed(largest: SizeLimits) -> None:
    for field in largest.fields.values():
        field.setValue(0)
        assert field.value() > 0
        field.setValue(10_000)
        assert field.value() == 4096


def test_what_can_never_be_reached_is_said(storage: StoragePage, largest: SizeLimits, bridge: Bridge) -> None:
    row = row_of(storage, "attachmentMegabytes")
    assert "No larger than" not in row.help.plain
    station_says(bridge, "limits", bodyMegabytes=100.0)
    assert row.help.plain.endswith("No larger than a request can be: 100 MB.")
    station_says(bridge, "limits", bodyMegabytes=200.0)
    assert "No larger than" not in row.help.plain


@pytest.mark.parametrize(
    ("words", "row"), [("413", "bodyMegabytes"), ("minidump", "attachmentMegabytes"), ("otlp", "otlpPort")]
)
def test_they_are_found_by_what_they_are_for(
    view: SettingsView, storage: StoragePage, listening: ListeningPage, words: str, row: str
) -> None:
    pages = (storage, listening)
    assert sum(page.apply_filter([words]) for page in pages) >= 1
    found = [one.objectName() for page in pages for one in page.rows() if not one.isHidden()]
    assert f"settings.{row}.row" in found
    for page in pages:
        page.apply_filter([])


def test_without_a_station_nothing_can_be_changed(
    largest: SizeLimits, listening: ListeningPage, bridge: Bridge
) -> None:
    bridge.set_station(replace(bridge.station, listening=False))
    assert not any(field.isEnabled() for field in largest.fields.values())
    assert not listening.otlp.isEnabled()


def test_the_port_for_opentelemetry_is_chosen_typed_and_taken_away(
    listening: ListeningPage, station: StoreStation, bridge: Bridge, qtbot: QtBot
) -> None:
    assert listening.otlp.text() == "none"
    listening.otlp_usual.click()
    settle(qtbot, bridge)
    station_says(bridge, "listening", otlpPort=4318)
    assert listening.otlp.value() == 4318
    assert listening.otlp_usual.isHidden()
    listening.otlp.setValue(4320)
    listening.otlp.editingFinished.emit()
    settle(qtbot, bridge)
    station_says(bridge, "listening", otlpPort=4320)
    assert not listening.otlp_usual.isHidden()
    row = row_of(listening, "otlpPort")
    assert row.is_changed
    row.reset.click()
    settle(qtbot, bridge)
    ports = [body["otlpPort"] for _, path, body in station.calls if path == "/station/"]
    assert ports == [4318, 4320, 0]


def test_a_port_that_cannot_be_listened_on_says_why(listening: ListeningPage, bridge: Bridge) -> None:
    station_says(bridge, "listening", otlpPort=4318)
    why = "Port 4318 on 127.0.0.1 cannot be listened on: Address already in use"
    bridge.set_station(replace(bridge.station, details={**bridge.station.details, "problems": [why]}))
    assert row_of(listening, "otlpPort").help.plain.startswith(why)
