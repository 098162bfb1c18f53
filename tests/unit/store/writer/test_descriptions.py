"""Descriptions of spans: one row a text, and what texts have in common."""

import hashlib
from dataclasses import replace
from typing import Any

from tests.support.builders import MORNING, a_request, a_span, a_trace
from vedette.domain.processed import Span, SpanBatch
from vedette.domain.times import HOUR
from vedette.store.writer.writer import StoreWriter

NORMAL = "SELECT %s"
GROUP = hashlib.md5(NORMAL.encode()).digest()[:8]


def add(writer: StoreWriter, number: int, *spans: Span) -> None:
    trace = a_trace(1)
    with writer.batch():
        writer.add(a_request(number, SpanBatch(trace.trace_id, spans, ())))


def query(number: int, **changes: Any) -> Span:
    return a_span(description=f"SELECT {number}", normalised=NORMAL, duration=number * 1000, **changes)


def texts(writer: StoreWriter) -> dict[str, tuple[str | None, bytes | None]]:
    rows = writer.raw.execute(
        "SELECT d.text, n.text, d.group_hash FROM description d LEFT JOIN description n ON n.id = d.normal"
    )
    return {text: (normal, group) for text, normal, group in rows}


def test_texts_with_the_same_meaning_are_one_group(writer: StoreWriter) -> None:
    add(writer, 1, query(1), query(2), a_span(op="function", description="pay"))
    add(writer, 2, query(2), query(3))
    assert texts(writer) == {
        NORMAL: (NORMAL, GROUP),
        "pay": (None, None),
        **{f"SELECT {n}": (NORMAL, GROUP) for n in (1, 2, 3)},
    }


def test_a_text_that_is_its_own_meaning_is_one_row(writer: StoreWriter) -> None:
    add(writer, 1, a_span(description=NORMAL, normalised=NORMAL))
    add(writer, 2, query(7))
    assert texts(writer) == {NORMAL: (NORMAL, GROUP), "SELECT 7": (NORMAL, GROUP)}


def test_one_meaning_under_two_operations_is_two_groups_of_one_name(writer: StoreWriter) -> None:
    add(writer, 1, query(1), replace(query(1), op="db.sql.query"))
    rows = writer.raw.execute("SELECT count(DISTINCT normal), count(DISTINCT group_hash) FROM description")
    assert rows.fetchall() == [(2, 1)]


def test_durations_are_summed_up_by_meaning(writer: StoreWriter) -> None:
    add(
        writer,
        1,
        query(1),
        query(2),
        query(3, start=MORNING + HOUR),
        a_span(op="function", description="pay"),
    )
    rows = writer.raw.execute(
        "SELECT d.text, h.bucket, h.n, h.total FROM span_hour h JOIN description d ON d.id = h.description "
        "ORDER BY d.text, h.bucket"
    ).fetchall()
    hour = MORNING // HOUR
    assert rows == [(NORMAL, hour, 2, 3000), (NORMAL, hour + 1, 1, 3000), ("pay", hour, 1, 5000)]


def test_a_text_from_before_there_were_meanings_gets_one(writer: StoreWriter) -> None:
    add(writer, 1, a_span(description="SELECT 1"))
    assert texts(writer) == {"SELECT 1": (None, None)}
    with writer.batch():
        writer._spans._descriptions.forget()
    add(writer, 2, query(1))
    assert texts(writer) == {"SELECT 1": (NORMAL, GROUP), NORMAL: (NORMAL, GROUP)}
