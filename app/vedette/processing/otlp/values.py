"""The records of OTLP as both of its encodings carry them.

Ids are bytes as sent (empty where none was), times nanoseconds UTC (0 for none). Attributes are plain JSON
values: bytes are base64 text, numbers JSON cannot write are text. ``n`` counts the records of one payload.
"""

from dataclasses import dataclass
from itertools import islice

import orjson

from vedette.domain.json import JsonObject, JsonValue

MOST_RECORDS = 100_000
"""Records read of one payload; what comes after is counted and stays in the payload."""
DEEPEST = 32
"""Levels of values inside values; what lies deeper is left out."""

MOST_SHARED = 128
LARGEST_SHARED = 64 << 10
"""Attributes of a resource or scope, and their characters in all: every record has them, so they multiply."""


def shared(attributes: JsonObject) -> JsonObject:
    """Return those *attributes* of a resource or scope that fit; the others stay in the payload."""
    found: JsonObject = {}
    left = LARGEST_SHARED
    for key, value in islice(attributes.items(), MOST_SHARED):
        size = len(key) + len(value if type(value) is str else orjson.dumps(value))
        if size <= left:
            found[key] = value
            left -= size
    return found


@dataclass(frozen=True, slots=True)
class Scope:
    """What made a record: the instrumentation, and the resource (a service, a process) it ran in."""

    resource: JsonObject
    name: str
    version: str
    attributes: JsonObject


@dataclass(frozen=True, slots=True)
class SpanEvent:
    """Something that happened at a moment of a span."""

    time: int
    name: str
    attributes: JsonObject


@dataclass(frozen=True, slots=True)
class SpanLink:
    """Another span a span names, of this trace or of another."""

    trace_id: bytes
    span_id: bytes
    attributes: JsonObject
    flags: int


@dataclass(frozen=True, slots=True)
class SpanRecord:
    scope: Scope
    n: int
    trace_id: bytes
    span_id: bytes
    parent_id: bytes
    name: str
    kind: int
    start: int
    end: int
    attributes: JsonObject
    events: tuple[SpanEvent, ...]
    links: tuple[SpanLink, ...]
    status: int  # 0 unset, 1 ok, 2 error
    message: str  # of the status
    flags: int
    trace_state: str


@dataclass(frozen=True, slots=True)
class LogEntry:
    scope: Scope
    n: int
    time: int
    observed: int
    severity: int  # 1–24, 0 unset
    severity_text: str
    body: JsonValue
    attributes: JsonObject
    trace_id: bytes
    span_id: bytes
    event_name: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """A metric of a payload. ``temporality`` 1 is what came since the last point, 2 all since the start."""

    scope: Scope
    name: str
    unit: str
    temporality: int
    is_monotonic: bool
    is_gauge: bool


@dataclass(frozen=True, slots=True)
class Exemplar:
    """One measured value with the span it was measured in."""

    value: float
    trace_id: bytes
    span_id: bytes


@dataclass(frozen=True, slots=True)
class Histogram:
    """``counts`` has one more than ``bounds``: what lies at most at a bound, the last above all."""

    count: int
    total: float | None
    least: float | None
    most: float | None
    bounds: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Buckets:
    """Bucket *i* of ``counts`` lies between ``base ** (offset + i)`` and ``base ** (offset + i + 1)``."""

    offset: int
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ExponentialHistogram:
    """A histogram whose bounds are powers of ``2 ** (2 ** -scale)``."""

    count: int
    total: float | None
    least: float | None
    most: float | None
    scale: int
    zeros: int
    positive: Buckets
    negative: Buckets


@dataclass(frozen=True, slots=True)
class Summary:
    """``quantiles`` are pairs of a quantile (0…1) and its value."""

    count: int
    total: float
    quantiles: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class DataPoint:
    """One point of a metric; ``data`` is None where it was recorded that there is no value."""

    instrument: Instrument
    n: int
    start: int
    time: int
    attributes: JsonObject
    exemplars: tuple[Exemplar, ...]
    data: float | Histogram | ExponentialHistogram | Summary | None
