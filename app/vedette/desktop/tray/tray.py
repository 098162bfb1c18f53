"""The icon in the tray or menu bar, where there is one, and the life of the program beside its windows."""

import sys
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from vedette.desktop.connect.source import DsnSource
from vedette.desktop.language import tr
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.desktop.tray.badge import set_badge
from vedette.desktop.tray.closing import PREFERENCE, CloseQuestion, OnClose, chosen_on_close
from vedette.desktop.tray.icon import state_icon
from vedette.desktop.tray.menu import TrayMenu
from vedette.desktop.tray.notifying import Announcer, Notifier
from vedette.desktop.tray.pausing import TimedPause
from vedette.desktop.tray.read import Unseen
from vedette.desktop.tray.state import TrayState, badge_text, in_words, shown_count, tray_state
from vedette.desktop.tray.watch import IssueWatch

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

MESSAGE_MS = 8_000


class OpenWindow(Protocol):
    """A window, as far as the tray needs it."""

    def go_to(self, place: object) -> None: ...
    def come_up(self) -> None: ...
    def say_trouble(self, sentence: str, details: str = "") -> None: ...


class OpenWindows(Protocol):
    """The windows of the process."""

    lastClosed: Any
    """Signal: no window is left."""

    @property
    def current(self) -> Any:
        """The OpenWindow in use, None if there is none."""
        ...

    @property
    def is_quitting(self) -> bool:
        """Whether the windows were closed because the program is to end."""
        ...

    def open(self, place: Place | None = None) -> Any: ...
    def quit(self) -> None: ...


