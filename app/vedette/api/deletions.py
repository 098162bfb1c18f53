"""Deleting issues, taking that back in time, and what is not wanted again."""

from typing import Annotated, TypedDict

from vedette.api.access import EVENT_READ, EVENT_WRITE
from vedette.api.finding import answered, find_issue, find_organization, find_project, row_number
from vedette.api.issues import BulkQuery, chosen_issues
from vedette.api.limits import BULK_ISSUES
from vedette.api.paging import Page
from vedette.api.parameters import NoParameters
from vedette.api.routing import Call, operation
from vedette.api.schema import AtMost
from vedette.domain.times import to_iso
from vedette.store.queries import labels


class Restore(TypedDict):
    """Ids of issues that are to come back."""

    issues: Annotated[list[str], AtMost(BULK_ISSUES)]


class Restored(TypedDict):
    """Issues that are back."""

    restored: list[str]


class Discarded(TypedDict):
    """A grouping hash whose events are filtered, and what the deleted issue was called."""

    project: str
    hash: str
    title: str
    dateCreated: str


async def _delete_one(call: Call[NoParameters, None]) -> None:
    issue = await find_issue(call)
    await call.context.call("issue.delete", {"ids": [issue.id]})


@operation("DELETE", "/organizations/{org}/issues/{issue}/", scopes=EVENT_WRITE, status=204)
async def delete_issue(call: Call[NoParameters, None]) -> None:
    """Delete an issue with all its events

    It is out of sight at once and goes half a minute later; until then it can be restored.
    """
    await _delete_one(call)


@operation("DELETE", "/issues/{issue}/", scopes=EVENT_WRITE, status=204)
async def delete_issue_alone(call: Call[NoParameters, None]) -> None:
    """Delete an issue, as older clients do"""
    await _delete_one(call)


async def _delete_many(call: Call[BulkQuery, None], project: int | None) -> None:
    ids = await chosen_issues(call, project)
    if ids:
        await call.context.call("issue.delete", {"ids": ids})


@operation("DELETE", "/organizations/{org}/issues/", scopes=EVENT_WRITE, status=204)
async def delete_issues(call: Call[BulkQuery, None]) -> None:
    """Delete many issues at once, by id or whatever fits"""
    find_organization(call)
    await _delete_many(call, None)


@operation("DELETE", "/projects/{org}/{project}/issues/", scopes=EVENT_WRITE, status=204)
async def delete_project_issues(call: Call[BulkQuery, None]) -> None:
    """Delete many issues of one project at once"""
    project = await find_project(call)
    await _delete_many(call, project.id)


@operation("POST", "/organizations/{org}/restored-issues/", scopes=EVENT_WRITE)
async def restore_issues(call: Call[NoParameters, Restore]) -> Restored:
    """Take a deletion back, as long as it has not begun; Vedette's own"""
    find_organization(call)
    ids = [row_number(text) for text in call.body["issues"]]
    answer = answered(await call.context.call("issue.restore", {"ids": ids}))
    return {"restored": [str(restored) for restored in answer["restored"]]}


@operation("GET", "/organizations/{org}/discarded-hashes/", scopes=EVENT_READ)
async def list_discarded(call: Call[NoParameters, None]) -> Page[Discarded]:
    """What was deleted and is not wanted again, the newest first; Vedette's own"""
    find_organization(call)
    rows = await call.ask(labels.list_discarded)
    return Page(
        [
            {"project": str(row.project), "hash": row.hash, "title": row.title, "dateCreated": to_iso(row.at)}
            for row in rows
        ]
    )


@operation(
    "DELETE", "/organizations/{org}/discarded-hashes/{project}/{hash}/", scopes=EVENT_WRITE, status=204
)
async def remove_discarded(call: Call[NoParameters, None]) -> None:
    """Let events with this hash in again"""
    project = await find_project(call)
    hashes = [{"project": project.id, "hash": call.place("hash")}]
    await call.context.call("discard.remove", {"hashes": hashes})


OPERATIONS = (
    delete_issue,
    delete_issue_alone,
    delete_issues,
    delete_project_issues,
    restore_issues,
    list_discarded,
    remove_discarded,
)
