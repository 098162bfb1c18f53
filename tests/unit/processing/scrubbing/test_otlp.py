"""OTLP requests in both forms lose secrets in attributes and in the words of log records."""

import orjson
import pytest
from google.protobuf.json_format import ParseDict
from hypothesis import given, settings
from hypothesis import strategies as st
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from vedette.processing.rules import ProjectRules
from vedette.processing.scrubbing.documents import scrub_payload
from vedette.processing.scrubbing.otlp import KINDS, scrub_otlp
from vedette.processing.scrubbing.settings import Scrubbing, make_scrubber

SPANS = {
    "resourceSpans": [
        {
            "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "shop"}}]},
            "scopeSpans": [
                {
                    "spans": [
                        {
                            "name": "GET /cart",
                            "attributes": [
                                {"key": "db.password", "value": {"stringValue": "hunter2"}},
                                {"key": "http.status", "value": {"intValue": "200"}},
                                {"key": "api_key", "value": {"intValue": "4711"}},
                                {
                                    "key": "user",
                                    "value": {
                                        "kvlistValue": {
                                            "values": [{"key": "secret", "value": {"stringValue": "hunter3"}}]
                                        }
                                    },
                                },
                            ],
                        }
                    ]
                }
            ],
        }
    ]
}
LOGS = {
    "resourceLogs": [
        {"scopeLogs": [{"logRecords": [{"body": {"stringValue": "paid with 4111 1111 1111 1111"}}]}]}
    ]
}


def scrubbed(kind: str, payload: bytes) -> bytes:
    return scrub_payload(kind, payload, make_scrubber(Scrubbing()))


def test_attributes_of_json_are_scrubbed_by_their_keys() -> None:
    found = scrubbed("otlp_traces", orjson.dumps(SPANS))
    span = orjson.loads(found)["resourceSpans"][0]["scopeSpans"][0]["spans"][0]
    assert span["attributes"][0] == {"key": "db.password", "value": {"stringValue": "[Filtered]"}}
    assert span["attributes"][1] == {"key": "http.status", "value": {"intValue": "200"}}
    assert b"hunter" not in found
    assert b"4711" not in found
    assert b"shop" in found


def test_attributes_of_protobuf_are_scrubbed_and_the_rest_stays() -> None:
    request = ParseDict(SPANS, ExportTraceServiceRequest())
    found = scrubbed("otlp_traces", request.SerializeToString())
    assert b"hunter" not in found
    back = ExportTraceServiceRequest.FromString(found)
    (span,) = back.resource_spans[0].scope_spans[0].spans
    assert span.name == "GET /cart"
    assert next((one.key, one.value.string_value) for one in span.attributes) == ("db.password", "[Filtered]")
    assert span.attributes[1].value.int_value == 200
    assert span.attributes[2].value.WhichOneof("value") == "string_value"


@pytest.mark.parametrize("is_json", [True, False])
def test_the_words_of_a_log_record_are_scrubbed_like_a_message(is_json: bool) -> None:
    payload = (
        orjson.dumps(LOGS) if is_json else ParseDict(LOGS, ExportLogsServiceRequest()).SerializeToString()
    )
    assert b"4111" not in scrubbed("otlp_logs", payload)
    assert b"paid with" in scrubbed("otlp_logs", payload)


def test_what_holds_nothing_comes_back_as_it_is() -> None:
    request = ParseDict({"resourceSpans": SPANS["resourceSpans"][:1]}, ExportTraceServiceRequest())
    del request.resource_spans[0].scope_spans[:]
    for payload in (b'{ "resourceSpans" : [] }', request.SerializeToString()):
        assert scrubbed("otlp_traces", payload) is payload


@pytest.mark.parametrize("payload", [b'{"a": "password=hunter2"', b"\xff\xffpassword=hunter2"])
def test_what_cannot_be_read_is_covered_in_its_length(payload: bytes) -> None:
    assert scrub_otlp("otlp_traces", payload, make_scrubber(Scrubbing())) is None
    found = scrubbed("otlp_traces", payload)
    assert (len(found), b"hunter2" in found) == (len(payload), False)


def test_a_project_can_want_it_whole() -> None:
    assert ProjectRules(scrub_on_export=False).exporter() is None


@settings(derandomize=True, max_examples=60)
@given(kind=st.sampled_from(sorted(KINDS)), payload=st.binary(max_size=200), brace=st.booleans())
def test_no_bytes_break_it(kind: str, payload: bytes, brace: bool) -> None:
    scrubbed(kind, b"{" + payload if brace else payload)
