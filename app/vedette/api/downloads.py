"""Bytes handed out piece by piece from where they lie: a request's body, an item's payload, an attachment.

Scrubbed, unless asked for raw.
"""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated

from aiohttp import web

from vedette.api.errors import ApiError
from vedette.api.finding import AnyCall
from vedette.api.limits import DOWNLOAD_CHUNK
from vedette.api.schema import Help
from vedette.domain.outcomes import IngestError
from vedette.store.errors import StoreError
from vedette.store.queries.stored_bytes import PayloadGoneError, StoredBytes

log = logging.getLogger(__name__)

RAW_SCOPES = ("event:admin",)
"""Who may have what came in as it came: the project's rules for what leaves do not count then."""

Raw = Annotated[
    bool, Help("As it came, byte for byte, instead of scrubbed by the project's rules; takes `event:admin`.")
]


@dataclass(frozen=True, slots=True)
class RawQuery:
    """How what is handed out may look."""

    raw: Raw = False


def wants_raw(call: AnyCall) -> bool:
    """Return whether the bytes are wanted as they came. Raises ApiError 403 if the token may not."""
    if not call.query.raw:
        return False
    if not call.token.may(RAW_SCOPES):
        raise ApiError(403, "This token may not read what came in as it came: that takes event:admin.")
    return True


async def send_bytes(request: web.Request, data: bytes, headers: dict[str, str]) -> web.StreamResponse:
    """Send *data* piece by piece, so that a slow client does not make the socket's buffer grow with it."""
    return await send_pieces(request, iter((data,)), headers, len(data))


async def send_stored(
    request: web.Request, stored: StoredBytes, headers: dict[str, str]
) -> web.StreamResponse:
    """Send *stored*, or the range of it that *request* asks for.

    Raises ApiError 410 when the bytes are no longer kept, and StoreError, as long as nothing was sent.
    """
    headers = headers | {"Accept-Ranges": "bytes"}
    wanted = _range(request, stored.size)
    if wanted is None:
        return await send_pieces(request, stored.pieces(), headers, stored.size)
    start, stop = wanted
    if start >= stop:
        return web.Response(status=416, headers={"Content-Range": f"bytes */{stored.size}"})
    headers["Content-Range"] = f"bytes {start}-{stop - 1}/{stored.size}"
    pieces = stored.part(start, stop - start).pieces()
    return await send_pieces(request, pieces, headers, stop - start, status=206)


def _range(request: web.Request, size: int) -> tuple[int, int] | None:
    """Return the bytes asked for; None for all of them, which is the answer to what cannot be read too."""
    # Nothing sent before is known by a tag, so it may never be continued on condition.
    if "Range" not in request.headers or "If-Range" in request.headers:
        return None
    try:
        asked = request.http_range
    except ValueError:
        return None
    start, stop, _ = asked.indices(size)
    return start, stop


async def send_pieces(
    request: web.Request,
    pieces: Iterator[bytes],
    headers: dict[str, str],
    size: int | None = None,
    *,
    status: int = 200,
) -> web.StreamResponse:
    """Send *pieces*, each read in a thread of its own time. Of *size* bytes in all, if that is known.

    Raises as `send_stored`. What goes wrong once the answer has begun ends the connection: the client sees
    that bytes are missing.
    """
    response = web.StreamResponse(status=status, headers=headers)
    if size is not None:
        response.content_length = size
    first = await _next(pieces)
    await response.prepare(request)
    if await write_pieces(request, response, pieces, first):
        await response.write_eof()
    return response


async def write_pieces(
    request: web.Request, response: web.StreamResponse, pieces: Iterator[bytes], first: bytes | None = None
) -> bool:
    """Write *first*, if it has been read already, and *pieces*, no faster than the client takes them.

    False when they could not be read to their end: the connection is closed then.
    """
    try:
        piece = await _next(pieces) if first is None else first
        while piece:
            view = memoryview(piece)
            for at in range(0, len(view), DOWNLOAD_CHUNK):
                await response.write(view[at : at + DOWNLOAD_CHUNK])
            piece = await _next(pieces)
    except (ApiError, StoreError, IngestError) as error:
        log.warning("%s: not sent to its end: %s", request.rel_url.raw_path, error)
        if request.transport is not None:
            request.transport.close()
        return False
    finally:
        close = getattr(pieces, "close", None)
        if close is not None:
            with suppress(ValueError):  # still reading for a client that went away: it ends by itself
                close()
    return True


async def _next(pieces: Iterator[bytes]) -> bytes:
    """Return the next piece, b"" after the last. Raises ApiError 410."""
    try:
        return await asyncio.to_thread(next, pieces, b"")
    except PayloadGoneError as error:
        raise ApiError(410, str(error)) from error
