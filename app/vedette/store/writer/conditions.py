"""What ends an issue's archiving, and from when on a resolved issue is a regression: the stored rows.

Both are small and asked for with every event of an archived or resolved issue, so they are remembered.
"""

from dataclasses import asdict, dataclass
from typing import Any, Generic, TypeVar

import apsw
from sqlalchemy import Table, delete, select

from vedette.domain.json import JsonObject
from vedette.store import dialect, schema
from vedette.store.engine import sql_of

_CACHED = 20_000


@dataclass(frozen=True, slots=True)
class Archive:
    """What ends an archiving; whatever comes first. Times and windows are microseconds."""

    issue: int
    at: int
    until: int | None = None
    count: int | None = None  # events more than `n`, within `window` where there is one
    window: int | None = None
    user_count: int | None = None
    user_window: int | None = None
    run: int | None = None  # a later run than this
    release_term: int | None = None  # a later release than this; 0: any
    escalates: int = 0
    n: int = 0  # events and users the issue had at `at`
    users: int = 0


@dataclass(frozen=True, slots=True)
class Resolution:
    """From when on events are a regression; ``kind`` is release, next_release or next_run.

    ``release_term`` is the release that has the change, or of next_release the last one that has it not
    (None: there was none). ``run`` is the last run without the change.
    """

    issue: int
    at: int
    kind: str
    release_term: int | None = None
    run: int | None = None


Held = TypeVar("Held", Archive, Resolution)


class _Rows(Generic[Held]):
    """One table of them: at most a row for an issue."""

    def __init__(self, raw: apsw.Connection, table: Table, kind: type[Held]) -> None:
        self._raw = raw
        self._kind: type[Held] = kind
        names = kind.__dataclass_fields__
        self._find = sql_of(select(*(table.c[name] for name in names)).where(table.c.issue == 0))
        self._put = sql_of(dialect.insert_or_replace(table).values(dict.fromkeys(names)))
        self._delete = sql_of(delete(table).where(table.c.issue == 0))
        self._known: dict[int, Held | None] = {}

    def forget(self) -> None:
        """Drop the memory of what was read."""
        self._known.clear()

    def of(self, issue: int) -> Held | None:
        if issue in self._known:
            return self._known[issue]
        row = self._raw.execute(self._find, (issue,)).fetchone()
        found = self._kind(*row) if row else None
        if len(self._known) > _CACHED:
            self._known.clear()
        self._known[issue] = found
        return found

    def put(self, held: Held) -> None:
        """Write *held*; the caller holds the transaction."""
        self._raw.execute(self._put, tuple(asdict(held).values()))
        self._known[held.issue] = held

    def drop(self, issue: int) -> None:
        """Delete the row of *issue* if there is one."""
        if self._known.pop(issue, True) is not None:
            self._raw.execute(self._delete, (issue,))


class Conditions:
    """Both kinds, by issue."""

    def __init__(self, raw: apsw.Connection) -> None:
        self.archives: _Rows[Archive] = _Rows(raw, schema.archive, Archive)
        self.resolutions: _Rows[Resolution] = _Rows(raw, schema.resolution, Resolution)

    def forget(self) -> None:
        """Drop the memory of what was read."""
        self.archives.forget()
        self.resolutions.forget()

    def drop(self, issue: int) -> None:
        """Delete what there is of *issue*: it is neither archived nor resolved any more."""
        self.archives.drop(issue)
        self.resolutions.drop(issue)

    def basis(self, issue: int) -> JsonObject:
        """Return what there is of *issue* in a form that `restore` takes."""
        archive, resolution = self.archives.of(issue), self.resolutions.of(issue)
        found: JsonObject = {}
        if archive is not None:
            found["archive"] = {k: v for k, v in asdict(archive).items() if v is not None and k != "issue"}
        if resolution is not None:
            found["resolution"] = {
                k: v for k, v in asdict(resolution).items() if v is not None and k != "issue"
            }
        return found

    def restore(self, issue: int, basis: JsonObject) -> None:
        """Write what `basis` said. Raises TypeError or ValueError for what it cannot have said."""
        self.drop(issue)
        if "archive" in basis:
            self.archives.put(Archive(issue, **_checked(basis["archive"], Archive)))
        if "resolution" in basis:
            self.resolutions.put(Resolution(issue, **_checked(basis["resolution"], Resolution)))


def _checked(given: Any, kind: type[Archive] | type[Resolution]) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise TypeError("not an object")
    for name, value in given.items():
        wanted = str if name == "kind" else int
        if name == "issue" or name not in kind.__dataclass_fields__ or type(value) is not wanted:
            raise ValueError(f"{name}: {value!r}")
        if isinstance(value, int) and not -1 <= value < 2**63:
            raise ValueError(f"{name}: {value!r}")
    return given
