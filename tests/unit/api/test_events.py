"""Events over HTTP: lists, details, look-ups, bytes."""

from typing import Any

import orjson
import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import text

from vedette.api.reading import read_event
from vedette.api.schema import faults
from vedette.api.shapes.event import EventBrief, EventDetail
from vedette.store.engine import Reader
from vedette.store.queries import events

from .conftest import Desk

Http = TestClient[Any, Any]
ISSUE = "/api/0/organizations/desk/issues/1/events/"
PROJECT = "/api/0/projects/desk/desk/events/"


async def get(http: Http, path: str, status: int = 200) -> Any:
    answer = await http.get(path)
    assert answer.status == status, await answer.text()
    assert answer.headers["Content-Type"] == "application/json"
    return await answer.json()


async def test_an_event_in_a_list_has_every_published_member(desk: Desk, http: Http) -> None:
    event_id = desk.error(user={"id": 7}, tags={"colour": "red"}, transaction="/pay")
    for path in (ISSUE, PROJECT, "/api/0/issues/DESK-1/events/"):
        (event,) = await get(http, path)
        assert list(faults(event, EventBrief)) == []
        assert event["id"] == event["eventID"] == event_id
        assert (event["groupID"], event["projectID"], event["event.type"]) == ("1", "1", "error")
        assert (event["title"], event["culprit"]) == ("ValueError: boom", "/pay")
        assert {"key": "colour", "value": "red"} in event["tags"]
        assert event["user"]["id"] == "7"
        assert "entries" not in event
    (event,) = await get(http, f"{PROJECT}?full=true")
    assert [entry["type"] for entry in event["entries"]] == ["exception"]


@pytest.mark.parametrize("path", [ISSUE, PROJECT, f"{ISSUE}?query=boom&x=1"])
async def test_pages_of_events_meet_without_gap_or_repeat(desk: Desk, http: Http, path: str) -> None:
    sent = [desk.error(timestamp=1_790_000_000.0) for _ in range(5)]
    seen, cursor = [], ""
    while True:
        answer = await http.get(f"{path}{'&' if '?' in path else '?'}per_page=2&cursor={cursor}")
        seen += [event["id"] for event in await answer.json()]
        following = answer.headers["Link"].partition(", ")[2]
        if 'results="true"' not in following:
            break
        cursor = following.rpartition('cursor="')[2].rstrip('"')
    assert seen == sent[::-1]


async def test_lists_of_events_are_narrowed(desk: Desk, http: Http) -> None:
    red = desk.error(tags={"colour": "red"})
    blue = desk.error(environment="prod")
    assert [event["id"] for event in await get(http, f"{ISSUE}?query=colour:red")] == [red]
    assert [event["id"] for event in await get(http, f"{ISSUE}?environment=prod")] == [blue]
    assert await get(http, f"{ISSUE}?end=2000-01-01") == []
    assert "Error parsing" in (await get(http, f"{ISSUE}?query=is:", status=400))["detail"]


async def test_an_event_is_found_by_every_name_it_has(desk: Desk, http: Http) -> None:
    first, second, third = desk.error(), desk.error(release="shop@1"), desk.error()
    dashed = f"{second[:8]}-{second[8:12]}-{second[12:16]}-{second[16:20]}-{second[20:]}"
    for base in (ISSUE, "/api/0/issues/1/events/"):
        for name, event_id in [
            ("latest", third),
            ("oldest", first),
            (second, second),
            (dashed.upper(), second),
        ]:
            detail = await get(http, f"{base}{name}/")
            assert list(faults(detail, EventDetail)) == []
            assert detail["id"] == event_id
        assert (await get(http, f"{base}recommended/"))["groupID"] == "1"
    detail = await get(http, f"{PROJECT}{dashed}/")
    assert (detail["previousEventID"], detail["nextEventID"]) == (first, third)
    assert detail["fingerprints"]
    assert detail["groupingConfig"]["id"]


async def test_a_transaction_is_an_event_of_its_project(desk: Desk, http: Http) -> None:
    event_id = "d" * 32
    transaction = {
        "event_id": event_id,
        "type": "transaction",
        "transaction": "GET /cart",
        "start_timestamp": 1_789_999_999.0,
        "timestamp": 1_790_000_000.0,
        "contexts": {"trace": {"trace_id": "a" * 32, "span_id": "b" * 16, "op": "http.server"}},
        "spans": [],
    }
    desk.send(({"type": "transaction"}, transaction), event_id=event_id)
    detail = await get(http, f"{PROJECT}{event_id}/")
    assert list(faults(detail, EventDetail)) == []
    assert (detail["type"], detail["groupID"], detail["title"]) == ("transaction", None, "GET /cart")
    found = await get(http, f"/api/0/organizations/desk/eventids/{event_id}/")
    assert (found["projectSlug"], found["groupId"]) == ("desk", None)


