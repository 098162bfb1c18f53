"""Keeps the rows in sight at their pixel position while the model changes around them."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RowAnchor:
    """The keys of the rows in sight, top first, each with how far its top is below the view's, in pixels."""

    rows: tuple[tuple[Hashable, int], ...]

    def scroll(
        self, position_of: Callable[[Hashable], int | None], top_of: Callable[[int], int]
    ) -> int | None:
        """Return the scroll value that puts the first surviving row where it was, None if none is left.

        *top_of* says where the row at a position begins, from the top of the first.
        """
        for key, below in self.rows:
            position = position_of(key)
            if position is not None:
                return max(0, top_of(position) - below)
        return None
