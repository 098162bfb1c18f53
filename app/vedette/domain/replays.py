"""Session replays: what a segment's event says, and what its recording shows.

A replay is the sum of its segments, which come in any order. The recording itself stays in the raw payload.
"""

from dataclasses import dataclass
from enum import StrEnum

from vedette.domain.json import JsonObject
from vedette.domain.times import Micros


class FrameKind(StrEnum):
    """What a moment of a recording is about; the rows of a replay's timeline."""

    CLICK = "click"
    DEAD_CLICK = "dead-click"  # nothing happened for seconds after it
    RAGE_CLICK = "rage-click"  # dead, and clicked again and again
    INPUT = "input"
    NAVIGATION = "navigation"
    CONSOLE = "console"
    NETWORK = "network"  # fetch, XMLHttpRequest, and requests of a phone
    RESOURCE = "resource"  # what a page loads
    WEB_VITAL = "web-vital"
    PAINT = "paint"
    MEMORY = "memory"
    MUTATIONS = "mutations"
    HYDRATION = "hydration-error"
    FEEDBACK = "feedback"
    VIDEO = "video"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ReplayFrame:
    """One moment of a recording that says something: a breadcrumb, or a span with an end."""

    kind: FrameKind
    at: Micros
    end: Micros | None
    category: str  # the breadcrumb's category or the span's op
    message: str
    level: str  # "" where it has none
    data: JsonObject


@dataclass(frozen=True, slots=True)
class Recording:
    """What one segment's recording comes to. ``size`` is its decoded bytes."""

    segment_id: int | None  # as its own header says
    size: int
    events: int  # rrweb events
    first: Micros | None
    last: Micros | None
    clicks: int = 0
    dead_clicks: int = 0
    rage_clicks: int = 0
    console_errors: int = 0
    requests: int = 0
    failed_requests: int = 0  # status 400 and up, or none
    urls: tuple[str, ...] = ()  # of the pages it shows, in order
    is_read: bool = True  # False: too large to be looked into


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a replay shows; "" for what is not known. ``identity`` is the search's: ``id:7``."""

    identity: str | None = None
    id: str = ""
    username: str = ""
    email: str = ""
    ip_address: str = ""


@dataclass(frozen=True, slots=True)
class Client:
    """The software that was recorded; pairs are name and version."""

    platform: str
    sdk: tuple[str, str]
    os: tuple[str, str]
    browser: tuple[str, str]
    device: tuple[str, str, str, str]  # name, brand, model, family


@dataclass(frozen=True, slots=True)
class ReplayEvent:
    """What a ``replay_event`` says of its segment. Ids are 16 bytes."""

    replay_id: bytes
    segment_id: int
    type: str  # session, or buffer: recorded back from an error
    started: Micros | None  # of the replay
    at: Micros  # when the segment was closed
    shift: int  # microseconds by which the client's times were corrected
    urls: tuple[str, ...]
    names: tuple[str, ...]  # of the transactions
    error_ids: tuple[bytes, ...]
    trace_ids: tuple[bytes, ...]
    environment: str | None
    release: str | None
    dist: str | None
    person: Person
    client: Client
    tags: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReplayMention:
    """An error that names the replay it happened in. Ids are 16 bytes."""

    replay_id: bytes
    event_id: bytes


@dataclass(frozen=True, slots=True)
class ReplaySegment:
    """One segment, whole. ``event_item`` and ``recording_item`` are the items that brought it."""

    event: ReplayEvent
    recording: Recording
    event_item: int
    recording_item: int
    video: tuple[int, int] | None = None  # where the MP4 lies in the item: start, length

    @property
    def started(self) -> Micros:
        """When what it shows begins."""
        first = self.recording.first
        return self.event.at if first is None else Micros(max(0, first + self.event.shift))

    @property
    def finished(self) -> Micros:
        """When what it shows ends."""
        last = self.recording.last
        if last is None:
            return self.event.at
        return Micros(max(self.event.at, last + self.event.shift))
