"""JSON nested deeper than can be written again, wherever a sender may put it: nothing is set aside for it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.support.builders import MORNING, a_spool_entry
from vedette.digest.entries import Entries
from vedette.domain.outcomes import Outcome, Reason
from vedette.domain.workspace import Workspace
from vedette.store.spool import Spooled
from vedette.store.writer.records import RequestRecord
from vedette.store.writer.writer import StoreWriter

DEEP = b'{"a":' * 400 + b"1" + b"}" * 400


@pytest.fixture
def entries(tmp_path: Path) -> Iterator[Entries]:
    workspace = Workspace(tmp_path)
    workspace.incoming.mkdir()
    writer = StoreWriter(workspace)
    with writer.batch():
        yield Entries(writer.projects, workspace.incoming)
    writer.close()


def read(entries: Entries, body: bytes, **meta: Any) -> RequestRecord:
    entry = a_spool_entry(body, **meta)
    return entries.record(Spooled(1, MORNING, entry.kind, entry.meta, entry.body, entry.file))


def an_item(kind: bytes, payload: bytes, more: bytes = b"") -> bytes:
    return b'{}\n{"type":"%s","length":%d%s}\n%s\n' % (kind, len(payload), more, payload)


def test_a_browsers_report_is_an_event_all_the_same(entries: Entries) -> None:
    report = b'{"csp-report":{"effective-directive":"img-src","blocked-uri":"https://x/","sample":%s}}' % DEEP
    (item,) = read(entries, an_item(b"raw_security", report)).items
    assert item.outcome is Outcome.STORED
    assert len(item.derived) == 1


def test_a_session_with_a_status_that_is_none_is_invalid(entries: Entries) -> None:
    session = b'{"sid":"%s","started":"2026-11-24T10:00:00Z","attrs":{"release":"a@1"},"status":' % (
        b"ab" * 16
    )
    status = b"[" * 990 + b"]" * 990  # as deep as can be read, too deep to be printed
    (item,) = read(entries, an_item(b"session", session + status + b"}")).items
    assert (item.outcome, item.reason) == (Outcome.INVALID, Reason.BAD_SESSION)


def test_a_spans_segment_may_be_anything(entries: Entries) -> None:
    span = {
        "trace_id": "ab" * 16,
        "span_id": "cd" * 8,
        "name": "GET /",
        "is_segment": True,
        "start_timestamp": 1795500000.0,
        "end_timestamp": 1795500001.0,
        "status": "ok",
    }
    odd = {"sentry.segment.id": {"type": "array", "value": ["a"]}}
    other = span | {"span_id": "ef" * 8, "is_segment": False, "attributes": odd}
    container = orjson.dumps({"version": 2, "items": [span, other]})
    more = b',"item_count":2,"content_type":"application/vnd.sentry.items.span.v2+json"'
    (item,) = read(entries, an_item(b"span", container, more)).items
    assert item.outcome is Outcome.STORED
    assert len(item.spans[0].spans) == 2


@pytest.mark.parametrize(
    ("endpoint", "body"),
    [
        ("security", b'[{"type":"csp-violation","body":%s}]' % DEEP),
        ("nel", b'[{"type":"network-error","body":{"type":"ok","method":%s}}]' % DEEP),
        ("vercel", b'[{"message":"x","traceId":%s}]' % DEEP),
        ("vercel", b'[{"message":"x","host":%s}]' % DEEP),
    ],
)
def test_a_body_that_cannot_be_written_as_an_envelope_is_invalid(
    entries: Entries, endpoint: str, body: bytes
) -> None:
    record = read(entries, body, endpoint=endpoint, content_type="application/json")
    assert (record.outcome, record.reason) == (Outcome.INVALID, Reason.BAD_JSON)
    assert bytes(record.body) == body


def test_an_items_header_may_be_deep_where_items_are_written_anew(entries: Entries) -> None:
    entries.rulings.set(1, {"scrubOnIngest": True, "dataScrubber": True, "dataScrubberDefaults": True})
    event = b'{"message":"card 4111 1111 1111 1111"}'
    record = read(entries, an_item(b"event", event, b',"odd":' + DEEP))
    assert [item.outcome for item in record.items] == [Outcome.STORED]
    assert b"4111" not in bytes(record.body)
