"""Log records of a batch."""

from collections import Counter
from collections.abc import Iterable

import apsw
import orjson
from sqlalchemy import Table, insert

from vedette.domain.changes import Change, ChangeKind
from vedette.domain.inferred import Inferred
from vedette.domain.logs import LogBatch, level_of
from vedette.domain.times import HOUR, MINUTE
from vedette.store import dialect, schema
from vedette.store.engine import sql_of
from vedette.store.writer.interning import Terms, next_id
from vedette.store.writer.records import Place

BODY_CHARACTERS = 8_192
"""Of a body, what is stored in its row and indexed; the whole is in the payload."""


class Logs:
    """Writes log records with their words, and counts them by minute and hour."""

    takes: tuple[type, ...] = (LogBatch,)
    kept: tuple[Table, ...] = (schema.log,)

    def __init__(self, raw: apsw.Connection, terms: Terms) -> None:
        self._raw = raw
        self._terms = terms
        self._insert = sql_of(insert(schema.log))
        self._insert_find = dialect.insert_full_text("log_find")
        self._counts = [(schema.log_minute, MINUTE), (schema.log_hour, HOUR)]
        self._add_count = {
            table: sql_of(dialect.upsert_adding(table, [table.c.n])) for table, _ in self._counts
        }
        self._next = 0
        self.forget()

    def add(self, value: LogBatch, place: Place) -> int | None:
        """Take the records of *value*; returns the first one's row id."""
        project, run, request, item = place.project, place.run, place.request, place.item.n
        rows, find_rows, counted = self._rows, self._find_rows, self._counted
        number = first = self._next
        # Most records of a container say the same of where they ran and differ in little else.
        known: dict[tuple[int, str | None, str | None], tuple[int | None, int | None, str]] = {}
        for record in value.records:
            level = (record.severity + 3) // 4
            key = (level, record.environment, record.release)
            said = known.get(key)
            if said is None:
                said = known[key] = self._words(level, record.environment, record.release, project, run)
            environment, release, tokens = said
            body = record.body[:BODY_CHARACTERS]
            rows.append(
                (
                    number, project, run, record.ts, record.trace_id, record.span_id, record.severity, body,
                    environment, release, request, item, record.n,
                )
            )  # fmt: skip
            find_rows.append((number, body, tokens))
            counted[project, level, record.ts // MINUTE] += 1
            number += 1
        self._next = number
        return first if number > first else None

    def _words(
        self, level: int, environment: str | None, release: str | None, project: int, run: int
    ) -> tuple[int | None, int | None, str]:
        id_of = self._terms.id_of
        env_term = None if environment is None else id_of("environment", environment)
        release_term = None if release is None else id_of("release", release)
        numbers = (id_of("level", level_of(4 * level)), env_term, release_term)
        tokens = [dialect.ANY, f"{dialect.PROJECT}{project}", f"{dialect.RUN}{run}"]
        tokens.extend(f"{dialect.TERM}{number}" for number in numbers if number is not None)
        return env_term, release_term, " ".join(tokens)

    def changes(self) -> Iterable[Change]:
        """Say the first and last row of the batch."""
        if self._rows:
            yield Change(ChangeKind.LOG, (self._rows[0][0], self._rows[-1][0]))

    def flush(self) -> None:
        """Write the batch's records; the caller holds the transaction."""
        if not self._rows:
            return
        self._raw.executemany(self._insert, self._rows)
        self._raw.executemany(self._insert_find, self._find_rows)
        for table, grain in self._counts:
            sums: Counter[tuple[int, int, int]] = Counter()
            for (project, level, minute), n in self._counted.items():
                sums[project, level, minute * MINUTE // grain] += n
            rows = [(*key, n) for key, n in sorted(sums.items())]
            self._raw.executemany(self._add_count[table], rows)
        self._clear()

    def forget(self) -> None:
        """Drop everything not committed."""
        self._clear()
        self._next = next_id(self._raw, schema.log)

    def _clear(self) -> None:
        self._rows: list[tuple[int, *tuple[object, ...]]] = []
        self._find_rows: list[tuple[int, str, str]] = []
        self._counted: Counter[tuple[int, int, int]] = Counter()


class InferredAttributes:
    """Writes what the request told of an item's entries."""

    takes: tuple[type, ...] = (Inferred,)
    kept: tuple[Table, ...] = (schema.inferred,)

    def __init__(self, raw: apsw.Connection, terms: Terms) -> None:
        self._raw = raw
        self._insert = sql_of(insert(schema.inferred))
        self._rows: list[tuple[int, int, int, str]] = []
        self._next = 0
        self.forget()

    def add(self, value: Inferred, place: Place) -> None:
        """Take *value*; it makes no row to refer to."""
        text = orjson.dumps(dict(value.attributes)).decode()
        self._rows.append((self._next, place.request, place.item.n, text))
        self._next += 1

    def changes(self) -> Iterable[Change]:
        """Say nothing: the entries themselves are news."""
        return ()

    def flush(self) -> None:
        """Write the batch's rows; the caller holds the transaction."""
        if self._rows:
            self._raw.executemany(self._insert, self._rows)
            self._rows = []

    def forget(self) -> None:
        """Drop everything not committed."""
        self._rows = []
        self._next = next_id(self._raw, schema.inferred)
