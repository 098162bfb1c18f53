"""Monitors of jobs: made, shown, changed; their check-ins and how these ended."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypedDict

from vedette.api.access import ALERTS_READ, ALERTS_WRITE, ORG_READ, ORG_WRITE, PROJECT_READ, PROJECT_WRITE
from vedette.api.errors import ApiError, not_found
from vedette.api.finding import AnyCall, answered, find_organization, find_project
from vedette.api.limits import PAGE_ROWS
from vedette.api.paging import Page, cut, read_cursor
from vedette.api.parameters import NoParameters
from vedette.api.period import read_range
from vedette.api.routing import Call, operation
from vedette.api.schema import AtMost, Between, Help
from vedette.api.searching import chosen_projects
from vedette.api.shapes.monitor import CheckIn, CheckInCounts, Monitor, check_in_shape, monitor_shape
from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.times import DAY, HOUR, LATEST, MINUTE, SECOND, Micros, now
from vedette.store.queries import monitors, projects
from vedette.store.queries.monitors import MonitorRow
from vedette.store.queries.projects import ProjectRow

_READ = (*ALERTS_READ, *PROJECT_READ, *ORG_READ)
_WRITE = (*ALERTS_WRITE, *PROJECT_WRITE, *ORG_WRITE)
MOST_BUCKETS = 1_000


@dataclass(frozen=True, slots=True)
class MonitorsQuery:
    """Which monitors."""

    project: Annotated[tuple[str, ...], Help("Ids or slugs; -1 is all.")] = ()
    environment: Annotated[tuple[str, ...], Help("Only these environments of them.")] = ()
    cursor: Annotated[str, Help("From the `Link` header of the page before.")] = ""
    per_page: Annotated[int, Between(1, PAGE_ROWS)] = PAGE_ROWS


@dataclass(frozen=True, slots=True)
class MonitorQuery:
    """Which part of a monitor."""

    environment: Annotated[tuple[str, ...], Help("Only these environments of it.")] = ()


@dataclass(frozen=True, slots=True)
class CheckInsQuery:
    """Which check-ins of a monitor."""

    environment: Annotated[tuple[str, ...], Help("Only in these environments.")] = ()
    statsPeriod: Annotated[str | None, Help("`24h`, `14d`; all time without it.")] = None
    start: Annotated[str | None, Help("ISO date, UTC.")] = None
    end: Annotated[str | None, Help("ISO date, UTC.")] = None
    cursor: Annotated[str, Help("From the `Link` header of the page before.")] = ""
    per_page: Annotated[int, Between(1, PAGE_ROWS)] = PAGE_ROWS


@dataclass(frozen=True, slots=True)
class CheckInStatsQuery:
    """Which stretch of time, cut into which parts."""

    environment: Annotated[tuple[str, ...], Help("Only in these environments.")] = ()
    statsPeriod: Annotated[str | None, Help("`24h`, `14d`; the last day without it.")] = None
    start: Annotated[str | None, Help("ISO date, UTC.")] = None
    end: Annotated[str | None, Help("ISO date, UTC.")] = None
    since: Annotated[int | None, Help("Unix seconds, instead of `start`.")] = None
    until: Annotated[int | None, Help("Unix seconds, instead of `end`.")] = None
    resolution: Annotated[
        Literal["1m", "10m", "1h", "1d"] | None, Help("How long each part is; an hour if left out.")
    ] = None


class MonitorChange(TypedDict, total=False):
    """What can be changed; members left out stay as they are, those of `config` too."""

    name: Annotated[str, AtMost(128)]
    slug: Annotated[str, AtMost(50)]
    config: dict[str, JsonValue]
    status: Literal["active", "disabled"]
    owner: str | None
    isMuted: bool
    is_muted: bool
    project: JsonValue


class EnvironmentChange(TypedDict, total=False):
    isMuted: bool


class _NewMonitor(TypedDict):
    name: Annotated[str, AtMost(128)]
    config: dict[str, JsonValue]
    project: str


class NewMonitor(_NewMonitor, total=False):
    """A monitor to be made. The slug is made of the name if it is left out."""

    slug: Annotated[str, AtMost(50)]
    status: Literal["active", "disabled"]
    owner: str | None
    is_muted: bool


async def _project_of(call: AnyCall, row: MonitorRow) -> ProjectRow:
    project = await call.ask(projects.find_project, str(row.project))
    if project is None:
        raise not_found()
    return project


async def _find(call: AnyCall, environments: tuple[str, ...] = ()) -> MonitorRow:
    """Return the monitor ``{monitor}`` names, by slug or id."""
    project = None
    if "project" in call.request.match_info:
        project = (await find_project(call)).id
    else:
        find_organization(call)
    row = await call.ask(
        monitors.find_monitor, call.place("monitor"), project=project, environments=environments
    )
    if row is None:
        raise not_found()
    return row


async def _shown(call: AnyCall, environments: tuple[str, ...] = ()) -> Monitor:
    row = await _find(call, environments)
    return monitor_shape(row, await _project_of(call, row))


def _change(body: Any) -> JsonObject:
    change = {name: body[name] for name in ("name", "slug", "config", "status", "owner") if name in body}
    for name in ("is_muted", "isMuted"):
        if name in body:
            change["muted"] = body[name]
    return change


@operation("GET", "/organizations/{org}/monitors/", scopes=_READ)
async def list_monitors(call: Call[MonitorsQuery, None]) -> Page[Monitor]:
    """All monitors with their environments"""
    find_organization(call)
    query = call.query
    after = read_cursor(query.cursor, 1)
    found = await call.ask(
        monitors.list_monitors,
        projects=await chosen_projects(call, query.project),
        environments=query.environment,
        after=None if after is None else after[0],
        limit=query.per_page + 1,
    )
    rows, more = cut(found, query.per_page)
    known = {project.id: project for project in await call.ask(projects.list_projects)}
    shaped = [monitor_shape(row, known[row.project]) for row in rows if row.project in known]
    return Page(shaped, (rows[-1].id,) if more else None)


@operation("POST", "/organizations/{org}/monitors/", scopes=_WRITE, status=201)
async def create_monitor(call: Call[NoParameters, NewMonitor]) -> Monitor:
    """Make a monitor"""
    find_organization(call)
    project = await call.ask(projects.find_project, call.body["project"])
    if project is None:
        raise ApiError(400, "Invalid project", members={"project": ["There is no such project."]})
    made = answered(await call.context.call("monitor.create", {"project": project.id, **_change(call.body)}))
    row = await call.ask(monitors.find_monitor, str(made["id"]), project=project.id)
    if row is None:
        raise not_found()
    return monitor_shape(row, project)


@operation("GET", "/organizations/{org}/monitors/{monitor}/", scopes=_READ)
async def show_monitor(call: Call[MonitorQuery, None]) -> Monitor:
    """One monitor, by slug or id"""
    return await _shown(call, call.query.environment)


@operation("GET", "/projects/{org}/{project}/monitors/{monitor}/", scopes=_READ)
async def show_project_monitor(call: Call[MonitorQuery, None]) -> Monitor:
    """One monitor of a project, by slug or id"""
    return await _shown(call, call.query.environment)


async def _update(call: Call[NoParameters, MonitorChange]) -> Monitor:
    row = await _find(call)
    if change := _change(call.body):
        await call.context.call("monitor.update", {"id": row.id, **change})
    changed = await call.ask(monitors.find_monitor, str(row.id), project=row.project)
    if changed is None or changed.id != row.id:
        changed = await call.ask(monitors.find_monitor, change.get("slug", row.slug), project=row.project)
    if changed is None:
        raise not_found()
    return monitor_shape(changed, await _project_of(call, changed))


@operation("PUT", "/organizations/{org}/monitors/{monitor}/", scopes=_WRITE)
async def update_monitor(call: Call[NoParameters, MonitorChange]) -> Monitor:
    """Change a monitor, mute it, or disable it

    A muted one records check-ins and raises no issues, a disabled one takes none. The project stays.
    """
    return await _update(call)


@operation("PUT", "/projects/{org}/{project}/monitors/{monitor}/", scopes=_WRITE)
async def update_project_monitor(call: Call[NoParameters, MonitorChange]) -> Monitor:
    """Change a monitor of a project"""
    return await _update(call)


async def _delete(call: Call[MonitorQuery, None]) -> None:
    row = await _find(call)
    await call.context.call("monitor.delete", {"id": row.id, "environments": list(call.query.environment)})


@operation("DELETE", "/organizations/{org}/monitors/{monitor}/", scopes=_WRITE)
async def delete_monitor(call: Call[MonitorQuery, None]) -> None:
    """Delete a monitor with its check-ins, or some environments of it

    The issues it raised stay.
    """
    await _delete(call)


@operation("DELETE", "/projects/{org}/{project}/monitors/{monitor}/", scopes=_WRITE)
async def delete_project_monitor(call: Call[MonitorQuery, None]) -> None:
    """Delete a monitor of a project with its check-ins, or some environments of it"""
    await _delete(call)


_ENVIRONMENT = "/projects/{org}/{project}/monitors/{monitor}/environments/{environment}/"


@operation("PUT", _ENVIRONMENT, scopes=_WRITE)
async def update_monitor_environment(call: Call[NoParameters, EnvironmentChange]) -> Monitor:
    """Mute one environment of a monitor, or no longer"""
    row = await _find(call)
    if "isMuted" in call.body:
        await call.context.call(
            "monitor.mute_environment",
            {"id": row.id, "environment": call.place("environment"), "muted": call.body["isMuted"]},
        )
    return await _shown(call)


@operation("DELETE", _ENVIRONMENT, scopes=_WRITE)
async def delete_monitor_environment(call: Call[NoParameters, None]) -> None:
    """Delete one environment of a monitor with its check-ins"""
    row = await _find(call)
    await call.context.call("monitor.delete", {"id": row.id, "environments": [call.place("environment")]})


async def _check_ins(call: Call[CheckInsQuery, None]) -> Page[CheckIn]:
    row = await _find(call)
    query = call.query
    span = read_range(query.statsPeriod, query.start, query.end, now())
    before = read_cursor(query.cursor, 2)
    found = await call.ask(
        monitors.list_check_ins,
        row.id,
        environments=query.environment,
        since=span.since,
        until=span.until,
        before=None if before is None else (before[0], before[1]),
        limit=query.per_page + 1,
    )
    rows, more = cut(found, query.per_page)
    told = await call.ask(monitors.issues_of_check_ins, row.id, rows)
    shaped = [check_in_shape(one, told.get(one.id)) for one in rows]
    return Page(shaped, (rows[-1].added, rows[-1].id) if more else None)


@operation("GET", "/organizations/{org}/monitors/{monitor}/checkins/", scopes=_READ)
async def list_check_ins(call: Call[CheckInsQuery, None]) -> Page[CheckIn]:
    """Check-ins of a monitor, newest first"""
    return await _check_ins(call)


@operation("GET", "/projects/{org}/{project}/monitors/{monitor}/checkins/", scopes=_READ)
async def list_project_check_ins(call: Call[CheckInsQuery, None]) -> Page[CheckIn]:
    """Check-ins of a project's monitor, newest first"""
    return await _check_ins(call)


