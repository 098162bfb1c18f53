"""``/api/0/station/``: what the station is doing, its switches, and its end."""

import asyncio
from typing import Annotated, TypedDict

from aiohttp import web

from vedette import __version__
from vedette.api.access import ORG_READ, ORG_WRITE, Token
from vedette.api.errors import ApiError
from vedette.api.parameters import NoParameters
from vedette.api.routing import Call, operation
from vedette.api.schema import AtMost, Between, Help
from vedette.api.shapes.request import Sender, sender_shape
from vedette.domain.times import to_iso
from vedette.station.network import local_name
from vedette.station.settings import SettingsError, Sizes
from vedette.station.station import Station
from vedette.station.token_file import renew_token
from vedette.store.queries.requests import SenderRow, senders

STATION: web.AppKey[Station] = web.AppKey("station", Station)

_SENDERS_SHOWN = 50


class SenderProcess(TypedDict):
    """The program behind a sender, where it runs on this machine and the system tells."""

    pid: int
    name: str


class SenderNow(Sender):
    """A sender, and the process it was last seen to be."""

    process: SenderProcess | None


class NetworkInterface(TypedDict):
    """A network interface of this machine. `isOpen`: the station can be reached through it now.

    `isChosen`: the settings ask for that; `kind` is a guess by its name.
    """

    name: str
    kind: str
    addresses: list[str]
    isOpen: bool
    isChosen: bool


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
    otlpPort: int


class Retention(TypedDict):
    days: int
    gigabytes: float
    freeMegabytes: int


class Limits(TypedDict):
    """The most megabytes of a request, and of one item of each kind."""

    bodyMegabytes: float
    eventMegabytes: float
    attachmentMegabytes: float
    profileMegabytes: float
    replayMegabytes: float
    replayVideoMegabytes: float
    containerMegabytes: float
    sessionMegabytes: float
    metricBucketsMegabytes: float
    checkInMegabytes: float
    clientReportMegabytes: float


class StationState(TypedDict):
    version: str
    started: str
    urls: list[str]
    hostName: str
    isAnnounced: bool
    problems: list[str]
    listening: Listening
    interfaces: list[NetworkInterface]
    retention: Retention
    limits: Limits
    queue: int
    rate: float
    accepted: int
    refused: int
    digest: DigestStatus
    disk: Disk
    senders: list[SenderNow]
    stations: list[OtherStation]


class NewToken(TypedDict):
    token: str


class StationChange(TypedDict, total=False):
    lan: bool
    interfaces: Annotated[list[str], Help("Names or addresses; none closes all, with `lan` it opens all.")]
    announce: bool
    name: Annotated[str, AtMost(100)]
    spotlightReading: bool
    otlpPort: Annotated[int, Between(0, 65_535), Help("Listened on too; 4318 is OpenTelemetry's, 0 none.")]
    days: Annotated[int, Between(0, 36_500)]
    gigabytes: float
    freeMegabytes: Annotated[int, Between(0, 10_000_000)]
    bodyMegabytes: float
    eventMegabytes: float
    attachmentMegabytes: float
    profileMegabytes: float
    replayMegabytes: float
    replayVideoMegabytes: float
    containerMegabytes: float
    sessionMegabytes: float
    metricBucketsMegabytes: float
    checkInMegabytes: float
    clientReportMegabytes: float


@operation("GET", "/station/", scopes=ORG_READ)
async def show_station(call: Call[NoParameters, None]) -> StationState:
    """What the station is doing now: addresses, queue, rate, senders, digest, disk"""
    return await _state(call)


@operation("PUT", "/station/", scopes=ORG_WRITE)
async def update_station(call: Call[NoParameters, StationChange]) -> StationState:
    """Change the station's settings

    `lan` opens it to the local network on every interface, or closes it, at once; `interfaces` opens it on
    these alone, by name or address. What was not possible is named in `problems`.
    """
    station = call.request.config_dict[STATION]
    wanted: dict[str, dict[str, object]] = {}
    for member, value in _completed(call.body).items():
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


@operation("POST", "/station/token/", scopes=ORG_WRITE)
async def renew_own_token(call: Call[NoParameters, None]) -> NewToken:
    """Give this computer's user a new token; the old one opens nothing any more

    It lies in the workspace, where Vedette's own programs look for it again. Others must be given it.
    """
    station = call.request.config_dict[STATION]
    token = await asyncio.to_thread(renew_token, station.workspace.token)
    call.context.tokens.use([Token(token)])
    return {"token": token}


