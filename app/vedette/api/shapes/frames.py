"""Stack traces, exceptions and threads of a normalised event, as the published API spells them."""

from typing import TypedDict

from vedette.domain.json import JsonObject, JsonValue

Lines = list[tuple[int, str]]

_RENAMED = {
    "abs_path": "absPath",
    "instruction_addr": "instructionAddr",
    "symbol_addr": "symbolAddr",
    "raw_function": "rawFunction",
    "lineno": "lineNo",
    "colno": "colNo",
    "in_app": "inApp",
    "addr_mode": "addrMode",
    "thread_id": "threadId",
    "raw_stacktrace": "rawStacktrace",
    "held_locks": "heldLocks",
    "context_line": "context",
}
"""Protocol names whose API name differs; `_meta` needs them too."""


class Frame(TypedDict, total=False):
    """One frame; `context` holds numbered source lines, `map…` the file a source map led away from."""

    filename: str | None
    absPath: str | None
    module: str | None
    package: str | None
    platform: str | None
    instructionAddr: str | None
    symbolAddr: str | None
    function: str | None
    rawFunction: str | None
    symbol: str | None
    context: Lines
    lineNo: int | None
    colNo: int | None
    inApp: bool
    trust: str | None
    vars: dict[str, JsonValue] | None
    errors: JsonValue
    addrMode: str | None
    lock: JsonValue
    sourceLink: str | None
    minGroupingLevel: int | None
    map: str | None
    mapUrl: str | None
    origAbsPath: str | None


class Stacktrace(TypedDict):
    """Frames, the caller first and the most recent call last."""

    frames: list[Frame]
    framesOmitted: JsonValue
    registers: dict[str, JsonValue] | None
    hasSystemFrames: bool


class ExceptionValue(TypedDict):
    """One exception of a chain; the last in the list is the one that was raised."""

    type: str | None
    value: str | None
    module: str | None
    mechanism: dict[str, JsonValue] | None
    threadId: int | str | None
    stacktrace: Stacktrace | None
    rawStacktrace: Stacktrace | None


class Thread(TypedDict):
    """One thread at the moment of the event."""

    id: int | str | None
    name: str | None
    current: bool | None
    crashed: bool | None
    main: bool | None
    state: str | None
    heldLocks: JsonValue
    stacktrace: Stacktrace | None
    rawStacktrace: Stacktrace | None


def frame_shape(frame: JsonObject) -> Frame:
    """Return a frame of a normalised event for the API."""
    data = frame.get("data")
    data = data if isinstance(data, dict) else {}
    source_map = data.get("sourcemap")
    return {
        "filename": frame.get("filename"),
        "absPath": frame.get("abs_path"),
        "module": frame.get("module"),
        "package": frame.get("package"),
        "platform": frame.get("platform"),
        "instructionAddr": _text(frame.get("instruction_addr")),
        "symbolAddr": _text(frame.get("symbol_addr")),
        "function": frame.get("function"),
        "rawFunction": frame.get("raw_function"),
        "symbol": frame.get("symbol"),
        "context": source_lines(frame),
        "lineNo": frame.get("lineno"),
        "colNo": frame.get("colno"),
        "inApp": bool(frame.get("in_app")),
        "trust": frame.get("trust"),
        "vars": frame.get("vars"),
        "errors": frame.get("errors"),
        "addrMode": frame.get("addr_mode"),
        "lock": frame.get("lock"),
        "sourceLink": _text(frame.get("source_link") or data.get("sourceLink")),
        "minGroupingLevel": _number(data.get("min_grouping_level")),
        "map": source_map.rpartition("/")[2] if isinstance(source_map, str) else None,
        "mapUrl": _text(source_map),
        "origAbsPath": _text(data.get("orig_abs_path")),
    }


def source_lines(frame: JsonObject) -> Lines:
    """Return the source around a frame with line numbers from 1; [] without a line number or any source."""
    number = frame.get("lineno")
    line = frame.get("context_line")
    if not isinstance(number, int) or line is None:
        return []
    before = _lines(frame.get("pre_context"))
    before = before[max(0, len(before) - number + 1) :]  # no line comes before the first
    first = number - len(before)
    return list(enumerate([*before, str(line), *_lines(frame.get("post_context"))], first))


def stacktrace_shape(stacktrace: JsonValue) -> Stacktrace | None:
    """Return a stack trace for the API, None where there is none."""
    if not isinstance(stacktrace, dict):
        return None
    frames = [frame for frame in stacktrace.get("frames") or () if isinstance(frame, dict)]
    return {
        "frames": [frame_shape(frame) for frame in frames],
        "framesOmitted": stacktrace.get("frames_omitted"),
        "registers": stacktrace.get("registers"),
        "hasSystemFrames": mixes_system_frames(frames),
    }


def mixes_system_frames(frames: list[JsonObject]) -> bool:
    """Say whether there are both in-app and other frames, so that hiding some leaves some."""
    in_app = sum(1 for frame in frames if frame.get("in_app"))
    return 0 < in_app < len(frames)


def exception_shape(exception: JsonObject) -> ExceptionValue:
    return {
        "type": exception.get("type"),
        "value": exception.get("value"),
        "module": exception.get("module"),
        "mechanism": exception.get("mechanism"),
        "threadId": exception.get("thread_id"),
        "stacktrace": stacktrace_shape(exception.get("stacktrace")),
        "rawStacktrace": stacktrace_shape(exception.get("raw_stacktrace")),
    }


def thread_shape(thread: JsonObject) -> Thread:
    return {
        "id": thread.get("id"),
        "name": thread.get("name"),
        "current": thread.get("current"),
        "crashed": thread.get("crashed"),
        "main": thread.get("main"),
        "state": thread.get("state"),
        "heldLocks": thread.get("held_locks"),
        "stacktrace": stacktrace_shape(thread.get("stacktrace")),
        "rawStacktrace": stacktrace_shape(thread.get("raw_stacktrace")),
    }


def renamed_meta(meta: JsonValue) -> JsonValue:
    """Return a branch of ``_meta`` with its keys in the API's spelling; remarks ("") stay as they are."""
    if not isinstance(meta, dict):
        return meta
    return {
        _RENAMED.get(key, key): branch if key == "" else renamed_meta(branch) for key, branch in meta.items()
    }


def _lines(value: JsonValue) -> list[str]:
    return ["" if line is None else str(line) for line in value] if isinstance(value, list) else []


def _text(value: JsonValue) -> str | None:
    return None if value is None else str(value)


def _number(value: JsonValue) -> int | None:
    return value if isinstance(value, int) else None
