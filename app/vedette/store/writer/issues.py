"""Which issue an event belongs to, and what the event changes about it.

An issue's row is read once, changed in memory by every event of the batch, and written once.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

import apsw
import orjson
from sqlalchemy import bindparam, delete, insert, select, update

from vedette.domain.issues import Status, Substatus, initial_priority
from vedette.domain.json import JsonObject
from vedette.domain.processed import ProcessedEvent
from vedette.store import dialect, schema
from vedette.store.engine import sql_of
from vedette.store.writer.interning import next_id
from vedette.store.writer.overrulings import Overrulings
from vedette.store.writer.workflow import Row, Workflow

_CACHED = 50_000
_COLUMNS = [column.name for column in schema.issue.columns]
_UNRESOLVED, _RESOLVED = Status.UNRESOLVED.number, Status.RESOLVED.number


@dataclass(slots=True)
class Placement:
    """Where an event went."""

    issue: int
    is_new: bool
    is_regression: bool


@dataclass(slots=True)
class _Batch:
    rows: dict[int, Row] = field(default_factory=dict)  # touched issues, whole rows
    new: set[int] = field(default_factory=set)
    hashes: list[tuple[int, bytes, int]] = field(default_factory=list)
    users: set[tuple[int, int]] = field(default_factory=set)
    stacks: set[tuple[int, int]] = field(default_factory=set)
    activities: list[tuple[int, int, str, str]] = field(default_factory=list)
    shorts: dict[int, int] = field(default_factory=dict)  # project: last short id


class Issues:
    """Assigns events to issues and keeps the issues' rows."""

    def __init__(self, raw: apsw.Connection) -> None:
        self._raw = raw
        self.workflow = Workflow(raw)
        issue, by_hash, project = schema.issue, schema.issue_hash, schema.project
        self._find_hash = sql_of(select(by_hash.c.issue).where(by_hash.c.project == 0, by_hash.c.hash == b""))
        self._find_row = sql_of(select(issue).where(issue.c.id == 0))
        self._find_short = sql_of(select(project.c.last_short).where(project.c.id == 0))
        self._insert = sql_of(insert(issue))
        changing = [
            name for name in _COLUMNS if name not in ("id", "project", "short", "kind", "grouping_config")
        ]
        self._changing = changing
        self._update = sql_of(
            update(issue)
            .values({name: bindparam(f"new_{name}") for name in changing})
            .where(issue.c.id == bindparam("which"))
        )
        self._find_pending = sql_of(select(schema.deletion.c.issue))
        self._drop_hash = sql_of(delete(by_hash).where(by_hash.c.project == 0, by_hash.c.hash == b""))
        self._insert_hash = sql_of(dialect.insert_or_ignore(by_hash))
        self._insert_user = sql_of(dialect.insert_or_ignore(schema.issue_user))
        self._insert_stack = sql_of(dialect.insert_or_ignore(schema.issue_stack))
        self._insert_activity = sql_of(insert(schema.activity))
        self._set_short = sql_of(
            update(project).values(last_short=bindparam("new")).where(project.c.id == bindparam("which"))
        )
        self.forget()

    def forget(self) -> None:
        """Drop the batch and everything remembered."""
        self._batch = _Batch()
        self._of_hash: dict[tuple[int, str], int] = {}
        self.overrulings = Overrulings(self._raw)
        self.workflow.forget()
        self._pending = {row[0] for row in self._raw.execute(self._find_pending)}
        self._known_users: set[tuple[int, int]] = set()
        self._known_stacks: set[tuple[int, int]] = set()
        self._next = next_id(self._raw, schema.issue)

    def relearn(self) -> None:
        """Ask anew for what is remembered of the store: events have changed their issue, or issues are gone.

        To be called between batches, or in one that has brought no events.
        """
        for memory in (self._of_hash, self._known_users, self._known_stacks):
            memory.clear()
        self.workflow.forget()
        self.overrulings = Overrulings(self._raw)

    def forget_users(self) -> None:
        """Ask anew which users are counted: events have changed their issue."""
        self._known_users.clear()

    def is_there(self, number: int) -> bool:
        """Return whether issue *number* is there, as the store says it."""
        return self._raw.execute(self._find_row, (number,)).fetchone() is not None

    def take_number(self) -> int:
        """Return the id of an issue that is to be written."""
        number = self._next
        self._next += 1
        return number

    def take_short(self, project: int) -> int:
        """Return the next number for a short id of *project*, which is used with that."""
        return self._take_short(project)

    @property
    def new_ids(self) -> list[int]:
        """The issues born in this batch."""
        return sorted(self._batch.new)

    @property
    def touched_ids(self) -> list[int]:
        """The issues this batch changed, new ones among them."""
        return sorted(self._batch.rows)

    def place(
        self,
        event: ProcessedEvent,
        event_row: int,
        project: int,
        run: int,
        release: int | None,
        user: int | None,
        stack: int | None,
    ) -> Placement:
        """Assign *event* to its issue, a new one if none of its hashes is known.

        What people decided comes first: a moved event stays where it was moved to, a split sends on what
        fits it.
        """
        hashes = event.grouping.hashes
        pin = self.overrulings.pin(project, event.event_id)
        home = self._find(project, hashes) if pin is None else pin.issue
        number = None
        if home is not None:
            number = self.overrulings.place(home, event.grouping.splits, 0 if pin is None else pin.after)
        if number in self._pending:
            self._leave(project, hashes)
            home = number = None
        row = None if number is None else self._row(number)
        is_new, is_regression = row is None, False
        if row is None:
            # What a split sends to an issue that was deleted, or is too old to be there, begins it anew.
            number = self._create(event, event_row, project, run, release, number)
            row = self._batch.rows[number]
        else:
            self._change(row, event, event_row, run, release)
        number = row["id"]
        if pin is None:
            # Where hashes lead is decided anew each time: they stay with the issue they were first seen in.
            self._remember_hashes(project, hashes, number if home is None else home)
        if user is not None:
            self._count_user(row, number, user)
        if not is_new:
            is_regression = self.workflow.see(row, event, run, release, user, self.note)
        if stack is not None and (stack, number) not in self._known_stacks:
            self._known_stacks.add((stack, number))
            self._batch.stacks.add((stack, number))
        return Placement(number, is_new, is_regression)

    def _find(self, project: int, hashes: tuple[str, ...]) -> int | None:
        for digest in hashes:
            number = self._of_hash.get((project, digest))
            if number is None:
                found = self._raw.execute(self._find_hash, (project, bytes.fromhex(digest))).fetchone()
                number = found[0] if found else None
            if number is not None:
                return number
        return None

    def _leave(self, project: int, hashes: tuple[str, ...]) -> None:
        """Let *hashes* lead nowhere: what comes while an issue waits to be deleted begins one of its own."""
        for digest in hashes:
            self._raw.execute(self._drop_hash, (project, bytes.fromhex(digest)))
            self._of_hash.pop((project, digest), None)

    def _remember_hashes(self, project: int, hashes: tuple[str, ...], number: int) -> None:
        for digest in hashes:
            key = (project, digest)
            if key not in self._of_hash:
                self._of_hash[key] = number
                self._batch.hashes.append((project, bytes.fromhex(digest), number))

    def _row(self, number: int) -> Row | None:
        row = self._batch.rows.get(number)
        if row is None:
            found = self._raw.execute(self._find_row, (number,)).fetchone()
            if found is None:
                return None
            row = self._batch.rows[number] = dict(zip(_COLUMNS, found, strict=True))
        return row

    def _create(
        self,
        event: ProcessedEvent,
        event_row: int,
        project: int,
        run: int,
        release: int | None,
        number: int | None = None,
    ) -> int:
        if number is None:
            number = self._next
            self._next += 1
        heading, batch = event.heading, self._batch
        batch.new.add(number)
        batch.rows[number] = {
            "id": number,
            "project": project,
            "short": self._take_short(project),
            "status": _UNRESOLVED,
            "substatus": Substatus.NEW.value,
            "kind": event.kind,
            "level": event.level.number,
            "priority": int(initial_priority(event.level, handled=event.handled)),
            "title": heading.title,
            "type": heading.type,
            "value": heading.value,
            "culprit": heading.culprit,
            "filename": heading.filename,
            "function": heading.function,
            "lineno": heading.lineno,
            "platform": event.platform,
            "handled": None if event.handled is None else int(event.handled),
            "first": event.timestamp,
            "last": event.timestamp,
            "n": 1,
            "users": 0,
            "first_run": run,
            "last_run": run,
            "first_event": event_row,
            "last_event": event_row,
            "first_release_term": release,
            "last_release_term": release,
            "starred": 0,
            "seen": 0,
            "grouping_config": event.grouping.config,
            "resolved_at": None,
            "status_details": None,
            "substatus_at": event.received,
            "regressed_release_term": None,
            "priority_locked_at": None,
            "notes": None,
        }
        self.note(number, event.received, "first_seen", {})
        return number

    def resolve(self, project: int, digest: str, at: int) -> None:
        """Resolve the unresolved issue of *project* that has hash *digest*: what it is about is over."""
        home = self._find(project, (digest,))
        if home is None:
            return
        number = self.overrulings.place(home)
        row = self._row(number)
        if row is not None and row["status"] == _UNRESOLVED:
            row["status"], row["substatus"], row["resolved_at"] = _RESOLVED, None, at
            self.note(number, at, "set_resolved", {})

    def set_pending(self, numbers: Collection[int], *, pending: bool) -> None:
        """Note that the issues *numbers* wait to be deleted, or that they do not any more."""
        if pending:
            self._pending.update(numbers)
        else:
            self._pending.difference_update(numbers)
        self._of_hash.clear()

    def pass_time(self, at: int) -> None:
        """Change the issues whose time has come at *at*: archived until then, called new for a week."""
        for number in self.workflow.due(at):
            row = self._row(number)
            if row is not None:
                self.workflow.pass_time(row, at, self.note)

    def _take_short(self, project: int) -> int:
        last = self._batch.shorts.get(project)
        if last is None:
            found = self._raw.execute(self._find_short, (project,)).fetchone()
            last = found[0] if found else 0
        self._batch.shorts[project] = last + 1
        return last + 1

    @staticmethod
    def _change(row: Row, event: ProcessedEvent, event_row: int, run: int, release: int | None) -> None:
        row["n"] += 1
        row["last_run"], row["last_event"] = run, event_row
        if event.timestamp < row["first"]:
            row["first"] = event.timestamp
        if release is not None:
            row["last_release_term"] = release
        if event.timestamp >= row["last"]:
            # An event that was delayed on its way does not rename its issue.
            heading = event.heading
            row["last"], row["level"] = event.timestamp, event.level.number
            row["title"], row["type"], row["value"] = heading.title, heading.type, heading.value
            row["culprit"], row["filename"] = heading.culprit, heading.filename
            row["function"], row["lineno"] = heading.function, heading.lineno
            row["handled"] = None if event.handled is None else int(event.handled)

    def _count_user(self, row: Row, number: int, user: int) -> None:
        pair = (number, user)
        if pair in self._known_users:
            return
        self._known_users.add(pair)
        self._raw.execute(self._insert_user, pair)
        row["users"] += self._raw.changes()

    def note(self, issue: int, ts: int, kind: str, data: JsonObject) -> None:
        """Take an activity into the batch: what happened to *issue* at *ts*."""
        self._batch.activities.append((issue, ts, kind, orjson.dumps(data).decode()))

    def flush(self) -> None:
        """Write the batch; the caller holds the transaction."""
        batch, raw = self._batch, self._raw
        fresh = [tuple(batch.rows[number].values()) for number in sorted(batch.new)]
        if fresh:
            raw.executemany(self._insert, fresh)
        changed = [
            (*(row[name] for name in self._changing), number)
            for number, row in batch.rows.items()
            if number not in batch.new
        ]
        if changed:
            raw.executemany(self._update, changed)
        for sql, rows in (
            (self._insert_hash, batch.hashes),
            (self._insert_stack, sorted(batch.stacks)),
            (self._set_short, [(short, project) for project, short in batch.shorts.items()]),
        ):
            if rows:
                raw.executemany(sql, rows)
        if batch.activities:
            # Asked anew each time: commands note activities of their own between batches.
            first = next_id(raw, schema.activity)
            raw.executemany(
                self._insert_activity, [(first + i, *row) for i, row in enumerate(batch.activities)]
            )
        self._batch = _Batch()
        for memory in (self._of_hash, self._known_users, self._known_stacks):
            if len(memory) > _CACHED:
                memory.clear()
