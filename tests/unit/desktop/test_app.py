"""The process: one window until it is closed, remembered, with nothing left behind."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.builders import an_event
from tests.support.store_rows import FilledStore
from vedette.desktop.display import has_display

APP = Path(__file__).resolve().parents[3] / "app"
_RUN = """
import sys, threading
from pathlib import Path
from PySide6.QtCore import QTimer
from vedette.api.attach import AttachError
from vedette.desktop import app
from vedette.desktop.shell.window import MainWindow
from vedette.domain.workspace import Workspace

def attach(workspace):
    raise AttachError("the port is taken")

init = MainWindow.__init__
def begin(self, *arguments):
    init(self, *arguments)
    def look():
        issues = self.views.get("issues")
        if issues is not None and issues.list.model.rows and self.banner.isVisible():
            print("rows", len(issues.list.model.rows), self.banner.accessibleName(), flush=True)
            QTimer.singleShot(int(sys.argv[2]), self, self.close)
        else:
            QTimer.singleShot(20, self, look)
    QTimer.singleShot(20, self, look)
MainWindow.__init__ = begin
code = app.run_window(Workspace(Path(sys.argv[1])), attach, theme="dark")
print("threads", [t.name for t in threading.enumerate() if t.name.startswith("reader")], flush=True)
sys.exit(code)
"""


def start(folder: Path, close_after_ms: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _RUN, str(folder), str(close_after_ms)],
        env={**os.environ, "PYTHONPATH": str(APP), "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = FilledStore(tmp_path / "Wörkspace")
    store.add(an_event())
    store.close()
    return tmp_path / "Wörkspace"


def test_the_window_reads_without_a_station_says_so_and_ends_with_its_threads(folder: Path) -> None:
    process = start(folder, 50)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert "rows 1 error: No station is running, so nothing new can arrive." in output
    assert "threads []" in output
    assert "Traceback" not in errors
    assert "scheme=dark" in (folder / "window.ini").read_text()


def test_a_second_start_ends_at_once_while_the_first_goes_on(folder: Path) -> None:
    first = start(folder, 2_500)
    assert first.stdout is not None
    assert first.stdout.readline().startswith("rows 1")
    begun = time.monotonic()
    second = start(folder, 60_000)
    output, errors = second.communicate(timeout=30)
    assert second.returncode == 0, errors
    assert "rows" not in output
    assert time.monotonic() - begun < 20
    first.communicate(timeout=60)
    assert first.returncode == 0


_LINKED = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from vedette.api.attach import AttachError
from vedette.desktop import app
from vedette.desktop.shell.window import MainWindow
from vedette.domain.workspace import Workspace

def attach(workspace):
    raise AttachError("the port is taken")

go_to = MainWindow.go_to
def note(self, place):
    go_to(self, place)
    print("at", place.section, place.id, flush=True)
    if place.section == sys.argv[3]:
        # Not in the middle of going.
        QTimer.singleShot(0, self, self.quit)
MainWindow.go_to = note
sys.exit(app.run_window(Workspace(Path(sys.argv[1])), attach, link=sys.argv[2]))
"""


def start_at(folder: Path, link: str, until: str) -> subprocess.Popen[str]:
    """Start the window at *link*; it ends once it has gone to the section *until*."""
    return subprocess.Popen(
        [sys.executable, "-c", _LINKED, str(folder), link, until],
        env={**os.environ, "PYTHONPATH": str(APP), "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_start_with_a_link_shows_its_place_and_a_second_hands_its_link_over(folder: Path) -> None:
    first = start_at(folder, "vedette://workspace/issues/DESK-1", until="ingest")
    assert first.stdout is not None
    while (line := first.stdout.readline()) and line != "at issues 1\n":
        continue
    assert line, first.communicate(timeout=30)[1]
    second = start_at(folder, "vedette://workspace/ingest", until="never")
    output, errors = second.communicate(timeout=60)
    assert second.returncode == 0, errors
    assert output == ""
    output, errors = first.communicate(timeout=60)
    assert first.returncode == 0, errors
    assert "at ingest None" in output


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a display")
def test_a_machine_without_a_display_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not has_display()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert has_display()


def test_every_section_s_view_is_loaded_at_once() -> None:
    # In a process of its own: here others have loaded some of them.
    code = (
        "import sys; from vedette.desktop.sections import load_views, sections; "
        "names = [f'vedette.desktop.{s.module}' for s in sections()]; "
        "assert not set(names) & set(sys.modules); load_views(); assert set(names) <= set(sys.modules)"
    )
    subprocess.run(
        [sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": str(APP)}, timeout=60
    )
