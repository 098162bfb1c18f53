"""Profiles: one with its samples, a continuous profiler's chunks, and many added up to a flame graph."""

from dataclasses import dataclass
from typing import Annotated, Any, TypedDict

from vedette.api.access import EVENT_READ, ORG_READ, PROJECT_READ
from vedette.api.errors import ApiError, not_found
from vedette.api.finding import event_id_of, find_organization, find_project, read_event_id
from vedette.api.limits import DEFAULT_ROWS, PAGE_ROWS, TRACE_SECONDS
from vedette.api.paging import Page, cut, read_cursor
from vedette.api.parameters import NoParameters
from vedette.api.period import read_range
from vedette.api.readers import Db
from vedette.api.reading import arrival_of
from vedette.api.routing import Call, operation
from vedette.api.schema import Between, Help
from vedette.api.searching import RangeQuery, chosen_projects
from vedette.domain.json import JsonObject
from vedette.domain.outcomes import IngestError
from vedette.domain.profiles import SampleTable
from vedette.domain.times import now, to_iso
from vedette.domain.workspace import Workspace
from vedette.processing.flamegraph import add_up, join_tables
from vedette.processing.profiles import chunk_samples, profile_samples
from vedette.processing.samples import settle_frame
from vedette.store.queries import profiles
from vedette.store.queries.payloads import PayloadGoneError, read_item
from vedette.store.queries.profiles import ChunkRow, ProfileRow

MOST_CHUNKS = 100
MOST_PROFILES = 100


@dataclass(frozen=True, slots=True)
class ChunkQuery:
    profiler_id: Annotated[str, Help("32 hex digits.")] = ""
    project: Annotated[tuple[str, ...], Help("Taken and not needed: a profiler's id is unique.")] = ()
    statsPeriod: Annotated[str | None, Help("`24h`, `30m`; all time without it.")] = None
    start: Annotated[str | None, Help("ISO date, UTC.")] = None
    end: Annotated[str | None, Help("ISO date, UTC.")] = None


@dataclass(frozen=True, slots=True)
class FlamegraphQuery(RangeQuery):
    project: Annotated[tuple[str, ...], Help("Ids or slugs; -1 is all.")] = ()
    query: Annotated[str, Help('`transaction:"GET /cart"`: only profiles of this transaction.')] = ""
    dataSource: Annotated[str, Help("Taken and not needed.")] = ""


@operation(
    "GET", "/projects/{org}/{project}/profiling/profiles/{profile}/", scopes=(*PROJECT_READ, *EVENT_READ)
)
async def show_profile(call: Call[NoParameters, None]) -> dict[str, Any]:
    """A profile with its samples, sorted, without idle ends; method traces of Android as samples too"""
    project = await find_project(call)
    row = await call.ask(profiles.find_profile, event_id_of(call, "profile"), project.id)
    if row is None:
        raise not_found()
    try:
        document, table = await call.context.readers.ask_within(
            TRACE_SECONDS, _profile, call.context.workspace, row
        )
    except PayloadGoneError as error:
        raise not_found(str(error)) from error
    return {**document, "profile": _samples(table, "elapsed_since_start_ns")}


@dataclass(frozen=True, slots=True)
class ProfilesQuery(RangeQuery):
    project: Annotated[tuple[str, ...], Help("Ids or slugs; -1 is all.")] = ()
    query: Annotated[str, Help('`transaction:"GET /cart"`: only profiles of this transaction.')] = ""
    per_page: Annotated[int, Between(1, PAGE_ROWS)] = DEFAULT_ROWS


class ProfileBrief(TypedDict):
    """A profile in a list. Times are ISO, durations milliseconds."""

    id: str
    profile_id: str
    project_id: int
    project_slug: str
    timestamp: str
    trace_duration_ms: float
    platform: str
    transaction_name: str
    transaction_id: str | None
    trace_id: str | None
    environment: str | None
    release: str | None
    format: str
    sample_count: int
    sdk: str


@operation("GET", "/organizations/{org}/profiling/profiles/", scopes=(*ORG_READ, *EVENT_READ))
async def list_profiles(call: Call[ProfilesQuery, None]) -> Page[ProfileBrief]:
    """Profiles of transactions, the last begun first"""
    find_organization(call)
    query = call.query
    span = read_range(query.statsPeriod, query.start, query.end, now())
    after = read_cursor(query.cursor, 2)
    found = await call.ask(
        profiles.page_profiles,
        projects=await chosen_projects(call, query.project),
        environments=query.environment,
        transaction=_transaction(query.query),
        since=span.since,
        until=span.until,
        after=None if after is None else (after[0], after[1]),
        limit=query.per_page + 1,
    )
    rows, more = cut(found, query.per_page)
    return Page([_brief(row) for row in rows], (rows[-1].started, rows[-1].id) if more else None)


