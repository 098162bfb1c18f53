"""A real station among hostile and broken senders: right answers, bounded memory, and good ones served."""

import contextlib
import gzip
import os
import socket
import time
import zlib

import brotli
import orjson
import psutil
import pytest

from tests.support.builders import an_envelope, an_error
from tests.support.station import StationProcess, running_station
from vedette.domain.workspace import Workspace

MIB = 1 << 20


def a_bomb(megabytes: int) -> bytes:
    """Return a gzip of an envelope that unpacks to *megabytes*."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [packer.compress(b'{"event_id":"%s"}\n{"type":"event"}\n{"message":"' % (b"b" * 32))]
    parts += [packer.compress(b"A" * MIB) for _ in range(megabytes)]
    return b"".join([*parts, packer.flush()])


def a_nested_bomb(levels: int) -> bytes:
    body = b'{"event_id":"%s"}\n' % (b"c" * 32) + b"\0" * (10 * MIB)
    for _ in range(levels):
        body = gzip.compress(body, 9)
    return body


@pytest.fixture(scope="module")
def bombs() -> dict[str, bytes]:
    return {
        "gigabyte": a_bomb(1024),
        "nested": a_nested_bomb(10),
        "brotli": brotli.compress(b"\n" * (300 * MIB), quality=1),
    }


class Memory:
    """The most memory the station's own process had."""

    def __init__(self, station: StationProcess) -> None:
        self._process = psutil.Process(station.process.pid)
        self.before = self.peak = self._process.memory_info().rss

    def look(self) -> None:
        self.peak = max(self.peak, self._process.memory_info().rss)

    @property
    def grown(self) -> int:
        return (self.peak - self.before) // MIB


def test_bombs_noise_and_wrong_keys_are_refused_in_little_memory(
    workspace: Workspace, bombs: dict[str, bytes]
) -> None:
    good = an_envelope(("event", an_error("still here")))
    with running_station(workspace) as station:
        assert station.post(good) == 200
        memory = Memory(station)
        expected = [
            (bombs["gigabyte"], "gzip", 413),
            (bombs["brotli"], "br", 413),
            (bombs["nested"], "gzip", 400),  # unpacked once: what comes out is no envelope
            (os.urandom(2 * MIB), "gzip", 400),
            (os.urandom(100_000), "", 400),
            (gzip.compress(good)[:30], "gzip", 400),
            (b"", "", 400),
        ]
        for body, encoding, status in expected:
            assert station.post(body, Content_Encoding=encoding) == status, (encoding, len(body))
            memory.look()
        auth = {"X_Sentry_Auth": "Sentry sentry_key=no/key"}
        assert station.post(good, **auth) == 400
        assert station.post(an_envelope(("event", an_error("still here")))) == 200
        station.wait_digested()
        assert memory.grown < 60
        refused = station.api("station/")["refused"]
        assert refused == len(expected) + 1
        assert list(workspace.incoming.iterdir()) == []


def test_a_hundred_megabytes_are_taken_in_little_memory(workspace: Workspace) -> None:
    start = b'{"event_id":"%s"}\n{"type":"attachment","length":%d,"filename":"a"}\n' % (b"d" * 32, 100 * MIB)
    with running_station(workspace) as station:
        memory = Memory(station)
        with socket.create_connection(("127.0.0.1", station.port)) as sock:
            head = (
                "POST /api/1/envelope/ HTTP/1.1\r\nHost: x\r\n"
                f"X-Sentry-Auth: Sentry sentry_key={station.key}\r\n"
                f"Content-Length: {len(start) + 100 * MIB}\r\n\r\n"
            )
            sock.sendall(head.encode() + start)
            piece = os.urandom(MIB)
            for _ in range(100):
                sock.sendall(piece)
                memory.look()
            assert orjson.loads(sock.recv(65536).partition(b"\r\n\r\n")[2]) == {"id": "d" * 32}
        memory.look()
        assert memory.grown < 40
        station.wait_digested()


def test_slow_senders_do_not_keep_others_out(workspace: Workspace) -> None:
    good = an_envelope(("event", an_error("quick")))
    with running_station(workspace) as station, contextlib.ExitStack() as stack:
        for number in range(200):
            sock = stack.enter_context(socket.create_connection(("127.0.0.1", station.port)))
            sock.sendall(b"POST /api/1/envelope/ HTTP/1.1\r\nX: " if number % 2 else b"P")
        begun = time.monotonic()
        for _ in range(20):
            assert station.post(good) == 200
        assert time.monotonic() - begun < 10
