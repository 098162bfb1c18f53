"""What was said of releases beside what was seen: dates, commits, deploys, and repositories of commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from vedette.domain.times import Micros
from vedette.store.schema import release, release_commit, release_deploy, release_note

_MOST_AUTHORS = 100


@dataclass(frozen=True, slots=True)
class CommitRow:
    """A commit of a release; ``n`` counts from the newest, 0."""

    n: int
    sha: str
    repository: str | None
    message: str | None
    author_name: str | None
    author_email: str | None
    ts: Micros | None
    noted: Micros  # when its release was first spoken of


@dataclass(frozen=True, slots=True)
class DeployRow:
    """When a release went where."""

    id: int
    environment: str
    name: str | None
    url: str | None
    started: Micros | None
    finished: Micros


@dataclass(frozen=True, slots=True)
class ReleaseNote:
    """What somebody said of a release."""

    created: Micros
    released: Micros | None
    started: Micros | None
    url: str | None
    ref: str | None
    is_archived: bool
    commits: int = 0
    deploys: int = 0
    last_commit: CommitRow | None = None
    last_deploy: DeployRow | None = None
    authors: tuple[tuple[str | None, str | None], ...] = ()  # names and addresses


_COMMIT: Select[Any] = select(
    release_commit.c.n,
    release_commit.c.sha,
    release_commit.c.repository,
    release_commit.c.message,
    release_commit.c.author_name,
    release_commit.c.author_email,
    release_commit.c.ts,
    release_note.c.created,
).join(release_note, release_note.c.release_term == release_commit.c.release_term)
_DEPLOY: Select[Any] = select(
    release_deploy.c.id,
    release_deploy.c.environment,
    release_deploy.c.name,
    release_deploy.c.url,
    release_deploy.c.started,
    release_deploy.c.finished,
)


def read_notes(db: Connection, terms: Sequence[int]) -> dict[int, ReleaseNote]:
    """Return what was said of the releases *terms*; those of which nothing was are left out.

    Index: primary keys, release_deploy_of.
    """
    note = release_note
    rows = db.execute(
        select(note.c.release_term, note.c.created, note.c.released, note.c.started, note.c.url, note.c.ref,
               note.c.archived)
        .where(note.c.release_term.in_(terms))
    )  # fmt: skip
    return {row[0]: _note(db, row) for row in rows.all()}


def _note(db: Connection, row: Any) -> ReleaseNote:
    number = row.release_term
    commits = select(func.count()).where(release_commit.c.release_term == number)
    deploys = select(func.count()).where(release_deploy.c.release_term == number)
    authors = (
        select(release_commit.c.author_name, release_commit.c.author_email)
        .where(release_commit.c.release_term == number)
        .distinct()
        .limit(_MOST_AUTHORS)
    )
    latest = page_commits(db, number, limit=1)
    deployed = page_deploys(db, number, limit=1)
    return ReleaseNote(
        row.created,
        row.released,
        row.started,
        row.url,
        row.ref,
        bool(row.archived),
        db.execute(commits).scalar_one(),
        db.execute(deploys).scalar_one(),
        latest[0] if latest else None,
        deployed[0] if deployed else None,
        tuple((name, email) for name, email in db.execute(authors) if name or email),
    )


def page_commits(db: Connection, term: int, after: int | None = None, limit: int = 100) -> list[CommitRow]:
    """Return a release's commits from number *after* on, the newest first. Index: primary key."""
    query = _COMMIT.where(release_commit.c.release_term == term)
    if after is not None:
        query = query.where(release_commit.c.n > after)
    return [CommitRow(*row) for row in db.execute(query.order_by(release_commit.c.n).limit(limit))]


def page_deploys(db: Connection, term: int, after: int | None = None, limit: int = 100) -> list[DeployRow]:
    """Return a release's deploys before id *after*, the latest first. Index: release_deploy_of."""
    query = _DEPLOY.where(release_deploy.c.release_term == term)
    if after is not None:
        query = query.where(release_deploy.c.id < after)
    return [DeployRow(*row) for row in db.execute(query.order_by(release_deploy.c.id.desc()).limit(limit))]


def repositories(db: Connection, limit: int = 1_000) -> list[tuple[str, Micros]]:
    """Return the repositories that commits of releases name, and since when.

    There are few commits: all are looked at.
    """
    rows = db.execute(
        select(release_commit.c.repository, func.min(release_note.c.created))
        .join(release_note, release_note.c.release_term == release_commit.c.release_term)
        .where(release_commit.c.repository.is_not(None))
        .group_by(release_commit.c.repository)
        .order_by(release_commit.c.repository)
        .limit(limit)
    )
    return [(name, since) for name, since in rows]


def previous_with_commits(db: Connection, term: int) -> int | None:
    """Return the latest release before *term*, in a project that has both, with commits; None for none.

    Index: release_by_first, primary keys.
    """
    own = select(release.c.project, release.c.first).where(release.c.release_term == term).subquery()
    has_commits = (
        select(release_commit.c.n).where(release_commit.c.release_term == release.c.release_term).exists()
    )
    found: int | None = db.execute(
        select(release.c.release_term)
        .join(own, own.c.project == release.c.project)
        .where(release.c.first < own.c.first, release.c.release_term != term, has_commits)
        .order_by(release.c.first.desc())
        .limit(1)
    ).scalar()
    return found
