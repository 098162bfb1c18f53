"""``/api/0/station/``: what the station is doing, its switches, and its end."""

from typing import Annotated, TypedDict

from aiohttp import web

from vedette import __version__
from vedette.api.access import ORG_READ, ORG_WRITE
from vedette.api.errors import ApiError
from vedette.api.parameters import NoParameters
from vedette.api.routing import Call, operation
from vedette.api.schema import AtMost, Between
from vedette.domain.times import to_iso
from vedette.station.settings import SettingsError
from vedette.station.station import Station
from vedette.store.queries.requests import SenderRow, senders

STATION: web.AppKey[Station] = web.AppKey("station", Station)

_SENDERS_SHOWN = 50


class Sender(TypedDict):
    id: str
    ip: str
    client: str
    firstSeen: str
    lastSeen: str
    count: int
    isBlocked: bool


class OtherStation(TypedDict):
    """A station that announced itself on the network; its words, not checked."""

    id: str
    name: str
    version: str
    urls: list[str]
    projects: int


class DigestStatus(TypedDict):
    state: str
    trouble: str
    mark: int | None
    restarts: int


class Disk(TypedDict):
    """Bytes; `isFull` means that nothing more is taken."""

    free: int
    keepFree: int
    isFull: bool


class Listening(TypedDict):
    lan: bool
    interfaces: list[str]
    announce: bool
    name: str
    spotlightReading: bool


class Retention(TypedDict):
    days: int
    gigabytes: float
    freeMegabytes: int


class StationState(TypedDict):
    version: str
    started: str
    urls: list[str]
    isAnnounced: bool
    problems: list[str]
    listening: Listening
    retention: Retention
    queue: int
    rate: float
    accepted: int
    refused: int
    digest: DigestStatus
    disk: Disk
    senders: list[Sender]
    stations: list[OtherStation]


class StationChange(TypedDict, total=False):
    lan: bool
    interfaces: list[str]
    announce: bool
    name: Annotated[str, AtMost(100)]
    spotlightReading: bool
    days: Annotated[int, Between(0, 36_500)]
    gigabytes: float
    freeMegabytes: Annotated[int, Between(0, 10_000_000)]


class SenderChange(TypedDict):
    isBlocked: bool


@operation("GET", "/station/", scopes=ORG_READ)
async def show_station(call: Call[NoParameters, None]) -> StationState:
    """What the station is doing now: addresses, queue, rate, senders, digest, disk"""
    return await _state(call)


@operation("PUT", "/station/", scopes=ORG_WRITE)
async def update_station(call: Call[NoParameters, StationChange]) -> StationState:
    """Change the station's settings

    `lan` opens it to the local network, or closes it, at once. What was not possible is named in `problems`.
    """
    station = call.request.config_dict[STATION]
    wanted: dict[str, dict[str, object]] = {}
    for member, value in call.body.items():
        section, name = _MEMBERS[member]
        wanted.setdefault(section, {})[name] = value
    try:
        settings = station.settings.changed(wanted)
    except SettingsError as error:
        raise ApiError(400, str(error)) from error
    await station.change_settings(settings)
    return await _state(call)


@operation("POST", "/station/stop/", scopes=ORG_WRITE, status=202)
async def stop_station(call: Call[NoParameters, None]) -> dict[str, str]:
    """Finish what was begun, and end the station"""
    call.request.config_dict[STATION].stop_soon()
    return {"detail": "The station is stopping."}


@operation("PUT", "/station/senders/{sender}/", scopes=ORG_WRITE)
async def update_sender(call: Call[NoParameters, SenderChange]) -> dict[str, bool]:
    """Block a sender: what it sends is refused with 403, and shown as refused; or let it send again"""
    text = call.place("sender")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise ApiError(404, "That sender is not known.")
    blocked = call.body["isBlocked"]
    await call.context.call("sender.block", {"id": int(text), "blocked": blocked})
    return {"isBlocked": blocked}


async def _state(call: Call[NoParameters, None] | Call[NoParameters, StationChange]) -> StationState:
    station = call.request.config_dict[STATION]
    listening, retention = station.settings.listening, station.settings.retention
    hosts = [station.reachable_host, *(host for host in station.listeners.addresses[1:])]
    return {
        "version": __version__,
        "started": to_iso(station.started),
        "urls": [_url(host, station.port) for host in hosts],
        "isAnnounced": station.network.is_announced,
        "problems": station.network.problems,
        "listening": {
            "lan": listening.lan,
            "interfaces": list(listening.interfaces),
            "announce": listening.announce,
            "name": listening.name,
            "spotlightReading": listening.spotlight_reading,
        },
        "retention": {
            "days": retention.days,
            "gigabytes": retention.gigabytes,
            "freeMegabytes": retention.free_megabytes,
        },
        "queue": station.queue,
        "rate": round(station.rate.per_second(), 2),
        "accepted": station.ingest.accepted,
        "refused": station.ingest.refused,
        "digest": {
            "state": station.digest.state.value,
            "trouble": station.digest.trouble,
            "mark": station.digest.mark,
            "restarts": station.digest.restarts,
        },
        "disk": {
            "free": station.disk.free,
            "keepFree": station.disk.keep_free,
            "isFull": station.disk.is_full,
        },
        "senders": [_sender(row) for row in await call.ask(senders, _SENDERS_SHOWN)],
        "stations": [
            {
                "id": record.id,
                "name": record.name,
                "version": record.version,
                "urls": [_url(host, record.port) for host in record.addresses],
                "projects": record.projects,
            }
            for record in station.network.stations
        ],
    }


def _sender(row: SenderRow) -> Sender:
    return {
        "id": str(row.id),
        "ip": row.ip,
        "client": row.client,
        "firstSeen": to_iso(row.first),
        "lastSeen": to_iso(row.last),
        "count": row.n,
        "isBlocked": row.blocked,
    }


def _url(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


_MEMBERS = {
    "lan": ("listening", "lan"),
    "interfaces": ("listening", "interfaces"),
    "announce": ("listening", "announce"),
    "name": ("listening", "name"),
    "spotlightReading": ("listening", "spotlight_reading"),
    "days": ("retention", "days"),
    "gigabytes": ("retention", "gigabytes"),
    "freeMegabytes": ("retention", "free_megabytes"),
}

OPERATIONS = (show_station, update_station, stop_station, update_sender)
