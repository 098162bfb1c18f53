"""Edges between panes: a double click puts them where they usually are, and keys can move them."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QSplitter, QWidget
from typing_extensions import override

from vedette.desktop.language import tr

STEP = 16
"""Pixels an edge moves for one press of an arrow."""
_MOVES = {
    Qt.Key.Key_Left: (Qt.Orientation.Horizontal, -STEP),
    Qt.Key.Key_Right: (Qt.Orientation.Horizontal, STEP),
    Qt.Key.Key_Up: (Qt.Orientation.Vertical, -STEP),
    Qt.Key.Key_Down: (Qt.Orientation.Vertical, STEP),
}
_ENDS = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DoubleClicks(QObject):
    """Calls back on a double click on *watched*, as on the edge of a splitter."""

    def __init__(self, watched: QObject, then: Callable[[], object]) -> None:
        super().__init__(watched)
        self._then = then
        watched.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.MouseButtonDblClick:
            return False
        self._then()
        return True


class ResizeMode(QObject):
    """While it is on, arrows (with Alt or without) move the edges of the panes the keyboard is in."""

    changed = Signal(str)
    """What to say of it: its keys while it is on, "" when it has ended."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._is_on = False

    @property
    def is_on(self) -> bool:
        return self._is_on

    def begin(self) -> None:
        """Take the arrows until Escape or Enter, or until the window is left."""
        app = QApplication.instance()
        if self._is_on or app is None or not splitters_of(self._window):
            return
        self._is_on = True
        app.installEventFilter(self)
        self.changed.emit(tr("Arrows move the edge, Esc ends"))

    def end(self) -> None:
        """Give the arrows back."""
        app = QApplication.instance()
        if self._is_on and app is not None:
            self._is_on = False
            app.removeEventFilter(self)
            self.changed.emit("")

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.WindowDeactivate and watched is self._window:
            self.end()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return False
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        key = Qt.Key(event.key())
        if watched.window() is not self._window or (key not in _MOVES and key not in _ENDS):
            return False
        event.accept()  # from shortcuts: Alt+Left is the way back elsewhere
        if kind == QEvent.Type.KeyPress:
            if key in _MOVES:
                self._move(*_MOVES[key])
            else:
                self.end()
        return True

    def _move(self, orientation: Qt.Orientation, by: int) -> None:
        for splitter in splitters_of(self._window):
            if splitter.orientation() is orientation and nudge(splitter, by):
                return


def splitters_of(window: QWidget) -> list[QSplitter]:
    """Return the splitters with an edge in sight: first those around the keyboard, the nearest first."""
    found = [
        splitter
        for splitter in window.findChildren(QSplitter)
        if splitter.isVisible() and len(_shown(splitter)) > 1
    ]
    around: list[QSplitter] = []
    at: QWidget | None = window.focusWidget()
    while at is not None:
        if isinstance(at, QSplitter) and at in found:
            around.append(at)
        at = at.parentWidget()
    return around + [splitter for splitter in found if splitter not in around]


def nudge(splitter: QSplitter, by: int) -> bool:
    """Move the edge beside the pane with the keyboard by *by* pixels; False if no pane gives way."""
    shown = _shown(splitter)
    focus = splitter.window().focusWidget()
    within = next((place for place, n in enumerate(shown) if _has(splitter.widget(n), focus)), 0)
    first = min(within, len(shown) - 2)
    before, after = shown[first], shown[first + 1]
    old = splitter.sizes()
    sizes = list(old)
    sizes[before] += by
    sizes[after] -= by
    splitter.setSizes([max(0, size) for size in sizes])
    if splitter.sizes() == old:
        return False
    splitter.splitterMoved.emit(sum(splitter.sizes()[:after]), after)
    return True


def _shown(splitter: QSplitter) -> list[int]:
    """Return which panes are in sight."""
    panes = [splitter.widget(n) for n in range(splitter.count())]
    return [n for n, pane in enumerate(panes) if pane is not None and not pane.isHidden()]


def _has(pane: QWidget | None, focus: QWidget | None) -> bool:
    return pane is not None and focus is not None and (pane is focus or pane.isAncestorOf(focus))
