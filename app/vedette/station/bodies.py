"""Request bodies: read in bounded time and memory, the large ones into a file.

Small bodies have arrived with their headers and cost no wait at all. What exceeds a megabyte, or a few
dozen kilobytes while many are being read, goes to the incoming folder piece by piece and is synced there.
"""

import asyncio
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import aiohttp
from aiohttp import web

from vedette.domain.outcomes import IngestError, Reason
from vedette.store.errors import classified

INLINE = 1 << 20  # bytes; larger bodies go to a file
CROWDED_INLINE = 64 << 10  # the same while MOST_HELD bytes are in memory already
MOST_HELD = 48 << 20
PIECE = 1 << 20  # bytes written to a file at a time

PART = ".part"
BODY = ".body"


@dataclass(frozen=True, slots=True)
class Pace:
    """How slow a sender may be: seconds between two pieces, and bytes a second after a while."""

    gap: float = 10.0
    grace: float = 20.0
    rate: float = 2048.0


@dataclass(frozen=True, slots=True)
class Body:
    """A request's body as it came over the wire: in memory, or in a file of the incoming folder."""

    size: int
    inline: bytes | None
    file: Path | None = None

    def pieces(self) -> Iterator[bytes]:
        """Yield its bytes, a large one's in pieces."""
        if self.file is None:
            yield self.read()
            return
        with self.file.open("rb") as stream:
            while piece := stream.read(PIECE):
                yield piece

    def read(self) -> bytes:
        if self.inline is not None:
            return self.inline
        assert self.file is not None
        return self.file.read_bytes()


class CutShortError(IngestError):
    """The sender went away, or broke its own framing, before the body was whole; ``received`` came."""

    def __init__(self, detail: str, received: bytes) -> None:
        super().__init__(Reason.BAD_ENVELOPE if received else Reason.EMPTY_BODY, detail)
        self.received = received


class BodyReader:
    """Reads bodies; one for all requests, since it watches what they hold together."""

    def __init__(self, incoming: Path, limit: int, pace: Pace | None = None) -> None:
        self._incoming = incoming
        self.limit = limit
        self._pace = pace or Pace()
        self.held = 0
        """Bytes of unfinished bodies in memory."""

    async def read(self, request: web.BaseRequest) -> Body:
        """Return the body of *request*.

        Raises IngestError: TOO_LARGE, TOO_SLOW, and CutShortError; DiskFullError or another StoreError
        when its file cannot be written. No file is left then.
        """
        content = request.content
        if content.is_eof():
            data = content.read_nowait() if content.total_bytes else b""
            if len(data) > self.limit:
                raise self._too_large()
            return Body(len(data), data)
        if (request.content_length or 0) > self.limit:
            raise self._too_large()
        return await self._read_pieces(request, _Growing(self, self._incoming, self.limit))

    async def read_small(self, request: web.BaseRequest, limit: int) -> bytes | None:
        """Return a body of at most *limit* bytes, or None when it is larger or does not come whole.

        For refused requests: what is shown of them is worth a little reading, and no file.
        """
        if (request.content_length or 0) > limit:
            return None
        try:
            body = await self._read_pieces(request, _Growing(self, self._incoming, limit, inline=limit))
        except IngestError:
            return None
        return body.inline

    async def _read_pieces(self, request: web.BaseRequest, growing: "_Growing") -> Body:
        loop = asyncio.get_running_loop()
        started = loop.time()
        pace = self._pace
        try:
            async with asyncio.timeout(pace.gap) as limit:
                while True:
                    piece = await request.content.readany()
                    if not piece and request.content.is_eof():
                        break
                    limit.reschedule(None)  # what we need for writing is not the sender's fault
                    await growing.add(piece)
                    latest = started + pace.grace + growing.size / pace.rate
                    limit.reschedule(min(loop.time() + pace.gap, latest))
            return await growing.finish()
        except TimeoutError as error:
            raise IngestError(
                Reason.TOO_SLOW, f"request timed out: {growing.size} bytes came before it stalled"
            ) from error
        except (aiohttp.ClientPayloadError, aiohttp.http.HttpProcessingError, ConnectionError) as error:
            promised = request.content_length
            of = "" if promised is None else f" of {promised}"
            raise CutShortError(
                f"unexpected end of file: {growing.size}{of} bytes came", growing.memory()
            ) from error
        finally:
            await growing.close()

    def _too_large(self) -> IngestError:
        return too_large(self.limit)


def too_large(limit: int) -> IngestError:
    return IngestError(Reason.TOO_LARGE, f"request content exceeded size limits ({limit} bytes)")


class _Growing:
    """One body while it comes in."""

    def __init__(self, reader: BodyReader, incoming: Path, limit: int, inline: int | None = None) -> None:
        self._reader = reader
        self._incoming = incoming
        self._limit = limit
        self._inline = inline
        self._memory = bytearray()
        self._part: Path | None = None
        self._stream: BinaryIO | None = None
        self.size = 0

    async def add(self, piece: bytes) -> None:
        self.size += len(piece)
        if self.size > self._limit:
            raise too_large(self._limit)
        self._memory += piece
        self._reader.held += len(piece)
        if len(self._memory) >= self._most_in_memory():
            await self._write_out()

    def _most_in_memory(self) -> int:
        if self._stream is not None:
            return PIECE
        if self._inline is not None:
            return self._inline + 1
        return CROWDED_INLINE if self._reader.held > MOST_HELD else INLINE + 1

    async def _write_out(self) -> None:
        data = bytes(self._memory)
        self._clear()
        await asyncio.to_thread(self._write, data)

    def _write(self, data: bytes) -> None:
        with classified():
            if self._stream is None:
                self._incoming.mkdir(parents=True, exist_ok=True)
                self._part = self._incoming / f"{secrets.token_hex(16)}{PART}"
                self._stream = self._part.open("wb", buffering=0)
            view = memoryview(data)
            while view:
                view = view[self._stream.write(view) :]

    async def finish(self) -> Body:
        """Return the whole; a file is on disk by its final name then."""
        if self._stream is None:
            return Body(self.size, self.memory())
        await self._write_out()
        return Body(self.size, None, await asyncio.to_thread(self._settle))

    def _settle(self) -> Path:
        assert self._stream is not None
        assert self._part is not None
        with classified():
            os.fsync(self._stream.fileno())
            self._stream.close()
            final = self._part.with_suffix(BODY)
            self._part.rename(final)
            _sync_folder(self._incoming)
        self._part = None
        return final

    def memory(self) -> bytes:
        return bytes(self._memory)

    def _clear(self) -> None:
        self._reader.held -= len(self._memory)
        self._memory.clear()

    async def close(self) -> None:
        """Let go of memory, and of a file that was not finished."""
        self._clear()
        if self._part is not None:
            part, self._part = self._part, None
            await asyncio.shield(asyncio.to_thread(_discard, self._stream, part))


def _discard(stream: BinaryIO | None, part: Path) -> None:
    if stream is not None:
        stream.close()
    part.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make a new name durable. Windows keeps names in a journal and opens no folders."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def clean_incoming(incoming: Path) -> None:
    """Make the folder, and remove what a station that died left unfinished."""
    incoming.mkdir(parents=True, exist_ok=True)
    for part in incoming.glob(f"*{PART}"):
        part.unlink(missing_ok=True)
