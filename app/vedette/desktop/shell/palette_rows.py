"""The rows of the palette: what one is, the list of them, and how it is painted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.paged_model import Index

_ICON = 16
_LEFT_EDGE, _TEXT_EDGE, _RIGHT_EDGE, _GAP = 10, 36, 12, 12
_LONGEST_TITLE = 300
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the palette. *does* None only says something; *stays* leaves the palette open.

    *more* stands at the right: the keys, or what kind of thing it is. *command* is the id of the command it
    runs, "" for anything else.
    """

    title: str
    more: str
    icon: str
    does: Callable[[], object] | None
    command: str = ""
    stays: bool = False


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
        if role == Qt.ItemDataRole.DisplayRole:
            return self._entries[index.row()].title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.sentence(index.row())
        return None

    def sentence(self, row: int) -> str:
        """Return the line *row* as it is read aloud."""
        entry = self._entries[row]
        return f"{entry.title}, {entry.more}" if entry.more else entry.title

    def place_in_words(self, row: int) -> str:
        """Return the line *row* and where among the others it stands."""
        where = tr("{row} of {count}").format(row=row + 1, count=len(self._entries))
        return f"{self.sentence(row)}, {where}"


class EntryPainter(QStyledItemDelegate):
    """Icon, title, and at the right what the entry says more."""

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
            # Colour alone would not tell which line is meant.
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), theme.color("accent"))
        right_to_left = option.direction == Qt.LayoutDirection.RightToLeft
        ratio = painter.device().devicePixelRatio()
        pixmap = theme.icon_pixmap(entry.icon or "command", "text.muted", _ICON, ratio)
        x = rect.right() - _LEFT_EDGE - _ICON if right_to_left else rect.left() + _LEFT_EDGE
        painter.drawPixmap(x, rect.center().y() - _ICON // 2 + 1, pixmap)
        inner = rect.adjusted(_TEXT_EDGE, 0, -_RIGHT_EDGE, 0)
        if right_to_left:
            inner = rect.adjusted(_RIGHT_EDGE, 0, -_TEXT_EDGE, 0)
        more = self._paint_more(painter, inner, entry.more, right_to_left)
        inner = inner.adjusted(more, 0, 0, 0) if right_to_left else inner.adjusted(0, 0, -more, 0)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text"))
        plain = entry.title.replace("\n", " ")[:_LONGEST_TITLE]
        title = theme.metrics("body").elidedText(plain, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, _RIGHT if right_to_left else _LEFT, title)

    def _paint_more(self, painter: QPainter, inner: QRect, more: str, right_to_left: bool) -> int:
        """Paint what stands at the end, on at most half the line; return the room it takes."""
        if not more:
            return 0
        metrics = self._theme.metrics("caption")
        text = metrics.elidedText(more[:_LONGEST_TITLE], Qt.TextElideMode.ElideMiddle, inner.width() // 2)
        painter.setFont(self._theme.font("caption"))
        painter.setPen(self._theme.color("text.muted"))
        painter.drawText(inner, _LEFT if right_to_left else _RIGHT, text)
        return round(metrics.horizontalAdvance(text)) + _GAP
