"""The page of settings: appearance, listening, projects with their folders, storage, privacy."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.shell.read import Overview, read_overview
from vedette.desktop.theme.theme import Density, SchemeSetting, Theme
from vedette.desktop.widgets import units
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.notices import Banner
from vedette.desktop.widgets.segmented import Segment, Segmented
from vedette.store.queries.projects import ProjectRow

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

_WIDTH = 760


class SettingsView(QWidget):
    """Changes apply at once; there is nothing to confirm."""

    navigate = Signal(object)
    settled = Signal()

    def __init__(
        self, bridge: "Bridge", commands: CommandRegistry, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._commands = commands
        self._asking = InFlight(bridge, self)
        self.setObjectName("settings.view")
        self.setProperty("role", "canvas")
        self.setAccessibleName("Settings")
        self.banner = Banner(theme, name="settings.banner")
        self.scheme = Segmented(
            theme,
            [Segment(s.value, t) for s, t in _SCHEMES],
            name="settings.scheme",
            title="Colours",
        )
        self.scheme.choose(theme.setting.value)
        self.density = Segmented(
            theme,
            [Segment(d.value, d.value.capitalize()) for d in Density],
            name="settings.density",
            title="Density of rows",
        )
        self.density.choose(theme.density.value)
        self.lan = QCheckBox("Take events from the local network")
        self.lan.setObjectName("settings.lan")
        self.lan_says = label("", "muted", name="settings.lan_says", wrap=True)
        self.days = QSpinBox()
        self.days.setObjectName("settings.days")
        self.days.setAccessibleName("Days to keep")
        self.days.setRange(1, 3650)
        self.days.setValue(90)
        self.days.setSuffix(" days")
        self.storage = label("", "muted", name="settings.storage", wrap=True)
        self._projects = QGridLayout()
        self._projects.setHorizontalSpacing(12)
        self._projects.setVerticalSpacing(6)
        self._lay_out()
        self.scheme.chosen.connect(lambda key: theme.set_setting(SchemeSetting(key)))
        self.density.chosen.connect(lambda key: theme.set_density(Density(key)))
        self.lan.clicked.connect(lambda on: self._put({"lan": on}))
        self.days.editingFinished.connect(lambda: self._put({"days": self.days.value()}))
        self._asking.settled.connect(self.settled)
        bridge.stationChanged.connect(lambda _: self._show_station())
        self._show_station()

    def _lay_out(self) -> None:
        page = QWidget()
        page.setProperty("role", "scrolled")
        page.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(page)
        column.setContentsMargins(28, 22, 28, 28)
        column.setSpacing(8)
        column.addWidget(label("Settings", "header", name="settings.title"))
        column.addWidget(self.banner)
        for title, parts in (
            ("Appearance", [_row("Colours", self.scheme), _row("Density", self.density)]),
            ("Listening", [self.lan, self.lan_says]),
            (
                "Projects",
                [
                    label(
                        "The folder is where a project's source lies on this disk.",
                        "muted",
                        name="settings.hint",
                    )
                ],
            ),
        ):
            column.addSpacing(10)
            column.addWidget(label(title, "title", name=f"settings.{title.lower()}"))
            for part in parts:
                column.addWidget(part) if isinstance(part, QWidget) else column.addLayout(part)
        column.addLayout(self._projects)
        column.addSpacing(10)
        column.addWidget(label("Storage", "title", name="settings.storage_title"))
        column.addLayout(_row("Keep events for", self.days))
        column.addWidget(self.storage)
        column.addSpacing(10)
        column.addWidget(label("Privacy", "title", name="settings.privacy"))
        column.addWidget(label("Outbound connections: none.", "muted", name="settings.outbound"))
        column.addStretch(1)
        area = QScrollArea()
        area.setObjectName("settings.area")
        area.setAccessibleName("Settings")
        area.setWidgetResizable(True)
        area.setWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def open(self) -> None:
        """Read again what is shown."""
        self.scheme.choose(self._theme.setting.value)
        self._asking.ask(
            "overview", read_overview, self._bridge.workspace, answer=self._show, failed=self._fail
        )

    def _show(self, overview: Overview) -> None:
        sizes = overview.sizes
        self.storage.setText(
            f"{units.plural(overview.totals.events, 'event')}; database {units.size(sizes.database)}, "
            f"attachments {units.size(sizes.blobs)}, in {self._bridge.workspace.folder}"
        )
        while (item := self._projects.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for n, project in enumerate(overview.projects):
            self._add_project(n, project)

    def _add_project(self, n: int, project: ProjectRow) -> None:
        name = label(project.name, "body", name=f"settings.project.{project.id}")
        folder = label(project.folder or "no folder", "muted", name=f"settings.folder.{project.id}")
        choose = Button(self._theme, "Choose…", name=f"settings.choose.{project.id}", role="small")
        choose.setAccessibleName(f"Choose the source folder of {project.name}")
        choose.clicked.connect(lambda: self._choose_folder(project))
        self._projects.addWidget(name, n, 0)
        self._projects.addWidget(folder, n, 1)
        self._projects.addWidget(choose, n, 2)
        self._projects.setColumnStretch(1, 1)

    def _choose_folder(self, project: ProjectRow) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, f"Source folder of {project.name}", project.folder or ""
        )
        if folder:
            self._bridge.call(
                "PUT", f"/projects/desk/{project.id}/", {"folder": folder},
                answer=lambda _: self.open(), failed=self._fail, owner=self,
            )  # fmt: skip

    def _show_station(self) -> None:
        station = self._bridge.station
        self.lan.setEnabled(station.listening)
        self.lan.setChecked(station.lan)
        where = ", ".join(station.addresses) or "nowhere"
        if station.lan:
            self.lan_says.setText(
                f"Listening on {where}. Devices on this network can send events with a known key; "
                "reading still needs the token of this computer."
            )
        else:
            self.lan_says.setText(
                f"Listening on {where}: only programs on this computer can send. Switching it on opens the port "
                "to the local network and announces this station there."
            )

    def _put(self, body: dict[str, Any]) -> None:
        self._bridge.call("PUT", "/station/", body, failed=self._fail, owner=self)

    def _fail(self, sentence: str, details: str) -> None:
        self.banner.say(sentence, details=details)
        self._show_station()


_SCHEMES = (
    (SchemeSetting.SYSTEM, "System"),
    (SchemeSetting.LIGHT, "Light"),
    (SchemeSetting.DARK, "Dark"),
    (SchemeSetting.CONTRAST, "High contrast"),
)


def _row(title: str, widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    text = label(title, "muted", name=f"settings.label.{title.lower().replace(' ', '_')}")
    text.setMinimumWidth(130)
    text.setBuddy(widget)
    row.addWidget(text)
    row.addWidget(widget)
    row.addStretch(1)
    return row
