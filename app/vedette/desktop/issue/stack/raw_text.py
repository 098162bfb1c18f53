"""A stack trace as text, the way the platform itself prints it. Pure."""

from collections.abc import Iterator, Sequence

from vedette.desktop.issue.stack.frames import UNNAMED, Frame, read_frames
from vedette.desktop.issue.stack.outline import exception_title, exceptions_of
from vedette.domain.json import JsonObject

_CAUSE = "The above exception was the direct cause of the following exception:"
_CONTEXT = "During handling of the above exception, another exception occurred:"


def raw_text(event: JsonObject, platform: str = "") -> str:
    """Return all exceptions of *event* with their stack traces as text, in the platform's order."""
    platform = platform or str(event.get("platform") or "")
    exceptions = [exception for _, exception in exceptions_of(event)]
    if platform == "python":
        return "\n".join(_python(exceptions))
    return "\n".join(_others(exceptions[::-1], platform))


def stack_text(frames: Sequence[Frame], platform: str) -> str:
    """Return one stack trace as text without an exception, as for a thread."""
    lines = _python_frames(frames) if platform == "python" else _call_lines(frames[::-1], platform)
    return "\n".join(lines)


def _python(exceptions: Sequence[JsonObject]) -> Iterator[str]:
    for place, exception in enumerate(exceptions):
        if place:
            source = str((exceptions[place - 1].get("mechanism") or {}).get("source") or "")
            yield from ("", _CONTEXT if source == "__context__" else _CAUSE, "")
        frames = read_frames(exception.get("stacktrace"), "python")
        if frames:
            yield "Traceback (most recent call last):"
            yield from _python_frames(frames)
        yield exception_title(exception)


def _python_frames(frames: Sequence[Frame]) -> Iterator[str]:
    for frame in frames:
        path = frame.data.get("abs_path") or frame.data.get("filename") or "?"
        line = f", line {frame.lineno}" if frame.lineno is not None else ""
        yield f'  File "{path}"{line}, in {frame.function}'
        text = str(frame.data.get("context_line") or "").strip()
        if text:
            yield f"    {text}"


def _others(exceptions: Sequence[JsonObject], platform: str) -> Iterator[str]:
    for place, exception in enumerate(exceptions):
        yield f"{'Caused by: ' if place else ''}{exception_title(exception)}"
        yield from _call_lines(read_frames(exception.get("stacktrace"), platform)[::-1], platform)


def _call_lines(frames: Sequence[Frame], platform: str) -> Iterator[str]:
    for frame in frames:
        if platform in ("java", "groovy"):
            module = f"{frame.data['module']}." if frame.data.get("module") else ""
            yield f"\tat {module}{frame.function}({frame.location or 'Unknown Source'})"
        elif platform == "ruby":
            yield f"\tfrom {frame.location}:in '{frame.function}'"
        elif frame.function == UNNAMED:
            yield f"    at {frame.location}"
        else:
            yield f"    at {frame.function} ({frame.location})"
