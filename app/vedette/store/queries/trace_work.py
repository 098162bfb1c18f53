"""What traces were spent on, for the bars of a list."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from vedette.store.schema import SPANS_PER_BATCH, description, project, segment, span, span_batch

_MOST_SPANS = 5_000


@dataclass(frozen=True, slots=True)
class TraceWork:
    """What a trace was spent on: self time by operation (microseconds), most first, and who took part."""

    trace_id: str  # 32 hex
    by_op: tuple[tuple[str, int], ...]
    services: tuple[str, ...]  # slugs, by start
    is_cut: bool  # only its first spans were looked at


def trace_work(db: Connection, trace_ids: Sequence[bytes], limit: int = _MOST_SPANS) -> list[TraceWork]:
    """Return what traces were spent on, for the bars of a list; of large ones the first *limit* spans.

    Index: segment(trace), span_batch(trace), ranges of span's primary key; description's primary key.
    """
    return [_work_of(db, trace_id, limit) for trace_id in trace_ids]


def _work_of(db: Connection, trace_id: bytes, limit: int) -> TraceWork:
    slugs = (
        select(project.c.slug)
        .select_from(segment)
        .join(project, project.c.id == segment.c.project)
        .where(segment.c.trace == trace_id)
        .order_by(segment.c.start)
        .limit(limit)
    )
    batches = select(span_batch.c.id, span_batch.c.n).where(span_batch.c.trace == trace_id)
    totals: Counter[int] = Counter()
    left = limit
    for number, count in db.execute(batches.order_by(span_batch.c.id)).all():
        if left <= 0:
            break
        first = number * SPANS_PER_BATCH
        spent = func.sum(func.coalesce(span.c.self_time, span.c.duration))
        rows = (
            select(span.c.description, spent)
            .where(span.c.id >= first, span.c.id < first + min(left, SPANS_PER_BATCH))
            .group_by(span.c.description)
        )
        for text, micros in db.execute(rows):
            totals[text] += int(micros)
        left -= count
    ops = select(description.c.id, description.c.op).where(description.c.id.in_(sorted(totals)))
    by_op: Counter[str] = Counter()
    for text, op in db.execute(ops):
        by_op[op] += totals[text]
    services = dict.fromkeys(db.execute(slugs).scalars())
    return TraceWork(trace_id.hex(), tuple(by_op.most_common()), tuple(services), left < 0)
