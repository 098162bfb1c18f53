"""Releases: what is new with each, and how healthy it is."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import unquote

from vedette.api.access import EVENT_READ, ORG_READ, PROJECT_READ
from vedette.api.errors import not_found
from vedette.api.finding import AnyCall, find_organization, find_project
from vedette.api.limits import PAGE_ROWS
from vedette.api.paging import Page, cut, read_cursor
from vedette.api.period import read_range
from vedette.api.routing import Call, operation
from vedette.api.schema import AtMost, Between, Help
from vedette.api.searching import chosen_projects
from vedette.api.shapes.release_summary import ReleaseSummary, release_summary
from vedette.domain.times import DAY, Micros, now
from vedette.store.queries import projects, release_notes, releases
from vedette.store.queries.releases import Health, ReleaseRow

READ = (*PROJECT_READ, *ORG_READ, *EVENT_READ, "project:releases", "org:ci")
_USUAL_PERIOD = 14 * DAY


@dataclass(frozen=True, slots=True)
class HealthQuery:
    """Whether health is told, and of what."""

    project: Annotated[tuple[str, ...], Help("Ids or slugs; -1 is all.")] = ()
    environment: Annotated[tuple[str, ...], Help("Sessions of these environments only.")] = ()
    health: Annotated[bool, Help("Add `healthData` to the projects.")] = False
    adoptionStages: Annotated[bool, Help("Add `adoptionStages` by project.")] = False
    summaryStatsPeriod: Annotated[str | None, Help("Of what time: `24h`, `14d`; 14 days without it.")] = None
    healthStatsPeriod: Annotated[str | None, Help("Another name of `summaryStatsPeriod`.")] = None

    @property
    def is_asked(self) -> bool:
        return self.health or self.adoptionStages


@dataclass(frozen=True, slots=True)
class ReleasesQuery(HealthQuery):
    """Which releases."""

    query: Annotated[str, AtMost(200), Help("Part of the name.")] = ""
    cursor: Annotated[str, Help("From the `Link` header of the page before.")] = ""
    per_page: Annotated[int, Between(1, PAGE_ROWS)] = PAGE_ROWS


async def _health(call: AnyCall, rows: list[ReleaseRow]) -> dict[tuple[int, str], Health] | None:
    query = call.query
    if not query.is_asked:
        return None
    moment = now()
    span = read_range(query.summaryStatsPeriod or query.healthStatsPeriod, None, None, moment)
    since = Micros(moment - _USUAL_PERIOD) if span.since is None else span.since
    return await call.ask(releases.release_health, rows, since, moment, query.environment)


async def shown(call: AnyCall, rows: list[ReleaseRow]) -> list[ReleaseSummary]:
    """Return *rows* with what was said of them, and the health *call* asks for."""
    known = {project.id: project for project in await call.ask(projects.list_projects)}
    health = await _health(call, rows)
    notes = await call.ask(release_notes.read_notes, [row.id for row in rows])
    query = call.query
    return [
        release_summary(
            row,
            known,
            health,
            with_stages=query.adoptionStages,
            with_health=query.health,
            note=notes.get(row.id),
        )
        for row in rows
    ]


async def _page(call: Call[ReleasesQuery, None], chosen: tuple[int, ...]) -> Page[ReleaseSummary]:
    before = read_cursor(call.query.cursor, 2)
    found = await call.ask(
        releases.list_releases,
        projects=chosen,
        words=call.query.query.strip(),
        before=None if before is None else (before[0], before[1]),
        limit=call.query.per_page + 1,
    )
    rows, more = cut(found, call.query.per_page)
    return Page(await shown(call, rows), (rows[-1].first, rows[-1].id) if more else None)


@operation("GET", "/organizations/{org}/releases/", scopes=READ)
async def list_releases(call: Call[ReleasesQuery, None]) -> Page[ReleaseSummary]:
    """Releases, the newest first

    A release is there once an event, a transaction or a session named it, or somebody made it.
    """
    find_organization(call)
    return await _page(call, await chosen_projects(call, call.query.project))


@operation("GET", "/projects/{org}/{project}/releases/", scopes=READ)
async def list_project_releases(call: Call[ReleasesQuery, None]) -> Page[ReleaseSummary]:
    """Releases of a project, the newest first"""
    project = await find_project(call)
    return await _page(call, (project.id,))


async def _one(call: Call[HealthQuery, None], chosen: tuple[int, ...]) -> ReleaseSummary:
    row = await call.ask(releases.find_release, unquote(call.place("version")), chosen)
    if row is None:
        raise not_found()
    return (await shown(call, [row]))[0]


@operation("GET", "/organizations/{org}/releases/{version}/", scopes=READ)
async def show_release(call: Call[HealthQuery, None]) -> ReleaseSummary:
    """One release"""
    find_organization(call)
    return await _one(call, await chosen_projects(call, call.query.project))


@operation("GET", "/projects/{org}/{project}/releases/{version}/", scopes=READ)
async def show_project_release(call: Call[HealthQuery, None]) -> ReleaseSummary:
    """One release of a project"""
    project = await find_project(call)
    return await _one(call, (project.id,))


OPERATIONS = (list_releases, list_project_releases, show_release, show_project_release)
