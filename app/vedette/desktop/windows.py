"""The windows on one workspace: opened, torn off, closed, opened again. They share one way to the store."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QRect, QSize, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from vedette.desktop.settings.pages import register_pages
from vedette.desktop.shell.on_screen import beside, brought_back
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.sections import Section
from vedette.desktop.shell.window import MainWindow
from vedette.desktop.theme.theme import Theme

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

STEP = 32
"""A new window stands so far right and down of the one it came from."""
MOST_CLOSED = 20


@dataclass(frozen=True, slots=True)
class WindowMemory:
    """What it takes to have a window again: where it stood, on which screen, what it showed."""

    place: Place
    geometry: QByteArray
    is_alone: bool = False


class Windows(QObject):
    """Every window of the process, the oldest first."""

    opened = Signal(object)
    """A MainWindow was made."""
    aboutToQuit = Signal()
    """All are about to be closed, since the program is to end."""
    lastClosed = Signal()
    """No window is left."""

    def __init__(
        self,
        bridge: "Bridge",
        theme: Theme,
        sections: Callable[[], Sequence[Section]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self._theme = theme
        self._sections = sections
        self._windows: list[MainWindow] = []
        self._closed: list[WindowMemory] = []
        self.alone_size: QSize | None = None
        """How large the last window for a single thing was."""
        self.is_quitting = False
        """Whether closing the last window is meant as the end."""
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenRemoved.connect(self.bring_back)

    @property
    def all(self) -> tuple[MainWindow, ...]:
        """The windows that are open."""
        return tuple(self._windows)

    @property
    def current(self) -> MainWindow | None:
        """The window in use, else the newest; None if there is none."""
        active = QApplication.activeWindow()
        for window in self._windows:
            if window is active:
                return window
        return self._windows[-1] if self._windows else None

    # ---------------------------------------------------------------- opening

    def make(self) -> MainWindow:
        """Return a new window that is not shown yet."""
        window = MainWindow(self.bridge, self._theme, self._sections())
        register_pages(window.commands, window.go_to)
        self._windows.append(window)
        window.closed.connect(lambda: self._drop(window))
        window.newWindowWanted.connect(lambda place: self.open(place, beside=window))
        window.reopenWanted.connect(self.reopen)
        window.quitWanted.connect(self.quit)
        window.can_reopen = lambda: bool(self._closed)
        self.opened.emit(window)
        return window

    def open(self, place: Place | None = None, *, beside: MainWindow | None = None) -> MainWindow:
        """Show a new window at *place*; one for a single thing begins without sidebar and list."""
        other = beside or self.current
        window = self.make()
        is_alone = place is not None and place.id is not None
        if other is not None:
            self._place_beside(window, other, is_alone=is_alone)
            window.take_scope(other.scope.scope)
        window.show()
        self._go(window, place or Place("issues"), is_alone=is_alone)
        window.activateWindow()
        return window

    def _place_beside(self, window: MainWindow, other: MainWindow, *, is_alone: bool) -> None:
        size = other.arrangement.whole_size
        if is_alone and self.alone_size is not None:
            size = self.alone_size
        window.setGeometry(beside(QRect(other.pos(), size), STEP, _screens()))

    @staticmethod
    def _go(window: MainWindow, place: Place, *, is_alone: bool) -> None:
        if is_alone:
            window.focus_on(place)
        else:
            window.go_to(place)

    def reopen(self) -> None:
        """Open again what was closed last, where it was."""
        if self._closed:
            self.have_again(self._closed.pop()).activateWindow()

    def have_again(self, memory: WindowMemory) -> MainWindow:
        """Show a window as *memory* has it; on the primary screen if its own is gone."""
        window = self.make()
        window.restoreGeometry(memory.geometry)
        window.setGeometry(brought_back(window.geometry(), _screens()))
        window.show()
        self._go(window, memory.place, is_alone=memory.is_alone)
        return window

    def remake(self) -> None:
        """Make every window anew where it is, as after a change of language."""
        for old in self.all:
            was_strip = old.arrangement.is_strip()
            new = self.make()
            new.setGeometry(old.geometry())
            new.show()
            new.take_over(old)
            if was_strip:
                new.arrangement.toggle_strip()
            self._windows.remove(old)
            old.blockSignals(True)
            old.close()
            old.deleteLater()

    def come_up(self) -> None:
        """Bring the window in use to the front; a new one if all were closed."""
        window = self.current
        if window is None:
            window = self.open()
        window.come_up()

    def bring_back(self, *_: object) -> None:
        """Have every window in sight, as after a screen was unplugged."""
        for window in self._windows:
            wanted = brought_back(window.geometry(), _screens())
            if wanted != window.geometry():
                window.setGeometry(wanted)

    # ---------------------------------------------------------------- closing

    def memories(self) -> tuple[WindowMemory, ...]:
        """Return what it takes to have the windows again."""
        return tuple(self._remember(window) for window in self._windows)

    @staticmethod
    def _remember(window: MainWindow) -> WindowMemory:
        place = window.history.current or Place("issues")
        return WindowMemory(place, window.saveGeometry(), window.arrangement.is_alone)

    def quit(self) -> None:
        """Close every window, since the program is to end."""
        self.is_quitting = True
        self.aboutToQuit.emit()
        self.close_all()

    def close_all(self) -> None:
        """Close every window."""
        for window in self.all:
            window.close()

    def _drop(self, window: MainWindow) -> None:
        if window not in self._windows:
            return
        self._windows.remove(window)
        if window.arrangement.is_alone:
            self.alone_size = window.size()
        if self._windows:
            self._closed = [*self._closed[-MOST_CLOSED + 1 :], self._remember(window)]
        window.deleteLater()
        if not self._windows:
            self.lastClosed.emit()


def _screens() -> list[QRect]:
    """Return the room on each screen, the primary first."""
    primary = QGuiApplication.primaryScreen()
    screens = sorted(QGuiApplication.screens(), key=lambda screen: screen is not primary)
    return [screen.availableGeometry() for screen in screens]
