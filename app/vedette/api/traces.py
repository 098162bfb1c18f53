"""Traces: all spans and errors of one as a tree, and what it holds in numbers."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, TypedDict

from aiohttp import web

from vedette.api.access import EVENT_READ, ORG_READ
from vedette.api.finding import event_id_of, find_organization
from vedette.api.limits import MAX_TRACE_SPANS, TRACE_SECONDS
from vedette.api.parameters import NoParameters
from vedette.api.readers import Db
from vedette.api.routing import Call, operation
from vedette.api.schema import Between, Help
from vedette.api.shapes.trace import TraceError, TraceSpan, Tree, write_tree
from vedette.store.queries import logs, metrics, projects, traces, web_vitals


@dataclass(frozen=True, slots=True)
class TraceQuery:
    limit: Annotated[int, Between(1, MAX_TRACE_SPANS), Help("The most spans; the first to arrive.")] = (
        MAX_TRACE_SPANS
    )


class ChildCount(TypedDict):
    """How many spans a segment's batch brought."""

    transaction_id: str
    count: int


class TraceMeta(TypedDict):
    """What a trace holds. Every number stands under the older and the newer name."""

    errors: int
    errorsCount: int
    performance_issues: int
    performanceIssuesCount: int
    logs: int
    logsCount: int
    metricsCount: int
    span_count: int
    spansCount: int
    span_count_map: dict[str, int]
    spansCountMap: dict[str, int]
    transaction_child_count_map: list[ChildCount]
    transactionChildCountMap: list[ChildCount]


@operation(
    "GET",
    "/organizations/{org}/trace/{trace}/",
    scopes=(*EVENT_READ, *ORG_READ),
    shape=list[TraceSpan | TraceError],
)
async def show_trace(call: Call[TraceQuery, None]) -> web.StreamResponse:
    """All spans of a trace as a tree, with the errors that happened in them

    Spans whose parent has not arrived stand at the root with a note, as do errors without a span. The
    answer is streamed; `X-Hits` says how many spans the trace has. A trace nobody sent is empty.
    """
    find_organization(call)
    trace_id = event_id_of(call, "trace")
    tree, hits = await call.context.readers.ask_within(TRACE_SECONDS, load_tree, trace_id, call.query.limit)
    response = web.StreamResponse(headers={"Content-Type": "application/json", "X-Hits": str(hits)})
    await response.prepare(call.request)
    pieces = write_tree(tree)
    # Writing a hundred thousand nodes takes a second of Python: between the pieces others have their turn.
    while (piece := await asyncio.to_thread(_next, pieces)) is not None:
        await response.write(piece)
    await response.write_eof()
    return response


def _next(pieces: Iterator[bytes]) -> bytes | None:
    return next(pieces, None)


def load_tree(db: Db, trace_id: bytes, limit: int) -> tuple[Tree, int]:
    """Return everything in a trace, and how many spans it has in all."""
    spans = traces.trace_spans(db, trace_id, limit)
    segments = {segment.span: segment for segment in traces.trace_segments(db, trace_id)}
    errors = traces.trace_errors(db, trace_id)
    slugs = {project.id: project.slug for project in projects.list_projects(db)}
    row = traces.get_trace(db, trace_id)
    vitals = {row.span: row.values for row in web_vitals.trace_vitals(db, trace_id)}
    return Tree(spans, segments, errors, slugs, vitals), max(len(spans), row.spans if row else 0)


@operation("GET", "/organizations/{org}/trace-meta/{trace}/", scopes=(*EVENT_READ, *ORG_READ))
async def show_trace_meta(call: Call[NoParameters, None]) -> TraceMeta:
    """How many spans, errors, logs and metric points a trace holds; zeros for one that is not known"""
    find_organization(call)
    trace_id = event_id_of(call, "trace")
    tree, hits = await call.context.readers.ask_within(TRACE_SECONDS, load_tree, trace_id, MAX_TRACE_SPANS)
    held = await call.ask(_held_beside, trace_id)
    by_op: dict[str, int] = {}
    for span in tree.spans:
        by_op[span.op] = by_op.get(span.op, 0) + 1
    children: list[ChildCount] = [
        {"transaction_id": segment.event_id or segment.span, "count": segment.spans}
        for segment in tree.segments.values()
    ]
    return {
        "errors": len(tree.errors),
        "errorsCount": len(tree.errors),
        "performance_issues": 0,
        "performanceIssuesCount": 0,
        "logs": held.logs,
        "logsCount": held.logs,
        "metricsCount": held.points,
        "span_count": hits,
        "spansCount": hits,
        "span_count_map": by_op,
        "spansCountMap": by_op,
        "transaction_child_count_map": children,
        "transactionChildCountMap": children,
    }


@dataclass(frozen=True, slots=True)
class _Beside:
    """How much a trace holds beside spans and errors."""

    logs: int
    points: int


def _held_beside(db: Db, trace_id: bytes) -> _Beside:
    return _Beside(logs.count_trace_logs(db, trace_id), metrics.count_trace_metrics(db, trace_id))


OPERATIONS = (show_trace, show_trace_meta)
