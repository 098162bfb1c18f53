"""``Error.stack`` of V8 (Node, Chromium), and of Firefox and Safari."""

import re

from vedette.domain.json import JsonObject
from vedette.processing.stack_texts.values import MOST_FRAMES, Printed, frame

_V8 = re.compile(r"\s*at (?P<where>.+?)\s*")
_V8_CALL = re.compile(r"(?P<function>.*?) \((?P<place>.*)\)")
_GECKO = re.compile(r"(?P<function>[^@\s]*(?: [^@\s]+)*)@(?P<place>\S.*)")
_PLACE = re.compile(r"(?P<path>.*?):(?P<line>\d{1,9})(?::(?P<column>\d{1,9}))?")
_ALIAS = re.compile(r" \[as [^\]]*\]$")
_HEADING = re.compile(
    r"(?:Uncaught )?(?P<type>[\w$.]*(?:Error|Exception|[A-Z][\w$]*))(?: \[\w+\])?(?:: (?P<value>.*))?",
    re.DOTALL,
)


def parse_javascript(lines: list[str]) -> list[Printed]:
    """Return the one exception a stack tells of; [] where no line is a frame."""
    for read in (_v8_frame, _gecko_frame):
        frames = [found for line in lines if (found := read(line)) is not None][:MOST_FRAMES]
        if frames:
            first = next(at for at, line in enumerate(lines) if read(line) is not None)
            heading = _HEADING.fullmatch("\n".join(lines[:first]).strip())
            kind, value = (heading["type"], heading["value"] or "") if heading else ("", "")
            return [Printed(kind, value, tuple(reversed(frames)))]
    return []


def _v8_frame(line: str) -> JsonObject | None:
    match = _V8.fullmatch(line)
    if match is None:
        return None
    where = match["where"]
    call = _V8_CALL.fullmatch(where)
    if call is None:
        place = where.removeprefix("async ")
        return _frame("", place) if _PLACE.fullmatch(place) else None
    function = _ALIAS.sub("", call["function"]).removeprefix("async ")
    place = call["place"]
    if place.startswith("eval at "):
        # What was evaluated has no file; the place of the `eval` is the nearest there is.
        inner = re.search(r"\(([^()]+:\d+:\d+)\)", place)
        place = inner[1] if inner else place
    return _frame(function, place)


def _gecko_frame(line: str) -> JsonObject | None:
    match = _GECKO.fullmatch(line.strip())
    if match is None or _PLACE.fullmatch(match["place"]) is None:
        return None
    return _frame(match["function"].removeprefix("async*"), match["place"])


def _frame(function: str, place: str) -> JsonObject:
    match = _PLACE.fullmatch(place)
    path = (match["path"] if match else place).removeprefix("file://")
    line, column = (match["line"], match["column"]) if match else (None, None)
    return frame(function, path, int(line) if line else None, int(column) if column else None)
