"""How good vitals and scores are."""

import pytest

from vedette.domain.vitals import Rating, WebVital, rate, rate_score


@pytest.mark.parametrize(
    ("vital", "good", "poor"),
    [("lcp", 2500, 4000), ("fcp", 1800, 3000), ("cls", 0.1, 0.25), ("ttfb", 800, 1800), ("inp", 200, 500),
     ("fid", 100, 300)],
)  # fmt: skip
def test_each_vital_has_bands(vital: str, good: float, poor: float) -> None:
    values = (0, good, good * 1.01, poor, poor * 1.01)
    expected = [Rating.GOOD, Rating.GOOD, Rating.MEH, Rating.MEH, Rating.POOR]
    assert [rate(WebVital(vital), value) for value in values] == expected


def test_scores_have_bands() -> None:
    assert [rate_score(score) for score in (1, 0.9, 0.89, 0.5, 0.49, 0)] == [
        Rating.GOOD, Rating.GOOD, Rating.MEH, Rating.MEH, Rating.POOR, Rating.POOR,
    ]  # fmt: skip
