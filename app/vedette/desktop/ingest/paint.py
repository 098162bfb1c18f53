"""Draws the last cell of a request's row: the sentence and its button; and those of items and senders."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from vedette.desktop.ingest.layout import Box, button_box, text_room
from vedette.desktop.ingest.wording import DEED_TITLES, Deed, Listed, deed_of, what_happened
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import RADIUS, Theme
from vedette.desktop.widgets.json_values import one_line
from vedette.desktop.widgets.painted_list import PaintedList, RowDelegate, RowState

_SIDE = 10
_VCENTRE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_LONGEST = 400


def box_of(rect: QRect) -> Box:
    return Box(rect.x(), rect.y(), rect.width(), rect.height())


def paint_sentence(
    painter: QPainter, theme: Theme, rect: QRect, text: str, room: float, token: str = "text.muted"
) -> None:
    """Draw *text* at the left of *rect*, elided to *room* pixels."""
    metrics = theme.metrics("body")
    shown = metrics.elidedText(one_line(text[:_LONGEST]), Qt.TextElideMode.ElideRight, room)
    painter.setFont(theme.font("body"))
    painter.setPen(theme.color(token))
    painter.drawText(QRectF(rect.x() + _SIDE, rect.y(), room + 2, rect.height()), _VCENTRE, shown)


class WordPainter:
    """Draws one word in a colour that says what it means, also on a selected row."""

    def __init__(self, theme: Theme, word: Callable[[Any], str], token: Callable[[Any], str]) -> None:
        self._theme = theme
        self._word = word
        self._token = token

    def __call__(self, painter: QPainter, rect: QRect, row: Any, state: RowState) -> None:
        painter.setFont(self._theme.font("title"))
        painter.setPen(self._theme.color(self._token(row)))
        room = QRectF(rect.x() + _SIDE, rect.y(), max(0, rect.width() - _SIDE), rect.height())
        painter.drawText(room, _VCENTRE, self._word(row))


def paint_words(view: PaintedList, column: int, painter: WordPainter) -> None:
    """Have *column* of *view* drawn by *painter*, its width left as it is."""
    view.setItemDelegateForColumn(column, RowDelegate(painter, view))


class SentencePainter:
    """A RowPainter that draws one sentence about a row."""

    def __init__(
        self, theme: Theme, sentence: Callable[[Any], str], token: Callable[[Any], str] | None = None
    ) -> None:
        self._theme = theme
        self._sentence = sentence
        self._token = token

    def __call__(self, painter: QPainter, rect: QRect, row: Any, state: RowState) -> None:
        token = self._token(row) if self._token else "text.muted"
        paint_sentence(
            painter, self._theme, rect, self._sentence(row), text_room(box_of(rect), None, _SIDE), token
        )


class RequestPainter:
    """A RowPainter for the requests' last column; ``hovered`` is the key of the button under the pointer."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.hovered: object = None

    def button(self, rect: QRect, listed: Listed) -> tuple[Deed, Box] | None:
        """Return what the button in the cell *rect* does and where it stands, None if there is none."""
        deed = deed_of(listed)
        if deed is None:
            return None
        metrics = self._theme.metrics("caption")
        box = button_box(box_of(rect), metrics.horizontalAdvance(tr(DEED_TITLES[deed])), metrics.height())
        return None if box is None else (deed, box)

    def __call__(self, painter: QPainter, rect: QRect, row: Any, state: RowState) -> None:
        listed: Listed = row
        found = self.button(rect, listed)
        room = text_room(box_of(rect), found[1] if found else None, _SIDE)
        token = "accent.text" if listed.request.issue_short else "text.muted"
        paint_sentence(painter, self._theme, rect, what_happened(listed), room, token)
        if found is not None:
            self._paint_button(painter, *found, hovered=self.hovered == listed.request.id)

    def _paint_button(self, painter: QPainter, deed: Deed, box: Box, *, hovered: bool) -> None:
        theme = self._theme
        rect = QRectF(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("border"), 1))
        painter.setBrush(theme.color("bg.hover" if hovered else "bg.raised"))
        painter.drawRoundedRect(rect, RADIUS, RADIUS)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text" if hovered else "text.muted"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, tr(DEED_TITLES[deed]))
