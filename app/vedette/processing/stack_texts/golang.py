"""Go: ``debug.Stack()``, the trace of a panic, and errors printed with ``%+v``."""

import re
from itertools import pairwise

from vedette.domain.json import JsonObject
from vedette.processing.stack_texts.values import MOST_FRAMES, Printed, frame

_PLACE = re.compile(r"\t(?P<path>.+?):(?P<line>\d{1,9})(?: \+0x[0-9a-f]+)?\s*")
_ARGUMENTS = re.compile(r"\([^()]*(?:\{[^()]*\}[^()]*)*\)$")
_CREATED = re.compile(r"created by (?P<call>\S+?)(?: in goroutine \d+)?")
_PANIC = re.compile(r"panic: (?P<value>.*?)(?: \[recovered.*\])?")
# What records the error stands on top of every stack.
_RECORDING = re.compile(r"(?:runtime/debug\.Stack|go\.opentelemetry\.io/otel/sdk/trace\.).*")


def parse_go(lines: list[str]) -> list[Printed]:
    """Return the one error a stack tells of, with the frames of its first goroutine."""
    frames: list[JsonObject] = []
    value = ""
    goroutines = 0
    for line, following in pairwise(lines):
        if line.startswith("goroutine "):
            goroutines += 1
        panic = _PANIC.fullmatch(line)
        if panic is not None and not value:
            value = panic["value"]
        place = _PLACE.fullmatch(following)
        if goroutines > 1 or len(frames) == MOST_FRAMES:
            break
        if place is None or not line or line[0].isspace():
            continue
        created = _CREATED.fullmatch(line)
        call = created["call"] if created else _ARGUMENTS.sub("", line)
        if frames or _RECORDING.fullmatch(call) is None:
            frames.append(_frame(call, place))
    return [Printed("", value, tuple(reversed(frames)))] if frames else []


def _frame(call: str, place: re.Match[str]) -> JsonObject:
    """``example.com/shop/till.(*Till).Open``: the package ends at the first dot after the last slash."""
    folder, slash, rest = call.rpartition("/")
    package, dot, function = rest.partition(".")
    module = f"{folder}{slash}{package}" if dot else ""
    return frame(function if dot else call, place["path"], int(place["line"]), module=module)
