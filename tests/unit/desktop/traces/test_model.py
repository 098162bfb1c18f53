from dataclasses import replace

import pytest
from pytestqt.modeltest import ModelTester

from vedette.desktop.traces.model import (
    SORTS,
    Transaction,
    name_of,
    parts_of,
    rate_text,
    read_trace_aloud,
    read_transaction_aloud,
    trace_columns,
    trace_text,
    transaction_columns,
    transaction_text,
    work_in_words,
)
from vedette.desktop.traces.paint import bar_share
from vedette.desktop.widgets.paged_model import PagedModel
from vedette.domain.times import SECOND, Micros
from vedette.store.queries.traces import TraceRow, TraceWork
from vedette.store.queries.transactions import SegmentSummary

NOW = 1_795_500_000 * SECOND
ROW = TraceRow(
    1, "ab" * 16, 1, "shop", 1, Micros(NOW - 5_000_000), Micros(NOW - 4_700_000), 31, 2, 1, 1,
    "POST /checkout",
    "http.server", "01" * 8, Micros(NOW),
)  # fmt: skip
SUMMARY = SegmentSummary(
    1,
    "GET /cart",
    1_200,
    30,
    90_000_000,
    41_000,
    60_000,
    96_000,
    400_000,
    "http.server",
    Micros(NOW - 9_000_000),
)  # fmt: skip


def test_columns_say_counts_and_when() -> None:
    texts = [column.text(ROW) for column in trace_columns(lambda: NOW) if column.text]
    assert texts == ["300 ms", "31", "2", "1", "1", "5 s ago"]


def test_a_trace_reads_as_a_sentence_and_has_a_name_even_without_its_root() -> None:
    assert read_trace_aloud(ROW) == "http.server POST /checkout, shop, 300 ms, 31 spans, 1 error, 1 failed"
    assert name_of(replace(ROW, name="")) == "http.server"
    assert name_of(replace(ROW, name="", op="")) == "(root not arrived)"


def test_errors_stand_out_and_zeros_do_not() -> None:
    errors = next(column for column in trace_columns(lambda: NOW) if column.title == "Errors")
    assert errors.token is not None
    assert [errors.token(ROW), errors.token(replace(ROW, errors=0))] == ["level.error.text", "text.faint"]


def test_durations_of_a_transaction_are_all_there() -> None:
    row = Transaction(SUMMARY, "shop", 60)
    texts = {column.title: column.text(row) for column in transaction_columns(lambda: NOW) if column.text}
    assert texts == {
        "Count": "1,200",
        "Per minute": "20",
        "p50": "41 ms",
        "p75": "60 ms",
        "p95": "96 ms",
        "Max": "400 ms",
        "Failed": "2 %",
        "Total time": "1 min 30 s",
        "Last seen": "9 s ago",
    }
    assert read_transaction_aloud(row) == (
        "GET /cart, shop, 1200 times, median 41 ms, 95 percent within 96 ms, longest 400 ms, 2 % failed"
    )


def test_every_sortable_column_has_an_order() -> None:
    assert {column.sort for column in transaction_columns(lambda: NOW)} <= set(SORTS)


def test_nothing_counted_has_neither_rate_nor_failures() -> None:
    row = Transaction(replace(SUMMARY, n=0, failed=0), "shop", 0)
    assert (row.per_minute, row.failure) == (0, 0)


@pytest.mark.parametrize(
    ("rate", "text"), [(0.0, "0"), (0.001, "<0.01"), (0.123, "0.12"), (214.4, "214"), (2.55, "2.55")]
)
def test_rates_stay_short_and_never_round_to_nothing(rate: float, text: str) -> None:
    assert rate_text(rate) == text


def test_work_is_told_by_category_and_by_the_roots_until_it_is_known() -> None:
    work = TraceWork(ROW.trace_id, (("db.sql", 60), ("db", 20), ("http.client", 20)), ("web", "api"), False)
    assert [(part.category, part.share) for part in parts_of(work, "http")] == [("db", 0.8), ("http", 0.2)]
    assert [(part.category, part.share) for part in parts_of(None, "queue.task")] == [("queue", 1.0)]
    assert work_in_words(work) == "Database 80 %, HTTP 20 %"
    assert work_in_words(None) == ""
    assert read_trace_aloud(ROW, work).endswith(
        "web, api, 300 ms, 31 spans, 1 error, 1 failed, Database 80 %, HTTP 20 %"
    )


def test_rows_are_copied_as_a_line() -> None:
    assert trace_text(ROW).startswith("http.server POST /checkout  300 ms  31 spans  1 error  shop  ")
    assert trace_text(ROW).endswith(ROW.trace_id)
    assert transaction_text(Transaction(SUMMARY, "shop", 60)) == (
        "GET /cart  shop  1200 times  p50 41 ms  p75 60 ms  p95 96 ms  max 400 ms  2 % failed"
    )


def test_short_traces_keep_a_visible_part_of_the_bar() -> None:
    assert bar_share(100, 100) == 1
    assert bar_share(1, 100) == 0.1
    assert bar_share(5, 0) == 0
    assert bar_share(500, 100) == 1


def test_the_model_is_a_proper_one(qtmodeltester: ModelTester) -> None:
    model: PagedModel[TraceRow] = PagedModel(
        trace_columns(lambda: NOW),
        lambda after, limit, answer: answer([ROW] if after is None else []),
        key=lambda row: row.trace_id,
        describe=read_trace_aloud,
    )
    model.reload()
    qtmodeltester.check(model)
