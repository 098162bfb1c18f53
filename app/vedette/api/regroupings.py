"""Overruling grouping: unmerge, split, move events; the journal of it, with progress, and undoing.

Vedette's own, but for unmerging.
"""

from dataclasses import dataclass
from typing import Annotated, Any, TypedDict

from vedette.api.access import EVENT_READ, EVENT_WRITE, PROJECT_WRITE
from vedette.api.errors import ApiError, not_found
from vedette.api.finding import (
    AnyCall,
    answered,
    find_issue,
    find_organization,
    find_project,
    read_event_id,
    row_id_of,
)
from vedette.api.paging import Page
from vedette.api.parameters import NoParameters
from vedette.api.routing import Call, operation
from vedette.api.schema import AtMost
from vedette.domain.times import to_iso
from vedette.store.queries import events, issues, regroupings
from vedette.store.queries.regroupings import RegroupingRow

_PAGE = 100


class Regrouping(TypedDict):
    """What was done, and how far its stored events have followed. Later events do at once.

    `issue` is what took in others, was split or taken apart, `issues` what was merged into it, `target` where
    events went. `done` of `total` events were looked at, `moved` changed their issue.
    """

    id: str
    kind: str
    state: str
    dateCreated: str
    projectId: str
    issue: str | None
    issues: list[str]
    target: str | None
    matchers: str | None
    done: int
    total: int
    moved: int
    error: str | None


class Split(TypedDict, total=False):
    """Matchers as in fingerprint rules; without `target` a new issue is made."""

    matchers: Annotated[str, AtMost(2_000)]
    target: str


class Move(TypedDict, total=False):
    """Ids of events of the issue; without `target` a new issue is made."""

    events: list[str]
    target: str


class Rules(TypedDict, total=False):
    """Texts as in the project's `groupingEnhancements` and `fingerprintingRules`; those left out stay."""

    groupingEnhancements: Annotated[str, AtMost(100_000)]
    fingerprintingRules: Annotated[str, AtMost(100_000)]


@dataclass(frozen=True, slots=True)
class HashesQuery:
    id: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BeforeQuery:
    before: int | None = None


def regrouping_shape(row: RegroupingRow) -> Regrouping:
    return {
        "id": str(row.id),
        "kind": row.kind,
        "state": row.state,
        "dateCreated": to_iso(row.at),
        "projectId": str(row.project),
        "issue": None if row.issue is None else str(row.issue),
        "issues": [str(number) for number in row.issues],
        "target": None if row.target is None else str(row.target),
        "matchers": row.matchers or None,
        "done": row.done,
        "total": row.total,
        "moved": row.moved,
        "error": row.error or None,
    }


async def regroup(call: AnyCall, command: str, arguments: dict[str, Any]) -> Regrouping:
    """Run a command that regroups and tell how far it got."""
    made = answered(await call.context.call(command, arguments))
    row = await call.ask(regroupings.get_regrouping, made["regrouping"])
    if row is None:
        raise not_found()
    return regrouping_shape(row)


async def _target(call: AnyCall) -> dict[str, int]:
    """Return the issue `target` of the body, by id or short id, as an argument."""
    name = call.body.get("target")
    if not name:
        return {}
    if name.isascii() and name.isdigit() and len(name) < 19:
        row = await call.ask(issues.find_issue, int(name))
    else:
        row = await call.ask(issues.issue_by_short, name)
    if row is None:
        raise ApiError(400, "The target is no issue.")
    return {"target": row.id}


@operation("DELETE", "/organizations/{org}/issues/{issue}/hashes/", scopes=EVENT_WRITE, status=202)
async def unmerge_hashes(call: Call[HashesQuery, None]) -> Regrouping:
    """Take the events of some hashes (`id`, repeated) out of the issue, into a new one"""
    row = await find_issue(call)
    if not call.query.id:
        raise ApiError(400, "Say which hashes: ?id=…")
    return await regroup(call, "issue.unmerge", {"id": row.id, "hashes": list(call.query.id)})


@operation("POST", "/organizations/{org}/issues/{issue}/split/", scopes=EVENT_WRITE, status=202)
async def split_issue(call: Call[NoParameters, Split]) -> Regrouping:
    """Let events of the issue that fit matchers belong to another one, now and from now on"""
    row = await find_issue(call)
    arguments = {"id": row.id, "matchers": call.body.get("matchers", ""), **await _target(call)}
    return await regroup(call, "issue.split", arguments)


@operation("POST", "/organizations/{org}/issues/{issue}/move-events/", scopes=EVENT_WRITE, status=202)
async def move_events(call: Call[NoParameters, Move]) -> Regrouping:
    """Move single events to another issue, where they stay"""
    row = await find_issue(call)
    numbers = []
    for text in call.body.get("events", []):
        eid = read_event_id(text)
        found = None if eid is None else await call.ask(events.issue_event, row.id, eid.hex())
        if found is None:
            raise ApiError(400, "Not all of these are events of the issue.")
        numbers.append(found.id)
    return await regroup(call, "event.move", {"events": numbers, **await _target(call)})


@operation("GET", "/organizations/{org}/regroupings/", scopes=EVENT_READ)
async def list_regroupings(call: Call[BeforeQuery, None]) -> Page[Regrouping]:
    """What was merged, split, moved and regrouped, the newest first; `before` an id for what is older"""
    find_organization(call)
    rows = await call.ask(regroupings.page_regroupings, call.query.before, _PAGE)
    return Page([regrouping_shape(row) for row in rows])


@operation("GET", "/organizations/{org}/regroupings/{regrouping}/", scopes=EVENT_READ)
async def show_regrouping(call: Call[NoParameters, None]) -> Regrouping:
    """One of them, with its progress"""
    find_organization(call)
    row = await call.ask(regroupings.get_regrouping, row_id_of(call, "regrouping"))
    if row is None:
        raise not_found()
    return regrouping_shape(row)


@operation("DELETE", "/organizations/{org}/regroupings/{regrouping}/", scopes=EVENT_WRITE, status=202)
async def undo_regrouping(call: Call[NoParameters, None]) -> Regrouping:
    """Undo it, or stop it if it is under way

    Afterwards all is as if it had not been done, events that came since among it.
    """
    find_organization(call)
    number = row_id_of(call, "regrouping")
    row = await call.ask(regroupings.get_regrouping, number)
    if row is None:
        raise not_found()
    command = "regrouping.cancel" if row.state in ("waiting", "running") else "regrouping.undo"
    return await regroup(call, command, {"id": number})


@operation("POST", "/projects/{org}/{project}/regroup/", scopes=PROJECT_WRITE, status=202)
async def regroup_project(call: Call[NoParameters, Rules]) -> Regrouping:
    """Set the project's rules of grouping and group what is stored by them, in the background

    First all events are looked at, `done` of `total`; then the rules count and events move. Stopped before
    that nothing has changed, stopped later what has not moved stays. Without rules those that count are
    used: after an update that groups otherwise.
    """
    project = await find_project(call)
    names = {"groupingEnhancements": "stack_trace_rules", "fingerprintingRules": "fingerprint_rules"}
    sent: dict[str, Any] = {**call.body}
    texts = {own: sent[name] for name, own in names.items() if name in sent}
    return await regroup(call, "regroup.apply", {"project": project.id, **texts})


OPERATIONS = (
    regroup_project,
    unmerge_hashes,
    split_issue,
    move_events,
    list_regroupings,
    show_regrouping,
    undo_regrouping,
)
