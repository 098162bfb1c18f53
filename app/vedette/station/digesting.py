"""The digest process from the station's side: started, spoken to, watched, started again.

One JSON object a line in either direction; see `vedette.digest.channel`.
"""

import asyncio
import logging
import os
import subprocess
import sys
from asyncio.subprocess import Process
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path

import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.tasks import spawn
from vedette.domain.workspace import Workspace
from vedette.station.leftover import end_leftover, note_process

log = logging.getLogger(__name__)

CALL_SECONDS = 20.0
HANG_SECONDS = 60.0
STOP_SECONDS = 30.0
_LINE = 16 << 20  # bytes of the longest line; one batch's changes stay far below
_WAKE_EVERY = 0.02
_BACKOFF = (0.2, 0.5, 1.0, 2.0, 5.0)
_LIVED_LONG = 30.0
_NICENESS = 10  # accepting goes before digesting where they share a core

if sys.platform == "win32":
    _CREATION_FLAGS = (
        subprocess.CREATE_NEW_PROCESS_GROUP
        | subprocess.BELOW_NORMAL_PRIORITY_CLASS
        | subprocess.CREATE_NO_WINDOW
    )
else:
    _CREATION_FLAGS = 0


class DigestState(StrEnum):
    STARTING = "starting"
    WORKING = "working"
    TROUBLED = "troubled"  # it says it cannot write; `trouble` says why
    RESTARTING = "restarting"
    STOPPED = "stopped"


