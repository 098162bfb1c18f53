"""Requests to the doors that take no envelope, from the spool entry to the record."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson
import pytest

from tests.support.builders import MORNING, a_spool_entry
from vedette.digest.entries import Entries
from vedette.domain.json import JsonObject
from vedette.domain.outcomes import Outcome, Reason
from vedette.domain.workspace import Workspace
from vedette.store.queries.requests import RequestRow
from vedette.store.spool import Spooled
from vedette.store.writer.records import ItemRecord, RequestRecord
from vedette.store.writer.writer import StoreWriter

KEY = "c0ffee00c0ffee00c0ffee00c0ffee00"
REPORTS = Path(__file__).parents[2] / "data" / "reports"
CSP = (REPORTS / "csp-chromium-2.json").read_bytes()


@pytest.fixture
def entries(tmp_path: Path) -> Iterator[Entries]:
    workspace = Workspace(tmp_path)
    workspace.incoming.mkdir()
    writer = StoreWriter(workspace)
    with writer.batch():
        yield Entries(writer.projects, workspace.incoming)
    writer.close()


def read(entries: Entries, body: bytes, endpoint: str, path: str, **meta: Any) -> RequestRecord:
    entry = a_spool_entry(body, endpoint=endpoint, path=path, **{"event_id": None, **meta})
    return entries.record(Spooled(1, entry.received, entry.kind, entry.meta, entry.body, entry.file))


def payload_of(record: RequestRecord, item: ItemRecord) -> JsonObject:
    payload: JsonObject = orjson.loads(bytes(record.body)[item.start : item.start + item.length])
    return payload


def test_a_browsers_report_becomes_an_event(entries: Entries) -> None:
    record = read(
        entries,
        CSP,
        "security",
        "/api/11/security/",
        query=f"sentry_key={KEY}&sentry_environment=qa&sentry_release=csp@1",
        user_agent="Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/156.0.0.0",
        project="11",
        key=KEY,
    )
    (item,) = record.items
    (derived,) = item.derived
    assert (item.kind, item.outcome) == ("raw_security", Outcome.STORED)
    assert derived.event.kind == "csp"
    assert derived.event.heading.title == "Blocked 'script' from 'inline:'"
    assert (derived.event.environment, derived.event.release) == ("qa", "csp@1")
    assert dict(derived.event.tags)["browser.name"]
    assert item.event_id == derived.event.event_id
    assert record.project == 11
    assert record.path.startswith("/api/11/security/?sentry_key=")


def test_equal_reports_of_one_request_are_events_of_their_own_and_stay_so(entries: Entries) -> None:
    body = orjson.dumps([orjson.loads(CSP)] * 2)
    records = [read(entries, body, "security", "/api/1/security/") for _ in range(2)]
    ids = [[item.event_id for item in record.items] for record in records]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 2


def test_an_envelopes_id_is_the_reports(entries: Entries) -> None:
    body = b'{"event_id":"%s"}\n{"type":"raw_security"}\n%s\n' % (b"d" * 32, CSP)
    record = read(entries, body, "envelope", "/api/1/envelope/")
    assert record.items[0].derived[0].event.event_id.hex() == "d" * 32


def test_other_reports_are_kept_and_named(entries: Entries) -> None:
    reports = [
        {"type": "deprecation", "url": "https://shop.example/", "body": {}},
        {"type": "network-error", "url": "https://shop.example/", "body": {}},
    ]
    record = read(entries, orjson.dumps(reports), "nel", "/api/1/nel/")
    deprecation, network, _ = record.items
    assert deprecation.detail == "a deprecation report of https://shop.example/"
    assert network.detail == "a network-error report of https://shop.example/"
    assert {deprecation.reason, network.reason} == {Reason.STORED_RAW}


@pytest.mark.parametrize("payload", [b"{", b"[]"])
def test_a_report_that_is_none_is_invalid(entries: Entries, payload: bytes) -> None:
    body = b'{}\n{"type":"browser_report"}\n%s\n{"type":"raw_security"}\n%s\n' % (payload, payload)
    record = read(entries, body, "envelope", "/api/1/envelope/")
    assert {item.outcome for item in record.items} == {Outcome.INVALID}


def test_a_check_in_by_address(entries: Entries) -> None:
    record = read(
        entries,
        b"",
        "cron",
        "/api/1/cron/nightly",
        method="GET",
        slug="nightly",
        query="status=ok&duration=2",
    )
    (item,) = record.items
    assert item.kind == "check_in"
    assert payload_of(record, item) == {
        "check_in_id": "0" * 32,
        "monitor_slug": "nightly",
        "status": "ok",
        "duration": 2.0,
    }


def test_a_check_in_without_a_status_is_invalid_and_its_bytes_are_kept(entries: Entries) -> None:
    record = read(entries, b"x", "cron", "/api/1/cron/nightly", slug="nightly", query="state=ok")
    assert (record.outcome, record.reason, record.body) == (Outcome.INVALID, Reason.BAD_CHECK_IN, b"x")


def test_feedback_by_a_form(entries: Entries) -> None:
    form = {"name": "Ada", "email": "ada@shop.example", "comments": "It broke"}
    record = read(
        entries,
        urlencode(form).encode(),
        "feedback",
        "/api/embed/error-page/",
        query=f"dsn=x&eventId={'e' * 32}",
        content_type="application/x-www-form-urlencoded",
    )
    (item,) = record.items
    assert item.kind == "user_report"
    assert payload_of(record, item) == {"event_id": "e" * 32, **form}


def test_logs_of_vercel(entries: Entries) -> None:
    record = read(entries, b'[{"message":"a"}]', "vercel", "/api/1/integration/vercel/logs")
    assert record.kinds == "log"


def test_a_body_beyond_its_endpoints_limit_is_kept_as_it_came(entries: Entries) -> None:
    body = b" " * (101 << 10)
    record = read(entries, body, "cron", "/api/1/cron/nightly", slug="nightly", query="status=ok")
    assert (record.outcome, record.reason, record.body) == (Outcome.INVALID, Reason.TOO_LARGE, body)


@pytest.mark.parametrize(
    ("path", "body", "kinds"),
    [
        (f"/api/1/security/?sentry_key={KEY}&sentry_release=web%401", CSP, "raw_security"),
        (f"/api/1/cron/nightly/{KEY}?status=ok", b"", "check_in"),
        ("/api/1/store/", b'{"message":"x"}', "event"),
    ],
)
def test_a_refused_request_is_read_again_by_its_path(
    entries: Entries, path: str, body: bytes, kinds: str
) -> None:
    row = RequestRow(
        id=7,
        received=MORNING,
        run=1,
        project=None,
        project_slug=None,
        sender=1,
        ip="10.0.0.5",
        client="",
        method="POST",
        path=path,
        public_key=KEY,
        content_type=None,
        encoding=None,
        wire_size=len(body),
        size=len(body),
        status=401,
        outcome=Outcome.REFUSED,
        reason=Reason.UNKNOWN_KEY.value,
        detail=None,
        kinds="",
        skew=None,
    )
    record = entries.record_again(row, body, ())
    assert (record.outcome, record.kinds, record.project) == (Outcome.STORED, kinds, 1)
    if kinds == "raw_security":
        assert record.items[0].derived[0].event.release == "web@1"
