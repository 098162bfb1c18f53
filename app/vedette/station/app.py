"""The aiohttp application of a station: ingest, health, Spotlight's stream, and whatever is joined to it."""

import logging
from collections.abc import Awaitable, Callable

import orjson
from aiohttp import web
from aiohttp.http import HttpProcessingError
from aiohttp.web_urldispatcher import DynamicResource, UrlMappingMatchInfo
from typing_extensions import override

from vedette.station import doors
from vedette.station.ingest import Ingest
from vedette.station.spotlight import Spotlight

http_log = logging.getLogger(__name__)


Malformed = Callable[[str, str], None]
"""Told of a peer's request that is no HTTP: the peer, and what the parser says is wrong."""


class HttpLog(logging.Logger):
    """aiohttp's log, without the requests that are no HTTP: anyone could fill it with them.

    aiohttp tells of them nowhere else, so they are passed on from here.
    """

    def __init__(self, on_malformed: Malformed | None) -> None:
        super().__init__(http_log.name, logging.DEBUG)
        self.parent = http_log
        self._on_malformed = on_malformed

    @override
    def handle(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if not isinstance(error, HttpProcessingError):
            if record.levelno >= http_log.getEffectiveLevel():
                super().handle(record)
        elif self._on_malformed is not None:
            peer = record.args[0] if isinstance(record.args, tuple) and record.args else ""
            self._on_malformed(str(peer or ""), error.message.strip().partition("\n")[0])


_FEEDBACK = "/api/0/projects/{organization}/{project}/user-feedback/"
_HEALTH = (
    "/health",
    "/api/relay/healthcheck/live/",
    "/api/relay/healthcheck/ready/",
    "/api/0/relays/live/",
)


def make_runner(
    app: web.Application,
    *,
    idle_seconds: float,
    shutdown_seconds: float,
    on_malformed: Malformed | None = None,
) -> web.AppRunner:
    """Return what serves *app*, set up to meet strangers.

    *idle_seconds* without a whole request, also without the end of its headers, close a connection.
    """
    return web.AppRunner(
        app,
        access_log=None,
        logger=HttpLog(on_malformed),
        auto_decompress=False,  # decoding is bounded while it runs, which aiohttp's is not
        keepalive_timeout=idle_seconds,
        lingering_time=min(5.0, shutdown_seconds),
        shutdown_timeout=shutdown_seconds,
    )


def make_app(
    ingest: Ingest,
    health: Callable[[web.Request], Awaitable[web.StreamResponse]],
    spotlight: Spotlight,
    join: Callable[[web.Application], None] | None = None,
) -> web.Application:
    """Return the application; *join* adds ``/api/0/``, which answers 503 without it: not loaded yet.

    It has no middlewares: each would cost the ingest path.
    """
    app = web.Application()
    for path in _HEALTH:
        app.router.add_get(path, health)
    app.router.add_get("/stream", spotlight.handle)
    envelope = app.router.add_resource("/api/{project}/envelope/")
    envelope.add_route("POST", ingest.post_envelope)
    app.router.register_resource(_FeedbackByDsn(_FEEDBACK, ingest))
    if join is None:
        app.router.add_route("*", "/api/0/{path:.*}", _not_yet)
    else:
        join(app)
    app.router.add_route("*", "/{path:.*}", ingest.handle)
    return app


class _FeedbackByDsn(DynamicResource):
    """The web API's way for feedback, for pages that know a DSN and no token; all else is the API's."""

    def __init__(self, path: str, ingest: Ingest) -> None:
        super().__init__(path)
        for method in ("POST", "OPTIONS"):
            self.add_route(method, ingest.handle)

    @override
    async def resolve(self, request: web.Request) -> tuple[UrlMappingMatchInfo | None, set[str]]:
        if request.method == "OPTIONS" or doors.is_dsn(request.headers.get("Authorization", "")):
            return await super().resolve(request)
        return None, set()


async def _not_yet(request: web.Request) -> web.Response:
    body = orjson.dumps({"detail": "The station is starting."})
    response = web.Response(
        body=body, status=503, content_type="application/json", headers={"Retry-After": "1"}
    )
    response.force_close()  # the next connection meets the whole application
    return response
