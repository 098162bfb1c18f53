"""The shapes of the levels. Shape and sign carry the meaning; colour only helps."""

import math
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from vedette.desktop.theme.theme import Theme
from vedette.desktop.theme.tokens import level_token

LEVELS: Final = ("fatal", "error", "warning", "info", "debug", "ok")
LETTERS: Final = {"fatal": "F", "error": "E", "warning": "W", "info": "I", "debug": "D", "ok": "–"}
_SHAPES: Final = {"fatal", "error", "warning", "info", "debug", "ok"}


def level_shape(level: str, side: float) -> QPainterPath:
    """Return the outline of *level* in a square of *side*: octagon, circle, triangle, rounded square."""
    path = QPainterPath()
    inset = side * 0.06
    box = QRectF(inset, inset, side - 2 * inset, side - 2 * inset)
    if level == "fatal":
        path = _octagon(box)
    elif level == "warning":
        path = _triangle(box)
    elif level == "info":
        path.addRoundedRect(box, side * 0.22, side * 0.22)
    elif level == "debug":
        path.addEllipse(box.adjusted(side * 0.06, side * 0.06, -side * 0.06, -side * 0.06))
    else:
        path.addEllipse(box)
    return path


def paint_level(painter: QPainter, theme: Theme, level: str, x: float, y: float, side: float) -> None:
    """Draw the mark of *level* with its top left at (x, y); an unknown level looks like an error."""
    level = level if level in _SHAPES else "error"
    painter.save()
    painter.translate(x, y)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = level_shape(level, side)
    outline = QPen(theme.color(level_token(level, "outline")), max(1.0, side / 14))
    outline.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if level == "debug":
        painter.setPen(QPen(theme.color(level_token(level, "fill")), max(1.2, side / 10)))
        painter.drawPath(shape)
    else:
        painter.setPen(outline if level == "warning" else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(level_token(level, "fill")))
        painter.drawPath(shape)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        _paint_mark(painter, theme, level, side)
    painter.restore()


def _paint_mark(painter: QPainter, theme: Theme, level: str, side: float) -> None:
    pen = QPen(theme.color(level_token(level, "mark")), max(1.3, side / 9.5))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    middle = side / 2
    if level in ("fatal", "error"):
        arm = side * 0.17
        painter.drawLine(QPointF(middle - arm, middle - arm), QPointF(middle + arm, middle + arm))
        painter.drawLine(QPointF(middle - arm, middle + arm), QPointF(middle + arm, middle - arm))
    elif level == "ok":
        points = [(0.30, 0.52), (0.44, 0.66), (0.70, 0.37)]
        painter.drawPolyline([QPointF(side * px, side * py) for px, py in points])
    elif level == "warning":
        painter.drawLine(QPointF(middle, side * 0.40), QPointF(middle, side * 0.58))
        painter.drawPoint(QPointF(middle, side * 0.75))
    else:
        painter.drawLine(QPointF(middle, side * 0.47), QPointF(middle, side * 0.72))
        painter.drawPoint(QPointF(middle, side * 0.29))


def _octagon(box: QRectF) -> QPainterPath:
    path = QPainterPath()
    radius = box.width() / 2 / math.cos(math.pi / 8)
    centre = box.center()
    corners = [
        QPointF(centre.x() + radius * math.cos(turn), centre.y() + radius * math.sin(turn))
        for turn in (math.pi / 8 + n * math.pi / 4 for n in range(8))
    ]
    path.addPolygon(corners)
    path.closeSubpath()
    return path


def _triangle(box: QRectF) -> QPainterPath:
    path = QPainterPath(QPointF(box.center().x(), box.top() + box.height() * 0.06))
    path.lineTo(box.right(), box.bottom() - box.height() * 0.05)
    path.lineTo(box.left(), box.bottom() - box.height() * 0.05)
    path.closeSubpath()
    return path


class LevelMark(QWidget):
    """One level's shape beside other widgets."""

    def __init__(self, theme: Theme, level: str, *, side: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._level = level
        self._side = side
        self.setFixedSize(side, side)
        self.set_level(level)
        theme.changed.connect(self.update)

    def set_level(self, level: str) -> None:
        """Show another level."""
        self._level = level
        self.setAccessibleName(level)
        self.setToolTip(level)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_level(QPainter(self), self._theme, self._level, 0, 0, self._side)
