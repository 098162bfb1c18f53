from typing import Any

import pytest

from vedette.domain.processed import Arrival
from vedette.processing.normalise import normalise_event
from vedette.processing.tags import event_tags


def normal(**event: Any) -> dict[str, Any]:
    return normalise_event(event, Arrival(received=1))


def tags(**event: Any) -> dict[str, str]:
    found = event_tags(normal(**event))
    assert len(dict(found)) == len(found)
    return dict(found)


@pytest.mark.parametrize("key", ["release", "dist", "user", "filename", "function", "sentry:user"])
def test_reserved_keys_cannot_be_tags(key: str) -> None:
    assert "tags" not in normal(tags={key: "x"})


@pytest.mark.parametrize(
    ("key", "reason"),
    [("a/b", "invalid character '/'"), ("", "expected a non-empty value"), ("k" * 201, "value too long")],
)
def test_a_key_that_cannot_be_one_is_null_with_a_fault(key: str, reason: str) -> None:
    event = normal(tags=[[key, "x"], ["ok", "1"]])
    assert event["tags"] == [[None, "x"], ["ok", "1"]]
    assert (event["errors"][0]["name"], event["errors"][0]["reason"]) == ("tags.0.0", reason)
    assert dict(event_tags(event))["ok"] == "1"


def test_a_value_too_long_to_be_a_tag_is_null_with_a_fault() -> None:
    event = normal(tags={"a": "x" * 201})
    assert event["tags"] == [["a", None]]
    assert event["errors"][0]["type"] == "value_too_long"


def test_the_environment_tag_fills_only_a_missing_environment() -> None:
    assert normal(tags={"environment": "qa"})["environment"] == "qa"
    event = normal(tags={"environment": "qa"}, environment="prod")
    assert (event["environment"], event.get("tags")) == ("prod", None)


def test_sent_tags_come_first_and_win_over_derived_ones() -> None:
    found = event_tags(normal(tags=[["level", "mine"], ["a", "1"]], logger="till", platform="python"))
    assert found[:2] == (("level", "mine"), ("a", "1"))
    assert dict(found)["level"] == "mine"
    assert dict(found)["logger"] == "till"


def test_derived_tags_tell_what_the_event_tells() -> None:
    found = tags(
        level="fatal",
        environment="qa",
        release="shop@1",
        dist="7",
        transaction="/pay",
        server_name="demo-host",
        user={"id": 7},
        request={"url": "https://x/a?b=1"},
        exception=[
            {"type": "A", "mechanism": {"type": "chained", "handled": True}},
            {"type": "B", "mechanism": {"type": "excepthook", "handled": False}},
        ],
        contexts={
            "browser": {"name": "Firefox", "version": "121.0"},
            "os": {"name": "Debian", "version": "12.11\n", "rooted": False},
            "runtime": {"name": "CPython", "version": "3.11"},
            "device": {"model": "Pixel 7", "family": "Pixel"},
            "app": {"device_app_hash": "abc"},
            "gpu": {"name": "G", "vendor_name": "V"},
            "my_os": {"type": "os", "name": "Plan 9"},
        },
    )
    assert found == {
        "server_name": "demo-host",
        "level": "fatal",
        "environment": "qa",
        "release": "shop@1",
        "dist": "7",
        "transaction": "/pay",
        "user": "id:7",
        "url": "https://x/a",
        "mechanism": "excepthook",
        "handled": "no",
        "browser": "Firefox 121.0",
        "browser.name": "Firefox",
        "os": "Debian 12.11",
        "os.name": "Debian",
        "os.rooted": "no",
        "runtime": "CPython 3.11",
        "runtime.name": "CPython",
        "device": "Pixel 7",
        "device.family": "Pixel",
        "app.device": "abc",
        "gpu.name": "G",
        "gpu.vendor": "V",
        "my_os": "Plan 9",
        "my_os.name": "Plan 9",
    }


@pytest.mark.parametrize("key", ["replay", "feedback"])
def test_the_replay_that_a_context_names_is_a_tag(key: str) -> None:
    assert tags(contexts={key: {"replay_id": "AB" * 16}})["replayId"] == "ab" * 16
    assert tags(contexts={key: {"replay_id": "AB" * 16}}, tags={"replayId": "own"})["replayId"] == "own"
    for bad in ("nothing", 7, None, ["ab" * 16], {}):
        assert "replayId" not in tags(contexts={key: {"replay_id": bad}})
