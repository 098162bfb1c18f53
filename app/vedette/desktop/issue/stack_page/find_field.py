"""A field that finds while one types, and goes away with Escape."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override


class FindField(QLineEdit):
    """Hidden until it is begun. Enter goes on, with Shift back; what was typed arrives by ``textChanged``."""

    nextWanted = Signal(bool)
    """Go to the next place; with True to the one before."""
    left = Signal()
    """Escape was pressed: the field is empty and hidden, and the keyboard should go elsewhere."""

    def __init__(self, *, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setPlaceholderText(title)
        self.setClearButtonEnabled(True)
        self.hide()

    def begin(self) -> None:
        """Show the field and give it the keyboard."""
        self.show()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def leave(self) -> None:
        """Empty and hide the field."""
        if not self.isHidden():
            self.clear()
            self.hide()
            self.left.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.nextWanted.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)
