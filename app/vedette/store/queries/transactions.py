"""Durations summed up by transaction name, and what lies behind the sums: histograms and samples."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, select

from vedette.domain.times import DAY, HOUR, MINUTE, Micros, now
from vedette.store import sketch
from vedette.store.dialect import segment_find
from vedette.store.queries.segments import (
    SELECT_SEGMENT,
    SegmentFilter,
    SegmentRow,
    find_segments,
    read_segment,
    segment_conditions,
)
from vedette.store.schema import segment, segment_hour, segment_minute, term

BARS = 24
"""Bars of a histogram."""
MOST_SEGMENTS = 200_000
"""Segments looked at, the newest, where no sums were kept."""
_SHARES = (0.5, 0.75, 0.95)
_MINUTES_KEPT = 2 * DAY
_MOST_LOOKED_UP = 2_000
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SegmentSummary:
    """Durations (microseconds) of all segments of one project with one name; percentiles to 1 %."""

    project: int
    name: str
    n: int
    failed: int
    total: int
    p50: int
    p75: int
    p95: int
    longest: int
    op: str = ""  # of the newest
    last: Micros | None = None  # when the newest began
    bars: tuple[int, ...] = ()  # how many lasted how long: BARS steps of equal ratio, shortest to longest


@dataclass(frozen=True, slots=True)
class Summaries:
    """The rows, most total time first; cut where not all segments could be looked at."""

    rows: tuple[SegmentSummary, ...]
    is_cut: bool = False


def summarise(db: Connection, where: SegmentFilter) -> Summaries:
    """Return durations by transaction over [since, until), both of which *where* must have.

    Where nothing but projects is asked, sums kept by hour answer (by minute for up to three hours within the
    last two days), so the ends are whole hours or minutes. Else the newest MOST_SEGMENTS segments are read.
    Index: segment_hour or segment_minute (project, name_term, bucket); segment(start).
    """
    assert where.since is not None
    assert where.until is not None
    kept = SegmentFilter(projects=where.projects, since=where.since, until=where.until)
    if where == kept:
        found, is_cut = _from_sums(db, where.projects, where.since, where.until), False
    else:
        found, is_cut = _from_rows(db, where)
    rows = sorted(found, key=lambda summary: summary.total, reverse=True)
    return Summaries(tuple(_with_newest(db, rows)), is_cut)


def _from_sums(db: Connection, projects: Sequence[int], start: Micros, end: Micros) -> list[SegmentSummary]:
    by_minutes = end - start <= 3 * HOUR and start >= now() - _MINUTES_KEPT
    table, grain = (segment_minute, MINUTE) if by_minutes else (segment_hour, HOUR)
    query = select(
        table.c.project,
        table.c.name_term,
        table.c.n,
        table.c.failed,
        table.c.total,
        table.c.longest,
        table.c.sketch,
    ).where(table.c.bucket >= start // grain, table.c.bucket * grain < end)
    if projects:
        query = query.where(table.c.project.in_(projects))
    groups: dict[tuple[int, int], list[Any]] = {}
    for row in db.execute(query):
        groups.setdefault((row.project, row.name_term), []).append(row)
    names = _names(db, [name for _, name in groups])
    return [_summed(key[0], names.get(key[1], ""), rows) for key, rows in groups.items()]


def _names(db: Connection, numbers: Sequence[int]) -> dict[int, str]:
    rows = db.execute(select(term.c.id, term.c.value).where(term.c.id.in_(sorted(set(numbers)))))
    return {row.id: row.value for row in rows}


def _summed(project: int, name: str, rows: Sequence[Any]) -> SegmentSummary:
    longest = max(row.longest for row in rows)
    sketches = [row.sketch for row in rows]
    # A bucket's centre may lie above the longest there was.
    p50, p75, p95 = (min(value, longest) for value in sketch.quantiles(sketches, _SHARES))
    return SegmentSummary(
        project,
        name,
        sum(row.n for row in rows),
        sum(row.failed for row in rows),
        sum(row.total for row in rows),
        p50,
        p75,
        p95,
        longest,
        bars=bars_of(sketch.counts(sketches)),
    )


def _from_rows(db: Connection, where: SegmentFilter) -> tuple[list[SegmentSummary], bool]:
    query = (
        select(segment.c.project, segment.c.name_term, segment.c.duration, segment.c.failed)
        .where(*segment_conditions(db, where))
        .order_by(segment.c.start.desc())
        .limit(MOST_SEGMENTS)
    )
    if where.text and where.text.strip():
        named = find_segments(where.text, projects=where.projects, run=where.run)
        if named is None:
            return [], False
        query = query.where(segment.c.id.in_(select(segment_find.c.rowid).where(named)))
    rows = np.array([tuple(row) for row in db.execute(query)], dtype=np.int64).reshape(-1, 4)
    if not len(rows):
        return [], False
    keys, group = np.unique(rows[:, :2], axis=0, return_inverse=True)
    group = group.reshape(-1)
    names = _names(db, keys[:, 1].tolist())
    found = []
    for number, (project, name) in enumerate(keys.tolist()):
        of_group = rows[group == number]
        found.append(_measured(project, names.get(name, ""), of_group[:, 2], int(of_group[:, 3].sum())))
    return found, len(rows) >= MOST_SEGMENTS


def _measured(project: int, name: str, durations: Counts, failed: int) -> SegmentSummary:
    ordered = np.sort(durations)
    ranks = [max(0, int(np.ceil(share * len(ordered))) - 1) for share in _SHARES]
    p50, p75, p95 = (int(ordered[rank]) for rank in ranks)
    return SegmentSummary(
        project,
        name,
        len(ordered),
        failed,
        int(ordered.sum()),
        p50,
        p75,
        p95,
        int(ordered[-1]),
        bars=bars_of(sketch.counts([sketch.encode(ordered)])),
    )


def _with_newest(db: Connection, rows: Sequence[SegmentSummary]) -> list[SegmentSummary]:
    """Add operation and last start. Index: term(key, value), segment(name_term, start)."""
    found = []
    for row in rows[:_MOST_LOOKED_UP]:
        number = select(term.c.id).where(term.c.key == "transaction", term.c.value == row.name)
        newest = db.execute(
            select(segment.c.op, segment.c.start)
            .where(segment.c.name_term == number.scalar_subquery(), segment.c.project == row.project)
            .order_by(segment.c.start.desc())
            .limit(1)
        ).first()
        op, last = ("", None) if newest is None else (newest.op, newest.start)
        values = {name: getattr(row, name) for name in row.__slots__}
        found.append(SegmentSummary(**(values | {"op": op, "last": last})))
    return [*found, *rows[_MOST_LOOKED_UP:]]


def bars_of(counts: Counts) -> tuple[int, ...]:
    """Return a sketch's counts as BARS bars from the shortest to the longest, of equal ratio each."""
    filled = np.flatnonzero(counts)
    if not len(filled):
        return ()
    first, last = int(filled[0]), int(filled[-1])
    edges = np.linspace(first, last + 1, BARS + 1)
    places = np.minimum(np.searchsorted(edges, filled, side="right") - 1, BARS - 1)
    return tuple(np.bincount(places, weights=counts[filled], minlength=BARS).astype(int).tolist())


