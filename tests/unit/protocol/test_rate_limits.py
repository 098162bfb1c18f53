"""Rate limits on the wire, both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.domain.times import Micros
from vedette.protocol.rate_limits import (
    RateLimit,
    category_of,
    format_rate_limits,
    format_retry_after,
    parse_rate_limits,
    parse_retry_after,
)


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("60::organization", [RateLimit(60)]),
        ("60:error;transaction:key", [RateLimit(60, ("error", "transaction"), "key")]),
        (
            "60:error:project:disk_full, 2700:metric_bucket:organization:quota:custom;spans",
            [
                RateLimit(60, ("error",), "project", "disk_full"),
                RateLimit(2700, ("metric_bucket",), "organization", "quota", ("custom", "spans")),
            ],
        ),
    ],
)
def test_limits_are_written_and_read(text: str, limits: list[RateLimit]) -> None:
    assert format_rate_limits(limits) == text
    assert parse_rate_limits(text) == limits


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("", []),
        (",,", []),
        ("soon:error:key", []),
        ("-1:error:key", []),
        ("inf::", []),
        ("nan::", []),
        ("5", [RateLimit(5, (), "")]),
        ("4.2: error ; ;span :key", [RateLimit(5, ("error", "span"), "key")]),
        ("1:a:b:c:d:e:f", [RateLimit(1, ("a",), "b", "c", ("d",))]),
        ("x,7::key", [RateLimit(7, (), "key")]),
    ],
)
def test_sloppy_headers_give_what_can_be_used(text: str, limits: list[RateLimit]) -> None:
    assert parse_rate_limits(text) == limits


def test_retry_after_is_the_longest_limit() -> None:
    assert format_retry_after([RateLimit(5), RateLimit(60), RateLimit(7)]) == "60"
    assert format_retry_after([]) == "60"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("1.5", 2),
        ("Thu, 01 Jan 1970 00:16:50 GMT", 10),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("tomorrow", 60),
        ("", 60),
        ("-5", 60),
        ("Thu, 99 Jan 1970 00:00:00 GMT", 60),
    ],
)
def test_retry_after_is_read_as_seconds_or_date(text: str, seconds: int) -> None:
    assert parse_retry_after(text, Micros(1_000_000_000)) == seconds


def test_a_part_of_a_second_still_has_to_be_waited_for() -> None:
    assert parse_retry_after("Thu, 01 Jan 1970 00:16:50 GMT", Micros(1_000_000_001)) == 10


@pytest.mark.parametrize(
    ("item_type", "category"),
    [
        ("event", "error"),
        ("transaction", "transaction"),
        ("session", "session"),
        ("sessions", "session"),
        ("attachment", "attachment"),
        ("profile", "profile"),
        ("profile_chunk", "profile_chunk"),
        ("replay_event", "replay"),
        ("replay_recording", "replay"),
        ("replay_video", "replay"),
        ("check_in", "monitor"),
        ("feedback", "feedback"),
        ("span", "span"),
        ("log", "log_item"),
        ("trace_metric", "trace_metric"),
        ("statsd", "metric_bucket"),
        ("raw_security", "security"),
        ("user_report", "default"),
        ("client_report", "internal"),
        ("unheard_of", "default"),
    ],
)
def test_item_types_have_categories(item_type: str, category: str) -> None:
    assert category_of(item_type) == category


NAMES = st.lists(st.text("abz_", min_size=1), max_size=3).map(tuple)


@given(
    st.lists(
        st.builds(RateLimit, st.integers(0, 10**9), NAMES, st.text("abz_"), st.text("abz_"), NAMES),
        max_size=4,
    )
)
def test_what_is_written_is_read_back(limits: list[RateLimit]) -> None:
    assert parse_rate_limits(format_rate_limits(limits)) == limits


@given(st.text())
def test_no_text_makes_reading_fail(text: str) -> None:
    assert all(limit.retry_after >= 0 for limit in parse_rate_limits(text))
    assert parse_retry_after(text, Micros(0)) >= 0
