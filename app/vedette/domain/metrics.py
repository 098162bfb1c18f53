"""Metric points as every protocol brings them."""

from dataclasses import dataclass
from enum import StrEnum

from vedette.domain.times import Micros


class MetricKind(StrEnum):
    """What a metric's values mean together: their sum, the last of them, or how they are spread."""

    COUNTER = "counter"
    GAUGE = "gauge"
    DISTRIBUTION = "distribution"

    @property
    def number(self) -> int:
        """The stored number."""
        return _KINDS.index(self)

    @classmethod
    def numbered(cls, number: int) -> "MetricKind":
        """Return the kind stored as *number*."""
        return _KINDS[number]


_KINDS = tuple(MetricKind)


@dataclass(frozen=True, slots=True)
class RunningTotal:
    """Marks a point that says not what was added but the total of its series since a moment."""

    series: bytes  # 16, the same for all points of the series
    since: Micros


@dataclass(frozen=True, slots=True)
class MetricPoint:
    """One value of a metric, at place ``n`` among the item's points."""

    ts: Micros
    trace_id: bytes | None  # 16
    span_id: bytes | None  # 8
    name: str
    kind: MetricKind
    value: float  # finite
    unit: str  # the protocol's word, "" for none
    environment: str | None
    release: str | None
    attributes: tuple[
        tuple[str, str], ...
    ]  # those by which it can be split into series; all are in the payload
    n: int
    count: int = 1  # observations of this value that the point stands for
    running: RunningTotal | None = None  # of a counter's value, of a distribution's count


@dataclass(frozen=True, slots=True)
class MetricBatch:
    """The metric points of one item."""

    points: tuple[MetricPoint, ...]
    invalid: int = 0  # points left out because they lack what one must have
    remarks: tuple[str, ...] = ()  # what they lack, each sentence once
    inferred: tuple[tuple[str, str], ...] = ()  # attributes of all points, known from the request only
