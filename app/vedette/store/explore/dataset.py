"""What a data set is: a kind of rows with the names of their fields, and what its like has in common."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Table, TableClause

from vedette.domain.levels import Level
from vedette.store.explore.fields import (
    Asked,
    Attribute,
    Column,
    Condition,
    Field,
    ProjectSlug,
    Scope,
    Sql,
    Tag,
)
from vedette.store.queries.attributes import attribute, attribute_number, attribute_text, tag_number
from vedette.store.search import Filter, Value
from vedette.store.search.values import Kind

MILLISECOND = 1_000
NOT_FAILED = ("ok", "cancelled", "unknown", "")
"""What Sentry's failure rate leaves out."""


@dataclass(frozen=True)
class Joined:
    """A table with at most one row for each row, joined where it is asked for."""

    table: FromClause
    on: ColumnElement[bool]
    needs: tuple[FromClause, ...] = ()


@dataclass(frozen=True)
class Dataset:
    """A kind of rows. Row ids are in order of arrival; *time* is microseconds UTC."""

    name: str
    table: Table  # whose ids are the rows'
    time: Sql
    project: Sql
    run: Sql
    fields: Mapping[str, Field]
    other: Callable[[str], Field]
    text: Callable[[Scope, Value], Asked]
    meant: Callable[[Scope, Filter], Asked | None] | None = None  # keys it shares with searches of issues
    find: TableClause | None = None
    failed: Condition | None = None
    amount: str | None = None  # the field that `p95()` and its like mean
    user: str = "user"
    event_id: Sql | None = None  # what `latest_event()` gives
    http_status: Sql | None = None
    joins: tuple[Joined, ...] = ()
    arrival: Table | None = None  # has id and request in order of arrival; None: the table itself
    rows_per_arrival: int = 1  # row ids that belong to one id of `arrival`
    narrowed: Callable[[Condition], Field] | None = None  # what is measured, of some rows only

    def source(self, used: Collection[Any]) -> FromClause:
        """Return the rows with those of the joined tables that *used* has, and that these need."""
        # SQLite leaves joins out by itself only where nothing is grouped.
        wanted = set(used)
        for join in reversed(self.joins):
            if join.table in wanted:
                wanted.update(join.needs)
        source: FromClause = self.table
        for join in self.joins:
            if join.table in wanted:
                source = source.outerjoin(join.table, join.on)
        return source

    @property
    def id(self) -> Sql:
        return self.table.c.id

    def field(self, name: str, kind: str | None = None) -> Field:
        """Return the field *name*; *kind* is a type written with it, as in ``tags[size,number]``."""
        if kind is not None:
            known = self.other(name)
            if kind == "number" and isinstance(known, Tag):
                return Column(name=name, column=tag_number(known.which, known.row, name), kind=Kind.NUMBER)
            return as_number_field(known) if kind == "number" and isinstance(known, Attribute) else known
        return self.fields.get(name) or self.other(name)


def as_number_field(sent: Attribute) -> Attribute:
    return Attribute(name=sent.name, kind=Kind.NUMBER, raw=sent.raw, text=sent.text, numeric=sent.numeric)


def sent_attribute(name: str, request: Any, item: Any, record: Any, sent: str | None = None) -> Attribute:
    called = sent or name
    return Attribute(
        name=name,
        raw=attribute(request, item, record, called),
        text=attribute_text(request, item, record, called),
        numeric=attribute_number(request, item, record, called),
    )


def named(*fields: Field, **aliases: str) -> dict[str, Field]:
    known = {one.name: one for one in fields}
    return known | {alias.replace("__", "."): known[name] for alias, name in aliases.items()}


def level_numbers(text: str) -> Sequence[int]:
    try:
        return (Level("fatal" if text.lower() == "critical" else text.lower()).number,)
    except ValueError:
        raise ValueError(f"'{text}' is no level. Levels are: {', '.join(Level)}.") from None


def places(project: Sql, run: Sql) -> tuple[Field, ...]:
    return (
        ProjectSlug(name="project", column=project),
        Column(name="project.id", column=project, kind=Kind.INTEGER),
        Column(name="run", column=run, kind=Kind.INTEGER),
    )


def moments(time: Sql) -> tuple[Field, ...]:
    hour, day = 3_600_000_000, 86_400_000_000
    return (
        Column(name="timestamp", column=time, kind=Kind.DATE),
        Column(name="timestamp.to_hour", column=time // hour * hour, kind=Kind.DATE),
        Column(name="timestamp.to_day", column=time // day * day, kind=Kind.DATE),
    )
