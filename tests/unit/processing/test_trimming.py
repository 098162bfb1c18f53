"""Trimming: what is cut and what stays, with a note of it."""

from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.processing.trimming import trim_event


def trim(**event: Any) -> dict[str, Any]:
    trim_event(event)
    return event


def test_what_is_short_stays_without_a_note() -> None:
    event = {"transaction": "/a", "extra": {"a": [1, {"b": None}]}, "logentry": {"formatted": "x" * 8392}}
    assert trim(**event) == event


@pytest.mark.parametrize(
    ("path", "most", "allowance"),
    [
        (("transaction",), 200, 0),
        (("server_name",), 256, 20),
        (("logentry", "formatted"), 8192, 200),
        (("user", "email"), 75, 0),
        (("request", "url"), 256, 40),
        (("exception", "values", 0, "value"), 8192, 200),
        (("exception", "values", 0, "mechanism", "type"), 128, 0),
        (("exception", "values", 0, "stacktrace", "frames", 0, "function"), 512, 20),
        (("threads", "values", 0, "name"), 1024, 100),
        (("breadcrumbs", "values", 0, "message"), 8192, 200),
        (("stacktrace", "frames", 0, "abs_path"), 256, 40),
        (("sdk", "name"), 256, 20),
    ],
)
def test_a_text_is_cut_past_its_allowance(path: tuple[str | int, ...], most: int, allowance: int) -> None:
    def event(text: str) -> Any:
        value: Any = text
        for step in reversed(path):
            value = {step: value} if isinstance(step, str) else [value]
        return value

    def at(event: Any) -> Any:
        for step in path:
            event = event[step]
        return event

    assert at(trim(**event("x" * (most + allowance)))) == "x" * (most + allowance)
    cut = trim(**event("x" * (most + allowance + 1)))
    assert at(cut) == "x" * (most - 3) + "..."
    meta = cut["_meta"]
    for step in path:
        meta = meta[str(step)]
    assert meta == {"": {"rem": [["!limit", "s", most - 3, most]], "len": most + allowance + 1}}


def test_a_long_stack_keeps_its_ends() -> None:
    frames = [{"lineno": n} for n in range(400)]
    event = trim(exception={"values": [{"stacktrace": {"frames": frames}}]})
    kept = [frame["lineno"] for frame in event["exception"]["values"][0]["stacktrace"]["frames"]]
    assert kept == [*range(50), *range(200, 400)]
    meta = event["_meta"]["exception"]["values"]["0"]["stacktrace"]["frames"]
    assert meta == {"": {"len": 400}}


def test_source_and_variables_stay_at_fifty_frames_of_the_application_first() -> None:
    frames = [{"lineno": n, "in_app": n % 10 == 0, "vars": {"a": 1}, "context_line": "x"} for n in range(200)]
    trim(stacktrace={"frames": frames})
    detailed = [frame["lineno"] for frame in frames if "vars" in frame]
    assert len(detailed) == 50
    assert set(range(0, 200, 10)) <= set(detailed)
    assert detailed[0] == 0
    assert detailed[-1] == 199

    frames = [{"lineno": n, "in_app": True, "vars": {"a": 1}} for n in range(200)]
    trim(stacktrace={"frames": frames})
    assert [frame["lineno"] for frame in frames if "vars" in frame] == [*range(25), *range(175, 200)]


def test_a_bag_keeps_what_fits() -> None:
    event = trim(extra={"long": "x" * 20_000, "many": ["y" * 1000] * 40, "small": 1})
    extra = event["extra"]
    assert len(orjson.dumps(extra["long"])) <= 16_384 + 2
    assert extra["long"].endswith("...")
    assert 10 < len(extra["many"]) < 20
    assert extra["small"] == 1
    assert event["_meta"]["extra"]["many"][""] == {"len": 40}
    assert event["_meta"]["extra"]["long"][""]["len"] == 20_000


def test_all_of_extra_has_a_limit_too() -> None:
    event = trim(extra={f"k{n}": "x" * 16_000 for n in range(30)})
    assert 15 <= len(event["extra"]) <= 17
    assert event["_meta"]["extra"][""] == {"len": 30}


def test_variables_are_cut_in_size_and_depth() -> None:
    deep = {"a": {"b": {"c": {"d": {"e": 1}}}}}
    event = trim(stacktrace={"frames": [{"vars": {"v": deep, "long": "x" * 5000}}]})
    found = event["stacktrace"]["frames"][0]["vars"]
    assert found["v"] == {"a": {"b": {"c": '{"d":{"e":1}}'}}}
    assert len(orjson.dumps(found)) < 2200


def test_contexts_have_a_limit_each_and_flags_a_wider_one() -> None:
    long = {"values": ["x" * 100] * 500}
    event = trim(contexts={"state": dict(long), "flags": dict(long), "trace": {"data": {"a": "x" * 9000}}})
    assert len(event["contexts"]["state"]["values"]) < 90
    assert len(event["contexts"]["flags"]["values"]) == 500
    assert len(event["contexts"]["trace"]["data"]["a"]) == 9000


def test_spans_are_kept_as_far_as_there_is_room() -> None:
    event = trim(spans=[{"description": "x" * 10_000}] * 100)
    assert len(event["spans"]) == 81
    assert event["_meta"]["spans"] == {"": {"len": 100}}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-1000, 1000) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=20,
)
NAMES = [
    "extra",
    "contexts",
    "exception",
    "threads",
    "breadcrumbs",
    "stacktrace",
    "user",
    "request",
    "spans",
    "_meta",
]


@settings(derandomize=True, max_examples=100, deadline=None)
@given(
    st.dictionaries(st.sampled_from(NAMES), JSON | st.fixed_dictionaries({"values": JSON, "frames": JSON}))
)
def test_any_event_can_be_trimmed(event: dict[str, Any]) -> None:
    trim_event(event)
    orjson.dumps(event)
