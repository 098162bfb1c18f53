"""Values from payloads, read while rows are walked and not after they were sorted.

To group rows SQLite sorts them first and works out what is measured afterwards. Rows of one payload then no
longer lie side by side, and each would have it decoded again: p95 of an attribute of a million log records
took a minute instead of seconds. So what comes from payloads is read in an inner select, row by row.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Function, Select, select
from sqlalchemy.sql.elements import BindParameter
from sqlalchemy.sql.expression import ColumnClause
from sqlalchemy.sql.visitors import iterate, replacement_traverse

READING = frozenset(("attribute", "attribute_text", "attribute_number", "tag_value", "tag_number"))
"""The SQL functions that read payloads or postings."""

Sql = ColumnElement[Any]


def reads_payloads(expressions: Sequence[Any]) -> bool:
    """Whether any of *expressions* reads what no column holds."""
    return any(_is_reading(element) for expression in expressions for element in iterate(expression))


def _is_reading(element: Any) -> bool:
    return isinstance(element, Function) and element.name in READING


def _key(element: Any) -> Any:
    """Return what tells *element* from others: functions over the same rows differ in their texts."""
    if not _is_reading(element):
        return element
    texts = [clause.value for clause in element.clauses if isinstance(clause, BindParameter)]
    return (element.name, *texts)


@dataclass(frozen=True, slots=True)
class Lifted:
    """The inner select, and expressions over what it gives."""

    inner: Select[Any]
    known: dict[Any, Sql]

    def over(self, expression: Any) -> Any:
        """Return *expression* over the inner select's columns."""

        def replaced(element: Any, **_: Any) -> Any:
            return self.known.get(_key(element)) if _is_liftable(element) else None

        return replacement_traverse(expression, {}, replaced)


def _is_liftable(element: Any) -> bool:
    return _is_reading(element) or isinstance(element, ColumnClause)


def lift(rows: Select[Any], expressions: Sequence[Any], tables: Collection[Any]) -> Lifted:
    """Return what *expressions* need of *rows*, a select without columns, of *tables*, as an inner select."""
    wanted: dict[Any, Any] = {}
    for expression in expressions:
        for element in iterate(expression):
            is_column = isinstance(element, ColumnClause) and element.table in tables
            if is_column or _is_reading(element):
                wanted.setdefault(_key(element), element)
    named = {key: f"k{n}" for n, key in enumerate(wanted)}
    labelled = [wanted[key].label(name) for key, name in named.items()]
    # With a limit it is walked as it is; without, SQLite would make one select of both again.
    inner = rows.add_columns(*labelled).limit(-1).subquery("looked")
    return Lifted(select().select_from(inner), {key: inner.c[name] for key, name in named.items()})
