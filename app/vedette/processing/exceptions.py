"""Exceptions and threads in canonical form. Oldest cause first: the last entry is the one that was raised."""

from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.faults import Faults, Path
from vedette.processing.mechanisms import settle_mechanism
from vedette.processing.shapes import (
    BOOLEAN,
    JSON_TEXT,
    LENIENT_TEXT,
    MAPPING,
    TEXT,
    Kind,
    Shape,
    UnfitError,
    list_values,
)
from vedette.processing.stacktraces import settle_stacktrace


def _thread_id(value: JsonValue) -> JsonValue:
    """A thread is known by a number or a text; both stay as they are."""
    if type(value) in (int, str):
        return value
    raise UnfitError("expected a thread id")


_THREAD_ID = Kind(int, _thread_id)
_EXCEPTION = Shape(type=JSON_TEXT, value=JSON_TEXT, module=TEXT, thread_id=_THREAD_ID)
_THREAD = Shape(
    id=_THREAD_ID,
    name=LENIENT_TEXT,
    crashed=BOOLEAN,
    current=BOOLEAN,
    main=BOOLEAN,
    state=TEXT,
    held_locks=MAPPING,
)


def settle_exceptions(event: JsonObject, faults: Faults) -> None:
    """Put ``exception`` into the form ``{"values": […]}`` with canonical entries.

    Entries that say nothing (neither type, value nor stack trace) become null. A top-level ``stacktrace``
    moves into the exception if there is exactly one and it has none; without frames it stays, and grouping
    says that there was one.
    """
    settle_stacktrace(event, "stacktrace", faults, (), keeps_empty=True)
    settled = list_values(event.get("exception"), faults, ("exception",))
    if settled is None:
        event.pop("exception", None)
        return
    event["exception"] = settled
    values = settled["values"]
    for index, exception in enumerate(values):
        if exception is not None:
            values[index] = _settle_exception(exception, faults, ("exception", "values", index))
    stacktrace = event.get("stacktrace")
    is_free = stacktrace is not None and bool(stacktrace["frames"])
    if is_free and len(values) == 1 and values[0] and not values[0].get("stacktrace"):
        values[0]["stacktrace"] = event.pop("stacktrace")


def _settle_exception(exception: JsonValue, faults: Faults, path: Path) -> JsonObject | None:
    if type(exception) is not dict:
        faults.invalid(path, exception, "expected an exception")
        return None
    if "sentry.interfaces.Stacktrace" in exception:
        exception.setdefault("stacktrace", exception.pop("sentry.interfaces.Stacktrace"))
    _EXCEPTION.check(exception, faults, path)
    settle_stacktrace(exception, "stacktrace", faults, path)
    if "raw_stacktrace" in exception:
        settle_stacktrace(exception, "raw_stacktrace", faults, path)
    if not exception.get("type"):
        if exception.get("value") is None and "stacktrace" not in exception and exception.get("type") is None:
            faults.invalid(path, exception, "type or value is required", kind="missing_attribute")
            return None
        _split_value(exception)
    if "mechanism" in exception:
        settle_mechanism(exception, faults, path)
    return exception


def _split_value(exception: JsonObject) -> None:
    """``ValueError: boom`` without a type is a type and a value."""
    value = exception.get("value")
    if value is None or "\n" in value:
        return
    head, colon, rest = value.partition(":")
    if colon and head and head.replace("_", "a").isalnum():
        exception["type"], exception["value"] = head, rest.strip()


def settle_threads(event: JsonObject, faults: Faults) -> None:
    """Put ``threads`` into the form ``{"values": […]}`` with canonical stack traces."""
    if "threads" not in event:
        return
    settled = list_values(event["threads"], faults, ("threads",))
    if settled is None:
        del event["threads"]
        return
    event["threads"] = settled
    values = settled["values"]
    for index, thread in enumerate(values):
        path = ("threads", "values", index)
        if type(thread) is dict:
            _THREAD.check(thread, faults, path)
            settle_stacktrace(thread, "stacktrace", faults, path)
            if "raw_stacktrace" in thread:
                settle_stacktrace(thread, "raw_stacktrace", faults, path)
        elif thread is not None:
            values[index] = None
            faults.invalid(path, thread, "expected a thread")


def event_exceptions(event: JsonObject) -> list[JsonObject]:
    """Return the exceptions of a normalised event without the null entries, cause first."""
    exception = event.get("exception")
    return [entry for entry in exception["values"] if entry] if exception else []


def shown_thread(event: JsonObject) -> JsonObject | None:
    """Return the thread an event is about: crashed, else current, else the first with a stack trace."""
    threads = event.get("threads")
    entries: list[JsonObject] = [thread for thread in threads["values"] if thread] if threads else []
    for is_it in ("crashed", "current", "stacktrace"):
        for thread in entries:
            if thread.get(is_it):
                return thread
    return None


def event_stacktraces(event: JsonObject) -> list[JsonObject]:
    """Return the stack traces that tell what happened, cause first.

    Those of the exceptions; if none has one, that of the thread the event is about, or the event's own.
    """
    found = [entry["stacktrace"] for entry in event_exceptions(event) if entry.get("stacktrace")]
    if not found:
        thread = shown_thread(event)
        if thread and thread.get("stacktrace"):
            found.append(thread["stacktrace"])
        elif event.get("stacktrace") and event["stacktrace"]["frames"]:
            found.append(event["stacktrace"])
    return found
