"""The search language for rows: any field compared with any value, functions compared with numbers.

The tree is that of `store.search`; what a key means and which values it takes is the data set's business, so
a leaf keeps what was written. Source: getsentry/sentry `api/event_search.py`.
"""

import re
from dataclasses import dataclass, field

from typing_extensions import override

from vedette.store.search import LONGEST, Node, Not, OtherLeaf, Parser, Query, QueryError, Value

TYPES = ("string", "number", "boolean")
MOST_VALUES = 500
"""Values compared in one query; SQLite takes no expression deeper than a thousand."""


@dataclass(frozen=True, slots=True)
class Key:
    """What a condition is about: a field, a function's call, or with ``type`` an attribute read as such."""

    text: str  # as written, without ``tags[…]`` and quotes
    is_tag: bool = False
    type: str | None = None
    is_function: bool = False


@dataclass(frozen=True, slots=True)
class Filter(OtherLeaf):
    """*key* compared with any of *values*; ``operator`` is one of = > < >= <=."""

    key: Key
    operator: str
    values: tuple[Value, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Words(OtherLeaf):
    """Text without a key."""

    value: Value
    at: int = field(default=0, compare=False)


def parse_question(text: str) -> Query:
    """Return the tree of *text*; its leaves are Filter and Words. Raises QueryError with the place."""
    if len(text) > LONGEST:
        raise QueryError(f"The query is longer than {LONGEST} characters.", LONGEST)
    return Query(text, _Parser(text).parse())


_KEY = re.compile(
    r"(?:tags\[(?P<tag>[^\],]{1,200})(?:,\s{0,4}(?P<type>[a-z]{1,10}))?\]"
    r'|(?P<function>[A-Za-z_][A-Za-z0-9_]{0,60}\((?:[^()"]|"[^"]*"){0,300}\))'
    r'|(?P<plain>[A-Za-z0-9_.\-]+)|"(?P<quoted>[^"]+)"):'
)


class _Parser(Parser):
    key = _KEY

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._count = 0

    def _counted(self, values: int, at: int) -> None:
        self._count += values
        if self._count > MOST_VALUES:
            raise QueryError(f"A query compares at most {MOST_VALUES} values.", at)

    @override
    def filter(self, match: re.Match[str], operator: str, values: list[Value], start: int) -> Node:
        self._counted(len(values), match.start())
        kind = match["type"]
        if kind is not None and kind not in TYPES:
            raise QueryError(f"'{kind}' is no type. Types are: {', '.join(TYPES)}.", match.start("type"))
        name = match["tag"] or match["function"] or match["plain"] or match["quoted"]
        key = Key(name, match["tag"] is not None, kind, match["function"] is not None)
        if len(values) > 1 and operator in (">", "<", ">=", "<="):
            raise QueryError(f"A list cannot be compared with {operator}.", start)
        leaf = Filter(key, "=" if operator in ("", "!=") else operator, tuple(values), at=match.start())
        return Not(leaf) if operator == "!=" else leaf

    @override
    def words(self, value: Value, at: int) -> Node:
        self._counted(1, at)
        return Words(value, at=at)