_WIDTHS = {"1m": MINUTE, "10m": 10 * MINUTE, "1h": HOUR, "1d": DAY}


async def _stats(call: Call[CheckInStatsQuery, None]) -> list[CheckInCounts]:
    row = await _find(call)
    query = call.query
    width = _WIDTHS[query.resolution or "1h"]
    start, end = _stretch(query, width)
    counted = await call.ask(
        monitors.count_check_ins, row.id, start, end, width, environments=query.environment
    )
    parts = [_no_check_ins((start + n * width) // SECOND) for n in range((end - start) // width)]
    lasted = [0] * len(parts)
    for bucket, status, number, duration in counted:
        parts[bucket][status.word] += number  # type: ignore[literal-required]
        lasted[bucket] += duration
    for part, total in zip(parts, lasted, strict=True):
        ended = part["ok"] + part["error"] + part["timeout"]
        part["duration"] = total / ended if ended else None
    return parts


def _stretch(query: CheckInStatsQuery, width: int) -> tuple[Micros, Micros]:
    """Return the whole parts that hold the time asked for. Raises ApiError 400 for too many."""
    moment = now()
    span = read_range(query.statsPeriod, query.start, query.end, moment)
    until = span.until if query.until is None else Micros(query.until * SECOND)
    until = moment if until is None else until
    since = span.since if query.since is None else Micros(query.since * SECOND)
    since = Micros(until - DAY) if since is None else since
    if not 0 <= since <= until <= LATEST:
        raise ApiError(400, "start must be before end.")
    start, end = since // width * width, (until // width + 1) * width
    if (end - start) // width > MOST_BUCKETS:
        raise ApiError(400, f"That makes more than {MOST_BUCKETS:,} parts; choose a coarser resolution.")
    return Micros(start), Micros(end)


def _no_check_ins(ts: int) -> CheckInCounts:
    return {
        "ts": ts,
        "ok": 0,
        "error": 0,
        "missed": 0,
        "timeout": 0,
        "in_progress": 0,
        "unknown": 0,
        "duration": None,
    }


@operation("GET", "/organizations/{org}/monitors/{monitor}/stats/", scopes=_READ)
async def monitor_stats(call: Call[CheckInStatsQuery, None]) -> list[CheckInCounts]:
    """How a monitor's check-ins ended, over time"""
    return await _stats(call)


@operation("GET", "/projects/{org}/{project}/monitors/{monitor}/stats/", scopes=_READ)
async def project_monitor_stats(call: Call[CheckInStatsQuery, None]) -> list[CheckInCounts]:
    """How the check-ins of a project's monitor ended, over time"""
    return await _stats(call)


OPERATIONS = (
    list_monitors,
    create_monitor,
    show_monitor,
    update_monitor,
    delete_monitor,
    list_check_ins,
    monitor_stats,
    show_project_monitor,
    update_project_monitor,
    delete_project_monitor,
    list_project_check_ins,
    project_monitor_stats,
    update_monitor_environment,
    delete_monitor_environment,
)
