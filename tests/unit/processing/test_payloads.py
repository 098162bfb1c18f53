"""What official SDKs sent comes out as the truth about the programs that ran."""

import collections
import json
import re
from pathlib import Path
from typing import Any

import pytest

from vedette.domain.processed import Arrival, ProcessedEvent, SpanBatch
from vedette.processing.exceptions import event_exceptions
from vedette.processing.heading import event_message
from vedette.processing.pipeline import process_event, process_spans, process_transaction, read_event
from vedette.processing.spans import V2_CONTENT_TYPE, span_details

PAYLOADS = Path(__file__).parents[2] / "data" / "payloads"
TRUTHS = json.loads((PAYLOADS / "truths.json").read_text(encoding="utf-8"))
ARRIVAL = Arrival(received=1795500000_000000)


def sent(scenario: str, *kinds: str) -> list[tuple[str, bytes]]:
    files = sorted(PAYLOADS.glob(f"{scenario}.*.json"), key=lambda file: int(file.name.split(".")[-3]))
    return [
        (file.name.split(".")[-2], file.read_bytes()) for file in files if file.name.split(".")[-2] in kinds
    ]


def matches(expected: Any, found: Any) -> bool:
    if isinstance(expected, str) and expected.startswith("~"):
        return isinstance(found, str) and re.search(expected[1:], found) is not None
    return bool(expected == found)


def last_own_frame(exception: dict[str, Any]) -> dict[str, Any]:
    frames = exception["stacktrace"]["frames"]
    return next((frame for frame in reversed(frames) if frame["in_app"]), frames[-1])


def exceptions_match(expected: list[dict[str, Any]], event: dict[str, Any]) -> bool:
    found = event_exceptions(event)
    if len(found) != len(expected):
        return False
    for wanted, exception in zip(expected, found, strict=True):
        if not all(
            matches(wanted[name], exception.get(name)) for name in ("type", "value") if name in wanted
        ):
            return False
        frame = wanted.get("crash_frame", {})
        if frame and not all(last_own_frame(exception).get(name) == value for name, value in frame.items()):
            return False
        mechanism = exception.get("mechanism") or {}
        if "handled" in wanted and mechanism.get("handled") is not wanted["handled"]:
            return False
    return True


def event_matches(expected: dict[str, Any], processed: ProcessedEvent, event: dict[str, Any]) -> bool:
    checks = [
        "exceptions" not in expected or exceptions_match(expected["exceptions"], event),
        "message" not in expected or event_message(event) == expected["message"],
        "message" not in expected or processed.heading.title == expected["message"],
        "level" not in expected or processed.level == expected["level"],
        "logger" not in expected or event["logger"] == expected["logger"],
        "release" not in expected or processed.release == expected["release"],
        "fingerprint" not in expected or event["fingerprint"] == expected["fingerprint"],
        "breadcrumbs" not in expected or len(event["breadcrumbs"]["values"]) == expected["breadcrumbs"],
        expected.get("tags", {}).items() <= dict(processed.tags).items(),
        expected.get("user", {}).items() <= (event.get("user") or {}).items(),
        expected.get("request", {}).items() <= (event.get("request") or {}).items(),
    ]
    return all(checks)


@pytest.mark.parametrize("scenario", TRUTHS)
def test_recorded_events_tell_what_the_program_did(scenario: str) -> None:
    read = [(process_event(body, ARRIVAL), read_event(body, ARRIVAL)) for _, body in sent(scenario, "event")]
    for expected in TRUTHS[scenario].get("events", ()):
        assert any(event_matches(expected, *each) for each in read), expected
    count = TRUTHS[scenario].get("counts", {}).get("events")
    assert count in (None, len(read))
    assert [event.get("errors") for _, event in read] == [None] * len(read)


def spans_of(scenario: str) -> list[tuple[SpanBatch, bytes, str | None]]:
    found = []
    for kind, body in sent(scenario, "span", "span-v2"):
        content_type = V2_CONTENT_TYPE if kind == "span-v2" else None
        found += [(batch, body, content_type) for batch in process_spans(body, content_type, ARRIVAL)]
    return found


