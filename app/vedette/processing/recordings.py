"""What a replay's recording shows: its events one by one, the moments that say something, and their sum.

JSON text in, values out. Source of events, categories and ops: rrweb's event types, and the custom events of
getsentry/sentry-javascript and the mobile SDKs.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.replays import FrameKind, Recording, ReplayFrame
from vedette.domain.times import LATEST, SECOND, Micros

LOOKED_INTO = 24 << 20
"""Decoded bytes; a larger recording is kept and not looked into: its values would take ten times as much."""
READ_AT_ONCE = 4 << 20
"""Up to here the whole array is parsed in one go; beyond it event by event, at a quarter of the rate."""
MOST_EVENTS = 500_000
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


def iter_events(text: bytes) -> Iterator[JsonValue]:
    """Yield the events of a recording's JSON array, at most MOST_EVENTS.

    Raises IngestError: BAD_JSON, or BAD_REPLAY for JSON that is no array.
    """
    if len(text) > READ_AT_ONCE:
        yield from _one_by_one(text)
        return
    try:
        events = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise _bad_json(error.msg, error.pos) from None
    if type(events) is not list:
        raise IngestError(Reason.BAD_REPLAY, "invalid replay recording: expected an array of events")
    yield from events[:MOST_EVENTS]


def _one_by_one(text: bytes) -> Iterator[JsonValue]:
    try:
        whole = text.decode()
    except UnicodeDecodeError as error:
        raise _bad_json("it is not UTF-8", error.start) from None
    decoder = json.JSONDecoder()
    at = _skip(whole, 0)
    if whole[at : at + 1] != "[":
        raise IngestError(Reason.BAD_REPLAY, "invalid replay recording: expected an array of events")
    at = _skip(whole, at + 1)
    if whole[at : at + 1] == "]":
        return
    for _ in range(MOST_EVENTS):
        try:
            event, at = decoder.raw_decode(whole, at)
        except json.JSONDecodeError as error:
            raise _bad_json(error.msg, error.pos) from None
        except RecursionError:
            raise _bad_json("it is nested too deeply", at) from None
        yield event
        at = _skip(whole, at)
        mark = whole[at : at + 1]
        if mark == "]":
            return
        if mark != ",":
            raise _bad_json("expected a comma or the array's end", at)
        at = _skip(whole, at + 1)


def _skip(text: str, at: int) -> int:
    while text[at : at + 1] in _BLANKS and at < len(text):
        at += 1
    return at


_BLANKS = frozenset(" \t\n\r")


def _bad_json(what: str, at: int) -> IngestError:
    return IngestError(Reason.BAD_JSON, f"invalid replay recording: {what}", offset=at)


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


def summarise(text: bytes, segment_id: int | None) -> Recording:
    """Return what the recording in *text* comes to. Raises as `iter_events`."""
    if len(text) > LOOKED_INTO:
        return Recording(segment_id, len(text), 0, None, None, is_read=False)
    sums = _Sums()
    for event in iter_events(text):
        sums.add(event)
    return Recording(
        segment_id=segment_id,
        size=len(text),
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
