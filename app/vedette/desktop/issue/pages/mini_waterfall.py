"""A trace in small: a row for each chosen span, its bar where it was; a click opens the trace there."""

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from vedette.desktop.issue.facts.trace_summary import MiniRow
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import RADIUS, Theme
from vedette.desktop.theme.tokens import span_category
from vedette.desktop.widgets.accessible import announce_current, describe_rows_of
from vedette.desktop.widgets.plain_text import plain_tip
from vedette.desktop.widgets.units import duration

_AIR, _INDENT, _SIDE = 6, 12, 6


class MiniWaterfall(QWidget):
    """Rows of a trace; Up and Down move, Enter opens."""

    chosen = Signal(str)
    """A span's id, 16 hex."""

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        describe_rows_of(MiniWaterfall, QAccessible.Role.List)
        self._theme = theme
        self._rows: tuple[MiniRow, ...] = ()
        self._current = 0
        self._hovered = -1
        self.setObjectName(name)
        self.setAccessibleName(tr("Spans of the trace"))
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._follow_theme)

    def set_rows(self, rows: tuple[MiniRow, ...]) -> None:
        """Show *rows*; the one the event happened in is current."""
        self._rows = rows
        self._current = next((at for at, row in enumerate(rows) if row.is_here), 0)
        self._follow_theme()

    def _follow_theme(self) -> None:
        self.updateGeometry()
        self.update()

    # What is seen

    def _row_pixels(self) -> int:
        return max(24, self._theme.line_height("body") + _AIR)

    def visible_rows(self) -> range:
        """Return the positions of all rows."""
        return range(len(self._rows))

    def row_at(self, point: QPoint) -> int:
        """Return the row under *point*, -1 for none."""
        at = point.y() // self._row_pixels()
        return at if 0 <= at < len(self._rows) else -1

    def row_rect(self, row: int) -> QRect:
        """Return the rectangle of *row*."""
        return QRect(0, row * self._row_pixels(), self.width(), self._row_pixels())

    def current_row(self) -> int:
        """Return the row the keyboard is at."""
        return self._current if self._rows else -1

    def sentence(self, row: int) -> str:
        """Return *row* as it is read out."""
        if not 0 <= row < len(self._rows):
            return ""
        span = self._rows[row]
        text = f"{span.op} {span.text}, {duration(span.micros)}"
        return tr("{span}, the event happened here").format(span=text) if span.is_here else text

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, len(self._rows) * self._row_pixels())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, row in enumerate(self._rows):
            self._paint_row(painter, self.row_rect(at), row, at)
        painter.end()

    def _paint_row(self, painter: QPainter, rect: QRect, row: MiniRow, at: int) -> None:
        theme = self._theme
        if row.is_here:
            painter.fillRect(rect, theme.color("bg.code.line"))
        elif at == self._hovered:
            painter.fillRect(rect, theme.color("bg.hover"))
        split = round(rect.width() * (0.42 if rect.width() > 480 else 0.55))
        left = rect.left() + _SIDE + row.depth * _INDENT
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        role = "title" if row.is_here else "body"
        painter.setFont(theme.font(role))
        painter.setPen(theme.color("text"))
        words = f"{row.op}  {row.text}" if row.text and row.text != row.op else row.op or row.text
        room = split - left - 8
        text = theme.metrics(role).elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, rect.top(), max(0, room), rect.height()), flags, text)
        self._paint_bar(painter, rect.adjusted(split, 0, -_SIDE, 0), row)
        if at == self._current and self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), RADIUS - 2, RADIUS - 2)

    def _paint_bar(self, painter: QPainter, area: QRect, row: MiniRow) -> None:
        theme = self._theme
        said = duration(row.micros)
        painter.setFont(theme.font("caption"))
        width = theme.metrics("caption").horizontalAdvance(said) + 8
        room = max(20.0, area.width() - width)
        x = area.left() + row.start * room
        long = max(2.0, (row.end - row.start) * room)
        high = max(6, area.height() // 2 - 2)
        bar = QRectF(x, area.center().y() - high / 2, long, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(span_category(row.op)))
        painter.drawRoundedRect(bar, 2, 2)
        painter.setPen(theme.color("text.muted"))
        box = QRectF(bar.right() + 5, area.top(), width, area.height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), said)

    # Mouse and keys

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self.row_at(event.position().toPoint())
        if at != self._hovered:
            self._hovered = at
            self.setToolTip(plain_tip(self.sentence(at)))
            self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = -1
        self.update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.row_at(event.position().toPoint())
        if at >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self._current = at
            self.chosen.emit(self._rows[at].span)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and self._rows:
            self._current = min(len(self._rows) - 1, max(0, self._current + step))
            announce_current(self)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._rows:
            self.chosen.emit(self._rows[self._current].span)
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        announce_current(self)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
