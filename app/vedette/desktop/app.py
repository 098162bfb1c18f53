"""The desktop process: Qt's application, its loop, one window, and the way to the station."""

import asyncio
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication

from vedette.api.attach import StationInfo, read_token
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.resources import app_icon
from vedette.desktop.sections import sections
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.window import MainWindow
from vedette.desktop.theme.theme import SchemeSetting, Theme
from vedette.domain.tasks import spawn
from vedette.domain.workspace import Workspace

log = logging.getLogger(__name__)
_RAISE_MS = 500

Attach = Callable[[Workspace], StationInfo | None]


def has_display() -> bool:
    """Return whether a window can be shown here."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def make_application(arguments: list[str] | None = None) -> QApplication:
    """Return the process's QApplication, made if there is none."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication(arguments or ["vedette"])
    app.setApplicationName("Vedette")
    app.setApplicationDisplayName("Vedette")
    app.setDesktopFileName("vedette")
    app.setWindowIcon(app_icon())
    return app


class WindowSettings:
    """What the window remembers of itself, beside the workspace's own settings."""

    def __init__(self, workspace: Workspace) -> None:
        self._store = QSettings(str(workspace.folder / "window.ini"), QSettings.Format.IniFormat)

    def scheme(self) -> SchemeSetting:
        try:
            return SchemeSetting(str(self._store.value("scheme", SchemeSetting.SYSTEM.value)))
        except ValueError:
            return SchemeSetting.SYSTEM

    def restore(self, window: MainWindow) -> None:
        """Give *window* the place and size it had."""
        geometry: Any = self._store.value("geometry")
        if geometry is not None:
            window.restoreGeometry(geometry)

    def keep(self, window: MainWindow, theme: Theme) -> None:
        """Remember where *window* is and how it looks."""
        self._store.setValue("geometry", window.saveGeometry())
        self._store.setValue("scheme", theme.setting.value)
        self._store.sync()


class SingleInstance:
    """One window a workspace: a second start raises the first and ends."""

    def __init__(self, workspace: Workspace) -> None:
        self._name = f"vedette-{abs(hash_of(workspace.folder)):x}"
        self._server = QLocalServer()

    def is_second(self) -> bool:
        """Ask another window of this workspace to come to the front; False if there is none."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_RAISE_MS):
            return False
        socket.write(b"raise\n")
        socket.waitForBytesWritten(_RAISE_MS)
        socket.disconnectFromServer()
        return True

    def listen(self, window: MainWindow) -> None:
        """Come to the front when another start asks for it."""
        QLocalServer.removeServer(self._name)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(lambda: self._come_up(window))
        self._server.listen(self._name)

    def _come_up(self, window: MainWindow) -> None:
        connection = self._server.nextPendingConnection()
        if connection is not None:
            connection.disconnected.connect(connection.deleteLater)
        window.showNormal() if window.isMinimized() else window.show()
        window.raise_()
        window.activateWindow()

    def close(self) -> None:
        self._server.close()


def hash_of(folder: Path) -> int:
    """Return a number for *folder* that is the same in every process."""
    import zlib

    return zlib.crc32(str(folder.resolve()).encode("utf-8", "surrogatepass"))


def run_window(workspace: Workspace, attach: Attach, *, theme: str | None = None) -> int:
    """Show the window on *workspace* until it is closed; *attach* gives its station."""
    import qasync

    app = make_application()
    single = SingleInstance(workspace)
    if single.is_second():
        return 0
    settings = WindowSettings(workspace)
    setting = SchemeSetting(theme) if theme else settings.scheme()
    look = Theme(app, setting)
    bridge = Bridge(workspace)
    window = MainWindow(bridge, look, sections())
    settings.restore(window)
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    gone = asyncio.Event()
    window.closed.connect(gone.set)
    single.listen(window)

    async def join() -> None:
        # Only after the first frame: starting a station may take a second, loading HTTP a tenth.
        info = await asyncio.to_thread(attach, workspace)
        if info is None:
            return
        from vedette.desktop.bridge.link import StationLink

        token = await asyncio.to_thread(read_token, workspace)
        bridge.link = StationLink(bridge, info.base_url, token)
        window.refresh_overview()

    async def live() -> None:
        window.show()
        window.go_to(Place("issues"))
        QTimer.singleShot(0, lambda: spawn("attach", join()))
        await gone.wait()
        settings.keep(window, look)
        if bridge.link is not None:
            await bridge.link.close()

    with loop:
        loop.run_until_complete(live())
    single.close()
    bridge.stop()
    return 0
