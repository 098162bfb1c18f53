"""Complete small values by default, so that a test mentions only what it is about."""

import hashlib
from typing import Any
from uuid import uuid4

import orjson

from vedette.domain.levels import Level
from vedette.domain.outcomes import Outcome
from vedette.domain.processed import Grouping, Heading, ProcessedEvent, Segment, Span, SpanBatch
from vedette.domain.times import SECOND, Micros
from vedette.store.spool import SpoolEntry
from vedette.store.writer.records import ItemRecord, RequestRecord

MORNING = Micros(1_795_500_000 * SECOND)
"""A moment in November 2026."""


def an_event(title: str = "ValueError: bad currency", **changes: Any) -> ProcessedEvent:
    """Return an error; events with the same *title* belong to one issue."""
    kind, _, value = title.partition(": ")
    stack = changes.pop("stack", "shop.pay pay shop/pay.py")
    values: dict[str, Any] = {
        "event_id": uuid4().bytes,
        "kind": "error",
        "level": Level.ERROR,
        "timestamp": MORNING,
        "received": MORNING,
        "platform": "python",
        "heading": Heading(title, "shop.pay in pay", kind, value, "shop/pay.py", "pay", 7),
        "grouping": Grouping((hashlib.md5(title.encode()).hexdigest(),), "test/1", "app"),
        "environment": "qa",
        "release": "shop@1.0",
        "dist": None,
        "transaction": "/pay",
        "user": "id:7",
        "trace_id": None,
        "span_id": None,
        "handled": False,
        "sdk": "sentry.python 2.75.0",
        "tags": (("environment", "qa"), ("release", "shop@1.0"), ("browser", "Firefox"), ("user", "id:7")),
        "body": f"{title} shop.pay",
        "stack": stack,
        "frames": _frames(stack),
        "stack_hash": hashlib.blake2b(stack.encode(), digest_size=16).digest() if stack else None,
    }
    return ProcessedEvent(**(values | changes))


def _frames(stack: str) -> tuple[tuple[str, str], ...]:
    """Return what is indexed of the frames in *stack*, lines of module, function and file."""
    names = ("stack.module", "stack.function", "stack.filename")
    pairs = [pair for line in stack.splitlines() for pair in zip(names, line.split(" "), strict=False)]
    return tuple(dict.fromkeys(pair for pair in pairs if pair[1]))


def a_span(**changes: Any) -> Span:
    values: dict[str, Any] = {
        "span_id": uuid4().bytes[:8],
        "parent_id": None,
        "op": "db",
        "description": "SELECT 1",
        "start": MORNING,
        "duration": 5_000,
        "status": "ok",
    }
    return Span(**(values | changes))


def a_segment(span: Span, trace_id: bytes, **changes: Any) -> Segment:
    values: dict[str, Any] = {
        "trace_id": trace_id,
        "span": span,
        "name": "GET /cart",
        "source": "route",
        "platform": "python",
        "environment": "qa",
        "release": "shop@1.0",
        "sdk": "sentry.python 2.75.0",
        "event_id": uuid4().bytes,
        "user": None,
        "status": "ok",
        "tags": (("environment", "qa"),),
    }
    return Segment(**(values | changes))


def a_trace(spans: int = 3, trace_id: bytes | None = None, **segment: Any) -> SpanBatch:
    """Return a transaction: a root `http.server` span with *spans* - 1 database children."""
    trace_id = trace_id or uuid4().bytes
    root = a_span(op="http.server", description="GET /cart", duration=100_000, is_segment=True)
    children = [
        a_span(parent_id=root.span_id, start=MORNING + n * 1000, description=f"SELECT {n}")
        for n in range(1, spans)
    ]
    return SpanBatch(trace_id, (root, *children), (a_segment(root, trace_id, **segment),))


def a_request(number: int, *items: ProcessedEvent | SpanBatch | ItemRecord, **changes: Any) -> RequestRecord:
    """Return request *number* with an item for each event or trace given."""
    records: list[ItemRecord] = []
    for n, item in enumerate(items):
        if isinstance(item, ItemRecord):
            records.append(item)
        elif isinstance(item, SpanBatch):
            eid = item.segments[0].event_id if item.segments else None
            records.append(ItemRecord(n, "transaction", 3, 0, spans=[item], event_id=eid))
        else:
            records.append(ItemRecord(n, "event", 3, 0, event=item, event_id=item.event_id))
    values: dict[str, Any] = {
        "id": number,
        "received": MORNING,
        "project": 1,
        "ip": "127.0.0.1",
        "client": "sentry.python/2.75.0",
        "method": "POST",
        "path": "/api/1/envelope/",
        "wire_size": 100,
        "status": 200,
        "outcome": Outcome.STORED,
        "body": b"{}\n",
        "items": records,
    }
    return RequestRecord(**(values | changes))


def an_envelope(*items: tuple[str, Any], event_id: str | None = None, **header: Any) -> bytes:
    """Return envelope bytes; each item is a type and a JSON payload, or bytes."""
    lines = [orjson.dumps({"event_id": event_id or uuid4().hex, **header})]
    for kind, payload in items:
        data = payload if isinstance(payload, bytes) else orjson.dumps(payload)
        lines.append(orjson.dumps({"type": kind, "length": len(data)}))
        lines.append(data)
    return b"\n".join(lines) + b"\n"


def an_error(message: str = "bad currency", **changes: Any) -> dict[str, Any]:
    """Return the payload of an error event as an SDK sends it."""
    frame = {"function": "pay", "module": "shop.pay", "filename": "shop/pay.py", "lineno": 7, "in_app": True}
    exception = {"type": "ValueError", "value": message, "stacktrace": {"frames": [frame]}}
    event: dict[str, Any] = {"event_id": uuid4().hex, "platform": "python", "timestamp": MORNING / SECOND}
    return event | {"exception": {"values": [exception]}} | changes


def a_spool_entry(body: bytes, **meta: Any) -> SpoolEntry:
    """Return a request as the station spools it."""
    values = {
        "method": "POST",
        "path": "/api/1/envelope/",
        "endpoint": "envelope",
        "project": "1",
        "key": "a" * 32,
        "client": "sentry.python/2.75.0",
        "ip": "127.0.0.1",
        "status": 200,
    }
    kind = meta.pop("kind", "envelope")
    return SpoolEntry(MORNING, kind, orjson.dumps(values | meta), body)
