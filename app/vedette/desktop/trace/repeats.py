"""Whether a group of alike spans is a query asked again and again where one would do. Pure."""

from dataclasses import dataclass

from vedette.desktop.trace.tree import Kind, TraceTree

LEAST = 5
_OPS = ("db", "sql")
_APART = 0.9


@dataclass(frozen=True, slots=True)
class Repeat:
    """Alike queries one after another: how many, how long together (microseconds), and their share."""

    spans: int
    total: int
    share: float
    """Of the segment they ran in, 0 to 1."""


def repeat_of(tree: TraceTree, node: int) -> Repeat | None:
    """Return the repeat a group is, None for anything else: other work, few spans, or side by side."""
    if tree.kind[node] != Kind.GROUP or tree.members[node] < LEAST:
        return None
    op = tree.keys[tree.texts[node]][0].split(".", 1)[0].lower()
    if op not in _OPS:
        return None
    begins, ends = tree.bars(node)
    total = int((ends - begins).sum())
    # Queries that ran beside each other were sent together, which is no mistake.
    if total and int(ends.max() - begins.min()) < total * _APART:
        return None
    whole = _segment_length(tree, node)
    return Repeat(tree.members[node], total, min(1.0, total / whole) if whole else 0.0)


def _segment_length(tree: TraceTree, node: int) -> int:
    at = tree.parent[node]
    last = at
    while at >= 0:
        last = at
        if tree.kind[at] == Kind.SPAN and tree.spans[tree.span[at]].is_segment:
            break
        at = tree.parent[at]
    return int(tree.ends[last] - tree.begins[last]) if last >= 0 else tree.duration
