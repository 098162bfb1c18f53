"""Activities of issues, and the notes people write: `note.create`, `note.update`, `note.delete`."""

from typing import Any

import apsw
import orjson
from sqlalchemy import bindparam, delete, func, insert, select, update

from vedette.domain.changes import Change, ChangeKind
from vedette.domain.issues import PENDING_DELETION
from vedette.domain.json import JsonObject, JsonValue
from vedette.store import schema
from vedette.store.engine import sql_of
from vedette.store.writer import arguments
from vedette.store.writer.command_error import CommandError
from vedette.store.writer.interning import next_id
from vedette.store.writer.writer import StoreWriter

LONGEST_NOTE = 50_000
MOST_NOTES = 10_000
_NOTE = "note"


def note_activity(raw: apsw.Connection, issue: int, at: int, kind: str, data: JsonObject) -> int:
    """Write that *kind* happened to *issue* at *at*; returns the activity's id. Inside a transaction."""
    number = next_id(raw, schema.activity)
    raw.execute(sql_of(insert(schema.activity)), (number, issue, at, kind, orjson.dumps(data).decode()))
    return number


def create_note(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`note.create` {issue, text, at?} → {id, at}: Markdown. *at* is given where a deletion is taken back."""
    issue, text = arguments.number(args, "issue"), _text(args)
    at = arguments.number(args, "at") if "at" in args else writer.clock()
    table = schema.issue
    known = sql_of(select(table.c.notes).where(table.c.id == 0, table.c.status != 0))
    row = writer.raw.execute(known, (issue, PENDING_DELETION)).fetchone()
    if row is None:
        raise CommandError("not_found", "That issue does not exist.")
    if (row[0] or 0) >= MOST_NOTES:
        raise CommandError("too_many", f"An issue can have {MOST_NOTES:,} notes.")
    number = note_activity(writer.raw, issue, at, _NOTE, {"text": text})
    _count(writer.raw, issue)
    changes.append(Change(ChangeKind.ISSUE, (issue,)))
    return {"id": number, "at": at}


def update_note(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`note.update` {id, text} → {before: {text}}."""
    number, text = arguments.number(args), _text(args)
    issue, _, data = _find(writer.raw, number)
    table = schema.activity
    sql = sql_of(update(table).values(data=bindparam("new")).where(table.c.id == bindparam("which")))
    changed = {"text": text, "edited": writer.clock()}
    writer.raw.execute(sql, (orjson.dumps(changed).decode(), number))
    changes.append(Change(ChangeKind.ISSUE, (issue,)))
    return {"before": {"text": data.get("text")}}


def delete_note(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`note.delete` {id} → {before: {issue, text, at}}: creating that again undoes it."""
    number = arguments.number(args)
    issue, at, data = _find(writer.raw, number)
    writer.raw.execute(sql_of(delete(schema.activity).where(schema.activity.c.id == 0)), (number,))
    _count(writer.raw, issue)
    changes.append(Change(ChangeKind.ISSUE, (issue,)))
    return {"before": {"issue": issue, "text": data.get("text"), "at": at}}


def _find(raw: apsw.Connection, number: int) -> tuple[int, int, Any]:
    table = schema.activity
    sql = sql_of(
        select(table.c.issue, table.c.ts, table.c.data).where(table.c.id == 0, table.c.kind == _NOTE)
    )
    row = raw.execute(sql, (number, _NOTE)).fetchone()
    if row is None:
        raise CommandError("not_found", "That note does not exist any more.")
    return row[0], row[1], orjson.loads(row[2])


def _count(raw: apsw.Connection, issue: int) -> None:
    table, which = schema.activity, schema.issue
    count = sql_of(select(func.count()).select_from(table).where(table.c.issue == 0, table.c.kind == _NOTE))
    n = raw.execute(count, (issue, _NOTE)).fetchone()
    sql = sql_of(update(which).values(notes=bindparam("n")).where(which.c.id == bindparam("which")))
    raw.execute(sql, (n[0] if n else 0, issue))


def _text(args: JsonObject) -> str:
    text = args.get("text")
    if not isinstance(text, str) or not text.strip():
        raise CommandError("bad_argument", "A note has a text.")
    if len(text) > LONGEST_NOTE:
        raise CommandError("bad_argument", f"A note can have {LONGEST_NOTE:,} characters.")
    return text
