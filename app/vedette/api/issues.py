"""Issues: lists, one issue, and changes to one or many."""

from dataclasses import dataclass, replace
from typing import Annotated, Any

from vedette.api.access import EVENT_READ, EVENT_WRITE
from vedette.api.downloads import RawQuery, wants_raw
from vedette.api.errors import ApiError
from vedette.api.finding import AnyCall, answered, find_issue, find_organization, find_project
from vedette.api.issue_details import describe_issue
from vedette.api.issue_stats import GRAINS, add_labels, add_stats
from vedette.api.limits import BULK_FOUND, BULK_ISSUES, COUNT_SECONDS
from vedette.api.outgoing import outgoing_issues
from vedette.api.paging import Page, cut, read_cursor
from vedette.api.parameters import NoParameters
from vedette.api.routing import Call, operation
from vedette.api.schema import Help
from vedette.api.searching import IssueQuery, issue_filter, query_refused, sort_of
from vedette.api.shapes.issue import Issue, IssueDetail, issue_shape, lifetime_shape
from vedette.api.shapes.issue_change import IssueChange, IssuesChanged, state_shape, translate
from vedette.domain.issues import Status
from vedette.domain.times import now
from vedette.store.engine import QueryTimeoutError
from vedette.store.queries import issues, projects
from vedette.store.queries.issues import IssueFilter, IssueRow, IssueSort
from vedette.store.queries.slow_walks import Walked
from vedette.store.search import QueryError


@dataclass(frozen=True, slots=True)
class BulkQuery(IssueQuery):
    """Which issues a change is for: by ids, else by what a list can be asked for."""

    id: Annotated[
        tuple[int, ...], Help("Ids of issues; without any, all that fit the other parameters.")
    ] = ()
    status: Annotated[str | None, Help("Without ids: only issues of this status.")] = None


@operation("GET", "/organizations/{org}/issues/", scopes=EVENT_READ)
async def list_issues(call: Call[IssueQuery, None]) -> Page[Issue]:
    """Issues of all projects, newest event first unless `sort` says otherwise"""
    find_organization(call)
    return await _page(call, None)


@operation("GET", "/projects/{org}/{project}/issues/", scopes=(*EVENT_READ, "project:read"))
async def list_project_issues(call: Call[IssueQuery, None]) -> Page[Issue]:
    """Issues of one project"""
    project = await find_project(call)
    return await _page(call, project.id)


async def _page(call: Call[IssueQuery, None], project: int | None) -> Page[Issue]:
    query = call.query
    if query.shortIdLookup and query.query and (direct := await _by_short_id(call, query.query, project)):
        return Page(await _shaped(call, [direct]), hits=1)
    where = await issue_filter(call, query, project)
    sort = sort_of(query)
    after = read_cursor(query.cursor, 2)
    walked = Walked()
    try:
        found = await call.ask(
            issues.page_issues,
            where,
            sort=sort,
            after=None if after is None else (after[0], after[1]),
            limit=query.rows + 1,
            walked=walked,
        )
    except QueryError as error:
        raise query_refused(error) from error
    rows, more = cut(found, query.rows)
    shaped = await _shaped(call, rows)
    hits = await _hits(call, where)
    return Page(shaped, _number_key(rows[-1], sort) if more else None, hits, walked.back_to)


def _number_key(row: IssueRow, sort: IssueSort) -> tuple[int, int]:
    """Return where the page that *row* ends did; a cursor holds numbers, and no order offered is by text."""
    value, number = row.key(sort)
    return int(value), number


async def _by_short_id(call: AnyCall, text: str, project: int | None) -> IssueRow | None:
    row = await call.ask(issues.issue_by_short, text.strip())
    return row if row is not None and project in (None, row.project) else None


async def _hits(call: AnyCall, where: IssueFilter) -> int | None:
    """Return how many there are, None where that takes too long to say exactly."""
    try:
        count = await call.context.readers.ask_within(COUNT_SECONDS, issues.count_issues, where)
    except QueryTimeoutError:
        return None
    return count.n if count.exact else None


async def _shaped(call: Call[IssueQuery, None], rows: list[IssueRow]) -> list[Issue]:
    known = {project.id: project for project in await call.ask(projects.list_projects)}
    rows = rows if wants_raw(call) else await call.ask(outgoing_issues, rows)
    shaped = [issue_shape(row, known.get(row.project), call.base_url) for row in rows]
    await add_labels(call, shaped)
    if "lifetime" not in call.query.collapse:
        for issue, row in zip(shaped, rows, strict=True):
            issue["lifetime"] = lifetime_shape(row)
    if "stats" not in call.query.collapse:
        await add_stats(call, shaped, GRAINS[call.query.groupStatsPeriod])
    return shaped


async def _show(call: Call[Any, Any]) -> IssueDetail:
    return await describe_issue(call, await find_issue(call))


