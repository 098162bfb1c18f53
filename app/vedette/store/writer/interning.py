"""Numbers for texts that repeat: terms, senders, stacks, span descriptions.

Each keeps what it has seen in memory, bounded, and asks the database only for the rest. New rows are
collected and written with the batch. After a rollback everything must be forgotten: `forget` does.
"""

import hashlib
from typing import Any

import apsw
from sqlalchemy import Table, bindparam, func, insert, select, update

from vedette.store import dialect, schema
from vedette.store.engine import sql_of

_CACHED = 200_000
_VALUE = sql_of(select(schema.meta.c.value).where(schema.meta.c.key == ""))


def next_id(raw: apsw.Connection, table: Table) -> int:
    """Return the first row id of *table* that was never given."""
    row = raw.execute(sql_of(select(func.max(table.c.id)))).fetchone()
    return max(row[0] if row and row[0] else 0, _last_given(raw, table)) + 1


def keep_ids_given(raw: apsw.Connection, table: Table) -> None:
    """Remember the last row id of *table*, whose newest rows are about to go: ids are not given twice."""
    last = next_id(raw, table) - 1
    raw.execute(sql_of(dialect.insert_or_replace(schema.meta)), (f"last_{table.name}", str(last)))


def _last_given(raw: apsw.Connection, table: Table) -> int:
    row = raw.execute(_VALUE, (f"last_{table.name}",)).fetchone()
    return int(row[0]) if row else 0


class Interner:
    """Gives each key (a tuple of column values) of *table* its id."""

    def __init__(self, raw: apsw.Connection, table: Table, *key_columns: str) -> None:
        self._raw = raw
        self._table = table
        columns = [table.c[name] for name in key_columns]
        find = select(table.c.id)
        for column in columns:
            find = find.where(column == "")
        self._find = sql_of(find)
        self._insert = sql_of(insert(table).values(dict.fromkeys(("id", *key_columns))))
        self.forget()

    def forget(self) -> None:
        """Drop everything not committed, and the memory of what was."""
        self._known: dict[Any, int] = {}
        self._new: list[tuple[Any, ...]] = []
        self._next = next_id(self._raw, self._table)

    def id_of(self, *key: Any) -> int:
        """Return the id of *key*, which may be new with this batch."""
        known = self._known.get(key)
        if known is not None:
            return known
        row = self._raw.execute(self._find, key).fetchone()
        if row is None:
            number = self._next
            self._next += 1
            self._new.append((number, *key))
        else:
            number = row[0]
        self._known[key] = number
        return number

    def flush(self) -> None:
        """Write the new rows; the caller holds the transaction."""
        if self._new:
            self._raw.executemany(self._insert, self._new)
            self._new = []
        if len(self._known) > _CACHED:
            # Starting over costs one look-up a key; keeping count of use would cost more on every hit.
            self._known.clear()


class Terms(Interner):
    """Tag keys and values, interned together."""

    def __init__(self, raw: apsw.Connection) -> None:
        super().__init__(raw, schema.term, "key", "value")


class Stacks(Interner):
    """Distinct stacks. Their text is indexed when first seen."""

    def __init__(self, raw: apsw.Connection) -> None:
        self._texts: list[tuple[int, str]] = []
        super().__init__(raw, schema.stack, "hash")

    def forget(self) -> None:
        super().forget()
        self._texts = []

    def id_of_stack(self, digest: bytes, text: str) -> tuple[int, bool]:
        """Return the id of a stack, and whether it is new."""
        before = self._next
        number = self.id_of(digest)
        is_new = number >= before
        if is_new:
            self._texts.append((number, text))
        return number, is_new

    def flush(self) -> None:
        super().flush()
        if self._texts:
            self._raw.executemany(dialect.insert_full_text("stack_find"), self._texts)
            self._texts = []


