"""Slow, broken and large senders: the right answer in bounded time and memory."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from tests.support.ingest import KEY, Bench, connection, envelope, running_bench
from vedette.protocol.limits import Limits
from vedette.station import bodies
from vedette.station.bodies import BODY, PART, Pace, clean_incoming

MIB = 1 << 20


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    pace = Pace(gap=0.3, grace=0.5, rate=100_000)
    async with running_bench(tmp_path, quick=False, limits=Limits(wire=150 * MIB), pace=pace) as bench:
        yield bench


def head(length: int) -> bytes:
    return (
        f"POST /api/1/envelope/ HTTP/1.1\r\nHost: x\r\nX-Sentry-Auth: Sentry sentry_key={KEY}\r\n"
        f"Content-Length: {length}\r\n\r\n"
    ).encode()


async def test_a_body_that_stalls_is_answered_408_and_recorded(bench: Bench) -> None:
    async with connection(bench.listeners.port) as (reader, writer):
        writer.write(head(5000) + b"x" * 100)
        answer = await reader.read()
        assert answer.startswith(b"HTTP/1.1 408")
        assert b"connection: close" in answer.lower()
        assert bench.metas[0]["reason"] == "too_slow"


async def test_a_body_that_trickles_is_answered_408_though_no_gap_is_long(bench: Bench) -> None:
    async with connection(bench.listeners.port) as (reader, writer):
        writer.write(head(5000))
        answer = asyncio.ensure_future(reader.readuntil(b"\r\n\r\n"))
        sent = 0
        while not answer.done() and sent < 100:
            writer.write(b"x")
            sent += 1
            await asyncio.sleep(0.05)
        assert (await answer).startswith(b"HTTP/1.1 408")
        assert sent < 60


async def test_headers_that_never_end_do_not_hold_a_connection_for_ever(bench: Bench) -> None:
    async with connection(bench.listeners.port) as (reader, writer):
        writer.write(b"POST /api/1/envelope/ HTTP/1.1\r\nX-Slow: ")
        async with asyncio.timeout(10):
            assert await reader.read() == b""


async def test_headers_that_are_too_long_are_refused(bench: Bench) -> None:
    async with connection(bench.listeners.port) as (reader, writer):
        writer.write(b"POST /api/1/envelope/ HTTP/1.1\r\nX-Long: " + b"y" * 100_000 + b"\r\n\r\n")
        assert (await reader.readline()).startswith(b"HTTP/1.0 400")


async def test_what_came_before_the_sender_left_is_recorded(bench: Bench) -> None:
    async with connection(bench.listeners.port) as (_, writer):
        writer.write(head(5000) + b"x" * 100)
        await writer.drain()
        await asyncio.sleep(0.1)
        writer.close()
        while not bench.spool.entries:
            await asyncio.sleep(0.01)
        assert bench.spool.entries[0].body == b"x" * 100
        assert bench.metas[0]["detail"].startswith("unexpected end of file: 100 of 5000 bytes")


async def test_a_large_body_cut_short_leaves_no_file(bench: Bench) -> None:
    async with connection(bench.listeners.port) as (_, writer):
        writer.write(head(5 * MIB) + b"x" * (3 * MIB))
        await writer.drain()
        await asyncio.sleep(0.1)
        writer.close()
        while not bench.spool.entries:
            await asyncio.sleep(0.01)
        assert list(bench.incoming.iterdir()) == []
        assert bench.ingest._bodies.held == 0


async def test_a_hundred_megabytes_go_to_disk_and_not_into_memory(bench: Bench) -> None:
    own = psutil.Process(os.getpid())
    before = own.memory_info().rss
    peak = before
    async with connection(bench.listeners.port) as (reader, writer):
        start = envelope() + b"\n"
        writer.write(head(len(start) + 100 * MIB) + start)
        piece = b"x" * MIB
        for _ in range(100):
            writer.write(piece)
            await writer.drain()
            peak = max(peak, own.memory_info().rss)
        assert (await reader.readline()).startswith(b"HTTP/1.1 200")
        file = bench.spool.entries[0].file
        assert file is not None
        assert (bench.incoming / file).stat().st_size == len(start) + 100 * MIB
        assert peak - before < 30 * MIB


async def test_while_much_is_in_memory_bodies_go_to_files_early(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "MOST_HELD", 0)

    async def pieces() -> AsyncIterator[bytes]:
        yield envelope()
        await asyncio.sleep(0.05)
        yield b"x" * 200_000
        await asyncio.sleep(0.05)
        yield b"x"

    headers = {"X-Sentry-Auth": f"Sentry sentry_key={KEY}"}
    async with bench.client.post(f"{bench.url}/api/1/envelope/", data=pieces(), headers=headers) as response:
        assert response.status == 200
    assert bench.spool.entries[0].file is not None


def test_what_a_dead_station_left_unfinished_is_removed(tmp_path: Path) -> None:
    folder = tmp_path / "incoming"
    clean_incoming(folder)
    (folder / f"a{PART}").write_bytes(b"half")
    (folder / f"b{BODY}").write_bytes(b"whole")
    clean_incoming(folder)
    assert [path.name for path in folder.iterdir()] == [f"b{BODY}"]
