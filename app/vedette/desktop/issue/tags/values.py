"""The values of one tag: each with a bar for its share, its percentage and its count. Painted."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget
from typing_extensions import override

from vedette.desktop.language import tr
from vedette.desktop.theme.theme import RADIUS, Theme
from vedette.desktop.widgets.accessible import announce_current, describe_rows_of
from vedette.desktop.widgets.plain_text import plain_tip
from vedette.desktop.widgets.relative_time import exact
from vedette.desktop.widgets.units import count, percent
from vedette.store.queries.issue_details import TagValue

_AIR, _SIDE = 8, 6
_SIGN, _ICON = 26, 14


class TagValues(QWidget):
    """Rows of values. A click or Enter filters to one, with Alt it excludes; Ctrl+C copies it.

    The middle button excludes too, and so does the sign at the end of the row one is at.
    """

    filterRequested = Signal(str, str, bool)
    """The tag's key, the value, and True to exclude it."""
    columnWanted = Signal(str)

    def __init__(self, theme: Theme, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        describe_rows_of(TagValues, QAccessible.Role.List)
        self._theme = theme
        self.key = key
        self._values: tuple[TagValue, ...] = ()
        self._total = 1
        self._current = 0
        self._hovered = -1
        self.setObjectName(f"issue.tag.{key}")
        self.setAccessibleName(tr("Values of {tag}").format(tag=key))
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._follow_theme)

    def set_values(self, values: Sequence[TagValue], total: int) -> None:
        """Show *values* of *total* events that carry the tag."""
        self._values, self._total = tuple(values), max(1, total)
        self._current = min(self._current, max(0, len(self._values) - 1))
        self._follow_theme()

    def add_moments(self, found: Sequence[TagValue]) -> None:
        """Say when the values came first and last, of those that *found* knows."""
        known = {value.value: value for value in found}
        self._values = tuple(
            replace(value, first=known[value.value].first, last=known[value.value].last)
            if value.value in known
            else value
            for value in self._values
        )
        self.update()

    def values(self) -> tuple[TagValue, ...]:
        """Return what is shown."""
        return self._values

    def _follow_theme(self) -> None:
        self.updateGeometry()
        self.update()

    # What is seen

    def _row_pixels(self) -> int:
        return max(24, self._theme.line_height("body") + _AIR)

    def visible_rows(self) -> range:
        """Return the positions of all rows."""
        return range(len(self._values))

    def row_at(self, point: QPoint) -> int:
        """Return the row under *point*, -1 for none."""
        at = point.y() // self._row_pixels()
        return at if 0 <= at < len(self._values) else -1

    def row_rect(self, row: int) -> QRect:
        """Return the rectangle of *row*."""
        return QRect(0, row * self._row_pixels(), self.width(), self._row_pixels())

    def current_row(self) -> int:
        """Return the row the keyboard is at."""
        return self._current if self._values else -1

    def sentence(self, row: int) -> str:
        """Return *row* as it is read out."""
        if not 0 <= row < len(self._values):
            return ""
        value = self._values[row]
        many = tr("{count} event(s)", "", value.n).format(count=count(value.n))
        return f"{value.value or tr('(empty)')}, {percent(value.n, self._total)}, {many}"

    @override
    def sizeHint(self) -> QSize:
        return QSize(280, len(self._values) * self._row_pixels())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, value in enumerate(self._values):
            rect = self.row_rect(at)
            if rect.intersects(event.rect()):
                self._paint_row(painter, rect, value, at)
        painter.end()

    def _paint_row(self, painter: QPainter, rect: QRect, value: TagValue, at: int) -> None:
        theme = self._theme
        inner = QRectF(rect).adjusted(0, 1, 0, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("bg.hover" if at == self._hovered else "bg.sunken"))
        painter.drawRoundedRect(inner, RADIUS - 2, RADIUS - 2)
        share = QRectF(inner.left(), inner.top(), inner.width() * value.n / self._total, inner.height())
        painter.setBrush(theme.color("bg.selected"))
        painter.drawRoundedRect(share, RADIUS - 2, RADIUS - 2)
        painter.setFont(theme.font("number"))
        metrics = theme.metrics("number")
        counts, shares = count(value.n), percent(value.n, self._total)
        right = round(metrics.horizontalAdvance("0") * 8)
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        box = rect.adjusted(_SIDE, 0, -_SIDE - _SIGN, 0)
        if at == self._hovered or (at == self._current and self.hasFocus()):
            sign = self.exclude_rect(at)
            pixmap = theme.icon_pixmap("ban", "text.muted", _ICON, painter.device().devicePixelRatio())
            painter.drawPixmap(sign.center() - QPoint(_ICON // 2 - 1, _ICON // 2 - 1), pixmap)
        painter.setPen(theme.color("text.muted"))
        painter.drawText(box, flags, counts)
        painter.setPen(theme.color("text"))
        painter.drawText(box.adjusted(0, 0, -right, 0), flags, shares)
        room = box.width() - 2 * right - 8
        room -= self._paint_moments(painter, box.adjusted(0, 0, -2 * right - 8, 0), value)
        painter.setFont(theme.font("body"))
        text = value.value or tr("(empty)")
        text = theme.metrics("body").elidedText(text, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
        if at == self._current and self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inner.adjusted(1, 0, -1, 0), RADIUS - 2, RADIUS - 2)

    def _paint_moments(self, painter: QPainter, box: QRect, value: TagValue) -> int:
        """Say first and last time where there is room for it; return what that takes."""
        if value.first is None or value.last is None:
            return 0
        theme = self._theme
        words = tr("first {first}, last {last}").format(
            first=exact(value.first)[:16], last=exact(value.last)[:16]
        )
        width = round(theme.metrics("caption").horizontalAdvance(words)) + 16
        if width > box.width() // 2:
            return 0
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text.muted"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), words)
        painter.setPen(theme.color("text"))
        return width

    def exclude_rect(self, row: int) -> QRect:
        """Return where the sign of *row* is that excludes its value."""
        rect = self.row_rect(row)
        return QRect(rect.right() - _SIGN, rect.top(), _SIGN, rect.height())

    # Mouse and keys

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self.row_at(event.position().toPoint())
        if at != self._hovered:
            self._hovered = at
            self.setToolTip(plain_tip(self._tip(at)))
            self.update()

    def _tip(self, at: int) -> str:
        if at < 0:
            return ""
        value = self._values[at]
        lines = [self.sentence(at)]
        if value.first is not None and value.last is not None:
            lines.append(
                tr("first {first}, last {last}").format(first=exact(value.first), last=exact(value.last))
            )
        lines.append(tr("Click to filter to it, Alt+click or the middle button to exclude it"))
        return "\n".join(lines)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = -1
        self.update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.row_at(event.position().toPoint())
        if at >= 0:
            self._current = at
            self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self.row_at(event.position().toPoint())
        if at < 0 or at != self._current:
            return
        on_sign = self.exclude_rect(at).contains(event.position().toPoint())
        if event.button() is Qt.MouseButton.MiddleButton:
            self._filter(exclude=True)
        elif event.button() is Qt.MouseButton.LeftButton:
            self._filter(exclude=on_sign or bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))

    def _filter(self, *, exclude: bool) -> None:
        if 0 <= self._current < len(self._values):
            self.filterRequested.emit(self.key, self._values[self._current].value, exclude)

    def copy(self) -> None:
        """Copy the current value."""
        if 0 <= self._current < len(self._values):
            QGuiApplication.clipboard().setText(self._values[self._current].value)

    def copy_all(self) -> None:
        """Copy every value with its count, a line each."""
        QGuiApplication.clipboard().setText("\n".join(f"{value.value}\t{value.n}" for value in self._values))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif step is not None and self._values:
            self._current = min(len(self._values) - 1, max(0, self._current + step))
            announce_current(self)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._filter(exclude=bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))
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
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        at = self._current if by_key else self.row_at(event.pos())
        if at >= 0:
            self._current = at
            menu = self.build_menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.mapToGlobal(self.row_rect(at).bottomLeft()) if by_key else event.globalPos())

    def build_menu(self) -> QMenu:
        """Return the menu of the current value."""
        menu = QMenu(self)
        menu.addAction(tr("Filter to")).triggered.connect(lambda: self._filter(exclude=False))
        menu.addAction(tr("Exclude")).triggered.connect(lambda: self._filter(exclude=True))
        menu.addAction(tr("Show as a column of all events")).triggered.connect(
            lambda: self.columnWanted.emit(self.key)
        )
        menu.addSeparator()
        menu.addAction(tr("Copy value")).triggered.connect(self.copy)
        menu.addAction(tr("Copy all values with their counts")).triggered.connect(self.copy_all)
        return menu
