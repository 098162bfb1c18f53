"""The station on the window's asyncio loop: its feed, its state, and calls to it."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from vedette.api.attach import AttachError, read_token
from vedette.api.client import StationClient, StationError
from vedette.desktop.bridge.bridge import ALL_CHANGED, Bridge
from vedette.desktop.bridge.state import StationState, read_state
from vedette.desktop.bridge.tickets import Ticket
from vedette.domain.changes import ChangeKind
from vedette.domain.json import JsonValue
from vedette.domain.tasks import spawn
from vedette.domain.workspace import Workspace

log = logging.getLogger(__name__)

STATE_SECONDS = 2.0


def _own_token(workspace: Workspace) -> str:
    try:
        return read_token(workspace)
    except AttachError:
        return ""


class StationLink:
    """Joins *bridge* to the station at *base_url*. Needs a running loop; made after the first frame."""

    def __init__(self, bridge: Bridge, base_url: str, token: str) -> None:
        self._bridge = bridge
        self._base_url = base_url
        self._client = StationClient(base_url, token, reread=partial(_own_token, bridge.workspace))
        self._tasks: set[asyncio.Task[Any]] = set()
        self._wake = asyncio.Event()
        self._spawn("live feed", self._follow())
        self._spawn("station state", self._watch())

    def _spawn(self, name: str, work: Any) -> None:
        task = spawn(name, work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _follow(self) -> None:
        async for batch in self._client.changes():
            # What was missed is unknown: every view reads again what it shows.
            changes = ALL_CHANGED if batch.missed else batch.changes
            if any(change.kind is ChangeKind.STATION for change in changes):
                self._wake.set()
            self._bridge.take_changes(changes)

    async def _watch(self) -> None:
        while True:
            try:
                answer = await self._client.call("GET", "/station/")
            except StationError as error:
                self._bridge.set_station(
                    StationState(attached=True, base_url=self._base_url, trouble=str(error))
                )
            else:
                self._bridge.set_station(read_state(answer, self._base_url))
            self._wake.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), STATE_SECONDS)

    def refresh(self) -> None:
        """Ask for the station's state now."""
        self._wake.set()

    def call(
        self,
        ticket: Ticket,
        method: str,
        path: str,
        body: JsonValue,
        query: list[tuple[str, str]],
        *,
        done: Callable[[], None],
    ) -> None:
        self._answer(ticket, self._client.call(method, path, body, query=query), done)

    def send_test_event(self, ticket: Ticket, dsn: str, *, done: Callable[[], None]) -> None:
        self._answer(ticket, self._client.send_test_event(dsn), done)

    def _answer(self, ticket: Ticket, asked: Awaitable[Any], done: Callable[[], None]) -> None:
        async def run() -> None:
            try:
                ticket.deliver(await asked)
            except StationError as error:
                ticket.fail(str(error), f"HTTP {error.status}" if error.status else self._base_url)
            finally:
                done()
                self._wake.set()

        self._spawn("station call", run())

    def stop(self) -> None:
        """Let go of the station. May be called twice."""
        for task in list(self._tasks):
            task.cancel()

    async def close(self) -> None:
        """Stop, and close the connections."""
        self.stop()
        await self._client.close()
