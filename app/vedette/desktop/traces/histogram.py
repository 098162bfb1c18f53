"""A histogram of durations over a logarithmic axis, of which a stretch can be brushed."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QBrush, QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.trace.describe import length
from vedette.desktop.widgets import units
from vedette.desktop.widgets.accessible import announce_current, describe_rows_of
from vedette.desktop.widgets.plain_text import plain_tip

_SIDE = 14
_LEAST_BAR = 2.0


class Histogram(QWidget):
    """Bars from the shortest to the longest. Dragging brushes; Left and Right walk, with Shift they brush."""

    rangeChosen = Signal(int, int)
    """A stretch was brushed: from, to, in microseconds."""
    rangeCleared = Signal()

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._edges: Sequence[int] = ()
        self._counts: Sequence[int] = ()
        self._failed: Sequence[int] = ()
        self._marks: Sequence[tuple[str, int]] = ()
        self._at = -1
        self._anchor = -1
        self.brush: tuple[int, int] | None = None
        """The first and the last bar brushed."""
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self.updateGeometry)
        describe_rows_of(Histogram, QAccessible.Role.List)
        self.set_bars((), (), ())

    def set_bars(
        self,
        edges: Sequence[int],
        counts: Sequence[int],
        failed: Sequence[int],
        marks: Sequence[tuple[str, int]] = (),
    ) -> None:
        """Show other durations; *marks* are named moments such as the median."""
        if edges != self._edges:
            self.brush, self._at = None, -1
        self._edges, self._counts, self._failed, self._marks = edges, counts, failed, marks
        self._say()
        self.update()

    def as_text(self) -> str:
        """Return the bars as lines to be pasted: from, to, how many, how many failed."""
        lines = ["from_us\tto_us\tcount\tfailed"]
        lines += [
            f"{self._edges[at]}\t{self._edges[at + 1]}\t{count}\t{self._failed[at]}"
            for at, count in enumerate(self._counts)
        ]
        return "\n".join(lines)

    def clear_brush(self) -> None:
        """Brush nothing."""
        if self.brush is not None:
            self.brush = None
            self._say()
            self.update()
            self.rangeCleared.emit()

    def _say(self) -> None:
        name = tr("Durations")
        if self._counts:
            low, high = length(self._edges[0]), length(self._edges[-1])
            name = tr("Durations from {low} to {high}").format(low=low, high=high)
        if self.brush is not None:
            first, last = self.brush
            low, high = length(self._edges[first]), length(self._edges[last + 1])
            name += ", " + tr("chosen: {low} to {high}").format(low=low, high=high)
        self.setAccessibleName(name)
        self.setAccessibleDescription(self._words_at(self._at))

    def _words_at(self, at: int) -> str:
        if not 0 <= at < len(self._counts):
            return ""
        text = tr("{count} between {low} and {high}").format(
            count=units.count(self._counts[at]),
            low=length(self._edges[at]),
            high=length(self._edges[at + 1]),
        )
        failed = self._failed[at]
        return f"{text}, {tr('%n failed', '', failed)}" if failed else text

    # What screen readers are told: each bar that counts anything

    def _spoken(self) -> list[int]:
        return [at for at, count in enumerate(self._counts) if count]

    def visible_rows(self) -> range:
        """Return the bars that count anything, numbered in order."""
        return range(len(self._spoken()))

    def current_row(self) -> int:
        """Return the bar the keyboard is on, -1 for none."""
        bars = self._spoken()
        return bars.index(self._at) if self._at in bars else -1

    def row_rect(self, row: int) -> QRect:
        """Return where a bar stands."""
        at = self._spoken()[row]
        left, right = round(self._x(at)), round(self._x(at + 1))
        return QRect(left, 0, max(1, right - left), self.height() - self._axis())

    def row_at(self, point: QPoint) -> int:
        """Return the bar under *point*, -1 for none."""
        bars = self._spoken()
        at = self._bar_at(point.x()) if bars else -1
        return bars.index(at) if at in bars else -1

    def sentence(self, row: int) -> str:
        """Return a bar in words, "" when there is none such."""
        bars = self._spoken()
        return self._words_at(bars[row]) if 0 <= row < len(bars) else ""

    # Measures

    @override
    def sizeHint(self) -> QSize:
        return QSize(360, 5 * self._theme.line_height("body"))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(160, 4 * self._theme.line_height("body"))

    def _axis(self) -> int:
        return self._theme.line_height("caption") + 4

    def _x(self, at: float) -> float:
        inside = self.width() - 2 * _SIDE
        return _SIDE + at * inside / max(1, len(self._counts))

    def _bar_at(self, x: float) -> int:
        inside = max(1, self.width() - 2 * _SIDE)
        return min(len(self._counts) - 1, max(0, int((x - _SIDE) * len(self._counts) / inside)))

    def _place(self, micros: int) -> float:
        """Return where *micros* lies, in bars from the left."""
        for at, (low, high) in enumerate(zip(self._edges[:-1], self._edges[1:], strict=True)):
            if micros < high:
                inside = (math.log(max(1, micros)) - math.log(max(1, low))) / max(
                    1e-9, math.log(max(2, high)) - math.log(max(1, low))
                )
                return at + min(1.0, max(0.0, inside))
        return float(len(self._counts))

    # Drawing

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        floor = self.height() - self._axis()
        self._paint_brush(painter, floor)
        top = max(self._counts, default=0)
        for at, count in enumerate(self._counts):
            if count:
                self._paint_bar(painter, at, count, top, floor)
        painter.setPen(QPen(theme.color("border.control"), 1))
        painter.drawLine(_SIDE, floor, self.width() - _SIDE, floor)
        self._paint_axis(painter, floor)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
            if self._at >= 0:
                box = QRectF(self._x(self._at), 4, self._x(self._at + 1) - self._x(self._at), floor - 4)
                painter.drawRect(box)
        painter.end()

    def _paint_brush(self, painter: QPainter, floor: int) -> None:
        if self.brush is None:
            return
        left, right = self._x(self.brush[0]), self._x(self.brush[1] + 1)
        painter.fillRect(QRectF(left, 2, right - left, floor - 2), self._theme.color("bg.selected"))
        for x in (left, right):
            painter.fillRect(QRectF(x - 1, 2, 2, floor - 2), self._theme.color("accent"))

    def _paint_bar(self, painter: QPainter, at: int, count: int, top: int, floor: int) -> None:
        theme = self._theme
        left, right = self._x(at), self._x(at + 1)
        # By the square root: one slow call beside ten thousand quick ones is what one looks for.
        tall = max(_LEAST_BAR, (floor - 8) * math.sqrt(count / top))
        box = QRectF(left + 0.5, floor - tall, max(1.0, right - left - 1), tall)
        painter.fillRect(box, theme.color("spark.selected" if self._is_in(at) else "spark"))
        bad = self._failed[at]
        if bad:
            part = max(_LEAST_BAR, tall * bad / count)
            low = QRectF(box.left(), floor - part, box.width(), part)
            painter.fillRect(low, theme.color("level.error.fill"))
            hatch = QColor(theme.color("bg.canvas"))
            painter.fillRect(low, _hatch(hatch))

    def _is_in(self, at: int) -> bool:
        return self.brush is None or self.brush[0] <= at <= self.brush[1]

    def _paint_axis(self, painter: QPainter, floor: int) -> None:
        theme = self._theme
        metrics = theme.metrics("caption.number")
        painter.setFont(theme.font("caption.number"))
        taken: list[tuple[float, float]] = []
        if not self._counts:
            return
        ends = [("", self._edges[0]), ("", self._edges[-1])]
        for name, micros in (*ends, *self._marks):
            text = f"{name} {length(micros)}".strip()
            wide = metrics.horizontalAdvance(text)
            middle = self._x(self._place(micros))
            left = min(max(_SIDE, middle - wide / 2), self.width() - _SIDE - wide)
            if any(left < right + 10 and begin < left + wide + 10 for begin, right in taken):
                continue
            taken.append((left, left + wide))
            if name:
                painter.setPen(QPen(theme.color("text.faint"), 1, Qt.PenStyle.DashLine))
                painter.drawLine(round(middle), 2, round(middle), floor)
            painter.setPen(theme.color("text.muted"))
            box = QRectF(left, floor + 2, wide + 2, self._axis() - 2)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)

    # Pointer and keys

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._counts:
            self._anchor = self._bar_at(event.position().x())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._counts:
            return
        at = self._bar_at(event.position().x())
        if self._anchor >= 0:
            self._brush_to(at, self._anchor)
            return
        QToolTip.showText(event.globalPosition().toPoint(), plain_tip(self._words_at(at)), self)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._anchor < 0:
            return
        at, anchor = self._bar_at(event.position().x()), self._anchor
        self._anchor = -1
        if at == anchor and self.brush is not None and self.brush != (at, at):
            self.clear_brush()  # a click beside what is brushed
        else:
            self._brush_to(at, anchor)
            self._tell()

    def _brush_to(self, at: int, anchor: int) -> None:
        self.brush = (min(at, anchor), max(at, anchor))
        self._say()
        self.update()

    def _tell(self) -> None:
        if self.brush is not None:
            self.rangeChosen.emit(self._edges[self.brush[0]], self._edges[self.brush[1] + 1] - 1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and self._counts:
            before = self._at if self._at >= 0 else (0 if step > 0 else len(self._counts))
            self._at = min(len(self._counts) - 1, max(0, before + (step if self._at >= 0 else 0)))
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                first, last = self.brush or (before, before)
                self._brush_to(self._at, last if before == first else first)
                self._tell()
            self._say()
            announce_current(self)
            self.update()
        elif event.key() == Qt.Key.Key_Escape and self.brush is not None:
            self.clear_brush()
        else:
            event.ignore()


def _hatch(colour: QColor) -> QBrush:
    return QBrush(colour, Qt.BrushStyle.BDiagPattern)
