"""Tables of answers over HTTP: every data set, pages, counts, and what is said of wrong questions."""

import hashlib
from typing import Any
from urllib.parse import urlencode

import pytest
from aiohttp.test_utils import TestClient

from vedette.api.schema import faults
from vedette.api.shapes.explore import Events

from .conftest import NOON, Desk

Http = TestClient[Any, Any]
EVENTS = "/api/0/organizations/desk/events/"
SPANS = "application/vnd.sentry.items.span.v2+json"
LOGS = "application/vnd.sentry.items.log+json"


async def ask(http: Http, *fields: str, status: int = 200, path: str = EVENTS, **more: Any) -> Any:
    text = urlencode({"field": fields, **more}, doseq=True)
    answer = await http.get(f"{path}?{text}")
    assert answer.status == status, await answer.text()
    return await answer.json()


def a_transaction(desk: Desk, name: str = "/cart", seconds: float = 0.5, **event: Any) -> str:
    """Take in a transaction with one database span; returns its event id."""
    event_id = f"{desk.last + 1:032x}"
    end = NOON + desk.last
    complete = {
        "event_id": event_id,
        "type": "transaction",
        "transaction": name,
        "start_timestamp": end - seconds,
        "timestamp": end,
        "platform": "python",
        "environment": "dev",
        "tags": {"colour": "red"},
        "measurements": {"lcp": {"value": 1200, "unit": "millisecond"}},
        "contexts": {
            "trace": {
                "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736",
                "span_id": f"{desk.last + 1:016x}",
                "op": "http.server",
                "status": "ok",
                "data": {"http.response.status_code": 200, "thread.name": "main"},
            }
        },
        "spans": [
            {
                "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736",
                "span_id": f"{desk.last + 0xF001:016x}",
                "parent_span_id": f"{desk.last + 1:016x}",
                "op": "db.query",
                "description": "SELECT name FROM basket",
                "start_timestamp": end - seconds,
                "timestamp": end - seconds / 2,
                "data": {"db.system": "postgresql", "db.rows": 7, "db.cold": True},
            }
        ],
    }
    desk.send(({"type": "transaction"}, complete | event), event_id=event_id)
    return event_id


async def test_newest_errors_come_with_their_columns_and_what_these_are(desk: Desk, http: Http) -> None:
    first = desk.error(tags={"colour": "red"}, release="shop@1", user={"id": 7})
    second = desk.error("KeyError: gone", level="fatal")
    answer = await ask(http, "title", "level", "issue", "timestamp", "colour", "user", dataset="errors")
    assert list(faults(answer, Events)) == []
    assert [row["id"] for row in answer["data"]] == [second, first]
    assert answer["data"][1] == {
        "id": first,
        "project.name": "desk",
        "title": "ValueError: boom",
        "level": "error",
        "issue": "DESK-1",
        "timestamp": "2026-09-21T14:13:20+00:00",
        "colour": "red",
        "user": "id:7",
    }
    assert answer["meta"]["fields"]["timestamp"] == "date"
    assert answer["meta"]["dataScanned"] == "full"
    assert answer["meta"]["dataset"] == "errors"


async def test_what_the_mcp_server_asks_for_is_answered(desk: Desk, http: Http) -> None:
    desk.error()
    desk.error()
    (row,) = (
        await ask(http, "issue", "issue.id", "project", "title", "count()", "last_seen()", dataset="errors")
    )["data"]
    assert row == {
        "issue": "DESK-1",
        "issue.id": 1,
        "project": "desk",
        "title": "ValueError: boom",
        "count()": 2,
        "last_seen()": "2026-09-21T14:13:21+00:00",
    }
    a_transaction(desk)
    fields = (
        "id", "trace", "span.op", "span.description", "span.duration", "transaction", "project", "timestamp",
    )  # fmt: skip
    rows = (await ask(http, *fields, dataset="spans", query="span.op:db.query"))["data"]
    assert [row["span.description"] for row in rows] == ["SELECT name FROM basket"]
    assert rows[0]["span.duration"] == pytest.approx(250)
    assert rows[0]["transaction"] == "/cart"
    assert rows[0]["trace"] == "4bf92f3577b34da6a3ce929d0e0e4736"


