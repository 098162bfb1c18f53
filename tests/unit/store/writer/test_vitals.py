"""Web vitals in the store: rows under their page's name, sums by page and hour."""

from dataclasses import replace
from typing import Any

import pytest

from tests.support.builders import MORNING, a_request, a_trace
from tests.support.records import some_vitals, vitals_of
from vedette.domain.processed import SpanBatch
from vedette.domain.times import HOUR
from vedette.domain.vitals import VitalScore, WebVital
from vedette.store.writer.records import ItemRecord
from vedette.store.writer.vitals import UNNAMED
from vedette.store.writer.writer import StoreWriter

LCP, FCP, CLS, TTFB, INP, FID = WebVital


def add(writer: StoreWriter, number: int, *items: Any) -> None:
    with writer.batch():
        writer.add(a_request(number, *items))


def pages(writer: StoreWriter) -> list[Any]:
    return writer.raw.execute(
        "SELECT term.value, lcp, cls, score FROM web_vital JOIN term ON term.id = page_term "
        "ORDER BY web_vital.id"
    ).fetchall()


def page_load(batch: SpanBatch, **values: float) -> ItemRecord:
    """Return the transaction *batch* with the vitals it measured."""
    vitals = vitals_of(batch.segments[0].span, batch.trace_id, page=batch.segments[0].name, **values)
    return ItemRecord(
        0, "transaction", 3, 0, spans=[batch], event_id=batch.segments[0].event_id, values=[vitals]
    )


def test_vitals_known_later_stand_under_the_name_of_their_page(writer: StoreWriter) -> None:
    batch = a_trace(2, name="/beds/*")
    root = batch.segments[0].span
    late = replace(
        vitals_of(batch.spans[1], batch.trace_id, page="Pageload", cls=0.3), segment_id=root.span_id
    )
    add(writer, 1, page_load(batch, lcp=460), some_vitals(late, n=1))
    add(writer, 2, some_vitals(late))
    other = replace(late, segment_id=bytes(8), page="/guess")
    add(writer, 3, some_vitals(other, replace(other, segment_id=None, page="")))
    assert pages(writer) == [
        ("/beds/*", 460.0, None, 0.5), ("/beds/*", None, 0.3, 0.5), ("/beds/*", None, 0.3, 0.5),
        ("/guess", None, 0.3, 0.5), (UNNAMED, None, 0.3, 0.5),
    ]  # fmt: skip


def test_a_row_says_where_it_was_measured(writer: StoreWriter) -> None:
    batch = a_trace(1)
    add(writer, 7, page_load(batch, lcp=460, inp=7))
    row = writer.raw.execute("SELECT * FROM web_vital").fetchone()
    assert row is not None
    span = batch.spans[0]
    assert row[:6] == (1, 1, 1, MORNING, batch.trace_id, span.span_id)
    assert row[11:] == (460.0, None, None, None, 7.0, None, 0.5, 7, 0)
    assert writer.raw.execute("SELECT ref FROM item").fetchall() == [(1,)]


def test_a_transaction_sent_twice_counts_once(writer: StoreWriter) -> None:
    batch = a_trace(1)
    with writer.batch():
        writer.add(a_request(1, page_load(batch, lcp=460)))
        writer.add(a_request(2, page_load(batch, lcp=460)))
    add(writer, 3, page_load(batch, lcp=460))
    assert len(pages(writer)) == 1
    assert writer.raw.execute("SELECT max(n) FROM web_vital_hour").fetchall() == [(1,)]


def test_sums_are_kept_by_page_vital_and_hour_over_batches(writer: StoreWriter) -> None:
    span = a_trace(1).spans[0]
    for number, values in enumerate(([460, 3000], [9000]), start=1):
        made = [replace(vitals_of(span, b"t" * 16, lcp=value), segment_id=None) for value in values]
        add(writer, number, some_vitals(*made))
    later = replace(vitals_of(span, b"t" * 16, cls=0.2), segment_id=None, scores=(), ts=MORNING + HOUR)
    add(writer, 3, some_vitals(later))
    hour = MORNING // HOUR
    rows = writer.raw.execute("SELECT vital, bucket, n, total, good, poor FROM web_vital_hour").fetchall()
    assert rows == [(0, hour, 3, 12460.0, 1, 1), (2, hour + 1, 1, 0.2, 0, 0), (6, hour, 3, 1.5, 0, 0)]


def test_a_score_is_what_its_parts_come_to() -> None:
    parts = (VitalScore(LCP, 0.5, 0.75), VitalScore(TTFB, 1.0, 0.25))
    vitals = replace(vitals_of(a_trace(1).spans[0], b"t" * 16), scores=parts)
    assert vitals.score == pytest.approx(0.625)
    assert replace(vitals, scores=()).score is None
