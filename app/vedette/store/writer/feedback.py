"""What users said, as rows."""

from collections.abc import Iterable

import apsw
from sqlalchemy import Table, delete, insert

from vedette.domain.changes import Change, ChangeKind
from vedette.domain.feedback import Feedback
from vedette.domain.outcomes import Outcome
from vedette.store import schema
from vedette.store.engine import sql_of
from vedette.store.writer.interning import Terms, next_id
from vedette.store.writer.records import Place


class FeedbackRows:
    """Writes feedback; of the older reports on one event the last one stays."""

    takes: tuple[type, ...] = (Feedback,)
    kept: tuple[Table, ...] = (schema.feedback,)

    def __init__(self, raw: apsw.Connection, terms: Terms) -> None:
        self._raw = raw
        table = schema.feedback
        self._insert = sql_of(insert(table))
        self._replace = sql_of(
            delete(table).where(
                table.c.about == b"", table.c.project == 0, table.c.report == 1, table.c.id < 0
            )
        )
        self.forget()

    def forget(self) -> None:
        """Drop everything not committed."""
        self._rows: list[tuple[object, ...]] = []
        self._replaced: list[tuple[object, ...]] = []
        self._next = next_id(self._raw, schema.feedback)

    def add(self, value: Feedback, place: Place) -> int | None:
        """Take *value*; None, since its event is what its item became."""
        if place.item.outcome is not Outcome.STORED:  # its event is here already
            return None
        number = self._next
        self._next += 1
        self._rows.append(
            (
                number, value.event_id, place.project, place.run, value.about, value.replay, value.trace,
                int(value.is_report), value.name, value.email, value.message, value.url, value.source,
                value.created, place.request, place.item.n,
            )
        )  # fmt: skip
        if value.is_report:
            self._replaced.append((value.about, place.project, 1, number))
        return None

    def changes(self) -> Iterable[Change]:
        """Return the rows that are new."""
        return (Change(ChangeKind.FEEDBACK, tuple(int(str(row[0])) for row in self._rows)),)

    def flush(self) -> None:
        """Write the batch's rows; the caller holds the transaction."""
        if self._rows:
            self._raw.executemany(self._insert, self._rows)
            self._raw.executemany(self._replace, self._replaced)
        self._rows, self._replaced = [], []
