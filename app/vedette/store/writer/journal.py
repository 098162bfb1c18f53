"""The journal of regrouping: what people did to grouping, how far it has got, and how it is undone."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import apsw
import orjson
from sqlalchemy import bindparam, insert, or_, select, update

from vedette.domain.json import JsonObject
from vedette.store import schema
from vedette.store.engine import sql_of
from vedette.store.writer.interning import next_id


class Kind(StrEnum):
    """What a regrouping is."""

    MERGE = "merge"
    UNMERGE = "unmerge"
    SPLIT = "split"
    MOVE = "move"
    RULES = "rules"


class State(StrEnum):
    """How far a regrouping has got."""

    WAITING = "waiting"  # another one is not finished yet
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    UNDOING = "undoing"
    UNDONE = "undone"


UNFINISHED = (State.WAITING, State.RUNNING, State.UNDOING)


@dataclass(slots=True)
class Entry:
    """One regrouping. ``data`` is what its kind needs; ``touched`` are issues that are not settled yet."""

    id: int
    at: int
    kind: Kind
    project: int
    state: State
    done: int = 0  # events looked at
    total: int = 0
    moved: int = 0  # events that changed their issue
    data: JsonObject = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)

    @property
    def is_finished(self) -> bool:
        return self.state not in UNFINISHED


_COLUMNS = ("at", "kind", "project", "state", "done", "total", "moved", "data", "touched")


class Journal:
    """Reads and writes entries; the caller holds the transaction where it writes."""

    def __init__(self, raw: apsw.Connection) -> None:
        self._raw = raw
        table = schema.regrouping
        self._by_id = sql_of(select(table).where(table.c.id == 0))
        states = or_(*(table.c.state == state.value for state in UNFINISHED))
        self._unfinished = sql_of(select(table).where(states).order_by(table.c.id))
        self._insert = sql_of(insert(table))
        self._save = sql_of(
            update(table)
            .values({name: bindparam(f"new_{name}") for name in _COLUMNS})
            .where(table.c.id == bindparam("which"))
        )
        self._progress = sql_of(
            update(table)
            .values({name: bindparam(f"new_{name}") for name in ("done", "moved", "touched")})
            .where(table.c.id == bindparam("which"))
        )

    def begin(self, kind: Kind, project: int, at: int, state: State, data: JsonObject) -> Entry:
        """Return a new entry, written."""
        entry = Entry(next_id(self._raw, schema.regrouping), at, kind, project, state, data=data)
        self._raw.execute(self._insert, (entry.id, *_values(entry)))
        return entry

    def find(self, number: int) -> Entry | None:
        """Return entry *number*, None if there is none."""
        row = self._raw.execute(self._by_id, (number,)).fetchone()
        return None if row is None else _entry(row)

    def unfinished(self) -> Iterator[Entry]:
        """Yield what is not finished, the oldest first."""
        states = tuple(state.value for state in UNFINISHED)
        yield from map(_entry, self._raw.execute(self._unfinished, states).fetchall())

    def save(self, entry: Entry) -> None:
        """Write all of *entry*."""
        self._raw.execute(self._save, (*_values(entry), entry.id))

    def save_progress(self, entry: Entry) -> None:
        """Write how far *entry* has got: `done`, `moved`, `touched`."""
        touched = orjson.dumps(sorted(entry.touched)).decode()
        self._raw.execute(self._progress, (entry.done, entry.moved, touched, entry.id))


def _values(entry: Entry) -> tuple[Any, ...]:
    return (
        entry.at, entry.kind.value, entry.project, entry.state.value, entry.done, entry.total, entry.moved,
        orjson.dumps(entry.data).decode(), orjson.dumps(sorted(entry.touched)).decode(),
    )  # fmt: skip


def _entry(row: tuple[Any, ...]) -> Entry:
    number, at, kind, project, state, done, total, moved, data, touched = row
    return Entry(
        number, at, Kind(kind), project, State(state), done, total, moved,
        orjson.loads(data), set(orjson.loads(touched)),
    )  # fmt: skip
