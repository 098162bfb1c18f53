"""Runs: what happened since when. Vedette's own."""

from dataclasses import dataclass
from typing import Annotated, TypedDict

from vedette.api.access import EVENT_READ, ORG_READ, PROJECT_WRITE
from vedette.api.errors import not_found
from vedette.api.finding import answered
from vedette.api.limits import PAGE_ROWS
from vedette.api.paging import Page, cut, read_cursor
from vedette.api.parameters import NoParameters
from vedette.api.routing import Call, operation
from vedette.api.schema import AtMost, Between, Help
from vedette.domain.times import to_iso
from vedette.store.queries import runs
from vedette.store.queries.runs import RunRow


@dataclass(frozen=True, slots=True)
class RunQuery:
    cursor: Annotated[str, Help("From the `Link` header of the page before.")] = ""
    per_page: Annotated[int, Between(1, PAGE_ROWS)] = PAGE_ROWS


class Run(TypedDict):
    """One run of the workspace, numbered, across projects. `trigger` is what began it."""

    id: str
    number: int
    name: str
    trigger: str
    dateStarted: str
    dateEnded: str | None
    lastArrival: str


class NewRun(TypedDict, total=False):
    name: Annotated[str, AtMost(200)]


def run_shape(row: RunRow) -> Run:
    return {
        "id": str(row.id),
        "number": row.id,
        "name": row.name,
        "trigger": row.trigger,
        "dateStarted": to_iso(row.started),
        "dateEnded": None if row.ended is None else to_iso(row.ended),
        "lastArrival": to_iso(row.last_arrival),
    }


@operation("GET", "/runs/", scopes=(*EVENT_READ, *ORG_READ))
async def list_runs(call: Call[RunQuery, None]) -> Page[Run]:
    """Runs, newest first"""
    before = read_cursor(call.query.cursor, 1)
    found = await call.ask(
        runs.list_runs, before=None if before is None else before[0], limit=call.query.per_page + 1
    )
    rows, more = cut(found, call.query.per_page)
    return Page([run_shape(row) for row in rows], (rows[-1].id,) if more else None)


@operation("POST", "/runs/", scopes=PROJECT_WRITE, status=201)
async def start_run(call: Call[NoParameters, NewRun]) -> Run:
    """Begin a new run now"""
    answer = answered(
        await call.context.call("run.start", {"name": call.body.get("name", ""), "trigger": "api"})
    )
    for row in await call.ask(runs.list_runs, limit=PAGE_ROWS):
        if row.id == answer["id"]:
            return run_shape(row)
    raise not_found()


OPERATIONS = (list_runs, start_run)
