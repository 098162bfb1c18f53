"""PHP: ``Exception::__toString()``, causes first as it prints them."""

import re

from vedette.domain.json import JsonObject
from vedette.processing.stack_texts.values import MOST_CHAINED, MOST_FRAMES, Printed, frame

_HEADING = re.compile(
    r"(?:PHP )?(?:Fatal error:\s+)?(?:Uncaught )?(?P<type>[A-Za-z_][\w\\]*)(?:: (?P<value>.*))?"
    r" in (?P<path>.+?):(?P<line>\d{1,9})",
    re.DOTALL,
)
_TITLE = "Stack trace:"
_FRAME = re.compile(
    r"#\d+ (?:(?P<path>.+?)\((?P<line>\d{1,9})\)|\[internal function\]): (?P<call>.+?)(?:\(.*\))?"
)
_NEXT = "Next "


def parse_php(lines: list[str]) -> list[Printed]:
    """Return the exceptions of a printed one, causes first."""
    found: list[Printed] = []
    heading: list[str] = []
    frames: list[JsonObject] | None = None
    for line in [*lines, _NEXT]:
        if line.startswith(_NEXT) and frames is not None:
            if len(found) < MOST_CHAINED:
                found.append(_one(heading, frames))
            heading, frames = [line.removeprefix(_NEXT)], None
        elif line.strip() == _TITLE:
            frames = []
        elif frames is None:
            heading.append(line)
        elif (match := _FRAME.fullmatch(line)) is not None and len(frames) < MOST_FRAMES:
            frames.append(_frame(match))
    return found


def _one(heading: list[str], calls: list[JsonObject]) -> Printed:
    """Each line tells who called and from where; the heading tells where it failed."""
    match = _HEADING.fullmatch("\n".join(heading).strip())
    failed = frame("", match["path"], int(match["line"])) if match else {}
    places = [{k: v for k, v in call.items() if k in ("abs_path", "lineno")} for call in calls]
    names = [{k: v for k, v in call.items() if k in ("function", "module")} for call in calls]
    frames = [{**name, **place} for name, place in zip([*names, {}], [failed, *places], strict=True)]
    kind, value = (match["type"], match["value"] or "") if match else ("", "")
    return Printed(kind, value, tuple(one for one in reversed(frames) if one))


def _frame(match: re.Match[str]) -> JsonObject:
    owner, arrow, function = match["call"].rpartition("->")
    if not arrow:
        owner, arrow, function = match["call"].rpartition("::")
    line = match["line"]
    return frame(function, match["path"] or "[internal]", int(line) if line else None, module=owner)
