"""Containers of logs and metrics from an envelope into what the writer takes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.builders import MORNING, a_spool_entry, an_envelope
from vedette.digest.entries import Entries
from vedette.domain.inferred import Inferred
from vedette.domain.logs import LogBatch
from vedette.domain.metrics import MetricBatch
from vedette.domain.outcomes import Outcome, Reason
from vedette.domain.workspace import Workspace
from vedette.store.spool import Spooled
from vedette.store.writer.records import ItemRecord
from vedette.store.writer.writer import StoreWriter

LOG = {"timestamp": MORNING / 1e6, "level": "info", "body": "till opened", "trace_id": "ab" * 16}
POINT = {"timestamp": MORNING / 1e6, "name": "orders", "type": "counter", "value": 1, "trace_id": "ab" * 16}
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0"


@pytest.fixture
def entries(tmp_path: Path) -> Iterator[Entries]:
    workspace = Workspace(tmp_path)
    workspace.incoming.mkdir()
    writer = StoreWriter(workspace)
    with writer.batch():
        yield Entries(writer.projects, workspace.incoming)
    writer.close()


def read(entries: Entries, kind: str, container: Any, **meta: Any) -> ItemRecord:
    entry = a_spool_entry(an_envelope((kind, container)), **meta)
    spooled = Spooled(1, entry.received, entry.kind, entry.meta, entry.body, entry.file)
    (item,) = entries.record(spooled).items
    return item


@pytest.mark.parametrize(
    ("kind", "entry", "batch"), [("log", LOG, LogBatch), ("trace_metric", POINT, MetricBatch)]
)
def test_a_container_is_a_value_for_the_writer(entries: Entries, kind: str, entry: Any, batch: type) -> None:
    item = read(entries, kind, {"version": 2, "items": [entry, entry]})
    assert [type(value) for value in item.values] == [batch]
    assert (item.outcome, item.reason, item.detail) == (Outcome.STORED, None, None)


@pytest.mark.parametrize(("kind", "entry"), [("log", LOG), ("trace_metric", POINT)])
def test_what_may_be_inferred_goes_with_it(entries: Entries, kind: str, entry: Any) -> None:
    settings = {"infer_ip": "auto", "infer_user_agent": "auto"}
    container = {"version": 2, "ingest_settings": settings, "items": [entry]}
    item = read(entries, kind, container, user_agent=FIREFOX)
    expected = (("browser.name", "Firefox"), ("browser.version", "121.0"), ("user.ip_address", "127.0.0.1"))
    assert item.values[1] == Inferred(expected)


@pytest.mark.parametrize(
    ("kind", "entry", "detail"),
    [
        ("log", LOG, "2 log records were left out: a log record has no body; a log record is not an object"),
        ("trace_metric", POINT, "2 metrics were left out: a metric has no name; a metric is not an object"),
    ],
)
def test_what_was_left_out_is_said(entries: Entries, kind: str, entry: Any, detail: str) -> None:
    item = read(entries, kind, {"items": [entry, {}, 7]})
    assert (item.outcome, item.detail) == (Outcome.STORED, detail)
    item = read(entries, kind, {"items": [entry, 7]})
    assert item.detail is not None
    assert item.detail.startswith("1 ")


@pytest.mark.parametrize(("kind", "reason"), [("log", Reason.BAD_LOG), ("trace_metric", Reason.BAD_METRIC)])
def test_what_is_no_container_is_invalid(entries: Entries, kind: str, reason: Reason) -> None:
    for container, expected in (({"items": 7}, reason), ({"items": [7]}, reason), (b"{", Reason.BAD_JSON)):
        item = read(entries, kind, container)
        assert (item.outcome, item.reason, item.values) == (Outcome.INVALID, expected, [])
        assert item.detail
