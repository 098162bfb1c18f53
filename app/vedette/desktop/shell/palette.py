"""One box for everything: commands by name, and pasted ids, short ids and links go straight there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.commands.keys import show_keys
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.shell.finding import Target, find_targets
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.paged_model import Index

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

_SHOWN = 12
_WIDTH = 620
_ICON = 16
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the palette: *does* is a command's id, or the Place it leads to; None only says something."""

    title: str
    more: str
    icon: str
    does: str | Place | None


class EntryModel(QAbstractListModel):
    """The lines found, best first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: Sequence[Entry] = ()

    @property
    def entries(self) -> Sequence[Entry]:
        return self._entries

    def set_entries(self, entries: Sequence[Entry]) -> None:
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._entries)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.title}, {entry.more}" if entry.more else entry.title
        return None


class _EntryPainter(QStyledItemDelegate):
    """Icon, title, and at the right the keys or what kind of thing it is."""

    def __init__(self, theme: Theme, model: EntryModel, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._theme.row_height("body"))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, entry = self._theme, self._model.entries[index.row()]
        rect = QRect(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("bg.selected"))
        ratio = painter.device().devicePixelRatio()
        pixmap = theme.icon_pixmap(entry.icon or "command", "text.muted", _ICON, ratio)
        painter.drawPixmap(rect.left() + 10, rect.center().y() - _ICON // 2 + 1, pixmap)
        inner = rect.adjusted(36, 0, -12, 0)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text.muted"))
        painter.drawText(inner, _RIGHT, entry.more)
        inner.setRight(inner.right() - round(theme.metrics("caption").horizontalAdvance(entry.more)) - 12)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text"))
        title = theme.metrics("body").elidedText(
            entry.title.replace("\n", " ")[:300], Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, _LEFT, title)


class Palette(QFrame):
    """Ctrl+K. Type, arrows, Enter. ``>`` before the text leaves only commands."""

    chosen = Signal(object)
    """A Place was chosen."""

    def __init__(self, bridge: "Bridge", commands: CommandRegistry, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._commands = commands
        self._theme = theme
        self._asking = InFlight(bridge, self)
        self._targets: Sequence[Target] = ()
        self.setObjectName("palette")
        self.setProperty("role", "card")
        self.setAccessibleName("Commands and places")
        self.edit = QLineEdit()
        self.edit.setObjectName("palette.edit")
        self.edit.setAccessibleName("Command, words or id")
        self.edit.setPlaceholderText("Command, words, or a pasted event id, trace id, DESK-12 …")
        self.model = EntryModel(self)
        self.found = QListView()
        self.found.setObjectName("palette.found")
        self.found.setAccessibleName("Found")
        self.found.setUniformItemSizes(True)
        self.found.setModel(self.model)
        self.found.setItemDelegate(_EntryPainter(theme, self.model, self))
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(8)
        layout.addWidget(self.edit)
        layout.addWidget(self.found)
        self.edit.textChanged.connect(self._search)
        self.edit.installEventFilter(self)
        self.found.clicked.connect(lambda index: self._take(index.row()))

    @property
    def is_settled(self) -> bool:
        """Whether everything that is found stands in the list."""
        return self._asking.is_settled

    def open_over(self, window: QWidget, text: str = "") -> None:
        """Show the box over *window* with *text* in it."""
        width = min(_WIDTH, window.width() - 40)
        rows = self._theme.row_height("body")
        self.resize(width, min(_SHOWN * rows + 72, window.height() - 80))
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - width) // 2, corner.y() + 64)
        self.edit.setText(text)
        self._search(text)
        self.show()
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def _search(self, text: str) -> None:
        self._targets = ()
        self._asking.cancel("targets")
        if text.strip() and not text.startswith(">"):
            self._asking.ask("targets", find_targets, text, answer=self._take_targets, failed=lambda *_: None)
        self._fill()

    def _take_targets(self, targets: Sequence[Target]) -> None:
        self._targets = targets
        self._fill()

    def _fill(self) -> None:
        text = self.edit.text().removeprefix(">").strip()
        entries = [Entry(target.title, target.more, target.icon, target.place) for target in self._targets]
        for hit in self._commands.search(text, limit=50):
            keys = hit.command.keys
            shown = show_keys(keys[0]) if keys else ""
            entries.append(Entry(hit.command.title, shown, hit.command.icon, hit.command.id))
        if text and not self.edit.text().startswith(">"):
            title = f"Search issues for “{text}”"
            entries.append(Entry(title, "", "search", Place("issues", query=text)))
        self.model.set_entries(entries)
        self._choose(0)

    def _choose(self, row: int) -> None:
        if self.model.entries:
            self.found.setCurrentIndex(self.model.index(row % len(self.model.entries), 0))

    def _take(self, row: int) -> None:
        if not 0 <= row < len(self.model.entries):
            return
        does = self.model.entries[row].does
        if does is None:
            return
        self.hide()
        if isinstance(does, Place):
            self.chosen.emit(does)
        else:
            self._commands.run(does)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key, row = event.key(), self.found.currentIndex().row()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._choose(row + (1 if key == Qt.Key.Key_Down else -1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(row)
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True
