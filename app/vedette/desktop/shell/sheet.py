"""The sheet of shortcuts: what applies where the keyboard is, as the keys are now."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from vedette.desktop.commands.registry import CommandRegistry, SheetSection
from vedette.desktop.language import tr
from vedette.desktop.shell.key_caps import KeyCaps
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.labels import label

_COLUMN_LETTERS = 44
"""How wide a column is at least where there are two."""
_KEYS_LETTERS = 16
_STACKED_LETTERS = 36
"""In less room than this the keys stand above what they do."""
_SCROLL_BAR = 20
_MARGIN, _BETWEEN = 24, 32
_AROUND = 40
_MOST_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class _Row:
    keys: KeyCaps
    title: QLabel
    words: str


class _Group:
    """A heading and its rows, as they stand in a column; *stacked*, keys stand above what they do."""

    def __init__(self, section: SheetSection, theme: Theme, *, stacked: bool) -> None:
        self.widget = QWidget()
        self.widget.setAccessibleName(section.title)
        self.rows: list[_Row] = []
        grid = QGridLayout(self.widget)
        grid.setContentsMargins(0, 0, 0, 14)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(5)
        if not stacked:
            grid.setColumnMinimumWidth(0, round(theme.metrics("body").horizontalAdvance("n" * _KEYS_LETTERS)))
        grid.setColumnStretch(1, 1)
        grid.addWidget(label(section.title, "title", wrap=True), 0, 0, 1, 2)
        for number, (keys, title) in enumerate(section.lines, start=1):
            row = _Row(
                KeyCaps(theme, keys.split("  ")),
                label(title, wrap=True),
                f"{keys} {title} {section.title}".casefold(),
            )
            row.title.setAccessibleDescription(keys)
            if stacked:
                grid.addWidget(row.keys, 2 * number, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
                grid.addWidget(row.title, 2 * number + 1, 0, 1, 2)
            else:
                grid.addWidget(row.keys, number, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                grid.addWidget(row.title, number, 1)
            self.rows.append(row)

    def narrow(self, words: Sequence[str]) -> int:
        """Show the rows with all *words* in them; return how many those are."""
        shown = 0
        for row in self.rows:
            fits = all(word in row.words for word in words)
            row.keys.setVisible(fits)
            row.title.setVisible(fits)
            shown += fits
        self.widget.setVisible(shown > 0)
        return shown


class ShortcutSheet(QDialog):
    """Keys and what they do in *contexts*, nearest first. Typing narrows it, Escape closes it.

    *note* is said above, such as that single-letter keys are switched off.
    """

    settingsWanted = Signal()
    """The keys are to be changed."""

    def __init__(
        self,
        registry: CommandRegistry,
        contexts: Sequence[str],
        theme: Theme,
        parent: QWidget,
        *,
        note: str = "",
    ) -> None:
        super().__init__(parent)
        self._registry = registry
        self._contexts = tuple(contexts)
        self._theme = theme
        self._groups: list[_Group] = []
        self._columns = 0
        self._stacked = False
        self.setObjectName("sheet")
        self.setWindowTitle(tr("Shortcuts"))
        self.setAccessibleName(tr("Shortcuts"))
        self.edit = QLineEdit()
        self.edit.setObjectName("sheet.search")
        self.edit.setAccessibleName(tr("Search shortcuts"))
        self.edit.setPlaceholderText(tr("Search by words or keys"))
        self.edit.setClearButtonEnabled(True)
        self.change = Button(theme, tr("Change keys…"), name="sheet.change", role="quiet", icon="keyboard")
        self.note = label(note, "caption", name="sheet.note", wrap=True)
        self.note.setVisible(bool(note))
        self.none = label("", "muted", name="sheet.none", wrap=True)
        self.none.hide()
        self._lay_out()
        self.edit.textChanged.connect(self._narrow)
        self.edit.installEventFilter(self)
        self.change.clicked.connect(self._change)
        registry.keysChanged.connect(self._fill)
        theme.changed.connect(self._fill)
        room = parent.size()
        wide = _MOST_COLUMNS * self._letters(_COLUMN_LETTERS) + _BETWEEN + 2 * _MARGIN + _SCROLL_BAR
        self.resize(min(wide, room.width() - _AROUND), room.height() - 2 * _AROUND)
        self._fill()

    def _lay_out(self) -> None:
        self.page = QWidget()
        self.page.setProperty("role", "scrolled")
        self._sides = QHBoxLayout(self.page)
        self._sides.setContentsMargins(_MARGIN, 12, _MARGIN, 12)
        self._sides.setSpacing(_BETWEEN)
        self.area = QScrollArea()
        self.area.setObjectName("sheet.area")
        self.area.setAccessibleName(tr("Shortcuts"))
        self.area.setWidgetResizable(True)
        # The arrows scroll it from the field; it is no stop for Tab of its own.
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self.page)
        head = QHBoxLayout()
        head.setContentsMargins(_MARGIN, 12, _MARGIN, 4)
        head.setSpacing(12)
        head.addWidget(self.edit, 1)
        head.addWidget(self.change)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        for text in (self.note, self.none):
            text.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
            layout.addWidget(text)
        layout.addWidget(self.area, 1)

    # ---------------------------------------------------------------- content

    def _fill(self) -> None:
        """Make the groups anew: other keys, or letters of another size."""
        for group in self._groups:
            group.widget.hide()
            group.widget.deleteLater()
        self._stacked = self._room() < self._letters(_STACKED_LETTERS)
        sections = self._registry.shortcut_sheet(self._contexts)
        self._groups = [_Group(section, self._theme, stacked=self._stacked) for section in sections]
        self._columns = 0
        self._arrange()
        if self.isVisible() or self.edit.text():
            self._narrow(self.edit.text())

    def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        shown = sum(group.narrow(words) for group in self._groups)
        self.none.setText(
            "" if shown else tr("No shortcut here has “{text}” in it.").format(text=text.strip())
        )
        self.none.setVisible(not shown)

    def visible_lines(self) -> list[str]:
        """Return what each row in the sheet says, heading by heading."""
        return [row.title.text() for group in self._groups for row in group.rows if not row.title.isHidden()]

    # ---------------------------------------------------------------- arrangement

    @property
    def columns(self) -> int:
        """How many columns stand side by side."""
        return self._columns

    def _letters(self, count: int) -> int:
        return round(self._theme.metrics("body").horizontalAdvance("n" * count))

    def _room(self) -> int:
        return self.width() - 2 * _MARGIN - _SCROLL_BAR

    def _arrange(self) -> None:
        """Put the groups into as many columns as there is room for, each as long as the other if may be."""
        both = _MOST_COLUMNS * self._letters(_COLUMN_LETTERS) + _BETWEEN
        wanted = 1 if self._room() < both else _MOST_COLUMNS
        wanted = min(wanted, max(1, len(self._groups)))
        if wanted == self._columns:
            return
        self._columns = wanted
        while (item := self._sides.takeAt(0)) is not None:
            column = item.layout()
            while column is not None and column.takeAt(0) is not None:
                continue
            del column
        columns = [QVBoxLayout() for _ in range(wanted)]
        for column in columns:
            self._sides.addLayout(column, 1)
        lengths = [0] * wanted
        for group in self._groups:
            shortest = lengths.index(min(lengths))
            columns[shortest].addWidget(group.widget)
            lengths[shortest] += len(group.rows) + 2
        for column in columns:
            column.addStretch(1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._stacked != (self._room() < self._letters(_STACKED_LETTERS)):
            self._fill()
        else:
            self._arrange()

    # ---------------------------------------------------------------- keys

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        bar = self.area.verticalScrollBar()
        by = {
            Qt.Key.Key_Down: bar.singleStep(),
            Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
        }.get(Qt.Key(event.key()))
        if by is not None:
            bar.setValue(bar.value() + by)
            return True
        if event.key() == Qt.Key.Key_Escape and self.edit.text():
            self.edit.clear()
            return True
        return False

    def _change(self) -> None:
        self.close()
        self.settingsWanted.emit()
