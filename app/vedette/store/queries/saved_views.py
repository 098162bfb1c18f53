"""Saved views, in the order people gave them."""

from dataclasses import dataclass

import orjson
from sqlalchemy import Connection, select

from vedette.domain.json import JsonObject
from vedette.domain.times import Micros
from vedette.store.schema import saved_view


@dataclass(frozen=True, slots=True)
class SavedView:
    """A name for something that is asked for again and again.

    ``view``: dataset, query, sort, projects, environments, period, columns, as far as they were given.
    """

    id: int
    name: str
    place: int
    view: JsonObject
    created: Micros
    changed: Micros


def list_views(db: Connection) -> list[SavedView]:
    """Return every saved view. Index: primary key; there are some hundred at most."""
    table = saved_view
    rows = db.execute(
        select(
            table.c.id, table.c.name, table.c.place, table.c.view, table.c.created, table.c.changed
        ).order_by(table.c.place, table.c.id)
    )
    return [
        SavedView(number, name, place, orjson.loads(view), created, changed)
        for number, name, place, view, created, changed in rows
    ]


def get_view(db: Connection, number: int) -> SavedView | None:
    """Return the saved view *number*."""
    return next((view for view in list_views(db) if view.id == number), None)
