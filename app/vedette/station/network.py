"""The station on the local network: extra listeners and zeroconf, both only while the user wants them."""

import asyncio
import logging
import socket
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from vedette.domain.tasks import spawn
from vedette.station.interfaces import Interface, machine_interfaces
from vedette.station.listening import Listeners
from vedette.station.settings import Listening

if TYPE_CHECKING:
    from vedette.discovery.browse import Sighting
    from vedette.discovery.presence import Presence
    from vedette.discovery.records import StationRecord

log = logging.getLogger(__name__)

ANY_HOST = frozenset({"0.0.0.0", "::", ""})
LOOK_EVERY = 5.0
"""Seconds until a cable that was pulled, or an address that changed, is noticed."""


def local_name() -> str:
    """Return the name others on the network find this machine by, where it answers to mDNS; "" if none."""
    first = socket.gethostname().lower().partition(".")[0]
    return f"{first}.local" if first and first != "localhost" else ""


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
        interfaces: Callable[[], Iterable[Interface]] = machine_interfaces,
        look_every: float = LOOK_EVERY,
    ) -> None:
        """*record* returns what to announce for the addresses it is given."""
        self._listeners = listeners
        self._own_host = own_host
        self._record = record
        self._on_change = on_change
        self._interfaces = interfaces
        self._look_every = look_every
        self._wanted = Listening()
        self._task: asyncio.Task[None] | None = None
        self._presence: Presence | None = None
        self._turning = asyncio.Lock()
        self._known: tuple[list[str], list[str]] = ([], [])  # addresses that are there, names that are not
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

    async def interfaces(self) -> list[Interface]:
        """Return the machine's interfaces as they are now."""
        return list(await asyncio.to_thread(self._interfaces))

    def is_listened_on(self, interface: Interface) -> bool:
        """Whether somebody beyond *interface* can reach the station."""
        open_now = self._listeners.addresses
        return self._own_host in ANY_HOST or any(host in open_now for host in interface.addresses)

    def is_wanted(self, interface: Interface) -> bool:
        """Whether the settings ask for *interface*."""
        chosen = self._wanted.interfaces
        named = interface.name in chosen or any(host in chosen for host in interface.addresses)
        return self._wanted.lan and (not chosen or named)

    async def apply(self, wanted: Listening) -> list[str]:
        """Make it as *wanted*; returns a sentence for each thing that was not possible.

        What is open and still wanted stays open, with its connections.
        """
        hosts, missing = await asyncio.to_thread(self._hosts, wanted)
        async with self._turning:
            self._wanted = wanted
            await self._silence()
            await self._listeners.close_more(self._own_host, keep=hosts)
            if wanted.lan:
                await self._open(hosts, missing)
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

    def _hosts(self, wanted: Listening) -> tuple[list[str], list[str]]:
        """Return the addresses *wanted* names that are there, and which names have none. Asks the system."""
        if not wanted.lan:
            return [], []
        there = list(self._interfaces())
        chosen = wanted.interfaces
        hosts = [
            host
            for one in there
            for host in one.addresses
            if not chosen or host in chosen or one.name in chosen
        ]
        known = {one.name for one in there}.union(*(one.addresses for one in there))
        return list(dict.fromkeys(hosts)), [name for name in chosen if name not in known]

    async def _open(self, hosts: list[str], missing: list[str]) -> None:
        self._known = (hosts, missing)
        self.problems = await self._listeners.open_more(hosts)
        if not hosts and not missing:
            self.problems.append("This machine has no network address to listen on.")
        self.problems += [f"{name} is not there now; it is listened on again once it is." for name in missing]
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
        while True:
            await asyncio.sleep(self._look_every)
            wanted = self._wanted
            hosts, missing = await asyncio.to_thread(self._hosts, wanted)
            async with self._turning:
                if wanted is not self._wanted or (hosts, missing) == self._known:
                    continue
                log.info("the machine's addresses are now %s", ", ".join(hosts) or "none")
                await self._silence()
                await self._listeners.close_more(self._own_host, keep=hosts)
                await self._open(hosts, missing)
            self._on_change()

    def _sighted(self, sighting: "Sighting") -> None:
        log.info("%s", sighting)
        self._on_change()
