"""The station on the local network: extra listeners and zeroconf, both only while the user wants them."""

import asyncio
import ipaddress
import logging
import socket
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from vedette.domain.tasks import spawn
from vedette.station.listening import Listeners
from vedette.station.settings import Listening

if TYPE_CHECKING:
    from vedette.discovery.browse import Sighting
    from vedette.discovery.presence import Presence
    from vedette.discovery.records import StationRecord

log = logging.getLogger(__name__)

LOOK_EVERY = 15.0


def machine_addresses() -> list[str]:
    """Return the addresses others on the network reach this machine by."""
    # Start-up time: only needed once the network is.
    import psutil

    found = []
    for addresses in psutil.net_if_addrs().values():
        for entry in addresses:
            if entry.family not in (socket.AF_INET, socket.AF_INET6):
                continue
            address = ipaddress.ip_address(entry.address.partition("%")[0])
            if not (address.is_loopback or address.is_link_local or address.is_unspecified):
                found.append(str(address))
    return sorted(set(found), key=lambda text: (":" in text, text))


def machine_names() -> frozenset[str]:
    """Return the names this machine goes by on the network, lower case."""
    name = socket.gethostname().lower().rstrip(".")
    first = name.partition(".")[0]
    return frozenset(filter(None, (name, first, f"{first}.local", f"{first}.lan", f"{first}.home.arpa")))


class Network:
    """Opens and closes what the setting asks for, and follows the machine's addresses while it is open."""

    def __init__(
        self,
        listeners: Listeners,
        own_host: str,
        record: Callable[[Sequence[str]], "StationRecord"],
        on_change: Callable[[], None],
        *,
        addresses: Callable[[], Iterable[str]] = machine_addresses,
    ) -> None:
        """*record* returns what to announce for the addresses it is given."""
        self._listeners = listeners
        self._own_host = own_host
        self._record = record
        self._on_change = on_change
        self._addresses = addresses
        self._wanted = Listening()
        self._task: asyncio.Task[None] | None = None
        self._presence: Presence | None = None
        self._turning = asyncio.Lock()
        self.problems: list[str] = []

    @property
    def is_open(self) -> bool:
        return self._wanted.lan

    @property
    def is_announced(self) -> bool:
        return self._presence is not None and self._presence.is_announced

    @property
    def stations(self) -> "list[StationRecord]":
        """Other stations that are on the network now; none while the network is off."""
        return [] if self._presence is None else self._presence.stations

    async def apply(self, wanted: Listening) -> list[str]:
        """Make it as *wanted*; returns a sentence for each thing that was not possible."""
        async with self._turning:
            self._wanted = wanted
            await self._silence()
            await self._listeners.close_more(self._own_host)
            if wanted.lan:
                await self._open()
                if self._task is None:
                    self._task = spawn("network", self._follow())
            else:
                self.problems = []
                self._stop_following()
        self._on_change()
        return self.problems

    async def stop(self) -> None:
        """Withdraw from the network. May be called twice."""
        self._stop_following()
        async with self._turning:
            await self._silence()

    def _stop_following(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _hosts(self) -> list[str]:
        available = list(self._addresses())
        chosen = self._wanted.interfaces
        return [host for host in available if not chosen or host in chosen]

    async def _open(self) -> None:
        hosts = self._hosts()
        self.problems = await self._listeners.open_more(hosts)
        if not hosts:
            self.problems.append("This machine has no network address to listen on.")
        open_now = [host for host in hosts if host in self._listeners.addresses]
        if self._wanted.announce and open_now:
            await self._speak(open_now)

    async def _speak(self, hosts: list[str]) -> None:
        from vedette.discovery.presence import Presence  # start-up time: most stations never need zeroconf

        spoken = [host for host in hosts if ":" not in host]
        if not spoken:
            return
        record = self._record(spoken)
        presence = Presence(self._sighted, record.id)
        try:
            await presence.start(record)
        except OSError as error:
            self.problems.append(f"The station could not be announced: {error.strerror or error}")
        else:
            self._presence = presence

    async def _silence(self) -> None:
        presence, self._presence = self._presence, None
        if presence is not None:
            await presence.stop()

    async def _follow(self) -> None:
        """Listen on addresses the machine gets meanwhile; let go of those it lost."""
        known = self._hosts()
        while True:
            await asyncio.sleep(LOOK_EVERY)
            hosts = await asyncio.to_thread(self._hosts)
            if hosts == known:
                continue
            known = hosts
            log.info("the machine's addresses are now %s", ", ".join(hosts) or "none")
            async with self._turning:
                await self._silence()
                await self._listeners.close_more(self._own_host, keep=hosts)
                await self._open()
            self._on_change()

    def _sighted(self, sighting: "Sighting") -> None:
        log.info("%s", sighting)
        self._on_change()
