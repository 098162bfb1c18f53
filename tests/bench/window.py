"""The window: until it can be used on a large workspace, from an SDK's call to a row, and its memory."""

import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import orjson

from tests.bench.report import Report
from tests.support.station import APP, StationProcess
from vedette.domain.workspace import Workspace

ROUNDS = 5


def measure_window(report: Report, large: Workspace, folder: Path, count: int) -> None:
    """Each figure from a process of its own, as a user starts it."""
    report.heading(f"Window (off-screen), idle and over {count:,} events")
    empty = Workspace(folder / "window-empty")
    station = StationProcess(empty)
    station.stop()
    idle = [_open(empty) for _ in range(ROUNDS)]
    full = [_open(large) for _ in range(ROUNDS)]
    ready = statistics.median(run["ready"] for run in full)
    report.add(
        "window usable",
        f"{ready:.2f} s (empty workspace {_median(idle, 'ready'):.2f} s)",
        "≤ 1.5 s",
        ready <= 1.5,
    )
    report.add("first frame", f"{_median(full, 'frame'):.2f} s", "≤ 0.6 s", _median(full, "frame") <= 0.6)
    mb = _median(idle, "rss") / 1e6
    report.add("memory, window idle", f"{mb:.0f} MB", "180 MB", mb <= 180)
    mb = _median(full, "rss") / 1e6
    report.add(f"memory, {count:,} events open", f"{mb:.0f} MB", "350 MB", mb <= 350)
    measure_rows(report, folder)


def _median(runs: list[dict[str, float]], key: str) -> float:
    return statistics.median(run[key] for run in runs)


def _open(workspace: Workspace) -> dict[str, float]:
    """Open a window in a new process, list filled, and return its figures."""
    began = time.time()
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(workspace.folder), str(began)],
        capture_output=True,
        check=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(APP), "QT_QPA_PLATFORM": "offscreen"},
    )
    figures: dict[str, float] = orjson.loads(done.stdout.splitlines()[-1])
    return figures


_SCRIPT = """
import sys, time
from pathlib import Path
import psutil
from vedette.desktop.imports import import_without_reading_source
import_without_reading_source()
from PySide6.QtCore import QEventLoop, QTimer
from vedette.desktop.app import make_application
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.sections import sections
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.window import MainWindow
from vedette.desktop.theme.theme import SchemeSetting, Theme
from vedette.domain.workspace import Workspace

began = float(sys.argv[2])
app = make_application()
theme = Theme(app, SchemeSetting.LIGHT)
bridge = Bridge(Workspace(Path(sys.argv[1])))
window = MainWindow(bridge, theme, sections())
window.show()
window.grab()  # the frame before any view is made, as the application does it
frame = time.time() - began
window.go_to(Place("issues"))
loop = QEventLoop()
timer = QTimer()
timer.timeout.connect(lambda: bridge.is_settled and loop.quit())
timer.start(10)
loop.exec()
window.grab()
ready = time.time() - began
import orjson
print(orjson.dumps({"frame": frame, "ready": ready, "rss": psutil.Process().memory_info().rss}).decode())
bridge.stop()
"""


def measure_rows(report: Report, folder: Path, count: int = 60) -> None:
    """One event at a time: from the POST until its row is in the list and painted."""
    from tests.bench.rows import row_times

    times = row_times(Workspace(folder / "rows"), count)
    p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    measured = f"p50 {p50:.0f} ms, p95 {p95:.0f} ms"
    fine = p50 <= 20 and p95 <= 100
    report.add("SDK call → row on screen", measured, "p50 ≤ 20 ms, p95 ≤ 100 ms", fine)
    shutil.rmtree(folder / "rows", ignore_errors=True)
