"""The supervisor against small programs that speak digest's language, or misbehave."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from vedette.station.digesting import DigestState, DigestSupervisor, RefusedError

READY = """
import json, sys, time, os
def say(**words): print(json.dumps(words), flush=True)
say(ready=True, mark=5)
"""
ECHO = (
    READY
    + """
for line in sys.stdin:
    word = json.loads(line)
    if "wake" in word:
        say(mark=word["wake"], changes=[["event", [word["wake"]]]])
    elif word["name"] == "fail":
        say(reply=word["call"], error={"code": "not_found", "detail": "no such thing"})
    elif word["name"] == "die":
        os._exit(3)
    else:
        say(reply=word["call"], result=word["args"])
"""
)


class Heard:
    def __init__(self) -> None:
        self.changes: list[Any] = []
        self.states: list[DigestState] = []
        self.newest = 5


@asynccontextmanager
async def supervised(program: str, **options: Any) -> AsyncIterator[tuple[DigestSupervisor, Heard]]:
    heard = Heard()
    digest = DigestSupervisor(
        [sys.executable, "-c", program],
        on_changes=heard.changes.extend,
        on_state=lambda: heard.states.append(digest.state),
        waiting_through=lambda: heard.newest,
        backoff=(0.01,),
        **options,
    )
    digest.start()
    try:
        yield digest, heard
    finally:
        await digest.stop(5)
        await digest.stop(5)
        assert digest.state is DigestState.STOPPED


async def until(condition: Callable[[], Any]) -> None:
    async with asyncio.timeout(15):
        while not condition():
            await asyncio.sleep(0.01)


async def test_it_is_woken_and_its_changes_are_passed_on() -> None:
    async with supervised(ECHO) as (digest, heard):
        await digest.wait_ready(10)
        assert digest.mark == 5
        heard.newest = 9
        for _ in range(50):
            digest.wake()
        await until(lambda: digest.mark == 9)
        assert ["event", [9]] in heard.changes
        assert len(heard.changes) < 10
        assert digest.state is DigestState.WORKING


async def test_calls_are_answered_or_refused() -> None:
    async with supervised(ECHO) as (digest, _):
        answers = await asyncio.gather(*(digest.call("echo", {"n": number}) for number in range(5)))
        assert answers == [{"n": number} for number in range(5)]
        with pytest.raises(RefusedError, match="no such thing") as refused:
            await digest.call("fail", {})
        assert refused.value.code == "not_found"


async def test_a_digest_that_dies_is_started_again_and_open_calls_are_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with supervised(ECHO) as (digest, heard):
        await digest.wait_ready(10)
        first = digest.pid
        with pytest.raises(TimeoutError):
            await digest.call("die", {})
        assert await digest.call("echo", {"still": 1}) == {"still": 1}
        assert digest.pid != first
        assert digest.restarts == 1
        assert DigestState.RESTARTING in heard.states
    assert "digest ended with code 3" in caplog.text


async def test_a_digest_that_hangs_while_entries_wait_is_killed(caplog: pytest.LogCaptureFixture) -> None:
    async with supervised(READY + "time.sleep(60)", hang_seconds=0.3) as (digest, heard):
        await digest.wait_ready(10)
        first = digest.pid
        await asyncio.sleep(0.5)
        assert digest.pid == first
        heard.newest = 6
        await until(lambda: digest.restarts >= 1)
    assert "killed" in caplog.text


async def test_trouble_is_told_once_and_ends_with_progress() -> None:
    program = (
        READY
        + """
say(trouble="The disk is full."); say(trouble="The disk is full.")
sys.stdin.readline(); time.sleep(0.3)
say(alive=6); sys.stdin.read()
"""
    )
    async with supervised(program) as (digest, heard):
        await until(lambda: digest.trouble == "The disk is full.")
        await until(lambda: digest.trouble == "")
        assert heard.states.count(DigestState.TROUBLED) == 1
        assert digest.mark == 6


async def test_stray_output_is_passed_over() -> None:
    async with supervised("print('hello', flush=True)\n" + ECHO) as (digest, _):
        assert await digest.call("echo", {"n": 1}) == {"n": 1}


async def test_one_that_does_not_go_when_told_is_ended() -> None:
    async with supervised(
        READY + "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(60)"
    ) as (
        digest,
        _,
    ):
        await digest.wait_ready(10)
        await digest.stop(0.2)


async def test_a_program_that_cannot_be_started_is_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    async with supervised("") as (digest, _):
        digest._command[0] = "/nowhere/at/all"
        await until(lambda: digest.restarts >= 2)
    assert "could not be started" in caplog.text
