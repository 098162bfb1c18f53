"""The live feed: numbering, resuming, and those who do not keep up."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import orjson
import pytest
from aiohttp import web

from vedette.domain.changes import Change, ChangeKind
from vedette.domain.json import JsonObject
from vedette.station import feed as module
from vedette.station.feed import Feed, Follower


class Listening:
    def __init__(self, feed: Feed, url: str, client: aiohttp.ClientSession) -> None:
        self.feed, self.url, self.client = feed, url, client

    async def follow(self, last: str | None = None) -> aiohttp.ClientResponse:
        headers = {} if last is None else {"Last-Event-ID": last}
        return await self.client.get(self.url, headers=headers)


@pytest.fixture
async def listening() -> AsyncIterator[Listening]:
    feed = Feed(heartbeat=0.1)
    app = web.Application()
    app.router.add_get("/feed", feed.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    async with aiohttp.ClientSession() as client:
        yield Listening(feed, f"http://127.0.0.1:{port}/feed", client)
        feed.close()
    await runner.cleanup()


async def next_event(response: aiohttp.ClientResponse) -> tuple[dict[str, str], JsonObject]:
    fields: dict[str, str] = {}
    while True:
        line = (await response.content.readline()).decode().rstrip("\n")
        if not line and "data" in fields:
            return fields, orjson.loads(fields["data"])
        if line and not line.startswith(":"):
            name, _, value = line.partition(": ")
            fields[name] = value


def change(number: int) -> Change:
    return Change(ChangeKind.ISSUE, (number,))


async def test_a_listener_is_told_where_the_feed_is_then_each_batch_in_order(listening: Listening) -> None:
    response = await listening.follow()
    assert response.content_type == "text/event-stream"
    start = listening.feed.seq
    assert (await next_event(response))[1] == {"seq": start, "changes": []}
    listening.feed.publish([change(1)])
    listening.feed.publish([["event", [2, 3]]])
    fields, message = await next_event(response)
    assert message == {"seq": start + 1, "changes": [["issue", [1]]]}
    assert fields["id"] == str(start + 1)
    assert (await next_event(response))[1] == {"seq": start + 2, "changes": [["event", [2, 3]]]}
    response.close()


async def test_who_comes_back_gets_what_was_missed(listening: Listening) -> None:
    start = listening.feed.seq
    for number in range(5):
        listening.feed.publish([change(number)])
    response = await listening.follow(str(start + 3))
    assert [(await next_event(response))[1]["seq"] for _ in range(2)] == [start + 4, start + 5]
    response.close()


async def test_who_comes_back_in_time_has_missed_nothing(listening: Listening) -> None:
    listening.feed.publish([change(1)])
    response = await listening.follow(str(listening.feed.seq))
    assert (await next_event(response))[1] == {"seq": listening.feed.seq, "changes": []}
    response.close()


@pytest.mark.parametrize("offset", [-2, 1])
async def test_who_was_away_too_long_or_knew_another_station_is_told_to_read_again(
    listening: Listening, offset: int
) -> None:
    first = listening.feed.seq + 1
    for number in range(module.RING + 1):
        listening.feed.publish([change(number)])
    last = first - 1 if offset < 0 else listening.feed.seq + offset
    response = await listening.follow(str(last))
    assert (await next_event(response))[1] == {"seq": listening.feed.seq, "changes": [], "missed": True}
    response.close()


async def test_the_whole_ring_can_be_caught_up_with(listening: Listening) -> None:
    start = listening.feed.seq
    for number in range(module.RING):
        listening.feed.publish([change(number)])
    response = await listening.follow(str(start))
    for number in range(module.RING):
        assert (await next_event(response))[1]["seq"] == start + 1 + number
    response.close()


async def test_a_silent_feed_keeps_the_line_open_with_comments(listening: Listening) -> None:
    response = await listening.follow()
    await next_event(response)
    assert (await response.content.readline()).startswith(b":")
    response.close()


async def test_a_follower_that_does_not_read_is_told_to_resync_and_dropped() -> None:
    feed = Feed()
    follower = Follower()
    feed._followers.add(follower)
    for number in range(module.BACKLOG + 1):
        feed.publish([change(number)])
    assert follower.is_over
    text = await follower.take(1)
    assert text.startswith(b"event: resync\n")
    assert b'"missed":true' in text
    assert not feed._followers


async def test_nothing_is_said_for_an_empty_batch() -> None:
    feed = Feed()
    before = feed.seq
    feed.publish([])
    assert feed.seq == before


async def test_closing_ends_all_listening(listening: Listening) -> None:
    response = await listening.follow()
    await next_event(response)
    listening.feed.close()
    async with asyncio.timeout(5):
        await response.content.read()
    late = await listening.follow()
    async with asyncio.timeout(5):
        await late.content.read()
