"""The page of shortcuts: every command with its keys, other keys by pressing them, a file to take along."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.commands.shortcuts import Shortcuts, ShortcutsError
from vedette.desktop.language import tr
from vedette.desktop.settings.keys_editor import KeysEditor
from vedette.desktop.settings.page import SettingsPage
from vedette.desktop.settings.shortcut_model import AREA, COMMAND, KEYS, ShortcutModel
from vedette.desktop.shell.window import MainWindow
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.flow_layout import FlowLayout
from vedette.desktop.widgets.notices import Banner

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

LEAST_ROWS = 8
_MOST_ROWS_FOUND = 12
FILE = "vedette-shortcuts.json"
_LARGEST = 1_000_000
ChooseFile = Callable[[QWidget, str, str], str]


def ask_where_to_save(parent: QWidget, title: str, name: str) -> str:
    """Return the file the user chose to write, "" when cancelled."""
    return QFileDialog.getSaveFileName(parent, title, name, tr("Shortcuts (*.json)"))[0]


def ask_what_to_open(parent: QWidget, title: str, name: str) -> str:
    """Return the file the user chose to read, "" when cancelled."""
    return QFileDialog.getOpenFileName(parent, title, "", tr("Shortcuts (*.json)"))[0]


class _Table(QTableView):
    """Enter goes to the keys of the command, Tab on to them as everywhere."""

    def __init__(self, editor: KeysEditor) -> None:
        super().__init__()
        self._editor = editor
        self.setObjectName("settings.shortcuts.table")
        self.setAccessibleName(tr("Commands and their keys"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._editor.field.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)


class _ShortcutPanel(QWidget):
    """The table with its own filter, and the keys of the chosen command below it."""

    def __init__(self, theme: Theme, registry: CommandRegistry, shortcuts: Shortcuts) -> None:
        super().__init__()
        self._theme = theme
        self._around: tuple[tuple[str, ...], str] = ((), "")
        self.model = ShortcutModel(theme, registry, shortcuts)
        self.filter = QLineEdit()
        self.filter.setObjectName("settings.shortcuts.filter")
        self.filter.setAccessibleName(tr("Find commands by name or keys"))
        self.filter.setPlaceholderText(tr("Find commands by name or keys"))
        self.filter.setClearButtonEnabled(False)
        self.editor = KeysEditor(theme, registry, shortcuts)
        self.table = _Table(self.editor)
        self.table.setModel(self.model)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.filter)
        column.addWidget(self.table, 1)
        column.addWidget(self.editor)
        self.filter.textChanged.connect(lambda _: self._refilter())
        self.table.selectionModel().currentRowChanged.connect(self._show_current)
        self.model.modelReset.connect(self._choose_first)
        self.model.dataChanged.connect(lambda *_: self._show_current(self.table.currentIndex()))
        self.editor.left.connect(lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        theme.changed.connect(self._fit)
        self._fit()
        self._choose_first()

    def read(self) -> None:
        """Show the commands as they are now; the chosen one stays chosen."""
        command = self.model.command_at(self.table.currentIndex().row())
        self.model.read()
        if command is not None and (row := self.model.row_of(command.id)) >= 0:
            self.table.setCurrentIndex(self.model.index(row, COMMAND))

    def apply_filter(self, words: Sequence[str], around: str = "") -> int:
        """Show the commands that fit; as a whole while nothing is searched for."""
        self._around = (tuple(words), around)
        found = self._refilter()
        self.setVisible(bool(found))
        self._fit()
        return found

    def _refilter(self) -> int:
        words, around = self._around
        return self.model.filter((*words, *self.filter.text().casefold().split()), around)

    def _choose_first(self) -> None:
        self.table.setCurrentIndex(self.model.index(0, COMMAND))
        if self.model.rowCount() == 0:
            self.editor.show_command(None)

    def _show_current(self, current: QModelIndex, _: object = None) -> None:
        self.editor.show_command(self.model.command_at(current.row()))

    def _fit(self) -> None:
        height = self._theme.line_height("body") + 8
        self.table.verticalHeader().setDefaultSectionSize(height)
        rows = min(_MOST_ROWS_FOUND, max(2, self.model.rowCount())) if self._around[0] else LEAST_ROWS
        self.table.setMinimumHeight((rows + 1) * height + 8)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(COMMAND, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(KEYS, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(AREA, QHeaderView.ResizeMode.Interactive)
        self._fit_columns()

    def _fit_columns(self) -> None:
        letter = self._theme.metrics("body").averageCharWidth()
        is_wide = self.width() >= 52 * letter
        self.table.setColumnHidden(AREA, not is_wide)
        self.table.setColumnWidth(KEYS, round(22 * letter if is_wide else min(16 * letter, self.width() / 2)))
        self.table.setColumnWidth(AREA, round(12 * letter))

    @override
    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit_columns()


class ShortcutsPage(SettingsPage):
    def __init__(self, bridge: "Bridge", commands: CommandRegistry, theme: Theme) -> None:
        super().__init__(bridge, theme, "shortcuts", tr("Shortcuts"))
        self.shortcuts = Shortcuts(commands, bridge.preferences, self)
        self.ask_save: ChooseFile = ask_where_to_save
        self.ask_open: ChooseFile = ask_what_to_open
        self.notice = Banner(theme, name="settings.shortcuts.notice")
        self._column.addWidget(self.notice)
        self.panel = _ShortcutPanel(theme, commands, self.shortcuts)
        self.add(self.panel, 1)
        self.reset_all = Button(
            theme, tr("Reset all"), name="settings.shortcuts.reset_all", icon="rotate-ccw"
        )
        self.save = Button(theme, tr("Export…"), name="settings.shortcuts.export", icon="download")
        self.load = Button(theme, tr("Import…"), name="settings.shortcuts.import", icon="upload")
        self.undo = Button(theme, tr("Undo"), name="settings.shortcuts.undo", icon="undo-2")
        self._buttons = QWidget()
        flow = FlowLayout(8, self._buttons)
        flow.setContentsMargins(12, 8, 0, 0)
        for button in (self.reset_all, self.save, self.load, self.undo):
            flow.addWidget(button)
        self._column.addWidget(self._buttons)
        self._undone = ""  # the keys before they were reset or imported
        self.undo.hide()
        self.reset_all.clicked.connect(self._reset_all)
        self.save.clicked.connect(self._export)
        self.load.clicked.connect(self._import)
        self.undo.clicked.connect(self._undo)
        self.shortcuts.changed.connect(self._read)
        commands.registered.connect(self._read)
        self._read()
        self._say_ignored(self.shortcuts.notes)

    def open(self) -> None:
        """Have every view made, one by one, since each brings its commands along."""
        window = self.window()
        if isinstance(window, MainWindow):
            QTimer.singleShot(0, self, lambda: self._make_views(window, list(window.sections)))

    def _make_views(self, window: MainWindow, keys: Sequence[str]) -> None:
        """Make the view of the first of *keys*, then what it makes only when needed, then the next."""
        if not keys or not self.isVisible():
            return
        is_there = keys[0] in window.views
        view = window.view(keys[0])
        if is_there and hasattr(view, "warm"):
            view.warm()
        left = keys[1:] if is_there else keys
        QTimer.singleShot(0, self, lambda: self._make_views(window, left))

    def go(self, extra: str) -> None:
        """Choose the command *extra*."""
        row = self.panel.model.row_of(extra)
        if row >= 0:
            self.panel.table.setCurrentIndex(self.panel.model.index(row, COMMAND))
            self.panel.table.setFocus()

    def apply_filter(self, words: Sequence[str]) -> int:
        found = super().apply_filter(words)
        self._buttons.setVisible(not words)
        return found

    def _read(self) -> None:
        self.panel.read()
        self.reset_all.setEnabled(self.shortcuts.has_own)

    # ---------------------------------------------------------------- all at once

    def _reset_all(self) -> None:
        self._undone = self.shortcuts.export_text()
        self.save.setFocus()
        self.shortcuts.reset_all()
        self.undo.show()
        self.notice.say(tr("All commands have their usual keys again."), level="info")

    def _undo(self) -> None:
        self.save.setFocus()
        self.undo.hide()
        self.notice.clear()
        self.shortcuts.import_text(self._undone)

    def _export(self) -> None:
        path = self.ask_save(self, tr("Export shortcuts"), FILE)
        if not path:
            return
        try:
            Path(path).write_text(self.shortcuts.export_text(), encoding="utf-8")
        except OSError as error:
            self.notice.say(tr("The file could not be written."), details=str(error))
        else:
            self.notice.say(tr("Written to {path}").format(path=path), level="info")

    def _import(self) -> None:
        path = self.ask_open(self, tr("Import shortcuts"), FILE)
        if not path:
            return
        before = self.shortcuts.export_text()
        try:
            with Path(path).open(encoding="utf-8") as file:
                notes = self.shortcuts.import_text(file.read(_LARGEST))
        except (OSError, UnicodeDecodeError) as error:
            self.notice.say(tr("The file could not be read."), details=str(error))
        except ShortcutsError as error:
            self.notice.say(str(error), details=path)
        else:
            self._undone = before
            self.undo.show()
            self.notice.say(tr("The keys in the file are in use."), level="info")
            self._say_ignored(notes)

    def _say_ignored(self, notes: Sequence[str]) -> None:
        if notes:
            said = tr("%n shortcut(s) could not be understood and (is|are) ignored.", "", len(notes))
            self.notice.say(said, details="\n".join(notes), level="warning")
