"""The whole window, with a station that keeps saved views as digest does."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QTimer

from tests.support.store_rows import FilledStore
from tests.unit.desktop.shell.conftest import bridge, desk, window
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.bridge.tickets import Ticket
from vedette.domain.json import JsonObject, JsonValue
from vedette.store.writer.commands import run_command

__all__ = ["bridge", "desk", "window"]

_KEPT = {
    "query": "query", "querySort": "sort", "switchedOff": "off", "projects": "projects",
    "environments": "environments", "dataset": "dataset", "columns": "columns",
}  # fmt: skip


class ViewStation:
    """Takes calls to the API's saved views and runs digest's commands; answers others with None."""

    def __init__(self, desk: FilledStore, bridge: Bridge) -> None:
        self._desk = desk
        self._bridge = bridge
        self.calls: list[tuple[str, str]] = []
        self.refuses = ""

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
        def answer() -> None:
            if "group-search-views" not in path:
                ticket.deliver(None)
            elif self.refuses:
                ticket.fail(self.refuses, "HTTP 503")
            else:
                self.calls.append((method, path))
                ticket.deliver(self._act(method, path, body))
            done()

        QTimer.singleShot(0, self._bridge, answer)

    def _act(self, method: str, path: str, body: Any) -> JsonValue:
        if method == "POST":
            arguments = {"name": body["name"], "view": _kept(body)}
            if "position" in body:
                arguments["place"] = body["position"]
            made = self._run("view.create", arguments)
            assert isinstance(made, dict)
            return {"id": str(made["id"])}
        number = int(path.rstrip("/").rpartition("/")[2])
        if method == "DELETE":
            self._run("view.delete", {"id": number})
            return None
        change: JsonObject = {"id": number}
        if "query" in body:
            change["view"] = _kept(body)
        if "name" in body:
            change["name"] = body["name"]
        if len(change) > 1:
            self._run("view.update", change)
        if "position" in body:
            self._run("view.move", {"id": number, "place": body["position"]})
        return None

    def _run(self, name: str, arguments: JsonObject) -> JsonValue:
        answer, changes = run_command(self._desk.writer, name, arguments)
        self._bridge.take_changes(tuple(changes))
        return answer

    def send_test_event(self, ticket: Ticket, dsn: str, *, done: Callable[[], None]) -> None:
        raise AssertionError("no test event is sent here")

    def stop(self) -> None: ...

    async def close(self) -> None: ...


def _kept(body: JsonObject) -> JsonObject:
    times = body.get("timeFilters")
    assert isinstance(times, dict)
    return {own: body[name] for name, own in _KEPT.items()} | times


@pytest.fixture
def station(desk: FilledStore, bridge: Bridge) -> ViewStation:
    """A station behind `bridge` that keeps views."""
    found = ViewStation(desk, bridge)
    bridge.link = found
    return found
