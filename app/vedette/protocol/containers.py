"""Compressed files by what they begin with: unpacked piece by piece, up to a limit.

Unlike a content encoding, which the request names, these are files a sender compressed itself.
"""

import bz2
import lzma
from collections.abc import Iterable, Iterator
from typing import Protocol

from vedette.domain.outcomes import IngestError, Reason
from vedette.protocol.encodings import Encoding, iter_decode

_STEP = 256 << 10
_MEMORY = 256 << 20  # bytes xz may take for its dictionary
_NAMES = {b"\x1f\x8b": "gzip", b"\xfd7zXZ\0": "xz", b"BZh": "bzip2", b"\x28\xb5\x2f\xfd": "zstd"}
_SUFFIXES = {"gzip": ".gz", "xz": ".xz", "bzip2": ".bz2", "zstd": ".zst"}


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    def decompress(self, data: bytes, max_length: int = ..., /) -> bytes: ...


def container_of(beginning: bytes) -> str | None:
    """Return the kind of container that begins so: gzip, xz, bzip2, zstd; None for no container."""
    return next((name for magic, name in _NAMES.items() if beginning.startswith(magic)), None)


def without_suffix(name: str, container: str) -> str:
    """Return the file's name without the container's suffix."""
    return name.removesuffix(_SUFFIXES[container])


def unpack(pieces: Iterable[bytes], container: str, limit: int) -> Iterator[bytes]:
    """Yield what the *container* holds. Raises IngestError: TOO_LARGE past *limit*, BAD_ENCODING."""
    if container in ("gzip", "zstd"):
        return iter_decode(pieces, Encoding(container), limit)
    return _unpack(pieces, container, limit)


def _unpack(pieces: Iterable[bytes], container: str, limit: int) -> Iterator[bytes]:
    decoder: _Decompressor
    if container == "xz":
        decoder = lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=_MEMORY)
    else:
        decoder = bz2.BZ2Decompressor()
    total = 0
    try:
        for piece in pieces:
            data = piece
            while not decoder.eof:
                out = decoder.decompress(data, _STEP)
                data = b""
                total += len(out)
                if total > limit:
                    raise IngestError(
                        Reason.TOO_LARGE, f"request content exceeded size limits ({limit} bytes)"
                    )
                if out:
                    yield out
                if decoder.needs_input:
                    break
    except (lzma.LZMAError, OSError, EOFError, ValueError) as error:
        raise IngestError(Reason.BAD_ENCODING, f"invalid {container} data: {error}") from error
    if not decoder.eof:
        raise IngestError(Reason.BAD_ENCODING, f"invalid {container} data: unexpected end of file")
