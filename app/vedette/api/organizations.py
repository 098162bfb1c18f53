"""The one organization, `desk`, and what lies below it by id alone."""

from dataclasses import dataclass
from typing import Annotated, TypedDict

from vedette.api.access import EVENT_READ, ORG_READ, PROJECT_READ
from vedette.api.finding import find_organization
from vedette.api.limits import PAGE_ROWS
from vedette.api.paging import Page
from vedette.api.parameters import NoParameters
from vedette.api.routing import Call, operation
from vedette.api.schema import Between, Help
from vedette.api.shapes.organization import Organization, organization_shape
from vedette.api.shapes.project import Project, project_shape
from vedette.store.queries import projects, terms


@dataclass(frozen=True, slots=True)
class ListQuery:
    """For lists that are never long: they come whole."""

    cursor: Annotated[str, Help("Taken and not needed: the list comes whole.")] = ""
    per_page: Annotated[int, Between(1, PAGE_ROWS)] = PAGE_ROWS


async def _organization(call: Call[NoParameters, None] | Call[ListQuery, None]) -> Organization:
    rows = await call.ask(projects.list_projects)
    created = min((project.created for project in rows), default=0)
    return organization_shape(created, call.base_url, sorted(call.token.scopes))


@operation("GET", "/organizations/", scopes=(*ORG_READ, *PROJECT_READ, *EVENT_READ))
async def list_organizations(call: Call[ListQuery, None]) -> Page[Organization]:
    """The organizations: one, called `desk`"""
    return Page([await _organization(call)])


@operation("GET", "/organizations/{org}/", scopes=(*ORG_READ, *PROJECT_READ, *EVENT_READ))
async def show_organization(call: Call[NoParameters, None]) -> Organization:
    """The organization"""
    find_organization(call)
    return await _organization(call)


@operation("GET", "/organizations/{org}/projects/", scopes=(*ORG_READ, *PROJECT_READ))
async def list_projects(call: Call[ListQuery, None]) -> Page[Project]:
    """All projects"""
    find_organization(call)
    rows = await call.ask(projects.list_projects)
    return Page([project_shape(project) for project in rows], hits=len(rows))


class Environment(TypedDict):
    """Where programs ran that sent something."""

    id: str
    name: str
    isHidden: bool


@operation("GET", "/organizations/{org}/environments/", scopes=(*ORG_READ, *EVENT_READ))
async def list_environments(call: Call[NoParameters, None]) -> list[Environment]:
    """The environments that anything named, by name"""
    find_organization(call)
    found = await call.ask(terms.named_values, "environment")
    return [{"id": str(number), "name": name, "isHidden": False} for number, name in found]


OPERATIONS = (list_environments, list_organizations, show_organization, list_projects)
