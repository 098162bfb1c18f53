"""The keys a query may have, in sections, with what they mean; and the values known without asking."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from vedette.desktop.language import mark, tr


class Kind(StrEnum):
    """What the values of a key are."""

    CHOICE = "choice"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    TAG = "tag"

    @property
    def is_compared(self) -> bool:
        """Whether more and less mean something."""
        return self in (Kind.NUMBER, Kind.DATE)


@dataclass(frozen=True, slots=True)
class KeyFact:
    """A key; *count* is how many events carry it, None where that is not counted."""

    key: str
    section: str
    description: str
    kind: Kind
    count: int | None = None
    is_exact: bool = True  # else there are at least so many
    aliases: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    """All it can be, where the language names them."""

    def is_called(self, name: str) -> bool:
        """Return whether *name* is this key, or another name of it."""
        return name == self.key or name in self.aliases


@dataclass(frozen=True, slots=True)
class ValueFact:
    """A value of a key; *count* is how many events carry it, None where that is not known."""

    value: str
    count: int | None = None
    description: str = ""
    is_exact: bool = True  # else there are at least so many


_STATUS, _ISSUE, _EVENT = mark("Status"), mark("Issue"), mark("Event")
_ERROR, _STACK = mark("Error"), mark("Stack trace")

_KNOWN: tuple[tuple[str, str, str, Kind], ...] = (
    ("is", _STATUS, mark("status of the issue"), Kind.CHOICE),
    ("has", _STATUS, mark("a tag with any value"), Kind.CHOICE),
    ("level", _EVENT, mark("how severe it is"), Kind.CHOICE),
    ("project", _EVENT, mark("slug or number of the project"), Kind.TEXT),
    ("release", _EVENT, mark("version of the program"), Kind.TEXT),
    ("environment", _EVENT, mark("where it ran"), Kind.TEXT),
    ("user", _EVENT, mark("whom it happened to, as id:7"), Kind.TEXT),
    ("trace", _EVENT, mark("32 hexadecimal digits"), Kind.TEXT),
    ("id", _EVENT, mark("an event's id, 32 hexadecimal digits"), Kind.TEXT),
    ("message", _EVENT, mark("words in title or text"), Kind.TEXT),
    ("issue", _ISSUE, mark("short id, as DESK-12"), Kind.TEXT),
    ("title", _ISSUE, mark("words in the title"), Kind.TEXT),
    ("stack.filename", _STACK, mark("file"), Kind.TEXT),
    ("stack.function", _STACK, mark("function"), Kind.TEXT),
)

_VALUES: dict[str, tuple[tuple[str, str], ...]] = {
    "is": (
        ("unresolved", mark("open")),
        ("resolved", mark("done")),
        ("archived", mark("put away")),
        ("new", mark("first seen lately")),
        ("ongoing", mark("open for a while")),
        ("regressed", mark("came back")),
        ("escalating", mark("far more often than before")),
        ("unhandled", mark("was not caught")),
        ("starred", mark("marked with a star")),
        ("unread", mark("not looked at yet")),
    ),
    "level": tuple((level, "") for level in ("fatal", "error", "warning", "info", "debug")),
}


def known_keys() -> list[KeyFact]:
    """Return the keys of the language itself, in the user's words."""
    return [KeyFact(key, tr(section), tr(text), kind) for key, section, text, kind in _KNOWN]


def values_known(key: str) -> list[ValueFact]:
    """Return the values of *key* that the language itself names."""
    return [ValueFact(value, None, tr(text) if text else "") for value, text in _VALUES.get(key, ())]


KeyCount = tuple[str, int | None, bool]
"""A tag's key, how many events carry it (None: not counted), and whether that is all of them."""


def with_tags(counts: Iterable[KeyCount], known: Sequence[KeyFact] | None = None) -> list[KeyFact]:
    """Return all keys: those of the language (*known*) with their counts, then the tags that were sent."""
    counted = {key: (n, exact) for key, n, exact in counts}
    known = known_keys() if known is None else known
    names = {name for fact in known for name in (fact.key, *fact.aliases)}
    first = []
    for fact in known:
        n, exact = counted.get(fact.key, (None, True))
        first.append(replace(fact, count=n, is_exact=exact))
    tags = [(key, n, exact) for key, (n, exact) in counted.items() if key not in names]
    tags.sort(key=lambda tag: (-(tag[1] or 0), tag[0]))
    return [*first, *(KeyFact(key, tr("Tags"), "", Kind.TAG, n, exact) for key, n, exact in tags)]
