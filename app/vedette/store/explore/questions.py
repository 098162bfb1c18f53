"""A table of answers: columns asked for, rows that fit, grouped where functions are among the columns.

A question that takes too long is asked again of the newest eighth of the rows, then of the newest
sixty-fourth: less, but true of what it says it looked at.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    func,
    literal,
    literal_column,
    select,
    tuple_,
)
from sqlalchemy.sql.expression import ColumnClause
from sqlalchemy.sql.visitors import iterate

from vedette.domain.json import JsonValue
from vedette.domain.times import SECOND, Micros
from vedette.store.engine import QueryTimeoutError, reader_of
from vedette.store.explore.arrival import first_row
from vedette.store.explore.conditions import Conditions, Wanted, hits_in
from vedette.store.explore.dataset import Dataset
from vedette.store.explore.equations import PREFIX, names_of, read_equation
from vedette.store.explore.fields import Scope
from vedette.store.explore.functions import TO_OTHER, Functions, read_call
from vedette.store.explore.lifting import lift, reads_payloads
from vedette.store.queries.attributes import Sources, prepare
from vedette.store.queries.matching import EVERYTHING, NOTHING
from vedette.store.search import QueryError, parse
from vedette.store.search.values import Kind

Sql = ColumnElement[Any]

MOST_FIELDS = 50
MOST_SKIPPED = 10_000
# Parts of the time there is, and of the rows: the newest.
_ATTEMPTS = ((0.75, 1), (0.15, 8), (0.1, 64))


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of *dataset*; times are microseconds, *until* is outside.

    ``after`` is where the page before ended: time and row id where rows come by time, else how many rows
    went before.
    """

    dataset: Dataset
    fields: tuple[str, ...]
    query: str = ""
    projects: tuple[int, ...] = ()
    runs: tuple[int, ...] = ()
    environments: tuple[str, ...] = ()
    since: Micros | None = None
    until: Micros | None = None
    sort: tuple[str, ...] = ()
    after: tuple[int, ...] | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows by column, types and units of the columns, and where the next page begins (None: the end)."""

    rows: list[dict[str, JsonValue]]
    fields: dict[str, Kind]
    units: dict[str, str | None]
    after: tuple[int, ...] | None = None
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A column: what is selected, grouped by (None: a function) and ordered by."""

    name: str
    shown: Sql
    grouped: Sql | None
    ordered: Sql
    kind: Kind
    unit: str | None
    show: Callable[[Any], JsonValue]
    zero: float | None = None  # what it is where there are no rows; None: unknown


def ask(db: Connection, sources: Sources, question: Question, now: Micros, *, seconds: float = 4.0) -> Answer:
    """Return the answer to *question* within some *seconds*. Raises QueryError, QueryTimeoutError.

    Index: event(ts, id), segment(start, id), span(start) for rows by time; the full text for words and tags.
    """
    prepare(db, sources)
    asking = Asking(db, question, now)
    rows, is_partial = asking.within(lambda floor: asking.rows(floor), seconds)
    return asking.answer(rows, is_partial)


