"""Members of events by the names they are searched by."""

from typing import Any

import orjson
import pytest

from tests.support.builders import an_error
from vedette.domain.processed import Arrival
from vedette.domain.search_members import LONGEST, MOST_VALUES, OF_EVENTS, OF_FRAMES
from vedette.domain.times import now
from vedette.processing.pipeline import process_event, read_event
from vedette.processing.search_members import SearchMembers, indexed_frames, indexed_members


def event_of(**changes: Any) -> dict[str, Any]:
    return read_event(orjson.dumps(an_error(**changes)), Arrival(received=now()))


FULL: dict[str, Any] = {
    "exception": {
        "values": [
            {
                "type": "KeyError",
                "value": "first",
                "thread_id": 7,
                "mechanism": {"type": "chained", "handled": True},
                "stacktrace": {"frames": [{"filename": "a.py", "function": "f", "module": "m", "lineno": 3}]},
            },
            {
                "type": "ValueError",
                "value": "last",
                "mechanism": {"type": "generic", "handled": False},
                "stacktrace": {
                    "frames": [
                        {"filename": "a.py", "function": "g", "colno": 9, "in_app": True, "package": "lib"},
                        {"filename": "b.py", "function": "f", "abs_path": "/srv/b.py", "in_app": False},
                    ]
                },
            },
        ]
    },
    "threads": {"values": [{"id": 7, "main": True}]},
    "user": {"id": 7, "email": "a@b.c", "geo": {"country_code": "AT", "city": "Wien"}},
    "request": {"url": "http://shop/x", "method": "POST", "headers": {"Referer": "http://from"}},
    "contexts": {
        "response": {"status_code": 503},
        "device": {"model": "P1", "battery_level": 40.5, "online": True},
        "flags": {"values": [{"flag": "new", "result": False}, {"flag": 7}, None]},
    },
    "sdk": {"name": "sentry.python", "version": "2.1"},
}


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("error.type", ["KeyError", "ValueError"]),
        ("error.value", ["first", "last"]),
        ("error.mechanism", ["chained", "generic"]),
        ("error.main_thread", [True]),
        ("stack.filename", ["a.py", "a.py", "b.py"]),
        ("stack.function", ["f", "g", "f"]),
        ("stack.lineno", [3]),
        ("stack.colno", [9]),
        ("stack.package", ["lib"]),
        ("stack.abs_path", ["a.py", "a.py", "/srv/b.py"]),
        ("stack.stack_level", [0, 0, 1]),
        ("user.id", ["7"]),
        ("geo.city", ["Wien"]),
        ("http.method", ["POST"]),
        ("http.referer", ["http://from"]),
        ("http.status_code", [503]),
        ("device.model", ["P1"]),
        ("device.battery_level", [40.5]),
        ("device.online", [True]),
        ("flags[new]", [False]),
        ("sdk.version", ["2.1"]),
        ("title", ["ValueError: last"]),
    ],
)
def test_a_member_has_all_its_values(name: str, values: list[Any]) -> None:
    assert SearchMembers(event_of(**FULL))[name] == values


def test_an_event_that_says_nothing_has_no_members_but_its_words() -> None:
    members = SearchMembers(read_event(b"{}", Arrival(received=now())))
    assert {name for name in members if members[name]} == {"title", "text"}
    assert len(members) == len(list(members))
    assert "user.id" not in members


def test_what_is_indexed_is_what_the_members_say() -> None:
    event = event_of(**FULL)
    members = SearchMembers(event)
    told = [(name, str(value)) for name in OF_EVENTS if name in members for value in members[name]]
    assert set(indexed_members(event)) == set(told)
    assert {name for name, _ in told} == set(OF_EVENTS) - {"user.username", "user.ip", "geo.region"}
    frames = [(name, str(value)) for name in OF_FRAMES for value in members[name]]
    assert set(indexed_frames(event)) == set(frames)
    assert len(indexed_frames(event)) == len(set(frames))


def test_what_is_indexed_has_bounds() -> None:
    many = [{"type": f"E{n}", "value": "x"} for n in range(MOST_VALUES + 20)]
    event = event_of(exception={"values": many}, user={"username": "u" * 2_000})
    found = indexed_members(event)
    assert sum(name == "error.type" for name, _ in found) == MOST_VALUES
    assert max(len(value) for _, value in found) == LONGEST


def test_a_processed_event_carries_them() -> None:
    processed = process_event(orjson.dumps(an_error(**FULL)), Arrival(received=now()))
    assert ("error.type", "KeyError") in processed.members
    assert ("stack.module", "m") in processed.frames
