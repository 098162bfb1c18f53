"""Links and files opened from outside."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support.desktop import bridge, desk, settle
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.bridge.state import StationState
from vedette.desktop.connect.post import FileResult
from vedette.desktop.opening import open_in
from vedette.desktop.sections import sections
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.window import MainWindow
from vedette.desktop.theme.theme import Theme

__all__ = ["bridge", "desk"]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

WELL = StationState(
    attached=True, listening=True, base_url="http://127.0.0.1:8969", addresses=("127.0.0.1:8969",)
)


@pytest.fixture
def window(bridge: Bridge, theme: Theme, qtbot: QtBot) -> Iterator[MainWindow]:
    found = MainWindow(bridge, theme, sections())
    qtbot.addWidget(found)
    found.show()
    found.go_to(Place("connect"))
    settle(qtbot, bridge)
    yield found
    found.close()


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[Path], str]]:
    """What was sent where; a file called bad is refused."""
    calls: list[tuple[list[Path], str]] = []

    def send(paths: list[Path], dsn: str) -> list[FileResult]:
        calls.append((paths, dsn))
        return [FileResult(path.name, "not an envelope." if path.name == "bad" else "") for path in paths]

    monkeypatch.setattr("vedette.desktop.connect.post.send_files", send)
    return calls


def test_a_file_is_sent_once_the_station_is_there_and_what_came_in_is_shown(
    window: MainWindow, bridge: Bridge, qtbot: QtBot, sent: list[tuple[list[Path], str]], tmp_path: Path
) -> None:
    path = tmp_path / "ein Überfall.envelope"
    open_in(window, bridge, path.as_uri())
    settle(qtbot, bridge)
    assert sent == []
    bridge.set_station(WELL)
    qtbot.waitUntil(lambda: window.history.current == Place("ingest"))
    bridge.set_station(replace(WELL, rate=3.0))
    settle(qtbot, bridge)
    ((paths, dsn),) = sent
    assert paths == [path]
    assert "@127.0.0.1:8969/" in dsn


def test_what_was_not_taken_is_said(
    window: MainWindow, bridge: Bridge, qtbot: QtBot, sent: list[tuple[list[Path], str]], tmp_path: Path
) -> None:
    bridge.set_station(WELL)
    open_in(window, bridge, (tmp_path / "bad").as_uri())
    qtbot.waitUntil(lambda: "bad was not taken: not an envelope." in window.banner.accessibleName())
    assert window.history.current == Place("connect")


def test_a_link_is_followed_and_nothing_is_nothing(window: MainWindow, bridge: Bridge, qtbot: QtBot) -> None:
    open_in(window, bridge, "")
    open_in(window, bridge, "vedette://desk/settings")
    qtbot.waitUntil(lambda: window.history.current == Place("settings"))