@operation("GET", "/organizations/{org}/issues/{issue}/", scopes=EVENT_READ)
async def show_issue(call: Call[RawQuery, None]) -> IssueDetail:
    """One issue with its history and tags, by id or short id"""
    return await _show(call)


@operation("GET", "/issues/{issue}/", scopes=EVENT_READ)
async def show_issue_alone(call: Call[RawQuery, None]) -> IssueDetail:
    """One issue, as older clients ask for it"""
    return await _show(call)


async def _update_one(call: Call[NoParameters, IssueChange]) -> IssueDetail | None:
    row = await find_issue(call)
    changed = await _change(call, [row.id])
    return None if "deleted" in changed else await _show(call)


@operation("PUT", "/organizations/{org}/issues/{issue}/", scopes=EVENT_WRITE)
async def update_issue(call: Call[NoParameters, IssueChange]) -> IssueDetail | None:
    """Resolve, archive, reopen, star, label or mark one issue; 204 if it was deleted"""
    return await _update_one(call)


@operation("PUT", "/issues/{issue}/", scopes=EVENT_WRITE)
async def update_issue_alone(call: Call[NoParameters, IssueChange]) -> IssueDetail | None:
    """Change one issue, as older clients do"""
    return await _update_one(call)


@operation("PUT", "/organizations/{org}/issues/", scopes=EVENT_WRITE)
async def update_issues(call: Call[BulkQuery, IssueChange]) -> IssuesChanged | None:
    """Change many issues at once; 204 if none fits

    The answer repeats what was set, and tells under `before` what each issue was: sending that back undoes.
    """
    find_organization(call)
    return await _update_many(call, None)


@operation("PUT", "/projects/{org}/{project}/issues/", scopes=EVENT_WRITE)
async def update_project_issues(call: Call[BulkQuery, IssueChange]) -> IssuesChanged | None:
    """Change many issues of one project at once; 204 if none fits"""
    project = await find_project(call)
    return await _update_many(call, project.id)


async def _update_many(call: Call[BulkQuery, IssueChange], project: int | None) -> IssuesChanged | None:
    ids = await chosen_issues(call, project)
    return await _change(call, ids) if ids else None


async def chosen_issues(call: Call[BulkQuery, Any], project: int | None) -> list[int]:
    """Return the ids a bulk change is for: those named, as far as they exist, else those that fit."""
    wanted = call.query.id
    if len(wanted) > BULK_ISSUES:
        raise ApiError(400, f"At most {BULK_ISSUES} issues can be changed at once.")
    if wanted:
        return await call.ask(existing_issues, wanted, project)
    where = await issue_filter(call, call.query, project)
    if call.query.status:
        if call.query.status not in list(Status):
            raise ApiError(400, "Invalid value for status: not a status an issue can have.")
        searched = where.query if call.query.query is not None else None
        where = replace(where, statuses=(Status(call.query.status),), query=searched)
    try:
        rows = await call.ask(issues.page_issues, where, limit=BULK_FOUND)
    except QueryError as error:
        raise query_refused(error) from error
    return [row.id for row in rows]


def existing_issues(db: Any, ids: tuple[int, ...], project: int | None) -> list[int]:
    """Return those of *ids* that are issues, of *project* if one is given."""
    rows = [issues.get_issue(db, number) for number in dict.fromkeys(ids)]
    return [row.id for row in rows if row is not None and project in (None, row.project)]


async def _change(call: Call[Any, IssueChange], ids: list[int]) -> IssuesChanged:
    arguments, changed = translate(call.body, now())
    if call.body.get("discard"):
        return {"discard": True, "deleted": await _delete(call, "issue.discard", ids)}
    if call.body.get("delete"):
        return {"delete": True, "deleted": await _delete(call, "issue.delete", ids)}
    if call.body.get("merge"):
        made = answered(await call.context.call("issue.merge", {"ids": ids}))
        children = [str(number) for number in made.get("issues", ids)]
        parent = str(made.get("issue", ""))
        changed["merge"] = {"parent": parent, "children": children, "regrouping": str(made["regrouping"])}
        ids = [int(made["issue"])] if "issue" in made else ids
    if arguments:
        answer = answered(await call.context.call("issue.update", {"ids": ids, **arguments}))
        before = answer.get("before") or {}
        changed["before"] = {number: state_shape(state) for number, state in before.items()}
    return changed


async def _delete(call: Call[Any, IssueChange], command: str, ids: list[int]) -> list[str]:
    answer = answered(await call.context.call(command, {"ids": ids}))
    return [str(number) for number in answer["deleted"]]


OPERATIONS = (
    list_issues,
    list_project_issues,
    show_issue,
    show_issue_alone,
    update_issue,
    update_issue_alone,
    update_issues,
    update_project_issues,
)
