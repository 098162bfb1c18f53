"""Draws one row of a comparison: sign, name and part, both values with what differs in them marked."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from vedette.desktop.compare.differences import Difference, Kind, Span, marks
from vedette.desktop.compare.layout import columns
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.json_values import one_line
from vedette.desktop.widgets.painted_list import RowState

_SHOWN = 400
_TOKENS = {
    Kind.SAME: "text.muted",
    Kind.CHANGED: "level.warning.text",
    Kind.ONLY_A: "level.error.text",
    Kind.ONLY_B: "level.ok.text",
}
SIGNS = {Kind.SAME: "=", Kind.CHANGED: "~", Kind.ONLY_A: "−", Kind.ONLY_B: "+"}
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class RowPaint:
    """Paints rows in the theme."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def __call__(self, painter: QPainter, rect: QRect, row: Difference, state: RowState) -> None:
        theme = self._theme
        at = columns(rect.width())
        painter.setFont(theme.font("code.bold"))
        painter.setPen(theme.color(_TOKENS[row.kind]))
        sign = QRect(rect.left() + at.sign[0], rect.top(), at.sign[1], rect.height())
        painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, SIGNS[row.kind])
        self._paint_label(painter, rect, row)
        values = (row.a, row.b)
        spans: tuple[Sequence[Span], Sequence[Span]] = ([], [])
        if row.kind is Kind.CHANGED and row.a is not None and row.b is not None:
            spans = marks(one_line(row.a[:_SHOWN]), one_line(row.b[:_SHOWN]))
        for (left, width), value, marked in zip((at.a, at.b), values, spans, strict=True):
            box = QRect(rect.left() + left, rect.top(), width, rect.height())
            self._paint_value(painter, box, value, marked, muted=row.kind is Kind.SAME or row.is_noise)

    def _paint_label(self, painter: QPainter, rect: QRect, row: Difference) -> None:
        theme = self._theme
        left, width = columns(rect.width()).label
        high, low = theme.line_height("title"), theme.line_height("caption")
        top = rect.top() + (rect.height() - high - low) // 2
        for role, token, text, y, line in (
            ("title", "text", row.label, top, high),
            ("caption", "text.muted", tr(row.part.value), top + high, low),
        ):
            painter.setFont(theme.font(role))
            painter.setPen(theme.color(token))
            shown = theme.metrics(role).elidedText(one_line(text), Qt.TextElideMode.ElideMiddle, width)
            painter.drawText(QRect(rect.left() + left, y, width, line), _LEFT, shown)

    def _paint_value(
        self, painter: QPainter, box: QRect, value: str | None, marked: Sequence[Span], *, muted: bool
    ) -> None:
        theme = self._theme
        painter.setFont(theme.font("code" if value is not None else "caption"))
        if value is None:
            painter.setPen(theme.color("text.muted"))
            painter.drawText(box, _LEFT, tr("not there"))
            return
        metrics = theme.metrics("code")
        text = one_line(value[:_SHOWN])
        shown = metrics.elidedText(text or "∅", Qt.TextElideMode.ElideRight, box.width())
        kept = len(shown) - 1 if shown != text and shown.endswith("…") else len(shown)
        high = metrics.height() + 4
        for start, end in marked:
            if start >= kept:
                break
            x = metrics.horizontalAdvance(shown[:start])
            wide = metrics.horizontalAdvance(shown[start : min(end, kept)])
            ground = QRectF(box.left() + x - 1, box.center().y() - high / 2, wide + 2, high)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("bg.changed"))
            painter.drawRoundedRect(ground, 3, 3)
            painter.fillRect(
                QRectF(ground.left(), ground.bottom() - 1, wide + 2, 1), theme.color("level.warning.text")
            )
        painter.setPen(theme.color("text.muted" if muted else "text"))
        painter.drawText(box, _LEFT, shown)
