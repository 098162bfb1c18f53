"""The search language's grammar: text in, a tree of conditions as they were written out. One for all rows.

Source of the grammar: getsentry/sentry, `api/event_search.py` and `api/issue_search.py`. Beyond it ``NOT`` is
understood, and AND, OR and parentheses everywhere.
"""

import re

from vedette.store.search.errors import QueryError
from vedette.store.search.tree import And, Filter, Key, Node, Not, Or, Query, Value, Words

LONGEST = 4096
DEEPEST = 40
MOST_VALUES = 500
"""Values compared in one query; SQLite takes no expression deeper than a thousand."""
TYPES = ("string", "number", "boolean")

_KEY = re.compile(
    r"(?:tags\[(?P<tag>[^\],]{1,200})(?:,\s{0,4}(?P<type>[a-z]{1,10}))?\]"
    r"|flags\[(?P<flag>[^\]]{1,200})\]"
    r'|(?P<function>[A-Za-z_][A-Za-z0-9_]{0,60}\((?:[^()"]|"[^"]*"){0,300}\))'
    r'|(?P<plain>[A-Za-z0-9_.\-]+)|"(?P<quoted>[^"]+)"):'
)
_OPERATOR = re.compile(r">=|<=|!=|>|<|=")
_BOOLEAN = re.compile(r"(AND|OR)(?![^\s()])", re.IGNORECASE)
_NOT = re.compile(r"NOT(?![^\s(\"!])")


def parse(text: str) -> Query:
    """Return the tree of *text*; its leaves are Filter and Words. Raises QueryError with the place."""
    if len(text) > LONGEST:
        raise QueryError(f"The query is longer than {LONGEST} characters.", LONGEST, len(text) - LONGEST)
    return Query(text, _Parser(text).parse())


