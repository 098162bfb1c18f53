"""Content encodings: bodies decoded in bounded memory. Bytes in, bytes out.

Sizes are bounded while decoding runs, never afterwards. There is no bound on the ratio: honest traffic
reaches 105 (a RecursionError's stack trace). Nothing is decoded twice.
"""

import zlib
from collections.abc import Iterable, Iterator
from enum import StrEnum
from io import BytesIO
from itertools import islice
from typing import Protocol

import brotli

from vedette.domain.outcomes import IngestError, Reason
from vedette.protocol.zstd_frames import ZstdDecoder

CHUNK = 64 << 10  # decoded bytes per step (brotli up to 96 kB, zstd one block of up to 128 kB)
_PIECE = 64 << 10  # wire bytes per step: zlib copies what it leaves over, so pieces keep that linear
# Block-wise gzip writers start a member every 64 kB; 200 MiB of empty members would cost half a minute.
MAX_MEMBERS = 1 << 14


class Encoding(StrEnum):
    """The content encodings that are understood."""

    IDENTITY = "identity"
    GZIP = "gzip"
    DEFLATE = "deflate"
    BR = "br"
    ZSTD = "zstd"


_NAMES = {encoding.value: encoding for encoding in Encoding} | {"x-gzip": Encoding.GZIP}
_NO_ENCODING = frozenset({"", "identity", "utf-8"})
# Decoded bytes one wire byte can stand for, at most. Deflate: 258 bytes for two bits. Zstandard: a block
# of 128 kB for four bytes. Brotli: a meta-block of 16 MiB for no fewer than twelve bytes, here eight.
_MAX_RATIO = {
    Encoding.IDENTITY: 1,
    Encoding.GZIP: 1032,
    Encoding.DEFLATE: 1032,
    Encoding.ZSTD: (128 << 10) // 4,
    Encoding.BR: (16 << 20) // 8,
}


def normalise_encoding(header: str | None) -> Encoding:
    """Return the encoding a Content-Encoding *header* names; none, "" and "utf-8" are identity.

    Raises IngestError(UNSUPPORTED_ENCODING) on any other name and on more than one encoding.
    """
    names = [name.strip().lower() for name in (header or "").split(",")]
    named = [name for name in names if name not in _NO_ENCODING]
    if not named:
        return Encoding.IDENTITY
    if len(named) > 1 or named[0] not in _NAMES:
        raise IngestError(
            Reason.UNSUPPORTED_ENCODING, f"unsupported content encoding: {', '.join(named)[:100]}"
        )
    return _NAMES[named[0]]


def iter_decode(chunks: Iterable[bytes | memoryview], encoding: Encoding, limit: int) -> Iterator[bytes]:
    """Yield the decoded bytes of *chunks*, in steps of at most 128 kB, as soon as they are known.

    Raises IngestError: TOO_LARGE once more than *limit* bytes came out (no byte past *limit* is yielded),
    BAD_ENCODING for data that is corrupt, cut short or followed by something else.
    """
    total = 0
    for out in _run(_decoder(encoding, CHUNK), chunks):
        total += len(out)
        if total > limit:
            raise _too_large(limit)
        yield out


def decode(body: bytes | memoryview, encoding: Encoding, limit: int) -> bytes:
    """Return *body* decoded. Raises as `iter_decode`; holds at most *limit* and one step."""
    if encoding is Encoding.IDENTITY:
        if len(body) > limit:
            raise _too_large(limit)
        return bytes(body)
    whole = BytesIO()  # its value is handed out without a copy
    for out in iter_decode((body,), encoding, limit):
        whole.write(out)
    return whole.getvalue()


def measure(body: bytes | memoryview, encoding: Encoding, limit: int) -> int:
    """Return the decoded size of *body*, holding one step at a time. Raises as `iter_decode`."""
    return sum(map(len, iter_decode((body,), encoding, limit)))


def decode_prefix(body: bytes | memoryview, encoding: Encoding, size: int) -> bytes:
    """Return the first *size* decoded bytes of *body*, or all when it has fewer; the rest stays encoded.

    Raises IngestError(BAD_ENCODING) for damage within the part that was read.
    """
    if encoding is Encoding.IDENTITY or size <= 0:
        return bytes(body[: max(0, size)])
    parts: list[bytes] = []
    missing = size
    for out in _run(_decoder(encoding, size), (body,), piece=size + 512):
        parts.append(out)
        missing -= len(out)
        if missing <= 0:
            break
    return b"".join(parts)[:size]


def needs_measuring(wire_size: int, encoding: Encoding, limit: int) -> bool:
    """Whether a body of *wire_size* could exceed *limit* decoded, by the best the encoding can do."""
    return wire_size * _MAX_RATIO[encoding] > limit


