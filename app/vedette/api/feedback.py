"""What users said: listed by project and issue, and taken in from whoever asks them on their own pages."""

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, TypedDict

import orjson

from vedette.api.access import EVENT_READ, PROJECT_READ, PROJECT_WRITE
from vedette.api.downloads import Raw, RawQuery, wants_raw
from vedette.api.errors import ApiError
from vedette.api.finding import AnyCall, event_id_of, find_issue, find_project, read_event_id
from vedette.api.limits import DEFAULT_ROWS, PAGE_ROWS
from vedette.api.outgoing import row_exporter
from vedette.api.paging import Page, cut, read_cursor
from vedette.api.parameters import NoParameters
from vedette.api.readers import Db
from vedette.api.routing import Call, operation
from vedette.api.schema import AtMost, Between, Help
from vedette.api.shapes.feedback import UserReport, report_shape
from vedette.domain.times import now
from vedette.processing.exporting import RowExporter
from vedette.processing.feedback import LONGEST_EMAIL, LONGEST_MESSAGE, LONGEST_NAME, report_to_event
from vedette.protocol.feedback_forms import wrap_feedback
from vedette.store.queries import events, feedback
from vedette.store.queries.feedback import FeedbackRow

if TYPE_CHECKING:
    from vedette.domain.json import JsonObject

_POLL = 0.02
_LOOKS = 250  # five seconds


@dataclass(frozen=True, slots=True)
class FeedbackQuery:
    per_page: Annotated[int, Between(1, PAGE_ROWS)] = DEFAULT_ROWS
    cursor: Annotated[str, Help("From the `Link` header of the page before.")] = ""
    raw: Raw = False


class NewReport(TypedDict):
    """What somebody said about an event."""

    event_id: str
    name: Annotated[str, AtMost(LONGEST_NAME)]
    email: Annotated[str, AtMost(LONGEST_EMAIL)]
    comments: Annotated[str, AtMost(LONGEST_MESSAGE)]


@operation("GET", "/projects/{org}/{project}/user-feedback/", scopes=(*PROJECT_READ, *EVENT_READ))
async def list_user_feedback(call: Call[FeedbackQuery, None]) -> Page[UserReport]:
    """What users said about the project, newest first: feedback and reports on events"""
    project = await find_project(call)
    after, limit = read_cursor(call.query.cursor, 1), call.query.per_page
    rows = await call.ask(
        feedback.page_feedback,
        projects=(project.id,),
        after=after[0] if after else None,
        limit=limit + 1,
    )
    return await _page(call, rows, limit)


@operation("GET", "/organizations/{org}/issues/{issue}/user-reports/", scopes=EVENT_READ)
async def list_user_reports(call: Call[FeedbackQuery, None]) -> Page[UserReport]:
    """What users said about the issue's events, newest first"""
    issue = await find_issue(call)
    after, limit = read_cursor(call.query.cursor, 1), call.query.per_page
    rows = await call.ask(feedback.issue_feedback, issue.id, after[0] if after else None, limit + 1)
    return await _page(call, rows, limit)


@operation(
    "GET", "/projects/{org}/{project}/events/{event}/user-feedback/", scopes=(*EVENT_READ, *PROJECT_READ)
)
async def list_event_feedback(call: Call[RawQuery, None]) -> Page[UserReport]:
    """What users said about the event, newest first

    Sentry has no such operation.
    """
    project = await find_project(call)
    rows = await call.ask(feedback.feedback_about, event_id_of(call), project.id)
    return await _page(call, rows, len(rows))


@operation("POST", "/projects/{org}/{project}/user-feedback/", scopes=PROJECT_WRITE)
async def create_user_feedback(call: Call[NoParameters, NewReport]) -> UserReport:
    """Say what a user said about an event

    A later report on the same event takes the place of the one before. The event may arrive later.
    """
    project = await find_project(call)
    body = call.body
    if read_event_id(body["event_id"]) is None:
        raise ApiError(400, "", members={"event_id": ["Must be a valid event id: 32 hex digits."]})
    if not body["comments"].strip():
        raise ApiError(400, "", members={"comments": ["This field may not be blank."]})
    payload = orjson.dumps(body)
    own_id = bytes.fromhex(orjson.loads(report_to_event(payload, None, now()))["event_id"])
    await call.context.submit(str(project.id), wrap_feedback({**body}))
    row = await _wait_for(call, own_id, project.id)
    return (await _shapes(call, [row], raw=True))[0]  # whoever sent it knows it


async def _wait_for(call: AnyCall, own_id: bytes, project: int) -> FeedbackRow:
    """Return the report once digest has written it. Raises TimeoutError."""
    for _ in range(_LOOKS):
        if (row := await call.ask(feedback.get_feedback, own_id, project)) is not None:
            return row
        await asyncio.sleep(_POLL)
    raise TimeoutError


async def _page(call: AnyCall, rows: list[FeedbackRow], limit: int) -> Page[UserReport]:
    shown, more = cut(rows, limit)
    return Page(await _shapes(call, shown, raw=wants_raw(call)), after=(shown[-1].id,) if more else None)


async def _shapes(call: AnyCall, rows: list[FeedbackRow], *, raw: bool) -> list[UserReport]:
    known = await call.ask(_known, rows)
    given = rows if raw else await call.ask(_outgoing, rows)
    return [report_shape(row, is_known) for row, is_known in zip(given, known, strict=True)]


def _outgoing(db: Db, rows: list[FeedbackRow]) -> list[FeedbackRow]:
    """Return *rows* with what users said as their projects' rules let it leave."""
    exporters = {project: row_exporter(db, [project]) for project in {row.project for row in rows}}
    return [_scrubbed(row, exporters[row.project]) for row in rows]


def _scrubbed(row: FeedbackRow, exporter: RowExporter) -> FeedbackRow:
    said: JsonObject = {"name": row.name, "email": row.email, "message": row.message, "url": row.url}
    (left,) = exporter.of_reports([said])
    name, email, message, url = (left[part] or "" for part in said)
    return replace(row, name=name, email=email, message=message, url=url)


def _known(db: Db, rows: list[FeedbackRow]) -> list[bool]:
    return [
        events.find_event(db, bytes.fromhex(row.about or row.event_id), row.project) is not None
        for row in rows
    ]


OPERATIONS = (list_user_feedback, list_user_reports, list_event_feedback, create_user_feedback)
