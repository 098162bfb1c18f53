"""Saved views, in the shape of Sentry's issue views."""

from typing import Annotated, TypedDict

from vedette.api.access import EVENT_READ, EVENT_WRITE
from vedette.api.errors import not_found
from vedette.api.finding import AnyCall, answered, find_organization, row_id_of
from vedette.api.paging import Page
from vedette.api.parameters import NoParameters
from vedette.api.routing import Call, operation
from vedette.api.schema import AtMost, Between
from vedette.domain.json import JsonObject
from vedette.domain.times import to_iso
from vedette.store.queries import saved_views
from vedette.store.queries.saved_views import SavedView

Texts = Annotated[list[str], AtMost(500)]


class TimeFilters(TypedDict, total=False):
    """The time looked at: a period such as `14d`, or from `start` to `end`."""

    period: str | None
    start: str | None
    end: str | None
    utc: bool | None


class View(TypedDict):
    """A saved view; `position` counts from 0. `dataset`, `columns` and `switchedOff` are Vedette's own.

    `switchedOff` lists terms that are kept and not applied, each after its place among all: `1:level:error`.
    """

    id: str
    name: str
    query: str
    querySort: str
    position: int
    projects: list[int]
    environments: list[str]
    timeFilters: TimeFilters
    dataset: str
    columns: list[str]
    switchedOff: list[str]
    dateCreated: str
    dateUpdated: str


class ViewChange(TypedDict, total=False):
    """Members left out stay as they are."""

    name: Annotated[str, AtMost(200)]
    query: Annotated[str, AtMost(10_000)]
    querySort: Annotated[str, AtMost(64)]
    position: Annotated[int, Between(0, 1000)]
    projects: list[int]
    environments: Texts
    timeFilters: TimeFilters
    dataset: Annotated[str, AtMost(64)]
    columns: Texts
    switchedOff: Texts


_KEPT = {
    "query": "query",
    "querySort": "sort",
    "projects": "projects",
    "environments": "environments",
    "dataset": "dataset",
    "columns": "columns",
    "switchedOff": "off",
}


def _shape(row: SavedView) -> View:
    view = row.view
    times: TimeFilters = {"period": view.get("period")}
    for name in ("start", "end"):
        if view.get(name) is not None:
            times[name] = view[name]
    return {
        "id": str(row.id),
        "name": row.name,
        "query": view.get("query") or "",
        "querySort": view.get("sort") or "",
        "position": row.place,
        "projects": view.get("projects") or [],
        "environments": view.get("environments") or [],
        "timeFilters": times,
        "dataset": view.get("dataset") or "issues",
        "columns": view.get("columns") or [],
        "switchedOff": view.get("off") or [],
        "dateCreated": to_iso(row.created),
        "dateUpdated": to_iso(row.changed),
    }


def _changed(view: JsonObject, change: ViewChange) -> JsonObject:
    """Return *view* with what *change* says of it."""
    given: JsonObject = {**change}
    changed = dict(view) | {kept: given[name] for name, kept in _KEPT.items() if name in given}
    if "timeFilters" in change:
        times = change["timeFilters"]
        changed |= {name: times.get(name) for name in ("period", "start", "end")}
    return changed


async def _find(call: AnyCall, number: int) -> SavedView:
    find_organization(call)
    row = await call.ask(saved_views.get_view, number)
    if row is None:
        raise not_found()
    return row


@operation("GET", "/organizations/{org}/group-search-views/", scopes=EVENT_READ)
async def list_views(call: Call[NoParameters, None]) -> Page[View]:
    """Saved views, in their order"""
    find_organization(call)
    return Page([_shape(row) for row in await call.ask(saved_views.list_views)])


@operation("POST", "/organizations/{org}/group-search-views/", scopes=EVENT_WRITE, status=201)
async def create_view(call: Call[NoParameters, ViewChange]) -> View:
    """Save a view, as the last one unless `position` says otherwise"""
    find_organization(call)
    arguments: JsonObject = {"name": call.body.get("name"), "view": _changed({}, call.body)}
    if "position" in call.body:
        arguments["place"] = call.body["position"]
    made = answered(await call.context.call("view.create", arguments))
    return _shape(await _find(call, made["id"]))


@operation("GET", "/organizations/{org}/group-search-views/{view}/", scopes=EVENT_READ)
async def show_view(call: Call[NoParameters, None]) -> View:
    """One saved view"""
    return _shape(await _find(call, row_id_of(call, "view")))


@operation("PUT", "/organizations/{org}/group-search-views/{view}/", scopes=EVENT_WRITE)
async def update_view(call: Call[NoParameters, ViewChange]) -> View:
    """Change a saved view; with `position`, the others make room"""
    row = await _find(call, row_id_of(call, "view"))
    arguments: JsonObject = {"id": row.id, "view": _changed(row.view, call.body)}
    if "name" in call.body:
        arguments["name"] = call.body["name"]
    await call.context.call("view.update", arguments)
    if "position" in call.body:
        await call.context.call("view.move", {"id": row.id, "place": call.body["position"]})
    return _shape(await _find(call, row.id))


@operation("DELETE", "/organizations/{org}/group-search-views/{view}/", scopes=EVENT_WRITE, status=204)
async def delete_view(call: Call[NoParameters, None]) -> None:
    """Delete a saved view"""
    row = await _find(call, row_id_of(call, "view"))
    await call.context.call("view.delete", {"id": row.id})


OPERATIONS = (list_views, create_view, show_view, update_view, delete_view)
