"""Which spans the trace's end had to wait for. Pure.

Source: the walk Jaeger describes: from the end backwards, always into the child that finished last.
"""

import numpy as np

from vedette.desktop.trace.tree import Kind, TraceTree

Path = dict[int, list[tuple[int, int]]]
"""For each span's node on the path the stretches (from, to) that are its own, from the trace's start."""


def critical_path(tree: TraceTree) -> Path:
    """Return the critical path of the root that lasted longest; {} without spans."""
    tops = [node for node in tree.roots if tree.kind[node] in (Kind.SPAN, Kind.CHAIN, Kind.GROUP)]
    roots = np.array([tree.node_of[tree.span[node]] for node in tops], dtype=np.int64)
    if not len(roots):
        return {}
    root = int(roots[np.argmax(tree.ends[roots] - tree.begins[roots])])
    path: Path = {}
    # What is left to do: a node, and until when it may still count.
    pending: list[tuple[int, int]] = [(root, int(tree.ends[root]))]
    while pending:
        node, until = pending.pop()
        begin, end = int(tree.begins[node]), int(tree.ends[node])
        until = min(until, end)
        for child, begins, ends in _backwards(tree, node):
            ended, began = min(ends, end), max(begins, begin)
            if ended > until or ended <= began:
                continue  # it ran beside the one that was waited for
            if ended < until:
                path.setdefault(node, []).append((ended, until))
            pending.append((child, ended))
            until = began
        if begin < until or node == root:
            path.setdefault(node, []).append((begin, until))
    for stretches in path.values():
        stretches.sort()
    return path


def _backwards(tree: TraceTree, node: int) -> list[tuple[int, int, int]]:
    """Return a span's children as (node, begin, end), the one that finished last first."""
    at, by = tree.span[node], tree.siblings
    children = by.order[by.first[at] : by.last[at]]
    if not len(children):
        return []
    nodes = np.array([tree.node_of[number] for number in children.tolist()], dtype=np.int64)
    by_end = nodes[np.argsort(-tree.ends[nodes], kind="stable")]
    return list(zip(by_end.tolist(), tree.begins[by_end].tolist(), tree.ends[by_end].tolist(), strict=True))
