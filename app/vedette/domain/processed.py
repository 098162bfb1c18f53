"""What processing hands to the store: the columns of one event, one segment, one span.

The raw payload is kept beside them by the store, so anything else is read again from there.
Ids are bytes as stored (event and trace 16, span 8); times are microseconds UTC.
"""

from dataclasses import dataclass, field

from vedette.domain.json import JsonObject
from vedette.domain.levels import Level
from vedette.domain.times import Micros
from vedette.domain.vitals import PageVitals


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is known of an item before its payload is read: from the envelope header and the request."""

    received: Micros
    event_id: str | None = None  # 32 hex; wins over the payload's
    sent_at: Micros | None = None  # the client's clock when it sent; None: no clock correction
    sdk: JsonObject | None = None  # the envelope header's `sdk`, fills a missing one
    client: str | None = None  # `sentry_client` of the authentication, `name/version`
    client_ip: str | None = None
    user_agent: str | None = None
    trace: JsonObject | None = None  # dynamic sampling context


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which issue an event belongs to."""

    hashes: tuple[str, ...]  # MD5 hex, the first that is known decides; never empty
    config: str  # the algorithm's name and version
    variant: str  # what decided: app, system, default, message, fingerprint, checksum, fallback
    splits: tuple[int, ...] = ()  # the splits of issues whose matchers the event fits
    title: str | None = None  # what a fingerprint rule calls the event


@dataclass(frozen=True, slots=True)
class Heading:
    """How an event is called. Lengths are cut as Sentry cuts them."""

    title: str
    culprit: str
    type: str = ""  # exception type, "" for messages
    value: str = ""  # exception value or message, whole first lines up to 1024 characters
    filename: str = ""
    function: str = ""
    lineno: int | None = None


@dataclass(frozen=True, slots=True)
class ProcessedEvent:
    """One error or message, ready to be written."""

    event_id: bytes
    kind: str  # error, default, csp, feedback
    level: Level
    timestamp: Micros
    received: Micros
    platform: str
    heading: Heading
    grouping: Grouping
    environment: str | None
    release: str | None
    dist: str | None
    transaction: str | None
    user: str | None  # identity string, `id:7`, `email:…`
    trace_id: bytes | None
    span_id: bytes | None
    handled: bool | None  # False: crashed the program or went uncaught
    sdk: str  # "name version", "" if unknown
    tags: tuple[tuple[str, str], ...]  # explicit first, then derived; keys are unique
    body: str  # text for full-text search beside the title: messages, exception chain, culprit, url
    stack: str  # searchable text of the frames, one `module function file` a line, "" without frames
    stack_hash: bytes | None  # 16 bytes over `stack`; frames are indexed once per distinct stack
    # Members by name with their values, those of `domain.search_members`: what is indexed beside the tags.
    members: tuple[tuple[str, str], ...] = ()
    frames: tuple[tuple[str, str], ...] = ()  # the same of the frames in `stack`


@dataclass(frozen=True, slots=True)
class Span:
    """One timed operation, whichever protocol version brought it."""

    span_id: bytes
    parent_id: bytes | None
    op: str
    description: str
    start: Micros
    duration: int  # microseconds, never negative
    status: str  # ok, or the protocol's word for what went wrong; "" unknown
    is_segment: bool = False
    self_time: int | None = None  # microseconds; None: not known before the whole trace is
    normalised: str = ""  # the description without what varies from call to call; "": no such form


@dataclass(frozen=True, slots=True)
class Segment:
    """A service's top span: a transaction event, or a streamed span with ``is_segment``."""

    trace_id: bytes
    span: Span
    name: str
    source: str  # transaction_info.source
    platform: str
    environment: str | None
    release: str | None
    sdk: str
    event_id: bytes | None  # only transactions have one
    user: str | None
    status: str
    tags: tuple[tuple[str, str], ...]
    http_method: str = ""
    http_status: int | None = None


@dataclass(frozen=True, slots=True)
class SpanBatch:
    """The spans of one trace that one item brought. Segments are among ``spans`` too."""

    trace_id: bytes
    spans: tuple[Span, ...]
    segments: tuple[Segment, ...]
    invalid: int = 0  # spans left out because ids or times were missing
    remarks: tuple[str, ...] = field(default=())
    vitals: tuple[PageVitals, ...] = ()
    inferred: tuple[
        tuple[str, str], ...
    ] = ()  # attributes of all the item's spans, known from the request only
