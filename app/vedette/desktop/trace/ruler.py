"""The ruler over the bars: marks in round steps, the moment under the pointer; dragging selects a range."""

from itertools import zip_longest

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.trace.describe import length
from vedette.desktop.trace.time_window import TimeWindow

_LEAST_DRAG = 4
_KEY_STEP = 0.02  # of the width
_VCENTRE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class Ruler(QWidget):
    """One line: "Span" over the tree, marks over the time.

    The arrows move the moment pointed at, with Shift they select.
    """

    rangeSelected = Signal(int, int)
    """A stretch of time was selected by dragging: from, to, from the trace's start."""
    rangeCleared = Signal()

    def __init__(self, theme: Theme, window: TimeWindow, *, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._window = window
        self._left = 0
        self._pressed: float | None = None
        self.selection: tuple[int, int] | None = None
        self.setObjectName(name)
        self.setAccessibleName(tr("Time ruler"))
        self.setToolTip(tr("Drag to sum up a stretch of time; with the keyboard Shift and the arrows"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("commandContext", "trace")
        self.setMouseTracking(True)
        window.changed.connect(self.update)
        window.cursorMoved.connect(self.update)
        theme.changed.connect(self.updateGeometry)

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, self._theme.line_height("caption") + 8)

    def set_left(self, left: int) -> None:
        """Begin the time area *left* pixels from the edge."""
        self._left = left
        self.update()

    def select(self, start: int, end: int) -> None:
        """Select a stretch of time."""
        self._set_selection((start, end))
        self.rangeSelected.emit(start, end)

    def _set_selection(self, selection: tuple[int, int] | None) -> None:
        self.selection = selection
        said = (
            tr("from {start} to {end}").format(start=length(selection[0]), end=length(selection[1]))
            if selection
            else ""
        )
        self.setAccessibleDescription(said)
        self.update()

    def clear(self) -> None:
        """Select nothing."""
        if self.selection is not None:
            self._set_selection(None)
            self.rangeCleared.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, height = self._theme, self.height()
        painter.fillRect(self.rect(), theme.color("bg.canvas"))
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text.muted"))
        painter.drawText(QRectF(14, 0, self._left - 18, height - 1), _VCENTRE, tr("Span"))
        painter.setClipRect(self._left - 1, 0, self.width(), height)
        self._paint_selection(painter)
        painter.setFont(theme.font("caption.number"))
        metrics = theme.metrics("caption.number")
        for tick in self._window.scale.ticks():
            x = round(self._left + self._window.scale.x(tick.micros)) - 0.5
            painter.setPen(QPen(theme.color("border"), 1))
            painter.drawLine(QPointF(x, 3), QPointF(x, height - 4))
            painter.setPen(theme.color("text.muted"))
            if x + 5 + metrics.horizontalAdvance(tick.label) <= self.width():
                painter.drawText(QRectF(x + 5, 0, 120, height - 1), _VCENTRE, tick.label)
        following = [vital.moment for vital in self._window.vitals[1:]]
        for vital, after in zip_longest(self._window.vitals, following):
            self._paint_flag(painter, vital.moment, vital.label, "text.faint", after)
        if self._window.cursor is not None:
            self._paint_flag(painter, self._window.cursor, length(self._window.cursor), "accent")
        painter.setClipping(False)
        painter.setPen(QPen(theme.color("border"), 1))
        painter.drawLine(0, height - 1, self.width(), height - 1)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_selection(self, painter: QPainter) -> None:
        if self.selection is not None:
            left, right = (self._left + self._window.scale.x(at) for at in self.selection)
            box = QRectF(left, 0, max(1.0, right - left), self.height() - 1)
            painter.fillRect(box, self._theme.color("bg.selected"))

    def _paint_flag(
        self, painter: QPainter, moment: int, text: str, token: str, after: int | None = None
    ) -> None:
        """Draw a line at *moment* with *text* beside it, on its left if the one at *after* needs the room."""
        theme = self._theme
        x = self._left + self._window.scale.x(moment)
        if not self._left <= x <= self.width():
            return
        width = theme.metrics("caption.number").horizontalAdvance(text) + 10
        left = min(x + 1, self.width() - width)
        if after is not None and self._left + self._window.scale.x(after) < left + width:
            left = max(float(self._left), x - width - 1)
        painter.fillRect(QRectF(left, 1, width, self.height() - 3), theme.color("bg.sunken"))
        painter.setPen(QPen(theme.color(token), 1))
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        painter.setPen(theme.color("text"))
        painter.drawText(QRectF(left + 5, 0, width, self.height() - 1), _VCENTRE, text)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if event.button() is Qt.MouseButton.LeftButton and x >= self._left:
            self._pressed = x
            self.clear()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        scale = self._window.scale
        self._window.set_cursor(scale.micros(x - self._left) if x >= self._left else None)
        if self._pressed is not None and abs(x - self._pressed) >= _LEAST_DRAG:
            ends = sorted((self._pressed, max(float(self._left), x)))
            self._set_selection((scale.micros(ends[0] - self._left), scale.micros(ends[1] - self._left)))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        if self.selection is not None:
            self.rangeSelected.emit(*self.selection)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._window.show_all()

    @override
    def leaveEvent(self, event: object) -> None:
        self._window.set_cursor(None)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            if event.key() == Qt.Key.Key_Escape and self.selection is not None:
                self.clear()
            else:
                event.ignore()
            return
        self._move_cursor(step, extend=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def _move_cursor(self, step: int, *, extend: bool) -> None:
        scale = self._window.scale
        here = self._window.cursor
        if here is None or not scale.start <= here <= scale.end:
            here = (scale.start + scale.end) // 2
        there = min(max(scale.start, here + round(step * _KEY_STEP * scale.span)), scale.end)
        self._window.set_cursor(there)
        if not extend:
            return
        start, end = self.selection or (here, here)
        # The end the cursor stood at moves; the other one stays.
        start, end = (start, there) if here == end else (there, end)
        self.select(min(start, end), max(start, end))
