"""A table for huge lists: fixed row height, one painted column, rows that stay where the user's eye is.

Why QTableView: with a million rows it shows in 40 ms, where list and tree views take seconds; and why one
painted column: a Python delegate for every cell costs a frame.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QCursor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.paged_model import PagedModel, RowRole, SortRole
from vedette.desktop.widgets.row_anchor import RowAnchor

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class RowState:
    """How a row is to be drawn."""

    selected: bool
    hovered: bool
    active: bool
    """Whether the list's window has the keyboard; selection is paler without."""


class RowPainter(Protocol):
    """Draws the painted column of one row into *rect*; the ground is already filled."""

    def __call__(self, painter: QPainter, rect: QRect, row: Any, state: RowState) -> None: ...


class RowDelegate(QStyledItemDelegate):
    """Calls a RowPainter once per visible row; give it to one column only."""

    def __init__(self, paint_row: RowPainter, view: "PaintedList") -> None:
        super().__init__(view)
        self._paint_row = paint_row
        self._view = view

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(RowRole)
        if row is None:
            return
        painter.save()
        painter.setClipRect(option.rect)
        self._paint_row(painter, option.rect, row, self._view.row_state(index.row()))
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, self._view.row_pixels)


class PaintedList(QTableView):
    """A list of rows from a PagedModel. Selection, current row and scroll position are kept by row key.

    J/K and the arrows move, Home and End jump, Enter and O open, Space peeks. ``row_lines`` are the font
    roles stacked in a row and give its height.
    """

    rowOpened = Signal(object)
    """Enter, O or a double click on a row; carries its key."""
    rowPeeked = Signal(object)
    currentRowChanged = Signal(object)
    """The current row's key, or None."""
    selectedKeysChanged = Signal(list)
    sortRequested = Signal(str)
    """A header was clicked; carries the column's sort key."""
    newerCountChanged = Signal(int)
    """So many rows have arrived above the view unseen; 0 when the top is in sight."""

    def __init__(
        self,
        theme: Theme,
        *,
        name: str,
        title: str,
        row_lines: tuple[str, ...] = ("body",),
        header: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines = row_lines
        self._hovered = -1
        self._anchor: RowAnchor | None = None
        self._newer = 0
        self._ring = False
        self.row_pixels = 28
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setProperty("commandContext", "list")
        self.setProperty("painted", "true")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._set_up_header(header)
        self.doubleClicked.connect(self._open_index)
        self.verticalScrollBar().valueChanged.connect(self._note_scroll)
        theme.changed.connect(self.apply_theme)
        self.apply_theme()

    def _set_up_header(self, visible: bool) -> None:
        header = self.horizontalHeader()
        header.setVisible(visible)
        header.setHighlightSections(False)
        header.setSectionsMovable(False)
        header.setMinimumSectionSize(32)
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._sort_by)
        header.setAccessibleName(tr("{title}: columns").format(title=self.accessibleName()))

    def apply_theme(self) -> None:
        """Take fonts and heights from the theme again."""
        self._remember_anchor()
        self.setFont(self._theme.font("number"))
        self.row_pixels = self._theme.row_height(*self._lines)
        self.verticalHeader().setMinimumSectionSize(self.row_pixels)
        self.verticalHeader().setDefaultSectionSize(self.row_pixels)
        self.verticalScrollBar().setSingleStep(max(1, self.row_pixels // 2))
        self._restore_anchor()
        self.viewport().update()

    def set_row_lines(self, *roles: str) -> None:
        """Change which lines a row stacks, and so its height."""
        self._lines = roles
        self.apply_theme()

    def set_model(self, model: PagedModel[Any]) -> None:
        """Show *model*. Its changes above the view will not move what is in sight."""
        model.rowsAboutToBeInserted.connect(self._remember_anchor)
        model.rowsAboutToBeRemoved.connect(self._remember_anchor)
        model.layoutAboutToBeChanged.connect(self._remember_anchor)
        self.setModel(model)
        # Connected after the view's own slots, so the geometry is known when the anchor is put back.
        model.rowsInserted.connect(self._after_insert)
        model.rowsRemoved.connect(self._restore_anchor)
        model.layoutChanged.connect(self._restore_anchor)
        model.modelReset.connect(self._after_reset)

    def set_painter(self, column: int, paint_row: RowPainter) -> None:
        """Draw *column* with *paint_row* and let it take the free width."""
        self.setItemDelegateForColumn(column, RowDelegate(paint_row, self))
        self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def set_column_width(self, column: int, characters: int) -> None:
        """Make *column* wide enough for *characters* digits and the cell's margins."""
        digits = self._theme.metrics("number").horizontalAdvance("0") * characters
        self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        self.setColumnWidth(column, round(digits) + 20)

    def paged_model(self) -> PagedModel[Any] | None:
        """Return the model, None before ``set_model``."""
        model = self.model()
        return model if isinstance(model, PagedModel) else None

    # What is seen

    def row_state(self, position: int) -> RowState:
        """Return how the row at *position* is to be drawn."""
        selection = self.selectionModel()
        selected = selection is not None and selection.isRowSelected(position, QModelIndex())
        return RowState(selected, position == self._hovered, self.isActiveWindow())

    def visible_rows(self) -> range:
        """Return the positions of the rows at least partly in sight."""
        count = self.model().rowCount() if self.model() else 0
        top = self.verticalScrollBar().value()
        first = min(count, top // self.row_pixels)
        last = min(count, -(-(top + self.viewport().height()) // self.row_pixels))
        return range(first, last)

    def row_at(self, point: QPoint) -> int:
        """Return the position of the row under *point* (viewport coordinates), -1 for none."""
        return self.rowAt(point.y())

    def row_rect(self, position: int) -> QRect:
        """Return the row's rectangle in viewport coordinates, also when out of sight."""
        top = position * self.row_pixels - self.verticalScrollBar().value()
        return QRect(0, top, self.viewport().width(), self.row_pixels)

    def is_at_top(self) -> bool:
        """Return whether the first row is wholly in sight."""
        return self.verticalScrollBar().value() == 0

    @property
    def newer_count(self) -> int:
        """How many rows arrived above the view since its top was last in sight."""
        return self._newer

    # Current and selected, by key

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
        how = flags.Select if extend else flags.ClearAndSelect
        index = self.model().index(at, 0)
        self.selectionModel().setCurrentIndex(index, how | flags.Rows)
        if reveal:
            self.scrollTo(index)

    def _open_index(self, index: QModelIndex) -> None:
        self.open_current()

    def _sort_by(self, section: int) -> None:
        model = self.paged_model()
        key = model.headerData(section, Qt.Orientation.Horizontal, SortRole) if model else None
        if key:
            self.sortRequested.emit(key)

    # Staying put

    def _remember_anchor(self) -> None:
        model = self.paged_model()
        self._anchor = None
        if model is not None and model.rows:
            seen = self.visible_rows()
            keys = [model.key_at(at) for at in seen]
            self._anchor = RowAnchor(
                tuple(keys), self.verticalScrollBar().value() - seen.start * self.row_pixels
            )

    def _restore_anchor(self) -> None:
        model = self.paged_model()
        if self._anchor is None or model is None:
            return
        self.updateGeometries()
        value = self._anchor.scroll(self.row_pixels, model.position_of)
        if value is not None:
            self.verticalScrollBar().setValue(value)

    def _after_insert(self, parent: QModelIndex, first: int, last: int) -> None:
        if self._flows():
            self.updateGeometries()
            self.verticalScrollBar().setValue(0)
            return
        self._restore_anchor()
        if first < self.visible_rows().start:
            self._set_newer(self._newer + last - first + 1)

    def _flows(self) -> bool:
        """Return whether new rows may push the rest down: top in sight, nothing selected, no pointer here."""
        under_pointer = self.viewport().rect().contains(self.viewport().mapFromGlobal(QCursor.pos()))
        selected = self.selectionModel() is not None and self.selectionModel().hasSelection()
        return self.is_at_top() and not selected and not (self._hovered >= 0 and under_pointer)

    def _after_reset(self) -> None:
        self._anchor = None
        self._hovered = -1
        self.verticalScrollBar().setValue(0)
        self._set_newer(0)
        self.currentRowChanged.emit(None)

    def _note_scroll(self, value: int) -> None:
        if value == 0:
            self._set_newer(0)

    def _set_newer(self, count: int) -> None:
        if count != self._newer:
            self._newer = count
            self.newerCountChanged.emit(count)

    # What Qt asks

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row() or not previous.isValid():
            self.currentRowChanged.emit(self.current_key())

    @override
    def selectionChanged(self, selected: Any, deselected: Any) -> None:
        super().selectionChanged(selected, deselected)
        self.viewport().update()
        self.selectedKeysChanged.emit(self.selected_keys())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self.viewport().update()  # the selection is paler in a window without the keyboard

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._ring = False  # the pointer shows the place already; the next key brings the ring back
        super().mousePressEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._ring = True
        self.viewport().update()
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if not (
            plain
            and self._act_on(event.key(), shift=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        ):
            super().keyPressEvent(event)

    def _act_on(self, key: int, *, shift: bool) -> bool:
        if key in (Qt.Key.Key_J, Qt.Key.Key_Down):
            self.step(1, extend=shift)
        elif key in (Qt.Key.Key_K, Qt.Key.Key_Up):
            self.step(-1, extend=shift)
        elif key == Qt.Key.Key_Home and not shift:
            self.go_home()
        elif key == Qt.Key.Key_End and not shift:
            self.go_end()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_O) and not shift:
            self.open_current()
        elif key == Qt.Key.Key_Space and not shift:
            if (current := self.current_key()) is not None:
                self.rowPeeked.emit(current)
        else:
            return False
        return True

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.row_at(event.position().toPoint()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, position: int) -> None:
        if position != self._hovered:
            before, self._hovered = self._hovered, position
            for at in (before, position):
                if at >= 0:
                    self.viewport().update(self.row_rect(at))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._paint_grounds(event.rect())
        super().paintEvent(event)
        self._paint_lines(event.rect())

    def _paint_grounds(self, exposed: QRect) -> None:
        painter = QPainter(self.viewport())
        for at in self.visible_rows():
            rect = self.row_rect(at)
            if not rect.intersects(exposed):
                continue
            state = self.row_state(at)
            if state.selected:
                painter.fillRect(
                    rect, self._theme.color("bg.selected" if state.active else "bg.selected.inactive")
                )
            elif state.hovered:
                painter.fillRect(rect, self._theme.color("bg.hover"))
        painter.end()

    def _paint_lines(self, exposed: QRect) -> None:
        painter = QPainter(self.viewport())
        painter.setPen(QPen(self._theme.color("border.faint" if len(self._lines) < 2 else "border"), 1))
        for at in self.visible_rows():
            rect = self.row_rect(at)
            if rect.intersects(exposed):
                painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        if self._ring and self.hasFocus() and self.currentIndex().isValid():
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.drawRect(self.row_rect(self.currentIndex().row()).adjusted(1, 1, -1, -2))
        painter.end()
