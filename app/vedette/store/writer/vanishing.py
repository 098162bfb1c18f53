"""Issues that others take in: what people said of them goes along, and all comes back when that is undone."""

from typing import Any

import apsw
from sqlalchemy import Table, delete, func, insert, select, update

from vedette.domain.issues import Status, Substatus
from vedette.domain.json import JsonObject
from vedette.store import dialect, schema
from vedette.store.engine import sql_of
from vedette.store.writer.interning import keep_ids_given
from vedette.store.writer.journal import Entry, Journal
from vedette.store.writer.overrulings import Overrulings, write_origins
from vedette.store.writer.workflow import Row
from vedette.store.writer.writer import StoreWriter

# Rows that are kept aside with an issue; all that is counted follows its events.
_DOSSIER: tuple[tuple[Table, str], ...] = (
    (schema.issue, "id"),
    (schema.issue_label, "issue"),
    (schema.archive, "issue"),
    (schema.resolution, "issue"),
)
_COLUMNS = [str(column.name) for column in schema.issue.columns]
_NOTE, _FIRST = "note", "first_seen"


def new_issue(writer: StoreWriter, like: Row, number: int | None = None) -> int:
    """Return a new issue without events, for some of those of an issue whose row is *like*.

    A person made it and has seen it; what was decided about the other one was not decided about it.
    """
    number = writer.issues.take_number() if number is None else number
    kept = (
        "project", "kind", "level", "priority", "title", "type", "value", "culprit", "filename", "function",
        "lineno", "platform", "handled", "first", "last", "first_run", "last_run", "grouping_config",
    )  # fmt: skip
    row: Row = dict.fromkeys(_COLUMNS) | {name: like[name] for name in kept}
    row |= {
        "id": number,
        "short": writer.issues.take_short(like["project"]),
        "status": Status.UNRESOLVED.number,
        "substatus": Substatus.ONGOING.value,
        "substatus_at": writer.clock(),
        "n": 0,
        "users": 0,
        "first_event": 0,
        "last_event": 0,
        "starred": 0,
        "seen": 1,
    }
    writer.raw.execute(sql_of(insert(schema.issue)), tuple(row.values()))
    return number


def vanish(
    writer: StoreWriter, entry: Entry, old: int, new: int | None, *, keeps_count: bool, follows: bool = True
) -> None:
    """Take issue *old* away; it is found at *new*, which gets its labels, star, notes and activity.

    With *follows* what leads to it leads to *new*, later events too. *entry* remembers all there is to know
    to bring it back, with its count if *keeps_count* (and its events do not take that along). Without *new*
    it is found nowhere.
    """
    raw = writer.raw
    dossier: JsonObject = {str(table.name): _rows(raw, table, key, old) for table, key in _DOSSIER}
    if not dossier["issue"]:
        return
    row = dict(zip(_COLUMNS, dossier["issue"][0], strict=True))
    dossier["issue"] = [row | {"users": 0, "n": row["n"] if keeps_count else 0}]
    gone: JsonObject = {"dossier": dossier, "into": new}
    keep_ids_given(raw, schema.issue)
    for table, key in _DOSSIER:
        raw.execute(sql_of(delete(table).where(table.c[key] == 0)), (old,))
    if new is not None:
        labels = [label for _, label in dossier["issue_label"]]
        gone |= _hand_over(raw, row, labels, new)
        redirect = (old, row["project"], row["short"], new, entry.id, int(follows))
        raw.execute(sql_of(dialect.insert_or_replace(schema.issue_redirect)), redirect)
        write_origins(raw, [new])
    entry.data.setdefault("gone", {})[str(old)] = gone


def drop_counters(raw: apsw.Connection, issue: int) -> None:
    """Delete what is still counted for an issue that is no more."""
    for table in (schema.issue_term, schema.issue_minute, schema.issue_hour, schema.issue_user):
        raw.execute(sql_of(delete(table).where(table.c.issue == 0)), (issue,))


def bring_back(writer: StoreWriter, regrouping: int, old: int, gone: JsonObject) -> None:
    """Undo the `vanish` of a regrouping, unless *old* was brought back or taken in otherwise since.

    Its events are moved by others.
    """
    raw, redirect = writer.raw, schema.issue_redirect
    mine = (redirect.c.old == 0, redirect.c.regrouping == 0)
    raw.execute(sql_of(delete(redirect).where(*mine)), (old, regrouping))
    if gone["into"] is not None and not raw.changes():
        return
    write_origins(raw, [old, *([gone["into"]] if gone["into"] is not None else [])])
    dossier = gone["dossier"]
    if not writer.issues.is_there(old):
        row = dict.fromkeys(_COLUMNS) | dossier["issue"][0]
        raw.execute(sql_of(insert(schema.issue)), tuple(row[name] for name in _COLUMNS))
    for table, _ in _DOSSIER[1:]:
        sql = sql_of(dialect.insert_or_ignore(table))
        raw.executemany(sql, [tuple(values) for values in dossier[table.name]])
    if gone["into"] is not None:
        _take_back(raw, old, gone)


