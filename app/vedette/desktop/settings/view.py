"""The page of settings: appearance, listening, projects with their folders, storage, privacy."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.bridge.state import StationState
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.settings.parts import Group
from vedette.desktop.settings.projects import ProjectFolders
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.read import Overview, read_overview
from vedette.desktop.theme.theme import Density, SchemeSetting, Theme
from vedette.desktop.widgets import units
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.notices import Banner
from vedette.desktop.widgets.segmented import Segment, Segmented
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.json import JsonObject

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

_WIDTH = 780
_LONGEST_DAYS = 36_500
_SCHEMES = (
    (SchemeSetting.SYSTEM, "System"),
    (SchemeSetting.LIGHT, "Light"),
    (SchemeSetting.DARK, "Dark"),
    (SchemeSetting.CONTRAST, "High contrast"),
)


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
        self._asking = InFlight(bridge, self)
        self.setObjectName("settings.view")
        self.setProperty("role", "canvas")
        self.setAccessibleName("Settings")
        self.banner = Banner(theme, name="settings.banner")
        self.scheme = Segmented(
            theme,
            [Segment(setting.value, title) for setting, title in _SCHEMES],
            name="settings.scheme",
            title="Colours",
        )
        self.density = Segmented(
            theme,
            [Segment(density.value, density.value.capitalize()) for density in Density],
            name="settings.density",
            title="Density of rows",
        )
        self.lan = QCheckBox("Take events from the local network")
        self.lan.setObjectName("settings.lan")
        self.days = QSpinBox()
        self.days.setObjectName("settings.days")
        self.days.setAccessibleName("Days to keep events")
        self.days.lineEdit().setAccessibleName("Days to keep events")
        self.days.setRange(0, _LONGEST_DAYS)
        self.days.setSpecialValueText("for ever")
        self.days.setSuffix(" days")
        self.projects = ProjectFolders(bridge, theme)
        self._lay_out()
        self._connect()
        self._show_look()
        self._show_station(bridge.station)

    def _lay_out(self) -> None:
        appearance = Group("Appearance", "appearance")
        appearance.put("Colours", self.scheme)
        appearance.put("Density", self.density)
        listening = Group("Listening", "listening")
        listening.addWidget(self.lan, 0, Qt.AlignmentFlag.AlignLeft)
        self.lan_says = listening.say("", "lan_says")
        projects = Group("Projects", "projects")
        projects.say(
            "Where a project's source lies on this disk: stack traces then show it and open it.", "hint"
        )
        projects.addWidget(self.projects)
        storage = Group("Storage", "storage")
        storage.put("Keep events", self.days)
        self.storage = storage.say("", "sizes")
        privacy = Group("Privacy", "privacy")
        privacy.say("Outbound connections: none.", "outbound")
        page = QWidget()
        page.setProperty("role", "scrolled")
        column = QVBoxLayout()
        column.setContentsMargins(28, 20, 28, 28)
        column.addWidget(label("Settings", "header", name="settings.title"))
        column.addWidget(self.banner)
        for group in (appearance, listening, projects, storage, privacy):
            column.addLayout(group)
        column.addStretch(1)
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        inner.setMaximumWidth(_WIDTH)
        inner.setLayout(column)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(inner, 1)
        row.addStretch(0)
        area = QScrollArea()
        area.setObjectName("settings.area")
        area.setAccessibleName("Settings")
        area.setWidgetResizable(True)
        area.setWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def _connect(self) -> None:
        self.scheme.chosen.connect(lambda key: self._theme.set_setting(SchemeSetting(key)))
        self.density.chosen.connect(lambda key: self._theme.set_density(Density(key)))
        self.lan.clicked.connect(lambda on: self._put({"lan": on}))
        self.days.editingFinished.connect(self._put_days)
        self.projects.failed.connect(self._fail)
        self.projects.changed.connect(self.open)
        self._theme.changed.connect(self._show_look)
        self._asking.settled.connect(self.settled)
        self._bridge.stationChanged.connect(self._show_station)
        self._bridge.changed.connect(self._take_changes)

    def go(self, place: Place) -> None:
        """Show the page as things are now."""
        self.open()

    def open(self) -> None:
        """Read again what is shown."""
        self._asking.ask(
            "overview", read_overview, self._bridge.workspace, answer=self._show, failed=self._fail
        )

    def _take_changes(self, changes: tuple[Change, ...]) -> None:
        if self.isVisible() and any(change.kind is ChangeKind.PROJECT for change in changes):
            self.open()

    def _show(self, overview: Overview) -> None:
        sizes, totals = overview.sizes, overview.totals
        self.storage.setText(
            f"{units.plural(totals.events, 'event')} and {units.plural(totals.traces, 'trace')}: "
            f"database {units.size(sizes.database)}, attachments {units.size(sizes.blobs)}, "
            f"spool {units.size(sizes.spool)}.\nThey lie in {self._bridge.workspace.folder}"
        )
        self.projects.show_projects(overview.projects)

    def _show_look(self) -> None:
        self.scheme.choose(self._theme.setting.value)
        self.density.choose(self._theme.density.value)

    def _show_station(self, station: StationState) -> None:
        self.lan.setEnabled(station.listening)
        self.lan.setChecked(station.lan)
        self.days.setEnabled(station.listening)
        self.projects.setEnabled(station.listening)
        kept = (station.details.get("retention") or {}).get("days")
        if isinstance(kept, int) and not self.days.hasFocus():
            self.days.setValue(kept)
        self.lan_says.setText(_about_listening(station))
        self.lan_says.setAccessibleName(self.lan_says.text())

    def _put_days(self) -> None:
        kept = (self._bridge.station.details.get("retention") or {}).get("days")
        if self.days.value() != kept:
            self._put({"days": self.days.value()})

    def _put(self, body: JsonObject) -> None:
        self._bridge.call("PUT", "/station/", body, failed=self._fail, owner=self)

    def _fail(self, sentence: str, details: str) -> None:
        self.banner.say(sentence, details=details)
        self._show_station(self._bridge.station)


def _about_listening(station: StationState) -> str:
    """Return what the switch for the network exposes, or would."""
    if not station.listening:
        return "No station is running: nothing is taken, and these settings cannot be changed."
    where = ", ".join(station.addresses)
    if station.lan:
        return (
            f"Listening on {where}. Every device on this network can send events to a project whose key it "
            "knows; reading needs the token of this computer. The station announces its name there."
        )
    return (
        f"Listening on {where}: only programs on this computer can send. Switched on, the port is open to "
        "the local network, to send with a project's key and to read with the token of this computer, and "
        "the station announces its name there."
    )
