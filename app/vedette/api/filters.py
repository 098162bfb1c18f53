"""Inbound filters: what a project does not want among its events."""

from vedette.api.access import PROJECT_READ, PROJECT_WRITE
from vedette.api.errors import ApiError, not_found
from vedette.api.finding import find_project
from vedette.api.paging import Page
from vedette.api.parameters import NoParameters
from vedette.api.routing import Call, operation
from vedette.api.shapes.rules import FILTERS, LISTS, Filter, FilterChange, filter_shapes
from vedette.domain.json import JsonValue
from vedette.processing.rules import read_rules
from vedette.store.queries import projects


@operation("GET", "/projects/{org}/{project}/filters/", scopes=PROJECT_READ)
async def list_filters(call: Call[NoParameters, None]) -> Page[Filter]:
    """The project's inbound filters, all of them off until somebody chooses"""
    project = await find_project(call)
    return Page(filter_shapes(read_rules(await call.ask(projects.project_rules, project.id))))


@operation("PUT", "/projects/{org}/{project}/filters/{filter}/", scopes=PROJECT_WRITE, status=204)
async def update_filter(call: Call[NoParameters, FilterChange]) -> None:
    """Switch an inbound filter, or say which parts of it count

    What it filters from then on is kept with its bytes, and says so in the Ingest inspector.
    """
    project = await find_project(call)
    name = call.place("filter")
    if name not in FILTERS:
        raise not_found()
    value = _value(name, call.body)
    await call.context.call("project.rules", {"id": project.id, "change": {name: value}})


def _value(name: str, body: FilterChange) -> JsonValue:
    """Return what the rules' member *name* becomes. Raises ApiError 400."""
    if name not in LISTS:
        if "active" not in body:
            raise ApiError(400, f"Say whether {name} is to be active.")
        return body["active"]
    if "subfilters" in body:
        return body["subfilters"]
    if body.get("active") is False:
        return []
    if name == "legacy-browsers" and body.get("active"):
        return True
    raise ApiError(400, f"Say in `subfilters` what {name} is to filter.")


OPERATIONS = (list_filters, update_filter)
