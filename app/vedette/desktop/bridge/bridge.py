"""The one way from views to the store and the station: ask here, be answered later on the GUI thread."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from vedette.desktop.bridge.pending import Pending
from vedette.desktop.bridge.state import StationState
from vedette.desktop.bridge.tickets import Answer, Failed, Station, Ticket
from vedette.desktop.bridge.workers import Job, Workers
from vedette.desktop.preferences import Preferences
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.json import JsonValue
from vedette.domain.workspace import Workspace

COALESCE_MS = 100
"""At most ten rounds of live changes a second reach the views."""
LOOK_MS = 300
"""How often a workspace without a database is looked at again."""
NO_STATION = "No station is running for this workspace; it can only be read."
ALL_CHANGED = tuple(Change(kind) for kind in ChangeKind)


class Bridge(QObject):
    """Questions, work and station calls of one window's views."""

    changed = Signal(object)
    """What changed in the store: a tuple of Change, coalesced."""
    stationChanged = Signal(object)
    """The station's newest StationState."""
    pausedChanged = Signal(bool)
    """Paused or resumed; while paused also when more waits."""
    idle = Signal()
    """Nothing is under way any more."""
    _finished = Signal(object)

    def __init__(
        self, workspace: Workspace, parent: QObject | None = None, *, preferences: Preferences | None = None
    ) -> None:
        """*preferences* None: the user's own."""
        super().__init__(parent)
        self.workspace = workspace
        self.preferences = preferences or Preferences(parent=self)
        self.station = StationState()
        self.link: Station | None = None
        self._under_way = 0
        self._pending = Pending()
        self._paused = False
        self._has_store: bool | None = None  # None: not looked for yet
        self._missed_store = False
        self._finished.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._workers = Workers(workspace, self._finished.emit)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(COALESCE_MS)
        self._timer.timeout.connect(self._tell)
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._look_for_store)

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
        """Run ``question(db, *args)`` on a reader's connection in a worker thread, at most *limit* seconds.

        While the workspace has no database the question goes to an empty one, and ``changed`` tells of every
        kind as soon as there is one.
        """
        if self._has_store is None:
            self._has_store = False
            self._look_for_store()
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
        self._under_way += 1

        def fail() -> None:
            ticket.fail(NO_STATION, str(self.workspace.folder))
            self._count_down()

        QTimer.singleShot(0, self, fail)

    def _put(self, job: Job) -> Ticket:
        self._under_way += 1
        self._workers.put(job)
        return job.ticket

    def _take(self, job: Job) -> None:
        fine, value, details = job.outcome
        try:
            if fine:
                job.ticket.deliver(value)
            else:
                job.ticket.fail(value, details)
        finally:
            self._count_down()

    def _count_down(self) -> None:
        self._under_way -= 1
        if self._under_way == 0:
            self.idle.emit()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way and no change waits to be told."""
        return self._under_way == 0 and (self._paused or not self._pending)

    def _look_for_store(self) -> None:
        """See whether there is a database by now."""
        ticket = Ticket(self._found_store, lambda *_: self._found_store(False), self)
        job = Job(ticket, _has_store, (self.workspace,))
        self._under_way += 1
        self._workers.put(job)

    def _found_store(self, found: bool) -> None:
        if not found:
            self._missed_store = True
            self._look.start()
            return
        self._has_store = True
        if self._missed_store:
            self.take_changes(ALL_CHANGED)

    # ---------------------------------------------------------------- live

    @property
    def is_paused(self) -> bool:
        return self._paused

    @property
    def waiting(self) -> int:
        """How many new events wait while paused."""
        return self._pending.events if self._paused else 0

    def set_paused(self, paused: bool) -> None:
        """Hold back changes from the views, not from the store; everything held comes on resuming."""
        self._paused = paused
        if not paused and self._pending:
            self._timer.start()
        self.pausedChanged.emit(paused)

    def take_changes(self, changes: tuple[Change, ...]) -> None:
        """Take live changes in; the first is told at once, what follows it together a moment later."""
        for change in changes:
            self._pending.add(change)
        if not self._pending or self._timer.isActive():
            return
        if self._paused:
            self._timer.start()
        else:
            self._tell()

    def _tell(self) -> None:
        if self._paused:
            self.pausedChanged.emit(True)  # another number waits
            return
        changes = self._pending.take()
        if changes:
            self._timer.start()
            self.changed.emit(changes)

    def set_station(self, state: StationState) -> None:
        """Take the station's newest state in."""
        if state != self.station:
            self.station = state
            self.stationChanged.emit(state)

    def stop(self) -> None:
        """End the threads and the link. May be called twice."""
        self._timer.stop()
        self._look.stop()
        if self.link is not None:
            self.link.stop()
        self._workers.stop()


def _has_store(workspace: Workspace) -> bool:
    """Return whether *workspace* has a database to read; in a worker, where the store may be loaded."""
    from vedette.desktop.bridge.store import has_store

    return has_store(workspace)
