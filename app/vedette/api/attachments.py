"""Files that came with events: listed and handed out."""

from dataclasses import dataclass
from typing import Annotated

from aiohttp import web

from vedette.api.access import EVENT_READ, PROJECT_READ
from vedette.api.downloads import Raw, send_stored, wants_raw
from vedette.api.errors import not_found
from vedette.api.event_details import given_item
from vedette.api.finding import event_id_of, find_project, row_id_of
from vedette.api.paging import Page
from vedette.api.parameters import NoParameters
from vedette.api.routing import Call, operation
from vedette.api.schema import Help
from vedette.api.shapes.attachment import Attachment, attachment_shape, download_headers
from vedette.store.queries import events


@dataclass(frozen=True, slots=True)
class AttachmentQuery:
    download: Annotated[str | None, Help("Present: the bytes, instead of what is known of them.")] = None
    raw: Raw = False


@operation(
    "GET", "/projects/{org}/{project}/events/{event}/attachments/", scopes=(*EVENT_READ, *PROJECT_READ)
)
async def list_attachments(call: Call[NoParameters, None]) -> Page[Attachment]:
    """The files that came with the event"""
    project = await find_project(call)
    rows = await call.ask(events.event_attachments, event_id_of(call), project.id)
    return Page([attachment_shape(row) for row in rows], hits=len(rows))


@operation(
    "GET",
    "/projects/{org}/{project}/events/{event}/attachments/{attachment}/",
    scopes=(*EVENT_READ, *PROJECT_READ),
    shape=Attachment,
)
async def show_attachment(call: Call[AttachmentQuery, None]) -> Attachment | web.StreamResponse:
    """One file: what is known of it, or with `download` its bytes"""
    project = await find_project(call)
    event_id = event_id_of(call).hex()
    row = await call.ask(events.get_attachment, row_id_of(call, "attachment"))
    if row is None or row.project != project.id or row.event_id != event_id:
        raise not_found()
    if call.query.download is None:
        return attachment_shape(row)
    _, payload = await call.ask(
        given_item, call.context.workspace, row.request, row.item, raw=wants_raw(call)
    )
    return await send_stored(call.request, payload, download_headers(row.name, row.content_type))


OPERATIONS = (list_attachments, show_attachment)
