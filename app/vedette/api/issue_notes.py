"""Notes on issues, as clients know comments."""

from typing import Annotated, TypedDict

from vedette.api.access import EVENT_READ, EVENT_WRITE
from vedette.api.errors import not_found
from vedette.api.finding import AnyCall, answered, find_issue, row_id_of
from vedette.api.paging import Page
from vedette.api.parameters import NoParameters
from vedette.api.routing import Call, operation
from vedette.api.schema import AtMost
from vedette.api.shapes.issue import Activity, activity_shape
from vedette.store.queries import issue_details
from vedette.store.queries.issue_details import ActivityRow
from vedette.store.queries.issues import IssueRow


class NoteText(TypedDict):
    """Markdown."""

    text: Annotated[str, AtMost(50_000)]


async def _note(call: AnyCall, issue: IssueRow, number: int) -> ActivityRow:
    found = await call.ask(issue_details.get_note, issue.id, number)
    if found is None:
        raise not_found()
    return found


async def _list(call: AnyCall) -> Page[Activity]:
    issue = await find_issue(call)
    return Page([activity_shape(note) for note in await call.ask(issue_details.issue_notes, issue.id)])


async def _create(call: Call[NoParameters, NoteText]) -> Activity:
    issue = await find_issue(call)
    arguments = {"issue": issue.id, "text": call.body["text"]}
    made = answered(await call.context.call("note.create", arguments))
    return activity_shape(await _note(call, issue, made["id"]))


async def _update(call: Call[NoParameters, NoteText]) -> Activity:
    issue = await find_issue(call)
    note = await _note(call, issue, row_id_of(call, "note"))
    await call.context.call("note.update", {"id": note.id, "text": call.body["text"]})
    return activity_shape(await _note(call, issue, note.id))


async def _delete(call: AnyCall) -> None:
    issue = await find_issue(call)
    note = await _note(call, issue, row_id_of(call, "note"))
    await call.context.call("note.delete", {"id": note.id})


@operation("GET", "/organizations/{org}/issues/{issue}/notes/", scopes=EVENT_READ)
async def list_notes(call: Call[NoParameters, None]) -> Page[Activity]:
    """The notes on an issue, newest first"""
    return await _list(call)


@operation("POST", "/organizations/{org}/issues/{issue}/notes/", scopes=EVENT_WRITE, status=201)
async def create_note(call: Call[NoParameters, NoteText]) -> Activity:
    """Write a note on an issue"""
    return await _create(call)


@operation("PUT", "/organizations/{org}/issues/{issue}/notes/{note}/", scopes=EVENT_WRITE)
async def update_note(call: Call[NoParameters, NoteText]) -> Activity:
    """Write a note anew"""
    return await _update(call)


@operation("DELETE", "/organizations/{org}/issues/{issue}/notes/{note}/", scopes=EVENT_WRITE, status=204)
async def delete_note(call: Call[NoParameters, None]) -> None:
    """Delete a note"""
    await _delete(call)


@operation("GET", "/organizations/{org}/issues/{issue}/comments/", scopes=EVENT_READ)
async def list_comments(call: Call[NoParameters, None]) -> Page[Activity]:
    """The same as notes, as older clients ask for them"""
    return await _list(call)


@operation("POST", "/organizations/{org}/issues/{issue}/comments/", scopes=EVENT_WRITE, status=201)
async def create_comment(call: Call[NoParameters, NoteText]) -> Activity:
    """Write a note, as older clients do"""
    return await _create(call)


@operation("PUT", "/organizations/{org}/issues/{issue}/comments/{note}/", scopes=EVENT_WRITE)
async def update_comment(call: Call[NoParameters, NoteText]) -> Activity:
    """Write a note anew, as older clients do"""
    return await _update(call)


@operation("DELETE", "/organizations/{org}/issues/{issue}/comments/{note}/", scopes=EVENT_WRITE, status=204)
async def delete_comment(call: Call[NoParameters, None]) -> None:
    """Delete a note, as older clients do"""
    await _delete(call)


OPERATIONS = (
    list_notes,
    create_note,
    update_note,
    delete_note,
    list_comments,
    create_comment,
    update_comment,
    delete_comment,
)
