"""What items say, whatever they are encoded in; hostile bytes are no data, and no error."""

import gzip
import zlib
from pathlib import Path
from typing import Any

import msgpack
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from vedette.api.item_forms import item_form

DUMP = Path(__file__).resolve().parents[2] / "data" / "crashes" / "crash_linux.dmp"
EVENTS = [{"type": 4, "data": {"href": "http://a"}}, {"type": 5, "data": {}}]


@pytest.mark.parametrize(
    ("payload", "form"),
    [
        (b'{"a": 1}', {"a": 1}),
        (b'[{"a": 1}]', [{"a": 1}]),
        (b'{"a": 1}\n{"a": 2}\n', [{"a": 1}, {"a": 2}]),
        (b"plain text", None),
        (b"two\nlines", None),
        (b"", None),
        (b"\xff\xfe", None),
    ],
)
def test_text(payload: bytes, form: Any) -> None:
    assert item_form("some_new_kind", {}, payload) == form


@pytest.mark.parametrize("pack", [bytes, zlib.compress, gzip.compress])
def test_a_recording_is_unpacked(pack: Any) -> None:
    payload = b'{"segment_id": 3}\n' + pack(orjson.dumps(EVENTS))
    assert item_form("replay_recording", {}, payload) == {"segment_id": 3, "events": EVENTS}


def test_a_video_shows_its_parts() -> None:
    payload = msgpack.packb(
        {
            "replay_event": orjson.dumps({"replay_id": "x"}),
            "replay_recording": b'{"segment_id": 0}\n' + orjson.dumps(EVENTS),
            "replay_video": b"\0" * 2_000,
        }
    )
    assert item_form("replay_video", {}, payload) == {
        "replay_event": {"replay_id": "x"},
        "replay_recording": {"segment_id": 0, "events": EVENTS},
        "replay_video": "2,000 bytes",
    }


def test_a_minidump_shows_its_facts() -> None:
    form = item_form("attachment", {"attachment_type": "event.minidump"}, DUMP.read_bytes())
    assert isinstance(form, dict)
    assert form["system"] == "Linux"
    assert form["modules"]
    assert form["threads"]
    orjson.dumps(form)


def test_msgpack_attachments() -> None:
    crumbs = msgpack.packb({"message": "one"}) + msgpack.packb({"message": "two", "raw": b"\x01\x02"})
    found = item_form("attachment", {"attachment_type": "event.breadcrumbs"}, crumbs)
    assert found == [{"message": "one"}, {"message": "two", "raw": "01 02"}]
    payload = msgpack.packb({"level": "fatal", "big": 2**60})
    assert item_form("attachment", {"attachment_type": "event.payload"}, payload) == {
        "level": "fatal",
        "big": hex(2**60),
    }


def test_a_chunk_with_something_else_after_its_meta() -> None:
    meta = orjson.dumps({"version": "2"})
    header = {"meta_length": len(meta)}
    assert item_form("profile_chunk", header, meta + b"\0" * 100) == {
        "meta": {"version": "2"},
        "content": "100 bytes",
    }
    assert item_form("profile_chunk", {}, meta) == {"version": "2"}
    assert item_form("profile_chunk", {"meta_length": 10_000}, meta) == {"version": "2"}


def test_opentelemetry_in_protobuf_and_json() -> None:
    request = ExportTraceServiceRequest()
    span = request.resource_spans.add().scope_spans.add().spans.add()
    span.name, span.trace_id, span.span_id = "GET /", bytes(range(16)), bytes(range(8))
    form = item_form("otlp_traces", {}, request.SerializeToString())
    assert isinstance(form, dict)
    (read,) = form["resourceSpans"][0]["scopeSpans"][0]["spans"]
    assert read == {"name": "GET /", "traceId": bytes(range(16)).hex(), "spanId": bytes(range(8)).hex()}
    assert item_form("otlp_traces", {}, b'{"resourceSpans": []}') == {"resourceSpans": []}
    assert item_form("otlp_logs", {}, b"\xff\xff\xff") is None


@settings(derandomize=True, max_examples=150)
@given(
    kind=st.sampled_from(
        [
            "replay_recording",
            "replay_video",
            "attachment",
            "profile_chunk",
            "otlp_traces",
            "otlp_metrics",
            "x",
        ]
    ),
    header=st.fixed_dictionaries(
        {},
        optional={
            "meta_length": st.one_of(st.integers(), st.booleans(), st.text(max_size=3)),
            "attachment_type": st.sampled_from(["event.payload", "event.breadcrumbs", "event.minidump"]),
        },
    ),
    start=st.sampled_from([b"", b"MDMP\x93\xa7\0\0", b'{"segment_id": 1}\n', b"\x83", b"{"]),
    rest=st.binary(max_size=200),
)
def test_hostile_bytes(kind: str, header: dict[str, Any], start: bytes, rest: bytes) -> None:
    orjson.dumps(item_form(kind, header, start + rest), option=orjson.OPT_NON_STR_KEYS)
