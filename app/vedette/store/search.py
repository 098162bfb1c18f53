"""The search language as a tree: text in, nodes out. No SQL and no database here.

Source of the grammar: getsentry/sentry, `api/event_search.py` and `api/issue_search.py`. Understood are
free text and phrases, `key:value` with quotes, lists, `*` and `!`, `has:`, `is:`, `level:` with
comparison, `project:`, `issue:`, `trace:`, `id:`, `stack.filename:`, `stack.function:`, AND, OR, NOT and
parentheses.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from vedette.domain.issues import Status, Substatus
from vedette.domain.levels import Level

LONGEST = 4096
DEEPEST = 40


class QueryError(ValueError):
    """The query cannot be understood; ``column`` is where, counted from 0 in the text given."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.column = column


class Field(StrEnum):
    """Where free text is looked for."""

    ANY = "any"  # title and body
    TITLE = "title"


def _at() -> int:
    return field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class And:
    nodes: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    nodes: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    node: "Node"


@dataclass(frozen=True, slots=True)
class Term:
    """A tag with exactly this value."""

    key: str
    value: str
    at: int = _at()


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A tag whose value fits *pattern*: ``*`` stands for any run of characters, ``\\*`` for a star."""

    key: str
    pattern: str
    at: int = _at()


@dataclass(frozen=True, slots=True)
class Has:
    """Any value of this tag."""

    key: str
    at: int = _at()


@dataclass(frozen=True, slots=True)
class Text:
    """One word; with *prefix* also what begins with it."""

    word: str
    prefix: bool = False
    where: Field = Field.ANY
    at: int = _at()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order, side by side."""

    words: str
    where: Field = Field.ANY
    at: int = _at()


@dataclass(frozen=True, slots=True)
class HasStatus:
    status: Status
    at: int = _at()


@dataclass(frozen=True, slots=True)
class HasSubstatus:
    substatus: Substatus
    at: int = _at()


class Flag(StrEnum):
    """What an issue can be beside its status."""

    UNHANDLED = "unhandled"
    STARRED = "starred"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class HasFlag:
    flag: Flag
    at: int = _at()


@dataclass(frozen=True, slots=True)
class HasLevel:
    levels: frozenset[Level]
    at: int = _at()


@dataclass(frozen=True, slots=True)
class InProject:
    """*project* is a slug or an id."""

    project: str
    at: int = _at()


@dataclass(frozen=True, slots=True)
class InIssue:
    """*short* is a short id such as DESK-12, or an issue's id."""

    short: str
    at: int = _at()


@dataclass(frozen=True, slots=True)
class InTrace:
    trace: bytes
    at: int = _at()


@dataclass(frozen=True, slots=True)
class HasEventId:
    event_id: bytes
    at: int = _at()


class Origin(StrEnum):
    """Where in the source an issue comes from, by the frame that names it."""

    FILE = "stack.filename"
    FUNCTION = "stack.function"


@dataclass(frozen=True, slots=True)
class ComesFrom:
    """Issues of one file or function; in a pattern ``*`` stands for any run of characters."""

    origin: Origin
    name: str
    is_pattern: bool = False
    at: int = _at()


@dataclass(frozen=True, slots=True)
class OtherLeaf:
    """A leaf of a language that is built on this one and has classes of its own."""


Leaf = (
    Term
    | Wildcard
    | Has
    | Text
    | Phrase
    | HasStatus
    | HasSubstatus
    | HasFlag
    | HasLevel
    | InProject
    | InIssue
    | InTrace
    | HasEventId
    | ComesFrom
    | OtherLeaf
)
Node = And | Or | Not | Leaf


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked. ``root`` is None for an empty text: everything."""

    text: str
    root: Node | None

    @property
    def parts(self) -> tuple[Node, ...]:
        """The nodes that must all hold."""
        if self.root is None:
            return ()
        return self.root.nodes if isinstance(self.root, And) else (self.root,)

    def within(self, other: "Query") -> "Query":
        """Return the query for what fits both; places in the text stay this query's own."""
        parts = self.parts + other.parts
        return Query(self.text, And(parts) if len(parts) > 1 else next(iter(parts), None))


def in_environments(names: Sequence[str]) -> Query:
    """Return the query for events of one of the environments *names*; of none: for everything."""
    terms = tuple(Term("environment", name) for name in names)
    return Query("", Or(terms) if len(terms) > 1 else next(iter(terms), None))


