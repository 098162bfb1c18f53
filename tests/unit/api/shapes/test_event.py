"""An event's detail, from payloads as SDKs send them."""

from typing import Any

import orjson
import pytest

from vedette.api.schema import faults
from vedette.api.shapes.event import EventDetail, EventFacts, event_detail
from vedette.domain.processed import Arrival
from vedette.domain.times import Micros
from vedette.processing.pipeline import read_event

RECEIVED = Micros(1_700_000_000_000_000)
FACTS = EventFacts(project=3, issue=7, received=RECEIVED, size=1234, hashes=("a" * 32,), config="c:1")

EVERYTHING: dict[str, Any] = {
    "event_id": "0123456789abcdef0123456789abcdef",
    "timestamp": 1_699_999_999.25,
    "platform": "python",
    "release": "shop@1.2.3+45",
    "dist": "45",
    "environment": "dev",
    "logentry": {"message": "paid %s", "params": ["9.50"]},
    "exception": {
        "values": [
            {"type": "KeyError", "value": "'card'"},
            {
                "type": "ValueError",
                "value": "boom",
                "mechanism": {"type": "django", "handled": False},
                "stacktrace": {
                    "frames": [
                        {"filename": "lib.py", "function": "call", "in_app": False},
                        {
                            "filename": "cart.py",
                            "function": "pay",
                            "in_app": True,
                            "lineno": 3,
                            "context_line": "x",
                        },
                    ]
                },
            },
        ]
    },
    "threads": {"values": [{"id": 1, "crashed": True, "name": "main"}]},
    "request": {
        "url": "http://shop/pay?a=1",
        "method": "post",
        "headers": {"accept": "*/*"},
        "cookies": "k=v",
    },
    "breadcrumbs": {"values": [{"message": "clicked", "timestamp": 1_699_999_998}]},
    "debug_meta": {"images": [{"type": "sourcemap", "code_file": "a.js", "debug_id": "0" * 32}]},
    "user": {"id": 7, "email": "a@b.c", "shoe": 42},
    "tags": {"zeta": "1", "alpha": "2"},
    "contexts": {"runtime": {"name": "CPython", "version": "3.11"}},
    "extra": {"basket": [1, 2]},
    "modules": {"django": "5.0"},
    "level": "warn",
}


def detail_of(payload: dict[str, Any]) -> EventDetail:
    return event_detail(read_event(orjson.dumps(payload), Arrival(received=RECEIVED)), FACTS)


def test_every_member_is_there_and_fits_its_documented_type() -> None:
    assert list(faults(detail_of(EVERYTHING), EventDetail)) == []


def test_entries_come_in_the_order_a_reader_wants() -> None:
    detail = detail_of(EVERYTHING)
    assert [entry["type"] for entry in detail["entries"]] == [
        "message",
        "exception",
        "threads",
        "request",
        "breadcrumbs",
        "debugmeta",
    ]
    message, exception, _, request, breadcrumbs, _ = (entry["data"] for entry in detail["entries"])
    assert message == {"message": "paid %s", "params": ["9.50"], "formatted": "paid 9.50"}
    assert [value["type"] for value in exception["values"]] == ["KeyError", "ValueError"]
    assert exception["hasSystemFrames"] is True
    assert exception["values"][1]["stacktrace"]["frames"][1]["context"] == [(3, "x")]
    assert request["query"] == [["a", "1"]]
    assert request["headers"] == [["Accept", "*/*"]]
    assert request["cookies"] == [["k", "v"]]
    assert request["method"] == "POST"
    assert breadcrumbs["values"][0]["timestamp"] == "2023-11-14T22:13:18.000000Z"
    assert breadcrumbs["values"][0]["type"] == "default"


