from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.support.station import StationProcess
from tests.support.store_rows import FilledStore
from tests.unit.desktop.connect.conftest import ConnectStation, a_state, an_interface
from tests.unit.desktop.ingest.conftest import Sent
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.bridge.state import StationState
from vedette.desktop.commands.dispatcher import KeyDispatcher
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.connect import adb, demo
from vedette.desktop.connect.adb import Adb, Device
from vedette.desktop.connect.first_run import FirstRun
from vedette.desktop.connect.view import ConnectView
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import SchemeSetting, Theme
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.outcomes import Outcome
from vedette.domain.times import now
from vedette.domain.workspace import Workspace
from vedette.store.engine import Reader
from vedette.store.queries.projects import project_keys
from vedette.store.queries.requests import page_requests
from vedette.store.queries.traces import page_traces

HERE = StationState(True, True, "http://127.0.0.1:8970", ("127.0.0.1:8970",))
NETWORK = StationState(True, True, "http://127.0.0.1:8970", ("127.0.0.1:8970", "192.168.1.20:8970"), lan=True)


@pytest.fixture
def open_page(bridge: Bridge, theme: Theme, qtbot: QtBot) -> Callable[..., ConnectView]:
    def opened(state: StationState = HERE, width: int = 1_000, height: int = 800) -> ConnectView:
        bridge.set_station(state)
        view = ConnectView(bridge, CommandRegistry(theme), theme)
        qtbot.addWidget(view)
        view.resize(width, height)
        view.show()
        view.activateWindow()
        qtbot.waitUntil(lambda: view.is_settled)
        return view

    return opened


def key_of(desk: FilledStore, project: int = 1) -> str:
    return project_keys(desk.db, project)[0].public_key


def child(view: QWidget, name: str) -> QWidget:
    found = view.findChild(QWidget, name)
    assert isinstance(found, QWidget)
    return found


