"""Session replays: pages of them, one by id, its segments, and what they are linked with."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Select, func, select, tuple_

from vedette.domain.json import JsonObject
from vedette.domain.times import Micros
from vedette.store.queries.replay_search import replay_conditions
from vedette.store.queries.terms import slug_of, value_of
from vedette.store.schema import event, replay, replay_error, replay_segment, replay_trace, term

MOST_LINKED = 1_000

Key = tuple[int, int]
"""Where a page ended: the sort value of its last replay and its row id."""


class ReplaySort(Enum):
    """What a list can be ordered by; the value is the column's name, which has an index."""

    STARTED = "started"
    FINISHED = "finished"
    DURATION = "duration"
    ERRORS = "errors"
    DEAD_CLICKS = "dead_clicks"
    RAGE_CLICKS = "rage_clicks"
    ACTIVITY = "activity"


@dataclass(frozen=True, slots=True)
class ReplayFilter:
    """Which replays; what is empty or None does not matter. *query* is Sentry's search language."""

    projects: tuple[int, ...] = ()
    environments: tuple[str, ...] = ()
    since: Micros | None = None
    until: Micros | None = None
    query: str = ""
    archived: bool = False


@dataclass(frozen=True, slots=True)
class ReplayRow:
    id: int
    replay_id: str  # 32 hex
    project: int
    project_slug: str
    run: int
    type: str
    started: Micros
    finished: Micros
    duration: int  # microseconds
    segments: int
    size: int
    errors: int
    traces: int
    clicks: int
    dead_clicks: int
    rage_clicks: int
    console_errors: int
    requests: int
    failed_requests: int
    pages: int
    activity: int
    urls: tuple[str, ...]
    names: tuple[str, ...]
    environment: str | None
    releases: tuple[str, ...]
    user: str | None  # identity string
    dist: str
    platform: str
    about: JsonObject  # user, sdk, os, browser, device
    tags: tuple[tuple[str, str], ...]
    first_segment: int
    video: bool
    viewed: bool
    archived: bool

    def key(self, sort: ReplaySort) -> Key:
        """What the next page begins after, if this is a page's last replay."""
        return int(getattr(self, sort.value)), self.id


@dataclass(frozen=True, slots=True)
class SegmentRow:
    id: int
    replay: int
    n: int
    started: Micros
    finished: Micros
    shift: int
    size: int
    events: int
    is_read: bool
    request: int
    event_item: int
    recording_item: int
    video: tuple[int, int] | None  # where the MP4 lies in the recording's item
    received: Micros


def page_replays(
    db: Connection,
    which: ReplayFilter = ReplayFilter(),
    *,
    sort: ReplaySort = ReplaySort.STARTED,
    descending: bool = True,
    after: Key | None = None,
    limit: int = 50,
) -> list[ReplayRow]:
    """Return up to *limit* replays after *after*; fewer than *limit* means the end.

    Raises QueryError for a search nobody can understand. Index: replay_by_… of the sort.
    """
    column = replay.c[sort.value]
    conditions: list[ColumnElement[bool]] = [replay.c.archived == int(which.archived)]
    if which.projects:
        conditions.append(replay.c.project.in_(which.projects))
    if which.environments:
        conditions.append(replay.c.env_term.in_(_terms("environment", which.environments)))
    if which.since is not None:
        conditions.append(replay.c.finished >= which.since)
    if which.until is not None:
        conditions.append(replay.c.started <= which.until)
    conditions.extend(replay_conditions(which.query))
    order = (column.desc(), replay.c.id.desc()) if descending else (column, replay.c.id)
    if after is not None:
        place = tuple_(column, replay.c.id)
        conditions.append(place < tuple_(*after) if descending else place > tuple_(*after))
    rows = db.execute(_SELECT.where(*conditions).order_by(*order).limit(limit))
    return [_replay_row(row) for row in rows]


def _terms(key: str, values: Sequence[str]) -> Select[Any]:
    return select(term.c.id).where(term.c.key == key, term.c.value.in_(values))


def find_replay(db: Connection, replay_id: bytes, project_id: int | None = None) -> ReplayRow | None:
    """Return the replay with *replay_id* (16 bytes), in any project the first. Index: replay_of_id."""
    statement = _SELECT.where(replay.c.replay_id == replay_id).order_by(replay.c.project).limit(1)
    if project_id is not None:
        statement = statement.where(replay.c.project == project_id)
    row = db.execute(statement).first()
    return None if row is None else _replay_row(row)


def replay_segments(
    db: Connection, replay_row: int, after: int | None = None, limit: int = 100
) -> list[SegmentRow]:
    """Return up to *limit* segments with a number above *after*, in order. Index: replay_segment_of."""
    statement = select(replay_segment).where(replay_segment.c.replay == replay_row)
    if after is not None:
        statement = statement.where(replay_segment.c.n > after)
    rows = db.execute(statement.order_by(replay_segment.c.n).limit(limit))
    return [_segment_row(row) for row in rows]


def get_segment(db: Connection, replay_row: int, n: int) -> SegmentRow | None:
    """Return segment *n* of a replay. Index: replay_segment_of."""
    row = db.execute(
        select(replay_segment).where(replay_segment.c.replay == replay_row, replay_segment.c.n == n)
    ).first()
    return None if row is None else _segment_row(row)


