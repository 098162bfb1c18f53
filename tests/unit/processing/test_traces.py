"""A trace looks the same whether older transactions or streamed spans brought it."""

from typing import Any

import orjson
import pytest

from vedette.domain.processed import Arrival, SpanBatch
from vedette.processing.pipeline import process_spans, process_transaction
from vedette.processing.spans import V2_CONTENT_TYPE

ARRIVAL = Arrival(received=1795500000_000000)
TRACE = "a" * 32
START = 1795414600.25

# op, description, status, data: as an older SDK sends a child span of each kind.
CHILDREN: list[tuple[str, str, str, dict[str, Any]]] = [
    ("db", "SELECT 1", "ok", {"db.system": "sqlite", "db.query.text": "SELECT 1"}),
    ("db.sql.query", "SELECT 2", "ok", {"db.statement": "SELECT 2"}),
    (
        "http.client",
        "GET https://api.example/a?b=1",
        "not_found",
        {
            "http.request.method": "GET",
            "url.full": "https://api.example/a?b=1",
            "http.response.status_code": 404,
        },
    ),
    (
        "http.client",
        "POST https://api.example/pay",
        "unavailable",
        {"http.method": "POST", "url": "https://api.example/pay", "http.status_code": 503},
    ),
    ("cache.get", "user:1, user:2", "ok", {"cache.key": ["user:1", "user:2"]}),
    ("queue.publish", "orders", "ok", {"messaging.destination.name": "orders"}),
    ("resource.script", "https://cdn.example/app.js", "ok", {"url.full": "https://cdn.example/app.js"}),
    ("mcp.server", "tools/call sum", "ok", {"mcp.method.name": "tools/call", "gen_ai.tool.name": "sum"}),
    (
        "brew",
        "brew 1",
        "internal_error",
        {"sentry.origin": "manual", "sentry.status.message": "internal_error"},
    ),
    ("brew", "brew 2", "deadline_exceeded", {"sentry.status.message": "deadline_exceeded"}),
]


def attributes(data: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {key: {"value": value, "type": "string"} for key, value in {**data, **more}.items()}


def ids(index: int) -> str:
    return f"{index + 1:016x}"


def older(name: str, op: str, source: str = "route") -> SpanBatch:
    spans = [
        {
            "trace_id": TRACE,
            "span_id": ids(index + 1),
            "parent_span_id": ids(index if index % 2 else 0),
            "op": op_,
            "description": description,
            "status": status,
            "start_timestamp": START + 0.01 * index,
            "timestamp": START + 0.01 * index + 0.0075,
            "data": data,
        }
        for index, (op_, description, status, data) in enumerate(CHILDREN)
    ]
    event = {
        "type": "transaction",
        "transaction": name,
        "transaction_info": {"source": source},
        "start_timestamp": START,
        "timestamp": START + 1,
        "contexts": {"trace": {"trace_id": TRACE, "span_id": ids(0), "op": op, "status": "ok"}},
        "environment": "qa",
        "release": "cafe@2",
        "sdk": {"name": "sentry.javascript.node", "version": "10"},
        "platform": "node",
        "spans": spans,
    }
    return process_transaction(orjson.dumps(event), ARRIVAL)


def streamed(name: str, op: str, data: dict[str, Any], names: str | None = None) -> SpanBatch:
    common = {"sentry.segment.id": ids(0), "sentry.environment": "qa", "sentry.release": "cafe@2"}
    sdk = {"sentry.sdk.name": "sentry.javascript.node", "sentry.sdk.version": "10"}
    items: list[dict[str, Any]] = [
        {
            "trace_id": TRACE,
            "span_id": ids(0),
            "name": name,
            "is_segment": True,
            "status": "ok",
            "start_timestamp": START,
            "end_timestamp": START + 1,
            "attributes": attributes({"sentry.op": op, **data, **common, **sdk}),
        }
    ]
    items += [
        {
            "trace_id": TRACE,
            "span_id": ids(index + 1),
            "parent_span_id": ids(index if index % 2 else 0),
            "name": names or description,
            "is_segment": False,
            "status": "ok" if status == "ok" else "error",
            "start_timestamp": START + 0.01 * index,
            "end_timestamp": START + 0.01 * index + 0.0075,
            "attributes": attributes(data, **{"sentry.op": op_, **common}),
        }
        for index, (op_, description, status, data) in enumerate(CHILDREN)
    ]
    container = orjson.dumps({"version": 2, "items": items})
    (batch,) = process_spans(container, V2_CONTENT_TYPE, ARRIVAL)
    return batch


def test_both_protocols_give_the_same_spans() -> None:
    old, new = (
        older("GET /menu", "http.server"),
        streamed("GET /menu", "http.server", {"http.route": "/menu"}),
    )
    assert old.trace_id == new.trace_id == bytes.fromhex(TRACE)
    assert old.spans == new.spans
    assert old.invalid == new.invalid == 0


def test_both_protocols_give_the_same_segment() -> None:
    (old,) = older("GET /menu", "http.server").segments
    (new,) = streamed("GET /menu", "http.server", {"sentry.segment.name.source": "route"}).segments
    same = ("trace_id", "span", "name", "source", "platform", "environment", "release", "sdk", "status")
    assert [getattr(old, name) for name in same] == [getattr(new, name) for name in same]


@pytest.mark.parametrize(("op", "name"), [("pageload", "Pageload"), ("navigation", "Navigation")])
@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"url.path": "/beds/7", "url.full": "https://x/beds/7"}, "/beds/7"),
        ({"url.path": "/beds/7", "url.template": "/beds/:id"}, "/beds/:id"),
        ({"navigation.route.id": "bed", "url.path": "/beds/7"}, "bed"),
    ],
)
def test_a_nameless_page_is_called_by_its_route_or_path(
    op: str, name: str, data: dict[str, Any], expected: str
) -> None:
    new, old = streamed(name, op, data), older(expected, op)
    assert new.segments[0].name == old.segments[0].name == expected
    assert new.spans == old.spans