def test_the_dsn_of_this_station_is_shown_copied_and_in_the_snippet(
    desk: FilledStore, open_page: Callable[..., ConnectView]
) -> None:
    view = open_page()
    dsn = f"http://{key_of(desk)}@127.0.0.1:8970/1"
    assert view.panel.dsn.text() == dsn
    assert dsn in view.panel.code.text()
    QTest.mouseClick(view.panel.copy_dsn, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == dsn
    assert view.panel.copy_dsn.text() == "Copied"
    QTest.mouseClick(view.panel.copy_code, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == view.panel.code.text()


def test_platforms_are_chosen_by_click_and_by_arrow(open_page: Callable[..., ConnectView]) -> None:
    view = open_page()
    QTest.mouseClick(child(view, "connect.snippet.platforms.go"), Qt.MouseButton.LeftButton)
    assert "sentry.Init" in view.panel.code.text()
    QTest.keyClick(child(view, "connect.snippet.platforms.go"), Qt.Key.Key_Right)
    assert "\\Sentry\\init" in view.panel.code.text()
    view.go(Place("connect", query="ruby"))
    assert "sentry-ruby" in view.panel.code.text()


def test_another_project_has_another_dsn(desk: FilledStore, open_page: Callable[..., ConnectView]) -> None:
    number = desk.project("storefront-web")
    view = open_page()
    titles = [action.text() for action in view.panel.project.menu().actions()]
    assert [title for title in titles if title] == [
        "desk   Desk", "storefront-web   storefront-web", "New project…",
    ]  # fmt: skip
    next(a for a in view.panel.project.menu().actions() if "storefront" in a.text()).trigger()
    assert view.panel.dsn.text() == f"http://{key_of(desk, number)}@127.0.0.1:8970/{number}"
    assert view.panel.project.text() == "storefront-web"


def test_while_the_network_is_off_the_card_says_how_to_let_others_in(
    open_page: Callable[..., ConnectView], qtbot: QtBot
) -> None:
    view = open_page()
    assert not view.qr.isVisible()
    assert "until you tick a network interface" in view.card_text.text()
    QTest.mouseClick(view.open_network, Qt.MouseButton.LeftButton)
    assert view.tabs.current() == "network"
    assert view.ticks.isVisible()


def test_with_the_network_on_the_code_holds_the_networks_dsn(
    desk: FilledStore, bridge: Bridge, open_page: Callable[..., ConnectView]
) -> None:
    view = open_page()
    bridge.set_station(NETWORK)
    assert view.qr.isVisible()
    assert view.qr.text() == f"http://{key_of(desk)}@192.168.1.20:8970/1"
    assert view.panel.dsn.text() == view.qr.text()
    assert view.places.line("local") == f"http://{key_of(desk)}@127.0.0.1:8970/1"


def test_an_android_app_gets_the_emulators_dsn_while_the_network_is_off(
    bridge: Bridge, open_page: Callable[..., ConnectView]
) -> None:
    view = open_page()
    view.choose_platform("android")
    assert "@10.0.2.2:8970/1" in view.panel.dsn.text()
    assert view.panel.where.text() == "for the emulator"
    bridge.set_station(NETWORK)
    assert "@192.168.1.20:8970/1" in view.panel.dsn.text()
    assert view.panel.where.text() == ""


def test_each_place_has_its_line_to_copy_by_button_and_by_key(open_page: Callable[..., ConnectView]) -> None:
    view = open_page()
    view.show_tab("places")
    rect = view.places.button_rect("spotlight")
    assert rect is not None
    QTest.mouseClick(view.places.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert QGuiApplication.clipboard().text() == "SENTRY_SPOTLIGHT=http://127.0.0.1:8970/stream"
    view.places.select_key("android")
    QTest.keyClick(view.places, Qt.Key.Key_Return)
    assert "@10.0.2.2:8970/1" in QGuiApplication.clipboard().text()
    assert view.has_line()
    view.places.select_key("container")
    view.copy_line()
    assert "host.docker.internal" in QGuiApplication.clipboard().text()
    assert view.places.button_rect("lan") is None  # nothing to copy before an interface is ticked
    QTest.mouseClick(child(view, "connect.target.usb.copy"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "adb reverse tcp:8970 tcp:8970"


def test_the_places_are_a_sound_model_read_as_sentences(
    open_page: Callable[..., ConnectView], qtmodeltester: ModelTester
) -> None:
    view = open_page()
    model = view.places.paged_model()
    assert model is not None
    qtmodeltester.check(model)
    spoken = str(model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken.startswith("This computer, http://")


def test_where_one_was_on_the_page_comes_back(open_page: Callable[..., ConnectView]) -> None:
    view = open_page()
    view.choose_platform("ruby")
    view.show_tab("network")
    state = view.view_state()
    view.go(Place("connect", query="go"))
    assert view.tabs.current() == "sdk"
    view.restore_state(state)
    assert (view.tabs.current(), view.panel.platforms.current()) == ("network", "ruby")


def test_who_was_heard_stands_beside_the_button(
    desk: FilledStore, bridge: Bridge, open_page: Callable[..., ConnectView], qtbot: QtBot
) -> None:
    view = open_page()
    assert view.greeting.words.text().startswith("Waiting")
    sent = Sent(desk)
    number = sent(b"{}\n", client="sentry.python/2.75.0")
    bridge.take_changes((Change(ChangeKind.REQUEST, (number,)),))
    qtbot.waitUntil(lambda: view.greeting.words.text().startswith("Hello from sentry.python 2.75"))
    assert not view.greeting.link.isVisible()
    number = sent.refused()
    bridge.take_changes((Change(ChangeKind.REQUEST, (number,)),))
    qtbot.waitUntil(lambda: "was refused" in view.greeting.words.text())
    with qtbot.waitSignal(view.navigate) as told:
        QTest.mouseClick(view.greeting.link, Qt.MouseButton.LeftButton)
    assert told.args == [Place("ingest", number)]


def test_a_station_that_does_not_answer_is_said_and_the_button_comes_back(
    station: ConnectStation, open_page: Callable[..., ConnectView], qtbot: QtBot
) -> None:
    view = open_page(StationState(True, False, "http://127.0.0.1:1", ("127.0.0.1:1",)))
    view.send_test_event()
    assert not view.greeting.send.isEnabled()
    qtbot.waitUntil(lambda: view.greeting.send.isEnabled())
    assert "does not answer" in view.greeting.words.text()


@pytest.fixture
def running(tmp_path: Path) -> Iterator[StationProcess]:
    process = StationProcess(Workspace(tmp_path / "run"))
    yield process
    process.kill()


def test_a_test_event_ends_as_an_issue_that_the_page_leads_to(
    running: StationProcess, desk: FilledStore, theme: Theme, qtbot: QtBot
) -> None:
    bridge = Bridge(running.workspace)
    bridge.link = ConnectStation(desk, bridge)
    try:
        address = f"127.0.0.1:{running.port}"
        bridge.set_station(StationState(True, True, f"http://{address}", (address,)))
        view = ConnectView(bridge, CommandRegistry(theme), theme)
        qtbot.addWidget(view)
        view.show()
        qtbot.waitUntil(lambda: view.is_settled and view.source.current is not None, timeout=10_000)
        QTest.mouseClick(view.greeting.send, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: view.greeting.link.isVisible(), timeout=20_000)
        assert "ZeroDivisionError" in view.greeting.words.text()
        with qtbot.waitSignal(view.navigate) as told:
            QTest.mouseClick(view.greeting.link, Qt.MouseButton.LeftButton)
        assert told.args[0].section == "issues"
        reader = Reader(running.workspace.database)
        (trace,) = page_traces(reader.db)
        reader.close()
        assert (trace.spans, trace.errors) == (4, 1)
    finally:
        bridge.stop()


def test_keys_copy_and_send(station: ConnectStation, open_page: Callable[..., ConnectView]) -> None:
    view = open_page(StationState(True, False, "http://127.0.0.1:1", ("127.0.0.1:1",)))
    dispatcher = KeyDispatcher(view.commands, view)
    target = child(view, "connect.snippet.platforms.python")
    target.setFocus()
    QTest.keyClick(target, Qt.Key.Key_C)
    assert QGuiApplication.clipboard().text() == view.panel.dsn.text()
    QTest.keyClick(target, Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier)
    assert QGuiApplication.clipboard().text() == view.panel.code.text()
    QTest.keyClick(target, Qt.Key.Key_T)
    assert view.greeting.is_testing
    dispatcher.deleteLater()


def test_everything_that_takes_the_focus_has_a_name(open_page: Callable[..., ConnectView]) -> None:
    view = open_page()
    nameless = [
        widget.objectName() or type(widget).__name__
        for widget in view.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
    ]
    assert nameless == []


@pytest.mark.parametrize("scheme", [SchemeSetting.LIGHT, SchemeSetting.DARK, SchemeSetting.CONTRAST])
@pytest.mark.parametrize("width", [1_240, 824, 420])
def test_every_theme_and_width_draws_and_keeps_inside(
    open_page: Callable[..., ConnectView], theme: Theme, scheme: SchemeSetting, width: int
) -> None:
    theme.set_setting(scheme)
    view = open_page(NETWORK, width, 700)
    assert view.width() == width
    picture = view.grab().toImage()
    assert picture.pixelColor(QPoint(4, 4)) == theme.color("bg.canvas")
    for widget in (view.panel, view.greeting, view.panel.platforms):
        assert widget.mapTo(view, QPoint(widget.width(), 0)).x() <= view.width()


def test_the_first_run_says_where_it_listens_and_leads_to_the_whole_page(
    desk: FilledStore, bridge: Bridge, theme: Theme, qtbot: QtBot
) -> None:
    bridge.set_station(HERE)
    first = FirstRun(bridge, theme, clock=now)
    qtbot.addWidget(first)
    first.resize(700, 700)
    first.show()
    qtbot.waitUntil(lambda: first.is_settled)
    assert first.title.text() == "Listening on 127.0.0.1:8970"
    assert key_of(desk) in first.panel.dsn.text()
    QTest.mouseClick(first.copy_spotlight, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "SENTRY_SPOTLIGHT=http://127.0.0.1:8970/stream"
    with qtbot.waitSignal(first.navigate) as told:
        QTest.mouseClick(first.pair, Qt.MouseButton.LeftButton)
    assert told.args == [Place("connect", query="places")]
    bridge.set_station(StationState())
    assert "is not running yet" in first.title.text()


WIRED = an_interface("eth0", "wired", "192.168.1.20")
PHONES = an_interface("wlan0", "wireless", "192.168.1.21")


def test_a_tick_opens_one_interface_and_says_what_that_exposes(
    station: ConnectStation, bridge: Bridge, open_page: Callable[..., ConnectView], qtbot: QtBot
) -> None:
    view = open_page(a_state(WIRED, PHONES))
    view.show_tab("network")
    assert "A tick opens port 8970" in view.ticks.opens.text()
    assert view.source.network_dsn == ""
    box = view.ticks.box("wlan0")
    assert box.text() == "wlan0 · Wi-Fi · 192.168.1.21"
    with qtbot.waitSignal(view.ticks.ended):
        box.click()
    assert station.calls == [("PUT", "/station/", {"interfaces": ["wlan0"]})]
    bridge.set_station(a_state(WIRED, an_interface("wlan0", "wireless", "192.168.1.21", on=True)))
    assert "Reading needs the token" in view.ticks.opens.text()
    assert view.qr.text().endswith("@192.168.1.21:8970/1")
    with qtbot.waitSignal(view.ticks.ended):
        box.click()
    assert station.calls[-1] == ("PUT", "/station/", {"interfaces": []})


def test_a_tick_the_station_refuses_is_taken_back_and_said(
    station: ConnectStation, open_page: Callable[..., ConnectView], qtbot: QtBot
) -> None:
    view = open_page(a_state(WIRED))
    station.refuses = "The settings cannot be written."
    with qtbot.waitSignal(view.ticks.ended):
        view.ticks.box("eth0").click()
    assert view.ticks.trouble.text() == "The settings cannot be written."
    assert not view.ticks.box("eth0").isChecked()


def test_what_the_station_could_not_open_is_said(
    bridge: Bridge, open_page: Callable[..., ConnectView]
) -> None:
    view = open_page(a_state(WIRED))
    view.show_tab("network")
    bridge.set_station(a_state(WIRED, problems=["192.168.1.20 cannot be listened on: in use"]))
    assert view.ticks.trouble.isVisible()
    assert "in use" in view.ticks.trouble.text()
    bridge.set_station(a_state())
    assert not view.ticks.trouble.isVisible()
    assert "no network" in view.ticks.opens.text()


def test_a_new_project_gets_its_dsn(
    station: ConnectStation, desk: FilledStore, open_page: Callable[..., ConnectView], qtbot: QtBot
) -> None:
    view = open_page()
    view.panel.project.menu().actions()[-1].trigger()
    field = view.panel.new_project.field
    assert view.focusWidget() is field
    QTest.keyClicks(field, "Kiosk app")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.panel.project.text() == "kiosk-app")
    assert view.panel.dsn.text() == f"http://{key_of(desk, 2)}@127.0.0.1:8970/2"
    assert not view.panel.new_project.isVisible()


def test_a_project_that_cannot_be_made_is_said(
    station: ConnectStation, open_page: Callable[..., ConnectView], qtbot: QtBot
) -> None:
    view = open_page()
    station.refuses = "The digest is restarting."
    view.source.create("Kiosk app")
    qtbot.waitUntil(lambda: view.banner.isVisible())
    assert "digest is restarting" in view.banner.accessibleName()


def test_adb_is_run_for_a_device_only_when_the_user_says_so(
    open_page: Callable[..., ConnectView], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    asked: list[object] = []
    pixel = Device("8A2X", "device", "Pixel_8")

    def look(*, start_server: bool) -> Adb:
        asked.append(start_server)
        return Adb("/sdk/adb", (pixel,) if start_server else (), is_asked=start_server)

    def reverse(*words: object) -> str:
        asked.append(words)
        return ""

    monkeypatch.setattr(adb, "look", look)
    monkeypatch.setattr(adb, "reverse", reverse)
    view = open_page()
    assert asked == []
    view.show_tab("places")
    qtbot.waitUntil(lambda: view.is_settled)
    assert asked == [False]
    assert view.usb.runs == ()
    QTest.mouseClick(view.usb.look, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(view.usb.runs) == 1)
    assert view.usb.runs[0].text() == "Run for Pixel 8"
    QTest.mouseClick(view.usb.runs[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.usb.said.text().startswith("Done."))
    assert asked[-1] == ("/sdk/adb", "8A2X", 8970)


@pytest.fixture
def first(bridge: Bridge, theme: Theme, qtbot: QtBot) -> FirstRun:
    bridge.set_station(HERE)
    found = FirstRun(bridge, theme, clock=now)
    qtbot.addWidget(found)
    found.resize(700, 700)
    found.show()
    qtbot.waitUntil(lambda: found.is_settled)
    return found


def test_files_dropped_on_the_first_run_reach_the_station(
    running: StationProcess, theme: Theme, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "event.json").write_text('{"message": "from a file", "level": "error"}')
    (tmp_path / "notes.txt").write_text("words")
    bridge = Bridge(running.workspace)
    try:
        address = f"127.0.0.1:{running.port}"
        bridge.set_station(StationState(True, True, f"http://{address}", (address,)))
        first = FirstRun(bridge, theme)
        qtbot.addWidget(first)
        first.show()
        qtbot.waitUntil(lambda: first.is_settled and first.source.current is not None, timeout=10_000)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("event.json", "notes.txt")])
        event = QDropEvent(
            QPointF(20, 20), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        first.drop.dropEvent(event)
        qtbot.waitUntil(lambda: "1 file taken." in first.drop.said.text(), timeout=10_000)
        assert "notes.txt: It is neither an envelope" in first.drop.said.text()
        running.wait_digested()
        reader = Reader(running.workspace.database)
        (row,) = page_requests(reader.db)
        reader.close()
        assert (row.outcome, row.kinds) == (Outcome.STORED, "event")
    finally:
        bridge.stop()


def test_the_demo_opens_in_a_vedette_of_its_own(first: FirstRun, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []

    def start(program: str, arguments: list[str]) -> tuple[bool, int]:
        started.append([program, *arguments])
        return len(started) == 1, 0

    monkeypatch.setattr(demo.QProcess, "startDetached", start)
    QTest.mouseClick(first.demo, Qt.MouseButton.LeftButton)
    assert started[0][1:] == ["-m", "vedette", "demo"]
    assert not first.trouble.isVisible()
    QTest.mouseClick(first.demo, Qt.MouseButton.LeftButton)
    assert first.trouble.text() == "The demo could not be started."


def test_a_refused_first_request_stands_on_the_first_run_with_a_way_to_it(
    first: FirstRun, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    number = Sent(desk).refused()
    bridge.take_changes((Change(ChangeKind.REQUEST, (number,)),))
    qtbot.waitUntil(lambda: "was refused" in first.greeting.words.text())
    with qtbot.waitSignal(first.navigate) as told:
        QTest.mouseClick(first.greeting.link, Qt.MouseButton.LeftButton)
    assert told.args == [Place("ingest", number)]
