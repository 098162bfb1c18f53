"""Which program a sender on this machine is."""

import asyncio
import os
from pathlib import Path

import pytest

from tests.support.ingest import AUTH, connection, envelope, running_bench
from vedette.station.processes import (
    KEPT,
    KNOWN_FOR,
    LOOK_EVERY,
    Processes,
    ProcessInfo,
    owner_of,
    program_name,
)


@pytest.mark.parametrize(
    ("name", "words", "program"),
    [
        ("python3", ["python3", "-X", "dev", "-u", "/srv/shop/app.py", "--port", "1"], "app.py"),
        ("python3.11", ["/usr/bin/python3.11", "-m", "uvicorn", "shop:app"], "uvicorn"),
        ("python3", ["python3", "-c", "import x"], "python3"),
        ("node", ["node", "--import", "./instrument.mjs", "C:\\shop\\app.mjs"], "app.mjs"),
        ("shop-server", ["/opt/shop-server", "run"], "shop-server"),
        ("python3", [], "python3"),
    ],
)
def test_a_program_is_named_by_what_it_runs(name: str, words: list[str], program: str) -> None:
    assert program_name(name, words) == program


async def test_a_sender_is_looked_at_once_in_a_while_and_only_here() -> None:
    looked: list[int] = []
    at = [100.0]

    def look(port: int) -> ProcessInfo | None:
        looked.append(port)
        return ProcessInfo(812, "app.py") if port != 9 else None

    processes = Processes(look, lambda: at[0])

    async def meet(ip: str, client: str, port: int) -> None:
        processes.meet(ip, client, port)
        for _ in range(50):
            await asyncio.sleep(0.002)

    await meet("127.0.0.1", "sentry.python/2", 1)
    assert processes.of("127.0.0.1", "sentry.python/2") == ProcessInfo(812, "app.py")
    await meet("127.0.0.1", "sentry.go/1", 2)  # too soon after the other
    at[0] += LOOK_EVERY
    await meet("127.0.0.1", "sentry.python/2", 3)  # known
    await meet("192.168.1.9", "sentry.cocoa/9", 4)  # not of this machine
    assert looked == [1]
    at[0] += KNOWN_FOR
    await meet("127.0.0.1", "sentry.python/2", 9)  # gone before it was seen: what was known stays
    assert looked == [1, 9]
    assert processes.of("127.0.0.1", "sentry.python/2") == ProcessInfo(812, "app.py")
    for number in range(KEPT + 5):
        at[0] += LOOK_EVERY
        processes.meet("127.0.0.1", f"client/{number}", 1)
        await asyncio.sleep(0)
    await asyncio.sleep(0.2)
    assert len(processes._seen) == KEPT


async def test_the_process_that_posts_is_seen(tmp_path: Path) -> None:
    if owner_of(1) is None and not Path("/proc").exists():
        pytest.skip("this system does not tell")
    body = envelope()
    head = f"POST /api/1/envelope/ HTTP/1.1\r\nX-Sentry-Auth: {AUTH['X-Sentry-Auth']}\r\n"
    async with running_bench(tmp_path) as bench, connection(bench.listeners.port) as (reader, writer):
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        assert (await reader.readline()).startswith(b"HTTP/1.1 200")
        async with asyncio.timeout(5):
            while (found := bench.ingest.processes.of("127.0.0.1", "sentry.python/2.40.0")) is None:
                await asyncio.sleep(0.01)
        assert found.pid == os.getpid()
