"""Builds the tree of a trace: spans under their parents, alike ones grouped, gaps and lost errors between.

Built once in a worker and never changed. No recursion: a chain of a hundred thousand spans is as good as a
list.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate

import numpy as np

from vedette.desktop.theme.tokens import SPAN_CATEGORIES, span_category
from vedette.desktop.trace.clocks import AS_SENT, Clocks, look_at_clocks
from vedette.desktop.trace.links import Note, Numbers, link_spans
from vedette.desktop.trace.siblings import USUAL, Shaping, Siblings, chains, look_along, runs
from vedette.desktop.trace.tree import Kind, TraceTree
from vedette.store.queries.traces import SpanRow, TraceError

_UNNAMED_OP = "default"


def build_tree(
    spans: Sequence[SpanRow],
    errors: Sequence[TraceError] = (),
    services: Mapping[int, str] | None = None,
    shaping: Shaping = USUAL,
) -> TraceTree:
    """Return *spans* and *errors* of one trace as a tree. 100,000 spans take about a third of a second."""
    links = link_spans(spans)
    clocks = look_at_clocks(spans, links) if shaping.clocks else AS_SENT
    starts = np.array([span[4] for span in spans], dtype=np.int64)
    if clocks:
        starts += clocks.along(spans)
    durations = np.array([span[5] for span in spans], dtype=np.int64)
    moments = [error.ts + clocks.of(error.project) for error in errors]
    start, end = _extent(starts, starts + durations, moments)
    begins = starts - start
    siblings = look_along(links.parent, begins, durations)
    keys: dict[tuple[str, str], int] = {}
    texts = np.array([keys.setdefault(span[2:4], len(keys)) for span in spans], dtype=np.int64)
    draft = _Draft(spans, begins, begins + durations, links.parent.copy(), siblings.self_time)
    draft.add_groups(siblings, texts, list(keys), shaping)
    if shaping.gap:
        draft.add_gaps(siblings, shaping.gap)
    draft.add_lost_errors(spans, errors, [moment - start for moment in moments])
    return _finish(
        draft, spans, errors, services or {}, start, end - start, siblings, texts, keys, links.notes,
        clocks, shaping,
    )  # fmt: skip


def _extent(begins: Numbers, ends: Numbers, errors: Sequence[int]) -> tuple[int, int]:
    if not len(begins):
        return (min(errors), max(errors)) if errors else (0, 0)
    return int(begins.min()), max(int(ends.max()), *errors) if errors else int(ends.max())


class _Draft:
    """Nodes in the making, in no order yet: the spans first, then what is added to them."""

    def __init__(
        self, spans: Sequence[SpanRow], begins: Numbers, ends: Numbers, parent: Numbers, own: Numbers
    ) -> None:
        count = len(spans)
        self.spans = count
        self.begins, self.ends, self.parent, self.own = begins, ends, parent, own
        self.is_segment = np.array([bool(span.is_segment) for span in spans], dtype=bool)
        self.kind: list[int] = []  # of the added ones, as are the following
        self.shows: list[int] = []
        self.more: list[tuple[int, int, int, int]] = []  # parent, begin, end, self time
        self.tail: dict[int, int] = {}
        self.members: dict[int, int] = {}
        self.error: dict[int, int] = {}
        self.in_run = np.zeros(count, dtype=bool)  # along the siblings' order: goes on a run

    def add(self, kind: Kind, shows: int, parent: int, begin: int, end: int, own: int = 0) -> int:
        """Add a node; return its number."""
        self.kind.append(kind)
        self.shows.append(shows)
        self.more.append((parent, begin, end, own))
        return self.spans + len(self.kind) - 1

    def add_groups(
        self, siblings: Siblings, texts: Numbers, keys: list[tuple[str, str]], shaping: Shaping
    ) -> None:
        """Put runs of alike leaves and chains of single children under nodes of their own."""
        ops: dict[str, int] = {}
        op_of_key = np.array([ops.setdefault(op, len(ops)) for op, _ in keys] or [0], dtype=np.int64)
        nameable = np.array([bool(op) and op != _UNNAMED_OP for op, _ in keys] or [False], dtype=bool)
        groupable = nameable[texts] & ~self.is_segment
        for begin, end in runs(siblings, texts, groupable, shaping.run):
            members = siblings.order[begin:end]
            first = int(members[0])
            until = int(self.ends[members].max())
            own = int(self.own[members].sum())
            group = self.add(Kind.GROUP, first, int(self.parent[first]), int(self.begins[first]), until, own)
            self.parent[members] = group
            self.members[group] = end - begin
            self.in_run[begin + 1 : end] = True
        for chain in chains(siblings, op_of_key[texts], groupable, shaping.chain):
            head = chain[0]
            own = int(self.own[chain].sum())
            until = int(self.ends[chain].max())
            number = self.add(Kind.CHAIN, head, int(self.parent[head]), int(self.begins[head]), until, own)
            self.parent[head] = number
            self.tail[number] = chain[-1]
            self.members[number] = len(chain)

    def add_gaps(self, siblings: Siblings, least: int) -> None:
        """Put a node before each child that began *least* after everything before it had ended."""
        for at in np.flatnonzero((siblings.by_idle >= least) & ~self.in_run).tolist():
            child = int(siblings.order[at])
            begin, end = int(siblings.by_covered[at]), int(siblings.by_busy_from[at])
            self.add(Kind.GAP, child, int(siblings.by_parent[at]), begin, end)

    def add_lost_errors(
        self, spans: Sequence[SpanRow], errors: Sequence[TraceError], moments: Sequence[int]
    ) -> None:
        """Give a row of its own to each error whose span is not here: under the first root, else on top."""
        if not errors:
            return
        known = {span[0] for span in spans}
        roots = np.flatnonzero(self.parent[: self.spans] == -1)
        home = int(roots[np.argmin(self.begins[roots])]) if len(roots) else -1
        for number, error in enumerate(errors):
            if error.span_id is None or error.span_id not in known:
                node = self.add(Kind.ERROR, -1, home, moments[number], moments[number])
                self.error[node] = number


def _finish(
    draft: _Draft,
    spans: Sequence[SpanRow],
    errors: Sequence[TraceError],
    services: Mapping[int, str],
    start: int,
    duration: int,
    siblings: Siblings,
    span_texts: Numbers,
    keys: dict[tuple[str, str], int],
    notes: dict[int, Note],
    clocks: Clocks,
    shaping: Shaping,
) -> TraceTree:
    more = np.array(draft.more, dtype=np.int64).reshape(-1, 4)
    parent = np.concatenate([draft.parent, more[:, 0]])
    begins = np.concatenate([draft.begins, more[:, 1]])
    ends = np.concatenate([draft.ends, more[:, 2]])
    own = np.concatenate([draft.own, more[:, 3]])
    kind = np.concatenate([np.zeros(draft.spans, dtype=np.int64), np.array(draft.kind, dtype=np.int64)])
    shows = np.concatenate([np.arange(draft.spans), np.array(draft.shows, dtype=np.int64)])
    rank = np.empty(len(parent), dtype=np.int64)
    rank[siblings.order] = np.arange(draft.spans)
    rank[draft.spans :] = np.arange(draft.spans, len(parent))
    order = _top_down(parent, begins, rank)
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    above = parent[order]
    parents = np.where(above < 0, -1, place[above]).tolist()
    depth, size = _depths_and_sizes(parents)
    kinds, shown = kind[order], shows[order]
    named = (kinds != Kind.GAP) & (kinds != Kind.ERROR)
    of_key = np.array([SPAN_CATEGORIES.index(span_category(op)[5:]) for op, _ in keys] or [0], dtype=np.uint8)
    texts = np.full(len(order), -1, dtype=np.int64)
    texts[named] = span_texts[shown[named]]
    node_of = place[: draft.spans].tolist()
    errors_of = _errors_of(spans, errors, draft.error, place.tolist())
    counts = [0] * (len(order) + 1)
    for node, numbers in errors_of.items():
        counts[node + 1] = len(numbers)
    return TraceTree(
        spans=spans,
        errors=errors,
        services=services,
        start=start,
        duration=duration,
        kind=kinds.tolist(),
        span=shown.tolist(),
        parent=parents,
        depth=depth,
        size=size,
        begins=begins[order],
        ends=ends[order],
        self_times=own[order],
        categories=np.where(named, of_key[np.maximum(0, texts)], 0).astype(np.uint8),
        texts=texts.tolist(),
        keys=list(keys),
        tails={int(place[n]): int(place[tail]) for n, tail in draft.tail.items()},
        members={int(place[n]): count for n, count in draft.members.items()},
        notes={node_of[number]: note for number, note in notes.items()},
        errors_of=errors_of,
        errors_before=list(accumulate(counts)),
        spans_before=np.concatenate([[0], np.cumsum(kinds == Kind.SPAN)]).tolist(),
        node_of=node_of,
        siblings=siblings,
        gaps=draft.kind.count(Kind.GAP),
        groups=len(draft.members),
        clocks=clocks,
        shaping=shaping,
    )


def _top_down(parent: Numbers, begins: Numbers, rank: Numbers) -> Numbers:
    """Return the nodes as they stand below each other: a parent, then each child with all of its own."""
    count = len(parent)
    backwards = np.lexsort((rank, begins, parent))[::-1]
    by_parent = parent[backwards][::-1]
    numbers = np.arange(count)
    first = np.searchsorted(by_parent, numbers, side="left")
    last = np.searchsorted(by_parent, numbers, side="right")
    # As lists: taking single numbers out of an array costs more than the walk itself.
    froms, tos = (count - last).tolist(), (count - first).tolist()
    kids = backwards.tolist()
    pending = kids[count - int(np.searchsorted(by_parent, -1, side="right")) :]
    order: list[int] = []
    place = order.append
    pop = pending.pop
    while pending:
        node = pop()
        place(node)
        begin, end = froms[node], tos[node]
        if begin < end:
            pending += kids[begin:end]
    return np.array(order, dtype=np.int64)


def _depths_and_sizes(parents: list[int]) -> tuple[list[int], list[int]]:
    depth = [0] * len(parents)
    for node, above in enumerate(parents):
        if above >= 0:
            depth[node] = depth[above] + 1
    size = [1] * len(parents)
    for node in range(len(parents) - 1, -1, -1):
        above = parents[node]
        if above >= 0:
            size[above] += size[node]
    return depth, size


def _errors_of(
    spans: Sequence[SpanRow], errors: Sequence[TraceError], lost: dict[int, int], place: list[int]
) -> dict[int, list[int]]:
    found = {place[node]: [number] for node, number in lost.items()}
    wanted = {error.span_id for error in errors if error.span_id is not None}
    where: dict[bytes, int] = {}
    for number, span in enumerate(spans):
        if span[0] in wanted:
            where.setdefault(span[0], place[number])
    for number, error in enumerate(errors):
        node = where.get(error.span_id) if error.span_id is not None else None
        if node is not None:
            found.setdefault(node, []).append(number)
    return found
