"""How fast issues happen just now: within the current hour, and within the windows of archived ones.

What is remembered is read from the roll-ups once and then kept up with every event, so it must be told of
every one; it is dropped with a batch that fails.
"""

from collections import OrderedDict
from dataclasses import dataclass

import apsw
from sqlalchemy import func, select

from vedette.domain.escalation import HISTORY_HOURS, Usual
from vedette.domain.times import HOUR, MINUTE
from vedette.store import schema
from vedette.store.engine import sql_of

_CACHED = 20_000
_MINUTES_KEPT = 47 * HOUR  # of the roll-up by minute
_MOST_READ = 200_000  # events of a window that are looked through for their users after a start


@dataclass(slots=True)
class Hour:
    """The current hour of an issue and what the hours before it were like."""

    hour: int
    count: int
    before: Usual


class Pace:
    """Counts by issue. *at* is the arrival of the event that asks, microseconds."""

    def __init__(self, raw: apsw.Connection) -> None:
        self._raw = raw
        hour, minute, event = schema.issue_hour, schema.issue_minute, schema.event
        self._find_hours = sql_of(
            select(hour.c.bucket, hour.c.n).where(hour.c.issue == 0, hour.c.bucket >= 0, hour.c.bucket <= 0)
        )
        self._find_counts = {
            table: sql_of(select(table.c.bucket, table.c.n).where(table.c.issue == 0, table.c.bucket >= 0))
            for table in (hour, minute)
        }
        newest = (
            select(event.c.user_term, event.c.ts)
            .where(event.c.issue == 0, event.c.ts > 0, event.c.user_term.is_not(None))
            .order_by(event.c.ts.desc())
            .limit(_MOST_READ)
            .subquery()
        )
        self._find_users = sql_of(
            select(newest.c.user_term, func.max(newest.c.ts)).group_by(newest.c.user_term)
        )
        self.forget()

    def forget(self) -> None:
        """Drop everything remembered."""
        self._hours: OrderedDict[int, Hour] = OrderedDict()
        self._buckets: dict[int, dict[int, int]] = {}
        self._users: dict[int, dict[int, int]] = {}

    def drop(self, issue: int) -> None:
        """Drop what is remembered of *issue*: what it is archived until has changed."""
        for memory in (self._hours, self._buckets, self._users):
            memory.pop(issue, None)

    def add(self, issue: int, ts: int) -> None:
        """Count an event of *issue* at *ts* where it is remembered."""
        known = self._hours.get(issue)
        if known is not None and ts // HOUR == known.hour:
            known.count += 1

    def hour(self, issue: int, ts: int, at: int) -> Hour:
        """Return the hour of *at* of *issue*, the event at *ts* that is looked at included."""
        hour = at // HOUR
        known = self._hours.get(issue)
        if known is None or known.hour != hour:
            rows = dict(self._raw.execute(self._find_hours, (issue, hour - HISTORY_HOURS, hour)))
            count = rows.pop(hour, 0) + int(ts // HOUR == hour)
            known = self._hours[issue] = Hour(hour, count, Usual.of(rows.values()))
            if len(self._hours) > _CACHED:
                self._hours.popitem(last=False)
        return known

    def events_within(self, issue: int, since: int, window: int, ts: int) -> int:
        """Return the events of *issue* from *since* on, the one at *ts* included; to the minute.

        A *window* beyond what minutes are kept for is counted by the hour.
        """
        table, grain = (schema.issue_minute, MINUTE) if window <= _MINUTES_KEPT else (schema.issue_hour, HOUR)
        start = since // grain
        counts = self._buckets.get(issue)
        if counts is None:
            counts = dict(self._raw.execute(self._find_counts[table], (issue, start)))
            self._buckets[issue] = counts
        counts[ts // grain] = counts.get(ts // grain, 0) + 1
        for bucket in [bucket for bucket in counts if bucket < start]:
            del counts[bucket]
        return sum(counts.values())

    def users_within(self, issue: int, since: int, ts: int, user: int | None) -> int:
        """Return the users whom *issue* befell from *since* on, the one at *ts* included."""
        users = self._users.get(issue)
        if users is None:
            users = dict(self._raw.execute(self._find_users, (issue, since, _MOST_READ, 0)))
            self._users[issue] = users
        if user is not None:
            users[user] = max(ts, users.get(user, 0))
        for gone in [number for number, last in users.items() if last < since]:
            del users[gone]
        return len(users)
