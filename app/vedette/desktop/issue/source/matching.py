"""How the text of a file stands to what an event carries of it. Pure: lines in, a finding out."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from vedette.desktop.language import mark
from vedette.domain.json import JsonObject

_LEAST_TELLING = 4
"""A line with fewer letters and digits, such as a closing brace, says nothing without its neighbours."""


class SourceState(StrEnum):
    """How the text on disk stands to what the event saw. The values are the words, still to be translated."""

    EXACT = mark("exact")
    SAME_TEXT = mark("same text")
    MOVED = mark("moved {lines}")
    EDITED = mark("edited since")
    FROM_DISK = mark("from disk")
    MISSING = mark("not found")


@dataclass(frozen=True, slots=True)
class Finding:
    """The state, and the index in the file of the line the frame means, None if no line is it any more."""

    state: SourceState
    at: int | None


def compare(frame: JsonObject, lines: Sequence[str]) -> Finding:
    """Return how *lines*, a whole file, stand to *frame*.

    A line with other text is looked for elsewhere: it has moved if exactly one place in the file has it with
    the most of its neighbours.
    """
    lineno = frame.get("lineno")
    at = lineno - 1 if isinstance(lineno, int) else None
    is_there = at is not None and 0 <= at < len(lines)
    wanted = frame.get("context_line")
    if wanted is None:
        return Finding(SourceState.FROM_DISK, at) if is_there else Finding(SourceState.EDITED, None)
    text = str(wanted).strip()
    if at is not None and is_there and lines[at].strip() == text:
        return Finding(SourceState.SAME_TEXT, at)
    moved = _elsewhere(frame, lines, text)
    if moved is not None:
        return Finding(SourceState.MOVED, moved)
    return Finding(SourceState.EDITED, at if is_there else None)


def _elsewhere(frame: JsonObject, lines: Sequence[str], text: str) -> int | None:
    before = [str(line).strip() for line in frame.get("pre_context") or ()][::-1]
    after = [str(line).strip() for line in frame.get("post_context") or ()]
    scored = [
        (_alike(lines, at, before, -1) + _alike(lines, at, after, 1), at)
        for at, line in enumerate(lines)
        if line.strip() == text
    ]
    if not scored:
        return None
    best = max(score for score, _ in scored)
    places = [at for score, at in scored if score == best]
    telling = sum(letter.isalnum() for letter in text) >= _LEAST_TELLING
    return places[0] if len(places) == 1 and best >= (0 if telling else 2) else None


def _alike(lines: Sequence[str], at: int, neighbours: Sequence[str], step: int) -> int:
    """Return how many telling *neighbours*, the nearest first, stand where they stood."""
    places = ((at + step * (away + 1), text) for away, text in enumerate(neighbours) if text)
    return sum(0 <= place < len(lines) and lines[place].strip() == text for place, text in places)
