"""What a painter is told about one row of a waterfall."""

from dataclasses import dataclass

from vedette.desktop.trace.tree import Node


@dataclass(frozen=True, slots=True)
class Row:
    """All that is to be known for drawing one row."""

    node: Node
    depth: int
    top: int
    fold: str  # open, closed, "" for a leaf
    selected: bool
    hovered: bool
    match: bool
    hidden_matches: int
    hidden_errors: int
    path: tuple[tuple[int, int], ...]  # the critical path on it
    dimmed: bool = False  # beside what was found
    repeats: bool = False  # one query where many were sent
