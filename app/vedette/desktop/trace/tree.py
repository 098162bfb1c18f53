"""A trace as rows in order: spans under their parents, alike ones grouped, gaps and lost errors between them.

Built once in a worker and never changed; folding is `rows.py`'s business. Nodes are numbered as they stand
when everything is unfolded, so below node *n* lie the ``size[n] - 1`` nodes after it.
No recursion: a chain of a hundred thousand spans is as good as a list.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from vedette.desktop.theme.tokens import SPAN_CATEGORIES, span_category
from vedette.desktop.trace.links import Note, Numbers, link_spans
from vedette.desktop.trace.siblings import Siblings, chains, look_along, runs
from vedette.store.queries.traces import SpanRow, TraceError

_UNNAMED_OP = "default"
_BAD = frozenset(
    {
        "error",
        "aborted",
        "already_exists",
        "data_loss",
        "deadline_exceeded",
        "failed_precondition",
        "internal_error",
        "invalid_argument",
        "not_found",
        "out_of_range",
        "permission_denied",
        "resource_exhausted",
        "unauthenticated",
        "unavailable",
        "unimplemented",
        "unknown_error",
    }
)


class Kind(IntEnum):
    """What a node is."""

    SPAN = 0
    GROUP = 1  # alike siblings
    CHAIN = 2  # single children of one operation
    GAP = 3  # nothing was measured
    ERROR = 4  # an error whose span never arrived


@dataclass(frozen=True, slots=True)
class Node:
    """One node as a row tells it. Times are microseconds; *start* counts from the trace's beginning."""

    number: int
    kind: Kind
    op: str
    description: str
    start: int
    duration: int
    self_time: int
    status: str
    service: str
    is_segment: bool
    members: int  # of a group or chain, else 1
    below: int  # spans under it
    errors: int  # on it, or on its members
    note: Note | None

    @property
    def failed(self) -> bool:
        """Whether it has an error or says itself that it failed."""
        return self.errors > 0 or self.status in _BAD


@dataclass(frozen=True, slots=True, eq=False)
class TraceTree:
    """Everything about a trace's shape. Arrays run along the nodes unless said otherwise."""

    spans: Sequence[SpanRow]
    errors: Sequence[TraceError]
    services: Mapping[int, str]  # project id: how it is called
    start: int  # of the trace, microseconds since the epoch
    duration: int
    kind: list[int]
    span: list[int]  # into `spans`; of a group its first member, of a gap the span after it, -1 for an error
    parent: list[int]  # -1 at the top
    depth: list[int]
    size: list[int]  # with the node itself
    begins: Numbers  # from the trace's start
    ends: Numbers
    self_times: Numbers  # of groups the sum
    categories: NDArray[np.uint8]  # into SPAN_CATEGORIES
    texts: list[int]  # into `keys`; -1 for gaps and errors
    keys: list[tuple[str, str]]  # operation and description, each pair once
    tails: dict[int, int]  # of each chain its last span's node
    members: dict[int, int]  # of each group or chain, how many spans it stands for
    notes: dict[int, Note]
    errors_of: dict[int, list[int]]  # node: into `errors`
    errors_before: list[int]  # how many errors stand on nodes before this one; one longer than the nodes
    spans_before: list[int]
    node_of: list[int]  # of each span
    siblings: Siblings
    gaps: int  # how many there are
    groups: int  # with the chains

    def __len__(self) -> int:
        return len(self.kind)

    @property
    def roots(self) -> list[int]:
        """The topmost nodes, in order."""
        found, at = [], 0
        while at < len(self.kind):
            found.append(at)
            at += self.size[at]
        return found

    def has_failed(self, node: int) -> bool:
        """Return whether a span has an error or says itself that it failed; of groups only the former."""
        if node in self.errors_of:
            return True
        return self.kind[node] == Kind.SPAN and self.spans[self.span[node]].status in _BAD

    def errors_below(self, node: int) -> int:
        """Return how many errors stand on *node* and all below it."""
        return self.errors_before[node + self.size[node]] - self.errors_before[node]

    def errors_on(self, node: int) -> list[TraceError]:
        """Return the errors of a node; of a group or chain those of its members."""
        if self.kind[node] == Kind.GROUP:
            where: Iterable[int] = range(node, node + self.size[node])
        elif self.kind[node] == Kind.CHAIN:
            where = range(node, self.tails[node] + 1)
        else:
            where = (node,)
        return [self.errors[number] for at in where for number in self.errors_of.get(at, ())]

    def node(self, number: int) -> Node:
        """Return node *number* with all its row says."""
        kind = Kind(self.kind[number])
        at = self.span[number]
        begin, end = int(self.begins[number]), int(self.ends[number])
        below = self.spans_before[number + self.size[number]] - self.spans_before[number]
        if kind is Kind.ERROR:
            (error,) = (self.errors[n] for n in self.errors_of[number])
            return Node(
                number, kind, "", error.title, begin, 0, 0, "", error.project_slug, False, 1, 0, 1,
                None,
            )  # fmt: skip
        if kind is Kind.GAP:
            text = "no instrumentation"
            return Node(number, kind, "", text, begin, end - begin, end - begin, "", "", False, 1, 0, 0, None)
        span = self.spans[at]
        return Node(
            number,
            kind,
            span.op,
            span.description,
            begin,
            end - begin,
            int(self.self_times[number]),
            span.status if kind is Kind.SPAN else "",
            self.services.get(span.project, ""),
            bool(span.is_segment),
            self.members.get(number, 1),
            below - (1 if kind is Kind.SPAN else 0),
            len(self.errors_on(number)),
            self.notes.get(number),
        )

    def span_number(self, node: int) -> int | None:
        """Return which span *node* shows, None for gaps and errors."""
        return self.span[node] if self.kind[node] not in (Kind.GAP, Kind.ERROR) else None

    def busy(self, node: int) -> tuple[Numbers, Numbers]:
        """Return when children of a span ran: disjoint (from, to), in order, from the trace's start."""
        if self.kind[node] != Kind.SPAN:
            nothing = self.begins[:0]
            return nothing, nothing
        at, by = self.span[node], self.siblings
        first, last = int(by.first[at]), int(by.last[at])
        return by.by_busy_from[first:last], by.by_busy_to[first:last]

    def bars(self, node: int) -> tuple[Numbers, Numbers]:
        """Return (from, to) of what a node stands for: one bar, of a group one for each member."""
        if self.kind[node] == Kind.GROUP:
            inside = slice(node + 1, node + self.size[node])
            return self.begins[inside], self.ends[inside]
        return self.begins[node : node + 1], self.ends[node : node + 1]


