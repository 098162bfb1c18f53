"""A lazy tree over JSON values: variables, contexts, raw events. Typed colours, search, copying."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QFont, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QSizePolicy, QTreeView, QWidget
from typing_extensions import override

from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets import json_values
from vedette.desktop.widgets.json_values import Step
from vedette.desktop.widgets.plain_text import plain_tip

BATCH = 200
"""Children of one container that are made at a time."""
ValueRole = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class _Node:
    """One place in the tree; children are made when they are first asked for."""

    __slots__ = ("children", "meta", "parent", "pending", "row", "step", "value")

    def __init__(self, step: Step, value: Any, parent: "_Node | None", row: int, meta: Any) -> None:
        self.step = step
        self.value = value
        self.parent = parent
        self.row = row
        self.meta = meta
        self.children: list[_Node] = []
        self.pending = json_values.children(value)

    def make(self, count: int) -> None:
        made = len(self.children)
        for step, value in self.pending[:count]:
            meta = json_values.inner_meta(self.meta, step)
            self.children.append(_Node(step, value, self, made, meta))
            made += 1
        del self.pending[:count]

    def path(self) -> tuple[Step, ...]:
        return (*self.parent.path(), self.step) if self.parent is not None else ()


class ValueModel(QAbstractItemModel):
    """Two columns, name and value, over a JSON value. Values are never copied; nothing is read ahead."""

    def __init__(self, theme: Theme, *, reprs: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._reprs = reprs
        self._root = _Node("", {}, None, 0, None)
        self._before = self._root

    def set_value(self, value: Any, meta: Any = None) -> None:
        """Show another value; *meta* is the part of an event's ``_meta`` about it."""
        self.beginResetModel()
        self._before = self._root  # indexes held by Qt point into it until the reset is through
        self._root = _Node("", value, None, 0, meta)
        self._root.make(BATCH)
        self.endResetModel()

    def value(self) -> Any:
        """Return the whole value."""
        return self._root.value

    def node(self, index: Index) -> _Node:
        """Return the node of *index*, the root for an invalid one."""
        found: Any = index.internalPointer() if index.isValid() else self._root
        return found if isinstance(found, _Node) else self._root

    def path(self, index: Index) -> tuple[Step, ...]:
        """Return the steps from the root to *index*."""
        return self.node(index).path()

    def index_of(self, path: Sequence[Step]) -> QModelIndex:
        """Return the index at *path*, making nodes on the way; an invalid one if there is none."""
        index = QModelIndex()
        for step in path:
            node = self.node(index)
            while not any(child.step == step for child in node.children) and node.pending:
                self.fetchMore(index)
            child = next((child for child in node.children if child.step == step), None)
            if child is None:
                return QModelIndex()
            index = self.index(child.row, 0, index)
        return index

    @override
    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        node = self.node(parent)
        if not (0 <= row < len(node.children) and 0 <= column < 2) or parent.column() > 0:
            return QModelIndex()
        return self.createIndex(row, column, node.children[row])

    @override
    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]
        up = self.node(index).parent if index.isValid() else None
        if up is None or up is self._root:
            return QModelIndex()
        return self.createIndex(up.row, 0, up)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.column() > 0 else len(self.node(parent).children)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 2

    @override
    def hasChildren(self, parent: Index = QModelIndex()) -> bool:
        node = self.node(parent)
        return parent.column() <= 0 and bool(node.children or node.pending)

    @override
    def canFetchMore(self, parent: Index) -> bool:
        return parent.column() <= 0 and bool(self.node(parent).pending)

    @override
    def fetchMore(self, parent: Index) -> None:
        node = self.node(parent)
        count = min(BATCH, len(node.pending))
        if count:
            first = len(node.children)
            self.beginInsertRows(parent, first, first + count - 1)
            node.make(count)
            self.endInsertRows()

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        node = self.node(index)
        if role == ValueRole:
            return node.value
        if role == Qt.ItemDataRole.DisplayRole:
            return json_values.one_line(str(node.step)) if index.column() == 0 else self._text(node)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(node, index.column())
        if role == Qt.ItemDataRole.FontRole:
            return self._font()
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, self._theme.line_height("code") + 2)
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == 1:
            return plain_tip(json_values.preview(node.value, 1_000, reprs=self._reprs))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{node.step}: {self._text(node)}"
        return None

    def _text(self, node: _Node) -> str:
        note = json_values.meta_note(node.meta, node.value)
        text = json_values.preview(node.value, reprs=self._reprs)
        if json_values.is_container(node.value):
            text = f"{len(node.children) + len(node.pending)}  {text}" if len(text) > 2 else text
        return f"{text}   {note}" if note else text

    def _colour(self, node: _Node, column: int) -> QColor:
        if column == 0:
            return self._theme.color("text.muted")
        return self._theme.color(json_values.value_token(node.value, reprs=self._reprs))

    def _font(self) -> QFont:
        return self._theme.font("code")


