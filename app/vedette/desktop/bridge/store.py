"""What a reading thread asks: the workspace's database, or an empty one until there is one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from vedette.domain.workspace import Workspace
from vedette.store import dbapi, migrations
from vedette.store.engine import Reader, alchemy
from vedette.store.errors import StoreError, classified
from vedette.store.queries.attributes import Sources, offer
from vedette.store.search import QueryError


class _EmptyStore:
    """A database in memory with every table and no row: on a first start, all there is to read."""

    def __init__(self, workspace: Workspace) -> None:
        self._connection = dbapi.connect(":memory:")
        migrations.migrate(self._connection)
        self._db = alchemy(self._connection).connect()
        offer(self._db, lambda: _sources(workspace))

    @contextmanager
    def limit(self, seconds: float) -> Iterator[Any]:
        yield self._db

    def interrupt(self) -> None:
        """Do nothing: no question to an empty store takes long."""

    def close(self) -> None:
        self._db.close()
        self._connection.close()


class StoreAccess:
    """One thread's way to the store of *workspace*. Opened at the first question, not before."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._reader: Reader | None = None
        self._empty: _EmptyStore | None = None

    def open(self) -> Reader | _EmptyStore:
        """Return a connection for reading. Raises SchemaError for a workspace of a newer Vedette."""
        if self._reader is None:
            self._reader = _open_reader(self._workspace)
        if self._reader is not None:
            return self._reader
        self._empty = self._empty or _EmptyStore(self._workspace)
        return self._empty

    def close(self) -> None:
        for part in (self._reader, self._empty):
            if part is not None:
                part.close()
        self._reader = self._empty = None


def _open_reader(workspace: Workspace) -> Reader | None:
    """Return a reader, None while the writer has not made the database and its tables."""
    if not workspace.database.exists():
        return None
    reader = Reader(workspace.database)
    offer(reader.db, lambda: _sources(workspace))
    try:
        if migrations.check_readable(dbapi.Connection(reader.raw)) > 0:
            return reader
    except BaseException:
        reader.close()
        raise
    reader.close()
    return None


def _sources(workspace: Workspace) -> Sources:
    # What reads payloads takes long to load, and few searches look into them.
    from vedette.api.attributes import sources_of

    return sources_of(workspace)


def has_store(workspace: Workspace) -> bool:
    """Return whether there is a database to read."""
    reader = _open_reader(workspace)
    if reader is None:
        return False
    reader.close()
    return True


def sentence_of(error: Exception) -> str | None:
    """Return what to tell the user of *error*, None for a bug of ours."""
    if isinstance(error, StoreError | migrations.SchemaError | QueryError):
        return str(error)
    cause = getattr(error, "orig", None) or error  # SQLAlchemy wraps what apsw raised
    try:
        _classify(cause)
    except StoreError as known:
        return str(known)
    except BaseException:  # noqa: BLE001 - a bug, for the caller to log
        return None
    return None


def _classify(error: BaseException) -> None:
    with classified():
        raise error
