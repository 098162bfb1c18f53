"""The one way from views to the store and the station: ask here, be answered later on the GUI thread."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from vedette.desktop.bridge.state import StationState
from vedette.desktop.bridge.tickets import Answer, Failed, Ticket
from vedette.desktop.bridge.workers import Job, Workers
from vedette.domain.changes import Change
from vedette.domain.json import JsonValue
from vedette.domain.workspace import Workspace

if TYPE_CHECKING:
    from vedette.desktop.bridge.link import StationLink

COALESCE_MS = 100
"""At most ten rounds of live changes a second reach the views."""


class Bridge(QObject):
    """Questions, work and station calls of one window's views."""

    changed = Signal(object)
    """What changed in the store: a tuple of Change, coalesced."""
    stationChanged = Signal(object)
    """The station's newest StationState."""
    idle = Signal()
    """Nothing is under way any more."""
    _finished = Signal(object)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.station = StationState()
        self.link: StationLink | None = None
        self._under_way = 0
        self._waiting: dict[Change, None] = {}
        self._paused = False
        self._finished.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._workers = Workers(workspace, self._finished.emit)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(COALESCE_MS)
        self._timer.timeout.connect(self._tell)

    # ---------------------------------------------------------------- asking

    def ask(
        self,
        question: Callable[..., Any],
        *args: Any,
        answer: Answer,
        failed: Failed | None = None,
        owner: QObject,
        limit: float = 5.0,
    ) -> Ticket:
        """Run ``question(db, *args)`` on a read-only connection in a worker thread, at most *limit* seconds."""
        return self._put(Job(Ticket(answer, failed, owner), question, args, limit))

    def compute(
        self,
        work: Callable[..., Any],
        *args: Any,
        answer: Answer,
        failed: Failed | None = None,
        owner: QObject,
    ) -> Ticket:
        """Run ``work(*args)`` in a worker thread: pure work, or reading files."""
        return self._put(Job(Ticket(answer, failed, owner), work, args))

    def call(
        self,
        method: str,
        path: str,
        body: JsonValue = None,
        *,
        query: list[tuple[str, str]] | None = None,
        answer: Answer | None = None,
        failed: Failed | None = None,
        owner: QObject,
    ) -> Ticket:
        """Call the station's ``/api/0/`` + *path*; *answer* gets the parsed JSON."""
        ticket = Ticket(answer, failed, owner)
        if self.link is None:
            self._fail_soon(ticket)
        else:
            self._under_way += 1
            self.link.call(ticket, method, path, body, query or [], done=self._count_down)
        return ticket

    def send_test_event(
        self, dsn: str, *, answer: Answer, failed: Failed | None = None, owner: QObject
    ) -> Ticket:
        """Send a small error as an SDK would; *answer* gets its event id."""
        ticket = Ticket(answer, failed, owner)
        if self.link is None:
            self._fail_soon(ticket)
        else:
            self._under_way += 1
            self.link.send_test_event(ticket, dsn, done=self._count_down)
        return ticket

    def _fail_soon(self, ticket: Ticket) -> None:
        sentence = "No station is running for this workspace."
        QTimer.singleShot(0, self, lambda: ticket.fail(sentence, str(self.workspace.folder)))

    def _put(self, job: Job) -> Ticket:
        self._under_way += 1
        self._workers.put(job)
        return job.ticket

    def _take(self, job: Job) -> None:
        fine, value, details = job.outcome
        if fine:
            job.ticket.deliver(value)
        else:
            job.ticket.fail(value, details)
        self._count_down()

    def _count_down(self) -> None:
        self._under_way -= 1
        if self._under_way == 0:
            self.idle.emit()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way and no change waits to be told."""
        return self._under_way == 0 and not self._waiting

    # ---------------------------------------------------------------- live

    @property
    def is_paused(self) -> bool:
        return self._paused

    @property
    def waiting(self) -> int:
        """How many new events wait while paused."""
        return sum(len(change.ids) for change in self._waiting if change.kind == "event")

    def set_paused(self, paused: bool) -> None:
        """Hold back changes from the views, not from the store; everything held comes on resuming."""
        self._paused = paused
        if not paused and self._waiting:
            self._timer.start()

    def take_changes(self, changes: tuple[Change, ...]) -> None:
        """Take live changes in; views hear of them a moment later, all at once."""
        for change in changes:
            self._waiting[change] = None
        if self._paused:
            self.stationChanged.emit(self.station)
        elif not self._timer.isActive():
            self._timer.start()

    def _tell(self) -> None:
        if self._paused:
            return
        changes = tuple(self._waiting)
        self._waiting.clear()
        if changes:
            self.changed.emit(changes)

    def set_station(self, state: StationState) -> None:
        """Take the station's newest state in."""
        if state != self.station:
            self.station = state
            self.stationChanged.emit(state)

    def stop(self) -> None:
        """End the threads and the link. May be called twice."""
        self._timer.stop()
        if self.link is not None:
            self.link.stop()
        self._workers.stop()