class _Parser:
    """Recursive descent: or → and → not → primary."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._depth = 0
        self._count = 0

    def parse(self) -> Node | None:
        self._skip_blanks()
        if self._place == len(self._text):
            return None
        node = self._any()
        if self._place < len(self._text):
            raise QueryError("A parenthesis is closed that was not opened.", self._place, 1)
        return node

    def _any(self) -> Node:
        nodes = [self._all()]
        while self._take_boolean("OR"):
            nodes.append(self._all())
        return nodes[0] if len(nodes) == 1 else Or(_flat(Or, nodes))

    def _all(self) -> Node:
        nodes = [self._negated()]
        while True:
            self._skip_blanks()
            explicit = self._take_boolean("AND")
            if not explicit and (self._ends() or self._sees_boolean()):
                break
            node = self._negated()
            if not explicit and (run := self._run(nodes[-1], node)) is not None:
                nodes[-1] = run
            else:
                nodes.append(node)
        return nodes[0] if len(nodes) == 1 else And(_flat(And, nodes))

    def _run(self, before: Node, word: Node) -> Words | None:
        """Return bare words that stand side by side as one text, None if that is not what the two are."""
        if not (isinstance(before, Words) and isinstance(word, Words)):
            return None
        first, last = before.value, word.value
        if first.quoted or last.quoted or not self._text[first.end : last.at].isspace():
            return None
        return Words(Value(f"{first.text} {last.text}", first.at, end=last.end), at=before.at)

    def _negated(self) -> Node:
        self._skip_blanks()
        negations = 0
        while True:
            if self._text.startswith("!", self._place):
                self._place += 1
            elif match := _NOT.match(self._text, self._place):
                self._place = match.end()
                self._skip_blanks()
            else:
                break
            negations += 1
        node = self._primary()
        return Not(node) if negations % 2 else node

    def _primary(self) -> Node:
        if self._ends() or self._sees_boolean():
            raise QueryError("Something to search for is missing here.", self._place)
        if self._text[self._place] == "(":
            return self._group()
        if (match := _KEY.match(self._text, self._place)) and not self._is_path(match):
            return self._filter(match)
        at = self._place
        value = self._value()
        self._counted(1, at)
        return Words(value, at=at)

    def _is_path(self, match: re.Match[str]) -> bool:
        """Whether what looks like a key begins a web address or a Windows path."""
        rest = self._text[match.end() : match.end() + 2]
        return rest == "//" or (match.end() - match.start() == 2 and rest[:1] == "\\")

    def _group(self) -> Node:
        opened = self._place
        self._depth += 1
        if self._depth > DEEPEST:
            raise QueryError(f"More than {DEEPEST} parentheses are inside each other.", opened, 1)
        self._place += 1
        node = self._any()
        self._skip_blanks()
        if not self._text.startswith(")", self._place):
            raise QueryError("This parenthesis is not closed.", opened, 1)
        self._place += 1
        self._depth -= 1
        return node

    def _filter(self, match: re.Match[str]) -> Node:
        at, start = match.start(), match.end()
        kind = match["type"]
        if kind is not None and kind not in TYPES:
            known = ", ".join(TYPES)
            raise QueryError(f"'{kind}' is no type. Types are: {known}.", match.start("type"), len(kind))
        self._place = start
        operator = ""
        if found := _OPERATOR.match(self._text, self._place):
            operator = found[0]
            self._place = found.end()
        key = _key_of(match)
        values = self._values(match[0][:-1])
        self._counted(len(values), at)
        if len(values) > 1 and operator in (">", "<", ">=", "<="):
            raise QueryError(f"A list cannot be compared with {operator}.", start, len(operator))
        compared = "=" if operator in ("", "!=") else operator
        leaf = Filter(key, compared, tuple(values), at=at, end=self._place)
        return Not(leaf) if operator == "!=" else leaf

    def _counted(self, values: int, at: int) -> None:
        self._count += values
        if self._count > MOST_VALUES:
            raise QueryError(f"A query compares at most {MOST_VALUES} values.", at)

    def _values(self, key: str) -> list[Value]:
        if self._text.startswith("[", self._place):
            return self._list(key)
        at = self._place
        if self._ends() or self._text[at].isspace():
            raise QueryError(f"Nothing follows '{key}:'. Quote text that has a colon in it.", at)
        return [self._value()]

    def _list(self, key: str) -> list[Value]:
        opened = self._place
        self._place += 1
        values = []
        while True:
            self._skip_blanks()
            if self._place >= len(self._text):
                raise QueryError("This list is not closed with ].", opened, len(self._text) - opened)
            if self._text[self._place] in ",]":
                raise QueryError(f"A value is missing in the list of '{key}'.", self._place, 1)
            values.append(self._value(stop=",]"))
            self._skip_blanks()
            separator = self._text[self._place : self._place + 1]
            self._place += 1
            if separator == "]":
                return values
            if separator and separator != ",":
                raise QueryError(
                    "Values of a list are separated by commas and end with ].", self._place - 1, 1
                )

    def _value(self, stop: str = "") -> Value:
        if self._text.startswith('"', self._place):
            return self._quoted()
        start = self._place
        nested = 0
        while self._place < len(self._text):
            character = self._text[self._place]
            if character.isspace() or character in stop:
                break
            # `pay(order)` is one word; a parenthesis that was not opened in it ends it.
            if character == "(" and self._place > start:
                nested += 1
            elif character == ")":
                if not nested:
                    break
                nested -= 1
            elif character == '"':
                raise QueryError("A quote must stand around the whole value.", self._place, 1)
            self._place += 1
        return Value(self._text[start : self._place], start, end=self._place)

    def _quoted(self) -> Value:
        start = self._place
        characters: list[str] = []
        place = start + 1
        while place < len(self._text):
            character = self._text[place]
            if character == '"':
                self._place = place + 1
                return Value("".join(characters), start, quoted=True, end=self._place)
            if character == "\\" and self._text[place + 1 : place + 2] in ('"', "\\"):
                place += 1
                character = self._text[place]
            characters.append(character)
            place += 1
        raise QueryError("This quote is not closed.", start, len(self._text) - start)

    def _skip_blanks(self) -> None:
        while self._place < len(self._text) and self._text[self._place].isspace():
            self._place += 1

    def _ends(self) -> bool:
        return self._place >= len(self._text) or self._text[self._place] == ")"

    def _sees_boolean(self) -> bool:
        return _BOOLEAN.match(self._text, self._place) is not None

    def _take_boolean(self, word: str) -> bool:
        self._skip_blanks()
        match = _BOOLEAN.match(self._text, self._place)
        if match is None or match[1].upper() != word:
            return False
        self._place = match.end()
        return True


def _key_of(match: re.Match[str]) -> Key:
    if match["tag"] is not None:
        return Key(match["tag"], is_tag=True, type=match["type"])
    if match["flag"] is not None:
        return Key(match["flag"], is_flag=True)
    if match["function"] is not None:
        return Key(match["function"], is_function=True)
    return Key(match["plain"] or match["quoted"])


def _flat(kind: "type[And | Or]", nodes: list[Node]) -> tuple[Node, ...]:
    flat: list[Node] = []
    for node in nodes:
        flat.extend(node.nodes if isinstance(node, kind) else (node,))
    return tuple(flat)
