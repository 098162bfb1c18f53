"""Accepting, digesting, and the way of one event: HTTP in, live feed out."""

import asyncio
import contextlib
import http.client
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psutil

from tests.bench import containers, otlp
from tests.bench.load import Load, post_all, request
from tests.bench.payloads import compressed, errors, transactions, varied
from tests.bench.report import Report
from tests.support.builders import an_envelope, an_error
from tests.support.station import StationProcess, running_station
from vedette.domain.workspace import Workspace
from vedette.store.engine import Reader

ROUNDS = 5


@contextlib.contextmanager
def floor_server(port: int) -> Iterator[None]:
    """Run the reading-only server for a `with` block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.floor", str(port)],
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    process.stdout.readline()
    try:
        yield
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def measure_accept(report: Report, folder: Path, count: int) -> None:
    """Alternate station and floor in one run; the ratio of each round counts."""
    report.heading("Accepting (16 connections, gzip, fsync before the 200)")
    bodies = compressed(varied(errors(), count))
    floor_port = _free_port()
    ratios, rates, floors, latencies = [], [], [], []
    with floor_server(floor_port), running_station(Workspace(folder / "accept")) as station:
        for n in range(ROUNDS):
            floor = asyncio.run(post_all(floor_port, [request(floor_port, b) for b in bodies]))
            fresh = compressed(varied(errors(), count, seed=100 + n))
            # Only what happens before the acknowledgement: digest works on the same two cores, so it is
            # held still meanwhile, and measured below.
            digest = psutil.Process(station.digest_pid())
            digest.suspend()
            load = asyncio.run(post_all(station.port, [request(station.port, b) for b in fresh]))
            digest.resume()
            station.wait_digested(300)
            ratios.append(load.rate / floor.rate)
            rates.append(load.rate)
            floors.append(floor.rate)
            latencies.extend(load.latencies)
            _complain(load, count)
        both = asyncio.run(_with_digest(station, compressed(varied(errors(), count, seed=99))))
        station.wait_digested(300)
    ratio = statistics.median(ratios)
    report.add(
        "accepted / read-only handler, same run",
        f"{ratio:.2f} (rounds {', '.join(f'{r:.2f}' for r in ratios)})",
        "≥ 0.4, aim 0.6",
        ratio >= 0.4,
    )
    report.add(
        "accepted",
        f"{statistics.median(rates):,.0f}/s; read-only {statistics.median(floors):,.0f}/s",
        "≥ 10 × Spotlight (300–430/s)",
        statistics.median(rates) >= 4_300,
    )
    report.add("accepted while digest runs on the same cores", f"{both.rate:,.0f}/s")
    report.add("latency of an acknowledgement", _percentiles([1000 * x for x in latencies]))


async def _with_digest(station: StationProcess, bodies: list[bytes]) -> Load:
    return await post_all(station.port, [request(station.port, body) for body in bodies])


def _complain(load: Load, count: int) -> None:
    if load.statuses != {200: count}:
        print(f"    answers other than 200: {load.statuses}")


def measure_digest(report: Report, folder: Path, count: int) -> None:
    """CPU time of the digest process per entry, so that other work on the machine does not count."""
    report.heading("Digest (one core)")
    for name, bodies, budget in (
        ("error events, 22 kB raw", varied(errors(), count), 1_000),
        ("transactions of 100 spans", varied(transactions(100), count // 4), 400),
    ):
        packed = compressed(bodies)
        with running_station(Workspace(folder / f"digest-{budget}")) as station:
            digest = psutil.Process(station.digest_pid())
            warm = len(packed) // 5
            asyncio.run(post_all(station.port, [request(station.port, b) for b in packed[:warm]]))
            station.wait_digested(300)
            before = sum(digest.cpu_times()[:2])
            began = time.perf_counter()
            peak = _post_watching(station, packed[warm:])
            station.wait_digested(300)
            wall = time.perf_counter() - began
            cpu = sum(digest.cpu_times()[:2]) - before
            _complain_unless_stored(station, len(packed))
            n = len(packed) - warm
        report.add(name, f"{n / cpu:,.0f}/s of one core ({n / wall:,.0f}/s with accepting beside it)",
                   f"≥ {budget:,}/s", n / cpu >= budget)  # fmt: skip
        if budget == 1_000:
            size = sum(f.stat().st_size for f in (folder / f"digest-{budget}").glob("vedette.db*"))
            report.add(
                "memory of station + digest under load", f"{peak / 1e6:,.0f} MB", "200 MB", peak < 200e6
            )
            raw = statistics.mean(len(body) for body in errors())
            stored = size / len(packed)
            report.add(
                "disk per error event, all indexes and raw bytes",
                f"{stored / 1000:.2f} kB of {raw / 1000:.1f} kB raw",
                "≤ 3.5 kB of 20 kB raw",
                stored / raw <= 3.5 / 20,
            )


def measure_containers(report: Report, folder: Path, count: int) -> None:
    """CPU time of the digest process per entry of a container, *count* / 4 containers of a hundred."""
    report.heading("Digest of containers (one core, a hundred entries each)")
    sentry = {"path": "/api/1/envelope/"}
    exporter = {"content_type": otlp.PROTOBUF}
    for name, make, budget, posted in (
        ("log records", containers.log_envelopes, 20_000, sentry),
        ("metric points", containers.metric_envelopes, 20_000, sentry),
        ("streamed spans", containers.span_envelopes, 40_000, sentry),
        ("OTLP log records", otlp.log_requests, None, exporter | {"path": "/v1/logs"}),
        ("OTLP data points", otlp.metric_requests, None, exporter | {"path": "/v1/metrics"}),
        ("OTLP spans", otlp.trace_requests, None, exporter | {"path": "/v1/traces"}),
    ):
        packed = compressed(make(max(50, count // 4)))
        with running_station(Workspace(folder / name.replace(" ", "-"))) as station:
            digest = psutil.Process(station.digest_pid())
            warm = len(packed) // 5
            requests = [request(station.port, body, **posted) for body in packed]
            asyncio.run(post_all(station.port, requests[:warm]))
            station.wait_digested(300)
            before = sum(digest.cpu_times()[:2])
            asyncio.run(post_all(station.port, requests[warm:]))
            station.wait_digested(300)
            cpu = sum(digest.cpu_times()[:2]) - before
            _complain_unless_stored(station, len(packed))
            size = sum(f.stat().st_size for f in station.workspace.folder.glob("vedette.db*"))
        rate = (len(packed) - warm) * containers.ENTRIES / cpu
        each = size / len(packed) / containers.ENTRIES
        report.add(
            name,
            f"{rate:,.0f}/s of one core; {each:,.0f} bytes each, all indexes and raw bytes included",
            *(() if budget is None else (f"≥ {budget:,}/s", rate >= budget)),
        )


def _complain_unless_stored(station: StationProcess, count: int) -> None:
    reader = Reader(station.workspace.database)
    found = reader.raw.execute("SELECT count(*) FROM request WHERE outcome = 'stored'").fetchone()
    reader.close()
    if found != (count,):
        print(f"    of {count} requests {found} were stored")


def _post_watching(station: StationProcess, bodies: list[bytes]) -> int:
    """Post *bodies* and return the most memory (unique, bytes) station and digest had meanwhile."""
    processes = [psutil.Process(station.process.pid), *station.children()]
    peak = 0
    for first in range(0, len(bodies), 500):
        asyncio.run(post_all(station.port, [request(station.port, b) for b in bodies[first : first + 500]]))
        peak = max(peak, sum(process.memory_full_info().uss for process in processes))
    return peak


def measure_latency(report: Report, folder: Path, count: int = 200) -> None:
    """One event at a time on an idle station: from the POST until the live feed tells of it."""
    report.heading("Latency, idle")
    times = []
    with running_station(Workspace(folder / "latency")) as station:
        feed = http.client.HTTPConnection("127.0.0.1", station.port, timeout=30)
        feed.request("GET", "/api/0/feed/", headers={"Authorization": f"Bearer {station.token}"})
        stream = feed.getresponse()
        for n in range(count + 10):
            body = an_envelope(("event", an_error(f"value {n % 7}")), event_id=uuid4().hex)
            began = time.perf_counter()
            station.post(body)
            while b'"event"' not in stream.readline():
                pass
            times.append(1000 * (time.perf_counter() - began))
            time.sleep(0.01)
        feed.close()
    times = times[10:]
    p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    report.add(
        "SDK call → live feed", _percentiles(times), "p50 ≤ 20 ms, p95 ≤ 100 ms", p50 <= 20 and p95 <= 100
    )


def measure_start(report: Report, folder: Path, rounds: int = 5) -> None:
    """From starting the command to the first accepted event, on a fresh and on a used workspace."""
    report.heading("Start")
    times = []
    for n in range(rounds):
        began = time.perf_counter()
        with running_station(Workspace(folder / f"start-{n}")) as station:
            assert station.post(an_envelope(("event", an_error()))) == 200
            times.append(time.perf_counter() - began)
    median = statistics.median(times)
    report.add("`vedette serve` to the first accepted event", f"{median:.2f} s", "≤ 1 s", median <= 1)


def _percentiles(times: list[float]) -> str:
    ordered = sorted(times)
    return (
        f"p50 {statistics.median(ordered):.1f} ms, p95 {ordered[int(len(ordered) * 0.95)]:.1f} ms, "
        f"p99 {ordered[int(len(ordered) * 0.99)]:.1f} ms"
    )


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
