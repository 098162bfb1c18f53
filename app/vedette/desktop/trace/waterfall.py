"""The waterfall: tree on the left, bars on the right, one widget that paints the rows in sight."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget
from typing_extensions import override

from vedette.desktop.theme.theme import Theme
from vedette.desktop.trace.critical_path import Path
from vedette.desktop.trace.describe import read_aloud, tip_of
from vedette.desktop.trace.find import NO_MATCHES, Matches
from vedette.desktop.trace.paint import Row, RowPainter, mark_left, row_height
from vedette.desktop.trace.rows import Fold, RowList
from vedette.desktop.trace.ruler import Ruler
from vedette.desktop.trace.time_window import TimeWindow
from vedette.desktop.trace.tree import Kind, TraceTree
from vedette.desktop.widgets.accessible import announce_current, describe_rows_of
from vedette.desktop.widgets.plain_text import plain_tip

TREE_SHARE = 0.38
_LEAST_TREE, _LEAST_TIME = 120, 120
_GRIP = 4  # pixels on both sides of the divider that take hold of it
_NOTCH = 120
_ZOOM_STEP = 1.25


class Waterfall(QAbstractScrollArea):
    """Rows of a trace. Keeps the current row by node, and its pixel position while rows fold above it."""

    currentChanged = Signal(object)
    """The current node, or None."""
    activated = Signal(int)
    """Enter, or a double click on the name of a row; carries its node."""
    rowsChanged = Signal()
    """Folding, grouping or gaps changed."""

    def __init__(self, theme: Theme, window: TimeWindow, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._painter = RowPainter(theme)
        self.window_of_time = window
        self.rows: RowList | None = None
        self.matches: Matches = NO_MATCHES
        self.path: Path = {}
        self._current: int | None = None
        self._hovered = -1
        self._ring = False
        self._share = TREE_SHARE
        self._dragging = ""
        self._drag_x = 0.0
        self.row_pixels = row_height(theme)
        self.setObjectName(name)
        self.setAccessibleName("Spans")
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
        self._current, self._hovered = None, -1
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
        fold = {"open": "expanded", "closed": "collapsed"}.get(self._fold_mark(node), "")
        return read_aloud(rows.tree.node(node), level=rows.depths[row] + 1, fold=fold, matches=hidden)

    def tree_width(self) -> int:
        """Return how many pixels the tree column takes."""
        width = self.viewport().width()
        return max(_LEAST_TREE, min(round(width * self._share), max(_LEAST_TREE, width - _LEAST_TIME)))

    def set_tree_share(self, share: float) -> None:
        """Give the tree column *share* of the width."""
        self._share = min(0.9, max(0.05, share))
        self._lay_out()

    def _count(self) -> int:
        return 0 if self.rows is None else len(self.rows)

    def _fold_mark(self, node: int) -> str:
        rows = self.rows
        if rows is None or not rows.can_fold(node):
            return ""
        return "closed" if rows.hides(node) else "open"

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

    # Folding

    def toggle(self, node: int) -> None:
        """Turn the fold mark of *node*."""
        if self.rows is not None:
            self._change_rows(lambda rows: rows.toggle(node), node)

    def fold_current(self) -> None:
        """Fold the current row; a folded one or a leaf hands over to its parent."""
        rows, node = self.rows, self._current
        if rows is None or node is None:
            return
        if rows.can_fold(node) and rows.fold(node) != Fold.CLOSED:
            fold = Fold(rows.fold(node) - 1)
            self._change_rows(lambda r: r.set_fold(node, fold), node)
            return
        row = self.current_row()
        above = next((at for at in range(row - 1, -1, -1) if rows.depths[at] < rows.depths[row]), None)
        if above is not None:
            self.select(rows.nodes[above])

    def unfold_current(self) -> None:
        """Unfold the current row; an open one hands over to its first child."""
        rows, node = self.rows, self._current
        if rows is None or node is None or not rows.can_fold(node):
            return
        whole = Fold.WHOLE if rows.tree.kind[node] == Kind.CHAIN else Fold.OPEN
        if rows.fold(node) < whole:
            fold = Fold(rows.fold(node) + 1)
            self._change_rows(lambda r: r.set_fold(node, fold), node)
        else:
            self.step(1)

    def fold_siblings(self, fold: Fold) -> None:
        """Fold or unfold the current row and all beside it, a second time everything below."""
        node = self._current
        if node is not None:
            self._change_rows(lambda rows: rows.fold_siblings(node, fold), node)

    def fold_level(self, by: int) -> None:
        """Unfold one level more, or fold the deepest."""
        self._change_rows(lambda rows: rows.fold_level(by), self._current)

    def fold_all(self, fold: Fold) -> None:
        """Fold or unfold everything."""
        self._change_rows(lambda rows: rows.fold_all(fold), self._current)

    def set_grouping(self, on: bool) -> None:
        """Show alike spans as one row, or each."""
        self._change_rows(lambda rows: rows.set_grouping(on), self._current)

    def set_gaps(self, on: bool) -> None:
        """Show or hide gaps."""
        self._change_rows(lambda rows: rows.set_gaps(on), self._current)

    def _change_rows(self, change: Callable[[RowList], object], node: int | None) -> None:
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
        self._hovered = -1
        self._update_range()
        self.viewport().update()
        self.rowsChanged.emit()

    # Measures

    def _follow_theme(self) -> None:
        self.row_pixels = row_height(self._theme)
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
        painter.fillRect(event.rect(), self._theme.color("bg.canvas"))
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
        painter.setPen(QPen(self._theme.color("border"), 1))
        painter.drawLine(tree_width - 1, event.rect().top(), tree_width - 1, event.rect().bottom())
        if self.hasFocus() and self._ring:
            self._paint_ring(painter)
        painter.end()

    def _paint_row(self, painter: QPainter, rows: RowList, row: int, active: bool) -> None:
        number = rows.nodes[row]
        tree = rows.tree
        fold = self._fold_mark(number)
        hides = fold == "closed"
        node = tree.node(number)
        drawn = Row(
            node=node,
            depth=rows.depths[row],
            top=self.row_rect(row).top(),
            fold=fold,
            selected=number == self._current,
            hovered=row == self._hovered,
            match=self.matches.holds(number),
            hidden_matches=self.matches.below(tree, number) if hides else 0,
            hidden_errors=tree.errors_below(number) - node.errors if hides else 0,
            path=tuple(self.path.get(number, ())),
        )
        scale = self.window_of_time.scale
        self._painter.paint(painter, tree, drawn, scale, self.tree_width(), self.row_pixels, active)

    def _paint_vitals(self, painter: QPainter, left: int) -> None:
        scale = self.window_of_time.scale
        painter.setPen(QPen(self._theme.color("text.faint"), 1, Qt.PenStyle.DashLine))
        for vital in self.window_of_time.vitals:
            x = scale.x(vital.moment)
            if 0 <= x <= scale.width:
                painter.drawLine(round(left + x), 0, round(left + x), self.viewport().height())

    def _paint_ring(self, painter: QPainter) -> None:
        row = self.current_row()
        painter.setPen(QPen(self._theme.color("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        rect = self.row_rect(row) if row >= 0 else self.viewport().rect()
        painter.drawRect(QRectF(rect).adjusted(1, 1, -1, -2))

    # Pointer

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        modifiers, delta = event.modifiers(), event.angleDelta()
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            at = event.position().x() - self.tree_width()
            self.window_of_time.zoom(_ZOOM_STEP ** (delta.y() / _NOTCH), max(0.0, at))
        elif modifiers & Qt.KeyboardModifier.ShiftModifier or abs(delta.x()) > abs(delta.y()):
            by = delta.x() if abs(delta.x()) > abs(delta.y()) else delta.y()
            self.window_of_time.pan(-by)
        else:
            super().wheelEvent(event)
            return
        event.accept()

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.ToolTip:
            self._show_tip(cast("QHelpEvent", event))
            return True
        if kind == QEvent.Type.NativeGesture:
            gesture = cast("QNativeGestureEvent", event)
            if gesture.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                at = gesture.position().x() - self.tree_width()
                self.window_of_time.zoom(1 + gesture.value(), max(0.0, at))
                return True
        if kind == QEvent.Type.Leave:
            self._hover(-1)
            self.window_of_time.set_cursor(None)
        return super().viewportEvent(event)

    def _show_tip(self, event: QHelpEvent) -> None:
        row = self.row_at(event.pos())
        if row < 0 or self.rows is None:
            QToolTip.hideText()
            return
        tree = self.rows.tree
        text = tip_of(tree, tree.node(self.node_at(row)))
        QToolTip.showText(event.globalPos(), plain_tip(text), self.viewport(), self.row_rect(row))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._ring = False
        point = event.position().toPoint()
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if abs(point.x() - self.tree_width()) <= _GRIP:
            self._dragging = "divider"
            return
        row = self.row_at(point)
        if row < 0 or self.rows is None:
            return
        node = self.node_at(row)
        if point.x() < self.tree_width():
            left = mark_left(self.rows.depths[row], self.tree_width())
            if left - 4 <= point.x() <= left + 18 and self.rows.can_fold(node):
                self.toggle(node)
                return
        else:
            self._dragging, self._drag_x = "time", event.position().x()
        self.select(node, reveal=False)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if self._dragging == "divider":
            self.set_tree_share(x / max(1, self.viewport().width()))
            return
        if self._dragging == "time" and event.buttons() & Qt.MouseButton.LeftButton:
            self.window_of_time.pan(self._drag_x - x)
            self._drag_x = x
            return
        on_grip = abs(x - self.tree_width()) <= _GRIP
        self.viewport().setCursor(Qt.CursorShape.SplitHCursor if on_grip else Qt.CursorShape.ArrowCursor)
        self._hover(self.row_at(event.position().toPoint()))
        in_time = x - self.tree_width()
        self.window_of_time.set_cursor(self.window_of_time.scale.micros(in_time) if in_time >= 0 else None)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragging = ""

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if abs(point.x() - self.tree_width()) <= _GRIP:
            self.set_tree_share(TREE_SHARE)
            return
        row = self.row_at(point)
        if row < 0:
            return
        if point.x() >= self.tree_width():
            self.zoom_to(self.node_at(row))
        else:
            self.activated.emit(self.node_at(row))

    def zoom_to(self, node: int) -> None:
        """Let a node's time fill the width, with a little air."""
        tree = self.tree
        if tree is not None:
            self.window_of_time.show(int(tree.begins[node]), int(tree.ends[node]), air=0.08)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            before, self._hovered = self._hovered, row
            for at in (before, row):
                if at >= 0:
                    self.viewport().update(self.row_rect(at))

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
