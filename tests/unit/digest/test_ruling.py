"""A project's rules at work: what is filtered, what is stored instead of what was sent, and nothing lost."""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgpack
import orjson
import pytest

from tests.support.builders import a_spool_entry, an_error
from tests.support.corpus import CHOSEN
from vedette.digest.entries import Entries
from vedette.digest.ruling import Rulings
from vedette.domain import attachments
from vedette.domain.logs import LogBatch
from vedette.domain.outcomes import Outcome, Reason
from vedette.domain.workspace import Workspace
from vedette.processing.grouping import group, split_rule
from vedette.protocol.envelope import iter_items, read_envelope_header
from vedette.store.spool import Spooled
from vedette.store.writer.records import ItemRecord, RequestRecord
from vedette.store.writer.writer import StoreWriter


def envelope(*items: Any) -> bytes:
    """Return an envelope; each item is a type, a payload, and what its header says besides."""
    lines = [orjson.dumps({"event_id": "c" * 32})]
    for kind, content, *more in items:
        data = content if isinstance(content, bytes) else orjson.dumps(content)
        header = {"type": kind, "length": len(data), **(more[0] if more else {})}
        lines += [orjson.dumps(header), data]
    return b"\n".join(lines) + b"\n"


def json_of(file: Path) -> bytes:
    """Return a recorded body as it was before it was compressed; b"" for what cannot be told."""
    body = file.read_bytes()
    try:
        return gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
    except OSError:
        return b""


SECRET = "hunter2-4111111111111111"


class Desk:
    def __init__(self, entries: Entries) -> None:
        self._entries = entries

    @property
    def rulings(self) -> Rulings:
        return self._entries.rulings

    def rule(self, **rules: Any) -> None:
        self._entries.rulings.set(1, {name.replace("_", "-"): value for name, value in rules.items()})

    def take(self, *items: Any, body: bytes | None = None, **meta: Any) -> RequestRecord:
        entry = a_spool_entry(envelope(*items) if body is None else body, **meta)
        return self._entries.record(
            Spooled(1, entry.received, entry.kind, entry.meta, entry.body, entry.file)
        )


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    workspace = Workspace(tmp_path)
    workspace.incoming.mkdir()
    writer = StoreWriter(workspace)
    with writer.batch():
        writer.projects.ensure_first()
        yield Desk(Entries(writer.projects, workspace.incoming))
    writer.close()


def payload(record: RequestRecord, item: ItemRecord) -> bytes:
    return bytes(record.body[item.start : item.start + item.length])


def check_envelope(record: RequestRecord) -> None:
    """The body is an envelope, and its items lie where the records say."""
    body = bytes(record.body)
    found = list(iter_items(body, read_envelope_header(body).header_size))
    assert [(one.start, one.length) for one in found] == [(one.start, one.length) for one in record.items]


def test_without_rules_everything_stays_as_it_came(desk: Desk) -> None:
    sent = orjson.dumps(an_error(extra={"password": SECRET}))
    record = desk.take(("event", sent))
    assert payload(record, record.items[0]) == sent
    desk.rule(scrubOnExport=True)
    record = desk.take(("event", sent))
    assert payload(record, record.items[0]) == sent


def test_scrubbed_on_ingest_means_nothing_of_it_is_stored(desk: Desk) -> None:
    desk.rule(scrubOnIngest=True)
    record = desk.take(
        ("event", an_error(extra={"password": SECRET}, request={"headers": {"Authorization": SECRET}})),
        ("attachment", b"as it came", {"filename": "a.txt"}),
    )
    event, attachment = record.items
    assert SECRET.encode() not in bytes(record.body)
    stored = orjson.loads(payload(record, event))
    assert stored["extra"]["password"] == "[Filtered]"
    assert stored["_meta"]["extra"]["password"][""]["len"] == len(SECRET)
    assert event.event is not None
    assert event.event.heading.title == "ValueError: bad currency"
    assert event.detail is not None
    assert "stored scrubbed" in event.detail
    assert payload(record, attachment) == b"as it came"
    assert attachment.attachment is not None
    check_envelope(record)


def test_what_is_derived_of_an_address_goes_with_it(desk: Desk) -> None:
    desk.rule(scrubOnIngest=True, scrubIPAddresses=True)
    sent = an_error(platform="javascript", user={"ip_address": "{{auto}}"})
    record = desk.take(("event", sent), ip="203.0.113.9")
    (item,) = record.items
    assert item.event is not None
    assert item.event.user is None
    assert b"203.0.113.9" not in bytes(record.body)


