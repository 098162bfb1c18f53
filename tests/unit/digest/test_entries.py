"""One spool entry into a record: what became of each item, and that nothing is lost on the way."""

import base64
import errno
import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.support.builders import MORNING, a_spool_entry, an_envelope, an_error
from vedette.digest import entries as entries_module
from vedette.digest.entries import Entries
from vedette.digest.kinds import events as module
from vedette.domain.outcomes import Outcome, Reason
from vedette.domain.workspace import Workspace
from vedette.store.errors import DiskFullError
from vedette.store.spool import Spooled, SpoolEntry
from vedette.store.writer.records import RequestRecord
from vedette.store.writer.writer import StoreWriter


@pytest.fixture
def entries(tmp_path: Path) -> Iterator[Entries]:
    workspace = Workspace(tmp_path)
    workspace.incoming.mkdir()
    writer = StoreWriter(workspace)
    with writer.batch():
        yield Entries(writer.projects, workspace.incoming)
    writer.close()


def spooled(entry: SpoolEntry) -> Spooled:
    return Spooled(1, entry.received, entry.kind, entry.meta, entry.body, entry.file)


def read(entries: Entries, body: bytes, **meta: Any) -> RequestRecord:
    return entries.record(spooled(a_spool_entry(body, **meta)))


def test_an_error_is_processed_and_its_place_in_the_body_noted(entries: Entries) -> None:
    payload = orjson.dumps(an_error())
    record = read(entries, an_envelope(("event", payload), event_id="c" * 32))
    (item,) = record.items
    assert item.event is not None
    assert item.event.heading.title == "ValueError: bad currency"
    assert item.event.event_id.hex() == "c" * 32
    assert bytes(record.body[item.start : item.start + item.length]) == payload
    assert (record.outcome, record.project, record.kinds) == (Outcome.STORED, 1, "event")


def test_a_compressed_body_is_kept_decoded(entries: Entries) -> None:
    body = an_envelope(("event", an_error()))
    record = read(entries, gzip.compress(body), encoding="gzip")
    assert record.body == body
    assert record.wire_size < len(body)


def test_a_body_from_the_incoming_folder_is_read_from_there(entries: Entries, tmp_path: Path) -> None:
    body = an_envelope(("event", an_error()))
    (tmp_path / "incoming" / "big.part").write_bytes(body)
    entry = a_spool_entry(b"")
    record = entries.record(Spooled(1, MORNING, "envelope", entry.meta, None, "big.part"))
    assert record.body == body
    assert record.items[0].event is not None


def test_a_transaction_brings_its_spans(entries: Entries) -> None:
    transaction = {
        "type": "transaction",
        "transaction": "/cart",
        "start_timestamp": 1795500000.0,
        "timestamp": 1795500000.5,
        "contexts": {"trace": {"trace_id": "a" * 32, "span_id": "b" * 16, "op": "http.server"}},
        "spans": [],
    }
    (item,) = read(entries, an_envelope(("transaction", transaction), event_id="d" * 32)).items
    assert item.event_id is not None
    assert item.event_id.hex() == "d" * 32
    assert item.spans[0].segments[0].name == "/cart"


def test_an_attachment_belongs_to_the_envelopes_event(entries: Entries) -> None:
    header = b'{"event_id":"%s"}\n' % (b"e" * 32)
    item_header = b'{"type":"attachment","length":3,"filename":"log.txt","content_type":"text/plain"}\n'
    (item,) = read(entries, header + item_header + b"abc\n").items
    assert item.attachment is not None
    assert (item.attachment.name, item.attachment.event_id.hex()) == ("log.txt", "e" * 32)


def test_an_attachment_without_an_event_is_kept_with_a_remark(entries: Entries) -> None:
    (item,) = read(entries, b'{}\n{"type":"attachment","length":3}\nabc\n').items
    assert (item.attachment, item.outcome, item.reason) == (None, Outcome.STORED, Reason.STORED_RAW)


@pytest.mark.parametrize("kind", ["never_heard_of", "statsd"])
def test_kinds_without_a_view_are_kept_as_they_came(entries: Entries, kind: str) -> None:
    (item,) = read(entries, an_envelope((kind, {"x": 1}))).items
    assert (item.kind, item.outcome, item.reason) == (kind, Outcome.STORED, Reason.STORED_RAW)


def test_a_client_report_is_put_into_words(entries: Entries) -> None:
    report = {"discarded_events": [{"reason": "sample_rate", "category": "transaction", "quantity": 14}]}
    (item,) = read(entries, an_envelope(("client_report", report))).items
    assert item.client_report is not None
    assert "14 transaction" in item.client_report
    assert "sample_rate" in item.client_report


def test_the_items_before_a_damage_count_and_the_damage_is_said(entries: Entries) -> None:
    body = an_envelope(("event", an_error())) + b'{"type":"attachment","length":99}\nshort'
    record = read(entries, body)
    assert record.items[0].event is not None
    assert record.outcome is Outcome.INVALID
    assert record.detail is not None
    assert record.detail.startswith("item 2: ")
    assert record.body == body


