from typing import Any

import pytest

from vedette.domain.processed import Arrival
from vedette.processing.normalise import normalise_event

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0"


def contexts(sent: Any = None, arrival: dict[str, Any] | None = None, **event: Any) -> dict[str, Any]:
    found = normalise_event({"contexts": sent, **event}, Arrival(received=1, **(arrival or {})))
    return dict(found["contexts"])


def test_a_context_has_the_type_of_its_key_unless_it_says_another() -> None:
    found = contexts({"state": {"a": 1}, "mine": {"type": "os", "name": "X"}})
    assert found["state"] == {"a": 1, "type": "state"}
    assert found["mine"] == {"type": "os", "name": "X", "os": "X"}


def test_reprocessing_and_nulls_are_removed() -> None:
    assert set(contexts({"reprocessing": {"a": 1}, "os": None})) == {"trace"}


@pytest.mark.parametrize("sent", [5, "x", []])
def test_what_is_no_context_is_removed_with_a_fault(sent: Any) -> None:
    event = normalise_event({"contexts": {"os": sent}}, Arrival(received=1))
    assert set(event["contexts"]) == {"trace"}
    assert event["errors"][0]["name"] == "contexts.os"


def test_a_missing_trace_comes_from_the_envelope_else_from_the_event_id() -> None:
    made = contexts(event_id="ab" * 16)["trace"]
    assert (made["trace_id"], made["span_id"]) == ("ab" * 16, "ab" * 8)
    sent = contexts(event_id="ab" * 16, arrival={"trace": {"trace_id": "cd" * 16}})["trace"]
    assert sent["trace_id"] == "cd" * 16


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (None, {"replay_id": "ab" * 16, "type": "replay"}),
        ({"replay": {"replay_id": ""}}, {"replay_id": "ab" * 16, "type": "replay"}),
        ({"replay": {"replay_id": "cd" * 16}}, {"replay_id": "cd" * 16, "type": "replay"}),
        ({"feedback": {"replay_id": "cd" * 16}}, None),
    ],
)
def test_an_event_that_names_no_replay_has_its_traces(sent: Any, expected: Any) -> None:
    found = contexts(sent, arrival={"trace": {"replay_id": "AB" * 16}})
    assert found.get("replay") == expected


@pytest.mark.parametrize("bad", ["", "x" * 32, "0" * 32, 5, None, []])
def test_a_trace_without_a_usable_replay_names_none(bad: Any) -> None:
    assert "replay" not in contexts(arrival={"trace": {"replay_id": bad}})


@pytest.mark.parametrize("bad", ["0" * 32, "x" * 32, "0x" + "a" * 30, "a b" + "c" * 29, 5])
def test_a_trace_id_that_is_none_is_replaced_with_a_fault(bad: Any) -> None:
    event = normalise_event(
        {"event_id": "ab" * 16, "contexts": {"trace": {"trace_id": bad}}}, Arrival(received=1)
    )
    assert event["contexts"]["trace"]["trace_id"] == "ab" * 16
    assert event["errors"][0]["name"] == "contexts.trace.trace_id"


def test_the_connection_s_agent_speaks_only_for_browsers() -> None:
    arrival = {"user_agent": FIREFOX}
    assert contexts(arrival=arrival, platform="javascript")["browser"]["name"] == "Firefox"
    assert "browser" not in contexts(arrival=arrival, platform="python")
    assert "browser" not in contexts(arrival={"user_agent": "sentry.javascript"}, platform="javascript")


def test_a_sent_context_is_not_replaced_by_the_agent_s() -> None:
    request = {"headers": {"user-agent": FIREFOX}}
    found = contexts({"browser": {"name": "Mine"}}, request=request, platform="javascript")
    assert found["browser"]["browser"] == "Mine"


@pytest.mark.parametrize(
    ("device", "expected"),
    [
        ({"family": "iPhone", "model": "iPhone8,1"}, "1"),
        ({"family": "iOS", "model": "iPhone12,1"}, "2"),
        ({"family": "iPhone", "model": "iPhone13,2"}, "3"),
        ({"family": "iPhone", "model": "unknown"}, None),
        ({"processor_frequency": 1900, "processor_count": 8, "memory_size": 8 << 30}, "1"),
        ({"processor_frequency": 2400, "processor_count": 8, "memory_size": 8 << 30}, "2"),
        ({"processor_frequency": 2600, "processor_count": 8, "memory_size": 8 << 30}, "3"),
        ({"processor_frequency": 2600, "processor_count": 8}, None),
    ],
)
def test_the_class_of_a_device_becomes_a_tag(device: dict[str, Any], expected: str | None) -> None:
    event = normalise_event({"contexts": {"device": device}}, Arrival(received=1))
    assert dict(event.get("tags") or ()).get("device.class") == expected
