# ruff: noqa: F811 - pytest finds fixtures by the names of parameters
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.support.builders import MORNING
from tests.support.desktop import bridge, desk  # noqa: F401
from tests.support.store_rows import FilledStore
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.bridge.state import StationState
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.connect.platforms import PLATFORMS
from vedette.desktop.connect.view import ConnectView
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.outcomes import Outcome, Reason
from vedette.domain.times import SECOND

HERE = StationState(listening=True, base_url="http://127.0.0.1:8970", addresses=("127.0.0.1:8970",))
Opened = Callable[[], ConnectView]


@pytest.fixture
def open_view(bridge: Bridge, theme: Theme, qtbot: QtBot) -> Opened:
    def opened() -> ConnectView:
        bridge.station = HERE
        view = ConnectView(bridge, CommandRegistry(theme), theme, clock=lambda: MORNING + 11 * SECOND)
        qtbot.addWidget(view)
        view.resize(1_000, 700)
        view.show()
        qtbot.waitUntil(lambda: view.is_settled)
        return view

    return opened


def test_every_platform_shows_the_dsn_in_its_snippet(open_view: Opened) -> None:
    view = open_view()
    dsn = view.panel.dsn.text()
    assert "@127.0.0.1:8970/1" in dsn
    for platform in PLATFORMS:
        view.choose_platform(platform.key)
        assert view.panel.dsn.text() in view.panel.code.text()


def test_copying_puts_dsn_and_snippet_on_the_clipboard(open_view: Opened) -> None:
    view = open_view()
    view.copy_dsn()
    assert QGuiApplication.clipboard().text() == view.panel.dsn.text()
    view.copy_snippet()
    assert QGuiApplication.clipboard().text() == view.panel.code.text()


def test_a_station_for_this_machine_only_points_to_the_interfaces(open_view: Opened) -> None:
    view = open_view()
    assert not view.qr.isVisible()
    view.open_network.click()
    assert view.tabs.current() == "network"


def test_letting_the_network_in_shows_the_code_at_once(
    open_view: Opened,
    bridge: Bridge,
) -> None:
    view = open_view()
    bridge.set_station(replace(HERE, lan=True, addresses=("192.168.1.20:8970",)))
    assert view.qr.isVisible()
    assert not view.open_network.isVisible()
    assert "@192.168.1.20:8970/" in view.panel.dsn.text()


def test_it_waits_and_then_says_who_was_seen(
    open_view: Opened,
    desk: FilledStore,
    bridge: Bridge,
    qtbot: QtBot,
) -> None:
    view = open_view()
    assert view.greeting.words.text() == "Waiting for the first event…"
    number = desk.add()
    bridge.changed.emit((Change(ChangeKind.REQUEST, (number,)),))
    seen = "Hello from sentry.python 2.75, project desk, 11 s ago"
    qtbot.waitUntil(lambda: view.greeting.words.text() == seen)


def test_a_refusal_is_said_with_the_way_to_it(open_view: Opened, desk: FilledStore, qtbot: QtBot) -> None:
    number = desk.add(
        outcome=Outcome.REFUSED, status=401, reason=Reason.UNKNOWN_KEY, public_key="9f31c0de", ip="10.0.0.9"
    )
    view = open_view()
    assert "was refused" in view.greeting.words.text()
    with qtbot.waitSignal(view.navigate) as told:
        view.greeting.link.click()
    assert told.args == [Place("ingest", number)]
