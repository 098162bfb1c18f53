"""A station from start to end: the lock, the parts, the order they come up and go down in."""

import asyncio
import contextlib
import json
import logging
import os
import secrets
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from vedette import __version__
from vedette.api.attach import StationInfo, find_station
from vedette.domain.tasks import spawn
from vedette.domain.times import now
from vedette.domain.workspace import Workspace
from vedette.station.listening import DEFAULT_PORT, PortTakenError
from vedette.station.settings import SettingsError, SettingsFile
from vedette.station.station import Station
from vedette.station.token_file import make_token
from vedette.store.errors import StoreError

if TYPE_CHECKING:
    from vedette.station.reading import Reading

log = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class StationOptions:
    """How a station is started. Without *port* it is the default one or the next free; 0 picks any.

    *digest_command* replaces the command that starts digest; *watch_stdin* stops the station at the end of
    standard input, for a parent that wants it gone with itself.
    """

    workspace: Workspace
    host: str = LOOPBACK
    port: int | None = None
    digest_command: Sequence[str] | None = None
    watch_stdin: bool = False


def run_station(options: StationOptions, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Run a station until it is told to go; returns the exit code: 0, or 1 when it could not start.

    On *out* (standard output): `listening on http://HOST:PORT`, then the DSN of project 1. Ends by SIGTERM,
    SIGINT, Windows' console events, and the API; then everything accepted so far is safe.
    """
    from filelock import FileLock, Timeout

    out, err = out or sys.stdout, err or sys.stderr
    workspace = options.workspace
    workspace.folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(workspace.lock)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        _say(err, f"vedette: {_who_runs(workspace)}")
        return 1
    try:
        return _run(options, out, err)
    finally:
        workspace.station.unlink(missing_ok=True)
        lock.release()


def _run(options: StationOptions, out: TextIO, err: TextIO) -> int:
    file = SettingsFile(options.workspace.settings)
    try:
        settings = file.read()
        token = make_token(options.workspace.token)
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            station = Station(options.workspace, settings, file, token, options.digest_command)
            runner.run(_serve(station, options, out))
    except (SettingsError, PortTakenError, StoreError) as error:
        _say(err, f"vedette: {error}")
        return 1
    except OSError as error:
        _say(err, f"vedette: {options.host} cannot be listened on: {error.strerror or error}")
        log.debug("start failed", exc_info=error)
        return 1
    return 0


async def _serve(station: Station, options: StationOptions, out: TextIO) -> None:
    with _stopping_on_signals(station.stop_soon):
        if options.watch_stdin:
            _watch_stdin(station.stop_soon)
        try:
            await station.open(options.host, options.port)
            _say(out, f"listening on {station.base_url}")
            if options.port is None and station.port != DEFAULT_PORT:
                _say(sys.stderr, f"vedette: port {DEFAULT_PORT} is taken; this station uses {station.port}")
            await station.complete(_load_reading)
            write_info(station)
            if (dsn := await station.first_dsn()) is not None:
                _say(out, dsn)
            await station.wait_stopped()
        finally:
            await station.close()


def _load_reading() -> "type[Reading]":
    from vedette.station.reading import Reading  # start-up time, see `Station.complete`

    return Reading


def write_info(station: Station) -> None:
    """Write ``station.json``, whole at every moment."""
    path = station.workspace.station
    said = {
        "host": station.reachable_host,
        "port": station.port,
        "pid": os.getpid(),
        "started": station.started,
        "version": __version__,
    }
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    part.write_text(json.dumps(said), encoding="utf-8")
    os.replace(part, path)


def _who_runs(workspace: Workspace) -> str:
    info: StationInfo | None = find_station(workspace)
    if info is None:
        return f"another station is using {workspace.folder}, but does not answer yet."
    minutes = (now() - info.started) // 60_000_000
    return (
        f"a station is running already: {info.base_url}, process {info.pid}, since {minutes} min, "
        f"on {workspace.folder}."
    )


def _say(stream: TextIO, line: str) -> None:
    with contextlib.suppress(OSError, ValueError):  # nobody may be reading
        stream.write(line + "\n")
        stream.flush()


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Return uvloop's, which halves the cost of a request; asyncio's own where it does not exist."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


@contextlib.contextmanager
def _stopping_on_signals(stop: Callable[[], None]) -> Iterator[None]:
    """Call *stop* on the loop when the system, a terminal or a console asks the process to end."""
    loop = asyncio.get_running_loop()
    wanted = [signal.SIGINT, signal.SIGTERM]
    if sys.platform == "win32":
        # Ctrl-Break, and the closing of the console, arrive as SIGBREAK; loops there take no handlers.
        wanted.append(signal.SIGBREAK)
    before = {}
    for number in wanted:
        before[number] = signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))
    # Python runs a signal's handler between two instructions, so a waiting loop must be woken: its own
    # wake-up descriptor does that, and on Windows a timer does.
    ticking = spawn("signals", _tick()) if sys.platform == "win32" else None
    try:
        yield
    finally:
        if ticking is not None:
            ticking.cancel()
        for number, handler in before.items():
            signal.signal(number, handler)


async def _tick() -> None:
    while True:  # noqa: ASYNC110 - nothing is waited for but time
        await asyncio.sleep(0.5)


def _watch_stdin(stop: Callable[[], None]) -> None:
    """Call *stop* once standard input ends. A thread, since pipes differ too much between loops."""
    loop = asyncio.get_running_loop()

    def wait() -> None:
        while sys.stdin.buffer.read(4096):
            pass
        with contextlib.suppress(RuntimeError):  # the loop has closed meanwhile
            loop.call_soon_threadsafe(stop)

    threading.Thread(target=wait, name="standard input", daemon=True).start()
