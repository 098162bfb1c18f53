"""`issue.delete`, `issue.discard`, `issue.restore`: issues that go after a while in which to think better.

Until then nobody sees them, and restoring brings all of them back, also after a restart; what comes meanwhile
makes an issue of its own. `discard.remove` and `discard.add` change what is not wanted again.
"""

from sqlalchemy import bindparam, delete, insert, select, update

from vedette.domain.changes import Change, ChangeKind
from vedette.domain.issues import PENDING_DELETION
from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.times import SECOND
from vedette.store import schema
from vedette.store.engine import sql_of
from vedette.store.writer import arguments
from vedette.store.writer.command_error import CommandError
from vedette.store.writer.writer import StoreWriter

GRACE = 30
"""Seconds in which a deletion can be taken back."""
LONGEST_GRACE = 3_600
_MOST_HASHES = 10_000


def delete_issues(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`issue.delete` {ids, grace?} → {deleted: [id], until}: `issue.restore` undoes it before *until*."""
    return _delete(writer, args, changes, discards=False)


def discard_issues(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`issue.discard` {ids, grace?} → the same; events with the issues' hashes are filtered from now on."""
    return _delete(writer, args, changes, discards=True)


def _delete(writer: StoreWriter, args: JsonObject, changes: list[Change], *, discards: bool) -> JsonValue:
    at, raw, issue = writer.clock(), writer.raw, schema.issue
    grace = arguments.number(args, "grace", most=LONGEST_GRACE) if "grace" in args else GRACE
    until = at + grace * SECOND
    read = sql_of(
        select(issue.c.status, issue.c.project, issue.c.title).where(
            issue.c.id == 0, issue.c.status != PENDING_DELETION
        )
    )
    put = sql_of(insert(schema.deletion))
    deleted = []
    for number in arguments.numbers(args):
        row = raw.execute(read, (number, PENDING_DELETION)).fetchone()
        if row is None:
            continue
        status, project, title = row
        if discards:
            writer.discards.add(project, _hashes(writer, number), title, at)
        raw.execute(put, (number, status, until, 0, int(discards)))
        _set_status(writer, number, PENDING_DELETION)
        deleted.append(number)
    if not deleted:
        raise CommandError("not_found", "None of these issues exists any more.")
    writer.issues.set_pending(deleted, pending=True)
    changes.append(Change(ChangeKind.ISSUE, tuple(deleted)))
    return {"deleted": deleted, "until": until}


def restore_issues(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`issue.restore` {ids} → {restored: [id]}: those whose deletion has not begun."""
    raw, table, issue = writer.raw, schema.deletion, schema.issue
    read = sql_of(
        select(table.c.status, table.c.discards, issue.c.project)
        .join(issue, issue.c.id == table.c.issue)
        .where(table.c.issue == 0, table.c.started == 0)
    )
    forget = sql_of(delete(table).where(table.c.issue == 0))
    restored = []
    for number in arguments.numbers(args):
        row = raw.execute(read, (number, 0)).fetchone()
        if row is None:
            continue
        status, discards, project = row
        if discards:
            writer.discards.remove(project, _hashes(writer, number))
        raw.execute(forget, (number,))
        _set_status(writer, number, status)
        restored.append(number)
    if not restored:
        raise CommandError("gone", "It is too late to take that back: the issues are deleted.")
    writer.issues.set_pending(restored, pending=False)
    changes.append(Change(ChangeKind.ISSUE, tuple(restored)))
    return {"restored": restored}


def remove_discards(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`discard.remove` {hashes: [{project, hash}]} → {before: {hashes: […]}}: let their events in again."""
    table = schema.discarded_hash
    read = sql_of(select(table.c.title, table.c.at).where(table.c.project == 0, table.c.hash == b""))
    before: list[JsonValue] = []
    for project, digest, _ in _named_hashes(args):
        row = writer.raw.execute(read, (project, digest)).fetchone()
        if row is not None:
            writer.discards.remove(project, [digest])
            before.append({"project": project, "hash": digest.hex(), "title": row[0], "at": row[1]})
    if not before:
        raise CommandError("not_found", "Nothing of that is discarded.")
    changes.append(Change(ChangeKind.SETTINGS))
    return {"before": {"hashes": before}}


def add_discards(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`discard.add` {hashes: [{project, hash, title?}]} → {}: filter events with these hashes."""
    for project, digest, title in _named_hashes(args):
        writer.discards.add(project, [digest], title, writer.clock())
    changes.append(Change(ChangeKind.SETTINGS))
    return {}


def _named_hashes(args: JsonObject) -> list[tuple[int, bytes, str]]:
    given = args.get("hashes")
    if not isinstance(given, list) or not 0 < len(given) <= _MOST_HASHES:
        raise CommandError("bad_argument", f"`hashes` must be a list of at most {_MOST_HASHES:,}.")
    found = []
    for one in given:
        if not isinstance(one, dict):
            raise CommandError("bad_argument", "A hash is given with its project.")
        try:
            digest = bytes.fromhex(one["hash"])
        except (KeyError, TypeError, ValueError) as error:
            raise CommandError("bad_argument", "A hash is 32 hexadecimal digits.") from error
        if len(digest) != 16:
            raise CommandError("bad_argument", "A hash is 32 hexadecimal digits.")
        found.append((arguments.number(one, "project"), digest, str(one.get("title") or "")[:1000]))
    return found


def _hashes(writer: StoreWriter, issue: int) -> list[bytes]:
    """Return the hashes that lead to *issue*, also by issues that were merged into it."""
    table = schema.issue_hash
    sql = sql_of(select(table.c.hash).where(table.c.issue == 0))
    leading = sorted(writer.issues.overrulings.leading_to(issue))
    return [row[0] for number in leading for row in writer.raw.execute(sql, (number,))]


def _set_status(writer: StoreWriter, issue: int, status: int) -> None:
    table = schema.issue
    sql = sql_of(update(table).values(status=bindparam("new")).where(table.c.id == bindparam("which")))
    writer.raw.execute(sql, (status, issue))
