"""The parts of a running station, joined."""

import asyncio
import contextlib
import logging
import os
import socket
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

import orjson
from aiohttp import web

from vedette import __version__
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.tasks import spawn
from vedette.domain.times import now
from vedette.domain.workspace import Workspace
from vedette.protocol.limits import Limits
from vedette.station.access import KeyBook
from vedette.station.app import make_app, make_runner
from vedette.station.bodies import clean_incoming
from vedette.station.counters import Rate
from vedette.station.digesting import DigestSupervisor, digest_command
from vedette.station.disk import DiskGuard
from vedette.station.feed import Feed
from vedette.station.ingest import Ingest
from vedette.station.listening import Listeners, open_first_free
from vedette.station.network import ANY_HOST, Network, machine_names
from vedette.station.settings import Settings, SettingsFile
from vedette.station.spooling import Spooler
from vedette.station.spotlight import Spotlight
from vedette.store.spool import Spool, SpoolEntry

if TYPE_CHECKING:
    from vedette.discovery.records import StationRecord

log = logging.getLogger(__name__)

_MEGABYTE = 1 << 20
_IDLE_SECONDS = 30.0  # a connection that asks nothing, or has not finished its headers, is closed
_SHUTDOWN_SECONDS = 5.0
_READY_SECONDS = 60.0


def limits_of(settings: Settings) -> JsonObject:
    """Return what digest is told of how long and how much to keep."""
    return {
        "days": settings.retention.days,
        "gigabytes": settings.retention.gigabytes,
        "sizes": settings.limits.to_limits(),
    }


class ReadingSide(Protocol):
    """What `station.reading` does for a station; loaded late, and known here by this alone."""

    def join(self, app: web.Application) -> None: ...

    async def learn(self) -> None: ...

    async def first_key(self) -> str | None: ...

    def close(self) -> None: ...


