"""The machine's trouble, classified by SQLite's error code: one sentence the user can act on."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import apsw

_FULL = "The disk is full. Free some space; nothing that was acknowledged is lost."


class StoreError(Exception):
    """Something on this machine keeps the store from working; the text says what to do."""


class DiskFullError(StoreError):
    """No space is left where the workspace lies."""


class DatabaseBusyError(StoreError):
    """Another program holds the database."""


class DamagedError(StoreError):
    """The file is not, or no longer, a healthy database."""


@contextmanager
def classified() -> Iterator[None]:
    """Turn apsw's and the system's errors into StoreErrors; anything else passes through."""
    try:
        yield
    except apsw.FullError as error:
        raise DiskFullError(_FULL) from error
    except (apsw.BusyError, apsw.LockedError) as error:
        raise DatabaseBusyError("Another program holds Vedette's database.") from error
    except (apsw.CorruptError, apsw.NotADBError) as error:
        raise DamagedError(
            "Vedette's database is damaged. `vedette doctor` says what can be done."
        ) from error
    except (apsw.IOError, OSError) as error:
        # SQLite reports a write that the disk had no room for as an I/O error too.
        if getattr(error, "errno", None) == errno.ENOSPC or "full" in str(error):
            raise DiskFullError(_FULL) from error
        raise StoreError(f"Vedette's files could not be read or written: {error}") from error
