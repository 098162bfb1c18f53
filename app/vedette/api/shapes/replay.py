"""Session replays in Sentry's shapes; members Sentry has not stand at the end."""

from typing import NotRequired, TypedDict

from vedette.domain.json import JsonObject
from vedette.domain.levels import Level
from vedette.domain.replays import ReplayFrame
from vedette.domain.times import SECOND, to_iso
from vedette.store.queries.replays import ReplayRow, SegmentRow


class Geo(TypedDict):
    city: str | None
    country_code: str | None
    region: str | None
    subdivision: str | None


class ReplayUser(TypedDict):
    id: str | None
    username: str | None
    email: str | None
    ip: str | None
    display_name: str | None
    geo: Geo


class NameAndVersion(TypedDict):
    name: str | None
    version: str | None


class ReplayDevice(TypedDict):
    name: str | None
    brand: str | None
    model: str | None
    family: str | None


class OtaUpdates(TypedDict):
    """Of Expo; not read."""

    channel: str | None
    runtime_version: str | None
    update_id: str | None


class Replay(TypedDict):
    """A replay. Times are ISO dates, `duration` whole seconds. From `count_traces` on: Vedette's members."""

    id: str
    project_id: str
    trace_ids: list[str]
    error_ids: list[str]
    environment: str | None
    tags: dict[str, list[str]]
    user: ReplayUser
    sdk: NameAndVersion
    os: NameAndVersion
    browser: NameAndVersion
    device: ReplayDevice
    ota_updates: OtaUpdates
    is_archived: bool
    urls: list[str]
    segment_names: list[str]
    clicks: list[JsonObject]
    count_dead_clicks: int
    count_rage_clicks: int
    count_errors: int
    duration: int
    finished_at: str
    started_at: str
    activity: int
    count_urls: int
    replay_type: str
    count_segments: int
    platform: str | None
    releases: list[str]
    dist: str | None
    count_warnings: int
    count_infos: int
    has_viewed: bool
    count_traces: int
    count_clicks: int
    count_console_errors: int
    count_requests: int
    count_failed_requests: int
    is_video: bool
    is_complete: bool
    size: int
    project_slug: str
    run: int


class ReplayData(TypedDict):
    data: Replay


class ReplayList(TypedDict):
    data: list[Replay]


class SegmentShape(TypedDict):
    """A segment. From `startedAt` on: Vedette's members; `size` is bytes, decoded."""

    replayId: str
    segmentId: int
    projectId: str
    dateAdded: str | None
    startedAt: NotRequired[str]
    finishedAt: NotRequired[str]
    size: NotRequired[int]
    events: NotRequired[int]
    isRead: NotRequired[bool]
    hasVideo: NotRequired[bool]


class SegmentData(TypedDict):
    data: SegmentShape


class SegmentList(TypedDict):
    data: list[SegmentShape]


class Click(TypedDict):
    node_id: int
    timestamp: str


class ClickList(TypedDict):
    data: list[Click]


class Frame(TypedDict):
    """A moment of a recording: a breadcrumb, or a span, which has an `endTimestamp`."""

    type: str
    category: str
    message: str
    level: str | None
    timestamp: str
    endTimestamp: str | None
    offsetMs: float
    segmentId: int
    data: JsonObject


class FrameList(TypedDict):
    """Moments in order; `unread` are the segments too large to be looked into, or no longer kept."""

    data: list[Frame]
    unread: list[int]


def replay_shape(row: ReplayRow, errors: list[tuple[str, int | None]], traces: list[str]) -> Replay:
    """Return the shape of *row* with its *errors* (id, level's number if it is here) and *traces*."""
    levels = [Level.ERROR.number if level is None else level for _, level in errors]
    tags: dict[str, list[str]] = {}
    for key, value in row.tags:
        tags.setdefault(key, []).append(value)
    return {
        "id": row.replay_id,
        "project_id": str(row.project),
        "trace_ids": traces,
        "error_ids": [event_id for event_id, _ in errors],
        "environment": row.environment,
        "tags": tags,
        "user": _user(row.about.get("user") or {}),
        "sdk": _named(row.about.get("sdk")),
        "os": _named(row.about.get("os")),
        "browser": _named(row.about.get("browser")),
        "device": _device(row.about.get("device")),
        "ota_updates": {"channel": None, "runtime_version": None, "update_id": None},
        "is_archived": row.archived,
        "urls": list(row.urls),
        "segment_names": list(row.names),
        "clicks": [],
        "count_dead_clicks": row.dead_clicks,
        "count_rage_clicks": row.rage_clicks,
        "count_errors": sum(1 for level in levels if level >= Level.ERROR.number),
        "duration": row.duration // SECOND,
        "finished_at": to_iso(row.finished),
        "started_at": to_iso(row.started),
        "activity": row.activity,
        "count_urls": row.pages,
        "replay_type": row.type,
        "count_segments": row.segments,
        "platform": row.platform or None,
        "releases": list(row.releases),
        "dist": row.dist or None,
        "count_warnings": levels.count(Level.WARNING.number),
        "count_infos": sum(1 for level in levels if level < Level.WARNING.number),
        "has_viewed": row.viewed,
        "count_traces": row.traces,
        "count_clicks": row.clicks,
        "count_console_errors": row.console_errors,
        "count_requests": row.requests,
        "count_failed_requests": row.failed_requests,
        "is_video": row.video,
        "is_complete": row.first_segment == 0,
        "size": row.size,
        "project_slug": row.project_slug,
        "run": row.run,
    }


def _user(user: JsonObject) -> ReplayUser:
    names = [user.get(name) or None for name in ("username", "email", "id", "ip")]
    return {
        "id": user.get("id") or None,
        "username": user.get("username") or None,
        "email": user.get("email") or None,
        "ip": user.get("ip") or None,
        "display_name": next((name for name in names if name), None),
        "geo": {"city": None, "country_code": None, "region": None, "subdivision": None},
    }


def _named(pair: list[str] | None) -> NameAndVersion:
    name, version = pair or ("", "")
    return {"name": name or None, "version": version or None}


def _device(values: list[str] | None) -> ReplayDevice:
    name, brand, model, family = values or ("", "", "", "")
    return {"name": name or None, "brand": brand or None, "model": model or None, "family": family or None}


def segment_shape(row: SegmentRow, replay: ReplayRow) -> SegmentShape:
    return {
        "replayId": replay.replay_id,
        "segmentId": row.n,
        "projectId": str(replay.project),
        "dateAdded": to_iso(row.received),
        "startedAt": to_iso(row.started),
        "finishedAt": to_iso(row.finished),
        "size": row.size,
        "events": row.events,
        "isRead": row.is_read,
        "hasVideo": row.video is not None,
    }


def frame_shape(frame: ReplayFrame, segment: SegmentRow, began: int) -> Frame:
    """Return the shape of *frame*; *began* is when the replay did, from which offsets count."""
    at = frame.at + segment.shift
    return {
        "type": frame.kind.value,
        "category": frame.category,
        "message": frame.message,
        "level": frame.level or None,
        "timestamp": to_iso(at),
        "endTimestamp": None if frame.end is None else to_iso(frame.end + segment.shift),
        "offsetMs": (at - began) / 1_000,
        "segmentId": segment.n,
        "data": frame.data,
    }
