"""A table for huge lists: fixed row height, one painted column, rows that stay where the user's eye is.

Why QTableView: with a million rows it shows in 40 ms, where list and tree views take seconds; and why one
painted column: a Python delegate for every cell costs a frame.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QCursor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.keyed_table import KeyedTable
from vedette.desktop.widgets.paged_model import PagedModel, RowRole, SortRole
from vedette.desktop.widgets.row_anchor import RowAnchor
from vedette.desktop.widgets.row_bands import BandPainter, RowBands
from vedette.desktop.widgets.sort_header import SortHeader

Index = QModelIndex | QPersistentModelIndex
_DIMMED = 130  # of 255: how much of the ground covers rows that are dimmed


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
        if row is None or self._view.is_band_at(index.row()):
            return
        painter.save()
        painter.setClipRect(option.rect)
        self._paint_row(painter, option.rect, row, self._view.row_state(index.row()))
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, self._view.row_pixels)


class PaintedList(KeyedTable):
    """A list of rows from a PagedModel. Selection, current row and scroll position are kept by row key.

    ``row_lines`` are the font roles stacked in a row and give its height.
    """

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
        self._is_dimmed = False
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
        header = SortHeader(self)
        self.setHorizontalHeader(header)
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
        self._fit_bands()
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
        model.rowsRemoved.connect(self._after_change)
        model.layoutChanged.connect(self._after_change)
        model.modelReset.connect(self._after_reset)

    def set_painter(self, column: int, paint_row: RowPainter) -> None:
        """Draw *column* with *paint_row* and let it take the free width."""
        self.setItemDelegateForColumn(column, RowDelegate(paint_row, self))
        self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def set_bands(self, is_band: Callable[[Any], bool], paint: BandPainter) -> None:
        """Draw rows of which *is_band* is true with *paint*, across all columns and a line high.

        The band above what is in sight stays at the top.
        """
        self._bands = RowBands(self, self, is_band=is_band, paint=paint, pixels=self._band_pixels)
        self._bands.clicked.connect(self.bandToggled)
        self._fit_bands()

    def _band_pixels(self) -> int:
        return self._theme.row_height("title")

    def set_dimmed(self, dimmed: bool) -> None:
        """Draw the rows pale: they answer an earlier question than the one asked now."""
        if dimmed != self._is_dimmed:
            self._is_dimmed = dimmed
            self.viewport().update()

    def set_column_width(self, column: int, characters: int) -> None:
        """Make *column* wide enough for *characters* digits and the cell's margins."""
        digits = self._theme.metrics("number").horizontalAdvance("0") * characters
        self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        self.setColumnWidth(column, round(digits) + 20)

    # What is seen

    def row_state(self, position: int) -> RowState:
        """Return how the row at *position* is to be drawn."""
        selection = self.selectionModel()
        selected = selection is not None and selection.isRowSelected(position, QModelIndex())
        return RowState(selected, position == self._hovered, self.isActiveWindow())

    @property
    def newer_count(self) -> int:
        """How many rows arrived above the view since its top was last in sight."""
        return self._newer

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
            scroll = self.verticalScrollBar().value()
            self._anchor = RowAnchor(
                tuple((model.key_at(at), self.top_of(at) - scroll) for at in self.visible_rows())
            )

    def _fit_bands(self) -> None:
        if self._bands is not None:
            self._bands.fit()

    def _after_change(self) -> None:
        self._fit_bands()
        self._restore_anchor()

    def _restore_anchor(self) -> None:
        model = self.paged_model()
        if self._anchor is None or model is None:
            return
        self.updateGeometries()
        value = self._anchor.scroll(model.position_of, self.top_of)
        if value is not None:
            self.verticalScrollBar().setValue(value)

    def _after_insert(self, parent: QModelIndex, first: int, last: int) -> None:
        self._fit_bands()
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
        self._pivot = None
        self._fit_bands()
        self.verticalScrollBar().setValue(0)
        self._set_newer(0)
        self.currentRowChanged.emit(None)

    def _note_scroll(self, value: int) -> None:
        if self._bands is not None:
            self._bands.place()
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
        at = self.row_at(event.position().toPoint())
        model = self.paged_model()
        if event.button() == Qt.MouseButton.MiddleButton:
            if at >= 0 and model is not None and not self.is_band_at(at):
                self.rowOpenedApart.emit(model.key_at(at))
        elif event.button() == Qt.MouseButton.LeftButton and at >= 0 and self.is_band_at(at):
            self._go_to(at, reveal=False)
            if model is not None:
                self.bandToggled.emit(model.key_at(at))
        else:
            self._pivot = None
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
            and self.act_on(event.key(), shift=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        ):
            super().keyPressEvent(event)

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
        self._paint_over(event.rect())

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

    def _paint_over(self, exposed: QRect) -> None:
        """Draw hairlines, bands and the ring around the current row, then pale what is dimmed."""
        painter = QPainter(self.viewport())
        painter.setPen(QPen(self._theme.color("border.faint" if len(self._lines) < 2 else "border"), 1))
        for at in self.visible_rows():
            rect = self.row_rect(at)
            if rect.intersects(exposed):
                painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        if self._bands is not None and self._bands.places:
            self._bands.paint_rows(painter, exposed)
        if self._is_dimmed:
            ground = QColor(self._theme.color("bg.canvas"))
            ground.setAlpha(_DIMMED)
            painter.fillRect(exposed, ground)
        if self._ring and self.hasFocus() and self.currentIndex().isValid():
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.row_rect(self.currentIndex().row()).adjusted(1, 1, -1, -2))
        painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._bands is not None:
            self._bands.place()