def build_tree(
    spans: Sequence[SpanRow],
    errors: Sequence[TraceError] = (),
    services: Mapping[int, str] | None = None,
) -> TraceTree:
    """Return *spans* and *errors* of one trace as a tree. 100,000 spans take about a third of a second."""
    links = link_spans(spans)
    start, end = _extent(spans, errors)
    begins = np.array([span[4] for span in spans], dtype=np.int64) - start
    durations = np.array([span[5] for span in spans], dtype=np.int64)
    siblings = look_along(links.parent, begins, durations)
    keys: dict[tuple[str, str], int] = {}
    texts = np.array([keys.setdefault(span[2:4], len(keys)) for span in spans], dtype=np.int64)
    draft = _Draft(spans, begins, begins + durations, links.parent.copy(), siblings.self_time)
    draft.add_groups(siblings, texts, list(keys))
    draft.add_gaps(siblings)
    draft.add_lost_errors(spans, errors, start)
    return _finish(
        draft, spans, errors, services or {}, start, end - start, siblings, texts, keys, links.notes
    )


def _extent(spans: Sequence[SpanRow], errors: Sequence[TraceError]) -> tuple[int, int]:
    begins = [span[4] for span in spans] or [error.ts for error in errors]
    ends = [span[4] + span[5] for span in spans] + [error.ts for error in errors]
    return (min(begins), max(ends)) if begins else (0, 0)


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

    def add_groups(self, siblings: Siblings, texts: Numbers, keys: list[tuple[str, str]]) -> None:
        """Put runs of alike leaves and chains of single children under nodes of their own."""
        ops: dict[str, int] = {}
        op_of_key = np.array([ops.setdefault(op, len(ops)) for op, _ in keys] or [0], dtype=np.int64)
        nameable = np.array([bool(op) and op != _UNNAMED_OP for op, _ in keys] or [False], dtype=bool)
        groupable = nameable[texts] & ~self.is_segment
        for begin, end in runs(siblings, texts, groupable):
            members = siblings.order[begin:end]
            first = int(members[0])
            until = int(self.ends[members].max())
            own = int(self.own[members].sum())
            group = self.add(Kind.GROUP, first, int(self.parent[first]), int(self.begins[first]), until, own)
            self.parent[members] = group
            self.members[group] = end - begin
            self.in_run[begin + 1 : end] = True
        for chain in chains(siblings, op_of_key[texts], groupable):
            head = chain[0]
            own = int(self.own[chain].sum())
            until = int(self.ends[chain].max())
            number = self.add(Kind.CHAIN, head, int(self.parent[head]), int(self.begins[head]), until, own)
            self.parent[head] = number
            self.tail[number] = chain[-1]
            self.members[number] = len(chain)

    def add_gaps(self, siblings: Siblings) -> None:
        """Put a node before each child that began long after everything before it had ended."""
        for at in np.flatnonzero(siblings.by_gap & ~self.in_run).tolist():
            child = int(siblings.order[at])
            begin, end = int(siblings.by_covered[at]), int(siblings.by_busy_from[at])
            self.add(Kind.GAP, child, int(siblings.by_parent[at]), begin, end)

    def add_lost_errors(self, spans: Sequence[SpanRow], errors: Sequence[TraceError], start: int) -> None:
        """Give a row of its own to each error whose span is not here: under the first root, else on top."""
        if not errors:
            return
        known = {span[0] for span in spans}
        roots = np.flatnonzero(self.parent[: self.spans] == -1)
        home = int(roots[np.argmin(self.begins[roots])]) if len(roots) else -1
        for number, error in enumerate(errors):
            if error.span_id is None or error.span_id not in known:
                moment = error.ts - start
                node = self.add(Kind.ERROR, -1, home, moment, moment)
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
