"""A stack trace in its two variants: all frames (system), and the in-app ones (app).

Every frame is read once for both. Stack-trace rules, where an edition has them, act here twice: on
``in_app`` before the frames are read, and on the frame parts of each variant before the stack trace is built
of them.
"""

from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.grouping.component import Component, build
from vedette.processing.grouping.fields import frames_of
from vedette.processing.grouping.frames import Frame, read_frame

Variants = dict[str, Component]

EMPTY = build("stacktrace", ())

_SAME_WHEN_REPEATED = ("lineno", "colno", "abs_path", "package", "module", "filename")


def stack_variants(stacktrace: JsonValue, platform: str | None) -> Variants:
    """Return the variants ``system`` and ``app`` of a stack trace. Without frames they do not contribute."""
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
        app.append(component if payload.get("in_app") is True else called.outside)
        caller, frame = payload, called
    if frame is not None and len(frames) == 1 and frame.is_page:
        system = [_off_alone(each) for each in system]
        app = [_off_alone(each) for each in app]
    return {"system": build("stacktrace", system), "app": build("stacktrace", app)}


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
