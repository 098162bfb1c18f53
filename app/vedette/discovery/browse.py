"""Finding other stations on the network. Listens only; nothing of what it hears is trusted."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

from zeroconf import IPVersion, ServiceStateChange, Zeroconf
from zeroconf.asyncio import AsyncServiceBrowser, AsyncServiceInfo, AsyncZeroconf

from vedette.discovery.records import SERVICE_TYPE, StationRecord, read_record
from vedette.domain.tasks import spawn

log = logging.getLogger(__name__)

MOST_STATIONS = 200
_ANSWER_MS = 3_000


@dataclass(frozen=True, slots=True)
class StationSeen:
    """A station is there, or says something new."""

    record: StationRecord


@dataclass(frozen=True, slots=True)
class StationGone:
    """A station said goodbye, or has not been heard for long."""

    id: str


Sighting = StationSeen | StationGone


class Browser:
    """Calls *on_sighting*, on the loop, for each station that comes or goes, *own_id* left out."""

    def __init__(self, on_sighting: Callable[[Sighting], None], own_id: str = "") -> None:
        self._on_sighting = on_sighting
        self._own_id = own_id
        self._browser: AsyncServiceBrowser | None = None
        self._asking: dict[asyncio.Task[None], str] = {}  # and the name of the station that is asked
        self._by_name: dict[str, StationRecord] = {}

    @property
    def stations(self) -> list[StationRecord]:
        """The stations that are there, by name."""
        return sorted(self._by_name.values(), key=lambda record: (record.name, record.id))

    @property
    def is_asking(self) -> bool:
        """Whether a station that was heard of has yet to say what it is."""
        return bool(self._asking)

    def start(self, zeroconf: AsyncZeroconf) -> None:
        """Listen through *zeroconf*, which stays the caller's."""
        self._browser = AsyncServiceBrowser(zeroconf.zeroconf, SERVICE_TYPE, handlers=[self._heard])

    async def stop(self) -> None:
        """May be called twice."""
        browser, self._browser = self._browser, None
        for task in list(self._asking):
            task.cancel()
        await asyncio.gather(*self._asking, return_exceptions=True)
        if browser is not None:
            await browser.async_cancel()
        self._by_name.clear()

    def _heard(
        self, zeroconf: Zeroconf, service_type: str, name: str, state_change: ServiceStateChange
    ) -> None:
        if state_change is ServiceStateChange.Removed:
            # An answer that is still on its way would bring back a station that has said goodbye.
            for asking in [task for task, asked in self._asking.items() if asked == name]:
                asking.cancel()
            record = self._by_name.pop(name, None)
            if record is not None:
                self._on_sighting(StationGone(record.id))
            return
        if name not in self._by_name and len(self._by_name) + len(self._asking) >= MOST_STATIONS:
            return
        task = spawn(f"ask {name[:60]}", self._ask(zeroconf, service_type, name))
        self._asking[task] = name
        task.add_done_callback(lambda done: self._asking.pop(done, None))

    async def _ask(self, zeroconf: Zeroconf, service_type: str, name: str) -> None:
        service = AsyncServiceInfo(service_type, name)
        if not await service.async_request(zeroconf, _ANSWER_MS):
            return
        addresses = service.parsed_addresses(IPVersion.V4Only)
        record = read_record(service.properties, service.port, addresses)
        if record is None or record.id == self._own_id or self._by_name.get(name) == record:
            return
        self._by_name[name] = record
        self._on_sighting(StationSeen(record))
