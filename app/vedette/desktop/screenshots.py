"""Every screen as a picture, off-screen: for the docs, and for looking at."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.bridge.state import StationState
from vedette.desktop.bridge.store import has_store
from vedette.desktop.sections import sections
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.window import MainWindow
from vedette.desktop.theme.theme import SchemeSetting, Theme
from vedette.domain.workspace import Workspace
from vedette.store.engine import Reader
from vedette.store.queries.issues import IssueFilter, page_issues
from vedette.store.queries.traces import page_traces

QUIET_MS = 350
LONGEST_MS = 10_000


def render_screens(
    app: QApplication, workspace: Workspace, out: Path, themes: Sequence[str], size: tuple[int, int]
) -> list[Path]:
    """Write `issues-light.png` and so on into *out* and return the files; the workspace is only read."""
    out.mkdir(parents=True, exist_ok=True)
    QApplication.setCursorFlashTime(0)
    look = Theme(app, SchemeSetting.LIGHT, bundled_fonts=True)
    bridge = Bridge(workspace)
    bridge.set_station(
        StationState(
            attached=True,
            listening=True,
            base_url="http://127.0.0.1:8969",
            addresses=("127.0.0.1:8969",),
            senders=4,
        )
    )
    window = MainWindow(bridge, look, sections())
    window.resize(*size)
    window.show()
    files = []
    try:
        for name, place in _screens(workspace):
            if place.section not in window.sections:
                continue
            for theme in themes:
                look.set_setting(SchemeSetting(theme))
                window.go_to(place)
                _settle(lambda: bridge.is_settled)
                path = out / f"{name}-{theme}.png"
                window.grab().save(str(path))
                files.append(path)
    finally:
        window.close()
        bridge.stop()
    return files


def _screens(workspace: Workspace) -> list[tuple[str, Place]]:
    """Return what there is to show, with the fullest issue and trace of the workspace."""
    always = [(key, Place(key)) for key in ("ingest", "connect", "settings")]
    if not has_store(workspace):
        return [("issues", Place("issues")), ("traces", Place("traces")), *always]
    reader = Reader(workspace.database)
    with reader.limit(10) as db:
        issues = page_issues(db, IssueFilter(), limit=50)
        traces = page_traces(db, limit=200)
    reader.close()
    screens = [("issues", Place("issues"))]
    errors = [row for row in issues if row.kind == "error"] or issues
    if errors:
        screens.append(("issue", Place("issues", max(errors, key=lambda row: row.n).id)))
    screens.append(("traces", Place("traces")))
    if traces:
        fullest = max(traces, key=lambda row: (row.segments, row.spans))
        screens.append(("trace", Place("traces", fullest.trace_id)))
    return [*screens, *always]


def _settle(is_settled: Callable[[], bool]) -> None:
    """Let the loop run until nothing has been under way for a moment."""
    loop = QEventLoop()
    quiet = QTimer()
    quiet.setInterval(QUIET_MS)

    def look() -> None:
        if is_settled():
            loop.quit()

    quiet.timeout.connect(look)
    quiet.start()
    QTimer.singleShot(LONGEST_MS, loop.quit)
    loop.exec()
