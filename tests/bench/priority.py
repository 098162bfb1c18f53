"""Errors while large items arrive: how long one takes to be in the store beside replays and profiles."""

import asyncio
import http.client
import random
import statistics
import threading
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import orjson
import psutil

from tests.bench.load import post_all, request
from tests.bench.payloads import compressed
from tests.bench.report import Report
from tests.support.builders import an_envelope, an_error
from tests.support.station import StationProcess, running_station
from vedette.domain.times import SECOND, now
from vedette.domain.workspace import Workspace
from vedette.store.engine import Reader

A_SECOND = 50
ERRORS = 150


def replay_segment(rng: random.Random, replay_id: str, n: int) -> bytes:
    """Return an envelope with a segment of five seconds: some 100 kB of rrweb events before compression."""
    at = now() / SECOND
    events = [
        {"type": 3, "timestamp": round(at * 1000) + k,
         "data": {"source": 1, "positions": [{"x": rng.randrange(1500), "y": rng.randrange(900), "id": k,
                                              "timeOffset": -rng.randrange(500)} for _ in range(2)]}}
        for k in range(600)
    ]  # fmt: skip
    for k in range(40):
        crumb = {"category": "console", "timestamp": at, "level": "info", "message": f"line {rng.random()}"}
        events.append({"type": 5, "timestamp": at + k, "data": {"tag": "breadcrumb", "payload": crumb}})
    event = {"replay_id": replay_id, "segment_id": n, "timestamp": at, "platform": "javascript"}
    film = orjson.dumps({"segment_id": n}) + b"\n" + zlib.compress(orjson.dumps(events))
    return an_envelope(("replay_event", event), ("replay_recording", film), event_id=replay_id)


def profile_chunk(rng: random.Random, profiler_id: str) -> bytes:
    """Return an envelope with a chunk of ten seconds: a thousand samples, some 90 kB."""
    at = now() / SECOND
    frames = [
        {
            "function": f"work_{k}",
            "module": "shop.cart",
            "filename": "shop/cart.py",
            "lineno": k,
            "in_app": True,
        }
        for k in range(200)
    ]
    stacks = [[rng.randrange(200) for _ in range(20)] for _ in range(150)]
    samples = [
        {"timestamp": at - 10 + k / 100, "stack_id": rng.randrange(150), "thread_id": "1"}
        for k in range(1000)
    ]
    chunk = {"version": "2", "profiler_id": profiler_id, "chunk_id": uuid4().hex, "platform": "python",
             "profile": {"samples": samples, "stacks": stacks, "frames": frames}}  # fmt: skip
    return an_envelope(("profile_chunk", chunk))


def measure_priority(report: Report, folder: Path) -> None:
    """Errors one at a time, from the POST until the live feed tells of them: alone, and beside the load."""
    report.heading(f"Errors beside {A_SECOND} replay segments and {A_SECOND} profile chunks a second")
    with running_station(Workspace(folder / "priority")) as station:
        _errors(station, 20)
        alone = _errors(station, ERRORS)
        digest = psutil.Process(station.digest_pid())
        before, began = sum(digest.cpu_times()[:2]), time.perf_counter()
        beside = _beside_load(station, lambda: _errors(station, ERRORS, pause=0.05))
        busy = (sum(digest.cpu_times()[:2]) - before) / (time.perf_counter() - began)
        station.wait_digested(120)
        stored = _stored(station)
    report.add("an error alone → store", _figures(alone))
    report.add("an error beside them → store", _figures(beside), "p95 ≤ 100 ms", _p95(beside) <= 100)
    report.add("digest's share of a core meanwhile", f"{100 * busy:.0f} %; {stored:,} large items stored")


def _beside_load(station: StationProcess, measure: Callable[[], list[float]]) -> list[float]:
    done = threading.Event()
    bodies = _prepared()
    thread = threading.Thread(target=lambda: asyncio.run(_load(station.port, bodies, done)), name="load")
    thread.start()
    try:
        time.sleep(1.0)
        return measure()
    finally:
        done.set()
        thread.join()


def _prepared() -> list[bytes]:
    """Return a minute's worth of large items, made before anything is measured."""
    rng = random.Random(7)
    replays = [uuid4().hex for _ in range(10)]
    profilers = [uuid4().hex for _ in range(10)]
    bodies = []
    for n in range(30 * A_SECOND):
        bodies.append(replay_segment(rng, replays[n % 10], n // 10))
        bodies.append(profile_chunk(rng, profilers[n % 10]))
    return compressed(bodies)


async def _load(port: int, bodies: list[bytes], done: threading.Event) -> None:
    """Post ten of *bodies* every twentieth of a second's worth, until *done* or they are all sent."""
    began = time.perf_counter()
    for first in range(0, len(bodies), 10):
        if done.is_set():
            return
        await asyncio.sleep(max(0.0, began + first / (2 * A_SECOND) - time.perf_counter()))
        await post_all(port, [request(port, body) for body in bodies[first : first + 10]], connections=4)


def _stored(station: StationProcess) -> int:
    """Return how many segments and chunks have a row."""
    reader = Reader(station.workspace.database)
    try:
        rows = reader.raw.execute(
            "SELECT (SELECT count(*) FROM replay_segment) + (SELECT count(*) FROM profile_chunk)"
        ).fetchone()
    finally:
        reader.close()
    return int(rows[0]) if rows else 0


def _errors(station: StationProcess, count: int, pause: float = 0.01) -> list[float]:
    """Return for *count* errors the milliseconds until the live feed told of each."""
    feed = http.client.HTTPConnection("127.0.0.1", station.port, timeout=60)
    feed.request("GET", "/api/0/feed/", headers={"Authorization": f"Bearer {station.token}"})
    stream = feed.getresponse()
    times = []
    for n in range(count):
        body = an_envelope(("event", an_error(f"value {n % 7}")), event_id=uuid4().hex)
        began = time.perf_counter()
        station.post(body)
        while b'"event"' not in stream.readline():
            pass
        times.append(1000 * (time.perf_counter() - began))
        time.sleep(pause)
    feed.close()
    return times


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _figures(times: list[float]) -> str:
    return f"p50 {statistics.median(times):.1f} ms, p95 {_p95(times):.1f} ms, longest {max(times):.0f} ms"
