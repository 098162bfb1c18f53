"""Sketches of values: any percentile to one per cent, whatever size and sign."""

import numpy as np
import pytest

from vedette.store import value_sketch

SHARES = (0.0, 0.25, 0.5, 0.75, 0.95, 1.0)


@pytest.mark.parametrize(
    "values",
    [
        np.random.default_rng(7).lognormal(3, 2, 5_000),
        np.random.default_rng(7).normal(0, 1e-6, 5_000),
        -np.random.default_rng(7).lognormal(40, 9, 5_000),
        np.array([-3.0, 0.0, 0.0, 1.02, 1.02**7, 1e200, -1e200]),
    ],
)
def test_percentiles_are_right_to_one_per_cent(values: np.ndarray) -> None:  # type: ignore[type-arg]
    found = value_sketch.quantiles([value_sketch.encode(values)], SHARES)
    ordered = np.sort(values)
    for share, value in zip(SHARES, found, strict=True):
        exact = ordered[max(0, int(np.ceil(share * len(ordered))) - 1)]
        assert value == pytest.approx(exact, rel=0.011)


def test_sketches_merge_as_if_all_values_had_come_at_once() -> None:
    values = np.random.default_rng(3).normal(5, 20, 999)
    parts = [value_sketch.encode(values[:400]), value_sketch.encode(values[400:])]
    assert value_sketch.merge(parts) == value_sketch.encode(values)
    assert value_sketch.quantiles(parts, SHARES) == value_sketch.quantiles(
        [value_sketch.merge(parts)], SHARES
    )


def test_nothing_has_no_percentiles_and_the_tiniest_counts_as_zero() -> None:
    assert value_sketch.quantiles([], (0.5, 0.9)) == [0.0, 0.0]
    assert value_sketch.quantiles([b""], (0.5,)) == [0.0]
    assert value_sketch.quantiles([value_sketch.encode([1e-300, -0.0, 5e-324])], (0.0, 1.0)) == [0.0, 0.0]


def test_the_largest_values_share_the_last_bucket() -> None:
    low, high = value_sketch.quantiles([value_sketch.encode([-1.7e308, 1.7e308])], (0.0, 1.0))
    assert -np.inf < low < -1e268
    assert 1e268 < high < np.inf
