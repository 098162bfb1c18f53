"""A small bar chart of a time range, as a painter and as a widget."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.sparkline_layout import bars, describe


def paint_sparkline(
    painter: QPainter,
    theme: Theme,
    rect: QRect,
    values: Sequence[float],
    *,
    token: str = "spark",
    peak: float = 0,
) -> None:
    """Draw *values* as bars standing on the bottom of *rect*, in the colour of *token*."""
    colour = theme.color(token)
    found = bars(
        values,
        rect.width(),
        rect.height(),
        gap=1 if rect.width() // max(1, len(values)) > 1 else 0,
        peak=peak,
    )
    painter.save()
    painter.setBrush(colour)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for bar in found:
        at = QRectF(rect.x() + bar.x, rect.y() + bar.y, bar.width, bar.height)
        painter.drawRoundedRect(at, min(1.0, bar.width / 3), min(1.0, bar.width / 3))
    painter.restore()


class Sparkline(QWidget):
    """Bars of one series, read out as its trend."""

    def __init__(self, theme: Theme, *, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = title
        self._values: Sequence[float] = ()
        self.token = "spark.selected"
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_values(())
        theme.changed.connect(self.update)

    def set_values(self, values: Sequence[float]) -> None:
        """Show *values*, oldest first."""
        self._values = values
        self.setAccessibleName(f"{self._title}: {describe(values)}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, 40)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_sparkline(painter, self._theme, self.rect(), self._values, token=self.token)
