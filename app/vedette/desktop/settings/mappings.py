"""Path mappings of a project: how paths begin in its events, and the folder where what follows lies."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button, IconButton
from vedette.store.queries.projects import PathMapping

ChooseFolder = Callable[[QWidget, str, str], str]
"""Asks the user for a folder: parent, title, where to begin; "" when cancelled."""


def ask_for_folder(parent: QWidget, title: str, begin: str) -> str:
    """Return the folder the user chose in the platform's own dialog."""
    return QFileDialog.getExistingDirectory(parent, title, begin)


class _MappingFields(QWidget):
    """The two fields of one mapping."""

    edited = Signal()
    removed = Signal()

    def __init__(self, theme: Theme, name: str, choose: Callable[[str], str]) -> None:
        super().__init__()
        self._choose = choose
        self.prefix = _field(f"{name}.prefix", tr("Paths in events begin with"), "/app/")
        self.folder = _field(f"{name}.folder", tr("Folder on this disk"), tr("Folder on this disk"))
        pick = IconButton(theme, "folder-open", tr("Choose the folder"), name=f"{name}.choose")
        remove = IconButton(theme, "x", tr("Remove this mapping"), name=f"{name}.remove")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 6)
        grid.setSpacing(4)
        grid.addWidget(self.prefix, 0, 0)
        grid.addWidget(remove, 0, 1)
        grid.addWidget(self.folder, 1, 0)
        grid.addWidget(pick, 1, 1)
        for field in (self.prefix, self.folder):
            field.editingFinished.connect(self.edited)
        remove.clicked.connect(self.removed)
        pick.clicked.connect(self._pick)

    def _pick(self) -> None:
        folder = self._choose(self.folder.text())
        if folder:
            self.folder.setText(folder)
            self.edited.emit()

    def mapping(self) -> PathMapping | None:
        """Return what the fields say, None while one is empty."""
        prefix, folder = self.prefix.text().strip(), self.folder.text().strip()
        return PathMapping(prefix, folder) if prefix and folder else None


class MappingsEditor(QWidget):
    """Any number of mappings; they are tried from the first to the last."""

    changed = Signal(tuple)
    """The user changed them; carries those that are whole."""

    def __init__(self, theme: Theme, *, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._shown: tuple[PathMapping, ...] = ()
        self._fields: list[_MappingFields] = []
        self.choose_folder: ChooseFolder = ask_for_folder
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.add = Button(theme, tr("Add a mapping"), name=f"{name}.add", role="small", icon="plus")
        self.add.clicked.connect(self._add_empty)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def show_mappings(self, mappings: Sequence[PathMapping]) -> None:
        """Show *mappings*; what is being typed stays when they are the same."""
        if tuple(mappings) == self._shown and len(self._fields) >= len(mappings):
            return
        self._shown = tuple(mappings)
        while self._fields:
            self._drop(self._fields[-1])
        for mapping in mappings:
            fields = self._make()
            fields.prefix.setText(mapping.prefix)
            fields.folder.setText(mapping.folder)

    def _make(self) -> _MappingFields:
        number = len(self._fields)
        fields = _MappingFields(self._theme, f"{self._name}.{number}", self._choose)
        fields.edited.connect(self._tell)
        fields.removed.connect(lambda: self._remove(fields))
        self._fields.append(fields)
        self._column.insertWidget(number, fields)
        return fields

    def _choose(self, begin: str) -> str:
        return self.choose_folder(self, tr("Folder on this disk"), begin)

    def _add_empty(self) -> None:
        fields = self._make()
        fields.show()  # else it only is after the next turn of the loop, and what is hidden takes no keyboard
        fields.prefix.setFocus()

    def _remove(self, fields: _MappingFields) -> None:
        self.add.setFocus()
        self._drop(fields)
        self._tell()

    def _drop(self, fields: _MappingFields) -> None:
        self._fields.remove(fields)
        self._column.removeWidget(fields)
        fields.hide()
        fields.deleteLater()

    def _tell(self) -> None:
        found = tuple(mapping for fields in self._fields if (mapping := fields.mapping()) is not None)
        if found != self._shown:
            self._shown = found
            self.changed.emit(found)


def _field(name: str, title: str, hint: str) -> QLineEdit:
    field = QLineEdit()
    field.setObjectName(name)
    field.setAccessibleName(title)
    field.setToolTip(title)
    field.setPlaceholderText(hint)
    field.setMaxLength(4096)
    return field
