"""A station's ingest side without processes: a spool in memory, listeners on a free port, a client."""

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import orjson
from aiohttp import web

from vedette.domain.json import JsonObject
from vedette.protocol.limits import Limits
from vedette.station.access import KeyBook
from vedette.station.app import make_app, make_runner
from vedette.station.bodies import BodyReader, Pace
from vedette.station.ingest import Ingest
from vedette.station.listening import Listeners, open_socket
from vedette.station.settings import Listening
from vedette.station.spooling import Spooler
from vedette.station.spotlight import Spotlight
from vedette.store.spool import SpoolEntry

KEY = "0123456789abcdef0123456789abcdef"
AUTH = {"X-Sentry-Auth": f"Sentry sentry_key={KEY}, sentry_version=7, sentry_client=sentry.python/2.40.0"}


class SpoolInMemory:
    """Takes entries as the spool does, and can be told to fail, or to wait for `gate`."""

    def __init__(self) -> None:
        self.entries: list[SpoolEntry] = []
        self.commits: list[int] = []
        self.failure: Exception | None = None

    def append(self, entries: Sequence[SpoolEntry], /) -> range:
        if self.failure is not None:
            raise self.failure
        first = len(self.entries) + 1
        self.entries += entries
        self.commits.append(len(entries))
        return range(first, len(self.entries) + 1)

    def last_id(self) -> int:
        return len(self.entries)

    def pending(self, after: int, /) -> int:
        return len(self.entries) - after

    def close(self) -> None:
        """Nothing is open."""


def envelope(event_id: str | None = "a" * 32, **header: str) -> bytes:
    """Return a small envelope with one event."""
    first = {**({"event_id": event_id} if event_id else {}), **header}
    return orjson.dumps(first) + b'\n{"type":"event"}\n{"message":"it broke"}\n'


@dataclass
class Bench:
    """A running ingest side. ``metas`` are the spooled entries' metas, oldest first."""

    spool: SpoolInMemory
    spooler: Spooler
    keys: KeyBook
    ingest: Ingest
    spotlight: Spotlight
    listeners: Listeners
    client: aiohttp.ClientSession
    incoming: Path
    full: bool = False
    listening: Listening = field(default_factory=Listening)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.listeners.port}"

    @property
    def metas(self) -> list[JsonObject]:
        return [orjson.loads(entry.meta) for entry in self.spool.entries]

    async def settled(self) -> None:
        """Return when everything handed to the spool is in it."""
        while self.spooler.waiting:
            await asyncio.sleep(0.002)

    async def post(
        self, path: str, body: bytes, headers: dict[str, str] | None = None
    ) -> tuple[int, aiohttp.ClientResponse, bytes]:
        async with self.client.post(
            self.url + path,
            data=io.BytesIO(body) if len(body) > 1 << 20 else body,
            headers=AUTH if headers is None else headers,
        ) as response:
            text = await response.read()
        await self.settled()
        return response.status, response, text


@asynccontextmanager
async def running_bench(
    folder: Path,
    *,
    quick: bool = True,
    limits: Limits | None = None,
    pace: Pace | None = None,
    most: int = 100,
) -> AsyncIterator[Bench]:
    """Give a bench whose bodies go to *folder*; *quick* says whether the short way in is open."""
    spool = SpoolInMemory()
    state: dict[str, Bench] = {}
    spooler = Spooler(lambda: spool, on_spooled=lambda entries, _: state["bench"].spotlight.show(entries))
    await spooler.start()
    limits = limits or Limits()
    keys = KeyBook()
    ingest = Ingest(
        spooler,
        keys,
        folder,
        limits=limits,
        bodies=BodyReader(folder, limits.wire, pace),
        is_disk_full=lambda: state["bench"].full,
    )
    spotlight = Spotlight(lambda: state["bench"].listening.spotlight_reading, lambda: ["desk.local"])

    async def health(_: web.Request) -> web.Response:
        return web.Response(text="well")

    runner = make_runner(
        make_app(ingest, health, spotlight),
        idle_seconds=2.0,
        shutdown_seconds=1.0,
        on_malformed=ingest.note_malformed,
    )
    await runner.setup()
    listeners = Listeners(runner, most_connections=most)
    if quick:
        listeners.use_quick_lane(ingest)
    await listeners.open(open_socket("127.0.0.1", 0))
    async with aiohttp.ClientSession(auto_decompress=False) as client:
        bench = Bench(spool, spooler, keys, ingest, spotlight, listeners, client, folder)
        state["bench"] = bench
        try:
            yield bench
        finally:
            spotlight.close()
            await listeners.close()
            await client.close()
            await runner.cleanup()
            await spooler.stop()
            ingest.close()


@asynccontextmanager
async def connection(
    port: int, host: str = "127.0.0.1"
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Give a plain connection to *port*, for saying what no HTTP client would."""
    reader, writer = await asyncio.open_connection(host, port)
    try:
        yield reader, writer
    finally:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()
