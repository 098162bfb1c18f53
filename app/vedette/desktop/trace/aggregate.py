"""What a stretch of a trace was spent on: by operation, by description, by service. Pure."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from vedette.desktop.trace.links import Numbers
from vedette.desktop.trace.tree import Kind, TraceTree


class By(StrEnum):
    """What spans are summed up by."""

    OP = "op"
    DESCRIPTION = "description"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Share:
    """One line: spans in the stretch, and their time within it (microseconds); parallel time adds up."""

    name: str
    spans: int
    total: int
    self_time: int
    """Without the time of children; spread evenly over each span where the stretch cuts it."""


def shares(tree: TraceTree, start: int, end: int, by: By) -> list[Share]:
    """Return what ran in [start, end], most self time first."""
    nodes = np.flatnonzero(np.array(tree.kind, dtype=np.int64) == Kind.SPAN)
    begins, ends = tree.begins[nodes], tree.ends[nodes]
    inside = (begins <= end) & (ends >= start)
    nodes, begins, ends = nodes[inside], begins[inside], ends[inside]
    within = np.minimum(ends, end) - np.maximum(begins, start)
    part = np.where(ends > begins, within / np.maximum(1, ends - begins), 1.0)
    own = tree.self_times[nodes] * part
    numbers, names = _names(tree, nodes, by)
    counts = np.bincount(numbers, minlength=len(names))
    totals = np.bincount(numbers, weights=within, minlength=len(names))
    selfs = np.bincount(numbers, weights=own, minlength=len(names))
    found = [
        Share(name, int(counts[at]), round(float(totals[at])), round(float(selfs[at])))
        for at, name in enumerate(names)
        if counts[at]
    ]
    return sorted(found, key=lambda share: (-share.self_time, -share.total, share.name))


def _names(tree: TraceTree, nodes: Numbers, by: By) -> tuple[Numbers, list[str]]:
    if by is By.SERVICE:
        texts = [tree.services.get(tree.spans[tree.span[node]].project, "") for node in nodes.tolist()]
    else:
        at = 0 if by is By.OP else 1
        texts = [tree.keys[tree.texts[node]][at] for node in nodes.tolist()]
    known: dict[str, int] = {}
    numbers = np.array([known.setdefault(text, len(known)) for text in texts], dtype=np.int64)
    return numbers, list(known)
