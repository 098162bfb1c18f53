"""A query in the making: its top-level terms, each switched on or off. Pure.

Only the shape of the language is known here (blanks, quotes, brackets, AND and OR), so that also a query that
cannot be understood has its parts; what terms mean is the query language's business.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

MOST_OFF = 40
_KEYED = re.compile(r'^(?:!|NOT\s)*(?:[A-Za-z_][\w.\-]*|"[^"]+"|\w+\[[^\]]*\]|\w+\([^)]*\)):', re.ASCII)
_OPENING, _CLOSING = {"(": ")", "[": "]"}, ")]"


@dataclass(frozen=True, slots=True)
class Token:
    """A run without top-level blanks, and where it stands in the text."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """The place after it."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Off:
    """A term that is kept but not applied, and its place among all terms."""

    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """One top-level term as it was written; ``start`` is its place in the applied text, -1 while off."""

    text: str
    is_on: bool = True
    start: int = -1

    @property
    def key(self) -> str:
        """Its key with colon, "" for words and groups."""
        found = _KEYED.match(self.text)
        return found[0] if found else ""

    @property
    def has_or(self) -> bool:
        """Whether OR stands in it outside of parentheses."""
        return any(_is(token, "OR") for token in tokens_of(self.text))


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of *text*: blanks in quotes, brackets and parentheses part nothing."""
    found: list[Token] = []
    start, place = -1, 0
    open_: list[str] = []
    while place < len(text):
        sign = text[place]
        if sign.isspace() and not open_:
            if start >= 0:
                found.append(Token(text[start:place], start))
            start = -1
        else:
            start = place if start < 0 else start
            if sign == '"':
                place = _quote_end(text, place)
            elif sign in _OPENING:
                open_.append(_OPENING[sign])
            elif sign in _CLOSING and open_ and open_[-1] == sign:
                open_.pop()
        place += 1
    if start >= 0:
        found.append(Token(text[start:], start))
    return found


def _quote_end(text: str, place: int) -> int:
    """Return where the quote that opens at *place* closes; the end of the text if it does not."""
    place += 1
    while place < len(text) and text[place] != '"':
        place += 2 if text[place] == "\\" else 1
    return min(place, len(text) - 1)


def split_parts(text: str) -> list[Part]:
    """Return the terms that must all hold. With a top-level OR there is but one: all of it.

    Words side by side are one part, since they are looked for together.
    """
    tokens = tokens_of(text)
    if any(_is(token, "OR") for token in tokens):
        return [Part(text[tokens[0].start : tokens[-1].end], start=tokens[0].start)]
    parts: list[Part] = []
    joins = False  # the token before belongs to this one
    for before, token in pairwise([None, *tokens]):
        if token is None or _is(token, "AND"):
            joins = False
            continue
        words = bool(parts) and before is not None and not _is(before, "AND") and _are_words(parts[-1], token)
        if joins or words:
            start = parts[-1].start
            parts[-1] = Part(text[start : token.end], start=start)
        else:
            parts.append(Part(token.text, start=token.start))
        joins = token.text in ("NOT", "!")
    return parts


def _is(token: Token, word: str) -> bool:
    return token.text.upper() == word


def _are_words(part: Part, token: Token) -> bool:
    return all(not text.startswith(("(", "!", '"', "NOT")) for text in (part.text, token.text)) and not (
        part.key or Part(token.text).key
    )


class Draft:
    """The terms in order. Immutable: every change returns another draft."""

    def __init__(self, text: str = "", off: Iterable[Off] = ()) -> None:
        """*text* is what is applied; terms *off* that are applied after all are dropped."""
        self.text = text.strip()
        parts = split_parts(self.text)
        applied = {part.text for part in parts}
        kept = {one.text: one for one in off if one.text.strip() and one.text not in applied}
        for one in sorted(kept.values(), key=lambda one: one.at)[:MOST_OFF]:
            parts.insert(min(max(0, one.at), len(parts)), Part(one.text, is_on=False))
        self.parts: tuple[Part, ...] = tuple(parts)

    @property
    def off(self) -> tuple[Off, ...]:
        """The terms that are not applied."""
        return tuple(Off(at, part.text) for at, part in enumerate(self.parts) if not part.is_on)

    def with_text(self, text: str) -> "Draft":
        """Return the draft that applies *text*; what is off stays."""
        return Draft(text, self.off)

    def toggled(self, at: int) -> "Draft":
        """Return the draft with the term *at* switched off, or on again."""
        parts = [
            Part(part.text, part.is_on is not (number == at), part.start)
            for number, part in enumerate(self.parts)
        ]
        return _draft(parts)

    def removed(self, at: int) -> "Draft":
        """Return the draft without the term *at*."""
        return _draft([part for number, part in enumerate(self.parts) if number != at])

    def switched_on(self, at: int) -> "Draft":
        """Return the draft with the term *at* applied."""
        return self if self.parts[at].is_on else self.toggled(at)

    def part_at(self, column: int) -> int:
        """Return the number of the part with the place *column* of the applied text, the last before it."""
        found = -1
        for number, part in enumerate(self.parts):
            if part.is_on and part.start <= max(0, column):
                found = number
        return found


def _draft(parts: list[Part]) -> Draft:
    applied = [part for part in parts if part.is_on]
    alone = len(applied) == 1
    text = " ".join(part.text if alone or not part.has_or else f"({part.text})" for part in applied)
    return Draft(text, (Off(at, part.text) for at, part in enumerate(parts) if not part.is_on))
