"""Where in the order of arrival a stretch of time begins.

Counting a week of rows by an index over their times takes four times as long as reading the rows as they lie.
So what is counted is read from the first row that can belong to the stretch.
"""

from typing import Any

from sqlalchemy import Connection, Table, func, literal, select

from vedette.domain.times import HOUR, Micros
from vedette.store.engine import sql_of
from vedette.store.explore.dataset import Dataset
from vedette.store.schema import request


def first_row(db: Connection, dataset: Dataset, since: Micros) -> int:
    """Return a row id at or below that of every row since *since*.

    Nothing arrives more than an hour before it happens: times ahead of that are corrected on arrival.
    Index: primary keys, halving.
    """
    table = dataset.table if dataset.arrival is None else dataset.arrival
    raw = db.connection.dbapi_connection.raw  # type: ignore[union-attr]
    last = db.execute(select(func.max(table.c.id))).scalar() or 0
    low, high = 0, last + 1
    question = _arrival(table)
    while low < high:
        middle = (low + high) // 2
        row = raw.execute(question, (middle, last)).fetchone()
        if row is None or row[1] >= since - HOUR:
            high = middle
        else:
            low = row[0] + 1
    return low * dataset.rows_per_arrival


_QUESTIONS: dict[Table, str] = {}


def _arrival(table: Table) -> str:
    """Return the SQL for the first row of *table* from one id to another, with when its request came."""
    found = _QUESTIONS.get(table)
    if found is None:
        statement: Any = (
            select(table.c.id, request.c.received)
            .join(request, request.c.id == table.c.request)
            .where(table.c.id >= literal(0), table.c.id <= literal(0))
            .order_by(table.c.id)
        )
        found = _QUESTIONS[table] = sql_of(statement)
    return found
