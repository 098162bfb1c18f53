"""Traces over HTTP, from transactions, streamed spans and errors as SDKs send them."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from vedette.api.schema import faults
from vedette.api.shapes.trace import ORPHAN, TraceError, TraceSpan
from vedette.api.traces import TraceMeta

from .conftest import NOON, Desk

Http = TestClient[Any, Any]
TRACE = "a" * 32
PATH = f"/api/0/organizations/desk/trace/{TRACE}/"


def send_transaction(desk: Desk) -> None:
    """GET /cart of the shop (b…1) with a query (b…2) and a call (b…3)."""
    transaction = {
        "event_id": "d" * 32,
        "type": "transaction",
        "transaction": "GET /cart",
        "start_timestamp": NOON,
        "timestamp": NOON + 1,
        "contexts": {
            "trace": {"trace_id": TRACE, "span_id": f"{1:016x}", "op": "http.server", "status": "ok"}
        },
        "spans": [
            {
                "span_id": f"{number:016x}",
                "parent_span_id": f"{1:016x}",
                "trace_id": TRACE,
                "op": op,
                "description": text,
                "start_timestamp": NOON + number / 10,
                "timestamp": NOON + number / 10 + 0.05,
            }
            for number, op, text in [(3, "http.client", "GET /stock"), (2, "db", "SELECT 1")]
        ],
    }
    desk.send(({"type": "transaction"}, transaction), event_id="d" * 32)


def send_streamed(desk: Desk) -> None:
    """GET /stock of the stock service (b…4), streamed, below the shop's call."""
    spans = {
        "items": [
            {
                "trace_id": TRACE,
                "span_id": f"{4:016x}",
                "parent_span_id": f"{3:016x}",
                "name": "GET /stock",
                "status": "ok",
                "is_segment": True,
                "start_timestamp": NOON + 0.31,
                "end_timestamp": NOON + 0.34,
                "attributes": {"sentry.op": {"type": "string", "value": "http.server"}},
            },
            {
                "trace_id": TRACE,
                "span_id": f"{6:016x}",
                "parent_span_id": f"{5:016x}",
                "name": "lost",
                "status": "ok",
                "is_segment": False,
                "start_timestamp": NOON + 0.4,
                "end_timestamp": NOON + 0.41,
            },
        ]
    }
    item = {"type": "span", "item_count": 2, "content_type": "application/vnd.sentry.items.span.v2+json"}
    desk.send((item, spans), project="2")


async def get(http: Http, path: str, status: int = 200) -> Any:
    answer = await http.get(path)
    assert answer.status == status, await answer.text()
    assert answer.headers["Content-Type"] == "application/json"
    return await answer.json()


async def test_a_trace_of_two_services_is_one_tree_with_its_errors(desk: Desk, http: Http) -> None:
    send_streamed(desk)
    send_transaction(desk)
    desk.error(contexts={"trace": {"trace_id": TRACE, "span_id": f"{4:016x}"}}, project="2")
    desk.error("KeyError: lost", contexts={"trace": {"trace_id": TRACE, "span_id": f"{9:016x}"}})
    root, orphan, loose = await get(http, PATH)
    assert list(faults(root, TraceSpan)) == []
    assert (root["event_id"], root["transaction"], root["transaction_id"]) == (
        f"{1:016x}",
        "GET /cart",
        "d" * 32,
    )
    assert (root["is_transaction"], root["op"], root["duration"]) == (True, "http.server", 1000.0)
    query, client = root["children"]
    assert (query["description"], client["description"]) == ("SELECT 1", "GET /stock")
    (server,) = client["children"]
    assert (server["is_transaction"], server["project_slug"]) == (True, "project-2")
    (error,) = server["errors"]
    assert list(faults(error, TraceError)) == []
    assert (error["title"], error["short_id"]) == ("ValueError: boom", "PROJECT-2-1")
    assert orphan["additional_attributes"]["note"] == ORPHAN
    assert (loose["event_type"], loose["title"]) == ("error", "KeyError: lost")


async def test_a_trace_is_told_in_numbers_under_both_spellings(desk: Desk, http: Http) -> None:
    send_transaction(desk)
    desk.error(contexts={"trace": {"trace_id": TRACE, "span_id": f"{2:016x}"}})
    meta = await get(http, f"/api/0/organizations/desk/trace-meta/{TRACE}/?statsPeriod=14d")
    assert list(faults(meta, TraceMeta)) == []
    assert (meta["spansCount"], meta["span_count"], meta["errorsCount"], meta["errors"]) == (3, 3, 1, 1)
    record = {"timestamp": NOON, "level": "info", "body": "paid", "trace_id": TRACE}
    point = {"timestamp": NOON, "name": "orders", "type": "counter", "value": 1, "trace_id": TRACE}
    desk.send(({"type": "log"}, {"items": [record, record]}), ({"type": "trace_metric"}, {"items": [point]}))
    meta = await get(http, f"/api/0/organizations/desk/trace-meta/{TRACE}/")
    assert (meta["logsCount"], meta["logs"], meta["metricsCount"]) == (2, 2, 1)
    assert meta["spansCountMap"] == {"http.server": 1, "http.client": 1, "db": 1}
    assert meta["transactionChildCountMap"] == [{"transaction_id": "d" * 32, "count": 3}]


async def test_a_trace_nobody_sent_is_empty(desk: Desk, http: Http) -> None:
    assert await get(http, PATH) == []
    assert (await get(http, f"/api/0/organizations/desk/trace-meta/{TRACE}/"))["spansCount"] == 0
    await get(http, "/api/0/organizations/desk/trace/xyz/", status=404)


@pytest.mark.parametrize("limit", ["0", "100001", "x"])
async def test_the_number_of_spans_is_bounded(http: Http, limit: str) -> None:
    await get(http, f"{PATH}?limit={limit}", status=400)


async def test_a_cut_trace_says_how_many_spans_there_are(desk: Desk, http: Http) -> None:
    send_transaction(desk)
    answer = await http.get(f"{PATH}?limit=1")
    assert (len(await answer.json()), answer.headers["X-Hits"]) == (1, "3")


async def test_web_vitals_stand_at_the_span_that_brought_them(desk: Desk, http: Http) -> None:
    page = {"trace_id": TRACE, "status": "ok", "start_timestamp": NOON, "end_timestamp": NOON + 1}
    paint = {"browser.web_vital.lcp.value": {"value": 312.5, "type": "double"}}
    spans = [
        page
        | {
            "span_id": f"{1:016x}",
            "name": "Pageload",
            "is_segment": True,
            "attributes": {
                "sentry.op": {"value": "pageload", "type": "string"},
                "browser.web_vital.ttfb.value": {"value": 40, "type": "integer"},
            },
        },
        page
        | {
            "span_id": f"{2:016x}",
            "parent_span_id": f"{1:016x}",
            "name": "Largest contentful paint",
            "attributes": paint | {"sentry.op": {"value": "ui.webvital.lcp", "type": "string"}},
        },
    ]
    header = {"type": "span", "item_count": 2, "content_type": "application/vnd.sentry.items.span.v2+json"}
    desk.send((header, {"items": spans}))
    (load,) = await get(http, PATH)
    assert list(faults(load, TraceSpan)) == []
    assert load["measurements"] == {"measurements.ttfb": 40}
    (lcp,) = load["children"]
    assert lcp["measurements"] == {"measurements.lcp": 312.5}
    assert lcp["browser_web_vital"] == {"browser.web_vital.lcp.value": 312.5}
