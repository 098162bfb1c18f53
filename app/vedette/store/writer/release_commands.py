"""What is said of releases: made, dated, given commits and deploys. Each runs inside the writer's batch."""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import Table, bindparam, delete, func, insert, select, update

from vedette.domain.changes import Change, ChangeKind
from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.times import LATEST, now
from vedette.store import schema
from vedette.store.engine import sql_of
from vedette.store.writer.command_error import CommandError
from vedette.store.writer.interning import next_id
from vedette.store.writer.writer import StoreWriter

LONGEST_RELEASE = 200
MOST_COMMITS = 1_000
MOST_FILES = 1_000
MOST_DEPLOYS = 1_000
_LONGEST = {"sha": 64, "message": 10_000, "path": 1_000}
_LONGEST_TEXT = 500
_COMMIT = ("sha", "repository", "message", "author_name", "author_email")
_KINDS = frozenset("AMD")


def save_release(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`release.save` {version, projects, released?, started?, url?, ref?, archived?, commits?} → {id, made}.

    `commits` are {sha, repository?, message?, author_name?, author_email?, ts?, files?: [[path, kind]]},
    the newest first, and take the place of those before. `made`: nobody had said anything of it before.
    """
    number = writer.announce_release(_version(args), _projects(writer, args), now())
    values: dict[str, Any] = {}
    for name in ("released", "started"):
        if name in args:
            values[name] = _moment(args[name])
    for name in ("url", "ref"):
        if name in args:
            values[name] = _text(args[name], _LONGEST_TEXT)
    if "archived" in args:
        values["archived"] = int(bool(args["archived"]))
    made = _note(writer, number, values)
    if "commits" in args:
        _set_commits(writer, number, args["commits"])
    changes.append(Change(ChangeKind.PROJECT))
    return {"id": number, "made": made}


def delete_release(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`release.delete` {version} → {}: what was said of it; only while nothing that was sent names it."""
    number = _find(writer, args)
    release, hours = schema.release, schema.session_hour
    events = sql_of(select(func.sum(release.c.events)).where(release.c.release_term == 0))
    sessions = sql_of(select(hours.c.bucket).where(hours.c.release_term == 0))
    seen = writer.raw.execute(events, (number,)).fetchone()
    if (seen and seen[0]) or writer.raw.execute(sessions, (number,)).fetchone():
        raise CommandError(
            "bad_argument",
            "This release is referenced by active issues or sessions and cannot be removed.",
        )
    for table in (release, schema.release_note, schema.release_commit, schema.release_deploy):
        _delete(writer, table, number)
    changes.append(Change(ChangeKind.PROJECT))
    return {}


def create_deploy(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`release.deploy` {version, environment, name?, url?, started?, finished?, projects?} → {id}."""
    number = _find(writer, args)
    deploy = schema.release_deploy
    count = sql_of(select(func.count()).where(deploy.c.release_term == 0))
    row = writer.raw.execute(count, (number,)).fetchone()
    if row and row[0] >= MOST_DEPLOYS:
        raise CommandError("bad_argument", f"A release has at most {MOST_DEPLOYS:,} deploys.")
    environment = _text(args.get("environment"), 64)
    if not environment:
        raise CommandError("bad_argument", "`environment` must be a text.")
    writer.announce_release(_version(args), _projects(writer, args), now())
    values = {
        "id": next_id(writer.raw, deploy),
        "release_term": number,
        "environment": environment,
        "name": _text(args.get("name"), _LONGEST_TEXT),
        "url": _text(args.get("url"), _LONGEST_TEXT),
        "started": _moment(args.get("started")),
        "finished": _moment(args.get("finished")) or now(),
    }
    writer.raw.execute(sql_of(insert(deploy)), tuple(values.values()))
    changes.append(Change(ChangeKind.PROJECT))
    return {"id": values["id"]}


def _version(args: JsonObject) -> str:
    version = _text(args.get("version"), LONGEST_RELEASE + 1)
    if version is None or len(version) > LONGEST_RELEASE:
        raise CommandError("bad_argument", f"A release has a name of at most {LONGEST_RELEASE} characters.")
    return version


def _find(writer: StoreWriter, args: JsonObject) -> int:
    """Return the term of the release `version` names. Raises CommandError(not_found)."""
    release, term = schema.release, schema.term
    sql = sql_of(
        select(release.c.release_term)
        .join(term, term.c.id == release.c.release_term)
        .where(term.c.key == bindparam("k"), term.c.value == bindparam("v"))
    )
    row = writer.raw.execute(sql, ("release", str(args["version"]))).fetchone()
    if row is None:
        raise CommandError("not_found", "That release does not exist.")
    return int(row[0])


def _projects(writer: StoreWriter, args: JsonObject) -> list[int]:
    given = args.get("projects") or []
    if not isinstance(given, list):
        raise CommandError("bad_argument", "`projects` must be a list.")
    for project in given:
        if not isinstance(project, int) or not writer.projects.is_there(project):
            raise CommandError("not_found", "There is no such project.")
    return given


def _note(writer: StoreWriter, number: int, values: dict[str, Any]) -> bool:
    """Set *values* of what is said of a release; returns whether nothing was said before."""
    note = schema.release_note
    found = writer.raw.execute(
        sql_of(select(note.c.created).where(note.c.release_term == 0)), (number,)
    ).fetchone()
    if found is None:
        row = dict.fromkeys(column.name for column in note.columns) | {
            "release_term": number,
            "created": now(),
            "archived": 0,
        }
        writer.raw.execute(sql_of(insert(note)), tuple((row | values).values()))
    elif values:
        ordered: list[Any] = [(note.c[name], bindparam(f"new_{name}")) for name in values]
        sql = sql_of(update(note).ordered_values(*ordered).where(note.c.release_term == bindparam("which")))
        writer.raw.execute(sql, (*values.values(), number))
    return found is None


def _set_commits(writer: StoreWriter, number: int, given: JsonValue) -> None:
    if not isinstance(given, list) or len(given) > MOST_COMMITS:
        raise CommandError("bad_argument", f"`commits` must be a list of at most {MOST_COMMITS:,}.")
    _delete(writer, schema.release_commit, number)
    writer.raw.executemany(
        sql_of(insert(schema.release_commit)),
        [(number, n, *_commit(commit)) for n, commit in enumerate(given)],
    )


def _commit(given: JsonValue) -> Sequence[object]:
    commit = given if isinstance(given, dict) else {}
    texts = [_text(commit.get(name), _LONGEST.get(name, _LONGEST_TEXT)) for name in _COMMIT]
    if not texts[0]:
        raise CommandError("bad_argument", "A commit has an id.")
    files = [
        [path[: _LONGEST["path"]], kind]
        for path, kind in commit.get("files") or ()
        if isinstance(path, str) and kind in _KINDS
    ]
    return (*texts, _moment(commit.get("ts")), orjson.dumps(files[:MOST_FILES]).decode())


def _delete(writer: StoreWriter, table: Table, number: int) -> None:
    writer.raw.execute(sql_of(delete(table).where(table.c.release_term == 0)), (number,))


def _moment(value: JsonValue) -> int | None:
    return min(max(value, 0), LATEST) if isinstance(value, int) and not isinstance(value, bool) else None


def _text(value: JsonValue, longest: int) -> str | None:
    return value.strip()[:longest] or None if isinstance(value, str) else None
