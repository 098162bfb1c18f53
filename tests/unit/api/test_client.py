"""The desktop's side of the API, against a station made of a few routes."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from vedette.api.client import NO_SEQ, StationClient, StationError
from vedette.domain.changes import Change, ChangeKind


class Station:
    """Answers what a test puts in, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, Any]] = []
        self.tokens: list[str] = []
        self.token = "t0ken"  # what must be said; "": anything goes
        self.answers: list[tuple[int, Any]] = []
        self.feeds: list[list[bytes]] = []
        self.resumed: list[str | None] = []
        self.stay = asyncio.Event()
        app = web.Application()
        app.router.add_get("/api/0/feed/", self.feed)
        app.router.add_route("*", "/{tail:.*}", self.answer)
        self.server = TestServer(app)

    async def answer(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.asked.append((request.method, str(request.rel_url), body))
        self.tokens.append(request.headers.get("Authorization", ""))
        assert request.path.endswith("/envelope/") or self.tokens[-1] == "Bearer t0ken" or not self.token
        status, value = self.answers.pop(0)
        return web.Response(status=status, body=b"" if value is None else orjson.dumps(value))

    async def feed(self, request: web.Request) -> web.StreamResponse:
        self.resumed.append(request.headers.get("Last-Event-ID"))
        if not self.feeds:
            await self.stay.wait()
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for text in self.feeds.pop(0) if self.feeds else []:
            await response.write(text)
        return response


@pytest_asyncio.fixture
async def station() -> AsyncIterator[Station]:
    station = Station()
    await station.server.start_server()
    yield station
    station.stay.set()
    await station.server.close()


@pytest_asyncio.fixture
async def client(station: Station) -> AsyncIterator[StationClient]:
    client = StationClient(str(station.server.make_url("/")).rstrip("/"), "t0ken")
    yield client
    await client.close()
    await client.close()


async def test_a_token_that_was_renewed_is_read_again_and_the_call_made_once_more(station: Station) -> None:
    tokens = ["t0ken", "t0ken", ""]
    client = StationClient(str(station.server.make_url("/")).rstrip("/"), "old", reread=lambda: tokens.pop(0))
    station.token = ""
    station.answers = [(401, {"detail": "Invalid token"}), (200, [1])]
    assert await client.call("GET", "/x/") == [1]
    station.answers = [(401, {"detail": "Invalid token"})]
    with pytest.raises(StationError):
        await client.call("GET", "/x/")  # the same token again is not tried again
    station.answers = [(401, {"detail": "Invalid token"})]
    with pytest.raises(StationError):
        await client.call("GET", "/x/")
    assert station.tokens == ["Bearer old", "Bearer t0ken", "Bearer t0ken", "Bearer t0ken"]
    await client.close()


async def test_a_call_returns_the_answer(station: Station, client: StationClient) -> None:
    station.answers = [(200, [{"id": "1"}]), (204, None)]
    assert await client.call("GET", "/organizations/desk/issues/", query={"query": "is:resolved"}) == [
        {"id": "1"}
    ]
    assert await client.call("POST", "/runs/", {"name": "x"}) is None
    assert station.asked == [
        ("GET", "/api/0/organizations/desk/issues/?query=is:resolved", b""),
        ("POST", "/api/0/runs/", b'{"name":"x"}'),
    ]


@pytest.mark.parametrize(
    ("status", "body", "text"),
    [
        (404, {"detail": "The requested resource does not exist"}, "The requested resource does not exist"),
        (400, {"status": ["'x' is not a valid choice."]}, "status: [\"'x' is not a valid choice.\"]"),
        (503, None, "The station answered 503 Service Unavailable."),
        (302, {"detail": {"message": "moved"}}, None),
    ],
)
async def test_a_refusal_is_told_in_the_stations_words(
    station: Station, client: StationClient, status: int, body: Any, text: str | None
) -> None:
    station.answers = [(status, body)]
    if text is None:
        assert await client.call("GET", "/x/") == body
        return
    with pytest.raises(StationError) as caught:
        await client.call("GET", "/x/")
    assert (caught.value.status, str(caught.value), caught.value.body) == (status, text, body)


async def test_a_station_that_is_not_there_is_told_as_such(station: Station, client: StationClient) -> None:
    port = station.server.port
    await station.server.close()
    with pytest.raises(StationError, match="does not answer"):
        await client.call("GET", "/")
    with pytest.raises(StationError, match="does not answer"):
        await client.send_test_event(f"http://key@127.0.0.1:{port}/1")
    with pytest.raises(StationError, match="invalid DSN"):
        await client.send_test_event("http://127.0.0.1/1")


async def test_what_issues_were_before_can_be_given_back(station: Station, client: StationClient) -> None:
    before = {"1": {"status": "unresolved"}, "2": {"status": "ignored"}, "3": {"status": "unresolved"}}
    station.answers = [(200, {"status": "resolved", "before": before}), (200, {}), (200, {})]
    undo = await client.update_issues([1, 2, 3], status="resolved")
    await client.restore_issues(undo)
    assert station.asked == [
        ("PUT", "/api/0/organizations/desk/issues/?id=1&id=2&id=3", b'{"status":"resolved"}'),
        ("PUT", "/api/0/organizations/desk/issues/?id=1&id=3", b'{"status":"unresolved"}'),
        ("PUT", "/api/0/organizations/desk/issues/?id=2", b'{"status":"ignored"}'),
    ]


async def test_many_issues_are_changed_in_portions_a_request_line_holds(
    station: Station, client: StationClient
) -> None:
    station.answers = [(200, {"before": {"1": {}}}), (200, {"before": {"700": {}}}), (204, None)]
    assert await client.update_issues(range(1, 701), status="resolved") == {"1": {}, "700": {}}
    assert [path.count("id=") for _, path, _ in station.asked] == [300, 300, 100]


async def test_an_update_that_met_no_issue_has_nothing_to_undo(
    station: Station, client: StationClient
) -> None:
    station.answers = [(204, None)]
    assert await client.update_issues([9], status="resolved") == {}


async def test_a_test_event_goes_through_the_sdks_door(station: Station, client: StationClient) -> None:
    station.answers = [(200, {"id": "x"}), (200, {"id": "y"})]
    event_id = await client.send_test_event(f"http://k3y@127.0.0.1:{station.server.port}/shop")
    assert [(method, path) for method, path, _ in station.asked] == [("POST", "/api/shop/envelope/")] * 2
    (_, _, _), (_, _, body) = station.asked
    header, item, event = map(orjson.loads, body.rstrip(b"\n").split(b"\n"))
    assert header["event_id"] == event["event_id"] == event_id
    assert item["type"] == "event"


async def test_a_test_event_the_station_refuses_says_why(station: Station, client: StationClient) -> None:
    station.answers = [(403, {"detail": "unknown key"})]
    with pytest.raises(StationError, match="unknown key"):
        await client.send_test_event(f"http://k3y@127.0.0.1:{station.server.port}/1")


def batch(seq: int, *changes: Any, **more: Any) -> bytes:
    return b"id: %d\ndata: %s\n\n" % (seq, orjson.dumps({"seq": seq, "changes": changes, **more}))


async def test_the_feed_goes_on_over_broken_connections_and_says_when_something_was_missed(
    station: Station, client: StationClient
) -> None:
    whole = batch(2, ["issue", [7]], ["event", [1, 2]])
    station.feeds = [
        [b": hello\n\n", batch(0)],
        [batch(1, ["issue.new", [7]]), whole[:9], whole[9:]],
        [b"data: not json\n\n", batch(3, ["from the future", [1]], ["run", [1]])],
        [batch(9, ["project", [1]]), b"data: cut off"],
        [batch(10, missed=True)],
    ]
    got = []
    async for change in client.changes():
        got.append((change.seq, change.changes, change.missed))
        if len(got) == 6:
            break
    assert got == [
        (NO_SEQ, (), True),  # the feed has begun; what was before is for the caller to read
        (1, (Change(ChangeKind.ISSUE_NEW, (7,)),), False),
        (2, (Change(ChangeKind.ISSUE, (7,)), Change(ChangeKind.EVENT, (1, 2))), False),
        (3, (Change(ChangeKind.RUN, (1,)),), False),
        (9, (Change(ChangeKind.PROJECT, (1,)),), True),
        (10, (), True),
    ]
    assert station.resumed == [None, "0", "2", "3", "9"]


async def test_following_the_feed_can_be_cancelled(station: Station, client: StationClient) -> None:
    async def follow() -> None:
        async for _ in client.changes(after=5):
            pass

    following = asyncio.ensure_future(follow())
    while not station.resumed:
        await asyncio.sleep(0.01)
    following.cancel()
    with pytest.raises(asyncio.CancelledError):
        await following
    assert station.resumed == ["5"]


async def test_a_refused_token_ends_the_feed(station: Station) -> None:
    app = web.Application()

    async def refuse(request: web.Request) -> web.Response:
        return web.json_response({"detail": "Invalid token"}, status=401)

    app.router.add_get("/api/0/feed/", refuse)
    async with TestServer(app) as server:
        stranger = StationClient(str(server.make_url("/")), "wrong")
        with pytest.raises(StationError, match="Invalid token"):
            async for _ in stranger.changes():
                pass
        await stranger.close()
