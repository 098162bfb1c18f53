"""Follows the store beside the windows: unseen errors, and issues that are new or came back."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.tray.read import Arrivals, Unseen, read_arrivals, read_unseen
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.times import Micros, now

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

UNSEEN_MS = 1_000
"""Unseen errors are counted at most this often."""
_SECONDS = 2.0
_ISSUES = (ChangeKind.ISSUE, ChangeKind.ISSUE_NEW)
_MOST_KNOWN = 1_000


class IssueWatch(QObject):
    """What happens to issues, for the icon and the notifications."""

    unseenChanged = Signal(object)
    """The newest Unseen."""
    arrived = Signal(object)
    """Issues that are new in this run or came back: a tuple of Arrival."""

    def __init__(
        self, bridge: "Bridge", parent: QObject | None = None, *, clock: Callable[[], Micros] = now
    ) -> None:
        super().__init__(parent)
        self.unseen = Unseen(0, ())
        self._begun = clock()
        self._asking = InFlight(bridge, self)
        self._new: list[int] = []
        self._changed: list[int] = []
        self._regressions: dict[int, int] = {}
        self._count = QTimer(self)
        self._count.setSingleShot(True)
        self._count.setInterval(UNSEEN_MS)
        self._count.timeout.connect(self._read_unseen)
        bridge.changed.connect(self._take_changes)

    def begin(self) -> None:
        """Count the unseen errors there are."""
        self._read_unseen()

    def _take_changes(self, changes: tuple[Change, ...]) -> None:
        mine = [change for change in changes if change.kind in _ISSUES]
        if not mine:
            return
        if not self._count.isActive():
            self._count.start()
        for change in mine:
            kept = self._new if change.kind is ChangeKind.ISSUE_NEW else self._changed
            kept += [number for number in change.ids if isinstance(number, int) and number not in kept]
        self._ask()

    def _ask(self) -> None:
        """Ask about what came since the last answer; one question at a time, so that none is dropped."""
        if self._asking.holds("arrivals") or not (self._new or self._changed):
            return
        new, changed = self._new, self._changed
        self._new, self._changed = [], []
        self._asking.ask(
            "arrivals",
            read_arrivals,
            new,
            changed,
            self._begun,
            dict(self._regressions),
            answer=self._take_arrivals,
            failed=lambda *_: QTimer.singleShot(0, self, self._ask),
            limit=_SECONDS,
        )

    def _take_arrivals(self, arrivals: Arrivals) -> None:
        self._regressions.update(arrivals.regressions)
        for number in list(self._regressions)[:-_MOST_KNOWN]:
            del self._regressions[number]
        if arrivals.found:
            self.arrived.emit(arrivals.found)
        QTimer.singleShot(0, self, self._ask)

    def _read_unseen(self) -> None:
        self._asking.ask(
            "unseen", read_unseen, answer=self._take_unseen, failed=lambda *_: None, limit=_SECONDS
        )

    def _take_unseen(self, unseen: Unseen) -> None:
        if unseen != self.unseen:
            self.unseen = unseen
            self.unseenChanged.emit(unseen)
