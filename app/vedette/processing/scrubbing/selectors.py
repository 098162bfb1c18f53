"""Selectors: which values a rule is for, as ``$frame.vars.** && !safe``.

A selector's path is compared from its end: ``cookies.session`` is any ``session`` in any ``cookies``. Keys do
not know case. What a field's class says of it decides how broad a selector may be: fields of class MAYBE
are reached only by a path that names something, never by ``**`` or ``$string`` alone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

LONGEST = 4096
_DEEPEST = 32

_BASIC = frozenset(["string", "binary", "number", "boolean", "datetime", "array", "object"])
_ALIASES = {"error": "exception", "http": "request"}
TYPES = _BASIC | frozenset(
    [
        "event",
        "attachments",
        "replay",
        "exception",
        "stacktrace",
        "frame",
        "request",
        "user",
        "logentry",
        "message",
        "thread",
        "breadcrumb",
        "span",
        "minidump",
        "heap_memory",
        "stack_memory",
        "sdk",
        "log",
        "trace_metric",
    ]
)
"""What may follow a ``$``."""


class Pii(Enum):
    """Whether a field can hold what tells of a person."""

    FALSE = 0
    MAYBE = 1
    TRUE = 2


@dataclass(frozen=True, slots=True)
class Step:
    """A value on the way to the one in question: its key or index in its parent, and what it is."""

    key: str | int
    types: frozenset[str]


class SelectorError(ValueError):
    """Text that is no selector; says why."""


class Selector(Protocol):
    """Decides by path alone."""

    def matches(self, path: Sequence[Step], pii: Pii) -> bool:
        """Return whether the value at the end of *path* (root first, the root itself left out) is meant."""
        ...

    @property
    def uses_indexes(self) -> bool:
        """Whether the place in a list makes a difference."""
        ...


@dataclass(frozen=True, slots=True)
class _Item:
    """One item of a path: exactly one of type, index, key, or a wildcard (``*``, ``**``)."""

    type: str | None = None
    index: int | None = None
    key: str | None = None
    is_deep: bool = False

    def matches(self, step: Step, pii: Pii, *, is_first: bool) -> bool:
        if self.type is not None:
            if self.type not in step.types:
                return False
            return pii is Pii.TRUE or (is_first and self.type not in _BASIC)
        if self.index is not None:
            return step.key == self.index
        if self.key is not None:
            return isinstance(step.key, str) and step.key.lower() == self.key
        return not self.is_deep or pii is Pii.TRUE


@dataclass(frozen=True, slots=True)
class Path:
    """``a.b.*``; at most one item is ``**``."""

    items: tuple[_Item, ...]

    @property
    def uses_indexes(self) -> bool:
        return any(item.index is not None for item in self.items)

    def matches(self, path: Sequence[Step], pii: Pii) -> bool:
        if pii is Pii.FALSE or len(self.items) > len(path):
            return False
        deep = next((n for n, item in enumerate(self.items) if item.is_deep), None)
        if deep is None:
            return self._fit(self.items, path[len(path) - len(self.items) :], pii, 0)
        after = self.items[deep + 1 :]
        if not self._fit(after, path[len(path) - len(after) :] if after else (), pii, deep + 1):
            return False
        # ** is one step or more; what stands before it may begin anywhere
        middle = path[: len(path) - len(after)]
        if not self.items[deep].matches(middle[-1], pii, is_first=False):
            return False
        before = self.items[:deep]
        return any(
            self._fit(before, middle[start : start + len(before)], pii, 0)
            for start in range(len(middle) - len(before))
        )

    @staticmethod
    def _fit(items: Sequence[_Item], steps: Sequence[Step], pii: Pii, first: int) -> bool:
        return all(
            item.matches(step, pii, is_first=n + first == 0)
            for n, (item, step) in enumerate(zip(items, steps, strict=True))
        )


@dataclass(frozen=True, slots=True)
class Both:
    """Every part matches."""

    parts: tuple[Selector, ...]

    @property
    def uses_indexes(self) -> bool:
        return any(part.uses_indexes for part in self.parts)

    def matches(self, path: Sequence[Step], pii: Pii) -> bool:
        return pii is not Pii.FALSE and all(part.matches(path, pii) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Either:
    """One part matches."""

    parts: tuple[Selector, ...]

    @property
    def uses_indexes(self) -> bool:
        return any(part.uses_indexes for part in self.parts)

    def matches(self, path: Sequence[Step], pii: Pii) -> bool:
        return pii is not Pii.FALSE and any(part.matches(path, pii) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Except:
    """The part does not match."""

    part: Selector

    @property
    def uses_indexes(self) -> bool:
        return self.part.uses_indexes

    def matches(self, path: Sequence[Step], pii: Pii) -> bool:
        return pii is not Pii.FALSE and not self.part.matches(path, pii)


def key_anywhere(key: str) -> Path:
    """Return the selector of every value under *key*."""
    return Path((_Item(key=key.lower()),))


_TOKEN = re.compile(
    r"\s*(?:(?P<op>&&?|\|\|?|[()!~.])|(?P<deep>\*\*)|(?P<wild>\*)|\$(?P<type>[a-z_]+)|(?P<index>\d+)(?![\w-])"
    r"|'(?P<quoted>(?:[^']|'')*)'|(?P<key>[\w-]+))"
)
_LEGACY = {
    **dict.fromkeys(("freeform", "email", "sensitive", "text"), "$string"),
    **dict.fromkeys(("databag", "container"), "$object"),
}


def parse_selector(text: str) -> Selector:
    """Return the selector *text* spells. Raises SelectorError with a sentence."""
    if len(text) > LONGEST:
        raise SelectorError(f"longer than {LONGEST} characters")
    parser = _Parser(_LEGACY.get(text, text))
    selector = parser.either(0)
    parser.end()
    return selector


class _Parser:
    """Recursive descent: ``either`` of ``both`` of ``!`` or parentheses or a path."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens: list[tuple[str, str]] = []
        self._at = 0
        position = 0
        while text[position:].strip():
            match = _TOKEN.match(text, position)
            if match is None:
                raise self._error()
            kind = str(match.lastgroup)
            self._tokens.append((kind, match[kind]))
            position = match.end()

    def _error(self) -> SelectorError:
        return SelectorError(f'invalid syntax near "{self._text[:100]}"')

    def _take(self, *ops: str) -> bool:
        if self._at < len(self._tokens):
            kind, text = self._tokens[self._at]
            if kind == "op" and text in ops:
                self._at += 1
                return True
        return False

    def end(self) -> None:
        if self._at < len(self._tokens):
            raise self._error()

    def either(self, depth: int) -> Selector:
        if depth > _DEEPEST:
            raise SelectorError("nested too deeply")
        parts = [self._both(depth)]
        while self._take("||", "|"):
            parts.append(self._both(depth))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _both(self, depth: int) -> Selector:
        parts = [self._one(depth)]
        while self._take("&&", "&"):
            parts.append(self._one(depth))
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def _one(self, depth: int) -> Selector:
        if depth > _DEEPEST:
            raise SelectorError("nested too deeply")
        if self._take("!", "~"):
            return Except(self._one(depth + 1))
        if self._take("("):
            inner = self.either(depth + 1)
            if not self._take(")"):
                raise self._error()
            return inner
        return self._path()

    def _path(self) -> Path:
        items = [self._item()]
        while self._take("."):
            items.append(self._item())
        if sum(item.is_deep for item in items) > 1:
            raise SelectorError("deep wildcard used more than once")
        if items == [_Item()]:
            raise SelectorError("wildcard must be part of a path")
        return Path(tuple(items))

    def _item(self) -> _Item:
        if self._at == len(self._tokens):
            raise self._error()
        kind, text = self._tokens[self._at]
        self._at += 1
        if kind == "type":
            name = _ALIASES.get(text, text)
            if name not in TYPES:
                raise SelectorError("unknown value")
            return _Item(type=name)
        if kind == "index":
            if len(text) > 9:
                raise SelectorError("invalid index")
            return _Item(index=int(text))
        if kind == "quoted":
            return _Item(key=text.replace("''", "'").lower())
        if kind == "key":
            return _Item(key=text.lower())
        if kind in ("deep", "wild"):
            return _Item(is_deep=kind == "deep")
        raise self._error()
