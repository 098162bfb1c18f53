"""Payloads too large for a database row, in files named by what is in them.

A blob is its SHA-256 in hex, compressed, two folders deep. It appears by a rename, so a name that exists
is complete; the same bytes are kept once. Nothing here knows who refers to a blob: `sweep` is told.
"""

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO
from uuid import uuid4

import zstandard

from vedette.store.mapped import pieces

_LEVEL = 3
_CHUNK = 1 << 20
_SUFFIX = ".zst"
_HEADER_SIZE = 18  # the longest of a zstd frame
_UNFINISHED = ".part"
_NAME_LENGTH = 64
# A blob is written before the rows that name it; younger ones may still be waiting for their commit.
GRACE_SECONDS = 3600.0


class BlobStore:
    """The blobs below *folder*. Any number of processes may read; one writes and sweeps."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, data: "bytes | memoryview | IO[bytes]") -> str:
        """Keep *data* (bytes, or a file read to its end) and return its name.

        It is on disk when this returns. Raises OSError when it cannot be written.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        unfinished = self._folder / f"{uuid4().hex}{_UNFINISHED}"
        try:
            name = _write(unfinished, data)
            self._settle(unfinished, name)
        finally:
            unfinished.unlink(missing_ok=True)
        return name

    def _settle(self, unfinished: Path, name: str) -> None:
        path = self._path(name)
        if path.exists():
            _touch(path)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            unfinished.replace(path)
        except PermissionError:
            # On Windows a file that somebody reads cannot be replaced; what is there has the same bytes.
            if not path.exists():
                raise
        _sync_folder(path.parent)

    def open(self, name: str) -> IO[bytes]:
        """Return the blob as a stream of its decoded bytes. Raises FileNotFoundError when it is gone."""
        return zstandard.ZstdDecompressor().stream_reader(
            self._path(name).open("rb"), closefd=True, read_across_frames=True
        )

    def read(self, name: str) -> bytes:
        """Return all of the blob. Raises FileNotFoundError when it is gone, ZstdError when damaged."""
        frame = self._path(name).read_bytes()
        if zstandard.get_frame_parameters(frame).content_size != zstandard.CONTENTSIZE_UNKNOWN:
            return zstandard.ZstdDecompressor().decompress(frame)
        with self.open(name) as stream:
            return stream.read()

    def size(self, name: str) -> int:
        """Return the blob's decoded size in bytes. Raises FileNotFoundError when it is gone."""
        with self._path(name).open("rb") as file:
            size = zstandard.get_frame_parameters(file.read(_HEADER_SIZE)).content_size
        if size != zstandard.CONTENTSIZE_UNKNOWN:
            return size
        with self.open(name) as stream:
            return sum(len(chunk) for chunk in iter(lambda: stream.read(_CHUNK), b""))

    def __contains__(self, name: str) -> bool:
        return self._path(name).exists()

    def delete(self, name: str) -> bool:
        """Remove a blob and say whether it is gone; on Windows one that is being read stays."""
        try:
            self._path(name).unlink(missing_ok=True)
        except PermissionError:
            return False
        return True

    def names(self) -> Iterator[str]:
        """Yield the name of every blob, in no order."""
        for path in self._folder.glob(f"??/??/*{_SUFFIX}"):
            yield path.name.removesuffix(_SUFFIX)

    def disk_size(self) -> int:
        """Return the bytes that all blobs take on disk."""
        total = 0
        for name in self.names():
            with suppress(FileNotFoundError):
                total += self._path(name).stat().st_size
        return total

    def sweep(self, is_wanted: Callable[[str], bool], *, grace: float = GRACE_SECONDS) -> int:
        """Remove blobs nobody wants and what an interrupted write left; return how many went.

        Files younger than *grace* seconds stay.
        """
        newest = time.time() - grace
        removed = 0
        for name in list(self.names()):
            if self._is_older(self._path(name), newest) and not is_wanted(name):
                removed += self.delete(name)
        for path in self._folder.glob(f"*{_UNFINISHED}"):
            if self._is_older(path, newest):
                path.unlink(missing_ok=True)
                removed += 1
        return removed

    @staticmethod
    def _is_older(path: Path, moment: float) -> bool:
        try:
            return path.stat().st_mtime < moment
        except FileNotFoundError:
            return False

    def _path(self, name: str) -> Path:
        # Names come out of the database, which an opened capture may have brought.
        if len(name) != _NAME_LENGTH or not all(c in "0123456789abcdef" for c in name):
            raise ValueError(f"not a blob's name: {name!r}")
        return self._folder / name[:2] / name[2:4] / f"{name}{_SUFFIX}"


def _write(path: Path, data: "bytes | memoryview | IO[bytes]") -> str:
    digest = hashlib.sha256()
    with path.open("wb") as file:
        size = len(data) if isinstance(data, bytes | memoryview) else -1  # stands in the frame, if known
        with zstandard.ZstdCompressor(_LEVEL).stream_writer(file, size=size, closefd=False) as compressed:
            for piece in _pieces(data):
                digest.update(piece)
                compressed.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _pieces(data: "bytes | memoryview | IO[bytes]") -> "Iterator[bytes | memoryview]":
    if isinstance(data, bytes | memoryview):
        yield from pieces(data)
        return
    while chunk := data.read(_CHUNK):
        yield chunk


def _touch(path: Path) -> None:
    # Tells a sweep that somebody wants it again.
    with suppress(PermissionError):
        os.utime(path)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows has no handle to sync; NTFS journals names by itself.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
