"""Streamed spans that come a second time add nothing, whichever way the first ones are remembered."""

from dataclasses import replace
from typing import Any

import pytest

from tests.support.builders import MORNING, a_request, a_segment, a_span, a_trace
from tests.support.records import vitals_of
from vedette.domain.outcomes import Outcome, Reason
from vedette.domain.processed import SpanBatch
from vedette.domain.workspace import Workspace
from vedette.store.writer import known_spans
from vedette.store.writer.records import ItemRecord
from vedette.store.writer.writer import StoreWriter

TRACE = bytes(range(16))


def streamed(*spans: Any, trace: bytes = TRACE, values: tuple[Any, ...] = ()) -> ItemRecord:
    segments = tuple(a_segment(span, trace, event_id=None) for span in spans if span.is_segment)
    return ItemRecord(
        0, "otlp_traces", 3, 0, spans=[SpanBatch(trace, tuple(spans), segments)], values=list(values)
    )


def add(writer: StoreWriter, number: int, item: ItemRecord, project: int = 1) -> ItemRecord:
    with writer.batch():
        writer.add(a_request(number, item, project=project))
    return item


def counted(writer: StoreWriter) -> tuple[int, int, int]:
    """Stored spans, and what the trace says of spans and segments."""
    (stored,) = next(writer.raw.execute("SELECT count(*) FROM span"))
    (spans, segments) = next(writer.raw.execute("SELECT spans, segments FROM trace"))
    return stored, spans, segments


@pytest.fixture(params=["remembered", "looked up"])
def _memory(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "looked up":
        monkeypatch.setattr(known_spans, "MOST", 0)


ROOT = a_span(is_segment=True, op="http.server")
CHILDREN = tuple(a_span(parent_id=ROOT.span_id, start=MORNING + n) for n in range(3))


@pytest.mark.usefixtures("_memory")
def test_a_request_sent_again_is_a_duplicate(writer: StoreWriter) -> None:
    vitals = vitals_of(ROOT, TRACE, lcp=400)
    add(writer, 1, streamed(ROOT, *CHILDREN, values=(vitals,)))
    again = add(writer, 2, streamed(ROOT, *CHILDREN, values=(vitals,)))
    assert counted(writer) == (4, 4, 1)
    assert (again.outcome, again.reason) == (Outcome.DUPLICATE, Reason.DUPLICATE_ITEM)
    assert again.detail == "4 of its 4 spans are already here"
    assert next(writer.raw.execute("SELECT count(*) FROM web_vital")) == (1,)
    assert next(writer.raw.execute("SELECT outcome FROM request WHERE id = 2")) == ("duplicate",)


@pytest.mark.usefixtures("_memory")
def test_of_spans_in_part_known_the_others_are_stored(writer: StoreWriter) -> None:
    add(writer, 1, streamed(ROOT, CHILDREN[0], values=(vitals_of(ROOT, TRACE, lcp=400),)))
    late = vitals_of(CHILDREN[2], TRACE, cls=0.1)
    item = add(writer, 2, streamed(ROOT, *CHILDREN, values=(vitals_of(ROOT, TRACE, lcp=400), late)))
    assert counted(writer) == (4, 4, 1)
    assert (item.outcome, item.detail) == (Outcome.STORED, "2 of its 4 spans are already here")
    assert next(writer.raw.execute("SELECT count(*) FROM web_vital")) == (2,)


def test_within_one_batch_of_the_writer_too(writer: StoreWriter) -> None:
    first, second = streamed(*CHILDREN), streamed(*CHILDREN)
    with writer.batch():
        writer.add(a_request(1, first))
        writer.add(a_request(2, second))
    assert (counted(writer)[0], second.outcome) == (3, Outcome.DUPLICATE)


def test_within_one_request_too(writer: StoreWriter) -> None:
    item = add(writer, 1, streamed(ROOT, CHILDREN[0], ROOT, CHILDREN[0]))
    assert counted(writer) == (2, 2, 1)
    assert item.detail == "2 of its 4 spans are already here"


@pytest.mark.usefixtures("_memory")
@pytest.mark.parametrize(
    ("change", "trace", "project"),
    [
        ({}, bytes(16), 1),
        ({}, TRACE, 2),
        ({"start": MORNING + 1}, TRACE, 1),
        ({"span_id": bytes(8)}, TRACE, 1),
    ],
    ids=["another trace", "another project", "a server under its client's id", "another id"],
)
def test_what_only_looks_alike_is_kept(
    writer: StoreWriter, change: dict[str, Any], trace: bytes, project: int
) -> None:
    add(writer, 1, streamed(CHILDREN[0]))
    item = add(writer, 2, streamed(replace(CHILDREN[0], **change), trace=trace), project)
    assert item.outcome is Outcome.STORED
    assert next(writer.raw.execute("SELECT count(*) FROM span")) == (2,)


def test_what_was_not_committed_is_not_known(writer: StoreWriter) -> None:
    def fail() -> None:
        with writer.batch():
            writer.add(a_request(1, streamed(*CHILDREN)))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert add(writer, 1, streamed(*CHILDREN)).outcome is Outcome.STORED
    assert counted(writer)[0] == 3


def test_spans_of_a_transaction_are_known_to_those_that_stream_in(writer: StoreWriter) -> None:
    add(writer, 1, streamed(CHILDREN[0]))
    whole = a_trace(3, TRACE)
    with writer.batch():
        writer.add(a_request(2, whole))
    assert add(writer, 3, streamed(*whole.spans[1:])).outcome is Outcome.DUPLICATE
    assert add(writer, 4, streamed(CHILDREN[0])).outcome is Outcome.DUPLICATE


def test_after_a_restart_the_store_knows(workspace: Workspace) -> None:
    outcomes = []
    for number in (1, 2):
        writer = StoreWriter(workspace)
        outcomes.append(add(writer, number, streamed(*CHILDREN)).outcome)
        writer.close()
    assert outcomes == [Outcome.STORED, Outcome.DUPLICATE]


def test_a_very_long_trace_is_known_by_its_newest_spans(
    writer: StoreWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known_spans, "MOST_OF_A_TRACE", 10)
    blocks = [[a_span(start=MORNING + n * 100 + at) for at in range(8)] for n in range(4)]
    for number, block in enumerate(blocks):
        add(writer, number + 1, streamed(*block))
    assert add(writer, 9, streamed(*blocks[-1])).outcome is Outcome.DUPLICATE


def test_stored_spans_are_found_by_the_trace_s_index(writer: StoreWriter) -> None:
    sql = known_spans.KnownSpans(writer.raw)._find
    rows = writer.raw.execute(f"EXPLAIN QUERY PLAN {sql}", (1, 1, b"", 1, 10, 0))
    plan = [row[3] for row in rows]
    assert plan == [
        "SEARCH span_batch USING INDEX span_batch_trace (trace=?)",
        "SEARCH span USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)",
    ]
