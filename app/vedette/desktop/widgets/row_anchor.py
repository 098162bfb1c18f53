"""Keeps the rows in sight at their pixel position while the model changes around them."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RowAnchor:
    """The keys of the rows in sight, top first, and how far the topmost was scrolled out, in pixels."""

    keys: tuple[Hashable, ...]
    offset: int

    def scroll(self, row_pixels: int, position_of: Callable[[Hashable], int | None]) -> int | None:
        """Return the scroll value that puts the first surviving row where it was, None if none is left."""
        for distance, key in enumerate(self.keys):
            position = position_of(key)
            if position is not None:
                return max(0, (position - distance) * row_pixels + self.offset)
        return None
