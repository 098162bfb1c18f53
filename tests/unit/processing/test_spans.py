from typing import Any

import orjson
import pytest

from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.processed import Arrival, Span
from vedette.domain.times import Micros
from vedette.processing.pipeline import process_spans, process_transaction
from vedette.processing.span_attributes import http_status_word, span_status, status_word
from vedette.processing.spans import V2_CONTENT_TYPE, span_details, with_self_times

ARRIVAL = Arrival(received=1795500000_000000)
TRACE, ROOT, CHILD = "a" * 32, "b" * 16, "c" * 16


def span(index: int, parent: int | None, start: int, end: int) -> Span:
    parent_id = None if parent is None else bytes([parent]) * 8
    return Span(bytes([index]) * 8, parent_id, "op", "", Micros(start), end - start, "ok")


@pytest.mark.parametrize(
    ("children", "self_time"),
    [
        ([], 100),
        ([(10, 30)], 80),
        ([(10, 30), (20, 40)], 70),
        ([(10, 30), (10, 30)], 80),
        ([(10, 90), (20, 30)], 20),
        ([(-50, 10), (90, 200)], 80),
        ([(200, 300)], 100),
        ([(-10, 110)], 0),
        ([(50, 60), (0, 10)], 80),
        ([(5, 5)], 100),
    ],
)
def test_self_time_is_what_no_child_covers(children: list[tuple[int, int]], self_time: int) -> None:
    spans = [span(1, None, 0, 100), *(span(2 + index, 1, *each) for index, each in enumerate(children))]
    assert with_self_times(spans)[0].self_time == self_time


def test_grandchildren_count_for_their_parent_only() -> None:
    timed = with_self_times([span(1, None, 0, 100), span(2, 1, 0, 60), span(3, 2, 10, 50)])
    assert [each.self_time for each in timed] == [40, 20, 40]


@pytest.mark.parametrize(
    ("sent", "word"),
    [
        ("ok", "ok"),
        ("success", "ok"),
        ("failure", "internal_error"),
        ("unknown", ""),
        (5, "not_found"),
        ("x", None),
        ([], None),
    ],
)
def test_statuses_have_one_spelling(sent: Any, word: str | None) -> None:
    assert status_word(sent) == word


@pytest.mark.parametrize(
    ("code", "word"),
    [
        (200, "ok"),
        (302, "ok"),
        (404, "not_found"),
        ("404", "not_found"),
        (418, "invalid_argument"),
        (500, "internal_error"),
        (504, "deadline_exceeded"),
        (None, ""),
        ("x", ""),
        (7, ""),
        (True, ""),
    ],
)
def test_an_http_code_means_a_status(code: Any, word: str) -> None:
    assert http_status_word(code) == word


@pytest.mark.parametrize(
    ("sent", "data", "word"),
    [
        ({"status": "not_found"}, {}, "not_found"),
        ({"tags": {"status": "aborted"}}, {}, "aborted"),
        ({}, {"http.response.status_code": 503}, "unavailable"),
        ({"tags": {"http.status_code": "401"}}, {}, "unauthenticated"),
        ({}, {"status_code": 200}, "ok"),
        ({}, {}, ""),
    ],
)
def test_an_older_span_s_status_is_its_own_else_a_tag_s_else_its_code_s(
    sent: Any, data: Any, word: str
) -> None:
    assert span_status(sent, data) == word


def item(**changes: Any) -> dict[str, Any]:
    return {
        "trace_id": TRACE,
        "span_id": CHILD,
        "parent_span_id": ROOT,
        "name": "n",
        "status": "ok",
        "start_timestamp": 1795414599.6,
        "end_timestamp": 1795414600.0,
        "attributes": {"sentry.op": {"value": "x", "type": "string"}},
        **changes,
    }


def container(*items: Any) -> bytes:
    return orjson.dumps({"version": 2, "items": list(items)})


def test_several_traces_in_a_container_are_several_batches() -> None:
    batches = process_spans(
        container(item(), item(trace_id="d" * 32), item(span_id="e" * 16)), V2_CONTENT_TYPE, ARRIVAL
    )
    assert [(batch.trace_id.hex(), len(batch.spans)) for batch in batches] == [(TRACE, 2), ("d" * 32, 1)]


@pytest.mark.parametrize(
    ("changes", "is_segment"),
    [
        ({"is_segment": True}, True),
        ({"is_segment": False}, False),
        ({"parent_span_id": None}, True),
        ({"parent_span_id": ""}, True),
        ({}, False),
    ],
)
def test_a_span_that_says_so_or_has_no_parent_is_a_segment(changes: dict[str, Any], is_segment: bool) -> None:
    (batch,) = process_spans(container(item(**changes)), V2_CONTENT_TYPE, ARRIVAL)
    assert batch.spans[0].is_segment is is_segment
    assert len(batch.segments) == is_segment


