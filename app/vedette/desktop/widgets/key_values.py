"""Rows of label and value, as for tags, headers, a user or a span. Painted, selectable by row, copyable."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget
from typing_extensions import override

from vedette.desktop.language import tr
from vedette.desktop.theme.theme import RADIUS, Theme
from vedette.desktop.widgets.accessible import announce_current, describe_rows_of
from vedette.desktop.widgets.plain_text import plain_tip

_GAP = 12
_MOST_LINES = 8
_MOST_SPOKEN = 500
_MOST_WRAPPED = 4_000  # characters
_LEFT_TOP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


def _wrapped() -> QTextOption:
    """Return how values wrap: between words, and inside those that are wider than the room."""
    option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


_WRAPPED = _wrapped()


def _lines(text: str, font: QFont, width: float) -> int:
    """Return how many lines *text* takes in *width* pixels, at least one and at most _MOST_LINES."""
    # Text layouts know paragraphs only by Unicode's separator.
    layout = QTextLayout(text[:_MOST_WRAPPED].replace("\n", "\u2028"), font)
    layout.setTextOption(_WRAPPED)
    layout.beginLayout()
    count = 0
    while count < _MOST_LINES and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        count += 1
    layout.endLayout()
    return max(1, count)


@dataclass(frozen=True, slots=True)
class KeyValue:
    """One row: a label, a value, the value's colour, whether it is code, whether a click follows it."""

    label: str
    value: str
    token: str = "text"
    code: bool = False
    link: bool = False
    tip: str = ""


