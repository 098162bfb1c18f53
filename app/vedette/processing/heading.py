"""How an event is called: title, culprit, location, as Sentry derives them."""

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.processed import Heading
from vedette.processing.exceptions import event_exceptions, event_stacktraces

Frames = list[JsonObject | None]

LONGEST_TITLE = 100
LONGEST_TYPE = 128
LONGEST_VALUE = 1024
LONGEST_CULPRIT = 200

UNLABELED = "<unlabeled event>"
UNKNOWN = "<unknown>"

_NAMELESS = (None, "", "<redacted>", "<unknown>")
# Mechanisms of crashes read from a dump or report.
_CRASHES = frozenset(
    {
        "minidump",
        "applecrashreport",
        "unreal",
        "playstation.prosperodump",
        "event.nv_gpudmp",
        "nswitch.dying_message",
        "event.payload",
        "event.breadcrumbs",
    }
)


def event_heading(event: JsonObject) -> Heading:
    """Return the heading of a normalised event whose frames are marked in-app."""
    kind = event["type"]
    if kind == "error":
        return _error_heading(event)
    culprit = event_culprit(event)
    if kind == "csp":
        return _csp_heading(event, culprit)
    if kind == "feedback":
        return _feedback_heading(event, culprit)
    message = event_message(event)
    title = cut(_first_line(message), LONGEST_TITLE) or UNLABELED
    return _located(title, culprit, "", message, _last_frames(event))


def _error_heading(event: JsonObject) -> Heading:
    """``type: value``, or the function where the type is an artefact or missing.

    But a message captured with its stack, which SDKs send as an exception without a type, keeps its message.
    """
    exception = main_exception(event)
    mechanism = exception.get("mechanism") or {}
    is_artefact = bool(mechanism.get("synthetic")) and not _names_crash(exception, mechanism)
    name = "" if is_artefact else cut(exception.get("type") or "", LONGEST_TYPE)
    value = exception.get("value") or ""
    stacktrace = exception.get("stacktrace")
    frames = stacktrace["frames"] if stacktrace else _last_frames(event)
    if name:
        first = cut(_first_line(value), LONGEST_TITLE)
        title = f"{name}: {first}" if first else name
    else:
        frame = _named_frame(frames) or {}
        message = (
            cut(_first_line(event_message(event)), LONGEST_TITLE) if exception.get("type") is None else ""
        )
        title = message or frame.get("function") or UNKNOWN
    return _located(title, event_culprit(event), name, value, frames)


def _names_crash(exception: JsonObject, mechanism: JsonObject) -> bool:
    """Whether the type is a crash's reason, the best there is as long as no frame has a function's name.

    Sentry has such events symbolicated, and says `<unknown>` where that fails.
    """
    if mechanism.get("type") not in _CRASHES:
        return False
    stacktrace = exception.get("stacktrace")
    return _named_frame(stacktrace["frames"] if stacktrace else []) is None


def _located(title: str, culprit: str, name: str, value: str, frames: Frames) -> Heading:
    """Where it happened is told by the last in-app frame with a function's name, as in Sentry.

    The line is the crash's own when that lies in the same file, as in an anonymous function inside the named
    one; and a nameless in-app frame says more than a named one of a library.
    """
    crash = _last_own(frames) or {}
    frame = _named_frame(frames) or crash
    if crash.get("in_app") and not frame.get("in_app"):
        frame = crash
    filename = _file(frame)
    lineno = frame.get("lineno")
    if crash.get("lineno") and _file(crash) == filename:
        lineno = crash["lineno"]
    return Heading(
        title=title,
        culprit=culprit,
        type=name,
        value=cut(value, LONGEST_VALUE),
        filename=filename,
        function=frame.get("function") or "",
        lineno=lineno,
    )


def _file(frame: JsonObject) -> str:
    return frame.get("filename") or frame.get("abs_path") or ""


def _csp_heading(event: JsonObject, culprit: str) -> Heading:
    csp = event.get("csp") or {}
    directive, uri = csp.get("effective_directive"), csp.get("blocked_uri")
    directive = directive if type(directive) is str else ""
    uri = uri if type(uri) is str else ""
    message = event_message(event)
    if not message:
        blocked = uri or "inline source"
        message = f"Blocked {directive} from {blocked}" if directive else UNLABELED
    return Heading(
        cut(_first_line(message), LONGEST_TITLE), culprit or directive, directive, cut(uri, LONGEST_VALUE)
    )


