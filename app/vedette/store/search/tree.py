"""The search language as a tree. No SQL and no database here.

The grammar gives a tree of conditions as they were written (`Filter`, `Words`); rows of every kind are asked
with it. For issues and events `reading` makes of it what each key means there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from vedette.domain.issues import Status, Substatus
from vedette.domain.levels import Level


class Field(StrEnum):
    """Where free text is looked for."""

    ANY = "any"  # title and body
    TITLE = "title"


def _at() -> int:
    return field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Value:
    """One value as written: where, and whether it was quoted.

    In ``text`` a star stands for any run of characters, and ``\\*`` for a star.
    """

    text: str
    at: int = field(compare=False)
    quoted: bool = False
    end: int = field(default=-1, compare=False)  # just behind it; -1: as long as its text

    @property
    def length(self) -> int:
        """The characters it takes in the query."""
        return (self.end if self.end >= 0 else self.at + len(self.text)) - self.at

    @property
    def is_pattern(self) -> bool:
        """Whether a star in it stands for other characters."""
        return "*" in self.text.replace("\\*", "")

    @property
    def literal(self) -> str:
        """The text meant, of a value that is no pattern."""
        return self.text.replace("\\*", "*")


@dataclass(frozen=True, slots=True)
class And:
    nodes: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    nodes: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    node: "Node"


# -------------------------------------------------------------------- as written


@dataclass(frozen=True, slots=True)
class Key:
    """What a condition is about: a field, a function's call, or with ``type`` an attribute read as such."""

    text: str  # as written, without ``tags[…]`` and quotes
    is_tag: bool = False
    type: str | None = None
    is_function: bool = False
    is_flag: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """*key* compared with any of *values*; ``operator`` is one of = > < >= <=."""

    key: Key
    operator: str
    values: tuple[Value, ...]
    at: int = _at()
    end: int = _at()


@dataclass(frozen=True, slots=True)
class Words:
    """Text without a key: a quoted one, or words side by side."""

    value: Value
    at: int = _at()


# -------------------------------------------------------------------- as meant of issues and events


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
class TagNumber:
    """A tag whose value, read as a number, stands in relation *operator* to *bound*."""

    key: str
    operator: str
    bound: float
    at: int = _at()


@dataclass(frozen=True, slots=True)
class Has:
    """Any value of this tag."""

    key: str
    at: int = _at()


@dataclass(frozen=True, slots=True)
class Text:
    """Words in this order, side by side; a star stands for anything between them, or ends a word."""

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


@dataclass(frozen=True, slots=True)
class FieldIs:
    """A field of `search.keys`, by its name there, compared with a value; without one: whether it has any.

    Dates are kept as written, since ``-24h`` means another moment each time it is asked.
    """

    key: str
    operator: str
    value: Value | None
    at: int = _at()


@dataclass(frozen=True, slots=True)
class Everything:
    """True of every event and issue: what is asked of one desk can have but one answer."""

    at: int = _at()


Leaf = (
    Filter
    | Words
    | Term
    | Wildcard
    | TagNumber
    | Has
    | Text
    | HasStatus
    | HasSubstatus
    | HasFlag
    | HasLevel
    | InProject
    | InIssue
    | InTrace
    | HasEventId
    | FieldIs
    | Everything
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
