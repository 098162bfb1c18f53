"""Whether the database engine can do what the store needs, and whether a database file is sound."""

import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import apsw

from vedette.store import dbapi, dialect, migrations
from vedette.store.engine import BUSY_MS
from vedette.store.errors import classified

CHECK_SECONDS = 20.0
_FAULTS_NAMED = 5
_STEPS = 20_000


@dataclass(frozen=True, slots=True)
class SqliteFacts:
    """The engine in use. ``lacks`` names what the store needs and this build of it cannot do."""

    version: str
    driver: str
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    """What a look at a database file found.

    ``faults`` are SQLite's own words, none for a sound file. ``is_complete`` is False when the time was over
    before all of it was read. ``schema`` is the migration it has reached, ``size`` bytes without its WAL.
    """

    size: int
    schema: int
    faults: tuple[str, ...]
    is_complete: bool


def describe_sqlite() -> SqliteFacts:
    """Return which SQLite runs here and what it lacks, by trying it on a database in memory."""
    lacks = []
    with closing(apsw.Connection(":memory:")) as db:
        for name, statements in _needs().items():
            try:
                for statement in statements:
                    db.execute(statement).fetchall()
            except apsw.SQLError:
                lacks.append(name)
    if "THREADSAFE=1" not in apsw.compile_options:
        lacks.append("use by several threads")
    return SqliteFacts(apsw.sqlite_lib_version(), apsw.apsw_version(), tuple(lacks))


def _needs() -> dict[str, list[str]]:
    return {
        "full-text search (FTS5 with contentless_delete)": [str(each) for each in dialect.create_full_text()],
        "JSON": ["SELECT json_extract('{\"a\": [1, 2]}', '$.a[1]')"],
        "row values": ["SELECT (1, 2) < (1, 3)"],
        # Built in since 3.51.
        "percentiles": ["SELECT percentile_cont(column1, 0.75) FROM (VALUES (1), (2))"],
    }


def check_database(path: Path, *, seconds: float = CHECK_SECONDS) -> DatabaseFacts:
    """Read the database at *path* through, for *seconds* at most, and return what was found.

    Changes nothing, and a station may be using the file. Raises StoreError when it cannot be read at all,
    DamagedError when it is no database.
    """
    # A WAL database in a folder that cannot be written is readable only as one nobody writes to.
    mode = "mode=ro" if os.access(path.parent, os.W_OK) else "immutable=1"
    with classified():
        size = path.stat().st_size
        connection = dbapi.connect(f"{path.resolve().as_uri()}?{mode}", apsw.SQLITE_OPEN_READONLY)
        try:
            connection.raw.set_busy_timeout(BUSY_MS)
            schema = migrations.version(connection)
            faults, is_complete = _quick_check(connection.raw, seconds)
        finally:
            connection.close()
    return DatabaseFacts(size, schema, tuple(faults), is_complete)


def _quick_check(db: apsw.Connection, seconds: float) -> tuple[list[str], bool]:
    with _ending_after(db, seconds):
        try:
            rows = [str(row[0]) for row in db.execute(dialect.QUICK_CHECK)]
        except apsw.InterruptError:
            return [], False
    return [row for row in rows if row != "ok"][:_FAULTS_NAMED], True


@contextmanager
def _ending_after(db: apsw.Connection, seconds: float) -> Iterator[None]:
    until = time.monotonic() + seconds
    db.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
    try:
        yield
    finally:
        db.set_progress_handler(None, _STEPS)