class Station:
    """Ingest, spool, digest, feed, listeners; made inside the running loop's runner, opened by `open`."""

    def __init__(
        self,
        workspace: Workspace,
        settings: Settings,
        settings_file: SettingsFile,
        token: str,
        command: Sequence[str] | None = None,
    ) -> None:
        self.workspace = workspace
        self.settings = settings
        self.token = token
        self.started = now()
        self.own_names = machine_names()
        self.keys = KeyBook()
        self.feed = Feed()
        self._settings_file = settings_file
        self._command = command or digest_command(workspace)
        self._reading: ReadingSide | None = None
        self._stopping = asyncio.Event()
        self._host = ""
        self._parts = contextlib.AsyncExitStack()  # closes in reverse what was opened

    # ---------------------------------------------------------------- up

    async def open(self, host: str, port: int | None) -> None:
        """Listen and accept; digest comes up meanwhile. Raises PortTakenError, OSError, StoreError."""
        self._host = host
        sock = self._parts.enter_context(open_first_free(host, port))
        clean_incoming(self.workspace.incoming)
        self.digest = DigestSupervisor(
            self._command,
            on_changes=self._heard_changes,
            on_state=self.say_changed,
            waiting_through=lambda: self.spooler.last_id,
            note=self.workspace.folder / "digest.json",
        )
        self.digest.limits = limits_of(self.settings)
        self.spooler = Spooler(lambda: Spool(self.workspace.spool), on_spooled=self._spooled)
        self.disk = DiskGuard(
            self.workspace.folder, self.settings.retention.free_megabytes * _MEGABYTE, self.say_changed
        )
        self.disk.start()
        self._parts.callback(self.disk.stop)
        # Digest goes last, so that it takes what was spooled up to the end.
        self._parts.push_async_callback(self.digest.stop)
        # Before digest, which can tidy up the database only when nobody reads it.
        self._parts.push_async_callback(self._close_reading)
        self._parts.push_async_callback(self.spooler.stop)
        if self.workspace.database.exists() and not self.workspace.spool.exists():
            # The store remembers how far it is in a spool that is gone; digest makes the new one begin
            # after that, and until then an entry would get a number that counts as stored.
            self.digest.start()
            await self.digest.wait_ready(_READY_SECONDS)
            await self.spooler.start()
        else:
            await self.spooler.start()
            self.digest.start()
        self.ingest = Ingest(
            self.spooler,
            self.keys,
            self.workspace.incoming,
            limits=Limits.of(self.settings.limits.to_limits()),
            is_disk_full=lambda: self.disk.is_full,
        )
        self._parts.callback(self.ingest.close)
        await asyncio.to_thread(self.ingest.uploads.clean)
        self.spotlight = Spotlight(
            lambda: self.settings.listening.spotlight_reading, lambda: list(self.own_names)
        )
        self.rate = Rate(lambda: self.ingest.accepted)
        early = await self._set_up(make_app(self.ingest, self.health, self.spotlight))
        self.listeners = Listeners(early)
        self.listeners.use_quick_lane(self.ingest)
        self.network = Network(self.listeners, host, self._record, self.say_changed)
        await self.listeners.open(sock)
        self._parts.push_async_callback(self._leave)

    async def complete(self, load_reading: Callable[[], Callable[["Station"], ReadingSide]]) -> None:
        """Serve ``/api/0/`` too, and go on the network if so set.

        *load_reading* returns what makes the reading side; it is called in a thread, since loading the API
        and SQLAlchemy takes half a second, in which events are accepted already.
        """
        make_reading = await asyncio.to_thread(load_reading)
        self._reading = make_reading(self)
        app = make_app(self.ingest, self.health, self.spotlight, self._reading.join)
        self.listeners.switch(await self._set_up(app))
        self._parts.push_async_callback(self._leave)
        with contextlib.suppress(TimeoutError):
            await self.digest.wait_ready(_READY_SECONDS)
        await self._reading.learn()
        if self.settings.listening.lan:
            await self.network.apply(self.settings.listening)
        await self.listeners.serve_also(self.settings.listening.otlp_port)

    async def _set_up(self, app: web.Application) -> web.AppRunner:
        runner = make_runner(
            app,
            idle_seconds=_IDLE_SECONDS,
            shutdown_seconds=_SHUTDOWN_SECONDS,
            on_malformed=self.ingest.note_malformed,
        )
        await runner.setup()
        self._parts.push_async_callback(runner.cleanup)
        return runner

    async def first_dsn(self) -> str | None:
        """Return the DSN of project 1; None when digest has not come up."""
        key = None if self._reading is None else await self._reading.first_key()
        return None if key is None else f"http://{key}@{self._authority}/1"

    # ---------------------------------------------------------------- facts

    @property
    def port(self) -> int:
        return self.listeners.port

    @property
    def reachable_host(self) -> str:
        """A host that reaches the station from this machine."""
        return "127.0.0.1" if self._host in ANY_HOST else self._host

    @property
    def base_url(self) -> str:
        return f"http://{self._authority}"

    @property
    def _authority(self) -> str:
        host = self.reachable_host
        return f"{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def queue(self) -> int:
        """Accepted requests that are not in the store yet."""
        spooler, mark = self.spooler, self.digest.mark
        if mark is None:
            return spooler.left_over + spooler.waiting
        return max(0, spooler.last_id - mark) + spooler.waiting

    async def health(self, request: web.Request) -> web.Response:
        """``/health`` and the paths Relay has for it; needs no token and tells nothing of the data."""
        said = {
            "status": "ok" if self.digest.trouble == "" and not self.disk.is_full else "troubled",
            "version": __version__,
            "queue": self.queue,
            "digested": self.digest.mark or 0,
            "pid": os.getpid(),
            "is_healthy": True,
        }
        return web.Response(body=orjson.dumps(said), content_type="application/json")

    def _record(self, addresses: Sequence[str]) -> "StationRecord":
        from vedette.discovery.records import StationRecord, identity_of  # start-up time

        return StationRecord(
            id=identity_of(self.token),
            name=self.settings.listening.name or socket.gethostname(),
            version=__version__,
            port=self.port,
            projects=self.keys.projects,
            addresses=tuple(addresses),
        )

    # ---------------------------------------------------------------- happenings

    def say_changed(self) -> None:
        """Tell everyone that something about the station itself is different."""
        self.feed.publish([Change(ChangeKind.STATION)])

    def _spooled(self, entries: Sequence[SpoolEntry], ids: range) -> None:
        self.digest.wake()
        self.spotlight.show(entries)

    def _heard_changes(self, changes: Sequence[JsonValue]) -> None:
        self.feed.publish(changes)
        kinds = {change[0] for change in changes}
        if self._reading is not None and not kinds.isdisjoint(_LEARNED_FROM):
            spawn("learn keys", self._reading.learn())

    async def call(self, name: str, arguments: JsonObject) -> JsonValue:
        """Return digest's answer to a command. Raises RefusedError, TimeoutError."""
        return await self.digest.call(name, arguments)

    async def change_settings(self, settings: Settings) -> list[str]:
        """Use and write *settings*; returns a sentence for each thing that was not possible."""
        before, self.settings = self.settings, settings
        await asyncio.to_thread(self._settings_file.write, settings)
        self.digest.limits = limits_of(settings)
        self.digest.say_limits()
        self.ingest.use_limits(Limits.of(settings.limits.to_limits()))
        self.disk.keep_free = settings.retention.free_megabytes * _MEGABYTE
        self.disk.look()
        problems = self.network.problems
        if settings.listening != before.listening:
            problems = await self.network.apply(settings.listening)
            await self.listeners.serve_also(settings.listening.otlp_port)
        self.feed.publish([Change(ChangeKind.SETTINGS), Change(ChangeKind.STATION)])
        return [*problems, *self.listeners.also_problems]

    # ---------------------------------------------------------------- down

    async def _leave(self) -> None:
        """End what would keep connections open for ever, before the runners wait for them."""
        await self.network.stop()
        await self.listeners.close()
        self.spotlight.close()
        self.feed.close()

    def stop_soon(self) -> None:
        """Begin to stop; callable any number of times."""
        self._stopping.set()

    async def wait_stopped(self) -> None:
        await self._stopping.wait()

    async def close(self) -> None:
        """Take no more, answer what was begun, let digest finish what waits, and close everything.

        May be called twice, and after an `open` that failed half-way.
        """
        self._stopping.set()
        await self._parts.aclose()

    async def _close_reading(self) -> None:
        if self._reading is not None:
            await asyncio.to_thread(self._reading.close)


_LEARNED_FROM = frozenset({ChangeKind.PROJECT.value, ChangeKind.SETTINGS.value})
