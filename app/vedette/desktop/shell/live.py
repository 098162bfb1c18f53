"""What stands around the section and follows the store and the station: sidebar, scope, status, banner."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.bridge.state import StationState
from vedette.desktop.shell.scope_bar import ScopeBar
from vedette.desktop.shell.sections import Section
from vedette.desktop.shell.sidebar import Sidebar
from vedette.desktop.shell.status_bar import StatusBar
from vedette.desktop.widgets.notices import Banner
from vedette.domain.workspace import Workspace

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge
    from vedette.desktop.shell.read import Overview

OVERVIEW_MS = 1_000


class LiveParts(QObject):
    """Keeps them as things are now."""

    settled = Signal()
    pauseChanged = Signal()

    def __init__(
        self,
        bridge: "Bridge",
        sections: Sequence[Section],
        sidebar: Sidebar,
        scope: ScopeBar,
        status: StatusBar,
        banner: Banner,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._sections = sections
        self._sidebar, self._scope, self._status, self._banner = sidebar, scope, status, banner
        self._asking = InFlight(bridge, self)
        self._has_overview = False
        self._trouble = ""  # of the station, as last said
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(OVERVIEW_MS)
        self._timer.timeout.connect(self.read)
        self._asking.settled.connect(self.settled)
        bridge.changed.connect(self.read_soon)
        bridge.stationChanged.connect(self._take_station)
        bridge.pausedChanged.connect(self._take_paused)
        sidebar.network.wanted.connect(self._put_network)
        self._take_station(bridge.station)
        self._take_paused(bridge.is_paused)

    # ---------------------------------------------------------------- store

    def read_soon(self, *_: object) -> None:
        """Read what there is, at most once a second."""
        if not self._timer.isActive():
            self._timer.start()

    def read(self) -> None:
        """Read what there is now."""
        self._asking.ask(
            "overview",
            _read_overview,
            self._bridge.workspace,
            answer=self._take_overview,
            # The section says what is wrong with the store; twice helps nobody.
            failed=lambda *_: None,
        )

    def _take_overview(self, overview: "Overview") -> None:
        self._status.set_totals(overview.totals, overview.sizes)
        self._scope.set_choices(overview.projects, overview.runs, overview.environments)
        for section in self._sections:
            if section.waits_for and getattr(overview.totals, section.waits_for):
                self._sidebar.reveal(section.key, new=self._has_overview)
        self._has_overview = True
        self.count("issues", overview.totals.unresolved)
        self.count("traces", overview.totals.traces)

    def count(self, key: str, count: int) -> None:
        """Show *count* beside the section *key*, nothing for 0."""
        if key in self._sidebar.buttons:
            self._sidebar.set_count(key, count or None)

    # ---------------------------------------------------------------- station

    def _take_station(self, state: StationState) -> None:
        self._sidebar.set_station(state)
        self._status.set_station(state)
        if state.trouble != self._trouble:
            self._trouble = state.trouble
            if state.trouble:
                self._banner.say(state.trouble, level="warning")
            else:
                self._banner.clear()

    def _put_network(self, on: bool) -> None:
        self._bridge.call("PUT", "/station/", {"lan": on}, failed=self._say_network_trouble, owner=self)

    def _say_network_trouble(self, sentence: str, details: str) -> None:
        self._sidebar.set_station(self._bridge.station)
        self.say_trouble(sentence, details)

    def start_run(self) -> None:
        """Have the station begin a new run."""
        self._bridge.call("POST", "/runs/", {}, answer=self.read_soon, failed=self.say_trouble, owner=self)

    def say_trouble(self, sentence: str, details: str = "") -> None:
        """Say *sentence* above the section, where it stays until closed."""
        self._banner.say(sentence, details=details)

    # ---------------------------------------------------------------- pause

    def toggle_pause(self) -> None:
        """Hold the views still while events go on being taken, or let them follow again."""
        self._bridge.set_paused(not self._bridge.is_paused)

    def is_paused(self) -> bool:
        return self._bridge.is_paused

    def _take_paused(self, paused: bool) -> None:
        self._scope.set_paused(paused, self._bridge.waiting)
        self._status.set_paused(paused, self._bridge.waiting)
        self.pauseChanged.emit()


def _read_overview(db: Any, workspace: Workspace) -> "Overview":
    """Read what the shell shows; in a worker, where the store may be loaded."""
    from vedette.desktop.shell.read import read_overview

    return read_overview(db, workspace)
