"""The windows on one workspace: opened, torn off, closed, opened again. They share one way to the store."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QApplication

from vedette.desktop.settings.pages import register_pages
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.sections import Section
from vedette.desktop.shell.window import MainWindow
from vedette.desktop.theme.theme import Theme

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

STEP = 32
"""A new window stands so far right and down of the one it came from."""
MOST_CLOSED = 20


class Windows(QObject):
    """Every window of the process, the oldest first."""

    opened = Signal(object)
    """A MainWindow was made."""
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
        self._closed: list[Place] = []
        self.is_quitting = False
        """Whether closing the last window is meant as the end."""

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
        window = self.make()
        beside = beside or self.current
        if beside is not None and beside is not window:
            window.resize(beside.size())
            window.move(beside.pos() + QPoint(STEP, STEP))
            window.take_scope(beside.scope.scope)
        window.show()
        if place is not None and place.id is not None:
            window.focus_on(place)
        else:
            window.go_to(place or Place("issues"))
        window.activateWindow()
        return window

    def reopen(self) -> None:
        """Open again what was closed last."""
        if self._closed:
            self.open(self._closed.pop())

    def remake(self) -> None:
        """Make every window anew where it is, as after a change of language."""
        for old in self.all:
            place = old.history.current
            new = self.make()
            new.setGeometry(old.geometry())
            new.take_scope(old.scope.scope)
            new.show()
            new.go_to(place or Place("issues"))
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

    def quit(self) -> None:
        """Close every window, since the program is to end."""
        self.is_quitting = True
        self.close_all()

    def close_all(self) -> None:
        """Close every window."""
        for window in self.all:
            window.close()

    def _drop(self, window: MainWindow) -> None:
        if window not in self._windows:
            return
        self._windows.remove(window)
        place = window.history.current
        if place is not None and self._windows:
            self._closed = [*self._closed[-MOST_CLOSED + 1 :], place]
        window.deleteLater()
        if not self._windows:
            self.lastClosed.emit()
