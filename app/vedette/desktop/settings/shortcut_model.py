"""All commands with their keys, by area, those with keys first, as rows of a table."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from vedette.desktop.commands.command import CONTEXTS, Command
from vedette.desktop.commands.keys import show_keys
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.commands.shortcuts import Shortcuts
from vedette.desktop.language import mark, tr
from vedette.desktop.theme.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()

COMMAND, KEYS, AREA = range(3)
COLUMNS = (mark("Command"), mark("Keys"), mark("Where"))


class ShortcutModel(QAbstractTableModel):
    """A command the user gave other keys is bold and says so."""

    def __init__(self, theme: Theme, registry: CommandRegistry, shortcuts: Shortcuts) -> None:
        super().__init__()
        self._theme = theme
        self._registry = registry
        self._shortcuts = shortcuts
        self._words: tuple[str, ...] = ()
        self._around = ""
        self._rows: list[Command] = []
        self._order = {context: n for n, context in enumerate(CONTEXTS)}
        self.read()

    def read(self) -> None:
        """Take the commands over as they are now."""
        found = [command for command in self._registry.commands() if self._fits(command)]
        found.sort(
            key=lambda command: (
                self._order[command.context],
                not self._registry.usual_keys(command.id) and not command.keys,
                command.title.casefold(),
                command.id,
            )
        )
        if [command.id for command in found] == [command.id for command in self._rows]:
            self._rows = found
            if found:
                self.dataChanged.emit(self.index(0, 0), self.index(len(found) - 1, AREA))
            return
        self.beginResetModel()
        self._rows = found
        self.endResetModel()

    def filter(self, words: Sequence[str], around: str = "") -> int:
        """Show only commands that have all of *words* in title, keys or area; returns how many do."""
        self._words, self._around = tuple(words), around
        self.read()
        return len(self._rows)

    def _fits(self, command: Command) -> bool:
        keys = " ".join(f"{text} {show_keys(text)}" for text in command.keys)
        area = tr(CONTEXTS[command.context])
        said = f"{command.title} {command.id} {command.words} {keys} {area} {self._around}".casefold()
        return all(word in said for word in self._words)

    def command_at(self, row: int) -> Command | None:
        """Return the command of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, command_id: str) -> int:
        """Return the row of a command, -1 while it is not shown."""
        return next((row for row, command in enumerate(self._rows) if command.id == command_id), -1)

    # ---------------------------------------------------------------- Qt

    @override
    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section])
        return None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        command = self.command_at(index.row())
        if command is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(command, index.column())
        if role == Qt.ItemDataRole.FontRole and self._shortcuts.is_chosen(command.id):
            return self._theme.font("title")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            text = self._text(command, index.column())
            if index.column() == KEYS and self._shortcuts.is_chosen(command.id):
                return tr("{keys}, changed").format(keys=text or tr("no keys"))
            return text or tr("no keys")
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == COMMAND:
            return command.id
        return None

    @staticmethod
    def _text(command: Command, column: int) -> str:
        if column == COMMAND:
            return command.title
        if column == KEYS:
            return "   ".join(show_keys(text) for text in command.keys)
        return tr(CONTEXTS[command.context])