@pytest.mark.parametrize(
    "broken",
    [
        5,
        item(span_id=None),
        item(trace_id="0" * 32),
        item(start_timestamp=None),
        item(end_timestamp="soon"),
        item(span_id="x" * 16),
    ],
)
def test_an_unusable_span_is_counted_and_named(broken: Any) -> None:
    (batch,) = process_spans(container(item(), broken), V2_CONTENT_TYPE, ARRIVAL)
    assert (len(batch.spans), batch.invalid, len(batch.remarks)) == (1, 1, 1)
    with pytest.raises(IngestError) as caught:
        process_spans(container(broken), V2_CONTENT_TYPE, ARRIVAL)
    assert caught.value.reason is Reason.BAD_SPAN


@pytest.mark.parametrize("payload", [b"[]", b'{"items": 5}', b'{"version": 2}'])
def test_what_is_no_container_is_a_bad_span(payload: bytes) -> None:
    with pytest.raises(IngestError) as caught:
        process_spans(payload, V2_CONTENT_TYPE, ARRIVAL)
    assert caught.value.reason is Reason.BAD_SPAN


def test_an_empty_container_gives_nothing() -> None:
    assert process_spans(container(), V2_CONTENT_TYPE, ARRIVAL) == []


def test_a_container_is_known_without_its_content_type() -> None:
    assert len(process_spans(container(item()), None, ARRIVAL)) == 1


def test_spans_from_the_future_move_together() -> None:
    ahead = 1795500000 + 1000
    spans = (
        item(start_timestamp=ahead - 2, end_timestamp=ahead - 1),
        item(start_timestamp=ahead - 1, end_timestamp=ahead),
    )
    (batch,) = process_spans(container(*spans), V2_CONTENT_TYPE, ARRIVAL)
    assert [each.start - ARRIVAL.received for each in batch.spans] == [-2_000_000, -1_000_000]


def older(**changes: Any) -> dict[str, Any]:
    return {
        "trace_id": TRACE,
        "span_id": CHILD,
        "parent_span_id": ROOT,
        "op": "ui.interaction.click",
        "description": "button#water",
        "start_timestamp": 1795414599.6,
        "timestamp": 1795414600.0,
        "exclusive_time": 32,
        **changes,
    }


def test_a_single_older_span_is_a_batch_of_its_own() -> None:
    (batch,) = process_spans(orjson.dumps(older()), None, ARRIVAL)
    (span_,) = batch.spans
    assert (span_.op, span_.description, span_.duration, span_.self_time) == (
        "ui.interaction.click",
        "button#water",
        400_000,
        32_000,
    )
    assert batch.segments == ()


def test_a_single_older_segment_is_named_by_its_data_or_description() -> None:
    named = older(is_segment=True, data={"sentry.segment.name": "/beds"})
    assert process_spans(orjson.dumps(named), None, ARRIVAL)[0].segments[0].name == "/beds"
    assert (
        process_spans(orjson.dumps(older(is_segment=True)), None, ARRIVAL)[0].segments[0].name
        == "button#water"
    )


def test_a_web_vital_sent_alone_is_no_visit_of_its_page() -> None:
    for op, is_segment in (
        ("ui.interaction.click", False),
        ("ui.webvital.lcp", False),
        ("http.server", True),
        ("", True),
    ):
        payload = orjson.dumps(older(op=op, parent_span_id=None, data={"transaction": "/beds"}))
        (batch,) = process_spans(payload, None, ARRIVAL)
        assert (batch.spans[0].is_segment, len(batch.segments)) == (is_segment, int(is_segment))
        assert span_details(payload, None, CHILD)["is_segment"] is is_segment


TRANSACTION = {
    "type": "transaction",
    "transaction": "/pay",
    "start_timestamp": 1795414599.0,
    "timestamp": 1795414601.0,
    "contexts": {
        "trace": {"trace_id": TRACE, "span_id": ROOT, "op": "http.server", "status": "ok", "data": {"a": 1}}
    },
    "measurements": {"lcp": {"value": 1}},
    "tags": {"till": "3"},
    "spans": [older(tags={"k": "v"}, origin="manual", links=[{"trace_id": "d" * 32}])],
}


def test_details_of_a_transaction_s_span_show_all_it_said() -> None:
    details = span_details(orjson.dumps(TRANSACTION), None, bytes.fromhex(CHILD))
    assert details["op"] == "ui.interaction.click"
    assert details["tags"] == {"k": "v"}
    assert details["origin"] == "manual"
    assert details["links"] == [{"trace_id": "d" * 32}]
    assert details["raw"] == TRANSACTION["spans"][0]  # type: ignore[index]
    assert (details["start"], details["duration"]) == (1795414599_600000, 400_000)


