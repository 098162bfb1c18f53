"""A table whose rows are known by key: which are in sight, current and selected; and the keys that move."""

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QTableView, QWidget

from vedette.desktop.widgets.paged_model import PagedModel

if TYPE_CHECKING:
    from vedette.desktop.widgets.row_bands import RowBands


class KeyedTable(QTableView):
    """Rows of a PagedModel, which keep what they are by key while others come and go.

    J/K and the arrows move, with Shift they extend; Home and End jump, Enter and O open, Space peeks. On a
    band Enter, O and Space fold; Left and Right fold and unfold the group one is in.
    """

    rowOpened = Signal(object)
    """Enter, O or a double click on a row; carries its key."""
    rowOpenedApart = Signal(object)
    """A middle click on a row: its key."""
    rowPeeked = Signal(object)
    currentRowChanged = Signal(object)
    """The current row's key, or None."""
    selectedKeysChanged = Signal(list)
    wentHome = Signal()
    """The user asked for the top, by Home."""
    bandToggled = Signal(object)
    """The band with this key is to be folded, or unfolded if it is."""
    foldWanted = Signal(object, bool)
    """The band with this key is to be folded (True) or unfolded."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pivot: Hashable | None = None  # where Shift began to extend
        self._bands: RowBands | None = None
        self.row_pixels = 28
        """The height of a row that is no band."""

    def paged_model(self) -> PagedModel[Any] | None:
        """Return the model, None before ``set_model``."""
        model = self.model()
        return model if isinstance(model, PagedModel) else None

    # ---------------------------------------------------------------- what is seen

    def visible_rows(self) -> range:
        """Return the positions of the rows at least partly in sight."""
        count = self.model().rowCount() if self.model() else 0
        if not self.has_bands():
            top = self.verticalScrollBar().value()
            first = min(count, top // self.row_pixels)
            last = min(count, -(-(top + self.viewport().height()) // self.row_pixels))
            return range(first, last)
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        return range(0 if first < 0 else first, count if last < 0 else last + 1)

    def row_at(self, point: QPoint) -> int:
        """Return the position of the row under *point* (viewport coordinates), -1 for none."""
        return self.rowAt(point.y())

    def row_rect(self, position: int) -> QRect:
        """Return the row's rectangle in viewport coordinates, also when out of sight."""
        top = self.top_of(position) - self.verticalScrollBar().value()
        high = self.row_pixels if not self.has_bands() else self.verticalHeader().sectionSize(position)
        return QRect(0, top, self.viewport().width(), high)

    def top_of(self, position: int) -> int:
        """Return how far the row at *position* begins below the top of the first."""
        if not self.has_bands():
            return position * self.row_pixels
        return self.verticalHeader().sectionPosition(position)

    def is_at_top(self) -> bool:
        """Return whether the first row is wholly in sight."""
        return self.verticalScrollBar().value() == 0

    def has_bands(self) -> bool:
        """Return whether some rows are bands, and so lower than the others."""
        return self._bands is not None and bool(self._bands.places)

    def is_band_at(self, position: int) -> bool:
        """Return whether the row at *position* is a band."""
        return self._bands is not None and self._bands.is_band_at(position)

    # ---------------------------------------------------------------- current and selected, by key

    def current_key(self) -> Hashable | None:
        """Return the key of the current row, None if there is none."""
        model, index = self.paged_model(), self.currentIndex()
        return model.key_at(index.row()) if model is not None and index.isValid() else None

    def selected_keys(self) -> list[Hashable]:
        """Return the keys of the selected rows, in list order."""
        model, selection = self.paged_model(), self.selectionModel()
        if model is None or selection is None:
            return []
        return [model.key_at(at) for at in sorted(index.row() for index in selection.selectedRows())]

    def select_key(self, key: Hashable, *, reveal: bool = True) -> bool:
        """Make the row with *key* current and selected; return whether it is held."""
        model = self.paged_model()
        at = model.position_of(key) if model is not None else None
        if at is None:
            return False
        self._go_to(at, reveal=reveal)
        return True

    def step(self, by: int, *, extend: bool = False) -> None:
        """Move the current row by *by* rows, held at the ends."""
        count = self.model().rowCount() if self.model() else 0
        if not count:
            return
        current = self.currentIndex()
        if not current.isValid():
            target = 0 if by > 0 else count - 1
        elif not self.selectionModel().isRowSelected(current.row(), QModelIndex()):
            target = current.row()  # Qt makes the first row current on focus; the first step selects it
        else:
            target = min(count - 1, max(0, current.row() + by))
        self._go_to(target, extend=extend)

    def go_home(self) -> None:
        """Make the first row current and let new rows flow in again."""
        self.verticalScrollBar().setValue(0)
        if self.model() and self.model().rowCount():
            self._go_to(0)

    def go_end(self) -> None:
        """Make the last row held current."""
        if self.model() and (count := self.model().rowCount()):
            self._go_to(count - 1)

    def open_current(self) -> None:
        """Open the current row, as Enter does."""
        if (key := self.current_key()) is not None:
            self.rowOpened.emit(key)

    def _go_to(self, at: int, *, extend: bool = False, reveal: bool = True) -> None:
        flags = QItemSelectionModel.SelectionFlag
        how = flags.ClearAndSelect | flags.Rows
        index = self.model().index(at, 0)
        pivot = self._begin_extending() if extend else None
        if pivot is None:
            self._pivot = None
            self.selectionModel().setCurrentIndex(index, how)
        else:
            self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
            self.selectionModel().select(QItemSelection(self.model().index(pivot, 0), index), how)
        if reveal:
            self._reveal(index)

    def _begin_extending(self) -> int | None:
        """Return the row from which Shift extends."""
        model = self.paged_model()
        if self._pivot is None:
            self._pivot = self.current_key()
        return None if model is None else model.position_of(self._pivot)

    def _reveal(self, index: QModelIndex) -> None:
        self.scrollTo(index)
        covered = 0 if self._bands is None or self.is_band_at(index.row()) else self._bands.covered()
        above = covered - self.row_rect(index.row()).top()
        if above > 0:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - above)

    # ---------------------------------------------------------------- keys

    def act_on(self, key: int, *, shift: bool) -> bool:
        """Do what *key* means in a list; return whether it means anything."""
        if key in (Qt.Key.Key_J, Qt.Key.Key_Down):
            self.step(1, extend=shift)
        elif key in (Qt.Key.Key_K, Qt.Key.Key_Up):
            self.step(-1, extend=shift)
        elif not shift:
            return self._act_at(Qt.Key(key))
        else:
            return False
        return True

    def _act_at(self, key: Qt.Key) -> bool:
        """Do what *key* means for the current row or the whole list; return whether it means anything."""
        current = self.current_key()
        opens = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_O)
        if key == Qt.Key.Key_Home:
            self.go_home()
            self.wentHome.emit()
        elif key == Qt.Key.Key_End:
            self.go_end()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return self._fold(fold=key == Qt.Key.Key_Left)
        elif (opens or key == Qt.Key.Key_Space) and self.is_on_band():
            self.bandToggled.emit(current)
        elif opens:
            self.open_current()
        elif key == Qt.Key.Key_Space:
            if current is not None:
                self.rowPeeked.emit(current)
        else:
            return False
        return True

    def is_on_band(self) -> bool:
        """Return whether the current row is a band."""
        index = self.currentIndex()
        return index.isValid() and self.is_band_at(index.row())

    def _fold(self, *, fold: bool) -> bool:
        """Have the group one is in folded, or unfolded; return whether there is one."""
        model, index = self.paged_model(), self.currentIndex()
        if self._bands is None or model is None or not index.isValid():
            return False
        band = self._bands.band_of(index.row())
        if band is None:
            return False
        key = model.key_at(band)
        if fold and band != index.row():
            self._go_to(band)
        self.foldWanted.emit(key, fold)
        return True
