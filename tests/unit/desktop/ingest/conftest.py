"""A desk that was sent to: recorded requests that were taken, and others that were refused or damaged."""

import gzip
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from tests.support.builders import MORNING
from tests.support.corpus import CHOSEN, requests
from tests.support.desktop import bridge, desk
from tests.support.store_rows import FilledStore
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.bridge.tickets import Ticket
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.ingest.view import IngestView
from vedette.desktop.theme.theme import Theme
from vedette.digest.commands import Commands
from vedette.digest.entries import Entries
from vedette.domain.times import SECOND, Micros
from vedette.store.spool import Spooled
from vedette.store.writer.command_error import CommandError

if TYPE_CHECKING:
    from vedette.domain.json import JsonValue

__all__ = ["bridge", "desk"]

KEY = "9f31c0de" * 4
EVENT = {
    "event_id": "41c2" * 8,
    "level": "error",
    "platform": "javascript",
    "exception": {"values": [{"type": "TypeError", "value": "Failed to fetch"}]},
}
CUT_SHORT = b'{"event_id":"' + b"ab" * 16 + b'"}\n{"type":"event","length":900}\n{"message":"x"}\n'
BAD_JSON = b'{"event_id":"' + b"ac" * 16 + b'"}\n{"type":"event"}\n{"message":"broken\n'
REPORT = (
    b'{}\n{"type":"client_report"}\n{"timestamp":1,"discarded_events":'
    b'[{"reason":"sample_rate","category":"transaction","quantity":14}]}\n'
)


def an_envelope(event: dict[str, Any] | None = None) -> bytes:
    body = EVENT if event is None else event
    return b"\n".join(
        (orjson.dumps({"event_id": body["event_id"]}), b'{"type":"event"}', orjson.dumps(body), b"")
    )


class Sent:
    """Puts requests into *desk* by the path every request takes; each returns the request's id."""

    def __init__(self, desk: FilledStore) -> None:
        self._desk = desk
        self._entries = Entries(desk.writer.projects, desk.workspace.incoming)
        self._last = 0

    def __call__(self, body: bytes = b"", kind: str = "envelope", **meta: Any) -> int:
        self._last += 1
        known: dict[str, Any] = {
            "method": "POST",
            "path": "/api/1/envelope/",
            "project": "1",
            "key": "c0ffee00" * 4,
            "ip": "127.0.0.1",
            "client": "sentry.python/2.75.0",
            "content_type": "application/x-sentry-envelope",
            "status": 200,
        }
        moment = Micros(MORNING + self._last * SECOND)
        entry = Spooled(self._last, moment, kind, orjson.dumps({**known, **meta}), body, None)
        with self._desk.writer.batch(mark=self._last):
            self._desk.writer.add(self._entries.record(entry))
        return self._last

    def refused(self, **meta: Any) -> int:
        """A request with a key nobody knows, from the network, its body gzipped."""
        known = {
            "ip": "192.168.1.44",
            "path": "/api/3/envelope/",
            "project": "3",
            "key": KEY,
            "client": "sentry.javascript.browser/10.78.0",
            "status": 401,
            "reason": "unknown_key",
            "outcome": "refused",
            "detail": "event submission rejected: unknown key or project; it can be adopted in Vedette",
            "encoding": "gzip",
            "content_type": "text/plain;charset=UTF-8",
        }
        return self(gzip.compress(an_envelope()), "refused", **{**known, **meta})

    def stray(self) -> int:
        """Somebody's browser at the front door."""
        return self(
            b"", "refused", ip="172.17.0.3", method="GET", path="/", key=None, client="",
            user_agent="curl/8.5.0", status=404, reason="not_found", outcome="not_ingest",
            detail="no such path", content_type=None,
        )  # fmt: skip

    def recorded(self, scenario: str) -> int:
        """The envelopes a real SDK sent; returns the last one's id."""
        for request in requests(CHOSEN / scenario):
            if "/envelope" in request.target:
                headers = {name.lower(): value for name, value in request.headers}
                self(request.body, encoding=headers.get("content-encoding"))
        return self._last


_COMMANDS = {"adopt": "request.adopt", "parse": "request.parse_again", "": "sender.block"}


class OwnStation:
    """What adopts, blocks and parses, as digest does; answers a turn later, and tells what changed.

    ``refuses`` makes every call fail.
    """

    def __init__(self, desk: FilledStore, bridge: Bridge) -> None:
        entries = Entries(desk.writer.projects, desk.workspace.incoming)
        self._commands = Commands(desk.writer, entries, desk.workspace)
        self._desk = desk
        self._bridge = bridge
        self.calls: list[tuple[str, str, JsonValue]] = []
        self.refuses = ""

    def call(
        self, ticket: Ticket, method: str, path: str, body: Any, query: object, *, done: Callable[[], None]
    ) -> None:
        self.calls.append((method, path, body))
        number = int(path.split("/")[2])

        def answer() -> None:
            if self.refuses:
                ticket.fail(self.refuses, "HTTP 503")
            else:
                try:
                    found, changes = self._commands.run(
                        _COMMANDS[path.split("/")[3]], {"id": number, **(body or {})}
                    )
                except CommandError as error:
                    ticket.fail(str(error), "HTTP 400")
                else:
                    ticket.deliver(found)
                    self._bridge.take_changes(tuple(changes))
            done()

        QTimer.singleShot(0, self._bridge, answer)

    def stop(self) -> None: ...


@pytest.fixture
def sent(desk: FilledStore) -> Sent:
    return Sent(desk)


@pytest.fixture
def station(desk: FilledStore, bridge: Bridge) -> OwnStation:
    found = OwnStation(desk, bridge)
    bridge.link = found  # type: ignore[assignment]
    return found


@pytest.fixture
def open_view(bridge: Bridge, theme: Theme, qtbot: QtBot) -> Iterator[Callable[[], IngestView]]:
    """Return a function that opens the inspector and waits until it shows what there is."""

    def opened(width: int = 1_240, height: int = 820) -> IngestView:
        view = IngestView(bridge, CommandRegistry(theme), theme, clock=lambda: MORNING + 60 * SECOND)
        qtbot.addWidget(view)
        view.resize(width, height)
        view.show()
        view.activateWindow()
        qtbot.waitUntil(lambda: view.is_settled)
        return view

    return opened


@pytest.fixture
def choose(qtbot: QtBot) -> Callable[[IngestView, int], None]:
    """Return a function that chooses a request and waits until its panes show it."""

    def chosen(view: IngestView, number: int) -> None:
        assert view.list.select_key(number)
        qtbot.waitUntil(lambda: view.is_settled and view.request.isVisible())

    return chosen
