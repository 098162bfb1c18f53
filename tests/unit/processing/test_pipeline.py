from typing import Any

import orjson
import pytest

from vedette.domain.levels import Level
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.processed import Arrival, ProcessedEvent
from vedette.processing.depth import NOTE
from vedette.processing.grouping import Component, grouping_rules, split_rule, with_splits
from vedette.processing.pipeline import (
    explain_event,
    process_event,
    process_spans,
    process_transaction,
    read_event,
    read_grouped,
)

ARRIVAL = Arrival(received=1795414601_000000)


def processed(arrival: Arrival = ARRIVAL, **event: Any) -> ProcessedEvent:
    return process_event(orjson.dumps(event), arrival)


@pytest.mark.parametrize(
    ("payload", "offset"),
    [(b"", 0), (b'{"a": }', 6), (b'{"a": 1', 7), ('{"é": }'.encode(), 7), (b"\xff", None)],
)
@pytest.mark.parametrize("process", [process_event, read_event, process_transaction])
def test_broken_json_is_refused_with_the_byte_it_broke_at(
    process: Any, payload: bytes, offset: int | None
) -> None:
    with pytest.raises(IngestError) as caught:
        process(payload, ARRIVAL)
    assert caught.value.reason is Reason.BAD_JSON
    assert offset is None or caught.value.offset == offset


def test_broken_json_of_a_span_is_refused_too() -> None:
    with pytest.raises(IngestError) as caught:
        process_spans(b"{", None, ARRIVAL)
    assert caught.value.reason is Reason.BAD_JSON


@pytest.mark.parametrize("payload", [b"[]", b"null", b'"x"', b"5", b"true"])
def test_json_that_is_no_object_is_no_event(payload: bytes) -> None:
    with pytest.raises(IngestError) as caught:
        process_event(payload, ARRIVAL)
    assert caught.value.reason is Reason.BAD_EVENT


def test_an_event_becomes_the_columns_the_store_writes() -> None:
    found = processed(
        event_id="ab" * 16,
        level="fatal",
        timestamp=1795414600.5,
        platform="python",
        environment="qa",
        release="shop@1",
        dist="7",
        transaction="/pay",
        user={"email": "a@example.com"},
        sdk={"name": "sentry.python", "version": "2.0"},
        tags={"till": "3"},
        contexts={"trace": {"trace_id": "cd" * 16, "span_id": "ef" * 8}},
        exception={
            "type": "ValueError",
            "value": "boom",
            "mechanism": {"type": "excepthook", "handled": False},
            "stacktrace": {
                "frames": [{"module": "shop", "function": "pay", "filename": "till.py", "in_app": True}]
            },
        },
    )
    assert found.event_id == bytes.fromhex("ab" * 16)
    assert (found.kind, found.level, found.platform) == ("error", Level.FATAL, "python")
    assert (found.timestamp, found.received) == (1795414600_500000, ARRIVAL.received)
    assert (found.environment, found.release, found.dist, found.transaction) == ("qa", "shop@1", "7", "/pay")
    assert (found.user, found.sdk, found.handled) == ("email:a@example.com", "sentry.python 2.0", False)
    assert found.trace_id == bytes.fromhex("cd" * 16)
    assert found.span_id == bytes.fromhex("ef" * 8)
    assert found.tags[0] == ("till", "3")
    assert found.body == "ValueError: boom\n/pay"
    assert found.stack == "shop pay till.py"
    assert found.stack_hash is not None
    assert len(found.stack_hash) == 16
    assert found.grouping.hashes


def test_a_bare_event_has_defaults() -> None:
    found = processed()
    assert (found.kind, found.level, found.platform, found.sdk) == ("default", Level.ERROR, "other", "")
    assert (found.trace_id, found.span_id, found.user, found.handled, found.stack_hash) == (
        None,
        None,
        None,
        None,
        None,
    )
    assert found.timestamp == ARRIVAL.received
    assert found.heading.title == "<unlabeled event>"


def test_the_envelope_s_id_sdk_and_trace_fill_what_the_payload_lacks() -> None:
    arrival = Arrival(
        received=ARRIVAL.received,
        event_id="12345678-1234-1234-1234-123456789ABC",
        sdk={"name": "sentry.go", "version": "1"},
        trace={"trace_id": "cd" * 16},
    )
    found = processed(arrival, event_id="ab" * 16)
    assert found.event_id.hex() == "12345678123412341234123456789abc"
    assert found.sdk == "sentry.go 1"
    assert found.trace_id == bytes.fromhex("cd" * 16)


def test_an_old_client_is_known_by_its_authentication() -> None:
    assert processed(Arrival(received=1, client="raven-python/6.10.0")).sdk == "raven-python 6.10.0"


