"""The waterfall: tree on the left, bars on the right, one widget that paints the rows in sight."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget
from typing_extensions import override

from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.trace.colouring import Colouring, Inks
from vedette.desktop.trace.critical_path import Path
from vedette.desktop.trace.describe import read_aloud
from vedette.desktop.trace.find import NO_MATCHES, Matches
from vedette.desktop.trace.folding import Folding
from vedette.desktop.trace.paint import RowPainter, row_height
from vedette.desktop.trace.pointer import TREE_SHARE, Pointer
from vedette.desktop.trace.repeats import Repeat, repeat_of
from vedette.desktop.trace.row import Row
from vedette.desktop.trace.rows import RowList
from vedette.desktop.trace.ruler import Ruler
from vedette.desktop.trace.time_window import TimeWindow
from vedette.desktop.trace.tree import TraceTree
from vedette.desktop.widgets import units
from vedette.desktop.widgets.accessible import announce_current, describe_rows_of

_LEAST_TREE, _LEAST_TIME = 120, 120


class Waterfall(QAbstractScrollArea):
    """Rows of a trace. Keeps the current row by node, and its pixel position while rows fold above it."""

    currentChanged = Signal(object)
    """The current node, or None."""
    activated = Signal(int)
    """Enter, or a double click on the name of a row; carries its node."""
    rowsChanged = Signal()
    """Folding, grouping or gaps changed."""
    treeShareChanged = Signal()
    """The divider was moved."""
    menuWanted = Signal(QPoint)
    """The menu of the current row is wanted there, on the screen."""

    def __init__(self, theme: Theme, window: TimeWindow, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._painter = RowPainter(theme)
        self.window_of_time = window
        self.rows: RowList | None = None
        self.matches: Matches = NO_MATCHES
        self.dims = False
        """Whether rows that were not found step back while something is looked for."""
        self.path: Path = {}
        self.colouring = Colouring.CATEGORY
        self._inks: Inks | None = None
        self._repeats: dict[int, Repeat | None] = {}
        self._current: int | None = None
        self._ring = False
        self._share = TREE_SHARE
        self.folding = Folding(self)
        self.pointer = Pointer(self)
        self.row_pixels = row_height(theme)
        self.setObjectName(name)
        self.setAccessibleName(tr("Spans"))
        self.setProperty("commandContext", "trace")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setProperty("role", "canvas")
        self.ruler = Ruler(theme, window, name=f"{name}.ruler", parent=self)
        window.changed.connect(self.viewport().update)
        theme.changed.connect(self._follow_theme)
        describe_rows_of(Waterfall)
        self._follow_theme()

    # Content

    @property
    def tree(self) -> TraceTree | None:
        """The trace shown."""
        return None if self.rows is None else self.rows.tree

    def set_rows(self, rows: RowList | None) -> None:
        """Show another trace from its top; nothing is current."""
        self.rows = rows
        self.matches, self.path = NO_MATCHES, {}
        self._inks = None if rows is None else Inks(rows.tree, self.colouring)
        self._repeats.clear()
        self._current = None
        self.verticalScrollBar().setValue(0)
        self._rows_changed()
        self.currentChanged.emit(None)

    def set_matches(self, matches: Matches) -> None:
        """Mark what was found."""
        self.matches = matches
        self.viewport().update()

    def set_path(self, path: Path) -> None:
        """Underline the critical path, or nothing with {}."""
        self.path = path
        self.viewport().update()

    def set_colouring(self, colouring: Colouring) -> None:
        """Colour the bars by something else."""
        self.colouring = colouring
        self._inks = None if self.rows is None else Inks(self.rows.tree, colouring)
        self.viewport().update()

    @property
    def inks(self) -> Inks | None:
        """The colours of the bars."""
        return self._inks

    def set_dims(self, on: bool) -> None:
        """Let rows that were not found step back, or not."""
        self.dims = on
        self.viewport().update()

    def repeat_of(self, node: int) -> Repeat | None:
        """Return what is repeated at *node*, None for most."""
        if self.rows is None:
            return None
        if node not in self._repeats:
            self._repeats[node] = repeat_of(self.rows.tree, node)
        return self._repeats[node]

    def hint(self, node: int) -> str:
        """Return a sentence on what could be better at *node*, "" for most."""
        repeat = self.repeat_of(node)
        if repeat is None:
            return ""
        return tr("N+1: {count} queries of one shape, {total} in all").format(
            count=f"{repeat.spans:,}", total=units.duration(repeat.total)
        )

    # What is seen

    def visible_rows(self) -> range:
        """Return the rows at least partly in sight."""
        top = self.verticalScrollBar().value()
        first = min(self._count(), top // self.row_pixels)
        last = min(self._count(), -(-(top + self.viewport().height()) // self.row_pixels))
        return range(first, last)

    def row_at(self, point: QPoint) -> int:
        """Return the row under *point* (viewport coordinates), -1 for none."""
        row = (point.y() + self.verticalScrollBar().value()) // self.row_pixels
        return row if 0 <= row < self._count() else -1

    def row_rect(self, row: int) -> QRect:
        """Return a row's rectangle in viewport coordinates, also when out of sight."""
        top = row * self.row_pixels - self.verticalScrollBar().value()
        return QRect(0, top, self.viewport().width(), self.row_pixels)

    def node_at(self, row: int) -> int:
        """Return the node in *row*. Raises IndexError."""
        if self.rows is None:
            raise IndexError(row)
        return self.rows.nodes[row]

    def sentence(self, row: int) -> str:
        """Return *row* as a screen reader says it, "" when there is no such row."""
        rows = self.rows
        if rows is None or not 0 <= row < len(rows):
            return ""
        node = rows.nodes[row]
        hidden = self.matches.below(rows.tree, node) if rows.hides(node) else 0
        fold = {"open": tr("expanded"), "closed": tr("collapsed")}.get(self.folding.mark(node), "")
        return read_aloud(
            rows.tree.node(node),
            level=rows.depths[row] + 1,
            fold=fold,
            matches=hidden,
            on_path=node in self.path,
            hint=self.hint(node),
        )

    def tree_width(self) -> int:
        """Return how many pixels the tree column takes."""
        width = self.viewport().width()
        return max(_LEAST_TREE, min(round(width * self._share), max(_LEAST_TREE, width - _LEAST_TIME)))

    @property
    def tree_share(self) -> float:
        """The share of the width the tree column has."""
        return self._share

    def set_tree_share(self, share: float, *, tell: bool = True) -> None:
        """Give the tree column *share* of the width."""
        self._share = min(0.9, max(0.05, share))
        self._lay_out()
        if tell:
            self.treeShareChanged.emit()

    def menu_point(self) -> QPoint:
        """Return where the menu of the current row opens by key: under its name."""
        rect = self.row_rect(max(0, self.current_row()))
        return self.viewport().mapToGlobal(QPoint(40, rect.bottom()))

    def _count(self) -> int:
        return 0 if self.rows is None else len(self.rows)

    # Moving

    @property
    def current(self) -> int | None:
        """The current node."""
        return self._current

    def current_row(self) -> int:
        """Return the row of the current node, -1 without."""
        if self.rows is None or self._current is None:
            return -1
        row = self.rows.row_of(self._current)
        return -1 if row is None else row

    def select(self, node: int | None, *, reveal: bool = True) -> None:
        """Make *node* current, unfolding what hides it and scrolling to it as *reveal* says."""
        if self.rows is None or node is None:
            self._set_current(None)
            return
        if self.rows.row_of(node) is None and reveal:
            before = len(self.rows)
            self.rows.reveal(node)
            if len(self.rows) != before:
                self._rows_changed()
        row = self.rows.nearest_row(node)
        self._set_current(self.rows.nodes[row] if row >= 0 else None)
        if reveal and row >= 0:
            self.scroll_to(row)

    def step(self, by: int) -> None:
        """Move the current row by *by*, held at the ends; the first step selects the first row in sight."""
        if not self._count():
            return
        row = self.current_row()
        target = self.visible_rows().start if row < 0 else min(self._count() - 1, max(0, row + by))
        self.select(self.node_at(target))

    def scroll_to(self, row: int) -> None:
        """Bring *row* into sight with as little movement as will do."""
        rect, height = self.row_rect(row), self.viewport().height()
        bar = self.verticalScrollBar()
        if rect.top() < 0:
            bar.setValue(bar.value() + rect.top())
        elif rect.bottom() > height - 1:
            bar.setValue(bar.value() + rect.bottom() - height + 1)

    def _set_current(self, node: int | None) -> None:
        if node == self._current:
            return
        self._current = node
        self.viewport().update()
        announce_current(self)
        self.currentChanged.emit(node)

    # Changing the rows

    def change_rows(self, change: Callable[[RowList], object], node: int | None) -> None:
        """Change the rows; *node*, or the first row in sight, stays at its pixel."""
        rows = self.rows
        if rows is None or not len(rows):
            return
        held = node if node is not None and rows.row_of(node) is not None else None
        if held is None:
            held = rows.nodes[min(self.visible_rows().start, len(rows) - 1)]
        row = rows.row_of(held)
        before = self.row_rect(row if row is not None else 0).top()
        change(rows)
        after = rows.nearest_row(held)
        self._rows_changed()
        self.verticalScrollBar().setValue(after * self.row_pixels - before)
        if self._current is not None and rows.row_of(self._current) is None:
            nearest = rows.nearest_row(self._current)
            self._set_current(rows.nodes[nearest] if nearest >= 0 else None)

    def _rows_changed(self) -> None:
        self.pointer.hovered = -1
        self._update_range()
        self.viewport().update()
        self.rowsChanged.emit()

    # Measures

    def _follow_theme(self) -> None:
        self.row_pixels = row_height(self.theme)
        self.verticalScrollBar().setSingleStep(self.row_pixels)
        self._lay_out()

    def _lay_out(self) -> None:
        height = self.ruler.sizeHint().height()
        self.setViewportMargins(0, height, 0, 0)
        self.ruler.setGeometry(0, 0, self.width(), height)
        self.ruler.set_left(self.tree_width())
        self.window_of_time.set_width(max(1, self.viewport().width() - self.tree_width()))
        self._update_range()
        self.viewport().update()

    def _update_range(self) -> None:
        height = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._count() * self.row_pixels - height))
        bar.setPageStep(height)

    @override
    def sizeHint(self) -> QSize:
        return QSize(720, 420)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if self.window_of_time.vitals:
            self.viewport().update()  # their dashes would not meet across the moved part
        else:
            self.viewport().scroll(0, dy)

    # Drawing

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.theme.color("bg.canvas"))
        rows = self.rows
        if rows is not None:
            top = self.verticalScrollBar().value()
            first = (event.rect().top() + top) // self.row_pixels
            last = min(len(rows), (event.rect().bottom() + top) // self.row_pixels + 1)
            active = self.isActiveWindow()
            for row in range(max(0, first), last):
                self._paint_row(painter, rows, row, active)
        tree_width = self.tree_width()
        self._paint_vitals(painter, tree_width)
        painter.setPen(QPen(self.theme.color("border"), 1))
        painter.drawLine(tree_width - 1, event.rect().top(), tree_width - 1, event.rect().bottom())
        if self.hasFocus() and self._ring:
            self._paint_ring(painter)
        painter.end()

    def _paint_row(self, painter: QPainter, rows: RowList, row: int, active: bool) -> None:
        number = rows.nodes[row]
        tree = rows.tree
        fold = self.folding.mark(number)
        hides = fold == "closed"
        node = tree.node(number)
        drawn = Row(
            node=node,
            depth=rows.depths[row],
            top=self.row_rect(row).top(),
            fold=fold,
            selected=number == self._current,
            hovered=row == self.pointer.hovered,
            match=self.matches.holds(number),
            hidden_matches=self.matches.below(tree, number) if hides else 0,
            hidden_errors=tree.errors_below(number) - node.errors if hides else 0,
            path=tuple(self.path.get(number, ())),
            dimmed=self._is_dimmed(tree, number, hides),
            repeats=self.repeat_of(number) is not None,
        )
        scale = self.window_of_time.scale
        if self._inks is not None:
            self._painter.paint(
                painter, tree, drawn, self._inks, scale, self.tree_width(), self.row_pixels, active
            )

    def _is_dimmed(self, tree: TraceTree, node: int, hides: bool) -> bool:
        if not self.dims or not self.matches.text or node == self._current:
            return False
        return not (self.matches.holds(node) or (hides and self.matches.below(tree, node)))

    def _paint_vitals(self, painter: QPainter, left: int) -> None:
        scale = self.window_of_time.scale
        painter.setPen(QPen(self.theme.color("text.faint"), 1, Qt.PenStyle.DashLine))
        for vital in self.window_of_time.vitals:
            x = scale.x(vital.moment)
            if 0 <= x <= scale.width:
                painter.drawLine(round(left + x), 0, round(left + x), self.viewport().height())

    def _paint_ring(self, painter: QPainter) -> None:
        row = self.current_row()
        painter.setPen(QPen(self.theme.color("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        rect = self.row_rect(row) if row >= 0 else self.viewport().rect()
        painter.drawRect(QRectF(rect).adjusted(1, 1, -1, -2))

    # Pointer

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.pointer.wheel(event):
            event.accept()
        else:
            super().wheelEvent(event)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        return self.pointer.viewport_event(event) or super().viewportEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._ring = False
        self.pointer.press(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointer.move(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pointer.release()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.pointer.double_click(event.position().toPoint())

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        self.menuWanted.emit(self.menu_point() if by_key else event.globalPos())

    # Zooming

    def zoom_to(self, node: int) -> None:
        """Let a node's time fill the width, with a little air."""
        tree = self.tree
        if tree is not None:
            self.window_of_time.show(int(tree.begins[node]), int(tree.ends[node]), air=0.08)

    # Keys and focus

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._ring = True
        self.viewport().update()
        page = max(1, self.viewport().height() // self.row_pixels - 1)
        steps = {
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_End: self._count(),
            Qt.Key.Key_Home: -self._count(),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.step(step)
        else:
            # Not the scroll area's: its arrows would scroll without moving the current row.
            event.ignore()

    def show_ring(self) -> None:
        """Show where the keyboard is; commands run from keys call this."""
        self._ring = True
        self.viewport().update()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self.viewport().update()