class KeyValueTable(QWidget):
    """Label and value rows; as high as they need, long values wrap up to eight lines.

    Up and Down move, Ctrl+C copies the value, Enter follows a link, the menu filters, excludes and copies.
    """

    linkFollowed = Signal(str)
    """A link row was clicked; carries its label."""
    filterRequested = Signal(str, str, bool)
    """Label, value, and True for exclude."""

    def __init__(
        self,
        theme: Theme,
        *,
        name: str,
        title: str,
        label_width: int = 0,
        filters: bool = False,
        lines: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """*label_width* 0 fits the labels; *filters* offers filter and exclude; *lines* draws hairlines."""
        super().__init__(parent)
        self._theme = theme
        self._title = title
        self._wanted_width = label_width
        self._filters = filters
        self._hairlines = lines
        self.extend_menu: Callable[[QMenu, KeyValue], object] | None = None
        """Puts what the view can do with a row above what the table can."""
        self._rows: tuple[KeyValue, ...] = ()
        self._tops: list[int] = [0]
        self._current = -1
        self._hovered = -1
        self.setObjectName(name)
        self.setAccessibleName(title)
        describe_rows_of(KeyValueTable, QAccessible.Role.List)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._lay_out_again)

    def set_rows(self, rows: Sequence[KeyValue]) -> None:
        """Show *rows*; an empty table has no height."""
        self._rows = tuple(rows)
        self._current = self._hovered = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if rows else Qt.FocusPolicy.NoFocus)
        self._lay_out_again()

    def rows(self) -> tuple[KeyValue, ...]:
        """Return the rows shown."""
        return self._rows

    def row_at(self, point: QPoint) -> int:
        """Return the row under *point*, -1 for none."""
        return next(
            (at for at in range(len(self._rows)) if self._tops[at] <= point.y() < self._tops[at + 1]), -1
        )

    def row_rect(self, at: int) -> QRect:
        """Return the rectangle of row *at*."""
        return QRect(0, self._tops[at], self.width(), self._tops[at + 1] - self._tops[at])

    def copy(self, *, pair: bool = False) -> None:
        """Copy the current row's value, or label and value; everything if no row is current."""
        rows = [self._rows[self._current]] if 0 <= self._current < len(self._rows) else self._rows
        both = pair or len(rows) != 1
        QGuiApplication.clipboard().setText(
            "\n".join(f"{r.label}: {r.value}" if both else r.value for r in rows)
        )

    # Measures

    def _label_width(self, width: int) -> int:
        if self._wanted_width:
            return self._wanted_width
        metrics = self._theme.metrics(self._label_role())
        widest = max((metrics.horizontalAdvance(row.label) for row in self._rows), default=0.0)
        return round(min(max(widest + 2, 72), max(72, width * 0.42)))

    def _layout_for(self, width: int) -> list[int]:
        line = self._theme.line_height("body")
        air = 5 if not self._hairlines else 8
        room = max(40, width - self._label_width(width) - _GAP - 2 * self._side())
        tops = [0]
        for row in self._rows:
            role = "code" if row.code else "body"
            metrics = self._theme.metrics(role)
            lines = _lines(row.value, self._theme.font(role), room)
            tops.append(tops[-1] + air + max(line, round(lines * metrics.height())))
        return tops

    def _label_role(self) -> str:
        return "code" if self._hairlines else "body"

    def _side(self) -> int:
        return 12 if self._hairlines else 4

    def _lay_out_again(self) -> None:
        self._tops = self._layout_for(self.width())
        self.updateGeometry()
        self.update()

    @override
    def heightForWidth(self, width: int) -> int:
        return self._layout_for(width)[-1]

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, self._layout_for(max(240, self.width()))[-1])

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(140, self._tops[-1])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._tops = self._layout_for(self.width())
            self.updateGeometry()

    # Drawing

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at in range(len(self._rows)):
            if self.row_rect(at).intersects(event.rect()):
                self._paint_row(painter, at)
        painter.end()

    def _paint_row(self, painter: QPainter, at: int) -> None:
        row, rect = self._rows[at], self.row_rect(at)
        self._paint_ground(painter, at, rect)
        side, label_width = self._side(), self._label_width(self.width())
        top = rect.top() + (2 if not self._hairlines else 4)
        label_role = self._label_role()
        painter.setFont(self._theme.font(label_role))
        painter.setPen(self._theme.color("text.muted"))
        metrics = self._theme.metrics(label_role)
        label = metrics.elidedText(row.label, Qt.TextElideMode.ElideMiddle, label_width)
        painter.drawText(QRectF(side, top, label_width + 2, metrics.height()), _LEFT_TOP, label)
        role = "code" if row.code else "body"
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.color("accent.text" if row.link else row.token))
        left = side + label_width + _GAP
        box = QRectF(left, top, self.width() - left - side, rect.height() - 2)
        painter.drawText(box, row.value[:_MOST_WRAPPED], _WRAPPED)
        if self._hairlines and at + 1 < len(self._rows):
            painter.setPen(QPen(self._theme.color("border"), 1))
            painter.drawLine(0, rect.bottom(), self.width(), rect.bottom())

    def _paint_ground(self, painter: QPainter, at: int, rect: QRect) -> None:
        inner = QRectF(rect).adjusted(1, 0, -1, -1)
        if at == self._current and self.hasFocus():
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inner.adjusted(0, 1, 0, -1), RADIUS - 2, RADIUS - 2)
        elif at == self._hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("bg.hover"))
            painter.drawRoundedRect(inner, RADIUS - 2, RADIUS - 2)

    # What screen readers are told

    def visible_rows(self) -> range:
        """Return the rows in sight, or all of a table that is scrolled out as a whole."""
        seen = self.visibleRegion().boundingRect()
        if seen.isEmpty():
            return range(len(self._rows))
        first, last = self.row_at(seen.topLeft()), self.row_at(seen.bottomLeft())
        return range(max(0, first), (last if last >= 0 else len(self._rows) - 1) + 1)

    def current_row(self) -> int:
        """Return the row the keyboard is on, -1 for none."""
        return self._current

    def sentence(self, row: int) -> str:
        """Return a row as it is read out."""
        if not 0 <= row < len(self._rows):
            return ""
        return f"{self._rows[row].label}: {self._rows[row].value[:_MOST_SPOKEN]}"

    # Mouse and keys

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.row_at(event.position().toPoint()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)

    def _hover(self, at: int) -> None:
        if at != self._hovered:
            self._hovered = at
            row = self._rows[at] if at >= 0 else None
            self.setToolTip(plain_tip(row.tip) if row else "")
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if row and row.link else Qt.CursorShape.ArrowCursor
            )
            self.update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._current = self.row_at(event.position().toPoint())
        self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if (
            event.button() is Qt.MouseButton.LeftButton
            and self.row_at(event.position().toPoint()) == self._current
        ):
            self._follow()

    def _follow(self) -> None:
        if 0 <= self._current < len(self._rows) and self._rows[self._current].link:
            self.linkFollowed.emit(self._rows[self._current].label)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._rows:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._current = min(len(self._rows) - 1, max(0, self._current + step))
            announce_current(self)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._follow()
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._current < 0 and event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        ):
            self._current = 0
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
        """Return the menu of the current row: filter, exclude, copy."""
        menu = QMenu(self)
        row = self._rows[self._current]
        if self.extend_menu is not None:
            self.extend_menu(menu, row)
        if self._filters:
            filter_to, exclude = menu.addAction(tr("Filter to")), menu.addAction(tr("Exclude"))
            filter_to.triggered.connect(lambda: self.filterRequested.emit(row.label, row.value, False))
            exclude.triggered.connect(lambda: self.filterRequested.emit(row.label, row.value, True))
            menu.addSeparator()
        menu.addAction(tr("Copy value")).triggered.connect(lambda: self.copy())
        menu.addAction(tr("Copy pair")).triggered.connect(lambda: self.copy(pair=True))
        return menu
