"""How the line of a frame, or of a folded run of frames, is drawn."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPen

from vedette.desktop.issue.source.looking import LocalSource
from vedette.desktop.issue.source.matching import SourceState
from vedette.desktop.issue.stack.frames import Frame, LibraryRun, Mapping, StackRow
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.chip import paint_chip

PAD = 12
_INDENT = 20
_CHEVRON = 16
_GAP = 8
_ICON = 16
_TOUCH = 28
"""Width of the place that opens the editor, at the right edge."""
_LATE = {SourceState.EDITED: "level.warning.text", SourceState.MOVED: "level.warning.text"}


@dataclass(frozen=True, slots=True)
class RowLook:
    """What the painter has to know of a row besides what stands in it."""

    is_open: bool
    is_inner: bool  # a frame of an opened run
    is_first: bool
    has_body: bool
    is_hovered: bool
    has_ring: bool
    local: LocalSource | None = None


def editor_rect(rect: QRect) -> QRect:
    """Return the place in a row's rectangle *rect* that opens the editor."""
    return QRect(rect.right() - PAD // 2 - _TOUCH, rect.top(), _TOUCH, rect.height())


class FramePainter:
    """Draws rows in the theme in force."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def paint(self, painter: QPainter, rect: QRect, row: StackRow, look: RowLook, dpr: float) -> None:
        """Draw *row* into *rect*."""
        theme = self._theme
        if look.is_hovered:
            painter.fillRect(rect, theme.color("bg.hover"))
        painter.setPen(QPen(theme.color("border"), 1))
        if not look.is_first:
            painter.drawLine(0, rect.top(), rect.right(), rect.top())
        if look.has_body:
            painter.drawLine(0, rect.bottom(), rect.right(), rect.bottom())
        x = PAD + (_INDENT if look.is_inner else 0)
        icon = "chevron-down" if look.is_open else "chevron-right"
        pixmap = theme.icon_pixmap(icon, "text.muted", _CHEVRON, dpr)
        painter.drawPixmap(x, rect.top() + (rect.height() - _CHEVRON) // 2, pixmap)
        x += _CHEVRON + _GAP - 2
        if isinstance(row, LibraryRun):
            self._text(painter, rect, x, row.title, "body", "text.muted", rect.right() - PAD)
        elif row.address:
            self._native(painter, rect, x, row, self._right(painter, rect, row, look, dpr))
        else:
            self._frame(painter, rect, x, row, self._right(painter, rect, row, look, dpr))
        if look.has_ring:
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRect(rect.adjusted(2, 2, -2, -2))

    def _frame(self, painter: QPainter, rect: QRect, x: int, frame: Frame, limit: int) -> None:
        role, token = ("title", "text") if frame.in_app else ("body", "text.muted")
        chip = self._chip_width(tr("in app")) if frame.in_app else 0
        middle = rect.top() + rect.height() / 2
        x = self._text(painter, rect, x, frame.function, role, token, limit) + _GAP
        elide = Qt.TextElideMode.ElideLeft
        x = self._text(painter, rect, x, frame.location, "body", "text.muted", limit - chip, elide)
        if frame.repeats > 1:
            times = f"× {frame.repeats:,}"
            x = self._text(painter, rect, x + _GAP, times, "title", "text.muted", limit)
        if frame.in_app and x + chip <= limit:
            x = round(paint_chip(painter, self._theme, x + _GAP, middle, tr("in app")))
        elif not frame.in_app and frame.package:
            x = self._text(painter, rect, x + _GAP, frame.package, "caption", "text.faint", limit)
        if frame.mapping is Mapping.UNMAPPED and x + self._chip_width(tr(frame.mapping.value)) <= limit:
            paint_chip(painter, self._theme, x + _GAP, middle, tr(frame.mapping.value), "level.warning.text")
        elif frame.mapping is Mapping.MAPPED:
            self._text(painter, rect, x + _GAP, tr(frame.mapping.value), "caption", "text.faint", limit)

    def _native(self, painter: QPainter, rect: QRect, x: int, frame: Frame, limit: int) -> None:
        """Draw address, image, symbol and trust in columns."""
        digit = self._theme.metrics("code").horizontalAdvance("0")
        wide = limit - x
        columns = [(frame.address, "code", "text.muted", round(digit * 19))]
        image_width = min(round(digit * 22), wide // 4)
        columns.append((frame.image, "body", "text.muted", image_width))
        if wide < digit * 60:  # too narrow for the address as well
            columns = columns[1:]
        for text, role, token, width in columns:
            self._text(painter, rect, x, text, role, token, x + width - _GAP)
            x += width
        trust = frame.trust
        trust_width = round(self._theme.metrics("caption").horizontalAdvance(trust)) + _GAP if trust else 0
        if trust and wide > digit * 50:
            left = limit - trust_width
            self._text(painter, rect, left + _GAP, trust, "caption", "text.muted", limit)
            limit = left
        role, token = ("title", "text") if frame.in_app else ("body", "text.muted")
        name = frame.function if frame.function != frame.address else tr("no symbol")
        x = self._text(painter, rect, x, name, role, token, limit) + _GAP
        if frame.data.get("filename"):
            elide = Qt.TextElideMode.ElideLeft
            x = self._text(painter, rect, x, frame.location, "body", "text.muted", limit, elide) + _GAP
        if frame.in_app and x + self._chip_width(tr("in app")) <= limit:
            paint_chip(painter, self._theme, x, rect.top() + rect.height() / 2, tr("in app"))

    def _right(self, painter: QPainter, rect: QRect, frame: Frame, look: RowLook, dpr: float) -> int:
        """Draw at the right edge how the file on disk stands; return where room for text ends."""
        local = look.local
        if local is None:
            return rect.right() - PAD
        limit = rect.right() - PAD
        if local.path is not None:
            touch = editor_rect(rect)
            pixmap = self._theme.icon_pixmap("external-link", "text.muted", _ICON, dpr)
            top = rect.top() + (rect.height() - _ICON) // 2
            painter.drawPixmap(touch.center().x() - _ICON // 2 + 1, top, pixmap)
            limit = touch.left()
        width = round(self._theme.metrics("caption").horizontalAdvance(local.badge))
        left = limit - width
        self._text(
            painter, rect, left, local.badge, "caption", _LATE.get(local.state, "text.muted"), rect.right()
        )
        return left - _GAP

    def _chip_width(self, text: str) -> int:
        return round(self._theme.metrics("caption").horizontalAdvance(text)) + 30

    def _text(
        self,
        painter: QPainter,
        rect: QRect,
        x: int,
        text: str,
        role: str,
        token: str,
        limit: int,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> int:
        """Draw *text* from *x* up to *limit*; return where it ends."""
        room = limit - x
        if room <= 0 or not text:
            return x
        metrics = self._theme.metrics(role)
        shown = metrics.elidedText(text[:400], elide, room)
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.color(token))
        base = rect.top() + (rect.height() - metrics.height()) / 2 + metrics.ascent()
        painter.drawText(QPointF(x, base), shown)
        return x + round(metrics.horizontalAdvance(shown))
