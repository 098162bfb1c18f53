"""The limit above which an issue escalates."""

import pytest

from vedette.domain.escalation import Usual


@pytest.mark.parametrize(
    ("counts", "limit"),
    [
        ([], 10),
        ([1], 10),
        ([0, 0, 3], 15),  # five times the average of the hours it happened in
        ([4, 4, 4], 20),
        ([1, 1, 1, 50], 100),  # twice the busiest
        ([100, 100, 100], 500),
    ],
)
def test_far_more_than_usual_is_twice_the_busiest_hour_or_five_times_the_average(
    counts: list[int], limit: int
) -> None:
    assert Usual.of(counts).limit == limit
