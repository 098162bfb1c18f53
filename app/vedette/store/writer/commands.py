"""What a user changes: issue states, projects, keys, runs, senders. Each runs inside the writer's batch.

`COMMANDS` maps the name a caller uses to the function; arguments are JSON. Every change to an issue notes
an activity, and answers with what was there before, so that it can be undone.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import bindparam, select, update

from vedette.domain.changes import Change, ChangeKind
from vedette.domain.json import JsonObject, JsonValue
from vedette.store import schema
from vedette.store.engine import sql_of
from vedette.store.writer.command_error import CommandError
from vedette.store.writer.deletion_commands import (
    add_discards,
    delete_issues,
    discard_issues,
    remove_discards,
    restore_issues,
)
from vedette.store.writer.issue_commands import update_issues
from vedette.store.writer.issue_notes import create_note, delete_note, update_note
from vedette.store.writer.labelling import create_label, delete_label, update_label
from vedette.store.writer.monitor_commands import (
    create_monitor,
    delete_monitor,
    mute_environment,
    update_monitor,
)
from vedette.store.writer.projects import slug_of
from vedette.store.writer.release_commands import create_deploy, delete_release, save_release
from vedette.store.writer.view_commands import create_view, delete_view, move_view, update_view
from vedette.store.writer.writer import StoreWriter

_MOST_MAPPINGS = 50
_LONGEST_PATH = 4096


def run_command(writer: StoreWriter, name: str, args: JsonObject) -> tuple[JsonValue, list[Change]]:
    """Run command *name* in a transaction of its own; returns its answer and what changed.

    Raises CommandError, and then nothing has changed.
    """
    command = COMMANDS.get(name)
    if command is None:
        raise CommandError("unknown_command", f"There is no command {name!r}.")
    own: list[Change] = []
    with writer.batch() as changes:
        answer = command(writer, args, own)
    return answer, [*changes, *own]


def _create_project(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`project.create` {name, platform?} → {id, public_key}."""
    number, key = writer.projects.create(_text(args, "name"), str(args.get("platform") or "")[:64])
    return {"id": number, "public_key": key}


