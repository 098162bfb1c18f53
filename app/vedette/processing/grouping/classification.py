"""What an event's frames are, by the rules: in-app or not, and of which category. Written into the event.

What the SDK said of a frame and rules changed stays in ``data.orig_in_app``: 0, 1, or −1 for nothing. Where
neither the SDK nor a rule says anything, ``in_app`` stays open, and grouping takes the frame for none of
the application's.
"""

from collections.abc import Iterator

from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.grouping.fields import frames_of, text_of, values_of
from vedette.processing.grouping.rules import GroupingRules, grouping_rules
from vedette.processing.grouping.stack_matching import Class
from vedette.processing.grouping.stacktraces import Reasons

NOT_SAID = -1


def classify_frames(event: JsonObject, rules: GroupingRules | None = None) -> Reasons:
    """Set ``in_app`` and ``data.category`` of the frames of a normalised *event* as *rules* say.

    Without *rules* those that are built in count. It is done once to an event: rules see what it leaves.
    Returns for frames whose ``in_app`` a rule changed, by their ``id()``, that rule.
    """
    reasons: Reasons = {}
    matching = (rules or grouping_rules()).stack_trace
    platform = text_of(event.get("platform"))
    for stacktrace, exception in _stack_traces(event):
        frames = frames_of(stacktrace)
        for frame, found in zip(frames, matching.classify(frames, platform, exception), strict=True):
            _write(frame, found)
            if found.rule is not None:
                reasons[id(frame)] = found.rule
    return reasons


def _stack_traces(event: JsonObject) -> Iterator[tuple[JsonValue, JsonObject | None]]:
    """Yield each stack trace with the exception that holds it."""
    for exception in values_of(event.get("exception")):
        yield exception.get("stacktrace"), exception
    for thread in values_of(event.get("threads")):
        yield thread.get("stacktrace"), None
    yield event.get("stacktrace"), None


def _write(frame: JsonObject, found: Class) -> None:
    before = frame.get("in_app")
    if found.in_app is not None and before is not found.in_app:
        frame["in_app"] = found.in_app
        _data(frame).setdefault("orig_in_app", int(before) if isinstance(before, bool) else NOT_SAID)
    if found.category is not None:
        data = frame.get("data")
        if not isinstance(data, dict) or data.get("category") != found.category:
            _data(frame)["category"] = found.category


def _data(frame: JsonObject) -> JsonObject:
    data = frame.get("data")
    if not isinstance(data, dict):
        data = frame["data"] = {}
    return data
