"""Spans as a data set: their attributes lie in payloads, their segment says where they ran."""

from dataclasses import dataclass

from sqlalchemy import and_, case, false, func, or_, select
from typing_extensions import override

from vedette.store.explore.dataset import (
    MILLISECOND,
    NOT_FAILED,
    Dataset,
    Joined,
    moments,
    named,
    places,
    sent_attribute,
)
from vedette.store.explore.fields import Asked, Attribute, Column, Hex, Interned, Scope, Sql, like
from vedette.store.queries.matching import Match
from vedette.store.schema import SPANS_PER_BATCH, description, segment, span, span_batch
from vedette.store.search import Value
from vedette.store.search.values import Kind

# -------------------------------------------------------------------- spans

_batch = span_batch
# The segment of a span: that of the item which brought it, else of the same trace and project.
_segment_of = (
    select(segment.c.id)
    .where(segment.c.trace == _batch.c.trace, segment.c.project == _batch.c.project)
    .order_by(
        and_(segment.c.request == _batch.c.request, segment.c.item == _batch.c.item).desc(), segment.c.id
    )
    .limit(1)
    .correlate(_batch)
    .scalar_subquery()
)
_of_segment = segment.alias("own")
_normal = description.alias("normal")


def _span_attribute(name: str, sent: str | None = None) -> Attribute:
    return sent_attribute(name, _batch.c.request, _batch.c.item, span.c.sid, sent)


def _span_duration(name: str, column: Sql) -> Column:
    return Column(name=name, column=column, kind=Kind.DURATION, unit="millisecond", scale=MILLISECOND)


def _span_text(scope: Scope, value: Value) -> Asked:
    return like(description.c.text, f"*{value.text}*")


_MOST_BATCHES = 200


@dataclass(frozen=True, kw_only=True)
class _SpanTrace(Hex):
    """The trace of a span, which its batch has: a trace's spans are found by the ids of its batches."""

    @override
    def equals(self, scope: Scope, value: Value, text: str) -> Asked:
        condition = super().equals(scope, value, text)
        assert not isinstance(condition, Match)
        known = select(_batch.c.id).where(condition).order_by(_batch.c.id).limit(_MOST_BATCHES + 1)
        numbers = scope.db.execute(known).scalars().all()
        if len(numbers) > _MOST_BATCHES:
            return condition
        first = [number * SPANS_PER_BATCH for number in numbers]
        return or_(false(), *(span.c.id.between(at, at + SPANS_PER_BATCH - 1) for at in first))


SPANS = Dataset(
    name="spans",
    table=span,
    joins=(
        Joined(_batch, _batch.c.id == span.c.id // SPANS_PER_BATCH),
        Joined(description, description.c.id == span.c.description),
        Joined(_normal, _normal.c.id == description.c.normal, needs=(description,)),
        Joined(_of_segment, _of_segment.c.id == _segment_of, needs=(_batch,)),
    ),
    arrival=_batch,
    rows_per_arrival=SPANS_PER_BATCH,
    time=span.c.start,
    project=_batch.c.project,
    run=_batch.c.run,
    fields=named(
        Hex(name="id", column=span.c.sid),
        *places(_batch.c.project, _batch.c.run),
        *moments(span.c.start),
        _SpanTrace(name="trace", column=_batch.c.trace),
        Hex(name="parent_span", column=span.c.parent),
        Column(name="span.op", column=description.c.op),
        Column(name="span.description", column=description.c.text),
        Column(name="sentry.normalized_description", column=_normal.c.text),
        Hex(name="span.group", column=description.c.group_hash),
        _span_duration("span.duration", span.c.duration),
        _span_duration("span.self_time", span.c.self_time),
        Column(name="span.status", column=span.c.status),
        Column(
            name="span.category",
            column=case(
                (
                    func.instr(description.c.op, ".") > 0,
                    func.substr(description.c.op, 1, func.instr(description.c.op, ".") - 1),
                ),
                else_=description.c.op,
            ),
        ),
        Column(name="is_transaction", column=span.c.segment, kind=Kind.BOOLEAN),
        Interned(name="transaction", column=_of_segment.c.name_term, key="transaction"),
        Interned(name="environment", column=_of_segment.c.env_term, key="environment"),
        Interned(name="release", column=_of_segment.c.release_term, key="release"),
        Interned(name="user", column=_of_segment.c.user_term, key="user"),
        Hex(name="transaction.event_id", column=_of_segment.c.eid),
        Hex(name="transaction.span_id", column=_of_segment.c.sid),
        Column(name="platform", column=_batch.c.platform),
        _span_attribute("span.status_code", "http.response.status_code"),
        _span_attribute("http.status_code", "http.response.status_code"),
        _span_attribute("span.domain", "server.address"),
        _span_attribute("span.system", "db.system.name"),
        _span_attribute("span.action", "db.operation.name"),
        _span_attribute("replay.id", "sentry.replay_id"),
        project__name="project",
        span_id="id",
        trace_id="trace",
        parent_span_id="parent_span",
        span__parent="parent_span",
        description="span.description",
        normalized_description="sentry.normalized_description",
        sentry__group="span.group",
        name="span.description",
        span__name="span.description",
        message="span.description",
        title="span.description",
        op="span.op",
        duration="span.duration",
        transaction__duration="span.duration",
        span__exclusive_time="span.self_time",
        is_segment="is_transaction",
        segment="transaction",
        transaction__id="transaction.event_id",
        segment__id="transaction.span_id",
        user__display="user",
        time="timestamp",
        start_timestamp="timestamp",
        replayId="replay.id",
        replay_id="replay.id",
    ),
    other=_span_attribute,
    text=_span_text,
    failed=span.c.status.not_in(NOT_FAILED),
    amount="span.duration",
    event_id=span.c.sid,
    http_status=_span_attribute("", "http.response.status_code").numeric,
)
