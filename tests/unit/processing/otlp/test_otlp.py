"""OTLP in both encodings: the same records, spans, logs and events; nothing escapes but IngestError."""

import base64
import copy
from pathlib import Path
from typing import Any

import orjson
import pytest
from google.protobuf.json_format import ParseDict
from hypothesis import given, settings
from hypothesis import strategies as st
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.processed import Arrival
from vedette.processing.logs import process_log_items
from vedette.processing.otlp.exceptions import log_event, span_events
from vedette.processing.otlp.logs import body_text, log_items, read_log_items, severity
from vedette.processing.otlp.origin import Origins
from vedette.processing.otlp.reading import (
    JSON_TYPE,
    PROTOBUF_TYPE,
    is_json,
    read_logs,
    read_points,
    read_spans,
)
from vedette.processing.otlp.spans import read_span_items, span_items
from vedette.processing.pipeline import process_event, process_streamed_spans

DATA = Path(__file__).parents[3] / "data" / "otlp"
ARRIVAL = Arrival(received=1795500000_000000)
TRACE = "0123456789abcdef0123456789abcdef"
START = 1795416164_625_000_000
STACK = (
    'Traceback (most recent call last):\n  File "/app/till.py", line 3, in pour\n    pour()\nValueError: dry'
)


def pairs(**values: Any) -> list[dict[str, Any]]:
    return [{"key": key.replace("__", "."), "value": _any(value)} for key, value in values.items()]


def _any(value: Any) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int):
        return {"intValue": str(value)}
    if isinstance(value, float):
        return {"doubleValue": value}
    if isinstance(value, list):
        return {"arrayValue": {"values": [_any(one) for one in value]}}
    if isinstance(value, dict):
        return {"kvlistValue": {"values": pairs(**value)}}
    return {"stringValue": value}


def span(n: int, parent: int = 0, **more: Any) -> dict[str, Any]:
    found = {
        "traceId": TRACE,
        "spanId": f"{n:016x}",
        "name": f"span {n}",
        "kind": 1,
        "startTimeUnixNano": str(START + n * 1000_000),
        "endTimeUnixNano": str(START + 500_000_000),
        **more,
    }
    if parent and "parentSpanId" not in more:
        found["parentSpanId"] = f"{parent:016x}"
    return found


def thrown(message: str = "dry", at: int = START, **more: Any) -> dict[str, Any]:
    attributes = pairs(
        exception__type="ValueError", exception__message=message, exception__stacktrace=STACK, **more
    )
    return {"name": "exception", "timeUnixNano": str(at), "attributes": attributes}


RESOURCE = pairs(
    service__name="shop",
    service__version="1.2",
    deployment__environment="qa",
    telemetry__sdk__language="python",
    telemetry__sdk__name="opentelemetry",
    telemetry__sdk__version="1.9",
    host__name="desk",
    process__runtime__name="cpython",
    process__runtime__version="3.11",
)


def traces(*spans: dict[str, Any]) -> dict[str, Any]:
    scope = {"name": "till", "version": "0.1", "attributes": pairs(kind="auto")}
    return {
        "resourceSpans": [
            {"resource": {"attributes": RESOURCE}, "scopeSpans": [{"scope": scope, "spans": [*spans]}]}
        ]
    }


def logs(*records: dict[str, Any]) -> dict[str, Any]:
    return {
        "resourceLogs": [{"resource": {"attributes": RESOURCE}, "scopeLogs": [{"logRecords": [*records]}]}]
    }


def protobuf(kind: Any, document: dict[str, Any]) -> bytes:
    """The same message in protobuf: there ids are bytes, which protobuf's own JSON writes as base64."""

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: base64.b64encode(bytes.fromhex(one)).decode()
                if key.endswith(("traceId", "panId"))
                else walk(one)
                for key, one in value.items()
            }
        return [walk(one) for one in value] if isinstance(value, list) else value

    encoded: bytes = ParseDict(walk(document), kind()).SerializeToString()
    return encoded


