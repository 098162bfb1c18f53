"""Several windows on one workspace."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.support.desktop import desk, fill
from tests.support.store_rows import FilledStore
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.sections import sections
from vedette.desktop.shell.layouts import Layout
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.desktop.windows import Windows

__all__ = ["desk"]


@pytest.fixture
def windows(desk: FilledStore, theme: Theme, qtbot: QtBot) -> Iterator[Windows]:
    fill(desk)
    bridge = Bridge(desk.workspace)
    found = Windows(bridge, theme, sections)
    yield found
    found.close_all()
    bridge.stop()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def rest(qtbot: QtBot, windows: Windows) -> None:
    qtbot.waitUntil(lambda: windows.bridge.is_settled)


def test_a_new_window_begins_with_the_issues_in_the_same_scope(qtbot: QtBot, windows: Windows) -> None:
    first = windows.open(Place("traces"))
    first.scope.change(projects=(1,))
    first.commands.run("window.new")
    second = windows.all[1]
    assert second.history.current == Place("issues", query=second.history.current.query)
    assert second.scope.scope.projects == (1,)
    rest(qtbot, windows)


def test_one_thing_apart_stands_alone(qtbot: QtBot, windows: Windows) -> None:
    first = windows.open()
    rest(qtbot, windows)
    issue = first.view("issues").list.model.rows[0].issue.id
    first.newWindowWanted.emit(Place("issues", issue))
    second = windows.all[1]
    rest(qtbot, windows)
    assert second.arrangement.layout_kind is Layout.FOCUS
    assert not second.arrangement.shows_sidebar()
    assert second.view("issues").has_detail()
    assert not second.view("issues").list.isVisible()
    assert first.arrangement.layout_kind is Layout.RIGHT


def test_the_last_closed_window_comes_back_where_it_was(qtbot: QtBot, windows: Windows) -> None:
    first = windows.open()
    assert not first.can_reopen()
    second = windows.open(Place("settings"))
    second.close()
    assert windows.all == (first,)
    first.commands.run("window.reopen")
    assert windows.all[1].history.current == Place("settings")
    rest(qtbot, windows)


def test_only_the_last_one_ends_the_program(qtbot: QtBot, windows: Windows) -> None:
    first, second = windows.open(), windows.open()
    with qtbot.assertNotEmitted(windows.lastClosed):
        second.close()
    with qtbot.waitSignal(windows.lastClosed):
        first.commands.run("app.quit")
    assert windows.all == ()


def test_windows_made_anew_keep_their_places_and_sizes(qtbot: QtBot, windows: Windows) -> None:
    first = windows.open(Place("settings"))
    first.resize(1_000, 700)
    with qtbot.assertNotEmitted(windows.lastClosed):
        windows.remake()
    (again,) = windows.all
    assert again is not first
    assert again.history.current == Place("settings")
    assert (again.width(), again.height()) == (1_000, 700)
    rest(qtbot, windows)


def test_every_page_of_the_settings_is_found_and_gone_to(qtbot: QtBot, windows: Windows) -> None:
    window = windows.open()
    titles = [hit.command.title for hit in window.commands.search("settings storage")]
    assert titles[0] == "Settings: Storage & retention"
    window.commands.run("settings.shortcuts")
    assert window.history.current == Place("settings", "shortcuts")
    rest(qtbot, windows)


def test_quitting_closes_every_window_and_is_meant_as_the_end(qtbot: QtBot, windows: Windows) -> None:
    first = windows.open()
    windows.open()
    rest(qtbot, windows)
    assert not windows.is_quitting
    with qtbot.waitSignal(windows.lastClosed):
        first.quit()
    assert windows.is_quitting
    assert windows.all == ()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_coming_up_without_a_window_opens_one(qtbot: QtBot, windows: Windows) -> None:
    windows.come_up()
    assert len(windows.all) == 1
    rest(qtbot, windows)


def test_a_window_closed_with_one_thing_alone_comes_back_so_and_as_large(
    qtbot: QtBot, windows: Windows
) -> None:
    first = windows.open()
    rest(qtbot, windows)
    issue = first.view("issues").list.model.rows[0].issue.id
    first.newWindowWanted.emit(Place("issues", issue))
    alone = windows.all[1]
    rest(qtbot, windows)
    alone.resize(640, 420)
    alone.close()
    first.commands.run("window.reopen")
    again = windows.all[1]
    rest(qtbot, windows)
    assert again.arrangement.is_alone
    assert again.history.current.id == issue
    assert (again.width(), again.height()) == (640, 420)
    first.newWindowWanted.emit(Place("issues", issue))
    assert (windows.all[2].width(), windows.all[2].height()) == (640, 420)
    rest(qtbot, windows)


def test_windows_open_at_the_end_are_told_before_they_close(qtbot: QtBot, windows: Windows) -> None:
    windows.open(Place("settings"))
    windows.open(Place("connect"))
    kept: list[Place] = []
    windows.aboutToQuit.connect(lambda: kept.extend(memory.place for memory in windows.memories()))
    windows.quit()
    assert [place.section for place in kept] == ["settings", "connect"]
    assert windows.all == ()


def test_a_window_on_a_screen_that_went_comes_back_into_sight(qtbot: QtBot, windows: Windows) -> None:
    window = windows.open(Place("settings"))
    window.move(5_000, 5_000)
    windows.bring_back()
    screen = QGuiApplication.primaryScreen().availableGeometry()
    assert screen.contains(window.geometry().topLeft())


def test_windows_made_anew_keep_their_way_back(qtbot: QtBot, windows: Windows) -> None:
    window = windows.open(Place("settings"))
    window.go_to(Place("connect"))
    windows.remake()
    (again,) = windows.all
    assert again.can_go_back()
    again.go_back()
    assert again.history.current == Place("settings")
    rest(qtbot, windows)
