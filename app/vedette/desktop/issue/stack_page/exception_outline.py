"""The exceptions of one event as an indented outline; a row leads to its stack trace."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from vedette.desktop.issue.stack.outline import OutlineRow
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import RADIUS, Theme
from vedette.desktop.widgets.accessible import announce_current, describe_rows_of
from vedette.desktop.widgets.plain_text import plain_tip

_INDENT = 18
_PAD = 6


class ExceptionOutline(QWidget):
    """Up and Down move, Enter leads to the exception."""

    chosen = Signal(int)
    """The place of an exception in ``exception.values``."""

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        describe_rows_of(ExceptionOutline)
        self._theme = theme
        self._rows: tuple[OutlineRow, ...] = ()
        self._current = -1
        self._hovered = -1
        self.setObjectName(name)
        self.setAccessibleName(tr("Exceptions"))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._follow_theme)

    def set_rows(self, rows: Sequence[OutlineRow]) -> None:
        """Show *rows*."""
        self._rows = tuple(rows)
        self._current = self._hovered = -1
        self._follow_theme()

    def rows(self) -> tuple[OutlineRow, ...]:
        """Return what is shown."""
        return self._rows

    def _follow_theme(self) -> None:
        self.updateGeometry()
        self.update()

    def _row_height(self) -> int:
        return self._theme.line_height("body") + 4

    def row_at(self, point: QPoint) -> int:
        """Return the row under *point*, -1 for none."""
        at = point.y() // self._row_height()
        return at if 0 <= at < len(self._rows) else -1

    def row_rect(self, at: int) -> QRect:
        """Return the rectangle of row *at*."""
        return QRect(0, at * self._row_height(), self.width(), self._row_height())

    def visible_rows(self) -> range:
        """Return the rows at least partly in sight."""
        seen = self.visibleRegion().boundingRect()
        if seen.isEmpty():
            return range(0)
        height = self._row_height()
        return range(max(0, seen.top() // height), min(len(self._rows), seen.bottom() // height + 1))

    def current_row(self) -> int:
        """Return the row the keyboard is at, -1 for none."""
        return self._current

    def sentence(self, row: int) -> str:
        """Return a row as it is read out, "" when there is no such row."""
        return self._rows[row].sentence if 0 <= row < len(self._rows) else ""

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, len(self._rows) * self._row_height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for at in range(len(self._rows)):
            if self.row_rect(at).intersects(event.rect()):
                self._paint_row(painter, at)
        painter.end()

    def _paint_row(self, painter: QPainter, at: int) -> None:
        row, rect = self._rows[at], self.row_rect(at)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if at == self._hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("bg.hover"))
            painter.drawRoundedRect(rect, RADIUS - 2, RADIUS - 2)
        if at == self._current and self.hasFocus():
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), RADIUS - 2, RADIUS - 2)
        x = _PAD + row.depth * _INDENT
        if row.depth:
            elbow = self._theme.icon_pixmap("corner-down-right", "text.faint", 14, self.devicePixelRatioF())
            painter.drawPixmap(x, rect.top() + (rect.height() - 14) // 2, elbow)
            x += 20
        if row.relation:
            x = self._paint_text(painter, rect, x, row.relation, "caption", "text.muted") + 6
        x = self._paint_text(painter, rect, x, row.title, "body.medium", "text")
        if row.members:
            self._paint_text(
                painter, rect, x + 8, tr("%n exception(s)", "", row.members), "caption", "text.muted"
            )

    def _paint_text(self, painter: QPainter, rect: QRect, x: int, text: str, role: str, token: str) -> int:
        metrics = self._theme.metrics(role)
        shown = metrics.elidedText(text[:400], Qt.TextElideMode.ElideRight, max(0, rect.right() - _PAD - x))
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.color(token))
        base = rect.top() + (rect.height() - metrics.height()) / 2 + metrics.ascent()
        painter.drawText(QPointF(x, base), shown)
        return x + round(metrics.horizontalAdvance(shown))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.row_at(event.position().toPoint()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)

    def _hover(self, at: int) -> None:
        if at != self._hovered:
            self._hovered = at
            self.setToolTip(plain_tip(self._rows[at].title) if at >= 0 else "")
            self.update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.row_at(event.position().toPoint())
        if at >= 0:
            self._current = at
            self.chosen.emit(self._rows[at].at)
            self.update()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._current = max(self._current, 0)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and self._rows:
            self._current = min(len(self._rows) - 1, max(0, self._current + step))
            self.update()
            announce_current(self)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._rows:
            self.chosen.emit(self._rows[self._current].at)
        else:
            super().keyPressEvent(event)
