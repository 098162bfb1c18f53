"""Stored bytes where they lie, handed out in pieces: what is large is never in memory as a whole.

Found with a connection; read without one, by any thread.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import zstandard

from vedette.store.blobs import BlobStore
from vedette.store.errors import DamagedError

PIECE = 1 << 20


class PayloadGoneError(Exception):
    """The bytes are no longer kept; the rows made from them may be."""


@dataclass(frozen=True, slots=True)
class StoredBytes:
    """*size* bytes from *start* of its parts put together, each bytes or the name of a blob."""

    size: int
    parts: tuple[bytes | str, ...]
    blobs: Path | None
    start: int = 0

    @classmethod
    def held(cls, data: bytes) -> "StoredBytes":
        """Return bytes that are in memory already."""
        return cls(len(data), (data,), None)

    def part(self, start: int, length: int) -> "StoredBytes":
        """Return at most *length* of these bytes from byte *start*."""
        start = min(max(0, start), self.size)
        return replace(self, start=self.start + start, size=max(0, min(length, self.size - start)))

    def pieces(self) -> Iterator[bytes]:
        """Yield the bytes in order, in pieces of at most a megabyte.

        Raises PayloadGoneError when retention has removed them, DamagedError when they cannot be read.
        """
        at, end = 0, self.start + self.size
        for part in self.parts:
            if at >= end:
                return
            for piece in _cut(part) if isinstance(part, bytes) else self._blob(part):
                shown = piece[max(0, self.start - at) : end - at]
                at += len(piece)
                if shown:
                    yield shown
                if at >= end:
                    return
        if at < end:
            # A blob's file that was cut short ends without a word.
            raise DamagedError(f"Of the stored bytes {end - at:,} are missing at the end.")

    def read(self) -> bytes:
        """Return all of the bytes. Raises as `pieces`."""
        match self.parts:
            case (bytes() as whole,):
                return whole[self.start : self.start + self.size]
            case (str() as name,) if self.start == 0:
                return self._whole(name)[: self.size]
        return b"".join(self.pieces())

    def _blob(self, name: str) -> Iterator[bytes]:
        assert self.blobs is not None
        try:
            with closing(BlobStore(self.blobs).open(name)) as stream:
                while piece := stream.read(PIECE):
                    yield piece
        except FileNotFoundError as error:
            raise _removed() from error
        except (zstandard.ZstdError, ValueError) as error:
            raise _damaged(name, error) from error

    def _whole(self, name: str) -> bytes:
        assert self.blobs is not None
        try:
            return BlobStore(self.blobs).read(name)
        except FileNotFoundError as error:
            raise _removed() from error
        except (zstandard.ZstdError, ValueError) as error:
            raise _damaged(name, error) from error


def _cut(data: bytes) -> Iterator[bytes]:
    for at in range(0, len(data), PIECE):
        yield data[at : at + PIECE]


def _removed() -> PayloadGoneError:
    return PayloadGoneError("A large part of this request was removed by retention.")


def _damaged(name: str, error: Exception) -> DamagedError:
    return DamagedError(f"The file {name} in the blobs folder cannot be read: {error}")
