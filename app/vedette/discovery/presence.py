"""A station's presence on the network: announced, and listening for others, over one set of sockets."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from vedette.discovery.announce import Announcer, open_zeroconf
from vedette.discovery.browse import Browser, Sighting
from vedette.discovery.records import StationRecord

if TYPE_CHECKING:
    from zeroconf.asyncio import AsyncZeroconf


class Presence:
    """Present from `start` to `stop`; nothing is sent before and after."""

    def __init__(self, on_sighting: Callable[[Sighting], None], own_id: str) -> None:
        self._announcer = Announcer()
        self._browser = Browser(on_sighting, own_id)
        self._zeroconf: AsyncZeroconf | None = None
        self._turning = asyncio.Lock()

    @property
    def is_announced(self) -> bool:
        return self._announcer.is_announcing

    @property
    def stations(self) -> list[StationRecord]:
        """The other stations that are there now, by name."""
        return self._browser.stations

    async def start(self, record: StationRecord) -> None:
        """Announce *record* through the interfaces of its addresses. Raises OSError; nothing is left then."""
        async with self._turning:
            self._zeroconf = open_zeroconf(record.addresses)
            try:
                await self._announcer.start(self._zeroconf, record)
            except OSError:
                await self._zeroconf.async_close()
                self._zeroconf = None
                raise
            self._browser.start(self._zeroconf)

    async def stop(self) -> None:
        """Say goodbye. May be called twice."""
        async with self._turning:
            await self._browser.stop()
            await self._announcer.stop()
            zeroconf, self._zeroconf = self._zeroconf, None
            if zeroconf is not None:
                await zeroconf.async_close()
