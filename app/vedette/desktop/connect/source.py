"""Which DSN to show: the chosen project's key at the station's addresses, kept up to date."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, Signal

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.bridge.state import StationState
from vedette.desktop.connect.reachable import Reachable, host_kind, read_interfaces
from vedette.desktop.connect.targets import (
    ANDROID_EMULATOR,
    Key,
    Reach,
    at_port,
    dsn,
    is_loopback,
    main_dsn,
    network_address,
)
from vedette.desktop.language import tr
from vedette.domain.changes import ChangeKind

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge
    from vedette.desktop.connect.read import ProjectKey

# From this machine any key is taken, and makes its project.
_ANY = Key("desk", 1)


def reach_of(station: StationState) -> Reach:
    """Return where *station* can be reached."""
    interfaces = read_interfaces(station.details)
    if not station.details and station.lan:
        hosts = (urlsplit(f"//{address}").hostname or "" for address in station.addresses)
        others = tuple(host for host in hosts if host and not is_loopback(host))
        interfaces = (Reachable(tr("network"), "other", others, is_open=True, is_chosen=True),)
    return Reach(station.base_url, interfaces, str(station.details.get("hostName") or ""), host_kind())


class DsnSource(QObject):
    """The DSN of one page."""

    changed = Signal()
    settled = Signal()
    failed = Signal(str, str)

    def __init__(self, bridge: "Bridge", owner: QObject) -> None:
        super().__init__(owner)
        self._bridge = bridge
        self._asking = InFlight(bridge, self)
        self._project: int | None = None
        self.projects: tuple[ProjectKey, ...] = ()
        self.reach = reach_of(bridge.station)
        bridge.changed.connect(self._take_changes)
        bridge.stationChanged.connect(self._take_station)
        self._asking.settled.connect(self.settled)
        self.read()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        return self._asking.is_settled

    @property
    def current(self) -> "ProjectKey | None":
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
        return main_dsn(self.reach, self.key)

    def dsn_for(self, platform: str) -> tuple[str, str]:
        """Return the DSN for apps of *platform*, and in words where it works if that is not plain."""
        if platform == "android" and not self.network_dsn:
            address = at_port(ANDROID_EMULATOR, self.reach.port)
            return dsn(address, self.key), tr("for the emulator")
        return self.dsn, ""

    @property
    def local_dsn(self) -> str:
        """The DSN for this machine."""
        return dsn(self.reach.address, self.key)

    @property
    def network_dsn(self) -> str:
        """The DSN for other devices, "" while they cannot reach the station."""
        address = network_address(self.reach)
        return dsn(address, self.key) if address else ""

    @property
    def address(self) -> str:
        """Where the station listens, host and port."""
        return self.reach.address

    def choose(self, project: int) -> None:
        """Show the DSN of another project."""
        self._project = project
        self.changed.emit()

    def create(self, name: str) -> None:
        """Make a project called *name* and show its DSN; ``failed`` says why it was not made."""

        def take(answer: dict[str, object]) -> None:
            self._project = int(str(answer["id"]))
            self.read()

        self._bridge.call(
            "POST", "/organizations/desk/projects/", {"name": name},
            answer=take, failed=self.failed.emit, owner=self,
        )  # fmt: skip

    def read(self) -> None:
        """Read the projects again."""
        self._asking.ask("projects", _read_projects, answer=self._take, failed=self.failed.emit)

    def _take(self, projects: "list[ProjectKey]") -> None:
        self.projects = tuple(projects)
        self.changed.emit()

    def _take_station(self, station: StationState) -> None:
        self.reach = reach_of(station)
        self.changed.emit()

    def _take_changes(self, changes: object) -> None:
        if isinstance(changes, tuple) and any(change.kind is ChangeKind.PROJECT for change in changes):
            self.read()


def _read_projects(db: Any) -> "list[ProjectKey]":
    """Return all projects with their keys; in a worker, where the store may be loaded."""
    from vedette.desktop.connect.read import read_projects

    return read_projects(db)
