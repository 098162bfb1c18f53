"""Values of any size and sign as mergeable histograms: any percentile to 1 % of its value.

A sketch is 6-byte pairs of (u16 bucket, u32 count), little-endian, in bucket order, as in `sketch`, whose
buckets begin at one microsecond and know no sign. Here bucket 32768 holds zero; bucket 32768 + k holds the
values whose size lies in (1.02^(k-1403), 1.02^(k-1402)], and 32768 - k the same below zero. So sizes from
about 1e-12 to 1e269 have buckets of their own; what is smaller counts as zero, what is larger as the last.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

GROWTH = 1.02
_LOG = np.log(GROWTH)
_ZERO = 32768
_OFFSET = 1402
_LAST = 65535 - _ZERO
_PAIR = np.dtype([("bucket", "<u2"), ("count", "<u4")])
_MOST = np.iinfo(np.uint32).max


def encode(values: npt.ArrayLike) -> bytes:
    """Return the sketch of *values*, which are finite."""
    sent = np.asarray(values, dtype=np.float64)
    sizes = np.maximum(np.abs(sent), 1e-300)
    # A power of 1.02 must not fall into the next bucket by a rounding error.
    steps = np.ceil(np.log(sizes) / _LOG - 1e-9).astype(np.int64) + _OFFSET
    steps = np.clip(steps, 0, _LAST)
    buckets, counts = np.unique(_ZERO + np.where(sent < 0, -steps, steps), return_counts=True)
    return _pack(buckets, counts)


def merge(sketches: Sequence[bytes]) -> bytes:
    """Return the sketch of everything in *sketches*."""
    return _pack(*_added(sketches))


def quantiles(sketches: Sequence[bytes], shares: Sequence[float]) -> list[float]:
    """Return the values below which *shares* (0…1) of all in *sketches* lie; zeros for none."""
    buckets, counts = _added(sketches)
    if not len(buckets):
        return [0.0] * len(shares)
    summed = np.cumsum(counts)
    # The nearest-rank rule: the smallest value with at least that share at or below it.
    ranks = np.maximum(np.ceil(np.asarray(shares) * summed[-1]), 1)
    steps = buckets[np.minimum(np.searchsorted(summed, ranks), len(buckets) - 1)] - _ZERO
    # The value in a bucket that is at most 1 % from either end.
    sizes = 2.0 * np.exp((np.abs(steps) - _OFFSET) * _LOG) / (1.0 + GROWTH)
    return [float(value) for value in np.where(steps == 0, 0.0, np.sign(steps) * sizes)]


def _added(sketches: Sequence[bytes]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    pairs = np.frombuffer(b"".join(sketches), dtype=_PAIR)
    buckets, place = np.unique(pairs["bucket"].astype(np.int64), return_inverse=True)
    counts = np.zeros(len(buckets), dtype=np.int64)
    np.add.at(counts, place.ravel(), pairs["count"].astype(np.int64))
    return buckets, counts


def _pack(buckets: npt.NDArray[np.int64], counts: npt.NDArray[np.int64]) -> bytes:
    pairs = np.empty(len(buckets), dtype=_PAIR)
    pairs["bucket"] = buckets
    pairs["count"] = np.minimum(counts, _MOST)
    return pairs.tobytes()
