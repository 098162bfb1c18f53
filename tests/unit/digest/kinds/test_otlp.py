"""OTLP requests through digest: the body kept as it came, spans, logs and events out of it."""

import gzip
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import select

from tests.support.builders import MORNING, a_spool_entry
from vedette.api.attributes import DECODERS
from vedette.api.reading import read_span_details, read_whole_event
from vedette.digest.entries import Entries
from vedette.domain.outcomes import Outcome, Reason
from vedette.domain.workspace import Workspace
from vedette.protocol.limits import Limits
from vedette.store import schema
from vedette.store.engine import Reader
from vedette.store.queries import events, payloads, traces
from vedette.store.spool import Spooled
from vedette.store.writer.writer import StoreWriter

DATA = Path(__file__).parents[3] / "data" / "otlp"
PROTOBUF = "application/x-protobuf"
TYPES = {"python": PROTOBUF, "javascript": "application/json"}


def entry(body: bytes, endpoint: str, content_type: str = PROTOBUF, n: int = 1, **meta: Any) -> Spooled:
    made = a_spool_entry(body, endpoint=endpoint, content_type=content_type, **meta)
    return Spooled(n, MORNING, made.kind, made.meta, made.body, None)


def recorded(name: str, n: int = 1) -> Spooled:
    language, _, kind = name.partition("-")
    return entry((DATA / f"{name}.body").read_bytes(), f"otlp_{kind}", TYPES[language], n)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace(tmp_path)
    made.incoming.mkdir()
    return made


def digest(workspace: Workspace, *entries: Spooled, limits: Limits | None = None) -> list[Any]:
    writer = StoreWriter(workspace)
    records = []
    for one in entries:
        with writer.batch():
            records.append(Entries(writer.projects, workspace.incoming, limits).record(one))
            writer.add(records[-1])
    writer.close()
    return records


def test_the_body_is_kept_byte_for_byte(workspace: Workspace) -> None:
    body = (DATA / "python-traces.body").read_bytes()
    (record,) = digest(workspace, entry(gzip.compress(body), "otlp_traces", encoding="gzip"))
    (item,) = record.items
    assert bytes(record.body[item.start : item.start + item.length]) == body
    assert (item.kind, item.outcome, record.outcome) == ("otlp_traces", Outcome.STORED, Outcome.STORED)


@pytest.mark.parametrize("name", ["python-traces", "javascript-traces"])
def test_spans_and_the_exceptions_event_are_stored_and_read_again(workspace: Workspace, name: str) -> None:
    (record,) = digest(workspace, recorded(name))
    (derived,) = record.items[0].derived
    reader = Reader(workspace.database)
    try:
        with reader.limit(10) as db:
            row = events.find_event(db, derived.event.event_id)
            assert row is not None
            read = read_whole_event(db, workspace, row)
            assert read.grouping is not None
            assert read.grouping.hashes == derived.event.grouping.hashes
            assert read.event["exception"]["values"][-1]["mechanism"]["type"] == "otlp.span_event"
            assert derived.event.trace_id is not None
            (error,) = traces.trace_errors(db, derived.event.trace_id)
            spans = traces.trace_spans(db, derived.event.trace_id)
            failing = next(span for span in spans if span.span_id == error.span_id)
            item = payloads.read_item(db, workspace, failing.request, failing.item)
            details = read_span_details(item, failing.span_id)
            assert details["events"][0]["name"] == "exception"
            assert details["data"]["sentry.origin"] == "auto.otlp.spans"
            assert (details["start"], details["duration"]) == (failing.start, failing.duration)
            assert DECODERS["otlp_traces"](item)[failing.span_id]["service.name"] in ("tea", "loom")
            assert read_span_details(item, b"12345678") == {}
    finally:
        reader.close()


def test_what_is_sent_again_is_a_duplicate(workspace: Workspace) -> None:
    first, second = digest(workspace, recorded("python-traces"), recorded("python-traces", 2))
    assert first.outcome is Outcome.STORED
    assert (second.outcome, second.reason) == (Outcome.DUPLICATE, Reason.DUPLICATE_EVENT)


@pytest.mark.parametrize("name", ["python-logs", "javascript-logs"])
def test_logs_are_values_for_the_writer(workspace: Workspace, name: str) -> None:
    (record,) = digest(workspace, recorded(name))
    (batch,) = record.items[0].values
    assert batch.records[-1].severity == 17
    reader = Reader(workspace.database)
    try:
        with reader.limit(10) as db:
            item = payloads.read_item(db, workspace, 1, 0)
            assert DECODERS["otlp_logs"](item)[0]["service.name"] in ("tea", "loom")
    finally:
        reader.close()


@pytest.mark.parametrize("endpoint", ["otlp_traces", "otlp_logs", "otlp_metrics"])
def test_what_is_no_such_message_is_invalid_and_kept(workspace: Workspace, endpoint: str) -> None:
    (record,) = digest(workspace, entry(b"\xff\xff\xff", endpoint))
    assert (record.outcome, record.reason) == (Outcome.INVALID, Reason.BAD_OTLP)
    assert b"\xff\xff\xff" in bytes(record.body)


def test_too_large_a_request_is_refused(workspace: Workspace) -> None:
    (record,) = digest(workspace, entry(b"x" * 200, "otlp_logs"), limits=Limits(container=100))
    assert record.reason is Reason.TOO_LARGE


def test_unusable_records_are_counted_in_the_detail(workspace: Workspace) -> None:
    span = {"traceId": "ab" * 16, "spanId": "cd" * 8, "startTimeUnixNano": "1", "endTimeUnixNano": "2"}
    body = {"resourceSpans": [{"scopeSpans": [{"spans": [span, {"name": "no ids"}]}]}]}
    (record,) = digest(workspace, entry(orjson.dumps(body), "otlp_traces", "application/json"))
    assert record.items[0].detail == "1 spans without usable ids or times were left out"


def test_only_so_many_exceptions_become_events(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vedette.digest.kinds.otlp.MOST_EVENTS", 1)
    attributes = [{"key": "exception.type", "value": {"stringValue": "E"}}]
    body = {"resourceLogs": [{"scopeLogs": [{"logRecords": [{"attributes": attributes}] * 3}]}]}
    (record,) = digest(workspace, entry(orjson.dumps(body), "otlp_logs", "application/json"))
    assert len(record.items[0].derived) == 1
    assert record.items[0].detail == "2 exceptions beyond the first 1 became no events"


def test_metrics_are_points_and_sums(workspace: Workspace) -> None:
    digest(workspace, recorded("python-metrics"), recorded("python-metrics", 2))
    reader = Reader(workspace.database)
    try:
        with reader.limit(10) as db:
            rows = db.execute(select(schema.metric.c.value, schema.metric.c.request)).all()
            # What is sent again adds nothing.
            assert [row.value for row in rows if row.value in (3.0, 4.0)] == [3.0, 4.0]
            assert (len(rows), {row.request for row in rows}) == (5, {1})
            item = payloads.read_item(db, workspace, 1, 0)
            assert DECODERS["otlp_metrics"](item)[1]["kind"] == "b"
    finally:
        reader.close()
