"""What a station gives ``/api/0/``: readers, tokens, commands, and its own state and switches."""

import logging

import orjson
from aiohttp import web

from vedette import __version__
from vedette.api.app import add_routes
from vedette.api.attributes import payloads_of
from vedette.api.context import ApiContext, CommandError, local_tokens
from vedette.api.outgoing import rules_of
from vedette.api.readers import Db, ReaderPool
from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.times import now
from vedette.processing.rules import ProjectRules
from vedette.station.access import KnownKey, check_host, check_origin
from vedette.station.control import OPERATIONS, STATION
from vedette.station.digesting import RefusedError
from vedette.station.station import Station
from vedette.store.errors import DiskFullError, StoreError
from vedette.store.queries.projects import list_projects, project_keys
from vedette.store.queries.requests import senders
from vedette.store.spool import SpoolEntry

log = logging.getLogger(__name__)


class Reading:
    """The reading side of one station; made once digest is coming up."""

    def __init__(self, station: Station) -> None:
        self._station = station
        self._readers = ReaderPool(station.workspace.database, prepare=payloads_of(station.workspace))

    def join(self, app: web.Application) -> None:
        """Serve ``/api/0/`` in *app*."""
        station = self._station
        context = ApiContext(
            readers=self._readers,
            call=self._call,
            workspace=station.workspace,
            tokens=local_tokens(station.token),
            base_url=self._base_url,
            check_access=self._check_access,
            feed=station.feed.handle,
            submit=self._submit,
            version=__version__,
        )
        app[STATION] = station
        add_routes(app, context, OPERATIONS)

    async def _call(self, name: str, arguments: JsonObject, /) -> JsonValue:
        try:
            return await self._station.call(name, arguments)
        except RefusedError as error:
            raise CommandError(error.code, error.detail) from error

    async def _submit(self, project: str, envelope: bytes, /) -> None:
        station = self._station
        if station.disk.is_full:
            raise DiskFullError("The disk of the station is nearly full; nothing more is taken.")
        meta = {
            "method": "POST",
            "path": f"/api/{project}/envelope/",
            "endpoint": "envelope",
            "project": project,
            "client": f"vedette.api/{__version__}",
            "ip": "127.0.0.1",
            "status": 200,
            "origin": "loopback",
        }
        await station.spooler.append(SpoolEntry(now(), "envelope", orjson.dumps(meta), envelope))

    def _base_url(self, request: web.Request) -> str:
        return f"http://{request.headers.get('Host') or request.host}"

    def _check_access(self, request: web.Request) -> str | None:
        names = self._station.own_names
        return check_host(request.headers.get("Host"), names) or check_origin(
            request.headers.get("Origin"), names
        )

    async def learn(self) -> None:
        """Read keys and blocked senders from the store, after it was made or said they changed."""
        try:
            keys, blocked = await self._readers.ask(_read_book)
            rules = await self._readers.ask(_read_rules)
        except StoreError as error:
            log.warning("keys could not be read: %s", error)
            return
        self._station.keys.learn_keys(keys)
        self._station.keys.learn_blocked(blocked)
        self._station.spotlight.learn_rules(rules)

    async def first_key(self) -> str | None:
        """Return a public key that opens project 1, None before there is one."""
        keys, _ = await self._readers.ask(_read_book)
        return next((key.public_key for key in keys if key.project == 1 and key.active), None)

    def close(self) -> None:
        """Stop reading. May be called twice."""
        self._readers.close()


def _read_rules(db: Db) -> dict[str, ProjectRules]:
    """Return each project's rules by its id, its short code and its public keys."""
    found: dict[str, ProjectRules] = {}
    for project in list_projects(db):
        keys = (key.public_key for key in project_keys(db, project.id))
        found |= dict.fromkeys((str(project.id), project.slug, *keys), rules_of(db, project.id))
    return found


def _read_book(db: Db) -> tuple[list[KnownKey], list[tuple[str, str]]]:
    keys = [
        KnownKey(key.public_key, project.id, project.slug, key.active)
        for project in list_projects(db)
        for key in project_keys(db, project.id)
    ]
    return keys, [(sender.ip, sender.client) for sender in senders(db) if sender.blocked]