class ValueTree(QTreeView):
    """A tree of one JSON value. Left and Right fold, Ctrl+C copies the value, the menu path and JSON."""

    filterRequested = Signal(object, object)
    """tr("Filter to this value") was chosen: the path as a tuple, and the value."""

    def __init__(
        self,
        theme: Theme,
        *,
        name: str,
        title: str,
        reprs: bool = False,
        fit: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """*reprs* reads strings as a program's notation; *fit* makes the tree as high as its open rows."""
        super().__init__(parent)
        self._theme = theme
        self._fit = fit
        self.extend_menu: Callable[[QMenu, tuple[Step, ...], Any], object] | None = None
        """Puts what the view can do with a path and value at the top, in place of the filter."""
        self._matches: list[tuple[Step, ...]] = []
        self._match_at = -1
        self._values = ValueModel(theme, reprs=reprs, parent=self)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setModel(self._values)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(16)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.customContextMenuRequested.connect(self._show_menu)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.header().setStretchLastSection(True)
        theme.changed.connect(self._follow_theme)
        if fit:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            for signal in (self.expanded, self.collapsed, self._values.modelReset, self._values.rowsInserted):
                signal.connect(self.updateGeometry)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_tab = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_tab and not self.selectionModel().hasSelection():
            # The base class makes the first row current, which shows nothing until it is selected.
            index = self.currentIndex()
            self.setCurrentIndex(index if index.isValid() else self._values.index(0, 0))

    def set_value(self, value: Any, meta: Any = None) -> None:
        """Show *value*; a few top rows' names decide the width of the first column."""
        self._matches, self._match_at = [], -1
        self._values.set_value(value, meta)
        metrics = self._theme.metrics("code")
        names = [str(step) for step, _ in json_values.children(value)[:50]]
        widest = max((metrics.horizontalAdvance(name) for name in names), default=0.0)
        self.header().resizeSection(0, round(min(260.0, max(110.0, widest + 48))))
        self.updateGeometry()

    def value(self) -> Any:
        """Return the whole value shown."""
        return self._values.value()

    def current_path(self) -> tuple[Step, ...]:
        """Return the path of the current row, empty for none."""
        return self._values.path(self.currentIndex())

    def open_path(self, path: Sequence[Step]) -> bool:
        """Open the tree down to *path* and make it current; return whether there is such a path."""
        index = self._values.index_of(path)
        if not index.isValid():
            return False
        up = index.parent()
        while up.isValid():
            self.setExpanded(up, True)
            up = up.parent()
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def find_text(self, text: str) -> int:
        """Go to the first key or value that contains *text*; return how many there are (at most 200)."""
        self._matches = json_values.find_paths(self.value(), text) if text else []
        self._match_at = -1
        if self._matches:
            self.find_next()
        return len(self._matches)

    def find_next(self, *, back: bool = False) -> None:
        """Go to the next or previous match, round the ends."""
        if self._matches:
            self._match_at = (self._match_at + (-1 if back else 1)) % len(self._matches)
            self.open_path(self._matches[self._match_at])

    def copy(self, form: str = "value") -> None:
        """Copy the current row's ``value``, ``path``, ``json`` or ``pair``."""
        index = self.currentIndex()
        if not index.isValid():
            return
        node = self._values.node(index)
        path = json_values.path_text(node.path())
        texts = {
            "value": json_values.as_text(node.value),
            "path": path,
            "json": json_values.as_json(node.value),
            "pair": f"{path} = {json_values.as_text(node.value)}",
        }
        QGuiApplication.clipboard().setText(texts[form])

    def build_menu(self) -> QMenu:
        """Return the menu of the current row."""
        menu = QMenu(self)
        if self.extend_menu is not None:
            self.extend_menu(menu, self.current_path(), self.currentIndex().data(ValueRole))
        else:
            menu.addAction(tr("Filter to this value")).triggered.connect(self._request_filter)
            menu.addSeparator()
        for title, form in (
            (tr("Copy value"), "value"),
            (tr("Copy path"), "path"),
            (tr("Copy pair"), "pair"),
            (tr("Copy JSON"), "json"),
        ):
            menu.addAction(title).triggered.connect(lambda _=False, form=form: self.copy(form))
        menu.addSeparator()
        menu.addAction(tr("Unfold everything below")).triggered.connect(
            lambda: self.expandRecursively(self.currentIndex(), 6)
        )
        return menu

    def _request_filter(self) -> None:
        index = self.currentIndex()
        if index.isValid():
            self.filterRequested.emit(self.current_path(), index.data(ValueRole))

    def _show_menu(self, at: QPoint) -> None:
        if self.indexAt(at).isValid():
            menu = self.build_menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.viewport().mapToGlobal(at))

    def _follow_theme(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()
        self.viewport().update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        if not self._fit:
            return super().sizeHint()
        first = self._values.index(0, 0)
        height = self.rowHeight(first) if first.isValid() else self._theme.line_height("code") + 8
        rows, index = 0, first
        while index.isValid() and rows < 400:
            rows += 1
            index = self.indexBelow(index)
        return QSize(320, max(1, rows) * height + 2)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() if self._fit else super().minimumSizeHint()
