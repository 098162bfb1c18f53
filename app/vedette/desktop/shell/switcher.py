"""The sections one was in, while a key is held: the latest first, Tab to the next, let go to go there."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.language import tr
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme

_WIDTH = 300
_NEXT = (Qt.Key.Key_Tab, Qt.Key.Key_Down)
_PREVIOUS = (Qt.Key.Key_Backtab, Qt.Key.Key_Up)
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_HELD = (Qt.Key.Key_Control, Qt.Key.Key_Meta)


@dataclass(frozen=True, slots=True)
class Stop:
    """One entry: where it leads and what it says."""

    place: Place
    title: str
    icon: QIcon


class Switcher(QFrame):
    """Open while Ctrl is held."""

    chosen = Signal(object)
    """A Place."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme = theme
        self._stops: Sequence[Stop] = ()
        self._had_focus: QWidget | None = None
        self.setObjectName("switcher")
        self.setProperty("role", "card")
        self.setAccessibleName(tr("Sections, the latest first"))
        self.list = QListWidget()
        self.list.setObjectName("switcher.list")
        self.list.setAccessibleName(tr("Sections, the latest first"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.installEventFilter(self)
        self.list.itemClicked.connect(lambda _: self._choose())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self.list)

    def open_over(self, window: QWidget, stops: Sequence[Stop], by: int) -> None:
        """Show *stops* over the middle of *window*, the one *by* places from the first marked."""
        self._stops = stops
        self._had_focus = window.focusWidget()
        self.list.clear()
        height = self._theme.row_height("body")
        for stop in stops:
            item = QListWidgetItem(stop.icon, stop.title)
            size = item.sizeHint()
            size.setHeight(height)
            item.setSizeHint(size)
            self.list.addItem(item)
        self.resize(round(_WIDTH * self._theme.zoom), min(height * len(stops) + 14, window.height() - 40))
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(
            corner.x() + (window.width() - self.width()) // 2,
            corner.y() + (window.height() - self.height()) // 3,
        )
        self.list.setCurrentRow(by % len(stops))
        self.show()
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    def _give_back(self) -> None:
        """Hide, the keyboard where it was."""
        self.hide()
        if self._had_focus is not None:
            self._had_focus.setFocus(Qt.FocusReason.PopupFocusReason)
            self._had_focus = None

    def _choose(self) -> None:
        row = self.list.currentRow()
        self._give_back()
        if 0 <= row < len(self._stops):
            self.chosen.emit(self._stops[row].place)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return False
        key = Qt.Key(event.key())
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # the same key would open the list once more
            return True
        if event.type() == QEvent.Type.KeyRelease and key in _HELD:
            self._choose()
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        if key in _NEXT or key in _PREVIOUS:
            by = 1 if key in _NEXT else -1
            self.list.setCurrentRow((self.list.currentRow() + by) % len(self._stops))
        elif key in _ENDS:
            self._choose()
        elif key == Qt.Key.Key_Escape:
            self._give_back()
        else:
            return False
        return True
