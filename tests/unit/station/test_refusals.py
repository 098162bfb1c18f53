"""Refused requests are recorded within a bound, and what was left out is told."""

from pathlib import Path

import orjson

from tests.support.ingest import SpoolInMemory
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.times import now
from vedette.protocol.endpoints import Endpoint
from vedette.station import refusals
from vedette.station.arrivals import Arrival
from vedette.station.bodies import Body
from vedette.station.refusals import Refusals
from vedette.station.spooling import Spooler

ERROR = IngestError(Reason.UNKNOWN_KEY, "unknown key")


def arrival(size: int = 10) -> Arrival:
    return Arrival(
        received=now(),
        method="POST",
        path="/api/1/envelope/",
        endpoint=Endpoint.ENVELOPE,
        project="1",
        peer="192.0.2.1",
        from_here=False,
        ip="192.0.2.1",
        body=Body(size, b"x" * size),
    )


async def test_a_flood_is_counted_and_told_with_the_next_that_is_recorded(tmp_path: Path) -> None:
    spool = SpoolInMemory()
    spooler = Spooler(lambda: spool)
    await spooler.start()
    clock = [0.0]
    record = Refusals(spooler, lambda: clock[0])
    for _ in range(refusals.ENTRIES_A_MINUTE + 40):
        record.record(arrival(), ERROR)
    assert record.unrecorded == 40
    clock[0] += 1
    record.record(arrival(), ERROR)
    await spooler.stop()
    assert len(spool.entries) == refusals.ENTRIES_A_MINUTE + 1
    assert "40 refused requests" in orjson.loads(spool.entries[-1].meta)["detail"]


async def test_large_bodies_are_left_out_before_entries_are(tmp_path: Path) -> None:
    spool = SpoolInMemory()
    spooler = Spooler(lambda: spool)
    await spooler.start()
    record = Refusals(spooler, lambda: 0.0)
    for _ in range(70):
        record.record(arrival(1 << 20), ERROR)
    await spooler.stop()
    assert sum(entry.body is not None for entry in spool.entries) == 64
    assert len(spool.entries) == 70


async def test_a_body_over_a_megabyte_is_not_kept() -> None:
    assert arrival((1 << 20) + 1).to_refusal(ERROR).body is None
