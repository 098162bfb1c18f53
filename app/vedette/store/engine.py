"""Connections to the workspace: one writer, many read-only readers, all through SQLAlchemy Core on apsw.

A query by SQLAlchemy over apsw costs some 160 µs, of which SQLite is 45; bulk writes therefore compile
their SQL once (`sql_of`) and hand rows to apsw directly.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.engine import ConnectArgsType
from sqlalchemy.engine.url import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlalchemy.sql.elements import ClauseElement
from typing_extensions import override

from vedette.store import dbapi

PAGE_SIZE = 8192
WRITER_CACHE_KIB = 64 * 1024
READER_CACHE_KIB = 32 * 1024
BUSY_MS = 10_000


_READER = "vedette.reader"


class QueryTimeoutError(Exception):
    """A query ran past its time limit and was interrupted; nothing is wrong with the data."""


class ApswDialect(SQLiteDialect):
    """SQLAlchemy's SQLite dialect on apsw."""

    driver = "apsw"
    supports_statement_cache = True
    default_paramstyle = "qmark"

    @classmethod
    @override
    def import_dbapi(cls) -> Any:
        return dbapi

    @override
    def create_connect_args(self, url: URL) -> ConnectArgsType:
        return [url.database or ":memory:"], {}

    @override
    def do_begin(self, dbapi_connection: Any) -> None:
        """Leave beginning to the writer: a reader's SELECT must not pin a snapshot."""


def _engine(connection: dbapi.Connection) -> Engine:
    return create_engine(
        make_url("sqlite+apsw://"),
        module=dbapi,
        creator=lambda: connection,
        poolclass=StaticPool,
        query_cache_size=500,
    )


def _register() -> None:
    from sqlalchemy.dialects import registry  # only needed once, when this module is imported

    registry.register("sqlite.apsw", "vedette.store.engine", "ApswDialect")


_register()


_TEXT = ApswDialect(paramstyle="qmark")
"""One for all texts: a dialect remembers types and quoted names, and a new one would find them anew."""


def sql_of(statement: ClauseElement) -> str:
    """Return *statement* as SQLite text with ``?`` places, for apsw's executemany.

    Every value in it becomes a place, also that of a comparison or a limit: bind them all, in order.
    """
    return str(statement.compile(dialect=_TEXT))


def _pragmas(raw: apsw.Connection, settings: dict[str, Any]) -> None:
    # One by one: in apsw a chain of pragmas in one text stops at the first that gives a row.
    for name, value in settings.items():
        raw.pragma(name, value)


class Reader:
    """A read-only connection for one thread, with a time limit on each question.

    ``db`` goes to the functions in ``store.queries``. Every statement sees the newest commit; no snapshot
    is held between statements, since one that stays open makes the WAL grow without bound.
    """

    def __init__(self, path: Path, *, immutable: bool = False) -> None:
        uri = path.resolve().as_uri() + ("?immutable=1" if immutable else "?mode=ro")
        self._connection = dbapi.connect(uri, apsw.SQLITE_OPEN_READONLY)
        self.raw.set_busy_timeout(BUSY_MS)
        _pragmas(self.raw, {"query_only": 1, "cache_size": -READER_CACHE_KIB, "temp_store": 2})
        self._deadline = 0.0
        self._interrupted = False
        self._alchemy = _engine(self._connection)
        self.db: Connection = self._alchemy.connect()
        self.db.info[_READER] = self
        self.raw.set_progress_handler(self._over_time, 5_000)

    @property
    def raw(self) -> apsw.Connection:
        return self._connection.raw

    def _over_time(self) -> bool:
        return self._interrupted or (self._deadline != 0.0 and time.monotonic() > self._deadline)

    @contextmanager
    def limit(self, seconds: float) -> Iterator[Connection]:
        """Give ``db`` for questions that together may take *seconds*; raises QueryTimeoutError past that."""
        self._deadline = time.monotonic() + seconds
        self._interrupted = False
        try:
            yield self.db
        except (apsw.InterruptError, DBAPIError) as error:
            if isinstance(error, DBAPIError) and not isinstance(error.orig, apsw.InterruptError):
                raise
            raise QueryTimeoutError(f"the question took longer than {seconds:g} s") from error
        finally:
            self._deadline = 0.0

    @contextmanager
    def part(self, seconds: float) -> Iterator[None]:
        """Let what follows take *seconds* of the time there is; raises QueryTimeoutError past that.

        What runs out of the whole time, or was interrupted, raises as in `limit`.
        """
        whole = self._deadline
        own = time.monotonic() + seconds
        self._deadline = own if whole == 0.0 else min(whole, own)
        try:
            yield
        except (apsw.InterruptError, DBAPIError) as error:
            if isinstance(error, DBAPIError) and not isinstance(error.orig, apsw.InterruptError):
                raise
            if self._interrupted or self._deadline == whole:
                raise
            raise QueryTimeoutError(f"the question took longer than {seconds:g} s") from error
        finally:
            self._deadline = whole

    def check_time(self) -> None:
        """Raise what an interrupted statement raises, if time is over: for long work between its steps."""
        if self._over_time():
            raise apsw.InterruptError("interrupted")

    def interrupt(self) -> None:
        """Stop the running question; callable from any thread."""
        self._interrupted = True
        self.raw.interrupt()

    def close(self) -> None:
        self.db.close()
        self._alchemy.dispose()
        self._connection.close()


def reader_of(db: Connection) -> Reader | None:
    """Return the reader that *db* belongs to; None for the writer's own connection."""
    found: Reader | None = db.info.get(_READER)
    return found


def open_writer(path: Path) -> dbapi.Connection:
    """Open *path* for the only writer, creating the file with its page size and auto-vacuum mode.

    Checkpoints are the writer's own business between batches, so SQLite's automatic ones are off.
    """
    fresh = not path.exists() or path.stat().st_size == 0
    connection = dbapi.connect(str(path))
    raw = connection.raw
    raw.set_busy_timeout(BUSY_MS)
    if fresh:
        _pragmas(raw, {"page_size": PAGE_SIZE, "auto_vacuum": 2})
    _pragmas(
        raw,
        {
            "journal_mode": "wal",
            "synchronous": 2,
            "wal_autocheckpoint": 0,
            "cache_size": -WRITER_CACHE_KIB,
            "temp_store": 2,
            "foreign_keys": 0,
        },
    )
    return connection


def alchemy(connection: dbapi.Connection) -> Engine:
    """Return an engine over the writer's own connection, for migrations and the few single writes."""
    return _engine(connection)
