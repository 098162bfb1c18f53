"""The aiohttp application of a station: ingest, health, Spotlight's stream, and whatever is joined to it."""

import logging
from collections.abc import Awaitable, Callable

import orjson
from aiohttp import web
from aiohttp.http import HttpProcessingError
from typing_extensions import override

from vedette.station.ingest import Ingest
from vedette.station.spotlight import Spotlight

http_log = logging.getLogger(__name__)


class _SendersMistakes(logging.Filter):
    """Keeps requests that are no HTTP out of the log: anyone could fill it with them."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        return not isinstance(error, HttpProcessingError)


http_log.addFilter(_SendersMistakes())

_HEALTH = (
    "/health",
    "/api/relay/healthcheck/live/",
    "/api/relay/healthcheck/ready/",
    "/api/0/relays/live/",
)


def make_runner(app: web.Application, *, idle_seconds: float, shutdown_seconds: float) -> web.AppRunner:
    """Return what serves *app*, set up to meet strangers.

    *idle_seconds* without a whole request, also without the end of its headers, close a connection.
    """
    return web.AppRunner(
        app,
        access_log=None,
        logger=http_log,
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
    if join is None:
        app.router.add_route("*", "/api/0/{path:.*}", _not_yet)
    else:
        join(app)
    app.router.add_route("*", "/{path:.*}", ingest.handle)
    return app


async def _not_yet(request: web.Request) -> web.Response:
    body = orjson.dumps({"detail": "The station is starting."})
    response = web.Response(
        body=body, status=503, content_type="application/json", headers={"Retry-After": "1"}
    )
    response.force_close()  # the next connection meets the whole application
    return response
