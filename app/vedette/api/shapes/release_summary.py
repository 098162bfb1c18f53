"""A release in lists and alone, with its health."""

from collections.abc import Mapping
from typing import NotRequired, TypedDict

from vedette.api.shapes.release import VersionInfo, release_shape
from vedette.domain.json import JsonValue
from vedette.domain.times import SECOND, to_iso
from vedette.store.queries.projects import ProjectRow
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


class ReleaseSummary(TypedDict):
    """One release: what something sent was said to be of."""

    id: int
    version: str
    shortVersion: str
    versionInfo: VersionInfo | None
    status: str
    ref: None
    url: None
    dateReleased: str | None
    dateCreated: str
    dateStarted: str | None
    firstEvent: str
    lastEvent: str
    newGroups: int
    owner: None
    commitCount: int
    deployCount: int
    lastCommit: None
    lastDeploy: None
    authors: list[JsonValue]
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
) -> ReleaseSummary:
    """Return *row*, with the health of it where that is told, by (project, version)."""
    named = release_shape(row.version)
    assert named is not None, "a release has a name"
    of = [(one, projects[one.project]) for one in row.projects if one.project in projects]
    shown: ReleaseSummary = {
        "id": row.id,
        "version": row.version,
        "shortVersion": named["shortVersion"],
        "versionInfo": named["versionInfo"],
        "status": "open",
        "ref": None,
        "url": None,
        "dateReleased": None,
        "dateCreated": to_iso(row.first),
        "dateStarted": None,
        "firstEvent": to_iso(row.first),
        "lastEvent": to_iso(row.last),
        "newGroups": row.new_issues,
        "owner": None,
        "commitCount": 0,
        "deployCount": 0,
        "lastCommit": None,
        "lastDeploy": None,
        "authors": [],
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


def _free(part: int, whole: int) -> float | None:
    return 100 * (1 - min(part, whole) / whole) if whole else None


def _per_cent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _seconds(duration: int | None) -> float | None:
    return None if duration is None else duration / SECOND
