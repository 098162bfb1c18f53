"""Time ranges from URL parameters."""

import pytest

from vedette.api.errors import ApiError
from vedette.api.period import TimeRange, read_range
from vedette.domain.times import DAY, HOUR, LATEST, Micros

NOW = Micros(1_700_000_000_000_000)


@pytest.mark.parametrize(
    ("period", "length"),
    [("24h", DAY), ("14d", 14 * DAY), ("90", 90_000_000), ("30m", HOUR // 2), ("1w", 7 * DAY)],
)
def test_a_period_reaches_back_from_now(period: str, length: int) -> None:
    assert read_range(period, None, None, NOW) == TimeRange(Micros(NOW - length))


def test_start_and_end_are_utc_unless_they_say_otherwise() -> None:
    assert read_range(None, "2023-11-14T22:13:20", "2023-11-14T23:13:20+01:00", NOW) == TimeRange(NOW, NOW)
    assert read_range(None, "2023-11-14 22:13:20Z", None, NOW) == TimeRange(NOW, None)
    assert read_range(None, None, None, NOW) == TimeRange()
    assert read_range("999999w", None, None, NOW) == TimeRange(Micros(0))
    assert read_range(None, None, "9999-12-31T23:59:59.999999", NOW).until == LATEST


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("1y", None, None),
        ("-1d", None, None),
        ("٣d", None, None),
        ("1d", "2023-01-01", None),
        (None, "yesterday", None),
        (None, "0001-01-01T00:00:00+23:59", "0001"),
        (None, "2023-01-02", "2023-01-01"),
    ],
)
def test_a_range_that_makes_no_sense_is_refused(
    period: str | None, start: str | None, end: str | None
) -> None:
    with pytest.raises(ApiError) as caught:
        read_range(period, start, end, NOW)
    assert caught.value.status == 400
