"""The real window joined to a real station, on one loop: for flow tests and the bench."""

import asyncio
import gc
from collections.abc import Awaitable, Callable
from typing import Any

import qasync
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from tests.support.station import StationProcess
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.bridge.link import StationLink
from vedette.desktop.sections import sections
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.window import MainWindow
from vedette.desktop.theme.theme import Theme

PATIENCE = 30.0


class LiveWindow:
    """What a scenario is given: the window, and ways to wait for what it shows."""

    def __init__(self, window: MainWindow, bridge: Bridge, station: StationProcess) -> None:
        self.window = window
        self.bridge = bridge
        self.station = station

    @property
    def issue_rows(self) -> list[Any]:
        """The issues in the list."""
        return [listed.issue for listed in self.window.view("issues").list.model.rows]

    async def until(self, is_true: Callable[[], Any], what: str) -> Any:
        """Return the first true answer of *is_true*, the loop running meanwhile."""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while not (answer := is_true()):
            assert asyncio.get_running_loop().time() < deadline, f"still not: {what}"
            await asyncio.sleep(0.005)
        return answer

    async def rest(self, seconds: float = 0.05) -> None:
        """Let the window do what it is about to do."""
        await asyncio.sleep(seconds)

    async def beside(self, work: Callable[[], Any]) -> Any:
        """Run blocking *work* in a thread, the window living on."""
        return await asyncio.to_thread(work)


def run_live(
    app: QApplication,
    theme: Theme,
    station: StationProcess,
    scenario: Callable[[LiveWindow], Awaitable[None]],
) -> None:
    """Show the window on *station*'s workspace and run *scenario* in it."""
    _run(app, theme, station, scenario)
    # Here and now: later it might happen in another thread, where timers cannot be stopped.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def _run(
    app: QApplication,
    theme: Theme,
    station: StationProcess,
    scenario: Callable[[LiveWindow], Awaitable[None]],
) -> None:
    bridge = Bridge(station.workspace)
    window = MainWindow(bridge, theme, sections())
    loop = qasync.QEventLoop(app)

    async def run() -> None:
        window.show()
        window.go_to(Place("issues"))
        bridge.link = link = StationLink(bridge, f"http://127.0.0.1:{station.port}", station.token)
        try:
            await scenario(LiveWindow(window, bridge, station))
        finally:
            await link.close()

    asyncio.set_event_loop(loop)
    try:
        with loop:
            loop.run_until_complete(run())
    finally:
        asyncio.set_event_loop(None)
        window.close()
        window.deleteLater()
        bridge.stop()
