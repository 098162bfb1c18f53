"""The desktop process: Qt's application, its loop, one window, and the way to the station."""

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtWidgets import QApplication

from vedette.api.attach import AttachError, StationInfo, read_token
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.language import PREFERENCE as LANGUAGE
from vedette.desktop.language import SYSTEM, Language, tr
from vedette.desktop.opening import open_in
from vedette.desktop.preferences import Preferences
from vedette.desktop.resources import app_icon
from vedette.desktop.sections import load_list, load_views, sections
from vedette.desktop.shell.following import OpenedLinks
from vedette.desktop.shell.instance import Request, SingleInstance
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.remembered import Remembered
from vedette.desktop.shell.window import MainWindow
from vedette.desktop.theme.theme import SchemeSetting, Theme
from vedette.desktop.tray.tray import Tray
from vedette.desktop.windows import WindowMemory, Windows
from vedette.desktop.workspaces import remember
from vedette.domain.tasks import spawn
from vedette.domain.workspace import Workspace

log = logging.getLogger(__name__)

_WARM_MS = 700
_LOAD_MS = 1_200
_GC = (20_000, 20, 50)
"""Allocations between rounds of the collector: fewer than usual, since each round holds the window up."""

_OTHERS_MS = 300
"""After the first frame, when the list of the first window is there."""

Attach = Callable[[Workspace], StationInfo | None]
"""Gives a workspace's station, starting one if need be; None to only read. Called in a thread."""


def make_application(arguments: list[str] | None = None) -> QApplication:
    """Return the process's QApplication, made if there is none."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication(arguments or ["vedette"])
    app.setApplicationName("Vedette")
    app.setDesktopFileName("vedette")
    app.setWindowIcon(app_icon())
    # Closing the window ends the loop itself, once the station was let go.
    app.setQuitOnLastWindowClosed(False)
    return app


def run_window(
    workspace: Workspace,
    attach: Attach,
    *,
    theme: str | None = None,
    link: str = "",
    new_window: bool = False,
) -> int:
    """Show the window on *workspace*, at *link* unless "", until it is closed; *attach* gives its station.

    A second start on the same workspace brings the first window to the front, hands it the link or the wish
    for a new window, and returns at once.
    """
    import qasync  # start-up time: a second start does not need it

    app = make_application()
    single = SingleInstance(workspace)
    if not single.claim(Request.for_start(link, new_window)):
        return 0
    remembered = Remembered(workspace)
    setting = SchemeSetting(theme) if theme else remembered.scheme()
    preferences = Preferences()
    language = Language()
    language.speak(preferences.get(LANGUAGE, SYSTEM))
    look = Theme(app, setting, density=remembered.density())
    bridge = Bridge(workspace, preferences=preferences)
    windows = Windows(bridge, look, sections)

    def speak_anew(key: str) -> None:
        if key == LANGUAGE:
            language.speak(preferences.get(LANGUAGE, SYSTEM))
            # Not while the control that asked for it is still at work.
            QTimer.singleShot(0, windows, windows.remake)

    preferences.changed.connect(speak_anew)
    windows.opened.connect(lambda window: window.closed.connect(lambda: remembered.keep(window, look)))
    window = windows.make()
    remembered.restore(window)
    others = remembered.others()
    windows.aboutToQuit.connect(lambda: remembered.keep_others(_others(windows)))
    windows.lastClosed.connect(lambda: None if windows.is_quitting else remembered.keep_others(()))
    window.firstPainted.connect(
        lambda: QTimer.singleShot(_OTHERS_MS, windows, lambda: _have_again(windows, others))
    )
    opened = OpenedLinks(app)
    if sys.platform == "darwin":  # nowhere else is there such an event, and a filter is asked about every one
        app.installEventFilter(opened)
    single.raised.connect(windows.come_up)
    single.windowWanted.connect(lambda link: _follow(windows.open(), bridge, link))
    for arrived in (single.linkArrived, opened.linkOpened):
        arrived.connect(lambda link: _follow(windows.current, bridge, link))
    remember(preferences, workspace)
    if link:
        window.firstPainted.connect(lambda: _follow(window, bridge, link))
    tray = Tray(bridge, windows, look, app)
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    try:
        with loop:
            loop.run_until_complete(_live(windows, window, tray, bridge, attach))
    finally:
        single.release()
        bridge.stop()
    return 0


def _others(windows: Windows) -> list[tuple[Place, QByteArray, bool]]:
    return [(memory.place, memory.geometry, memory.is_alone) for memory in windows.memories()[1:]]


def _have_again(windows: Windows, others: Sequence[tuple[Place, QByteArray, bool]]) -> None:
    """Open the windows that were open besides the first when the program was ended."""
    for place, geometry, is_alone in others:
        if windows.all and place.section in windows.all[0].sections:
            windows.have_again(WindowMemory(place, geometry, is_alone))


def _follow(window: MainWindow | None, bridge: Bridge, link: str) -> None:
    """Show where *link* leads, if there is one and a window for it."""
    if window is not None and link:
        open_in(window, bridge, link)


async def _live(windows: Windows, window: MainWindow, tray: Tray, bridge: Bridge, attach: Attach) -> None:
    """Show *window* and return once the program is to end and the station was let go."""
    ended = asyncio.Event()
    tray.ended.connect(ended.set)
    for number in (signal.SIGINT, signal.SIGTERM):
        # A session that ends, or Ctrl+C in a terminal.
        signal.signal(number, lambda *_: tray.quit())

    def show_list(*_: object) -> None:
        if window.history.current is None:  # else a link led somewhere meanwhile
            window.go_to(Place("issues"))

    def begin() -> None:
        # What is there now stays; without it the collector's full rounds, which stall the window, come rarely
        # and are short.
        gc.freeze()
        gc.set_threshold(*_GC)
        # Only after the first frame: views, HTTP and a station's start all take their time. The modules of
        # the list bring the store along: they are loaded beside the window.
        bridge.compute(load_list, answer=show_list, failed=show_list, owner=window)
        tray.begin()
        spawn("attach", _join(window, bridge, attach))
        # Once the list is there and before a hand can be at it: opening the first issue then takes no longer
        # than the next.
        QTimer.singleShot(_WARM_MS, window, lambda: window.view("issues").warm())
        QTimer.singleShot(_LOAD_MS, window, lambda: bridge.compute(load_views, answer=_ignore, owner=window))

    window.firstPainted.connect(begin)
    window.show()
    await ended.wait()
    if bridge.link is not None:
        await bridge.link.close()


def _ignore(_: object) -> None:
    """What was asked for has happened; nobody waits for it."""


async def _join(window: MainWindow, bridge: Bridge, attach: Attach) -> None:
    """Join *bridge* to its station; without one the window goes on reading."""
    try:
        info = await asyncio.to_thread(attach, bridge.workspace)
        token = "" if info is None else await asyncio.to_thread(read_token, bridge.workspace)
    except AttachError as error:
        window.say_trouble(tr("No station is running, so nothing new can arrive."), str(error))
        return
    if info is not None:
        from vedette.desktop.bridge.link import StationLink  # start-up time: HTTP

        bridge.link = StationLink(bridge, info.base_url, token)
