"""The container Unreal's crash reporter posts: zlib around files. Bytes in, values out.

Source: getsentry/symbolic, the layout of its ``unreal`` module, and its recorded example. The container
begins with ``CR1`` or not; then a folder name and a file name (each a length and 260 bytes), the size and the
number of files.
A writer that does not know them beforehand writes 0 there and the same header again at the end.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from vedette.domain.outcomes import IngestError, Reason

_HEADER = 536  # two texts of 4 + 260 bytes, two numbers
_MOST_FILES = 200
_LONGEST_NAME = 1_024
_PIECE = 256 << 10


@dataclass(frozen=True, slots=True)
class UnrealFile:
    """One file of a container, a view of the unpacked bytes."""

    name: str
    data: memoryview


def is_unreal(body: bytes | memoryview) -> bool:
    """Whether *body* begins as a zlib stream or an unpacked container does."""
    start = bytes(body[:3])
    return start == b"CR1" or (
        len(start) > 1 and start[0] & 0x0F == 8 and (start[0] << 8 | start[1]) % 31 == 0
    )


def read_unreal(body: bytes | memoryview, limit: int) -> list[UnrealFile]:
    """Return the files of a container of at most *limit* unpacked bytes.

    Raises IngestError: BAD_CRASH_REPORT for damage, TOO_LARGE.
    """
    data = memoryview(body)
    if bytes(data[:3]) != b"CR1":
        data = memoryview(_inflate(data, limit))
    start = 3 if bytes(data[:3]) == b"CR1" else 0
    count = _count(data, start)
    end = len(data)
    if not count:
        end -= _HEADER
        count = _count(data, end)
    if not 0 < count <= _MOST_FILES:
        raise _damaged(f"{count} files")
    return list(_files(data, start + _HEADER, end, count))


def _inflate(data: memoryview, limit: int) -> bytes:
    stream = zlib.decompressobj()
    whole = bytearray()
    try:
        for at in range(0, len(data), _PIECE):
            if stream.eof:  # zlib would collect what follows, copying all of it at each piece
                break
            piece: bytes | memoryview = data[at : at + _PIECE]
            while piece:
                whole += stream.decompress(piece, _PIECE)
                if len(whole) > limit:
                    raise IngestError(
                        Reason.TOO_LARGE, f"request content exceeded size limits ({limit} bytes)"
                    )
                piece = stream.unconsumed_tail
        while not stream.eof:
            more = stream.decompress(stream.unconsumed_tail, _PIECE)
            if not more:
                raise _damaged("cut short")
            whole += more
    except zlib.error as error:
        raise _damaged(str(error).rpartition(": ")[2]) from error
    return bytes(whole)


def _count(data: memoryview, at: int) -> int:
    if at < 0 or at + _HEADER > len(data):
        raise _damaged("no header")
    count: int = struct.unpack_from("<i", data, at + _HEADER - 4)[0]
    return count


def _files(data: memoryview, at: int, end: int, count: int) -> Iterator[UnrealFile]:
    for _ in range(count):
        length = _number(data, at + 4, end)
        if not 0 <= length <= _LONGEST_NAME:
            raise _damaged("a file name is too long", at)
        name = bytes(data[at + 8 : at + 8 + length]).partition(b"\0")[0].decode(errors="replace")
        size = _number(data, at + 8 + length, end)
        start = at + 12 + length
        if size < 0 or start + size > end:
            raise _damaged(f"{name[:60]!r} ends outside of the container", at)
        yield UnrealFile(name, data[start : start + size])
        at = start + size


def _number(data: memoryview, at: int, end: int) -> int:
    if at + 4 > end:
        raise _damaged("unexpected end of file", at)
    number: int = struct.unpack_from("<i", data, at)[0]
    return number


def _damaged(what: str, offset: int | None = None) -> IngestError:
    return IngestError(Reason.BAD_CRASH_REPORT, f"invalid Unreal crash report: {what}", offset=offset)
