"""Metric points of a batch, what is known of their names, and their sums."""

import sys
from collections.abc import Iterable, Sequence

import apsw
from sqlalchemy import Table, insert, select

from vedette.domain.changes import Change, ChangeKind
from vedette.domain.metrics import MetricBatch, MetricKind, MetricPoint
from vedette.domain.times import HOUR
from vedette.store import dialect, schema, value_sketch
from vedette.store.engine import sql_of
from vedette.store.writer.interning import Terms, next_id
from vedette.store.writer.records import Place
from vedette.store.writer.running_totals import RunningTotals

MOST_KEYS = 20
"""Attributes by which the sums of one metric are split; those that come first."""
MOST_VALUES = 100
"""Values of one such attribute that have sums of their own; those that come first."""
_REMEMBERED = 10_000
_SUMS = ("n", "total", "least", "most", "last", "last_ts", "sketch")
_LARGEST = sys.float_info.max
_DISTRIBUTION = MetricKind.DISTRIBUTION.number


class Series:
    """Which attributes of a metric have sums of their own: the first ones, for ids are no series."""

    def __init__(self, raw: apsw.Connection, terms: Terms) -> None:
        self._raw = raw
        self._terms = terms
        attribute, term = schema.metric_attribute, schema.term
        self._find = sql_of(
            select(term.c.key, term.c.value, attribute.c.term)
            .join(term, term.c.id == attribute.c.term)
            .where(attribute.c.project == 0, attribute.c.name_term == 0)
        )
        self._insert = sql_of(insert(attribute))
        self.forget()

    def forget(self) -> None:
        """Drop everything not committed, and the memory of what was."""
        self._known: dict[tuple[int, int], dict[str, dict[str, int]]] = {}
        self._new: list[tuple[int, int, int]] = []

    def terms_of(self, point: MetricPoint, project: int, name: int) -> list[int]:
        """Return the terms of those attributes of *point* that have sums of their own."""
        metric = self._known.get((project, name))
        if metric is None:
            metric = self._known[project, name] = {}
            for key, value, number in self._raw.execute(self._find, (project, name)):
                metric.setdefault(key, {})[value] = number
        found = []
        for key, value in point.attributes:
            values = metric.get(key)
            if values is None:
                if len(metric) >= MOST_KEYS:
                    continue
                values = metric[key] = {}
            known = values.get(value)
            if known is None:
                if len(values) >= MOST_VALUES:
                    continue
                known = values[value] = self._terms.id_of(key, value)
                self._new.append((project, name, known))
            found.append(known)
        return found

    def flush(self) -> None:
        """Write what is new; the caller holds the transaction."""
        if self._new:
            self._raw.executemany(self._insert, self._new)
            self._new = []
        if len(self._known) > _REMEMBERED:
            self._known.clear()


class Metrics:
    """Writes metric points and sums them up by hour."""

    takes: tuple[type, ...] = (MetricBatch,)
    kept: tuple[Table, ...] = (schema.metric,)

    def __init__(self, raw: apsw.Connection, terms: Terms) -> None:
        self._raw = raw
        self._terms = terms
        self._series = Series(raw, terms)
        self._totals = RunningTotals(raw)
        self._insert = sql_of(insert(schema.metric))
        hour, name = schema.metric_hour, schema.metric_name
        find = select(*(hour.c[name] for name in _SUMS))
        for column in hour.primary_key.columns:
            find = find.where(column == 0)
        self._find_hour = sql_of(find)
        self._write_hour = sql_of(dialect.insert_or_replace(hour))
        self._next = 0
        self._add_name = sql_of(
            dialect.upsert_adding(name, [name.c.n], least=[name.c.first], most=[name.c.last])
        )
        self.forget()

    def add(self, value: MetricBatch, place: Place) -> int | None:
        """Take the points of *value*; returns the first one's row id."""
        project, run, request, item = place.project, place.run, place.request, place.item.n
        id_of, rows = self._terms.id_of, self._rows
        number = first = self._next
        for point in self._totals.resolved(value.points, project):
            name, kind = id_of("metric", point.name), point.kind.number
            environment = None if point.environment is None else id_of("environment", point.environment)
            release = None if point.release is None else id_of("release", point.release)
            rows.append(
                (
                    number, project, run, point.ts, point.trace_id, point.span_id, name, kind, point.value,
                    point.unit, environment, release, request, item, point.n,
                )
            )  # fmt: skip
            number += 1
            self._note(project, name, kind, point)
        self._next = number
        return first if number > first else None

    def _note(self, project: int, name: int, kind: int, point: MetricPoint) -> None:
        seen = self._names.setdefault((project, name, kind, point.unit), [0, point.ts, point.ts])
        seen[0] += 1
        seen[1], seen[2] = min(seen[1], point.ts), max(seen[2], point.ts)
        bucket, pair = point.ts // HOUR, (point.ts, point.value)
        for term in (0, *self._series.terms_of(point, project, name)):
            self._values.setdefault((project, name, kind, term, bucket), []).append(pair)

    def changes(self) -> Iterable[Change]:
        """Say the first and last row of the batch."""
        if self._rows:
            yield Change(ChangeKind.METRIC, (self._rows[0][0], self._rows[-1][0]))

    def flush(self) -> None:
        """Write the batch's points and sums; the caller holds the transaction."""
        self._totals.flush()
        if not self._rows:
            return
        self._raw.executemany(self._insert, self._rows)
        self._series.flush()
        names = sorted(self._names.items())
        self._raw.executemany(self._add_name, [(*key, *seen) for key, seen in names])
        # In key order, neighbouring rows share a page.
        written = [self._merged(key, values) for key, values in sorted(self._values.items())]
        self._raw.executemany(self._write_hour, written)
        self._clear()

    def _merged(
        self, key: tuple[int, int, int, int, int], pairs: Sequence[tuple[int, float]]
    ) -> tuple[object, ...]:
        values = [value for _, value in pairs]
        n, total, least, most = len(values), sum(values), min(values), max(values)
        # Of several at the same moment the one that came last.
        last_ts = max(ts for ts, _ in pairs)
        last = next(value for ts, value in reversed(pairs) if ts == last_ts)
        blob = value_sketch.encode(values) if key[2] == _DISTRIBUTION else b""
        row = self._raw.execute(self._find_hour, key).fetchone()
        if row is not None:
            n, total, least, most = n + row[0], total + row[1], min(least, row[2]), max(most, row[3])
            if row[5] > last_ts:
                last, last_ts = row[4], row[5]
            blob = value_sketch.merge([row[6], blob]) if blob else blob
        # Huge values can add up to infinity, and two of those to no number at all.
        total = max(-_LARGEST, min(_LARGEST, total))
        return (*key, n, total, least, most, last, last_ts, blob)

    def relearn(self) -> None:
        """Read from the store again what was remembered of it. Between batches."""
        self._series.forget()

    def forget(self) -> None:
        """Drop everything not committed, and the memory of what was."""
        self._series.forget()
        self._totals.forget()
        self._clear()
        self._next = next_id(self._raw, schema.metric)

    def _clear(self) -> None:
        self._rows: list[tuple[int, *tuple[object, ...]]] = []
        self._names: dict[tuple[int, int, int, str], list[int]] = {}
        self._values: dict[tuple[int, int, int, int, int], list[tuple[int, float]]] = {}
