"""Everything in one trace, for the waterfall; lists of traces and segments by their other names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import (
    Connection,
    and_,
    literal,
    select,
)

from vedette.domain.levels import Level
from vedette.domain.times import Micros
from vedette.store.engine import sql_of
from vedette.store.queries.segments import (
    SELECT_SEGMENT,
    SegmentFilter,
    SegmentRow,
    get_segment,
    page_segments,
    read_segment,
)
from vedette.store.queries.shortids import short_id
from vedette.store.queries.trace_lists import SORTS, Key, TraceFilter, TraceRow, get_trace, page_traces
from vedette.store.queries.trace_work import TraceWork, trace_work
from vedette.store.schema import (
    SPANS_PER_BATCH,
    description,
    event,
    issue,
    project,
    segment,
    span,
    span_batch,
)

__all__ = [
    "SORTS",
    "Key",
    "SegmentFilter",
    "SegmentRow",
    "SpanRow",
    "TraceError",
    "TraceFilter",
    "TraceRow",
    "TraceWork",
    "get_segment",
    "get_trace",
    "page_segments",
    "page_traces",
    "trace_errors",
    "trace_segments",
    "trace_spans",
    "trace_work",
]

MOST_SPANS = 200_000
MOST_ERRORS = 1_000
_TEXTS_AT_ONCE = 10_000


class SpanRow(NamedTuple):
    """One span. A tuple, not a dataclass: a hundred thousand are made at once, at a fifth of the cost."""

    span_id: bytes
    parent_id: bytes | None
    op: str
    description: str
    start: Micros
    duration: int
    self_time: int | None
    status: str
    is_segment: int
    project: int
    request: int
    item: int


@dataclass(frozen=True, slots=True)
class TraceError:
    """An error or message event on a trace."""

    id: int
    event_id: str  # 32 hex
    span_id: bytes | None  # the span it happened in
    issue: int
    short: str  # of the issue
    title: str
    culprit: str
    level: Level
    ts: Micros
    project: int
    project_slug: str


# One batch's spans; their texts are read apart, since many spans share one.
_SPANS = sql_of(
    select(
        span.c.sid,
        span.c.parent,
        span.c.description,
        span.c.start,
        span.c.duration,
        span.c.self_time,
        span.c.status,
        span.c.segment,
    )
    .where(span.c.id >= literal(0), span.c.id < literal(0))
    .order_by(span.c.id)
)


def trace_spans(db: Connection, trace_id: bytes, limit: int = MOST_SPANS) -> list[SpanRow]:
    """Return a trace's spans in order of arrival, at most *limit*.

    Index: span_batch(trace), then one range of span's primary key a batch; description's primary key.
    """
    batches = db.execute(
        select(span_batch.c.id, span_batch.c.project, span_batch.c.request, span_batch.c.item)
        .where(span_batch.c.trace == trace_id)
        .order_by(span_batch.c.id)
    ).all()
    # Straight from apsw: SQLAlchemy's rows would cost a second for a hundred thousand spans.
    raw = db.connection.dbapi_connection.raw  # type: ignore[union-attr]
    texts: dict[int, tuple[str, str]] = {}
    spans: list[SpanRow] = []
    make = SpanRow._make
    for number, of_project, request, item in batches:
        first = number * SPANS_PER_BATCH
        # Ids within a batch have no gaps, so the range is a limit too.
        most = min(SPANS_PER_BATCH, limit - len(spans))
        rows = raw.execute(_SPANS, (first, first + most)).fetchall()
        _read_texts(db, {row[2] for row in rows}.difference(texts), texts)
        origin = (of_project, request, item)
        spans += [make((row[0], row[1], *texts[row[2]], *row[3:], *origin)) for row in rows]
        if len(spans) >= limit:
            break
    return spans


def _read_texts(db: Connection, missing: Sequence[int] | set[int], texts: dict[int, tuple[str, str]]) -> None:
    """Add op and text of the descriptions *missing* to *texts*, each once however many spans share it."""
    numbers = sorted(missing)
    for at in range(0, len(numbers), _TEXTS_AT_ONCE):
        some = numbers[at : at + _TEXTS_AT_ONCE]
        rows = db.execute(
            select(description.c.id, description.c.op, description.c.text).where(description.c.id.in_(some))
        )
        texts.update((row[0], (row[1], row[2])) for row in rows)
    for number in numbers:
        texts.setdefault(number, ("", ""))


def trace_segments(db: Connection, trace_id: bytes) -> list[SegmentRow]:
    """Return a trace's segments by start. Index: segment(trace)."""
    rows = db.execute(SELECT_SEGMENT.where(segment.c.trace == trace_id))
    return sorted((read_segment(row) for row in rows), key=lambda row: (row.start, row.id))


def trace_errors(db: Connection, trace_id: bytes, limit: int = MOST_ERRORS) -> list[TraceError]:
    """Return the errors on a trace by time, at most *limit*. Index: event(trace)."""
    rows = db.execute(
        select(
            event.c.id,
            event.c.eid,
            event.c.span,
            event.c.issue,
            issue.c.short,
            issue.c.title,
            issue.c.culprit,
            event.c.level,
            event.c.ts,
            event.c.project,
            project.c.slug,
        )
        .select_from(event)
        .outerjoin(issue, issue.c.id == event.c.issue)
        .outerjoin(project, project.c.id == event.c.project)
        .where(and_(event.c.trace == trace_id, event.c.trace.is_not(None)))
        .limit(limit)
    )
    errors = [
        TraceError(
            row.id,
            row.eid.hex(),
            row.span,
            row.issue,
            short_id(row.slug or "", row.short or 0),
            row.title or "",
            row.culprit or "",
            Level.of(row.level),
            row.ts,
            row.project,
            row.slug or "",
        )
        for row in rows
    ]
    return sorted(errors, key=lambda error: (error.ts, error.id))