@pytest.mark.parametrize("scenario", [name for name in TRUTHS if TRUTHS[name].get("transactions")])
def test_recorded_transactions_tell_what_the_program_did(scenario: str) -> None:
    batches = [process_transaction(body, ARRIVAL) for _, body in sent(scenario, "transaction")]
    for expected in TRUTHS[scenario]["transactions"]:
        batch = next(each for each in batches if each.segments[0].name == expected["name"])
        (segment,) = batch.segments
        root, *children = batch.spans
        assert batch.invalid == 0
        assert root is segment.span
        assert root.is_segment
        assert expected.get("op", root.op) == root.op
        assert expected.get("status", segment.status) == segment.status
        assert expected.get("spans", len(children)) == len(children)
        ops = collections.Counter(span.op for span in children)
        assert expected.get("span_ops", dict(ops)) == dict(ops)


@pytest.mark.parametrize("scenario", [name for name in TRUTHS if TRUTHS[name].get("spans")])
def test_recorded_streamed_spans_tell_what_the_program_did(scenario: str) -> None:
    read = [
        (span, span_details(body, content_type, span.span_id))
        for batch, body, content_type in spans_of(scenario)
        for span in batch.spans
    ]
    for expected in TRUTHS[scenario]["spans"]:
        span, _ = next((span, details) for span, details in read if details["name"] == expected["name"])
        assert expected.get("op", span.op) == span.op
        assert expected.get("is_segment", False) is span.is_segment


def test_spans_that_travel_beside_an_empty_transaction_join_its_trace() -> None:
    (_, body), *_ = sent("py-shop-ai", "transaction")
    transaction = process_transaction(body, ARRIVAL)
    ((streamed, _, _),) = spans_of("py-shop-ai")
    agent, chat, tool = streamed.spans
    assert streamed.trace_id == transaction.trace_id
    assert streamed.segments == ()
    assert agent.parent_id == transaction.spans[0].span_id
    assert chat.parent_id == tool.parent_id == agent.span_id
    assert (chat.op, chat.description, chat.status) == ("gen_ai.chat", "chat demo-model", "ok")
    assert chat.self_time is None  # its segment is elsewhere


def test_a_page_load_has_the_page_s_name_whichever_protocol_brought_it() -> None:
    older = [
        process_transaction(body, ARRIVAL) for _, body in sent("browser-garden7-pageload", "transaction")
    ]
    streamed = [batch for batch, _, _ in spans_of("browser-garden11-pageload")]
    for batches in (older, streamed):
        segments = [
            segment for batch in batches for segment in batch.segments if segment.span.op == "pageload"
        ]
        assert [(segment.name, segment.platform) for segment in segments] == [
            ("/app/index.html", "javascript")
        ]
        assert segments[0].span.description == "/app/index.html"


def test_a_streamed_trace_has_its_segment_and_self_times() -> None:
    ((batch, _, _),) = spans_of("node11-cafe-spans")
    (segment,) = batch.segments
    assert (segment.name, segment.environment, segment.release) == ("morning rush", "qa", "cafe@2.0.1")
    assert (segment.platform, segment.sdk, segment.event_id) == (
        "node",
        "sentry.javascript.node 11.12.0",
        None,
    )
    children = [span for span in batch.spans if not span.is_segment]
    assert {span.parent_id for span in children} == {segment.span.span_id}
    assert [span.self_time for span in children] == [span.duration for span in children]
    assert segment.span.self_time == segment.span.duration - sum(span.duration for span in children)


def test_an_event_read_again_is_the_event_that_was_digested() -> None:
    for scenario in TRUTHS:
        for _, body in sent(scenario, "event"):
            assert process_event(body, ARRIVAL) == process_event(body, ARRIVAL)
            assert read_event(body, ARRIVAL) == read_event(body, ARRIVAL)
