"""Threads that read the store and do pure work, so that the GUI thread never waits."""

import logging
import queue
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from vedette.desktop.bridge.tickets import Ticket
from vedette.domain.workspace import Workspace

if TYPE_CHECKING:
    from vedette.desktop.bridge.store import StoreAccess

log = logging.getLogger(__name__)

THREADS = 2
_JOIN_SECONDS = 10


@dataclass(slots=True)
class Job:
    """A question to the store (with *limit* seconds), or pure work (*limit* None)."""

    ticket: Ticket
    work: Callable[..., Any]
    args: tuple[Any, ...]
    limit: float | None = None
    outcome: tuple[bool, Any, str] = field(default=(False, None, ""))
    """Whether it went well; the value, or one sentence on why not; the details."""


class Workers:
    """A few named threads. *done* is called from them with each finished job, in any order."""

    def __init__(self, workspace: Workspace, done: Callable[[Job], None], threads: int = THREADS) -> None:
        self._workspace = workspace
        self._done = done
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._running: dict[int, Callable[[], None]] = {}  # by the id of the job
        self._threads = [
            threading.Thread(target=self._run, name=f"reader {n + 1}", daemon=True) for n in range(threads)
        ]
        self._is_started = False
        self._is_stopped = False

    def put(self, job: Job) -> None:
        """Have *job* done; nothing happens after ``stop``."""
        if self._is_stopped:
            return
        if not self._is_started:
            self._is_started = True
            for thread in self._threads:
                thread.start()
        job.ticket.stop = partial(self._interrupt, job)
        self._jobs.put(job)

    def stop(self) -> None:
        """Interrupt what runs, forget what waits, and end the threads. May be called twice."""
        if self._is_stopped:
            return
        self._is_stopped = True
        if not self._is_started:
            return
        with self._lock:
            for interrupt in self._running.values():
                interrupt()
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join(_JOIN_SECONDS)

    def _interrupt(self, job: Job) -> None:
        # Under the lock, so that the thread cannot have gone on to another question meanwhile.
        with self._lock:
            if id(job) in self._running:
                self._running[id(job)]()

    def _run(self) -> None:
        # Here and not above: loading SQLAlchemy takes longer than the window takes to its first frame.
        from vedette.desktop.bridge.store import StoreAccess

        store = StoreAccess(self._workspace)
        while (job := self._jobs.get()) is not None:
            if self._is_stopped:
                continue
            if not job.ticket.is_cancelled:
                self._do(store, job)
            self._done(job)
        store.close()

    def _do(self, store: "StoreAccess", job: Job) -> None:
        from vedette.desktop.bridge.store import sentence_of
        from vedette.store.engine import QueryTimeoutError

        try:
            value = job.work(*job.args) if job.limit is None else self._ask(store, job, job.limit)
            job.outcome = (True, value, "")
        except QueryTimeoutError as error:
            job.outcome = (False, "Reading took too long and was stopped.", str(error))
        except Exception as error:
            sentence = sentence_of(error)
            if sentence is None and not job.ticket.is_cancelled:
                # Our bug: the view says so and stays usable, the log has the rest.
                log.exception("a question failed")
            reason = sentence or f"This could not be read ({type(error).__name__})."
            job.outcome = (False, reason, traceback.format_exc())

    def _ask(self, store: "StoreAccess", job: Job, limit: float) -> Any:
        reader = store.open()
        with reader.limit(limit) as db:
            with self._lock:
                self._running[id(job)] = reader.interrupt
            try:
                return job.work(db, *job.args)
            finally:
                with self._lock:
                    del self._running[id(job)]
