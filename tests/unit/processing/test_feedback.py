"""Feedback events, and the older reports that become such."""

import contextlib
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.any_json import ANY_JSON
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.processed import Arrival
from vedette.processing.feedback import LONGEST_MESSAGE, REPORT_SOURCE, report_to_event
from vedette.processing.pipeline import process_feedback, read_event

ARRIVAL = Arrival(received=1795414601_000000)
ABOUT = "ab" * 16


def feedback(**said: Any) -> dict[str, Any]:
    return {
        "event_id": "cd" * 16,
        "type": "feedback",
        "level": "info",
        "timestamp": 1795414600.5,
        "platform": "javascript",
        "request": {"url": "https://shop.example/cart"},
        "contexts": {
            "trace": {"trace_id": "ef" * 16, "span_id": "12" * 8},
            "feedback": {"message": "my cup fell over", "name": "Joan", "contact_email": "j@example.com"}
            | said,
        },
    }


def read(event: dict[str, Any]) -> Any:
    return process_feedback(orjson.dumps(event), ARRIVAL)


def test_a_feedback_event_says_who_said_what_where_and_about_what() -> None:
    event, found = read(feedback(associated_event_id=ABOUT, replay_id="34" * 16, source="widget"))
    assert (event.kind, event.event_id.hex(), event.level.value) == ("feedback", "cd" * 16, "info")
    assert event.heading.title == "User Feedback: my cup fell over"
    assert "my cup fell over" in event.body
    assert "j@example.com" in event.body
    assert (found.message, found.name, found.email) == ("my cup fell over", "Joan", "j@example.com")
    assert (found.url, found.source) == ("https://shop.example/cart", "widget")
    assert found.about == bytes.fromhex(ABOUT)
    assert found.replay == bytes.fromhex("34" * 16)
    assert found.trace == bytes.fromhex("ef" * 16)
    assert found.event_id == event.event_id
    assert found.created == 1795414600_500000
    assert not found.is_report


def test_each_feedback_is_an_issue_of_its_own_the_same_at_every_reading() -> None:
    first, _ = read(feedback())
    again, _ = read(feedback())
    other, _ = read(feedback() | {"event_id": "56" * 16})
    assert first.grouping.hashes == again.grouping.hashes
    assert first.grouping.hashes != other.grouping.hashes
    assert read_event(orjson.dumps(feedback()), ARRIVAL)["fingerprint"] == ["feedback", "cd" * 16]


def test_the_replay_may_stand_in_its_own_context_and_a_made_up_trace_is_none() -> None:
    event = feedback()
    event["contexts"]["replay"] = {"replay_id": "78" * 16}
    del event["contexts"]["trace"]
    _, found = read(event)
    assert found.replay == bytes.fromhex("78" * 16)
    assert found.trace is None


def test_long_words_are_cut() -> None:
    _, found = read(feedback(message="x" * 9000, name="n" * 900, contact_email="e" * 900))
    assert (len(found.message), len(found.name), len(found.email)) == (LONGEST_MESSAGE, 128, 75)


@pytest.mark.parametrize("message", [None, "", "  \n", 5, {}])
def test_feedback_without_a_message_is_refused(message: Any) -> None:
    with pytest.raises(IngestError) as caught:
        read(feedback(message=message))
    assert caught.value.reason is Reason.BAD_FEEDBACK
    assert "no message" in caught.value.detail


def test_an_item_that_forgets_its_type_is_feedback_all_the_same() -> None:
    event = feedback()
    del event["type"]
    processed, _ = read(event)
    assert processed.kind == "feedback"


def report(**changes: Any) -> dict[str, Any]:
    return {"event_id": ABOUT, "name": "Joan", "email": "j@example.com", "comments": "it fell"} | changes


def from_report(sent: dict[str, Any], envelope: str | None = None) -> Any:
    payload = report_to_event(orjson.dumps(sent), envelope, ARRIVAL.received)
    return process_feedback(payload, ARRIVAL)


def test_a_user_report_becomes_a_feedback_event_about_its_event() -> None:
    event, found = from_report(report())
    assert (event.kind, event.user) == ("feedback", "email:j@example.com")
    assert found.about == bytes.fromhex(ABOUT)
    assert (found.message, found.name, found.email) == ("it fell", "Joan", "j@example.com")
    assert found.source == REPORT_SOURCE
    assert found.is_report
    assert event.event_id != found.about


def test_the_same_report_is_the_same_event_and_another_one_another_event_of_the_same_issue() -> None:
    first, _ = from_report(report())
    again, _ = from_report(report())
    changed, _ = from_report(report(comments="it fell twice"))
    assert first.event_id == again.event_id
    assert first.event_id != changed.event_id
    assert first.grouping.hashes == changed.grouping.hashes


def test_a_report_without_an_event_id_takes_the_envelopes() -> None:
    _, found = from_report(report(event_id=None), envelope="99" * 16)
    assert found.about == bytes.fromhex("99" * 16)


def test_a_report_may_leave_out_who_said_it() -> None:
    event, found = from_report({"event_id": ABOUT, "comments": "it fell", "name": None, "email": None})
    assert (found.name, found.email, event.user) == ("", "", None)


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"{", Reason.BAD_JSON),
        (b"[]", Reason.BAD_FEEDBACK),
        (b'{"comments": "x"}', Reason.BAD_FEEDBACK),
        (b'{"event_id": "xyz", "comments": "x"}', Reason.BAD_FEEDBACK),
        (b'{"event_id": "%s"}' % ABOUT.encode(), Reason.BAD_FEEDBACK),
        (b'{"event_id": "%s", "comments": " "}' % ABOUT.encode(), Reason.BAD_FEEDBACK),
    ],
)
def test_a_report_that_says_nothing_or_on_nothing_is_refused(payload: bytes, reason: Reason) -> None:
    with pytest.raises(IngestError) as caught:
        report_to_event(payload, None, ARRIVAL.received)
    assert caught.value.reason is reason


NAMES = st.sampled_from(
    ["event_id", "name", "email", "comments", "contexts", "feedback", "message", "type", "timestamp"]
)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.dictionaries(NAMES, ANY_JSON | st.just(ABOUT) | st.just("words"), max_size=6))
def test_no_report_and_no_feedback_raises_anything_but_an_ingest_error(sent: dict[str, Any]) -> None:
    payload = orjson.dumps(sent)
    with contextlib.suppress(IngestError):
        process_feedback(report_to_event(payload, None, ARRIVAL.received), ARRIVAL)
    for event in (sent, {"contexts": {"feedback": sent}}):
        try:
            processed, found = process_feedback(orjson.dumps(event), ARRIVAL)
        except IngestError:
            continue
        assert found.message.strip()
        assert processed.kind == "feedback"