def parse_query(text: str) -> Query:
    """Return the tree of *text*. Raises QueryError, which says where and what to write instead."""
    if len(text) > LONGEST:
        raise QueryError(f"The query is longer than {LONGEST} characters.", LONGEST)
    return Query(text, Parser(text).parse())


_KEY = re.compile(r'(?:tags\[(?P<tag>[^\]\s]{1,200})\]|(?P<plain>[A-Za-z0-9_.\-]+)|"(?P<quoted>[^"]+)"):')
_OPERATOR = re.compile(r">=|<=|!=|>|<|=")
_BOOLEAN = re.compile(r"(AND|OR)(?![^\s()])", re.IGNORECASE)
_NOT = re.compile(r"NOT(?![^\s(\"!])")
_HEX_ID = re.compile(r"[0-9a-fA-F]{32}")


@dataclass(frozen=True, slots=True)
class Value:
    """One value as written: where, and whether it was quoted (then a star is a star)."""

    text: str
    at: int
    quoted: bool = False


class Parser:
    """Recursive descent: or → and → not → primary.

    What stands before a colon and what is made of it are a language's own: ``key`` and ``filter``, ``words``.
    """

    key = _KEY

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._depth = 0

    def parse(self) -> Node | None:
        self._skip_blanks()
        if self._place == len(self._text):
            return None
        node = self._any()
        if self._place < len(self._text):
            raise QueryError("A parenthesis is closed that was not opened.", self._place)
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
            nodes.append(self._negated())
        return nodes[0] if len(nodes) == 1 else And(_flat(And, nodes))

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
        if (match := self.key.match(self._text, self._place)) and not self._is_path(match):
            self._place = match.end()
            start = self._place
            operator = ""
            if found := _OPERATOR.match(self._text, self._place):
                operator = found[0]
                self._place = found.end()
            key = match["tag"] or match["plain"] or match["quoted"] or match[0][:-1]
            return self.filter(match, operator, self._values(key), start)
        at = self._place
        return self.words(self._value(), at)

    def _is_path(self, match: re.Match[str]) -> bool:
        """Whether what looks like a key begins a web address or a Windows path."""
        rest = self._text[match.end() : match.end() + 2]
        return rest == "//" or (match.end() - match.start() == 2 and rest[:1] == "\\")

    def _group(self) -> Node:
        opened = self._place
        self._depth += 1
        if self._depth > DEEPEST:
            raise QueryError(f"More than {DEEPEST} parentheses are inside each other.", opened)
        self._place += 1
        node = self._any()
        self._skip_blanks()
        if not self._text.startswith(")", self._place):
            raise QueryError("This parenthesis is not closed.", opened)
        self._place += 1
        self._depth -= 1
        return node

    def filter(self, match: re.Match[str], operator: str, values: list[Value], start: int) -> Node:
        """Return what the key of *match* with *values* asks for; the operator stood at *start*."""
        key = match["tag"] or match["plain"] or match["quoted"]
        make = None if match["tag"] is not None else _KNOWN.get(key.lower())
        if operator in (">", "<", ">=", "<="):
            if make is not _level:
                raise QueryError(f"'{key}' cannot be compared with {operator}. Quote the value.", start)
            return _compared_level(operator, values[0])
        nodes = [make(value) if make else _tag(key, value, match.start()) for value in values]
        node = nodes[0] if len(nodes) == 1 else Or(tuple(nodes))
        return Not(node) if operator == "!=" else node

    def words(self, value: Value, at: int) -> Node:
        """Return what a word or a phrase without a key asks for."""
        return _text(value, at)

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
                raise QueryError("This list is not closed with ].", opened)
            if self._text[self._place] in ",]":
                raise QueryError(f"A value is missing in the list of '{key}'.", self._place)
            values.append(self._value(stop=",]"))
            self._skip_blanks()
            separator = self._text[self._place : self._place + 1]
            self._place += 1
            if separator == "]":
                return values
            if separator and separator != ",":
                raise QueryError("Values of a list are separated by commas and end with ].", self._place - 1)

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
                raise QueryError("A quote must stand around the whole value.", self._place)
            self._place += 1
        return Value(self._text[start : self._place], start)

    def _quoted(self) -> Value:
        start = self._place
        characters: list[str] = []
        place = start + 1
        while place < len(self._text):
            character = self._text[place]
            if character == '"':
                self._place = place + 1
                return Value("".join(characters), start, quoted=True)
            if character == "\\" and self._text[place + 1 : place + 2] in ('"', "\\"):
                place += 1
                character = self._text[place]
            characters.append(character)
            place += 1
        raise QueryError("This quote is not closed.", start)

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


