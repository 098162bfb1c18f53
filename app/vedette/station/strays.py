"""Connections that bring no HTTP request, for the inspector: who came, what the bytes were, what is wrong.

Anyone on the network could send such bytes all day. So each address gets a few rows a minute; what is more
is counted, and told with its next row.
"""

import re
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.times import now
from vedette.protocol.endpoints import Endpoint
from vedette.station.access import is_loopback
from vedette.station.arrivals import Arrival

ROWS_A_MINUTE = 6
ADDRESSES = 256
MOST_SHOWN = 4096  # bytes kept of what came

_METHOD = re.compile(rb"[A-Z]{1,16}(?= |$)")
_FIRST_LINE = re.compile(rb"[A-Z]+ [!-~]+ HTTP/1\.[01]\r?(\n|$)|[A-Z]+( [!-~]*( [HTP/1.]*)?)?\Z")


@dataclass(slots=True)
class _Visits:
    """What one address did in the current minute, and what was not told of it yet."""

    since: float
    rows: int = 0
    untold: int = 0


class Strays:
    """Counts them by address, and hands the first of each minute to *record*."""

    def __init__(
        self, record: Callable[[Arrival, IngestError], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._record = record
        self._clock = clock
        self._visits: OrderedDict[str, _Visits] = OrderedDict()

    def note(self, peer: str, data: bytes, error: IngestError) -> None:
        """Take note of *data*, which came from *peer* and was no request because of *error*."""
        visits = self._visits_of(peer)
        if visits.rows >= ROWS_A_MINUTE:
            visits.untold += 1
            return
        visits.rows += 1
        if visits.untold:
            detail = f"{error.detail} (and {visits.untold} more like it from this address)"
            error = IngestError(error.reason, detail)
            visits.untold = 0
        arrival = Arrival(
            received=now(),
            method=_method_of(data),
            path="",
            endpoint=Endpoint.NONE,
            project=None,
            peer=peer,
            from_here=is_loopback(peer),
            ip=peer,
            partial=data[:MOST_SHOWN],
        )
        self._record(arrival, error)

    def _visits_of(self, peer: str) -> _Visits:
        at = self._clock()
        visits = self._visits.get(peer)
        if visits is None:
            visits = self._visits[peer] = _Visits(at)
            if len(self._visits) > ADDRESSES:
                self._visits.popitem(last=False)
        elif at - visits.since >= 60:
            visits.since, visits.rows = at, 0
        self._visits.move_to_end(peer)
        return visits


def _method_of(data: bytes) -> str:
    if _is_tls(data):
        return "TLS"
    found = _METHOD.match(data)
    return found[0].decode() if found else "?"


def _is_tls(data: bytes) -> bool:
    """Whether *data* begins as TLS does: a handshake record of any version (RFC 8446, 5.1)."""
    return data[:1] == b"\x16" and data[1:2] in (b"\x03", b"")


def fault_of(data: bytes) -> IngestError | None:
    """Return why *data* cannot be the beginning of a request, None while it may be."""
    if _is_tls(data):
        return IngestError(
            Reason.BAD_HTTP,
            "this began as TLS, which is not spoken here: write http:// in the DSN, not https://",
        )
    if data.startswith(b"PRI * HTTP/2"):
        return IngestError(Reason.BAD_HTTP, "HTTP/2 without TLS is not spoken here, only HTTP/1.1")
    line = b"".join(data.lstrip(b"\r\n").partition(b"\n")[:2])
    if not line or len(line) > MOST_SHOWN or _FIRST_LINE.match(line):
        return None
    return IngestError(Reason.BAD_HTTP, f"this is no HTTP request: it begins with {_shown(line)}")


def _shown(line: bytes) -> str:
    start = line.rstrip()[:40]
    if start.isascii() and start.decode("ascii").isprintable():
        return f"“{start.decode()}”"
    return f"the bytes {start[:12].hex(' ')}"


def unfinished(size: int, seconds: float) -> IngestError:
    """Return what to say of a head that did not end in time."""
    return IngestError(
        Reason.TOO_SLOW, f"the request's headers did not end within {seconds:g} s; {size:,} bytes came"
    )


def gone(size: int, needed: int) -> IngestError:
    """Return what to say of a sender that left after *size* bytes; *needed*: 0 before its head ended."""
    if needed:
        return IngestError(
            Reason.BAD_ENVELOPE, f"unexpected end of file: the sender left after {size:,} of {needed:,} bytes"
        )
    return IngestError(
        Reason.BAD_HTTP, f"the sender left before its request's headers ended; {size:,} bytes came"
    )
