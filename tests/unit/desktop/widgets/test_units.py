import pytest

from vedette.desktop.widgets import units


@pytest.mark.parametrize(
    ("micros", "text"),
    [
        (0, "0 µs"),
        (7, "7 µs"),
        (999, "999 µs"),
        (999.6, "1 ms"),
        (3_600, "3.6 ms"),
        (82_000, "82 ms"),
        (214_400, "214 ms"),
        (999_600, "1 s"),
        (8_100_000, "8.1 s"),
        (40_830_000, "40.8 s"),
        (59_980_000, "1 min"),
        (125_000_000, "2 min 5 s"),
        (3_840_000_000, "1 h 4 min"),
        (93_600_000_000, "1 d 2 h"),
        (-38_000, "−38 ms"),
    ],
)
def test_durations_have_three_digits_and_a_unit(micros: float, text: str) -> None:
    assert units.duration(micros) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 B"),
        (912, "912 B"),
        (12_100, "12.1 kB"),
        (2_041, "2.0 kB"),
        (999_990, "1.0 MB"),
        (3_100_000_000, "3.1 GB"),
    ],
)
def test_sizes_are_decimal(count: int, text: str) -> None:
    assert units.size(count) == text


@pytest.mark.parametrize(
    ("number", "long", "short"),
    [
        (None, "—", "—"),
        (0, "0", "0"),
        (1_284, "1,284", "1.3k"),
        (2_100, "2,100", "2.1k"),
        (48_000, "48,000", "48k"),
        (999_700, "999,700", "1M"),
        (1_204_118, "1,204,118", "1.2M"),
    ],
)
def test_counts_are_exact_or_short(number: int | None, long: str, short: str) -> None:
    assert units.count(number) == long
    assert units.short_count(number) == short


def test_a_share_is_never_rounded_to_nothing_or_all() -> None:
    assert units.percent(1, 1_000) == "<1 %"
    assert units.percent(999, 1_000) == ">99 %"
    assert units.percent(38, 100) == "38 %"
    assert units.percent(0, 5) == "0 %"
    assert units.percent(5, 5) == "100 %"
    assert units.percent(1, 0) == "—"


def test_nouns_agree_with_their_number() -> None:
    assert units.plural(1, "event") == "1 event"
    assert units.plural(1_284, "event") == "1,284 events"
    assert units.plural(2, "query", "queries") == "2 queries"
