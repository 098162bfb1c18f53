"""Which lines of source a frame shows, and finding their colours before they are needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vedette.desktop.issue.source.looking import LocalSource, SourceKey
from vedette.desktop.issue.stack.frames import Frame, crash_frame, source_lines
from vedette.desktop.theme.highlight import Run, highlight


@dataclass(frozen=True, slots=True)
class ShownSource:
    """Lines without their ends, the number of the first, and that of the line to mark, None for none."""

    lines: tuple[str, ...]
    first: int
    current: int | None


def shown_source(frame: Frame, local: LocalSource | None) -> ShownSource | None:
    """Return the function on disk where it stands for what the event saw, else the event's own lines."""
    if local is not None and local.is_shown:
        return ShownSource(local.lines, local.first, local.line)
    sent = source_lines(frame.data)
    if sent is None:
        return None
    return ShownSource(tuple(line.rstrip("\r\n") for line in sent[0]), sent[1], frame.lineno)


def colour_source(source: ShownSource, frame: Frame, platform: str) -> list[list[Run]]:
    """Return the coloured runs of each line; found once, the answer is remembered."""
    return highlight(source.lines, frame.path, str(frame.data.get("platform") or platform))


def colour_ahead(
    stacks: Mapping[str, Sequence[Frame]],
    found: Mapping[SourceKey, LocalSource],
    platform: str,
    most: int = 3,
) -> None:
    """Find the colours of the frames that will be open first, in the innermost *most* stack traces.

    For a worker thread: the first frame of a language costs 20 ms, which the window need not wait for.
    """
    for name, frames in list(stacks.items())[-most:]:
        frame = crash_frame(frames)
        source = shown_source(frame, found.get((name, frame.at))) if frame is not None else None
        if frame is not None and source is not None:
            colour_source(source, frame, platform)
