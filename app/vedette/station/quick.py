"""The short way in for what SDKs send all day: one whole, well-formed envelope request at a time.

aiohttp spends 40 µs on a request before our own work begins: two tasks, a stream, a router, a response. A
connection therefore starts here. While all that comes are plain envelope posts that will be accepted, they
are parsed, spooled and answered without any of that. Anything else (another path, an unusual header, a body
that is large, late or refused, a failing spool) is handed to aiohttp with every byte that was not answered
yet, and the connection stays there. So nothing is decided here but to accept; the rules, and all refusals,
are `ingest`'s.
"""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from vedette.domain.outcomes import IngestError
from vedette.domain.times import now
from vedette.protocol.auth import Auth, client_address
from vedette.protocol.encodings import Encoding, normalise_encoding
from vedette.protocol.endpoints import Endpoint
from vedette.station import answers, strays
from vedette.station.access import is_loopback
from vedette.station.arrivals import Arrival
from vedette.station.ingest import Ingest, credentials
from vedette.store.spool import SpoolEntry

LARGEST_HEAD = 4096
LARGEST_BODY = 256 << 10
HEADS_KEPT = 512
LATE = 1.0  # seconds a body may be under way before aiohttp's side watches its pace
IDLE = 30.0
HEAD_SECONDS = 30.0  # within which a head must end

_LENGTH = re.compile(rb"\r\ncontent-length: ?([0-9]{1,7})(?=\r\n|$)", re.IGNORECASE)
_REQUEST = re.compile(
    rb"POST (/api/(?P<project>[A-Za-z0-9_.-]{1,128})/envelope/?)(?:\?(?P<query>[!-~]*))? HTTP/1\.1"
)
_FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e]*)")
# What makes a request more than its head and a body of known length.
_UNUSUAL = frozenset({"transfer-encoding", "expect", "upgrade", "trailer", "te", "connection"})


@dataclass(frozen=True, slots=True)
class _Head:
    """What the heads of an SDK's requests say, the same each time but for the length."""

    auth: Auth
    project: str
    ip: str
    client: str
    from_here: bool
    encoding: Encoding
    meta: bytes  # of the spool entry, up to the event id


class QuickLane:
    """What quick connections share: the way on, the heads seen, and all that are open."""

    def __init__(self, ingest: Ingest, hand_over: Callable[[], asyncio.Protocol]) -> None:
        """*hand_over* returns the protocol that takes a connection on."""
        self.ingest = ingest
        self.hand_over = hand_over
        self.open: set[QuickConnection] = set()
        self._heads: dict[tuple[str, bytes], _Head | None] = {}

    def head_of(self, peer: str, head: bytes, length: re.Match[bytes]) -> _Head | None:
        """Return what *head* says, whatever its length; None when it is not for the short way."""
        key = (peer, head[: length.start(1)] + head[length.end(1) :])
        try:
            return self._heads[key]
        except KeyError:
            found = _read_head(peer, head)
            if len(self._heads) >= HEADS_KEPT:
                self._heads.clear()
            self._heads[key] = found
            return found

    def sweep(self, at: float) -> None:
        """Close what is idle at the loop's time *at*, hand on what is late; for every second or so."""
        for connection in list(self.open):
            connection.look_at(at)

    def close(self, of_hosts: frozenset[str] | None = None) -> None:
        """Close the connections to *of_hosts* (None: all), each after the answer it waits for."""
        for connection in list(self.open):
            if of_hosts is None or connection.host in of_hosts:
                connection.close_soon()


