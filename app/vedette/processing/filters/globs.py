"""Globs as the protocol's filters have them: ``*``, ``?``, ``[a-z]``, ``{one,other}``, any case.

Matching takes time proportional to text and glob, whatever they are: the pieces between the stars are looked
for from left to right, and never looked for again.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

LONGEST = 1000
MOST_ALTERNATIVES = 50
_LONGEST_TEXT = 20_000
_PIECE = re.compile(r"\[(!?)([^\]]{1,100})\]|\\(.)|(.)", re.DOTALL)
_BRACES = re.compile(r"\{([^{}]*)\}")


class Glob:
    """One glob, ready for any number of texts."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._alternatives = [[_piece(piece) for piece in one.split("*")] for one in _expand(text[:LONGEST])]

    def matches(self, text: str) -> bool:
        """Return whether the whole of *text* (its first 20,000 characters) fits."""
        text = text[:_LONGEST_TEXT]
        return any(_fits(pieces, text) for pieces in self._alternatives)


@lru_cache(maxsize=512)
def glob(text: str) -> Glob:
    """Return the glob *text*; the same object for the same text."""
    return Glob(text)


def first_match(globs: Iterable[Glob], text: str) -> Glob | None:
    """Return the first of *globs* that *text* fits."""
    return next((found for found in globs if found.matches(text)), None)


_Piece = tuple[re.Pattern[str], int]
"""What stands between two stars, with the number of characters it matches, always the same."""


def _fits(pieces: list[_Piece], text: str) -> bool:
    (first, _), *others = pieces
    if not others:
        return first.fullmatch(text) is not None
    begin = first.match(text)
    if begin is None:
        return False
    position = begin.end()
    for piece, _ in others[:-1]:
        found = piece.search(text, position)
        if found is None:
            return False
        position = found.end()
    last, length = others[-1]
    return len(text) - length >= position and last.fullmatch(text, len(text) - length) is not None


def _expand(text: str) -> list[str]:
    """Return *text* once for each way through its braces, at most MOST_ALTERNATIVES ways."""
    ready: list[str] = []
    waiting = [text]
    while waiting and len(ready) + len(waiting) <= MOST_ALTERNATIVES:
        one = waiting.pop()
        braces = _BRACES.search(one)
        if braces is None:
            ready.append(one)
        else:
            choices = braces[1].split(",")
            waiting += [one[: braces.start()] + choice + one[braces.end() :] for choice in choices]
    return ready or [text]


def _piece(text: str) -> _Piece:
    parts: list[str] = []
    for negated, members, escaped, char in _PIECE.findall(text):
        if members:
            safe = re.sub(r"([\\\[\]^&~|])", r"\\\1", members)
            parts.append(f"[{'^' if negated else ''}{safe}]")
        elif char == "?":
            parts.append(".")
        else:
            parts.append(re.escape(escaped or char))
    try:
        return re.compile("".join(parts), re.IGNORECASE | re.DOTALL), len(parts)
    except re.error:  # a range that is none
        return re.compile(re.escape(text), re.IGNORECASE), len(text)