def batches(*spans: dict[str, Any]) -> Any:
    return process_streamed_spans(read_span_items(orjson.dumps(traces(*spans)), JSON_TYPE), ARRIVAL)


def events(*spans: dict[str, Any]) -> list[dict[str, Any]]:
    export = read_spans(orjson.dumps(traces(*spans)), JSON_TYPE)
    return list(span_events(export.records, Origins()))


FULL = traces(
    span(
        1,
        kind=2,
        status={"code": 2, "message": "bad"},
        flags=0x301,
        traceState="ot=th:8",
        attributes=pairs(a=1, b=[1, 2.5, "x"], c={"d": True}),
    ),
    span(
        2,
        1,
        events=[thrown()],
        links=[{"traceId": TRACE, "spanId": f"{9:016x}", "attributes": pairs(why="next")}],
    ),
)
FULL_LOGS = logs(
    {
        "timeUnixNano": str(START),
        "severityNumber": 13,
        "body": _any("slow"),
        "attributes": pairs(n=1),
        "traceId": TRACE,
        "spanId": f"{2:016x}",
    },
    {
        "observedTimeUnixNano": str(START),
        "severityText": "ERROR",
        "body": _any({"a": [1]}),
        "attributes": pairs(exception__type="E"),
    },
)


def test_both_encodings_say_the_same() -> None:
    packed = protobuf(ExportTraceServiceRequest, FULL)
    assert read_spans(packed, PROTOBUF_TYPE) == read_spans(orjson.dumps(FULL), JSON_TYPE)
    packed = protobuf(ExportLogsServiceRequest, FULL_LOGS)
    assert read_logs(packed, PROTOBUF_TYPE) == read_logs(orjson.dumps(FULL_LOGS), JSON_TYPE)


def test_the_content_type_decides_and_without_one_the_first_byte() -> None:
    assert is_json(b"x", "application/json; charset=utf-8")
    assert not is_json(b"{}", PROTOBUF_TYPE)
    assert is_json(b" {}", None)
    assert not is_json(b"\x0a\x00", "text/plain")


@pytest.mark.parametrize("read", [read_spans, read_logs, read_points])
@pytest.mark.parametrize(
    ("payload", "kind", "reason"),
    [
        (b"{", JSON_TYPE, Reason.BAD_JSON),
        (b"[]", JSON_TYPE, Reason.BAD_OTLP),
        (b'{"resourceSpans":1,"resourceLogs":1,"resourceMetrics":1}', JSON_TYPE, Reason.BAD_OTLP),
        (b"\xff\xff", PROTOBUF_TYPE, Reason.BAD_OTLP),
        (b'{"a":' * 2000, JSON_TYPE, Reason.BAD_JSON),
    ],
)
def test_what_is_no_request_is_refused(read: Any, payload: bytes, kind: str, reason: Reason) -> None:
    with pytest.raises(IngestError) as caught:
        read(payload, kind)
    assert caught.value.reason is reason


def test_an_empty_request_has_no_spans() -> None:
    assert read_spans(b"", PROTOBUF_TYPE).records == read_spans(b"{}", JSON_TYPE).records == []
    assert batches() == []


