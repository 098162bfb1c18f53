"""Telling the network that a station is here. Nothing is sent before `start`; `stop` withdraws it."""

import logging
import socket
from collections.abc import Sequence

from zeroconf import IPVersion, ServiceInfo
from zeroconf.asyncio import AsyncZeroconf

from vedette.discovery.records import SERVICE_TYPE, StationRecord

log = logging.getLogger(__name__)


def open_zeroconf(addresses: Sequence[str]) -> AsyncZeroconf:
    """Return zeroconf speaking through the interfaces with *addresses* only. Raises OSError."""
    return AsyncZeroconf(interfaces=list(addresses), ip_version=IPVersion.V4Only)


def to_service(record: StationRecord) -> ServiceInfo:
    return ServiceInfo(
        SERVICE_TYPE,
        record.instance,
        addresses=[socket.inet_pton(socket.AF_INET, address) for address in record.addresses],
        port=record.port,
        properties=record.to_properties(),
        server=f"vedette-{record.id}.local.",
    )


class Announcer:
    """Announces one station."""

    def __init__(self) -> None:
        self._zeroconf: AsyncZeroconf | None = None
        self._service: ServiceInfo | None = None

    @property
    def is_announcing(self) -> bool:
        return self._service is not None

    async def start(self, zeroconf: AsyncZeroconf, record: StationRecord) -> None:
        """Announce *record* through *zeroconf*, which stays the caller's. Raises OSError."""
        service = to_service(record)
        await (await zeroconf.async_register_service(service, allow_name_change=True))
        self._zeroconf, self._service = zeroconf, service
        log.info("announced as %s", service.name)

    async def update(self, record: StationRecord) -> None:
        """Announce that something in *record* is different now, under the same name."""
        if self._zeroconf is None or self._service is None:
            return
        service = to_service(record)
        if (service.text, service.port) == (self._service.text, self._service.port):
            return
        await (await self._zeroconf.async_update_service(service))
        self._service = service

    async def stop(self) -> None:
        """Say goodbye. May be called twice."""
        zeroconf, service = self._zeroconf, self._service
        self._zeroconf = self._service = None
        if zeroconf is not None and service is not None:
            await (await zeroconf.async_unregister_service(service))
