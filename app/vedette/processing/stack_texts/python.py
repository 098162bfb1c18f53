"""Python's tracebacks, chained ones and the outer part of exception groups too."""

import re

from vedette.domain.json import JsonObject
from vedette.processing.stack_texts.values import MOST_CHAINED, MOST_FRAMES, Printed, frame

_TITLES = ("Traceback (most recent call last):", "Exception Group Traceback (most recent call last):")
_CHAINED = (
    "The above exception was the direct cause of the following exception:",
    "During handling of the above exception, another exception occurred:",
)
_FILE = re.compile(r'  File "(?P<path>.*)", line (?P<line>\d{1,9})(?:, in (?P<function>.*))?')
# The frames of a group's own traceback stand behind this margin; those of its members deeper.
_MARGIN = re.compile(r"  [+|] (?=\S|  )")
_MARKS = re.compile(r"\s*[~^]+\s*")
_PACKAGES = re.compile(r"^.*[/\\](?:site|dist)-packages[/\\]|^.*[/\\]lib[/\\]python\d[\d.]*[/\\]")


def parse_python(lines: list[str]) -> list[Printed]:
    """Return the exceptions of a traceback, causes first."""
    found: list[Printed] = []
    at = 0
    while at < len(lines) and len(found) < MOST_CHAINED:
        at = _next_title(lines, at)
        if at < len(lines):
            printed, at = _one(lines, at + 1)
            found.append(printed)
    return found


def _next_title(lines: list[str], at: int) -> int:
    while at < len(lines) and _bare(lines[at]) not in _TITLES:
        at += 1
    return at


def _bare(line: str) -> str:
    return _MARGIN.sub("", line, count=1).strip()


def _one(lines: list[str], at: int) -> tuple[Printed, int]:
    frames: list[JsonObject] = []
    in_group = at < len(lines) and _MARGIN.match(lines[at]) is not None
    while at < len(lines):
        line = _inner(lines[at], in_group)
        if not line.startswith(" "):
            break
        match = _FILE.fullmatch(line)
        at += 1
        if match is None:
            continue
        source = _inner(lines[at], in_group) if at < len(lines) else ""
        has_source = (
            source.startswith("    ") and _FILE.fullmatch(source) is None and not _MARKS.fullmatch(source)
        )
        if len(frames) < MOST_FRAMES:
            frames.append(_frame(match, source.strip() if has_source else None))
        at += has_source
    message: list[str] = []
    while at < len(lines):
        line = _inner(lines[at], in_group)
        if line.strip() in (*_CHAINED, *_TITLES) or line.lstrip().startswith("+-"):
            break
        message.append(line)
        at += 1
    kind, _, value = "\n".join(message).strip().partition(": ")
    if " " in kind or "\n" in kind:
        kind, value = "", ""
    return Printed(kind.rstrip(":"), value, tuple(frames)), at


def _inner(line: str, in_group: bool) -> str:
    return _MARGIN.sub("", line, count=1) if in_group else line


def _frame(match: re.Match[str], source: str | None) -> JsonObject:
    path = match["path"]
    relative = _PACKAGES.sub("", path)
    return frame(
        match["function"] or "",
        path,
        int(match["line"]),
        filename=relative.replace("\\", "/") if relative != path else "",
        source=source,
    )
