"""What a replay's recording shows: its events one by one, the moments that say something, and their sum.

JSON in, values out. Source of events, categories and ops: rrweb's event types, and the custom events of
getsentry/sentry-javascript and the mobile SDKs.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.replays import FrameKind, Recording, ReplayFrame
from vedette.domain.times import LATEST, SECOND, Micros
from vedette.processing.recorded_events import iter_events

LOOKED_INTO = 24 << 20
"""Decoded bytes; a larger recording is kept and not looked into: reading it would hold everything else up."""
MOST_URLS = 100
LONGEST_TEXT = 2_048

META, CUSTOM = 4, 5
DEAD_AFTER_MS = 7_000
RAGE_CLICKS = 5

_CLICKABLE = frozenset(("a", "button", "input"))
_MILLISECONDS_FROM = 1e11  # what is larger cannot be seconds
_KINDS = {
    "ui.click": FrameKind.CLICK,
    "ui.tap": FrameKind.CLICK,
    "ui.multiClick": FrameKind.CLICK,
    "ui.slowClickDetected": FrameKind.CLICK,
    "ui.input": FrameKind.INPUT,
    "ui.keyDown": FrameKind.INPUT,
    "navigation": FrameKind.NAVIGATION,
    "console": FrameKind.CONSOLE,
    "replay.mutations": FrameKind.MUTATIONS,
    "replay.hydrate-error": FrameKind.HYDRATION,
    "sentry.feedback": FrameKind.FEEDBACK,
    "paint": FrameKind.PAINT,
    "memory": FrameKind.MEMORY,
    "web-vital": FrameKind.WEB_VITAL,
    "largest-contentful-paint": FrameKind.WEB_VITAL,
    "cumulative-layout-shift": FrameKind.WEB_VITAL,
    "first-input-delay": FrameKind.WEB_VITAL,
    "interaction-to-next-paint": FrameKind.WEB_VITAL,
    "resource.fetch": FrameKind.NETWORK,
    "resource.xhr": FrameKind.NETWORK,
    "resource.http": FrameKind.NETWORK,
}
_FAMILIES = (("navigation.", FrameKind.NAVIGATION), ("resource.", FrameKind.RESOURCE))


def read_frame(event: JsonValue) -> ReplayFrame | None:
    """Return what a recording's *event* says, None for one that only draws."""
    if type(event) is not dict or event.get("type") != CUSTOM:
        return None
    data = event.get("data")
    if type(data) is not dict or type(payload := data.get("payload")) is not dict:
        return None
    match data.get("tag"):
        case "breadcrumb":
            return _breadcrumb(event, payload)
        case "performanceSpan":
            return _span(event, payload)
        case "video":
            at = moment(event.get("timestamp"))
            return None if at is None else ReplayFrame(FrameKind.VIDEO, at, None, "video", "", "", payload)
        case _:
            return None


def _breadcrumb(event: JsonObject, payload: JsonObject) -> ReplayFrame | None:
    at = moment(payload.get("timestamp")) or moment(event.get("timestamp"))
    if at is None:
        return None
    category = _text(payload.get("category"))
    data = payload.get("data")
    data = data if type(data) is dict else {}
    kind = _kind_of(category)
    if category == "ui.slowClickDetected":
        kind = _slow_click(data)
    return ReplayFrame(
        kind, at, None, category, _text(payload.get("message")), _text(payload.get("level")), data
    )


def _slow_click(data: JsonObject) -> FrameKind:
    """A click is dead when a control's page did not change for seven seconds, and then a rage from five."""
    node = data.get("node")
    name = node.get("tagName") if type(node) is dict else None
    waited = data.get("timeAfterClickMs")
    is_dead = (
        data.get("endReason") == "timeout"
        and isinstance(waited, int | float)
        and waited >= DEAD_AFTER_MS
        and (name is None or (type(name) is str and name.lower() in _CLICKABLE))
    )
    if not is_dead:
        return FrameKind.CLICK
    times = data.get("clickCount")
    return FrameKind.RAGE_CLICK if type(times) is int and times >= RAGE_CLICKS else FrameKind.DEAD_CLICK


