"""Sessions, their users and how long they lasted: over any time, by project, release and environment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, case, func, literal, or_, select

from vedette.domain.sessions import SessionCounts, UserMark
from vedette.domain.times import HOUR, MINUTE, Micros
from vedette.store import sketch
from vedette.store.schema import session_duration, session_hour, session_minute, session_user, term

DIMENSIONS = ("project", "release", "environment")
_TERMS = {"release": "release_term", "environment": "env_term"}
_MOST_GROUPS = 10_000


@dataclass(frozen=True, slots=True)
class SessionFilter:
    """Which sessions: those that began in [since, until). Empty means all; environment "" is none."""

    since: Micros
    until: Micros
    projects: tuple[int, ...] = ()
    releases: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UserCounts:
    """Distinct users. ``errored`` is all with errors, ``anr`` those whose application did not respond."""

    seen: int = 0
    errored: int = 0
    crashed: int = 0
    abnormal: int = 0
    unhandled: int = 0
    anr: int = 0
    anr_foreground: int = 0

    @property
    def healthy(self) -> int:
        return max(0, self.seen - self.errored)

    @property
    def errored_shown(self) -> int:
        return max(0, self.errored - self.crashed - self.abnormal - self.unhandled)


@dataclass(frozen=True, slots=True)
class Durations:
    """How long sessions that ended with ``exited`` lasted, in microseconds."""

    n: int = 0
    total: int = 0
    longest: int = 0
    sketches: tuple[bytes, ...] = ()

    def quantile(self, share: float) -> int | None:
        """Return the duration below which *share* (0…1) lies, to 1 % of it; None for none."""
        return min(sketch.quantiles(self.sketches, [share])[0], self.longest) if self.n else None

    @property
    def average(self) -> float | None:
        return self.total / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class Figures:
    """All there is to say of some sessions."""

    sessions: SessionCounts = field(default_factory=SessionCounts)
    users: UserCounts = field(default_factory=UserCounts)
    durations: Durations = field(default_factory=Durations)


Key = tuple[int | str, ...]
"""The values of the dimensions asked for, then the bucket's number where buckets were asked for."""


def read_sessions(
    db: Connection, where: SessionFilter, by: Sequence[str] = (), width: int | None = None
) -> dict[Key, SessionCounts]:
    """Return numbers of sessions for each group of *by* (DIMENSIONS), in buckets *width* long from the start.

    Below an hour's width the minutes are read, which are kept for 48 h; the ends are cut to whole hours or
    minutes. Index: primary key of session_hour or session_minute.
    """
    is_fine = width is not None and width % HOUR != 0
    table, grain = (session_minute, MINUTE) if is_fine else (session_hour, HOUR)
    sums = [func.sum(table.c[name]) for name in ("total", "errored", "crashed", "abnormal", "unhandled")]
    groups = _groups(table, grain, where, by, width)
    found = db.execute(_asked(table, grain, where, groups, sums))
    return {tuple(row[: len(groups)]): SessionCounts(*map(int, row[len(groups) :])) for row in found}


def read_users(
    db: Connection, where: SessionFilter, by: Sequence[str] = (), width: int | None = None
) -> dict[Key, UserCounts]:
    """Return numbers of distinct users, as `read_sessions`; *width* is whole hours. Index: primary key."""
    table = session_user
    marks = (
        UserMark.SEEN,
        UserMark.ERRORED,
        UserMark.CRASHED,
        UserMark.ABNORMAL,
        UserMark.UNHANDLED,
        UserMark.ANR_FOREGROUND | UserMark.ANR_BACKGROUND,
        UserMark.ANR_FOREGROUND,
    )
    counts = [
        func.count(case((table.c.marks.bitwise_and(int(mark)) != 0, table.c.user)).distinct())
        for mark in marks
    ]
    groups = _groups(table, HOUR, where, by, width)
    found = db.execute(_asked(table, HOUR, where, groups, counts))
    return {tuple(row[: len(groups)]): UserCounts(*row[len(groups) :]) for row in found}


def read_durations(
    db: Connection, where: SessionFilter, by: Sequence[str] = (), width: int | None = None
) -> dict[Key, Durations]:
    """Return how long sessions lasted, as `read_sessions`; *width* is whole hours. Index: primary key."""
    table = session_duration
    columns = [table.c.n, table.c.total, table.c.longest, table.c.sketch]
    groups = _groups(table, HOUR, where, by, width)
    result: dict[Key, Durations] = {}
    sketches: dict[Key, list[bytes]] = {}
    for row in db.execute(_asked(table, HOUR, where, groups, columns, is_summed=False)):
        key = tuple(row[: len(groups)])
        n, total, longest, blob = row[len(groups) :]
        before = result.get(key, Durations())
        result[key] = Durations(before.n + n, before.total + total, max(before.longest, longest))
        sketches.setdefault(key, []).append(blob)
    return {key: replace(one, sketches=tuple(sketches[key])) for key, one in result.items()}


def _asked(
    table: Table,
    grain: int,
    where: SessionFilter,
    groups: Sequence[ColumnElement[Any]],
    values: Iterable[ColumnElement[Any]],
    *,
    is_summed: bool = True,
) -> Select[Any]:
    query = select(*groups, *values).where(*_conditions(table, grain, where))
    for name in _TERMS:
        named = _named(table, name)
        if any(group is not None and group.key == name for group in groups):
            query = query.outerjoin_from(table, named, named.c.id == table.c[_TERMS[name]])
    if not groups and is_summed:
        # Without a group there is a row even for nothing.
        query = query.having(func.count() > 0)
    return (query.group_by(*groups) if is_summed and groups else query).limit(_MOST_GROUPS * 100)


def _groups(
    table: Table, grain: int, where: SessionFilter, by: Sequence[str], width: int | None
) -> list[ColumnElement[Any]]:
    groups: list[ColumnElement[Any]] = []
    for name in by:
        if name == "project":
            groups.append(table.c.project)
        else:
            groups.append(func.coalesce(_named(table, name).c.value, "").label(name))
    if width is not None:
        start = where.since // grain
        groups.append(((table.c.bucket - start) // literal(width // grain)).label("at"))
    return groups


_ALIASES = {
    (table.name, name): term.alias(f"{table.name}_{name}")
    for table in (session_hour, session_minute, session_user, session_duration)
    for name in _TERMS
}


def _named(table: Table, name: str) -> Any:
    return _ALIASES[table.name, name]


def _conditions(table: Table, grain: int, where: SessionFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        table.c.bucket >= where.since // grain,
        table.c.bucket < -(-where.until // grain),
    ]
    if where.projects:
        conditions.append(table.c.project.in_(where.projects))
    if where.releases:
        conditions.append(table.c.release_term.in_(_ids("release", where.releases)))
    if where.environments:
        named = table.c.env_term.in_(_ids("environment", where.environments))
        conditions.append(or_(named, table.c.env_term == 0) if "" in where.environments else named)
    return conditions


def _ids(key: str, values: Sequence[str]) -> Select[Any]:
    return select(term.c.id).where(and_(term.c.key == key, term.c.value.in_(values)))
