"""What folding, grouping and filtering do to a waterfall: the row one looks at stays where it is."""

from collections.abc import Callable
from typing import Protocol

from vedette.desktop.trace.rows import Fold, Mask, RowList
from vedette.desktop.trace.tree import Kind


class HoldsRows(Protocol):
    """A view of rows of which one is current."""

    @property
    def rows(self) -> RowList | None: ...
    @property
    def current(self) -> int | None: ...
    def current_row(self) -> int: ...
    def select(self, node: int | None) -> None: ...
    def step(self, by: int) -> None: ...
    def change_rows(self, change: Callable[[RowList], object], node: int | None) -> None:
        """Change the rows; *node*, or the first row in sight, stays at its pixel."""
        ...


class Folding:
    """Folds the rows of one waterfall."""

    def __init__(self, waterfall: HoldsRows) -> None:
        self._waterfall = waterfall

    def mark(self, node: int) -> str:
        """Return the fold mark of *node*: open, closed, "" for a leaf."""
        rows = self._waterfall.rows
        if rows is None or not rows.can_fold(node):
            return ""
        return "closed" if rows.hides(node) else "open"

    def toggle(self, node: int) -> None:
        """Turn the fold mark of *node*."""
        self._waterfall.change_rows(lambda rows: rows.toggle(node), node)

    def fold_current(self) -> None:
        """Fold the current row; a folded one or a leaf hands over to its parent."""
        waterfall = self._waterfall
        rows, node = waterfall.rows, waterfall.current
        if rows is None or node is None:
            return
        if rows.can_fold(node) and rows.fold(node) != Fold.CLOSED:
            fold = Fold(rows.fold(node) - 1)
            waterfall.change_rows(lambda r: r.set_fold(node, fold), node)
            return
        row = waterfall.current_row()
        above = next((at for at in range(row - 1, -1, -1) if rows.depths[at] < rows.depths[row]), None)
        if above is not None:
            waterfall.select(rows.nodes[above])

    def unfold_current(self) -> None:
        """Unfold the current row; an open one hands over to its first child."""
        waterfall = self._waterfall
        rows, node = waterfall.rows, waterfall.current
        if rows is None or node is None or not rows.can_fold(node):
            return
        whole = Fold.WHOLE if rows.tree.kind[node] == Kind.CHAIN else Fold.OPEN
        if rows.fold(node) < whole:
            fold = Fold(rows.fold(node) + 1)
            waterfall.change_rows(lambda r: r.set_fold(node, fold), node)
        else:
            waterfall.step(1)

    def fold_siblings(self, fold: Fold) -> None:
        """Fold or unfold the current row and all beside it, a second time everything below."""
        node = self._waterfall.current
        if node is not None:
            self._waterfall.change_rows(lambda rows: rows.fold_siblings(node, fold), node)

    def fold_level(self, by: int) -> None:
        """Unfold one level more, or fold the deepest."""
        self._waterfall.change_rows(lambda rows: rows.fold_level(by), self._waterfall.current)

    def fold_all(self, fold: Fold) -> None:
        """Fold or unfold everything."""
        self._waterfall.change_rows(lambda rows: rows.fold_all(fold), self._waterfall.current)

    def focus_on(self, node: int) -> None:
        """Fold whatever is not above *node* or below it."""
        self._waterfall.change_rows(lambda rows: rows.focus_on(node), node)

    def set_grouping(self, on: bool) -> None:
        """Show alike spans as one row, or each."""
        self._waterfall.change_rows(lambda rows: rows.set_grouping(on), self._waterfall.current)

    def set_gaps(self, on: bool) -> None:
        """Show or hide gaps."""
        self._waterfall.change_rows(lambda rows: rows.set_gaps(on), self._waterfall.current)

    def keep_only(self, kept: Mask | None) -> None:
        """Show only the rows of a filter; None shows all."""
        self._waterfall.change_rows(lambda rows: rows.keep_only(kept), self._waterfall.current)
