"""The list of requests: a painted list whose rows may hold a button."""

from collections.abc import Hashable

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from vedette.desktop.ingest.layout import OUTCOME, WHAT, WIDTHS, hidden_columns
from vedette.desktop.ingest.model import outcome_token, outcome_word
from vedette.desktop.ingest.paint import RequestPainter, WordPainter, paint_words
from vedette.desktop.ingest.wording import Deed, Listed
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.paged_model import PagedModel
from vedette.desktop.widgets.painted_list import PaintedList


class RequestList(PaintedList):
    """Requests, newest first. Columns make way as the list gets narrow."""

    deedChosen = Signal(object, object)
    """A row's button was pressed: the row's key, and the Deed."""

    def __init__(self, theme: Theme, *, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name=name, title=title, parent=parent)
        self._button_painter = RequestPainter(theme)
        self._pressed: Hashable | None = None
        self.setSelectionMode(PaintedList.SelectionMode.SingleSelection)

    def show_model(self, model: PagedModel[Listed]) -> None:
        """Show *model*, whose columns are those of `request_columns`."""
        self.set_model(model)
        self.set_painter(WHAT, self._button_painter)
        paint_words(self, OUTCOME, WordPainter(self._theme, outcome_word, outcome_token))
        self._set_widths()

    @override
    def apply_theme(self) -> None:
        super().apply_theme()
        if self.model() is not None:
            self._set_widths()

    def _set_widths(self) -> None:
        for column, digits in WIDTHS.items():
            self.set_column_width(column, digits)
        self._hide_columns(self.width())

    def _hide_columns(self, width: int) -> None:
        hidden = hidden_columns(width)
        for column in range(OUTCOME + 1):
            if self.isColumnHidden(column) != (column in hidden):
                self.setColumnHidden(column, column in hidden)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.model() is not None:
            self._hide_columns(event.size().width())

    # The button

    def button_rect(self, position: int) -> QRect | None:
        """Return where the button of the row at *position* is in the viewport, None if it has none."""
        found = self._button_at(position)
        return found[1] if found else None

    def _button_at(self, position: int) -> tuple[Deed, QRect] | None:
        model = self.paged_model()
        if model is None or not 0 <= position < len(model.rows):
            return None
        cell = self.visualRect(model.index(position, WHAT))
        found = self._button_painter.button(cell, model.row(position))
        if found is None:
            return None
        deed, box = found
        return deed, QRect(round(box.x), round(box.y), round(box.width), round(box.height))

    def _key_under(self, point: QPoint) -> Hashable | None:
        """Return the key of the row whose button is under *point*."""
        model, position = self.paged_model(), self.row_at(point)
        found = self._button_at(position)
        if model is None or found is None or not found[1].contains(point):
            return None
        return model.key_at(position)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self._key_under(event.position().toPoint())
        super().mousePressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        key, self._pressed = self._pressed, None
        if key is not None and self._key_under(event.position().toPoint()) == key:
            self.press_button(key)

    def press_button(self, key: Hashable) -> bool:
        """Do what the button of the row with *key* does; return whether it has one."""
        model = self.paged_model()
        position = model.position_of(key) if model is not None else None
        found = self._button_at(position) if position is not None else None
        if found is None:
            return False
        self.deedChosen.emit(key, found[0])
        return True

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover_button(self._key_under(event.position().toPoint()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover_button(None)

    def _hover_button(self, key: Hashable | None) -> None:
        if key != self._button_painter.hovered:
            self._button_painter.hovered = key
            self.viewport().setCursor(
                Qt.CursorShape.ArrowCursor if key is None else Qt.CursorShape.PointingHandCursor
            )
            self.viewport().update()
