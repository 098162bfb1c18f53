"""Stack traces, exceptions and threads in the API's spelling."""

from typing import Any

import pytest

from vedette.api.schema import faults
from vedette.api.shapes.frames import (
    ExceptionValue,
    Frame,
    Thread,
    exception_shape,
    frame_shape,
    renamed_meta,
    source_lines,
    stacktrace_shape,
    thread_shape,
)

FRAME: dict[str, Any] = {
    "filename": "shop/cart.py",
    "abs_path": "/srv/shop/cart.py",
    "module": "shop.cart",
    "function": "pay",
    "raw_function": "pay()",
    "lineno": 12,
    "colno": 5,
    "pre_context": ["def pay(cart):", "    total = cart.total"],
    "context_line": "    card.charge(total)",
    "post_context": ["    return total"],
    "in_app": True,
    "vars": {"total": 9.5, "card": None},
    "instruction_addr": "0x10",
    "addr_mode": "abs",
    "data": {"sourcemap": "https://cdn/x/app.min.js.map", "orig_abs_path": "app.min.js"},
}


def test_a_frame_is_spelled_in_camel_case_with_numbered_source() -> None:
    frame = frame_shape(FRAME)
    assert list(faults(frame, Frame)) == []
    assert frame["absPath"] == "/srv/shop/cart.py"
    assert (frame["lineNo"], frame["colNo"], frame["inApp"]) == (12, 5, True)
    assert frame["context"] == [
        (10, "def pay(cart):"),
        (11, "    total = cart.total"),
        (12, "    card.charge(total)"),
        (13, "    return total"),
    ]
    assert (frame["map"], frame["mapUrl"]) == ("app.min.js.map", "https://cdn/x/app.min.js.map")
    assert frame["vars"] == {"total": 9.5, "card": None}


@pytest.mark.parametrize(
    ("frame", "lines"),
    [
        ({"lineno": 12}, []),
        ({"context_line": "x"}, []),
        ({"lineno": None, "context_line": "x"}, []),
        ({"lineno": 2, "pre_context": ["a", "b", "c"], "context_line": "d"}, [(1, "c"), (2, "d")]),
        ({"lineno": 1, "pre_context": ["a"], "context_line": "d"}, [(1, "d")]),
        ({"lineno": 5, "context_line": "", "post_context": [None]}, [(5, ""), (6, "")]),
    ],
)
def test_source_lines_are_numbered_from_the_first_of_the_file(frame: Any, lines: Any) -> None:
    assert source_lines(frame) == lines


def test_an_empty_frame_survives() -> None:
    assert list(faults(frame_shape({}), Frame)) == []


def test_a_stack_trace_says_whether_it_mixes_system_frames() -> None:
    own, system = {"in_app": True}, {"in_app": False}
    assert stacktrace_shape(None) is None
    for frames, mixed in (
        ([own, system], True),
        ([own, own], False),
        ([system], False),
        ([None, own], False),
    ):
        shaped = stacktrace_shape({"frames": frames})
        assert shaped is not None
        assert shaped["hasSystemFrames"] is mixed


def test_exceptions_and_threads_have_all_their_members() -> None:
    exception = exception_shape(
        {"type": "ValueError", "value": "boom", "thread_id": 7, "stacktrace": {"frames": [FRAME]}}
    )
    assert list(faults(exception, ExceptionValue)) == []
    assert exception["threadId"] == 7
    thread = thread_shape({"id": "main", "held_locks": {"a": {"type": 1}}, "raw_stacktrace": {"frames": []}})
    assert list(faults(thread, Thread)) == []
    assert thread["heldLocks"] == {"a": {"type": 1}}


def test_remarks_about_values_follow_the_values_to_their_new_names() -> None:
    meta = {"values": {"0": {"raw_stacktrace": {"frames": {"1": {"abs_path": {"": {"len": 400}}}}}}}}
    assert renamed_meta(meta) == {
        "values": {"0": {"rawStacktrace": {"frames": {"1": {"absPath": {"": {"len": 400}}}}}}}
    }