def revive(writer: StoreWriter, old: int, like: int) -> None:
    """Let issue *old*, to which an event belongs again, be there: as it was, or else much as issue *like*."""
    found = _gone(writer.raw, old)
    if found is not None:
        bring_back(writer, found[0], old, found[1])
    if writer.issues.is_there(old):
        return
    rows = _rows(writer.raw, schema.issue, "id", like)
    if rows:
        new_issue(writer, dict(zip(_COLUMNS, rows[0], strict=True)), old)
    elif (found := _gone(writer.raw, like)) is not None:  # merged, so that its events are on their way
        new_issue(writer, dict.fromkeys(_COLUMNS) | found[1]["dossier"]["issue"][0], old)


def _gone(raw: apsw.Connection, number: int) -> tuple[int, JsonObject] | None:
    """Return the regrouping that took issue *number* away, and what it remembers of it.

    Nothing leads away from what was split off before any event fitted: its split remembers it.
    """
    redirect, split = schema.issue_redirect, schema.split
    by = (
        select(redirect.c.regrouping).where(redirect.c.old == 0),
        select(split.c.id).where(split.c.target == 0).order_by(split.c.id.desc()),
    )
    for statement in by:
        for (regrouping,) in raw.execute(sql_of(statement), (number,)).fetchall():
            entry = Journal(raw).find(int(str(regrouping)))
            gone = None if entry is None else entry.data.get("gone", {}).get(str(number))
            if entry is not None and gone is not None:
                return entry.id, gone
    return None


def _hand_over(raw: apsw.Connection, row: Row, of_old: list[int], new: int) -> JsonObject:
    """Give *new* what people said of *old*; returns what that changed."""
    activity, labels, issue = schema.activity, schema.issue_label, schema.issue
    # That the old one was first seen stays with it: there is nothing to see of that in the new one.
    found = sql_of(select(activity.c.id).where(activity.c.issue == 0, activity.c.kind != ""))
    moved = [number for (number,) in raw.execute(found, (row["id"], _FIRST))]
    to_new = sql_of(update(activity).values(issue=0).where(activity.c.id == 0))
    raw.executemany(to_new, [(new, number) for number in moved])
    added = []
    for label in of_old:
        raw.execute(sql_of(dialect.insert_or_ignore(labels)), (new, label))
        if raw.changes():
            added.append(label)
    starred = False
    if row["starred"]:
        star = update(issue).values(starred=1).where(issue.c.id == 0, issue.c.starred == 0)
        raw.execute(sql_of(star), (1, new, 0))
        starred = bool(raw.changes())
    _count_notes(raw, new)
    return {"activities": moved, "labels": added, "starred": starred}


def _take_back(raw: apsw.Connection, old: int, gone: JsonObject) -> None:
    activity, labels, issue = schema.activity, schema.issue_label, schema.issue
    new = Overrulings(raw).place(gone["into"])
    back = sql_of(update(activity).values(issue=0).where(activity.c.id == 0, activity.c.issue == 0))
    raw.executemany(back, [(old, number, new) for number in gone["activities"]])
    drop = sql_of(delete(labels).where(labels.c.issue == 0, labels.c.label == 0))
    raw.executemany(drop, [(new, label) for label in gone["labels"]])
    if gone["starred"]:
        raw.execute(sql_of(update(issue).values(starred=0).where(issue.c.id == 0)), (0, new))
    for number in (old, new):
        _count_notes(raw, number)


def _count_notes(raw: apsw.Connection, number: int) -> None:
    activity, issue = schema.activity, schema.issue
    count = sql_of(select(func.count()).where(activity.c.issue == 0, activity.c.kind == ""))
    n = raw.execute(count, (number, _NOTE)).get
    raw.execute(sql_of(update(issue).values(notes=0).where(issue.c.id == 0)), (n or None, number))


def _rows(raw: apsw.Connection, table: Table, key: str, number: int) -> list[Any]:
    return [list(row) for row in raw.execute(sql_of(select(table).where(table.c[key] == 0)), (number,))]
