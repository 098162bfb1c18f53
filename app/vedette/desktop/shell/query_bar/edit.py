"""The text of a query: keys in a colour of their own, a mistake underlined where it is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QInputMethodEvent, QKeyEvent, QMouseEvent, QTextCharFormat
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from typing_extensions import override

from vedette.desktop.shell.query_bar.draft import split_parts
from vedette.desktop.theme.theme import Theme

MOST = 4_096
_Text = QInputMethodEvent.AttributeType.TextFormat


class QueryEdit(QLineEdit):
    """A line of text whose formats follow what is written."""

    wentBack = Signal()
    """Left at the beginning of the text: the keyboard wants to go to what stands before it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._wrong: tuple[int, int] | None = None
        self.setMaxLength(MOST)
        self.textChanged.connect(lambda _: self._format())
        theme.changed.connect(self._format)

    def underline(self, start: int, length: int) -> None:
        """Underline *length* characters from *start* on as wrong; of length 0 what stands there."""
        self._wrong = (start, length)
        self._format()

    def clear_underline(self) -> None:
        """Nothing is wrong any more."""
        if self._wrong is not None:
            self._wrong = None
            self._format()

    @property
    def wrong(self) -> tuple[int, int] | None:
        """What is underlined, as start and end."""
        if self._wrong is None:
            return None
        start, length = self._wrong
        text = self.text()
        start = max(0, min(start, len(text) - 1))
        if length <= 0:
            length = next((at for at, sign in enumerate(text[start:]) if sign.isspace()), len(text) - start)
        return start, min(len(text), start + max(1, length))

    def _format(self) -> None:
        # QLineEdit takes formats only as an input method's; they change nothing of the text.
        cursor = self.cursorPosition()
        marks = []
        for part in split_parts(self.text()):
            if part.key:
                look = QTextCharFormat()
                look.setForeground(self._theme.color("accent.text"))
                marks.append(QInputMethodEvent.Attribute(_Text, part.start - cursor, len(part.key), look))
        if self.wrong is not None:
            look = QTextCharFormat()
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            look.setUnderlineColor(self._theme.color("level.error.text"))
            look.setFontWeight(QFont.Weight.Medium)
            start, end = self.wrong
            marks.append(QInputMethodEvent.Attribute(_Text, start - cursor, end - start, look))
        QApplication.sendEvent(self, QInputMethodEvent("", marks))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        back = Qt.Key.Key_Right if self.isRightToLeft() else Qt.Key.Key_Left
        at_start = self.cursorPosition() == 0 and not self.hasSelectedText()
        if event.key() == back and at_start and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.wentBack.emit()
            return
        super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # By Tab or a shortcut Qt selects the whole line, and the first letter would replace the query.
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.end(False)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        had_focus = self.hasFocus()
        super().mousePressEvent(event)
        if not had_focus:
            # The text has only just come: where in it one clicked means nothing.
            self.end(False)
