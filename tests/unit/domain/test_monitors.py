"""What monitors expect: configs in both forms, slugs, and how many failures are too many."""

from typing import Any

import pytest

from vedette.domain.monitors import (
    UNSCHEDULED,
    CheckInStatus,
    MonitorConfig,
    is_failing,
    is_recovered,
    normalise_slug,
    read_config,
    read_owner,
    read_stored,
)
from vedette.domain.schedules import crontab, interval
from vedette.domain.times import MINUTE, Micros

OK, ERROR, MISSED = CheckInStatus.OK, CheckInStatus.ERROR, CheckInStatus.MISSED
DAILY = {"type": "crontab", "value": "0 3 * * *"}


def test_a_config_is_read_as_check_ins_and_as_the_api_write_it() -> None:
    sent = read_config(
        {"schedule": DAILY, "timezone": "Europe/Berlin", "checkin_margin": 5, "max_runtime": 10}
    )
    assert sent == MonitorConfig(crontab("0 3 * * *"), 5, 10, "Europe/Berlin")
    assert read_config(sent.to_json()) == sent
    every = read_config({"schedule": {"type": "interval", "value": 10, "unit": "minute"}})
    assert every == MonitorConfig(interval(10, "minute"))
    assert read_config({"schedule_type": "interval", "schedule": [10, "minute"]}) == every
    assert every.to_json()["schedule"] == [10, "minute"]


def test_what_is_left_out_stays_or_has_its_default() -> None:
    before = read_config({"schedule": DAILY, "checkin_margin": 0, "failure_issue_threshold": 3})
    assert (before.margin, before.max_runtime, before.timezone, before.recovery_threshold) == (
        1,
        30,
        "UTC",
        1,
    )
    after = read_config({"max_runtime": 5, "timezone": None}, before)
    assert (after.max_runtime, after.failure_threshold, after.schedule) == (5, 3, before.schedule)


@pytest.mark.parametrize(
    "given",
    [
        None, [], {}, {"schedule": None}, {"schedule": "nonsense"}, {"schedule": {"type": "crontab"}},
        {"schedule": {"type": "interval", "value": "10", "unit": "minute"}}, {"schedule": [1]},
        {"schedule": DAILY, "checkin_margin": -1}, {"schedule": DAILY, "max_runtime": 0},
        {"schedule": DAILY, "max_runtime": 40_321}, {"schedule": DAILY, "recovery_threshold": 721},
        {"schedule": DAILY, "checkin_margin": "5"}, {"schedule": DAILY, "checkin_margin": True},
        {"schedule": DAILY, "timezone": "Mars/Olympus"}, {"schedule": DAILY, "timezone": 7},
    ],
)  # fmt: skip
def test_a_config_that_cannot_be_is_refused(given: Any) -> None:
    with pytest.raises(ValueError):
        read_config(given)


def test_late_is_due_and_the_margin() -> None:
    config = MonitorConfig(interval(10, "minute"), margin=2, max_runtime=5)
    assert config.next_after(Micros(0)) == (10 * MINUTE, 12 * MINUTE)
    assert config.timeout(Micros(MINUTE)) == 6 * MINUTE


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("nightly-count", "nightly-count"), ("Nightly  Count", "nightly-count"), ("a - b--c", "a-b-c"),
        ("Größe_1", "groe_1"), ("Café!", "cafe"), ("  x  ", "x"), ("日本", ""), ("---", ""), ("", ""),
        ("x" * 80, "x" * 50),
    ],
)  # fmt: skip
def test_slugs_are_plain(text: str, slug: str) -> None:
    assert normalise_slug(text) == slug


def test_failures_in_a_row_are_counted_from_the_newest() -> None:
    assert is_failing([ERROR], 1)
    assert is_failing([MISSED, ERROR, OK], 2)
    assert not is_failing([ERROR, OK, ERROR], 2)
    assert not is_failing([ERROR], 2)
    assert is_recovered([OK, OK, ERROR], 2)
    assert not is_recovered([OK, ERROR], 2)
    assert not is_recovered([OK], 2)


@pytest.mark.parametrize(
    ("value", "owner"), [("user:7", "user:7"), ("team:x", "team:x"), ("7", None), (7, None)]
)
def test_owners_are_users_or_teams(value: Any, owner: str | None) -> None:
    assert read_owner(value) == owner


def test_a_config_without_a_schedule_expects_nothing_and_is_kept_so() -> None:
    assert UNSCHEDULED.next_after(Micros(0)) == (None, None)
    assert UNSCHEDULED.latest(Micros(5), Micros(9)) == 5
    assert read_stored(UNSCHEDULED.to_json()) == UNSCHEDULED
    assert read_config({"schedule": DAILY}, UNSCHEDULED).schedule == crontab("0 3 * * *")
    dated = read_config({"schedule": DAILY})
    assert read_stored(dated.to_json()) == dated
