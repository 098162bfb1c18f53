"""Which frames of a stack trace are shown and which are folded away. Pure: a stack trace in, rows out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from vedette.desktop.language import mark, tr
from vedette.domain.json import JsonObject

UNNAMED = "<unknown>"
_TRUST = {
    "context": mark("from the registers"),
    "cfi": mark("by call frame info"),
    "fp": mark("by frame pointer"),
    "scan": mark("found by scanning"),
    "cfi-scan": mark("found by scanning"),
    "prewalked": mark("walked before"),
}
_SCRIPTS = ("javascript", "node")
_BUNDLED_COLUMN = 300
"""A line of written code is hardly ever so long; one of a bundle is."""
_LEAST_RUN = 2  # a single library frame between two of the application is shown: a fold would say less
_MOST_PACKAGES = 3
_INSTALLED = re.compile(r"(?:site|dist)-packages[/\\]([^/\\]+)")
_NODE = re.compile(r"node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)")
_GEM = re.compile(r"gems[/\\]([A-Za-z0-9_-]+?)-\d")
_VENDOR = re.compile(r"vendor[/\\]([^/\\]+[/\\][^/\\]+)")
_RUNTIMES = {"python": "Python", "node": "Node.js", "javascript": "JavaScript", "ruby": "Ruby", "go": "Go"}


class StackShow(StrEnum):
    """How much of a stack trace is shown."""

    RELEVANT = "relevant"
    FULL = "full"
    RAW = "raw"


class Mapping(StrEnum):
    """Whether a script's place is one of its source, by a source map, or of a bundle."""

    NONE = ""
    MAPPED = mark("by source map")
    UNMAPPED = mark("no source map")


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame as a row says it. *at* is its place as sent: 0 is the outermost caller."""

    at: int
    function: str
    location: str  # file:line, and :column where the platform tells it
    package: str  # whose code it is, "" for the application's
    in_app: bool
    lineno: int | None
    data: JsonObject
    repeats: int = 1  # so many frames in a row that stand at the same place
    mapping: Mapping = Mapping.NONE

    @property
    def has_source(self) -> bool:
        return self.data.get("context_line") is not None

    @property
    def variables(self) -> JsonObject:
        found = self.data.get("vars")
        return found if isinstance(found, dict) else {}

    @property
    def colno(self) -> int | None:
        found = self.data.get("colno")
        return found if isinstance(found, int) else None

    @property
    def path(self) -> str:
        """Where the program said its file lies, "" if it did not."""
        return str(self.data.get("abs_path") or self.data.get("filename") or "")

    @property
    def place(self) -> str:
        """The path and the line, as editors and terminals take it."""
        line = f":{self.lineno}" if self.lineno is not None else ""
        return f"{self.path or self.location}{line}" if self.path else self.location

    @property
    def address(self) -> str:
        """The instruction's address in a native program, "" elsewhere."""
        return str(self.data.get("instruction_addr") or "")

    @property
    def trust(self) -> str:
        """How the unwinder came to a native frame, in words."""
        found = str(self.data.get("trust") or "")
        return tr(_TRUST[found]) if found in _TRUST else found

    @property
    def image(self) -> str:
        """The file name of the library or program a native frame lies in."""
        return re.split(r"[/\\]", str(self.data.get("package") or ""))[-1]

    @property
    def sentence(self) -> str:
        """The frame as it is read out."""
        own = tr("in app") if self.in_app else tr("library {package}").format(package=self.package).strip()
        parts = [self.function, self.location or tr("place unknown"), own]
        if self.repeats > 1:
            parts.append(tr("%n time(s) in a row", "", self.repeats))
        if self.mapping:
            parts.append(tr(self.mapping.value))
        return ", ".join(part for part in (*parts, self.trust) if part)


@dataclass(frozen=True, slots=True)
class LibraryRun:
    """Library frames in a row, folded into one line, in the order shown."""

    frames: tuple[Frame, ...]

    @property
    def count(self) -> int:
        return sum(frame.repeats for frame in self.frames)

    @property
    def title(self) -> str:
        """``12 library frames · django, sentry_sdk``."""
        names = list(dict.fromkeys(frame.package for frame in self.frames if frame.package))
        head = tr("%n library frame(s)", "", self.count)
        shown = ", ".join(names[:_MOST_PACKAGES])
        if len(names) > _MOST_PACKAGES:
            shown = tr("{names} and {count} more").format(names=shown, count=len(names) - _MOST_PACKAGES)
        return f"{head} · {shown}" if names else head


StackRow = Frame | LibraryRun


def read_frames(stacktrace: JsonObject | None, platform: str) -> tuple[Frame, ...]:
    """Return the frames of a normalised stack trace, outermost caller first; broken ones are left out."""
    frames = stacktrace.get("frames") if stacktrace else None
    return tuple(
        _read(at, frame, frame.get("platform") or platform)
        for at, frame in enumerate(frames or ())
        if isinstance(frame, dict)
    )