class Asking:
    """One question made into SQL; *seconds* is what rates are over, where it is not the stretch of time."""

    def __init__(
        self, db: Connection, question: Question, now: Micros, *, seconds: float | None = None
    ) -> None:
        self.question = question
        self.dataset = question.dataset
        self.db = db
        self.scope = Scope(db, now)
        self.functions = Functions(self.dataset, self.scope, self._seconds() if seconds is None else seconds)
        self._conditions = Conditions(self.dataset, self.scope, self.functions)
        names = list(dict.fromkeys(question.fields))
        if not names:
            raise QueryError("No columns selected: name at least one field.", 0)
        if len(names) > MOST_FIELDS:
            raise QueryError(f"At most {MOST_FIELDS} fields can be asked for.", 0)
        self.is_grouped = any(is_measure(name) for name in names)
        if not self.is_grouped:
            names += [name for name in ("id", "project.name") if name not in names]
        self.columns = [self.column(name) for name in names]
        self.wanted = self._wanted()

    # ---------------------------------------------------------------- what is asked

    def _seconds(self) -> float:
        since, until = self.question.since, self.question.until
        # One at a time: only then an index gives the end of a column.
        if since is None:
            since = Micros(self.db.execute(select(func.min(self.dataset.time))).scalar() or 0)
        if until is None:
            last = self.db.execute(select(func.max(self.dataset.time))).scalar() or 0
            until = Micros(max(self.scope.now, last))
        return (until - since) / SECOND

    def column(self, name: str) -> Asked:
        """Return the column *name*: a field, a function or an equation. Raises QueryError."""
        if name.startswith(PREFIX):
            return self._equation(name)
        if is_measure(name):
            measured = self.functions.read(name)
            show = measured.show or _plain
            return Asked(
                name, measured.sql, None, measured.sql, measured.kind, measured.unit, show, measured.zero
            )
        found = self.functions.field(name)
        shown = found.shown() if self.is_grouped else found.listed()
        return Asked(name, shown, found.grouped(), found.computed(), found.kind, found.unit, found.show)

    def _equation(self, name: str) -> Asked:
        text = name.removeprefix(PREFIX)
        measures = [is_measure(part) for part in names_of(text)]
        if any(measures) and not all(measures):
            raise QueryError("An equation is over functions, or over fields.", 0)

        def value_of(part: str) -> Sql:
            if read_call(part) is not None:
                return self.functions.read(part).sql
            return self.functions.field(part).number()

        sql = read_equation(text, value_of)
        return Asked(name, sql, None if any(measures) else sql, sql, Kind.NUMBER, None, _plain)

    def render(self, query: str) -> Wanted:
        """Return what *query* asks. Raises QueryError."""
        return self._conditions.render(parse(query))

    def _wanted(self) -> Wanted:
        wanted = self.render(self.question.query)
        if wanted.groups and not self.is_grouped:
            raise QueryError("A function is compared, but none is among the fields.", 0)
        question, dataset = self.question, self.dataset
        if question.projects:
            wanted.rows.append(dataset.project.in_(question.projects))
        if question.runs:
            wanted.rows.append(dataset.run.in_(question.runs))
        if question.environments:
            names = ", ".join('"' + _escaped(name) + '"' for name in question.environments)
            narrowed = self.render(f"environment:[{names}]")
            wanted.rows.extend(narrowed.rows)
        return wanted

    # ---------------------------------------------------------------- SQL

    def select(
        self,
        columns: Sequence[Sql],
        floor: int | None,
        groups: Sequence[Sql] = (),
        order: Sequence[Any] = (),
        condition: ColumnElement[bool] | None = None,
    ) -> Select[Any]:
        """Return *columns* of the rows that fit, of row ids from *floor* on, or of *groups* of them.

        *condition* is one more that rows must have.
        """
        dataset, wanted = self.dataset, self.wanted
        conditions = [*wanted.rows, *self._times(by_rows=bool(groups) or self.is_grouped)]
        if condition is not None:
            conditions.append(condition)
        source = dataset.source(_tables((*columns, *conditions, *groups, *order, *wanted.groups)))
        statement = select()
        if wanted.match is EVERYTHING:
            statement = statement.select_from(source)
        elif wanted.match is NOTHING:
            statement = statement.select_from(source).where(literal(1) == literal(0))
        else:
            find = dataset.find
            assert find is not None, "only data sets with full text have matches"
            joined = find.join(source, dataset.id == find.c.rowid)
            statement = statement.select_from(joined).where(hits_in(find, wanted.match))
        first = self._first_row if self.is_grouped else None
        floors = [row for row in (floor, first) if row is not None]
        if floors:
            statement = statement.where(self._row >= max(floors))
        statement = statement.where(*conditions)
        having = and_(*wanted.groups) if wanted.groups else None
        if groups and reads_payloads((*columns, *groups, *order, *wanted.groups)):
            tables = {dataset.table, *(join.table for join in dataset.joins)}
            lifted = lift(statement, (*columns, *groups, *order, *wanted.groups), tables)
            statement = lifted.inner
            columns, groups, order = ([lifted.over(one) for one in part] for part in (columns, groups, order))
            having = None if having is None else lifted.over(having)
        statement = statement.add_columns(*columns).order_by(*order)
        if groups:
            statement = statement.group_by(*groups)
        return statement if having is None else statement.having(having)

    def _times(self, *, by_rows: bool) -> list[ColumnElement[bool]]:
        """Return the conditions for the stretch of time; *by_rows* keeps SQLite from an index over times."""
        since, until = self.question.since, self.question.until
        time = self.dataset.time + literal_column("0") if by_rows else self.dataset.time
        conditions = [time >= since] if since is not None else []
        return [*conditions, time < until] if until is not None else conditions

    @cached_property
    def _first_row(self) -> int | None:
        since = self.question.since
        return None if since is None else first_row(self.db, self.dataset, since)

    @property
    def _row(self) -> Sql:
        """The row's id, from the full text where that is what is walked."""
        find = self.dataset.find
        walks = self.wanted.match not in (EVERYTHING, NOTHING)
        return find.c.rowid if walks and find is not None else self.dataset.id

    def rows(self, floor: int | None) -> list[Any]:
        """Return one row more than the page has, if there are so many."""
        labelled = [column.shown.label(f"c{n}") for n, column in enumerate(self.columns)]
        if self.is_grouped:
            groups = [column.grouped for column in self.columns if column.grouped is not None]
            statement = self.select(labelled, floor, groups, [*self.order(), *groups])
        elif self.by_time:
            statement = self._by_time(self.select([*labelled, self.dataset.time, self.dataset.id], floor))
        else:
            statement = self.select(labelled, floor, order=[*self.order(), self.dataset.id.desc()])
        if not self.by_time and self.question.after is not None:
            statement = statement.offset(min(MOST_SKIPPED, max(0, self.question.after[0])))
        return list(self.db.execute(statement.limit(self.question.limit + 1)))

    @property
    def by_time(self) -> bool:
        """Whether rows come by their time, and pages by it and their row id."""
        return comes_by_time(self.question)

    def _by_time(self, statement: Select[Any]) -> Select[Any]:
        """Order rows by time; what the full text finds comes in the order of arrival, which it is kept in."""
        newest_first = not self.question.sort or self.question.sort[0].startswith("-")
        after = self.question.after
        row = self._row
        walks = self.wanted.match not in (EVERYTHING, NOTHING)
        key = (row,) if walks else (self.dataset.time, row)
        if after is not None:
            bound = after[-len(key) :]
            ends = tuple_(*key) < tuple_(*bound) if newest_first else tuple_(*key) > tuple_(*bound)
            statement = statement.where(ends)
        return statement.order_by(*(part.desc() if newest_first else part.asc() for part in key))

    def order(self) -> list[Any]:
        """Return what rows or groups are ordered by. Raises QueryError."""
        sort = self.question.sort
        if not sort and self.is_grouped:
            first = next(column for column in self.columns if column.grouped is None)
            return [first.ordered.desc()]
        order = []
        for text in sort:
            name = text.removeprefix("-")
            ordered = self._sorted_by(name)
            order.append(ordered.desc() if text.startswith("-") else ordered.asc())
        return order

    def _sorted_by(self, name: str) -> Sql:
        for column in self.columns:
            if name in (column.name, alias_of(column.name)):
                return column.ordered
        if self.is_grouped and not is_measure(name):
            raise QueryError(f"'{name}' is not among the fields, so groups cannot be sorted by it.", 0)
        return self.column(name).ordered

    # ---------------------------------------------------------------- time

    def within(self, look: Callable[[int | None], list[Any]], seconds: float) -> tuple[list[Any], bool]:
        """Return what *look* finds in *seconds*, and whether it looked at the newest rows only.

        Raises QueryTimeoutError if the newest sixty-fourth of the rows took too long as well.
        """
        reader = reader_of(self.db)
        if reader is None:
            return look(None), False
        for share, parts in _ATTEMPTS:
            floor = None if parts == 1 else self._newest(parts)
            try:
                with reader.part(seconds * share):
                    return look(floor), parts > 1
            except QueryTimeoutError:
                if parts == _ATTEMPTS[-1][1]:
                    raise
        raise AssertionError("the last attempt returns or raises")

    def _newest(self, parts: int) -> int:
        """Return the first row id of the newest of *parts* equal parts. Index: primary key."""
        row = self.dataset.id
        first = self.db.execute(select(func.min(row))).scalar() or 0
        last = self.db.execute(select(func.max(row))).scalar() or 0
        return int(last - (last - first) // parts)

    # ---------------------------------------------------------------- the answer

    def answer(self, found: list[Any], is_partial: bool) -> Answer:
        """Return *found*, one row more than a page, as it is shown."""
        limit = self.question.limit
        page, more = found[:limit], len(found) > limit
        rows = [self.shown(row) for row in page]
        after = None
        if more and self.by_time:
            after = tuple(int(part) for part in page[-1][-2:])
        elif more:
            skipped = self.question.after[0] if self.question.after else 0
            after = (skipped + limit,) if skipped + limit <= MOST_SKIPPED else None
        return Answer(rows, self.kinds(rows), {column.name: column.unit for column in self.columns}, after,
                      is_partial)  # fmt: skip

    def shown(self, row: Sequence[Any]) -> dict[str, JsonValue]:
        """Return a row as an answer shows it, columns by name."""
        return {column.name: column.show(value) for column, value in zip(self.columns, row, strict=False)}

    def kinds(self, rows: Sequence[Mapping[str, JsonValue]]) -> dict[str, Kind]:
        """Return what the columns hold; attributes say so by their values."""
        return {column.name: _kind_of(column, rows) for column in self.columns}


def comes_by_time(question: Question) -> bool:
    """Whether the rows of *question* come by their time: single rows, sorted by nothing else."""
    if len(question.sort) > 1 or any(is_measure(name) for name in question.fields):
        return False
    if not question.sort:
        return True
    found = question.dataset.fields.get(question.sort[0].removeprefix("-"))
    return found is not None and found.name == "timestamp"


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with a question, part by part; None: nothing. Kinds of columns by name."""

    fields: dict[str, Kind | QueryError]
    query: QueryError | None


def check(db: Connection, sources: Sources, question: Question, names: Sequence[str], now: Micros) -> Checked:
    """Return whether the columns *names* and the query of *question* are understood; looks for nothing."""
    prepare(db, sources)
    asking = Asking(db, replace(question, fields=("count()",), query="", sort=()), now)
    found: dict[str, Kind | QueryError] = {}
    for name in names:
        try:
            found[name] = asking.column(name).kind
        except QueryError as error:
            found[name] = error
    try:
        asking.render(question.query)
    except QueryError as error:
        return Checked(found, error)
    return Checked(found, None)


def _kind_of(column: Asked, rows: Sequence[Mapping[str, JsonValue]]) -> Kind:
    if column.kind is not Kind.STRING:
        return column.kind
    values = [row[column.name] for row in rows if row[column.name] is not None]
    if not values or any(isinstance(value, (str, bool)) for value in values):
        return Kind.STRING
    return Kind.INTEGER if all(isinstance(value, int) for value in values) else Kind.NUMBER


def _tables(expressions: Sequence[Any]) -> set[Any]:
    """Return the tables that *expressions* read from, those inside subqueries included."""
    return {
        element.table
        for expression in expressions
        for element in iterate(expression)
        if isinstance(element, ColumnClause) and element.table is not None
    }


def _plain(raw: Any) -> JsonValue:
    return raw


def is_measure(name: str) -> bool:
    """Whether *name* is a function, or an equation over functions. Raises QueryError."""
    if name.startswith(PREFIX):
        return any(is_measure(part) for part in names_of(name.removeprefix(PREFIX)))
    call = read_call(name)
    return call is not None and call.name != TO_OTHER


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("*", "\\*")


_NOT_IN_ALIAS = re.compile(r"[^A-Za-z0-9]+")


def alias_of(name: str) -> str:
    """Return the form older clients sort by: ``count_unique_user`` for ``count_unique(user)``."""
    return _NOT_IN_ALIAS.sub("_", name).strip("_")
