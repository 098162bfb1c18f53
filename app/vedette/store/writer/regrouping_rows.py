"""What regrouping reads and writes of events and hashes; the caller holds the transaction where it writes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import apsw
from sqlalchemy import bindparam, delete, func, select, tuple_, update

from vedette.store import dialect, schema
from vedette.store.engine import sql_of
from vedette.store.term_list import unpack_terms

_EVENT = ("id", "eid", "issue", "project", "run", "ts", "user_term", "stack", "request", "item", "hash")
_FROM_BEGINNING = (-(2**62), 0)


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event, and the issue its hash leads to."""

    id: int
    eid: bytes
    issue: int
    project: int
    run: int
    ts: int
    user: int | None
    stack: int | None
    request: int
    item: int
    hash: bytes | None
    home: int | None

    @property
    def event_id(self) -> str:
        return self.eid.hex()


class RegroupingRows:
    """Events by issue, by id and by project, their hashes and where those lead."""

    def __init__(self, raw: apsw.Connection) -> None:
        self._raw = raw
        event, by_hash, planned, find = (
            schema.event,
            schema.issue_hash,
            schema.regrouped_event,
            dialect.find,
        )
        is_of = (by_hash.c.project == event.c.project) & (by_hash.c.hash == event.c.hash)
        row = select(*(event.c[name] for name in _EVENT), by_hash.c.issue).outerjoin(by_hash, is_of)
        after = tuple_(event.c.ts, event.c.id) > tuple_(0, 0)
        self._page = sql_of(row.where(event.c.issue == 0, after).order_by(event.c.ts, event.c.id).limit(1))
        self._by_id = sql_of(row.where(event.c.id == 0))
        self._terms = sql_of(select(schema.event_terms.c.terms).where(schema.event_terms.c.id == 0))
        which = (by_hash.c.project == 0, by_hash.c.hash == b"")
        self._home = sql_of(select(by_hash.c.issue).where(*which))
        self._lead = sql_of(dialect.insert_or_ignore(by_hash))
        self._forget_hash = sql_of(delete(by_hash).where(*which, by_hash.c.issue == 0))
        self._set_hash = sql_of(
            update(event).values(hash=bindparam("new_hash")).where(event.c.id == bindparam("which"))
        )
        matching = find.c.find.op("MATCH")("")
        self._tokens = sql_of(select(find.c.rowid).where(matching, find.c.rowid >= 0, find.c.rowid <= 0))
        of_project = select(event.c.id).where(event.c.id > 0, event.c.project == 0)
        self._ids = sql_of(of_project.order_by(event.c.id).limit(1))
        self._count = sql_of(select(func.count()).where(event.c.project == 0))
        self._plan = sql_of(dialect.insert_or_replace(planned))
        self._drop_plan = sql_of(delete(planned).where(planned.c.regrouping == 0))
        self._planned = sql_of(
            select(planned.c.event, planned.c.before, planned.c.after)
            .where(planned.c.regrouping == 0, planned.c.event > 0)
            .order_by(planned.c.event)
            .limit(1)
        )
        of_issue = event.c.issue == 0
        self._first_hashes = sql_of(
            select(event.c.hash, func.max(event.c.ts)).where(of_issue).group_by(event.c.hash)
        )
        self._with_hash = sql_of(row.where(of_issue, event.c.ts == 0, event.c.hash == b""))

    # ---------------------------------------------------------------- events

    def page(self, issue: int, after: EventRow | None, limit: int) -> list[EventRow]:
        """Return events of *issue*, those that happened first first. Index: event(issue, ts, id)."""
        since = _FROM_BEGINNING if after is None else (after.ts, after.id)
        return [EventRow(*row) for row in self._raw.execute(self._page, (issue, *since, limit, 0))]

    def rows(self, ids: Iterable[int]) -> list[EventRow]:
        """Return the events with the row ids *ids*, without those that are gone. Index: primary key."""
        return [EventRow(*row) for one in ids for row in self._raw.execute(self._by_id, (one,))]

    def ids_after(self, project: int, after: int, limit: int) -> list[int]:
        """Return the next row ids of events of *project*, in order of arrival. Index: primary key."""
        return [int(n) for (n,) in self._numbers(self._ids, (after, project, limit, 0))]

    def count(self, project: int) -> int:
        """Return how many events *project* has. Reads all events."""
        return int(self._raw.execute(self._count, (project,)).get)

    def terms(self, event: int) -> list[int] | None:
        """Return an event's terms; None if it was written before they were kept."""
        row = self._raw.execute(self._terms, (event,)).fetchone()
        return None if row is None else unpack_terms(row[0])

    def carrying(self, issues: Iterable[int], first: int, last: int) -> set[int]:
        """Return the events from row *first* to *last* whose token is that of one of *issues*."""
        words = " OR ".join(dialect.quote(f"{dialect.ISSUE}{number}") for number in issues)
        return {int(n) for (n,) in self._numbers(self._tokens, (f"tags : ({words})", first, last))}

    # ---------------------------------------------------------------- hashes

    def home(self, project: int, digest: str) -> int | None:
        """Return the issue a hash leads to, before splits and merges."""
        found = self._numbers(self._home, (project, bytes.fromhex(digest)))
        return int(found[0][0]) if found else None

    def lead(self, project: int, digest: str, issue: int) -> bool:
        """Let a hash that leads nowhere lead to *issue*; False if it leads somewhere."""
        self._raw.execute(self._lead, (project, bytes.fromhex(digest), issue))
        return bool(self._raw.changes())

    def forget_hashes(self, project: int, led: dict[str, int]) -> None:
        """Let hashes lead nowhere that still lead where they were led."""
        rows = [(project, bytes.fromhex(digest), issue) for digest, issue in led.items()]
        self._raw.executemany(self._forget_hash, rows)

    def set_hashes(self, hashes: Iterable[tuple[bytes | None, int]]) -> None:
        """Give events (by row id) their first hash."""
        self._raw.executemany(self._set_hash, hashes)

    def first_hashes(self, issue: int) -> dict[bytes, int]:
        """Return the first hashes of an issue's events, each with the time of its last. Reads them all."""
        rows = self._numbers(self._first_hashes, (issue,))
        return {digest: int(ts) for digest, ts in rows if digest is not None}

    def event_with(self, issue: int, digest: bytes, ts: int) -> EventRow | None:
        """Return an event of *issue* by its hash and time. Index: event(issue, ts, id)."""
        row = self._raw.execute(self._with_hash, (issue, ts, digest)).fetchone()
        return None if row is None else EventRow(*row)

    # ---------------------------------------------------------------- plans

    def plan(self, regrouping: int, event: EventRow, after: str) -> None:
        """Note that *event* is to have the hash *after*."""
        self._raw.execute(self._plan, (regrouping, event.id, event.hash, bytes.fromhex(after)))

    def planned(
        self, regrouping: int, after: int, limit: int
    ) -> list[tuple[int, bytes | None, bytes | None]]:
        """Return the next planned events: row id, the hash before, the hash after."""
        return [
            (int(n), before, then)
            for n, before, then in self._numbers(self._planned, (regrouping, after, limit, 0))
        ]

    def drop_plan(self, regrouping: int) -> None:
        """Forget what was planned."""
        self._raw.execute(self._drop_plan, (regrouping,))

    def set_edition(self, project: int, config: str) -> None:
        """Note by which edition of grouping the issues of *project* are grouped."""
        issue = schema.issue
        write = update(issue).values(grouping_config=bindparam("a")).where(issue.c.project == bindparam("b"))
        self._raw.execute(sql_of(write), (config, project))

    # ---------------------------------------------------------------- splits

    def splits(self) -> list[tuple[int, int, str]]:
        """Return all splits, the oldest first: number, project, matchers."""
        split = schema.split
        asked = select(split.c.id, split.c.project, split.c.matchers).order_by(split.c.id)
        return [
            (int(number), int(project), text) for number, project, text in self._numbers(sql_of(asked), ())
        ]

    def _numbers(self, sql: str, values: Sequence[Any]) -> list[Any]:
        return self._raw.execute(sql, values).fetchall()