def test_times_are_corrected_once(desk: Desk) -> None:
    desk.rule(scrubOnIngest=True)
    ahead = an_error(timestamp="2036-01-01T00:00:00Z", breadcrumbs=[{"timestamp": "2036-01-01T00:00:00Z"}])
    (item,) = desk.take(("event", ahead)).items
    assert item.event is not None
    assert item.event.timestamp == item.event.received


def test_spans_logs_and_reports_are_scrubbed(desk: Desk) -> None:
    desk.rule(scrubOnIngest=True)
    ids = {"trace_id": "a" * 32, "span_id": "b" * 16}
    transaction = {
        "type": "transaction",
        "transaction": "/cart",
        "start_timestamp": 1795500000.0,
        "timestamp": 1795500000.5,
        "contexts": {"trace": ids},
        "spans": [{**ids, "span_id": "c" * 16, "parent_span_id": "b" * 16, "start_timestamp": 1795500000.1,
                   "timestamp": 1795500000.2, "data": {"password": SECRET}, "op": "db"}],
    }  # fmt: skip
    log = {"timestamp": 1795500000.0, "trace_id": "a" * 32, "level": "info", "body": f"Bearer {SECRET}",
           "attributes": {"api_key": {"value": SECRET, "type": "string"}}}  # fmt: skip
    record = desk.take(
        ("transaction", transaction),
        ("log", {"items": [log]}, {"item_count": 1, "content_type": "application/vnd.sentry.items.log+json"}),
        ("user_report", {"event_id": "c" * 32, "comments": f"password={SECRET}", "name": "n", "email": "e"}),
    )
    assert SECRET.encode() not in bytes(record.body)
    assert [item.outcome for item in record.items] == [Outcome.STORED] * 3
    assert len(record.items[0].spans[0].spans) == 2
    check_envelope(record)


def test_a_recording_is_scrubbed_in_its_zip(desk: Desk) -> None:
    desk.rule(scrubOnIngest=True)
    crumb = {"type": 5, "data": {"tag": "breadcrumb", "payload": {"message": "m", "data": {"token": SECRET}}}}
    sent = b'{"segment_id":0}\n' + zlib.compress(orjson.dumps([{"type": 4, "data": {}}, crumb]))
    record = desk.take(("replay_recording", sent))
    header, _, rest = payload(record, record.items[0]).partition(b"\n")
    assert header == b'{"segment_id":0}'
    stored = orjson.loads(zlib.decompress(rest))
    assert stored[1]["data"]["payload"]["data"] == {"token": "[Filtered]"}


def test_a_replay_with_a_video_is_scrubbed_in_its_parts(desk: Desk) -> None:
    desk.rule(scrubOnIngest=True)
    crumb = {"type": 5, "data": {"tag": "breadcrumb", "payload": {"data": {"token": SECRET}}}}
    parts = {
        "replay_event": orjson.dumps({"type": "replay_event", "urls": [f"https://u:{SECRET}@h/"]}),
        "replay_recording": b'{"segment_id":0}\n' + gzip.compress(orjson.dumps([crumb])),
        "replay_video": b"\x00\x01mp4",
    }
    record = desk.take(("replay_video", msgpack.packb(parts)))
    stored = msgpack.unpackb(payload(record, record.items[0]))
    assert orjson.loads(stored["replay_event"])["urls"] == ["https://u:[Filtered]@h/"]
    plain = zlib.decompress(stored["replay_recording"].partition(b"\n")[2])
    assert orjson.loads(plain)[0]["data"]["payload"]["data"] == {"token": "[Filtered]"}
    assert stored["replay_video"] == b"\x00\x01mp4"


def test_a_browsers_report_is_scrubbed_and_filtered(desk: Desk) -> None:
    report = {
        "csp-report": {
            "document-uri": f"https://u:{SECRET}@shop.example/",
            "violated-directive": "script-src",
            "effective-directive": "script-src",
            "blocked-uri": "chrome-extension://abc/x.js",
            "original-policy": "script-src 'self'",
        }
    }
    desk.rule(scrubOnIngest=True)
    (item,) = (record := desk.take(("raw_security", report))).items
    assert (item.outcome, len(item.derived)) == (Outcome.STORED, 1)
    assert SECRET.encode() not in bytes(record.body)
    assert SECRET.encode() not in item.derived[0].payload
    desk.rule(invalid_csp=True)
    (item,) = desk.take(("raw_security", report)).items
    assert (item.outcome, item.reason, item.derived) == (Outcome.FILTERED, Reason.INVALID_CSP, [])


