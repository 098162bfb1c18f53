"""A trace as a tree of spans and errors, written piece by piece.

A trace can be 100,000 spans long or deep, and links between them are the senders' word: so nothing here
recurses, parents that have not arrived leave roots with a note, and a circle is cut open.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NotRequired, TypedDict

import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.times import SECOND
from vedette.domain.vitals import WebVital
from vedette.processing.span_attributes import VITAL_ATTRIBUTES
from vedette.store.queries.segments import SegmentRow
from vedette.store.queries.traces import SpanRow
from vedette.store.queries.traces import TraceError as StoredError

CHUNK = 256 * 1024
ORPHAN = "its parent has not arrived"
CIRCLE = "its parents form a circle, which is cut here"


@dataclass(frozen=True, slots=True)
class Tree:
    """A trace ready to be written: segments and vitals by span id in hex, slugs of projects by id."""

    spans: Sequence[SpanRow]
    segments: Mapping[str, SegmentRow] = field(default_factory=dict)
    errors: Sequence[StoredError] = ()
    projects: Mapping[int, str] = field(default_factory=dict)
    vitals: Mapping[str, Mapping[WebVital, float]] = field(default_factory=dict)


class TraceError(TypedDict):
    """An error of the trace; at the root of the answer where its span is not known."""

    id: str
    event_id: str
    event_type: Literal["error"]
    issue_id: int
    issue: str
    issue_type: int
    short_id: str
    level: str
    title: str
    description: str
    message: str
    culprit: str
    transaction: str
    project_id: int
    project_slug: str
    start_timestamp: float
    timestamp: float


class TraceSpan(TypedDict):
    """A span with what happened below it. `event_id` is its own id, `transaction_id` its segment's event.

    Web vitals stand at the span that brought them, under the older and the newer name.
    """

    event_id: str
    event_type: Literal["span"]
    transaction_id: str
    project_id: int
    project_slug: str
    parent_span_id: str | None
    start_timestamp: float
    end_timestamp: float
    duration: float
    is_transaction: bool
    transaction: str
    op: str
    name: str
    description: str
    sdk_name: str
    profile_id: str
    profiler_id: str
    measurements: dict[str, float]
    browser_web_vital: dict[str, float]
    errors: list[TraceError]
    occurrences: list[JsonValue]
    additional_attributes: dict[str, JsonValue]
    children: "NotRequired[list[TraceSpan]]"


@dataclass(frozen=True, slots=True)
class Visit:
    """One step of the walk through a tree, parents before children."""

    index: int
    depth: int
    note: str = ""


def walk(spans: Sequence[SpanRow]) -> list[Visit]:
    """Return every span once, parents before children, siblings by start."""
    order = sorted(range(len(spans)), key=lambda n: (spans[n].start, -spans[n].duration))
    known: dict[bytes, int] = {}
    for n in order:
        known.setdefault(spans[n].span_id, n)
    children: dict[int, list[int]] = {}
    roots: list[Visit] = []
    for n in order:
        parent_id = spans[n].parent_id
        parent = None if parent_id is None else known.get(parent_id)
        if parent is not None:
            children.setdefault(parent, []).append(n)
        else:
            roots.append(Visit(n, 0, "" if parent_id is None else ORPHAN))
    visits: list[Visit] = []
    seen = bytearray(len(spans))
    _descend(roots, children, seen, visits)
    if len(visits) < len(spans):
        for n in order:
            if not seen[n]:
                _descend([Visit(n, 0, CIRCLE)], children, seen, visits)
    return visits


def _descend(
    roots: list[Visit], children: Mapping[int, list[int]], seen: bytearray, visits: list[Visit]
) -> None:
    waiting = roots[::-1]
    while waiting:
        visit = waiting.pop()
        if seen[visit.index]:
            continue
        seen[visit.index] = 1
        visits.append(visit)
        waiting.extend(Visit(n, visit.depth + 1) for n in reversed(children.get(visit.index, ())))


def write_tree(tree: Tree) -> Iterator[bytes]:
    """Yield the tree as JSON in pieces of some 256 kB: spans by start, then errors without a span.

    JSON is put together here, since no encoder would nest so deep.
    """
    by_span: dict[bytes, list[StoredError]] = {}
    known = {span.span_id for span in tree.spans}
    loose: list[StoredError] = []
    for error in tree.errors:
        if error.span_id in known and error.span_id is not None:
            by_span.setdefault(error.span_id, []).append(error)
        else:
            loose.append(error)
    text = bytearray(b"[")
    depth = -1
    owners: list[SegmentRow | None] = []
    for visit in walk(tree.spans):
        if visit.depth <= depth:
            text += b"]}" * (depth - visit.depth + 1) + b","
        depth = visit.depth
        span = tree.spans[visit.index]
        del owners[depth:]
        own = tree.segments.get(span.span_id.hex()) if span.is_segment else None
        owners.append(own or (owners[-1] if owners else None))
        node = _node(tree, span, owners[-1], by_span.pop(span.span_id, ()), visit.note)
        text += orjson.dumps(node)[:-1] + b',"children":['
        if len(text) >= CHUNK:
            yield bytes(text)
            text.clear()
    text += b"]}" * (depth + 1)
    for n, error in enumerate(loose):
        text += b"," if n or depth >= 0 else b""
        text += orjson.dumps(_error(tree, error, ""))
    text += b"]"
    yield bytes(text)


def _node(
    tree: Tree, span: SpanRow, segment: SegmentRow | None, errors: Sequence[StoredError], note: str
) -> TraceSpan:
    transaction = segment.name if segment else ""
    attributes: JsonObject = {"span.status": span.status} if span.status else {}
    vitals = tree.vitals.get(span.span_id.hex(), {})
    if note:
        attributes["note"] = note
    return {
        "event_id": span.span_id.hex(),
        "event_type": "span",
        "transaction_id": (segment.event_id or segment.span) if segment else "",
        "project_id": span.project,
        "project_slug": tree.projects.get(span.project, ""),
        "parent_span_id": span.parent_id.hex() if span.parent_id else None,
        "start_timestamp": span.start / SECOND,
        "end_timestamp": (span.start + span.duration) / SECOND,
        "duration": span.duration / 1000,
        "is_transaction": bool(span.is_segment),
        "transaction": transaction,
        "op": span.op,
        "name": span.description or transaction,
        "description": span.description,
        "sdk_name": "",
        "profile_id": "",
        "profiler_id": "",
        "measurements": {f"measurements.{vital.value}": value for vital, value in vitals.items()},
        "browser_web_vital": {VITAL_ATTRIBUTES[vital]: value for vital, value in vitals.items()},
        "errors": [_error(tree, error, transaction) for error in errors],
        "occurrences": [],
        "additional_attributes": attributes,
    }


def _error(tree: Tree, error: StoredError, transaction: str) -> TraceError:
    moment = error.ts / SECOND
    return {
        "id": error.event_id,
        "event_id": error.event_id,
        "event_type": "error",
        "issue_id": error.issue,
        "issue": error.short,
        "issue_type": 1,
        "short_id": error.short,
        "level": error.level.value,
        "title": error.title,
        "description": error.title,
        "message": error.title,
        "culprit": error.culprit,
        "transaction": transaction,
        "project_id": error.project,
        "project_slug": error.project_slug,
        "start_timestamp": moment,
        "timestamp": moment,
    }
