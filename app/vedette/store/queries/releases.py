"""Releases: when each was seen, what is new with it, and how healthy it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select, tuple_

from vedette.domain.times import DAY, HOUR, Micros
from vedette.store.queries import sessions
from vedette.store.queries.sessions import Figures, SessionFilter
from vedette.store.schema import release, session_hour, term

ADOPTED = 0.1
"""The share of a project's sessions from which a release counts as adopted."""


@dataclass(frozen=True, slots=True)
class ReleaseProject:
    """A release in one project."""

    project: int
    first: Micros
    last: Micros
    events: int
    new_issues: int


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """A release; ``id`` is its term. ``projects`` are those that named it."""

    id: int
    version: str
    first: Micros
    last: Micros
    projects: tuple[ReleaseProject, ...]

    @property
    def new_issues(self) -> int:
        return sum(project.new_issues for project in self.projects)


@dataclass(frozen=True, slots=True)
class Health:
    """How a release does in a project: figures of the time asked for, and of the last 24 hours."""

    figures: Figures
    day: Figures
    project_day: Figures  # of all releases
    was_adopted: bool  # a day's sessions once were a tenth of the project's

    @property
    def adoption(self) -> float | None:
        """The release's share of the project's sessions in the last 24 hours; None if it has none."""
        return _share(self.day.sessions.total, self.project_day.sessions.total)

    @property
    def user_adoption(self) -> float | None:
        """The same for users."""
        return _share(self.day.users.seen, self.project_day.users.seen)

    @property
    def stage(self) -> str:
        """``adopted`` from a tenth of the sessions, ``replaced`` if it was that once, or ``low_adoption``."""
        if (self.adoption or 0.0) >= ADOPTED:
            return "adopted"
        return "replaced" if self.was_adopted else "low_adoption"


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def list_releases(
    db: Connection,
    *,
    projects: Sequence[int] = (),
    words: str = "",
    before: tuple[int, int] | None = None,
    limit: int = 100,
) -> list[ReleaseRow]:
    """Return up to *limit* releases with *words* in their name, newest first: by when they were first seen.

    *before* is the (first, id) of the last one known. Index: primary key; there are not many releases.
    """
    first = func.min(release.c.first).label("first")
    query = (
        select(release.c.release_term, term.c.value, first, func.max(release.c.last))
        .join(term, term.c.id == release.c.release_term)
        .group_by(release.c.release_term)
        .order_by(first.desc(), release.c.release_term.desc())
        .limit(limit)
    )
    if projects:
        query = query.where(release.c.project.in_(projects))
    if words:
        query = query.where(term.c.value.icontains(words, autoescape=True))
    if before is not None:
        query = query.having(tuple_(first, release.c.release_term) < before)
    return _whole(db, [tuple(row) for row in db.execute(query)], projects)


def find_release(db: Connection, version: str, projects: Sequence[int] = ()) -> ReleaseRow | None:
    """Return the release called *version*. Index: term_of, primary key."""
    number = select(term.c.id).where(term.c.key == "release", term.c.value == version)
    conditions: list[ColumnElement[bool]] = [release.c.release_term == number.scalar_subquery()]
    if projects:
        conditions.append(release.c.project.in_(projects))
    row = db.execute(
        select(release.c.release_term, func.min(release.c.first), func.max(release.c.last))
        .where(*conditions)
        .group_by(release.c.release_term)
    ).first()
    return _whole(db, [(row[0], version, row[1], row[2])], projects)[0] if row else None


def release_by_term(db: Connection, number: int) -> ReleaseRow | None:
    """Return the release whose term is *number*. Index: primary keys."""
    version = db.execute(select(term.c.value).where(term.c.id == number)).scalar()
    return None if version is None else find_release(db, version)


def _whole(
    db: Connection, found: Sequence[tuple[int, str, int, int]], projects: Sequence[int]
) -> list[ReleaseRow]:
    of: dict[int, list[ReleaseProject]] = {}
    query = (
        select(
            release.c.release_term, release.c.project, release.c.first, release.c.last, release.c.events,
            release.c.new_issues,
        )
        .where(release.c.release_term.in_([row[0] for row in found]))
        .order_by(release.c.project)
    )  # fmt: skip
    if projects:
        query = query.where(release.c.project.in_(projects))
    for number, *values in db.execute(query):
        of.setdefault(number, []).append(ReleaseProject(*values))
    return [
        ReleaseRow(number, version, Micros(first), Micros(last), tuple(of.get(number, ())))
        for number, version, first, last in found
    ]


def release_health(
    db: Connection,
    rows: Sequence[ReleaseRow],
    since: Micros,
    now: Micros,
    environments: Sequence[str] = (),
) -> dict[tuple[int, str], Health]:
    """Return the health of each of *rows* by (project, version) from *since* to *now*.

    Those without any session are left out. Index: primary keys of session_hour, _user and _duration.
    """
    versions = tuple(row.version for row in rows)
    projects = tuple({one.project for row in rows for one in row.projects})
    if not versions or not projects:
        return {}
    end = Micros((now // HOUR + 1) * HOUR)
    asked = SessionFilter(since, end, projects, versions, tuple(environments))
    lately = SessionFilter(Micros(end - DAY), end, projects, versions, tuple(environments))
    everyone = SessionFilter(lately.since, end, projects, (), tuple(environments))
    both = ("project", "release")
    found = _figures(db, asked, both, with_durations=True)
    day = _figures(db, lately, both)
    project_day = _figures(db, everyone, ("project",))
    adopted = _once_adopted(db, asked)
    nothing = Figures()
    return {
        (int(project), str(version)): Health(
            figures,
            day.get((project, version), nothing),
            project_day.get((project,), nothing),
            (int(project), str(version)) in adopted,
        )
        for (project, version), figures in found.items()
    }


def _figures(
    db: Connection, where: SessionFilter, by: Sequence[str], *, with_durations: bool = False
) -> dict[sessions.Key, Figures]:
    counted = sessions.read_sessions(db, where, by)
    users = sessions.read_users(db, where, by)
    durations = sessions.read_durations(db, where, by) if with_durations else {}
    nothing = Figures()
    return {
        key: Figures(counts, users.get(key, nothing.users), durations.get(key, nothing.durations))
        for key, counts in counted.items()
    }


def _once_adopted(db: Connection, where: SessionFilter) -> set[tuple[int, str]]:
    """Return the releases that had a tenth of their project's sessions on any day there are counts of."""
    oldest = db.execute(
        select(func.min(session_hour.c.bucket)).where(session_hour.c.project.in_(where.projects))
    ).scalar()
    if oldest is None:
        return set()
    since = Micros(oldest * HOUR)
    everyone = SessionFilter(since, where.until, where.projects, (), where.environments)
    mine = SessionFilter(since, where.until, where.projects, where.releases, where.environments)
    totals = sessions.read_sessions(db, everyone, ("project",), DAY)
    return {
        (int(project), str(version))
        for (project, version, day), counts in sessions.read_sessions(
            db, mine, ("project", "release"), DAY
        ).items()
        if counts.total and counts.total >= ADOPTED * totals[project, day].total
    }