@operation("POST", "/station/free/", scopes=ORG_WRITE, status=202)
async def free_space(call: Call[NoParameters, None]) -> dict[str, str]:
    """Let go now of what is over the limits, not only in a minute; starred issues keep their events"""
    await call.context.call("retention.hurry", {})
    return {"detail": "What is over the limits is let go."}


def _completed(change: StationChange) -> dict[str, object]:
    """Return *change* with what follows: interfaces open the network, `lan` alone opens all of them."""
    whole: dict[str, object] = dict(change)
    if "interfaces" in change and "lan" not in change:
        whole["lan"] = bool(change["interfaces"])
    elif change.get("lan") and "interfaces" not in change:
        whole["interfaces"] = []
    return whole


async def _state(call: Call[NoParameters, None] | Call[NoParameters, StationChange]) -> StationState:
    station = call.request.config_dict[STATION]
    listening, retention = station.settings.listening, station.settings.retention
    hosts = [station.reachable_host, *(host for host in station.listeners.addresses[1:])]
    return {
        "version": __version__,
        "started": to_iso(station.started),
        "urls": [_url(host, station.port) for host in hosts],
        "hostName": local_name(),
        "isAnnounced": station.network.is_announced,
        "problems": [*station.network.problems, *station.listeners.also_problems],
        "listening": {
            "lan": listening.lan,
            "interfaces": list(listening.interfaces),
            "announce": listening.announce,
            "name": listening.name,
            "spotlightReading": listening.spotlight_reading,
            "otlpPort": listening.otlp_port,
        },
        "interfaces": [
            {
                "name": one.name,
                "kind": one.kind.value,
                "addresses": list(one.addresses),
                "isOpen": station.network.is_listened_on(one),
                "isChosen": station.network.is_wanted(one),
            }
            for one in await station.network.interfaces()
        ],
        "retention": {
            "days": retention.days,
            "gigabytes": retention.gigabytes,
            "freeMegabytes": retention.free_megabytes,
        },
        "limits": _limits(station.settings.limits),
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
        "senders": [_sender(station, row) for row in await call.ask(senders, _SENDERS_SHOWN)],
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


def _limits(sizes: Sizes) -> Limits:
    return {
        "bodyMegabytes": sizes.body_megabytes,
        "eventMegabytes": sizes.event_megabytes,
        "attachmentMegabytes": sizes.attachment_megabytes,
        "profileMegabytes": sizes.profile_megabytes,
        "replayMegabytes": sizes.replay_megabytes,
        "replayVideoMegabytes": sizes.replay_video_megabytes,
        "containerMegabytes": sizes.container_megabytes,
        "sessionMegabytes": sizes.session_megabytes,
        "metricBucketsMegabytes": sizes.metric_buckets_megabytes,
        "checkInMegabytes": sizes.check_in_megabytes,
        "clientReportMegabytes": sizes.client_report_megabytes,
    }


def _sender(station: Station, row: SenderRow) -> SenderNow:
    found = station.ingest.processes.of(row.ip, row.client)
    process: SenderProcess | None = None if found is None else {"pid": found.pid, "name": found.name}
    return {**sender_shape(row), "process": process}


def _url(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


_MEMBERS = {
    "lan": ("listening", "lan"),
    "interfaces": ("listening", "interfaces"),
    "announce": ("listening", "announce"),
    "name": ("listening", "name"),
    "spotlightReading": ("listening", "spotlight_reading"),
    "otlpPort": ("listening", "otlp_port"),
    "days": ("retention", "days"),
    "gigabytes": ("retention", "gigabytes"),
    "freeMegabytes": ("retention", "free_megabytes"),
    "bodyMegabytes": ("limits", "body_megabytes"),
    "eventMegabytes": ("limits", "event_megabytes"),
    "attachmentMegabytes": ("limits", "attachment_megabytes"),
    "profileMegabytes": ("limits", "profile_megabytes"),
    "replayMegabytes": ("limits", "replay_megabytes"),
    "replayVideoMegabytes": ("limits", "replay_video_megabytes"),
    "containerMegabytes": ("limits", "container_megabytes"),
    "sessionMegabytes": ("limits", "session_megabytes"),
    "metricBucketsMegabytes": ("limits", "metric_buckets_megabytes"),
    "checkInMegabytes": ("limits", "check_in_megabytes"),
    "clientReportMegabytes": ("limits", "client_report_megabytes"),
}

OPERATIONS = (show_station, update_station, stop_station, renew_own_token, free_space)
