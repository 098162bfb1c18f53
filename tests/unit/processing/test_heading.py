from typing import Any

import pytest

from vedette.domain.processed import Arrival, Heading
from vedette.processing.heading import crash_frame, event_heading
from vedette.processing.in_app import mark_in_app
from vedette.processing.normalise import normalise_event


def normal(**event: Any) -> dict[str, Any]:
    found = normalise_event(event, Arrival(received=1))
    mark_in_app(found)
    return found


def heading(**event: Any) -> Heading:
    return event_heading(normal(**event))


def frame(
    function: str | None, in_app: bool, lineno: int = 1, filename: str = "a.py", **more: Any
) -> dict[str, Any]:
    return {"function": function, "in_app": in_app, "lineno": lineno, "filename": filename, **more}


def raised(*frames: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "ValueError", "value": "boom\nmore", "stacktrace": {"frames": list(frames)}, **more}


def test_an_error_is_called_by_type_and_first_line() -> None:
    found = heading(exception=raised(frame("f", True)), platform="python")
    assert (found.title, found.type, found.value) == ("ValueError: boom", "ValueError", "boom\nmore")
    assert (found.filename, found.function, found.lineno) == ("a.py", "f", 1)
    assert found.culprit == "a.py in f"


def test_lengths_are_cut_as_sentry_cuts_them() -> None:
    found = heading(exception={"type": "T" * 200, "value": "v" * 2000})
    assert (len(found.type), len(found.value)) == (128, 1024)
    assert found.title == found.type + ": " + "v" * 97 + "..."
    assert len(heading(message="m" * 200).title) == 100


def test_the_last_exception_names_the_event() -> None:
    assert heading(exception=[{"type": "Cause"}, {"type": "Raised"}]).title == "Raised"


@pytest.mark.parametrize(
    ("exception", "title"),
    [
        (raised(frame("f", True), mechanism={"type": "signal", "synthetic": True}), "f"),
        ({"value": "some words", "stacktrace": {"frames": [frame("f", True)]}}, "f"),
        ({"value": "some words"}, "<unknown>"),
        ({"type": "A"}, "A"),
    ],
)
def test_without_a_real_type_the_function_names_the_event(exception: Any, title: str) -> None:
    assert heading(exception=exception).title == title


def test_a_message_captured_with_its_stack_keeps_its_message() -> None:
    exception = {"value": "grinder serviced", "stacktrace": {"frames": [frame("messages", True)]}}
    assert heading(message="grinder serviced", exception=exception).title == "grinder serviced"


def test_the_last_named_frame_of_the_application_tells_where() -> None:
    frames = frame("main", True, 1), frame("own", True, 2), frame("lib", False, 3, "b.py")
    found = heading(exception=raised(*frames))
    assert (found.function, found.lineno) == ("own", 2)


def test_a_nameless_frame_of_the_same_file_tells_the_line() -> None:
    found = heading(exception=raised(frame("own", True, 2), frame(None, True, 9)))
    assert (found.filename, found.function, found.lineno) == ("a.py", "own", 9)


def test_a_nameless_frame_of_the_application_wins_over_a_library() -> None:
    found = heading(exception=raised(frame(None, True, 9), frame("lib", False, 3, "b.py")))
    assert (found.filename, found.function, found.lineno) == ("a.py", "", 9)


def test_without_own_frames_the_last_one_is_the_crash() -> None:
    crash = crash_frame(normal(exception=raised(frame("a", False, 1), frame("b", False, 2))))
    assert crash is not None
    assert crash["function"] == "b"


@pytest.mark.parametrize(
    ("platform", "culprit"),
    [("python", "shop.till in f"), ("javascript", "f(shop.till)"), ("node", "f(shop.till)"), ("native", "f")],
)
def test_the_culprit_speaks_the_platform_s_way(platform: str, culprit: str) -> None:
    exception = raised(frame("f", True, module="shop.till"))
    assert heading(exception=exception, platform=platform).culprit == culprit


@pytest.mark.parametrize(
    ("event", "culprit"),
    [
        ({"transaction": "/pay", "exception": raised(frame("f", True))}, "/pay"),
        ({"message": "x", "request": {"url": "https://x/a"}}, "https://x/a"),
        ({"message": "x", "culprit": "somewhere"}, "somewhere"),
        ({"exception": raised(frame("f", True), mechanism={"type": "m", "synthetic": True})}, ""),
        (
            {"message": "x", "threads": [{"current": True, "stacktrace": {"frames": [frame("f", True)]}}]},
            "a.py in f",
        ),
        ({}, ""),
    ],
)
def test_the_culprit_is_the_transaction_else_a_frame_else_the_url(
    event: dict[str, Any], culprit: str
) -> None:
    assert heading(**event).culprit == culprit


def test_other_kinds_have_titles_of_their_own() -> None:
    assert heading(message="first\nsecond").title == "first"
    assert heading().title == "<unlabeled event>"
    assert (
        heading(csp={"effective_directive": "img-src", "blocked_uri": "https://x"}).title
        == "Blocked img-src from https://x"
    )
    feedback = heading(type="feedback", contexts={"feedback": {"message": "it is slow\nreally"}})
    assert (feedback.title, feedback.value) == ("User Feedback: it is slow", "it is slow\nreally")


def member(kind: str, exception_id: int, parent: int | None, is_group: bool = False) -> dict[str, Any]:
    mechanism = {"type": "chained", "exception_id": exception_id, "is_exception_group": is_group}
    if parent is not None:
        mechanism["parent_id"] = parent
    return {"type": kind, "value": "x", "mechanism": mechanism}


def test_a_group_of_one_kind_of_failure_is_called_by_it() -> None:
    group = member("ExceptionGroup", 0, None, is_group=True)
    assert heading(exception=[member("ValueError", 1, 0), group]).title == "ValueError: x"
    assert (
        heading(exception=[member("ValueError", 2, 0), member("ValueError", 1, 0), group]).title
        == "ValueError: x"
    )
    assert (
        heading(exception=[member("KeyError", 2, 0), member("ValueError", 1, 0), group]).title
        == "ExceptionGroup: x"
    )


def test_a_group_that_holds_itself_ends() -> None:
    circle = [
        member("A", 1, 0, is_group=True),
        member("B", 0, None, is_group=True),
        member("C", 0, 1, is_group=True),
    ]
    assert heading(exception=circle).title == "C: x"
