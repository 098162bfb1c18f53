"""Projects: made, shown, changed."""

from typing import Annotated, TypedDict

from vedette.api.access import ORG_READ, PROJECT_READ, PROJECT_WRITE
from vedette.api.errors import not_found
from vedette.api.finding import answered, find_organization, find_project
from vedette.api.parameters import NoParameters
from vedette.api.routing import Call, operation
from vedette.api.schema import AtMost, Between
from vedette.api.shapes.organization import organization_shape
from vedette.api.shapes.project import PathMapping, Project, ProjectCreated, dsn_of, project_shape
from vedette.api.shapes.rules import (
    GroupedChange,
    ScrubbedChange,
    grouping_members,
    option_members,
    rules_of_grouping,
    rules_of_options,
    scrubbed_shape,
)
from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.rules import read_rules
from vedette.store.queries import projects
from vedette.store.queries.projects import ProjectRow

Name = Annotated[str, AtMost(200)]
Platform = Annotated[str, AtMost(64)]


class NewProject(TypedDict, total=False):
    name: Name
    platform: Platform | None


class ProjectChange(ScrubbedChange, GroupedChange, total=False):
    """What can be changed; members left out stay as they are.

    Of `options` only those are looked at that are filters: `filters:releases` and the like.
    """

    name: Name
    slug: Annotated[str, AtMost(50)]
    platform: Platform | None
    folder: Annotated[str, AtMost(4096)] | None
    colour: Annotated[int, Between(0, 9)]
    mappings: list[PathMapping]
    options: dict[str, JsonValue]


# What is kept with the project itself; the rest are its rules of processing.
_OWN = ("name", "slug", "platform", "folder", "colour", "mappings")


async def _create(call: Call[NoParameters, NewProject]) -> ProjectCreated:
    find_organization(call)
    made = answered(
        await call.context.call(
            "project.create", {"name": call.body.get("name", ""), "platform": call.body.get("platform") or ""}
        )
    )
    row = await call.ask(projects.find_project, str(made["id"]))
    if row is None:
        raise not_found()
    return {**project_shape(row), "dsn": dsn_of(call.base_url, made["public_key"], row.id)}


@operation("POST", "/organizations/{org}/projects/", scopes=PROJECT_WRITE, status=201)
async def create_project(call: Call[NoParameters, NewProject]) -> ProjectCreated:
    """Make a project; it gets a key of its own"""
    return await _create(call)


@operation("POST", "/teams/{org}/{team}/projects/", scopes=PROJECT_WRITE, status=201)
async def create_team_project(call: Call[NoParameters, NewProject]) -> ProjectCreated:
    """Make a project, as clients do that know teams; the team is not looked at"""
    return await _create(call)


async def _whole(
    call: Call[NoParameters, None] | Call[NoParameters, ProjectChange], row: ProjectRow
) -> Project:
    mappings = await call.ask(projects.project_mappings, row.id)
    rules = read_rules(await call.ask(projects.project_rules, row.id))
    return {
        **project_shape(row),
        **scrubbed_shape(rules),
        "options": option_members(rules),
        **grouping_members(rules),
        "mappings": [{"prefix": mapping.prefix, "folder": mapping.folder} for mapping in mappings],
        "organization": organization_shape(row.created, call.base_url, sorted(call.token.scopes)),
    }


@operation("GET", "/projects/{org}/{project}/", scopes=(*PROJECT_READ, *ORG_READ))
async def show_project(call: Call[NoParameters, None]) -> Project:
    """One project"""
    return await _whole(call, await find_project(call))


@operation("PUT", "/projects/{org}/{project}/", scopes=PROJECT_WRITE)
async def update_project(call: Call[NoParameters, ProjectChange]) -> Project:
    """Change a project: its name, short code, platform, source folder, path mappings, colour, and its rules

    `mappings` replaces all there are. `slug` is the short code in front of issue numbers; links with the old
    one lead nowhere. Rules of scrubbing, filters and grouping count for what comes from then on; rules of
    grouping that are none are refused with line and column.
    """
    row = await find_project(call)
    body: JsonObject = dict(call.body)
    rules = {name: body[name] for name in ScrubbedChange.__optional_keys__ if name in body}
    rules |= rules_of_options(body.get("options") or {})
    rules |= rules_of_grouping(body)
    if rules:  # before the rest, since they can be refused
        await call.context.call("project.rules", {"id": row.id, "change": rules})
    change = {name: body[name] for name in _OWN if name in body}
    if change:
        await call.context.call("project.update", {"id": row.id, **change})
    changed = await call.ask(projects.find_project, str(row.id))
    if changed is None:
        raise not_found()
    return await _whole(call, changed)


OPERATIONS = (create_project, create_team_project, show_project, update_project)
