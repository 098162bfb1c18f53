"""The whole trace in a few pixels: which kind of work filled which moment, lane by lane. Pure, in numpy.

Binning is incremental: nodes are added in portions, so a worker can be stopped between two of them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vedette.desktop.theme.tokens import SPAN_CATEGORIES
from vedette.desktop.trace.tree import Kind, TraceTree

PORTION = 20_000
EMPTY = 255
_CATEGORIES = len(SPAN_CATEGORIES)


@dataclass(frozen=True, slots=True)
class Minimap:
    """For each lane and column a number into SPAN_CATEGORIES, or EMPTY; and the columns with an error."""

    lanes: NDArray[np.uint8]
    errors: tuple[int, ...]

    @property
    def columns(self) -> int:
        return int(self.lanes.shape[1])


class Binning:
    """Counts, for each category, lane and column, the spans that were under way."""

    def __init__(self, duration: int, columns: int, lanes: int) -> None:
        self.columns = max(1, columns)
        self.lanes = max(1, lanes)
        self._factor = self.columns / max(1, duration)
        # One column more, where what ends at the edge is taken away again.
        self._change = np.zeros((_CATEGORIES, self.lanes, self.columns + 1), dtype=np.int32)

    def add(
        self,
        begins: NDArray[np.int64],
        ends: NDArray[np.int64],
        categories: NDArray[np.uint8],
        lanes: NDArray[np.int64],
    ) -> None:
        """Count more spans; times from the trace's start."""
        first = np.clip((begins * self._factor).astype(np.int64), 0, self.columns - 1)
        last = np.clip(np.ceil(ends * self._factor).astype(np.int64), first + 1, self.columns)
        np.add.at(self._change, (categories, lanes, first), 1)
        np.subtract.at(self._change, (categories, lanes, last), 1)

    def lanes_now(self) -> NDArray[np.uint8]:
        """Return the leading category of every lane and column so far, EMPTY where nothing ran."""
        under_way = np.cumsum(self._change, axis=2)[:, :, :-1]
        leading: NDArray[np.uint8] = under_way.argmax(axis=0).astype(np.uint8)
        leading[under_way.sum(axis=0) == 0] = EMPTY
        return leading


def draw_minimap(tree: TraceTree, columns: int, lanes: int) -> Minimap:
    """Return the minimap of *tree*: spans in row order from top to bottom, no more lanes than spans."""
    nodes = np.flatnonzero(np.array(tree.kind, dtype=np.uint8) == Kind.SPAN)
    lanes = max(1, min(lanes, len(nodes)))
    binning = Binning(tree.duration, columns, lanes)
    for at in range(0, len(nodes), PORTION):
        some = nodes[at : at + PORTION]
        lane = np.arange(at, at + len(some)) * lanes // len(nodes)
        binning.add(tree.begins[some], tree.ends[some], tree.categories[some], lane)
    return Minimap(binning.lanes_now(), _error_columns(tree, columns))


def _error_columns(tree: TraceTree, columns: int) -> tuple[int, ...]:
    factor = columns / max(1, tree.duration)
    found = {min(columns - 1, max(0, int(tree.moment_of(error) * factor))) for error in tree.errors}
    return tuple(sorted(found))