async def test_attributes_of_spans_are_columns_conditions_and_measures(desk: Desk, http: Http) -> None:
    a_transaction(desk)
    answer = await ask(http, "db.rows", "db.system.name", "db.cold", dataset="spans", query="db.rows:>6")
    (row,) = answer["data"]
    assert (row["db.rows"], row["db.system.name"], row["db.cold"]) == (7, "postgresql", "true")
    assert answer["meta"]["fields"]["db.rows"] == "integer"
    for query in ("db.rows:7", "has:db.rows", "thread.name:ma*", "!has:db.rows http.status_code:200"):
        assert len((await ask(http, "id", dataset="spans", query=query))["data"]) == 1, query
    (row,) = (await ask(http, "sum(db.rows)", "count_if(db.system,equals,postgresql)", dataset="spans"))[
        "data"
    ]
    assert row == {"sum(db.rows)": 7, "count_if(db.system,equals,postgresql)": 1}


async def test_spans_and_logs_are_found_by_the_replay_in_which_they_happened(desk: Desk, http: Http) -> None:
    replay = {"sentry.replay_id": {"value": "ab" * 16, "type": "string"}}
    common = {"trace_id": "a" * 32, "attributes": replay}
    times = {"start_timestamp": NOON, "end_timestamp": NOON + 1, "status": "ok"}
    spans = [common | times | {"span_id": f"{n:016x}", "name": "buy", "is_segment": True} for n in (1, 2)]
    spans[1] = spans[1] | {"attributes": {}}
    logs = [{"timestamp": NOON, "level": "info", "body": text, "trace_id": "a" * 32} for text in ("a", "b")]
    logs[0] |= {"attributes": replay}
    for kind, content_type, items in (("span", SPANS, spans), ("log", LOGS, logs)):
        desk.send(({"type": kind, "item_count": 2, "content_type": content_type}, {"items": items}))
        for name in ("replay.id", "replayId", "replay_id"):
            rows = (await ask(http, name, dataset=f"{kind}s", query=f"{name}:{'ab' * 16}"))["data"]
            assert [row[name] for row in rows] == ["ab" * 16], (kind, name)


async def test_spans_are_grouped_by_what_they_have_in_common(desk: Desk, http: Http) -> None:
    for number in (7, 8):
        span = {
            "span_id": f"{number:016x}",
            "op": "db",
            "description": f"SELECT a FROM t WHERE id = {number}",
        }
        a_transaction(desk, spans=[span | {"start_timestamp": NOON - 1, "timestamp": NOON}])
    fields = ("span.group", "normalized_description", "count()")
    answer = await ask(http, *fields, dataset="spans", query="span.op:db")
    normal = "SELECT a FROM t WHERE id = %s"
    group = hashlib.md5(normal.encode()).hexdigest()[:16]
    assert answer["data"] == [{"span.group": group, "normalized_description": normal, "count()": 2}]
    found = await ask(http, "span.description", dataset="spans", query=f"span.group:{group}")
    assert len(found["data"]) == 2


async def test_transactions_are_measured_by_name(desk: Desk, http: Http) -> None:
    for seconds in (0.1, 0.2, 2.0):
        a_transaction(desk, seconds=seconds)
    a_transaction(desk, "/pay", seconds=1.0)
    fields = ("transaction", "count()", "p50()", "max(transaction.duration)", "apdex(300)")
    rows = (await ask(http, *fields, dataset="transactions", sort="-count"))["data"]
    assert rows[0]["transaction"] == "/cart"
    assert rows[0]["p50()"] == pytest.approx(200)
    assert rows[0]["apdex(300)"] == pytest.approx(2 / 3)
    assert [row["count()"] for row in rows] == [3, 1]
    (row,) = (
        await ask(http, "colour", "measurements.lcp", query="transaction:/pay", dataset="transactions")
    )["data"]
    assert (row["colour"], row["measurements.lcp"]) == ("red", 1200)
    # Who names no data set but asks for what only transactions have means them.
    rows = (await ask(http, "transaction", "p95(transaction.duration)"))["data"]
    assert len(rows) == 2


@pytest.mark.parametrize("sort", ["-timestamp", "timestamp", "-count()", "title"])
async def test_pages_of_answers_meet_without_gap_or_repeat(desk: Desk, http: Http, sort: str) -> None:
    for n in range(5):
        desk.error(f"Error{n}: x", timestamp=NOON)
    fields = ("title", "count()") if "count" in sort else ("title",)
    asked = {"field": fields, "sort": sort, "per_page": 2, "dataset": "errors"}
    url = f"{EVENTS}?{urlencode(asked, doseq=True)}"
    seen: list[str] = []
    cursor = ""
    for _ in range(3):
        answer = await http.get(f"{url}&cursor={cursor}")
        seen += [row["title"] for row in (await answer.json())["data"]]
        following = answer.headers["Link"].partition(", ")[2]
        cursor = following.rpartition('cursor="')[2].rstrip('"')
    assert 'results="false"' in following
    assert sorted(seen) == [f"Error{n}: x" for n in range(5)]


