"""What a list of issues or events is asked for, from URL parameters to the store's filter."""

from dataclasses import dataclass
from typing import Annotated, Literal

from vedette.api.downloads import Raw
from vedette.api.errors import ApiError
from vedette.api.finding import AnyCall
from vedette.api.limits import DEFAULT_ROWS, PAGE_ROWS
from vedette.api.parameters import Named
from vedette.api.period import read_range
from vedette.api.schema import Between, Help
from vedette.domain.times import now
from vedette.store.queries import projects
from vedette.store.queries.issues import IssueFilter, IssueSort
from vedette.store.search import Query, QueryError, in_environments, parse_query

DEFAULT_QUERY = "is:unresolved"

ALL_PROJECTS = "-1"


@dataclass(frozen=True, slots=True)
class RangeQuery:
    """Which part of time, which environments, which page."""

    statsPeriod: Annotated[str | None, Help("`24h`, `14d`, `30m`, `1w`; all time without it.")] = None
    start: Annotated[str | None, Help("ISO date, UTC.")] = None
    end: Annotated[str | None, Help("ISO date, UTC.")] = None
    environment: Annotated[tuple[str, ...], Help("Only these environments.")] = ()
    cursor: Annotated[str, Help("From the `Link` header of the page before.")] = ""


@dataclass(frozen=True, slots=True)
class IssueQuery(RangeQuery):
    """What a list of issues can be asked for."""

    query: Annotated[str | None, Help("Search language; `is:unresolved` if left out, all if empty.")] = None
    sort: Literal["date", "new", "freq", "user", "trends", "recommended", "inbox", "priority"] = "date"
    limit: Annotated[int, Between(1, PAGE_ROWS)] = DEFAULT_ROWS
    project: Annotated[tuple[str, ...], Help("Ids or slugs; -1 is all.")] = ()
    run: Annotated[tuple[int, ...], Help("Only what happened in one of these runs.")] = ()
    groupStatsPeriod: Annotated[
        Literal["", "24h", "14d", "auto"], Help("The grain of `stats`; empty: none.")
    ] = "24h"
    shortIdLookup: Annotated[bool, Help("A short id as query finds its issue.")] = False
    expand: Annotated[tuple[str, ...], Help("Taken and not needed.")] = ()
    collapse: Annotated[tuple[str, ...], Help("`stats`, `lifetime`: left out of the answer.")] = ()
    per_page: Annotated[int | None, Between(1, PAGE_ROWS), Named("per_page")] = None
    raw: Raw = False

    @property
    def rows(self) -> int:
        return self.per_page or self.limit


SORTS: dict[str, IssueSort] = {
    "new": IssueSort.FIRST,
    "freq": IssueSort.EVENTS,
    "user": IssueSort.USERS,
    "priority": IssueSort.PRIORITY,
    "trends": IssueSort.TREND,
}


def sort_of(query: IssueQuery) -> IssueSort:
    """Return the store's order; those that need what one desk has not (`inbox`, …) are by last event."""
    return SORTS.get(query.sort, IssueSort.LAST)


async def issue_filter(call: AnyCall, query: IssueQuery, own_project: int | None = None) -> IssueFilter:
    """Return what *query* asks for. Raises ApiError 400 for a search nobody can understand."""
    span = read_range(query.statsPeriod, query.start, query.end, now())
    text = DEFAULT_QUERY if query.query is None else query.query
    chosen = (own_project,) if own_project is not None else await chosen_projects(call, query.project)
    return IssueFilter(
        projects=chosen,
        runs=query.run,
        since=span.since,
        until=span.until,
        query=read_query(text, query.environment),
    )


def read_query(text: str, environments: tuple[str, ...] = ()) -> Query:
    """Return *text* parsed, narrowed to *environments*. Raises ApiError 400 with the place of the mistake."""
    try:
        parsed = parse_query(text).within(in_environments(environments))
    except QueryError as error:
        raise query_refused(error) from error
    return parsed


def query_refused(error: QueryError) -> ApiError:
    """Return what a caller is told about a search that cannot be understood."""
    return ApiError(400, f"Error parsing search query: {error} (column {error.column + 1})")


async def chosen_projects(call: AnyCall, wanted: tuple[str, ...]) -> tuple[int, ...]:
    """Return the ids of the projects *wanted*, by id or slug; () for all. Raises ApiError 400."""
    if not wanted or ALL_PROJECTS in wanted:
        return ()
    known = await call.ask(projects.list_projects)
    numbers = {str(project.id): project.id for project in known}
    numbers |= {project.slug: project.id for project in known}
    chosen = [numbers[name] for name in wanted if name in numbers]
    if len(chosen) < len(wanted):
        raise ApiError(400, "Invalid project parameter. There is no such project.")
    return tuple(chosen)