def _brief(row: ProfileRow) -> ProfileBrief:
    return {
        "id": row.profile_id,
        "profile_id": row.profile_id,
        "project_id": row.project,
        "project_slug": row.project_slug,
        "timestamp": to_iso(row.started),
        "trace_duration_ms": row.duration / 1_000,
        "platform": row.platform,
        "transaction_name": row.transaction,
        "transaction_id": row.transaction_id,
        "trace_id": row.trace,
        "environment": row.environment,
        "release": row.release,
        "format": row.format,
        "sample_count": row.samples,
        "sdk": row.sdk,
    }


@operation("GET", "/organizations/{org}/profiling/chunks/", scopes=(*ORG_READ, *EVENT_READ))
async def list_chunks(call: Call[ChunkQuery, None]) -> dict[str, Any]:
    """What a continuous profiler sampled within a time, its chunks joined

    `chunks` are the ids of those joined, the first hundred; `skipped` of those that cannot be read here.
    """
    find_organization(call)
    query = call.query
    profiler_id = read_event_id(query.profiler_id)
    if profiler_id is None:
        raise ApiError(400, "Invalid profiler_id: it has 32 hexadecimal digits.")
    span = read_range(query.statsPeriod, query.start, query.end, now())
    rows = await call.ask(profiles.chunks_between, profiler_id, span.since, span.until, MOST_CHUNKS)
    if not rows:
        raise not_found()
    found: list[tuple[ChunkRow, JsonObject, SampleTable]] = []
    skipped: list[str] = []
    for row in rows:
        try:
            document, table = await call.context.readers.ask_within(
                TRACE_SECONDS, _chunk, call.context.workspace, row
            )
            found.append((row, document, table))
        except PayloadGoneError:
            skipped.append(row.chunk_id)
    until = None if span.until is None else span.until * 1_000
    joined = join_tables([table for _, _, table in found], (span.since or 0) * 1_000, until)
    first = found[0][1] if found else {}
    chunk = {**first, "profiler_id": query.profiler_id, "profile": _samples(joined, "timestamp")}
    return {"chunk": chunk, "chunks": [row.chunk_id for row, _, _ in found], "skipped": skipped}


@operation("GET", "/organizations/{org}/profiling/flamegraph/", scopes=(*ORG_READ, *EVENT_READ))
async def show_flamegraph(call: Call[FlamegraphQuery, None]) -> dict[str, Any]:
    """The newest hundred profiles added up, in speedscope's form"""
    find_organization(call)
    query = call.query
    span = read_range(query.statsPeriod, query.start, query.end, now())
    rows = await call.ask(
        profiles.page_profiles,
        projects=await chosen_projects(call, query.project),
        environments=query.environment,
        transaction=_transaction(query.query),
        since=span.since,
        until=span.until,
        limit=MOST_PROFILES,
    )
    return await call.context.readers.ask_within(TRACE_SECONDS, _add_up, call.context.workspace, rows)


def _transaction(query: str) -> str | None:
    text = query.strip()
    if not text:
        return None
    if not text.startswith("transaction:"):
        raise ApiError(400, "Invalid query: it can be transaction:NAME.")
    return text.removeprefix("transaction:").strip('"')


def _add_up(db: Db, workspace: Workspace, rows: list[ProfileRow]) -> JsonObject:
    tables = []
    for row in rows:
        try:
            tables.append((row.profile_id, _profile(db, workspace, row)[1]))
        except PayloadGoneError:
            continue
    return add_up(tables)


def _profile(db: Db, workspace: Workspace, row: ProfileRow) -> tuple[JsonObject, SampleTable]:
    """Return a profile's document and samples. Raises PayloadGoneError where they are not to be had."""
    try:
        return profile_samples(read_item(db, workspace, row.request, row.item).payload)
    except IngestError as error:
        raise PayloadGoneError(error.detail) from error


def _chunk(db: Db, workspace: Workspace, row: ChunkRow) -> tuple[JsonObject, SampleTable]:
    """Return a chunk's document and samples. Raises PayloadGoneError where they are not to be had."""
    item = read_item(db, workspace, row.request, row.item)
    try:
        return chunk_samples(item.payload, item.header.get("content_type"), arrival_of(item))
    except IngestError as error:
        raise PayloadGoneError(error.detail) from error


def _samples(table: SampleTable, time_name: str) -> JsonObject:
    rows = zip(table.at, table.stack, table.thread, strict=True)
    is_epoch = time_name == "timestamp"
    return {
        "samples": [
            {time_name: at / 1e9 if is_epoch else at, "stack_id": stack, "thread_id": thread}
            for at, stack, thread in rows
        ],
        "stacks": table.stacks,
        "frames": [settle_frame(frame) for frame in table.frames],
        "thread_metadata": {thread: {"name": name} for thread, name in table.names.items()},
    }


OPERATIONS = (show_profile, list_profiles, list_chunks, show_flamegraph)
