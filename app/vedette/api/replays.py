"""Session replays: lists, one with its segments, recordings and moments, and what belongs to an issue."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, cast

from aiohttp import web

from vedette.api import recordings
from vedette.api.access import EVENT_READ, ORG_READ, PROJECT_READ, PROJECT_WRITE
from vedette.api.downloads import Raw, RawQuery, send_pieces, send_stored, wants_raw, write_pieces
from vedette.api.errors import ApiError, not_found
from vedette.api.finding import AnyCall, event_id_of, find_organization, find_project, read_event_id
from vedette.api.limits import DEFAULT_ROWS, PAGE_ROWS
from vedette.api.outgoing import rules_of
from vedette.api.paging import Page, cut, link_header, read_cursor
from vedette.api.parameters import NoParameters
from vedette.api.period import read_range
from vedette.api.readers import Db
from vedette.api.routing import Call, operation
from vedette.api.schema import Between, Help
from vedette.api.searching import RangeQuery, chosen_projects, query_refused
from vedette.api.serving import answer_json
from vedette.api.shapes.attachment import download_headers
from vedette.api.shapes.replay import (
    Click,
    ClickList,
    Frame,
    FrameList,
    Replay,
    ReplayData,
    ReplayList,
    SegmentData,
    SegmentList,
    frame_shape,
    replay_shape,
    segment_shape,
)
from vedette.domain.replays import FrameKind
from vedette.domain.times import now, to_iso
from vedette.domain.workspace import Workspace
from vedette.processing.exporting import export_replay
from vedette.processing.rules import ProjectRules
from vedette.store.queries import issues, replays
from vedette.store.queries.payloads import PayloadGoneError
from vedette.store.queries.replays import ReplayFilter, ReplayRow, ReplaySort, SegmentRow
from vedette.store.search import QueryError

SEGMENTS_A_PAGE = 20
"""Segments whose recordings are read for one page of moments."""

_SORTS = {
    "started_at": ReplaySort.STARTED,
    "finished_at": ReplaySort.FINISHED,
    "duration": ReplaySort.DURATION,
    "count_errors": ReplaySort.ERRORS,
    "count_dead_clicks": ReplaySort.DEAD_CLICKS,
    "count_rage_clicks": ReplaySort.RAGE_CLICKS,
    "activity": ReplaySort.ACTIVITY,
}


@dataclass(frozen=True, slots=True)
class ReplayQuery(RangeQuery):
    query: Annotated[
        str,
        Help("`environment:qa count_errors:>0 url:*cart* user.email:a@b.c`; words look at URLs and users."),
    ] = ""
    sort: Annotated[str, Help(f"One of {', '.join(_SORTS)}; with `-` the largest first.")] = "-started_at"
    project: Annotated[tuple[str, ...], Help("Ids or slugs; -1 is all.")] = ()
    per_page: Annotated[int, Between(1, PAGE_ROWS)] = DEFAULT_ROWS
    archived: Annotated[bool, Help("Those that were deleted.")] = False
    raw: Raw = False


@dataclass(frozen=True, slots=True)
class SegmentQuery:
    download: Annotated[
        str | None, Help("Present: the recordings themselves, a list of rrweb events for each.")
    ] = None
    per_page: Annotated[int, Between(1, PAGE_ROWS)] = PAGE_ROWS
    cursor: Annotated[str, Help("From the `Link` header of the page before.")] = ""
    raw: Raw = False


@dataclass(frozen=True, slots=True)
class MomentQuery:
    type: Annotated[tuple[str, ...], Help("Only these: " + ", ".join(FrameKind) + ".")] = ()
    per_page: Annotated[int, Between(1, SEGMENTS_A_PAGE), Help("Segments in a page.")] = SEGMENTS_A_PAGE
    cursor: Annotated[str, Help("From the `Link` header of the page before.")] = ""
    raw: Raw = False


@dataclass(frozen=True, slots=True)
class CountQuery:
    query: Annotated[str, Help("`issue.id:[1,2]` or `replay_id:[…]`.")] = ""
    data_source: Annotated[
        Literal["discover", "events", "search_issues", "spans", "transactions"], Help("Taken and not needed.")
    ] = "events"
    returnIds: Annotated[bool, Help("The replays' ids instead of their numbers.")] = False


@operation("GET", "/organizations/{org}/replays/", scopes=(*ORG_READ, *EVENT_READ), shape=ReplayList)
async def list_replays(call: Call[ReplayQuery, None]) -> web.Response:
    """Replays, the last begun first; of time and numbers a page goes on where the one before ended"""
    find_organization(call)
    query = call.query
    name = query.sort.removeprefix("-")
    if name not in _SORTS:
        raise ApiError(400, f"Invalid sort: it can be {', '.join(_SORTS)}, with a minus or without.")
    span = read_range(query.statsPeriod, query.start, query.end, now())
    which = ReplayFilter(
        projects=await chosen_projects(call, query.project),
        environments=query.environment,
        since=span.since,
        until=span.until,
        query=query.query,
        archived=query.archived,
    )
    sort, after = _SORTS[name], read_cursor(query.cursor, 2)
    try:
        rows = await call.ask(
            replays.page_replays,
            which,
            sort=sort,
            descending=query.sort.startswith("-"),
            after=None if after is None else (after[0], after[1]),
            limit=query.per_page + 1,
        )
    except QueryError as error:
        raise query_refused(error) from error
    shown, more = cut(rows, query.per_page)
    shapes = await call.ask(_shapes, shown, raw=wants_raw(call))
    return _answer(call, Page(shapes, shown[-1].key(sort) if more else None))


def _shapes(db: Db, rows: list[ReplayRow], *, raw: bool) -> list[Replay]:
    linked = ((row, replays.replay_errors(db, row.id), replays.replay_traces(db, row.id)) for row in rows)
    shapes = [replay_shape(row, errors, traces) for row, errors, traces in linked]
    if raw:
        return shapes
    return [_outgoing(db, row, shape) for row, shape in zip(rows, shapes, strict=True)]


def _outgoing(db: Db, row: ReplayRow, shape: Replay) -> Replay:
    return cast("Replay", export_replay(dict(shape), rules_of(db, row.project)))


def _answer(call: AnyCall, page: Page[Any], **more: Any) -> web.Response:
    """Return *page* below ``data``, as Sentry's lists of replays are."""
    headers = {"Link": link_header(call.request.url, page)}
    return answer_json({"data": page.rows, **more}, headers=headers)


