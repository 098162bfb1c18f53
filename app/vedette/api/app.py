"""All of ``/api/0/`` put together."""

from collections.abc import Sequence

from aiohttp import web

from vedette.api import (
    attachments,
    deletions,
    events,
    explore,
    facets,
    feedback,
    filters,
    issue_details,
    issue_notes,
    issues,
    keys,
    labels,
    monitors,
    organizations,
    outcomes,
    profiles,
    projects,
    regroupings,
    release_changes,
    releases,
    replays,
    requests,
    runs,
    saved_views,
    sessions,
    system,
    timeseries,
    trace_items,
    traces,
)
from vedette.api.context import ApiContext
from vedette.api.openapi import document
from vedette.api.routing import Operation
from vedette.api.serving import guard, serve

PREFIX = "/api/0"

OPERATIONS: tuple[Operation, ...] = (
    *system.OPERATIONS,
    *organizations.OPERATIONS,
    *outcomes.OPERATIONS,
    *profiles.OPERATIONS,
    *projects.OPERATIONS,
    *keys.OPERATIONS,
    *filters.OPERATIONS,
    *issues.OPERATIONS,
    *issue_details.OPERATIONS,
    *regroupings.OPERATIONS,
    *issue_notes.OPERATIONS,
    *deletions.OPERATIONS,
    *labels.OPERATIONS,
    *saved_views.OPERATIONS,
    *events.OPERATIONS,
    *explore.OPERATIONS,
    *facets.OPERATIONS,
    *timeseries.OPERATIONS,
    *attachments.OPERATIONS,
    *feedback.OPERATIONS,
    *traces.OPERATIONS,
    *trace_items.OPERATIONS,
    *replays.OPERATIONS,
    *requests.OPERATIONS,
    *runs.OPERATIONS,
    *monitors.OPERATIONS,
    *sessions.OPERATIONS,
    *releases.OPERATIONS,
    *release_changes.OPERATIONS,
)


def add_routes(app: web.Application, context: ApiContext, more: Sequence[Operation] = ()) -> None:
    """Serve ``/api/0/`` in *app*; *more* are operations of the station's own, below ``/station/``.

    Paths answer with and without the slash at the end. Everything below ``/api/0`` that is not served, is
    answered here as well, with JSON.
    """
    operations = (*OPERATIONS, *more)
    api = web.Application(middlewares=[guard(context)])
    api[system.OPENAPI] = document(operations, context.version)
    for operation in operations:
        handler = serve(operation, context)
        bare = operation.path.rstrip("/")
        for path in (bare, f"{bare}/"):
            api.router.add_route(operation.method, path, handler)
    app.add_subapp(PREFIX, api)