async def test_questions_are_narrowed_to_time_project_environment_and_run(desk: Desk, http: Http) -> None:
    here = desk.error()
    there = desk.error(environment="prod", project="2")
    for more, found in [
        ({"environment": "prod"}, [there]),
        ({"environment": ["prod", "dev"]}, [there, here]),
        ({"project": "1"}, [here]),
        ({"project": "desk"}, [here]),
        ({"project": "-1"}, [there, here]),
        ({"end": "2026-09-21T14:13:21"}, [here]),
        ({"start": "2026-09-21T14:13:21"}, [there]),
        ({"run": 77}, []),
    ]:
        answer = await ask(http, "id", dataset="errors", **more)
        assert [row["id"] for row in answer["data"]] == found, more


async def test_how_many_fit_is_told_alone(desk: Desk, http: Http) -> None:
    desk.error(tags={"colour": "red"})
    desk.error()
    path = f"{EVENTS[:-8]}/events-meta/"
    assert await ask(http, path=path, dataset="errors", query="colour:red") == {"count": 1}
    assert await ask(http, path=path, dataset="errors") == {"count": 2}


async def test_values_are_told_with_how_many_events_carry_them(desk: Desk, http: Http) -> None:
    desk.error(tags={"colour": "red"})
    desk.error(tags={"colour": "dark red"})
    desk.error(tags={"colour": "blue"}, project="2")
    path = f"{EVENTS[:-8]}/tags"
    found = await ask(http, path=f"{path}/colour/values/", query="*RED")
    assert [(one["value"], one["count"]) for one in found] == [("dark red", 1), ("red", 1)]
    assert found[0] == {
        "key": "colour", "name": "dark red", "value": "dark red", "count": 1, "isExact": True,
    }  # fmt: skip
    types = await ask(http, path=f"{path}/error.type/values/", project="2")
    assert [(one["key"], one["value"], one["count"]) for one in types] == [("error.type", "ValueError", 1)]
    assert [one["value"] for one in await ask(http, path=f"{path}/stack.function/values/", query="val")] == [
        "valueerror"
    ]
    assert await ask(http, path=f"{path}/error.value/values/") == []


async def test_tags_are_told_with_how_many_events_carry_them(desk: Desk, http: Http) -> None:
    desk.error(tags={"colour": "red"})
    desk.error(tags={"colour": "blue"}, project="2")
    path = f"{EVENTS[:-8]}/tags/"
    found = {tag["key"]: tag for tag in await ask(http, path=path)}
    assert found["colour"] == {"key": "colour", "name": "Colour", "totalValues": 2}
    assert found["environment"]["totalValues"] == 2
    only = {tag["key"]: tag for tag in await ask(http, path=path, project="2")}
    assert only["colour"]["totalValues"] == 1


@pytest.mark.parametrize(
    ("fields", "more", "words"),
    [
        ((), {}, "No columns selected"),
        (("title",), {"dataset": "profiles"}, "dataset must be one of"),
        (("nothing()",), {}, "There is no function nothing()"),
        (("title",), {"query": "level:loud"}, "is no level"),
        (("title",), {"query": "timestamp:>soon"}, "Invalid date"),
        (("title",), {"query": "(a"}, "(column 1)"),
        (("title",), {"query": "count():>5"}, "none is among the fields"),
        (("title", "count()"), {"sort": "-level"}, "not among the fields"),
        (("p95()",), {"dataset": "errors"}, "needs a field"),
        (("title",), {"project": "nowhere"}, "no such project"),
        (("title",), {"cursor": "x"}, "Invalid cursor"),
        (("equation|count() +",), {}, "ends too early"),
        (("tags[a",), {"query": "tags[a,colour]:1"}, "is no type"),
    ],
)
async def test_a_wrong_question_is_refused_with_what_is_wrong(
    http: Http, fields: tuple[str, ...], more: dict[str, Any], words: str
) -> None:
    answer = await ask(http, *fields, status=400, **{"dataset": "errors", **more})
    assert words in answer["detail"]


async def test_a_question_is_checked_part_by_part(http: Http) -> None:
    path = f"{EVENTS}validate/"
    good = await ask(
        http, "title", "count()", path=path, dataset="errors", query="level:error", orderby="-count()"
    )
    assert good["valid"]
    assert [field["attrType"] for field in good["field"]] == ["string", "number"]
    bad = await ask(http, "nothing()", path=path, dataset="errors", query="level:loud")
    assert not bad["valid"]
    assert "nothing()" in bad["field"][0]["error"]
    assert "is no level" in bad["query"]["error"]
    unknown = await ask(http, "title", path=path, dataset="profiles")
    assert not unknown["valid"]
    assert "dataset must be" in unknown["dataset"][0]["error"]
