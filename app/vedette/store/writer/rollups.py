"""Counters rolled up while writing, so that lists and histograms never scan events or spans.

A batch is summed in memory first: five hundred events usually touch a few dozen counters.
"""

from collections import Counter
from collections.abc import Sequence

import apsw
import numpy as np
from sqlalchemy import Table, select

from vedette.domain.times import HOUR, MINUTE
from vedette.store import dialect, schema, sketch
from vedette.store.engine import sql_of


class Counts:
    """Plain counters: events per issue, level and release, in minutes and hours."""

    def __init__(self, raw: apsw.Connection) -> None:
        self._raw = raw
        self._tables: dict[Table, Counter[tuple[int, ...]]] = {
            table: Counter()
            for table in (
                schema.issue_minute,
                schema.issue_hour,
                schema.release_hour,
                schema.all_minute,
                schema.all_hour,
                schema.issue_term,
            )
        }
        self._sql = {table: sql_of(dialect.upsert_adding(table, [table.c.n])) for table in self._tables}

    def forget(self) -> None:
        for counter in self._tables.values():
            counter.clear()

    def add_event(self, issue: int, project: int, level: int, release: int | None, ts: int) -> None:
        tables = self._tables
        minute, hour = ts // MINUTE, ts // HOUR
        tables[schema.issue_minute][issue, minute] += 1
        tables[schema.issue_hour][issue, hour] += 1
        tables[schema.all_minute][project, level, minute] += 1
        tables[schema.all_hour][project, level, hour] += 1
        if release is not None:
            tables[schema.release_hour][project, release, hour] += 1

    def add_terms(self, issue: int, terms: list[int]) -> None:
        counter = self._tables[schema.issue_term]
        for term in terms:
            counter[issue, term] += 1

    def flush(self) -> None:
        """Write the batch's counts; the caller holds the transaction."""
        for table, counter in self._tables.items():
            if counter:
                # In key order, neighbouring rows share a page.
                self._raw.executemany(self._sql[table], [(*key, n) for key, n in sorted(counter.items())])
                counter.clear()


class Durations:
    """Counters with a sketch of durations: transactions by name, spans by description."""

    def __init__(self, raw: apsw.Connection, table: Table, bucket: int) -> None:
        self._raw = raw
        self._bucket = bucket
        self._keys = [column.name for column in table.primary_key.columns][:-1]
        self._rows: list[tuple[int, ...]] = []  # key…, bucket, duration, failed
        find = select(table.c.n, table.c.failed, table.c.total, table.c.longest, table.c.sketch)
        for column in table.primary_key.columns:
            find = find.where(column == 0)
        self._find = sql_of(find)
        self._write = sql_of(dialect.insert_or_replace(table))

    def forget(self) -> None:
        self._rows = []

    def add(self, start: int, duration: int, *key: int, failed: bool = False) -> None:
        self._rows.append((*key, start // self._bucket, duration, failed))

    def add_all(self, rows: Sequence[tuple[int, ...]]) -> None:
        """Take many at once: key, bucket, duration, whether it failed."""
        self._rows.extend(rows)

    def flush(self) -> None:
        """Merge the batch into the stored rows; the caller holds the transaction.

        Grouping is numpy's: in pure Python it was half the cost of storing a span.
        """
        if not self._rows:
            return
        rows = np.array(self._rows, dtype=np.int64)
        self._rows = []
        width = len(self._keys) + 1
        keys, group = np.unique(rows[:, :width], axis=0, return_inverse=True)
        order = np.argsort(group.ravel(), kind="stable")
        bounds = np.searchsorted(group.ravel()[order], np.arange(len(keys) + 1))
        durations, failed = rows[order, width], rows[order, width + 1]
        written = []
        for i, key in enumerate(keys.tolist()):
            mine = slice(int(bounds[i]), int(bounds[i + 1]))
            written.append(self._merged(key, durations[mine], int(failed[mine].sum())))
        self._raw.executemany(self._write, written)

    def _merged(
        self, key: list[int], durations: "np.typing.NDArray[np.int64]", failed: int
    ) -> tuple[object, ...]:
        n, total, longest = len(durations), int(durations.sum()), int(durations.max())
        blob = sketch.encode(durations)
        row = self._raw.execute(self._find, key).fetchone()
        if row is not None:
            n, failed, total, longest = n + row[0], failed + row[1], total + row[2], max(longest, row[3])
            blob = sketch.merge([row[4], blob])
        return (*key, n, failed, total, longest, blob)
