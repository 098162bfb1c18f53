"""Ruby: ``full_message`` without colours, most recent call first, causes after it."""

import re

from vedette.domain.json import JsonObject
from vedette.processing.stack_texts.values import MOST_CHAINED, MOST_FRAMES, Printed, frame

_PLACE = r"(?P<path>(?:[A-Za-z]:)?[^:\n]+):(?P<line>\d{1,9})(?::in [`'](?P<function>.*?)')?"
_FIRST = re.compile(_PLACE + r": (?P<value>.*)")
_FROM = re.compile(r"\s+(?:\d+: )?from " + _PLACE + r"\s*")
_BARE = re.compile(_PLACE)
_TYPE = re.compile(r"(?P<value>.*?)\s*\((?P<type>[A-Z][\w:]*)\)(?P<more>.*)", re.DOTALL)


def parse_ruby(lines: list[str]) -> list[Printed]:
    """Return the exceptions of a message, causes first."""
    found: list[Printed] = []
    at = 0
    while at < len(lines) and len(found) < MOST_CHAINED:
        first = _FIRST.fullmatch(lines[at])
        at += 1
        if first is not None:
            printed, at = _one(first, lines, at)
            found.append(printed)
    found.reverse()
    return found or _backtrace(lines)


def _one(first: re.Match[str], lines: list[str], at: int) -> tuple[Printed, int]:
    frames = [_frame(first)]
    message = [first["value"]]
    while at < len(lines):
        match = _FROM.fullmatch(lines[at])
        if match is not None:
            if len(frames) < MOST_FRAMES:
                frames.append(_frame(match))
        elif len(frames) > 1 or _FIRST.fullmatch(lines[at]):
            break
        else:
            message.append(lines[at])
        at += 1
    named = _TYPE.fullmatch("\n".join(message))
    kind, value = (named["type"], named["value"] + named["more"]) if named else ("", "\n".join(message))
    return Printed(kind, value, tuple(reversed(frames))), at


def _backtrace(lines: list[str]) -> list[Printed]:
    """``exception.backtrace`` alone: a place a line."""
    frames = [
        _frame(match) for line in lines if (match := _BARE.fullmatch(line.strip())) and match["function"]
    ]
    return [Printed("", "", tuple(reversed(frames[:MOST_FRAMES])))] if frames else []


def _frame(match: re.Match[str]) -> JsonObject:
    return frame(match["function"] or "", match["path"], int(match["line"]))
