"""Single rows by column name, read and written at once: for tables where each change rests on the last."""

from typing import Any

import apsw
from sqlalchemy import Table, bindparam, delete, insert, select, update

from vedette.store.engine import sql_of
from vedette.store.writer.interning import next_id

Row = dict[str, Any]


class RowAccess:
    """The rows of one table with an ``id``; the caller holds the transaction."""

    def __init__(self, raw: apsw.Connection, table: Table) -> None:
        self._raw = raw
        self._table = table
        self._names = [column.name for column in table.columns]
        self._sql: dict[tuple[str, ...], str] = {}
        self._insert = sql_of(insert(table))

    def find(self, **equal: object) -> Row | None:
        """Return the row whose columns have the values in *equal*, None if there is none."""
        found = self.rows(**equal)
        return found[0] if found else None

    def rows(self, **equal: object) -> list[Row]:
        """Return all rows whose columns have the values in *equal*."""
        sql = self._made("find", equal)
        return [self.row(found) for found in self._raw.execute(sql, tuple(equal.values()))]

    def row(self, values: tuple[Any, ...]) -> Row:
        """Return *values*, all columns in order, by name."""
        return dict(zip(self._names, values, strict=True))

    def add(self, **values: object) -> Row:
        """Insert a row; columns left out are NULL. Returns it with its new ``id``."""
        row = dict.fromkeys(self._names, None) | {"id": next_id(self._raw, self._table)} | values
        self._raw.execute(self._insert, tuple(row.values()))
        return row

    def change(self, row: Row, **values: object) -> None:
        """Set columns of *row*, in the store and in *row*."""
        self._raw.execute(self._made("change", values), (*values.values(), row["id"]))
        row.update(values)

    def delete(self, **equal: object) -> None:
        """Delete the rows whose columns have the values in *equal*."""
        self._raw.execute(self._made("delete", equal), tuple(equal.values()))

    def _made(self, what: str, names: dict[str, object]) -> str:
        key = (what, *names)
        sql = self._sql.get(key)
        if sql is None:
            sql = self._sql[key] = self._compiled(what, list(names))
        return sql

    def _compiled(self, what: str, names: list[str]) -> str:
        table = self._table
        where = [table.c[name] == bindparam(f"is_{name}") for name in names]
        if what == "find":
            return sql_of(select(table).where(*where))
        if what == "delete":
            return sql_of(delete(table).where(*where))
        # Else SQLAlchemy writes them in the columns' order, not the caller's.
        ordered: list[Any] = [(table.c[name], bindparam(f"new_{name}")) for name in names]
        return sql_of(update(table).ordered_values(*ordered).where(table.c.id == bindparam("which")))
