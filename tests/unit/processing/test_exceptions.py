from typing import Any

import pytest

from vedette.domain.processed import Arrival
from vedette.processing.exceptions import event_exceptions, event_stacktraces, shown_thread
from vedette.processing.normalise import normalise_event

FRAMES = {"frames": [{"function": "f", "filename": "a.py"}]}


def normal(**event: Any) -> dict[str, Any]:
    return normalise_event(event, Arrival(received=1795414600_000000))


@pytest.mark.parametrize(
    "sent",
    [
        {"values": [{"type": "A", "value": "b"}]},
        {"values": {"type": "A", "value": "b"}},
        [{"type": "A", "value": "b"}],
        {"type": "A", "value": "b"},
    ],
)
@pytest.mark.parametrize("name", ["exception", "sentry.interfaces.Exception"])
def test_every_spelling_of_exceptions_becomes_values(name: str, sent: Any) -> None:
    event = normal(**{name: sent})
    assert event["exception"] == {"values": [{"type": "A", "value": "b"}]}
    assert event["type"] == "error"
    assert "sentry.interfaces.Exception" not in event


@pytest.mark.parametrize(
    "value", ["a sentence: with words", "two words: x", "First: line\nsecond", "no colon"]
)
def test_only_a_word_before_a_colon_is_a_type(value: str) -> None:
    (exception,) = event_exceptions(normal(exception={"value": value}))
    assert exception == {"value": value}


def test_a_top_level_stacktrace_moves_only_into_a_single_exception_without_one() -> None:
    assert normal(exception={"type": "A"}, stacktrace=FRAMES)["exception"]["values"][0]["stacktrace"]
    two = normal(exception=[{"type": "A"}, {"type": "B"}], stacktrace=FRAMES)
    assert "stacktrace" in two
    own = normal(exception={"type": "A", "stacktrace": FRAMES}, **{"sentry.interfaces.Stacktrace": FRAMES})
    assert "stacktrace" in own


def test_an_exception_with_only_a_stack_trace_stays() -> None:
    assert len(event_exceptions(normal(exception={"stacktrace": FRAMES}))) == 1


def test_a_broken_exception_leaves_its_place_and_a_fault() -> None:
    event = normal(exception=[{"type": "A"}, 5])
    assert event["exception"]["values"] == [{"type": "A"}, None]
    assert event["errors"][0]["name"] == "exception.values.1"
    assert event["_meta"]["exception"]["values"]["1"][""]["val"] == 5


@pytest.mark.parametrize("frames", [None, [], {}, {"frames": []}, {"frames": None}, {"frames": 5}, "x"])
def test_a_stack_trace_without_frames_is_none(frames: Any) -> None:
    (exception,) = event_exceptions(normal(exception={"type": "A", "stacktrace": frames}))
    assert "stacktrace" not in exception


@pytest.mark.parametrize(
    ("threads", "shown"),
    [
        ([{"id": 1, "stacktrace": FRAMES}, {"id": 2, "current": True}, {"id": 3, "crashed": True}], 3),
        ([{"id": 1, "stacktrace": FRAMES}, {"id": 2, "current": True}], 2),
        ([{"id": 1}, {"id": 2, "stacktrace": FRAMES}], 2),
    ],
)
def test_the_crashed_thread_is_shown_else_the_current_else_one_with_a_stack(threads: Any, shown: int) -> None:
    thread = shown_thread(normal(threads=threads))
    assert thread is not None
    assert thread["id"] == shown


def test_stack_traces_come_from_exceptions_else_the_thread_else_the_event() -> None:
    frames = {"frames": [{"function": "g"}]}
    thread = [{"id": 1, "current": True, "stacktrace": FRAMES}]
    assert (
        event_stacktraces(normal(exception={"type": "A", "stacktrace": frames}, threads=thread))[0] == frames
    )
    assert (
        event_stacktraces(normal(exception={"type": "A"}, threads=thread))[0]["frames"][0]["function"] == "f"
    )
    assert event_stacktraces(normal(stacktrace=frames)) == [frames]
    assert event_stacktraces(normal()) == []
