"""Events that change their issue, with everything that is counted of them.

What an issue counts is taken away from one and added to the other in the same transaction; what it is called
and when it was first and last seen is read anew from the events it has then (`settled`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import apsw
from sqlalchemy import Column, Table, bindparam, delete, func, select, update

from vedette.domain.processed import ProcessedEvent
from vedette.domain.times import HOUR, MINUTE
from vedette.store import dialect, schema
from vedette.store.engine import sql_of
from vedette.store.row_changes import note_change
from vedette.store.writer.overrulings import Overrulings

_NEWEST = 200
_COLUMNS = [str(column.name) for column in schema.issue.columns]
_COUNTED: tuple[tuple[Table, Column[int]], ...] = (
    (schema.issue_term, schema.issue_term.c.term),
    (schema.issue_minute, schema.issue_minute.c.bucket),
    (schema.issue_hour, schema.issue_hour.c.bucket),
)


@dataclass(frozen=True, slots=True)
class Leaving:
    """An event on its way from one issue to another."""

    id: int
    source: int
    target: int
    ts: int
    user: int | None
    stack: int | None
    terms: Sequence[int] | None = None  # None: its whole issue goes, and its counters follow (`take_over`)
    words: tuple[object, ...] | None = None  # its full text anew; None: its token leads to the target already


@dataclass(frozen=True, slots=True)
class NewestEvent:
    """The event an issue is named after, and where it lies."""

    id: int
    event_id: str
    project: int
    request: int
    item: int


class Relocation:
    """Moves events; the caller holds the transaction of the writer whose connection this is."""

    def __init__(self, raw: apsw.Connection) -> None:
        self._raw = raw
        issue, event, users = schema.issue, schema.event, schema.issue_user
        self._to_issue = sql_of(
            update(event).values(issue=bindparam("new_issue")).where(event.c.id == bindparam("which"))
        )
        self._add = {table: sql_of(dialect.upsert_adding(table, [table.c.n])) for table, _ in _COUNTED}
        self._take = {
            table: sql_of(
                update(table)
                .values(n=table.c.n - bindparam("less"))
                .where(table.c.issue == bindparam("which"), by == bindparam("key"))
            )
            for table, by in _COUNTED
        }
        self._drop = {
            table: sql_of(delete(table).where(table.c.issue == 0, by == 0, table.c.n <= 0))
            for table, by in _COUNTED
        }
        self._add_n = sql_of(
            update(issue).values(n=issue.c.n + bindparam("more")).where(issue.c.id == bindparam("which"))
        )
        self._add_users = sql_of(
            update(issue)
            .values(users=issue.c.users + bindparam("more"))
            .where(issue.c.id == bindparam("which"))
        )
        self._add_user = sql_of(dialect.insert_or_ignore(users))
        self._drop_user = sql_of(delete(users).where(users.c.issue == 0, users.c.user_term == 0))
        self._has_term = sql_of(
            select(schema.issue_term.c.n).where(schema.issue_term.c.issue == 0, schema.issue_term.c.term == 0)
        )
        self._has_user = sql_of(select(event.c.id).where(event.c.issue == 0, event.c.user_term == 0).limit(1))
        self._add_stack = sql_of(dialect.insert_or_ignore(schema.issue_stack))
        self._insert_find = dialect.insert_full_text("find")
        self._ends = sql_of(
            select(
                func.count(),
                func.min(event.c.ts),
                func.max(event.c.ts),
                func.min(event.c.id),
                func.max(event.c.id),
            ).where(event.c.issue == 0)
        )
        self._newest = sql_of(
            select(event.c.id, event.c.eid, event.c.project, event.c.request, event.c.item)
            .where(event.c.issue == 0)
            .order_by(event.c.ts.desc(), event.c.id.desc())
            .limit(1)
        )
        self._of_event = sql_of(
            select(event.c.issue, event.c.run, event.c.release_term).where(event.c.id == 0)
        )
        last = select(event.c.id).where(event.c.issue == 0).order_by(event.c.id.desc())
        self._last_ids = sql_of(last.limit(_NEWEST))
        self._last_release = sql_of(
            select(event.c.release_term)
            .where(event.c.issue == 0, event.c.release_term.is_not(None))
            .order_by(event.c.id.desc())
            .limit(1)
        )
        self._row = sql_of(select(issue).where(issue.c.id == 0))

    # ---------------------------------------------------------------- events

    def move(self, events: Sequence[Leaving], overrulings: Overrulings) -> None:
        """Move *events*; their issues' counts and tokens are right afterwards, their headings are not."""
        if not events:
            return
        raw = self._raw
        raw.executemany(self._to_issue, [(event.target, event.id) for event in events])
        counts = {table: Counter[tuple[int, int]]() for table, _ in _COUNTED}
        totals: Counter[int] = Counter()
        for event in events:
            # A merged issue has no row any more: what took it in counts for it already.
            totals[overrulings.place(event.source)] -= 1
            totals[event.target] += 1
            if event.terms is not None:
                _count(counts, event)
        for table, counter in counts.items():
            self._write_counts(table, counter)
        raw.executemany(self._add_n, [(more, issue) for issue, more in sorted(totals.items()) if more])
        counted = [event for event in events if event.terms is not None]
        self._move_users(counted)
        stacks = {(event.stack, event.target) for event in events if event.stack is not None}
        raw.executemany(self._add_stack, sorted(stacks))
        words = [event.words for event in events if event.words is not None]
        raw.executemany(dialect.delete_full_text("find"), [(row[0], row[0]) for row in words])
        raw.executemany(self._insert_find, words)

    def _write_counts(self, table: Table, counter: Counter[tuple[int, int]]) -> None:
        more = [(*key, n) for key, n in sorted(counter.items()) if n > 0]
        less = [(-n, *key) for key, n in sorted(counter.items()) if n < 0]
        self._raw.executemany(self._add[table], more)
        self._raw.executemany(self._take[table], less)
        self._raw.executemany(self._drop[table], [(*key, 0) for _, *key in less])

    def _move_users(self, events: Sequence[Leaving]) -> None:
        added: Counter[int] = Counter()
        for issue, user in sorted({(event.target, event.user) for event in events if event.user is not None}):
            self._raw.execute(self._add_user, (issue, user))
            added[issue] += self._raw.changes()
        left: dict[tuple[int, int], bool] = {}
        for event in events:
            if event.user is not None and event.terms is not None:
                left[event.source, event.user] = event.user in event.terms
        for (issue, user), is_term in sorted(left.items()):
            # A user is nearly always a term of its events too, whose count then tells without a search.
            sql = self._has_term if is_term else self._has_user
            if self._raw.execute(sql, (issue, user) if is_term else (issue, user, 1, 0)).fetchone() is None:
                self._raw.execute(self._drop_user, (issue, user))
                added[issue] -= self._raw.changes()
        self._raw.executemany(self._add_users, [(n, issue) for issue, n in sorted(added.items()) if n])

    def take_over(self, old: int, new: int, most: int) -> bool:
        """Add up to *most* of each kind of counter of *old*, an issue without events, to *new*.

        False once none is left.
        """
        raw, is_more = self._raw, False
        for table, by in _COUNTED:
            some = select(by, table.c.n).where(table.c.issue == 0).order_by(by).limit(most)
            rows = raw.execute(sql_of(some), (old, most, 0)).fetchall()
            raw.executemany(self._add[table], [(new, key, n) for key, n in rows])
            drop = sql_of(delete(table).where(table.c.issue == 0, by == 0))
            raw.executemany(drop, [(old, key) for key, _ in rows])
            is_more = is_more or len(rows) == most
        users = schema.issue_user
        some = select(users.c.user_term).where(users.c.issue == 0).order_by(users.c.user_term).limit(most)
        rows = raw.execute(sql_of(some), (old, most, 0)).fetchall()
        added = 0
        for (user,) in rows:
            raw.execute(self._add_user, (new, user))
            added += raw.changes()
        raw.executemany(self._drop_user, [(old, user) for (user,) in rows])
        raw.execute(self._add_users, (added, new))
        return is_more or len(rows) == most

    def note(self, through: int) -> None:
        """Tell readers that remember events that some, up to number *through*, have changed their issue."""
        note_change(self._raw, through)

    # ---------------------------------------------------------------- headings

    def count(self, issue: int) -> int:
        """Return how many events are there of an issue. Index: event(issue, ts, id)."""
        return int(self._raw.execute(self._ends, (issue,)).get[0])

    def newest(self, issue: int) -> NewestEvent | None:
        """Return the event an issue is named after; None if it has none. Index: event(issue, ts, id)."""
        row = self._raw.execute(self._newest, (issue, 1, 0)).fetchone()
        return None if row is None else NewestEvent(row[0], row[1].hex(), *row[2:])

    def row(self, issue: int) -> dict[str, Any] | None:
        """Return an issue's row by column name, None if it is not there."""
        found = self._raw.execute(self._row, (issue,)).fetchone()
        if found is None:
            return None
        return dict(zip(_COLUMNS, found, strict=True))

    def settle(self, number: int, newest: ProcessedEvent | None) -> bool:
        """Let an issue's row say what its events say; False if it has no events, or no row.

        *newest* is the event it is named after; None leaves its name. What the issue knows from events that
        retention has taken stays. Index: event(issue, ts, id), which holds all that is looked through.
        """
        row = self.row(number)
        ends: Any = self._raw.execute(self._ends, (number,)).fetchone()
        n, first, last, first_event, last_event = ends
        if row is None or not n:
            return False
        values: dict[str, Any] = {"last": last, "last_event": last_event}
        if self._fact(row["first_event"]) is None and row["n"] > n:
            first, first_event = min(first, row["first"]), row["first_event"]
        values |= {"first": first, "first_event": first_event}
        begun = self._fact(first_event)
        if begun is not None and first_event != row["first_event"]:
            values |= {"first_run": begun[1], "first_release_term": begun[2]}
        ended = self._fact(last_event)
        if ended is not None:
            values["last_run"] = ended[1]
        values["last_release_term"] = self._release_of(number)
        if newest is not None:
            values |= heading_of(newest)
        self._write(number, values)
        return True

    def _fact(self, event: int) -> tuple[Any, ...] | None:
        return self._raw.execute(self._of_event, (event,)).fetchone()

    def _release_of(self, issue: int) -> int | None:
        """Return the release of the last event that came with one."""
        ids: list[Any] = self._raw.execute(self._last_ids, (issue, _NEWEST, 0)).fetchall()
        for (event,) in ids:
            fact = self._fact(event)
            if fact is not None and fact[2] is not None:
                return int(fact[2])
        if len(ids) < _NEWEST:
            return None
        found: Any = self._raw.execute(self._last_release, (issue, 1, 0)).fetchone()
        return None if found is None else int(found[0])

    def _write(self, number: int, values: Mapping[str, Any]) -> None:
        issue = schema.issue
        ordered = [name for name in issue.columns.keys() if name in values]  # noqa: SIM118 - not a dict
        sql = sql_of(
            update(issue)
            .values({name: bindparam(f"new_{name}") for name in ordered})
            .where(issue.c.id == bindparam("which"))
        )
        self._raw.execute(sql, (*(values[name] for name in ordered), number))


def heading_of(event: ProcessedEvent) -> dict[str, Any]:
    """Return the columns of an issue's row that say what its newest event is."""
    heading = event.heading
    return {
        "level": event.level.number,
        "title": heading.title,
        "type": heading.type,
        "value": heading.value,
        "culprit": heading.culprit,
        "filename": heading.filename,
        "function": heading.function,
        "lineno": heading.lineno,
        "handled": None if event.handled is None else int(event.handled),
    }


def _count(counts: Mapping[Table, Counter[tuple[int, int]]], event: Leaving) -> None:
    keys: tuple[tuple[Table, Iterable[int]], ...] = (
        (schema.issue_term, event.terms or ()),
        (schema.issue_minute, (event.ts // MINUTE,)),
        (schema.issue_hour, (event.ts // HOUR,)),
    )
    for table, of_event in keys:
        counter = counts[table]
        for key in of_event:
            counter[event.source, key] -= 1
            counter[event.target, key] += 1
