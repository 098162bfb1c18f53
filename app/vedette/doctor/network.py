"""Ports and the network: who listens where, and whether SDKs would find the way."""

import errno
import os
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence

import psutil

from vedette.api.attach import StationInfo, find_station
from vedette.doctor.finding import Finding, ok, problem, warning
from vedette.domain.workspace import Workspace
from vedette.station.interfaces import Interface, machine_interfaces
from vedette.station.listening import DEFAULT_PORT, PORTS_TRIED, open_socket

_LOOPBACK = "127.0.0.1"


def check_network(workspace: Workspace) -> Iterator[Finding]:
    """The station of *workspace*, its port, the addresses, and proxies in between."""
    station = find_station(workspace)
    if station is not None:
        yield ok(f"A station serves this workspace: {station.base_url}, process {station.pid}")
    else:
        yield ok("No station serves this workspace now")
    yield check_port(DEFAULT_PORT, station)
    yield check_addresses()
    yield from check_proxy()


def check_port(
    port: int, station: StationInfo | None, listener: Callable[[int], str] | None = None
) -> Finding:
    """Whether *port* is free, or who has it. *listener* names the program that listens on a port."""
    if station is not None and station.port == port:
        return ok(f"Port {port} is this workspace's station's")
    refusal = _refusal(port)
    if refusal is None:
        return ok(f"Port {port} is free")
    if refusal.errno != errno.EADDRINUSE:
        return problem(f"Port {port} cannot be opened: {refusal.strerror or refusal}")
    who = (listener or listening_program)(port)
    free = next((other for other in range(port + 1, port + PORTS_TRIED) if _refusal(other) is None), None)
    if free is None:
        return problem(
            f"Ports {port} to {port + PORTS_TRIED - 1} are all taken, {port} by {who}. "
            "Free one, or start with --port 0"
        )
    return warning(f"Port {port} is taken by {who}: a station started now takes {free}, and the DSN says so")


def _refusal(port: int) -> OSError | None:
    try:
        open_socket(_LOOPBACK, port).close()
    except OSError as error:
        return error
    return None


def listening_program(port: int) -> str:
    """Return the program that listens on TCP *port*, as well as this user may know."""
    try:
        for connection in psutil.net_connections(kind="tcp"):
            if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port and connection.pid:
                return f"{psutil.Process(connection.pid).name()} (process {connection.pid})"
    except psutil.Error:
        pass  # macOS shows other users' sockets to root only
    return "another program"


def check_addresses(interfaces: Callable[[], Sequence[Interface]] = machine_interfaces) -> Finding:
    """By which addresses the local network could reach a station."""
    own = [address for interface in interfaces() for address in interface.addresses]
    if not own:
        return warning("This machine has no network address: only its own programs can reach a station")
    return ok(f"On the local network this machine is {', '.join(own)} ({socket.gethostname()})")


def check_proxy(environment: Mapping[str, str] = os.environ) -> Iterator[Finding]:
    """Whether SDKs in this environment would hand what is meant for this machine to a proxy.

    sentry-sdk and others obey these variables, also for 127.0.0.1.
    """
    proxy = environment.get("http_proxy") or environment.get("HTTP_PROXY")
    if not proxy:
        return
    spared = environment.get("no_proxy") or environment.get("NO_PROXY") or ""
    names = {name.strip().lower() for name in spared.split(",")}
    missing = [host for host in (_LOOPBACK, "localhost") if host not in names]
    if missing and "*" not in names:
        yield warning(
            f"HTTP_PROXY is set, and SDKs may send events for {' and '.join(missing)} to it: "
            f"add {','.join(missing)} to NO_PROXY"
        )
