"""Metric points in the store: their rows, their names, their sums by hour and attribute."""

from typing import Any

import pytest

from tests.support.builders import MORNING, a_request
from tests.support.records import a_point, some_points
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.metrics import MetricKind
from vedette.domain.times import HOUR
from vedette.store import value_sketch
from vedette.store.writer import metrics as module
from vedette.store.writer.records import RequestRecord
from vedette.store.writer.writer import StoreWriter

SUMS = "n, total, least, most, last, last_ts"


def add(writer: StoreWriter, number: int, *points: Any) -> None:
    with writer.batch():
        writer.add(a_request(number, some_points(*points)))


def sums(writer: StoreWriter, what: str = SUMS) -> list[Any]:
    return writer.raw.execute(
        f"SELECT term.key, term.value, {what} FROM metric_hour LEFT JOIN term ON term.id = metric_hour.term "
        "ORDER BY bucket, term.key, term.value"
    ).fetchall()


def fail_after(writer: StoreWriter, request: RequestRecord) -> None:
    """Take *request* into a batch that is not written."""
    with writer.batch():
        writer.add(request)
        raise ZeroDivisionError


def test_a_point_is_a_row_that_leads_to_its_bytes(writer: StoreWriter) -> None:
    point = a_point(
        "till.latency", 187.5, kind=MetricKind.DISTRIBUTION, unit="millisecond", trace_id=b"t" * 16
    )
    with writer.batch() as changes:
        writer.add(a_request(5, some_points(a_point(), point, n=1)))
    assert writer.raw.execute("SELECT id FROM metric ORDER BY id").fetchall() == [(1,), (2,)]
    row = writer.raw.execute("SELECT * FROM metric WHERE id = 2").fetchone()
    assert row is not None
    assert row[3:6] == (MORNING, b"t" * 16, None)
    assert (row[7], row[8], row[9], row[12:]) == (2, 187.5, "millisecond", (5, 1, 1))
    assert Change(ChangeKind.METRIC, (1, 2)) in changes


def test_names_are_known_with_kind_and_unit(writer: StoreWriter) -> None:
    add(writer, 1, a_point(ts=MORNING + 5), a_point(), a_point("load", kind=MetricKind.GAUGE, unit="percent"))
    add(writer, 2, a_point(ts=MORNING + 9))
    rows = writer.raw.execute(
        "SELECT term.value, kind, unit, n, first, last FROM metric_name JOIN term ON term.id = name_term "
        "ORDER BY term.value"
    ).fetchall()
    assert rows == [
        ("load", 1, "percent", 1, MORNING, MORNING),
        ("orders.paid", 0, "", 3, MORNING, MORNING + 9),
    ]


def test_sums_are_kept_by_hour_and_by_attribute_over_batches(writer: StoreWriter) -> None:
    card, cash = (("pay", "card"),), (("pay", "cash"),)
    add(writer, 1, a_point(value=2, attributes=card), a_point(value=7, attributes=cash, ts=MORNING + 5))
    add(writer, 2, a_point(value=-1, attributes=card, ts=MORNING + 2), a_point(ts=MORNING + HOUR))
    assert sums(writer) == [
        (None, None, 3, 8.0, -1.0, 7.0, 7.0, MORNING + 5),
        ("pay", "card", 2, 1.0, -1.0, 2.0, -1.0, MORNING + 2),
        ("pay", "cash", 1, 7.0, 7.0, 7.0, 7.0, MORNING + 5),
        (None, None, 1, 1.0, 1.0, 1.0, 1.0, MORNING + HOUR),
    ]


def test_only_distributions_have_sketches_and_they_merge(writer: StoreWriter) -> None:
    spread = {"name": "d", "kind": MetricKind.DISTRIBUTION}
    add(writer, 1, a_point(value=1, **spread), a_point(value=100, **spread), a_point())
    add(writer, 2, a_point(value=-7, **spread))
    blobs = writer.raw.execute("SELECT kind, sketch FROM metric_hour ORDER BY kind").fetchall()
    assert blobs == [(0, b""), (2, value_sketch.encode([1, 100, -7]))]


def test_one_name_with_two_kinds_has_two_sums(writer: StoreWriter) -> None:
    add(writer, 1, a_point(value=3), a_point(value=4, kind=MetricKind.GAUGE))
    rows = writer.raw.execute("SELECT kind, total FROM metric_hour ORDER BY kind").fetchall()
    assert rows == [(0, 3.0), (1, 4.0)]


def test_attributes_without_end_do_not_become_series(
    writer: StoreWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_KEYS", 2)
    monkeypatch.setattr(module, "MOST_VALUES", 3)
    add(writer, 1, *(a_point(attributes=(("id", str(n)), ("vip", "true"), ("late", "x"))) for n in range(9)))
    writer.families.forget()  # what is remembered is read again from the table
    add(writer, 2, *(a_point(attributes=(("id", str(n)), ("new", "x"))) for n in range(9)))
    assert sums(writer, "n") == [
        (None, None, 18), ("id", "0", 2), ("id", "1", 2), ("id", "2", 2), ("vip", "true", 9),
    ]  # fmt: skip
    assert writer.raw.execute("SELECT count(*) FROM metric_attribute").fetchall() == [(4,)]


def test_a_failed_batch_leaves_no_attribute_behind(writer: StoreWriter) -> None:
    point = a_point(attributes=(("pay", "card"),))
    with pytest.raises(ZeroDivisionError):
        fail_after(writer, a_request(1, some_points(point)))
    add(writer, 1, point)
    assert sums(writer, "n") == [(None, None, 1), ("pay", "card", 1)]
    assert writer.raw.execute("SELECT count(*) FROM metric_attribute").fetchall() == [(1,)]


def test_values_beyond_all_sums_do_no_harm(writer: StoreWriter) -> None:
    add(writer, 1, a_point(value=1.7e308), a_point(value=1.7e308))
    add(writer, 2, a_point(value=-1.7e308), a_point(value=-1.7e308), a_point(value=-1.7e308))
    ((_, _, total),) = sums(writer, "total")
    assert abs(total) < float("inf")