class RefusedError(Exception):
    """Digest refused a command: its word for why, and a sentence."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


def digest_command(workspace: Workspace) -> list[str]:
    """Return the command line that starts digest, from a checkout, an installation or a frozen program."""
    own = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "vedette"]
    return [*own, "digest", "--data", str(workspace.folder)]


class DigestSupervisor:
    """Keeps one digest running. *on_changes* gets each batch it reports, *on_state* is told of turns."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        on_changes: Callable[[Sequence[JsonValue]], None],
        on_state: Callable[[], None],
        waiting_through: Callable[[], int],
        note: Path | None = None,
        hang_seconds: float = HANG_SECONDS,
        backoff: Sequence[float] = _BACKOFF,
    ) -> None:
        """*waiting_through* returns the id of the newest entry digest has to reach.

        *note* is where digest's process is written down, for a station after this one to find it by.
        """
        self._command = list(command)
        self.limits: JsonObject = {}
        """How long and how much digest keeps; told to every digest that starts."""
        self._on_changes = on_changes
        self._on_state = on_state
        self._waiting_through = waiting_through
        self._note = note
        self._hang_seconds = hang_seconds
        self._backoff = backoff
        self._process: Process | None = None
        self._task: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()
        self._stopping = asyncio.Event()
        self._calls: dict[int, asyncio.Future[JsonValue]] = {}
        self._last_call = 0
        self._wake_at = 0.0
        self._wake_planned = False
        self._progress_at = 0.0
        self.state = DigestState.STARTING
        self.trouble = ""
        self.mark: int | None = None
        """The last entry that is in the store; None until digest has said it the first time."""
        self.restarts = 0

    @property
    def pid(self) -> int | None:
        return None if self._process is None else self._process.pid

    def start(self) -> None:
        self._task = spawn("digest", self._supervise())

    async def wait_ready(self, seconds: float) -> None:
        """Return once digest has opened the store. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            await self._ready.wait()

    def wake(self) -> None:
        """Tell digest that there is something to do; often called, seldom said."""
        loop = asyncio.get_running_loop()
        if self._wake_planned:
            return
        wait = self._wake_at + _WAKE_EVERY - loop.time()
        if wait <= 0:
            self._say_wake()
        else:
            self._wake_planned = True
            loop.call_later(wait, self._say_wake)

    def say_limits(self) -> None:
        """Tell digest `limits`, if there are any."""
        if self._ready.is_set() and self.limits:
            self._say({"limits": self.limits})

    def _say_wake(self) -> None:
        self._wake_planned = False
        self._wake_at = asyncio.get_running_loop().time()
        if self._ready.is_set():
            self._say({"wake": self._waiting_through()})

    async def call(self, name: str, arguments: JsonObject) -> JsonValue:
        """Return digest's answer to command *name*. Raises RefusedError, TimeoutError when none comes.

        After a TimeoutError the command may still have been done.
        """
        async with asyncio.timeout(CALL_SECONDS):
            await self._ready.wait()
            self._last_call += 1
            number = self._last_call
            answer: asyncio.Future[JsonValue] = asyncio.get_running_loop().create_future()
            self._calls[number] = answer
            try:
                self._say({"call": number, "name": name, "args": arguments})
                return await answer
            finally:
                del self._calls[number]

    async def stop(self, seconds: float = STOP_SECONDS) -> None:
        """Let digest finish what waits, and end it; past *seconds* less politely. May be called twice."""
        self._stopping.set()
        process, task = self._process, self._task
        if process is not None and process.returncode is None:
            if process.stdin is not None:
                process.stdin.close()
            await _end(process, seconds)
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        if self._note is not None and process is not None:
            self._note.unlink(missing_ok=True)
        self.state = DigestState.STOPPED

    # ---------------------------------------------------------------- supervision

    async def _supervise(self) -> None:
        loop = asyncio.get_running_loop()
        failures = 0
        if self._note is not None:
            await asyncio.to_thread(end_leftover, self._note)
        while not self._stopping.is_set():
            started = loop.time()
            try:
                await self._live()
            except OSError:
                log.exception("digest could not be started")
            if self._stopping.is_set():
                break
            failures = 0 if loop.time() - started > _LIVED_LONG else failures + 1
            self.restarts += 1
            self._turn(DigestState.RESTARTING)
            await asyncio.sleep(self._backoff[min(failures, len(self._backoff)) - 1])

    async def _live(self) -> None:
        """Start digest and follow it to its end."""
        process = await asyncio.create_subprocess_exec(
            *self._command,
            *(("--limits", orjson.dumps(self.limits).decode()) if self.limits else ()),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=_LINE,
            # A Ctrl-C in the terminal is not for digest: the station tells it when to go.
            start_new_session=sys.platform != "win32",
            creationflags=_CREATION_FLAGS,
        )
        self._process = process
        self._progress_at = asyncio.get_running_loop().time()
        _yield_way(process.pid)
        if self._note is not None:
            await asyncio.to_thread(note_process, self._note, process.pid)
        watch = spawn("digest watch", self._watch(process))
        try:
            await self._follow(process)
        finally:
            watch.cancel()
            self._ready.clear()
            for answer in self._calls.values():
                if not answer.done():
                    answer.set_exception(TimeoutError("digest ended before it answered"))
            if process.returncode is None:
                await asyncio.shield(_end(process, 5.0))
            if not self._stopping.is_set():
                log.error("digest ended with code %s", process.returncode)

    async def _follow(self, process: Process) -> None:
        assert process.stdout is not None
        loop = asyncio.get_running_loop()
        while line := await process.stdout.readline():
            self._progress_at = loop.time()
            try:
                message = orjson.loads(line)
            except orjson.JSONDecodeError:
                log.warning("digest said something else: %r", line[:200])
                continue
            if isinstance(message, dict):
                self._hear(message)
        await process.wait()

    def _hear(self, message: JsonObject) -> None:
        if "reply" in message:
            self._settle(message)
            return
        mark = message.get("mark", message.get("alive"))
        if isinstance(mark, int):
            self.mark = mark
            if self.state is not DigestState.WORKING:
                self._turn(DigestState.WORKING)
        if message.get("ready"):
            self._ready.set()
            self.say_limits()
            self._say_wake()
        if "trouble" in message and (self.state, self.trouble) != (DigestState.TROUBLED, message["trouble"]):
            self._turn(DigestState.TROUBLED, str(message["trouble"]))
        if changes := message.get("changes"):
            self._on_changes(changes)

    def _settle(self, message: JsonObject) -> None:
        answer = self._calls.get(message["reply"])
        if answer is None or answer.done():
            return
        error = message.get("error")
        if isinstance(error, dict):
            answer.set_exception(RefusedError(str(error.get("code", "")), str(error.get("detail", ""))))
        else:
            answer.set_result(message.get("result"))

    async def _watch(self, process: Process) -> None:
        """Kill a digest that says nothing although entries wait for it."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(self._hang_seconds / 4)
            if self.mark is not None and self.mark >= self._waiting_through():
                self._progress_at = loop.time()
            elif loop.time() - self._progress_at > self._hang_seconds:
                log.error("digest has said nothing for %d s and is killed", self._hang_seconds)
                process.kill()
                return

    def _turn(self, state: DigestState, trouble: str = "") -> None:
        self.state, self.trouble = state, trouble
        self._on_state()

    def _say(self, message: JsonObject) -> None:
        process = self._process
        if process is None or process.stdin is None or process.stdin.is_closing():
            return
        # Not drained: a wake or a command is small, and digest reads in a thread of its own.
        process.stdin.write(orjson.dumps(message) + b"\n")


async def _end(process: Process, seconds: float) -> None:
    """Wait for *process*, then ask it to end, then end it."""
    for act in (process.terminate, process.kill):
        try:
            async with asyncio.timeout(seconds):
                await process.wait()
        except TimeoutError:
            act()
            seconds = 5.0
        else:
            return
    await process.wait()


def _yield_way(pid: int) -> None:
    if sys.platform != "win32":
        try:
            os.setpriority(os.PRIO_PROCESS, pid, _NICENESS)
        except OSError:
            log.debug("digest runs at our own priority")
