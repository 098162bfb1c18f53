"""What a query means of issues and events: conditions as written become what `search.keys` says of them."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from vedette.domain.issues import Status, Substatus
from vedette.domain.levels import Level
from vedette.domain.times import now
from vedette.store.search.errors import QueryError
from vedette.store.search.grammar import parse
from vedette.store.search.keys import CATEGORIES, FLAG, STATES, SearchKey, Source, find_key
from vedette.store.search.tree import (
    And,
    Everything,
    Field,
    FieldIs,
    Filter,
    Flag,
    Has,
    HasEventId,
    HasFlag,
    HasLevel,
    HasStatus,
    HasSubstatus,
    InIssue,
    InProject,
    InTrace,
    Node,
    Not,
    Or,
    Query,
    TagNumber,
    Term,
    Text,
    Value,
    Wildcard,
    Words,
)
from vedette.store.search.values import Kind, read_boolean, read_dates, read_number

_HEX = frozenset("0123456789abcdefABCDEF")


def parse_query(text: str) -> Query:
    """Return what *text* asks of issues and events. Raises QueryError: what is wrong, where, how long."""
    return meant(parse(text))


def meant(query: Query) -> Query:
    """Return *query*, as it was written, in what it means of issues and events. Raises QueryError."""
    return query if query.root is None else Query(query.text, _read(query.root))


def _read(node: Node) -> Node:
    match node:
        case And(nodes):
            return And(tuple(_read(inner) for inner in nodes))
        case Or(nodes):
            return Or(tuple(_read(inner) for inner in nodes))
        case Not(inner):
            return Not(_read(inner))
        case Filter():
            return read_filter(node)
        case Words(value=value):
            return _text(value)
        case _:
            return node


def read_filter(asked: Filter) -> Node:
    """Return what one condition means of issues and events. Raises QueryError."""
    key = asked.key
    if key.is_function:
        raise QueryError(
            f"'{key.text}' measures many events: it can be compared where events are explored.",
            asked.at,
            len(key.text),
        )
    nodes = [_one(asked, value) for value in asked.values]
    return nodes[0] if len(nodes) == 1 else Or(tuple(nodes))


def _one(asked: Filter, value: Value) -> Node:
    key = asked.key
    if key.is_tag:
        return _typed_tag(asked, value) if key.type == "number" else _tag(key.text, asked, value)
    name = f"{FLAG}{key.text}]" if key.is_flag else key.text
    known = find_key(name)
    if known is None:
        return _tag(name, asked, value)
    special = _SPECIAL.get(known.name)
    if special is not None:
        return special(known, asked.operator, value)
    return _field(known, asked, value)


def _typed_tag(asked: Filter, value: Value) -> Node:
    if not value.text:
        return Not(Has(asked.key.text, at=asked.at))
    return TagNumber(asked.key.text, asked.operator, read_number(value, Kind.NUMBER), at=asked.at)


def _tag(key: str, asked: Filter, value: Value) -> Node:
    if asked.operator != "=":
        raise _no_order(key, asked.operator, value, f" Numbers are compared as tags[{key},number].")
    if not value.text:
        return Not(Has(key, at=asked.at))
    if not value.is_pattern:
        return Term(key, value.literal, at=asked.at)
    if not value.text.strip("*"):
        return Has(key, at=asked.at)
    return Wildcard(key, value.text, at=asked.at)


def _no_order(key: str, operator: str, value: Value, more: str = "") -> QueryError:
    at = value.at - len(operator)
    return QueryError(
        f"'{key}' cannot be compared with {operator}. Quote the value.{more}", at, len(operator)
    )


def _field(known: SearchKey, asked: Filter, value: Value) -> Node:
    """Return the condition on a field that has nothing of its own to it but its type."""
    operator = asked.operator
    if not value.text:
        return Not(_any(known, asked.at))
    if not value.text.strip("*"):
        _only_equal(known, operator, value)
        return _any(known, asked.at)
    match known.kind:
        case Kind.BOOLEAN:
            _only_equal(known, operator, value)
            read_boolean(value)
        case Kind.DATE:
            read_dates(operator, value, now())
        case kind if kind.is_numeric:
            if not (value.is_pattern and operator == "="):
                read_number(value, kind)
        case _:
            if known.name == "release" and value.text.lower() == "latest" and operator == "=":
                return FieldIs(known.name, operator, value, at=asked.at)
            if known.source is Source.TAG:
                return _tag(known.tag, asked, value)
            if known.name not in _ORDERED:
                _only_equal(known, operator, value)
    return FieldIs(known.name, operator, value, at=asked.at)


_ORDERED = ("release.version", "release.build")


def _only_equal(known: SearchKey, operator: str, value: Value) -> None:
    if operator != "=":
        raise _no_order(known.name, operator, value)


def _any(known: SearchKey, at: int) -> Node:
    """Return the condition that a field has any value."""
    if known.source is Source.TAG:
        return Has(known.tag, at=at)
    return FieldIs(known.name, "=", None, at=at)


# -------------------------------------------------------------------- words


def _text(value: Value, where: Field = Field.ANY) -> Node:
    if not any(character.isalnum() for character in value.text):
        raise QueryError(
            f"There is no letter or digit to search for in '{value.text}'.", value.at, value.length
        )
    return Text(value.text, where, at=value.at)


def _in_text(where: Field) -> "Callable[[SearchKey, str, Value], Node]":
    def read(known: SearchKey, operator: str, value: Value) -> Node:
        _only_equal(known, operator, value)
        if not value.text or not value.text.strip("*"):
            # Every event has a title, so it is empty nowhere.
            return Everything(at=value.at) if value.text else Not(Everything(at=value.at))
        return _text(value, where)

    return read


# -------------------------------------------------------------------- keys that are more than a value


def _has(known: SearchKey, operator: str, value: Value) -> Node:
    _only_equal(known, operator, value)
    name = _named(value, "the key")
    if name.startswith("tags[") and name.endswith("]"):
        return Has(name[5:-1], at=value.at)
    found = find_key(name)
    if found is None:
        return Has(name, at=value.at)
    if found.name in _ALWAYS:
        return Everything(at=value.at)
    if found.name == "trace":
        return FieldIs("trace", "=", None, at=value.at)
    return _any(found, value.at)


_ALWAYS = ("is", "has", "message", "title", "level", "project", "issue", "id")

_STATUSES = {
    "unresolved": Status.UNRESOLVED,
    "resolved": Status.RESOLVED,
    "ignored": Status.IGNORED,
    "archived": Status.IGNORED,
    "muted": Status.IGNORED,
}
_FLAGS = {"bookmarked": Flag.STARRED} | {flag.value: flag for flag in Flag}
_SUBSTATUSES = {substatus.value: substatus for substatus in Substatus}


def _is(known: SearchKey, operator: str, value: Value) -> Node:
    _only_equal(known, operator, value)
    word = value.text.lower()
    if word in _STATUSES:
        return HasStatus(_STATUSES[word], at=value.at)
    if word in _SUBSTATUSES:
        return HasSubstatus(_SUBSTATUSES[word], at=value.at)
    if word in _FLAGS:
        return HasFlag(_FLAGS[word], at=value.at)
    # One desk has nobody to assign to, and issues are linked with no tracker.
    everything = Everything(at=value.at)
    match word:
        case "for_review":
            return And((HasStatus(Status.UNRESOLVED, at=value.at), HasFlag(Flag.UNREAD, at=value.at)))
        case "unassigned" | "unlinked":
            return everything
        case "assigned" | "linked":
            return Not(everything)
    raise _unknown(value, f"'is:{value.text}' is unknown.", STATES)


def _unknown(value: Value, sentence: str, known: tuple[str, ...]) -> QueryError:
    return QueryError(f"{sentence} It can be: {', '.join(known)}.", value.at, value.length)


def _assigned(known: SearchKey, operator: str, value: Value) -> Node:
    _only_equal(known, operator, value)
    match value.text.lower():
        case "none" | "":
            return Everything(at=value.at)
        case "me" | "my_teams":
            return Not(Everything(at=value.at))
    raise QueryError(
        "On one desk nobody is assigned: it can be 'none', which is true of all issues, or 'me'.",
        value.at,
        value.length,
    )


def _bookmarks(known: SearchKey, operator: str, value: Value) -> Node:
    _only_equal(known, operator, value)
    if value.text.lower() != "me":
        raise QueryError("Only your own stars are known: write 'bookmarks:me'.", value.at, value.length)
    return HasFlag(Flag.STARRED, at=value.at)


def _level_of(value: Value) -> Level:
    try:
        return Level("fatal" if value.text.lower() == "critical" else value.text.lower())
    except ValueError:
        known = ", ".join(Level)
        raise QueryError(
            f"'{value.text}' is no level. Levels are: {known}.", value.at, value.length
        ) from None


_COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    "=": int.__eq__,
    ">": int.__gt__,
    ">=": int.__ge__,
    "<": int.__lt__,
    "<=": int.__le__,
}


def _level(known: SearchKey, operator: str, value: Value) -> Node:
    bound = _level_of(value).number
    fits = _COMPARISONS[operator]
    return HasLevel(frozenset(level for level in Level if fits(level.number, bound)), at=value.at)


def _id(value: Value, what: str, digits: int) -> bytes:
    text = value.text.replace("-", "")
    if len(text) != digits or not _HEX.issuperset(text):
        raise QueryError(f"{what} has {digits} hexadecimal digits.", value.at, value.length)
    return bytes.fromhex(text)


def _named(value: Value, what: str) -> str:
    if not value.text or value.is_pattern:
        raise QueryError(f"Name {what} in full.", value.at, value.length)
    return value.literal


def _project(known: SearchKey, operator: str, value: Value) -> Node:
    _only_equal(known, operator, value)
    return InProject(_named(value, "the project"), at=value.at)


def _issue(known: SearchKey, operator: str, value: Value) -> Node:
    _only_equal(known, operator, value)
    return InIssue(_named(value, "the issue"), at=value.at)


def _event_id(known: SearchKey, operator: str, value: Value) -> Node:
    _only_equal(known, operator, value)
    return HasEventId(_id(value, "An event id", 32), at=value.at)


def _trace(known: SearchKey, operator: str, value: Value) -> Node:
    _only_equal(known, operator, value)
    if not value.text or value.text == "*":
        found = FieldIs("trace", "=", None, at=value.at)
        return found if value.text else Not(found)
    return InTrace(_id(value, "A trace id", 32), at=value.at)


def _span(known: SearchKey, operator: str, value: Value) -> Node:
    _only_equal(known, operator, value)
    if not value.text or value.text == "*":
        found = FieldIs(known.name, "=", None, at=value.at)
        return found if value.text else Not(found)
    return FieldIs(known.name, "=", replace(value, text=_id(value, "A span id", 16).hex()), at=value.at)


def _handled(known: SearchKey, operator: str, value: Value) -> Node:
    """What no exception says of itself counts as handled, as with Sentry."""
    _only_equal(known, operator, value)
    if not value.text or value.text == "*":
        found = Has("handled", at=value.at)
        return found if value.text else Not(found)
    unhandled = Term("handled", "no", at=value.at)
    return unhandled if read_boolean(value) is (known.name == "error.unhandled") else Not(unhandled)


def _category(known: SearchKey, operator: str, value: Value) -> Node:
    _only_equal(known, operator, value)
    if value.text.lower() not in CATEGORIES:
        raise _unknown(value, f"'{value.text}' is no category.", CATEGORIES)
    return FieldIs(known.name, "=", replace(value, text=value.text.lower()), at=value.at)


def _one_of(known: SearchKey, operator: str, value: Value) -> Node:
    """Return the condition for a word of few. Raises QueryError for another."""
    if value.text and value.text.strip("*"):
        _only_equal(known, operator, value)
        if value.text.lower() not in known.values:
            raise _unknown(value, f"'{known.name}:{value.text}' is unknown.", known.values)
        return FieldIs(known.name, "=", replace(value, text=value.text.lower()), at=value.at)
    found = FieldIs(known.name, "=", None, at=value.at)
    return found if value.text else Not(found)


def _device_class(known: SearchKey, operator: str, value: Value) -> Node:
    """The tag of it counts from 1, low, to 3, high."""
    if not value.text or not value.text.strip("*"):
        found = Has(known.tag, at=value.at)
        return found if value.text else Not(found)
    _only_equal(known, operator, value)
    word = value.text.lower()
    if word not in known.values and word not in ("1", "2", "3"):
        raise _unknown(value, f"'{value.text}' is no class of devices.", known.values)
    number = str(known.values.index(word) + 1) if word in known.values else word
    return Term(known.tag, number, at=value.at)


_SPECIAL: Mapping[str, Callable[[SearchKey, str, Value], Node]] = {
    "is": _is,
    "has": _has,
    "assigned": _assigned,
    "bookmarks": _bookmarks,
    "level": _level,
    "project": _project,
    "issue": _issue,
    "id": _event_id,
    "trace": _trace,
    "trace.span": _span,
    "message": _in_text(Field.ANY),
    "title": _in_text(Field.TITLE),
    "error.handled": _handled,
    "error.unhandled": _handled,
    "issue.category": _category,
    "issue.priority": _one_of,
    "device.class": _device_class,
}
