"""What spans, logs and metric points can be asked about: their attributes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Literal, NotRequired, TypedDict

from vedette.api.access import EVENT_READ, ORG_READ
from vedette.api.attributes import DECODERS
from vedette.api.errors import ApiError
from vedette.api.finding import find_organization
from vedette.api.limits import PAGE_ROWS
from vedette.api.paging import Page, cut, read_cursor
from vedette.api.period import read_range
from vedette.api.readers import Db
from vedette.api.routing import Call, operation
from vedette.api.schema import Between, Help
from vedette.api.searching import RangeQuery, chosen_projects
from vedette.domain.json import JsonValue
from vedette.domain.outcomes import IngestError
from vedette.domain.times import Micros, now
from vedette.domain.workspace import Workspace
from vedette.store.errors import DamagedError
from vedette.store.explore.datasets import find_dataset
from vedette.store.queries import payloads, trace_items
from vedette.store.queries.payloads import PayloadGoneError
from vedette.store.search.values import Kind

ItemType = Literal["spans", "logs", "tracemetrics"]
AttributeType = Literal["string", "number", "boolean", "array"]

_MOST_BYTES = 8 * 1024 * 1024
"""Bytes of payloads read for one answer."""


@dataclass(frozen=True, slots=True)
class AttributesQuery(RangeQuery):
    """Whose attributes."""

    project: Annotated[tuple[str, ...], Help("Ids or slugs; -1 is all.")] = ()
    itemType: Annotated[ItemType | None, Help("`spans` if left out.")] = None
    dataset: Annotated[ItemType | None, Help("The same as `itemType`.")] = None
    attributeType: Annotated[tuple[AttributeType, ...], Help("Only of these types.")] = ()
    substringMatch: Annotated[str, Help("Only those with this in their name, in any case.")] = ""
    per_page: Annotated[int, Between(1, PAGE_ROWS)] = PAGE_ROWS


class AttributeSource(TypedDict):
    """Who named it: `sentry`, as a field of every item, or the `user`."""

    source_type: Literal["sentry", "user"]
    is_transformed_alias: NotRequired[bool]


class TraceItemAttribute(TypedDict):
    """One attribute. `key` is what `field` and `query` call it."""

    key: str
    name: str
    secondaryAliases: list[str]
    attributeSource: AttributeSource
    attributeType: AttributeType


@operation("GET", "/organizations/{org}/trace-items/attributes/", scopes=(*EVENT_READ, *ORG_READ))
async def list_attributes(call: Call[AttributesQuery, None]) -> Page[TraceItemAttribute]:
    """The attributes of spans, logs or metric points

    Fields that every item has, and those that the newest items were sent with: attributes are not kept in
    rows, so some fifty payloads are looked at.
    """
    find_organization(call)
    query = call.query
    if query.itemType and query.dataset and query.itemType != query.dataset:
        raise ApiError(400, "Give itemType or dataset, not both.")
    kind = query.itemType or query.dataset or "spans"
    span = read_range(query.statsPeriod, query.start, query.end, now())
    projects = await chosen_projects(call, query.project)
    after = read_cursor(query.cursor, 1)
    sent = await call.ask(sent_attributes, call.context.workspace, kind, projects, span.since, span.until)
    part = query.substringMatch.lower()
    found = [
        attribute
        for attribute in (*_own_fields(kind), *sent)
        if part in attribute["name"].lower()
        and (not query.attributeType or attribute["attributeType"] in query.attributeType)
    ]
    first = after[0] if after else 0
    rows, more = cut(found[first : first + query.per_page + 1], query.per_page)
    return Page(rows, (first + len(rows),) if more else None)


def _own_fields(kind: str) -> Iterator[TraceItemAttribute]:
    dataset = find_dataset(kind)
    if dataset is None:
        return
    aliases: dict[str, list[str]] = {}
    for name, field in dataset.fields.items():
        if name != field.name:
            aliases.setdefault(field.name, []).append(name)
    for field in {field.name: field for field in dataset.fields.values() if field.name}.values():
        yield {
            "key": field.name,
            "name": field.name,
            "secondaryAliases": sorted(aliases.get(field.name, ())),
            "attributeSource": {"source_type": "sentry"},
            "attributeType": _type_of_kind(field.kind),
        }


def _type_of_kind(kind: Kind) -> AttributeType:
    if kind is Kind.BOOLEAN:
        return "boolean"
    return "number" if kind.is_numeric else "string"


def sent_attributes(
    db: Db,
    workspace: Workspace,
    kind: str,
    projects: tuple[int, ...],
    since: Micros | None,
    until: Micros | None,
) -> list[TraceItemAttribute]:
    """Return the attributes that the newest items have, by name and type."""
    places = trace_items.newest_items(db, kind, projects=projects, since=since, until=until)
    dataset = find_dataset(kind)
    own = set() if dataset is None else set(dataset.fields)
    found = {pair for pair in _read(db, workspace, places) if pair[0] not in own}
    return [
        {
            "key": name if type_ == "string" else f"tags[{name},{type_}]",
            "name": name,
            "secondaryAliases": [],
            "attributeSource": {"source_type": "sentry" if name.startswith("sentry.") else "user"},
            "attributeType": type_,
        }
        for name, type_ in sorted(found)
    ]


def _read(
    db: Db, workspace: Workspace, places: Iterable[trace_items.Place]
) -> Iterator[tuple[str, AttributeType]]:
    left = _MOST_BYTES
    for request, item in places:
        try:
            stored = payloads.read_item(db, workspace, request, item)
            records = DECODERS[stored.kind](stored) if stored.kind in DECODERS else {}
            for attributes in records.values():
                for name, value in attributes.items():
                    type_ = _type_of_value(value)
                    if type_ is not None:
                        yield name, type_
        except (PayloadGoneError, DamagedError, IngestError):
            continue
        left -= len(stored.payload)
        if left <= 0:
            return


def _type_of_value(value: JsonValue) -> AttributeType | None:
    match value:
        case bool():
            return "boolean"
        case str():
            return "string"
        case int() | float():
            return "number"
        case list():
            return "array"
        case _:
            return None


OPERATIONS = (list_attributes,)
