"""What digest hands to the writer: one request with its items, and what they became."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from vedette.domain.client_reports import Discard
from vedette.domain.outcomes import Outcome, Reason
from vedette.domain.processed import ProcessedEvent, SpanBatch
from vedette.domain.times import Micros


@dataclass(frozen=True, slots=True)
class AttachmentRecord:
    """A file that came with an event."""

    event_id: bytes
    name: str
    content_type: str
    type: str


@dataclass(frozen=True, slots=True)
class DerivedEvent:
    """An event that was made of an item that is none: a report, a dump, a span's exception."""

    event: ProcessedEvent
    payload: bytes  # the event's JSON before normalising: what an SDK would have sent


@dataclass(slots=True)
class ItemRecord:
    """One item of an envelope, where its payload lies in the body, and what became of it."""

    n: int
    kind: str
    start: int
    length: int
    outcome: Outcome = Outcome.STORED
    reason: Reason | None = None
    detail: str | None = None
    event: ProcessedEvent | None = None
    spans: Sequence[SpanBatch] = ()
    attachment: AttachmentRecord | None = None
    category: str = "default"  # the data category it counts for
    discards: Sequence[Discard] = ()  # what it says its client dropped
    client_report: str | None = None  # the same in words, for the sender
    event_id: bytes | None = None  # of a transaction
    derived: list[DerivedEvent] = field(default_factory=list)
    values: list[object] = field(default_factory=list)  # what else it holds; `families` knows the types


@dataclass(slots=True)
class Effects:
    """What the writer does for a family, which knows nothing of issues and releases."""

    releases: list[tuple[int, int]] = field(default_factory=list)  # term of a release, when it was in use
    resolved: list[str] = field(default_factory=list)  # grouping hashes of issues that are over


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value came in. ``received`` is microseconds UTC, ``request`` and ``item`` lead to its bytes.

    Events that a value gives rise to are appended to ``item.derived``.
    """

    project: int
    run: int
    request: int
    item: ItemRecord
    received: int
    effects: Effects = field(default_factory=Effects)


@dataclass(slots=True)
class RequestRecord:
    """One request as it came from the spool, decoded."""

    id: int
    received: Micros
    project: int | None
    ip: str
    client: str
    method: str
    path: str
    wire_size: int
    status: int
    outcome: Outcome
    body: bytes | memoryview = b""
    public_key: str | None = None
    content_type: str | None = None
    encoding: str | None = None
    reason: Reason | None = None
    detail: str | None = None
    skew: int | None = None
    items: list[ItemRecord] = field(default_factory=list)

    @property
    def kinds(self) -> str:
        """Item types in order of appearance with their counts: ``event, attachment × 2``."""
        counts: dict[str, int] = {}
        for item in self.items:
            counts[item.kind] = counts.get(item.kind, 0) + 1
        return ", ".join(kind if n == 1 else f"{kind} × {n}" for kind, n in counts.items())
