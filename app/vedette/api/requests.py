"""Everything that came in, with what became of it. Vedette's own; the Ingest inspector shows the same."""

from dataclasses import dataclass
from typing import Annotated, TypedDict

from aiohttp import web

from vedette.api.access import EVENT_READ, ORG_READ, PROJECT_WRITE
from vedette.api.downloads import RawQuery, send_stored, wants_raw
from vedette.api.errors import ApiError, not_found
from vedette.api.event_details import given_item
from vedette.api.finding import AnyCall, answered, row_id_of
from vedette.api.limits import PAGE_ROWS
from vedette.api.outgoing import outgoing_body
from vedette.api.paging import Page, cut, read_cursor
from vedette.api.parameters import NoParameters
from vedette.api.period import read_range
from vedette.api.readers import Db
from vedette.api.routing import Call, operation
from vedette.api.schema import Between, Help
from vedette.api.shapes.attachment import FALLBACK_TYPE, download_headers
from vedette.api.shapes.request import (
    Request,
    RequestDetail,
    Sender,
    item_shape,
    request_shape,
    sender_shape,
)
from vedette.domain.outcomes import Outcome
from vedette.domain.times import now
from vedette.domain.workspace import Workspace
from vedette.store.queries import payloads, projects, requests
from vedette.store.queries.payloads import PayloadGoneError
from vedette.store.queries.requests import RequestFilter, RequestRow
from vedette.store.queries.stored_bytes import StoredBytes

READ = (*EVENT_READ, *ORG_READ)


@dataclass(frozen=True, slots=True)
class RequestQuery:
    outcome: Annotated[tuple[Outcome, ...], Help("Only requests that ended so.")] = ()
    trouble: Annotated[bool, Help("Only what did not end as stored.")] = False
    project: Annotated[str | None, Help("Id or slug.")] = None
    sender: Annotated[int | None, Help("Only from this sender.")] = None
    run: Annotated[int | None, Help("Only of this run.")] = None
    text: Annotated[str, Help("In path, kinds, reason or detail.")] = ""
    statsPeriod: str | None = None
    start: str | None = None
    end: str | None = None
    cursor: Annotated[str, Help("From the `Link` header of the page before.")] = ""
    per_page: Annotated[int, Between(1, PAGE_ROWS)] = PAGE_ROWS


class SenderChange(TypedDict):
    blocked: bool


class Adopted(TypedDict):
    """The project a refused sender's key belongs to from now on.

    `taken` requests that were refused for it are stored now; `left` more would not fit into one call.
    """

    projectId: str
    taken: int
    left: int


async def _filter(call: Call[RequestQuery, None]) -> RequestFilter:
    query = call.query
    span = read_range(query.statsPeriod, query.start, query.end, now())
    number = None
    if query.project:
        project = await call.ask(projects.find_project, query.project)
        if project is None:
            raise ApiError(400, "Invalid project parameter. There is no such project.")
        number = project.id
    return RequestFilter(
        outcomes=tuple(Outcome(word) for word in query.outcome),
        only_trouble=query.trouble,
        project=number,
        sender=query.sender,
        run=query.run,
        since=span.since,
        until=span.until,
        text=query.text or None,
    )


@operation("GET", "/requests/", scopes=READ)
async def list_requests(call: Call[RequestQuery, None]) -> Page[Request]:
    """What came in, newest first, refused requests included"""
    after = read_cursor(call.query.cursor, 1)
    found = await call.ask(
        requests.page_requests,
        await _filter(call),
        after=None if after is None else after[0],
        limit=call.query.per_page + 1,
    )
    rows, more = cut(found, call.query.per_page)
    return Page([request_shape(row) for row in rows], (rows[-1].id,) if more else None)


async def _find(call: AnyCall) -> RequestRow:
    row = await call.ask(requests.get_request, row_id_of(call, "request"))
    if row is None:
        raise not_found()
    return row


@operation("GET", "/requests/{request}/", scopes=READ)
async def show_request(call: Call[NoParameters, None]) -> RequestDetail:
    """One request with its items"""
    return await _shown(call)