@pytest.mark.parametrize(
    ("body", "encoding", "reason"),
    [
        (b"no json at all", None, Reason.BAD_ENVELOPE),
        (b"", None, Reason.BAD_ENVELOPE),
        (b"\x1f\x8b broken", "gzip", Reason.BAD_ENCODING),
        (b"{}\n", "snappy", Reason.UNSUPPORTED_ENCODING),
    ],
)
def test_what_cannot_be_read_is_invalid_with_its_reason_and_bytes(
    entries: Entries, body: bytes, encoding: str | None, reason: Reason
) -> None:
    record = read(entries, body, encoding=encoding)
    assert (record.outcome, record.reason) == (Outcome.INVALID, reason)
    assert record.detail
    assert record.body == body
    assert record.items == []


def test_an_item_with_broken_json_does_not_spoil_its_neighbours(entries: Entries) -> None:
    record = read(entries, an_envelope(("event", b'{"broken":'), ("event", an_error())))
    assert [item.outcome for item in record.items] == [Outcome.INVALID, Outcome.STORED]
    assert record.items[0].reason is Reason.BAD_JSON


def test_an_item_over_its_limit_is_refused_by_name(entries: Entries) -> None:
    record = read(entries, an_envelope(("client_report", b" " * 200_000)))
    (item,) = record.items
    assert (item.outcome, item.reason) == (Outcome.REFUSED, Reason.TOO_LARGE)
    assert item.detail == "envelope exceeded size limits for type 'client_report'"


def test_a_bug_of_ours_sets_only_its_item_aside(
    entries: Entries, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(*_: object) -> None:
        raise ZeroDivisionError("ours")

    monkeypatch.setattr(module.pipeline, "process_event", stumble)
    record = read(entries, an_envelope(("event", an_error()), ("unheard_of", {})))
    assert [item.reason for item in record.items] == [Reason.POISON, Reason.STORED_RAW]
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("pack", [bytes, lambda b: base64.b64encode(zlib.compress(b)), base64.b64encode])
def test_a_store_body_of_any_form_becomes_an_event(entries: Entries, pack: Any) -> None:
    body = pack(orjson.dumps(an_error(event_id="f" * 32)))
    record = read(entries, body, endpoint="store", path="/api/1/store/")
    assert record.items[0].event is not None
    assert record.items[0].event.event_id.hex() == "f" * 32


def test_a_store_event_without_id_gets_the_one_the_client_was_told(entries: Entries) -> None:
    event = an_error()
    del event["event_id"]
    record = read(entries, orjson.dumps(event), endpoint="store", event_id="9" * 32)
    assert record.items[0].event is not None
    assert record.items[0].event.event_id.hex() == "9" * 32


def test_without_a_project_in_the_path_the_dsn_decides(entries: Entries) -> None:
    body = an_envelope(("session", {}), dsn="http://" + "b" * 32 + "@127.0.0.1:8969/42")
    record = read(entries, body, project=None, key=None, endpoint="envelope")
    assert record.project == 42


def test_a_refused_request_is_shown_with_its_reason_and_key(entries: Entries) -> None:
    record = read(
        entries,
        b"{}\n",
        kind="refused",
        status=401,
        reason="unknown_key",
        detail="The key is not known here.",
        key="k" * 32,
    )
    assert (record.outcome, record.reason, record.status) == (Outcome.REFUSED, Reason.UNKNOWN_KEY, 401)
    assert (record.public_key, record.detail, record.body) == (
        "k" * 32,
        "The key is not known here.",
        b"{}\n",
    )


def test_the_clients_clock_is_compared_with_ours(entries: Entries) -> None:
    record = read(entries, an_envelope(("session", {}), sent_at="2026-11-24T06:00:00Z"))
    assert record.skew == MORNING - 1_795_500_000 * 1_000_000


def test_a_poisoned_entry_keeps_its_bytes(entries: Entries) -> None:
    record = entries.poisoned(spooled(a_spool_entry(b"deadly")), "died three times")
    assert (record.outcome, record.reason, record.body) == (Outcome.INVALID, Reason.POISON, b"deadly")


def test_our_bug_in_putting_items_together_costs_none_of_them(
    entries: Entries, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(read: object) -> None:
        raise RuntimeError("our bug")

    monkeypatch.setattr(entries_module, "GATHERERS", (broken,))
    record = read(entries, an_envelope(("event", an_error())))
    assert record.items[0].event is not None
    assert record.outcome is Outcome.STORED
    assert "our bug" in (record.detail or "")


def test_a_full_disk_while_a_form_is_put_together_is_no_fault_of_the_request(
    entries: Entries, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object) -> bytes:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(entries_module, "wrap", no_room)
    with pytest.raises(DiskFullError):
        read(entries, b"--x", endpoint="minidump")
