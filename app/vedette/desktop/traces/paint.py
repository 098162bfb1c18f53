"""Draws the rows of both lists: a trace with its work as a bar, a transaction with its durations' shape."""

import math
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from vedette.desktop.theme.theme import Theme
from vedette.desktop.theme.tokens import SPAN_CATEGORIES, Scheme, span_category
from vedette.desktop.trace.colouring import Ink
from vedette.desktop.trace.paint_bars import pattern_brush
from vedette.desktop.traces.model import Transaction, name_of, parts_of
from vedette.desktop.widgets.chip import chip_size, paint_chip
from vedette.desktop.widgets.painted_list import RowState
from vedette.desktop.widgets.severity import paint_level
from vedette.desktop.widgets.sparkline import paint_sparkline
from vedette.store.queries.traces import TraceRow, TraceWork

_SIDE = 14
_GAP = 8
_BAR = 132
_LEAST_PART = 2.0
_MOST_CHIPS = 3
_VCENTRE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


def bar_share(duration: int, longest: int) -> float:
    """Return how much of the bar *duration* fills, 0 to 1: by the square root, so short ones still show."""
    return math.sqrt(min(1.0, duration / longest)) if longest > 0 else 0.0


class _Row:
    """What both painters draw alike: dot, operation, chips, name."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def paint_head(
        self, painter: QPainter, rect: QRect, x: float, right: float, op: str, state: RowState
    ) -> float:
        """Draw dot and operation; return where they end."""
        theme = self._theme
        dot = theme.line_height("body") * 0.4
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(span_category(op)))
        painter.drawEllipse(QRectF(x, rect.center().y() - dot / 2, dot, dot))
        x += dot + _GAP
        if op:
            token = "text" if state.selected else "text.muted"
            x = self.paint_text(painter, rect, x, right, op, "body", token) + _GAP
        return x

    def paint_chips(
        self, painter: QPainter, rect: QRect, x: float, right: float, names: tuple[str, ...], state: RowState
    ) -> float:
        """Draw who took part, as far as there is room; return where they end."""
        for at, name in enumerate(names):
            more = len(names) - at
            text = name if at < _MOST_CHIPS - 1 or more == 1 else f"+{more}"
            if not text or x + chip_size(self._theme, text).width() >= right - 80:
                break
            token = "text" if state.selected else ""
            x = paint_chip(painter, self._theme, x, rect.center().y(), text, token) + 4
            if text != name:
                break
        return x + 4 if names else x

    def paint_text(
        self, painter: QPainter, rect: QRect, x: float, right: float, text: str, role: str, token: str
    ) -> float:
        """Draw *text* elided to what is left; return where it ends."""
        metrics = self._theme.metrics(role)
        text = metrics.elidedText(text.replace("\n", " ")[:400], Qt.TextElideMode.ElideRight, right - x)
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.color(token))
        painter.drawText(QRectF(x, rect.top(), right - x + 1, rect.height()), _VCENTRE, text)
        return x + metrics.horizontalAdvance(text)


class TraceRowPainter(_Row):
    """A RowPainter; ``longest`` is what a full bar stands for, in microseconds."""

    def __init__(self, theme: Theme, work_of: Callable[[str], TraceWork | None]) -> None:
        super().__init__(theme)
        self._work_of = work_of
        self.longest = 0

    def __call__(self, painter: QPainter, rect: QRect, row: Any, state: RowState) -> None:
        trace: TraceRow = row
        work = self._work_of(trace.trace_id)
        right = self._paint_bar(painter, rect, trace, work, state)
        x = self._paint_state(painter, rect, rect.left() + _SIDE, trace)
        x = self.paint_head(painter, rect, x, right, trace.op, state)
        services = work.services if work is not None and work.services else (trace.project_slug,)
        x = self.paint_chips(painter, rect, x, right, services, state)
        self.paint_text(painter, rect, x, right, name_of(trace), "body.medium", "text")

    def _paint_state(self, painter: QPainter, rect: QRect, x: float, trace: TraceRow) -> float:
        """Draw whether it went wrong, by shape: an error's mark, or a sign for a status alone."""
        side = 2 * round(self._theme.line_height("body") * 0.36)
        top = rect.center().y() - side / 2
        if trace.errors:
            paint_level(painter, self._theme, "error", x, top, side)
        elif trace.failed:
            ratio = painter.device().devicePixelRatio()
            icon = self._theme.icon_pixmap("circle-alert", "level.error.text", side, ratio)
            painter.drawPixmap(QPointF(round(x), round(top)), icon)
        return x + side + 6

    def _paint_bar(
        self, painter: QPainter, rect: QRect, trace: TraceRow, work: TraceWork | None, state: RowState
    ) -> float:
        """Draw the work by category at the right end, as long as the trace; return where room ends."""
        theme = self._theme
        if rect.width() < 2.5 * _BAR:
            return rect.right() - _GAP
        left, tall = rect.right() - _BAR - _GAP, max(8, round(theme.line_height("body") * 0.45))
        top = rect.center().y() - tall / 2 + 0.5
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("bg.canvas" if state.selected else "bg.sunken"))
        painter.drawRoundedRect(QRectF(left, top, _BAR, tall), 3, 3)
        long = max(3.0, _BAR * bar_share(trace.duration, self.longest))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        x = float(left)
        for part in parts_of(work, trace.op):
            wide = min(max(_LEAST_PART, long * part.share), left + long - x)
            if wide <= 0:
                break
            box = QRectF(x, top, wide, tall)
            painter.fillRect(box, theme.color(f"span.{part.category}"))
            if theme.scheme is Scheme.CONTRAST:
                number = SPAN_CATEGORIES.index(part.category)
                painter.fillRect(box, pattern_brush(theme, Ink("", number)))
            x += wide
        if trace.errors or trace.failed:
            painter.fillRect(QRectF(left - 1, top - 2, 3, tall + 4), theme.color("level.error.fill"))
        return left - _GAP


class TransactionPainter(_Row):
    """A RowPainter of transactions: the shape of the durations stands at the right end."""

    def __call__(self, painter: QPainter, rect: QRect, row: Any, state: RowState) -> None:
        transaction: Transaction = row
        right = self._paint_shape(painter, rect, transaction, state)
        x = self.paint_head(painter, rect, rect.left() + _SIDE, right, transaction.summary.op, state)
        x = self.paint_chips(painter, rect, x, right, (transaction.service,), state)
        self.paint_text(painter, rect, x, right, transaction.summary.name, "body.medium", "text")

    def _paint_shape(self, painter: QPainter, rect: QRect, row: Transaction, state: RowState) -> float:
        if rect.width() < 2.5 * _BAR or not row.summary.bars:
            return rect.right() - _GAP
        wide = 4 * len(row.summary.bars)
        box = QRect(rect.right() - wide - _GAP, rect.top() + 5, wide, rect.height() - 10)
        token = "spark.selected" if state.selected else "spark"
        paint_sparkline(painter, self._theme, box, row.summary.bars, token=token)
        return box.left() - _GAP
