"""Zstandard, decoded block by block: bounded output per step, truncation seen at its byte.

The library's push decoder returns everything its input holds, which for a bomb is 128 kB for each four
bytes, and its bounded reader takes a cut-off frame for a finished one. Walking the frames costs about a
microsecond a block and has neither trouble. Source: RFC 8878 (frame and block layout).
"""

from collections.abc import Iterator

import zstandard

from vedette.domain.outcomes import IngestError, Reason

# RFC 9659: what HTTP clients may use, and so the most a decoder must provide.
MAX_WINDOW = 8 << 20
# 200 MiB in whole blocks are 1,600. Without a bound, 200 MiB of empty blocks would cost a minute.
MAX_BLOCKS = 1 << 18

_MAGIC = 0xFD2FB528
_SKIPPABLE = 0x184D2A50
_LEAST_HEADER = 5  # magic and frame header descriptor; a skippable frame's header is 8 bytes
_DICTIONARY_SIZES = (0, 1, 2, 4)
_CONTENT_SIZES = (0, 2, 4, 8)


class ZstdDecoder:
    """Takes wire bytes in pieces of any size, gives decoded bytes, at most one block (128 kB) at a time."""

    def __init__(self) -> None:
        self._factory = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW)
        self._frame: zstandard.ZstdDecompressionObj | None = None  # None: between frames
        self._waiting = b""  # a header not yet complete
        self._offset = 0  # wire bytes taken, those waiting not counted
        self._passing = 0  # bytes left of what the last header announced
        self._skipping = False  # those bytes are a skippable frame's
        self._is_last = False
        self._has_checksum = False
        self._blocks = 0

    def feed(self, data: bytes | memoryview) -> Iterator[bytes]:
        """Yield what can be decoded with *data*. Raises IngestError(BAD_ENCODING)."""
        view = memoryview(self._waiting + bytes(data)) if self._waiting else memoryview(data)
        self._waiting = b""
        while view:
            taken = self._pass(view) if self._passing else self._read_header(view)
            if not taken:
                self._waiting = bytes(view)
                return
            if not self._skipping and (out := self._decompress(view[:taken])):
                yield out
            self._offset += taken
            view = view[taken:]
            self._end_part()

    def finish(self) -> None:
        """Raise IngestError(BAD_ENCODING) unless the last frame is complete."""
        if self._frame is not None or self._waiting or self._passing:
            raise IngestError(
                Reason.BAD_ENCODING,
                "invalid zstd data: unexpected end of file",
                offset=self._offset + len(self._waiting),
            )

    def _pass(self, view: memoryview) -> int:
        taken = min(self._passing, len(view))
        self._passing -= taken
        return taken

    def _end_part(self) -> None:
        """Leave a block, checksum or skippable frame once it has passed."""
        if self._passing or self._frame is None:
            self._skipping = self._skipping and self._passing > 0
            return
        if self._is_last:
            if self._has_checksum:
                self._passing, self._has_checksum = 4, False
            else:
                self._frame = None

    def _read_header(self, view: memoryview) -> int:
        """Return the length of the header *view* begins with, 0 when it is not all there."""
        if self._frame is None:
            return self._read_frame_header(view)
        if len(view) < 3:
            return 0
        self._count()
        word = int.from_bytes(view[:3], "little")
        kind, size = word >> 1 & 3, word >> 3
        self._is_last = bool(word & 1)
        self._passing = 1 if kind == 1 else size  # kind 1 repeats one byte
        return 3

    def _read_frame_header(self, view: memoryview) -> int:
        if len(view) < _LEAST_HEADER:
            return 0
        magic = int.from_bytes(view[:4], "little")
        if magic & ~0xF == _SKIPPABLE:
            if len(view) < 8:
                return 0
            self._count()
            self._passing = int.from_bytes(view[4:8], "little")
            self._skipping = True
            return 8
        if magic != _MAGIC:
            raise self._error("unknown frame")
        descriptor = view[4]
        is_single = bool(descriptor & 0x20)
        length = _LEAST_HEADER + (not is_single) + _DICTIONARY_SIZES[descriptor & 3]
        length += _CONTENT_SIZES[descriptor >> 6] or is_single
        if len(view) < length:
            return 0
        self._count()
        self._has_checksum, self._is_last = bool(descriptor & 4), False
        self._frame = self._factory.decompressobj()
        return length

    def _count(self) -> None:
        self._blocks += 1
        if self._blocks > MAX_BLOCKS:
            raise self._error("too many blocks")

    def _decompress(self, part: memoryview) -> bytes:
        assert self._frame is not None
        try:
            return self._frame.decompress(part)
        except zstandard.ZstdError as error:
            raise self._error(str(error).removeprefix("zstd decompressor error: ")) from error

    def _error(self, what: str) -> IngestError:
        return IngestError(Reason.BAD_ENCODING, f"invalid zstd data: {what}", offset=self._offset)
