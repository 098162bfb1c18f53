"""How the window feels over a large workspace while events arrive: keys to pixels, opening, stalls, memory.

`python -m tests.bench.feel FOLDER` prints the figures as JSON; `make bench` runs it so that the memory is
that of a window's process.
"""

import asyncio
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import orjson
import psutil
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.bench.report import Report
from tests.support.live_window import LiveWindow, run_live
from tests.support.station import APP, running_station
from vedette.desktop.app import make_application
from vedette.desktop.theme.theme import SchemeSetting, Theme
from vedette.domain.workspace import Workspace

RATE = 200
"""Events a second that arrive meanwhile."""
STEPS = 60
OPENED = 30
PAUSE = 0.12
"""Between two keys: quick fingers."""


def measure_feel(report: Report, large: Workspace, count: int) -> None:
    """Each figure from one window in a process of its own."""
    report.heading(f"Window over {count:,} events, {RATE} a second arriving")
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.feel", str(large.folder)],
        stdout=subprocess.PIPE,
        check=True,
        timeout=600,
        env={**os.environ, "PYTHONPATH": f"{APP}{os.pathsep}{APP.parent}", "QT_QPA_PLATFORM": "offscreen"},
    )
    figures = orjson.loads(done.stdout.splitlines()[-1])
    for name, key, quantile, budget in (
        ("key press → pixel, list", "step", "p95", 50.0),
        ("J/K step with the issue open", "follow", "p95", 32.0),
        ("typing in the search → pixel", "typing", "p95", 50.0),
        ("issue open, stack trace painted", "open", "p50", 80.0),
    ):
        p50, p95 = _p50(figures[key]), _p95(figures[key])
        value = p95 if quantile == "p95" else p50
        report.add(
            name, f"p50 {p50:.0f} ms, p95 {p95:.0f} ms", f"{quantile} ≤ {budget:.0f} ms", value <= budget
        )
    stalls = sorted(figures["gaps"])
    report.add(
        "longest time without an answer of the window", f"{stalls[-1]:.0f} ms", "≤ 50 ms", stalls[-1] <= 50
    )
    mb = figures["rss"] / 1e6
    report.add("memory of the window", f"{mb:.0f} MB", "≤ 350 MB", mb <= 350)


def _p50(times: list[float]) -> float:
    return statistics.median(times)


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


class Painted(QObject):
    """Notes when a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.event_ = asyncio.Event()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            # Set now, but whoever waits runs after the painting is done.
            self.event_.set()
        return False

    async def after(self, act: Callable[[], Any]) -> float:
        """Return the milliseconds from *act* to the next painting."""
        self.event_.clear()
        began = time.perf_counter()
        act()
        await asyncio.wait_for(self.event_.wait(), 10)
        return 1000 * (time.perf_counter() - began)


class Heart(QObject):
    """Beats every few milliseconds; what it misses is a stall."""

    EVERY = 5

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(self.EVERY)

    def _beat(self) -> None:
        at = time.perf_counter()
        self.gaps.append(1000 * (at - self._last) - self.EVERY)
        self._last = at


async def _scenario(live: LiveWindow, port: int, figures: dict[str, Any]) -> None:
    await live.until(lambda: len(live.issue_rows) > 50, "a page of issues")
    live.window.view("issues").warm()  # as the application does once it has started
    await live.until(lambda: live.window.view("issues").detail is not None, "ready for the first issue")
    trickle = subprocess.Popen([sys.executable, "-m", "tests.bench.trickle", str(port), str(RATE)])
    try:
        await asyncio.sleep(5)
        heart = Heart()
        await _measure(live, figures)
        await asyncio.sleep(5)
        figures["gaps"] = heart.gaps
        figures["rss"] = psutil.Process().memory_info().rss
    finally:
        trickle.terminate()
        trickle.wait()


async def _measure(live: LiveWindow, figures: dict[str, Any]) -> None:
    section = live.window.view("issues")
    table = section.list.list
    rows = Painted(table.viewport())
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Home)
    figures["step"] = await _steps(table, rows)
    figures["open"] = [await _open(live, section, table) for _ in range(OPENED)]
    table.setFocus()
    figures["follow"] = await _steps(table, rows)
    live.window.focus_query()
    field = live.window.focusWidget()
    assert field is not None
    typed = Painted(field)
    figures["typing"] = []
    for letter in "checkout basket price refund":
        figures["typing"].append(await typed.after(lambda letter=letter: QTest.keyClicks(field, letter)))
        await asyncio.sleep(PAUSE)


async def _steps(table: QWidget, rows: Painted) -> list[float]:
    times = []
    for n in range(STEPS):
        key = Qt.Key.Key_J if n % 30 < 25 else Qt.Key.Key_K
        times.append(await rows.after(lambda key=key: QTest.keyClick(table, key)))
        await asyncio.sleep(PAUSE)
    return times


async def _open(live: LiveWindow, section: Any, table: Any) -> float:
    """Return the milliseconds from Enter on another row to the painted event."""
    QTest.keyClick(table, Qt.Key.Key_J)
    await asyncio.sleep(0.4)
    wanted = table.current_key()
    shown = asyncio.Event()
    began = time.perf_counter()
    QTest.keyClick(table, Qt.Key.Key_Return)
    detail = section.detail
    link = detail.eventShown.connect(lambda *_: shown.set())
    if detail.issue is None or detail.issue.id != wanted or not detail.is_settled:
        await asyncio.wait_for(shown.wait(), 10)
    detail.disconnect(link)
    detail.repaint()
    took = 1000 * (time.perf_counter() - began)
    QTest.keyClick(section, Qt.Key.Key_Escape)
    await asyncio.sleep(0.2)
    table.setFocus()
    return took


def main(folder: Path) -> None:
    """Measure and print."""
    app = make_application()
    theme = Theme(app, SchemeSetting.LIGHT, bundled_fonts=True)
    figures: dict[str, Any] = {}

    with running_station(Workspace(folder)) as station:

        def scenario(live: LiveWindow) -> Awaitable[None]:
            return _scenario(live, station.port, figures)

        run_live(app, theme, station, scenario)
    sys.stdout.write(orjson.dumps(figures).decode() + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