def _flat(kind: "type[And | Or]", nodes: list[Node]) -> tuple[Node, ...]:
    flat: list[Node] = []
    for node in nodes:
        flat.extend(node.nodes if isinstance(node, kind) else (node,))
    return tuple(flat)


def _has_letters(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _text(value: Value, at: int, where: Field = Field.ANY) -> Node:
    if not _has_letters(value.text):
        raise QueryError(f"There is no letter or digit to search for in '{value.text}'.", at)
    if value.quoted:
        return Phrase(value.text, where, at=at)
    word = value.text.rstrip("*")
    if "*" in word:
        raise QueryError("In text a star can only stand at the end of a word.", value.at + word.index("*"))
    return Text(word, prefix=len(word) < len(value.text), where=where, at=at)


def _tag(key: str, value: Value, at: int) -> Node:
    if not value.text:
        return Not(Has(key, at=at))
    if value.quoted or "*" not in value.text:
        return Term(key, value.text, at=at)
    if not value.text.strip("*"):
        return Has(key, at=at)
    if "*" not in value.text.replace("\\*", ""):
        return Term(key, value.text.replace("\\*", "*"), at=at)
    return Wildcard(key, value.text, at=at)


_STATUSES = {
    "unresolved": Status.UNRESOLVED,
    "resolved": Status.RESOLVED,
    "ignored": Status.IGNORED,
    "archived": Status.IGNORED,
    "muted": Status.IGNORED,
}
_FLAGS = {"starred": Flag.STARRED, "bookmarked": Flag.STARRED} | {flag.value: flag for flag in Flag}
_SUBSTATUSES = {substatus.value: substatus for substatus in Substatus}


def _is(value: Value) -> Node:
    word = value.text.lower()
    if word in _STATUSES:
        return HasStatus(_STATUSES[word], at=value.at)
    if word in _SUBSTATUSES:
        return HasSubstatus(_SUBSTATUSES[word], at=value.at)
    if word in _FLAGS:
        return HasFlag(_FLAGS[word], at=value.at)
    known = ", ".join([*_STATUSES, *_SUBSTATUSES, *_FLAGS])
    raise QueryError(f"'is:{value.text}' is unknown. It can be: {known}.", value.at)


def _level_of(value: Value) -> Level:
    try:
        return Level("fatal" if value.text.lower() == "critical" else value.text.lower())
    except ValueError:
        known = ", ".join(Level)
        raise QueryError(f"'{value.text}' is no level. Levels are: {known}.", value.at) from None


def _level(value: Value) -> Node:
    return HasLevel(frozenset({_level_of(value)}), at=value.at)


_COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    ">": int.__gt__,
    ">=": int.__ge__,
    "<": int.__lt__,
    "<=": int.__le__,
}


def _compared_level(operator: str, value: Value) -> Node:
    bound = _level_of(value).number
    fits = _COMPARISONS[operator]
    return HasLevel(frozenset(level for level in Level if fits(level.number, bound)), at=value.at)


def _id(value: Value, what: str) -> bytes:
    text = value.text.replace("-", "")
    if not _HEX_ID.fullmatch(text):
        raise QueryError(f"{what} has 32 hexadecimal digits.", value.at)
    return bytes.fromhex(text)


def _named(value: Value, what: str) -> str:
    if not value.text or "*" in value.text:
        raise QueryError(f"Name {what} in full.", value.at)
    return value.text


def _comes_from(origin: Origin) -> Callable[[Value], Node]:
    def read(value: Value) -> Node:
        if not value.text:
            raise QueryError(f"Name what '{origin}:' should be.", value.at)
        return ComesFrom(origin, value.text, not value.quoted and "*" in value.text, at=value.at)

    return read


_KNOWN: dict[str, Callable[[Value], Node]] = {
    "is": _is,
    "has": lambda value: Has(_named(value, "the tag"), at=value.at),
    "level": _level,
    "project": lambda value: InProject(_named(value, "the project"), at=value.at),
    "project.name": lambda value: InProject(_named(value, "the project"), at=value.at),
    "issue": lambda value: InIssue(_named(value, "the issue"), at=value.at),
    "trace": lambda value: InTrace(_id(value, "A trace id"), at=value.at),
    "id": lambda value: HasEventId(_id(value, "An event id"), at=value.at),
    "event.id": lambda value: HasEventId(_id(value, "An event id"), at=value.at),
    "message": lambda value: _text(value, value.at),
    "title": lambda value: _text(value, value.at, Field.TITLE),
} | {origin.value: _comes_from(origin) for origin in Origin}
