"""Sockets: the port wanted, the next free, or a sentence; and no more connections than are good."""

import asyncio
import socket
from pathlib import Path

import pytest

from tests.support.ingest import connection, running_bench
from vedette.station import listening
from vedette.station.listening import PortTakenError, open_first_free, open_socket


def test_a_taken_port_is_said_to_be_taken() -> None:
    with open_socket("127.0.0.1", 0) as taken, pytest.raises(PortTakenError, match="taken"):
        open_first_free("127.0.0.1", taken.getsockname()[1])


def test_without_a_wish_the_next_free_port_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with open_socket("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setattr(listening, "DEFAULT_PORT", min(port, 65_500))
        with open_first_free("127.0.0.1", None) as sock:
            assert sock.getsockname()[1] != port
        monkeypatch.setattr(listening, "PORTS_TRIED", 1)
        if port <= 65_500:
            with pytest.raises(PortTakenError):
                open_first_free("127.0.0.1", None)


def test_port_zero_picks_any() -> None:
    with open_first_free("127.0.0.1", 0) as sock:
        assert sock.getsockname()[1] > 0


async def test_a_connection_too_many_is_told_to_come_back(tmp_path: Path) -> None:
    async with running_bench(tmp_path, most=2) as bench:
        port = bench.listeners.port
        async with connection(port), connection(port):
            while bench.listeners._lane is None or len(bench.listeners._lane.open) < 2:
                await asyncio.sleep(0.01)
            async with connection(port) as (reader, _):
                assert (await reader.readline()).startswith(b"HTTP/1.1 503")


async def test_more_addresses_open_at_the_same_port_and_close_with_their_connections(tmp_path: Path) -> None:
    try:
        open_socket("127.0.0.2", 0).close()
    except OSError:
        pytest.skip("this system has one loopback address only")
    async with running_bench(tmp_path) as bench:
        port = bench.listeners.port
        assert await bench.listeners.open_more(["127.0.0.2"]) == []
        assert bench.listeners.addresses == ["127.0.0.1", "127.0.0.2"]
        reader, writer = await asyncio.open_connection("127.0.0.2", port)
        full_reader, full_writer = await asyncio.open_connection("127.0.0.2", port)
        full_writer.write(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        await full_reader.readuntil(b"well")
        async with connection(port) as (own_reader, own_writer):
            await bench.listeners.close_more("127.0.0.1")
            assert await reader.read() == b""
            assert await full_reader.read() == b""
            own_writer.write(b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert (await own_reader.read()).endswith(b"well")
        for stream in (writer, full_writer):
            stream.close()
            await stream.wait_closed()
        with pytest.raises(OSError):
            socket.create_connection(("127.0.0.2", port), timeout=1)


async def test_an_address_that_cannot_be_had_is_named(tmp_path: Path) -> None:
    async with running_bench(tmp_path) as bench:
        problems = await bench.listeners.open_more(["203.0.113.77"])
        assert len(problems) == 1
        assert problems[0].startswith("203.0.113.77 cannot be listened on")


def free_port() -> int:
    with open_socket("127.0.0.1", 0) as sock:
        return int(sock.getsockname()[1])


async def is_open(port: int, host: str = "127.0.0.1") -> bool:
    try:
        _, writer = await asyncio.open_connection(host, port)
    except OSError:
        return False
    writer.close()
    return True


async def test_the_same_is_served_at_a_second_port_until_it_is_another_or_none(tmp_path: Path) -> None:
    async with running_bench(tmp_path) as bench:
        first, second = free_port(), free_port()
        await bench.listeners.serve_also(first)
        assert bench.listeners.also_problems == []
        headers = {"Content-Type": "application/json"}
        url = f"http://127.0.0.1:{first}/v1/traces"
        async with bench.client.post(url, data=b"{}", headers=headers) as response:
            assert response.status == 200
        assert bench.metas[0]["endpoint"] == "otlp_traces"
        await bench.listeners.serve_also(second)
        assert (await is_open(first), await is_open(second)) == (False, True)
        await bench.listeners.serve_also(second)  # nothing to do
        await bench.listeners.serve_also(0)
        assert not await is_open(second)
        await bench.listeners.serve_also(bench.listeners.port)  # is open already
        assert bench.listeners.also_problems == []
        await bench.listeners.serve_also(first)
        await bench.listeners.close()
        assert not await is_open(first)


async def test_a_second_port_that_is_taken_is_a_problem_that_is_told(tmp_path: Path) -> None:
    async with running_bench(tmp_path) as bench:
        with open_socket("127.0.0.1", 0) as taken:
            port = taken.getsockname()[1]
            await bench.listeners.serve_also(port)
            (problem,) = bench.listeners.also_problems
            assert f"Port {port} on 127.0.0.1 cannot be listened on" in problem


async def test_a_second_port_follows_the_addresses(tmp_path: Path) -> None:
    try:
        open_socket("127.0.0.2", 0).close()
    except OSError:
        pytest.skip("this system has one loopback address only")
    async with running_bench(tmp_path) as bench:
        port = free_port()
        await bench.listeners.serve_also(port)
        assert not await is_open(port, "127.0.0.2")
        assert await bench.listeners.open_more(["127.0.0.2"]) == []
        assert await is_open(port, "127.0.0.2")
        await bench.listeners.close_more("127.0.0.1")
        assert (await is_open(port, "127.0.0.2"), await is_open(port)) == (False, True)