def _read(at: int, frame: JsonObject, platform: str) -> Frame:
    in_app = frame.get("in_app") is True
    lineno = frame.get("lineno")
    return Frame(
        at=at,
        function=_function(frame),
        location=_location(frame, platform),
        package="" if in_app else package_of(frame, platform),
        in_app=in_app,
        lineno=lineno if isinstance(lineno, int) else None,
        data=frame,
        mapping=_mapping(frame, platform),
    )


def _mapping(frame: JsonObject, platform: str) -> Mapping:
    """Return whether a source map was used, by the marks processing and SDKs leave, else by how it looks."""
    if platform not in _SCRIPTS:
        return Mapping.NONE
    data = frame.get("data")
    if isinstance(data, dict) and (data.get("sourcemap") or data.get("symbolicated")):
        return Mapping.MAPPED
    column, path = frame.get("colno"), str(frame.get("abs_path") or frame.get("filename") or "")
    if not path.startswith(("http://", "https://", "app://")) or frame.get("in_app") is not True:
        return Mapping.NONE
    is_bundled = ".min." in path or (isinstance(column, int) and column >= _BUNDLED_COLUMN)
    return Mapping.UNMAPPED if is_bundled else Mapping.NONE


def _function(frame: JsonObject) -> str:
    for name in ("function", "raw_function", "symbol", "instruction_addr"):
        if frame.get(name):
            return str(frame[name])
    return UNNAMED


def _location(frame: JsonObject, platform: str) -> str:
    place = frame.get("filename") or frame.get("abs_path") or frame.get("module") or frame.get("package")
    if not place:
        return str(frame.get("instruction_addr") or "")
    text = str(place)
    if isinstance(frame.get("lineno"), int):
        text += f":{frame['lineno']}"
        if platform in _SCRIPTS and isinstance(frame.get("colno"), int):
            text += f":{frame['colno']}"
    return text


def package_of(frame: JsonObject, platform: str) -> str:
    """Return the library a frame belongs to, as its users call it, "" if it does not tell."""
    path = str(frame.get("abs_path") or frame.get("filename") or "")
    for pattern in (_INSTALLED, _NODE, _GEM, _VENDOR):
        if found := pattern.search(path):
            return found[1].replace("\\", "/").removesuffix(".py")
    if frame.get("package"):
        return re.split(r"[/\\]", str(frame["package"]))[-1]
    module = str(frame.get("module") or "")
    if platform in ("java", "csharp", "groovy"):
        return ".".join(module.split(".")[:2])
    if platform == "go":
        return module
    if path.startswith(("node:", "internal/", "<frozen ")) or "/lib/python" in path or "/lib/ruby/" in path:
        return _RUNTIMES.get(platform, "")
    return module.split(".")[0] if platform == "python" else ""


def crash_frame(frames: Sequence[Frame]) -> Frame | None:
    """Return the frame to open first: the innermost of the application, else the innermost."""
    for frame in reversed(frames):
        if frame.in_app:
            return frame
    return frames[-1] if frames else None


def arrange(frames: Sequence[Frame], show: StackShow, *, newest_first: bool = True) -> tuple[StackRow, ...]:
    """Return the rows of a stack trace in reading order.

    RELEVANT folds library frames in a row into one line and frames that repeat into one with a count; the
    innermost frame is always shown, and everything is when no frame is the application's.
    """
    rows: list[StackRow]
    if show is StackShow.RELEVANT:
        found = _without_repeats(frames)
        rows = list(_folded(found)) if any(frame.in_app for frame in found) else list(found)
    else:
        rows = list(frames)
    if newest_first:
        rows = [
            LibraryRun(row.frames[::-1]) if isinstance(row, LibraryRun) else row for row in reversed(rows)
        ]
    return tuple(rows)


def _without_repeats(frames: Sequence[Frame]) -> list[Frame]:
    """Return *frames* with those at the same place in a row as one: the innermost, which stopped."""
    found: list[Frame] = []
    for frame in frames:
        last = found[-1] if found else None
        alike = last is not None and (last.function, last.location) == (frame.function, frame.location)
        if last is not None and alike and frame.location:
            found[-1] = replace(frame, repeats=last.repeats + 1)
        else:
            found.append(frame)
    return found


def _folded(frames: Sequence[Frame]) -> list[StackRow]:
    rows: list[StackRow] = []
    run: list[Frame] = []
    for place, frame in enumerate(frames):
        if frame.in_app or place == len(frames) - 1:
            rows += _closed(run)
            run = []
            rows.append(frame)
        else:
            run.append(frame)
    return rows + _closed(run)


def _closed(run: list[Frame]) -> list[StackRow]:
    if len(run) < _LEAST_RUN:
        return list(run)
    return [LibraryRun(tuple(run))]


def source_lines(frame: JsonObject) -> tuple[list[str], int] | None:
    """Return the lines an event carries around a frame and the number of the first, None without any."""
    line = frame.get("context_line")
    if line is None:
        return None
    before = [str(text) for text in frame.get("pre_context") or ()]
    after = [str(text) for text in frame.get("post_context") or ()]
    lineno = frame.get("lineno")
    first = (lineno if isinstance(lineno, int) else len(before) + 1) - len(before)
    if first < 1:  # some SDKs pad the lines before the first of a file
        before, first = before[1 - first :], 1
    return [*before, str(line), *after], first
