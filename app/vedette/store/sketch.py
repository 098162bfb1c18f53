"""Durations as mergeable histograms: any percentile to 1 % of its value, in some hundred bytes.

A sketch is 6-byte pairs of (u16 bucket, u32 count), little-endian, in bucket order. Bucket *b* holds what
lies in (1.02^(b-1), 1.02^b] microseconds; bucket 0 holds up to 1. Merging is adding, so minutes make hours.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

GROWTH = 1.02
_LOG = np.log(GROWTH)
_PAIR = np.dtype([("bucket", "<u2"), ("count", "<u4")])
_MOST = np.iinfo(np.uint32).max
# Beyond this a duration is a clock's mistake: 2^63 µs fall into bucket 2205.
_BUCKETS = 2206
# The value in a bucket that is at most 1 % from either end.
_CENTRES = 2.0 * GROWTH ** np.arange(_BUCKETS) / (1.0 + GROWTH)
_CENTRES[0] = 1.0

Counts = npt.NDArray[np.int64]


def encode(durations: npt.ArrayLike) -> bytes:
    """Return the sketch of *durations* in microseconds; what is below one counts as one."""
    values = np.maximum(np.asarray(durations, dtype=np.float64), 1.0)
    # A power of 1.02 must not fall into the next bucket by a rounding error.
    buckets = np.ceil(np.log(values) / _LOG - 1e-9).astype(np.int64)
    return pack(np.bincount(np.minimum(buckets, _BUCKETS - 1), minlength=1))


def merge(sketches: Sequence[bytes]) -> bytes:
    """Return the sketch of everything in *sketches*."""
    return pack(counts(sketches))


def counts(sketches: Sequence[bytes]) -> Counts:
    """Return how many durations lie in each bucket, over all *sketches*."""
    pairs = np.frombuffer(b"".join(sketches), dtype=_PAIR)
    # bincount adds weights as floats, exact up to 2^53.
    added = np.bincount(pairs["bucket"], weights=pairs["count"], minlength=1)
    return added.astype(np.int64)


def pack(buckets: Counts) -> bytes:
    """Return *buckets* (counts by bucket number) as a sketch."""
    filled = np.flatnonzero(buckets)
    pairs = np.empty(len(filled), dtype=_PAIR)
    pairs["bucket"] = filled
    pairs["count"] = np.minimum(buckets[filled], _MOST)
    return pairs.tobytes()


def quantiles(sketches: Sequence[bytes], shares: Sequence[float]) -> list[int]:
    """Return the durations below which *shares* (0…1) of all in *sketches* lie; zeros for none."""
    summed = np.cumsum(counts(sketches))
    total = int(summed[-1])
    if not total:
        return [0] * len(shares)
    # The nearest-rank rule: the smallest value with at least that share at or below it.
    ranks = np.maximum(np.ceil(np.asarray(shares) * total), 1)
    buckets = np.minimum(np.searchsorted(summed, ranks), _BUCKETS - 1)
    return [round(value) for value in _CENTRES[buckets].tolist()]


def quantile(sketch: bytes, share: float) -> int:
    """Return the duration in microseconds below which *share* (0…1) of the sketch lies."""
    return quantiles([sketch], [share])[0]
