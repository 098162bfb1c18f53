"""Profiles and chunks, as rows."""

from collections.abc import Iterable

import apsw
import orjson
from sqlalchemy import Table, insert, select

from vedette.domain.changes import Change, ChangeKind
from vedette.domain.outcomes import Outcome, Reason
from vedette.domain.profiles import Profile, ProfileChunk
from vedette.store import schema
from vedette.store.engine import sql_of
from vedette.store.writer.interning import Terms, next_id
from vedette.store.writer.records import Place


class Profiles:
    """Writes profiles and chunks; one that is here already is a duplicate."""

    takes: tuple[type, ...] = (Profile, ProfileChunk)
    kept: tuple[Table, ...] = (schema.profile, schema.profile_chunk)

    def __init__(self, raw: apsw.Connection, terms: Terms) -> None:
        self._raw = raw
        self._terms = terms
        self._inserts = {table: sql_of(insert(table)) for table in self.kept}
        profile, chunk = schema.profile, schema.profile_chunk
        self._finds = {
            profile: sql_of(select(profile.c.id).where(profile.c.profile_id == b"", profile.c.project == 0)),
            chunk: sql_of(select(chunk.c.id).where(chunk.c.chunk_id == b"", chunk.c.project == 0)),
        }
        self.forget()

    def forget(self) -> None:
        """Drop everything not committed."""
        self._rows: dict[Table, list[tuple[object, ...]]] = {table: [] for table in self.kept}
        self._seen: set[tuple[str, bytes, int]] = set()
        self._next = {table: next_id(self._raw, table) for table in self.kept}

    def add(self, value: Profile | ProfileChunk, place: Place) -> int | None:
        """Take *value*; returns its row's id, None for a duplicate."""
        if isinstance(value, Profile):
            number = self._number(schema.profile, value.profile_id, "profile", place)
            row = None if number is None else self._profile_row(number, value, place)
            table = schema.profile
        else:
            number = self._number(schema.profile_chunk, value.chunk_id, "profile chunk", place)
            row = None if number is None else self._chunk_row(number, value, place)
            table = schema.profile_chunk
        if row is not None:
            self._rows[table].append(row)
        return number

    def _number(self, table: Table, ident: bytes, what: str, place: Place) -> int | None:
        key = (table.name, ident, place.project)
        if key in self._seen or self._raw.execute(self._finds[table], (ident, place.project)).fetchone():
            item = place.item
            item.outcome, item.reason = Outcome.DUPLICATE, Reason.DUPLICATE_ITEM
            item.detail = f"{what} {ident.hex()} is already here"
            return None
        self._seen.add(key)
        number = self._next[table]
        self._next[table] = number + 1
        return number

    def _profile_row(self, number: int, value: Profile, place: Place) -> tuple[object, ...]:
        return (
            number, value.profile_id, place.project, place.run, value.format.value, value.started,
            value.duration, value.platform, self._terms.id_of("transaction", value.transaction),
            value.transaction_id, value.trace_id, value.segment_id,
            self._term("environment", value.environment), self._term("release", value.release),
            value.active_thread, orjson.dumps(value.threads).decode(), value.samples, value.sdk,
            place.request, place.item.n,
        )  # fmt: skip

    def _chunk_row(self, number: int, value: ProfileChunk, place: Place) -> tuple[object, ...]:
        return (
            number, value.profiler_id, value.chunk_id, place.project, place.run, value.format.value,
            value.started, value.finished, value.platform, self._term("environment", value.environment),
            self._term("release", value.release), orjson.dumps(value.threads).decode(), value.samples,
            value.sdk, place.request, place.item.n,
        )  # fmt: skip

    def _term(self, key: str, value: str | None) -> int | None:
        return None if value is None else self._terms.id_of(key, value)

    def changes(self) -> Iterable[Change]:
        """Return the profiles and the chunks that are new."""
        kinds = ((schema.profile, ChangeKind.PROFILE), (schema.profile_chunk, ChangeKind.PROFILE_CHUNK))
        return [Change(kind, tuple(int(str(row[0])) for row in self._rows[table])) for table, kind in kinds]

    def flush(self) -> None:
        """Write the batch's rows; the caller holds the transaction."""
        for table, rows in self._rows.items():
            if rows:
                self._raw.executemany(self._inserts[table], rows)
                self._rows[table] = []
        self._seen = set()
