"""A release in lists and alone, with its health."""

from collections.abc import Mapping
from typing import NotRequired, TypedDict

from vedette.api.shapes.release import VersionInfo, release_shape
from vedette.domain.json import JsonValue
from vedette.domain.times import SECOND, to_iso
from vedette.store.queries.projects import ProjectRow
from vedette.store.queries.release_notes import CommitRow, DeployRow, ReleaseNote
from vedette.store.queries.releases import Health, ReleaseProject, ReleaseRow


class HealthData(TypedDict):
    """Figures of a release's sessions. Rates and adoption are per cent, durations seconds; null for none."""

    hasHealthData: bool
    durationP50: float | None
    durationP90: float | None
    crashFreeUsers: float | None
    crashFreeSessions: float | None
    totalUsers: int
    totalUsers24h: int
    totalProjectUsers24h: int
    totalSessions: int
    totalSessions24h: int
    totalProjectSessions24h: int
    adoption: float | None
    sessionsAdoption: float | None
    sessionsCrashed: int
    sessionsErrored: int
    sessionsUnhandled: int
    sessionsAbnormal: int
    stats: dict[str, JsonValue]


class ReleaseOfProject(TypedDict):
    id: int
    slug: str
    name: str
    platform: str | None
    platforms: list[str]
    newGroups: int
    hasHealthData: bool
    healthData: NotRequired[HealthData | None]


class AdoptionStage(TypedDict):
    """`low_adoption`, `adopted` from a tenth of 24 hours' sessions, `replaced` when it was that once."""

    stage: str
    adopted: str | None
    unadopted: str | None


class Author(TypedDict):
    """Who wrote a commit."""

    name: str | None
    email: str


class Repository(TypedDict):
    """Where commits of releases are said to come from; its id is its name."""

    id: str
    name: str
    url: None
    provider: dict[str, str]
    status: str
    dateCreated: str


class Commit(TypedDict):
    """A commit that a release has."""

    id: str
    message: str | None
    dateCreated: str
    author: Author | None
    repository: Repository | None
    pullRequest: None
    suspectCommitType: str
    releases: list[JsonValue]


class Deploy(TypedDict):
    """When a release went where."""

    id: str
    environment: str
    name: str | None
    url: str | None
    dateStarted: str | None
    dateFinished: str


class ReleaseSummary(TypedDict):
    """One release: what something sent was said to be of, or somebody made."""

    id: int
    version: str
    shortVersion: str
    versionInfo: VersionInfo | None
    status: str
    ref: str | None
    url: str | None
    dateReleased: str | None
    dateCreated: str
    dateStarted: str | None
    firstEvent: str | None
    lastEvent: str | None
    newGroups: int
    owner: None
    commitCount: int
    deployCount: int
    lastCommit: Commit | None
    lastDeploy: Deploy | None
    authors: list[Author]
    data: dict[str, JsonValue]
    projects: list[ReleaseOfProject]
    adoptionStages: NotRequired[dict[str, AdoptionStage]]


HealthBy = Mapping[tuple[int, str], Health]


def release_summary(
    row: ReleaseRow,
    projects: Mapping[int, ProjectRow],
    health: HealthBy | None = None,
    *,
    with_stages: bool = False,
    with_health: bool = False,
    note: ReleaseNote | None = None,
) -> ReleaseSummary:
    """Return *row*, with the health of it where that is told, by (project, version).

    *note* is what somebody said of it.
    """
    named = release_shape(row.version)
    assert named is not None, "a release has a name"
    of = [(one, projects[one.project]) for one in row.projects if one.project in projects]
    # A release that was made before anything of it came has only the moment it was made at.
    only_said = note is not None and row.first == row.last and not sum(one.events for one in row.projects)
    shown: ReleaseSummary = {
        "id": row.id,
        "version": row.version,
        "shortVersion": named["shortVersion"],
        "versionInfo": named["versionInfo"],
        "status": "archived" if note and note.is_archived else "open",
        "ref": note.ref if note else None,
        "url": note.url if note else None,
        "dateReleased": _iso(note.released) if note else None,
        "dateCreated": to_iso(min(row.first, note.created) if note else row.first),
        "dateStarted": _iso(note.started) if note else None,
        "firstEvent": None if only_said else to_iso(row.first),
        "lastEvent": None if only_said else to_iso(row.last),
        "newGroups": row.new_issues,
        "owner": None,
        "commitCount": note.commits if note else 0,
        "deployCount": note.deploys if note else 0,
        "lastCommit": commit_shape(note.last_commit) if note and note.last_commit else None,
        "lastDeploy": deploy_shape(note.last_deploy) if note and note.last_deploy else None,
        "authors": [{"name": name, "email": email or ""} for name, email in note.authors] if note else [],
        "data": {},
        "projects": [_of_project(row, one, project, health, with_health) for one, project in of],
    }
    if with_stages and health is not None:
        shown["adoptionStages"] = {
            project.slug: {
                "stage": health[one.project, row.version].stage,
                "adopted": None,
                "unadopted": None,
            }
            for one, project in of
            if (one.project, row.version) in health
        }
    return shown


