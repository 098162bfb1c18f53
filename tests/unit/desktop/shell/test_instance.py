"""One window for each workspace."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from vedette.desktop.shell.instance import Request, SingleInstance, activation_token, read_request
from vedette.domain.workspace import Workspace

APP = Path(__file__).resolve().parents[4] / "app"
_CLAIM = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from vedette.desktop.shell.instance import Request, SingleInstance
from vedette.domain.workspace import Workspace
app = QApplication([])
request = eval(sys.argv[2])
sys.exit(3 if SingleInstance(Workspace(Path(sys.argv[1]))).claim(request) else 0)
"""


def test_a_second_start_raises_the_first_and_ends(tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "Schreibtisch für Äpfel"
    folder.mkdir()
    first = SingleInstance(Workspace(folder))
    assert first.claim()
    with qtbot.waitSignal(first.raised, timeout=30_000):
        second = start(folder, "None")
    assert second.wait(30) == 0
    first.release()


def test_another_workspace_has_a_window_of_its_own(tmp_path: Path, qtbot: QtBot) -> None:
    first, other = (SingleInstance(Workspace(tmp_path / name)) for name in ("one", "two"))
    assert first.claim()
    assert other.claim()
    first.release()
    other.release()


def test_after_the_first_has_gone_the_next_is_the_first(tmp_path: Path, qtbot: QtBot) -> None:
    for _ in range(2):
        instance = SingleInstance(Workspace(tmp_path))
        assert instance.claim()
        instance.release()


def test_a_second_start_brings_its_link_or_asks_for_a_window(tmp_path: Path, qtbot: QtBot) -> None:
    first = SingleInstance(Workspace(tmp_path))
    assert first.claim()
    raised: list[bool] = []
    first.raised.connect(lambda: raised.append(True))
    with qtbot.waitSignal(first.linkArrived, timeout=30_000) as link:
        second = start(tmp_path, "Request('vedette://desk/issues/DESK-1')")
    assert second.wait(30) == 0
    assert (link.args, raised) == (["vedette://desk/issues/DESK-1"], [True])
    with qtbot.waitSignal(first.windowWanted, timeout=30_000) as wanted:
        third = start(tmp_path, "Request(new_window=True)")
    assert third.wait(30) == 0
    assert (wanted.args, raised) == ([""], [True])
    first.release()


def test_a_request_comes_back_from_its_line() -> None:
    for request in (Request(), Request("vedette://desk/issues?query=%C3%BC", True, "kwin-1_TIME2")):
        assert read_request(request.to_line()) == request


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"raise",
        b"[]",
        b'{"show": 1}',
        b'["run", "rm", false, ""]',
        b'["show", 3, false, ""]',
        b'["show", "", false, null]',
        b'["show", "a\\u0000b", false, ""]',
        b'["show", "", false, "' + b"x" * 600 + b'"]',
        b'["show", "' + b"x" * 3_000 + b'", false, ""]',
        b"\xff\xfe",
        b"[" * 5_000,
    ],
)
def test_what_is_no_request_is_none(line: bytes) -> None:
    assert read_request(line) is None


@pytest.mark.parametrize("sent", [b"GET / HTTP/1.1\r\n\r\n", b"x" * 100_000])
def test_who_says_something_else_is_let_go_and_nothing_happens(
    sent: bytes, tmp_path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    first = SingleInstance(Workspace(tmp_path))
    assert first.claim()
    other = QLocalSocket()
    with (
        qtbot.assertNotEmitted(first.raised),
        qtbot.assertNotEmitted(first.linkArrived),
        qtbot.waitSignal(other.disconnected, timeout=10_000),
    ):
        other.connectToServer(first.name)
        assert other.waitForConnected(5_000)
        other.write(sent)
    assert "no request" in caplog.text
    first.release()


def test_who_says_nothing_is_let_go(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vedette.desktop.shell.instance.LINE_MS", 20)
    first = SingleInstance(Workspace(tmp_path))
    assert first.claim()
    silent = QLocalSocket()
    with qtbot.waitSignal(silent.disconnected, timeout=10_000):
        silent.connectToServer(first.name)
        assert silent.waitForConnected(5_000)
        silent.write(b'["show", "vede')
    first.release()


def test_the_desktops_token_goes_on_to_the_first(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    monkeypatch.delenv("DESKTOP_STARTUP_ID", raising=False)
    assert activation_token() == ""
    first = SingleInstance(Workspace(tmp_path))
    assert first.claim()
    with qtbot.waitSignal(first.raised, timeout=30_000):
        second = start(tmp_path, "Request(token='kwin-1')")
    assert second.wait(30) == 0
    assert activation_token() == "kwin-1"
    first.release()


def start(folder: Path, request: str) -> subprocess.Popen[bytes]:
    """Start a process that claims *folder*, *request* written in Python; it exits with 0 as the second."""
    return subprocess.Popen([sys.executable, "-c", _CLAIM, str(folder), request], env=_environment())


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(APP)}
