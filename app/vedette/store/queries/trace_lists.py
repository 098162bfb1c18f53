"""Traces in lists: which, in which order, page by page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, false, or_, select, tuple_

from vedette.domain.times import Micros
from vedette.store.dialect import segment_find
from vedette.store.queries.segments import SegmentFilter, find_segments, segment_conditions
from vedette.store.queries.terms import slug_of, term_id
from vedette.store.schema import SPANS_PER_BATCH, description, segment, span, span_batch, trace

ANY_SEGMENT = SegmentFilter()
_FEW_HITS = 2_000
_MOST_ALIKE = 20_000
Key = tuple[int, int]
"""Where a page ended: what its last trace is sorted by, and its row id."""
SORTS = {
    "start": trace.c.start,
    "duration": trace.c.end - trace.c.start,
    "spans": trace.c.spans,
    "segments": trace.c.segments,
    "errors": trace.c.errors,
    "failed": trace.c.failed,
}
"""What lists of traces can be sorted by, largest first; only the start has an index."""


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
        """What the next page begins after, if this is the last trace of a page by start."""
        return self.start, self.id

    def key_by(self, sort: str) -> Key:
        """Return what the next page by *sort* begins after."""
        return int(getattr(self, sort)), self.id


@dataclass(frozen=True, slots=True)
class TraceFilter:
    """Which traces; what is None does not matter."""

    projects: tuple[int, ...] = ()  # of its root, or of any of its segments
    run: int | None = None
    since: Micros | None = None  # of the start
    until: Micros | None = None
    min_duration: int | None = None  # microseconds
    max_duration: int | None = None
    min_spans: int | None = None
    min_errors: int | None = None
    text: str | None = None  # words in the names of its segments
    only_failed: bool = False  # a failed segment or an error
    trace_id: str | None = None  # how it begins, in hex
    segment: SegmentFilter = ANY_SEGMENT
    """What one of its segments must be."""
    span: str | None = None  # what one of its spans does, whole; else a part of it
    span_op: str | None = None  # of that span


def _slug_of(column: Any) -> Any:
    return slug_of(column)


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
    sort: str = "start",
) -> list[TraceRow]:
    """Return up to *limit* traces after *after*, by *sort*, largest first; fewer than *limit* means the end.

    Index: trace(start, id); with words ``segment_find``, then trace(trace_id). What asks of segments probes
    segment(trace) one by one; other sorts look at all traces, and a span is looked for among all spans.
    """
    key = after.key_by(sort) if isinstance(after, TraceRow) else after
    order = SORTS[sort]
    query = _TRACE.where(*_conditions(db, where)).order_by(order.desc(), trace.c.id.desc()).limit(limit)
    if key is not None:
        query = query.where(tuple_(order, trace.c.id) < tuple_(*key))
    if where.text and where.text.strip():
        named = find_segments(where.text, projects=where.projects, run=where.run)
        if named is None:
            return []
        query = query.where(_has_segment(db, named))
    return [_read(row) for row in db.execute(query)]


def _conditions(db: Connection, where: TraceFilter) -> Iterator[ColumnElement[bool]]:
    if where.projects:
        took_part = exists().where(segment.c.trace == trace.c.trace_id, segment.c.project.in_(where.projects))
        yield or_(trace.c.project.in_(where.projects), took_part)
    if where.run is not None:
        yield trace.c.run == where.run
    if where.since is not None:
        yield trace.c.start >= where.since
    if where.until is not None:
        yield trace.c.start <= where.until
    for column, least in (
        (SORTS["duration"], where.min_duration),
        (trace.c.spans, where.min_spans),
        (trace.c.errors, where.min_errors),
    ):
        if least is not None:
            yield column >= least
    if where.max_duration is not None:
        yield SORTS["duration"] <= where.max_duration
    if where.only_failed:
        yield or_(trace.c.failed > 0, trace.c.errors > 0)
    yield from _rarer_conditions(db, where)


def _rarer_conditions(db: Connection, where: TraceFilter) -> Iterator[ColumnElement[bool]]:
    if where.trace_id:
        low = bytes.fromhex(where.trace_id.ljust(32, "0"))
        high = bytes.fromhex(where.trace_id.ljust(32, "f"))
        yield trace.c.trace_id.between(low, high)
    if where.segment != ANY_SEGMENT:
        wanted = list(segment_conditions(db, where.segment))
        if where.segment.name is not None:
            number = term_id(db, "transaction", where.segment.name)
            wanted.append(false() if number is None else segment.c.name_term == number)
        yield exists().where(segment.c.trace == trace.c.trace_id, *wanted)
    if where.span is not None:
        yield trace.c.trace_id.in_(_traces_with(db, where.span, where.span_op))


def _traces_with(db: Connection, text: str, op: str | None) -> list[bytes]:
    """Return the traces in which the newest spans do *text*: whole, or where none does, with it in them."""
    of_op = (
        []
        if op is None
        else [or_(description.c.op == op, description.c.op.startswith(f"{op}.", autoescape=True))]
    )
    numbers: Sequence[int] = ()
    for fits in (description.c.text == text, description.c.text.icontains(text, autoescape=True)):
        found = select(description.c.id).where(fits, *of_op).limit(_MOST_ALIKE)
        numbers = db.execute(found).scalars().all()
        if numbers:
            break
    if not numbers:
        return []
    spans = select(span.c.id).where(span.c.description.in_(numbers)).order_by(span.c.id.desc())
    batches = {number // SPANS_PER_BATCH for number in db.execute(spans.limit(_MOST_ALIKE)).scalars()}
    traces: set[bytes] = set()
    for some in _portions(sorted(batches)):
        traces.update(db.execute(select(span_batch.c.trace).where(span_batch.c.id.in_(some))).scalars())
    return sorted(traces)


def _portions(numbers: Sequence[int], size: int = 10_000) -> Iterator[Sequence[int]]:
    for at in range(0, len(numbers), size):
        yield numbers[at : at + size]


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
