"""Bodies of spool entries as digest works on them: what is large is a mapped file, never a copy in memory."""

import logging
import re
import secrets
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Self

import orjson

from vedette.domain.outcomes import IngestError
from vedette.processing.depth import limit_depth
from vedette.protocol.encodings import Encoding, decode, iter_decode, needs_measuring
from vedette.protocol.envelope import iter_items, read_envelope_header
from vedette.protocol.uploads import DONE, REFERENCE_TYPE, referred_upload
from vedette.store.errors import classified
from vedette.store.mapped import map_file, pieces
from vedette.store.spool import Spooled

if TYPE_CHECKING:
    import mmap

log = logging.getLogger(__name__)

IN_MEMORY = 4 << 20  # decoded bytes; more go to a file

_PIECE = 1 << 20
_REFERENCE = re.compile(re.escape(REFERENCE_TYPE.encode()))
_PART = ".part"  # the station removes what a digest that died has left


class Bodies:
    """Opens bodies, and remembers what is open until `release`."""

    def __init__(self, incoming: Path) -> None:
        self._incoming = incoming
        self._maps: list[mmap.mmap] = []
        self._files: list[Path] = []
        self._used: list[Path] = []

    def wire(self, entry: Spooled) -> bytes | memoryview:
        """Return the body of *entry* as it came."""
        if entry.file is None:
            return entry.body or b""
        try:
            return self._map(self._incoming / entry.file)
        except FileNotFoundError:
            # Only after a crash between dropping the file and dropping its entry, which is stored already.
            return b""

    def decoded(self, wire: bytes | memoryview, encoding: Encoding, limit: int) -> bytes | memoryview:
        """Return *wire* decoded, of *limit* bytes at most. Raises as `decode`, and StoreError."""
        if encoding is Encoding.IDENTITY:
            return wire
        if not needs_measuring(len(wire), encoding, IN_MEMORY):
            return decode(wire, encoding, limit)
        memory = BytesIO()
        with _Overflow(self._incoming, memory) as out:
            for piece in iter_decode(pieces(wire), encoding, limit):
                out.write(piece)
        if out.path is None:
            return memory.getvalue()
        self._files.append(out.path)
        return self._map(out.path)

    def with_uploads(self, body: bytes | memoryview) -> bytes | memoryview:
        """Return the envelope *body* with the attachments it only refers to in it; *body* if there are none.

        What is not uploaded, or not to its end, stays a reference. Raises StoreError.
        """
        if not _may_refer(body):
            return body
        pieces = list(self._spliced(body))
        if not any(isinstance(piece, Path) for piece in pieces):
            return body
        with _Overflow(self._incoming, BytesIO()) as out:
            out.open()
            for piece in pieces:
                if isinstance(piece, Path):
                    with piece.open("rb") as file:
                        out.copy(file)
                else:
                    out.write(piece)
        assert out.path is not None
        self._files.append(out.path)
        return self._map(out.path)

    def _spliced(self, body: bytes | memoryview) -> Iterator[bytes | memoryview | Path]:
        try:
            at = read_envelope_header(body).header_size
            items = list(iter_items(body, at))
        except IngestError:
            return
        yield body[:at]
        taken: set[Path] = set()
        for item in items:
            found = referred_upload(item.header, body[item.start : item.end])
            file = None if found is None else self._incoming / "uploads" / f"{found[0]}{DONE}"
            # Once: a short envelope must not become any number of copies of one upload.
            if found is None or file is None or file in taken or not file.is_file():
                yield body[item.header_start : item.end]
                yield b"\n"
                continue
            taken.add(file)
            self._used.append(file)
            yield orjson.dumps(limit_depth({**found[1], "length": file.stat().st_size})) + b"\n"
            yield file
            yield b"\n"

    def drop_used(self, *, is_stored: bool) -> None:
        """Remove the uploads that became attachments since the last time, or keep them if that failed."""
        used, self._used = self._used, []
        for file in used if is_stored else ():
            remove(file)
            remove(file.with_suffix(".json"))

    def _map(self, path: Path) -> bytes | memoryview:
        mapped = map_file(path)
        if mapped is None:
            return b""
        self._maps.append(mapped)
        return memoryview(mapped)

    def release(self) -> None:
        """Close and remove what was opened; whoever still holds a body must not use it any more."""
        maps, self._maps = self._maps, []
        for mapped in maps:
            try:
                mapped.close()
            except BufferError:  # an exception's traceback may hold on to it; it goes with that
                log.debug("a mapped body is still in use")
        files, self._files = self._files, []
        for path in files:
            remove(path)


def remove(path: Path) -> None:
    """Remove a body's file. One that is still mapped stays on Windows."""
    try:
        path.unlink(missing_ok=True)
    except PermissionError as error:
        log.warning("%s stays: %s", path, error)


def _may_refer(body: bytes | memoryview) -> bool:
    """Return whether an item of the envelope *body* may refer to an upload."""
    if len(body) <= IN_MEMORY:
        return _REFERENCE.search(body) is not None
    # By the items' headers alone: reading all of a mapped file would bring all of it into memory.
    try:
        items = iter_items(body, read_envelope_header(body).header_size)
        return any(item.header.get("content_type") == REFERENCE_TYPE for item in items)
    except IngestError:
        return False


class _Overflow:
    """Takes decoded bytes into memory, and into a file once they are many."""

    def __init__(self, folder: Path, memory: BytesIO) -> None:
        self._folder = folder
        self._memory = memory
        self._stream: BinaryIO | None = None
        self.path: Path | None = None

    def write(self, data: bytes | memoryview) -> None:
        if self._stream is None and self._memory.tell() + len(data) > IN_MEMORY:
            self.open()
        if self._stream is None:
            self._memory.write(data)
            return
        with classified():
            self._stream.write(data)

    def copy(self, file: BinaryIO) -> None:
        assert self._stream is not None
        with classified():
            shutil.copyfileobj(file, self._stream, _PIECE)

    def open(self) -> None:
        """Write to a file from now on."""
        with classified():
            self._folder.mkdir(parents=True, exist_ok=True)
            self.path = self._folder / f"{secrets.token_hex(16)}{_PART}"
            self._stream = self.path.open("wb")
            self._stream.write(self._memory.getbuffer())
        self._memory.truncate(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._stream is None:
            return
        try:
            with classified():
                self._stream.close()
        finally:
            if kind is not None and self.path is not None:
                remove(self.path)