class Tray(QObject):
    """Icon, menu, notifications; ``ended`` says that the program is to end.

    Without a tray everything works but the icon: closing the last window ends the program. Nothing is asked
    or shown before `begin`.
    """

    ended = Signal()

    def __init__(
        self,
        bridge: "Bridge",
        windows: OpenWindows,
        theme: Theme,
        parent: QObject | None = None,
        *,
        has_tray: bool | None = None,
    ) -> None:
        """*has_tray* None: as the desktop says."""
        super().__init__(parent)
        self._bridge = bridge
        self._windows = windows
        self._theme = theme
        self._question: CloseQuestion | None = None
        self._dsn: DsnSource | None = None
        self.has_tray = bool(has_tray)
        self._asks_desktop = has_tray is None
        self.watch = IssueWatch(bridge, self)
        self.pause = TimedPause(bridge, self)
        self.notifier = Notifier(bridge.preferences, self._notify, self)
        self.announcer = Announcer(self._window_in_use, self)
        self.menu = TrayMenu(self, self.pause, theme)
        self.icon = QSystemTrayIcon(self)
        self.icon.setObjectName("tray.icon")
        self.icon.setContextMenu(self.menu)
        self._connect()

    def begin(self) -> None:
        """Show the icon if the desktop has a place for it, and follow what happens. After the first frame."""
        if self._asks_desktop:
            self.has_tray = QSystemTrayIcon.isSystemTrayAvailable()
        self._show_state()
        self.watch.begin()
        if self.has_tray:
            self.icon.show()

    def _connect(self) -> None:
        self.icon.activated.connect(self._activate)
        self.icon.messageClicked.connect(self.notifier.click)
        self.notifier.opened.connect(self.show_place)
        self.watch.arrived.connect(self.notifier.take)
        self.watch.arrived.connect(self.announcer.take)
        self.watch.unseenChanged.connect(self._take_unseen)
        self._bridge.stationChanged.connect(self._show_state)
        self._bridge.pausedChanged.connect(self._show_state)
        self._theme.changed.connect(self._show_state)
        self._windows.lastClosed.connect(self._take_last_closed)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.commitDataRequest.connect(lambda _: self._windows.quit())
            if sys.platform == "darwin":
                app.applicationStateChanged.connect(self._take_app_state)

    # ---------------------------------------------------------------- what it shows

    @property
    def state(self) -> TrayState:
        """What the icon stands for now."""
        return tray_state(self._bridge.station, paused=self.is_paused, unseen=self.unseen.count)

    @property
    def unseen(self) -> Unseen:
        """Errors nobody has looked at."""
        return self.watch.unseen

    def _take_unseen(self, unseen: Unseen) -> None:
        set_badge(unseen.count)
        self._show_state()
        if not self.menu.isVisible():
            self.menu.fill()

    def _show_state(self, *_: object) -> None:
        count = self.unseen.count
        self.icon.setIcon(state_icon(self.state, badge_text(count), mono=sys.platform == "darwin"))
        words = in_words(self.state, self._bridge.station, shown_count(count))
        self.icon.setToolTip(f"Vedette\n{words}")

    def _notify(self, title: str, text: str) -> bool:
        if not self.has_tray or not QSystemTrayIcon.supportsMessages():
            return False
        self.icon.showMessage(title, text, state_icon(TrayState.UNSEEN), MESSAGE_MS)
        return True

    def _window_in_use(self) -> QWidget | None:
        found = QApplication.activeWindow() or self._windows.current
        return found if isinstance(found, QWidget) else None

    # ---------------------------------------------------------------- what the menu does

    @property
    def is_paused(self) -> bool:
        return self._bridge.is_paused

    @property
    def can_start_run(self) -> bool:
        return self._bridge.link is not None

    def resume(self) -> None:
        """Let the views follow again."""
        self._bridge.set_paused(False)

    def come_up(self) -> None:
        """Bring the window in use to the front, a new one if there is none."""
        window = self._windows.current
        if window is None:
            window = self._windows.open()
        window.come_up()

    def show_place(self, place: Place) -> None:
        """Bring a window to the front, at *place*."""
        self.come_up()
        self._windows.current.go_to(place)

    def start_run(self) -> None:
        """Have the station begin a new run; what hinders it is said in the window."""
        self._bridge.call("POST", "/runs/", {}, failed=self._say_trouble, owner=self)

    def _say_trouble(self, sentence: str, details: str) -> None:
        window = self._windows.current
        if window is not None:
            window.say_trouble(sentence, details)
        else:
            self._notify(tr("Vedette"), sentence)

    def copy_dsn(self) -> None:
        """Put the DSN for programs onto the clipboard, as the Connect page shows it."""
        if self._dsn is None:
            self._dsn = DsnSource(self._bridge, self)
            self._dsn.settled.connect(self._copy_dsn, Qt.ConnectionType.SingleShotConnection)
        else:
            self._copy_dsn()

    def _copy_dsn(self) -> None:
        if self._dsn is not None:
            QGuiApplication.clipboard().setText(self._dsn.dsn)

    def quit(self) -> None:
        """End the program, whatever closing means."""
        self._windows.quit()
        self._end()

    # ---------------------------------------------------------------- windows

    def _activate(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        opens = (
            QSystemTrayIcon.ActivationReason.Trigger,
            QSystemTrayIcon.ActivationReason.DoubleClick,
        )
        # In the menu bar of macOS a click opens the menu.
        if reason in opens and sys.platform != "darwin":
            self.come_up()

    def _take_app_state(self, state: Qt.ApplicationState) -> None:
        """On macOS a click on the icon in the dock opens the window again."""
        if state == Qt.ApplicationState.ApplicationActive and self._windows.current is None:
            self.come_up()

    def _take_last_closed(self) -> None:
        if self._windows.is_quitting or not self.has_tray:
            self._end()
            return
        # There a program goes on without windows, and nobody needs to be asked.
        usual = OnClose.KEEP if sys.platform == "darwin" else OnClose.ASK
        choice = chosen_on_close(self._bridge.preferences)
        choice = usual if choice is OnClose.ASK else choice
        if choice is OnClose.ASK:
            self._ask()
        elif choice is OnClose.QUIT:
            self._end()

    def _ask(self) -> None:
        self._question = CloseQuestion(self._theme)
        self._question.finished.connect(self._take_choice)
        self._question.open()

    def _take_choice(self) -> None:
        question, self._question = self._question, None
        if question is None:
            return
        question.deleteLater()
        if question.choice is not OnClose.ASK:
            self._bridge.preferences.set(PREFERENCE, question.choice.value)
        # Left without an answer: nobody said that it should go on.
        if question.choice is not OnClose.KEEP:
            self._end()

    def _end(self) -> None:
        self.icon.hide()
        set_badge(0)
        self.ended.emit()
