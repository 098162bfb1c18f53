"""The Ingest inspector over HTTP: requests, items, bodies, senders."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from vedette.api.schema import faults
from vedette.api.shapes.request import Request, RequestDetail, Sender

from .conftest import Desk

Http = TestClient[Any, Any]
PATH = "/api/0/requests/"


async def get(http: Http, path: str, status: int = 200) -> Any:
    answer = await http.get(path)
    assert answer.status == status, await answer.text()
    return await answer.json()


def refuse(desk: Desk, **meta: Any) -> int:
    told = {
        "status": 401,
        "outcome": "refused",
        "reason": "unknown_key",
        "detail": "unknown key",
        "key": "f" * 32,
        "client": "sentry.go/1",
    }
    return desk.receive(b"body", kind="refused", **(told | meta))


async def test_every_request_is_listed_with_what_became_of_it(desk: Desk, http: Http) -> None:
    desk.error()
    refuse(desk)
    refused, stored = await get(http, PATH)
    assert list(faults(refused, Request)) == list(faults(stored, Request)) == []
    assert (stored["outcome"], stored["kinds"], stored["issueShortId"]) == ("stored", "event", "DESK-1")
    assert (refused["outcome"], refused["reason"], refused["publicKey"]) == (
        "refused",
        "unknown_key",
        "f" * 32,
    )
    assert refused["sentence"] == "401 unknown key"
    assert refused["status"] == 401


async def test_requests_are_narrowed(desk: Desk, http: Http) -> None:
    desk.error()
    refuse(desk)
    for query in (
        "trouble=1",
        "outcome=refused",
        "outcome=refused&outcome=invalid",
        "text=unknown",
        "sender=2",
    ):
        assert [row["id"] for row in await get(http, f"{PATH}?{query}")] == ["2"], query
    assert [row["id"] for row in await get(http, f"{PATH}?project=desk")] == ["1"]
    assert await get(http, f"{PATH}?run=7") == []
    await get(http, f"{PATH}?outcome=lost", status=400)
    await get(http, f"{PATH}?project=nowhere", status=400)


async def test_pages_of_requests_meet(desk: Desk, http: Http) -> None:
    for _ in range(5):
        desk.error()
    first = await http.get(f"{PATH}?per_page=3")
    cursor = first.headers["Link"].rpartition('cursor="')[2].rstrip('"')
    second = await http.get(f"{PATH}?per_page=3&cursor={cursor}")
    assert [row["id"] for row in [*await first.json(), *await second.json()]] == ["5", "4", "3", "2", "1"]
    assert 'rel="next"; results="false"' in second.headers["Link"]


async def test_a_request_tells_its_items_and_gives_back_its_bytes(desk: Desk, http: Http) -> None:
    payload = b'{"message": "hello"}'
    number = desk.send(({"type": "event"}, payload), ({"type": "nonsense/x"}, b"\x00\xff"), event_id="c" * 32)
    detail = await get(http, f"{PATH}{number}/")
    assert list(faults(detail, RequestDetail)) == []
    event, other = detail["items"]
    assert (event["kind"], event["eventId"], event["issueShortId"]) == ("event", "c" * 32, "DESK-1")
    assert (other["kind"], other["reason"]) == ("nonsense/x", "stored_raw")
    body = await (await http.get(f"{PATH}{number}/body/")).read()
    assert body[event["start"] : event["start"] + event["length"]] == payload
    answer = await http.get(f"{PATH}{number}/items/1/")
    assert await answer.read() == b"\x00\xff"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="x"')


@pytest.mark.parametrize("path", ["9/", "x/", "9/body/", "1/items/5/", "1/items/x/", "9/items/0/"])
async def test_what_is_not_there_is_told(desk: Desk, http: Http, path: str) -> None:
    desk.error()
    assert (await http.get(PATH + path)).status in (404, 410)


async def test_only_a_request_refused_for_its_key_can_be_adopted(desk: Desk, http: Http) -> None:
    desk.error()
    assert (await http.post(f"{PATH}1/adopt/")).status == 400
    assert (await http.post(f"{PATH}9/adopt/")).status == 404


async def test_adopting_takes_what_was_refused_for_the_key(desk: Desk, http: Http) -> None:
    body = b'{"event_id":"' + b"c" * 32 + b'"}\n{"type":"event"}\n{"message":"hello"}\n'
    number = desk.receive(
        body, kind="refused", status=401, outcome="refused", reason="unknown_key", detail="unknown key",
        key="f" * 32, path="/api/3/envelope/",
    )  # fmt: skip
    assert (await http.post(f"{PATH}{number}/parse/")).status == 400
    answer = await http.post(f"{PATH}{number}/adopt/")
    assert await answer.json() == {"projectId": "3", "taken": 1, "left": 0}
    detail = await get(http, f"{PATH}{number}/")
    assert (detail["outcome"], detail["items"][0]["eventId"]) == ("stored", "c" * 32)


async def test_a_request_can_be_parsed_again(desk: Desk, http: Http) -> None:
    desk.error()
    before = await get(http, f"{PATH}1/")
    answer = await http.post(f"{PATH}1/parse/")
    assert answer.status == 200
    assert await answer.json() == before
    assert (await http.post(f"{PATH}9/parse/")).status == 404


async def test_senders_are_listed_and_can_be_blocked(desk: Desk, http: Http) -> None:
    desk.error()
    refuse(desk)
    go, python = await get(http, "/api/0/senders/")
    assert list(faults(go, Sender)) == []
    assert (go["client"], python["client"], go["blocked"]) == ("sentry.go/1", "sentry.python/2.0", False)
    answer = await http.put(f"/api/0/senders/{go['id']}/", json={"blocked": True})
    assert (await answer.json())["blocked"] is True
    assert (await http.put("/api/0/senders/99/", json={"blocked": True})).status == 404
    assert (await http.put("/api/0/senders/1/", json={})).status == 400
