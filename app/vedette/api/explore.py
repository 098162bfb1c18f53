"""Questions over rows of every kind: tables of fields and functions, counts, and whether a query is valid."""

from dataclasses import dataclass, replace
from typing import Annotated, TypedDict

from aiohttp import web

from vedette.api.access import EVENT_READ, ORG_READ
from vedette.api.asking import AskedOf, question_of
from vedette.api.attributes import sources_of
from vedette.api.downloads import wants_raw
from vedette.api.errors import ApiError
from vedette.api.finding import AnyCall, find_organization, find_project
from vedette.api.limits import EXPLORE_ROWS, EXPLORE_SECONDS, LIST_SECONDS, PAGE_ROWS
from vedette.api.outgoing import outgoing_rows
from vedette.api.paging import Page, link_header, read_cursor
from vedette.api.routing import Call, operation
from vedette.api.schema import Between, Help
from vedette.api.searching import chosen_projects, query_refused
from vedette.api.serving import answer_json
from vedette.api.shapes.explore import Events, events_shape
from vedette.domain.times import now
from vedette.store.explore.questions import Checked, ask, check, comes_by_time
from vedette.store.queries import terms
from vedette.store.queries.value_counts import value_counts
from vedette.store.search import QueryError
from vedette.store.search.values import Kind

READ = (*EVENT_READ, *ORG_READ)


@dataclass(frozen=True, slots=True)
class EventsQuery(AskedOf):
    """A table of answers."""

    per_page: Annotated[int, Between(1, PAGE_ROWS)] = EXPLORE_ROWS
    cursor: Annotated[str, Help("From the `Link` header of the page before.")] = ""


class EventsCount(TypedDict):
    """How many rows fit."""

    count: int


class TagKey(TypedDict):
    """A tag that events carry, and how many do."""

    key: str
    name: str
    totalValues: int


class TagKeyValue(TypedDict):
    """A value of a tag, and how many events carry it; with `isExact` false there may be more."""

    key: str
    name: str
    value: str
    count: int | None
    isExact: bool


class Validity(TypedDict):
    """Whether one part of a question is understood."""

    name: str
    valid: bool
    error: str | None


class FieldValidity(Validity):
    """The same of a field, with its type."""

    attrType: str | None


class QueryValidity(TypedDict):
    """Whether a query is understood."""

    valid: bool
    error: str | None
    fields: list[FieldValidity]


class Validation(TypedDict):
    """Whether a question can be answered, part by part."""

    valid: bool
    projects: list[Validity]
    dataset: list[Validity]
    environment: list[Validity]
    field: list[FieldValidity]
    query: QueryValidity
    orderby: list[FieldValidity]


@operation("GET", "/organizations/{org}/events/", scopes=READ, shape=Events)
async def list_events(call: Call[EventsQuery, None]) -> web.StreamResponse:
    """A table over errors, transactions, spans, logs or metrics

    Columns are the fields, functions and equations asked for. With a function among them rows are grouped by
    the other fields. `Link` leads to the next page.
    """
    find_organization(call)
    question = await question_of(call, call.query)
    by_time = comes_by_time(question)
    after = read_cursor(call.query.cursor, 2 if by_time else 1)
    question = replace(question, after=after, limit=call.query.per_page)
    try:
        answer = await call.context.readers.ask_within(
            LIST_SECONDS, ask, sources_of(call.context.workspace), question, now(), seconds=EXPLORE_SECONDS
        )
    except QueryError as error:
        raise query_refused(error) from error
    if not wants_raw(call):
        answer = replace(answer, rows=await call.ask(outgoing_rows, question, answer.rows))
    headers = {"Link": link_header(call.request.url, Page([], answer.after))}
    return answer_json(events_shape(answer, call.query.dataset), headers=headers)


@operation("GET", "/organizations/{org}/events-meta/", scopes=READ)
async def count_events(call: Call[AskedOf, None]) -> EventsCount:
    """How many rows fit a query"""
    find_organization(call)
    question = replace(await question_of(call, call.query), fields=("count()",), sort=())
    try:
        answer = await call.context.readers.ask_within(
            LIST_SECONDS, ask, sources_of(call.context.workspace), question, now(), seconds=EXPLORE_SECONDS
        )
    except QueryError as error:
        raise query_refused(error) from error
    return {"count": answer.rows[0]["count()"]}


