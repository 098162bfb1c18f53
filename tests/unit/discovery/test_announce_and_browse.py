"""One station announces, another hears it: over the loopback interface, with real sockets."""

import asyncio
from collections.abc import Callable

import pytest

from vedette.discovery.announce import Announcer, open_zeroconf
from vedette.discovery.browse import Browser, Sighting, StationGone, StationSeen
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


async def test_nothing_is_sent_without_a_start() -> None:
    announcer = Announcer()
    await announcer.update(record("a"))
    await announcer.stop()
    assert not announcer.is_announcing
