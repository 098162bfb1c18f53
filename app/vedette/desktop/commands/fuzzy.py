"""Fuzzy matching for the palette: letters in order, word starts and runs count most. Pure."""

from dataclasses import dataclass

_START, _RUN, _LETTER, _GAP, _LATE = 12, 8, 2, 1, 1
_MOST_GAP = 6


@dataclass(frozen=True, slots=True)
class Match:
    """How well a text fits (higher is better) and which of its characters were meant."""

    score: int
    positions: tuple[int, ...]


def match(query: str, text: str) -> Match | None:
    """Return the best way to find *query*'s letters in *text*, in order and in any case, or None.

    An empty query fits everything with score 0. Blanks in the query are ignored.
    """
    wanted = "".join(query.lower().split())
    if not wanted:
        return Match(0, ())
    lowered = text.lower()
    if len(lowered) != len(text):  # some capitals lower to two characters; positions must stay true
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    starts = _word_starts(text)
    best: dict[int, tuple[int, tuple[int, ...]]] = {-1: (0, ())}
    for letter in wanted:
        best = _extended(best, letter, lowered, starts)
        if not best:
            return None
    score, positions = max(best.values(), key=lambda found: (found[0], tuple(-p for p in found[1])))
    return Match(score - min(len(text), 60) // 10, positions)


def _extended(
    best: dict[int, tuple[int, tuple[int, ...]]], letter: str, text: str, starts: set[int]
) -> dict[int, tuple[int, tuple[int, ...]]]:
    """Return, for each place *letter* may stand, the best way to get there from the ways in *best*."""
    found: dict[int, tuple[int, tuple[int, ...]]] = {}
    at = text.find(letter)
    while at >= 0:
        ways = [
            (_step(last, at, starts) + score, trail) for last, (score, trail) in best.items() if last < at
        ]
        if ways:
            score, trail = max(ways, key=lambda way: way[0])
            found[at] = (score, (*trail, at))
        at = text.find(letter, at + 1)
    return found


def _step(last: int, at: int, starts: set[int]) -> int:
    if at == last + 1 and last >= 0:
        return _RUN + _LETTER + (2 if at in starts else 0)
    gap = min(at - last - 1, _MOST_GAP)
    return (_START if at in starts else 0) + _LETTER - (gap * _LATE if last < 0 else gap * _GAP)


def _word_starts(text: str) -> set[int]:
    starts = set()
    for at, letter in enumerate(text):
        before = text[at - 1] if at else " "
        if letter.isalnum() and (not before.isalnum() or (letter.isupper() and before.islower())):
            starts.add(at)
    return starts
