"""Large files as memory: mapped instead of read, and let go of piece by piece once they were used."""

import mmap
from collections.abc import Iterator
from pathlib import Path

PIECE = 1 << 20
_LET_GO_EVERY = 8 << 20


def map_file(path: Path) -> "mmap.mmap | None":
    """Return *path* mapped for reading; None when it is empty, which cannot be mapped.

    Raises FileNotFoundError. On Windows the file cannot be removed until the map is closed.
    """
    with path.open("rb") as file:
        try:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:  # "cannot mmap an empty file"
            return None


def pieces(data: bytes | memoryview) -> Iterator[memoryview]:
    """Yield *data* in pieces of a megabyte; of a mapped file only a few stay in memory meanwhile."""
    view = memoryview(data)
    for at in range(0, len(view), PIECE):
        yield view[at : at + PIECE]
        if (at + PIECE) % _LET_GO_EVERY == 0:
            _let_go(view)
    _let_go(view)


def _let_go(view: memoryview) -> None:
    """Give the pages of a mapped file back; they would count as ours until it is closed.

    Windows trims them by itself and has no call for it.
    """
    mapped = view.obj
    if isinstance(mapped, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        mapped.madvise(mmap.MADV_DONTNEED)
