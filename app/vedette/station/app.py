"""The aiohttp application of a station: ingest, health, Spotlight's stream, and whatever is joined to it."""

from collections.abc import Awaitable, Callable

import orjson
from aiohttp import web

from vedette.station.ingest import Ingest
from vedette.station.spotlight import Spotlight

_HEALTH = (
    "/health",
    "/api/relay/healthcheck/live/",
    "/api/relay/healthcheck/ready/",
    "/api/0/relays/live/",
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