def replay_errors(db: Connection, replay_row: int) -> list[tuple[str, int | None]]:
    """Return the ids of the events in a replay, first come first, with their level; None: not here.

    At most MOST_LINKED. Index: replay_error_of, event_eid.
    """
    level = (
        select(event.c.level)
        .where(event.c.eid == replay_error.c.eid)
        .limit(1)  # of whichever project: the service that a page called has its own
        .correlate(replay_error)
        .scalar_subquery()
    )
    rows = db.execute(
        select(replay_error.c.id, replay_error.c.eid, level)
        .where(replay_error.c.replay == replay_row)
        .limit(MOST_LINKED)
    )
    return [(eid.hex(), number) for _, eid, number in sorted(map(tuple, rows))]


def replay_traces(db: Connection, replay_row: int) -> list[str]:
    """Return the ids of the traces in a replay, at most MOST_LINKED. Index: replay_trace_of."""
    rows = db.execute(
        select(replay_trace.c.trace).where(replay_trace.c.replay == replay_row).limit(MOST_LINKED)
    )
    return [trace.hex() for (trace,) in rows]


def replays_of_event(db: Connection, event_id: bytes, limit: int = 10) -> list[ReplayRow]:
    """Return the replays in which an event happened, newest first. Index: replay_error_eid."""
    linked = select(replay_error.c.replay).where(replay_error.c.eid == event_id)
    return _linked(db, linked, limit)


def replays_of_trace(db: Connection, trace_id: bytes, limit: int = 10) -> list[ReplayRow]:
    """Return the replays in which a trace ran, newest first. Index: replay_trace_trace."""
    linked = select(replay_trace.c.replay).where(replay_trace.c.trace == trace_id)
    return _linked(db, linked, limit)


def _linked(db: Connection, linked: Select[Any], limit: int) -> list[ReplayRow]:
    found = db.execute(_SELECT.where(replay.c.id.in_(linked)).limit(MOST_LINKED))
    # Sorted here: the few that are linked, not the index of all.
    rows = sorted(map(_replay_row, found), key=lambda row: (row.started, row.id), reverse=True)
    return rows[:limit]


def issue_replays(db: Connection, issue: int, limit: int = MOST_LINKED) -> list[str]:
    """Return the ids of the replays in which events of an issue happened, at most *limit*.

    Walks the links, of which there are fewer than events. Index: replay_error_of, event_eid.
    """
    rows = db.execute(
        select(replay.c.replay_id)
        .where(
            replay.c.id.in_(
                select(replay_error.c.replay).where(
                    select(event.c.id)
                    # Added to, so that nobody walks all events of the issue for each link.
                    .where(event.c.eid == replay_error.c.eid, event.c.issue + 0 == issue)
                    .exists()
                )
            ),
            replay.c.archived == 0,
        )
        .limit(limit)
    )
    return [replay_id.hex() for (replay_id,) in rows]


def count_replays(db: Connection, project_id: int | None = None) -> int:
    """Return how many replays there are. Index: replay_of_project."""
    statement = select(func.count()).select_from(replay)
    if project_id is not None:
        statement = statement.where(replay.c.project == project_id)
    return int(db.execute(statement).scalar_one())


_SELECT: Select[Any] = select(
    replay,
    slug_of(replay.c.project),
    value_of(replay.c.env_term, "environment"),
    value_of(replay.c.user_term, "user"),
)


def _replay_row(row: Any) -> ReplayRow:
    return ReplayRow(
        id=row.id,
        replay_id=row.replay_id.hex(),
        project=row.project,
        project_slug=row.slug or "",
        run=row.run,
        type=row.type,
        started=row.started,
        finished=row.finished,
        duration=row.duration,
        segments=row.segments,
        size=row.size,
        errors=row.errors,
        traces=row.traces,
        clicks=row.clicks,
        dead_clicks=row.dead_clicks,
        rage_clicks=row.rage_clicks,
        console_errors=row.console_errors,
        requests=row.requests,
        failed_requests=row.failed_requests,
        pages=row.pages,
        activity=row.activity,
        urls=tuple(url for _, url in orjson.loads(row.urls)),
        names=tuple(name for _, name in orjson.loads(row.names)),
        environment=row.environment,
        releases=tuple(orjson.loads(row.releases)),
        user=row.user,
        dist=row.dist,
        platform=row.platform,
        about=orjson.loads(row.about),
        tags=tuple((key, value) for key, value in orjson.loads(row.tags)),
        first_segment=row.first_segment,
        video=bool(row.video),
        viewed=bool(row.viewed),
        archived=bool(row.archived),
    )


def _segment_row(row: Any) -> SegmentRow:
    return SegmentRow(
        id=row.id,
        replay=row.replay,
        n=row.n,
        started=row.started,
        finished=row.finished,
        shift=row.shift,
        size=row.size,
        events=row.events,
        is_read=bool(row.is_read),
        request=row.request,
        event_item=row.event_item,
        recording_item=row.recording_item,
        video=None if row.video_start is None else (row.video_start, row.video_length),
        received=row.received,
    )
