"""What a user changes about monitors. Each runs inside the writer's batch."""

from typing import Any

from vedette.domain.changes import Change
from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.monitors import MonitorConfig, MonitorStatus, normalise_slug, read_config, read_owner
from vedette.domain.times import Micros, now
from vedette.store.writer.command_error import CommandError
from vedette.store.writer.monitors import Monitors, config_of, config_text
from vedette.store.writer.row_access import Row
from vedette.store.writer.writer import StoreWriter

_LONGEST_NAME = 128
_STATUSES = {"active": MonitorStatus.ACTIVE, "disabled": MonitorStatus.DISABLED}


def create_monitor(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`monitor.create` {project, name, config, slug?, status?, muted?, owner?} → {id}."""
    monitors = writer.families.monitors
    name = _name(args.get("name"))
    slug = _slug(args.get("slug") or name)
    if monitors.monitors.find(project=int(args["project"]), slug=slug) is not None:
        raise CommandError("taken", f'The slug "{slug}" is already in use.')
    if monitors.is_full:
        raise CommandError("too_many", "There are as many monitors as there can be.")
    values = {"name": name, "slug": slug, "status": int(MonitorStatus.ACTIVE), "muted": 0, "owner": None}
    values |= _flags(args)
    row = monitors.monitors.add(
        project=int(args["project"]),
        config=config_text(_config(args.get("config"), None)),
        upserting=0,
        created=now(),
        **values,
    )
    monitors.touch(row["id"])
    return {"id": row["id"]}


def update_monitor(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`monitor.update` {id, name?, slug?, config?, status?, muted?, owner?} → {}.

    What `config` leaves out stays.
    """
    monitors = writer.families.monitors
    row = _find(monitors, args)
    values = _flags(args)
    if "name" in args:
        values["name"] = _name(args["name"])
    if "slug" in args:
        slug = values["slug"] = _slug(args["slug"])
        other = monitors.monitors.find(project=row["project"], slug=slug)
        if other is not None and other["id"] != row["id"]:
            raise CommandError("taken", f'The slug "{slug}" is already in use.')
    before = config_of(row)
    config = _config(args["config"], before) if "config" in args else before
    if config != before:
        # From now on it is what the user says; the next check-in that brings a config says so again.
        values |= {"config": config_text(config), "upserting": 0}
    if values:
        monitors.monitors.change(row, **values)
    if config.schedule != before.schedule or config.timezone != before.timezone or "status" in values:
        _expect_anew(monitors, row, config)
    monitors.touch(row["id"])
    return {}


def _expect_anew(monitors: Monitors, row: Row, config: MonitorConfig) -> None:
    due, late = config.next_after(Micros(now()))
    if row["status"] == MonitorStatus.DISABLED:
        due, late = None, None
    for environment in monitors.environments.rows(monitor=row["id"]):
        if environment["last_check_in"] is not None:
            monitors.environments.change(environment, next_check_in=due, next_latest=late)


def delete_monitor(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`monitor.delete` {id, environments?: […]} → {}: of a monitor some environments, else all of it."""
    monitors = writer.families.monitors
    row = _find(monitors, args)
    wanted = args.get("environments") or []
    for environment in monitors.environments.rows(monitor=row["id"]):
        if wanted and environment["name"] not in wanted:
            continue
        monitors.check_ins.delete(environment=environment["id"])
        monitors.incidents.delete(environment=environment["id"])
        monitors.environments.delete(id=environment["id"])
    if not wanted:
        monitors.monitors.delete(id=row["id"])
    monitors.touch(row["id"])
    return {}


def mute_environment(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`monitor.mute_environment` {id, environment, muted} → {}."""
    monitors = writer.families.monitors
    row = _find(monitors, args)
    environment = monitors.environments.find(monitor=row["id"], name=str(args["environment"]))
    if environment is None:
        raise CommandError("not_found", "That monitor has no such environment.")
    monitors.environments.change(environment, muted=int(bool(args["muted"])))
    monitors.touch(row["id"])
    return {}


def _find(monitors: Monitors, args: JsonObject) -> Row:
    row = monitors.monitors.find(id=int(args["id"]))
    if row is None:
        raise CommandError("not_found", "That monitor is not here any more.")
    return row


def _name(value: JsonValue) -> str:
    if not isinstance(value, str) or not value.strip():
        raise CommandError("bad_argument", "A monitor has a name.")
    return value.strip()[:_LONGEST_NAME]


def _slug(value: JsonValue) -> str:
    slug = normalise_slug(value) if isinstance(value, str) else ""
    if not slug:
        raise CommandError("bad_argument", "A slug has letters and digits.")
    return slug


def _config(given: JsonValue, before: MonitorConfig | None) -> MonitorConfig:
    try:
        return read_config(given, before)
    except ValueError as error:
        raise CommandError("bad_argument", f"{error}.") from None


def _flags(args: JsonObject) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if "status" in args:
        status = _STATUSES.get(str(args["status"]))
        if status is None:
            raise CommandError("bad_argument", "A monitor is active or disabled.")
        values["status"] = int(status)
    if "muted" in args:
        values["muted"] = int(bool(args["muted"]))
    if "owner" in args:
        values["owner"] = read_owner(args["owner"])
    return values
