"""Bands across a list: rows that head a group, lower than the others, the topmost staying in sight."""

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget
from typing_extensions import override

from vedette.desktop.widgets.paged_model import PagedModel


class BandPainter(Protocol):
    """Draws the band *row* into *rect*, its ground included."""

    def __call__(self, painter: QPainter, rect: QRect, row: Any, *, current: bool) -> None: ...


class BandedTable(Protocol):
    """What bands need of the list they are in."""

    row_pixels: int

    def paged_model(self) -> PagedModel[Any] | None: ...
    def visible_rows(self) -> range: ...
    def row_rect(self, position: int) -> QRect: ...
    def verticalHeader(self) -> QHeaderView: ...
    def viewport(self) -> QWidget: ...
    def selectionModel(self) -> QItemSelectionModel: ...


class RowBands(QWidget):
    """The bands of one list, and the one that stays at its top while its group is in sight.

    *is_band* says which rows are bands; *paint* draws one; *pixels* gives their height.
    """

    clicked = Signal(object)
    """The staying band was clicked; carries its key."""

    def __init__(
        self,
        table: BandedTable,
        parent: QTableView,
        *,
        is_band: Callable[[Any], bool],
        paint: BandPainter,
        pixels: Callable[[], int],
    ) -> None:
        super().__init__(parent)
        self._table = table
        self._is_band = is_band
        self._paint = paint
        self._pixels = pixels
        self._places: list[int] = []
        self._shown: int | None = None
        self.setObjectName(f"{parent.objectName()}.band")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    @property
    def places(self) -> list[int]:
        """The positions of the bands, in order."""
        return self._places

    def is_band_at(self, position: int) -> bool:
        """Return whether the row at *position* is a band."""
        model = self._table.paged_model()
        return model is not None and self._is_band(model.row(position))

    def band_of(self, position: int) -> int | None:
        """Return the position of the band whose group holds *position*, itself if it is one."""
        above = [place for place in self._places if place <= position]
        return above[-1] if above else None

    def fit(self) -> None:
        """Look for bands again and give each row its height. Call after every change of rows."""
        model = self._table.paged_model()
        if model is None:
            return
        before = self._places
        self._places = [at for at, row in enumerate(model.rows) if self._is_band(row)]
        if before or self._places:
            self._resize()
        self.place()

    def _resize(self) -> None:
        header = self._table.verticalHeader()
        bands, usual, low = set(self._places), self._table.row_pixels, self._pixels()
        header.setMinimumSectionSize(min(usual, low))
        for at in range(header.count()):
            wanted = low if at in bands else usual
            if header.sectionSize(at) != wanted:
                header.resizeSection(at, wanted)

    def covered(self) -> int:
        """Return how many pixels at the top of the list the staying band takes."""
        return self._pixels() if self._places else 0

    def place(self) -> None:
        """Put the staying band where it belongs: at the top, pushed out by the next one."""
        table = self._table
        seen = table.visible_rows()
        at = self.band_of(seen.start) if self._places and len(seen) else None
        self._shown = at
        if at is None or table.row_rect(at).top() >= 0:
            self.hide()
            return
        low = self._pixels()
        following = next((place for place in self._places if place > at), None)
        push = 0 if following is None else min(0, table.row_rect(following).top() - low)
        viewport = table.viewport().geometry()
        self.setGeometry(viewport.left(), viewport.top() + push, viewport.width(), low)
        model = table.paged_model()
        if model is not None:
            name = model.index(at, 0).data(Qt.ItemDataRole.AccessibleTextRole)
            self.setAccessibleName(str(name or ""))
        self.show()
        self.update()

    def paint_rows(self, painter: QPainter, exposed: QRect) -> None:
        """Draw the bands in sight over their cells."""
        table, model = self._table, self._table.paged_model()
        if model is None:
            return
        for at in table.visible_rows():
            rect = table.row_rect(at)
            if rect.intersects(exposed) and at < len(model.rows) and self._is_band(model.row(at)):
                self._paint(painter, rect, model.row(at), current=self._is_current(at))

    def _is_current(self, at: int) -> bool:
        selection = self._table.selectionModel()
        return selection is not None and selection.isRowSelected(at, QModelIndex())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        model = self._table.paged_model()
        if self._shown is None or model is None or self._shown >= len(model.rows):
            return
        painter = QPainter(self)
        row = model.row(self._shown)
        self._paint(painter, self.rect(), row, current=self._is_current(self._shown))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        model = self._table.paged_model()
        if self._shown is not None and model is not None and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(model.key_at(self._shown))

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel:
            event.ignore()  # the list scrolls
            return False
        return super().event(event)