def test_spans_become_those_of_sentry() -> None:
    (batch,) = batches(
        span(
            1,
            kind=2,
            attributes=pairs(http__method="GET", http__route="/tea", http__status_code=404),
            status={"code": 2},
        ),
        span(2, 1, kind=3, attributes=pairs(db__system="sqlite", db__statement="SELECT 1")),
        span(3, 1, kind=3, attributes=pairs(rpc__service="x", rpc__grpc__status_code=14), status={"code": 2}),
        span(4, 1, status={"code": 2, "message": "deadline_exceeded"}),
    )
    found = [(one.op, one.description, one.status, one.is_segment) for one in batch.spans]
    assert found == [
        ("http.server", "span 1", "not_found", True),
        ("db", "SELECT 1", "ok", False),
        ("rpc", "span 3", "unavailable", False),
        ("default", "span 4", "deadline_exceeded", False),
    ]
    assert batch.trace_id.hex() == TRACE
    assert (batch.spans[0].start, batch.spans[0].duration) == (START // 1000 + 1000, 499_000)
    (segment,) = batch.segments
    assert (segment.name, segment.platform, segment.environment) == ("span 1", "python", "qa")
    assert (segment.release, segment.sdk, segment.http_status) == (
        "shop@1.2",
        "opentelemetry.python 1.9",
        404,
    )
    assert ("service.name", "shop") in segment.tags


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, False),
        ({"flags": 0x300}, True),  # a remote parent
        ({"flags": 0x100, "kind": 2}, False),  # a known local one
        ({"kind": 2}, False),  # unknown, but it came along
        ({"kind": 2, "parentSpanId": f"{99:016x}"}, True),  # unknown, and it did not
        ({"kind": 3, "parentSpanId": f"{99:016x}"}, False),
    ],
)
def test_which_spans_are_segments(more: dict[str, Any], expected: bool) -> None:
    (batch,) = batches(span(1), span(2, 1, **more))
    assert [one.is_segment for one in batch.spans] == [True, expected]


def test_circles_of_parents_and_own_parents_end() -> None:
    (batch,) = batches(span(1, 2), span(2, 1), span(3, 3, events=[thrown()]))
    assert [one.is_segment for one in batch.spans] == [False, False, False]
    assert len(events(span(3, 3, events=[thrown()]))) == 1


def test_attributes_are_flat_and_typed() -> None:
    item = read_span_items(orjson.dumps(FULL), JSON_TYPE)[0]
    values = {key: entry["value"] for key, entry in item["attributes"].items()}
    assert (values["a"], values["b"], values["c"]) == (1, [1, 2.5, "x"], '{"d":true}')
    assert (values["resource.host.name"], values["instrumentation.name"]) == ("desk", "till")
    assert (values["instrumentation.kind"], values["sentry.kind"], values["sentry.is_remote"]) == (
        "auto",
        "server",
        True,
    )
    assert (values["sentry.status.message"], values["sentry.client_sample_rate"]) == ("bad", 0.5)
    assert values["sentry.segment.id"] == f"{1:016x}"
    assert item["attributes"]["a"] == {"value": 1, "type": "integer"}
    links = read_span_items(orjson.dumps(FULL), JSON_TYPE)[1]["links"]
    assert links == [
        {
            "trace_id": TRACE,
            "span_id": f"{9:016x}",
            "attributes": {"why": {"value": "next", "type": "string"}},
        }
    ]


def test_unusable_spans_are_counted_and_a_missing_trace_id_is_made() -> None:
    (one, two) = batches(span(1), span(2, spanId=""), span(3, endTimeUnixNano=0), span(4, traceId=""))
    assert (one.invalid, len(one.spans), len(two.spans)) == (2, 1, 1)
    again = batches(span(4, traceId=""))
    assert two.trace_id == again[0].trace_id != one.trace_id
    with pytest.raises(IngestError) as caught:
        batches(span(2, spanId="00"))
    assert caught.value.reason is Reason.BAD_SPAN


def test_more_than_are_read_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vedette.processing.otlp.reading.MOST_RECORDS", 2)
    export = read_spans(orjson.dumps(traces(span(1), span(2), span(3))), JSON_TYPE)
    assert (len(export.records), export.surplus) == (2, 1)
    export = read_spans(protobuf(ExportTraceServiceRequest, traces(span(1), span(2), span(3))), PROTOBUF_TYPE)
    assert (len(export.records), export.surplus) == (2, 1)


