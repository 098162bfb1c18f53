"""Values as they are written: numbers with units, truths, dates."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.domain.times import DAY, HOUR, MINUTE, Micros, from_datetime
from vedette.store.search import QueryError, Value
from vedette.store.search.values import Kind, read_boolean, read_dates, read_number, to_offset_iso

NOON = Micros(1_790_000_000 * 1_000_000)


def a_value(text: str) -> Value:
    return Value(text, 4)


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("12", Kind.INTEGER, 12),
        ("-1.5", Kind.NUMBER, -1.5),
        (".5", Kind.NUMBER, 0.5),
        ("2k", Kind.NUMBER, 2_000),
        ("3M", Kind.INTEGER, 3_000_000),
        ("1b", Kind.INTEGER, 1_000_000_000),
        ("250", Kind.DURATION, 250),
        ("250ms", Kind.DURATION, 250),
        ("1.5s", Kind.DURATION, 1_500),
        ("2min", Kind.DURATION, 120_000),
        ("1h", Kind.DURATION, 3_600_000),
        ("1d", Kind.DURATION, 86_400_000),
        ("1wk", Kind.DURATION, 604_800_000),
        ("1kb", Kind.SIZE, 1_000),
        ("1KiB", Kind.SIZE, 1_024),
        ("8bit", Kind.SIZE, 1),
        ("2gib", Kind.SIZE, 2 * 1024**3),
        ("95%", Kind.PERCENTAGE, 0.95),
        ("0.5", Kind.PERCENTAGE, 0.5),
    ],
)
def test_numbers_are_read_in_the_unit_of_their_kind(text: str, kind: Kind, number: float) -> None:
    assert read_number(a_value(text), kind) == pytest.approx(number)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("", Kind.NUMBER), ("many", Kind.NUMBER), ("1x", Kind.NUMBER), ("5ms", Kind.NUMBER),
     ("1kb", Kind.DURATION),
     ("5%", Kind.NUMBER), ("1e5x", Kind.INTEGER), ("1" * 40, Kind.INTEGER)],
)  # fmt: skip
def test_what_is_no_number_is_refused_at_its_place(text: str, kind: Kind) -> None:
    with pytest.raises(QueryError) as caught:
        read_number(a_value(text), kind)
    assert caught.value.column == 4


@pytest.mark.parametrize(("text", "truth"), [("true", True), ("1", True), ("No", False), ("0", False)])
def test_truths_are_read(text: str, truth: bool) -> None:
    assert read_boolean(a_value(text)) is truth


def test_what_is_no_truth_is_refused() -> None:
    with pytest.raises(QueryError, match="neither true nor false"):
        read_boolean(a_value("perhaps"))


MIDNIGHT = from_datetime(datetime(2026, 9, 21, tzinfo=UTC))


@pytest.mark.parametrize(
    ("operator", "text", "since", "until"),
    [
        ("=", "-24h", NOON - DAY, None),
        ("=", "+24h", None, NOON - DAY),
        (">", "-30m", NOON - 30 * MINUTE, None),
        ("<", "-1w", None, NOON - 7 * DAY),
        ("=", "2026-09-21", MIDNIGHT, MIDNIGHT + DAY),
        (">", "2026-09-21", MIDNIGHT + DAY, None),
        (">=", "2026-09-21", MIDNIGHT, None),
        ("<", "2026-09-21", None, MIDNIGHT),
        ("<=", "2026-09-21", None, MIDNIGHT + DAY),
        ("=", "2026-09-21T02:00:00Z", MIDNIGHT + 2 * HOUR - 5 * MINUTE, MIDNIGHT + 2 * HOUR + 6 * MINUTE),
        (">", "2026-09-21T02:00:00+02:00", MIDNIGHT + 1, None),
        ("<=", "2026-09-21 01:00", None, MIDNIGHT + HOUR + 1),
    ],
)
def test_dates_are_ranges(operator: str, text: str, since: int | None, until: int | None) -> None:
    assert read_dates(operator, a_value(text), NOON) == (since, until)


@pytest.mark.parametrize("text", ["soon", "-24y", "2026-13-01", "24h", ""])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="Invalid date"):
        read_dates("=", a_value(text), NOON)


def test_moments_are_shown_with_their_offset() -> None:
    assert to_offset_iso(NOON) == "2026-09-21T14:13:20+00:00"
    assert to_offset_iso(NOON + 5) == "2026-09-21T14:13:20.000005+00:00"


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.text(max_size=30), st.sampled_from(Kind), st.sampled_from(("=", ">", "<", ">=", "<=")))
def test_any_text_is_a_value_or_refused(text: str, kind: Kind, operator: str) -> None:
    for read in (
        lambda: read_number(a_value(text), kind),
        lambda: read_boolean(a_value(text)),
        lambda: read_dates(operator, a_value(text), NOON),
    ):
        column = 4
        try:
            read()  # type: ignore[no-untyped-call]
        except QueryError as error:
            column = error.column
        assert column == 4
