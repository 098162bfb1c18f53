"""Attributes of spans, logs and metric points over HTTP."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from vedette.api import trace_items as module
from vedette.api.schema import faults
from vedette.api.trace_items import TraceItemAttribute

from .conftest import NOON, Desk

Http = TestClient[Any, Any]
TRACE = "a" * 32
PATH = "/api/0/organizations/desk/trace-items/attributes/"


def typed(**values: Any) -> dict[str, Any]:
    kinds = {str: "string", int: "integer", float: "double", bool: "boolean", list: "array"}
    return {name: {"value": value, "type": kinds[type(value)]} for name, value in values.items()}


def a_log(at: float = NOON, **attributes: Any) -> dict[str, Any]:
    record = {"timestamp": at, "level": "info", "body": "paid", "trace_id": TRACE}
    return record | {"attributes": typed(**attributes)}


def send_logs(desk: Desk, *records: dict[str, Any], project: str = "1") -> None:
    desk.send(({"type": "log"}, {"items": records}), project=project)


async def get(http: Http, status: int = 200, **query: Any) -> list[dict[str, Any]]:
    answer = await http.get(PATH, params=query)
    assert answer.status == status, await answer.text()
    found: list[dict[str, Any]] = await answer.json()
    return found


async def test_attributes_that_logs_were_sent_with_are_listed_with_their_types(
    desk: Desk, http: Http
) -> None:
    send_logs(desk, a_log(pay="card", amount=28.0, tries=2), a_log(vip=True, parts=["a"], amount="much"))
    found = await get(http, itemType="logs")
    assert [list(faults(attribute, TraceItemAttribute)) for attribute in found] == [[]] * len(found)
    sent = {
        (one["key"], one["attributeType"]) for one in found if one["attributeSource"]["source_type"] == "user"
    }
    assert sent >= {
        ("pay", "string"), ("tags[amount,number]", "number"), ("amount", "string"),
        ("tags[tries,number]", "number"), ("tags[vip,boolean]", "boolean"), ("tags[parts,array]", "array"),
    }  # fmt: skip


async def test_spans_have_fields_of_their_own_and_attributes_of_both_generations(
    desk: Desk, http: Http
) -> None:
    span = {"trace_id": TRACE, "span_id": "1" * 16, "name": "n", "status": "ok", "is_segment": True,
            "start_timestamp": NOON, "end_timestamp": NOON + 1, "attributes": typed(shelf="A")}  # fmt: skip
    desk.send(({"type": "span"}, {"items": [span]}))
    trace = {"trace_id": TRACE, "span_id": "2" * 16}
    child = {"span_id": "3" * 16, "parent_span_id": "2" * 16, "start_timestamp": NOON, "timestamp": NOON,
             "data": {"rows": 7}}  # fmt: skip
    transaction = {
        "transaction": "t",
        "start_timestamp": NOON,
        "timestamp": NOON + 1,
        "contexts": {"trace": trace},
    }
    desk.send(({"type": "transaction"}, transaction | {"spans": [child]}), event_id="d" * 32)
    found = {one["key"]: one for one in await get(http)}
    assert found["shelf"]["attributeType"] == "string"
    assert found["tags[rows,number]"]["attributeType"] == "number"
    duration = found["span.duration"]
    assert (duration["attributeType"], duration["attributeSource"]["source_type"]) == ("number", "sentry")
    assert "duration" in duration["secondaryAliases"]
    assert found["is_transaction"]["attributeType"] == "boolean"


async def test_metric_points_have_attributes_too(desk: Desk, http: Http) -> None:
    point = {
        "timestamp": NOON,
        "name": "orders",
        "type": "counter",
        "value": 1,
        "attributes": typed(pay="card"),
    }
    desk.send(({"type": "trace_metric"}, {"items": [point]}))
    assert "pay" in {one["key"] for one in await get(http, dataset="tracemetrics")}
    assert "pay" not in {one["key"] for one in await get(http, dataset="logs")}


async def test_names_types_projects_and_times_can_be_limited(desk: Desk, http: Http) -> None:
    send_logs(desk, a_log(pay="card", payment=7))
    send_logs(desk, a_log(NOON - 86_400, old="x"), project="2")

    async def keys(**query: Any) -> set[str]:
        wanted = {"pay", "tags[payment,number]", "old"}
        return {one["key"] for one in await get(http, itemType="logs", **query)} & wanted

    assert await keys() == {"pay", "tags[payment,number]", "old"}
    assert await keys(substringMatch="PAY") == {"pay", "tags[payment,number]"}
    assert await keys(attributeType="number") == {"tags[payment,number]"}
    assert await keys(project="2") == {"old"}
    assert await keys(start="2026-09-21T00:00:00", end="2026-09-22T00:00:00") <= {
        "pay",
        "tags[payment,number]",
    }
    await get(http, status=400, itemType="logs", dataset="spans")
    await get(http, status=400, itemType="replays")


async def test_long_lists_come_in_pages(desk: Desk, http: Http) -> None:
    send_logs(desk, a_log(**{f"k{n:03}": "v" for n in range(30)}))
    seen: list[str] = []
    url = f"{PATH}?itemType=logs&per_page=7&substringMatch=k0"
    while True:
        answer = await http.get(url)
        seen += [one["key"] for one in await answer.json()]
        following = answer.links["next"]
        if following["results"] == "false":
            break
        url = f"{PATH}?itemType=logs&per_page=7&substringMatch=k0&cursor={following['cursor']}"
    assert seen == [f"k{n:03}" for n in range(30)]


async def test_only_so_many_bytes_are_read(desk: Desk, http: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    send_logs(desk, a_log(older="x"))
    send_logs(desk, a_log(NOON + 5, newer="x"))
    monkeypatch.setattr(module, "_MOST_BYTES", 10)
    keys = {one["key"] for one in await get(http, itemType="logs")}
    assert "newer" in keys
    assert "older" not in keys


async def test_payloads_that_are_gone_are_passed_over(desk: Desk, http: Http) -> None:
    send_logs(desk, a_log(pay="card"))
    desk.writer.raw.execute("DELETE FROM payload")
    assert "pay" not in {one["key"] for one in await get(http, itemType="logs")}
