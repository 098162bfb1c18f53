"""What an event saw of a file beside what the file holds now. Pure: lines in, marked lines out."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from vedette.desktop.issue.stack.frames import Frame, source_lines

_WINDOW = 80
"""Lines of the file around the frame that the event's lines are looked for in."""


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of both sides, or with *sign* "-" of the event's alone, with "+" of the file's alone."""

    number: int
    text: str
    sign: str = ""
    current: bool = False


def difference(frame: Frame, lines: Sequence[str], line: int | None) -> tuple[DiffLine, ...]:
    """Return the event's lines around *frame* against the file's *lines*; *line* is where the frame is now.

    Lines of both sides and added ones have the file's numbers, removed ones the event's. Nothing without
    source in the event.
    """
    sent = source_lines(frame.data)
    if sent is None:
        return ()
    saw, first = [text.rstrip("\r\n") for text in sent[0]], sent[1]
    at = (line or frame.lineno or 1) - 1
    start = max(0, min(len(lines), at - _WINDOW))
    now = list(lines[start : at + _WINDOW])
    current = (frame.lineno or 0) - first
    found: list[DiffLine] = []
    blocks = SequenceMatcher(None, saw, now, autojunk=False).get_opcodes()
    for place, (kind, a, b, c, d) in enumerate(blocks):
        if kind == "equal":
            pairs = zip(range(a, b), range(c, d), strict=True)
            found += [DiffLine(start + there + 1, saw[here], "", here == current) for here, there in pairs]
            continue
        found += [DiffLine(first + here, saw[here], "-", here == current) for here in range(a, b)]
        # What the file has before and after the event's lines is not different, only not sent.
        if len(blocks) == 1:
            c = max(0, first - 1 - start)
            d = min(d, c + b - a)
        elif place == 0:
            c = max(c, d - (b - a))
        elif place == len(blocks) - 1:
            d = min(d, c + (b - a))
        found += [DiffLine(start + there + 1, now[there], "+") for there in range(c, d)]
    return tuple(found)