def _feedback_heading(event: JsonObject, culprit: str) -> Heading:
    feedback = event["contexts"].get("feedback") or {}
    message = feedback.get("message")
    message = message if type(message) is str else event_message(event)
    title = f"User Feedback: {_first_line(message)}" if message else "User Feedback"
    url = feedback.get("url")
    return Heading(
        title=cut(title, LONGEST_TITLE),
        culprit=culprit or (url if type(url) is str else ""),
        value=cut(message, LONGEST_VALUE),
    )


def event_message(event: JsonObject) -> str:
    """Return the formatted message, "" without one."""
    entry = event.get("logentry")
    return (entry.get("formatted") or entry.get("message") or "") if entry else ""


def main_exception(event: JsonObject) -> JsonObject:
    """Return the exception that names the event: the last, or what a group of one kind of failure holds."""
    exceptions = event_exceptions(event)
    if not exceptions:
        return {}
    return _only_member(exceptions) or exceptions[-1]


def _only_member(exceptions: list[JsonObject]) -> JsonObject | None:
    """Sentry looks through groups: if all members failed alike, the failure names the event."""
    members: dict[JsonValue, list[JsonObject]] = {}
    for exception in exceptions:
        mechanism = exception.get("mechanism") or {}
        if mechanism.get("exception_id") is not None:
            members.setdefault(mechanism.get("parent_id"), []).append(exception)
    waiting, seen, leaves = list(members.get(None, ())), set(), []
    if not any(exception["mechanism"].get("is_exception_group") for exception in waiting):
        return None
    while waiting:
        exception = waiting.pop()
        mechanism = exception["mechanism"]
        if not mechanism.get("is_exception_group"):
            leaves.append(exception)
        elif mechanism["exception_id"] not in seen:  # ids may repeat or run in a circle
            seen.add(mechanism["exception_id"])
            waiting += members.get(mechanism["exception_id"], ())
    kinds = {_failure(exception) for exception in leaves}
    return max(leaves, key=lambda leaf: leaf["mechanism"]["exception_id"]) if len(kinds) == 1 else None


def _failure(exception: JsonObject) -> tuple[str, ...]:
    """What two failures must share to be alike: the type and the way there, or without a stack the value."""
    kind = exception.get("type") or ""
    stacktrace = exception.get("stacktrace")
    if not stacktrace:
        return kind, exception.get("value") or ""
    return kind, *(f"{_file(frame)} {frame.get('function')}" for frame in stacktrace["frames"] if frame)


def crash_frame(event: JsonObject) -> JsonObject | None:
    """Return the frame it happened in: the last in-app frame, the last one when none is in-app."""
    return _last_own(_last_frames(event))


def _last_frames(event: JsonObject) -> Frames:
    stacktraces = event_stacktraces(event)
    frames: Frames = stacktraces[-1]["frames"] if stacktraces else []
    return frames


def _last_own(frames: Frames) -> JsonObject | None:
    last = None
    for frame in reversed(frames):
        if frame:
            if frame.get("in_app"):
                return frame
            if last is None:
                last = frame
    return last


def _named_frame(frames: Frames) -> JsonObject | None:
    """Return the last in-app frame with a function's name, else the last frame with one."""
    last = None
    for frame in reversed(frames):
        if frame and frame.get("function") not in _NAMELESS:
            if frame.get("in_app"):
                return frame
            if last is None:
                last = frame
    return last


def event_culprit(event: JsonObject) -> str:
    """Return where to look first: the transaction, else module and function, else the URL."""
    transaction = event.get("transaction")
    if transaction:
        return cut(transaction, LONGEST_CULPRIT)
    exceptions = event_exceptions(event)
    mechanism = exceptions[-1].get("mechanism") if exceptions else None
    is_synthetic = mechanism is not None and bool(mechanism.get("synthetic"))
    frame = None if is_synthetic else crash_frame(event)
    if frame:
        return cut(_frame_culprit(frame, event["platform"]), LONGEST_CULPRIT)
    if event.get("culprit"):
        return cut(event["culprit"], LONGEST_CULPRIT)
    request = event.get("request")
    url = request.get("url") if request else None
    return cut(url, LONGEST_CULPRIT) if url else ""


def _frame_culprit(frame: JsonObject, platform: str) -> str:
    platform = frame.get("platform") or platform
    function = frame.get("function") or "?"
    place = frame.get("module") or frame.get("filename") or "?"
    if platform in ("objc", "cocoa", "native"):
        return str(function)
    if platform in ("javascript", "node"):
        return f"{function}({place})"
    return f"{place} in {function}"


def cut(text: str, length: int) -> str:
    """Return *text*, or its beginning and ``...`` if it is longer than *length* characters."""
    return text if len(text) <= length else text[: length - 3] + "..."


def _first_line(text: str) -> str:
    text = text.strip() if text[:1].isspace() else text
    return text.partition("\n")[0].rstrip()
