"""How values are spread: over tags of events, attributes of spans, and web vitals of pages."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal, TypedDict

from vedette.api.access import EVENT_READ, ORG_READ
from vedette.api.asking import AskedOf, question_of
from vedette.api.attributes import sources_of
from vedette.api.downloads import wants_raw
from vedette.api.errors import ApiError
from vedette.api.finding import AnyCall, find_organization
from vedette.api.limits import EXPLORE_SECONDS, LIST_SECONDS
from vedette.api.outgoing import outgoing_rows
from vedette.api.paging import Page
from vedette.api.readers import Db
from vedette.api.routing import Call, operation
from vedette.api.schema import AtMost, Between, Help
from vedette.api.searching import query_refused
from vedette.api.trace_items import sent_attributes
from vedette.domain.json import JsonObject
from vedette.domain.times import now
from vedette.domain.vitals import WebVital, bands
from vedette.store.explore.datasets import ERRORS
from vedette.store.explore.questions import MOST_FIELDS, Question, ask
from vedette.store.queries import terms
from vedette.store.queries.attributes import Sources
from vedette.store.search import QueryError

READ = (*EVENT_READ, *ORG_READ)
_MOST_FACETS = 20
_MOST_VALUES = 10
_MOST_BUCKETS = 75
_FIXED_FACETS = ("project", "environment", "release")


class FacetValue(TypedDict):
    """A value, and how many rows have it."""

    name: str
    value: str
    count: int


class Facet(TypedDict):
    """The most frequent values of one tag."""

    key: str
    topValues: list[FacetValue]


@operation("GET", "/organizations/{org}/events-facets/", scopes=READ)
async def list_facets(call: Call[AskedOf, None]) -> Page[Facet]:
    """The most frequent values of the tags that fitting events have, the commonest tags first"""
    find_organization(call)
    question = await question_of(call, call.query)
    keys = list(await call.ask(_facet_keys, question))
    sources = sources_of(call.context.workspace)
    found = []
    for key in keys[:_MOST_FACETS]:
        asked = replace(question, fields=(key, "count()"), sort=("-count()",), limit=_MOST_VALUES)
        rows = await _rows(call, sources, asked, EXPLORE_SECONDS / _MOST_FACETS)
        values = [_facet_value(key, row) for row in rows if row[key] not in (None, "")]
        if values:
            found.append(Facet(key=key, topValues=values))
    return Page(found, hits=len(found))


def _facet_keys(db: Db, question: Question) -> list[str]:
    """Return what a question's rows can be told apart by: of events also their commonest tags."""
    if question.dataset is not ERRORS:
        return [*_FIXED_FACETS, *(name for name in ("transaction.op", "transaction.status", "span.op")
                                  if name in question.dataset.fields)]  # fmt: skip
    totals = terms.tag_totals(db, question.projects)
    tags = sorted(totals, key=lambda key: (-totals[key], key))
    return list(dict.fromkeys((*_FIXED_FACETS, *tags)))


def _facet_value(key: str, row: JsonObject) -> FacetValue:
    value = str(row[key])
    return {"name": value, "value": value, "count": row["count()"]}


async def _rows(call: AnyCall, sources: Sources, question: Question, seconds: float) -> list[JsonObject]:
    """Return the rows that answer *question*, scrubbed unless they are asked for raw."""
    try:
        answer = await call.context.readers.ask_within(
            LIST_SECONDS, ask, sources, question, now(), seconds=seconds
        )
    except QueryError as error:
        raise query_refused(error) from error
    if wants_raw(call):
        return answer.rows
    return await call.ask(outgoing_rows, question, answer.rows)


# ---------------------------------------------------------------- attributes


@dataclass(frozen=True, slots=True)
class DistributionsQuery(AskedOf):
    """Whose attributes, and of how many rows."""

    statsType: Annotated[
        tuple[Literal["attributeDistributions"], ...], Help("What is asked for: there is one kind.")
    ] = ()
    itemType: Annotated[Literal["spans", "logs", "tracemetrics", "occurrences"], Help("Of what.")] = "spans"
    substringMatch: Annotated[str, Help("Only attributes with this in their name, in any case.")] = ""
    traceItemsLimit: Annotated[int, Between(1, 2_000), Help("Of how many of the newest rows.")] = 500


class Bucket(TypedDict):
    """A value of an attribute, and how many rows have it."""

    label: str
    value: float


class Distributions(TypedDict):
    """By attribute: its values, the most frequent first."""

    data: dict[str, list[Bucket]]


class AttributeDistributions(TypedDict):
    attributeDistributions: Distributions


