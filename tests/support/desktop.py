"""A real workspace behind a real bridge for view tests: `from tests.support.desktop import bridge, desk`."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, QTimer
from pytestqt.qtbot import QtBot

from tests.support.builders import MORNING, an_event
from tests.support.store_rows import FilledStore
from vedette.api.shapes.issue_change import state_shape, translate
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.bridge.tickets import Ticket
from vedette.desktop.preferences import Preferences
from vedette.domain.json import JsonValue
from vedette.domain.levels import Level
from vedette.domain.times import HOUR, MINUTE, Micros
from vedette.store.queries.issues import IssueFilter, page_issues
from vedette.store.search import parse_query
from vedette.store.writer.commands import run_command


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[FilledStore]:
    """A workspace in which nothing has happened yet."""
    store = FilledStore(tmp_path / "desk")
    yield store
    store.close()


@pytest.fixture
def bridge(desk: FilledStore, qtbot: QtBot, tmp_path: Path) -> Iterator[Bridge]:
    """A bridge to `desk`, without a station and with preferences of its own."""
    own = QSettings(str(tmp_path / "preferences.ini"), QSettings.Format.IniFormat)
    found = Bridge(desk.workspace, preferences=Preferences(own))
    yield found
    found.stop()


def settle(qtbot: QtBot, bridge: Bridge) -> None:
    """Wait until nothing that was asked is under way."""
    qtbot.waitUntil(lambda: bridge.is_settled, timeout=10_000)


def fill(desk: FilledStore, end: Micros = MORNING) -> None:
    """Add eight issues of several levels and two projects, the last events around *end*."""
    other = desk.project("storefront-web")
    for n, (title, level, times, project, changes) in enumerate(_ISSUES):
        for at in range(times):
            moment = Micros(end - n * 7 * MINUTE - at * HOUR)
            desk.add(
                an_event(
                    title, level=level, timestamp=moment, received=moment, user=f"id:{at % 5}", **changes
                ),
                project=other if project else 1,
                received=moment,
            )


_ISSUES: tuple[tuple[str, Level, int, int, dict[str, object]], ...] = (
    ("ZeroDivisionError: division by zero", Level.ERROR, 9, 0, {}),
    (
        "TypeError: Cannot read properties of undefined (reading 'items')",
        Level.ERROR,
        6,
        1,
        {"platform": "javascript"},
    ),
    ("EXC_BAD_ACCESS: Attempted to dereference null pointer 0x10", Level.FATAL, 3, 1, {}),
    ("N+1 Query: SELECT … FROM order_line WHERE order_id = %s", Level.WARNING, 5, 0, {}),
    ("OperationalError: database is locked", Level.ERROR, 2, 0, {"handled": True}),
    ("ChunkLoadError: Loading chunk 37 failed.", Level.ERROR, 4, 1, {"handled": True}),
    ("Payment retried: attempt 3 of 5 for order 88123", Level.INFO, 1, 0, {"handled": None}),
    ("AssertionError: expected 3 line items, got 2", Level.DEBUG, 1, 0, {}),
)


class StoreStation:
    """A station in the bridge's sense that changes issues of *desk* as digest does; answers a turn later.

    ``refuses`` makes every call fail with that sentence. ``calls`` lists (method, path, body), ``searched``
    the parameters of changes that name no ids.
    """

    def __init__(self, desk: FilledStore, bridge: Bridge) -> None:
        self._desk = desk
        self._bridge = bridge
        self.calls: list[tuple[str, str, JsonValue]] = []
        self.searched: list[list[tuple[str, str]]] = []
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
        self.calls.append((method, path, body))
        ids = [int(value) for key, value in query if key == "id"]
        if not ids and path.endswith("/issues/"):
            ids = self._found(query)

        def answer() -> None:
            if self.refuses:
                ticket.fail(self.refuses, "HTTP 503")
            else:
                ticket.deliver(self._answer(method, path, ids, body))
            done()

        QTimer.singleShot(0, self._bridge, answer)

    def _answer(self, method: str, path: str, ids: list[int], body: Any) -> JsonValue:
        """Do what the station does at *path*, as far as the window asks for it."""
        parts = path.strip("/").split("/")[2:]
        match method, parts:
            case "PUT", ["issues"] if body.get("delete") or body.get("discard"):
                deleted = self._run("issue.discard" if body.get("discard") else "issue.delete", ids=ids)
                return {"deleted": [str(number) for number in deleted["deleted"]]}
            case "PUT", ["issues"]:
                return self._changed(ids, body)
            case "POST", ["restored-issues"]:
                return self._run("issue.restore", ids=[int(number) for number in body["issues"]])
            case "POST", ["labels"]:
                return {"id": str(self._run("label.create", **body)["id"]), "name": body["name"]}
            case "PUT", ["labels", label]:
                return self._run("label.update", id=int(label), **body)
            case "DELETE", ["labels", label]:
                self._run("label.delete", id=int(label))
            case "DELETE", ["discarded-hashes", project, digest]:
                self._run("discard.remove", hashes=[{"project": int(project), "hash": digest}])
            case "POST", ["issues", issue, "notes"]:
                return self._run("note.create", issue=int(issue), text=body["text"])
            case "PUT", ["issues", _, "notes", note]:
                return self._run("note.update", id=int(note), text=body["text"])
            case "DELETE", ["issues", _, "notes", note]:
                return self._run("note.delete", id=int(note))
        return None

    def _run(self, command: str, /, **args: Any) -> Any:
        answer, changes = run_command(self._desk.writer, command, args)
        self._bridge.take_changes(tuple(changes))
        return answer

    def _found(self, query: list[tuple[str, str]]) -> list[int]:
        """Return the issues that *query* finds, for a change without ids."""
        self.searched.append(query)
        text = dict(query).get("query", "")
        projects = tuple(int(value) for key, value in query if key == "project")
        where = IssueFilter(projects=projects, query=parse_query(text))
        return [row.id for row in page_issues(self._desk.db, where, limit=10_000)]

    def _changed(self, ids: list[int], body: Any) -> JsonValue:
        arguments, _ = translate(body, MORNING)
        answer, changes = run_command(self._desk.writer, "issue.update", {"ids": ids, **arguments})
        self._bridge.take_changes(tuple(changes))
        assert isinstance(answer, dict)
        return {"before": {number: state_shape(state) for number, state in answer["before"].items()}}

    def send_test_event(self, ticket: Ticket, dsn: str, *, done: Callable[[], None]) -> None:
        raise AssertionError("no test event is sent here")

    def stop(self) -> None: ...

    async def close(self) -> None: ...


@pytest.fixture
def station(desk: FilledStore, bridge: Bridge) -> StoreStation:
    """A station behind `bridge` that changes issues."""
    found = StoreStation(desk, bridge)
    bridge.link = found
    return found
