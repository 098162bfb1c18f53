from datetime import timedelta, timezone

import pytest

from vedette.desktop.widgets.relative_time import age, ago, clock, exact, next_change

S = 1_000_000
NOW = 1_764_000_000 * S


@pytest.mark.parametrize(
    ("seconds", "short", "long"),
    [
        (0, "now", "now"),
        (4, "now", "now"),
        (5, "5 s", "5 s ago"),
        (59, "59 s", "59 s ago"),
        (60, "1 min", "1 min ago"),
        (3_599, "59 min", "59 min ago"),
        (3_600, "1 h", "1 h ago"),
        (2 * 86_400, "2 d", "2 d ago"),
        (70 * 86_400, "2 mo", "2 mo ago"),
        (800 * 86_400, "2 y", "2 y ago"),
    ],
)
def test_ages_are_read_in_the_largest_unit(seconds: int, short: str, long: str) -> None:
    assert age(NOW - seconds * S, NOW) == short
    assert ago(NOW - seconds * S, NOW) == long


def test_a_clock_that_runs_ahead_is_said_so() -> None:
    assert ago(NOW + 2 * S, NOW) == "now"
    assert ago(NOW + 38 * S, NOW) == "in 38 s"


def test_exact_moments_carry_milliseconds_and_zone() -> None:
    zone = timezone(timedelta(hours=1))
    assert exact(NOW + 220_000, zone) == "2025-11-24 17:00:00.220 +01:00"
    assert clock(NOW + 220_000, zone) == "17:00:00.220"


@pytest.mark.parametrize("seconds", [0, 3, 5, 42, 61, 119, 3_700, 100_000])
def test_the_text_changes_exactly_when_announced(seconds: int) -> None:
    moment = NOW - seconds * S
    wait = next_change(moment, NOW)
    assert wait >= 1
    assert age(moment, NOW + wait * S) != age(moment, NOW)
    assert age(moment, NOW + (wait - 1) * S) == age(moment, NOW)