@pytest.mark.parametrize(
    ("source", "name", "told"),
    [("url", "/beds/*", "sanitized"), ("sanitized", "/beds/*", "sanitized"), ("route", "/beds/17", "route")],
)
def test_ids_in_the_url_of_a_page_are_no_part_of_its_name(source: str, name: str, told: str) -> None:
    data = {"url.path": "/beds/17", "sentry.segment.name.source": source}
    (segment,) = streamed("Pageload", "pageload", data).segments
    assert (segment.name, segment.span.description, segment.source) == (name, name, told)


def test_a_page_without_any_path_keeps_its_placeholder() -> None:
    assert streamed("Pageload", "pageload", {}).segments[0].name == "Pageload"


def test_templates_say_what_a_shortened_name_does_not() -> None:
    batch = streamed("GET /menu", "http.server", {}, names="short")
    told = {span.op: span.description for span in batch.spans}
    assert told["http.client"] == "POST https://api.example/pay"
    assert told["cache.get"] == "user:1, user:2"
    assert told["db"] == "SELECT 1"
    assert told["brew"] == "short"


@pytest.mark.parametrize(
    ("sent", "op"),
    [
        ({"http.request.method": "GET", "sentry.kind": "client"}, "http.client"),
        ({"http.request.method": "GET", "sentry.kind": "server"}, "http.server"),
        ({"http.request.method": "GET"}, "http"),
        ({"http.request.method": "GET", "sentry.http.prefetch": True}, "http.prefetch"),
        ({"db.system": "sqlite"}, "db"),
        ({"gen_ai.operation.name": "chat"}, "gen_ai.chat"),
        ({"rpc.service": "Till"}, "rpc"),
        ({"messaging.system": "kafka"}, "message"),
        ({"faas.trigger": "timer"}, "timer"),
        ({}, "default"),
    ],
)
def test_a_span_without_op_has_the_one_its_attributes_tell(sent: dict[str, Any], op: str) -> None:
    item = {
        "trace_id": TRACE,
        "span_id": ids(0),
        "parent_span_id": ids(9),
        "name": "x",
        "status": "ok",
        "start_timestamp": START,
        "end_timestamp": START,
        "attributes": attributes(sent),
    }
    (batch,) = process_spans(orjson.dumps({"items": [item]}), V2_CONTENT_TYPE, ARRIVAL)
    assert batch.spans[0].op == op
