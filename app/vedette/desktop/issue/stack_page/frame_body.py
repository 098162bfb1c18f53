"""What an open frame shows: its source with the current line marked, and its variables."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from vedette.desktop.issue.source.looking import LocalSource
from vedette.desktop.issue.source.matching import SourceState
from vedette.desktop.issue.source.shown import colour_source, shown_source
from vedette.desktop.issue.stack.frames import Frame
from vedette.desktop.issue.stack_page.find_field import FindField
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.code_lines import CodeLine
from vedette.desktop.widgets.code_view import CodeView
from vedette.desktop.widgets.json_values import (
    as_json,
    inner_meta,
    is_container,
    meta_note,
    preview,
    value_token,
)
from vedette.desktop.widgets.key_values import KeyValue, KeyValueTable
from vedette.desktop.widgets.labels import label, separator
from vedette.desktop.widgets.value_tree import ValueTree

_NAME_WIDTH = 140
_MOST_LINES = 60


class FrameBody(QWidget):
    """Source above, variables below; neither part is made when there is nothing to put into it."""

    editorWanted = Signal(int)
    """Open the frame's file in the editor at this line."""
    fileWanted = Signal()
    """Show the whole file."""
    differenceWanted = Signal()
    """Show how the file differs from what the event saw."""

    def __init__(
        self,
        theme: Theme,
        frame: Frame,
        *,
        name: str,
        platform: str,
        local: LocalSource | None,
        meta: Any,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._frame = frame
        self._platform = platform
        self._meta = meta
        self._local: LocalSource | None = None
        self.setObjectName(name)
        self.setProperty("commandContext", "code")
        self.code: CodeView | None = None
        self.table: KeyValueTable | None = None
        self.tree: ValueTree | None = None
        self._note: QWidget | None = None
        self._field: FindField | None = None
        self._variables: list[QWidget] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.set_local(local)
        self._add_variables()
        self._say_if_empty()

    # Source

    def set_local(self, local: LocalSource | None) -> None:
        """Show the source on disk where it stands for what the event saw, else the event's own lines."""
        self._local = local
        found = shown_source(self._frame, local)
        if found is None:
            if self.code is not None:
                self.code.hide()
            return
        if self.code is None:
            self.code = self._make_code()
            self._layout.insertWidget(0, self.code)
        runs = colour_source(found, self._frame, self._platform)
        numbered = enumerate(runs, start=found.first)
        self.code.set_lines([CodeLine(at, tuple(line), at == found.current) for at, line in numbered])
        if len(found.lines) > _MOST_LINES and found.current is not None:
            self.code.go_to_line(found.current)
        self._show_note(local)

    def _make_code(self) -> CodeView:
        code = CodeView(
            self._theme,
            name=f"{self.objectName()}.source",
            title=tr("Source of {function}").format(function=self._frame.function),
            most_lines=_MOST_LINES,
            parent=self,
        )
        code.lineActivated.connect(self.editorWanted)
        code.menuOpening.connect(self._extend_code_menu)
        return code

    def _extend_code_menu(self, menu: QMenu, line: int | None) -> None:
        local = self._local
        if local is None or local.path is None:
            return
        number = line if line is not None and local.is_shown else local.line or 1
        menu.addAction(tr("Open in editor")).triggered.connect(lambda: self.editorWanted.emit(number))
        menu.addAction(tr("Show whole file")).triggered.connect(self.fileWanted)
        if local.state is not SourceState.EXACT and self._frame.has_source:
            menu.addAction(tr("Show difference")).triggered.connect(self.differenceWanted)

    def _show_note(self, local: LocalSource | None) -> None:
        """Say below the source that the file has changed, with the way to see how."""
        is_edited = local is not None and local.state is SourceState.EDITED and self._frame.has_source
        if is_edited and self._note is None:
            self._note = self._make_note()
            self._layout.insertWidget(1, self._note)
        if self._note is not None:
            self._note.setVisible(is_edited)

    def _make_note(self) -> QWidget:
        note = QWidget(self)
        row = QHBoxLayout(note)
        row.setContentsMargins(12, 2, 12, 4)
        row.addWidget(label(tr("The file has been edited since."), "warning"))
        show = Button(self._theme, tr("Show difference"), name=f"{self.objectName()}.difference", role="link")
        show.clicked.connect(self.differenceWanted)
        row.addWidget(show)
        row.addStretch(1)
        return note

    def _say_if_empty(self) -> None:
        if self._layout.count() == 0:
            note = label(tr("The event carries neither source nor variables of this frame."), "caption")
            note.setContentsMargins(12, 8, 12, 8)
            self._layout.addWidget(note)

    # Variables

    def _add_variables(self) -> None:
        frame = self._frame
        plain = {name: value for name, value in frame.variables.items() if not is_container(value)}
        nested = {name: value for name, value in frame.variables.items() if is_container(value)}
        if plain:
            self.table = KeyValueTable(
                self._theme,
                name=f"{self.objectName()}.variables",
                title=tr("Variables of {function}").format(function=frame.function),
                label_width=_NAME_WIDTH,
                lines=True,
                parent=self,
            )
            self.table.extend_menu = self._extend_table_menu
            self.table.set_rows(self._rows(""))
            self._add_part(self.table)
        if nested:
            self.tree = ValueTree(
                self._theme,
                name=f"{self.objectName()}.values",
                title=tr("Structured variables of {function}").format(function=frame.function),
                reprs=True,
                fit=True,
                parent=self,
            )
            self.tree.extend_menu = _add_nothing
            self.tree.set_value(nested, self._meta)
            self.tree.header().resizeSection(0, _NAME_WIDTH + 24)
            self._add_part(self.tree)

    def _rows(self, wanted: str) -> list[KeyValue]:
        """Return a row for each plain variable that contains *wanted*."""
        rows = [
            _row(name, value, inner_meta(self._meta, name))
            for name, value in self._frame.variables.items()
            if not is_container(value)
        ]
        return [row for row in rows if wanted.lower() in f"{row.label}\n{row.value}".lower()]

    def _add_part(self, part: QWidget) -> None:
        if self._layout.count():
            line = separator()
            self._variables.append(line)
            self._layout.addWidget(line)
        self._variables.append(part)
        self._layout.addWidget(part)

    def _extend_table_menu(self, menu: QMenu, row: KeyValue) -> None:
        value = self._frame.variables.get(row.label)
        for title, text in ((tr("Copy name"), row.label), (tr("Copy JSON"), as_json(value))):
            menu.addAction(title).triggered.connect(
                lambda _=False, text=text: QGuiApplication.clipboard().setText(text)
            )

    def show_variables(self, shown: bool) -> None:
        """Show or hide the variables."""
        for part in self._variables:
            part.setVisible(shown)
        if self._field is not None and not shown:
            self._field.leave()

    @property
    def shows_variables(self) -> bool:
        """Whether there are variables in sight."""
        return any(not part.isHidden() for part in self._variables)

    def variable_lines(self) -> list[str]:
        """Return the variables as they are copied, one in a line."""
        return [
            f"{name} = {preview(value, 2_000, reprs=True)}" for name, value in self._frame.variables.items()
        ]

    # Finding in variables

    def find_variable(self) -> None:
        """Show the field that finds among the variables, and give it the keyboard."""
        if not self._variables:
            return
        if self._field is None:
            name = f"{self.objectName()}.find"
            self._field = FindField(name=name, title=tr("Find in variables"), parent=self)
            self._field.textChanged.connect(self._find)
            self._field.nextWanted.connect(self._find_next)
            self._field.left.connect(self._leave_field)
            self._layout.insertWidget(self._layout.indexOf(self._variables[0]), self._field)
        self._field.begin()

    def _find(self, text: str) -> None:
        if self.table is not None:
            self.table.set_rows(self._rows(text))
        if self.tree is not None:
            self.tree.find_text(text)

    def _find_next(self, back: bool) -> None:
        if self.tree is not None:
            self.tree.find_next(back=back)

    def _leave_field(self) -> None:
        (self.table or self.tree or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def height_for(self, width: int) -> int:
        """Return how high the body is in *width* pixels."""
        layout = self._layout
        if self.width() != width:
            # Whether source needs a scroll bar shows only once it has its width.
            self.resize(width, max(1, self.height()))
            layout.activate()
        return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()


def _add_nothing(menu: QMenu, path: Any, value: Any) -> None:
    """Leave a menu as it is: no search finds variables, so it must not offer to filter by them."""


def _row(name: str, value: Any, meta: Any) -> KeyValue:
    note = meta_note(meta, value)
    text = preview(value, 2_000, reprs=True)
    return KeyValue(
        name,
        f"{text}   {note}" if note else text,
        token=value_token(value, reprs=True),
        code=True,
        tip=f"{name} = {text[:1_000]}",
    )