async def _shown(call: AnyCall) -> RequestDetail:
    row = await _find(call)
    items = await call.ask(requests.items_of, row.id)
    return {**request_shape(row), "items": [item_shape(item) for item in items]}


@operation(
    "GET", "/requests/{request}/body/", scopes=READ, content_type=FALLBACK_TYPE, shape=web.StreamResponse
)
async def download_body(call: Call[RawQuery, None]) -> web.StreamResponse:
    """The request's body after its content encoding was undone, scrubbed as its project's rules ask

    With `raw` byte for byte; a refused body keeps its content encoding then.
    """
    row = await _find(call)
    body = await call.ask(given_body, call.context.workspace, row, raw=wants_raw(call))
    return await send_stored(call.request, body, download_headers(f"request-{row.id}.bin", FALLBACK_TYPE))


@operation(
    "GET",
    "/requests/{request}/items/{item}/",
    scopes=READ,
    content_type=FALLBACK_TYPE,
    shape=web.StreamResponse,
)
async def download_item(call: Call[RawQuery, None]) -> web.StreamResponse:
    """The payload of one item, scrubbed as its project's rules ask; with `raw` byte for byte"""
    row = await _find(call)
    n = row_id_of(call, "item")
    item, payload = await call.ask(given_item, call.context.workspace, row.id, n, raw=wants_raw(call))
    headers = download_headers(f"request-{row.id}-{n}-{item.kind}", item.content_type or "")
    return await send_stored(call.request, payload, headers)


def given_body(db: Db, workspace: Workspace, row: RequestRow, *, raw: bool) -> StoredBytes:
    """Return a request's body, scrubbed unless *raw*. Raises ApiError 410 when it is no longer kept."""
    try:
        return payloads.find_body(db, workspace, row.id) if raw else outgoing_body(db, workspace, row)
    except PayloadGoneError as error:
        raise ApiError(410, str(error)) from error


@operation("POST", "/requests/{request}/adopt/", scopes=PROJECT_WRITE)
async def adopt_request(call: Call[NoParameters, None]) -> Adopted:
    """Let the unknown key of a refused request send from now on, to a project made for it if need be

    What was refused for that key before is taken too, as far as its bytes were kept.
    """
    row = await _find(call)
    if not row.public_key:
        raise ApiError(400, "This request was not refused for its key, so there is nothing to adopt.")
    answer = answered(await call.context.call("request.adopt", {"id": row.id}))
    return {
        "projectId": str(answer["project"]),
        "taken": int(answer.get("taken", 0)),
        "left": int(answer.get("left", 0)),
    }


@operation("POST", "/requests/{request}/parse/", scopes=PROJECT_WRITE)
async def parse_request_again(call: Call[NoParameters, None]) -> RequestDetail:
    """Parse a request again: its items that were not stored are tried once more

    What is stored stays as it is, so a second time changes nothing. A refused request can be parsed again
    once its key is known.
    """
    row = await _find(call)
    await call.context.call("request.parse_again", {"id": row.id})
    return await _shown(call)


@operation("GET", "/senders/", scopes=READ)
async def list_senders(call: Call[NoParameters, None]) -> Page[Sender]:
    """Who sent something, latest first"""
    rows = await call.ask(requests.senders)
    return Page([sender_shape(row) for row in rows], hits=len(rows))


@operation("PUT", "/senders/{sender}/", scopes=PROJECT_WRITE)
async def update_sender(call: Call[NoParameters, SenderChange]) -> Sender:
    """Take nothing from this sender any more, or again"""
    number = row_id_of(call, "sender")
    await call.context.call("sender.block", {"id": number, "blocked": call.body["blocked"]})
    for row in await call.ask(requests.senders):
        if row.id == number:
            return sender_shape(row)
    raise not_found()


OPERATIONS = (
    list_requests,
    show_request,
    download_body,
    download_item,
    adopt_request,
    parse_request_again,
    list_senders,
    update_sender,
)