@operation("GET", "/organizations/{org}/replays/{replay}/", scopes=(*ORG_READ, *EVENT_READ))
async def show_replay(call: Call[RawQuery, None]) -> ReplayData:
    """One replay, summed up from the segments that have come"""
    find_organization(call)
    return await _show(call, await _find(call, None))


@operation("GET", "/projects/{org}/{project}/replays/{replay}/", scopes=(*PROJECT_READ, *EVENT_READ))
async def show_project_replay(call: Call[RawQuery, None]) -> ReplayData:
    """One replay of the project"""
    return await _show(call, await _find_in_project(call))


async def _show(call: AnyCall, row: ReplayRow) -> ReplayData:
    return {"data": (await call.ask(_shapes, [row], raw=wants_raw(call)))[0]}


async def _find(call: AnyCall, project: int | None) -> ReplayRow:
    row = await call.ask(replays.find_replay, event_id_of(call, "replay"), project)
    if row is None:
        raise not_found()
    return row


async def _find_in_project(call: AnyCall) -> ReplayRow:
    project = await find_project(call)
    return await _find(call, project.id)


@operation("DELETE", "/projects/{org}/{project}/replays/{replay}/", scopes=PROJECT_WRITE, status=204)
async def delete_replay(call: Call[NoParameters, None]) -> None:
    """Take a replay out of the lists; its bytes go when retention removes them"""
    row = await _find_in_project(call)
    await call.context.call("replay.update", {"id": row.id, "archived": True})