def test_names_and_ids_are_texts_and_times_iso() -> None:
    detail = detail_of(EVERYTHING)
    assert detail["id"] == detail["eventID"] == EVERYTHING["event_id"]
    assert (detail["groupID"], detail["projectID"]) == ("7", "3")
    assert detail["dateCreated"] == "2023-11-14T22:13:19.250000Z"
    assert detail["dateReceived"] == "2023-11-14T22:13:20.000000Z"
    assert (detail["type"], detail["title"]) == ("error", "ValueError: boom")
    assert detail["metadata"] == {
        "type": "ValueError",
        "value": "boom",
        "filename": "cart.py",
        "function": "pay",
    }
    assert detail["user"] is not None
    assert detail["user"]["id"] == "7"
    assert detail["user"]["data"] == {"shoe": 42}
    assert detail["context"] == {"basket": [1, 2]}
    assert detail["packages"] == {"django": "5.0"}
    assert detail["release"] is not None
    assert detail["release"]["shortVersion"] == "1.2.3 (45)"
    assert detail["fingerprints"] == ["a" * 32]


def test_tags_are_sorted_and_hold_what_the_server_added() -> None:
    tags = {tag["key"]: tag["value"] for tag in detail_of(EVERYTHING)["tags"]}
    assert list(tags) == sorted(tags)
    assert tags["alpha"] == "2"
    assert tags["handled"] == "no"
    assert tags["user"] == "id:7"


def test_what_could_not_be_read_is_told_in_errors_and_beside_the_value() -> None:
    broken = EVERYTHING | {"exception": {"values": [{"type": "E", "value": "v", "module": 7}]}, "dist": "a b"}
    detail = detail_of(broken)
    assert {error["type"] for error in detail["errors"]} == {"invalid_data"}
    assert any(error["data"].get("name") == "dist" for error in detail["errors"])
    assert detail["_meta"]["dist"][""]["err"]
    exception = next(n for n, entry in enumerate(detail["entries"]) if entry["type"] == "exception")
    assert detail["_meta"]["entries"][str(exception)]["data"]["values"]["0"]["module"][""]["err"]


def test_a_message_alone_and_an_empty_event_have_details_too() -> None:
    message = detail_of({"message": "hello"})
    assert (message["type"], message["title"], message["message"]) == ("default", "hello", "hello")
    assert message["metadata"]["title"] == "hello"
    empty = detail_of({})
    assert list(faults(empty, EventDetail)) == []
    assert empty["entries"] == []


def test_a_transaction_brings_its_spans_and_times() -> None:
    detail = detail_of(
        {
            "type": "transaction",
            "transaction": "GET /cart",
            "start_timestamp": 1_699_999_998.0,
            "timestamp": 1_699_999_999.0,
            "contexts": {"trace": {"trace_id": "a" * 32, "span_id": "b" * 16, "op": "http.server"}},
            "spans": [
                {
                    "span_id": "c" * 16,
                    "trace_id": "a" * 32,
                    "parent_span_id": "b" * 16,
                    "start_timestamp": 1_699_999_998.1,
                    "timestamp": 1_699_999_998.2,
                }
            ],
            "measurements": {"lcp": {"value": 1.5, "unit": "millisecond"}},
        }
    )
    assert list(faults(detail, EventDetail)) == []
    assert (detail["title"], detail["type"]) == ("GET /cart", "transaction")
    assert (detail["startTimestamp"], detail["endTimestamp"]) == (1_699_999_998.0, 1_699_999_999.0)
    assert [entry["type"] for entry in detail["entries"]] == ["spans"]
    assert detail["measurements"] == {"lcp": {"value": 1.5, "unit": "millisecond"}}


@pytest.mark.parametrize("name", sorted(EVERYTHING))
@pytest.mark.parametrize(
    "junk", [None, 7, "x", [], {}, [None, 1], {"values": [1, None, {"a": []}]}, [[["x"]]]]
)
def test_junk_in_any_member_never_breaks_the_detail(name: str, junk: Any) -> None:
    if name == "timestamp" and junk == 7:
        junk = 7.5
    detail = detail_of(EVERYTHING | {name: junk})
    orjson.dumps(detail)
    assert list(faults(detail, EventDetail)) == []
