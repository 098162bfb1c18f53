"""Large bodies through a real station: stored whole, in memory that does not grow with them."""

import contextlib
import gzip
import hashlib
import os
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import orjson
import psutil
import pytest

from tests.support.station import StationProcess, running_station
from vedette.domain.workspace import Workspace

MEGABYTE = 1 << 20
MOST_MORE = 36 * MEGABYTE
"""What bodies of any size may cost station and digest together, coming and going."""


class Peak:
    """The most memory processes had together while it was watched, in bytes."""

    def __init__(self, pids: list[int]) -> None:
        self._processes = [psutil.Process(pid) for pid in pids]
        self.before = self.now()
        self.most = self.before

    def now(self) -> int:
        return sum(process.memory_info().rss for process in self._processes)

    @contextmanager
    def watched(self) -> Iterator[None]:
        over = threading.Event()

        def watch() -> None:
            while not over.wait(0.01):
                with contextlib.suppress(psutil.NoSuchProcess):
                    self.most = max(self.most, self.now())

        thread = threading.Thread(target=watch, name="watch memory")
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def watch(station: StationProcess) -> Peak:
    """Return a peak of *station* and its digest, both warm."""
    assert station.post(b'{"event_id":"%s"}\n{"type":"event"}\n{"message":"warm"}\n' % (b"0" * 32)) == 200
    station.wait_digested()
    time.sleep(1.0)
    return Peak([station.process.pid, station.digest_pid()])


REPLAY = {
    "type": "replay_event",
    "replay_id": "b" * 32,
    "segment_id": 0,
    "timestamp": 1_800_000_060,
    "replay_start_timestamp": 1_800_000_000,
    "urls": ["https://shop.example/"],
    "platform": "javascript",
}


def recording(size: int) -> bytes:
    """Return about *size* bytes of rrweb events, compressed as SDKs do."""
    start = 1_800_000_000_000
    events = []
    for n in range(size // 1_000):
        text = hashlib.sha256(b"%d" % n).hexdigest() * 14
        events.append({"type": 3, "timestamp": start + n, "data": {"source": 0, "texts": [{"value": text}]}})
    return zlib.compress(orjson.dumps(events))


def envelope(event_id: str, *items: tuple[dict[str, object], bytes]) -> bytes:
    lines = [orjson.dumps({"event_id": event_id})]
    for header, payload in items:
        lines += [orjson.dumps({**header, "length": len(payload)}), payload]
    return b"\n".join(lines)


@pytest.mark.timeout(180)
def test_a_large_attachment_and_a_long_replay_leave_station_and_digest_small(workspace: Workspace) -> None:
    noise = os.urandom(100 * MEGABYTE)
    event_id = "a" * 32
    with_file = envelope(
        event_id,
        ({"type": "attachment", "filename": "core.bin"}, noise),
        ({"type": "event"}, b'{"message":"with a file"}'),
    )
    replay = envelope(
        "b" * 32,
        ({"type": "replay_event"}, orjson.dumps(REPLAY)),
        ({"type": "replay_recording"}, b'{"segment_id":0}\n' + recording(20 * MEGABYTE)),
        ({"type": "attachment", "filename": "noise.bin"}, noise[: 8 * MEGABYTE]),
    )
    with running_station(workspace) as station:
        peak = watch(station)
        with peak.watched():
            assert station.post(with_file) == 200
            station.wait_digested(60)
            assert station.post(gzip.compress(replay, 1), Content_Encoding="gzip") == 200
            station.wait_digested(60)
            (row,) = station.api(f"projects/desk/desk/events/{event_id}/attachments/")
            path = f"projects/desk/desk/events/{event_id}/attachments/{row['id']}/?download=1"
            reader = {"Authorization": f"Bearer {station.token}"}
            status, _, back = station.request("GET", f"/api/0/{path}", **reader)
        assert (status, back == noise) == (200, True)
        assert {row["outcome"] for row in station.api("requests/")} == {"stored"}
        assert list(workspace.incoming.iterdir()) == []
    assert peak.most - peak.before < MOST_MORE
