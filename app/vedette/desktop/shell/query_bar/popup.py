"""What could be written next, in a list below the field that never takes the keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from vedette.desktop.language import tr
from vedette.desktop.shell.query_bar.completion import Suggestion
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.paged_model import Index
from vedette.desktop.widgets.units import count, short_count

_SHOWN = 12
_WIDTH, _EDGE = 560, 10
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
Line = Suggestion | str
"""A suggestion, or the title of those that follow."""


class LineModel(QAbstractListModel):
    """The lines."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    def set_suggestions(self, suggestions: Sequence[Suggestion]) -> None:
        """Show *suggestions*, with the name of each section before its first."""
        lines: list[Line] = []
        section = ""
        for one in suggestions:
            if one.section != section:
                section = one.section
                lines.append(section)
            lines.append(one)
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lines)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.lines[index.row()] if index.isValid() else ""
        if isinstance(line, str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.sentence(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            line = self.lines[index.row()]
            return line if isinstance(line, str) else line.label
        return None

    def sentence(self, row: int) -> str:
        """Return the line *row* as it is read out."""
        line = self.lines[row]
        if isinstance(line, str):
            return line
        more = "" if line.is_exact else "+"
        many = (
            ""
            if line.count is None
            else tr("{count} event(s)", "", line.count).format(count=f"{count(line.count)}{more}")
        )
        return ", ".join(part for part in (line.label, line.detail, many) if part)


class _LinePainter(QStyledItemDelegate):
    """Label, what it means, and how many events have it."""

    def __init__(self, theme: Theme, model: LineModel, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, row_height(self._theme))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, line = self._theme, self._model.lines[index.row()]
        rect = QRect(option.rect)
        inner = rect.adjusted(_EDGE, 0, -_EDGE, 0)
        turned = option.direction == Qt.LayoutDirection.RightToLeft
        lead, tail = (_RIGHT, _LEFT) if turned else (_LEFT, _RIGHT)
        if isinstance(line, str):
            painter.setFont(theme.font("caption.strong"))
            painter.setPen(theme.color("text.muted"))
            painter.drawText(inner, lead, line)
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("bg.selected"))
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), theme.color("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("bg.hover"))
        if line.count is not None:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("text.muted"))
            more = "" if line.is_exact else "+"
            painter.drawText(inner, tail, f"{short_count(line.count)}{more}")
            room = round(theme.metrics("caption").horizontalAdvance("0") * 7)
            inner = inner.adjusted(room if turned else 0, 0, 0 if turned else -room, 0)
        painter.setFont(theme.font("code"))
        painter.setPen(theme.color("text"))
        metrics = theme.metrics("code")
        label = metrics.elidedText(line.label, Qt.TextElideMode.ElideMiddle, inner.width())
        painter.drawText(inner, lead, label)
        used = round(metrics.horizontalAdvance(label)) + 14
        inner = inner.adjusted(0 if turned else used, 0, -used if turned else 0, 0)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text.muted"))
        detail = theme.metrics("caption").elidedText(line.detail, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, lead, detail)


def row_height(theme: Theme) -> int:
    """Return the height of a line in pixels."""
    return max(24, round(theme.line_height("code")) + 6)


class SuggestionPopup(QFrame):
    """Lies over the window's content. The field it serves keeps the keyboard and steers it."""

    chosen = Signal(object)
    """A Suggestion was clicked."""

    def __init__(self, theme: Theme, field: QWidget, *, name: str) -> None:
        super().__init__(field)
        self._theme = theme
        self._field = field
        self.setObjectName(name)
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Suggestions"))
        self.model = LineModel(self)
        self.list = QListView()
        self.list.setObjectName(f"{name}.list")
        self.list.setAccessibleName(tr("Suggestions"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_LinePainter(theme, self.model, self))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self._click(index.row()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.list)
        self.hide()

    def suggestions(self) -> list[Suggestion]:
        """Return what is offered."""
        return [line for line in self.model.lines if not isinstance(line, str)]

    def current(self) -> Suggestion | None:
        """Return the line that was gone to, None while none was."""
        index = self.list.currentIndex()
        line = self.model.lines[index.row()] if index.isValid() else ""
        return None if isinstance(line, str) else line

    def offer(self, suggestions: Sequence[Suggestion], at: QPoint) -> None:
        """Show *suggestions* with the left upper corner at the global point *at*; none hides the list.

        The line that was gone to stays the current one if it is still offered.
        """
        kept = self.current()
        self.model.set_suggestions(suggestions)
        rows = len(self.model.lines)
        if not rows:
            self.hide()
            return
        if kept is not None:
            labels = [
                None if isinstance(line, str) else (line.section, line.label) for line in self.model.lines
            ]
            if (kept.section, kept.label) in labels:
                self._choose(labels.index((kept.section, kept.label)))
        self._place(rows, at)
        self.show()
        self.raise_()

    def _place(self, rows: int, at: QPoint) -> None:
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        corner = window.mapFromGlobal(at)
        width = min(_WIDTH, window.width() - 16)
        x = max(8, min(corner.x(), window.width() - width - 8))
        line = row_height(self._theme)
        room = max(1, (window.height() - corner.y() - 24) // line)
        shown = min(rows, _SHOWN, room)
        self.setGeometry(x, corner.y(), width, shown * line + 10)

    def step(self, by: int) -> None:
        """Go *by* lines on, round the ends and past the titles."""
        rows = [row for row, line in enumerate(self.model.lines) if not isinstance(line, str)]
        if not rows:
            return
        here = self.list.currentIndex().row()
        if here in rows:
            at = rows.index(here) + by
            # A page stops at the ends, a line goes round them.
            self._choose(rows[max(0, min(len(rows) - 1, at)) if abs(by) > 1 else at % len(rows)])
        else:
            self._choose(rows[0] if by > 0 else rows[-1])
        if QAccessible.isActive():
            sentence = self.model.sentence(self.list.currentIndex().row())
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._field, sentence))

    def _choose(self, row: int) -> None:
        self.list.setCurrentIndex(self.model.index(row, 0))
        if row == 1:
            self.list.scrollToTop()

    def _click(self, row: int) -> None:
        line = self.model.lines[row]
        if not isinstance(line, str):
            self.chosen.emit(line)
