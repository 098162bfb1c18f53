"""All spans of a trace as flat lines: sorted, as CSV, as JSON. Pure."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from vedette.desktop.trace.links import Numbers
from vedette.desktop.trace.tree import Kind, Node, TraceTree
from vedette.domain.json import JsonObject
from vedette.domain.times import to_iso

SORTS = ("start", "op", "description", "service", "duration", "self", "status", "errors", "depth")
_LARGEST_FIRST = frozenset({"duration", "self", "errors"})


@dataclass(frozen=True, slots=True)
class SpanLine:
    """One span of the table; *depth* counts from 1."""

    node: Node
    depth: int
    span_id: str


def line_of(tree: TraceTree, node: int) -> SpanLine:
    """Return the line of *node*, which is a span."""
    return SpanLine(tree.node(node), tree.depth[node] + 1, tree.spans[tree.span[node]].span_id.hex())


def sorted_spans(tree: TraceTree, sort: str, among: Sequence[int] | None = None) -> Numbers:
    """Return the nodes of all spans (or of those in *among*) by *sort*; lengths and errors largest first.

    100,000 spans take some 60 ms for texts, a few for numbers.
    """
    kinds = np.array(tree.kind, dtype=np.int64)
    nodes = np.flatnonzero(kinds == Kind.SPAN)
    if among is not None:
        nodes = np.intersect1d(nodes, np.array(among, dtype=np.int64))
    if not len(nodes):
        return nodes
    keys = _keys(tree, sort, nodes)
    if sort in _LARGEST_FIRST:
        keys = -keys
    return nodes[np.lexsort((tree.begins[nodes], keys))]


def _keys(tree: TraceTree, sort: str, nodes: Numbers) -> Numbers:
    if sort == "duration":
        return tree.ends[nodes] - tree.begins[nodes]
    if sort == "self":
        return tree.self_times[nodes]
    if sort == "depth":
        return np.array(tree.depth, dtype=np.int64)[nodes]
    if sort == "errors":
        return np.array([len(tree.errors_of.get(node, ())) for node in nodes.tolist()], dtype=np.int64)
    if sort in ("op", "description"):
        at = 0 if sort == "op" else 1
        ranks = _ranks([key[at].lower() for key in tree.keys])
        return ranks[np.array(tree.texts, dtype=np.int64)[nodes]]
    if sort in ("service", "status"):
        spans = [tree.spans[tree.span[node]] for node in nodes.tolist()]
        texts = [tree.services.get(s.project, "") if sort == "service" else s.status for s in spans]
        return _ranks(texts)
    return tree.begins[nodes]


def _ranks(texts: Sequence[str]) -> Numbers:
    """Return the place of each text among all in order; equal texts share one."""
    place = {text: at for at, text in enumerate(sorted(set(texts)))}
    return np.array([place[text] for text in texts] or [0], dtype=np.int64)


def as_csv(tree: TraceTree, nodes: Iterable[int]) -> str:
    """Return spans as CSV with a line of names; times in milliseconds."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = ["span_id", "parent_span_id", "depth", "start_ms", "duration_ms", "self_ms", "op", "description"]
    writer.writerow([*names, "service", "status", "errors"])
    for node in nodes:
        line = line_of(tree, node)
        span, row = tree.spans[tree.span[node]], line.node
        parent = span.parent_id.hex() if span.parent_id else ""
        times = [f"{micros / 1000:.3f}" for micros in (row.start, row.duration, row.self_time)]
        writer.writerow(
            [line.span_id, parent, line.depth, *times, _plain(row.op), _plain(row.description),
             _plain(row.service), row.status, row.errors]
        )  # fmt: skip
    return out.getvalue()


def _plain(text: str) -> str:
    """Return *text* so that no spreadsheet takes it for a formula; a span may be called anything."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def as_json(tree: TraceTree, trace_id: str, limit: int) -> JsonObject:
    """Return the trace as one value: its spans in row order, at most *limit*, and its errors."""
    nodes = [node for node, kind in enumerate(tree.kind) if kind == Kind.SPAN]
    return {
        "trace_id": trace_id,
        "start": to_iso(tree.start),
        "duration_ms": tree.duration / 1000,
        "services": sorted(set(tree.services.values())),
        "span_count": len(nodes),
        "spans": [_span_json(tree, node) for node in nodes[:limit]],
        "errors": [
            {
                "event_id": error.event_id,
                "issue": error.short,
                "title": error.title,
                "span_id": error.span_id.hex() if error.span_id else None,
                "timestamp": to_iso(error.ts),
                "level": error.level.name.lower(),
            }
            for error in tree.errors
        ],
    }


def _span_json(tree: TraceTree, node: int) -> JsonObject:
    span, row = tree.spans[tree.span[node]], tree.node(node)
    found: JsonObject = {
        "span_id": span.span_id.hex(),
        "parent_span_id": span.parent_id.hex() if span.parent_id else None,
        "op": span.op,
        "description": span.description,
        "start": to_iso(span.start),
        "duration_ms": span.duration / 1000,
        "self_time_ms": row.self_time / 1000,
        "status": span.status,
        "service": row.service,
        "is_segment": bool(span.is_segment),
    }
    if row.note is not None:
        found["note"] = row.note.value
    return found
