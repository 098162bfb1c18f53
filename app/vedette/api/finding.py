"""What the names in a path stand for: organization, project, issue, event. Nothing: ApiError 404."""

import re
from typing import Any

from vedette.api.errors import ApiError, not_found
from vedette.api.routing import Call
from vedette.api.shapes import organization
from vedette.domain.json import JsonValue
from vedette.store.queries import issues, projects
from vedette.store.queries.issues import IssueRow
from vedette.store.queries.projects import ProjectRow

_EVENT_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
_ROW_ID = re.compile(r"[0-9]{1,18}", re.ASCII)

AnyCall = Call[Any, Any]


def find_organization(call: AnyCall) -> None:
    """Check that ``{org}`` names the workspace's organization."""
    if call.place("org") not in (organization.SLUG, organization.ID):
        raise not_found()


async def find_project(call: AnyCall) -> ProjectRow:
    """Return the project ``{project}`` names, by slug or id."""
    find_organization(call)
    row = await call.ask(projects.find_project, call.place("project"))
    if row is None:
        raise not_found()
    return row


async def find_issue(call: AnyCall) -> IssueRow:
    """Return the issue ``{issue}`` names, by id or short id."""
    if "org" in call.request.match_info:
        find_organization(call)
    name = call.place("issue")
    if _ROW_ID.fullmatch(name):
        row = await call.ask(issues.find_issue, int(name))
    else:
        row = await call.ask(issues.issue_by_short, name)
    if row is None:
        raise not_found()
    return row


def read_event_id(text: str) -> bytes | None:
    """Return the 16 bytes of an event or trace id, written with or without dashes; None if it is none."""
    bare = text.replace("-", "").lower()
    return bytes.fromhex(bare) if _EVENT_ID.fullmatch(bare) else None


def event_id_of(call: AnyCall, name: str = "event") -> bytes:
    """Return the event id ``{event}``."""
    found = read_event_id(call.place(name))
    if found is None:
        raise not_found()
    return found


def row_id_of(call: AnyCall, name: str) -> int:
    """Return the number at ``{name}``."""
    text = call.place(name)
    if not _ROW_ID.fullmatch(text):
        raise not_found()
    return int(text)


def row_number(text: str) -> int:
    """Return *text*, the id of a row in a body, as its number. Raises ApiError 400."""
    if not _ROW_ID.fullmatch(text):
        raise ApiError(400, f"Not an id: {text[:40]}.")
    return int(text)


def answered(answer: JsonValue) -> dict[str, Any]:
    """Return what a command answered, which is always an object."""
    if not isinstance(answer, dict):
        raise ApiError(503, "The station's digest gave no answer.")
    return answer
