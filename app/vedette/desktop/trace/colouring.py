"""What a bar's colour says: the kind of work, the service, or where the trace's time went. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from vedette.desktop.language import mark, tr
from vedette.desktop.theme.tokens import SPAN_CATEGORIES
from vedette.desktop.trace.links import Numbers
from vedette.desktop.trace.tree import Kind, TraceTree


class Colouring(StrEnum):
    """What bars are coloured by."""

    CATEGORY = "category"
    SERVICE = "service"
    SELF_TIME = "self"


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour token, and the number of the pattern over it; 0 is none."""

    token: str
    pattern: int = 0


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One colour and what it stands for."""

    ink: Ink
    title: str
    spans: int


CATEGORY_TITLES: Mapping[str, str] = {
    "http": mark("HTTP"),
    "db": mark("Database"),
    "cache": mark("Cache"),
    "queue": mark("Queue"),
    "rpc": mark("RPC"),
    "ui": mark("Browser and UI"),
    "function": mark("Code"),
    "file": mark("Files and processes"),
    "ai": mark("AI"),
    "other": mark("Other"),
}
_HEAT = (
    (0.0, Ink("span.other"), mark("under 1 % of the trace")),
    (0.01, Ink("diff.less.2", 1), mark("from 1 %")),
    (0.05, Ink("diff.more.2", 2), mark("from 5 %")),
    (0.20, Ink("diff.more.3", 3), mark("from 20 %")),
)


class Inks:
    """The ink of every node under one colouring."""

    def __init__(self, tree: TraceTree, colouring: Colouring = Colouring.CATEGORY) -> None:
        self.colouring = colouring
        self._tree = tree
        self._table: tuple[Ink, ...]
        if colouring is Colouring.SERVICE:
            self._table, self._titles, self._of = _by_service(tree)
        elif colouring is Colouring.SELF_TIME:
            self._table, self._titles, self._of = _by_self_time(tree)
        else:
            self._table = tuple(Ink(f"span.{name}", at) for at, name in enumerate(SPAN_CATEGORIES))
            self._titles = [tr(CATEGORY_TITLES[name]) for name in SPAN_CATEGORIES]
            self._of = tree.categories.astype(np.int64)

    def of(self, node: int) -> Ink:
        """Return the ink of *node*."""
        return self._table[int(self._of[node])]

    def legend(self) -> list[LegendEntry]:
        """Return the colours that occur, in a steady order, with how many spans have each."""
        kinds = np.array(self._tree.kind, dtype=np.int64)
        counts = Counter(self._of[kinds == Kind.SPAN].tolist())
        return [
            LegendEntry(ink, title, counts[at])
            for at, (ink, title) in enumerate(zip(self._table, self._titles, strict=True))
            if counts[at]
        ]


def _by_service(tree: TraceTree) -> tuple[tuple[Ink, ...], list[str], Numbers]:
    numbers: dict[int, int] = {}
    of_span = [numbers.setdefault(span[9], len(numbers)) for span in tree.spans]
    shown = np.array(tree.span, dtype=np.int64)
    table = np.array([*of_span, 0], dtype=np.int64)
    wheel = len(SPAN_CATEGORIES)
    inks = tuple(
        Ink(f"span.{SPAN_CATEGORIES[at % wheel]}", (at // wheel + at) % wheel if at >= wheel else at)
        for at in range(max(1, len(numbers)))
    )
    titles = [tree.services.get(project, "") or str(project) for project in numbers] or [""]
    return inks, titles, table[shown]  # -1, an error of no span, meets the 0 at the end


def _by_self_time(tree: TraceTree) -> tuple[tuple[Ink, ...], list[str], Numbers]:
    shares = tree.self_times / max(1, tree.duration)
    limits = np.array([limit for limit, _, _ in _HEAT])
    of = np.searchsorted(limits, shares, side="right") - 1
    return tuple(ink for _, ink, _ in _HEAT), [tr(title) for _, _, title in _HEAT], of
