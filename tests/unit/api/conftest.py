"""A real workspace filled through digest's own door, and its API on a real port."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from vedette.api.access import Token, Tokens
from vedette.api.app import add_routes
from vedette.api.attributes import payloads_of
from vedette.api.context import ApiContext, CommandError
from vedette.api.readers import ReaderPool
from vedette.digest.commands import Commands
from vedette.digest.entries import Entries
from vedette.domain.times import from_seconds
from vedette.domain.workspace import Workspace
from vedette.store.spool import Spooled
from vedette.store.writer import commands
from vedette.store.writer.writer import StoreWriter

NOON = 1_790_000_000.0
"""When a workspace's first envelope arrives: seconds, in September 2026."""


class Desk:
    """A workspace: ``send`` is what an SDK's post becomes, ``call`` what the station hands to digest."""

    def __init__(self, folder: Path) -> None:
        self.workspace = Workspace(folder)
        self.writer = StoreWriter(self.workspace)
        with self.writer.batch():
            self.key = self.writer.projects.ensure_first()
        self._entries = Entries(self.writer.projects, self.workspace.incoming)
        self._commands = Commands(self.writer, self._entries, self.workspace)
        self.last = 0
        self.called: list[tuple[str, dict[str, Any]]] = []

    def send(self, *items: tuple[dict[str, Any], Any], project: str = "1", **header: Any) -> int:
        """Take an envelope of (item header, payload) in; returns the request's id."""
        lines = [orjson.dumps(header)]
        for item, payload in items:
            body = payload if isinstance(payload, bytes) else orjson.dumps(payload)
            lines += [orjson.dumps(item | {"length": len(body)}), body]
        return self.receive(b"\n".join(lines), project=project, key=self.key)

    def receive(self, body: bytes, *, kind: str = "accepted", at: float | None = None, **meta: Any) -> int:
        """Take *body* in as the spool holds it."""
        self.last += 1
        received = from_seconds(NOON + self.last if at is None else at)
        text = orjson.dumps(
            {"ip": "127.0.0.1", "path": "/api/1/envelope/", "client": "sentry.python/2.0"} | meta
        )
        entry = Spooled(self.last, received, kind, text, body, None)
        with self.writer.batch(mark=self.last):
            self.writer.add(self._entries.record(entry))
        return self.last

    def error(self, title: str = "ValueError: boom", *, project: str = "1", **event: Any) -> str:
        """Take one error in; returns its event id."""
        kind, _, value = title.partition(": ")
        event_id = f"{self.last + 1:032x}"
        complete = {
            "event_id": event_id,
            "timestamp": NOON + self.last,
            "platform": "python",
            "environment": "dev",
            "exception": {
                "values": [
                    {
                        "type": kind,
                        "value": value,
                        "stacktrace": {
                            "frames": [
                                {"function": kind.lower(), "module": "shop.cart", "in_app": True, "lineno": 3}
                            ]
                        },
                    }
                ]
            },
        }
        self.send(({"type": "event"}, complete | event), project=project, event_id=event_id)
        return event_id

    async def submit(self, project: str, envelope: bytes, /) -> None:
        """Take an envelope in as the station hands it on."""
        self.receive(envelope, project=project, key=self.key)
        await asyncio.sleep(0)

    async def call(self, name: str, arguments: dict[str, Any], /) -> Any:
        """Run a command as digest would, on the writer's own thread: the test's."""
        self.called.append((name, arguments))
        await asyncio.sleep(0)
        try:
            answer, _ = self._commands.run(name, orjson.loads(orjson.dumps(arguments)))
        except commands.CommandError as error:
            raise CommandError(error.code, str(error)) from error
        return answer


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace as it is made, kept to be copied: laying down the schema takes half a second."""
    folder = tmp_path_factory.mktemp("fresh")
    Desk(folder).writer.close()
    return folder


@pytest.fixture
def desk(fresh: Path, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(Path(shutil.copytree(fresh, tmp_path / "Schreibtisch ä")))
    yield desk
    desk.writer.close()


async def no_feed(request: web.Request) -> web.StreamResponse:
    return web.Response(text="", content_type="text/event-stream")


@pytest_asyncio.fixture
async def context(desk: Desk) -> AsyncIterator[ApiContext]:
    """``t0ken`` is the local user's token, ``reader`` that of one who may only read events."""
    readers = ReaderPool(desk.workspace.database, threads=2, prepare=payloads_of(desk.workspace))
    yield ApiContext(
        readers=readers,
        call=desk.call,
        workspace=desk.workspace,
        tokens=Tokens([Token("t0ken"), Token("reader", frozenset({"event:read"}), "reader")]),
        base_url=lambda request: "http://station:8969",
        check_access=lambda request: None,
        feed=no_feed,
        submit=desk.submit,
        version="1.0",
    )
    await asyncio.to_thread(readers.close)


@pytest_asyncio.fixture
async def http(context: ApiContext) -> AsyncIterator[TestClient[Any, Any]]:
    """A client that holds the local user's token."""
    app = web.Application()
    add_routes(app, context)
    async with TestClient(TestServer(app), headers={"Authorization": "Bearer t0ken"}) as http:
        yield http
