"""The fixtures of the Connect page's tests: a station that answers, and one that posts for real."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QTimer

from tests.support.desktop import bridge, desk
from tests.support.store_rows import FilledStore
from vedette.api.client import StationClient
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.bridge.state import StationState, read_state
from vedette.desktop.bridge.tickets import Ticket
from vedette.domain.changes import Change, ChangeKind
from vedette.store.writer.commands import run_command

if TYPE_CHECKING:
    from vedette.domain.json import JsonValue

__all__ = ["bridge", "desk"]

URL = "http://127.0.0.1:8970"


def an_interface(name: str, kind: str, address: str, *, on: bool = False) -> dict[str, Any]:
    return {"name": name, "kind": kind, "addresses": [address], "isOpen": on, "isChosen": on}


def a_state(*interfaces: dict[str, Any], **more: Any) -> StationState:
    """A station's state in its own words."""
    opened = [address for one in interfaces if one["isOpen"] for address in one["addresses"]]
    answer = {
        "urls": [URL, *(f"http://{address}:8970" for address in opened)],
        "listening": {"lan": bool(opened)},
        "interfaces": list(interfaces),
        "hostName": "desk.local",
        "rate": 0.0,
        **more,
    }
    return read_state(answer, URL)


class ConnectStation:
    """Ticks interfaces, makes projects and posts test events as a station does; answers a turn later.

    ``refuses`` makes every call fail with that sentence.
    """

    def __init__(self, desk: FilledStore, bridge: Bridge) -> None:
        self._desk = desk
        self._bridge = bridge
        self.calls: list[tuple[str, str, JsonValue]] = []
        self.refuses = ""
        self.state: dict[str, Any] = {}

    def call(
        self, ticket: Ticket, method: str, path: str, body: Any, query: object, *, done: Callable[[], None]
    ) -> None:
        self.calls.append((method, path, body))

        def answer() -> None:
            if self.refuses:
                ticket.fail(self.refuses, "HTTP 503")
            elif path.endswith("/projects/"):
                made, changes = run_command(self._desk.writer, "project.create", body)
                assert isinstance(made, dict)
                ticket.deliver({"id": str(made["id"])})
                self._bridge.take_changes((*changes, Change(ChangeKind.PROJECT)))
            else:
                ticket.deliver({})
            done()

        QTimer.singleShot(0, self._bridge, answer)

    def send_test_event(self, ticket: Ticket, dsn: str, *, done: Callable[[], None]) -> None:
        async def send() -> str:
            client = StationClient(URL, "")
            try:
                return await client.send_test_event(dsn)
            finally:
                await client.close()

        def failed(why: str, details: str) -> None:
            ticket.fail(details.strip().splitlines()[-1].partition(": ")[2], details)
            done()

        def answer(event_id: str) -> None:
            ticket.deliver(event_id)
            done()

        self._bridge.compute(lambda: asyncio.run(send()), answer=answer, failed=failed, owner=self._bridge)

    def stop(self) -> None: ...

    async def close(self) -> None: ...


@pytest.fixture
def station(desk: FilledStore, bridge: Bridge) -> ConnectStation:
    found = ConnectStation(desk, bridge)
    bridge.link = found
    return found
