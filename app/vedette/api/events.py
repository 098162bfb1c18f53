"""Events: lists of them, one with everything it brought, and its bytes as they were sent."""

from dataclasses import dataclass
from typing import Annotated, TypedDict

from aiohttp import web

from vedette.api.access import EVENT_READ, ORG_READ, PROJECT_READ
from vedette.api.downloads import Raw, RawQuery, send_bytes, wants_raw
from vedette.api.errors import not_found
from vedette.api.event_details import EventPlace, describe_event, describe_rows, given_event
from vedette.api.finding import (
    AnyCall,
    event_id_of,
    find_issue,
    find_organization,
    find_project,
    read_event_id,
)
from vedette.api.limits import DEFAULT_ROWS, PAGE_ROWS
from vedette.api.outgoing import outgoing_issues
from vedette.api.paging import Page, cut, read_cursor
from vedette.api.parameters import NoParameters
from vedette.api.period import read_range
from vedette.api.routing import Call, operation
from vedette.api.schema import Between, Help
from vedette.api.searching import RangeQuery, query_refused, read_query
from vedette.api.shapes.event import EventBrief, EventDetail
from vedette.api.shapes.issue import Issue, issue_shape
from vedette.domain.json import JsonValue
from vedette.domain.times import now
from vedette.store.queries import events, issues, projects, segments
from vedette.store.queries.slow_walks import Walked
from vedette.store.search import QueryError

READ = (*EVENT_READ, *PROJECT_READ)


@dataclass(frozen=True, slots=True)
class EventQuery(RangeQuery):
    """What a list of events can be asked for."""

    query: Annotated[str, Help("Search language.")] = ""
    full: Annotated[bool, Help("With `entries`.")] = False
    sample: Annotated[bool, Help("Taken and not needed: pages are quick anyway.")] = False
    raw: Raw = False
    per_page: Annotated[int, Between(1, PAGE_ROWS)] = DEFAULT_ROWS


class EventFound(TypedDict):
    """Where an event belongs."""

    organizationSlug: str
    projectSlug: str
    groupId: str | None
    eventId: str
    event: EventDetail


class IssueFound(TypedDict):
    """Which issue a short id stands for."""

    organizationSlug: str
    projectSlug: str
    groupId: str
    group: Issue
    shortId: str


async def _page(
    call: Call[EventQuery, None], *, issue: int | None = None, project: int | None = None
) -> Page[EventBrief]:
    query = call.query
    span = read_range(query.statsPeriod, query.start, query.end, now())
    after = read_cursor(query.cursor, 2)
    walked = Walked()
    try:
        found = await call.ask(
            events.page_events,
            issue=issue,
            project=project,
            query=read_query(query.query, query.environment),
            since=span.since,
            until=span.until,
            after=None if after is None else (after[0], after[1]),
            limit=query.per_page + 1,
            walked=walked,
        )
    except QueryError as error:
        raise query_refused(error) from error
    rows, more = cut(found, query.per_page)
    shaped = await call.ask(describe_rows, call.context.workspace, rows, full=query.full, raw=wants_raw(call))
    return Page(shaped, rows[-1].key if more else None, back_to=walked.back_to)


@operation("GET", "/organizations/{org}/issues/{issue}/events/", scopes=EVENT_READ)
async def list_issue_events(call: Call[EventQuery, None]) -> Page[EventBrief]:
    """The issue's events, newest first"""
    return await _page(call, issue=(await find_issue(call)).id)


@operation("GET", "/issues/{issue}/events/", scopes=EVENT_READ)
async def list_issue_events_alone(call: Call[EventQuery, None]) -> Page[EventBrief]:
    """The issue's events, as older clients ask for them"""
    return await _page(call, issue=(await find_issue(call)).id)


@operation("GET", "/projects/{org}/{project}/events/", scopes=READ)
async def list_project_events(call: Call[EventQuery, None]) -> Page[EventBrief]:
    """The project's events, newest first"""
    return await _page(call, project=(await find_project(call)).id)