class QuickConnection(asyncio.Protocol):
    """One connection while it keeps to the short way."""

    def __init__(self, lane: QuickLane) -> None:
        self._lane = lane
        self._transport: asyncio.Transport | None = None
        self._peer, self._port = "", 0
        self._waiting = bytearray()  # came, and is not answered
        self._needed = 0  # bytes of `_waiting` the request under way has; 0: not known
        self._event_id: str | None = None
        self._is_busy = False
        self._is_closing = False
        self._at = asyncio.get_running_loop().time
        self._since = self._began = self._at()
        self.host = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's are none by inheritance
        peer, own = transport.get_extra_info("peername"), transport.get_extra_info("sockname")
        self._peer, self._port = (peer[0], peer[1]) if peer else ("", 0)
        self.host = own[0] if own else ""
        self._lane.open.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        was_open = self._transport is not None
        self._transport = None
        self._lane.open.discard(self)
        if was_open and self._waiting.strip() and not (self._is_busy or self._is_closing):
            error = strays.gone(len(self._waiting), self._needed)
            self._lane.ingest.turn_away(self._peer, bytes(self._waiting), error)

    def data_received(self, data: bytes) -> None:
        if not self._waiting:
            self._began = self._at()
        self._waiting += data
        if not self._is_busy:
            self._go_on()
        elif len(self._waiting) > LARGEST_HEAD + LARGEST_BODY and self._transport is not None:
            self._transport.pause_reading()  # resumed, or given away, after the answer

    def _go_on(self) -> None:
        """Take the request that waits if it is whole; wait for its rest, or hand it on."""
        self._since = self._at()
        waiting = self._waiting
        if self._needed and len(waiting) < self._needed:
            return
        end = waiting.find(b"\r\n\r\n", 0, LARGEST_HEAD)
        head_bytes = bytes(waiting[:end]) if end > 0 else b""
        length = _LENGTH.search(head_bytes)
        if length is None:
            self._look_closer(is_whole=end >= 0)
            return
        size = int(length[1])
        head = self._lane.head_of(self._peer, head_bytes, length)
        if head is None or not 0 < size <= LARGEST_BODY:
            self._hand_over()
            return
        start = end + 4
        self._needed = start + size
        if len(waiting) >= self._needed and not self._take(head, bytes(waiting[start : self._needed])):
            self._hand_over()

    def _look_closer(self, *, is_whole: bool) -> None:
        """Wait for the rest of a head, hand on one that is whole, or too long; turn away what is none."""
        error = strays.fault_of(bytes(self._waiting))
        if error is not None:
            self._turn_away(error)
        elif is_whole or len(self._waiting) >= LARGEST_HEAD:
            self._hand_over()

    def _turn_away(self, error: IngestError) -> None:
        """Say why, record it, and close."""
        transport, self._transport = self._transport, None
        if transport is None:
            return
        self._lane.open.discard(self)
        self._lane.ingest.turn_away(self._peer, bytes(self._waiting), error)
        transport.write(answers.turned_away(error))
        transport.close()

    def _take(self, head: _Head, body: bytes) -> bool:
        """Spool an envelope that can be accepted; False when `ingest` must look at it."""
        ingest = self._lane.ingest
        try:
            is_plain, event_id = ingest.glance(
                head.auth, head.project, head.ip, head.client, head.from_here, head.encoding, body
            )
        except IngestError:
            return False
        if not is_plain:
            return False
        self._event_id = event_id
        self._is_busy = True
        if head.from_here and head.ip == self._peer:
            ingest.processes.meet(head.ip, head.client, self._port)
        told = b"null" if event_id is None else b'"%b"' % event_id.encode()
        entry = SpoolEntry(now(), "envelope", b"%b%b}" % (head.meta, told), body)
        ingest.spooler.append_then(entry, self._spooled)
        return True

    def _spooled(self, number: int | None, failure: Exception | None) -> None:
        """Answer, now that the entry is on disk under *number*; None: it is not."""
        self._is_busy = False
        transport = self._transport
        if transport is None:
            return
        if number is None:
            self._hand_over()  # which tries once more, and refuses as it should
            return
        ingest = self._lane.ingest
        ingest.accepted += 1
        transport.write(ingest.answers.accepted_bytes(self._event_id))
        del self._waiting[: self._needed]
        self._needed = 0
        self._since = self._began = self._at()
        if self._is_closing:
            transport.close()
        elif self._waiting:
            transport.resume_reading()
            self._go_on()

    def _hand_over(self) -> None:
        transport = self._transport
        if transport is None:
            return
        self._transport = None
        self._lane.open.discard(self)
        if not transport.is_reading():
            transport.resume_reading()
        protocol = self._lane.hand_over()
        transport.set_protocol(protocol)
        protocol.connection_made(transport)
        if self._waiting:
            protocol.data_received(bytes(self._waiting))

    def look_at(self, at: float) -> None:
        """Close the connection when it has been idle, or has not ended its head; hand on a late body."""
        if self._is_busy or self._transport is None:
            return
        if self._needed:
            if at - self._since > LATE:
                self._hand_over()
        elif self._waiting:
            if at - self._began > HEAD_SECONDS:
                self._turn_away(strays.unfinished(len(self._waiting), HEAD_SECONDS))
        elif at - self._since > IDLE:
            self._transport.close()

    def close_soon(self) -> None:
        """Close after the answer that is due, or now."""
        self._is_closing = True
        if not self._is_busy and self._transport is not None:
            self._transport.close()


def _read_head(peer: str, head: bytes) -> _Head | None:
    """Return what *head* says if every part of it is plain and its sender may be known; else None."""
    first, *lines = head.split(b"\r\n")
    request = _REQUEST.fullmatch(first)
    if request is None:
        return None
    headers: dict[str, str] = {}
    for line in lines:
        field = _FIELD.fullmatch(line)
        if field is None:
            return None
        name = field[1].decode().lower()
        if name in headers or (name in _UNUSUAL and line.lower() != b"connection: keep-alive"):
            return None
        headers[name] = field[2].decode().strip()
    query = (request["query"] or b"").decode()
    try:
        auth = credentials(headers.get("x-sentry-auth", ""), headers.get("authorization", ""), query)
        encoding = normalise_encoding(headers.get("content-encoding"))
    except IngestError:
        return None
    project = request["project"].decode()
    if auth is None or project == "0":
        return None
    arrival = Arrival(
        received=now(),
        method="POST",
        path=request[1].decode(),
        endpoint=Endpoint.ENVELOPE,
        project=project,
        peer=peer,
        from_here=is_loopback(peer),
        ip=client_address(headers, peer),
        client=auth.client,
        user_agent=headers.get("user-agent", ""),
        content_type=headers.get("content-type", ""),
        encoding=headers.get("content-encoding", ""),
        key=auth.public_key,
    )
    meta = arrival.to_entry().meta
    return _Head(
        auth=auth,
        project=project,
        ip=arrival.ip,
        client=auth.client or arrival.user_agent,
        from_here=arrival.from_here,
        encoding=encoding,
        meta=meta[: -len(b"null}")],
    )
