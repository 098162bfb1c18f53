"""What was added since the point before, for metrics whose points say the total since their start."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import apsw
from sqlalchemy import delete, select

from vedette.domain.metrics import MetricKind, MetricPoint
from vedette.domain.times import DAY
from vedette.store import dialect, schema
from vedette.store.engine import sql_of

MOST_OBSERVATIONS = 10_000
"""Points made of one bucket of a histogram at once; there is no more to see in more of the same."""
MOST_IN_ALL = 200_000
"""Points made of the observations of one request; beyond them a bucket is one point."""
_FORGOTTEN = 30 * DAY  # a series as long silent begins anew
_FLUSHES = 200
Known = tuple[int, int, float]  # since when, until when, the total


class RunningTotals:
    """Remembers the last total of each series, in the store, so that a restart counts nothing twice."""

    def __init__(self, raw: apsw.Connection) -> None:
        self._raw = raw
        table = schema.metric_total
        self._find = sql_of(
            select(table.c.since, table.c.ts, table.c.total).where(
                table.c.project == 0, table.c.series == b""
            )
        )
        self._write = sql_of(dialect.insert_or_replace(table))
        self._drop = sql_of(delete(table).where(table.c.ts < 0))
        self._flushed = 0
        self.forget()

    def forget(self) -> None:
        """Drop everything not committed, and the memory of what was."""
        self._known: dict[tuple[int, bytes], Known] = {}

    def resolved(self, points: Iterable[MetricPoint], project: int) -> Iterator[MetricPoint]:
        """Yield *points* one by one for each observation, running ones as what was added since the last."""
        left = MOST_IN_ALL
        for point in points:
            found = point if point.running is None else self._increment(point, project)
            if found is not None:
                times = min(found.count, MOST_OBSERVATIONS, max(1, left))
                left -= times
                for _ in range(times):
                    yield found

    def _increment(self, point: MetricPoint, project: int) -> MetricPoint | None:
        running = point.running
        assert running is not None
        counts = point.kind is MetricKind.DISTRIBUTION
        total = float(point.count) if counts else point.value
        key = (project, running.series)
        known = self._known.get(key) or self._raw.execute(self._find, key).fetchone()
        added = total
        if known is not None:
            since, until, before = known
            if point.ts <= until:
                return None  # sent again, or overtaken by a later one
            if since == running.since and total >= before:
                added = total - before
        self._known[key] = (running.since, point.ts, total)
        if added == 0 and known is not None:
            return None
        return replace(point, count=int(added)) if counts else replace(point, value=added)

    def flush(self) -> None:
        """Write the batch's totals; the caller holds the transaction."""
        if not self._known:
            return
        self._raw.executemany(self._write, [(*key, *known) for key, known in sorted(self._known.items())])
        self._flushed += 1
        if self._flushed % _FLUSHES == 1:
            latest = max(until for _, until, _ in self._known.values())
            self._raw.execute(self._drop, (latest - _FORGOTTEN,))
        self._known = {}
