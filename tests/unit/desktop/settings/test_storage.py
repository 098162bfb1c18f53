"""Sizes, limits, what they would free, and the minute in which a change can be taken back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.builders import an_event
from tests.support.desktop import StoreStation, settle
from tests.support.store_rows import FilledStore
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.settings.storage import StoragePage
from vedette.desktop.settings.view import SettingsView
from vedette.desktop.shell.places import Place
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.times import DAY, HOUR, now


def fill(desk: FilledStore) -> None:
    """An event a day for 40 days."""
    today = now() - HOUR
    for ago in range(39, -1, -1):
        at = today - ago * DAY
        desk.add(an_event("E: e", timestamp=at, received=at), received=at)


def station_says(bridge: Bridge, **changes: float) -> None:
    details = bridge.station.details
    retention = {**details["retention"], **changes}
    bridge.set_station(replace(bridge.station, details={**details, "retention": retention}))


@pytest.fixture
def page(view: SettingsView, desk: FilledStore, bridge: Bridge, qtbot: QtBot) -> StoragePage:
    fill(desk)
    view.go(Place("settings", "storage"))
    settle(qtbot, bridge)
    found: StoragePage = view.page("storage")
    return found


def test_sizes_are_said_by_kind(page: StoragePage) -> None:
    sizes = {key: label.plain for key, label in page._sizes.items()}
    assert sizes["database"].endswith(": 40 events, 0 traces")
    assert sizes["attachments"] == "0 B"
    assert sizes["free"].endswith("B")


def test_what_other_limits_would_free_is_said_while_they_are_typed(
    page: StoragePage, station: StoreStation, qtbot: QtBot
) -> None:
    assert page.freed.plain == "Nothing: all that is stored is within these limits."
    page.days.setValue(30)
    qtbot.waitUntil(lambda: "10 events" in page.freed.plain)
    assert page.freed.plain.startswith("About ")
    assert "within a minute" not in page.freed.plain
    assert not page.free_now.isVisible()
    assert station.calls == []
    page.days.setValue(0)
    assert page.days.text() == "for ever"
    qtbot.waitUntil(lambda: page.freed.plain.startswith("Nothing"))


def test_tighter_limits_can_be_taken_back_or_used_at_once(
    page: StoragePage, station: StoreStation, bridge: Bridge, qtbot: QtBot
) -> None:
    page.days.setValue(30)
    page.days.editingFinished.emit()
    station_says(bridge, days=30)
    settle(qtbot, bridge)
    assert station.calls == [("PUT", "/station/", {"days": 30})]
    qtbot.waitUntil(page.undo.isVisible)
    assert "It goes within a minute or two." in page.freed.plain
    assert page.free_now.isVisible()
    page.undo.click()
    station_says(bridge, days=90)
    settle(qtbot, bridge)
    assert station.calls[-1] == ("PUT", "/station/", {"days": 90})
    qtbot.waitUntil(lambda: not page.undo.isVisible())
    assert page.days.value() == 90
    page.days.setValue(7)
    page.days.editingFinished.emit()
    station_says(bridge, days=7)
    qtbot.waitUntil(page.free_now.isVisible)
    page.free_now.click()
    settle(qtbot, bridge)
    assert station.calls[-1] == ("POST", "/station/free/", {})
    assert page.freed.plain.startswith("Being freed")
    assert not page.undo.isVisible()


def test_sizes_and_what_would_go_follow_what_arrives(
    page: StoragePage, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    desk.add(an_event("F: f"), received=now())
    bridge.take_changes((Change(ChangeKind.EVENT, (41,)),))
    qtbot.waitUntil(lambda: "41 events" in page._sizes["database"].plain, timeout=6_000)


def test_a_value_is_sent_only_when_it_changed_and_goes_back_when_refused(
    page: StoragePage, station: StoreStation, bridge: Bridge, qtbot: QtBot
) -> None:
    page.gigabytes.editingFinished.emit()
    assert station.calls == []
    station.refuses = "The settings could not be written."
    page.free_megabytes.setValue(900)
    page.free_megabytes.editingFinished.emit()
    settle(qtbot, bridge)
    assert page.free_megabytes.value() == 500


def test_starred_events_are_said_to_stay(page: StoragePage, desk: FilledStore, qtbot: QtBot) -> None:
    desk.set("UPDATE issue SET starred = 1")
    page.days.setValue(39)
    qtbot.waitUntil(lambda: "1 event of starred issues stays." in page.freed.plain)
    page.days.setValue(30)
    qtbot.waitUntil(lambda: "10 events of starred issues stay." in page.freed.plain)
    assert "0 events" in page.freed.plain


def test_the_wheel_changes_no_limit_that_it_only_passes_over(page: StoragePage) -> None:
    page.gigabytes.setFocus()
    down = QPoint(0, -120)
    buttons, modifiers = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), down, down, buttons, modifiers, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(page.days, event)
    assert page.days.value() == 90
