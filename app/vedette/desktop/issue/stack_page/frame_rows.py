"""Which rows a list of frames shows, which of them are open, and where each stands. No Qt."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from vedette.desktop.issue.stack.frames import Frame, LibraryRun, StackRow


@dataclass(slots=True)
class Slot:
    """One row of the list: where it stands, and how high its open part is."""

    row: StackRow
    inner: bool  # a frame of an opened run
    top: int = 0
    body: int = 0


class FrameRows:
    """Rows by position, opened runs with their frames after them."""

    def __init__(self) -> None:
        self.slots: list[Slot] = []
        self._rows: tuple[StackRow, ...] = ()
        self._open: set[int] = set()  # places of frames
        self._open_runs: set[int] = set()  # places of the runs' first frames

    def reset(self, opened: int | None) -> None:
        """Close everything but the frame at place *opened*."""
        self._open = set() if opened is None else {opened}
        self._open_runs = set()

    def set_rows(self, rows: Sequence[StackRow]) -> None:
        """Show *rows*; what is open stays open."""
        self._rows = tuple(rows)
        self._build()

    def _build(self) -> None:
        self.slots = []
        for row in self._rows:
            self.slots.append(Slot(row, inner=False))
            if isinstance(row, LibraryRun) and row.frames[0].at in self._open_runs:
                self.slots += [Slot(frame, inner=True) for frame in row.frames]

    def __len__(self) -> int:
        return len(self.slots)

    def frame(self, position: int) -> Frame | None:
        """Return the frame at *position*, None for a run and where there is no row."""
        row = self.slots[position].row if 0 <= position < len(self.slots) else None
        return row if isinstance(row, Frame) else None

    def frames(self) -> list[Frame]:
        """Return the frames that have a row."""
        return [slot.row for slot in self.slots if isinstance(slot.row, Frame)]

    def open_frames(self) -> list[Frame]:
        """Return the frames that have a row and are open."""
        return [frame for frame in self.frames() if frame.at in self._open]

    def open_places(self) -> frozenset[int]:
        """Return the places of all open frames, also of those in closed runs."""
        return frozenset(self._open)

    def is_open(self, position: int) -> bool:
        """Return whether the row at *position* is open."""
        row = self.slots[position].row
        if isinstance(row, LibraryRun):
            return row.frames[0].at in self._open_runs
        return row.at in self._open

    def set_open(self, position: int, opened: bool) -> None:
        """Open or close the row at *position*."""
        row = self.slots[position].row
        held, at = (
            (self._open_runs, row.frames[0].at) if isinstance(row, LibraryRun) else (self._open, row.at)
        )
        if opened:
            held.add(at)
        else:
            held.discard(at)
        self._build()

    def open_only(self, places: Iterable[int]) -> None:
        """Open the frames at *places* and no others."""
        self._open = set(places)
        self._build()

    def next_own(self, position: int) -> int | None:
        """Return the position of the next frame of the application after *position*, round the end."""
        count = len(self.slots)
        around = ((position + step) % count for step in range(1, count + 1))
        return next((at for at in around if (frame := self.frame(at)) is not None and frame.in_app), None)

    def stack(self, row_height: int, body_height: Callable[[Frame, int], int]) -> int:
        """Put the rows below each other and return how high they are together.

        ``body_height(frame, top)`` places the open part of a frame and returns its height, 0 for none.
        """
        top = 0
        for slot in self.slots:
            slot.top = top
            slot.body = body_height(slot.row, top + row_height) if isinstance(slot.row, Frame) else 0
            top += row_height + slot.body + (1 if slot.body else 0)
        return top

    def at(self, y: int, row_height: int) -> int:
        """Return the position of the row whose line is at *y*, -1 for none."""
        return next((at for at, slot in enumerate(self.slots) if slot.top <= y < slot.top + row_height), -1)

    def between(self, top: int, bottom: int, row_height: int) -> range:
        """Return the positions of the rows whose lines are at least partly between two heights."""
        first = next((at for at, slot in enumerate(self.slots) if slot.top + row_height > top), 0)
        last = next((at for at, slot in enumerate(self.slots) if slot.top > bottom), len(self.slots))
        return range(first, max(first, last))
