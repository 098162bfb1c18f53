"""Draws screens into files, each in a window of its own so that none depends on the one before."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEventLoop, QPoint, QSettings, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from vedette.desktop.bridge.state import StationState
from vedette.desktop.preferences import Preferences
from vedette.desktop.screenshots.screens import Screen, every_screen, main_screens
from vedette.desktop.screenshots.stage import Stage, StagedBridge
from vedette.desktop.sections import sections
from vedette.desktop.shell.window import MainWindow
from vedette.desktop.theme.theme import SchemeSetting, Theme
from vedette.domain.workspace import Workspace

QUIET_MS = 350
LONGEST_MS = 10_000


def render_screens(
    app: QApplication, workspace: Workspace, out: Path, themes: Sequence[str], size: tuple[int, int]
) -> list[Path]:
    """Write `issues-light.png` and so on into *out* and return the files; the workspace is only read."""
    return _render(app, workspace, out, themes, size, main_screens(workspace), workspace)


def render_states(
    app: QApplication,
    workspace: Workspace,
    empty: Workspace,
    out: Path,
    themes: Sequence[str],
    size: tuple[int, int],
) -> list[Path]:
    """Write every screen in every state; *empty* is a workspace that has nothing yet."""
    return _render(app, workspace, out, themes, size, every_screen(workspace), empty)


def _render(
    app: QApplication,
    workspace: Workspace,
    out: Path,
    themes: Sequence[str],
    size: tuple[int, int],
    screens: Iterable[Screen],
    empty: Workspace,
) -> list[Path]:
    out.mkdir(parents=True, exist_ok=True)
    QApplication.setCursorFlashTime(0)
    look = Theme(app, SchemeSetting.LIGHT, bundled_fonts=True)
    files = []
    for screen in screens:
        at = empty if screen.is_empty else workspace
        for theme in themes:
            look.set_setting(SchemeSetting(theme))
            path = out / f"{screen.name}-{theme}.png"
            if _draw(at, screen, look, size, path):
                files.append(path)
    return files


def _draw(workspace: Workspace, screen: Screen, look: Theme, size: tuple[int, int], path: Path) -> bool:
    """Write one picture; False if there is no such section here."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        # What the user chose is not to be seen in a picture, and what a picture needs is not to be kept.
        own = QSettings(str(Path(folder) / "preferences.ini"), QSettings.Format.IniFormat)
        bridge = StagedBridge(workspace, preferences=Preferences(own))
        return _draw_with(bridge, screen, look, size, path)


def _draw_with(bridge: StagedBridge, screen: Screen, look: Theme, size: tuple[int, int], path: Path) -> bool:
    bridge.set_station(
        StationState(
            attached=True,
            listening=True,
            base_url="http://127.0.0.1:8969",
            addresses=("127.0.0.1:8969",),
            senders=0 if screen.is_empty else 4,
        )
    )
    window = MainWindow(bridge, look, sections())
    try:
        if screen.place.section not in window.sections:
            return False
        window.resize(*size)
        window.show()
        bridge.stage = screen.stage
        window.go_to(screen.place)
        _settle(lambda: bridge.is_settled)
        if screen.act is not None:
            screen.act(window, bridge)
            _settle(lambda: bridge.is_settled or bridge.stage is Stage.HOLDS or bridge.is_paused)
        over = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        _grab(window, over).save(str(path))
        if over is not None:
            over.close()
        return True
    finally:
        window.close()
        window.deleteLater()
        bridge.stop()


def _grab(window: MainWindow, over: QWidget | None) -> QPixmap:
    """Return the window's picture with the dialog or popup *over* it where it stands."""
    picture = window.grab()
    if over is not None:
        painter = QPainter(picture)
        painter.drawPixmap(window.mapFromGlobal(over.mapToGlobal(QPoint())), over.grab())
        painter.end()
    return picture


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