def _update_project(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`project.update` {id, name?, slug?, platform?, folder?, colour?, mappings?: […]} → {}.

    `mappings`, each {prefix, folder}, are to be all there are.
    """
    number = int(args["id"])
    values = _project_values(writer, number, args)
    if not values and "mappings" not in args:
        raise CommandError("bad_argument", "Nothing to change was given.")
    mappings = _mappings(args)
    if not writer.projects.is_there(number):
        raise CommandError("not_found", "That project does not exist.")
    if values:
        writer.projects.update(number, **values)
    if mappings is not None:
        writer.projects.map_paths(number, mappings)
    return {}


def _project_values(writer: StoreWriter, number: int, args: JsonObject) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if "slug" in args:
        slug = values["slug"] = _text(args, "slug").lower()
        if slug != slug_of(slug):
            raise CommandError(
                "bad_argument",
                "A short code has letters, digits and hyphens, at most 50, and not only digits.",
            )
        if writer.projects.is_taken(slug, by_other_than=number):
            raise CommandError("taken", f"Another project has the short code {slug}.")
    if "name" in args:
        values["name"] = _text(args, "name")
    if "platform" in args:
        values["platform"] = str(args["platform"] or "")[:64]
    if "folder" in args:
        values["folder"] = str(args["folder"])[:_LONGEST_PATH] if args["folder"] else None
    if "colour" in args:
        values["colour"] = int(args["colour"]) % 10
    return values


def _mappings(args: JsonObject) -> list[tuple[str, str]] | None:
    given = args.get("mappings")
    if given is None:
        return None
    if not isinstance(given, list) or len(given) > _MOST_MAPPINGS:
        raise CommandError("bad_argument", f"`mappings` must be a list of at most {_MOST_MAPPINGS}.")
    pairs = [(_path(mapping, "prefix"), _path(mapping, "folder")) for mapping in given]
    if len({prefix for prefix, _ in pairs}) < len(pairs):
        raise CommandError("bad_argument", "Two mappings begin alike.")
    return pairs


def _path(mapping: JsonValue, name: str) -> str:
    value = mapping.get(name) if isinstance(mapping, dict) else None
    if not isinstance(value, str) or not value.strip():
        raise CommandError("bad_argument", f"A mapping has a `{name}`, which must be a text.")
    return value.strip()[:_LONGEST_PATH]


def _create_key(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`key.create` {project, public_key, label?} → {id}."""
    key = _text(args, "public_key")
    number = writer.projects.add_key(int(args["project"]), key, str(args.get("label") or "Added")[:200])
    return {"id": number}


def _update_key(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`key.update` {id, active} → {}."""
    key = schema.project_key
    sql = sql_of(update(key).values(active=bindparam("a")).where(key.c.id == bindparam("b")))
    writer.raw.execute(sql, (int(bool(args.get("active", True))), int(args["id"])))
    if not writer.raw.changes():
        raise CommandError("not_found", "That key does not exist.")
    changes.append(Change(ChangeKind.PROJECT))
    return {}


def _start_run(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`run.start` {name?, trigger?} → {id}."""
    number = writer.runs.start(
        str(args.get("trigger") or "button")[:32], writer.clock(), str(args.get("name") or "")[:200]
    )
    return {"id": number}


def _adopt_request(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`request.adopt` {id} → {project}: let the project and key of a refused request in from now on."""
    request = schema.request
    sql = sql_of(select(request.c.path, request.c.public_key).where(request.c.id == 0))
    row = writer.raw.execute(sql, (int(args["id"]),)).fetchone()
    if row is None:
        raise CommandError("not_found", "That request is not here any more.")
    path, key = row
    if not key:
        raise CommandError("bad_argument", "That request names no key that could be adopted.")
    parts = [part for part in path.partition("?")[0].split("/") if part]
    project = parts[1] if len(parts) > 2 and parts[0] == "api" else None
    return {"project": writer.projects.of(project, key, "adopted")}


def _block_sender(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`sender.block` {id, blocked?} → {}."""
    sender = schema.sender
    sql = sql_of(update(sender).values(blocked=bindparam("a")).where(sender.c.id == bindparam("b")))
    writer.raw.execute(sql, (int(bool(args.get("blocked", True))), int(args["id"])))
    if not writer.raw.changes():
        raise CommandError("not_found", "That sender is not known.")
    changes.append(Change(ChangeKind.SETTINGS))
    return {}


def _update_replay(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`replay.update` {id, viewed?, archived?} → {}."""
    replay, number = schema.replay, int(args["id"])
    values = {name: int(bool(args[name])) for name in ("viewed", "archived") if name in args}
    if not values:
        raise CommandError("bad_argument", "Nothing to change was given.")
    sql = sql_of(
        update(replay)
        .values({name: bindparam(f"new_{name}") for name in values})
        .where(replay.c.id == bindparam("which"))
    )
    writer.raw.execute(sql, (*values.values(), number))
    if not writer.raw.changes():
        raise CommandError("not_found", "That replay is not here any more.")
    changes.append(Change(ChangeKind.REPLAY, (number,)))
    return {}


def _text(args: JsonObject, name: str) -> str:
    value = args.get(name)
    if not isinstance(value, str) or not value.strip():
        raise CommandError("bad_argument", f"`{name}` must be a text.")
    return value.strip()[:200]


Command = Callable[[StoreWriter, JsonObject, list[Change]], JsonValue]
COMMANDS: Mapping[str, Command] = {
    "issue.update": update_issues,
    "issue.delete": delete_issues,
    "issue.discard": discard_issues,
    "issue.restore": restore_issues,
    "discard.remove": remove_discards,
    "discard.add": add_discards,
    "note.create": create_note,
    "note.update": update_note,
    "note.delete": delete_note,
    "label.create": create_label,
    "label.update": update_label,
    "label.delete": delete_label,
    "view.create": create_view,
    "view.update": update_view,
    "view.delete": delete_view,
    "view.move": move_view,
    "project.create": _create_project,
    "project.update": _update_project,
    "key.create": _create_key,
    "key.update": _update_key,
    "run.start": _start_run,
    "request.adopt": _adopt_request,
    "sender.block": _block_sender,
    "replay.update": _update_replay,
    "release.save": save_release,
    "release.delete": delete_release,
    "release.deploy": create_deploy,
    "monitor.create": create_monitor,
    "monitor.update": update_monitor,
    "monitor.delete": delete_monitor,
    "monitor.mute_environment": mute_environment,
}
