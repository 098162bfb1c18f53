"""The icon, its menu, and what closing the last window means."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from tests.support.builders import an_event
from tests.support.desktop import StoreStation, fill, settle
from tests.support.store_rows import FilledStore
from tests.unit.desktop.tray.conftest import FakeWindows
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.bridge.state import StationState
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.desktop.tray import watch as watching
from vedette.desktop.tray.closing import PREFERENCE, CloseQuestion
from vedette.desktop.tray.read import UNSEEN
from vedette.desktop.tray.state import TrayState
from vedette.desktop.tray.tray import Tray
from vedette.domain.changes import Change, ChangeKind

# The off-screen platform has no tray, and complains when an icon is shown all the same.
pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", "This plugin does not support")

WELL = StationState(
    attached=True, listening=True, base_url="http://127.0.0.1:8969", addresses=("127.0.0.1:8969",)
)


def entries(tray: Tray) -> list[str]:
    tray.menu.fill()
    return [action.text() for action in tray.menu.actions() if not action.isSeparator()]


def choose(tray: Tray, name: str) -> None:
    tray.menu.fill()
    found = tray.menu.findChild(QAction, f"tray.{name}")
    assert isinstance(found, QAction)
    found.trigger()


@pytest.fixture
def badges(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    shown: list[int] = []
    monkeypatch.setattr(
        QGuiApplication, "setBadgeNumber", lambda _self, number: shown.append(number), raising=False
    )
    return shown


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "UNSEEN_MS", 0)


# ---------------------------------------------------------------- icon


def test_the_icon_says_what_state_things_are_in(tray: Tray, bridge: Bridge) -> None:
    assert tray.state is TrayState.PROBLEM
    assert "No station is running" in tray.icon.toolTip()
    bridge.set_station(WELL)
    assert tray.state is TrayState.LISTENING
    assert tray.icon.toolTip() == "Vedette\nListening on 127.0.0.1:8969"
    bridge.set_paused(True)
    assert tray.state is TrayState.PAUSED


def test_unseen_errors_are_counted_on_icon_and_task_bar_as_they_come(
    tray: Tray, desk: FilledStore, bridge: Bridge, qtbot: QtBot, badges: list[int]
) -> None:
    bridge.set_station(WELL)
    desk.add(an_event("ValueError: a"))
    bridge.take_changes((Change(ChangeKind.ISSUE_NEW, (1,)),))
    qtbot.waitUntil(lambda: tray.state is TrayState.UNSEEN)
    assert tray.icon.toolTip() == "Vedette\nUnseen errors: 1"
    assert badges[-1] == 1


def test_without_a_tray_no_icon_is_shown(
    bridge: Bridge, windows: FakeWindows, theme: Theme, qtbot: QtBot
) -> None:
    found = Tray(bridge, windows, theme, has_tray=False)
    found.begin()
    settle(qtbot, bridge)
    assert not found.icon.isVisible()
    with qtbot.waitSignal(found.ended):
        windows.close_last()


def test_a_click_brings_the_window_up_or_opens_one(tray: Tray, windows: FakeWindows, bridge: Bridge) -> None:
    bridge.preferences.set(PREFERENCE, "keep")
    first = windows.current
    assert first is not None
    tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert first.raised == 1
    windows.close_last()
    tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert windows.current is not None
    assert windows.current.raised == 1
    tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Context)
    assert windows.current.raised == 1


# ---------------------------------------------------------------- menu


def test_the_menu_lists_the_newest_unseen_errors_and_leads_to_them(
    tray: Tray, windows: FakeWindows, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    assert entries(tray)[0] == "No unseen errors"
    fill(desk)
    desk.add(an_event("ValueError: A & B <b>" + "x" * 200))
    tray.watch.begin()
    settle(qtbot, bridge)
    texts = entries(tray)
    assert len([text for text in texts if "-" in text.partition("  ")[0]]) == 5
    assert any(text.startswith("All 6 unseen errors") for text in texts)
    first = next(text for text in texts if "ValueError" in text)
    assert "&&" in first
    assert first.endswith("…")
    number = tray.unseen.newest[0].id
    choose(tray, f"issue.{number}")
    choose(tray, "all")
    assert windows.current is not None
    assert windows.current.places == [Place("issues", number), Place("issues", query=UNSEEN)]
    assert windows.current.raised == 2


@pytest.mark.parametrize(("name", "place"), [("pair", Place("connect")), ("settings", Place("settings"))])
def test_the_menu_leads_into_the_window(name: str, place: Place, tray: Tray, windows: FakeWindows) -> None:
    choose(tray, name)
    assert windows.current is not None
    assert windows.current.places == [place]


def test_a_pause_is_chosen_and_ended_in_the_menu(tray: Tray, bridge: Bridge) -> None:
    choose(tray, "pause.10")
    assert bridge.is_paused
    assert "Pause" not in entries(tray)
    choose(tray, "resume")
    assert not bridge.is_paused
    assert tray.pause.until is None
    assert "Pause" in entries(tray)


def test_a_new_run_needs_a_station(tray: Tray, bridge: Bridge, station: StoreStation, qtbot: QtBot) -> None:
    choose(tray, "run")
    settle(qtbot, bridge)
    assert ("POST", "/runs/", {}) in station.calls
    bridge.link = None
    tray.menu.fill()
    found = tray.menu.findChild(QAction, "tray.run")
    assert isinstance(found, QAction)
    assert not found.isEnabled()


def test_what_hinders_a_new_run_is_said_in_the_window(
    tray: Tray, windows: FakeWindows, bridge: Bridge, station: StoreStation, qtbot: QtBot
) -> None:
    station.refuses = "The disk is full."
    choose(tray, "run")
    settle(qtbot, bridge)
    assert windows.current is not None
    assert windows.current.trouble == "The disk is full."


def test_the_dsn_is_copied(tray: Tray, bridge: Bridge, qtbot: QtBot) -> None:
    bridge.set_station(WELL)
    QGuiApplication.clipboard().clear()
    choose(tray, "dsn")
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text().startswith("http://"))
    assert "@127.0.0.1:8969/" in QGuiApplication.clipboard().text()
    QGuiApplication.clipboard().clear()
    choose(tray, "dsn")
    assert QGuiApplication.clipboard().text().startswith("http://")


def test_quit_ends_whatever_closing_means(
    tray: Tray, bridge: Bridge, qtbot: QtBot, badges: list[int]
) -> None:
    bridge.preferences.set(PREFERENCE, "keep")
    with qtbot.waitSignal(tray.ended):
        choose(tray, "quit")
    assert not tray.icon.isVisible()
    assert badges[-1] == 0


# ---------------------------------------------------------------- closing


def question() -> CloseQuestion:
    (found,) = (
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, CloseQuestion) and widget.isVisible()
    )
    return found


@pytest.mark.parametrize(
    ("answer", "kept", "ends"),
    [
        (lambda asked: asked.keep.click(), "keep", False),
        (lambda asked: asked.quit.click(), "quit", True),
        (lambda asked: QTest.keyClick(asked, Qt.Key.Key_Escape), "ask", True),
        (lambda asked: QTest.keyClick(asked.keep, Qt.Key.Key_Return), "keep", False),
    ],
)
def test_the_first_close_asks_and_the_answer_is_kept(
    answer: Callable[[CloseQuestion], object],
    kept: str,
    ends: bool,
    tray: Tray,
    windows: FakeWindows,
    bridge: Bridge,
    qtbot: QtBot,
) -> None:
    ended: list[bool] = []
    tray.ended.connect(lambda: ended.append(True))
    windows.close_last()
    assert ended == []
    answer(question())
    qtbot.waitUntil(lambda: tray._question is None)
    assert bridge.preferences.get(PREFERENCE, "ask") == kept
    assert bool(ended) is ends


@pytest.mark.parametrize(("said", "ends"), [("keep", False), ("quit", True)])
def test_who_answered_is_not_asked_again(
    said: str, ends: bool, tray: Tray, windows: FakeWindows, bridge: Bridge
) -> None:
    ended: list[bool] = []
    tray.ended.connect(lambda: ended.append(True))
    bridge.preferences.set(PREFERENCE, said)
    windows.close_last()
    assert bool(ended) is ends
    assert tray._question is None
    assert tray.icon.isVisible() is not ends


def test_a_damaged_answer_is_asked_for_again(tray: Tray, windows: FakeWindows, bridge: Bridge) -> None:
    bridge.preferences.set(PREFERENCE, "perhaps")
    windows.close_last()
    question().quit.click()
    assert bridge.preferences.get(PREFERENCE, "") == "quit"


def test_quitting_by_key_asks_nothing(tray: Tray, windows: FakeWindows, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tray.ended):
        windows.quit()
    assert tray._question is None
