"""Monitors and check-ins as ``/api/0/`` shows them."""

from typing import TypedDict

import orjson

from vedette.api.shapes.project import ProjectRef, project_ref
from vedette.domain.json import JsonValue
from vedette.domain.times import Micros, to_iso
from vedette.store.queries.monitors import CheckInRow, EnvironmentRow, MonitorRow
from vedette.store.queries.projects import ProjectRow


class MonitorConfig(TypedDict):
    """What a monitor expects. `schedule` is a crontab, or a number and a unit, or null; times are minutes."""

    schedule_type: str | None
    schedule: str | list[JsonValue] | None
    checkin_margin: int | None
    max_runtime: int | None
    timezone: str | None
    failure_issue_threshold: int | None
    recovery_threshold: int | None
    alert_rule_id: int | None


class Incident(TypedDict):
    startingTimestamp: str
    resolvingTimestamp: str | None
    brokenNotice: None


class MonitorEnvironment(TypedDict):
    """Where a monitor's job runs, and how it stands there: `active`, `ok`, `error`, `disabled`."""

    name: str
    status: str
    isMuted: bool
    dateCreated: str
    lastCheckIn: str | None
    nextCheckIn: str | None
    nextCheckInLatest: str | None
    activeIncident: Incident | None


class MonitorOwner(TypedDict):
    type: str
    id: str
    name: str


class Monitor(TypedDict):
    """A job that should run on time."""

    id: str
    name: str
    slug: str
    status: str
    isMuted: bool
    isUpserting: bool
    config: MonitorConfig
    dateCreated: str
    project: ProjectRef
    environments: list[MonitorEnvironment]
    owner: MonitorOwner | None


class CheckIn(TypedDict):
    """One run of a job, or one that did not come. `duration` is in milliseconds."""

    id: str
    environment: str
    status: str
    duration: int | None
    dateCreated: str
    dateAdded: str
    dateUpdated: str
    dateInProgress: str | None
    dateClock: str
    expectedTime: str | None
    monitorConfig: MonitorConfig
    groups: list[str]
    traceId: str | None


class CheckInCounts(TypedDict):
    """How check-ins of a stretch of time ended. `ts` is its start in unix seconds, `duration` a mean, ms."""

    ts: int
    ok: int
    error: int
    missed: int
    timeout: int
    in_progress: int
    unknown: int
    duration: float | None


def monitor_shape(row: MonitorRow, project: ProjectRow) -> Monitor:
    return {
        "id": str(row.id),
        "name": row.name,
        "slug": row.slug,
        "status": row.status.word,
        "isMuted": row.muted,
        "isUpserting": row.upserting,
        "config": orjson.loads(row.config),
        "dateCreated": to_iso(row.created),
        "project": project_ref(project),
        "environments": [_environment(one) for one in row.environments],
        "owner": _owner(row.owner),
    }


def _environment(row: EnvironmentRow) -> MonitorEnvironment:
    incident: Incident | None = None
    if row.incident is not None:
        incident = {
            "startingTimestamp": to_iso(row.incident),
            "resolvingTimestamp": None,
            "brokenNotice": None,
        }
    return {
        "name": row.name,
        "status": row.status.word,
        "isMuted": row.muted,
        "dateCreated": to_iso(row.created),
        "lastCheckIn": _iso(row.last_check_in),
        "nextCheckIn": _iso(row.next_check_in),
        "nextCheckInLatest": _iso(row.next_latest),
        "activeIncident": incident,
    }


def _owner(text: str | None) -> MonitorOwner | None:
    if text is None:
        return None
    kind, _, number = text.partition(":")
    return {"type": kind, "id": number, "name": number}


def check_in_shape(row: CheckInRow, issue: int | None = None) -> CheckIn:
    """Return *row*; *issue* is the one that tells of it."""
    return {
        "id": row.guid.hex(),
        "environment": row.environment,
        "status": row.status.word,
        "duration": row.duration,
        "dateCreated": to_iso(row.added),
        "dateAdded": to_iso(row.added),
        "dateUpdated": to_iso(row.updated),
        "dateInProgress": _iso(row.in_progress),
        "dateClock": to_iso(row.updated),
        "expectedTime": _iso(row.expected),
        "monitorConfig": orjson.loads(row.config),
        "groups": [] if issue is None else [str(issue)],
        "traceId": None if row.trace is None else row.trace.hex(),
    }


def _iso(moment: Micros | None) -> str | None:
    return None if moment is None else to_iso(moment)