@operation(
    "POST", "/projects/{org}/{project}/replays/{replay}/viewed-by/", scopes=(*PROJECT_READ, *EVENT_READ),
    status=204,
)  # fmt: skip
async def view_replay(call: Call[NoParameters, None]) -> None:
    """Note that the replay was watched"""
    row = await _find_in_project(call)
    if not row.viewed:
        await call.context.call("replay.update", {"id": row.id, "viewed": True})


@operation(
    "GET",
    "/projects/{org}/{project}/replays/{replay}/recording-segments/",
    scopes=(*PROJECT_READ, *EVENT_READ),
    shape=SegmentList,
)
async def list_segments(call: Call[SegmentQuery, None]) -> web.StreamResponse:
    """A replay's segments in order; with `download` their recordings, a list of lists of rrweb events"""
    row = await _find_in_project(call)
    page = await _segment_page(call, row, call.query.per_page)
    if call.query.download is None:
        return _answer(call, Page([segment_shape(segment, row) for segment in page.rows], page.after))
    rules = await _rules(call, row)
    response = web.StreamResponse(
        headers={"Content-Type": "application/json", "Link": link_header(call.request.url, page)}
    )
    await response.prepare(call.request)
    await response.write(b"[")
    # One recording at a time: together they may be a gigabyte.
    for n, segment in enumerate(page.rows):
        pieces = await call.ask(_pieces_or_none, call.context.workspace, segment, rules)
        await response.write(b"," if n else b"")
        if not await write_pieces(call.request, response, pieces):
            return response
    await response.write(b"]")
    await response.write_eof()
    return response


async def _rules(call: AnyCall, row: ReplayRow) -> ProjectRules | None:
    """Return the rules by which the recordings of *row* may leave, None if they are wanted as they came."""
    return None if wants_raw(call) else await call.ask(rules_of, row.project)


def _pieces_or_none(
    db: Db, workspace: Workspace, segment: SegmentRow, rules: ProjectRules | None
) -> Iterator[bytes]:
    """Return a recording; an empty one for what is no longer kept."""
    try:
        return recordings.recording_pieces(db, workspace, segment, rules)
    except PayloadGoneError:
        return iter((b"[]",))


async def _segment_page(call: AnyCall, row: ReplayRow, limit: int) -> Page[SegmentRow]:
    after = read_cursor(call.query.cursor, 1)
    # Segment 0 is a key like any other, so the cursor counts from one.
    place = after[0] - 1 if after and after[0] else None
    rows = await call.ask(replays.replay_segments, row.id, place, limit + 1)
    shown, more = cut(rows, limit)
    return Page(shown, (shown[-1].n + 1,) if more else None)


@operation(
    "GET",
    "/projects/{org}/{project}/replays/{replay}/recording-segments/{segment}/",
    scopes=(*PROJECT_READ, *EVENT_READ),
    shape=SegmentData,
)
async def show_segment(call: Call[SegmentQuery, None]) -> SegmentData | web.StreamResponse:
    """One segment; with `download` its recording, a list of rrweb events"""
    row = await _find_in_project(call)
    segment = await _find_segment(call, row)
    if call.query.download is None:
        return {"data": segment_shape(segment, row)}
    rules = await _rules(call, row)
    pieces = await call.ask(_pieces_or_none, call.context.workspace, segment, rules)
    return await send_pieces(call.request, pieces, {"Content-Type": "application/json"})


async def _find_segment(call: AnyCall, row: ReplayRow) -> SegmentRow:
    text = call.place("segment")
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise not_found()
    segment = await call.ask(replays.get_segment, row.id, int(text))
    if segment is None:
        raise not_found()
    return segment


@operation(
    "GET",
    "/projects/{org}/{project}/replays/{replay}/videos/{segment}/",
    scopes=(*PROJECT_READ, *EVENT_READ),
    content_type="video/mp4",
    shape=web.StreamResponse,
)
async def show_video(call: Call[NoParameters, None]) -> web.StreamResponse:
    """The video of a segment that a phone recorded"""
    row = await _find_in_project(call)
    segment = await _find_segment(call, row)
    try:
        video = await call.ask(recordings.segment_video, call.context.workspace, segment)
    except PayloadGoneError as error:
        raise not_found(str(error)) from error
    if video is None:
        raise not_found()
    headers = download_headers(f"{row.replay_id}-{segment.n}.mp4", "video/mp4")
    return await send_stored(call.request, video, headers)


