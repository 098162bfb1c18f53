"""Which folder on this disk holds a project's source, for each project."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from vedette.desktop.settings.parts import LABEL_WIDTH, PathLabel
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.labels import label
from vedette.store.queries.projects import ProjectRow

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

ChooseFolder = Callable[[QWidget, str, str], str]
"""Asks the user for a folder: parent, title, where to begin; "" when cancelled."""


def ask_for_folder(parent: QWidget, title: str, begin: str) -> str:
    """Return the folder the user chose in the platform's own dialog."""
    return QFileDialog.getExistingDirectory(parent, title, begin)


class ProjectFolders(QWidget):
    """A row for each project: its name, its folder, Choose and Forget."""

    failed = Signal(str, str)
    changed = Signal()

    def __init__(self, bridge: "Bridge", theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._shown: tuple[ProjectRow, ...] = ()
        self.choose_folder: ChooseFolder = ask_for_folder
        self.setObjectName("settings.projects")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)

    def show_projects(self, projects: Sequence[ProjectRow]) -> None:
        """Show *projects*; rows that are the same stay, so that the keyboard stays where it is."""
        if tuple(projects) == self._shown:
            return
        self._shown = tuple(projects)
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for n, project in enumerate(projects):
            self._add(n, project)

    def _add(self, n: int, project: ProjectRow) -> None:
        name = label(project.slug, "", name=f"settings.project.{project.id}")
        name.setToolTip(project.name)
        folder = PathLabel(self._theme, f"settings.folder.{project.id}")
        folder.say(project.folder or "No folder yet", "code" if project.folder else "muted")
        choose = Button(self._theme, "Choose…", name=f"settings.choose.{project.id}", role="small")
        choose.setAccessibleName(f"Choose the source folder of {project.slug}")
        choose.clicked.connect(lambda: self._choose(project))
        forget = Button(self._theme, "Forget", name=f"settings.forget.{project.id}", role="small")
        forget.setAccessibleName(f"Forget the source folder of {project.slug}")
        forget.setEnabled(bool(project.folder))
        forget.clicked.connect(lambda: self._put(project, None))
        for column, widget in enumerate((name, folder, choose, forget)):
            self._grid.addWidget(widget, n, column, Qt.AlignmentFlag.AlignVCenter)

    def _choose(self, project: ProjectRow) -> None:
        folder = self.choose_folder(self, f"Source folder of {project.slug}", project.folder or "")
        if folder:
            self._put(project, folder)

    def _put(self, project: ProjectRow, folder: str | None) -> None:
        self._bridge.call(
            "PUT",
            f"/projects/desk/{project.slug}/",
            {"folder": folder},
            answer=lambda _: self.changed.emit(),
            failed=self.failed.emit,
            owner=self,
        )
