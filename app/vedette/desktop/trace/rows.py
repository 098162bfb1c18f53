"""Which nodes of a tree stand in a row now: folding, grouping and gaps as the user has them. Pure.

Rows are in node order, so a node's row is found by bisection, and folding replaces one stretch of rows.
"""

from bisect import bisect_left
from collections.abc import Mapping
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from vedette.desktop.trace.tree import Kind, TraceTree

Mask = NDArray[np.bool_]

MOST_ROWS = 5_000
"""Rows above which a trace opens folded…"""
FIRST_ROWS = 400
"""…so that about this many stand."""


class Fold(IntEnum):
    """How far a node is unfolded."""

    CLOSED = 0
    OPEN = 1  # a chain: its spans hidden, what is under the last one shown
    WHOLE = 2  # a chain: its spans too


class RowList:
    """The rows of a tree, top to bottom: ``nodes`` and the depth each is drawn at."""

    def __init__(self, tree: TraceTree, *, grouping: bool = True, gaps: bool = True) -> None:
        self.tree = tree
        self.grouping = grouping
        self.gaps = gaps
        self.kept: Mask | None = None
        """Of a filter, which nodes stand; all below one that does not are left out as well."""
        self._fold_before: list[int] | None = None
        self._fold = [int(Fold.OPEN)] * len(tree)
        for node, kind in enumerate(tree.kind):
            if kind == Kind.GROUP:
                self._fold[node] = Fold.CLOSED
        self.nodes: list[int] = []
        self.depths: list[int] = []
        self.folded_at: int | None = None
        """The depth below which the trace was folded on opening because it is very large."""
        self.refresh()
        if len(self.nodes) > MOST_ROWS:
            self._fold_to_fit()

    def __len__(self) -> int:
        return len(self.nodes)

    # Finding

    def row_of(self, node: int) -> int | None:
        """Return the row *node* stands in, None while it is folded away."""
        row = bisect_left(self.nodes, node)
        return row if row < len(self.nodes) and self.nodes[row] == node else None

    def nearest_row(self, node: int) -> int:
        """Return the row of *node* or of what hides it; -1 without rows."""
        at = node
        while at >= 0:
            row = self.row_of(at)
            if row is not None:
                return row
            at = self.tree.parent[at]
        return min(bisect_left(self.nodes, node), len(self.nodes) - 1)

    def fold(self, node: int) -> Fold:
        """Return how far *node* is unfolded."""
        return Fold(self._fold[node])

    def can_fold(self, node: int) -> bool:
        """Return whether there is anything under *node* to show or hide."""
        if self.tree.size[node] == 1:
            return False
        if self.gaps or self.tree.kind[node] != Kind.SPAN:
            return True
        inside = self.tree.kind[node + 1 : node + self.tree.size[node]]
        return any(kind != Kind.GAP for kind in inside)

    def hides(self, node: int) -> bool:
        """Return whether *node* stands for more than its own row."""
        return self._fold[node] == Fold.CLOSED or (
            self.tree.kind[node] == Kind.CHAIN and self._fold[node] != Fold.WHOLE
        )

    # Changing

    def refresh(self) -> None:
        """Work out all rows again."""
        self.nodes, self.depths = self._walk(0, len(self.tree), 0)

    def set_grouping(self, on: bool) -> None:
        """Show alike spans as one row, or each."""
        self.grouping = on
        self.refresh()

    def set_gaps(self, on: bool) -> None:
        """Show or hide the rows of gaps."""
        self.gaps = on
        self.refresh()

    def keep_only(self, kept: Mask | None) -> None:
        """Show only the nodes of a filter, unfolded as far as need be; None shows all, folded as before."""
        if kept is None:
            if self._fold_before is not None:
                self._fold, self._fold_before = self._fold_before, None
        else:
            if self._fold_before is None:
                self._fold_before = list(self._fold)
            self._fold = list(self._fold_before)
            for node in np.flatnonzero(kept).tolist():
                above = self.tree.parent[node]
                while above >= 0 and self._fold[above] < (wanted := self._needed(above, node)):
                    self._fold[above] = wanted
                    above = self.tree.parent[above]
        self.kept = kept
        self.refresh()

    def set_shown(self, *, grouping: bool, gaps: bool) -> None:
        """Show alike spans as one row or each, and gaps or none."""
        if (grouping, gaps) != (self.grouping, self.gaps):
            self.grouping, self.gaps = grouping, gaps
            self.refresh()

    def set_folds(self, folds: Mapping[int, Fold]) -> None:
        """Fold many nodes at once."""
        for node, fold in folds.items():
            self._fold[node] = fold
        self.refresh()

    def set_fold(self, node: int, fold: Fold) -> bool:
        """Fold or unfold one node; return whether anything changed."""
        if self.tree.kind[node] != Kind.CHAIN:
            fold = min(fold, Fold.OPEN)
        if self._fold[node] == fold or not self.can_fold(node):
            return False
        self._fold[node] = fold
        row = self.row_of(node)
        if row is not None:
            self._replace_below(row)
        return True

    def toggle(self, node: int) -> bool:
        """Turn the fold mark of *node*: closed opens, open closes; a chain shows or hides its spans."""
        fold = self._fold[node]
        if self.tree.kind[node] == Kind.CHAIN and fold != Fold.CLOSED:
            return self.set_fold(node, Fold.OPEN if fold == Fold.WHOLE else Fold.WHOLE)
        return self.set_fold(node, Fold.CLOSED if fold else Fold.OPEN)

    def reveal(self, node: int) -> int:
        """Unfold whatever hides *node* and return its row; -1 for a gap or group that is switched off."""
        changed = False
        at = self.tree.parent[node]
        while at >= 0:
            wanted = self._needed(at, node)
            if self._fold[at] < wanted:
                self._fold[at] = wanted
                changed = True
            at = self.tree.parent[at]
        if changed:
            self.refresh()
        row = self.row_of(node)
        return -1 if row is None else row

    def _needed(self, above: int, node: int) -> Fold:
        tail = self.tree.tails.get(above)
        return Fold.OPEN if tail is None or node > tail else Fold.WHOLE

    def focus_on(self, node: int) -> None:
        """Fold whatever is neither above *node* nor below it; what is below stands as it did."""
        at = node
        while at >= 0:
            for beside in self._siblings(at):
                if beside != at and self.can_fold(beside):
                    self._fold[beside] = Fold.CLOSED
            at = self.tree.parent[at]
            if at >= 0:
                self._fold[at] = max(self._fold[at], self._needed(at, node))
        self.refresh()

    def fold_siblings(self, node: int, fold: Fold) -> None:
        """Fold or unfold *node* and all beside it; if they are so already, everything below them too."""
        family = [at for at in self._siblings(node) if self.can_fold(at)]
        wanted = [at for at in family if (self._fold[at] == Fold.CLOSED) != (fold == Fold.CLOSED)]
        if not wanted:
            wanted = [
                below
                for at in family
                for below in range(at, at + self.tree.size[at])
                if self.tree.size[below] > 1
            ]
        for at in wanted:
            self._fold[at] = fold
        self.refresh()

    def fold_all(self, fold: Fold) -> None:
        """Fold or unfold everything."""
        if fold != Fold.CLOSED:
            self.folded_at = None
        self._fold = [int(fold)] * len(self.tree)
        self.refresh()

    def fold_level(self, by: int) -> None:
        """Unfold every closed row (*by* > 0), or fold the deepest ones that show anything (*by* < 0)."""
        if by > 0:
            for node in self.nodes:
                if self._fold[node] == Fold.CLOSED:
                    self._fold[node] = Fold.OPEN
        elif self.depths:
            deepest = max(self.depths)
            for row, node in enumerate(self.nodes):
                if self.depths[row] == deepest - 1 and self.tree.size[node] > 1:
                    self._fold[node] = Fold.CLOSED
        self.refresh()

    def _siblings(self, node: int) -> list[int]:
        above = self.tree.parent[node]
        at, end = (above + 1, above + self.tree.size[above]) if above >= 0 else (0, len(self.tree))
        found = []
        while at < end:
            found.append(at)
            at += self.tree.size[at]
        return found

    def _fold_to_fit(self) -> None:
        """Fold below the greatest depth at which no more than FIRST_ROWS rows stand."""
        per_depth = np.cumsum(np.bincount(np.array(self.depths, dtype=np.int64)))
        depth = max(0, int(np.searchsorted(per_depth, FIRST_ROWS, side="right")) - 1)
        for row, node in enumerate(self.nodes):
            if self.depths[row] >= depth:
                self._fold[node] = Fold.CLOSED
        self.folded_at = depth
        self.refresh()

    # Walking

    def _replace_below(self, row: int) -> None:
        node, depth = self.nodes[row], self.depths[row]
        end = row + 1
        until = node + self.tree.size[node]
        end = bisect_left(self.nodes, until, lo=row + 1)
        nodes, depths = self._walk(node, until, depth - self.tree.depth[node])
        self.nodes[row:end] = nodes
        self.depths[row:end] = depths

    def _walk(self, first: int, last: int, shift: int) -> tuple[list[int], list[int]]:
        """Return the rows among nodes *first* to *last*; *shift* is added to the depths of the tree."""
        tree, folds = self.tree, self._fold
        kept = None if self.kept is None else self.kept.tolist()
        kinds, sizes, tree_depth = tree.kind, tree.size, tree.depth
        span = int(Kind.SPAN)
        nodes: list[int] = []
        depths: list[int] = []
        shifts: list[tuple[int, int]] = []  # where a stretch with another shift ends, and what it was before
        until = -1
        at = first
        while at < last:
            while at >= until >= 0:
                shift = shifts.pop()[1]
                until = shifts[-1][0] if shifts else -1
            if kept is not None and not kept[at]:
                at += sizes[at]
                continue
            kind = kinds[at]
            if kind != span and not self._shown(kind):
                if kind != Kind.GAP:
                    until = at + sizes[at]
                    shifts.append((until, shift))
                    shift -= 1
                at += 1  # a gap has nothing below it
                continue
            nodes.append(at)
            depths.append(tree_depth[at] + shift)
            fold = folds[at]
            if fold == 0:
                at += sizes[at]
            elif kind == Kind.CHAIN and fold == Fold.OPEN:
                until = at + sizes[at]
                shifts.append((until, shift))
                tail = tree.tails[at]
                shift -= tree_depth[tail] - tree_depth[at]
                at = tail + 1
            else:
                at += 1
        return nodes, depths

    def _shown(self, kind: int) -> bool:
        if kind == Kind.GAP:
            return self.gaps
        return kind == Kind.ERROR or self.grouping
