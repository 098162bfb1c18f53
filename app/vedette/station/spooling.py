"""Acknowledged means on disk: requests wait together for one durable transaction of the spool.

One thread owns the spool. Whatever waits when it comes round is one commit, so the more wait, the less
each costs; nothing waits for others to come.
"""

import asyncio
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from vedette.store.errors import StoreError
from vedette.store.spool import SpoolEntry

log = logging.getLogger(__name__)

_MOST_AT_ONCE = 1_000

# Called on the loop with the entry's id, or with None and what went wrong.
Settle = Callable[[int | None, Exception | None], None]
_Waiting = tuple[SpoolEntry, Settle]


class SpoolFile(Protocol):
    """What the spooler needs of ``store.spool.Spool``."""

    def append(self, entries: Sequence[SpoolEntry], /) -> range: ...

    def last_id(self) -> int: ...

    def pending(self, after: int, /) -> int: ...

    def close(self) -> None: ...


class Spooler:
    """Hands entries to the spool's thread and wakes their senders after the commit.

    *on_spooled* is called on the loop after each commit, with the entries and the ids they got.
    """

    def __init__(
        self,
        open_spool: Callable[[], SpoolFile],
        *,
        on_spooled: Callable[[Sequence[SpoolEntry], range], None] | None = None,
    ) -> None:
        self._open_spool = open_spool
        self._on_spooled = on_spooled
        self._queue: queue.SimpleQueue[list[_Waiting] | None] = queue.SimpleQueue()
        self._gathered: list[_Waiting] = []
        self._loop = asyncio.get_running_loop()
        self._opened: asyncio.Future[None] = self._loop.create_future()
        self._thread = threading.Thread(target=self._run, name="spool", daemon=True)
        self._stopped = False
        self.waiting = 0
        """Entries handed over and not yet committed."""
        self.waiting_bytes = 0
        self.commits = 0
        self.last_id = 0
        """The greatest id ever given, by this or an earlier station."""
        self.left_over = 0
        """Entries that lay in the spool when it was opened."""

    async def start(self) -> None:
        """Open the spool in its thread. Raises StoreError when that fails."""
        self._thread.start()
        await self._opened

    def append(self, entry: SpoolEntry) -> "asyncio.Future[int]":
        """Return a future of the entry's id, done after the commit; it raises StoreError if that failed."""
        future: asyncio.Future[int] = self._loop.create_future()

        def settle(number: int | None, failure: Exception | None) -> None:
            if future.done():
                return
            if number is not None:
                future.set_result(number)
            else:
                future.set_exception(failure or StoreError("the spool took nothing"))
                future.exception()  # who left meanwhile does not ask for it

        self.append_then(entry, settle)
        return future

    def append_then(self, entry: SpoolEntry, settle: Settle) -> None:
        """Call *settle* on the loop after the commit: a future costs as much as spooling does."""
        self.waiting += 1
        if entry.body is not None:
            self.waiting_bytes += len(entry.body)
        if not self._gathered:
            # Handed over when the loop has gone round once: what came in meanwhile shares the commit, and
            # the thread does not contend for the interpreter with the very requests it waits for.
            self._loop.call_soon(self._hand_over)
        self._gathered.append((entry, settle))

    def _hand_over(self) -> None:
        gathered, self._gathered = self._gathered, []
        if gathered:
            self._queue.put(gathered)

    async def stop(self) -> None:
        """Commit what waits, close the spool, and join the thread. May be called twice."""
        if not self._stopped:
            self._stopped = True
            self._hand_over()
            self._queue.put(None)
        if self._thread.ident is not None:
            await asyncio.to_thread(self._thread.join)

    # ---------------------------------------------------------------- in the thread

    def _run(self) -> None:
        try:
            spool = self._open_spool()
            self.last_id = spool.last_id()
            self.left_over = spool.pending(0)
        except StoreError as error:
            self._loop.call_soon_threadsafe(self._opened.set_exception, error)
            return
        self._loop.call_soon_threadsafe(self._opened.set_result, None)
        try:
            while (batch := self._take()) is not None:
                self._commit(spool, batch)
        finally:
            spool.close()

    def _take(self) -> list[_Waiting] | None:
        """Return all that waits, blocking for the first; None when it is over."""
        first = self._queue.get()
        if first is None:
            return None
        batch = first
        try:
            while len(batch) < _MOST_AT_ONCE:
                following = self._queue.get_nowait()
                if following is None:
                    self._queue.put(None)
                    break
                batch.extend(following)
        except queue.Empty:
            pass
        return batch

    def _commit(self, spool: SpoolFile, batch: list[_Waiting]) -> None:
        ids: range | None = None
        failure: Exception | None = None
        try:
            ids = spool.append([entry for entry, _ in batch])
        except StoreError as error:
            failure = error
        except Exception as error:
            # Our bug; those who wait must be told, and the next batch must not suffer for it.
            log.exception("appending to the spool failed")
            failure = error
        try:
            self._loop.call_soon_threadsafe(self._complete, batch, ids, failure)
        except RuntimeError:
            log.warning("the loop closed before %d entries could be answered", len(batch))

    # ---------------------------------------------------------------- on the loop

    def _complete(self, batch: list[_Waiting], ids: range | None, failure: Exception | None) -> None:
        self.waiting -= len(batch)
        self.waiting_bytes -= sum(len(entry.body) for entry, _ in batch if entry.body is not None)
        if ids is not None:
            self.commits += 1
            self.last_id = ids[-1]
            if self._on_spooled is not None:
                self._on_spooled([entry for entry, _ in batch], ids)
        numbers: Sequence[int | None] = ids if ids is not None else [None] * len(batch)
        for (_, settle), number in zip(batch, numbers, strict=True):
            settle(number, failure)
