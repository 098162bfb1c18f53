"""The aiohttp application of a station: ingest, health, and whatever else is joined to it."""

from aiohttp import web

from vedette.station.ingest import Ingest


def make_app(ingest: Ingest) -> web.Application:
    """Return the application that serves *ingest*; other routes are to be added before it starts.

    There are no middlewares: each would cost the ingest path. The catch-all comes last by its length, not
    by its place, so routes added later are found before it.
    """
    app = web.Application(client_max_size=1 << 20)
    envelope = app.router.add_resource("/api/{project}/envelope/")
    envelope.add_route("POST", ingest.post_envelope)
    envelope.add_route("*", ingest.handle)
    app.router.add_route("*", "/{path:.*}", ingest.handle)
    return app
