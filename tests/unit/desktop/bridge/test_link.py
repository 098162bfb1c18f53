"""The station on the window's loop: its feed, its state, calls to it, and its absence."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import orjson
import pytest
from aiohttp import web
from PySide6.QtCore import QEventLoop, QObject, QTimer

from tests.support.desktop import bridge, desk
from vedette.desktop.bridge.bridge import ALL_CHANGED, Bridge
from vedette.desktop.bridge.link import StationLink
from vedette.desktop.bridge.state import StationState
from vedette.domain.changes import Change, ChangeKind

__all__ = ["bridge", "desk"]


class Answers:
    """A server that says of a station what the tests want."""

    def __init__(self) -> None:
        self.queue = 3
        self.feed: list[dict[str, Any]] = [{"seq": 1, "changes": []}]
        self.asked: list[tuple[str, str, Any]] = []
        self.new = asyncio.Event()
        self.url = ""

    async def show_station(self, request: web.Request) -> web.Response:
        assert request.headers["Authorization"] == "Bearer secret"
        return web.json_response({"queue": self.queue, "urls": [self.url], "rate": 0.1})

    async def follow(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        sent = 0
        while True:
            for message in self.feed[sent:]:
                await response.write(b"data: " + orjson.dumps(message) + b"\n\n")
            sent = len(self.feed)
            self.new.clear()
            await self.new.wait()

    async def change(self, request: web.Request) -> web.Response:
        self.asked.append((request.method, request.path_qs, await request.json()))
        if "id=99" in request.path_qs:
            return web.json_response({"detail": "None of these issues exists any more."}, status=404)
        return web.json_response({"before": {}})

    def say(self, seq: int, *changes: list[Any], missed: bool = False) -> None:
        self.feed.append({"seq": seq, "changes": list(changes), **({"missed": True} if missed else {})})
        self.new.set()


@pytest.fixture
async def answers() -> AsyncIterator[Answers]:
    found = Answers()
    app = web.Application()
    app.router.add_get("/api/0/station/", found.show_station)
    app.router.add_get("/api/0/feed/", found.follow)
    app.router.add_put("/api/0/organizations/desk/issues/", found.change)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    found.url = f"http://{host}:{port}"
    yield found
    await runner.cleanup()


@pytest.fixture
async def link(answers: Answers, bridge: Bridge) -> AsyncIterator[StationLink]:
    found = StationLink(bridge, answers.url, "secret")
    bridge.link = found
    yield found
    await found.close()


async def until(is_true: Callable[[], Any]) -> None:
    """Let both loops turn until *is_true*."""
    async with asyncio.timeout(10):
        while not is_true():
            turn = QEventLoop()
            QTimer.singleShot(1, turn.quit)
            turn.exec()
            await asyncio.sleep(0.01)


async def test_the_stations_state_is_told_soon(answers: Answers, link: StationLink, bridge: Bridge) -> None:
    await until(lambda: bridge.station.listening)
    assert bridge.station.queue == 3
    assert bridge.station.rate == 6.0
    assert bridge.station.address == answers.url.removeprefix("http://")


async def test_a_change_of_the_station_is_asked_for_at_once(
    answers: Answers, link: StationLink, bridge: Bridge
) -> None:
    await until(lambda: bridge.station.listening)
    answers.queue = 8
    begun = asyncio.get_running_loop().time()
    answers.say(2, ["station", []])
    await until(lambda: bridge.station.queue == 8)
    assert asyncio.get_running_loop().time() - begun < 1.5


async def test_changes_of_the_feed_reach_the_views(
    answers: Answers, link: StationLink, bridge: Bridge
) -> None:
    told: list[Change] = []
    bridge.changed.connect(told.extend)
    await until(lambda: bridge.station.listening)
    answers.say(2, ["issue.new", [7]], ["event", [1, 2]])
    await until(lambda: Change(ChangeKind.ISSUE_NEW, (7,)) in told)
    assert Change(ChangeKind.EVENT, (1, 2)) in told


async def test_after_something_was_missed_everything_is_read_again(
    answers: Answers, link: StationLink, bridge: Bridge
) -> None:
    told: list[Change] = []
    bridge.changed.connect(told.extend)
    answers.say(9, missed=True)
    await until(lambda: set(ALL_CHANGED) <= set(told))


async def test_calls_are_answered_and_refusals_come_in_the_stations_words(
    answers: Answers, link: StationLink, bridge: Bridge
) -> None:
    owner = QObject()
    got: list[Any] = []
    for number in ("7", "99"):
        bridge.call(
            "PUT",
            "/organizations/desk/issues/",
            {"status": "resolved"},
            query=[("id", number)],
            answer=got.append,
            failed=lambda *why: got.append(why),
            owner=owner,
        )
    await until(lambda: len(got) == 2)
    assert {"before": {}} in got
    assert ("None of these issues exists any more.", "HTTP 404") in got
    assert answers.asked[0] == ("PUT", "/api/0/organizations/desk/issues/?id=7", {"status": "resolved"})
    await until(lambda: bridge.is_settled)


async def test_a_cancelled_call_is_not_answered(answers: Answers, link: StationLink, bridge: Bridge) -> None:
    got: list[Any] = []
    path = "/organizations/desk/issues/"
    ticket = bridge.call("PUT", path, {}, query=[("id", "7")], answer=got.append, owner=bridge)
    ticket.cancel()
    await until(lambda: bridge.is_settled)
    assert got == []


async def test_a_station_that_is_not_there_is_said(bridge: Bridge) -> None:
    link = StationLink(bridge, "http://127.0.0.1:9", "secret")
    await until(lambda: bridge.station.trouble)
    assert bridge.station == StationState(
        attached=True,
        base_url="http://127.0.0.1:9",
        trouble="The station at http://127.0.0.1:9 does not answer.",
    )
    await link.close()


async def test_closing_leaves_no_task_behind(answers: Answers, bridge: Bridge) -> None:
    before = asyncio.all_tasks()
    link = StationLink(bridge, answers.url, "secret")
    await until(lambda: bridge.station.listening)
    await link.close()
    await link.close()
    await asyncio.sleep(0.05)
    names = {task.get_name() for task in asyncio.all_tasks() - before}
    assert not names & {"live feed", "station state", "station call"}
