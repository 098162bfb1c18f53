"""Monitors with their environments, and the check-ins of one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Select, func, select, tuple_

from vedette.domain.monitors import FINISHED, CheckInStatus, MonitorStatus, occurrence_id
from vedette.domain.times import Micros
from vedette.store.schema import check_in, event, incident, monitor, monitor_environment


@dataclass(frozen=True, slots=True)
class EnvironmentRow:
    """Where a monitor's job runs. ``incident`` is when the one that is going on began."""

    id: int
    monitor: int
    name: str
    status: MonitorStatus
    muted: bool
    created: Micros
    last_check_in: Micros | None
    next_check_in: Micros | None
    next_latest: Micros | None
    incident: Micros | None


@dataclass(frozen=True, slots=True)
class MonitorRow:
    id: int
    project: int
    slug: str
    name: str
    config: str  # JSON
    status: MonitorStatus
    muted: bool
    upserting: bool
    owner: str | None
    created: Micros
    environments: tuple[EnvironmentRow, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckInRow:
    id: int
    guid: bytes
    environment: str
    status: CheckInStatus
    duration: int | None  # milliseconds
    added: Micros
    updated: Micros
    in_progress: Micros | None
    expected: Micros | None
    trace: bytes | None
    config: str  # JSON


_MONITOR: Select[Any] = select(
    monitor.c.id, monitor.c.project, monitor.c.slug, monitor.c.name, monitor.c.config, monitor.c.status,
    monitor.c.muted, monitor.c.upserting, monitor.c.owner, monitor.c.created,
)  # fmt: skip


def list_monitors(
    db: Connection,
    *,
    projects: Sequence[int] = (),
    environments: Sequence[str] = (),
    after: int | None = None,
    limit: int = 100,
) -> list[MonitorRow]:
    """Return up to *limit* monitors with ids above *after*, with their *environments* (none: all).

    A monitor that has none of the *environments* asked for is left out. Index: primary key;
    monitor_environment_of.
    """
    query = _MONITOR.order_by(monitor.c.id).limit(limit)
    if projects:
        query = query.where(monitor.c.project.in_(projects))
    if after is not None:
        query = query.where(monitor.c.id > after)
    if environments:
        query = query.where(
            select(monitor_environment.c.id)
            .where(
                monitor_environment.c.monitor == monitor.c.id, monitor_environment.c.name.in_(environments)
            )
            .exists()
        )
    return _whole(db, query, environments)


def find_monitor(
    db: Connection, name: str, *, project: int | None = None, environments: Sequence[str] = ()
) -> MonitorRow | None:
    """Return the monitor with slug or id *name*, of *project* if given; of several slugs the oldest.

    Index: primary key, or one walk over the monitors, of which there are not many.
    """
    query = _MONITOR.order_by(monitor.c.id).limit(1)
    if project is not None:
        query = query.where(monitor.c.project == project)
    found = _whole(db, query.where(monitor.c.slug == name), environments)
    if not found and name.isascii() and name.isdigit() and len(name) < 19:
        found = _whole(db, query.where(monitor.c.id == int(name)), environments)
    return found[0] if found else None


def _whole(db: Connection, query: Select[Any], environments: Sequence[str]) -> list[MonitorRow]:
    rows = []
    for values in map(list, db.execute(query)):
        values[5:8] = MonitorStatus(values[5]), bool(values[6]), bool(values[7])
        rows.append(MonitorRow(*values))
    of: dict[int, list[EnvironmentRow]] = {}
    for one in _environments(db, [row.id for row in rows], environments):
        of.setdefault(one.monitor, []).append(one)
    return [replace(row, environments=tuple(of.get(row.id, ()))) for row in rows]


def _environments(db: Connection, monitors: Sequence[int], names: Sequence[str]) -> Iterable[EnvironmentRow]:
    table = monitor_environment
    query = (
        select(
            table.c.id, table.c.monitor, table.c.name, table.c.status, table.c.muted, table.c.created,
            table.c.last_check_in, table.c.next_check_in, table.c.next_latest, incident.c.started,
        )
        .join(incident, incident.c.id == table.c.incident, isouter=True)
        .where(table.c.monitor.in_(monitors))
        .order_by(table.c.monitor, table.c.name)
    )  # fmt: skip
    if names:
        query = query.where(table.c.name.in_(names))
    for values in map(list, db.execute(query)):
        values[3:5] = MonitorStatus(values[3]), bool(values[4])
        yield EnvironmentRow(*values)


def list_check_ins(
    db: Connection,
    monitor_id: int,
    *,
    environments: Sequence[str] = (),
    since: Micros | None = None,
    until: Micros | None = None,
    before: tuple[int, int] | None = None,
    limit: int = 100,
) -> list[CheckInRow]:
    """Return up to *limit* check-ins that began before *before* (time, id), newest first.

    Index: check_in_of_monitor.
    """
    table = check_in
    query = (
        select(
            table.c.id, table.c.guid, monitor_environment.c.name, table.c.status, table.c.duration,
            table.c.added, table.c.updated, table.c.in_progress, table.c.expected, table.c.trace,
            table.c.config,
        )
        .join(monitor_environment, monitor_environment.c.id == table.c.environment)
        .where(table.c.monitor == monitor_id)
        .order_by(table.c.added.desc(), table.c.id.desc())
        .limit(limit)
    )  # fmt: skip
    if environments:
        query = query.where(monitor_environment.c.name.in_(environments))
    if since is not None:
        query = query.where(table.c.added >= since)
    if until is not None:
        query = query.where(table.c.added < until)
    if before is not None:
        query = query.where(tuple_(table.c.added, table.c.id) < before)
    return [CheckInRow(*row[:3], CheckInStatus(row.status), *row[4:]) for row in db.execute(query)]


def count_check_ins(
    db: Connection,
    monitor_id: int,
    start: Micros,
    end: Micros,
    width: int,
    environments: Sequence[str] = (),
) -> list[tuple[int, CheckInStatus, int, int]]:
    """Return (bucket, status, number, summed duration in ms) of what began in [start, end).

    Buckets of *width* microseconds count from *start*. Index: check_in_of_monitor.
    """
    bucket = ((check_in.c.added - start) // width).label("bucket")
    query = (
        select(bucket, check_in.c.status, func.count(), func.coalesce(func.sum(check_in.c.duration), 0))
        .where(check_in.c.monitor == monitor_id, check_in.c.added >= start, check_in.c.added < end)
        .group_by("bucket", check_in.c.status)
    )
    if environments:
        query = query.join(monitor_environment, monitor_environment.c.id == check_in.c.environment).where(
            monitor_environment.c.name.in_(environments)
        )
    return [(int(row[0]), CheckInStatus(row[1]), row[2], row[3]) for row in db.execute(query)]


def issues_of_check_ins(db: Connection, monitor_id: int, rows: Sequence[CheckInRow]) -> dict[int, int]:
    """Return the issue that tells of each of *rows*, by its id; those that no issue tells of are left out.

    Index: event_eid; incidents are few.
    """
    failed = [row for row in rows if row.status in FINISHED and row.status is not CheckInStatus.OK]
    if not failed:
        return {}
    incidents = db.execute(
        select(monitor_environment.c.name, incident.c.started, incident.c.ended, incident.c.hash)
        .join(monitor_environment, monitor_environment.c.id == incident.c.environment)
        .where(incident.c.monitor == monitor_id, incident.c.started <= max(row.added for row in failed))
    ).all()
    of: dict[bytes, int] = {}
    for row in failed:
        for name, started, ended, digest in incidents:
            if name == row.environment and started <= row.added and (ended is None or row.added <= ended):
                of[occurrence_id(row.guid, digest)] = row.id
    found = db.execute(select(event.c.eid, event.c.issue).where(event.c.eid.in_(list(of))))
    return {of[eid]: number for eid, number in found}
