"""One station announces, another hears it: over the loopback interface, with real sockets."""

import asyncio
from collections.abc import Callable

import pytest
from zeroconf.asyncio import AsyncServiceInfo

from vedette.discovery.announce import Announcer, open_zeroconf
from vedette.discovery.browse import Browser, Sighting, StationGone, StationSeen
from vedette.discovery.presence import Presence
from vedette.discovery.records import StationRecord

HERE = "127.0.0.1"


def record(letter: str, **changes: object) -> StationRecord:
    values = {"id": letter * 16, "name": f"desk {letter}", "version": "1", "port": 8969, "addresses": (HERE,)}
    return StationRecord(**{**values, **changes})  # type: ignore[arg-type]


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.02)


async def test_a_station_is_heard_to_come_change_and_go() -> None:
    try:
        ours, theirs = open_zeroconf([HERE]), open_zeroconf([HERE])
    except OSError as error:
        pytest.skip(f"no multicast here: {error}")
    heard: list[Sighting] = []
    browser = Browser(heard.append, own_id="a" * 16)
    own, other = Announcer(), Announcer()
    try:
        browser.start(ours)
        await own.start(ours, record("a"))
        await other.start(theirs, record("b"))
        assert other.is_announcing
        await until(lambda: heard)
        assert heard == [StationSeen(record("b"))]
        assert browser.stations == [record("b")]
        await other.update(record("b", projects=4))
        await until(lambda: len(heard) > 1)
        assert heard[1] == StationSeen(record("b", projects=4))
        await other.stop()
        await other.stop()
        await until(lambda: len(heard) > 2)
        assert heard[2] == StationGone("b" * 16)
        assert browser.stations == []
    finally:
        await browser.stop()
        await browser.stop()
        await own.stop()
        await other.stop()
        await ours.async_close()
        await theirs.async_close()


async def test_an_answer_after_the_goodbye_brings_no_station_back(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, may_answer = asyncio.Event(), asyncio.Event()

    class Slow(AsyncServiceInfo):
        async def async_request(self, *args: object, **kwargs: object) -> bool:
            answered = await super().async_request(*args, **kwargs)  # type: ignore[arg-type]
            asked.set()
            await may_answer.wait()
            return answered

    monkeypatch.setattr("vedette.discovery.browse.AsyncServiceInfo", Slow)
    try:
        ours, theirs = open_zeroconf([HERE]), open_zeroconf([HERE])
    except OSError as error:
        pytest.skip(f"no multicast here: {error}")
    heard: list[Sighting] = []
    browser, other = Browser(heard.append), Announcer()
    try:
        browser.start(ours)
        await other.start(theirs, record("b"))
        await asyncio.wait_for(asked.wait(), 20)
        await other.stop()
        await until(lambda: not browser.is_asking)
        may_answer.set()
        await asyncio.sleep(0)
        assert (heard, browser.stations) == ([], [])
    finally:
        await browser.stop()
        await other.stop()
        await ours.async_close()
        await theirs.async_close()


async def test_nothing_is_sent_without_a_start() -> None:
    announcer = Announcer()
    await announcer.update(record("a"))
    await announcer.stop()
    assert not announcer.is_announcing


async def test_presence_is_both_and_ends_with_stop() -> None:
    heard: list[Sighting] = []
    first, second = Presence(heard.append, "a" * 16), Presence(lambda _: None, "b" * 16)
    try:
        try:
            await first.start(record("a"))
            await second.start(record("b"))
        except OSError as error:
            pytest.skip(f"no multicast here: {error}")
        assert first.is_announced
        await until(lambda: first.stations and second.stations)
        assert (first.stations, second.stations) == ([record("b")], [record("a")])
        await second.stop()
        await until(lambda: StationGone("b" * 16) in heard)
    finally:
        await first.stop()
        await second.stop()
        await second.stop()
    assert (first.is_announced, first.stations) == (False, [])


async def test_a_network_that_cannot_be_had_leaves_nothing_open(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise OSError("no multicast")

    monkeypatch.setattr("vedette.discovery.presence.open_zeroconf", fail)
    presence = Presence(lambda _: None, "a" * 16)
    with pytest.raises(OSError, match="no multicast"):
        await presence.start(record("a"))
    await presence.stop()
    assert not presence.is_announced
