"""Which program on this machine is behind a sender: its process number, and what it runs.

Seen from the connection it sends over, while that is open. Looked up beside the loop, seldom, and never for
senders from elsewhere.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from vedette.domain.tasks import spawn
from vedette.station.access import is_loopback

if TYPE_CHECKING:
    import psutil

KEPT = 64
LOOK_EVERY = 1.0  # seconds between two looks
KNOWN_FOR = 30.0  # seconds until a sender is looked at again: a program may have been started anew
# Options of interpreters whose value is a word of its own.
_TAKES_ANOTHER = frozenset({"-X", "-W", "-r", "--require", "--import", "--loader", "-cp", "-classpath", "-I"})
_INTERPRETERS = ("python", "node", "ruby", "php", "java", "dotnet", "bun", "deno", "perl")


@dataclass(frozen=True, slots=True)
class ProcessInfo:
    """A process: its number, and the script or program it runs."""

    pid: int
    name: str


class Processes:
    """Remembers the process of each sender (address and client) that was seen lately."""

    def __init__(
        self,
        look: Callable[[int], ProcessInfo | None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """*look* returns who holds a local port; it runs in a thread."""
        self._look = look or owner_of
        self._clock = clock
        self._seen: OrderedDict[tuple[str, str], tuple[float, ProcessInfo | None]] = OrderedDict()
        self._next_look = 0.0

    def of(self, ip: str, client: str) -> ProcessInfo | None:
        """Return the process a sender was last seen to be."""
        found = self._seen.get((ip, client))
        return None if found is None else found[1]

    def meet(self, ip: str, client: str, port: int) -> None:
        """Take note that the sender *client* at *ip* is connected from its *port* now."""
        at = self._clock()
        if at < self._next_look or not is_loopback(ip):
            return
        known = self._seen.get((ip, client))
        if known is not None and at - known[0] < KNOWN_FOR:
            return
        self._next_look = at + LOOK_EVERY
        spawn("look at a sender's process", self._find((ip, client), port, at))

    async def _find(self, sender: tuple[str, str], port: int, at: float) -> None:
        found = await asyncio.to_thread(self._look, port)
        before = self._seen.pop(sender, None)
        self._seen[sender] = (at, found or (before[1] if before is not None else None))
        if len(self._seen) > KEPT:
            self._seen.popitem(last=False)


def owner_of(port: int) -> ProcessInfo | None:
    """Return the process that has a connection from the local *port*; None where the system does not tell."""
    import psutil  # start-up time: only once somebody sends

    try:
        for connection in psutil.net_connections(kind="tcp"):
            if connection.laddr and connection.laddr.port == port and connection.pid:
                return _described(psutil.Process(connection.pid))
    except (psutil.Error, OSError):
        pass  # macOS tells only an administrator
    return None


def _described(process: "psutil.Process") -> ProcessInfo:
    import psutil  # as above

    try:
        words = process.cmdline()
    except psutil.Error:
        words = []
    return ProcessInfo(process.pid, program_name(process.name(), words))


def program_name(name: str, words: list[str]) -> str:
    """Return what a process called *name* with the command line *words* runs: a script, else its program."""
    if not name.lower().startswith(_INTERPRETERS):
        return name[:100]
    rest = iter(words[1:])
    for word in rest:
        if word == "-m":
            return next(rest, name)[:100]
        if word in ("-c", "-e"):
            return name[:100]
        if word in _TAKES_ANOTHER:
            next(rest, "")
        elif not word.startswith("-"):
            return PurePath(word.replace("\\", "/")).name[:100] or name[:100]
    return name[:100]
