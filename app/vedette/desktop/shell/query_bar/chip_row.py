"""The terms of a query as a row of chips: painted, walked by the arrow keys, one stop for Tab."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from vedette.desktop.language import tr
from vedette.desktop.shell.query_bar.draft import Part
from vedette.desktop.theme.theme import CHIP_RADIUS, Theme
from vedette.desktop.widgets.accessible import announce_current, describe_rows_of
from vedette.desktop.widgets.plain_text import plain_tip

_SIDE, _CROSS, _GAP, _MORE = 7, 16, 6, 14
_WIDEST = 300
_ARM = 3.5
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class ChipRow(QWidget):
    """Click or Space switches a term off or on, cross or Delete removes it, two clicks or Enter edit it."""

    toggled = Signal(int)
    removed = Signal(int)
    editWanted = Signal(int)
    leftAtEnd = Signal()
    """Right on the last chip: the keyboard wants to go on to the text."""
    left = Signal()
    """Escape."""

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        describe_rows_of(ChipRow, QAccessible.Role.List)
        self._theme = theme
        self._parts: tuple[Part, ...] = ()
        self._current = 0
        self._first = 0  # the first that is shown
        self._hovered = -1
        self._on_cross = False
        self._wrong: tuple[int, str] = (-1, "")
        self.setObjectName(name)
        self.setAccessibleName(tr("Filters"))
        self.setAccessibleDescription(
            tr("Left and Right walk the filters, Space switches one off, Delete removes it, Enter edits it")
        )
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._refresh)
        self.hide()

    # ---------------------------------------------------------------- what is shown

    def parts(self) -> tuple[Part, ...]:
        """Return the terms that have a chip."""
        return self._parts

    def set_parts(self, parts: Sequence[Part]) -> None:
        """Show *parts*; without any the row is hidden."""
        self._parts = tuple(parts)
        self._current = max(0, min(self._current, len(parts) - 1))
        self._first = min(self._first, self._current)
        self._hovered = -1
        self.setVisible(bool(parts))
        self._refresh()

    def say_wrong(self, at: int, sentence: str) -> None:
        """Underline the chip *at*, -1 for none, and say in its tip what is wrong with it."""
        self._wrong = (at, sentence)
        self.update()

    def go_to(self, at: int) -> None:
        """Make the chip *at* the current one; -1 is the last."""
        if not self._parts:
            return
        self._current = at % len(self._parts)
        self._bring_into_sight()
        self.update()
        if self.hasFocus():
            announce_current(self)

    def _refresh(self) -> None:
        self.updateGeometry()
        self._bring_into_sight()
        self.update()

    def _bring_into_sight(self) -> None:
        self._first = min(self._first, self._current)
        while self._first < self._current and self._current not in self.visible_rows():
            self._first += 1
        # No room is left empty at the end while chips are hidden at the beginning.
        while self._first > 0 and self._spans(self._first - 1)[-1][1] <= self.width():
            self._first -= 1

    def _chip_width(self, part: Part) -> int:
        advance = self._theme.metrics("code").horizontalAdvance(part.text)
        return min(_WIDEST, round(advance) + 2 * _SIDE + _CROSS)

    def _spans(self, first: int) -> list[tuple[int, int]]:
        """Return left and right edge of each chip from *first* on."""
        x, spans = (_MORE if first else 0), []
        for part in self._parts[first:]:
            width = self._chip_width(part)
            spans.append((x, x + width))
            x += width + _GAP
        return spans

    @property
    def _height(self) -> int:
        return max(24, round(self._theme.metrics("code").height()) + 8)

    @override
    def sizeHint(self) -> QSize:
        spans = self._spans(0) if self._parts else []
        return QSize(spans[-1][1] if spans else 0, self._height)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._height)

    # Rows in the sense of SpokenRows: the chips

    def visible_rows(self) -> range:
        """Return which chips are in sight: those that fit whole, at least the first."""
        if not self._parts:
            return range(0)
        fitting = 0
        spans = self._spans(self._first)
        for at, (_, right) in enumerate(spans):
            room = self.width() - (0 if at == len(spans) - 1 else _MORE)
            if right > room and at:
                break
            fitting += 1
        return range(self._first, self._first + fitting)

    def row_rect(self, row: int) -> QRect:
        """Return the rectangle of the chip *row*, an empty one out of sight."""
        rows = self.visible_rows()
        if row not in rows:
            return QRect()
        start, end = self._spans(self._first)[row - self._first]
        rect = QRect(start, (self.height() - self._height) // 2, min(end, self.width()) - start, self._height)
        if self.isRightToLeft():
            rect.moveLeft(self.width() - rect.left() - rect.width())
        return rect

    def row_at(self, point: QPoint) -> int:
        """Return the chip under *point*, -1 for none."""
        return next((row for row in self.visible_rows() if self.row_rect(row).contains(point)), -1)

    def current_row(self) -> int:
        """Return the chip the keyboard is at."""
        return self._current if self._parts else -1

    def sentence(self, row: int) -> str:
        """Return the chip *row* as it is read out."""
        if not 0 <= row < len(self._parts):
            return ""
        part = self._parts[row]
        words = [part.text] if part.is_on else [part.text, tr("switched off")]
        return ", ".join([*words, self._wrong[1]] if row == self._wrong[0] else words)

    def cross_rect(self, row: int) -> QRect:
        """Return where the cross of the chip *row* is."""
        rect = self.row_rect(row)
        left = rect.left() if self.isRightToLeft() else rect.right() - _CROSS - 2
        return QRect(left, rect.top(), _CROSS + 3, rect.height())

    # ---------------------------------------------------------------- painting

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rows = self.visible_rows()
        for row in rows:
            self._paint_chip(painter, row)
        painter.setPen(self._theme.color("text.muted"))
        painter.setFont(self._theme.font("code"))
        if self._first:
            painter.drawText(QRect(0, 0, _MORE, self.height()), _MIDDLE, "‹")
        if rows and rows.stop < len(self._parts):
            painter.drawText(QRect(self.width() - _MORE + 4, 0, _MORE, self.height()), _MIDDLE, "›")
        painter.end()

    def _paint_chip(self, painter: QPainter, row: int) -> None:
        theme, part = self._theme, self._parts[row]
        rect = self.row_rect(row)
        box = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
        is_current = self.hasFocus() and row == self._current
        pen = QPen(theme.color("focus" if is_current else "border"), 2 if is_current else 1)
        if not part.is_on:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        ground = "bg.hover" if row == self._hovered else ("bg.raised" if theme.is_dark else "bg.sunken")
        painter.setBrush(theme.color(ground) if part.is_on else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, CHIP_RADIUS, CHIP_RADIUS)
        inner = rect.adjusted(_SIDE, 0, -_SIDE - _CROSS, 0)
        if self.isRightToLeft():
            inner = rect.adjusted(_SIDE + _CROSS, 0, -_SIDE, 0)
        self._paint_text(painter, inner, part)
        self._paint_cross(painter, row)
        if row == self._wrong[0]:
            _paint_wave(painter, theme, inner)

    def _paint_text(self, painter: QPainter, inner: QRect, part: Part) -> None:
        theme = self._theme
        font = QFont(theme.font("code"))
        font.setStrikeOut(not part.is_on)
        painter.setFont(font)
        metrics = theme.metrics("code")
        text = metrics.elidedText(part.text, Qt.TextElideMode.ElideMiddle, inner.width() + 1)
        key = part.key if text == part.text else ""
        painter.setPen(theme.color("accent.text" if part.is_on else "text.muted"))
        painter.drawText(inner, _MIDDLE, key)
        painter.setPen(theme.color("text" if part.is_on else "text.muted"))
        painter.drawText(
            inner.adjusted(round(metrics.horizontalAdvance(key)), 0, 2, 0), _MIDDLE, text[len(key) :]
        )

    def _paint_cross(self, painter: QPainter, row: int) -> None:
        is_hot = row == self._hovered and self._on_cross
        painter.setPen(QPen(self._theme.color("text" if is_hot else "text.muted"), 1.5))
        middle = QRectF(self.cross_rect(row)).center()
        for side in (1, -1):
            painter.drawLine(
                QPointF(middle.x() - _ARM, middle.y() - side * _ARM),
                QPointF(middle.x() + _ARM, middle.y() + side * _ARM),
            )

    # ---------------------------------------------------------------- mouse and keys

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        row = self.row_at(point)
        on_cross = row >= 0 and self.cross_rect(row).contains(point)
        if (row, on_cross) != (self._hovered, self._on_cross):
            self._hovered, self._on_cross = row, on_cross
            self.setToolTip(plain_tip(self._tip(row, on_cross)))
            self.setCursor(Qt.CursorShape.PointingHandCursor if row >= 0 else Qt.CursorShape.IBeamCursor)
            self.update()

    def _tip(self, row: int, on_cross: bool) -> str:
        if row < 0:
            return ""
        part = self._parts[row]
        if on_cross:
            return tr("Remove this filter (Delete)")
        deed = tr("Click to switch it off, double-click to edit it")
        if not part.is_on:
            deed = tr("Not applied. Click to switch it on again")
        return "\n".join(filter(None, (part.text, self._wrong[1] if row == self._wrong[0] else "", deed)))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = -1
        self.update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.row_at(event.position().toPoint())
        if row < 0:
            self.leftAtEnd.emit()
        else:
            self._current = row
            self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        row = self.row_at(point)
        if row < 0 or row != self._current:
            return
        if event.button() is Qt.MouseButton.MiddleButton or self.cross_rect(row).contains(point):
            self.removed.emit(row)
        elif event.button() is Qt.MouseButton.LeftButton:
            self.toggled.emit(row)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self.row_at(event.position().toPoint())
        if row >= 0 and not self.cross_rect(row).contains(event.position().toPoint()):
            self._current = -1  # the release that follows is no click
            self.editWanted.emit(row)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        ahead, back = Qt.Key.Key_Right, Qt.Key.Key_Left
        if self.isRightToLeft():
            ahead, back = back, ahead
        at = self._current
        deeds: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Space: lambda: self.toggled.emit(at),
            Qt.Key.Key_Delete: lambda: self.removed.emit(at),
            Qt.Key.Key_Backspace: lambda: self.removed.emit(at),
            Qt.Key.Key_Return: lambda: self.editWanted.emit(at),
            Qt.Key.Key_Enter: lambda: self.editWanted.emit(at),
            Qt.Key.Key_F2: lambda: self.editWanted.emit(at),
            Qt.Key.Key_Escape: self.left.emit,
            Qt.Key.Key_Home: lambda: self.go_to(0),
            Qt.Key.Key_End: lambda: self.go_to(-1),
            back: lambda: self.go_to(max(0, at - 1)),
            ahead: lambda: self.go_to(at + 1) if at + 1 < len(self._parts) else self.leftAtEnd.emit(),
        }
        deed = deeds.get(Qt.Key(key))
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if deed is not None and plain and self._parts:
            deed()
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

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bring_into_sight()


def _paint_wave(painter: QPainter, theme: Theme, inner: QRect) -> None:
    """Underline as spelling mistakes are."""
    painter.setPen(QPen(theme.color("level.error.text"), 1))
    base = inner.center().y() + theme.metrics("code").height() / 2
    points = [
        QPointF(x, base + (1.5 if at % 2 else -0.5))
        for at, x in enumerate(range(inner.left(), inner.right(), 3))
    ]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(points))
