"""A QR code on the screen: dark on light in every theme, since many scanners read it no other way."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from vedette.desktop.connect.qr import Run, dark_runs, qr_code
from vedette.desktop.theme.theme import RADIUS, Theme

_SIDE = 180


class QrView(QWidget):
    """The code of a text, as large as whole pixels allow."""

    def __init__(self, theme: Theme, *, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self._side = 0
        self._runs: list[Run] = []
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_text(self, text: str) -> None:
        """Show the code of *text*."""
        if text != self._text:
            code = qr_code(text)
            self._text, self._side, self._runs = text, code.side, dark_runs(code)
            self.setAccessibleDescription(text)
            self.update()

    def text(self) -> str:
        """Return what the code says."""
        return self._text

    @override
    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._side:
            return
        painter = QPainter(self)
        # Whole device pixels for each module, else its edges blur.
        ratio = self.devicePixelRatioF()
        module = max(1, int(min(self.width(), self.height()) * ratio) // self._side) / ratio
        extent = module * self._side
        left, top = (self.width() - extent) / 2, (self.height() - extent) / 2
        dark, light = ("bg.canvas", "text") if self._theme.is_dark else ("text", "bg.canvas")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(light))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawRoundedRect(QRectF(left, top, extent, extent), RADIUS, RADIUS)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        ink = self._theme.color(dark)
        for run in self._runs:
            painter.fillRect(
                QRectF(left + run.x * module, top + run.y * module, run.width * module, module), ink
            )
        painter.end()