def test_an_exception_of_a_span_is_an_event() -> None:
    (event,) = events(
        span(
            1,
            kind=2,
            attributes=pairs(
                http__request__method="GET", url__path="/tea", server__address="a.example", user__id="7"
            ),
        ),
        span(2, 1, events=[{"name": "log", "timeUnixNano": "1"}, thrown(extra=1)]),
    )
    found = process_event(orjson.dumps(event), ARRIVAL)
    assert (found.heading.title, found.transaction, found.release) == (
        "ValueError: dry",
        "span 1",
        "shop@1.2",
    )
    assert (found.trace_id, found.span_id) == (bytes.fromhex(TRACE), (2).to_bytes(8, "big"))
    assert (found.platform, found.sdk, found.user) == ("python", "opentelemetry.python 1.9", "id:7")
    assert found.stack == " pour /app/till.py"
    assert found.timestamp == START // 1000
    assert event["request"] == {"method": "GET", "url": "http://a.example/tea"}
    assert event["extra"] == {"extra": 1}
    assert dict(found.tags)["service.name"] == "shop"
    assert (
        event["event_id"]
        == events(span(2, events=[{"name": "log", "timeUnixNano": "1"}, thrown()]))[0]["event_id"]
    )


def test_of_spans_an_exception_passes_only_the_innermost_counts() -> None:
    found = events(
        span(1, events=[thrown(at=START + 9)]),
        span(2, 1, events=[thrown(at=START + 5), thrown(at=START + 6)]),
        span(3, 1, events=[thrown("other")]),
        span(4, 1, events=[thrown(), thrown(at=START + 10**9)]),
    )
    where = [
        (one["contexts"]["trace"]["span_id"][-1], one["exception"]["values"][0]["value"]) for one in found
    ]
    assert where == [("2", "dry"), ("3", "other"), ("4", "dry"), ("4", "dry")]
    assert len({one["event_id"] for one in found}) == 4


def test_what_escaped_the_segment_went_uncaught() -> None:
    (event,) = events(span(1, events=[thrown(exception__escaped="True")]))
    assert process_event(orjson.dumps(event), ARRIVAL).handled is False
    (event,) = events(span(2, 1, events=[thrown(exception__escaped=True)]))
    assert process_event(orjson.dumps(event), ARRIVAL).handled is None


def test_a_stack_no_parser_knows_is_kept_as_text() -> None:
    odd = {
        "name": "exception",
        "attributes": pairs(exception__type="E", exception__stacktrace="in the kitchen"),
    }
    (event,) = events(span(1, events=[odd]))
    assert event["extra"]["exception.stacktrace"] == "in the kitchen"
    assert "stacktrace" not in event["exception"]["values"][0]
    assert events(span(1, events=[{"name": "exception"}])) == []


