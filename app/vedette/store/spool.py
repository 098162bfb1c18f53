"""What was acknowledged and is not yet in the store: one table, appended by the station, drained by digest.

Its own file, so that an acknowledgement never waits for the store's writer. Appending is one transaction
for all requests that wait, synchronous=FULL: when `append` returns, the entries survive a power loss.
Ids grow for ever, also when the file is deleted, since the store remembers the last one it took.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import apsw

from vedette.domain.times import Micros
from vedette.store.errors import classified

_CREATE = """
CREATE TABLE IF NOT EXISTS spool(
    id INTEGER PRIMARY KEY AUTOINCREMENT, received INTEGER NOT NULL, kind TEXT NOT NULL,
    meta BLOB NOT NULL, body BLOB, file TEXT)
"""
_BUSY_MS = 10_000
_PAGE_SIZE = 8192


@dataclass(frozen=True, slots=True)
class SpoolEntry:
    """One request. ``body`` is as it came over the wire, or lies in *file* of the incoming folder.

    ``kind`` is `envelope`, or `refused` for what the inspector must show all the same.
    ``meta`` is JSON: method, path, endpoint, project, key, client, ip, user_agent, content_type, encoding,
    status, event_id, and query and slug where the endpoint reads them; for refused ones also reason and
    detail.
    """

    received: Micros
    kind: str
    meta: bytes
    body: bytes | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Spooled:
    """An entry with the id it was given."""

    id: int
    received: Micros
    kind: str
    meta: bytes
    body: bytes | None
    file: str | None


class Spool:
    """One connection to the spool; each process and thread opens its own."""

    def __init__(self, path: Path, *, after: int = 0) -> None:
        """Open or create the spool; ids will be greater than *after*."""
        with classified():
            self._db = apsw.Connection(str(path))
            self._db.set_busy_timeout(_BUSY_MS)
            if not self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'spool'").fetchone():
                self._db.pragma("page_size", _PAGE_SIZE)
                self._db.pragma("auto_vacuum", 2)
            self._db.pragma("journal_mode", "wal")
            self._db.pragma("synchronous", 2)
            # The station only ever appends; digest checkpoints when it has drained.
            self._db.pragma("wal_autocheckpoint", 0)
            self._db.execute(_CREATE)
            self._raise_ids_above(after)

    def _raise_ids_above(self, after: int) -> None:
        row = self._db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'spool'").fetchone()
        if row is None:
            self._db.execute("INSERT INTO sqlite_sequence(name, seq) VALUES('spool', ?)", (after,))
        elif row[0] < after:
            self._db.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'spool'", (after,))

    def append(self, entries: Sequence[SpoolEntry]) -> range:
        """Write *entries* in one transaction and return their ids, in order.

        They are on disk when this returns. Raises DiskFullError or another StoreError; then none is.
        """
        db = self._db
        with classified():
            db.execute("BEGIN IMMEDIATE")
            try:
                db.executemany(
                    "INSERT INTO spool(received, kind, meta, body, file) VALUES(?, ?, ?, ?, ?)",
                    [(e.received, e.kind, e.meta, e.body, e.file) for e in entries],
                )
                last = db.last_insert_rowid()
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise
        return range(last - len(entries) + 1, last + 1)

    def read(self, after: int, limit: int, max_bytes: int) -> list[Spooled]:
        """Return the entries after id *after*, oldest first: at most *limit*, about *max_bytes* of bodies."""
        entries: list[Spooled] = []
        size = 0
        with classified():
            rows = self._db.execute(
                "SELECT id, received, kind, meta, body, file FROM spool WHERE id > ? ORDER BY id LIMIT ?",
                (after, limit),
            )
            for row in rows:
                entries.append(Spooled(*row))
                size += len(row[4] or b"")
                if size >= max_bytes:
                    break
            rows.close()
        return entries

    def last_id(self) -> int:
        """Return the greatest id ever given."""
        row = self._db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'spool'").fetchone()
        return row[0] if row else 0

    def pending(self, after: int) -> int:
        """Return how many entries wait after id *after*."""
        row = self._db.execute("SELECT count(*) FROM spool WHERE id > ?", (after,)).fetchone()
        return row[0] if row else 0

    def drop_through(self, last: int) -> None:
        """Forget the entries up to id *last*, which the store holds now.

        Needs no durability: an entry that reappears after a crash is at or below the store's mark.
        """
        with classified():
            self._db.pragma("synchronous", 0)
            try:
                self._db.execute("DELETE FROM spool WHERE id <= ?", (last,))
            finally:
                self._db.pragma("synchronous", 2)

    def checkpoint(self) -> None:
        """Move the WAL into the file as far as no reader hinders, and give pages back to the disk.

        FULL while it runs: a checkpoint that resets the WAL before the file is synced could lose entries.
        """
        with classified():
            self._db.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)

    def shrink(self, pages: int = 2000) -> None:
        """Give up to *pages* free pages back to the disk."""
        with classified():
            self._db.execute(f"PRAGMA incremental_vacuum({pages:d})").fetchall()

    def close(self) -> None:
        self._db.close()
