"""Labels and which issues carry them: `label.create`, `label.update`, `label.delete`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import apsw
from sqlalchemy import bindparam, delete, func, insert, select, update

from vedette.domain.changes import Change, ChangeKind
from vedette.domain.json import JsonObject, JsonValue
from vedette.store import dialect, schema
from vedette.store.engine import sql_of
from vedette.store.writer import arguments
from vedette.store.writer.command_error import CommandError
from vedette.store.writer.interning import next_id
from vedette.store.writer.writer import StoreWriter

COLOURS = 10
MOST_LABELS = 200
MOST_OF_AN_ISSUE = 50
LONGEST_LABEL = 40
_MOST_RESTORED = 100_000


@dataclass(frozen=True, slots=True)
class LabelChange:
    """Which labels (ids) issues get and lose; ``exactly`` are to be all."""

    add: frozenset[int]
    remove: frozenset[int]
    exactly: frozenset[int] | None


def label_change(raw: apsw.Connection, args: JsonObject) -> LabelChange | None:
    """Return what `labels`, `add_labels`, `remove_labels` ask for, None for nothing. Raises CommandError."""
    sets: dict[str, frozenset[int] | None] = {}
    for name in ("labels", "add_labels", "remove_labels"):
        given = args.get(name)
        if given is None:
            sets[name] = None
            continue
        if not isinstance(given, list) or not all(type(n) is int for n in given):
            raise CommandError("bad_argument", f"`{name}` must be a list of labels' numbers.")
        sets[name] = frozenset(given)
    if all(found is None for found in sets.values()):
        return None
    wanted = frozenset().union(*(found for found in sets.values() if found is not None))
    known = {row[0] for row in raw.execute(sql_of(select(schema.label.c.id)))}
    if sets["labels"] is None and not wanted <= known:
        raise CommandError("bad_argument", "There is no such label.")
    exactly = sets["labels"]
    return LabelChange(
        sets["add_labels"] or frozenset(),
        sets["remove_labels"] or frozenset(),
        # What was taken back may name a label that is gone since.
        None if exactly is None else exactly & known,
    )


class Labelling:
    """Gives labels to issues and takes them away."""

    def __init__(self, raw: apsw.Connection) -> None:
        self._raw = raw
        table, label = schema.issue_label, schema.label
        self._find = sql_of(select(table.c.label).where(table.c.issue == 0))
        self._add = sql_of(dialect.insert_or_ignore(table))
        self._remove = sql_of(delete(table).where(table.c.issue == 0, table.c.label == 0))
        self._names: dict[int, str] = dict(raw.execute(sql_of(select(label.c.id, label.c.name))))

    def change(
        self, issue: int, wanted: LabelChange, note: Callable[[int, Sequence[str], Sequence[str]], None]
    ) -> list[JsonValue]:
        """Change the labels of *issue*, tell *note* the names of new and lost ones; returns what were."""
        before = {row[0] for row in self._raw.execute(self._find, (issue,))}
        after = (before | wanted.add if wanted.exactly is None else set(wanted.exactly)) - wanted.remove
        if len(after) > MOST_OF_AN_ISSUE:
            raise CommandError("too_many", f"An issue can carry {MOST_OF_AN_ISSUE} labels.")
        added, removed = sorted(after - before), sorted(before - after)
        self._raw.executemany(self._add, [(issue, number) for number in added])
        self._raw.executemany(self._remove, [(issue, number) for number in removed])
        if added or removed:
            note(issue, [self._names[n] for n in added], [self._names.get(n, "") for n in removed])
        return sorted(before)


def create_label(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`label.create` {name, colour?, id?, issues?} → {id}.

    ``id`` and ``issues`` are given where a deletion is taken back.
    """
    name, table = _name(writer.raw, args, None), schema.label
    count = writer.raw.execute(sql_of(select(func.count()).select_from(table))).fetchone()
    if count and count[0] >= MOST_LABELS:
        raise CommandError("too_many", f"There can be {MOST_LABELS} labels.")
    number = arguments.number(args, least=1) if "id" in args else next_id(writer.raw, table)
    if "id" in args and _row(writer.raw, number) is not None:
        number = next_id(writer.raw, table)
    writer.raw.execute(sql_of(insert(table)), (number, name, _colour(args, number)))
    issues = arguments.numbers(args, "issues", most=_MOST_RESTORED) if args.get("issues") else []
    writer.raw.executemany(
        sql_of(dialect.insert_or_ignore(schema.issue_label)), [(issue, number) for issue in issues]
    )
    changes.append(Change(ChangeKind.SETTINGS))
    if issues:
        changes.append(Change(ChangeKind.ISSUE, tuple(issues)))
    return {"id": number}


def update_label(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`label.update` {id, name?, colour?} → {before: {name, colour}}."""
    number, table = arguments.number(args), schema.label
    row = _row(writer.raw, number)
    if row is None:
        raise CommandError("not_found", "That label does not exist any more.")
    if "name" not in args and "colour" not in args:
        raise CommandError("bad_argument", "Nothing to change was given.")
    name = _name(writer.raw, args, number) if "name" in args else row[0]
    colour = _colour(args, number) if "colour" in args else row[1]
    sql = sql_of(
        update(table)
        .values(name=bindparam("a"), colour=bindparam("b"))
        .where(table.c.id == bindparam("which"))
    )
    writer.raw.execute(sql, (name, colour, number))
    changes.append(Change(ChangeKind.SETTINGS))
    changes.extend(_told(writer.raw, number))
    return {"before": {"name": row[0], "colour": row[1]}}


def delete_label(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`label.delete` {id} → {before: {id, name, colour, issues}}: creating that again undoes it."""
    number = arguments.number(args)
    row = _row(writer.raw, number)
    if row is None:
        raise CommandError("not_found", "That label does not exist any more.")
    changes.extend(_told(writer.raw, number))
    issues = _issues(writer.raw, number)
    table = schema.issue_label
    writer.raw.execute(sql_of(delete(table).where(table.c.label == 0)), (number,))
    writer.raw.execute(sql_of(delete(schema.label).where(schema.label.c.id == 0)), (number,))
    changes.append(Change(ChangeKind.SETTINGS))
    return {"before": {"id": number, "name": row[0], "colour": row[1], "issues": issues}}


def _issues(raw: apsw.Connection, number: int) -> list[int]:
    table = schema.issue_label
    return [row[0] for row in raw.execute(sql_of(select(table.c.issue).where(table.c.label == 0)), (number,))]


def _told(raw: apsw.Connection, number: int) -> list[Change]:
    issues = _issues(raw, number)
    return [Change(ChangeKind.ISSUE, tuple(issues))] if issues else []


def _row(raw: apsw.Connection, number: int) -> tuple[str, int] | None:
    table = schema.label
    sql = sql_of(select(table.c.name, table.c.colour).where(table.c.id == 0))
    return raw.execute(sql, (number,)).fetchone()


def _name(raw: apsw.Connection, args: JsonObject, own: int | None) -> str:
    name = arguments.name_of(args, longest=LONGEST_LABEL)
    table = schema.label
    # Folded here: SQLite knows only the letters of ASCII.
    for number, known in raw.execute(sql_of(select(table.c.id, table.c.name))):
        if number != own and known.casefold() == name.casefold():
            raise CommandError("taken", f"There is a label called {known} already.")
    return name


def _colour(args: JsonObject, number: int) -> int:
    return arguments.number(args, "colour", most=COLOURS - 1) if "colour" in args else number % COLOURS
