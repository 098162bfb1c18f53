"""A load generator: keep-alive connections that post prepared requests as fast as the server answers."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.bench.payloads import KEY


@dataclass
class Load:
    """What a run of requests came to."""

    seconds: float = 0.0
    statuses: dict[int, int] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)  # seconds

    @property
    def rate(self) -> float:
        return self.statuses.get(200, 0) / self.seconds if self.seconds else 0.0


def request(
    port: int,
    body: bytes,
    *,
    path: str = "/api/1/envelope/",
    encoding: str = "gzip",
    content_type: str = "application/x-sentry-envelope",
) -> bytes:
    """Return the bytes of one POST, as sentry-sdk sends it."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUser-Agent: sentry.python/2.75.0\r\n"
        f"X-Sentry-Auth: Sentry sentry_key={KEY}, sentry_version=7, sentry_client=sentry.python/2.75.0\r\n"
        f"Content-Type: {content_type}\r\n"
        f"Content-Encoding: {encoding}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


async def post_all(port: int, requests: list[bytes], connections: int = 16) -> Load:
    """Send *requests* over *connections* and wait for every answer."""
    load = Load()
    waiting = iter(requests)
    began = time.perf_counter()
    await asyncio.gather(*(_connection(port, waiting, load) for _ in range(connections)))
    load.seconds = time.perf_counter() - began
    return load


async def _connection(port: int, waiting: Iterator[bytes], load: Load) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for data in waiting:
            began = time.perf_counter()
            writer.write(data)
            head = await reader.readuntil(b"\r\n\r\n")
            length = 0
            for line in head.split(b"\r\n")[1:]:
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            if length:
                await reader.readexactly(length)
            load.latencies.append(time.perf_counter() - began)
            status = int(head[9:12])
            load.statuses[status] = load.statuses.get(status, 0) + 1
    finally:
        writer.close()