class Descriptions:
    """Span operations with their descriptions, found by a hash so that no index holds the text.

    Beside the text stands what it has in common with others of its kind: another row, or itself.
    """

    def __init__(self, raw: apsw.Connection) -> None:
        self._raw = raw
        table = schema.description
        self._find = sql_of(select(table.c.id, table.c.normal).where(table.c.hash == b""))
        self._insert = sql_of(insert(table))
        self._update = sql_of(
            update(table)
            .values(normal=bindparam("a"), group_hash=bindparam("b"))
            .where(table.c.id == bindparam("c"))
        )
        self.forget()

    def forget(self) -> None:
        """Drop everything not committed, and the memory of what was."""
        self._known: dict[tuple[str, str], tuple[int, int]] = {}
        self._new: list[tuple[object, ...]] = []
        self._changed: list[tuple[object, ...]] = []
        self._next = next_id(self._raw, schema.description)

    def id_of_text(self, op: str, text: str, normal: str = "") -> tuple[int, int]:
        """Return the number of a description, and that of its group: the number of *normal*, else its own."""
        known = self._known.get((op, text))
        if known is not None:
            return known
        digest = hashlib.blake2b(f"{op}\0{text}".encode("utf-8", "replace"), digest_size=8).digest()
        row = self._raw.execute(self._find, (digest,)).fetchone()
        if row is None:
            number, group = self._next, None
            self._next += 1
        else:
            number, group = row
        self._known[op, text] = number, number
        if group is None and normal:
            group = number if normal == text else self.id_of_text(op, normal, normal)[0]
            name = hashlib.md5(normal.encode("utf-8", "replace"), usedforsecurity=False).digest()[:8]
            if row is not None:
                self._changed.append((group, name, number))
        else:
            name = None
        if row is None:
            self._new.append((number, digest, op, text, group, name))
        found = self._known[op, text] = number, group or number
        return found

    def flush(self) -> None:
        """Write the new rows; the caller holds the transaction."""
        if self._new:
            self._raw.executemany(self._insert, self._new)
            self._new = []
        if self._changed:
            self._raw.executemany(self._update, self._changed)
            self._changed = []
        if len(self._known) > _CACHED:
            self._known.clear()


class Senders:
    """Who sends: address and client, with counts and what their client reports said."""

    def __init__(self, raw: apsw.Connection) -> None:
        self._raw = raw
        sender = schema.sender
        self._find = sql_of(select(sender.c.id).where(sender.c.ip == "", sender.c.client == ""))
        self._insert = sql_of(insert(sender))
        self._touch = sql_of(
            update(sender)
            .values(last=bindparam("a"), n=sender.c.n + bindparam("b"))
            .where(sender.c.id == bindparam("c"))
        )
        self._report = sql_of(
            update(sender).values(dropped=bindparam("a")).where(sender.c.id == bindparam("b"))
        )
        self.forget()

    def forget(self) -> None:
        self._known: dict[tuple[str, str], int] = {}
        self._new: dict[int, tuple[str, str, int]] = {}
        self._seen: dict[int, list[int]] = {}  # id: [last, n]
        self._reports: dict[int, str] = {}
        self._next = next_id(self._raw, schema.sender)

    def id_of(self, ip: str, client: str, received: int) -> int:
        """Return the sender's id and count one request of it."""
        key = (ip, client)
        number = self._known.get(key)
        if number is None:
            row = self._raw.execute(self._find, key).fetchone()
            if row is None:
                number = self._next
                self._next += 1
                self._new[number] = (ip, client, received)
            else:
                number = row[0]
            self._known[key] = number
        seen = self._seen.setdefault(number, [received, 0])
        seen[0] = max(seen[0], received)
        seen[1] += 1
        return number

    def report(self, number: int, words: str) -> None:
        """Keep what the sender says it dropped."""
        self._reports[number] = words

    def flush(self) -> None:
        """Write the batch's senders; the caller holds the transaction."""
        fresh = [
            (number, ip, client, first, *self._seen.pop(number), "", 0)
            for number, (ip, client, first) in self._new.items()
        ]
        if fresh:
            self._raw.executemany(self._insert, fresh)
        if self._seen:
            self._raw.executemany(
                self._touch, [(last, n, number) for number, (last, n) in self._seen.items()]
            )
        if self._reports:
            self._raw.executemany(self._report, [(words, number) for number, words in self._reports.items()])
        self._new, self._seen, self._reports = {}, {}, {}
        if len(self._known) > _CACHED:
            self._known.clear()
