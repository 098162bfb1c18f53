"""Finding spans in a trace: by words of operation and description, by id, or by a named part. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from vedette.desktop.trace.tree import Kind, TraceTree

_LEAST_ID = 6


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


NO_MATCHES = Matches("", ())
Test = Callable[[int], bool]


def find_spans(tree: TraceTree, text: str) -> Matches:
    """Return the spans that fit every word of *text*, whatever their case.

    A word fits an operation, a description or the beginning of a span id; ``op:``, ``status:`` and
    ``service:`` look only there, ``is:error`` finds what failed. 100,000 spans take some 40 ms.
    """
    words = text.lower().split()
    if not words:
        return NO_MATCHES
    found: list[int] | None = None
    for word in words:
        found = _narrowed(tree, word, found)
    return Matches(text, tuple(found or ()))


def _narrowed(tree: TraceTree, word: str, among: list[int] | None) -> list[int]:
    kinds = tree.kind
    span, error = int(Kind.SPAN), int(Kind.ERROR)
    candidates = (
        [node for node, kind in enumerate(kinds) if kind in (span, error)] if among is None else among
    )
    test = _test(tree, word)
    return [node for node in candidates if test(node)]


def _test(tree: TraceTree, word: str) -> Test:
    name, _, value = word.partition(":")
    if name == "op" and value:
        return _by_text(tree, {n for n, (op, _) in enumerate(tree.keys) if op.lower().startswith(value)})
    if name == "status" and value:
        return lambda node: tree.kind[node] == Kind.SPAN and tree.spans[tree.span[node]].status == value
    if name == "service" and value:
        fitting = {number for number, slug in tree.services.items() if value in slug.lower()}
        return lambda node: tree.kind[node] == Kind.SPAN and tree.spans[tree.span[node]].project in fitting
    if word == "is:error":
        return tree.has_failed
    return _by_words(tree, word)


def _by_text(tree: TraceTree, fitting: set[int]) -> Test:
    texts = tree.texts
    return lambda node: texts[node] in fitting


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
    called = {
        tree.node_of[number] for number, row in enumerate(tree.spans) if row.span_id.hex().startswith(word)
    }
    return lambda node: texts[node] in fitting or node in titled or node in called
