"""A trace of a hundred thousand spans in a window: opening, drawing, folding, finding, and its memory."""

import os
import statistics
import subprocess
import sys
from pathlib import Path

import orjson

from tests.bench.report import Report
from tests.support.builders import MORNING, a_segment
from tests.support.station import APP
from tests.support.store_rows import FilledStore
from vedette.domain.processed import Span, SpanBatch
from vedette.domain.times import Micros

SPANS = 100_000
TRACE = bytes.fromhex("4bf92f3577b34da6a3ce929d0e0e4736")
_OPS = (
    ("db", "SELECT * FROM line WHERE id = %s"),
    ("http.client", "GET http://stock/level"),
    ("cache.get", "rates:eur"),
    ("function", "price_of"),
    ("template.render", "order.html"),
    ("queue.publish", "orders.viewed"),
)


def measure_traces(report: Report, folder: Path) -> None:
    """Each figure from one process of its own, as a user opens it."""
    report.heading(f"A trace of {SPANS:,} spans (off-screen, 1,240 by 820)")
    figures = _open(fill(folder / "trace"))
    for name, key, budget in (
        ("opened and painted", "open", 1_000),
        ("frame while scrolling, p95", "scroll", 16.6),
        ("frame while zooming, p95", "zoom", 16.6),
        ("frame while panning, p95", "pan", 16.6),
        ("folded and painted, p95", "fold", 50),
        ("everything unfolded and painted", "unfold", 50),
        ("found, slowest of five", "find", 150),
        ("minimap drawn", "minimap", 300),
        ("table sorted and painted", "table", 150),
    ):
        measured = figures[key]
        report.add(name, f"{measured:.1f} ms", f"≤ {budget:g} ms", measured <= budget)
    mb = figures["memory"] / 1e6
    report.add("memory of the open trace", f"{mb:.0f} MB", "≤ 120 MB", mb <= 120)


def fill(folder: Path, spans: int = SPANS) -> Path:
    """Write a trace of *spans* spans, sixteen batches of one service's work each; return its workspace."""
    store = FilledStore(folder)
    per_batch = spans // 16
    for batch in range(16):
        store.add(_batch(batch, per_batch))
    store.close()
    return folder


def _batch(batch: int, count: int) -> SpanBatch:
    first = batch * count
    start = MORNING + batch * 1_000_000
    root_of_all = (1).to_bytes(8, "big")
    made = []
    for n in range(count):
        number = first + n + 1
        parent = (first + 1 + (n - 1) // 6).to_bytes(8, "big") if n else (None if not batch else root_of_all)
        op, text = _OPS[n % 6 if n % 9 else 0]
        begin = start + n * 900_000 // count
        made.append(
            Span(
                number.to_bytes(8, "big"), parent, op, f"{text} {n % 400}" if n % 5 else text, Micros(begin),
                900_000 // (1 + n % 50), "ok" if n % 997 else "internal_error", is_segment=not n,
                self_time=100,
            )
        )  # fmt: skip
    return SpanBatch(TRACE, tuple(made), (a_segment(made[0], TRACE, name="GET /orders", event_id=None),))


def _open(folder: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(folder), TRACE.hex()],
        capture_output=True,
        check=True,
        timeout=300,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(APP), str(APP.parent))),
            "QT_QPA_PLATFORM": "offscreen",
        },
    )
    figures: dict[str, float] = orjson.loads(done.stdout.splitlines()[-1])
    return figures


def p95(times: list[float]) -> float:
    """Return the 95th percentile of *times*."""
    return statistics.quantiles(times, n=20)[-1]


_SCRIPT = """
import sys
from pathlib import Path
from tests.bench.traces import run
run(Path(sys.argv[1]), sys.argv[2])
"""


def run(folder: Path, trace_id: str) -> None:
    """Open the trace in this process, measure, and write the figures as JSON on the last line."""
    import gc
    import time

    import psutil
    from PySide6.QtCore import QEventLoop, QSettings, QTimer

    from vedette.desktop.app import make_application
    from vedette.desktop.bridge.bridge import Bridge
    from vedette.desktop.commands.registry import CommandRegistry
    from vedette.desktop.preferences import Preferences
    from vedette.desktop.theme.theme import SchemeSetting, Theme
    from vedette.desktop.trace.rows import Fold
    from vedette.desktop.trace.view import TraceView
    from vedette.domain.workspace import Workspace

    app = make_application()
    theme = Theme(app, SchemeSetting.LIGHT, bundled_fonts=True)
    settings = QSettings(str(folder / "preferences.ini"), QSettings.Format.IniFormat)
    bridge = Bridge(Workspace(folder), preferences=Preferences(settings))
    view = TraceView(bridge, CommandRegistry(theme), theme)
    view.resize(1_240, 820)
    view.show()
    view.grab()
    memory = psutil.Process().memory_info
    before = memory().rss

    def settle() -> None:
        loop = QEventLoop()
        timer = QTimer()

        def look() -> None:
            if bridge.is_settled:
                loop.quit()

        timer.timeout.connect(look)
        timer.start(1)
        loop.exec()

    def timed(work: object, *, repaint: bool = True) -> float:
        began = time.perf_counter()
        work()  # type: ignore[operator]
        if repaint:
            view.waterfall.viewport().repaint()
        return (time.perf_counter() - began) * 1_000

    found: dict[str, float] = {}
    began = time.perf_counter()
    view.open(trace_id)
    while view.opened is None:
        app.sendPostedEvents()
        loop = QEventLoop()
        QTimer.singleShot(1, loop.quit)
        loop.exec()
    view.waterfall.viewport().repaint()
    found["open"] = (time.perf_counter() - began) * 1_000
    settle()
    gc.collect()
    found["memory"] = memory().rss - before
    waterfall, window = view.waterfall, view.window_of_time
    found["unfold"] = timed(lambda: waterfall.folding.fold_all(Fold.OPEN))
    bar = waterfall.verticalScrollBar()
    found["scroll"] = p95([timed(lambda n=n: bar.setValue(n * 1_733)) for n in range(1, 201)])
    found["zoom"] = p95([timed(lambda n=n: window.zoom(1.25 if n < 40 else 0.8, 300.0)) for n in range(80)])
    window.zoom(40)
    found["pan"] = p95([timed(lambda: window.pan(17.0)) for _ in range(100)])
    window.show_all()
    nodes = [node for node in range(0, len(waterfall.tree or ()), 997) if waterfall.rows.can_fold(node)]  # type: ignore[union-attr]
    found["fold"] = p95([timed(lambda node=node: waterfall.folding.toggle(node)) for node in nodes[:60]])
    finds = []
    for text in ("select", "op:db", "is:error", "rates 39", "duration:>5ms"):
        began = time.perf_counter()
        view.finding.find(text)
        settle()
        waterfall.viewport().repaint()
        finds.append((time.perf_counter() - began) * 1_000)
    found["find"] = max(finds)
    from vedette.desktop.trace.minimap import draw_minimap

    found["minimap"] = timed(lambda: draw_minimap(waterfall.tree, 1_200, 13), repaint=False)  # type: ignore[arg-type]
    view.finding.find("")
    view.show_tab("table")
    began = time.perf_counter()
    view.table.sort_by("description")
    view.table.list.viewport().repaint()
    found["table"] = (time.perf_counter() - began) * 1_000
    sys.stdout.buffer.write(orjson.dumps(found) + b"\n")
    sys.stdout.flush()
    bridge.stop()
