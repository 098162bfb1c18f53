"""One line of text that gives way."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.plain_text import plain_tip


class ElidedLabel(QWidget):
    """One line of text that gives way; the whole of it is the tooltip."""

    def __init__(
        self, theme: Theme, role: str, token: str, *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role = role
        self._token = token
        self._text = ""
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def text(self) -> str:
        """Return the whole text."""
        return self._text

    def set_text(self, text: str, tip: str = "") -> None:
        """Say something else."""
        self._text = text
        self.setAccessibleName(text)
        self.setToolTip(plain_tip(tip or text))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        width = self._theme.metrics(self._role).horizontalAdvance(self._text)
        return QSize(round(width) + 2, self._theme.line_height(self._role))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(80, self._theme.line_height(self._role))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._theme.font(self._role))
        painter.setPen(self._theme.color(self._token))
        metrics = self._theme.metrics(self._role)
        text = metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
        painter.end()
