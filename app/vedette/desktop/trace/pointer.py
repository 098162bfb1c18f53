"""What mouse, wheel and touch pad do over a waterfall: walk, zoom, pan, drag the divider, fold, hover."""

from typing import Any, Protocol, cast

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from vedette.desktop.theme.theme import Theme
from vedette.desktop.trace.describe import tip_of
from vedette.desktop.trace.folding import Folding
from vedette.desktop.trace.paint import mark_left, mark_side
from vedette.desktop.trace.rows import RowList
from vedette.desktop.trace.time_window import TimeWindow
from vedette.desktop.trace.tree import TraceTree
from vedette.desktop.widgets.plain_text import plain_tip

TREE_SHARE = 0.38
_GRIP = 4  # pixels on both sides of the divider that take hold of it
_NOTCH = 120
_ZOOM_STEP = 1.25
_LEAST_DRAG = 3


class UnderPointer(Protocol):
    """The waterfall, as far as a pointer knows it."""

    theme: Theme
    window_of_time: TimeWindow
    folding: Folding
    activated: Any

    @property
    def rows(self) -> RowList | None: ...
    @property
    def tree(self) -> TraceTree | None: ...
    def viewport(self) -> QWidget: ...
    def tree_width(self) -> int: ...
    def set_tree_share(self, share: float) -> None: ...
    def row_at(self, point: QPoint) -> int: ...
    def row_rect(self, row: int) -> QRect: ...
    def node_at(self, row: int) -> int: ...
    def hint(self, node: int) -> str: ...
    def select(self, node: int | None, *, reveal: bool = True) -> None: ...
    def zoom_to(self, node: int) -> None: ...


class Pointer:
    """Acts on one waterfall; ``hovered`` is the row under the pointer, -1 for none."""

    def __init__(self, waterfall: UnderPointer) -> None:
        self._waterfall = waterfall
        self._window = waterfall.window_of_time
        self.hovered = -1
        self._dragging = ""
        self._drag_x = 0.0
        self._pressed_x = 0.0

    def wheel(self, event: QWheelEvent) -> bool:
        """Zoom with Ctrl, pan with Shift or sideways; return whether it was either."""
        modifiers, delta = event.modifiers(), event.angleDelta()
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            at = event.position().x() - self._waterfall.tree_width()
            self._window.zoom(_ZOOM_STEP ** (delta.y() / _NOTCH), max(0.0, at))
            return True
        sideways = abs(delta.x()) > abs(delta.y())
        if modifiers & Qt.KeyboardModifier.ShiftModifier or sideways:
            self._window.pan(-(delta.x() if sideways else delta.y()))
            return True
        return False

    def viewport_event(self, event: QEvent) -> bool:
        """Take tooltips, pinches and leaving; return whether *event* is dealt with."""
        kind = event.type()
        if kind == QEvent.Type.ToolTip:
            self._show_tip(cast("QHelpEvent", event))
            return True
        if kind == QEvent.Type.NativeGesture:
            return self._pinch(cast("QNativeGestureEvent", event))
        if kind == QEvent.Type.Leave:
            self.hover(-1)
            self._window.set_cursor(None)
        return False

    def _pinch(self, gesture: QNativeGestureEvent) -> bool:
        if gesture.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        at = gesture.position().x() - self._waterfall.tree_width()
        self._window.zoom(1 + gesture.value(), max(0.0, at))
        return True

    def _show_tip(self, event: QHelpEvent) -> None:
        waterfall = self._waterfall
        row, tree = waterfall.row_at(event.pos()), waterfall.tree
        if row < 0 or tree is None:
            QToolTip.hideText()
            return
        node = waterfall.node_at(row)
        text = tip_of(tree, tree.node(node), waterfall.hint(node))
        QToolTip.showText(event.globalPos(), plain_tip(text), waterfall.viewport(), waterfall.row_rect(row))

    def press(self, event: QMouseEvent) -> None:
        """Take hold of the divider or the time, turn a fold mark, choose a row."""
        waterfall = self._waterfall
        point = event.position().toPoint()
        row = waterfall.row_at(point)
        if event.button() is Qt.MouseButton.RightButton and row >= 0:
            waterfall.select(waterfall.node_at(row), reveal=False)  # the menu is about the row under it
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if self._is_on_divider(point.x()):
            self._dragging = "divider"
            return
        if row < 0 or waterfall.rows is None:
            return
        node = waterfall.node_at(row)
        if point.x() < waterfall.tree_width():
            if waterfall.rows.can_fold(node) and self._is_on_mark(point.x(), row):
                waterfall.folding.toggle(node)
                return
        else:
            self._dragging = "held"
            self._drag_x = self._pressed_x = event.position().x()
        waterfall.select(node, reveal=False)

    def _is_on_divider(self, x: float) -> bool:
        return abs(x - self._waterfall.tree_width()) <= _GRIP

    def _is_on_mark(self, x: int, row: int) -> bool:
        waterfall = self._waterfall
        assert waterfall.rows is not None
        left = mark_left(waterfall.theme, waterfall.rows.depths[row], waterfall.tree_width())
        return left - 4 <= x <= left + mark_side(waterfall.theme) + 4

    def move(self, event: QMouseEvent) -> None:
        """Drag what is held, else show where the pointer is."""
        waterfall, x = self._waterfall, event.position().x()
        if self._dragging == "divider":
            waterfall.set_tree_share(x / max(1, waterfall.viewport().width()))
            return
        if self._dragging and event.buttons() & Qt.MouseButton.LeftButton:
            if abs(x - self._pressed_x) >= _LEAST_DRAG:
                self._dragging = "time"
                waterfall.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            if self._dragging == "time":
                self._window.pan(self._drag_x - x)
                self._drag_x = x
            return
        shape = Qt.CursorShape.SplitHCursor if self._is_on_divider(x) else Qt.CursorShape.ArrowCursor
        waterfall.viewport().setCursor(shape)
        self.hover(waterfall.row_at(event.position().toPoint()))
        in_time = x - waterfall.tree_width()
        self._window.set_cursor(self._window.scale.micros(in_time) if in_time >= 0 else None)

    def release(self) -> None:
        """Let go."""
        if self._dragging == "time":
            self._waterfall.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        self._dragging = ""

    def double_click(self, point: QPoint) -> None:
        """Zoom to a bar, open a name's details, put the divider back."""
        waterfall = self._waterfall
        if self._is_on_divider(point.x()):
            waterfall.set_tree_share(TREE_SHARE)
            return
        row = waterfall.row_at(point)
        if row < 0:
            return
        if point.x() >= waterfall.tree_width():
            waterfall.zoom_to(waterfall.node_at(row))
        else:
            waterfall.activated.emit(waterfall.node_at(row))

    def hover(self, row: int) -> None:
        """Mark the row under the pointer."""
        if row != self.hovered:
            before, self.hovered = self.hovered, row
            for at in (before, row):
                if at >= 0:
                    self._waterfall.viewport().update(self._waterfall.row_rect(at))
