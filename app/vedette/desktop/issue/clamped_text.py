"""Text of a few lines at most: wraps, elides the last line, and has the whole as its tooltip."""

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.plain_text import plain_tip

_LONGEST = 4_000


class ClampedText(QWidget):
    """A text in *role* and *token*, at most *lines* high."""

    def __init__(
        self,
        theme: Theme,
        role: str,
        token: str = "text",
        *,
        name: str,
        lines: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role = role
        self._token = token
        self._most = lines
        self._text = ""
        self._lines: list[str] = []
        self._laid_out_for = -1
        self.setObjectName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(lines > 1)
        self.setSizePolicy(policy)
        theme.changed.connect(self._follow_theme)
        self.hide()

    def text(self) -> str:
        """Return the whole text."""
        return self._text

    def set_text(self, text: str, tip: str = "") -> None:
        """Say something else; an empty text takes no place."""
        if text == self._text:
            return
        self._text = text
        self.setAccessibleName(text)
        self.setToolTip(plain_tip((tip or text)[:_LONGEST]))
        self.setVisible(bool(text))
        self._follow_theme()

    def set_lines(self, lines: int) -> None:
        """Be at most *lines* high from now on."""
        if lines != self._most:
            self._most = lines
            policy = self.sizePolicy()
            policy.setHeightForWidth(lines > 1)
            self.setSizePolicy(policy)
            self._follow_theme()

    def _follow_theme(self) -> None:
        self._laid_out_for = -1
        self.updateGeometry()
        self.update()

    def _laid_out(self, width: int) -> list[str]:
        """Return the lines as they are drawn in *width* pixels."""
        if width != self._laid_out_for:
            self._lines = self._break(max(40, width))
            self._laid_out_for = width
        return self._lines

    def _break(self, width: int) -> list[str]:
        metrics = self._theme.metrics(self._role)
        text = " ".join(self._text[:_LONGEST].split()) if self._most == 1 else self._text[:_LONGEST].strip()
        found: list[str] = []
        for paragraph in text.split("\n"):
            if len(found) == self._most:
                found[-1] = metrics.elidedText(f"{found[-1]} …", Qt.TextElideMode.ElideRight, width)
                break
            found += self._break_paragraph(paragraph, width, self._most - len(found))
        return found

    def _break_paragraph(self, text: str, width: int, room: int) -> list[str]:
        layout = QTextLayout(text, self._theme.font(self._role))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        found: list[str] = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            if len(found) == room - 1:
                rest = text[line.textStart() :]
                metrics = self._theme.metrics(self._role)
                found.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
                break
            found.append(text[line.textStart() : line.textStart() + line.textLength()])
        layout.endLayout()
        return found or [""]

    @override
    def heightForWidth(self, width: int) -> int:
        return len(self._laid_out(width)) * self._theme.line_height(self._role)

    @override
    def sizeHint(self) -> QSize:
        width = round(self._theme.metrics(self._role).horizontalAdvance(self._text[:200])) + 2
        return QSize(min(width, 600), self.heightForWidth(self.width()) if self._most > 1 else self._one())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(60, self._one())

    def _one(self) -> int:
        return self._theme.line_height(self._role)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._theme.font(self._role))
        painter.setPen(self._theme.color(self._token))
        metrics = self._theme.metrics(self._role)
        height = self._one()
        base = (height - metrics.height()) / 2 + metrics.ascent()
        if self._most == 1:
            base += (self.height() - height) / 2
        for at, line in enumerate(self._laid_out(self.width())):
            painter.drawText(QPointF(0, at * height + base), line)
        painter.end()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._text)
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._follow_theme()
