"""When jobs are due: crontabs in their zones through changes of the clock, intervals by the calendar."""

from datetime import datetime

import pytest

from vedette.domain.schedules import Schedule, crontab, interval, latest_slot, next_slot, zone_of
from vedette.domain.times import from_datetime


def at(text: str) -> int:
    """Return the moment *text* (UTC) in microseconds."""
    return from_datetime(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("schedule", "zone", "after", "due"),
    [
        ("* * * * *", "UTC", "2026-11-24T10:00:30", "2026-11-24T10:01"),
        ("* * * * *", "UTC", "2026-11-24T10:00", "2026-11-24T10:01"),
        ("0 3 * * *", "UTC", "2026-11-24T03:00", "2026-11-25T03:00"),
        ("0 3 * * *", "Europe/Berlin", "2026-11-24T10:00", "2026-11-25T02:00"),
        ("@weekly", "UTC", "2026-11-24T10:00", "2026-11-29T00:00"),
        ("@hourly", "Asia/Kolkata", "2026-11-24T10:00", "2026-11-24T10:30"),
        ("15 6 * * 1", "Europe/Rome", "2026-11-24T10:00", "2026-11-30T05:15"),
        ("0 12 29 2 *", "UTC", "2026-11-24T10:00", "2028-02-29T12:00"),
        # 29 March 2026: Berlin has no 02:30. The job comes once, with the change.
        ("30 2 * * *", "Europe/Berlin", "2026-03-28T10:00", "2026-03-29T01:00"),
        ("30 2 * * *", "Europe/Berlin", "2026-03-29T01:00", "2026-03-30T00:30"),
        # 25 October 2026: Berlin has 02:30 twice. The job comes once, at the first.
        ("30 2 * * *", "Europe/Berlin", "2026-10-24T10:00", "2026-10-25T00:30"),
        ("30 2 * * *", "Europe/Berlin", "2026-10-25T00:30", "2026-10-26T01:30"),
        # What is due every half hour goes on through both.
        ("*/30 * * * *", "Europe/Berlin", "2026-10-25T00:30", "2026-10-25T01:00"),
        ("*/30 * * * *", "Europe/Berlin", "2026-03-29T00:30", "2026-03-29T01:00"),
    ],
)
def test_a_crontab_is_due_in_its_zone(schedule: str, zone: str, after: str, due: str) -> None:
    assert next_slot(crontab(schedule), zone, at(after)) == at(due)


@pytest.mark.parametrize(
    ("count", "unit", "zone", "after", "due"),
    [
        (10, "minute", "UTC", "2026-11-24T10:00:59", "2026-11-24T10:10"),
        (1, "hour", "Europe/Berlin", "2026-10-25T00:30", "2026-10-25T01:30"),
        (1, "day", "Europe/Berlin", "2026-10-24T10:00", "2026-10-25T11:00"),
        (1, "day", "UTC", "2026-10-24T10:00", "2026-10-25T10:00"),
        (2, "week", "Europe/Berlin", "2026-03-20T10:00", "2026-04-03T09:00"),
        (1, "month", "UTC", "2026-01-31T10:00", "2026-02-28T10:00"),
        (3, "month", "UTC", "2026-11-24T10:00", "2027-02-24T10:00"),
        (1, "year", "UTC", "2028-02-29T10:00", "2029-02-28T10:00"),
    ],
)
def test_an_interval_goes_by_the_calendar(count: int, unit: str, zone: str, after: str, due: str) -> None:
    assert next_slot(interval(count, unit), zone, at(after)) == at(due)


@pytest.mark.parametrize(
    ("schedule", "start", "moment", "latest"),
    [
        (crontab("0 * * * *"), "2026-11-24T03:00", "2026-11-24T10:20:30", "2026-11-24T10:00"),
        (crontab("0 * * * *"), "2026-11-24T03:00", "2026-11-24T10:00", "2026-11-24T10:00"),
        (crontab("0 * * * *"), "2026-11-24T03:00", "2026-11-24T03:00", "2026-11-24T03:00"),
        (crontab("0 0 1 1 *"), "2026-11-24T03:00", "2026-11-24T10:00", "2026-11-24T03:00"),
        (interval(10, "minute"), "2026-11-24T03:05", "2026-11-24T10:20", "2026-11-24T10:15"),
        (interval(1, "day"), "2026-11-20T03:05", "2026-11-24T03:04", "2026-11-23T03:05"),
        (interval(1, "month"), "2026-01-31T03:05", "2026-11-24T10:20", "2026-10-31T03:05"),
        (interval(5, "year"), "2026-01-31T03:05", "2026-11-24T10:20", "2026-01-31T03:05"),
    ],
)
def test_the_latest_time_it_was_due(schedule: Schedule, start: str, moment: str, latest: str) -> None:
    assert latest_slot(schedule, "UTC", at(start), at(moment)) == at(latest)


@pytest.mark.parametrize(
    "text",
    ["", "* * * *", "0 * * * * *", "61 * * * *", "0 0 30 2 *", "@often", "a b c d e", "*" * 300, "* * * * 9"],
)
def test_what_is_no_crontab_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="crontab"):
        crontab(text)


@pytest.mark.parametrize(("count", "unit"), [(0, "day"), (-1, "day"), (10_001, "day"), (1, "fortnight")])
def test_what_is_no_interval_is_refused(count: int, unit: str) -> None:
    with pytest.raises(ValueError):
        interval(count, unit)


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../../etc/passwd", "Europe", "x" * 5_000, "a\0b"])
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        zone_of(name)
