"""What is no HTTP request is recognised, counted by address, and shown now and then."""

import asyncio
from pathlib import Path

import pytest

from tests.support.ingest import AUTH, Bench, connection, envelope, running_bench
from vedette.domain.outcomes import IngestError, Reason
from vedette.station.arrivals import Arrival
from vedette.station.quick import HEAD_SECONDS
from vedette.station.strays import ADDRESSES, ROWS_A_MINUTE, Strays, fault_of

TLS = bytes.fromhex("16030100f8010000f40303") + b"\x9c" * 40
GARBAGE = IngestError(Reason.BAD_HTTP, "garbage")


class Recorded(list[tuple[Arrival, IngestError]]):
    def __call__(self, arrival: Arrival, error: IngestError) -> None:
        self.append((arrival, error))


@pytest.mark.parametrize(
    "data",
    [
        b"GET / HTTP/1.1\r\n",
        b"POST /api/1/envelope/ HTTP/1.1",
        b"POST /api/1/env",
        b"PO",
        b"\r\nGET / HTTP/1.1\r\n",
        b"\r\n",
    ],
)
def test_what_may_become_a_request_is_waited_for(data: bytes) -> None:
    assert fault_of(data) is None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (TLS, "write http:// in the DSN"),
        (TLS[:1], "TLS"),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "HTTP/2"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "“SSH-2.0-OpenSSH_9.6”"),
        (b"\x00\x01\x02\xff\n", "the bytes 00 01 02 ff"),
        (b"GET / HTTP/9.9\r\n\r\n", "“GET / HTTP/9.9”"),
    ],
)
def test_what_cannot_be_one_is_named(data: bytes, words: str) -> None:
    error = fault_of(data)
    assert error is not None
    assert error.reason is Reason.BAD_HTTP
    assert words in error.detail


def test_an_address_gets_some_rows_a_minute_and_the_rest_is_told_with_the_next() -> None:
    recorded, at = Recorded(), [0.0]
    strays = Strays(recorded, lambda: at[0])
    for _ in range(ROWS_A_MINUTE + 4):
        strays.note("10.0.0.9", TLS, GARBAGE)
    strays.note("10.0.0.8", b"x", GARBAGE)
    assert [arrival.ip for arrival, _ in recorded] == ["10.0.0.9"] * ROWS_A_MINUTE + ["10.0.0.8"]
    assert recorded[0][0].method == "TLS"
    at[0] = 61.0
    strays.note("10.0.0.9", TLS, GARBAGE)
    assert recorded[-1][1].detail == "garbage (and 4 more like it from this address)"


def test_many_addresses_take_no_more_room_than_a_few() -> None:
    strays = Strays(Recorded())
    for number in range(ADDRESSES * 3):
        strays.note(f"10.0.{number >> 8}.{number & 255}", b"x", GARBAGE)
    assert len(strays._visits) == ADDRESSES


async def _recorded(bench: Bench) -> dict[str, object]:
    async with asyncio.timeout(5):
        while not bench.spool.entries:
            await asyncio.sleep(0.005)
    entry = bench.spool.entries[-1]
    return {**bench.metas[-1], "body": entry.body}


async def test_an_https_dsn_is_answered_and_shown_with_its_first_bytes(tmp_path: Path) -> None:
    async with running_bench(tmp_path) as bench, connection(bench.listeners.port) as (reader, writer):
        writer.write(TLS)
        assert (await reader.read()).startswith(b"HTTP/1.1 400 Bad Request")
        row = await _recorded(bench)
        assert (row["method"], row["reason"], row["outcome"]) == ("TLS", "bad_http", "refused")
        assert row["body"] == TLS
        assert bench.ingest.refused == 1


async def test_headers_that_never_end_are_closed_and_shown(tmp_path: Path) -> None:
    async with running_bench(tmp_path) as bench, connection(bench.listeners.port) as (reader, writer):
        head = b"POST /api/1/envelope/ HTTP/1.1\r\nHost: x\r\n"
        writer.write(head)
        lane = bench.listeners._lane
        assert lane is not None
        async with asyncio.timeout(5):
            while not any(one._waiting for one in lane.open):
                await asyncio.sleep(0.005)
        at = asyncio.get_running_loop().time()
        lane.sweep(at + HEAD_SECONDS - 1)
        assert lane.open
        lane.sweep(at + HEAD_SECONDS + 1)
        assert (await reader.read()).startswith(b"HTTP/1.1 408")
        row = await _recorded(bench)
        assert (row["method"], row["reason"], row["body"]) == ("POST", "too_slow", head)


@pytest.mark.parametrize("part", [25, 160, 230])
async def test_a_sender_that_leaves_half_way_is_shown(tmp_path: Path, part: int) -> None:
    body = envelope()
    lines = [f"{name}: {value}" for name, value in {**AUTH, "Content-Length": str(len(body))}.items()]
    whole = "\r\n".join(["POST /api/1/envelope/ HTTP/1.1", *lines, "", ""]).encode() + body
    assert part < len(whole)
    async with running_bench(tmp_path) as bench:
        async with connection(bench.listeners.port) as (_, writer):
            writer.write(whole[:part])
            await writer.drain()
        row = await _recorded(bench)
        assert "left" in str(row["detail"])
        assert row["body"] == whole[:part]


async def test_a_head_in_two_pieces_keeps_the_short_way(tmp_path: Path) -> None:
    body = envelope()
    head = f"POST /api/1/envelope/ HTTP/1.1\r\nX-Sentry-Auth: {AUTH['X-Sentry-Auth']}\r\n"
    async with running_bench(tmp_path) as bench, connection(bench.listeners.port) as (reader, writer):
        writer.write(head[:40].encode())
        await asyncio.sleep(0.02)
        writer.write(f"{head[40:]}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        assert (await reader.readline()).startswith(b"HTTP/1.1 200")
        lane = bench.listeners._lane
        assert lane is not None
        assert len(lane.open) == 1


async def test_headers_http_does_not_allow_are_shown_too(tmp_path: Path) -> None:
    async with running_bench(tmp_path) as bench, connection(bench.listeners.port) as (reader, writer):
        writer.write(b"POST /api/1/envelope/ HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\n")
        assert b" 400 " in await reader.readline()
        row = await _recorded(bench)
        assert row["reason"] == "bad_http"
        assert "proper HTTP" in str(row["detail"])
