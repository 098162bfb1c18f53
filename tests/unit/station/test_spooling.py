"""Group commit: who waits together is committed together, and nobody is answered before."""

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from tests.support.ingest import SpoolInMemory
from vedette.domain.times import now
from vedette.station.spooling import Spooler
from vedette.store.errors import DamagedError, DiskFullError
from vedette.store.spool import Spool, SpoolEntry


class GatedSpool(SpoolInMemory):
    """Waits in `append` until the gate is open."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = threading.Event()

    def append(self, entries: Sequence[SpoolEntry], /) -> range:
        self.gate.wait(10)
        return super().append(entries)


def entry(number: int = 0) -> SpoolEntry:
    return SpoolEntry(now(), "envelope", b"{}", b"%d" % number)


@pytest.fixture
async def gated() -> AsyncIterator[tuple[Spooler, GatedSpool]]:
    spool = GatedSpool()
    spooler = Spooler(lambda: spool)
    await spooler.start()
    yield spooler, spool
    spool.gate.set()
    await spooler.stop()


async def test_all_that_wait_share_one_transaction(gated: tuple[Spooler, GatedSpool]) -> None:
    spooler, spool = gated
    first = spooler.append(entry())
    await asyncio.sleep(0.05)
    rest = [spooler.append(entry(number)) for number in range(50)]
    await asyncio.sleep(0.05)
    assert not first.done()
    assert not any(future.done() for future in rest)
    assert (spooler.waiting, spooler.waiting_bytes > 50) == (51, True)
    spool.gate.set()
    assert [await first, *await asyncio.gather(*rest)] == list(range(1, 52))
    assert spool.commits == [1, 50]
    assert (spooler.waiting, spooler.waiting_bytes, spooler.last_id, spooler.commits) == (0, 0, 51, 2)


async def test_a_failed_commit_reaches_all_of_its_batch_and_the_next_one_works(
    gated: tuple[Spooler, GatedSpool],
) -> None:
    spooler, spool = gated
    spool.failure = DiskFullError("full")
    spool.gate.set()
    results = await asyncio.gather(*(spooler.append(entry()) for _ in range(3)), return_exceptions=True)
    assert [type(result) for result in results] == [DiskFullError] * 3
    spool.failure = None
    assert await spooler.append(entry()) == 1


async def test_a_bug_in_the_spool_is_told_and_does_not_end_the_thread(
    gated: tuple[Spooler, GatedSpool], caplog: pytest.LogCaptureFixture
) -> None:
    spooler, spool = gated
    spool.failure = RuntimeError("a bug")
    spool.gate.set()
    with pytest.raises(RuntimeError, match="a bug"):
        await spooler.append(entry())
    spool.failure = None
    assert await spooler.append(entry()) == 1
    assert "appending to the spool failed" in caplog.text


async def test_stopping_commits_what_waits(gated: tuple[Spooler, GatedSpool]) -> None:
    spooler, spool = gated
    future = spooler.append(entry())
    spool.gate.set()
    await spooler.stop()
    await spooler.stop()
    assert await future == 1
    assert len(spool.entries) == 1


async def test_a_spool_that_cannot_be_opened_fails_the_start() -> None:
    def fail() -> SpoolInMemory:
        raise DamagedError("broken")

    spooler = Spooler(fail)
    with pytest.raises(DamagedError):
        await spooler.start()
    await spooler.stop()


async def test_the_real_spool_is_continued_where_it_was(tmp_path: Path) -> None:
    for expected in (1, 2):
        seen: list[int] = []
        spooler = Spooler(
            lambda: Spool(tmp_path / "spool.db"), on_spooled=lambda _, ids, seen=seen: seen.extend(ids)
        )
        await spooler.start()
        assert (spooler.last_id, spooler.left_over) == (expected - 1, expected - 1)
        assert await spooler.append(entry()) == expected
        assert seen == [expected]
        await spooler.stop()
