"""Draws a trace's row: operation, project, name, and its duration as a bar against the longest."""

import math
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from vedette.desktop.theme.theme import Theme
from vedette.desktop.theme.tokens import span_category
from vedette.desktop.traces.model import name_of
from vedette.desktop.widgets import units
from vedette.desktop.widgets.chip import chip_size, paint_chip
from vedette.desktop.widgets.painted_list import RowState
from vedette.store.queries.traces import TraceRow

_SIDE = 14
_GAP = 8
_DOT = 8
_BAR = 120
_BAR_HEIGHT = 8
_VCENTRE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


def bar_share(duration: int, longest: int) -> float:
    """Return how much of the bar *duration* fills, 0 to 1: by the square root, so short ones still show."""
    return math.sqrt(min(1.0, duration / longest)) if longest > 0 else 0.0


class TraceRowPainter:
    """A RowPainter; ``longest`` is what a full bar stands for, in microseconds."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.longest = 0

    def __call__(self, painter: QPainter, rect: QRect, row: Any, state: RowState) -> None:
        trace: TraceRow = row
        theme = self._theme
        middle = rect.center().y()
        right = self._paint_duration(painter, rect, trace, state)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(span_category(trace.op)))
        x = float(rect.left() + _SIDE)
        painter.drawEllipse(QRectF(x, middle - _DOT / 2, _DOT, _DOT))
        x += _DOT + _GAP
        if trace.op:
            x = self._paint_text(
                painter, rect, x, right, trace.op, "body", "text" if state.selected else "text.muted"
            )
            x += _GAP
        chip = trace.project_slug
        if chip and x + chip_size(theme, chip).width() < right - 80:
            x = paint_chip(painter, theme, x, middle, chip) + _GAP
        self._paint_text(painter, rect, x, right, name_of(trace), "body.medium", "text")

    def _paint_text(
        self, painter: QPainter, rect: QRect, x: float, right: float, text: str, role: str, token: str
    ) -> float:
        metrics = self._theme.metrics(role)
        text = metrics.elidedText(text.replace("\n", " ")[:400], Qt.TextElideMode.ElideRight, right - x)
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.color(token))
        painter.drawText(QRectF(x, rect.top(), right - x + 1, rect.height()), _VCENTRE, text)
        return x + metrics.horizontalAdvance(text)

    def _paint_duration(self, painter: QPainter, rect: QRect, trace: TraceRow, state: RowState) -> float:
        """Draw bar and text at the right end; return where the room left of them ends."""
        theme = self._theme
        text = units.duration(trace.duration) if trace.duration else "0 ms"
        metrics = theme.metrics("number")
        number_room = metrics.horizontalAdvance("00 min 00 s")
        fits = rect.width() >= 2 * (number_room + _BAR)  # else there is no room for a bar beside a name
        bar = _BAR if fits else 0
        left = rect.right() - number_room - bar - _GAP
        if bar:
            box = QRectF(left, rect.center().y() - _BAR_HEIGHT / 2 + 0.5, bar, _BAR_HEIGHT)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("bg.canvas" if state.selected else "bg.sunken"))
            painter.drawRoundedRect(box, 3, 3)
            box.setWidth(max(3.0, bar * bar_share(trace.duration, self.longest)))
            failed = trace.failed or trace.errors
            painter.setBrush(theme.color("level.error.fill" if failed else span_category(trace.op)))
            painter.drawRoundedRect(box, 3, 3)
        painter.setFont(theme.font("number"))
        painter.setPen(theme.color("text"))
        painter.drawText(
            QRectF(left + bar + _GAP, rect.top(), number_room, rect.height()),
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight),
            text,
        )
        return left - _GAP