def test_a_sessions_address_goes_with_addresses(desk: Desk) -> None:
    desk.rule(scrubOnIngest=True, scrubIPAddresses=True)
    session = {
        "sid": "a" * 32,
        "init": True,
        "started": "2026-11-24T10:00:00Z",
        "timestamp": "2026-11-24T10:00:01Z",
        "status": "ok",
        "attrs": {"release": "1", "ip_address": "203.0.113.9"},
    }
    (item,) = (record := desk.take(("session", session))).items
    assert item.outcome is Outcome.STORED
    assert b"203.0.113.9" not in bytes(record.body)


def test_what_cannot_be_read_is_covered(desk: Desk) -> None:
    desk.rule(scrubOnIngest=True)
    broken = b'{"extra": {"password": "' + SECRET.encode() + b'", "a": 1}, "broken'
    record = desk.take(("event", broken))
    (item,) = record.items
    assert (item.outcome, item.reason) == (Outcome.INVALID, Reason.BAD_JSON)
    assert SECRET.encode() not in bytes(record.body)
    assert b'"password": "***' in payload(record, item)
    assert item.length == len(broken)

    whole = (
        envelope(("event", an_error()))
        + b'{"type":"event","length":5000}\n{"password":"'
        + SECRET.encode()
        + b'"}'
    )
    record = desk.take(body=whole)
    assert (record.outcome, len(record.items)) == (Outcome.INVALID, 1)
    assert SECRET.encode() not in bytes(record.body)

    record = desk.take(body=b'no envelope, password="' + SECRET.encode() + b'"')
    assert record.outcome is Outcome.INVALID
    assert SECRET.encode() not in bytes(record.body)


def test_an_attachment_is_covered_only_where_a_rule_names_it(desk: Desk) -> None:
    config = {"applications": {"$attachments.'log.txt'": ["@ip", "@email"]}}
    desk.rule(scrubOnIngest=True, relayPiiConfig=orjson.dumps(config).decode())
    text = b"from 10.0.0.1 by a@example.com"
    record = desk.take(
        ("attachment", text, {"filename": "log.txt"}),
        ("attachment", text, {"filename": "other.txt"}),
        ("attachment", "wide 10.0.0.1 text".encode("utf-16-le"), {"filename": "LOG.txt"}),
    )
    contents = [payload(record, item) for item in record.items]
    assert contents == [
        b"from ******** by *************",
        text,
        "wide ******** text".encode("utf-16-le"),
    ]


def test_a_filtered_event_keeps_its_bytes_and_says_why(desk: Desk) -> None:
    desk.rule(error_message=["*currency*"])
    sent = orjson.dumps(an_error())
    record = desk.take(("event", sent), ("attachment", b"log", {"filename": "a.txt"}), ("client_report", {}))
    event, attachment, report = record.items
    assert (event.outcome, event.reason, event.event) == (Outcome.FILTERED, Reason.ERROR_MESSAGE, None)
    assert event.detail == "its message fits *currency*"
    assert payload(record, event) == sent
    assert (attachment.outcome, attachment.reason) == (Outcome.FILTERED, Reason.ERROR_MESSAGE)
    assert attachment.attachment is None
    assert report.outcome is not Outcome.FILTERED


def test_a_filtered_event_is_scrubbed_as_well(desk: Desk) -> None:
    desk.rule(error_message=["*currency*"], scrubOnIngest=True)
    record = desk.take(("event", an_error(extra={"password": SECRET})))
    assert record.items[0].outcome is Outcome.FILTERED
    assert SECRET.encode() not in bytes(record.body)


def test_health_checks_can_be_left_out(desk: Desk) -> None:
    desk.rule(filtered_transaction=True)
    transaction = {
        "type": "transaction",
        "transaction": "GET /healthz",
        "start_timestamp": 1795500000.0,
        "timestamp": 1795500000.5,
        "contexts": {"trace": {"trace_id": "a" * 32, "span_id": "b" * 16}},
    }
    (item,) = desk.take(("transaction", transaction)).items
    assert (item.outcome, item.reason) == (Outcome.FILTERED, Reason.FILTERED_TRANSACTION)
    assert item.spans == ()


def test_an_event_made_of_a_report_is_ruled_too(desk: Desk) -> None:
    desk.rule(scrubOnIngest=True, sensitiveFields=["comments"])
    sent = {"event_id": "c" * 32, "comments": "my own words", "name": "n", "email": "e@example.com"}
    (item,) = desk.take(("user_report", sent)).items
    assert item.outcome is Outcome.STORED
    for one in item.derived:
        assert b"my own words" not in one.payload


