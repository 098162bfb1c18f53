"""Painted views for screen readers: a tree or list whose items are the rows in sight, each a sentence."""

from functools import cache, partial
from typing import TYPE_CHECKING, Any, Protocol, cast

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QColor, QWindow
from PySide6.QtWidgets import QAbstractScrollArea, QAccessibleWidget, QStackedWidget, QWidget
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_ITEMS = 200
_PANE = "accessiblePane"
_ITEMS = {
    QAccessible.Role.Tree: QAccessible.Role.TreeItem,
    QAccessible.Role.List: QAccessible.Role.ListItem,
    QAccessible.Role.Table: QAccessible.Role.Row,
}
_kinds: dict[type[QWidget], "Callable[[Any], RowsAccess]"] = {}


class SpokenRows(Protocol):
    """What a painted widget tells about its rows; in a scroll area, rectangles are those of its viewport."""

    def visible_rows(self) -> range: ...
    def row_at(self, point: QPoint) -> int: ...
    def row_rect(self, row: int) -> QRect: ...
    def current_row(self) -> int: ...
    def sentence(self, row: int) -> str:
        """Return *row* as a sentence, "" when there is no such row."""
        ...

    def window(self) -> QWidget: ...
    def isVisible(self) -> bool: ...
    def hasFocus(self) -> bool: ...
    def accessibleName(self) -> str: ...


class RowItem(QAccessibleInterface):
    """One row in sight."""

    def __init__(self, view: SpokenRows, row: int, role: QAccessible.Role) -> None:
        super().__init__()
        self._view = view
        self._row = row
        self._role = role

    @override
    def isValid(self) -> bool:
        return bool(self._view.sentence(self._row))

    @override
    def object(self) -> QObject:
        return None  # type: ignore[return-value]  # the stubs forget that an item may have none

    @override
    def parent(self) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(cast("QObject", self._view))

    @override
    def child(self, index: int) -> QAccessibleInterface:
        return None  # type: ignore[return-value]

    @override
    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        return None  # type: ignore[return-value]

    @override
    def childCount(self) -> int:
        return 0

    @override
    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    @override
    def relations(self, *match: Any) -> list[Any]:
        return []

    @override
    def text(self, kind: QAccessible.Text) -> str:
        if kind == QAccessible.Text.Name and self.isValid():
            return self._view.sentence(self._row)
        return ""

    @override
    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """A row cannot be renamed."""

    @override
    def rect(self) -> QRect:
        rect = self._view.row_rect(self._row)
        return QRect(_ground(self._view).mapToGlobal(rect.topLeft()), rect.size())

    @override
    def role(self) -> QAccessible.Role:
        return self._role

    @override
    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.focusable = state.selectable = True
        ground = _ground(self._view)
        state.offscreen = not ground.visibleRegion().intersects(self._view.row_rect(self._row))
        if self.isValid():
            current = self._row == self._view.current_row()
            state.selected = current
            state.focused = current and self._view.hasFocus()
        return state

    @override
    def foregroundColor(self) -> QColor:
        return QColor()

    @override
    def backgroundColor(self) -> QColor:
        return QColor()

    @override
    def window(self) -> QWindow:
        return self._view.window().windowHandle()


class RowsAccess(QAccessibleWidget):
    """The view itself; children are the rows in sight, made anew as they come into it."""

    def __init__(self, view: SpokenRows, role: QAccessible.Role) -> None:
        super().__init__(cast("QWidget", view), role)
        self._view = view
        self._item_role = _ITEMS[role]
        self._items: dict[int, RowItem] = {}  # by row; Qt holds none of them

    def drop_items(self) -> None:
        """Have Qt forget the items, which it knows by number and would go on asking."""
        for item in self._items.values():
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(item))
        self._items.clear()

    def _rows(self) -> range:
        return self._view.visible_rows()[:_MOST_ITEMS] if self._view.isVisible() else range(0)

    @override
    def childCount(self) -> int:
        return len(self._rows())

    @override
    def child(self, index: int) -> QAccessibleInterface:
        rows = self._rows()
        if not 0 <= index < len(rows):
            return None  # type: ignore[return-value]
        return self._items.setdefault(rows[index], RowItem(self._view, rows[index], self._item_role))

    @override
    def indexOfChild(self, child: QAccessibleInterface) -> int:
        rows = self._rows()
        return next((at for at, row in enumerate(rows) if self._items.get(row) is child), -1)

    @override
    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        row = self._view.row_at(_ground(self._view).mapFromGlobal(QPoint(x, y)))
        at = row - self._rows().start
        return self.child(at) if row >= 0 else None  # type: ignore[return-value]

    @override
    def focusChild(self) -> QAccessibleInterface:
        row = self._view.current_row()
        return self.child(row - self._rows().start) if row >= 0 else self

    @override
    def state(self) -> QAccessible.State:
        state = super().state()
        # Qt asks only whether a widget is hidden, not whether it is scrolled out of what it lies in.
        state.offscreen = _ground(self._view).visibleRegion().isEmpty()
        return state

    @override
    def text(self, kind: QAccessible.Text) -> str:
        return self._view.accessibleName() if kind == QAccessible.Text.Name else ""


