"""Frames for screen readers: a tree whose items are the rows in sight, then what open frames hold."""

from typing import Any, Protocol, cast

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from vedette.desktop.widgets.accessible import RowsAccess, SpokenRows, describe_rows_of


class SpokenFrames(SpokenRows, Protocol):
    """Rows with widgets below the open ones."""

    def bodies(self) -> list[QWidget]: ...
    def mapFromGlobal(self, point: QPoint) -> QPoint: ...


class FramesAccess(RowsAccess):
    """A list of frames: role Tree; children are the rows in sight and the open parts after them."""

    def __init__(self, view: SpokenFrames) -> None:
        super().__init__(view, QAccessible.Role.Tree)
        self._frames = view

    @override
    def childCount(self) -> int:
        return super().childCount() + len(self._frames.bodies())

    @override
    def child(self, index: int) -> QAccessibleInterface:
        rows = super().childCount()
        bodies = self._frames.bodies()
        if rows <= index < rows + len(bodies):
            return QAccessible.queryAccessibleInterface(bodies[index - rows])
        return super().child(index)

    @override
    def indexOfChild(self, child: QAccessibleInterface) -> int:
        thing: Any = child.object()  # None for a row
        if thing is None:
            return super().indexOfChild(child)
        bodies = self._frames.bodies()
        return super().childCount() + bodies.index(thing) if thing in bodies else -1

    @override
    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        point = self._frames.mapFromGlobal(QPoint(x, y))
        for body in self._frames.bodies():
            if body.geometry().contains(point):
                return QAccessible.queryAccessibleInterface(body)
        return super().childAt(x, y)


def describe_frames(kind: type[QWidget]) -> None:
    """Teach Qt to describe widgets of *kind*, which are `SpokenFrames`; before the first is shown."""
    describe_rows_of(kind, describe=FramesAccess)


def announce_frame(view: QWidget) -> None:
    """Tell screen readers that another row is current."""
    spoken = cast("SpokenFrames", view)
    row = spoken.current_row()
    if QAccessible.isActive() and row in spoken.visible_rows():
        event = QAccessibleEvent(view, QAccessible.Event.Focus)
        event.setChild(row - spoken.visible_rows().start)
        QAccessible.updateAccessibility(event)
