"""Large attachments in pieces, resumable: TUS 1.0.0 with creation and creation-with-upload.

A finished upload lies in the folder until an envelope refers to it, a day at most; digest takes it then.
Source: the TUS resumable upload protocol; getsentry/relay, relay-server/src/endpoints/upload.rs.
"""

import asyncio
import os
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import orjson
from aiohttp import web

from vedette.domain.outcomes import IngestError, Reason
from vedette.protocol.limits import MIB, Limits
from vedette.protocol.uploads import DONE, is_upload_id
from vedette.station import answers
from vedette.station.bodies import Body, BodyReader, too_large
from vedette.store.errors import classified

MOST = 200
"""Uploads that lie in the folder at a time."""
MOST_OF_THE_LARGEST = 4
"""Times as many bytes as one upload may have lie in the folder at a time, finished or not."""
KEPT_SECONDS = 24 * 3600

_PIECE_WANTED = 32 * MIB  # a hint; pieces of any size are taken
_BYTES = "application/offset+octet-stream"
_HEADERS = {
    **answers.CORS,
    "Access-Control-Expose-Headers": f"{answers.EXPOSED},location,tus-resumable,upload-offset,upload-length",
    "Tus-Resumable": "1.0.0",
    "Cache-Control": "no-store",
}


class Uploads:
    """All uploads of a station. Refusals are raised as IngestError, trouble with the disk as StoreError."""

    def __init__(self, folder: Path, bodies: BodyReader, limits: Callable[[], Limits]) -> None:
        self._folder = folder
        self._bodies = bodies
        self._limits = limits
        self._busy: set[str] = set()

    async def answer(self, request: web.Request, upload: str | None) -> web.Response:
        """Create an upload for a request that may, or go on with *upload*, or tell how far it is."""
        if upload is None:
            return await self._create(request)
        if not is_upload_id(upload):
            raise _unknown()
        if request.method == "HEAD":
            size, length = await asyncio.to_thread(self._state, upload)
            said = {"Upload-Length": str(length)} if length is not None else {"Upload-Defer-Length": "1"}
            return web.Response(status=200, headers={**_HEADERS, **said, "Upload-Offset": str(size)})
        if request.headers.get("Content-Type", "").partition(";")[0].strip().lower() != _BYTES:
            raise IngestError(Reason.UNSUPPORTED_MEDIA_TYPE, f"unsupported media type; taken here: {_BYTES}")
        size = await self._continue(request, upload, _number(request, "Upload-Offset"))
        return web.Response(status=204, headers={**_HEADERS, "Upload-Offset": str(size)})

    async def _create(self, request: web.Request) -> web.Response:
        length = None
        if request.headers.get("Upload-Defer-Length") != "1":
            length = _number(request, "Upload-Length")
            self._check(length)
        upload = secrets.token_hex(16)
        await asyncio.to_thread(self._begin, upload, length)
        size = 0
        if request.can_read_body:
            size = await self._continue(request, upload, 0)
        headers = {
            **_HEADERS,
            "Location": f"{request.rel_url.raw_path.rstrip('/')}/{upload}/",
            "Upload-Offset": str(size),
            "Upload-Chunk-Size": str(_PIECE_WANTED),
        }
        return web.Response(status=201, headers=headers)

    async def _continue(self, request: web.Request, upload: str, offset: int) -> int:
        """Take the request's body as the bytes from *offset*; returns how many there are then."""
        if upload in self._busy:
            raise IngestError(Reason.BAD_OFFSET, "another request is sending to this upload")
        self._busy.add(upload)
        try:
            size, length = await asyncio.to_thread(self._state, upload)
            if "Upload-Length" in request.headers and length is None:
                length = _number(request, "Upload-Length")
                self._check(length)
            if offset != size:
                raise IngestError(Reason.BAD_OFFSET, f"the upload has {size} bytes, not {offset}")
            await asyncio.to_thread(self._check_room, request.content_length or 0)
            body = await self._bodies.read(request)
            try:
                if size + body.size > (self._limits().uploads if length is None else length):
                    raise too_large(self._limits().uploads if length is None else length)
                return await asyncio.to_thread(self._append, upload, body, length)
            finally:
                if body.file is not None:
                    await asyncio.to_thread(body.file.unlink, missing_ok=True)
        finally:
            self._busy.discard(upload)

    def _check(self, length: int) -> None:
        if length > self._limits().uploads:
            raise too_large(self._limits().uploads)

    # ---------------------------------------------------------------- in a thread

    def _begin(self, upload: str, length: int | None) -> None:
        with classified():
            self._folder.mkdir(parents=True, exist_ok=True)
            self.clean()
            if sum(1 for _ in self._folder.glob("*.json")) >= MOST:
                raise IngestError(Reason.RATE_LIMITED, f"{MOST} uploads wait already; nothing more is taken")
            self._note(upload, length)
            self._growing(upload).touch()

    def _note(self, upload: str, length: int | None) -> None:
        (self._folder / f"{upload}.json").write_bytes(orjson.dumps({"length": length}))

    def _growing(self, upload: str) -> Path:
        return self._folder / f"{upload}.growing"

    def _state(self, upload: str) -> tuple[int, int | None]:
        """Return how many bytes are there, and how many there will be. Raises IngestError(NOT_FOUND)."""
        try:
            length = orjson.loads((self._folder / f"{upload}.json").read_bytes())["length"]
            done = self._folder / f"{upload}{DONE}"
            size = (done if done.exists() else self._growing(upload)).stat().st_size
        except (OSError, ValueError, KeyError, TypeError):
            raise _unknown() from None
        return size, length

    def _append(self, upload: str, body: Body, length: int | None) -> int:
        self._check_room(body.size)
        growing = self._growing(upload)
        with classified():
            with growing.open("ab") as stream:
                for piece in body.pieces():
                    stream.write(piece)
                stream.flush()
                os.fsync(stream.fileno())
                size = stream.tell()
            self._note(upload, length)
            if size == length:
                growing.replace(self._folder / f"{upload}{DONE}")
        return size

    def _check_room(self, more: int) -> None:
        """Refuse *more* bytes beyond what may lie here. Raises IngestError(RATE_LIMITED)."""
        most = MOST_OF_THE_LARGEST * self._limits().uploads
        if self._taken() + more > most:
            self.clean()
            if self._taken() + more > most:
                raise IngestError(
                    Reason.RATE_LIMITED,
                    f"uploads that wait take up {most // MIB} MiB already; nothing more is taken",
                )

    def _taken(self) -> int:
        total = 0
        for path in list(self._folder.glob("*")):
            with suppress(OSError):  # an envelope may have taken it meanwhile
                total += path.stat().st_size
        return total

    def clean(self, now: float | None = None) -> None:
        """Remove what nobody referred to, or went on with, for a day."""
        oldest = (time.time() if now is None else now) - KEPT_SECONDS
        for path in list(self._folder.glob("*")) if self._folder.is_dir() else ():
            with suppress(OSError):
                if path.stat().st_mtime < oldest:
                    path.unlink()


def _number(request: web.Request, name: str) -> int:
    text = request.headers.get(name, "")
    if not (text.isascii() and text.isdigit()) or len(text) > 15:
        raise IngestError(
            Reason.BAD_OFFSET if name == "Upload-Offset" else Reason.BAD_HTTP, f"invalid {name}"
        )
    return int(text)


def _unknown() -> IngestError:
    return IngestError(Reason.NOT_FOUND, "not found: there is no such upload")
