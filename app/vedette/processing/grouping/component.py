"""The tree that grouping builds: what counted, what did not, and why. Hashes are taken from it."""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple


class Component(NamedTuple):
    """One part of an event as grouping sees it: a frame, its function, an exception, a whole variant.

    A part that contributes may hold children that do not; their ``hint`` says why. The flag is fixed when
    the part is built, so it is not always what the children's flags would give.

    A named tuple and not a dataclass: some 200 are made for an event, and equal trees must compare equal.
    """

    id: str
    contributes: bool
    hint: str | None
    values: tuple["Component | str | int | None", ...]
    text: str  # all scalars below that contribute, in order, without separators: what is hashed

    def off(self, hint: str | None) -> "Component":
        """Return the same part, not contributing because of *hint*."""
        return Component(self.id, False, hint, self.values, "")

    def on(self, hint: str | None) -> "Component":
        """Return the same part, contributing because of *hint* with what contributes below it."""
        texts = (
            value.text if isinstance(value, Component) else str(value)
            for value in self.values
            if not isinstance(value, Component) or value.contributes
        )
        return Component(self.id, True, hint, self.values, "".join(texts))

    def hash(self) -> str | None:
        """MD5 of what contributes, 32 hex digits; None when the part does not contribute."""
        return md5(self.text) if self.contributes else None


def build(
    id: str,  # noqa: A002 - the field's name
    values: Sequence[Component | str | int | None],
    hint: str | None = None,
) -> Component:
    """Return the part *id* of *values*. It contributes if a value is a scalar or contributes itself."""
    contributes = False
    texts = []
    for value in values:
        if not isinstance(value, Component):
            contributes = True
            texts.append(str(value))
        elif value.contributes:
            contributes = True
            texts.append(value.text)
    return Component(id, contributes, hint, tuple(values), "".join(texts))


def part(id: str, value: str | None, hint: str | None = None) -> Component:  # noqa: A002 - the field's name
    """Return the part *id* holding one text; an empty part, which does not contribute, without one."""
    return Component(id, True, hint, (value,), value) if value else Component(id, False, hint, (), "")


def scalar_part(id: str, value: str, hint: str | None = None) -> Component:  # noqa: A002 - the field's name
    """Return the part *id* holding one text, which contributes even if nothing is left of it."""
    return Component(id, True, hint, (value,), value)


def md5(text: str) -> str:
    """32 hex digits. Lone surrogates count as ``?``."""
    return hashlib.md5(text.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
