"""Source from the project's folders on this disk, and whether it is still what the event saw.

Reads files: call it in a worker thread, never on the GUI thread.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from vedette.desktop.issue.source.functions import function_range
from vedette.desktop.issue.source.git import unchanged_since
from vedette.desktop.issue.source.matching import SourceState, compare
from vedette.desktop.issue.source.roots import SourceRoots, names_of
from vedette.desktop.issue.stack.frames import Frame
from vedette.desktop.language import tr

LARGEST = 4_000_000
"""Bytes of a file that is read."""
_MOST_FILES = 60

SourceKey = tuple[str, int]
"""A stack trace's name in the event, and the place of a frame in it."""


@dataclass(frozen=True, slots=True)
class LocalSource:
    """A frame's file on this disk; *path* is None where none was found, and *why* says so.

    *lines* is the whole function around *line* as it is now, *first* the number of its first line. *line* is
    None if the file has no such line any more.
    """

    state: SourceState
    path: Path | None = None
    lines: tuple[str, ...] = ()
    first: int = 1
    line: int | None = None
    moved: int = 0
    revision: str = ""
    why: str = ""

    @property
    def badge(self) -> str:
        """One or two words for the frame's row."""
        return tr(self.state.value).format(lines=f"{self.moved:+d}")

    @property
    def tip(self) -> str:
        """The file and a sentence on how it stands."""
        words = {
            SourceState.EXACT: tr("The file is as it was at {revision}.").format(
                revision=self.revision.removeprefix("refs/tags/")[:12]
            ),
            SourceState.SAME_TEXT: tr("The line in the file is still what the event saw."),
            SourceState.MOVED: tr("The line stands elsewhere in the file now: at {line}.").format(
                line=self.line
            ),
            SourceState.EDITED: tr("The line in the file is no longer what the event saw."),
            SourceState.FROM_DISK: tr(
                "The event carries no source; these lines are from the file as it is now."
            ),
            SourceState.MISSING: self.why,
        }
        return f"{self.path}\n{words[self.state]}" if self.path is not None else words[self.state]

    @property
    def is_shown(self) -> bool:
        """Whether the lines on disk stand for what the event saw, so that they may be shown in its place."""
        return bool(self.lines) and self.state not in (SourceState.EDITED, SourceState.MISSING)


class SourceReader:
    """Finds frames' files below a project's folders; each file is read once."""

    def __init__(self, roots: SourceRoots) -> None:
        self._roots = roots
        self._texts: dict[Path, bytes | None] = {}
        self._lines: dict[Path, tuple[str, ...]] = {}
        self._paths: dict[tuple[str, ...], Path | None] = {}

    def find(self, frame: Frame) -> Path | None:
        """Return the frame's file on this disk."""
        names = tuple(names_of(frame.data))
        if names not in self._paths:
            self._paths[names] = self._roots.find(frame.data)
        return self._paths[names]

    def look_up(self, frame: Frame) -> LocalSource | None:
        """Return the frame's source, None where nothing can be said: no line number, or too many files."""
        if frame.lineno is None or not self._roots:
            return None
        path = self.find(frame)
        if path is None:
            return LocalSource(SourceState.MISSING, why=self._why(frame))
        if path not in self._texts and len(self._texts) >= _MOST_FILES:
            return None
        lines = self.lines(path)
        if lines is None:
            return LocalSource(
                SourceState.MISSING, why=tr("{path} cannot be read, or is too large.").format(path=path)
            )
        finding = compare(frame.data, lines)
        if finding.at is None:
            return LocalSource(finding.state, path)
        start, end = function_range(lines, finding.at, path.name)
        line = finding.at + 1
        moved = line - frame.lineno if finding.state is SourceState.MOVED else 0
        return LocalSource(finding.state, path, lines[start : end + 1], start + 1, line, moved)

    def lines(self, path: Path) -> tuple[str, ...] | None:
        """Return the lines of a file found, None if it is too large or cannot be read."""
        if path not in self._texts:
            self._texts[path] = read_source(path)
        content = self._texts[path]
        if content is None:
            return None
        if path not in self._lines:
            self._lines[path] = text_lines(content)
        return self._lines[path]

    def content(self, path: Path) -> bytes:
        """Return the bytes of a file that `look_up` has read."""
        return self._texts.get(path) or b""

    def _why(self, frame: Frame) -> str:
        folders = "\n".join(str(folder) for folder in self._roots.folders)
        name = next(names_of(frame.data), "")
        if not name:
            return tr("The frame names no file.")
        return tr("{name} was looked for in:\n{folders}").format(name=name, folders=folders)


def read_source(path: Path) -> bytes | None:
    """Return a file's bytes, None for one that is too large or cannot be read."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError:
        return None
    return content if len(content) <= LARGEST else None


def text_lines(content: bytes) -> tuple[str, ...]:
    """Return a file's lines without their ends; bytes that are no UTF-8 are replaced."""
    text = content.decode("utf-8-sig", errors="replace")
    return tuple(text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n"))


def look_up_all(
    roots: SourceRoots,
    stacks: Mapping[str, Sequence[Frame]],
    revisions: Sequence[str] = (),
    within: float | None = None,
) -> dict[SourceKey, LocalSource]:
    """Return the local source of the application's frames; nothing without folders.

    The innermost frames come first; after *within* seconds the rest is left out. With *revisions*, git is
    asked whether the files are what they were then.
    """
    if not roots:
        return {}
    reader = SourceReader(roots)
    end = None if within is None else time.monotonic() + within
    found: dict[SourceKey, LocalSource] = {}
    for stack, frames in stacks.items():
        for frame in reversed(frames):
            if end is not None and time.monotonic() > end:
                return found
            if frame.in_app and (local := reader.look_up(frame)) is not None:
                found[stack, frame.at] = local
    return _with_git(found, reader, revisions)


def _with_git(
    found: dict[SourceKey, LocalSource], reader: SourceReader, revisions: Sequence[str]
) -> dict[SourceKey, LocalSource]:
    paths = {local.path for local in found.values() if local.path is not None}
    same = unchanged_since(revisions, {path: reader.content(path) for path in paths}) if revisions else {}
    return {
        key: replace(local, state=SourceState.EXACT, revision=same[local.path])
        if local.path in same and local.state in (SourceState.SAME_TEXT, SourceState.FROM_DISK)
        else local
        for key, local in found.items()
    }


def look_up_one(roots: SourceRoots, frame: Frame) -> LocalSource | None:
    """Return the local source of any frame, also a library's; None where nothing can be said of it."""
    return SourceReader(roots).look_up(frame)
