"""What goes by its own age, without a request that brought it: counters, traces, incidents, metrics' names.

Called once an hour inside a transaction, so nothing here reads a table through: keys of counters end with
their time, so each series is found by stepping from key to key, and cut off at its old end.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy import Table, delete, select, tuple_

from vedette.domain.times import HOUR, MINUTE
from vedette.store import schema
from vedette.store.engine import sql_of

if TYPE_CHECKING:
    import apsw

MINUTES_KEPT = 48 * 60

_MINUTES = (
    schema.issue_minute,
    schema.all_minute,
    schema.segment_minute,
    schema.log_minute,
    schema.session_minute,
)
_BY_HOUR = (
    schema.session_hour,
    schema.session_duration,
    schema.session_user,
    schema.outcome_hour,
    schema.log_hour,
    schema.metric_hour,
    schema.web_vital_hour,
)
"""Counters that go by age alone; of users there is a row for each in an hour, of metrics one for a series."""


class Tidying:
    """Forgets what is over its time."""

    def __init__(self, raw: "apsw.Connection") -> None:
        self._raw = raw
        self._counters = {table: _Counter(raw, table) for table in (*_MINUTES, *_BY_HOUR)}
        trace, incident = schema.trace, schema.incident
        # A trace's start finds it, and it ends no sooner.
        self._traces = sql_of(delete(trace).where(trace.c.start < 0, trace.c.end < 0))
        self._incidents = sql_of(delete(incident).where(incident.c.ended < 0))
        name, attribute = schema.metric_name, schema.metric_attribute
        self._old_names = sql_of(select(name.c.project, name.c.name_term).where(name.c.last < 0))
        self._name = sql_of(delete(name).where(name.c.project == 0, name.c.name_term == 0, name.c.last < 0))
        self._is_named = sql_of(
            select(name.c.kind).where(name.c.project == 0, name.c.name_term == 0).limit(1)
        )
        self._attributes = sql_of(
            delete(attribute).where(attribute.c.project == 0, attribute.c.name_term == 0)
        )

    def run(self, at: int, cutoff: int) -> None:
        """Drop minutes that are past their use *at* a moment, and all that ended before *cutoff*.

        Index: trace_by_start, incident_by_end, and primary keys; of metrics' names there are few.
        """
        for table in _MINUTES:
            self._counters[table].drop(at // MINUTE - MINUTES_KEPT)
        for table in _BY_HOUR:
            self._counters[table].drop(cutoff // HOUR)
        self._raw.execute(self._traces, (cutoff, cutoff))
        self._raw.execute(self._incidents, (cutoff,))
        for metric in set(self._raw.execute(self._old_names, (cutoff,))):
            self._raw.execute(self._name, (*metric, cutoff))
            if self._raw.execute(self._is_named, (*metric, 1, 0)).fetchone() is None:
                self._raw.execute(self._attributes, metric)


class _Counter:
    """A table of counts, whose key is that of a series and then `bucket`."""

    def __init__(self, raw: "apsw.Connection", table: Table) -> None:
        self._raw = raw
        names = [column.name for column in table.primary_key.columns]
        series = [table.c[name] for name in names[: names.index("bucket")]]
        one = tuple_(*series) if len(series) > 1 else series[0]
        zeros = tuple_(*(0 for _ in series)) if len(series) > 1 else 0
        self._width = len(series)
        self._next = sql_of(select(*series).where(one > zeros).order_by(*series).limit(1))
        self._old = sql_of(delete(table).where(*(column == 0 for column in series), table.c.bucket < 0))

    def drop(self, before: int) -> None:
        """Drop the rows of buckets *before* this one."""
        for series in list(self._series()):
            self._raw.execute(self._old, (*series, before))

    def _series(self) -> Iterator[tuple[int, ...]]:
        found: tuple[int, ...] | None = (-1,) * self._width
        while found is not None:
            found = self._raw.execute(self._next, (*found, 1, 0)).fetchone()
            if found is not None:
                yield found