def _span(event: JsonObject, payload: JsonObject) -> ReplayFrame | None:
    at = moment(payload.get("startTimestamp")) or moment(event.get("timestamp"))
    if at is None:
        return None
    op = _text(payload.get("op"))
    data = payload.get("data")
    return ReplayFrame(
        _kind_of(op),
        at,
        moment(payload.get("endTimestamp")),
        op,
        _text(payload.get("description")),
        "",
        data if type(data) is dict else {},
    )


def _kind_of(category: str) -> FrameKind:
    known = _KINDS.get(category)
    if known is not None:
        return known
    return next((kind for prefix, kind in _FAMILIES if category.startswith(prefix)), FrameKind.OTHER)


def is_failed(frame: ReplayFrame) -> bool:
    """Whether a request got an error or no answer, as far as it tells."""
    status = frame.data.get("statusCode")
    if type(status) is not int:
        return "statusCode" in frame.data or frame.data.get("error") is not None
    return status >= 400 or status == 0


def moment(value: JsonValue) -> Micros | None:
    """Return a time of a recording, which may be seconds or milliseconds; None if it is none."""
    if type(value) is not int and type(value) is not float:
        return None
    seconds = value / 1_000 if value > _MILLISECONDS_FROM else value
    if not 0 < seconds <= LATEST / SECOND:
        return None
    return Micros(round(seconds * SECOND))


def summarise(pieces: Iterable[bytes], segment_id: int | None) -> Recording:
    """Return what the recording whose JSON text comes in *pieces* comes to. Raises as `iter_events`."""
    counted = _Counted(pieces)
    sums = _Sums()
    for event in iter_events(counted):
        if counted.size > LOOKED_INTO:
            break
        sums.add(event)
    for _ in counted:
        pass  # its size, and whether it is whole
    if counted.size > LOOKED_INTO:
        return Recording(segment_id, counted.size, 0, None, None, is_read=False)
    return Recording(
        segment_id=segment_id,
        size=counted.size,
        events=sums.events,
        first=sums.first,
        last=sums.last,
        clicks=sums.of[FrameKind.CLICK],
        dead_clicks=sums.of[FrameKind.DEAD_CLICK] + sums.of[FrameKind.RAGE_CLICK],
        rage_clicks=sums.of[FrameKind.RAGE_CLICK],
        console_errors=sums.console_errors,
        requests=sums.of[FrameKind.NETWORK],
        failed_requests=sums.failed,
        urls=tuple(sums.urls),
    )


class _Counted:
    """Hands pieces on and counts their bytes."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self.size = 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.size += len(piece)
            yield piece


@dataclass(slots=True)
class _Sums:
    events: int = 0
    first: Micros | None = None
    last: Micros | None = None
    console_errors: int = 0
    failed: int = 0
    of: dict[FrameKind, int] = field(default_factory=lambda: dict.fromkeys(FrameKind, 0))
    urls: dict[str, None] = field(default_factory=dict)

    def add(self, event: JsonValue) -> None:
        if type(event) is not dict:
            return
        self.events += 1
        self._see(moment(event.get("timestamp")))
        kind = event.get("type")
        if kind == META:
            self._see_page(event.get("data"))
        elif kind == CUSTOM:
            frame = read_frame(event)
            if frame is not None:
                self._count(frame)

    def _see(self, at: Micros | None) -> None:
        if at is not None:
            self.first = at if self.first is None else min(self.first, at)
            self.last = at if self.last is None else max(self.last, at)

    def _see_page(self, data: JsonValue) -> None:
        href = data.get("href") if type(data) is dict else None
        if type(href) is str and href and len(self.urls) < MOST_URLS:
            self.urls[_text(href)] = None

    def _count(self, frame: ReplayFrame) -> None:
        # The slow or repeated click was a `ui.click` before: counted once.
        is_again = frame.kind is FrameKind.CLICK and frame.category not in ("ui.click", "ui.tap")
        if not is_again:
            self.of[frame.kind] += 1
        if frame.kind is FrameKind.CONSOLE and frame.level == "error":
            self.console_errors += 1
        elif frame.kind is FrameKind.NETWORK and is_failed(frame):
            self.failed += 1


def _text(value: JsonValue) -> str:
    # Halves of surrogate pairs, which `json` lets through, could not be stored.
    return value[:LONGEST_TEXT].encode("utf-8", "replace").decode() if type(value) is str else ""