def test_trimming_is_stored_where_it_is_asked_for(desk: Desk) -> None:
    desk.rule(trimming="reference")
    (item,) = (record := desk.take(("event", an_error(transaction="t" * 300)))).items
    stored = orjson.loads(payload(record, item))
    assert len(stored["transaction"]) == 200
    assert item.detail is not None
    assert "stored trimmed" in item.detail


RECORDED = sorted(
    body
    for body in CHOSEN.glob("*/*.body")
    if any(kind in json_of(body) for kind in (b'"event"', b'"transaction"'))
)


@pytest.mark.parametrize("body", RECORDED, ids=lambda body: f"{body.parent.name}-{body.stem}")
def test_writing_anew_changes_nothing_else(desk: Desk, body: Path) -> None:
    """What real clients sent means the same when it is stored normalised: rows, groups, times, spans."""
    sent = json_of(body)
    before = desk.take(body=sent)
    desk.rule(scrubOnIngest=True, dataScrubber=False)
    after = desk.take(body=sent)
    for one, other in zip(before.items, after.items, strict=True):
        assert (one.event, one.spans, one.values, one.outcome) == (
            other.event,
            other.spans,
            other.values,
            other.outcome,
        )
    again = desk.take(body=bytes(after.body))
    assert [(one.event, one.spans) for one in again.items] == [(one.event, one.spans) for one in after.items]


def test_rules_no_version_here_knows_cost_only_themselves() -> None:
    rulings = Rulings({1: {"scrubOnIngest": True, "new-thing": 5, "relayPiiConfig": "{nonsense"}, 2: {}})
    assert rulings.of(1) is not None
    assert rulings.of(2) is None
    assert rulings.of(None) is None


DUMP = (b"MDMP", {"attachment_type": "event.minidump", "filename": "a.dmp"})


def test_an_event_made_of_a_crash_is_scrubbed(desk: Desk) -> None:
    desk.rule(scrubOnIngest=True, dataScrubber=True, dataScrubberDefaults=True)
    said = msgpack.packb({"extra": {"password": SECRET}, "tags": {"till": "4"}})
    kind = {"attachment_type": attachments.PAYLOAD, "filename": "__sentry-event"}
    record = desk.take(("attachment", DUMP[0], DUMP[1]), ("attachment", said, kind))
    (derived,) = (one for item in record.items for one in item.derived)
    assert b'"till"' in derived.payload
    assert b"[Filtered]" in derived.payload
    assert SECRET.encode() not in derived.payload


def test_an_event_made_of_a_crash_is_filtered_with_its_files(desk: Desk) -> None:
    desk.rule(error_message=["*"])
    log = ("attachment", b"started", {"filename": "a.log"})
    record = desk.take(("attachment", DUMP[0], DUMP[1]), log)
    assert [item.outcome for item in record.items] == [Outcome.FILTERED, Outcome.FILTERED]
    assert not any(item.derived for item in record.items)


def test_a_filtered_exception_takes_no_spans_along(desk: Desk) -> None:
    desk.rule(error_message=["*"])
    exception = {
        "timeUnixNano": "1795500000000000000",
        "name": "exception",
        "attributes": [
            {"key": "exception.type", "value": {"stringValue": "ValueError"}},
            {"key": "exception.message", "value": {"stringValue": "bad currency"}},
        ],
    }
    span = {
        "traceId": "ab" * 16,
        "spanId": "cd" * 8,
        "name": "GET /",
        "startTimeUnixNano": "1795500000000000000",
        "endTimeUnixNano": "1795500000500000000",
        "events": [exception],
    }
    sent = {"resourceSpans": [{"scopeSpans": [{"spans": [span]}]}]}
    (item,) = desk.take(("otlp_traces", sent, {"content_type": "application/json"})).items
    assert item.outcome is Outcome.STORED
    assert len(item.spans) == 1
    assert item.derived == []
    assert item.detail == "1 of its exceptions were filtered and became no events"


def test_events_group_by_the_rules_of_their_project(desk: Desk) -> None:
    sent = an_error("boom")
    (plain,) = desk.take(("event", sent)).items
    rules = {
        "fingerprint_rules": 'type:ValueError -> own title="Own"',
        "stack_trace_rules": "family:all -app",
    }
    desk.rulings.set(1, rules)
    assert desk.rulings.of(1) is None
    record = desk.take(("event", sent), ("feedback", {"contexts": {"feedback": {"message": "m"}}}))
    ruled, feedback = record.items
    assert plain.event is not None
    assert ruled.event is not None
    assert feedback.event is not None
    assert payload(record, ruled) == orjson.dumps(sent)
    assert (ruled.event.grouping.variant, ruled.event.heading.title) == ("fingerprint", "Own")
    assert plain.event.grouping.hashes != ruled.event.grouping.hashes
    desk.rulings.set_splits(1, [split_rule(5, "type:ValueError"), split_rule(6, "type:Other")])
    (split,) = desk.take(("event", sent)).items
    assert split.event is not None
    assert split.event.grouping.splits == (5,)
    assert split.event.grouping.hashes == ruled.event.grouping.hashes
    desk.rulings.set(1, {})
    (again,) = desk.take(("event", sent)).items
    assert again.event is not None
    assert again.event.grouping.hashes == plain.event.grouping.hashes
    assert again.event.grouping.splits == (5,)