@pytest.mark.parametrize("sent", [None, "", "x", "0" * 32, 5, "ab" * 15])
def test_an_event_without_a_valid_id_gets_the_same_one_at_every_reading(sent: Any) -> None:
    payload = orjson.dumps({"event_id": sent, "message": "a"})
    found = process_event(payload, ARRIVAL)
    assert found == process_event(payload, ARRIVAL)
    assert read_event(payload, ARRIVAL)["event_id"] == found.event_id.hex()
    assert process_event(orjson.dumps({"event_id": sent, "message": "b"}), ARRIVAL).event_id != found.event_id
    assert process_event(payload, Arrival(received=5)).event_id != found.event_id


@pytest.mark.parametrize(
    ("handled", "expected"), [([True], True), ([True, False], False), ([None, True], True), ([None], None)]
)
def test_an_event_is_handled_if_all_its_exceptions_were(
    handled: list[bool | None], expected: bool | None
) -> None:
    exceptions = [{"type": "A", "mechanism": {"type": "m", "handled": each}} for each in handled]
    assert processed(exception=exceptions).handled is expected


def test_nesting_too_deep_to_write_is_cut_for_display() -> None:
    payload = b'{"extra":{"x":' + b"[" * 400 + b"]" * 400 + b"}}"
    event = read_event(payload, ARRIVAL)
    assert NOTE.encode() in orjson.dumps(event)


def test_frames_that_repeat_are_searched_once() -> None:
    frames = [{"function": "depth", "module": "m", "filename": "a.py"}] * 500 + [{"function": "end"}]
    found = processed(exception={"type": "RecursionError", "stacktrace": {"frames": frames}})
    assert found.stack == "m depth a.py\n end "


def test_equal_stacks_share_their_hash_whatever_was_said() -> None:
    frames = {"frames": [{"function": "f"}]}
    one, two = (
        processed(exception={"type": "A", "value": value, "stacktrace": frames}) for value in ("x", "y")
    )
    assert one.stack_hash == two.stack_hash
    assert one.body != two.body


def test_rules_of_a_project_decide_about_hashes_title_and_splits() -> None:
    rules = with_splits(
        grouping_rules("", 'level:error -> own title="Own {{ level }}"'), [split_rule(7, "level:error")]
    )
    payload = b'{"message": "hello"}'
    ruled = process_event(payload, ARRIVAL, rules)
    assert ruled.heading.title == "Own error"
    assert ruled.grouping.splits == (7,)
    assert ruled.grouping.hashes == process_event(b'{"fingerprint": ["own"]}', ARRIVAL).grouping.hashes
    plain = process_event(payload, ARRIVAL)
    assert plain.heading.title == "hello"
    assert plain.grouping.hashes != ruled.grouping.hashes


def test_what_nobody_said_of_a_frame_is_shown_by_its_path_but_groups_as_not_in_app() -> None:
    frames: Any = [
        {"filename": "/srv/shop/till.py", "function": "pay"},
        {"filename": "/srv/vendor/x.py", "function": "x"},
    ]
    payload = orjson.dumps(
        {"platform": "python", "exception": {"type": "E", "stacktrace": {"frames": frames}}}
    )
    event, grouping = read_grouped(payload, ARRIVAL)
    shown = event["exception"]["values"][0]["stacktrace"]["frames"]
    assert [frame["in_app"] for frame in shown] == [True, False]
    assert [frame["data"]["orig_in_app"] for frame in shown] == [-1, -1]
    assert grouping == process_event(payload, ARRIVAL).grouping
    assert grouping is not None
    assert (grouping.variant, len(grouping.hashes)) == ("system", 1)
    for frame in frames:
        frame["in_app"] = False
    said = orjson.dumps({"platform": "python", "exception": {"type": "E", "stacktrace": {"frames": frames}}})
    assert process_event(said, ARRIVAL).grouping == grouping


def test_an_explanation_has_tree_grouping_and_heading_of_the_digested_event() -> None:
    payload = orjson.dumps({"message": "hello 7"})
    rules = grouping_rules("", 'level:error -> {{ default }}, x title="Own"')
    found = explain_event(payload, ARRIVAL, rules)
    digested = process_event(payload, ARRIVAL, rules)
    assert (found.grouping, found.heading) == (digested.grouping, digested.heading)
    assert [each.hash() for each in found.tree.values if isinstance(each, Component)] == list(
        found.grouping.hashes
    )


def test_a_transaction_belongs_to_no_issue() -> None:
    trace = {"trace_id": "a" * 32, "span_id": "b" * 16}
    sent = {"type": "transaction", "timestamp": 2, "start_timestamp": 1, "contexts": {"trace": trace}}
    assert read_grouped(orjson.dumps(sent), ARRIVAL)[1] is None


def test_a_stack_trace_of_no_frames_is_seen_by_grouping_only() -> None:
    payload = orjson.dumps({"stacktrace": {"frames": []}, "message": "m"})
    tree = explain_event(payload, ARRIVAL).tree
    assert [each.id for each in tree.values if isinstance(each, Component)] == ["system", "app", "default"]
    assert process_event(payload, ARRIVAL).stack == ""
