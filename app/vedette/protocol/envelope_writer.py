"""An envelope made of files whose sizes are not known before they are through.

Large ones lie in a temporary file, which is mapped, so that they are never in memory as a whole. The caller
says where: the system's own place is another disk, often one of memory.
"""

import mmap
from collections.abc import Iterable
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Self

import orjson

from vedette.domain.json import JsonObject
from vedette.domain.outcomes import IngestError, Reason

IN_MEMORY = 8 << 20
_WIDTH = 12  # characters kept free for a length


class EnvelopeWriter:
    """Takes items one after the other; *limit* is the most bytes of all payloads. A context manager.

    A large one lies in *folder*, None: in the system's. Adding raises OSError when there is no room for it.
    """

    def __init__(self, header: JsonObject, limit: int, folder: Path | None = None) -> None:
        self._file = SpooledTemporaryFile(  # noqa: SIM115 - closed on leaving
            max_size=IN_MEMORY, suffix=".part", dir=None if folder is None else str(folder)
        )
        self._file.write(orjson.dumps(header) + b"\n")
        self._left = self._limit = limit
        self.items = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the file; a mapping of it stays."""
        self._file.close()

    def add(self, header: JsonObject, pieces: Iterable[bytes]) -> int:
        """Write an item; returns its size. Raises IngestError(TOO_LARGE) and what *pieces* raise."""
        place = self._file.tell() + len(b'{"length":')
        rest = orjson.dumps(header)[1:]
        self._file.write(b'{"length":' + b" " * _WIDTH + (b"," if rest != b"}" else b"") + rest + b"\n")
        size = 0
        for piece in pieces:
            size += len(piece)
            self._left -= len(piece)
            if self._left < 0:
                raise IngestError(
                    Reason.TOO_LARGE, f"request content exceeded size limits ({self._limit} bytes)"
                )
            self._file.write(piece)
        end = self._file.tell()
        self._file.seek(place)
        self._file.write(b"%*d" % (_WIDTH, size))
        self._file.seek(end)
        self._file.write(b"\n")
        self.items += 1
        return size

    def finish(self) -> bytes | memoryview:
        """Return the envelope; a large one is a view of the mapped file."""
        size = self._file.tell()
        self._file.seek(0)
        if size <= IN_MEMORY:
            return self._file.read()
        return memoryview(mmap.mmap(self._file.fileno(), size, access=mmap.ACCESS_READ))
