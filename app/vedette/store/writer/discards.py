"""Hashes of issues that were deleted and are not wanted again: their events are filtered."""

from collections.abc import Iterable

import apsw
from sqlalchemy import delete, select

from vedette.domain.outcomes import Outcome, Reason
from vedette.store import dialect, schema
from vedette.store.engine import sql_of
from vedette.store.writer.records import ItemRecord

_SENTENCE = "its issue was deleted, and events like it are not wanted any more"


class Discards:
    """All of them, in memory: people discard few."""

    def __init__(self, raw: apsw.Connection) -> None:
        table = schema.discarded_hash
        self._raw = raw
        self._all = sql_of(select(table.c.project, table.c.hash))
        self._add = sql_of(dialect.insert_or_ignore(table))
        self._remove = sql_of(delete(table).where(table.c.project == 0, table.c.hash == b""))
        self.forget()

    def forget(self) -> None:
        """Read anew what is committed."""
        self._known: set[tuple[int, bytes]] = set(self._raw.execute(self._all))

    def add(self, project: int, hashes: Iterable[bytes], title: str, at: int) -> None:
        """Filter events of *project* with one of *hashes* from now on. Inside a transaction."""
        for digest in hashes:
            self._raw.execute(self._add, (project, digest, title, at))
            self._known.add((project, digest))

    def remove(self, project: int, hashes: Iterable[bytes]) -> None:
        """Let events of *project* with *hashes* in again. Inside a transaction."""
        for digest in hashes:
            self._raw.execute(self._remove, (project, digest))
            self._known.discard((project, digest))

    def has(self, project: int, hashes: Iterable[str]) -> bool:
        """Return whether events with these *hashes* (hex) are not wanted."""
        return any((project, bytes.fromhex(digest)) in self._known for digest in hashes)

    def filter(self, project: int, items: Iterable[ItemRecord]) -> None:
        """Mark those of a request's *items* that are such events, with the files that came with them."""
        if not self._known:
            return
        items = [item for item in items if item.outcome is Outcome.STORED]
        gone: set[bytes] = set()
        for item in items:
            if item.event is not None and self.has(project, item.event.grouping.hashes):
                gone.add(item.event.event_id)
                _mark(item)
            unwanted = [d for d in item.derived if self.has(project, d.event.grouping.hashes)]
            if unwanted:
                gone.update(derived.event.event_id for derived in unwanted)
                item.derived = [derived for derived in item.derived if derived not in unwanted]
                if not (item.derived or item.spans or item.values or item.attachment):
                    _mark(item)
        for item in items:
            if item.attachment is not None and item.attachment.event_id in gone:
                _mark(item)


def _mark(item: ItemRecord) -> None:
    item.outcome, item.reason, item.detail = Outcome.FILTERED, Reason.DISCARDED, _SENTENCE
