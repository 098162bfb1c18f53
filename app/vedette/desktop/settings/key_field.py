"""A field that takes keys as they are pressed, one stroke or two."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from vedette.desktop.commands.dispatcher import SEQUENCE_MS, TAKES_EVERY_KEY
from vedette.desktop.commands.keys import is_plain, show_keys, stroke_of
from vedette.desktop.language import tr


class KeyField(QLineEdit):
    """While it has the keyboard, what is pressed becomes a shortcut: Tab moves on, Escape leaves.

    After a key without Ctrl, Alt or Meta it waits a second for another one, as in G I.
    """

    recorded = Signal(str)
    """A whole shortcut was pressed; carries it as portable key text."""
    left = Signal()

    def __init__(self, *, name: str, title: str) -> None:
        super().__init__()
        self._first = ""
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(SEQUENCE_MS)
        self._wait.timeout.connect(lambda: self._finish(self._first))
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setPlaceholderText(tr("Press keys"))
        self.setReadOnly(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setProperty(TAKES_EVERY_KEY, True)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()
        stroke = stroke_of(event)
        if not stroke or event.isAutoRepeat():
            return
        if stroke == "Esc":
            is_waiting = bool(self._first)
            self._clear()
            if not is_waiting:
                self.left.emit()
        elif self._first:
            self._finish(f"{self._first} {stroke}")
        elif is_plain(stroke):
            self._first = stroke
            self.setText(f"{show_keys(stroke)} …")
            self._wait.start()
        else:
            self._finish(stroke)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._clear()
        super().focusOutEvent(event)

    def _finish(self, keys: str) -> None:
        self._clear()
        if keys:
            self.recorded.emit(keys)

    def _clear(self) -> None:
        self._wait.stop()
        self._first = ""
        self.clear()