class Stats(TypedDict):
    """Distributions of attributes."""

    data: list[AttributeDistributions]


@operation("GET", "/organizations/{org}/trace-items/stats/", scopes=READ)
async def show_distributions(call: Call[DistributionsQuery, None]) -> Stats:
    """How the values of attributes are spread over the newest rows that fit

    Of fields and attributes that are text, at most fifty.
    """
    find_organization(call)
    query = call.query
    if not query.statsType:
        raise ApiError(400, "", members={"statsType": ["This field is required."]})
    kind = "errors" if query.itemType == "occurrences" else query.itemType
    question = await question_of(call, replace(query, dataset=kind, field=("id",)))
    names = await call.ask(_text_names, call, question, kind)
    part = query.substringMatch.lower()
    wanted = tuple(name for name in names if part in name.lower())[: MOST_FIELDS - 2]
    if not wanted:
        return {"data": [{"attributeDistributions": {"data": {}}}]}
    asked = replace(question, fields=wanted, sort=("-timestamp",), limit=query.traceItemsLimit)
    rows = await _rows(call, sources_of(call.context.workspace), asked, EXPLORE_SECONDS)
    spread = {name: _buckets(name, rows) for name in wanted}
    return {
        "data": [{"attributeDistributions": {"data": {name: one for name, one in spread.items() if one}}}]
    }


_IDENTITIES = frozenset(("id", "trace", "span_id", "parent_span", "timestamp", "profile.id", "replayId"))


def _text_names(db: Db, call: AnyCall, question: Question, kind: str) -> list[str]:
    """Return the fields of text that rows of *kind* have, and the attributes or tags they are sent with."""
    own = {field.name: field for field in question.dataset.fields.values()}
    fixed = [
        name
        for name, field in own.items()
        if name not in _IDENTITIES and not name.endswith(".id") and field.kind.value == "string"
    ]
    if kind == "errors":
        return list(dict.fromkeys((*fixed, *terms.tag_totals(db, question.projects))))
    span = (question.since, question.until)
    sent = sent_attributes(db, call.context.workspace, kind, question.projects, *span)
    return [*fixed, *(one["key"] for one in sent if one["attributeType"] == "string")]


def _buckets(name: str, rows: Sequence[JsonObject]) -> list[Bucket]:
    counts = Counter(str(row[name]) for row in rows if row.get(name) not in (None, ""))
    return [{"label": label, "value": float(n)} for label, n in counts.most_common(_MOST_BUCKETS)]


# ---------------------------------------------------------------- web vitals


@dataclass(frozen=True, slots=True)
class VitalsQuery(AskedOf):
    """Which vitals of which pages."""

    vital: Annotated[tuple[str, ...], AtMost(6), Help("`measurements.lcp` and its like; repeated.")] = ()


class VitalFigures(TypedDict):
    """How often one vital was good, fair and poor; its 75th percentile, null where it was not measured."""

    good: int
    meh: int
    poor: int
    total: int
    p75: float | None


@operation("GET", "/organizations/{org}/events-vitals/", scopes=READ)
async def show_vitals(call: Call[VitalsQuery, None]) -> dict[str, VitalFigures]:
    """How good web vitals are, over the page loads that fit"""
    find_organization(call)
    names = call.query.vital or tuple(f"measurements.{vital.value}" for vital in WebVital)
    asked = replace(call.query, dataset="transactions", field=("count()",))
    question = await question_of(call, asked)
    figures = tuple(name for vital in names for name in _figures(vital))
    rows = await _rows(
        call, sources_of(call.context.workspace), replace(question, fields=figures, sort=()), EXPLORE_SECONDS
    )
    row = rows[0] if rows else {}
    return {vital: _vital(vital, row) for vital in names}


def _figures(vital: str) -> tuple[str, str, str, str]:
    """Return the functions by which *vital* is told. Raises ApiError 400 for what is no vital."""
    try:
        good, poor = bands(WebVital(vital.removeprefix("measurements.")))
    except ValueError:
        raise ApiError(400, f"Invalid vital: {vital[:80]!r} is none.") from None
    return (
        f"count_if({vital},lessOrEquals,{good:g})",
        f"count_if({vital},greater,{poor:g})",
        f"count({vital})",
        f"p75({vital})",
    )


def _vital(vital: str, row: JsonObject) -> VitalFigures:
    good, poor, total, p75 = (row.get(name) for name in _figures(vital))
    good, poor, total = good or 0, poor or 0, total or 0
    return {"good": good, "meh": total - good - poor, "poor": poor, "total": total, "p75": p75}


OPERATIONS = (list_facets, show_distributions, show_vitals)
