"""What belongs to one issue beside its events: history, tags, hashes."""

from dataclasses import dataclass
from typing import Annotated, TypedDict

from vedette.api.access import EVENT_READ
from vedette.api.downloads import RawQuery, wants_raw
from vedette.api.errors import not_found
from vedette.api.finding import AnyCall, find_issue
from vedette.api.issue_stats import DAY_BY_HOUR, MONTH_BY_DAY, add_labels, add_stats
from vedette.api.limits import PAGE_ROWS
from vedette.api.outgoing import outgoing_issues
from vedette.api.paging import Page
from vedette.api.parameters import NoParameters
from vedette.api.routing import Call, operation
from vedette.api.schema import Between
from vedette.api.shapes.issue import (
    Activity,
    IssueDetail,
    IssueTag,
    TagValue,
    activity_shape,
    issue_detail,
    issue_shape,
    tag_shape,
    value_shape,
)
from vedette.store.queries import events, issue_details, projects
from vedette.store.queries.grouped_hashes import issue_hash_rows
from vedette.store.queries.issues import IssueRow


class Activities(TypedDict):
    activity: list[Activity]


class EventRef(TypedDict):
    id: str
    eventID: str
    groupID: str
    projectID: str
    title: str


class Hash(TypedDict):
    """A grouping hash that leads to the issue, and the issue's newest event."""

    id: str
    latestEvent: EventRef | None
    mergedBySeer: bool
    eventCount: int  # Vedette's own


@dataclass(frozen=True, slots=True)
class ValuesQuery:
    limit: Annotated[int, Between(1, 1000)] = PAGE_ROWS


async def describe_issue(call: AnyCall, row: IssueRow) -> IssueDetail:
    """Return the detail of *row*, called by what may leave unless it is asked for raw."""
    project = await call.ask(projects.find_project, str(row.project))
    is_raw = isinstance(call.query, RawQuery) and wants_raw(call)
    row = row if is_raw else (await call.ask(outgoing_issues, [row]))[0]
    issue = issue_shape(row, project, call.base_url)
    await add_labels(call, [issue])
    await add_stats(call, [issue], (DAY_BY_HOUR, MONTH_BY_DAY))
    history = await call.ask(issue_details.issue_activities, row.id)
    tags = await call.ask(issue_details.issue_tags, row.id)
    return issue_detail(
        issue, row, [activity_shape(entry) for entry in history], [tag_shape(tag, row) for tag in tags]
    )


@operation("GET", "/organizations/{org}/issues/{issue}/activities/", scopes=EVENT_READ)
async def list_activities(call: Call[NoParameters, None]) -> Activities:
    """What happened to the issue, newest first"""
    row = await find_issue(call)
    history = await call.ask(issue_details.issue_activities, row.id)
    return {"activity": [activity_shape(entry) for entry in history]}


def _event_ref(row: events.EventRow) -> EventRef:
    return {
        "id": row.event_id,
        "eventID": row.event_id,
        "groupID": str(row.issue),
        "projectID": str(row.project),
        "title": row.title,
    }


@operation("GET", "/organizations/{org}/issues/{issue}/hashes/", scopes=EVENT_READ)
async def list_hashes(call: Call[NoParameters, None]) -> Page[Hash]:
    """The first hashes of the issue's events, the most frequent first, each with its newest event"""
    row = await find_issue(call)
    found: list[Hash] = []
    for one in await call.ask(issue_hash_rows, row.id):
        latest = await call.ask(events.issue_event, row.id, one.latest)
        reference = None if latest is None else _event_ref(latest)
        found.append(
            {"id": one.hash, "latestEvent": reference, "mergedBySeer": False, "eventCount": one.events}
        )
    return Page(found)


@operation("GET", "/organizations/{org}/issues/{issue}/tags/", scopes=EVENT_READ)
async def list_issue_tags(call: Call[NoParameters, None]) -> Page[IssueTag]:
    """The tags its events carry, each with its most frequent values"""
    row = await find_issue(call)
    tags = await call.ask(issue_details.issue_tags, row.id)
    return Page([tag_shape(tag, row) for tag in tags])


@operation("GET", "/organizations/{org}/issues/{issue}/tags/{key}/", scopes=EVENT_READ)
async def show_issue_tag(call: Call[NoParameters, None]) -> IssueTag:
    """One tag with its most frequent values"""
    row = await find_issue(call)
    for tag in await call.ask(issue_details.issue_tags, row.id):
        if tag.key == call.place("key"):
            return tag_shape(tag, row)
    raise not_found()


@operation("GET", "/organizations/{org}/issues/{issue}/tags/{key}/values/", scopes=EVENT_READ)
async def list_tag_values(call: Call[ValuesQuery, None]) -> Page[TagValue]:
    """The values of one tag, most frequent first"""
    row = await find_issue(call)
    key = call.place("key")
    values = await call.ask(issue_details.tag_values, row.id, key, call.query.limit)
    return Page([value_shape(key, value, row) for value in values])


OPERATIONS = (list_activities, list_hashes, list_issue_tags, show_issue_tag, list_tag_values)
