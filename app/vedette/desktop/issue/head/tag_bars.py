"""How an issue's events spread over the values of its chief tags: a bar for each, painted."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from vedette.desktop.language import tr
from vedette.desktop.theme.theme import RADIUS, Theme
from vedette.desktop.widgets.accessible import announce_current, describe_rows_of
from vedette.desktop.widgets.plain_text import plain_tip
from vedette.desktop.widgets.units import percent
from vedette.store.queries.issue_details import TagSummary

FIRST = ("release", "environment", "device", "transaction", "browser", "os", "runtime", "server_name")
_NEVER = ("level", "user", "mechanism", "handled", "logger", "url")
_MOST = 6
_SHARES = ("accent", "span.ui", "span.cache", "span.queue")
_BAR = 6


def chief_tags(tags: Sequence[TagSummary], most: int = _MOST) -> tuple[TagSummary, ...]:
    """Return the tags worth a bar: the usual ones first, then the program's own; no derived doubles."""
    by_key = {tag.key: tag for tag in tags if tag.total and tag.key not in _NEVER}
    order = [key for key in FIRST if key in by_key]
    order += [key for key in by_key if key not in FIRST and "." not in key]
    return tuple(by_key[key] for key in order[:most])


class TagBars(QWidget):
    """One row a tag: its name, its most frequent value and share, a bar of the first four values."""

    chosen = Signal(str)
    """A tag's key: show all its values."""

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        describe_rows_of(TagBars, QAccessible.Role.List)
        self._theme = theme
        self._tags: tuple[TagSummary, ...] = ()
        self._current = 0
        self._hovered = -1
        self.setObjectName(name)
        self.setAccessibleName(tr("Tags"))
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._follow_theme)

    def set_tags(self, tags: Sequence[TagSummary]) -> None:
        """Show *tags*."""
        self._tags = tuple(tags)
        self._current, self._hovered = 0, -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if tags else Qt.FocusPolicy.NoFocus)
        self._follow_theme()

    def tags(self) -> tuple[TagSummary, ...]:
        """Return what is shown."""
        return self._tags

    def _follow_theme(self) -> None:
        self.updateGeometry()
        self.update()

    def _row_height(self) -> int:
        return self._theme.line_height("caption") + _BAR + 12

    def visible_rows(self) -> range:
        """Return the positions of all rows."""
        return range(len(self._tags))

    def row_rect(self, row: int) -> QRect:
        """Return the rectangle of *row*."""
        return QRect(0, row * self._row_height(), self.width(), self._row_height())

    def current_row(self) -> int:
        """Return the row the keyboard is at."""
        return self._current if self._tags else -1

    def sentence(self, row: int) -> str:
        """Return *row* as it is read out."""
        return _sentence(self._tags[row]) if 0 <= row < len(self._tags) else ""

    def row_at(self, point: QPoint) -> int:
        """Return the row under *point*, -1 for none."""
        at = point.y() // self._row_height()
        return at if 0 <= at < len(self._tags) else -1

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, len(self._tags) * self._row_height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, tag in enumerate(self._tags):
            self._paint_row(painter, at, tag)
        painter.end()

    def _paint_row(self, painter: QPainter, at: int, tag: TagSummary) -> None:
        top = at * self._row_height()
        line = self._theme.line_height("caption")
        ground = QRect(0, top, self.width(), self._row_height())
        if at == self._current and self.hasFocus():
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), RADIUS - 2, RADIUS - 2)
        side = 4
        metrics = self._theme.metrics("caption")
        painter.setFont(self._theme.font("caption"))
        share = percent(tag.top[0].n, tag.total) if tag.top else ""
        box = QRect(side, top + 4, self.width() - 2 * side, line)
        name = metrics.elidedText(tag.key, Qt.TextElideMode.ElideRight, box.width() // 2)
        room = box.width() - metrics.horizontalAdvance(name) - metrics.horizontalAdvance(f"  {share}") - 8
        value = metrics.elidedText(tag.top[0].value if tag.top else "", Qt.TextElideMode.ElideMiddle, room)
        painter.setPen(self._theme.color("text.muted"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), name)
        painter.setPen(self._theme.color("text"))
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(box, right, f"{value}  {share}")
        self._paint_bar(painter, QRectF(side, top + 4 + line + 1, box.width(), _BAR), tag)

    def _paint_bar(self, painter: QPainter, rect: QRectF, tag: TagSummary) -> None:
        painter.save()
        clip = QPainterPath()
        clip.addRoundedRect(rect, _BAR / 2, _BAR / 2)
        painter.setClipPath(clip)
        painter.fillRect(rect, self._theme.color("span.other"))
        x = rect.left()
        for token, value in zip(_SHARES, tag.top, strict=False):
            width = rect.width() * value.n / tag.total
            painter.fillRect(QRectF(x, rect.top(), width, rect.height()), self._theme.color(token))
            x += width
            if x < rect.right() - 1:
                painter.fillRect(QRectF(x - 1, rect.top(), 1, rect.height()), self._theme.color("bg.canvas"))
        painter.restore()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self.row_at(event.position().toPoint())
        if at != self._hovered:
            self._hovered = at
            tip = (
                "\n".join(
                    f"{percent(value.n, self._tags[at].total)}  {value.value}" for value in self._tags[at].top
                )
                if at >= 0
                else ""
            )
            self.setToolTip(plain_tip(tip))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = -1

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.row_at(event.position().toPoint())
        if at >= 0:
            self._current = at
            self.chosen.emit(self._tags[at].key)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        announce_current(self)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and self._tags:
            self._current = min(len(self._tags) - 1, max(0, self._current + step))
            announce_current(self)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._tags:
            self.chosen.emit(self._tags[self._current].key)
        else:
            super().keyPressEvent(event)


def _sentence(tag: TagSummary) -> str:
    shares = (f"{value.value} {percent(value.n, tag.total)}" for value in tag.top[:3])
    return f"{tag.key}: {', '.join(shares)}"
