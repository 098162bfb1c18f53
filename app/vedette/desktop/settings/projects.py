"""The page of projects: which there are, and what can be set of each."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from vedette.desktop.bridge.state import StationState
from vedette.desktop.language import tr
from vedette.desktop.settings.colour_picker import COLOURS, dot_icon
from vedette.desktop.settings.page import SettingsPage
from vedette.desktop.settings.project_panel import ProjectPanel
from vedette.desktop.settings.read import ProjectSettings, read_projects
from vedette.desktop.theme.theme import Theme
from vedette.desktop.theme.tokens import project_token
from vedette.desktop.widgets.buttons import Button
from vedette.domain.changes import Change, ChangeKind

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

_ID = Qt.ItemDataRole.UserRole
_MOST_ROWS = 7
_DOT = 18


class _Projects(QWidget):
    """The list of projects with the way to another one below it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._projects: tuple[ProjectSettings, ...] = ()
        self.list = QListWidget()
        self.list.setObjectName("settings.projects")
        self.list.setAccessibleName(tr("Projects"))
        self.list.setIconSize(QSize(_DOT, _DOT))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.new_name = QLineEdit()
        self.new_name.setObjectName("settings.projects.new_name")
        self.new_name.setAccessibleName(tr("Name of a new project"))
        self.new_name.setPlaceholderText(tr("Name of a new project"))
        self.new_name.setMaxLength(200)
        self.make = Button(theme, tr("New project"), name="settings.projects.make", icon="plus")
        self.make.setEnabled(False)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.new_name, 1)
        line.addWidget(self.make)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 0, 6)
        column.setSpacing(8)
        column.addWidget(self.list)
        column.addLayout(line)
        theme.changed.connect(self._draw)

    def show_projects(self, projects: tuple[ProjectSettings, ...]) -> None:
        """Show *projects*; the chosen one stays chosen."""
        chosen = self.chosen()
        self._projects = projects
        self.list.blockSignals(True)
        self.list.clear()
        for one in projects:
            item = QListWidgetItem()
            item.setData(_ID, one.project.id)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._draw()
        if not self.choose(chosen) and projects:
            self.list.setCurrentRow(0)

    def choose(self, project: int | None) -> bool:
        """Choose a project by its id; False if it is not there."""
        for row in range(self.list.count()):
            if self.list.item(row).data(_ID) == project:
                self.list.setCurrentRow(row)
                return True
        return False

    def chosen(self) -> int | None:
        """Return the id of the chosen project."""
        item = self.list.currentItem()
        return None if item is None else int(item.data(_ID))

    def _draw(self) -> None:
        for row, one in enumerate(self._projects):
            project, item = one.project, self.list.item(row)
            color = self._theme.color(project_token(project.colour))
            item.setIcon(dot_icon(color, _DOT, self.devicePixelRatioF()))
            same = project.name.casefold() == project.slug.casefold()
            item.setText(project.slug if same else f"{project.slug}  —  {project.name}")
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole,
                tr("{slug}, {name}, {colour}").format(
                    slug=project.slug, name=project.name, colour=tr(COLOURS[project.colour % len(COLOURS)])
                ),
            )
        height = self._theme.line_height("body") + 10
        for row in range(self.list.count()):
            self.list.item(row).setSizeHint(QSize(0, height))
        rows = min(_MOST_ROWS, max(1, self.list.count()))
        self.list.setFixedHeight(rows * height + 6)

    def apply_filter(self, words: Sequence[str], around: str = "") -> int:
        """Show the projects that fit; all while something else of the page does."""
        fitting = [
            all(
                word in f"{around} {one.project.slug} {one.project.name} {one.project.folder}".casefold()
                for word in words
            )
            for one in self._projects
        ]
        if words and any(fitting) and not all(fitting):
            self.list.setCurrentRow(fitting.index(True))
        return int(any(fitting))


class ProjectsPage(SettingsPage):
    def __init__(self, bridge: "Bridge", theme: Theme) -> None:
        super().__init__(bridge, theme, "projects", tr("Projects"))
        self._projects: dict[int, ProjectSettings] = {}
        self._wanted: int | str | None = None  # a project to choose once it is there
        self.list = _Projects(theme)
        self.panel = ProjectPanel(bridge, theme)
        self.add(self.list)
        self.add(self.panel)
        self.panel.hide()
        self.list.list.currentRowChanged.connect(lambda _: self._show_chosen())
        self.list.new_name.textChanged.connect(lambda _: self._say_whether_can_make())
        self.list.new_name.returnPressed.connect(self._make)
        self.list.make.clicked.connect(self._make)
        self.panel.failed.connect(self.failed)
        self.panel.changed.connect(self.open)
        bridge.changed.connect(self._take_changes)
        self.show_station(bridge.station)

    def open(self) -> None:
        self._asking.ask("projects", read_projects, answer=self._take, failed=self.failed.emit)

    def go(self, extra: str) -> None:
        """Choose the project *extra*: its id or short code."""
        self._wanted = extra
        self.open()

    def _take_changes(self, changes: tuple[Change, ...]) -> None:
        if self.isVisible() and any(change.kind is ChangeKind.PROJECT for change in changes):
            self.open()

    def _take(self, found: tuple[ProjectSettings, ...]) -> None:
        if found != tuple(self._projects.values()):
            self._projects = {one.project.id: one for one in found}
            self.list.show_projects(found)
        if self._wanted is not None:
            for one in found:
                if str(self._wanted) in (str(one.project.id), one.project.slug):
                    self.list.choose(one.project.id)
                    self._wanted = None
                    break
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self._projects.get(self.list.chosen() or 0)
        self.panel.setVisible(chosen is not None)
        if chosen is not None:
            station = self._bridge.station
            self.panel.show_project(chosen, station.address if station.listening else "")
        self.panel.set_listening(self._bridge.station.listening)

    def show_station(self, station: StationState) -> None:
        self.list.new_name.setEnabled(station.listening)
        self._say_whether_can_make()
        self._show_chosen()

    def _say_whether_can_make(self) -> None:
        has_name = bool(self.list.new_name.text().strip())
        self.list.make.setEnabled(has_name and self._bridge.station.listening)

    def _make(self) -> None:
        name = self.list.new_name.text().strip()
        if not name:
            return

        def made(answer: Any) -> None:
            self.list.new_name.clear()
            self._wanted = answer.get("id") if isinstance(answer, dict) else None
            self.open()

        self._bridge.call(
            "POST",
            "/organizations/desk/projects/",
            {"name": name},
            answer=made,
            failed=self.failed.emit,
            owner=self,
        )
