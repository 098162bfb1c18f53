"""Which DSN to show: the chosen project's key at the station's addresses, kept up to date."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.connect.read import ProjectKey, read_projects
from vedette.desktop.connect.targets import Key, Target, dsn, lan_address, local_address, main_dsn, targets
from vedette.domain.changes import ChangeKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vedette.desktop.bridge.bridge import Bridge

# From this machine any key is taken, and makes its project.
_ANY = Key("desk", 1)


class DsnSource(QObject):
    """The DSN of one page."""

    changed = Signal()
    settled = Signal()

    def __init__(self, bridge: "Bridge", owner: QObject) -> None:
        super().__init__(owner)
        self._bridge = bridge
        self._asking = InFlight(bridge, self)
        self._project: int | None = None
        self.projects: tuple[ProjectKey, ...] = ()
        bridge.changed.connect(self._take_changes)
        bridge.stationChanged.connect(lambda _: self.changed.emit())
        self._asking.settled.connect(self.settled)
        self.read()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        return self._asking.is_settled

    @property
    def current(self) -> ProjectKey | None:
        """The chosen project, the first if none was chosen, None while there is none."""
        chosen = [entry for entry in self.projects if entry.project.id == self._project]
        return next(iter(chosen or self.projects), None)

    @property
    def key(self) -> Key:
        """What the DSN holds besides an address."""
        current = self.current
        if current is None or not current.public_key:
            return _ANY if current is None else Key(_ANY.public_key, current.project.id)
        return Key(current.public_key, current.project.id)

    @property
    def dsn(self) -> str:
        """The DSN that works in most places."""
        station = self._bridge.station
        return main_dsn(station.base_url, station.addresses, self.key, lan=station.lan)

    def dsn_for(self, platform: str) -> tuple[str, str]:
        """Return the DSN for apps of *platform*, and in words where it works if that is not plain."""
        if platform == "android" and not self.network_dsn:
            emulator = next(target for target in self.targets() if target.key == "android")
            return emulator.value, "for the emulator"
        return self.dsn, ""

    @property
    def local_dsn(self) -> str:
        """The DSN for this machine."""
        return dsn(local_address(self._bridge.station.base_url), self.key)

    @property
    def network_dsn(self) -> str:
        """The DSN for other devices, "" while they cannot reach the station."""
        station = self._bridge.station
        address = lan_address(station.addresses) if station.lan else ""
        return dsn(address, self.key) if address else ""

    @property
    def address(self) -> str:
        """Where the station listens, host and port."""
        return local_address(self._bridge.station.base_url)

    def targets(self) -> "Sequence[Target]":
        """Return the other lines to copy."""
        station = self._bridge.station
        return targets(station.base_url, station.addresses, self.key, lan=station.lan)

    def choose(self, project: int) -> None:
        """Show the DSN of another project."""
        self._project = project
        self.changed.emit()

    def read(self) -> None:
        """Read the projects again."""
        self._asking.ask("projects", read_projects, answer=self._take, failed=lambda *_: None)

    def _take(self, projects: list[ProjectKey]) -> None:
        self.projects = tuple(projects)
        self.changed.emit()

    def _take_changes(self, changes: object) -> None:
        if isinstance(changes, tuple) and any(change.kind is ChangeKind.PROJECT for change in changes):
            self.read()
