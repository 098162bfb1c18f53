"""How much room the workspace's disk has, looked at every few seconds, never per request."""

import asyncio
import logging
import shutil
from collections.abc import Callable
from pathlib import Path

from vedette.domain.tasks import spawn

log = logging.getLogger(__name__)

EVERY = 5.0
_SLACK = 1.1  # room must grow by a tenth before things are taken again, so that it does not flicker


class DiskGuard:
    """Says when the disk is too full to take more. *on_turn* is called when that changes."""

    def __init__(
        self,
        folder: Path,
        keep_free: int,
        on_turn: Callable[[], None],
        *,
        free_bytes: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
    ) -> None:
        self._folder = folder
        self._on_turn = on_turn
        self._free_bytes = free_bytes
        self._task: asyncio.Task[None] | None = None
        self.keep_free = keep_free
        self.free = 0
        self.is_full = False

    def start(self) -> None:
        """Look now, and again every few seconds."""
        self.look()
        self._task = spawn("disk guard", self._watch())

    def look(self) -> None:
        try:
            self.free = self._free_bytes(self._folder)
        except OSError:
            log.exception("the free space of %s cannot be found out", self._folder)
            return
        limit = self.keep_free * _SLACK if self.is_full else self.keep_free
        is_full = self.free < limit
        if is_full != self.is_full:
            self.is_full = is_full
            log.warning("disk guard: %d MB free, %s", self.free >> 20, "refusing" if is_full else "accepting")
            self._on_turn()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            self.look()

    def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
