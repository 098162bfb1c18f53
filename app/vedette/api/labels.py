"""Labels that people give to issues. Vedette's own."""

from typing import Annotated, TypedDict

from vedette.api.access import EVENT_READ, EVENT_WRITE
from vedette.api.errors import not_found
from vedette.api.finding import AnyCall, answered, find_organization, row_id_of
from vedette.api.paging import Page
from vedette.api.parameters import NoParameters
from vedette.api.routing import Call, operation
from vedette.api.schema import AtMost, Between
from vedette.store.queries import labels
from vedette.store.queries.labels import LabelRow


class Label(TypedDict):
    """A label with the number of its colour, and how many issues carry it."""

    id: str
    name: str
    colour: int
    issueCount: int


class LabelChange(TypedDict, total=False):
    name: Annotated[str, AtMost(40)]
    colour: Annotated[int, Between(0, 9)]


def _shape(row: LabelRow) -> Label:
    return {"id": str(row.id), "name": row.name, "colour": row.colour, "issueCount": row.issues}


async def _find(call: AnyCall, number: int) -> LabelRow:
    find_organization(call)
    for row in await call.ask(labels.list_labels):
        if row.id == number:
            return row
    raise not_found()


@operation("GET", "/organizations/{org}/labels/", scopes=EVENT_READ)
async def list_labels(call: Call[NoParameters, None]) -> Page[Label]:
    """Every label, by name"""
    find_organization(call)
    return Page([_shape(row) for row in await call.ask(labels.list_labels)])


@operation("POST", "/organizations/{org}/labels/", scopes=EVENT_WRITE, status=201)
async def create_label(call: Call[NoParameters, LabelChange]) -> Label:
    """Make a label; without a colour it gets one"""
    find_organization(call)
    made = answered(await call.context.call("label.create", {**call.body}))
    return _shape(await _find(call, made["id"]))


@operation("PUT", "/organizations/{org}/labels/{label}/", scopes=EVENT_WRITE)
async def update_label(call: Call[NoParameters, LabelChange]) -> Label:
    """Rename a label or give it another colour"""
    row = await _find(call, row_id_of(call, "label"))
    await call.context.call("label.update", {"id": row.id, **call.body})
    return _shape(await _find(call, row.id))


@operation("DELETE", "/organizations/{org}/labels/{label}/", scopes=EVENT_WRITE, status=204)
async def delete_label(call: Call[NoParameters, None]) -> None:
    """Delete a label; issues lose it"""
    row = await _find(call, row_id_of(call, "label"))
    await call.context.call("label.delete", {"id": row.id})


OPERATIONS = (list_labels, create_label, update_label, delete_label)