def test_logs_become_those_of_sentry() -> None:
    batch = process_log_items(read_log_items(orjson.dumps(FULL_LOGS), JSON_TYPE, ARRIVAL), ARRIVAL)
    first, second = batch.records
    assert (first.severity, first.body, first.ts) == (13, "slow", START // 1000)
    assert (first.trace_id, first.span_id) == (bytes.fromhex(TRACE), (2).to_bytes(8, "big"))
    assert (first.environment, first.release) == ("qa", "shop@1.2")
    assert (second.severity, second.body, second.trace_id, second.n) == (17, '{"a":[1]}', None, 1)


def test_a_log_without_time_body_or_known_word_is_kept() -> None:
    export = read_logs(orjson.dumps(logs({"severityText": "loud", "eventName": "till.opened"})), JSON_TYPE)
    (item,) = log_items(export, Origins(), ARRIVAL)
    (record,) = process_log_items([item], ARRIVAL).records
    assert (record.ts, record.severity, record.body) == (ARRIVAL.received, 0, "till.opened")
    assert item["attributes"]["otel.severity_text"]["value"] == "loud"


def test_an_exception_in_a_log_is_an_event() -> None:
    attributes = pairs(exception__type="ValueError", exception__message="dry", exception__stacktrace=STACK)
    record = {
        "timeUnixNano": str(START),
        "severityNumber": 14,
        "body": _any("no tea"),
        "traceId": TRACE,
        "spanId": f"{2:016x}",
        "attributes": attributes,
    }
    (entry,) = read_logs(orjson.dumps(logs(record)), JSON_TYPE).records
    event = log_event(entry, Origins().of(entry.scope), body_text(entry.body), severity(entry))
    assert event is not None
    found = process_event(orjson.dumps(event), ARRIVAL)
    assert (found.heading.title, found.level.value, found.trace_id) == (
        "ValueError: dry",
        "warning",
        bytes.fromhex(TRACE),
    )
    assert event["logentry"] == {"formatted": "no tea"}
    (plain,) = read_logs(orjson.dumps(logs({"body": _any("x")})), JSON_TYPE).records
    assert log_event(plain, Origins().of(plain.scope), "x", 9) is None


def test_recorded_exporters() -> None:
    items = read_span_items((DATA / "python-traces.body").read_bytes(), PROTOBUF_TYPE)
    assert {item["name"] for item in items} == {"SELECT tea", "pour", "serve tea"}
    export = read_spans((DATA / "javascript-traces.body").read_bytes(), JSON_TYPE)
    (event,) = span_events(export.records, Origins())
    found = process_event(orjson.dumps(event), ARRIVAL)
    # Its resource does not say the language; the stack trace does.
    assert (found.platform, found.heading.title, found.heading.lineno) == ("node", "Error: loom broke", 12)
    export_of_logs = read_logs((DATA / "python-logs.body").read_bytes(), PROTOBUF_TYPE)
    assert [entry.body for entry in export_of_logs.records] == ["tea is slow", "tea failed"]


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**25), 10**25), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(("key", "value", "stringValue", "intValue", "arrayValue", "values")),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=8,
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    if isinstance(value, dict):
        for key, one in value.items():
            found += _places(one, (*path, key))
    elif isinstance(value, list):
        for at, one in enumerate(value):
            found += _places(one, (*path, at))
    return found


def _everything(payload: bytes, kind: str) -> None:
    try:
        export, origins = read_spans(payload, kind), Origins()
        process_streamed_spans(span_items(export, origins), ARRIVAL)
        for event in span_events(export.records, origins):
            process_event(orjson.dumps(event), ARRIVAL)
    except IngestError:
        pass
    try:
        entries, origins = read_logs(payload, kind), Origins()
        process_log_items(log_items(entries, origins, ARRIVAL), ARRIVAL)
        for entry in entries.records:
            made = log_event(entry, origins.of(entry.scope), body_text(entry.body), severity(entry))
            if made is not None:
                process_event(orjson.dumps(made), ARRIVAL)
    except IngestError:
        pass


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.data())
def test_any_json_anywhere(data: Any) -> None:
    document = copy.deepcopy({**FULL, **FULL_LOGS})
    path = data.draw(st.sampled_from(_places(document)))
    holder: Any = document
    for part in path[:-1]:
        holder = holder[part]
    holder[path[-1]] = data.draw(JSON)
    _everything(orjson.dumps(document) if _fits(document) else b"{}", JSON_TYPE)


def _fits(document: Any) -> bool:
    try:
        orjson.dumps(document)
    except TypeError:  # whole numbers beyond 64 bits
        return False
    return True


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.integers(0, 10**6), st.binary(max_size=6))
def test_any_damaged_protobuf(at: int, damage: bytes) -> None:
    for kind, document in ((ExportTraceServiceRequest, FULL), (ExportLogsServiceRequest, FULL_LOGS)):
        whole = protobuf(kind, document)
        place = at % len(whole)
        _everything(whole[:place] + damage + whole[place + len(damage) :], PROTOBUF_TYPE)
