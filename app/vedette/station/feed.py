"""The live feed: what changed, after the commit, to everyone who listens, as server-sent events.

Source for the format: WHATWG HTML, "Server-sent events".
"""

import asyncio
import logging
from collections import deque
from collections.abc import Iterator, Sequence

import orjson
from aiohttp import web

from vedette.domain.changes import Change
from vedette.domain.json import JsonValue
from vedette.domain.times import now

log = logging.getLogger(__name__)

HEARTBEAT = 15.0
RING = 1_000  # batches kept for those who come back
BACKLOG = 300  # batches one follower may be behind

_HEADERS = {"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class Follower:
    """One who listens; falls silent, and is dropped, when it does not read."""

    def __init__(self) -> None:
        self._waiting: deque[bytes] = deque()
        self._wake = asyncio.Event()
        self.is_over = False

    def put(self, text: bytes) -> bool:
        """Queue *text*; False when too much is waiting already."""
        if len(self._waiting) >= BACKLOG:
            return False
        self._waiting.append(text)
        self._wake.set()
        return True

    def end(self, last: bytes = b"") -> None:
        """Say *last* in place of all that waits, and no more."""
        if last:
            self._waiting.clear()
            self._waiting.append(last)
        self.is_over = True
        self._wake.set()

    async def take(self, seconds: float) -> bytes:
        """Return what waits, waiting up to *seconds* for something; b"" if nothing came."""
        if not self._waiting and not self.is_over:
            try:
                async with asyncio.timeout(seconds):
                    await self._wake.wait()
            except TimeoutError:
                return b""
        self._wake.clear()
        text = b"".join(self._waiting)
        self._waiting.clear()
        return text


class Feed:
    """Numbers batches of changes, keeps the last ones, and sends them on.

    Numbers begin with the clock's milliseconds, so that those of an earlier station are never taken for
    this one's.
    """

    def __init__(self, *, heartbeat: float = HEARTBEAT) -> None:
        self._heartbeat = heartbeat
        self._ring: deque[tuple[int, bytes]] = deque(maxlen=RING)
        self._followers: set[Follower] = set()
        self._closed = False
        self.seq = now() // 1000

    def publish(self, changes: Sequence[Change] | Sequence[JsonValue]) -> None:
        """Send *changes*, `Change`s or their JSON form, to everyone as one batch."""
        if not changes:
            return
        self.seq += 1
        plain = [change.to_json() if isinstance(change, Change) else change for change in changes]
        text = _event(self.seq, plain)
        self._ring.append((self.seq, text))
        for follower in [follower for follower in self._followers if not follower.put(text)]:
            log.info("a listener of the live feed does not keep up and is dropped")
            follower.end(b"event: resync\n" + _event(self.seq, [], missed=True))
            self._followers.discard(follower)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve the feed to *request*, whose right to it was checked, until it goes."""
        response = web.StreamResponse(headers=_HEADERS)
        await response.prepare(request)
        follower = Follower()
        for text in self._resume(request.headers.get("Last-Event-ID")):
            follower.put(text)
        await self.serve(response, follower)
        return response

    async def serve(self, response: web.StreamResponse, follower: Follower) -> None:
        """Write to *response* what *follower* is sent, with a comment now and then to keep the line open."""
        if self._closed:
            return
        self._followers.add(follower)
        try:
            while True:
                text = await follower.take(self._heartbeat)
                await response.write(text or b": still here\n\n")
                if follower.is_over:
                    break
        except ConnectionError:
            pass  # the listener is gone, which is how all of them end
        finally:
            self._followers.discard(follower)

    def _resume(self, last: str | None) -> Iterator[bytes]:
        """Yield where we are, then what came after number *last*, or that something was missed."""
        if last is None or not last.strip().isdigit():
            yield _event(self.seq, [])
            return
        number = int(last)
        first = self._ring[0][0] if self._ring else self.seq + 1
        if number > self.seq or number < first - 1:
            yield _event(self.seq, [], missed=True)
            return
        behind = [text for seq, text in self._ring if seq > number]
        # As one text, since a whole ring is more than a follower may be behind.
        yield b"".join(behind) or _event(self.seq, [])

    def close(self) -> None:
        """End all listening; later listeners are ended at once."""
        self._closed = True
        for follower in self._followers:
            follower.end()


def _event(seq: int, changes: Sequence[JsonValue], *, missed: bool = False) -> bytes:
    message: dict[str, JsonValue] = {"seq": seq, "changes": list(changes)}
    if missed:
        message["missed"] = True
    return b"id: %d\ndata: %b\n\n" % (seq, orjson.dumps(message))