class PaneAccess(QAccessibleWidget):
    """A pane that has nothing in it while it is hidden: Qt tells of table cells as if they were in sight."""

    def __init__(self, pane: QWidget) -> None:
        super().__init__(pane, QAccessible.Role.Pane)
        self._pane = pane

    @override
    def childCount(self) -> int:
        return super().childCount() if self._pane.isVisible() else 0

    @override
    def child(self, index: int) -> QAccessibleInterface:
        return super().child(index) if self._pane.isVisible() else None  # type: ignore[return-value]

    @override
    def text(self, kind: QAccessible.Text) -> str:
        return self._pane.accessibleName() if kind == QAccessible.Text.Name else ""


class StackAccess(QAccessibleWidget):
    """A stack of pages of which there is only the one in sight."""

    def __init__(self, stack: QStackedWidget) -> None:
        super().__init__(stack, QAccessible.Role.LayeredPane)
        self._stack = stack

    @override
    def childCount(self) -> int:
        return 1 if self._stack.isVisible() and self._stack.currentWidget() is not None else 0

    @override
    def child(self, index: int) -> QAccessibleInterface:
        page = self._stack.currentWidget()
        if index != 0 or page is None:
            return None  # type: ignore[return-value]
        return QAccessible.queryAccessibleInterface(page)

    @override
    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return 0 if child.object() is self._stack.currentWidget() else -1


def describe_rows_of(
    kind: type[QWidget],
    role: QAccessible.Role = QAccessible.Role.Tree,
    *,
    describe: "Callable[[Any], RowsAccess] | None" = None,
) -> None:
    """Teach Qt to describe widgets of *kind*, which are `SpokenRows`; before the first of them is shown.

    *role* is Tree, List or Table. *describe* makes the interface where rows alone do not say it all.
    """
    _install()
    _kinds[kind] = describe or partial(RowsAccess, role=role)


def describe_as_pane(widget: QWidget) -> None:
    """Have screen readers find *widget*'s parts only while it is shown."""
    _install()
    widget.setProperty(_PANE, True)
    if QAccessible.isActive():
        # Being named is enough for a screen reader to have heard of it, as what it was before.
        known = QAccessible.queryAccessibleInterface(widget)
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(known))


@cache
def _install() -> None:
    QAccessible.installFactory(_describe)


def _ground(view: SpokenRows) -> QWidget:
    return view.viewport() if isinstance(view, QAbstractScrollArea) else cast("QWidget", view)


def _describe(key: str, thing: QObject) -> QAccessibleInterface | None:
    describe = next((describe for kind, describe in _kinds.items() if isinstance(thing, kind)), None)
    is_pane = isinstance(thing, QWidget) and bool(thing.property(_PANE))
    if describe is None and not is_pane and not isinstance(thing, QStackedWidget):
        return None
    found: RowsAccess | StackAccess | PaneAccess
    if describe is not None:
        found = describe(thing)
    elif isinstance(thing, QStackedWidget):
        found = StackAccess(thing)
    else:
        found = PaneAccess(cast("QWidget", thing))
    # Qt owns what it is given, and asks anew once a first connection to a method gave the widget another
    # meta-object: the same interface given twice would be deleted twice. The connection holds the interface
    # too; it ends with the widget, after Qt deleted what it owns.
    thing.destroyed.connect(lambda: _forget(found))
    return found


def _forget(gone: RowsAccess | StackAccess | PaneAccess) -> None:
    if isinstance(gone, RowsAccess):
        gone.drop_items()


def announce_current(view: SpokenRows) -> None:
    """Tell screen readers that another row is current."""
    row = view.current_row()
    if QAccessible.isActive() and row >= 0:
        event = QAccessibleEvent(cast("QObject", view), QAccessible.Event.Focus)
        event.setChild(row - view.visible_rows().start)
        QAccessible.updateAccessibility(event)
