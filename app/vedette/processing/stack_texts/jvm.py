"""Stack traces of the JVM's languages, and of others that print like it."""

import re

from vedette.domain.json import JsonObject
from vedette.processing.stack_texts.values import MOST_CHAINED, MOST_FRAMES, Printed, frame

# A loader's or module's name may stand before the class: `app//`, `java.base/`, `java.base@17.0.1/`.
_FRAME = re.compile(
    r"\s*at (?:[^\s()/]*/){0,2}(?P<where>[^\s()]+)"
    r"\((?P<file>Native Method|Unknown Source|<generated>|[^():\s]+\.\w+|[^():]+(?=:\d))"
    r"(?::(?P<line>\d{1,9}))?\)(?: ~?\[.*\])?\s*"
)
_COMMON = re.compile(r"\s*\.\.\. (?P<count>\d{1,6}) (?:more|common frames omitted)\s*")
_CAUSE = "Caused by: "
_SUPPRESSED = re.compile(r"\s+Suppressed: ")
_TYPE = re.compile(r"(?P<type>[\w$.\\]+)(?:: (?P<value>.*))?", re.DOTALL)
_THREAD = re.compile(r'Exception in thread "[^"]*" ')
_NO_FILES = ("Native Method", "Unknown Source")


def parse_jvm(lines: list[str]) -> list[Printed]:
    """Return the exceptions of a printed throwable, causes first. Suppressed ones are left out."""
    found: list[Printed] = []
    for section in _sections(lines):
        outer = found[-1].frames if found else ()
        printed = _one(section, outer)
        if printed is not None:
            found.append(printed)
    found.reverse()
    return found


def _sections(lines: list[str]) -> list[list[str]]:
    """The lines of each exception in the printed order: the recorded one first, then its causes."""
    sections: list[list[str]] = [[]]
    is_suppressed = False
    for line in lines:
        if _SUPPRESSED.match(line):
            is_suppressed = True
        elif line.startswith(_CAUSE):
            is_suppressed = False
            if len(sections) == MOST_CHAINED:
                break
            sections.append([])
            line = line.removeprefix(_CAUSE)
        if not is_suppressed:
            sections[-1].append(line)
    return sections


def _one(lines: list[str], outer: tuple[JsonObject, ...]) -> Printed | None:
    heading: list[str] = []
    frames: list[JsonObject] = []
    for line in lines:
        match = _FRAME.fullmatch(line)
        if match is not None:
            if len(frames) < MOST_FRAMES:
                frames.append(_frame(match))
            continue
        common = _COMMON.fullmatch(line)
        if common is not None:
            # The outermost calls are those of the exception this one caused.
            frames.extend(reversed(outer[: int(common["count"])]))
        elif not frames:
            heading.append(line)
    if not frames:
        return None
    kind = _TYPE.fullmatch(_THREAD.sub("", "\n".join(heading).strip(), count=1))
    frames.reverse()
    return Printed(kind["type"] if kind else "", (kind["value"] or "") if kind else "", tuple(frames))


def _frame(match: re.Match[str]) -> JsonObject:
    module, _, function = match["where"].rpartition(".")
    file, line = match["file"], match["line"]
    return frame(
        function,
        module=module,
        filename="" if file in _NO_FILES else file,
        line=int(line) if line else None,
    )