def test_details_of_the_root_come_from_the_trace_context() -> None:
    details = span_details(orjson.dumps(TRANSACTION), None, ROOT)
    assert (details["name"], details["op"], details["duration"]) == ("/pay", "http.server", 2_000_000)
    assert details["is_segment"] is True
    assert details["data"] == {"a": 1}
    assert details["tags"] == {"till": "3"}
    assert details["measurements"] == {"lcp": {"value": 1}}


def test_details_of_a_streamed_span_have_flat_attributes_under_the_sent_names() -> None:
    sent = item(
        attributes={
            "http.url": {"value": "https://x", "type": "string"},
            "n": {"value": 5, "type": "integer"},
        }
    )
    details = span_details(container(item(span_id="e" * 16), sent), V2_CONTENT_TYPE, CHILD)
    assert details["data"] == {"http.url": "https://x", "n": 5}
    assert details["name"] == "n"
    assert details["raw"] == sent


@pytest.mark.parametrize("payload", [b"", b"[]", b"{}", b'{"items": []}', orjson.dumps(TRANSACTION)])
def test_details_of_a_span_that_is_not_there_are_empty(payload: bytes) -> None:
    assert span_details(payload, None, "f" * 16) == {}


def test_an_unfinished_span_ends_with_its_transaction() -> None:
    event = TRANSACTION | {"spans": [older(timestamp=None)]}
    batch = process_transaction(orjson.dumps(event), ARRIVAL)
    assert batch.spans[1].duration == 1_400_000
    assert batch.spans[1].status == "deadline_exceeded"


def test_unusable_spans_of_a_transaction_are_counted() -> None:
    event = TRANSACTION | {"spans": [older(), None, older(span_id="x")]}
    batch = process_transaction(orjson.dumps(event), ARRIVAL)
    assert (len(batch.spans), batch.invalid) == (2, 2)
    assert batch.remarks == ("a span is not an object", "a span has no valid span_id")


def test_a_segment_tells_the_request_and_the_user() -> None:
    event = TRANSACTION | {
        "request": {"url": "https://x/pay", "method": "post"},
        "user": {"id": 7},
        "environment": "qa",
        "contexts": TRANSACTION["contexts"] | {"response": {"status_code": 503}},  # type: ignore[operator]
    }
    (segment,) = process_transaction(orjson.dumps(event), ARRIVAL).segments
    assert (segment.http_method, segment.http_status, segment.user, segment.environment) == (
        "POST",
        503,
        "id:7",
        "qa",
    )
    assert dict(segment.tags) == {
        "till": "3",
        "level": "info",
        "environment": "qa",
        "transaction": "/pay",
        "user": "id:7",
        "url": "https://x/pay",
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"start_timestamp": None},
        {"timestamp": None},
        {"timestamp": "soon"},
        {"timestamp": 1795414598.0},
        {"contexts": None},
        {"contexts": {"trace": {"trace_id": TRACE}}},
        {"contexts": {"trace": {"span_id": ROOT}}},
    ],
)
def test_a_transaction_without_times_or_ids_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(IngestError) as caught:
        process_transaction(orjson.dumps(TRANSACTION | changes), ARRIVAL)
    assert caught.value.reason is Reason.BAD_TRANSACTION


@pytest.mark.parametrize(
    ("op", "description", "data", "normal"),
    [
        ("db", "SELECT a FROM t WHERE id = 7", {"db.system": "postgresql"}, "SELECT a FROM t WHERE id = %s"),
        ("db", "GET user:7", {"db.system": "redis"}, "GET *"),
        ("db", "GET user:7", {"db.system.name": "redis"}, "GET *"),
        ("http.client", "GET https://api.example.com/a/7", {}, "GET https://*.example.com"),
        ("ui.react.mount", "<App>", {"ui.component_name": "App"}, "App"),
        ("function", "pay", {}, ""),
    ],
)
def test_both_generations_say_what_spans_have_in_common(
    op: str, description: str, data: dict[str, str], normal: str
) -> None:
    sent = {"sentry.op": op, "sentry.description": description} | data
    attributes = {name: {"value": value, "type": "string"} for name, value in sent.items()}
    (batch,) = process_spans(container(item(attributes=attributes)), V2_CONTENT_TYPE, ARRIVAL)
    assert batch.spans[0].normalised == normal
    child = {"span_id": CHILD, "parent_span_id": ROOT, "op": op, "description": description, "data": data}
    times = {"start_timestamp": 1795414599.6, "timestamp": 1795414600.0}
    trace = {"trace_id": TRACE, "span_id": ROOT, "op": "http.server"}
    transaction = {"transaction": "GET /7", "contexts": {"trace": trace}, "spans": [child | times]} | times
    root, found = process_transaction(orjson.dumps(transaction), ARRIVAL).spans
    assert (root.normalised, found.normalised) == ("", normal)
