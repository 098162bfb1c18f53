"""Totals since a start become what was added since the last, over restarts too."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from vedette.domain.metrics import MetricKind, MetricPoint, RunningTotal
from vedette.domain.times import Micros
from vedette.domain.workspace import Workspace
from vedette.store.writer import running_totals
from vedette.store.writer.running_totals import MOST_OBSERVATIONS, RunningTotals
from vedette.store.writer.writer import StoreWriter

SERIES = b"s" * 16


def point(
    ts: int, value: float, since: int = 1, kind: MetricKind = MetricKind.COUNTER, count: int = 1
) -> MetricPoint:
    running = RunningTotal(SERIES, Micros(since))
    return MetricPoint(Micros(ts), None, None, "m", kind, value, "", None, None, (), 0, count, running)


@contextmanager
def totals(folder: Path) -> Iterator[RunningTotals]:
    writer = StoreWriter(Workspace(folder))
    made = RunningTotals(writer.raw)
    with writer.batch():
        yield made
        made.flush()
    writer.close()


def values(found: RunningTotals, *points: MetricPoint, project: int = 1) -> list[float]:
    return [one.value for one in found.resolved(points, project)]


def test_what_was_added_is_counted_once_over_restarts(tmp_path: Path) -> None:
    with totals(tmp_path) as found:
        assert values(found, point(10, 3), point(20, 5), point(30, 5)) == [3, 2]
    with totals(tmp_path) as found:
        assert values(found, point(30, 5), point(20, 4), point(40, 9)) == [4]
        assert values(found, point(40, 9), project=2) == [9]


def test_a_new_start_or_a_smaller_total_begins_anew(tmp_path: Path) -> None:
    with totals(tmp_path) as found:
        assert values(found, point(10, 3), point(20, 2), point(30, 7, since=25)) == [3, 2, 7]


def test_the_first_zero_is_told_later_ones_are_not(tmp_path: Path) -> None:
    with totals(tmp_path) as found:
        assert values(found, point(10, 0), point(20, 0)) == [0]


def test_observations_come_one_by_one(tmp_path: Path) -> None:
    kind = MetricKind.DISTRIBUTION
    with totals(tmp_path) as found:
        assert values(found, point(10, 7.5, kind=kind, count=2), point(20, 8.5, kind=kind, count=3)) == [
            7.5,
            7.5,
            8.5,
        ]
        many = point(30, 1.0, kind=kind, count=10**9)
        assert len(values(found, many)) == MOST_OBSERVATIONS


def test_what_is_not_running_passes(tmp_path: Path) -> None:
    plain = MetricPoint(Micros(5), None, None, "m", MetricKind.GAUGE, 2.0, "", None, None, (), 0)
    with totals(tmp_path) as found:
        assert list(found.resolved([plain, plain], 1)) == [plain, plain]


def test_what_is_not_committed_is_forgotten(tmp_path: Path) -> None:
    with totals(tmp_path) as found:
        values(found, point(10, 3))
        found.forget()
        assert values(found, point(10, 3)) == [3]


def test_long_silent_series_are_dropped(tmp_path: Path) -> None:
    later = 10 + 2 * running_totals._FORGOTTEN
    with totals(tmp_path) as found:
        values(found, point(10, 3))
    with totals(tmp_path) as found:
        other = RunningTotal(b"o" * 16, Micros(1))
        values(
            found,
            MetricPoint(
                Micros(later), None, None, "o", MetricKind.COUNTER, 1.0, "", None, None, (), 0, 1, other
            ),
        )
    with totals(tmp_path) as found:
        assert values(found, point(later + 1, 5)) == [5]


def test_observations_of_one_request_are_bounded_in_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running_totals, "MOST_IN_ALL", 5)
    buckets = [replace(point(10, n, kind=MetricKind.DISTRIBUTION, count=3), running=None) for n in range(4)]
    with totals(tmp_path) as found:
        assert values(found, *buckets) == [0, 0, 0, 1, 1, 2, 3]
