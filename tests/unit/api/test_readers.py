"""Reading threads: answers, time limits, cancellation and the end."""

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import text

from vedette.api.readers import ClosedError, ReaderPool
from vedette.store.engine import QueryTimeoutError, open_writer

APP = str(Path(__file__).parents[3] / "app")
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


@pytest_asyncio.fixture
async def pool(tmp_path: Path) -> AsyncIterator[ReaderPool]:
    path = tmp_path / "ä.db"
    writer = open_writer(path)
    writer.raw.execute("CREATE TABLE t (x)")
    writer.close()
    pool = ReaderPool(path, threads=1)
    yield pool
    pool.close()


def scalar(db: Any, sql: str) -> Any:
    return db.execute(text(sql)).scalar()


def thread_name(db: Any) -> str:
    return threading.current_thread().name


async def test_a_question_is_answered_from_a_reading_thread(pool: ReaderPool) -> None:
    assert await pool.ask(scalar, "SELECT 41 + 1") == 42
    assert await pool.ask(thread_name) == "reader-1"


async def test_the_error_of_a_question_reaches_the_one_who_asked(pool: ReaderPool) -> None:
    def fail(db: Any) -> None:
        raise LookupError("no such thing")

    with pytest.raises(LookupError, match="no such thing"):
        await pool.ask(fail)
    assert await pool.ask(scalar, "SELECT 1") == 1


async def test_an_endless_question_is_interrupted_and_the_thread_goes_on(pool: ReaderPool) -> None:
    with pytest.raises(QueryTimeoutError):
        await pool.ask_within(0.05, scalar, ENDLESS)
    assert await pool.ask(scalar, "SELECT 1") == 1


async def test_cancelling_frees_the_thread_at_once(pool: ReaderPool) -> None:
    started = threading.Event()

    def long(db: Any) -> Any:
        started.set()
        return scalar(db, ENDLESS)

    asking = asyncio.ensure_future(pool.ask_within(60, long))
    waiting = asyncio.ensure_future(pool.ask_within(60, scalar, ENDLESS))
    await asyncio.to_thread(started.wait)
    waiting.cancel()
    asking.cancel()
    await asyncio.gather(asking, waiting, return_exceptions=True)
    assert await asyncio.wait_for(pool.ask(scalar, "SELECT 1"), 10) == 1


async def test_closing_interrupts_what_runs_and_refuses_what_comes(pool: ReaderPool) -> None:
    started = threading.Event()

    def long(db: Any) -> Any:
        started.set()
        return scalar(db, ENDLESS)

    asking = asyncio.ensure_future(pool.ask_within(60, long))
    await asyncio.to_thread(started.wait)
    await asyncio.to_thread(pool.close)
    with pytest.raises(QueryTimeoutError):
        await asking
    with pytest.raises(ClosedError):
        await pool.ask(scalar, "SELECT 1")
    pool.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("reader-")]


async def test_nothing_can_be_written(pool: ReaderPool) -> None:
    with pytest.raises(Exception, match=r"readonly|read-only"):
        await pool.ask(scalar, "INSERT INTO t VALUES (1)")


@pytest.mark.parametrize("module", ["vedette.api.reading", "vedette.api.readers", "vedette.api.shapes.event"])
def test_what_the_desktop_reads_with_does_not_load_http(module: str) -> None:
    code = f"import sys, {module}; sys.exit('aiohttp' in sys.modules)"
    assert (
        subprocess.run(
            [sys.executable, "-c", code], check=False, env=os.environ | {"PYTHONPATH": APP}
        ).returncode
        == 0
    )
