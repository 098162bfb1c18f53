"""Stack traces in their two variants."""

from typing import Any

import pytest

from vedette.processing.grouping.component import build, part
from vedette.processing.grouping.stack_matching import StackMatching
from vedette.processing.grouping.stacktraces import How, holds_stack_trace, stack_variants

HOW = How(StackMatching(()))


def texts(*frames: Any, platform: str = "python") -> dict[str, str]:
    return {
        name: stack.text for name, stack in stack_variants({"frames": list(frames)}, platform, HOW).items()
    }


def test_system_counts_all_frames_and_app_those_in_app() -> None:
    assert texts(
        {"function": "a", "in_app": True}, {"function": "b", "in_app": False}, {"function": "c"}
    ) == {
        "system": "abc",
        "app": "a",
    }


@pytest.mark.parametrize("stacktrace", [{}, {"frames": []}, {"frames": None}, {"frames": [3, None]}, None, 3])
def test_without_frames_both_variants_are_there_and_empty(stacktrace: Any) -> None:
    variants = stack_variants(stacktrace, "python", HOW)
    assert set(variants) == {"system", "app"}
    assert not any(stack.contributes for stack in variants.values())


def test_a_frame_that_repeats_the_one_before_does_not_count() -> None:
    frame = {"function": "a", "lineno": 3, "filename": "a.py", "in_app": True}
    assert texts(frame, dict(frame), dict(frame), {**frame, "lineno": 4}) == {
        "system": "a.pyaa.pya",
        "app": "a.pyaa.pya",
    }


def test_functions_are_compared_as_trimmed() -> None:
    assert texts({"function": "a(int)"}, {"function": "a(char)"}, platform="native")["system"] == "a"


def test_frames_with_objects_where_texts_belong_are_not_the_same() -> None:
    deep: Any = []
    for _ in range(5000):
        deep = [deep]
    assert texts({"function": "a", "package": deep}, {"function": "a", "package": deep})["system"] == "aa"


def test_a_page_without_a_function_does_not_count_alone() -> None:
    page = {"abs_path": "file:///a/b.html", "filename": "b.html", "in_app": True}
    assert texts(page, platform="javascript") == {"system": "", "app": ""}
    assert texts(page, {"function": "f", "in_app": True}, platform="javascript")["app"] == "b.htmlf"
    outside = stack_variants({"frames": [{**page, "in_app": False}]}, "javascript", HOW)["app"].values[0]
    assert outside.hint == "not an in-app frame"  # type: ignore[union-attr]


def test_a_stack_trace_is_found_below_exceptions_that_contribute() -> None:
    stack = build("stacktrace", (part("frame", "a"),))
    exception = build("exception", (stack, part("type", "E")))
    assert holds_stack_trace(exception)
    assert holds_stack_trace(
        build("chained-exception", (build("exception", (part("type", "E"),)), exception))
    )
    assert not holds_stack_trace(build("chained-exception", (exception.off("why"), part("type", "E"))))
    assert not holds_stack_trace(build("exception", (stack.off("why"), part("type", "E"))))
    assert not holds_stack_trace(part("message", "a"))
