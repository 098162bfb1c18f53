"""Keys as they are drawn on a keyboard: one cap for each alternative, side by side."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from vedette.desktop.theme.theme import CHIP_RADIUS, Theme

_PAD, _GAP, _RIM = 5, 6, 2


class KeyCaps(QWidget):
    """Alternatives such as ``Ctrl+K``; screen readers read them as its name."""

    def __init__(self, theme: Theme, keys: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.keys = tuple(keys)
        self.setAccessibleName(", ".join(self.keys))
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def _cap_width(self, text: str) -> int:
        return round(self._theme.metrics("code").horizontalAdvance(text)) + 2 * _PAD

    @override
    def sizeHint(self) -> QSize:
        width = sum(self._cap_width(text) for text in self.keys) + _GAP * (len(self.keys) - 1) + _RIM
        return QSize(width, round(self._theme.metrics("code").height()) + 2 * _RIM)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font("code"))
        x = 0
        for text in self.keys:
            cap = QRectF(x + 0.5, 0.5, self._cap_width(text) - 1, self.height() - 1)
            painter.setPen(QPen(self._theme.color("border"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cap, CHIP_RADIUS, CHIP_RADIUS)
            painter.setPen(self._theme.color("text.muted"))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, text)
            x += self._cap_width(text) + _GAP
