"""Sketches of durations: exact enough, mergeable, compact."""

import numpy as np
import pytest

from vedette.store import sketch


@pytest.mark.parametrize("share", [0.0, 0.5, 0.75, 0.95, 0.99, 1.0])
def test_a_quantile_is_within_one_percent_of_the_exact_one(share: float) -> None:
    durations = np.random.default_rng(7).lognormal(mean=11, sigma=1.5, size=20_000).astype(np.int64)
    exact = float(np.quantile(durations, share, method="inverted_cdf"))
    assert sketch.quantile(sketch.encode(durations), share) == pytest.approx(exact, rel=0.0101)


def test_merging_is_the_same_as_sketching_everything_at_once() -> None:
    rng = np.random.default_rng(8)
    parts = [rng.integers(1, 10_000_000, size=n) for n in (1, 10, 1_000)]
    merged = sketch.merge([sketch.encode(part) for part in parts])
    assert merged == sketch.encode(np.concatenate(parts))


def test_a_sketch_is_six_bytes_for_each_bucket_that_holds_something() -> None:
    assert sketch.encode([1_000, 1_000, 1_000]) == sketch.encode([1_000])[:2] + (3).to_bytes(4, "little")
    assert len(sketch.encode([1, 1_000, 1_000_000])) == 18


@pytest.mark.parametrize("durations", [[0], [0, 0, 1]])
def test_durations_below_a_microsecond_count_as_one(durations: list[int]) -> None:
    assert sketch.quantile(sketch.encode(durations), 0.5) == 1


def test_the_longest_durations_a_clock_can_claim_fit() -> None:
    assert sketch.quantile(sketch.encode([2**63 - 1]), 1.0) == pytest.approx(2**63, rel=0.02)


def test_nothing_has_the_quantile_zero() -> None:
    assert sketch.quantiles([], [0.5, 0.95]) == [0, 0]
    assert sketch.encode([]) == b""


def test_the_bounds_of_a_bucket_fall_into_it() -> None:
    powers = [sketch.GROWTH**n for n in range(1, 1_000)]
    buckets = [int.from_bytes(sketch.encode([power])[:2], "little") for power in powers]
    assert buckets == list(range(1, 1_000))