async def test_ids_lead_to_where_they_belong(desk: Desk, http: Http) -> None:
    event_id = desk.error(project="7")
    found = await get(http, f"/api/0/organizations/desk/eventids/{event_id}/")
    assert (found["organizationSlug"], found["projectSlug"], found["groupId"]) == ("desk", "project-7", "1")
    assert found["event"]["id"] == event_id
    found = await get(http, "/api/0/organizations/desk/shortids/project-7-1/")
    assert (found["shortId"], found["groupId"], found["projectSlug"]) == ("PROJECT-7-1", "1", "project-7")
    assert found["group"]["title"] == "ValueError: boom"


@pytest.mark.parametrize(
    "path",
    [
        f"{ISSUE}{'f' * 32}/",
        f"{ISSUE}newest/",
        f"{PROJECT}{'f' * 32}/",
        f"{PROJECT}latest/",
        f"{PROJECT}{'f' * 31}/json/",
        "/api/0/projects/desk/nowhere/events/",
        "/api/0/projects/else/desk/events/",
        f"/api/0/organizations/desk/eventids/{'f' * 32}/",
        "/api/0/organizations/desk/eventids/x/",
        "/api/0/organizations/desk/shortids/DESK-9/",
        "/api/0/organizations/desk/shortids/1/",
    ],
)
async def test_what_is_not_there_is_404(desk: Desk, http: Http, path: str) -> None:
    desk.error()
    await get(http, path, status=404)


async def test_an_event_of_another_project_is_not_found_through_this_one(desk: Desk, http: Http) -> None:
    event_id = desk.error(project="7")
    await get(http, f"{PROJECT}{event_id}/", status=404)
    await get(http, f"{PROJECT}{event_id}/json/", status=404)


async def test_the_raw_payload_comes_back_byte_for_byte(desk: Desk, http: Http) -> None:
    event_id = "c" * 32
    payload = (
        b'{ "event_id": "%s",\r\n  "message" : "h\\u00e9llo",  "level":"INFO", "timestamp": 1.79e9 }'
        % event_id.encode()
    )
    desk.send(({"type": "event"}, payload), event_id=event_id)
    for path in (f"{PROJECT}{event_id}/json/", f"/api/0/organizations/desk/events/{event_id}/json/"):
        answer = await http.get(path)
        assert answer.headers["Content-Type"] == "application/json"
        assert await answer.read() == payload


async def test_what_retention_removed_is_told_as_gone(desk: Desk, http: Http) -> None:
    event_id = desk.error(release="shop@1")
    desk.writer.raw.execute("DELETE FROM payload")
    for path in (f"{PROJECT}{event_id}/", f"{PROJECT}{event_id}/json/", f"{ISSUE}latest/"):
        assert "retention" in (await get(http, path, status=410))["detail"]
    (event,) = await get(http, PROJECT)
    assert list(faults(event, EventBrief)) == []
    assert (event["title"], event["platform"]) == ("ValueError: boom", None)
    assert {"key": "release", "value": "shop@1"} in event["tags"]


async def test_a_broken_payload_stored_as_an_event_never_breaks_its_detail(desk: Desk, http: Http) -> None:
    event_id = desk.error(
        breadcrumbs="x",
        threads=[[[]]],
        contexts={"os": 7},
        extra=[1],
        request=[],
        debug_meta={"images": [None]},
    )
    assert list(faults(await get(http, f"{PROJECT}{event_id}/"), EventDetail)) == []


def test_an_event_read_again_is_as_it_was_digested(desk: Desk) -> None:
    """The desktop reads so too: clock correction, SDK and client come from the envelope and request."""
    event_id = "e" * 32
    desk.send(
        ({"type": "event"}, {"message": "hello", "timestamp": 1_000_000_000.0}),
        event_id=event_id,
        sent_at="2001-09-09T01:46:41Z",
        sdk={"name": "sentry.test", "version": "9"},
    )
    reader = Reader(desk.workspace.database)
    try:
        row = events.find_event(reader.db, bytes.fromhex(event_id))
        assert row is not None
        event = read_event(reader.db, desk.workspace, row)
        assert event["event_id"] == event_id
        assert event["sdk"]["name"] == "sentry.test"
        assert round(event["timestamp"] * 1e6) == row.ts
        assert reader.db.execute(text("SELECT count(*) FROM event")).scalar() == 1
    finally:
        reader.close()
    assert orjson.dumps(event)


async def test_an_event_is_called_as_a_rule_says_with_what_may_leave(desk: Desk, http: Http) -> None:
    rules = 'type:ValueError -> own title="Own: {{ message }}"'
    await desk.call("project.rules", {"id": 1, "change": {"fingerprint_rules": rules}})
    event_id = desk.error(logentry={"formatted": "paid with 4111 1111 1111 1111"})
    shown = await get(http, f"/api/0/projects/desk/desk/events/{event_id}/")
    assert shown["title"] == "Own: " + shown["message"]
    assert "1111" not in shown["title"]
