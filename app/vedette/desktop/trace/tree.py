"""A trace as rows in order: spans under their parents, alike ones grouped, gaps and lost errors between them.

Built by `build.py` and never changed; folding is `rows.py`'s business. Nodes are numbered as they stand when
everything is unfolded, so below node *n* lie the ``size[n] - 1`` nodes after it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from vedette.desktop.trace.clocks import AS_SENT, Clocks
from vedette.desktop.trace.links import Note, Numbers
from vedette.desktop.trace.siblings import USUAL, Shaping, Siblings
from vedette.store.queries.traces import SpanRow, TraceError

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
    clocks: Clocks = AS_SENT
    shaping: Shaping = USUAL

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

    def moment_of(self, error: TraceError) -> int:
        """Return when an error happened, from the trace's start, by the clocks as the tree has them."""
        return error.ts + self.clocks.of(error.project) - self.start

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
            return Node(number, kind, "", "", begin, end - begin, end - begin, "", "", False, 1, 0, 0, None)
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
