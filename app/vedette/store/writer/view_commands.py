"""Saved views: `view.create`, `view.update`, `view.delete`, `view.move`. What one holds is its reader's."""

from typing import Any

import apsw
import orjson
from sqlalchemy import bindparam, delete, insert, select, update

from vedette.domain.changes import Change, ChangeKind
from vedette.domain.json import JsonObject, JsonValue
from vedette.store import schema
from vedette.store.engine import sql_of
from vedette.store.writer import arguments
from vedette.store.writer.command_error import CommandError
from vedette.store.writer.interning import next_id
from vedette.store.writer.writer import StoreWriter

MOST_VIEWS = 500
LONGEST_VIEW = 20_000  # bytes of JSON


def create_view(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`view.create` {name, view, place?, id?} → {id}. *id* is given where a deletion is taken back."""
    name, view, table = arguments.name_of(args), _view(args), schema.saved_view
    order = _order(writer.raw)
    if len(order) >= MOST_VIEWS:
        raise CommandError("too_many", f"There can be {MOST_VIEWS} saved views.")
    number = arguments.number(args, least=1) if "id" in args else 0
    if not number or number in order:
        number = next_id(writer.raw, table)
    at = writer.clock()
    writer.raw.execute(sql_of(insert(table)), (number, name, len(order), view, at, at))
    order.append(number)
    if "place" in args:
        order.insert(arguments.number(args, "place"), order.pop())
    _put_in_order(writer.raw, order)
    changes.append(Change(ChangeKind.SETTINGS))
    return {"id": number}


def update_view(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`view.update` {id, name?, view?} → {before: {name, view}}."""
    number, table = arguments.number(args), schema.saved_view
    name, view, _ = _row(writer.raw, number)
    if "name" not in args and "view" not in args:
        raise CommandError("bad_argument", "Nothing to change was given.")
    new_name = arguments.name_of(args) if "name" in args else name
    new_view = _view(args) if "view" in args else view
    sql = sql_of(
        update(table)
        .values(name=bindparam("a"), view=bindparam("b"), changed=bindparam("c"))
        .where(table.c.id == bindparam("which"))
    )
    writer.raw.execute(sql, (new_name, new_view, writer.clock(), number))
    changes.append(Change(ChangeKind.SETTINGS))
    return {"before": {"name": name, "view": orjson.loads(view)}}


def delete_view(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`view.delete` {id} → {before: {id, name, view, place}}: creating that again undoes it."""
    number, table = arguments.number(args), schema.saved_view
    name, view, place = _row(writer.raw, number)
    writer.raw.execute(sql_of(delete(table).where(table.c.id == 0)), (number,))
    _put_in_order(writer.raw, _order(writer.raw))
    changes.append(Change(ChangeKind.SETTINGS))
    return {"before": {"id": number, "name": name, "view": orjson.loads(view), "place": place}}


def move_view(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`view.move` {id, place} → {before: {place}}: places count from 0, the other views make room."""
    number, place = arguments.number(args), arguments.number(args, "place")
    _, _, before = _row(writer.raw, number)
    order = [view for view in _order(writer.raw) if view != number]
    order.insert(place, number)
    _put_in_order(writer.raw, order)
    changes.append(Change(ChangeKind.SETTINGS))
    return {"before": {"place": before}}


def _order(raw: apsw.Connection) -> list[int]:
    table = schema.saved_view
    return [row[0] for row in raw.execute(sql_of(select(table.c.id).order_by(table.c.place, table.c.id)))]


def _put_in_order(raw: apsw.Connection, order: list[int]) -> None:
    table = schema.saved_view
    sql = sql_of(update(table).values(place=bindparam("n")).where(table.c.id == bindparam("which")))
    raw.executemany(sql, list(enumerate(order)))


def _row(raw: apsw.Connection, number: int) -> Any:
    table = schema.saved_view
    sql = sql_of(select(table.c.name, table.c.view, table.c.place).where(table.c.id == 0))
    row = raw.execute(sql, (number,)).fetchone()
    if row is None:
        raise CommandError("not_found", "That view does not exist any more.")
    return row


def _view(args: JsonObject) -> str:
    view = args.get("view")
    if not isinstance(view, dict):
        raise CommandError("bad_argument", "`view` must be an object.")
    try:
        packed = orjson.dumps(view)
    except (TypeError, ValueError) as error:
        raise CommandError("bad_argument", f"`view` cannot be kept: {error}.") from error
    if len(packed) > LONGEST_VIEW:
        raise CommandError("bad_argument", f"A view can hold {LONGEST_VIEW:,} bytes.")
    return packed.decode()
