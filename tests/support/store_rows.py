"""A workspace with rows in it: written by the real writer, read as the app reads, plans at hand."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import apsw
from sqlalchemy import Connection, event

from tests.support.builders import MORNING, a_request
from vedette.domain.processed import ProcessedEvent, SpanBatch
from vedette.domain.workspace import Workspace
from vedette.store.engine import Reader
from vedette.store.writer.records import ItemRecord
from vedette.store.writer.writer import StoreWriter


class FilledStore:
    """A workspace that a test fills with `add` and asks through `db`."""

    def __init__(self, folder: Path) -> None:
        self.workspace = Workspace(folder)
        self.writer = StoreWriter(self.workspace)
        self._last = 0
        self._reader: Reader | None = None
        with self.writer.batch():
            self.writer.projects.ensure_first()

    def project(self, name: str) -> int:
        """Make another project and return its id."""
        with self.writer.batch():
            number, _ = self.writer.projects.create(name)
        return number

    def add(self, *items: ProcessedEvent | SpanBatch | ItemRecord, **changes: Any) -> int:
        """Write one request with *items* and return its id."""
        return self.add_all([items], **changes)

    def add_all(
        self, requests: Iterable[tuple[ProcessedEvent | SpanBatch | ItemRecord, ...]], **changes: Any
    ) -> int:
        """Write many requests in one batch and return the last one's id."""
        with self.writer.batch():
            for items in requests:
                self._last += 1
                self.writer.add(a_request(self._last, *items, **changes))
        return self._last

    def set(self, sql: str, *values: Any) -> None:
        """Change rows by *sql*, for states that no writer makes yet."""
        self.writer.raw.execute(sql, values)

    def start_run(self) -> int:
        with self.writer.batch():
            return self.writer.runs.start("button", MORNING)

    @property
    def db(self) -> Connection:
        """A reader's connection, as queries get it."""
        return self._open().db

    @property
    def raw(self) -> apsw.Connection:
        """The same connection without SQLAlchemy."""
        return self._open().raw

    def _open(self) -> Reader:
        if self._reader is None:
            self._reader = Reader(self.workspace.database)
        return self._reader

    def plan(self, question: Callable[..., Any], *args: Any, **kwargs: Any) -> list[str]:
        """Return how SQLite goes about every statement of *question*, a line a step."""
        asked: list[tuple[str, Any]] = []

        def note(_db: Any, _cursor: Any, sql: str, parameters: Any, *_: Any) -> None:
            asked.append((sql, parameters))

        event.listen(self.db.engine, "before_cursor_execute", note)
        try:
            question(self.db, *args, **kwargs)
        finally:
            event.remove(self.db.engine, "before_cursor_execute", note)
        return [
            row[3]
            for sql, parameters in asked
            for row in self.raw.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
        ]

    def close(self) -> None:
        if self._reader is not None:
            self._reader.close()
        self.writer.close()


_LARGE_TABLES = (
    "event",
    "issue",
    "span",
    "segment",
    "trace",
    "request",
    "item",
    "payload",
    "term",
    "log",
    "metric",
)


def assert_walks(plan: list[str], *indexes: str) -> None:
    """Fail unless *plan* uses each of *indexes*, reads no large table through and sorts nothing."""
    text = "\n".join(plan)
    for index in indexes:
        assert index in text, f"{index} is not used:\n{text}"
    for step in plan:
        words = step.split()
        if words[0] == "SCAN" and words[1] in _LARGE_TABLES:
            # Following an index in its order is what lists do; without one it is reading everything.
            assert "USING" in step, f"reads a table through:\n{text}"
        assert "TEMP B-TREE FOR ORDER BY" not in step, f"sorts:\n{text}"
