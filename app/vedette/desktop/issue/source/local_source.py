"""Source from the project's folder on this disk, and whether it is still what the event saw.

Reads files: call it in a worker thread, never on the GUI thread.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from vedette.desktop.issue.stack.frames import Frame

AROUND = 5
_LARGEST = 2_000_000
_MOST_FILES = 40


class SourceState(StrEnum):
    """How the text on disk stands to what the event carries."""

    FROM_DISK = "from disk"
    SAME_TEXT = "same text"
    EDITED = "edited since"


@dataclass(frozen=True, slots=True)
class LocalSource:
    """A frame's file on this disk and the lines around the frame as they are now."""

    path: Path
    state: SourceState
    lines: tuple[str, ...]
    first: int

    @property
    def tip(self) -> str:
        words = {
            SourceState.FROM_DISK: "The event carries no source; these lines are from the file as it is now.",
            SourceState.SAME_TEXT: "The line in the file is still what the event saw.",
            SourceState.EDITED: "The line in the file is no longer what the event saw.",
        }
        return f"{self.path}\n{words[self.state]}"


class SourceFolder:
    """Finds frames' files below one folder; each file is read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._files: dict[str, tuple[Path, list[str]] | None] = {}

    def look_up(self, frame: Frame) -> LocalSource | None:
        """Return the frame's lines on disk, None when its file is not there or has no such line."""
        if frame.lineno is None or len(self._files) > _MOST_FILES:
            return None
        name = str(frame.data.get("abs_path") or frame.data.get("filename") or "")
        if name not in self._files:
            self._files[name] = self._read(name)
        found = self._files[name]
        if found is None:
            return None
        path, lines = found
        at = frame.lineno - 1
        if not 0 <= at < len(lines):
            return None
        start = max(0, at - AROUND)
        state = SourceState.FROM_DISK
        if frame.has_source:
            same = lines[at].strip() == str(frame.data["context_line"]).strip()
            state = SourceState.SAME_TEXT if same else SourceState.EDITED
        return LocalSource(path, state, tuple(lines[start : at + AROUND + 1]), start + 1)

    def _read(self, name: str) -> tuple[Path, list[str]] | None:
        path = self._find(name)
        if path is None:
            return None
        try:
            if path.stat().st_size > _LARGEST:
                return None
            return path, path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return None

    def _find(self, name: str) -> Path | None:
        """Return the file whose path ends like *name*, the longest such ending first, never outside."""
        parts = [part for part in PurePosixPath(_plain_path(name)).parts if part not in ("/", ".", "..")]
        for start in range(len(parts)):
            candidate = self._folder.joinpath(*parts[start:])
            try:
                inside = candidate.resolve().is_relative_to(self._folder)
                if inside and candidate.is_file():
                    return candidate
            except (OSError, ValueError):
                return None
        return None


def _plain_path(name: str) -> str:
    """Return a path or URL with slashes, without scheme, drive, query."""
    name = name.replace("\\", "/")
    if "://" in name:
        name = name.split("://", 1)[1].partition("?")[0].partition("#")[0]
    elif name[1:2] == ":":
        name = name[2:]
    return name.lstrip("~/")


def look_up_all(
    folder: Path | None, stacks: dict[str, Sequence[Frame]]
) -> dict[tuple[str, int], LocalSource]:
    """Return the local source of the application's frames by (stack, place); empty without a folder."""
    if folder is None or not folder.is_dir():
        return {}
    source = SourceFolder(folder)
    found = {}
    for stack, frames in stacks.items():
        for frame in frames:
            if frame.in_app and (local := source.look_up(frame)) is not None:
                found[stack, frame.at] = local
    return found
