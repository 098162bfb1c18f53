"""A stack trace in its two variants: all frames (system), and the in-app ones (app).

Every frame is read once for both. Stack-trace rules have classified the frames before, and act here on the
frame parts of each variant before the stack trace is built of them.
"""

from typing import NamedTuple

from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.grouping.component import Component, build
from vedette.processing.grouping.fields import frames_of
from vedette.processing.grouping.frames import OUTSIDE, Frame, read_frame
from vedette.processing.grouping.stack_matching import NOTHING_SELECTED, Selection, StackMatching
from vedette.processing.grouping.stack_rules import StackRule

Variants = dict[str, Component]

EMPTY = build("stacktrace", ())

_SAME_WHEN_REPEATED = ("lineno", "colno", "abs_path", "package", "module", "filename")


Reasons = dict[int, StackRule]
"""By the ``id()`` of a frame, the rule that made it in-app or not."""


class How(NamedTuple):
    """How an event is looked at."""

    rules: StackMatching
    detailed: bool = True  # everything is made, for people to see, and not only what decides
    reasons: Reasons | None = None


def stack_variants(
    stacktrace: JsonValue, platform: str | None, how: How, exception: JsonObject | None = None
) -> Variants:
    """Return the variants ``system`` and ``app`` of a stack trace, which *exception* holds, if one does.

    Without frames they do not contribute.
    """
    system: list[Component] = []
    app: list[Component] = []
    frame: Frame | None = None
    caller: JsonObject | None = None
    frames = frames_of(stacktrace)
    for payload in frames:
        called = read_frame(payload, platform)
        component = called.component
        if frame is not None and caller is not None and _repeats(payload, caller, called, frame):
            component = component.off("the same call as the frame before: recursion")
        system.append(component)
        in_app = component if payload.get("in_app") is True else called.outside
        rule = how.reasons.get(id(payload)) if how.reasons else None
        app.append(_with_reason(in_app, rule) if rule is not None else in_app)
        caller, frame = payload, called
    if frame is not None and len(frames) == 1 and frame.is_page:
        system = [_off_alone(each) for each in system]
        app = [_off_alone(each) for each in app]
    selection = how.rules.select(frames, platform, exception)
    return {"system": _selected(system, selection), "app": _selected(app, selection)}


def _with_reason(frame: Component, rule: StackRule) -> Component:
    """Return *frame* saying that *rule* decided whether it is in-app, unless something else is said of it."""
    if frame.contributes:
        return frame if frame.hint else frame._replace(hint=f"in-app by the rule {rule.text}")
    if frame.hint in (None, OUTSIDE):
        return frame._replace(hint=f"not in-app by the rule {rule.text}")
    return frame


def _selected(frames: list[Component], selection: Selection) -> Component:
    """Return the stack trace of *frames*, of which those count that *selection* leaves."""
    if selection is NOTHING_SELECTED:
        return build("stacktrace", frames)
    for at, (counts, rule) in selection.frames.items():
        if frames[at].contributes is not counts:
            because = f"{'counts' if counts else 'left out'} by the rule {rule.text}"
            frames[at] = frames[at].on(because) if counts else frames[at].off(because)
    if selection.max_frames and selection.max_rule:
        left = selection.max_frames
        for at in range(len(frames) - 1, -1, -1):
            if frames[at].contributes:
                left -= 1
                if left < 0:
                    frames[at] = frames[at].off(f"beyond the limit of the rule {selection.max_rule.text}")
    stack = build("stacktrace", frames)
    count = sum(each.contributes for each in frames)
    if selection.min_rule and stack.contributes and count < selection.min_frames:
        return stack.off(f"fewer frames count than the rule asks for: {selection.min_rule.text}")
    return stack


def holds_stack_trace(component: Component) -> bool:
    """Whether a stack trace that contributes lies below *component*."""
    return any(
        isinstance(value, Component)
        and value.contributes
        and (value.id == "stacktrace" or (value.id == "exception" and holds_stack_trace(value)))
        for value in component.values
    )


def _repeats(frame: JsonObject, caller: JsonObject, read: Frame, read_caller: Frame) -> bool:
    return read.function == read_caller.function and all(
        _is_same(frame.get(key), caller.get(key)) for key in _SAME_WHEN_REPEATED
    )


def _is_same(one: JsonValue, other: JsonValue) -> bool:
    # Lists and objects do not belong here, and comparing them may go a thousand levels deep.
    return not isinstance(one, list | dict) and bool(one == other)


def _off_alone(frame: Component) -> Component:
    return frame.off("the only frame, and it has no function") if frame.contributes else frame
