"""Whose DSN is shown: a button with the projects in its menu, and a line to name a new one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QWidget
from typing_extensions import override

from vedette.desktop.connect.source import DsnSource
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.plain_text import plain_title


class ProjectMenu(Button):
    """The chosen project's short name; its menu chooses another, or asks for a new one."""

    newWanted = Signal()

    def __init__(self, source: DsnSource, theme: Theme, *, name: str) -> None:
        self._choices = QMenu()
        theme.dress(self._choices)
        super().__init__(theme, "", name=name, role="small", menu=self._choices)
        self._source = source
        source.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        current = self._source.current
        self.setVisible(current is not None)
        if current is None:
            return
        self.setText(plain_title(current.project.slug))
        self.setAccessibleName(tr("Project {slug}").format(slug=current.project.slug))
        self._choices.clear()
        for entry in self._source.projects:
            action = self._choices.addAction(plain_title(f"{entry.project.slug}   {entry.project.name}"))
            action.setCheckable(True)
            action.setChecked(entry is current)
            action.triggered.connect(lambda _=False, number=entry.project.id: self._source.choose(number))
        self._choices.addSeparator()
        self._choices.addAction(tr("New project…")).triggered.connect(lambda: self.newWanted.emit())


class NewProject(QWidget):
    """A line for a new project's name, with its button. Hidden until it is asked for; Esc hides it again."""

    def __init__(self, source: DsnSource, theme: Theme, *, name: str) -> None:
        super().__init__()
        self._source = source
        self.setObjectName(name)
        self.setAccessibleName(tr("New project"))
        self.field = QLineEdit()
        self.field.setObjectName(f"{name}.name")
        self.field.setAccessibleName(tr("Name of the new project"))
        self.field.setPlaceholderText(tr("Name of the new project"))
        self.field.setMaxLength(50)
        self.make = Button(theme, tr("Create", "a project"), name=f"{name}.make", role="small", icon="plus")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.make)
        self.field.textChanged.connect(lambda text: self.make.setEnabled(bool(text.strip())))
        self.field.returnPressed.connect(self._create)
        self.make.clicked.connect(self._create)
        self.make.setEnabled(False)
        self.hide()

    def ask(self) -> None:
        """Show the line, ready to be written into."""
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _create(self) -> None:
        name = self.field.text().strip()
        if name:
            self._source.create(name)
            self.field.clear()
            self.hide()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            event.accept()
        else:
            super().keyPressEvent(event)
