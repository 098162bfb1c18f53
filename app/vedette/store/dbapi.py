"""A DB-API 2.0 face for apsw, just as wide as SQLAlchemy's SQLite dialect needs.

apsw is a thin, complete binding (progress handlers, hooks, one call for many rows) but deliberately not
DB-API. Two habits of the standard driver are kept out: nothing here begins a transaction by itself, and
``executescript`` does not exist, since a chain of pragmas would stop after its first row.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import apsw

apilevel = "2.0"
threadsafety = 1
paramstyle = "qmark"
sqlite_version_info = tuple(int(part) for part in apsw.sqlite_lib_version().split("."))
sqlite_version = apsw.sqlite_lib_version()

Error = apsw.Error
DatabaseError = apsw.Error
InterfaceError = apsw.Error
OperationalError = apsw.Error
IntegrityError = apsw.ConstraintError
ProgrammingError = apsw.SQLError
NotSupportedError = apsw.Error
DataError = apsw.MismatchError
InternalError = apsw.InternalError
Warning = UserWarning  # noqa: A001 - the name PEP 249 asks for

Binary = bytes


class Cursor:
    """A cursor with ``description`` kept after the last row, as DB-API wants it."""

    __slots__ = ("_connection", "_cursor", "arraysize", "description", "lastrowid", "rowcount")

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._cursor = connection.raw.cursor()
        self.description: tuple[tuple[Any, ...], ...] | None = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1
        self._cursor.exec_trace = self._before_first_step

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> "Cursor":
        self._cursor.execute(sql, parameters)
        self._after()
        return self

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> "Cursor":
        self._cursor.executemany(sql, rows)
        self._after()
        return self

    def _before_first_step(self, cursor: apsw.Cursor, _sql: str, _bindings: Any) -> bool:
        # Only here is the description known for a statement that gives no row: afterwards apsw has
        # already finished it and refuses to tell.
        columns = cursor.get_description()
        self.description = tuple((name, None, None, None, None, None, None) for name, _ in columns) or None
        return True

    def _after(self) -> None:
        if self.description is None:
            raw = self._connection.raw
            self.rowcount = raw.changes()
            self.lastrowid = raw.last_insert_rowid()
        else:
            self.rowcount = -1

    def fetchone(self) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._cursor.fetchone()
        return row

    def fetchmany(self, size: int | None = None) -> list[tuple[Any, ...]]:
        rows = []
        for _ in range(size or self.arraysize):
            row = self._cursor.fetchone()
            if row is None:
                break
            rows.append(row)
        return rows

    def fetchall(self) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self._cursor.fetchall()
        return rows

    def close(self) -> None:
        self._cursor.close()

    def __iter__(self) -> Any:
        return iter(self._cursor)


class Connection:
    """One SQLite connection. ``raw`` is apsw's own, for bulk writes and progress handlers."""

    __slots__ = ("raw",)

    def __init__(self, raw: apsw.Connection) -> None:
        self.raw = raw

    def cursor(self) -> Cursor:
        return Cursor(self)

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Cursor:
        return self.cursor().execute(sql, parameters)

    def commit(self) -> None:
        if self.raw.in_transaction:
            self.raw.execute("COMMIT")

    def rollback(self) -> None:
        if self.raw.in_transaction:
            self.raw.execute("ROLLBACK")

    def close(self) -> None:
        self.raw.close()


def connect(path: str, flags: int = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE) -> Connection:
    """Open *path* (a file name or a ``file:`` URI)."""
    return Connection(apsw.Connection(path, flags=flags | apsw.SQLITE_OPEN_URI))