def _of_project(
    row: ReleaseRow, one: ReleaseProject, project: ProjectRow, health: HealthBy | None, with_health: bool
) -> ReleaseOfProject:
    found = None if health is None else health.get((one.project, row.version))
    shown: ReleaseOfProject = {
        "id": project.id,
        "slug": project.slug,
        "name": project.name,
        "platform": project.platform or None,
        "platforms": [project.platform] if project.platform else [],
        "newGroups": one.new_issues,
        "hasHealthData": found is not None,
    }
    if with_health:
        shown["healthData"] = None if found is None else _health(found)
    return shown


def _health(health: Health) -> HealthData:
    figures, sessions, users = health.figures, health.figures.sessions, health.figures.users
    return {
        "hasHealthData": True,
        "durationP50": _seconds(figures.durations.quantile(0.5)),
        "durationP90": _seconds(figures.durations.quantile(0.9)),
        "crashFreeUsers": _free(users.crashed, users.seen),
        "crashFreeSessions": _free(sessions.crashed, sessions.total),
        "totalUsers": users.seen,
        "totalUsers24h": health.day.users.seen,
        "totalProjectUsers24h": health.project_day.users.seen,
        "totalSessions": sessions.total,
        "totalSessions24h": health.day.sessions.total,
        "totalProjectSessions24h": health.project_day.sessions.total,
        "adoption": _per_cent(health.user_adoption),
        "sessionsAdoption": _per_cent(health.adoption),
        "sessionsCrashed": sessions.crashed,
        "sessionsErrored": sessions.errored_shown,
        "sessionsUnhandled": sessions.unhandled,
        "sessionsAbnormal": sessions.abnormal,
        "stats": {},
    }


def commit_shape(row: CommitRow) -> Commit:
    """Return the shape of a commit."""
    author: Author | None = None
    if row.author_name or row.author_email:
        author = {"name": row.author_name, "email": row.author_email or ""}
    return {
        "id": row.sha,
        "message": row.message,
        "dateCreated": to_iso(row.noted if row.ts is None else row.ts),
        "author": author,
        "repository": repository_shape(row.repository, row.noted) if row.repository else None,
        "pullRequest": None,
        "suspectCommitType": "",
        "releases": [],
    }


def repository_shape(name: str, since: int) -> Repository:
    """Return the shape of the repository called *name*, which is known *since* then."""
    return {
        "id": name,
        "name": name,
        "url": None,
        "provider": {"id": "unknown", "name": "Unknown Provider"},
        "status": "active",
        "dateCreated": to_iso(since),
    }


def deploy_shape(row: DeployRow) -> Deploy:
    """Return the shape of a deploy."""
    return {
        "id": str(row.id),
        "environment": row.environment,
        "name": row.name,
        "url": row.url,
        "dateStarted": _iso(row.started),
        "dateFinished": to_iso(row.finished),
    }


def _iso(moment: int | None) -> str | None:
    return None if moment is None else to_iso(moment)


def _free(part: int, whole: int) -> float | None:
    return 100 * (1 - min(part, whole) / whole) if whole else None


def _per_cent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _seconds(duration: int | None) -> float | None:
    return None if duration is None else duration / SECOND
