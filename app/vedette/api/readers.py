"""Worker threads that read the store, so that no event loop ever waits for SQLite.

Known to station and desktop alike: nothing here knows HTTP or Qt.
"""

import asyncio
import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from vedette.store.engine import Reader

P = ParamSpec("P")
T = TypeVar("T")
log = logging.getLogger(__name__)

Db = Any
"""A connection of ``store.engine``; its type stays in the store, where the database is known."""


class ClosedError(Exception):
    """The pool was closed before the question was answered."""


@dataclass(slots=True)
class _Job:
    work: Callable[[Db], Any]
    seconds: float
    loop: asyncio.AbstractEventLoop
    answer: "asyncio.Future[Any]"
    abandoned: threading.Event = field(default_factory=threading.Event)

    def settle(self, result: Any, error: BaseException | None) -> None:
        """Hand the result to the asking loop; one that has closed meanwhile no longer wants it."""
        try:
            self.loop.call_soon_threadsafe(self._set, result, error)
        except RuntimeError:
            log.debug("the loop that asked has closed")

    def _set(self, result: Any, error: BaseException | None) -> None:
        if self.answer.done():
            return
        if error is not None:
            self.answer.set_exception(error)
        else:
            self.answer.set_result(result)


class ReaderPool:
    """A few threads, each with a read-only connection; questions queue for the first free one."""

    def __init__(self, path: Path, threads: int = 3, prepare: Callable[[Db], None] = lambda db: None) -> None:
        """*prepare* is called with each connection before its first question."""
        self._path = path
        self._prepare = prepare
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._running: dict[int, tuple[_Job, Reader]] = {}
        self._closed = False
        self._threads = [
            threading.Thread(target=self._work, args=(n,), name=f"reader-{n}", daemon=True)
            for n in range(1, threads + 1)
        ]
        for thread in self._threads:
            thread.start()

    async def ask(
        self,
        function: Callable[Concatenate[Db, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Return ``function(db, *args)``, run in a reading thread with five seconds' time.

        Raises QueryTimeoutError past that, ClosedError when the pool closes. Cancelling the await
        interrupts the query.
        """
        return await self.ask_within(5.0, function, *args, **kwargs)

    async def ask_within(
        self,
        seconds: float,
        function: Callable[Concatenate[Db, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """As ``ask``, with *seconds* of time."""
        loop = asyncio.get_running_loop()
        job = _Job(lambda db: function(db, *args, **kwargs), seconds, loop, loop.create_future())
        with self._lock:
            if self._closed:
                raise ClosedError("the readers are closed")
            self._jobs.put(job)
        try:
            result: T = await job.answer
        except asyncio.CancelledError:
            self._abandon(job)
            raise
        return result

    def close(self) -> None:
        """Interrupt what runs, refuse what waits, and join the threads. May be called twice."""
        with self._lock:
            first, self._closed = not self._closed, True
            for job, reader in self._running.values():
                job.abandoned.set()
                reader.interrupt()
        if first:
            for _ in self._threads:
                self._jobs.put(None)
        for thread in self._threads:
            thread.join()

    def _abandon(self, job: _Job) -> None:
        job.abandoned.set()
        with self._lock:
            for running, reader in self._running.values():
                if running is job:
                    reader.interrupt()

    def _work(self, number: int) -> None:
        reader: Reader | None = None
        try:
            while (job := self._jobs.get()) is not None:
                if self._closed:
                    job.settle(None, ClosedError("the readers are closed"))
                    continue
                if job.abandoned.is_set():
                    continue
                reader = self._answer(number, job, reader)
        finally:
            if reader is not None:
                reader.close()

    def _open(self) -> Reader:
        reader = Reader(self._path)
        self._prepare(reader.db)
        return reader

    def _answer(self, number: int, job: _Job, reader: Reader | None) -> Reader | None:
        """Answer *job*; the reader is opened with the first question, since the file may not exist before."""
        try:
            reader = reader or self._open()
            with self._lock:
                self._running[number] = (job, reader)
                if job.abandoned.is_set():
                    del self._running[number]
                    return reader
            try:
                with reader.limit(job.seconds) as db:
                    result = job.work(db)
            finally:
                with self._lock:
                    del self._running[number]
        except Exception as error:  # noqa: BLE001 - handed to the one who asked, whatever it is
            job.settle(None, error)
        else:
            job.settle(result, None)
        return reader