@dataclass(frozen=True, slots=True)
class TagsQuery:
    """Whose tags."""

    project: Annotated[tuple[str, ...], Help("Ids or slugs; -1 is all.")] = ()


@operation("GET", "/organizations/{org}/tags/", scopes=READ)
async def list_tags(call: Call[TagsQuery, None]) -> list[TagKey]:
    """The tags that events of issues carry, and on how many"""
    find_organization(call)
    totals = await call.ask(terms.tag_totals, await chosen_projects(call, call.query.project))
    return [
        {"key": key, "name": key.replace("_", " ").replace(".", " ").title(), "totalValues": n}
        for key, n in totals.items()
    ]


@dataclass(frozen=True, slots=True)
class ValuesQuery(TagsQuery):
    """Which values of a key."""

    query: Annotated[str, Help("A part of the value, in any case; stars at its ends are left out.")] = ""
    per_page: Annotated[int, Between(1, PAGE_ROWS)] = EXPLORE_ROWS


@operation("GET", "/organizations/{org}/tags/{key}/values/", scopes=READ)
async def list_values(call: Call[ValuesQuery, None]) -> list[TagKeyValue]:
    """The values of a tag, or of a key of searches that is indexed as tags are, most frequent first

    Counted are the events of the issues that happened last: `count` is null for other values.
    """
    find_organization(call)
    projects = await chosen_projects(call, call.query.project)
    return await _values(call, call.query.query, projects, call.query.per_page)


@dataclass(frozen=True, slots=True)
class OwnValuesQuery:
    """Which values of a key."""

    query: Annotated[str, Help("A part of the value, in any case; stars at its ends are left out.")] = ""
    per_page: Annotated[int, Between(1, PAGE_ROWS)] = EXPLORE_ROWS


@operation("GET", "/projects/{org}/{project}/tags/{key}/values/", scopes=READ)
async def list_project_values(call: Call[OwnValuesQuery, None]) -> list[TagKeyValue]:
    """The values of a tag in one project, most frequent first"""
    project = await find_project(call)
    return await _values(call, call.query.query, (project.id,), call.query.per_page)


async def _values(call: AnyCall, part: str, projects: tuple[int, ...], limit: int) -> list[TagKeyValue]:
    key = call.place("key")
    found = await call.ask(value_counts, key, part.strip("*"), projects, limit)
    return [
        {"key": key, "name": one.value, "value": one.value, "count": one.n or None, "isExact": one.exact}
        for one in found
    ]


@dataclass(frozen=True, slots=True)
class ValidateQuery(AskedOf):
    """A question that is only checked."""

    orderby: Annotated[tuple[str, ...], Help("As `sort`.")] = ()


@operation("GET", "/organizations/{org}/events/validate/", scopes=READ)
async def validate_events(call: Call[ValidateQuery, None]) -> Validation:
    """Whether a question to `/events/` can be answered, part by part; nothing is looked for"""
    find_organization(call)
    asked = call.query
    orders = [name.removeprefix("-") for name in (*asked.orderby, *asked.sort)]
    fault: str | None = None
    try:
        question = await question_of(call, asked)
    except ApiError as error:
        fault, checked = error.detail, Checked({}, None)
    else:
        sources = sources_of(call.context.workspace)
        checked = await call.ask(check, sources, question, (*asked.field, *orders), now())
    fields = [_validity(name, checked) for name in asked.field if name in checked.fields]
    sorts = [_validity(name, checked) for name in orders if name in checked.fields]
    wrong = str(checked.query) if checked.query else None
    return {
        "valid": fault is None and wrong is None and all(one["valid"] for one in (*fields, *sorts)),
        "projects": [],
        "dataset": [{"name": asked.dataset, "valid": fault is None, "error": fault}],
        "environment": [],
        "field": fields,
        "query": {"valid": wrong is None, "error": wrong, "fields": []},
        "orderby": sorts,
    }


def _validity(name: str, checked: Checked) -> FieldValidity:
    found = checked.fields[name]
    if isinstance(found, QueryError):
        return {"name": name, "valid": False, "error": str(found), "attrType": None}
    kind = "number" if found.is_numeric else "boolean" if found is Kind.BOOLEAN else "string"
    return {"name": name, "valid": True, "error": None, "attrType": kind}


OPERATIONS = (list_events, count_events, validate_events, list_tags, list_values, list_project_values)
