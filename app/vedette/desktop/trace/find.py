"""Finding spans in a trace: by words of operation and description, by id, or by a named part. Pure."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np

from vedette.desktop.trace.rows import Mask
from vedette.desktop.trace.tree import Kind, TraceTree
from vedette.desktop.widgets.query_terms import Term, split_terms

_LEAST_ID = 6
_LENGTH = re.compile(r"^(>=?|<=?)?(\d+(?:\.\d+)?)(us|µs|ms|s|m|min)?$")
_MICROS = {"us": 1, "µs": 1, "ms": 1_000, "s": 1_000_000, "m": 60_000_000, "min": 60_000_000}
_OWN = frozenset({"op", "status", "service", "duration", "self", "is", "id"})
"""Names the trace itself answers; any other is an attribute's, which only the payloads know."""


@dataclass(frozen=True, slots=True)
class Matches:
    """The nodes found, in row order."""

    text: str
    nodes: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.nodes)

    def holds(self, node: int) -> bool:
        """Return whether *node* itself was found."""
        at = bisect_left(self.nodes, node)
        return at < len(self.nodes) and self.nodes[at] == node

    def below(self, tree: TraceTree, node: int) -> int:
        """Return how many matches lie under *node*, itself not counted: what a folded row hides."""
        return bisect_left(self.nodes, node + tree.size[node]) - bisect_right(self.nodes, node)

    def number(self, node: int) -> int:
        """Return which match *node* is, from 1; 0 for none."""
        return bisect_left(self.nodes, node) + 1 if self.holds(node) else 0

    def after(self, node: int) -> int | None:
        """Return the next match below *node*, from the top again past the last; None without matches."""
        if not self.nodes:
            return None
        at = bisect_right(self.nodes, node)
        return self.nodes[at] if at < len(self.nodes) else self.nodes[0]

    def before(self, node: int) -> int | None:
        """Return the match above *node*, from the bottom again past the first; None without matches."""
        if not self.nodes:
            return None
        return self.nodes[bisect_left(self.nodes, node) - 1]

    def with_ancestors(self, tree: TraceTree) -> Mask:
        """Return which nodes a filter keeps: those found, and all above them."""
        kept = np.zeros(len(tree), dtype=bool)
        for node in self.nodes:
            at = node
            while at >= 0 and not kept[at]:
                kept[at] = True
                at = tree.parent[at]
        return kept


NO_MATCHES = Matches("", ())
Test = Callable[[int], bool]
Bearers = Callable[[str, str], Collection[int]]
"""Which spans, as numbers into the tree's, bear an attribute: its name, and what its value must hold."""


def asked_attributes(text: str) -> bool:
    """Return whether *text* asks for an attribute, so that the payloads must be read."""
    return any(_is_attribute(term) for term in split_terms(text))


def find_spans(tree: TraceTree, text: str, bearers: Bearers | None = None) -> Matches:
    """Return the spans that fit every term of *text*, whatever their case; ``!`` before one turns it round.

    A word fits an operation, a description, an error's title or the beginning of a span id. ``op:``,
    ``status:``, ``service:`` and ``id:`` look only there, ``duration:>10ms`` and ``self:>5ms`` compare,
    ``is:`` knows error, segment and orphan. Other names are attributes, looked up by *bearers*.
    100,000 spans take some 40 ms.
    """
    terms = split_terms(text)
    if not terms:
        return NO_MATCHES
    found: list[int] | None = None
    for term in terms:
        found = _narrowed(tree, term, found, bearers)
    return Matches(text, tuple(found or ()))


def _narrowed(tree: TraceTree, term: Term, among: list[int] | None, bearers: Bearers | None) -> list[int]:
    kinds = tree.kind
    span, error = int(Kind.SPAN), int(Kind.ERROR)
    candidates: Sequence[int] = (
        [node for node, kind in enumerate(kinds) if kind in (span, error)] if among is None else among
    )
    fits = _test(tree, term, bearers)
    if term.key.startswith("!"):
        return [node for node in candidates if not fits(node)]
    return [node for node in candidates if fits(node)]


def _name_of(term: Term) -> str:
    return term.key.removeprefix("!").removesuffix(":")


def _unquoted(text: str) -> str:
    if len(text) > 1 and text.startswith('"') and text.endswith('"'):
        text = text[1:-1].replace('\\"', '"')
    return text.lower()


def _is_attribute(term: Term) -> bool:
    name = _name_of(term)
    return bool(name) and name not in _OWN and not term.value.startswith("//")


def _test(tree: TraceTree, term: Term, bearers: Bearers | None) -> Test:
    name, value = _name_of(term), _unquoted(term.value)
    if not name or term.value.startswith("//"):
        return _by_words(tree, _unquoted(str(term)))
    special = {
        "op": _by_op,
        "status": _by_status,
        "service": _by_service,
        "id": _by_id,
        "is": _by_state,
        "duration": _by_length,
        "self": _by_own_time,
    }.get(name)
    if special is not None:
        return special(tree, value)
    if bearers is None:
        return lambda _: False
    bearing = {tree.node_of[number] for number in bearers(name, value)}
    return lambda node: node in bearing


def _by_op(tree: TraceTree, value: str) -> Test:
    fitting = {number for number, (op, _) in enumerate(tree.keys) if op.lower().startswith(value)}
    texts = tree.texts
    return lambda node: texts[node] in fitting


def _by_status(tree: TraceTree, value: str) -> Test:
    return lambda node: tree.kind[node] == Kind.SPAN and tree.spans[tree.span[node]].status.lower() == value


def _by_service(tree: TraceTree, value: str) -> Test:
    fitting = {number for number, slug in tree.services.items() if value in slug.lower()}
    return lambda node: tree.kind[node] == Kind.SPAN and tree.spans[tree.span[node]].project in fitting


def _by_id(tree: TraceTree, value: str) -> Test:
    called = {
        tree.node_of[number] for number, row in enumerate(tree.spans) if row.span_id.hex().startswith(value)
    }
    return lambda node: node in called


def _by_state(tree: TraceTree, value: str) -> Test:
    if value in ("error", "failed"):
        return tree.has_failed
    if value == "orphan":
        return lambda node: node in tree.notes
    if value == "segment":
        return lambda node: tree.kind[node] == Kind.SPAN and bool(tree.spans[tree.span[node]].is_segment)
    return lambda _: False


def _by_length(tree: TraceTree, value: str) -> Test:
    durations = (tree.ends - tree.begins).tolist()
    return _comparing(durations, value)


def _by_own_time(tree: TraceTree, value: str) -> Test:
    return _comparing(tree.self_times.tolist(), value)


def _comparing(lengths: list[int], value: str) -> Test:
    fits = _LENGTH.match(value)
    if fits is None:
        return lambda _: False
    limit = float(fits[2]) * _MICROS[fits[3] or "ms"]
    if (fits[1] or ">").startswith("<"):
        return lambda node: lengths[node] <= limit
    return lambda node: lengths[node] >= limit


def _by_words(tree: TraceTree, word: str) -> Test:
    fitting = {n for n, (op, text) in enumerate(tree.keys) if word in op.lower() or word in text.lower()}
    titled = {
        node
        for node, numbers in tree.errors_of.items()
        if any(word in tree.errors[number].title.lower() for number in numbers)
    }
    texts = tree.texts
    if len(word) < _LEAST_ID or not all(character in "0123456789abcdef" for character in word):
        return lambda node: texts[node] in fitting or node in titled
    called = _by_id(tree, word)
    return lambda node: texts[node] in fitting or node in titled or called(node)