@dataclass(frozen=True, slots=True)
class Samples:
    """What lies behind a transaction: a histogram and some segments to open."""

    n: int
    edges: tuple[int, ...]  # microseconds, one more than counts
    counts: tuple[int, ...]
    failed: tuple[int, ...]  # of those, how many failed
    slowest: tuple[SegmentRow, ...]
    median: tuple[SegmentRow, ...]
    fastest: tuple[SegmentRow, ...]
    is_cut: bool


def read_samples(db: Connection, where: SegmentFilter, *, each: int = 3, steps: int = 48) -> Samples:
    """Return the histogram of the durations *where* means, and the *each* slowest, middle and fastest.

    *where* must name a transaction. The newest MOST_SEGMENTS are looked at; *steps* are of equal ratio.
    Index: segment(name_term, start, duration).
    """
    number = select(term.c.id).where(term.c.key == "transaction", term.c.value == where.name)
    query = (
        select(segment.c.id, segment.c.duration, segment.c.failed)
        .where(segment.c.name_term == number.scalar_subquery(), *segment_conditions(db, where))
        .order_by(segment.c.start.desc())
        .limit(MOST_SEGMENTS)
    )
    rows = np.array([tuple(row) for row in db.execute(query)], dtype=np.int64).reshape(-1, 3)
    if not len(rows):
        return Samples(0, (), (), (), (), (), (), False)
    order = np.argsort(rows[:, 1], kind="stable")
    ids, durations, failed = rows[order, 0], rows[order, 1], rows[order, 2]
    low, high = max(1, int(durations[0])), max(2, int(durations[-1]))
    edges = np.unique(np.round(np.geomspace(low, high + 1, steps + 1)).astype(np.int64))
    edges[0], edges[-1] = min(low, int(durations[0])), high + 1
    counts = np.histogram(durations, edges)[0]
    bad = np.histogram(durations[failed > 0], edges)[0]
    middle = max(0, len(ids) // 2 - each // 2)
    groups = (ids[::-1][:each], ids[middle : middle + each], ids[:each])
    slowest, median, fastest = (_by_ids(db, group.tolist()) for group in groups)
    return Samples(
        len(ids), tuple(edges.tolist()), tuple(counts.tolist()), tuple(bad.tolist()), slowest, median,
        fastest, len(ids) >= MOST_SEGMENTS,
    )  # fmt: skip


def _by_ids(db: Connection, ids: Sequence[int]) -> tuple[SegmentRow, ...]:
    found = {row.id: read_segment(row) for row in db.execute(SELECT_SEGMENT.where(segment.c.id.in_(ids)))}
    return tuple(found[number] for number in ids if number in found)