async def _issue_event(call: AnyCall) -> EventDetail:
    row = await find_issue(call)
    which = call.place("event")
    event_id = read_event_id(which)
    found = await call.ask(events.issue_event, row.id, which if event_id is None else event_id.hex())
    if found is None:
        raise not_found()
    return await describe_event(call, EventPlace.of_event(found))


@operation("GET", "/organizations/{org}/issues/{issue}/events/{event}/", scopes=EVENT_READ)
async def show_issue_event(call: Call[RawQuery, None]) -> EventDetail:
    """One event of the issue: by id, `latest`, `oldest` or `recommended`"""
    return await _issue_event(call)


@operation("GET", "/issues/{issue}/events/{event}/", scopes=EVENT_READ)
async def show_issue_event_alone(call: Call[RawQuery, None]) -> EventDetail:
    """One event of the issue, as older clients ask for it"""
    return await _issue_event(call)


async def find_place(call: AnyCall, project: int | None) -> EventPlace:
    """Return where the event or transaction `{event}` lies, in *project* if one is given."""
    event_id = event_id_of(call)
    found = await call.ask(events.find_event, event_id, project)
    if found is not None:
        return EventPlace.of_event(found)
    segment = await call.ask(segments.get_segment, event_id)
    if segment is None or project not in (None, segment.project):
        raise not_found()
    return EventPlace.of_segment(segment)


@operation("GET", "/projects/{org}/{project}/events/{event}/", scopes=READ)
async def show_project_event(call: Call[RawQuery, None]) -> EventDetail:
    """One event or transaction by id"""
    project = await find_project(call)
    return await describe_event(call, await find_place(call, project.id))


@operation("GET", "/projects/{org}/{project}/events/{event}/json/", scopes=READ, shape=dict[str, JsonValue])
async def download_event(call: Call[RawQuery, None]) -> web.StreamResponse:
    """The event's payload, scrubbed as its project's rules ask; with `raw` byte for byte as it was sent"""
    project = await find_project(call)
    return await _send_payload(call, await find_place(call, project.id))


@operation("GET", "/organizations/{org}/events/{event}/json/", scopes=READ, shape=dict[str, JsonValue])
async def download_event_alone(call: Call[RawQuery, None]) -> web.StreamResponse:
    """The event's payload as above, whichever project it is in"""
    find_organization(call)
    return await _send_payload(call, await find_place(call, None))


async def _send_payload(call: AnyCall, place: EventPlace) -> web.StreamResponse:
    payload = await call.ask(given_event, call.context.workspace, place, raw=wants_raw(call))
    headers = {"Content-Type": "application/json", "X-Content-Type-Options": "nosniff"}
    return await send_bytes(call.request, payload, headers)


@operation("GET", "/organizations/{org}/eventids/{event}/", scopes=(*ORG_READ, *EVENT_READ))
async def resolve_event_id(call: Call[RawQuery, None]) -> EventFound:
    """Where the event with this id belongs"""
    find_organization(call)
    place = await find_place(call, None)
    detail = await describe_event(call, place)
    return {
        "organizationSlug": "desk",
        "projectSlug": place.project_slug,
        "groupId": None if place.issue is None else str(place.issue),
        "eventId": detail["eventID"],
        "event": detail,
    }


@operation("GET", "/organizations/{org}/shortids/{issue}/", scopes=EVENT_READ)
async def resolve_short_id(call: Call[NoParameters, None]) -> IssueFound:
    """The issue a short id stands for"""
    find_organization(call)
    row = await call.ask(issues.issue_by_short, call.place("issue"))
    if row is None:
        raise not_found()
    project = await call.ask(projects.find_project, str(row.project))
    return {
        "organizationSlug": "desk",
        "projectSlug": row.project_slug,
        "groupId": str(row.id),
        "group": issue_shape((await call.ask(outgoing_issues, [row]))[0], project, call.base_url),
        "shortId": row.short,
    }


OPERATIONS = (
    list_issue_events,
    list_issue_events_alone,
    list_project_events,
    show_issue_event,
    show_issue_event_alone,
    show_project_event,
    download_event,
    download_event_alone,
    resolve_event_id,
    resolve_short_id,
)
