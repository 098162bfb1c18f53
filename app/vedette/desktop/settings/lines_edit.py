"""A field for several lines, as high as what stands in it; told when it is left."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy
from typing_extensions import override

_MOST_SHOWN = 8


class LinesEdit(QPlainTextEdit):
    """``edited`` carries the text when the field is left, or Ctrl+Enter pressed, with another text in it."""

    edited = Signal(str)

    def __init__(self, name: str, title: str, hint: str = "", *, least: int = 1) -> None:
        super().__init__()
        self._least = least
        self._shown = ""  # what the program put in
        self._told = ""  # what the user's doing was told of
        self.setObjectName(name)
        self.setProperty("role", "field")
        self.setAccessibleName(title)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self.updateGeometry)

    def lines(self) -> list[str]:
        """Return what stands in it, a text for each line that is not empty."""
        return [line.strip() for line in self.toPlainText().splitlines() if line.strip()]

    def show_text(self, text: str, *, anew: bool) -> None:
        """Show *text*, unless it is what was shown last: what is being written then stays."""
        if anew or text != self._shown:
            self._shown = self._told = text
            if text != self.toPlainText():
                self.setPlainText(text)

    @override
    def sizeHint(self) -> QSize:
        shown = min(_MOST_SHOWN, max(self._least, self.document().blockCount()))
        margin = 2 * (self.frameWidth() + round(self.document().documentMargin()))
        return QSize(240, self.fontMetrics().lineSpacing() * shown + margin + 2)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def _tell(self) -> None:
        text = self.toPlainText()
        if text != self._told:
            self._told = text
            self.edited.emit(text)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._tell()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._tell()
            return
        super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()  # the page scrolls, not a field the pointer happens to cross