@pytest.mark.parametrize("kind", ["minidump", "otlp", "security"])
def test_events_made_of_other_items_group_by_them_too(desk: Desk, kind: str) -> None:
    desk.rulings.set(1, {"fingerprint_rules": "level:* -> own"})
    own = group({"fingerprint": ["own"]}).hashes
    items: list[Any] = {
        "minidump": [("attachment", b"MDMP", {"attachment_type": "event.minidump", "filename": "a.dmp"})],
        "otlp": [("otlp_logs", an_otlp_exception(), {"content_type": "application/json"})],
        "security": [("raw_security", {"csp-report": {"effective-directive": "img-src"}})],
    }[kind]
    record = desk.take(*items)
    derived = [one.event for item in record.items for one in item.derived]
    assert [each.grouping.hashes for each in derived] == [own]


def an_otlp_exception() -> bytes:
    attributes = [
        {"key": "exception.type", "value": {"stringValue": "E"}},
        {"key": "exception.message", "value": {"stringValue": "m"}},
    ]
    log = {"timeUnixNano": "1795414601000000000", "severityNumber": 17, "attributes": attributes}
    return orjson.dumps({"resourceLogs": [{"scopeLogs": [{"logRecords": [log]}]}]})


LOGS = {
    "items": [
        {"timestamp": 1_795_500_000, "level": "info", "body": body, "trace_id": "a" * 32}
        for body in ("GET /healthz", "till opened", "GET /ready")
    ]
}
AS_LOGS = {"content_type": "application/vnd.sentry.items.log+json", "item_count": 3}


def test_of_a_container_the_filtered_entries_are_left_out_and_counted(desk: Desk) -> None:
    desk.rule(log_message=["GET *"])
    (item,) = desk.take(("log", LOGS, AS_LOGS)).items
    (batch,) = (value for value in item.values if isinstance(value, LogBatch))
    assert [record.body for record in batch.records] == ["till opened"]
    assert item.outcome is Outcome.STORED
    assert item.detail == "2 of its 3 entries were filtered (its message fits GET *)"
    assert [(one.field, one.reason, one.quantity) for one in item.discards] == [
        ("filtered_events", "log-message", 2)
    ]
    assert {one.category for one in item.discards} == {item.category}


def test_a_container_of_which_nothing_is_wanted_is_filtered(desk: Desk) -> None:
    desk.rule(log_message=["*"])
    record = desk.take(("log", LOGS, AS_LOGS))
    (item,) = record.items
    assert (item.outcome, item.reason, item.values) == (Outcome.FILTERED, Reason.LOG_MESSAGE, [])
    assert b"till opened" in bytes(record.body)


def test_a_replay_is_filtered_with_its_recording(desk: Desk) -> None:
    event = {
        "replay_id": "b" * 32,
        "segment_id": 0,
        "timestamp": 1_795_500_000,
        "urls": ["http://localhost:3000/"],
    }
    items = (("replay_event", event), ("replay_recording", b'{"segment_id":0}\n[]'))
    desk.rule(localhost=True)
    outcomes = [(item.outcome, item.reason) for item in desk.take(*items).items]
    assert outcomes == [(Outcome.FILTERED, Reason.LOCALHOST)] * 2
    desk.rule(localhost=False, web_crawlers=True)
    assert {item.outcome for item in desk.take(*items).items} == {Outcome.STORED}


def test_sessions_from_a_filtered_address_are_not_counted(desk: Desk) -> None:
    session = {
        "sid": "a" * 32,
        "init": True,
        "started": "2026-11-24T10:00:00Z",
        "timestamp": "2026-11-24T10:00:00Z",
        "attrs": {"release": "shop@1.0"},
    }
    desk.rule(ip_address=["203.0.113.0/24"])
    for ip, outcome in (("203.0.113.9", Outcome.FILTERED), ("203.0.114.9", Outcome.STORED)):
        (item,) = desk.take(("session", session), ip=ip).items
        assert item.outcome is outcome
