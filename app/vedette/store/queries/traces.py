"""Traces: pages of them, and everything in one for the waterfall."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, literal, or_, select, tuple_

from vedette.domain.levels import Level
from vedette.domain.times import Micros
from vedette.store.dialect import segment_find
from vedette.store.engine import sql_of
from vedette.store.queries.segments import (
    SELECT_SEGMENT,
    SegmentFilter,
    SegmentRow,
    SegmentSummary,
    find_segments,
    get_segment,
    page_segments,
    read_segment,
    segment_summary,
)
from vedette.store.queries.shortids import short_id
from vedette.store.schema import (
    SPANS_PER_BATCH,
    description,
    event,
    issue,
    project,
    segment,
    span,
    span_batch,
    trace,
)

__all__ = [
    "Key",
    "SegmentFilter",
    "SegmentRow",
    "SegmentSummary",
    "SpanRow",
    "TraceError",
    "TraceFilter",
    "TraceRow",
    "get_segment",
    "get_trace",
    "page_segments",
    "page_traces",
    "segment_summary",
    "trace_errors",
    "trace_segments",
    "trace_spans",
]

MOST_SPANS = 200_000
MOST_ERRORS = 1_000
_FEW_HITS = 2_000
_TEXTS_AT_ONCE = 10_000
Key = tuple[int, int]
"""Where a page ended: the start of its last trace and its row id."""


@dataclass(frozen=True, slots=True)
class TraceRow:
    id: int
    trace_id: str  # 32 hex
    project: int
    project_slug: str
    run: int
    start: Micros
    end: Micros
    spans: int
    segments: int
    errors: int
    failed: int  # segments whose status is a failure
    name: str  # of the root segment
    op: str
    root: str | None  # span id of the root segment, 16 hex; None: it has not arrived
    last_seen: Micros

    @property
    def duration(self) -> int:
        return self.end - self.start

    @property
    def key(self) -> Key:
        """What the next page begins after, if this is a page's last trace."""
        return self.start, self.id


@dataclass(frozen=True, slots=True)
class TraceFilter:
    """Which traces; what is None does not matter."""

    project: int | None = None  # of its root, or of any of its segments
    run: int | None = None
    since: Micros | None = None  # of the start
    until: Micros | None = None
    min_duration: int | None = None  # microseconds
    text: str | None = None  # words in the names of its segments
    only_failed: bool = False  # a failed segment or an error


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


def _slug_of(column: Any) -> Any:
    return select(project.c.slug).where(project.c.id == column).scalar_subquery().label("slug")


_TRACE: Select[Any] = select(
    trace.c.id,
    trace.c.trace_id,
    trace.c.project,
    _slug_of(trace.c.project),
    trace.c.run,
    trace.c.start,
    trace.c.end,
    trace.c.spans,
    trace.c.segments,
    trace.c.errors,
    trace.c.failed,
    trace.c.name,
    trace.c.op,
    trace.c.root,
    trace.c.last_seen,
)


def _read(row: Any) -> TraceRow:
    number, trace_id, of_project, slug, *counts_and_names, root, last_seen = row
    begin = (number, trace_id.hex(), of_project, slug or "")
    values: list[Any] = [*begin, *counts_and_names, root.hex() if root else None, last_seen]
    return TraceRow(*values)


def get_trace(db: Connection, trace_id: bytes) -> TraceRow | None:
    """Return the trace with *trace_id* (16 bytes). Index: trace(trace_id)."""
    row = db.execute(_TRACE.where(trace.c.trace_id == trace_id)).first()
    return _read(row) if row else None


def page_traces(
    db: Connection,
    where: TraceFilter = TraceFilter(),
    *,
    after: TraceRow | Key | None = None,
    limit: int = 50,
) -> list[TraceRow]:
    """Return up to *limit* traces after *after*, latest start first; fewer than *limit* means the end.

    Index: trace(start, id); with words ``segment_find``, then trace(trace_id).
    """
    key = after.key if isinstance(after, TraceRow) else after
    query = _TRACE.where(*_conditions(where)).order_by(trace.c.start.desc(), trace.c.id.desc()).limit(limit)
    if key is not None:
        query = query.where(tuple_(trace.c.start, trace.c.id) < tuple_(*key))
    if where.text and where.text.strip():
        named = find_segments(where.text, project=where.project, run=where.run)
        if named is None:
            return []
        query = query.where(_has_segment(db, named))
    return [_read(row) for row in db.execute(query)]


def _conditions(where: TraceFilter) -> Iterator[ColumnElement[bool]]:
    if where.project is not None:
        took_part = exists().where(segment.c.trace == trace.c.trace_id, segment.c.project == where.project)
        yield or_(trace.c.project == where.project, took_part)
    if where.run is not None:
        yield trace.c.run == where.run
    if where.since is not None:
        yield trace.c.start >= where.since
    if where.until is not None:
        yield trace.c.start <= where.until
    if where.min_duration is not None:
        yield trace.c.end - trace.c.start >= where.min_duration
    if where.only_failed:
        yield or_(trace.c.failed > 0, trace.c.errors > 0)


def _has_segment(db: Connection, named: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that a trace has a segment which is *named* so."""
    hits = segment_find.join(segment, segment.c.id == segment_find.c.rowid)
    newest = select(segment.c.trace).select_from(hits).where(named).order_by(segment_find.c.rowid.desc())
    few = db.execute(newest.limit(_FEW_HITS + 1)).scalars().all()
    if len(few) <= _FEW_HITS:
        return trace.c.trace_id.in_(sorted(set(few)))
    # Very common words are found in the first traces of the walk, so those are probed one by one.
    of_trace = select(segment.c.id).where(segment.c.trace == trace.c.trace_id).correlate(trace)
    return exists().where(segment_find.c.rowid.in_(of_trace.scalar_subquery()), named)


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