class _Decoder(Protocol):
    def feed(self, data: bytes | memoryview) -> Iterator[bytes]: ...

    def finish(self) -> None: ...


def _decoder(encoding: Encoding, step: int) -> _Decoder:
    match encoding:
        case Encoding.GZIP:
            return _Inflate("gzip", step)
        case Encoding.DEFLATE:
            return _Inflate("deflate", step)
        case Encoding.BR:
            return _Brotli(step)
        case Encoding.ZSTD:
            return ZstdDecoder()
        case _:
            return _Identity()


def _run(decoder: _Decoder, chunks: Iterable[bytes | memoryview], piece: int = _PIECE) -> Iterator[bytes]:
    for chunk in chunks:
        view = memoryview(chunk)
        for start in range(0, len(view), piece):
            yield from decoder.feed(view[start : start + piece])
    decoder.finish()


def _too_large(limit: int) -> IngestError:
    return IngestError(Reason.TOO_LARGE, f"request content exceeded size limits ({limit} bytes)")


def _corrupt(name: str, what: str, offset: int | None = None) -> IngestError:
    return IngestError(Reason.BAD_ENCODING, f"invalid {name} data: {what}", offset=offset)


class _Identity:
    def feed(self, data: bytes | memoryview) -> Iterator[bytes]:
        yield bytes(data)

    def finish(self) -> None:
        """Any length is complete."""


class _Inflate:
    """gzip with any number of members, or deflate with the zlib wrapper or without."""

    def __init__(self, name: str, step: int) -> None:
        self._name = name
        self._step = step
        self._stream: zlib._Decompress | None = None  # None: before the first byte or between members
        self._waiting = b""  # too few bytes to tell what begins here
        self._taken = 0  # wire bytes given so far
        self._members = 0

    def feed(self, data: bytes | memoryview) -> Iterator[bytes]:
        self._taken += len(data)
        if self._waiting:
            data, self._waiting = self._waiting + bytes(data), b""
        while data or self._stream is not None:
            if self._stream is None:
                if not (data := self._begin(data)):
                    return
                assert self._stream is not None
            try:
                out = self._stream.decompress(data, self._step)
            except zlib.error as error:
                # "Error -3 while decompressing data: incorrect header check"
                raise _corrupt(self._name, str(error).rpartition(": ")[2]) from error
            if out:
                yield out
            data = self._stream.unconsumed_tail
            if self._stream.eof:
                data, self._stream = self._stream.unused_data, None
            elif not data and len(out) < self._step:
                return

    def finish(self) -> None:
        if self._stream is not None or self._waiting or not self._members:
            raise _corrupt(self._name, "unexpected end of file", self._taken)

    def _begin(self, data: bytes | memoryview) -> bytes | memoryview:
        """Open the stream *data* begins with and return *data*; b"" when there is none to open yet."""
        if self._members:
            return self._begin_member(data)
        if len(data) < 2:
            self._waiting = bytes(data)
            return b""
        self._members = 1
        if self._name == "gzip":
            window = 16 + zlib.MAX_WBITS
        else:
            is_wrapped = data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0
            window = zlib.MAX_WBITS if is_wrapped else -zlib.MAX_WBITS
        self._stream = zlib.decompressobj(window)
        return data

    def _begin_member(self, data: bytes | memoryview) -> bytes | memoryview:
        offset = self._taken - len(data)
        if not any(islice(data, 1)) and not bytes(data).strip(b"\0"):
            return b""  # padding, as from tapes and block writers
        if self._name != "gzip" or data[0] != 0x1F:
            raise _corrupt(self._name, "something follows the end of the data", offset)
        self._members += 1
        if self._members > MAX_MEMBERS:
            raise _corrupt(self._name, "too many members", offset)
        self._stream = zlib.decompressobj(16 + zlib.MAX_WBITS)
        return data


class _Brotli:
    def __init__(self, step: int) -> None:
        self._stream = brotli.Decompressor()
        self._step = step
        self._taken = 0

    def feed(self, data: bytes | memoryview) -> Iterator[bytes]:
        self._taken += len(data)
        while True:
            try:
                out: bytes = self._stream.process(data, output_buffer_limit=self._step)
            except brotli.error as error:
                # It also ends here when something follows the end of the data.
                raise _corrupt("br", "the decoder failed") from error
            if out:
                yield out
            # Output may wait inside although all input is taken and more would be accepted.
            if self._stream.is_finished() or (not out and self._stream.can_accept_more_data()):
                break
            data = b""

    def finish(self) -> None:
        if not self._stream.is_finished():
            raise _corrupt("br", "unexpected end of file", self._taken)
