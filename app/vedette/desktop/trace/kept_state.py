"""Where the user was in a waterfall, to be found again by span ids, whatever has arrived meanwhile."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

import numpy as np

from vedette.desktop.trace.rows import Fold
from vedette.desktop.trace.tree import Kind, TraceTree
from vedette.desktop.trace.waterfall import Waterfall

_MOST_FOLDS = 2_000
_MOST_ROWS = 20_000
"""Rows above which what is folded is not remembered: looking at all of them takes too long."""


def rows_state(waterfall: Waterfall) -> dict[str, Any]:
    """Return the current row, the first row in sight and what is folded otherwise than at first."""
    rows, tree = waterfall.rows, waterfall.tree
    if rows is None or tree is None or not len(rows):
        return {}
    top = rows.nodes[min(waterfall.visible_rows().start, len(rows) - 1)]
    folds = [
        [*_name(tree, node), int(rows.fold(node))]
        for node in (rows.nodes if len(rows) <= _MOST_ROWS else ())
        if rows.can_fold(node) and rows.fold(node) != _usual(tree, node)
    ]
    current = waterfall.current
    return {
        "current": None if current is None else _name(tree, current),
        "top": _name(tree, top),
        "folds": folds[:_MOST_FOLDS],
    }


def restore_rows(waterfall: Waterfall, tree: TraceTree, state: Mapping[str, Any]) -> None:
    """Fold, scroll and select as *state* says, as far as its spans are here."""
    rows = waterfall.rows
    if rows is None:
        return
    folds = {tuple(fold[:2]): fold[2] for fold in state.get("folds", ())}
    wanted = {*folds, tuple(state.get("current") or ()), tuple(state.get("top") or ())}
    places = _places(tree, wanted)
    if folds:
        waterfall.change_rows(
            lambda changed: changed.set_folds(
                {places[name]: Fold(fold) for name, fold in folds.items() if name in places}
            ),
            None,
        )
    current = places.get(tuple(state.get("current") or ()))
    if current is not None:
        waterfall.select(current)
    top = places.get(tuple(state.get("top") or ()))
    row = None if top is None else rows.row_of(top)
    if row is not None:
        waterfall.verticalScrollBar().setValue(row * waterfall.row_pixels)


def _usual(tree: TraceTree, node: int) -> Fold:
    return Fold.CLOSED if tree.kind[node] == Kind.GROUP else Fold.OPEN


def _name(tree: TraceTree, node: int) -> tuple[int, str]:
    """Return what a node is known by: its kind and its span's id."""
    at = tree.span[node]
    return tree.kind[node], tree.spans[at].span_id.hex() if at >= 0 else str(tree.errors_of[node][0])


def _places(tree: TraceTree, wanted: AbstractSet[tuple[Any, ...]]) -> dict[tuple[Any, ...], int]:
    """Return the nodes of those of the *wanted* names that are here."""
    ids = {name[1] for name in wanted if len(name) == 2 and name[0] == Kind.SPAN}
    found: dict[tuple[Any, ...], int] = {
        (int(Kind.SPAN), span[0].hex()): tree.node_of[number]
        for number, span in enumerate(tree.spans)
        if span[0].hex() in ids
    }
    others = np.flatnonzero(np.array(tree.kind, dtype=np.int64) != Kind.SPAN).tolist()
    return found | {_name(tree, node): node for node in others}
