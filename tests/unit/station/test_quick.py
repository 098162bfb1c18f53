"""The short way in: what it takes, and that everything else reaches aiohttp whole and in order."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.ingest import KEY, Bench, connection, envelope, running_bench
from vedette.station import quick
from vedette.station.quick import _read_head

HEAD = (
    "POST /api/1/envelope/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Sentry-Auth: Sentry sentry_key=%s\r\n" % KEY  # noqa: UP031
)


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    async with running_bench(tmp_path) as bench:
        yield bench


def request(event_id: str, more: str = "", body: bytes | None = None) -> bytes:
    body = envelope(event_id) if body is None else body
    return f"{HEAD}{more}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def read_answer(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    return head + await reader.readexactly(length)


async def test_plain_posts_never_reach_aiohttp(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def hand_over() -> asyncio.Protocol:
        raise AssertionError("handed over")

    assert bench.listeners._lane is not None
    monkeypatch.setattr(bench.listeners._lane, "hand_over", hand_over)
    async with connection(bench.listeners.port) as (reader, writer):
        for number in range(3):
            writer.write(request(f"{number:032x}"))
            assert f"{number:032x}".encode() in await read_answer(reader)
        assert bench.ingest.accepted == 3


async def test_pipelined_requests_are_answered_in_order(bench: Bench) -> None:
    async with connection(bench.listeners.port) as (reader, writer):
        ids = [f"{number:032x}" for number in range(20)]
        writer.write(b"".join(request(event_id) for event_id in ids))
        for event_id in ids:
            assert event_id.encode() in await read_answer(reader)


async def test_a_request_behind_one_under_way_may_be_for_aiohttp(bench: Bench) -> None:
    async with connection(bench.listeners.port) as (reader, writer):
        writer.write(request("1" * 32) + b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n" + request("2" * 32))
        assert b"1" * 32 in await read_answer(reader)
        assert (await read_answer(reader)).endswith(b"well")
        assert b"2" * 32 in await read_answer(reader)


@pytest.mark.parametrize("cut", [10, len(HEAD) + 30, len(request("a" * 32)) - 5])
async def test_a_request_in_two_pieces_is_accepted(bench: Bench, cut: int) -> None:
    async with connection(bench.listeners.port) as (reader, writer):
        data = request("a" * 32)
        writer.write(data[:cut])
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.write(data[cut:])
        assert b"a" * 32 in await read_answer(reader)
        assert bench.spool.entries[0].body == envelope()


async def test_a_body_that_is_late_goes_on_with_aiohttp(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quick, "LATE", 0.05)
    lane = bench.listeners._lane
    assert lane is not None
    async with connection(bench.listeners.port) as (reader, writer):
        data = request("a" * 32)
        writer.write(data[:-5])
        while not lane.open:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        lane.sweep(asyncio.get_running_loop().time())
        assert not lane.open
        writer.write(data[-5:])
        assert b"a" * 32 in await read_answer(reader)


async def test_an_idle_connection_is_closed(bench: Bench) -> None:
    lane = bench.listeners._lane
    assert lane is not None
    async with connection(bench.listeners.port) as (reader, writer):
        writer.write(request("a" * 32))
        await read_answer(reader)
        lane.sweep(asyncio.get_running_loop().time() + quick.IDLE + 1)
        assert await reader.read() == b""


async def test_a_sender_that_leaves_before_the_answer_is_spooled_all_the_same(bench: Bench) -> None:
    async with connection(bench.listeners.port) as (_, writer):
        writer.write(request("a" * 32))
        await writer.drain()
        writer.close()
        while not bench.spool.entries:
            await asyncio.sleep(0.005)
        assert bench.metas[0]["event_id"] == "a" * 32


@pytest.mark.parametrize(
    "head",
    [
        HEAD.replace("POST", "PUT"),
        HEAD.replace("HTTP/1.1", "HTTP/1.0"),
        HEAD.replace("/envelope/", "/store/"),
        HEAD.replace("/api/1/", "/api/0/"),
        HEAD.replace("/api/1/", "/api/%31/"),
        HEAD + "Transfer-Encoding: chunked\r\n",
        HEAD + "Expect: 100-continue\r\n",
        HEAD + "Connection: close\r\n",
        HEAD + "Content-Length: 6\r\nContent-Length: 5\r\n",
        HEAD + "X-Sentry-Auth: Sentry sentry_key=b\r\n",
        HEAD + "Folded: a\r\n b\r\n",
        HEAD + "Bad Name: a\r\n",
        HEAD + "Nul: a\x00b\r\n",
        HEAD + "Umlaut: \xe4\r\n",
        HEAD + "Content-Encoding: snappy\r\n",
        HEAD.replace(f"Sentry sentry_key={KEY}", "nonsense"),
        HEAD.replace(f"X-Sentry-Auth: Sentry sentry_key={KEY}\r\n", ""),
    ],
)
def test_an_unusual_head_is_not_for_the_short_way(head: str) -> None:
    assert _read_head("127.0.0.1", head.encode("latin-1").removesuffix(b"\r\n")) is None


def test_a_plain_head_is_read_as_aiohttps_side_would() -> None:
    more = (
        "Content-Type: a/b\r\nConnection: keep-alive\r\nX-Forwarded-For: 10.1.2.3\r\nContent-Encoding: gzip"
    )
    head = _read_head("127.0.0.1", (HEAD + more).encode())
    assert head is not None
    assert (head.auth.public_key, head.project, head.ip, head.from_here) == (KEY, "1", "10.1.2.3", True)
    assert head.encoding == "gzip"
    assert head.meta.endswith(b'"event_id":')
