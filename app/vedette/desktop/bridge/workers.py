"""Threads that read the store and do pure work, so that the GUI thread never waits."""

import logging
import queue
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from vedette.desktop.bridge.tickets import Ticket
from vedette.domain.workspace import Workspace
from vedette.store.engine import QueryTimeoutError, Reader
from vedette.store.errors import StoreError

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Job:
    """A question to the store (with *limit* seconds), or pure work (*limit* None)."""

    ticket: Ticket
    work: Callable[..., Any]
    args: tuple[Any, ...]
    limit: float | None = None
    outcome: tuple[bool, Any, str] = field(default=(False, None, ""))  # fine, value or sentence, details


class Workers:
    """A few named threads. *done* is called from them with each finished job, in any order."""

    def __init__(self, workspace: Workspace, done: Callable[[Job], None], threads: int = 3) -> None:
        self._workspace = workspace
        self._done = done
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._run, name=f"reader {n + 1}", daemon=True) for n in range(threads)
        ]
        self._is_started = False
        self._is_stopped = False

    def put(self, job: Job) -> None:
        """Have *job* done."""
        if not self._is_started:
            self._is_started = True
            for thread in self._threads:
                thread.start()
        self._jobs.put(job)

    def stop(self) -> None:
        """Finish what runs and end the threads. May be called twice."""
        if self._is_stopped or not self._is_started:
            self._is_stopped = True
            return
        self._is_stopped = True
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join(timeout=10)

    def _run(self) -> None:
        reader: Reader | None = None
        while (job := self._jobs.get()) is not None:
            if self._is_stopped or job.ticket.is_cancelled:
                continue
            try:
                if job.limit is None:
                    value = job.work(*job.args)
                else:
                    reader = reader or Reader(self._workspace.database)
                    value = _ask(reader, job)
                job.outcome = (True, value, "")
            except QueryTimeoutError as error:
                job.outcome = (False, "The question took too long and was stopped.", str(error))
            except StoreError as error:
                job.outcome = (False, str(error), traceback.format_exc())
            except Exception as error:
                # Our bug or a damaged file: the view says so and stays usable.
                log.exception("a question failed")
                sentence = f"This could not be read: {type(error).__name__}."
                job.outcome = (False, sentence, traceback.format_exc())
            job.ticket.stop = None
            self._done(job)
        if reader is not None:
            reader.close()


def _ask(reader: Reader, job: Job) -> Any:
    job.ticket.stop = reader.interrupt
    with reader.limit(job.limit or 5.0) as db:
        return job.work(db, *job.args)
