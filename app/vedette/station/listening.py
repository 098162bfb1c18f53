"""The sockets of a station: the one on this machine, and those the network may reach while that is wanted."""

import asyncio
import errno
import logging
import socket
import sys
from collections.abc import Collection, Sequence
from typing import cast

from aiohttp import web

from vedette.domain.tasks import spawn
from vedette.station.ingest import Ingest
from vedette.station.quick import QuickConnection, QuickLane

log = logging.getLogger(__name__)

DEFAULT_PORT = 8969
PORTS_TRIED = 20
MOST_CONNECTIONS = 1_000
_BACKLOG = 256
_SWEEP_SECONDS = 0.5
_FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
)


class PortTakenError(Exception):
    """Another program has the port; the text says which port."""


def open_socket(host: str, port: int) -> socket.socket:
    """Return a listening socket. Raises OSError, with EADDRINUSE when another program has the port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            # There SO_REUSEADDR would let two programs share a port.
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        sock.bind((host, port))
        sock.listen(_BACKLOG)
        sock.setblocking(False)
    except OSError:
        sock.close()
        raise
    return sock


def open_first_free(host: str, port: int | None) -> socket.socket:
    """Return a socket on *port*; without one on the default, else the next that is free.

    Raises PortTakenError when the port that was asked for, or every port tried, is taken.
    """
    ports: Sequence[int] = range(DEFAULT_PORT, DEFAULT_PORT + PORTS_TRIED) if port is None else (port,)
    for number in ports:
        try:
            return open_socket(host, number)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            if error.errno == errno.EACCES and port is not None:
                raise PortTakenError(f"Port {port} may not be opened by this user.") from error
    if port is None:
        raise PortTakenError(f"Ports {ports[0]} to {ports[-1]} are all taken.")
    raise PortTakenError(
        f"Port {port} is taken by another program. Leave --port out for the next free one, or use --port 0."
    )


class _Busy(asyncio.Protocol):
    """What a connection too many meets."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        stream = cast("asyncio.Transport", transport)  # uvloop's are none by inheritance
        stream.write(_FULL)
        stream.close()


class Listeners:
    """All sockets that are open, by address; the first is the station's own."""

    def __init__(
        self,
        runner: web.AppRunner,
        *,
        most_connections: int = MOST_CONNECTIONS,
    ) -> None:
        self._runners = [runner]
        self._lane: QuickLane | None = None
        self._sweeping: asyncio.Task[None] | None = None
        self._most = most_connections
        self._servers: dict[str, asyncio.Server] = {}
        self._also: dict[str, asyncio.Server] = {}
        self.port = 0
        self.also = 0
        """A second port, at which the same is served on the same addresses; 0: none."""
        self.also_problems: list[str] = []

    @property
    def addresses(self) -> list[str]:
        """Hosts that are listened on, the station's own first."""
        return list(self._servers)

    def use_quick_lane(self, ingest: Ingest) -> None:
        """Take plain envelope posts the short way from now on."""
        self._lane = QuickLane(ingest, self._serve_fully)
        self._sweeping = spawn("sweep connections", self._sweep(self._lane))

    async def _sweep(self, lane: QuickLane) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(_SWEEP_SECONDS)
            lane.sweep(loop.time())

    async def open(self, sock: socket.socket) -> None:
        """Serve what comes in on *sock*."""
        host, port = sock.getsockname()[:2]
        self._servers[host] = await asyncio.get_running_loop().create_server(self._accept, sock=sock)
        self.port = self.port or port

    async def open_more(self, hosts: Sequence[str]) -> list[str]:
        """Listen on *hosts* too, at the same port; returns a sentence for each that was not possible.

        One by one, since 0.0.0.0 cannot be had beside an address that is open already.
        """
        problems = []
        for host in hosts:
            if host in self._servers:
                continue
            try:
                await self.open(open_socket(host, self.port))
            except OSError as error:
                problems.append(f"{host} cannot be listened on: {error.strerror or error}")
        await self._open_also()
        return problems

    async def serve_also(self, port: int) -> None:
        """Serve at *port* too, 0 at no other; `also_problems` says what was not possible."""
        if port != self.also:
            self._close_also(list(self._also))
        self.also = port
        await self._open_also()

    async def _open_also(self) -> None:
        self.also_problems = []
        for host in self._servers if self.also not in (0, self.port) else ():
            if host in self._also:
                continue
            try:
                sock = open_socket(host, self.also)
            except OSError as error:
                where = f"Port {self.also} on {host}"
                self.also_problems.append(f"{where} cannot be listened on: {error.strerror or error}")
                continue
            loop = asyncio.get_running_loop()
            self._also[host] = await loop.create_server(self._accept, sock=sock)

    def _close_also(self, hosts: Collection[str]) -> None:
        for host in hosts:
            if (server := self._also.pop(host, None)) is not None:
                server.close()

    async def close_more(self, own: str, *, keep: Collection[str] = ()) -> None:
        """Close all but *own* and those to *keep*, with every connection that came through them."""
        gone = [host for host in self._servers if host != own and host not in keep]
        for host in gone:
            self._servers.pop(host).close()
        self._close_also(gone)
        if self._lane is not None:
            self._lane.close(frozenset(gone))
        for runner in self._runners:
            for connection in runner.server.connections if runner.server is not None else ():
                if connection.sockname is not None and connection.sockname[0] in gone:
                    connection.force_close()

    async def close(self) -> None:
        """Take no more connections. Those that are open are the runner's to end."""
        for server in self._servers.values():
            server.close()
        self._servers.clear()
        self._close_also(list(self._also))
        if self._sweeping is not None:
            self._sweeping.cancel()
        if self._lane is not None:
            self._lane.close()

    def switch(self, runner: web.AppRunner) -> None:
        """Serve new connections by *runner*; those that are open stay where they are."""
        self._runners.append(runner)

    def _accept(self) -> asyncio.Protocol:
        taken = len(self._lane.open) if self._lane is not None else 0
        taken += sum(len(runner.server.connections) for runner in self._runners if runner.server is not None)
        if taken >= self._most:
            return _Busy()
        return self._serve_fully() if self._lane is None else QuickConnection(self._lane)

    def _serve_fully(self) -> asyncio.Protocol:
        server = self._runners[-1].server
        return _Busy() if server is None else server()
