"""Merge, unmerge, split and move, declared: what changes at once, and whose events have to be looked at.

Each function notes in its journal entry what is needed to undo it, and in ``data["sources"]`` the issues
whose events may belong elsewhere from now on; moving those is somebody else's work, in steps. Callers hold
the transaction, and let the writer's issues relearn afterwards.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import apsw
from sqlalchemy import bindparam, delete, insert, select, update

from vedette.domain.issues import Status
from vedette.store import dialect, schema
from vedette.store.engine import sql_of
from vedette.store.writer.command_error import CommandError
from vedette.store.writer.issue_notes import note_activity
from vedette.store.writer.journal import Entry
from vedette.store.writer.overrulings import Overrulings, Pin
from vedette.store.writer.relocation import Relocation
from vedette.store.writer.vanishing import bring_back, new_issue, vanish
from vedette.store.writer.workflow import Row
from vedette.store.writer.writer import StoreWriter

_STATUSES = {status.number for status in Status}
_FEEDBACK = "feedback"


def issue_row(relocation: Relocation, number: int) -> Row:
    """Return the row of an issue that can be regrouped. Raises CommandError if there is none."""
    row = relocation.row(number)
    if row is None or row["status"] not in _STATUSES:
        raise CommandError("not_found", f"There is no issue {number}, or it was deleted or merged.")
    return row


def check_alike(rows: Sequence[Row]) -> None:
    """Raise CommandError unless events of *rows*, issues, can belong together."""
    if len({row["project"] for row in rows}) > 1:
        raise CommandError("bad_argument", "Issues of different projects cannot share events.")
    if len({row["kind"] == _FEEDBACK for row in rows}) > 1:
        raise CommandError("bad_argument", "Feedback and errors cannot be one issue.")


def parent_of(rows: Sequence[Row]) -> Row:
    """Return of issues that are merged the one that stays: it has most events, of equals it is the oldest."""
    return max(rows, key=lambda row: (row["n"], -row["id"]))


def declare_merge(writer: StoreWriter, entry: Entry, rows: Sequence[Row]) -> None:
    """Let one of *rows*, at least two issues, take in the others."""
    parent = parent_of(rows)
    children = [row for row in rows if row["id"] != parent["id"]]
    raw, issue = writer.raw, schema.issue
    add = update(issue).values(n=issue.c.n + bindparam("more")).where(issue.c.id == bindparam("which"))
    for row in children:
        raw.execute(sql_of(add), (row["n"], parent["id"]))
        vanish(writer, entry, row["id"], parent["id"], keeps_count=False)
    numbers = [row["id"] for row in children]
    entry.data |= {"issue": parent["id"], "issues": numbers, "sources": numbers}
    told = [{"id": str(row["id"]), "title": row["title"], "short": row["short"]} for row in children]
    note_activity(raw, parent["id"], entry.at, "merge", {"issues": told})


def declare_unmerge(writer: StoreWriter, entry: Entry, row: Row, hashes: Sequence[bytes]) -> int:
    """Let *hashes* of an issue lead to a new one, which is returned."""
    raw, number = writer.raw, row["id"]
    overrulings = Overrulings(raw)
    before = _homes(raw, row["project"], hashes)
    leading = overrulings.leading_to(number)
    if any(before.get(digest) not in leading for digest in hashes):
        raise CommandError(
            "bad_argument",
            "Not a hash of this issue. Events that a split or a move brought can be moved, or that undone.",
        )
    new = new_issue(writer, row)
    _point(raw, row["project"], [(digest, new) for digest in hashes])
    named = [digest.hex() for digest in hashes]
    note_activity(raw, number, entry.at, "unmerge_source", {"destination": str(new), "hashes": named})
    note_activity(raw, new, entry.at, "unmerge_destination", {"source": str(number), "hashes": named})
    entry.data |= {
        "issue": number,
        "target": new,
        "is_new": True,
        "hashes": {digest.hex(): before[digest] for digest in hashes},
        "sources": sorted(overrulings.reached_from([number])),
    }
    return new


def declare_split(writer: StoreWriter, entry: Entry, row: Row, matchers: str, target: int | None) -> int:
    """Send the events of an issue that fit *matchers* to *target*, a new issue if None; returns which."""
    raw, number = writer.raw, row["id"]
    new = new_issue(writer, row) if target is None else target
    split = (entry.id, row["project"], number, new, matchers, entry.at)
    raw.execute(sql_of(insert(schema.split)), split)
    note_activity(raw, number, entry.at, "split_source", {"destination": str(new), "matchers": matchers})
    note_activity(raw, new, entry.at, "split_destination", {"source": str(number), "matchers": matchers})
    entry.data |= {
        "issue": number,
        "target": new,
        "is_new": target is None,
        "matchers": matchers,
        "sources": [number],
    }
    return new


def declare_move(
    writer: StoreWriter,
    entry: Entry,
    like: Row,
    events: Sequence[tuple[int, bytes, int]],
    target: int | None,
) -> int:
    """Pin *events* (row id, event id, issue) to *target*, a new one *like* another if None; returns which."""
    raw, project = writer.raw, entry.project
    new = new_issue(writer, like) if target is None else target
    overrulings, pin = Overrulings(raw), schema.event_pin
    before = {eid.hex(): _pinned(overrulings.pin(project, eid)) for _, eid, _ in events}
    write = sql_of(dialect.insert_or_replace(pin))
    raw.executemany(write, [(project, eid, new, entry.id) for _, eid, _ in events])
    for issue in sorted({issue for _, _, issue in events}):
        moved = [eid.hex() for _, eid, of in events if of == issue]
        note_activity(raw, issue, entry.at, "move_source", {"destination": str(new), "events": moved})
    everything = [eid.hex() for _, eid, _ in events]
    note_activity(raw, new, entry.at, "move_destination", {"events": everything})
    entry.data |= {
        "target": new,
        "is_new": target is None,
        "pins": before,
        "events": [number for number, _, _ in events],
        "sources": [],
    }
    return new


def undeclare(writer: StoreWriter, entry: Entry) -> None:
    """Take back what *entry* declared; its ``sources`` are then the issues that it brought events to."""
    raw, data = writer.raw, entry.data
    gone: dict[str, Any] = data.get("gone", {})
    reached = Overrulings(raw).reached_from(
        [*map(int, gone), *([data["target"]] if data.get("target") is not None else [])]
    )
    for old, what in gone.items():
        bring_back(writer, entry.id, int(old), what)
        entry.touched.add(int(old))
    if "hashes" in data:
        _point_back(raw, entry.project, data["hashes"], data["target"])
        # What was first seen with one of them since would have come to the same issue without them.
        by_hash = schema.issue_hash
        rest = sql_of(update(by_hash).values(issue=0).where(by_hash.c.issue == 0))
        raw.execute(rest, (data["issue"], data["target"]))
    raw.execute(sql_of(delete(schema.split).where(schema.split.c.id == 0)), (entry.id,))
    for eid, before in data.get("pins", {}).items():
        _unpin(raw, entry, bytes.fromhex(eid), before)
    data["sources"] = sorted(reached)


def _pinned(pin: Pin | None) -> list[int] | None:
    return None if pin is None else [pin.issue, pin.after]


def _unpin(raw: apsw.Connection, entry: Entry, eid: bytes, before: list[int] | None) -> None:
    """Let a pin be what it was before, unless it was changed again since."""
    pin = schema.event_pin
    mine = (pin.c.project == 0, pin.c.eid == b"", pin.c.after == 0)
    which = (entry.project, eid, entry.id)
    if before is None:
        raw.execute(sql_of(delete(pin).where(*mine)), which)
    else:
        raw.execute(sql_of(update(pin).values(issue=0, after=0).where(*mine)), (*before, *which))


def _homes(raw: apsw.Connection, project: int, hashes: Iterable[bytes]) -> dict[bytes, int]:
    by_hash = schema.issue_hash
    find = sql_of(select(by_hash.c.issue).where(by_hash.c.project == 0, by_hash.c.hash == b""))
    found: dict[bytes, int] = {}
    for digest in hashes:
        row = raw.execute(find, (project, digest)).fetchone()
        if row is not None:
            found[digest] = row[0]
    return found


def _point(raw: apsw.Connection, project: int, hashes: Iterable[tuple[bytes, int]]) -> None:
    by_hash = schema.issue_hash
    write = sql_of(update(by_hash).values(issue=0).where(by_hash.c.project == 0, by_hash.c.hash == b""))
    raw.executemany(write, [(issue, project, digest) for digest, issue in hashes])


def _point_back(raw: apsw.Connection, project: int, before: dict[str, Any], since: int) -> None:
    """Let hashes lead where they led *before*, unless they lead elsewhere than to *since* by now."""
    by_hash = schema.issue_hash
    mine = (by_hash.c.project == 0, by_hash.c.hash == b"", by_hash.c.issue == 0)
    write = sql_of(update(by_hash).values(issue=0).where(*mine))
    raw.executemany(
        write, [(issue, project, bytes.fromhex(digest), since) for digest, issue in before.items()]
    )
