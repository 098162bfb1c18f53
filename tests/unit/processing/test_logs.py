"""Log containers: what each record becomes, and what is wrong with those that become none."""

from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.payloads import ANYTHING, recorded
from vedette.domain.logs import LogBatch, LogRecord
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.processed import Arrival
from vedette.domain.times import DAY, HOUR, SECOND, Micros
from vedette.processing.containers import stored_entries
from vedette.processing.logs import log_details, process_logs

NOW = Micros(1_795_500_000 * SECOND)
ARRIVAL = Arrival(received=NOW)


def a_record(**changes: Any) -> dict[str, Any]:
    record = {
        "timestamp": NOW / 1e6,
        "trace_id": "ab" * 16,
        "level": "info",
        "body": "opening till 3",
        "attributes": {"sentry.release": {"value": "shop@1.0", "type": "string"}},
    }
    return record | changes


def process(*records: Any, arrival: Arrival = ARRIVAL, **more: Any) -> LogBatch:
    return process_logs(orjson.dumps({"version": 2, "items": records} | more), arrival)


def one(**changes: Any) -> LogRecord:
    (record,) = process(a_record(**changes)).records
    return record


def test_a_record_has_all_that_its_row_needs() -> None:
    attributes = {
        "sentry.environment": {"value": "qa", "type": "string"},
        "sentry.release": {"value": "shop@1.0", "type": "string"},
    }
    assert one(span_id="cd" * 8, severity_number=10, attributes=attributes) == LogRecord(
        ts=NOW,
        trace_id=b"\xab" * 16,
        span_id=b"\xcd" * 8,
        severity=10,
        body="opening till 3",
        environment="qa",
        release="shop@1.0",
        n=0,
    )


@pytest.mark.parametrize(
    ("level", "number", "severity"),
    [
        ("warn", None, 13),
        ("warn", 14, 14),
        ("warn", 3, 13),
        ("loud", 14, 14),
        (None, 24, 24),
        (None, None, 0),
        ("loud", 25, 0),
        ("fatal", True, 21),
        (7, "9", 0),
        ("ERROR", 0, 17),
    ],
)
def test_the_word_decides_and_the_number_refines(level: Any, number: Any, severity: int) -> None:
    assert one(level=level, severity_number=number).severity == severity


@pytest.mark.parametrize(
    ("changes", "remark"),
    [
        ({"body": None}, "a log record has no body"),
        ({"body": 7}, "a log record has no body"),
        ({"timestamp": None}, "a log record has no valid timestamp"),
        ({"timestamp": "yesterday"}, "a log record has no valid timestamp"),
        ({"timestamp": 1e99}, "a log record has no valid timestamp"),
    ],
)
def test_unusable_records_are_counted_and_the_rest_is_kept(changes: Any, remark: str) -> None:
    batch = process(a_record(**changes), a_record(), 7, a_record(**changes))
    assert [record.n for record in batch.records] == [1]
    assert batch.invalid == 3
    assert batch.remarks == (remark, "a log record is not an object")


def test_a_container_without_any_usable_record_says_why() -> None:
    with pytest.raises(IngestError, match="a log record has no body") as caught:
        process(a_record(body=None), 7)
    assert caught.value.reason is Reason.BAD_LOG
    assert process() == LogBatch(())


def test_a_record_without_a_usable_trace_is_kept() -> None:
    record = one(trace_id="none", span_id=7)
    assert (record.trace_id, record.span_id) == (None, None)
    assert one(trace_id="0" * 32).trace_id is None


def test_environment_and_release_come_from_the_envelope_where_the_record_says_none() -> None:
    arrival = Arrival(received=NOW, trace={"environment": "qa", "release": "shop@2"})
    old, new = process(a_record(attributes=None), a_record(), arrival=arrival).records
    assert (old.environment, old.release) == ("qa", "shop@2")
    assert (new.environment, new.release) == ("qa", "shop@1.0")


def test_clocks_that_run_ahead_are_corrected_as_for_spans() -> None:
    drifted = Arrival(received=NOW, sent_at=Micros(NOW + 2 * HOUR))
    (record,) = process(a_record(timestamp=(NOW + 2 * HOUR - SECOND) / 1e6), arrival=drifted).records
    assert record.ts == NOW - SECOND
    old, new = process(a_record(), a_record(timestamp=(NOW + DAY) / 1e6)).records
    assert (old.ts, new.ts) == (NOW - DAY, NOW)


def test_a_text_timestamp_is_read() -> None:
    assert one(timestamp="2026-11-24T06:00:00.5Z").ts == NOW + SECOND // 2


@pytest.mark.parametrize(
    ("scenario", "severities", "first"),
    [
        ("py-shop-logs", [1, 5, 9, 13, 17, 21, 13], "opening till 3"),
        ("node11-cafe-logs", [9, 13, 17, 5, 1, 21], "brewing"),
        ("browser-garden11-logs", [9, 13, 17], "bed opened"),
    ],
)
def test_records_of_real_clients(scenario: str, severities: list[int], first: str) -> None:
    (payload,) = recorded(scenario, "log")
    agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/156.0.0.0 Safari/537.36"
    batch = process_logs(payload, Arrival(received=NOW, user_agent=agent, client_ip="10.0.0.7"))
    assert [record.severity for record in batch.records] == severities
    assert batch.records[0].body == first
    assert batch.invalid == 0
    assert {record.environment for record in batch.records} == {"qa"}
    assert all(record.release and record.trace_id for record in batch.records)
    assert bool(batch.inferred) == scenario.startswith("browser")


def test_the_details_of_a_record_are_as_sent() -> None:
    (payload,) = recorded("browser-garden11-logs", "log")
    details = log_details(stored_entries(payload)[1])
    assert details["body"] == "only 2 litres left"
    assert (details["level"], details["severity"]) == ("warn", 13)
    assert details["attributes"]["sentry.message.parameter.0"] == {"value": 2, "type": "integer"}
    assert log_details({"severity_number": 3})["level"] == "trace"


FIELDS = ("timestamp", "trace_id", "span_id", "level", "body", "severity_number", "attributes")


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), ANYTHING), ANYTHING, ANYTHING)
def test_only_ingest_errors_escape(changes: dict[str, Any], version: Any, ingest: Any) -> None:
    document = {"version": version, "ingest_settings": ingest, "items": [a_record(**changes), changes]}
    try:
        payload = orjson.dumps(document)
    except TypeError:  # an integer that JSON of this writer cannot hold
        return
    try:
        batch = process_logs(payload, ARRIVAL)
    except IngestError:
        return
    assert len(batch.records) + batch.invalid == 2
    for entry in stored_entries(payload):
        log_details(entry)
