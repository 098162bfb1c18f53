"""What an SDK is answered. Accepting is written as bytes made beforehand; all else is an ordinary response.

Source: getsentry/relay for bodies and CORS headers; the Private Network Access draft for one more.
"""

import base64
import time
from collections.abc import Sequence
from email.utils import formatdate

import orjson
from aiohttp import web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.http import HttpVersion11
from aiohttp.web_request import BaseRequest
from typing_extensions import override

from vedette.domain.outcomes import IngestError, Reason
from vedette.protocol.rate_limits import RateLimit, format_rate_limits, format_retry_after

EXPOSED = "x-sentry-error,x-sentry-rate-limits,retry-after"
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": EXPOSED,
    # A page of any origin may report its errors, from wherever it was loaded.
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PREFLIGHT = {
    **CORS,
    "Access-Control-Allow-Headers": (
        "x-sentry-auth,x-requested-with,x-forwarded-for,origin,referer,accept,content-type,"
        "authentication,authorization,content-encoding,transfer-encoding,"
        "tus-resumable,upload-length,upload-defer-length,upload-offset,upload-metadata"
    ),
    "Access-Control-Allow-Private-Network": "true",
    "Access-Control-Max-Age": "3600",
}
_GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAAAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==")
_HEAD = (
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    + "".join(f"{name}: {value}\r\n" for name, value in CORS.items())
    + "Date: {date}\r\nContent-Length: {length}\r\n\r\n"
)
_FULL_RETRY = 10  # seconds; asking is cheap, and who has freed the disk wants to see what comes


class _Written(web.StreamResponse):
    """A response whose bytes are ready: aiohttp's way of building one costs as much as all else here."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._data = data

    @property
    @override
    def keep_alive(self) -> bool:
        return True

    @override
    async def prepare(self, request: BaseRequest) -> AbstractStreamWriter | None:
        if request.transport is None:
            raise ConnectionResetError("the client is gone")
        request.transport.write(self._data)
        return None

    @override
    async def write_eof(self, data: bytes = b"") -> None:
        """All of it is written."""


class Answers:
    """Makes the answers of one station; remembers the head of the current second."""

    def __init__(self) -> None:
        self._second = 0
        self._head_with_id = b""
        self._head_without = b""

    def accepted(self, request: BaseRequest, event_id: str | None) -> web.StreamResponse:
        """Return 200 with the event's id, ``{}`` without one."""
        if request.version != HttpVersion11 or not request.keep_alive:
            body = _accepted_body(event_id)
            return web.Response(body=body, content_type="application/json", headers=CORS)
        return _Written(self.accepted_bytes(event_id))

    def accepted_bytes(self, event_id: str | None) -> bytes:
        """Return the same for a connection that stays open, head and body."""
        second = int(time.time())
        if second != self._second:
            self._renew(second)
        head = self._head_without if event_id is None else self._head_with_id
        return head + _accepted_body(event_id)

    def _renew(self, second: int) -> None:
        date = formatdate(second, usegmt=True)
        self._second = second
        self._head_with_id = _HEAD.format(date=date, length=len('{"id":""}') + 32).encode()
        self._head_without = _HEAD.format(date=date, length=2).encode()


def _accepted_body(event_id: str | None) -> bytes:
    return b"{}" if event_id is None else b'{"id":"%b"}' % event_id.encode()


def pixel() -> web.Response:
    """Return the transparent image an ``<img>`` that reports an error expects."""
    return web.Response(body=_GIF, content_type="image/gif", headers=CORS)


def preflight(methods: Sequence[str]) -> web.Response:
    headers = {**PREFLIGHT, "Access-Control-Allow-Methods": ",".join(methods)}
    return web.Response(status=204, headers=headers)


def refused(error: IngestError, *, retry_after: int = _FULL_RETRY) -> web.Response:
    """Return the answer to a sender's mistake, or to what the machine cannot take just now (429)."""
    headers = {**CORS, "X-Sentry-Error": _header_text(error.detail)}
    if error.status == 429:
        limit = RateLimit(retry_after, scope="organization", reason=error.reason.value)
        headers["Retry-After"] = format_retry_after([limit])
        headers["X-Sentry-Rate-Limits"] = format_rate_limits([limit])
    if error.status == 401:
        headers["WWW-Authenticate"] = "Sentry"
    body = orjson.dumps({"detail": error.detail, "causes": [error.reason.value]})
    response = web.Response(body=body, status=error.status, content_type="application/json", headers=headers)
    if error.reason in (Reason.TOO_SLOW, Reason.TOO_LARGE):
        response.force_close()
    return response


def turned_away(error: IngestError) -> bytes:
    """Return the answer to what was no request, for a connection that is closed after it."""
    phrase = "Request Timeout" if error.status == 408 else "Bad Request"
    body = f"{error.detail}\n".encode()
    head = (
        f"HTTP/1.1 {error.status} {phrase}\r\nContent-Type: text/plain; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


def unavailable(detail: str) -> web.Response:
    """Return 503: our own trouble, so the sender should keep what it has and try again."""
    headers = {**CORS, "X-Sentry-Error": _header_text(detail), "Retry-After": str(_FULL_RETRY)}
    body = orjson.dumps({"detail": detail})
    return web.Response(body=body, status=503, content_type="application/json", headers=headers)


def _header_text(text: str) -> str:
    """Return *text* as a header can carry it."""
    return " ".join(text.encode("latin-1", "replace").decode("latin-1").split())[:500]
