"""Reads numbers and texts at places of a dump that may lie anywhere, without trusting one of them."""

import struct
from functools import cache

_LONGEST_TEXT = 4_096  # bytes; paths are shorter
_ALL_TEXTS = 4 << 20  # bytes of all texts of one dump


@cache
def _layout(order: str, layout: str) -> struct.Struct:
    return struct.Struct(order + layout)


class Source:
    """The bytes of one dump, little-endian (`<`) or big-endian (`>`)."""

    def __init__(self, data: bytes | memoryview, order: str = "<") -> None:
        self.view = memoryview(data)
        self._order = order
        self._left = _ALL_TEXTS
        self.remarks: list[str] = []

    def __len__(self) -> int:
        return len(self.view)

    def take(self, layout: str, at: int) -> tuple[int, ...] | None:
        """Return the numbers of *layout* that begin at *at*; None when they end outside of the file."""
        form = _layout(self._order, layout)
        if at < 0 or at + form.size > len(self.view):
            return None
        return form.unpack_from(self.view, at)

    def bytes(self, at: int, size: int) -> bytes:
        """Return *size* bytes from *at*, fewer where the file ends."""
        if at < 0 or size <= 0 or at >= len(self.view):
            return b""
        return bytes(self.view[at : at + size])

    def utf16(self, at: int) -> str:
        """Return a MINIDUMP_STRING: its length in bytes, then UTF-16."""
        return self._text(at, "utf-16-le" if self._order == "<" else "utf-16-be")

    def utf8(self, at: int) -> str:
        """Return Crashpad's string: its length in bytes, then UTF-8."""
        return self._text(at, "utf-8")

    def _text(self, at: int, encoding: str) -> str:
        size = self.take("I", at) if at else None
        if size is None:
            return ""
        data = self.bytes(at + 4, min(size[0], _LONGEST_TEXT, self._left))
        self._left -= len(data)
        return data.decode(encoding, errors="replace").rstrip("\0")

    def wide(self, at: int, units: int) -> str:
        """Return UTF-16 text of at most *units* units that ends at a zero."""
        text = self.bytes(at, 2 * units).decode("utf-16-le" if self._order == "<" else "utf-16-be", "replace")
        return text.partition("\0")[0]

    def entries(self, at: int, size: int, layout: str, most: int) -> list[tuple[int, ...]]:
        """Return the entries of a list: a count of 32 bits, perhaps four bytes of padding, *layout* each.

        *size* is the stream's. Entries that do not fit into it, and those past *most*, are left out with a
        remark.
        """
        count = self.take("I", at) if at else None  # at 0 is the file's own header: no list
        if count is None:
            return []
        width = _layout(self._order, layout).size
        start = at + 4
        if size == 8 + count[0] * width:
            start += 4
        room = max(0, min(at + size, len(self.view)) - start) // width
        number = min(count[0], room, most)
        if number < count[0]:
            self.remarks.append(f"{count[0] - number:,} of {count[0]:,} entries of a list were left out")
        found = (self.take(layout, start + index * width) for index in range(number))
        return [entry for entry in found if entry is not None]