@operation(
    "GET",
    "/projects/{org}/{project}/replays/{replay}/breadcrumbs/",
    scopes=(*PROJECT_READ, *EVENT_READ),
    shape=FrameList,
)
async def list_moments(call: Call[MomentQuery, None]) -> web.Response:
    """What a replay's recordings say, in order: clicks, navigation, console, requests, vitals, and the rest

    A page is some segments' worth. Sentry has no such operation.
    """
    row = await _find_in_project(call)
    page = await _segment_page(call, row, call.query.per_page)
    wanted = set(call.query.type)
    if unknown := wanted - set(FrameKind):
        raise ApiError(400, f"Invalid type: {', '.join(sorted(unknown))[:100]}.")
    rules = await _rules(call, row)
    found: list[Frame] = []
    unread: list[int] = []
    for segment in page.rows:
        frames = await call.ask(recordings.segment_frames, call.context.workspace, segment, rules)
        if frames is None:
            unread.append(segment.n)
            continue
        shapes = (frame_shape(frame, segment, row.started) for frame in frames)
        found.extend(shape for shape in shapes if not wanted or shape["type"] in wanted)
    found.sort(key=lambda shape: shape["timestamp"])
    return _answer(call, Page(found, page.after), unread=unread)


@operation(
    "GET",
    "/projects/{org}/{project}/replays/{replay}/clicks/",
    scopes=(*PROJECT_READ, *EVENT_READ),
    shape=ClickList,
)
async def list_clicks(call: Call[MomentQuery, None]) -> web.Response:
    """The clicks of a replay with the nodes they met; a page is some segments' worth"""
    row = await _find_in_project(call)
    page = await _segment_page(call, row, call.query.per_page)
    clicks: list[Click] = []
    for segment in page.rows:
        for frame in await call.ask(recordings.segment_frames, call.context.workspace, segment) or ():
            node = frame.data.get("nodeId")
            if frame.kind is FrameKind.CLICK and frame.category == "ui.click" and type(node) is int:
                clicks.append({"node_id": node, "timestamp": to_iso(frame.at + segment.shift)})
    return _answer(call, Page(clicks, page.after))


_COUNTED = re.compile(r"(issue\.id|replay_id):(?:\[([^\]]*)\]|(\S+))")


@operation("GET", "/organizations/{org}/replay-count/", scopes=(*ORG_READ, *EVENT_READ))
async def count_replays(call: Call[CountQuery, None]) -> dict[str, Any]:
    """How many replays belong to each issue of `issue.id:[…]`; which of `replay_id:[…]` are here"""
    find_organization(call)
    match = _COUNTED.search(call.query.query)
    if match is None:
        raise ApiError(400, "Invalid query: it must name issue.id or replay_id.")
    names = [name.strip().strip('"') for name in (match[2] or match[3]).split(",") if name.strip()]
    if len(names) > PAGE_ROWS:
        raise ApiError(400, f"Too many values: at most {PAGE_ROWS} can be asked for at once.")
    found = await asyncio.gather(
        *(call.ask(_of_issue if match[1] == "issue.id" else _itself, name) for name in names)
    )
    counted = {name: ids for name, ids in zip(names, found, strict=True) if ids is not None}
    return {name: ids if call.query.returnIds else len(ids) for name, ids in counted.items()}


def _of_issue(db: Db, name: str) -> list[str] | None:
    if not re.fullmatch(r"[0-9]{1,18}", name) or issues.get_issue(db, int(name)) is None:
        return None
    return replays.issue_replays(db, int(name))


def _itself(db: Db, name: str) -> list[str] | None:
    ident = read_event_id(name)
    row = None if ident is None else replays.find_replay(db, ident)
    return None if row is None else [row.replay_id]


OPERATIONS = (
    list_replays,
    show_replay,
    show_project_replay,
    delete_replay,
    view_replay,
    list_segments,
    show_segment,
    show_video,
    list_moments,
    list_clicks,
    count_replays,
)
