"""The tree that shows why: part, value and reason in three columns; what does not count is greyed."""

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFont, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTreeView, QWidget
from typing_extensions import override

from vedette.desktop.issue.grouping.parts import Part
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.plain_text import plain_tip

Index = QModelIndex | QPersistentModelIndex
PartRole = Qt.ItemDataRole.UserRole + 1
_OPENED = ("app", "system", "default", "exception", "chained-exception", "stacktrace", "threads")


class _Node:
    """A part with its place; Qt's indexes point at it, so it lives as long as the model's tree."""

    __slots__ = ("children", "parent", "part", "row")

    def __init__(self, part: Part | None, parts: tuple[Part, ...], parent: "_Node | None", row: int) -> None:
        self.part = part
        self.parent = parent
        self.row = row
        self.children = [_Node(each, each.children, self, at) for at, each in enumerate(parts)]


class PartModel(QAbstractItemModel):
    """Parts by variant. Columns: part, value, why."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._root = _Node(None, (), None, 0)
        self._before = self._root

    def set_parts(self, parts: tuple[Part, ...]) -> None:
        """Show other parts."""
        self.beginResetModel()
        self._before = self._root  # indexes held by Qt point into it until the reset is through
        self._root = _Node(None, parts, None, 0)
        self.endResetModel()

    def _node(self, index: Index) -> _Node:
        found: Any = index.internalPointer() if index.isValid() else self._root
        return found if isinstance(found, _Node) else self._root

    def part(self, index: Index) -> Part | None:
        """Return the part of *index*."""
        return self._node(index).part

    def above(self, index: Index) -> tuple[Part, ...]:
        """Return the parts from the variant down to *index*."""
        found: list[Part] = []
        node: _Node | None = self._node(index)
        while node is not None and node.part is not None:
            found.append(node.part)
            node = node.parent
        return tuple(reversed(found))

    @override
    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        node = self._node(parent)
        if not (0 <= row < len(node.children) and 0 <= column < 3) or parent.column() > 0:
            return QModelIndex()
        return self.createIndex(row, column, node.children[row])

    @override
    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]
        up = self._node(index).parent if index.isValid() else None
        if up is None or up is self._root:
            return QModelIndex()
        return self.createIndex(up.row, 0, up)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.column() > 0 else len(self._node(parent).children)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 3

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (tr("Part"), tr("Value"), tr("Why"))[section]
        return None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        part = self.part(index)
        if part is None:
            return None
        text = (part.title, part.value, part.hint)[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            # A sign and not only a paler ink says that a part does not count.
            return f"{'●' if part.counts else '○'}  {text}" if index.column() == 0 else text
        if role == PartRole:
            return part
        if role == Qt.ItemDataRole.ForegroundRole:
            is_plain = part.counts and index.column() < 2
            return self._theme.color("text" if is_plain else "text.muted")
        if role == Qt.ItemDataRole.FontRole:
            return self._font(index.column(), is_variant=bool(part.hash))
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, self._theme.line_height("code") + 6)
        if role == Qt.ItemDataRole.ToolTipRole and text:
            return plain_tip(text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return part.sentence if index.column() == 0 else text
        return None

    def _font(self, column: int, *, is_variant: bool) -> QFont:
        font = QFont(self._theme.font("code" if column == 1 else "body"))
        if is_variant and column == 0:
            font.setWeight(QFont.Weight.DemiBold)
        return font


class PartTree(QTreeView):
    """The rows of a `PartModel`; Ctrl+C copies a value, the menu offers what can be done with a part."""

    def __init__(self, theme: Theme, *, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts = PartModel(theme, self)
        self.extend_menu: Any = None
        """Called with the menu and the parts down to the current one; adds what the page can do."""
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setModel(self.parts)
        self.setUniformRowHeights(True)
        self.setIndentation(18)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.customContextMenuRequested.connect(self._show_menu)
        header = self.header()
        header.setSectionsMovable(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(80)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def set_parts(self, parts: tuple[Part, ...]) -> None:
        """Show other parts: what decides is open down to the frames, the rest is closed."""
        self.parts.set_parts(parts)
        self._open(QModelIndex())

    def _open(self, parent: QModelIndex) -> None:
        for row in range(self.parts.rowCount(parent)):
            index = self.parts.index(row, 0, parent)
            part = self.parts.part(index)
            if part is not None and part.counts and part.id in _OPENED:
                self.setExpanded(index, True)
                self._open(index)

    def current_parts(self) -> tuple[Part, ...]:
        """Return the parts from the variant down to the current one, empty for none."""
        return self.parts.above(self.currentIndex())

    def copy(self, *, everything: bool = False) -> None:
        """Copy the current part's value, or with *everything* all that is shown, indented."""
        if everything:
            text = "\n".join(self._lines(QModelIndex(), 0))
        else:
            found = self.current_parts()
            text = (found[-1].value or found[-1].title) if found else ""
        if text:
            QGuiApplication.clipboard().setText(text)

    def _lines(self, parent: QModelIndex, depth: int) -> list[str]:
        lines: list[str] = []
        for row in range(self.parts.rowCount(parent)):
            index = self.parts.index(row, 0, parent)
            part = self.parts.part(index)
            if part is not None:
                sign = "●" if part.counts else "○"
                words = "  ".join(filter(None, (part.title, part.value, part.hint and f"({part.hint})")))
                lines.append(f"{'  ' * depth}{sign} {words}")
                lines += self._lines(index, depth + 1)
        return lines

    def build_menu(self) -> QMenu:
        """Return the menu of the current part."""
        menu = QMenu(self)
        if self.extend_menu is not None:
            self.extend_menu(menu, self.current_parts())
            menu.addSeparator()
        menu.addAction(tr("Copy value")).triggered.connect(lambda: self.copy())
        menu.addAction(tr("Copy the whole explanation")).triggered.connect(lambda: self.copy(everything=True))
        return menu

    def _show_menu(self, at: QPoint) -> None:
        if self.indexAt(at).isValid():
            menu = self.build_menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.viewport().mapToGlobal(at))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width()
        self.header().resizeSection(0, min(300, max(180, width * 32 // 100)))
        self.header().resizeSection(2, min(360, max(120, width * 30 // 100)))

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_tab = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_tab and not self.selectionModel().hasSelection():
            # The base class makes the first row current, which shows nothing until it is selected.
            index = self.currentIndex()
            self.setCurrentIndex(index if index.isValid() else self.parts.index(0, 0))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)
