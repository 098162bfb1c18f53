"""Stack traces and frames in canonical form. Caller first, most recent call last, as sent.

No frame, source line or variable is dropped here: what a view can show is the view's business.
"""

from functools import lru_cache

from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.faults import Faults, Path
from vedette.processing.shapes import (
    ADDRESS,
    ARRAY,
    BOOLEAN,
    MAPPING,
    SIGNED,
    TEXT,
    UNSIGNED,
    Kind,
    Shape,
    UnfitError,
)


def _variables(value: JsonValue) -> JsonValue:
    """A list of variables becomes a map by index."""
    if type(value) is list:
        return {str(index): item for index, item in enumerate(value)}
    raise UnfitError("expected an object")


_FRAME = Shape(
    function=TEXT,
    raw_function=TEXT,
    symbol=TEXT,
    module=TEXT,
    package=TEXT,
    filename=TEXT,
    file_revision=TEXT,
    abs_path=TEXT,
    lineno=UNSIGNED,
    colno=UNSIGNED,
    platform=TEXT,
    pre_context=ARRAY,
    context_line=TEXT,
    post_context=ARRAY,
    in_app=BOOLEAN,
    vars=Kind(dict, _variables),
    data=MAPPING,
    parent_index=SIGNED,
    sample_count=UNSIGNED,
    image_addr=ADDRESS,
    instruction_addr=ADDRESS,
    symbol_addr=ADDRESS,
    function_id=ADDRESS,
    addr_mode=TEXT,
    trust=TEXT,
    lang=TEXT,
    stack_start=BOOLEAN,
    lock=MAPPING,
)

_STACKTRACE = Shape(registers=MAPPING, lang=TEXT, snapshot=BOOLEAN)

_URL_SCHEMES = ("http://", "https://", "file://", "applewebdata://")


def settle_stacktrace(
    holder: JsonObject, name: str, faults: Faults, path: Path, *, keeps_empty: bool = False
) -> None:
    """Put the stack trace under *name* of *holder* into canonical form.

    One without frames is removed, unless *keeps_empty* and it is a list of none.
    """
    stacktrace = holder.get(name)
    if stacktrace is None:
        holder.pop(name, None)
        return
    if type(stacktrace) is list:
        stacktrace = holder[name] = {"frames": stacktrace}
    elif type(stacktrace) is not dict:
        del holder[name]
        faults.invalid((*path, name), stacktrace, "expected a stack trace")
        return
    frames = stacktrace.get("frames")
    if type(frames) is dict:
        frames = stacktrace["frames"] = [frames]
    if type(frames) is list and not frames and keeps_empty:
        return
    if type(frames) is not list or not frames:
        del holder[name]
        if frames:
            faults.invalid((*path, name, "frames"), frames, "expected an array")
        return
    _STACKTRACE.check(stacktrace, faults, (*path, name))
    check = _FRAME.check
    for index, frame in enumerate(frames):
        if type(frame) is dict:
            check(frame, faults, (*path, name, "frames", index))
            _settle_frame(frame)
        elif frame is not None:
            frames[index] = None
            faults.invalid((*path, name, "frames", index), frame, "expected a frame")


def _settle_frame(frame: JsonObject) -> None:
    _settle_paths(frame)
    for name in ("function", "symbol"):
        if frame.get(name) in ("?", ""):
            del frame[name]
    before, after = frame.get("pre_context"), frame.get("post_context")
    if before:
        _settle_lines(before)
    if after:
        _settle_lines(after)
    if (before or after) and frame.get("context_line") is None:
        frame["context_line"] = ""


def _settle_paths(frame: JsonObject) -> None:
    """A path given once serves as both; of a URL, ``filename`` is the path."""
    absolute = frame.get("abs_path")
    if not absolute:
        absolute = frame.get("filename")
        if not absolute:
            return
        frame["abs_path"] = absolute
    elif frame.get("filename"):
        return
    frame["filename"] = url_path(absolute) if absolute.startswith(_URL_SCHEMES) else absolute


@lru_cache(maxsize=4096)
def url_path(url: str) -> str:
    """Return the path of *url*, or all of it if it has none beyond ``/``."""
    start = url.find("/", url.index("://") + 3)
    if start < 0:
        return url
    path = url[start:].partition("?")[0].partition("#")[0]
    return path if len(path) > 1 else url


def _settle_lines(lines: list[JsonValue]) -> None:
    """Null lines become empty ones; anything else that is not text is written out."""
    try:
        "".join(lines)  # the quickest way to learn that all are text
    except TypeError:
        lines[:] = ["" if line is None else line if type(line) is str else str(line) for line in lines]
