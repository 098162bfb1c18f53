"""What a column of an answer can be: where its value lies, how it is compared, how it is shown."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, and_, cast, false, func, literal, not_, or_, select
from typing_extensions import override

from vedette.domain.json import JsonValue
from vedette.domain.times import Micros
from vedette.store import dialect
from vedette.store.queries import terms
from vedette.store.queries.attributes import tag_value
from vedette.store.queries.matching import EVERYTHING, Match, any_of, tags, without
from vedette.store.queries.shortids import issue_of
from vedette.store.schema import issue, project, term
from vedette.store.search import QueryError, Value
from vedette.store.search.values import Kind, read_boolean, read_dates, read_number, to_offset_iso

Sql = ColumnElement[Any]
Condition = ColumnElement[bool]
Asked = Match | Condition
"""A condition on rows, or what the full text answers."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question is asked of: a connection, and what time it is."""

    db: Connection
    now: Micros


@dataclass(frozen=True, kw_only=True)
class Field:
    """A column of rows. ``unit`` is Sentry's word for what numbers are in."""

    name: str
    kind: Kind = Kind.STRING
    unit: str | None = None

    def shown(self) -> Sql:
        """Return what a row of an answer holds; `show` makes JSON of it."""
        return self.computed()

    def grouped(self) -> Sql:
        """Return what tells groups and distinct values apart; equal where `shown` is equal."""
        return self.computed()

    def computed(self) -> Sql:
        """Return what functions compute with and orders go by, in the field's unit."""
        raise NotImplementedError

    def listed(self) -> Sql:
        """Return what a row shows in a list of single rows, where few are looked at."""
        return self.shown()

    def number(self) -> Sql:
        """Return the value as a number."""
        return self.computed()

    def show(self, raw: Any) -> JsonValue:
        """Return *raw* as an answer shows it."""
        if raw is None:
            return None
        if self.kind is Kind.BOOLEAN:
            return bool(raw)
        return to_offset_iso(raw) if self.kind is Kind.DATE else raw

    def present(self, scope: Scope) -> Asked:
        """Return the condition that a row has any value."""
        column = self.grouped()
        filled = column.is_not(None)
        return and_(filled, column != "") if self.kind is Kind.STRING else filled

    def condition(self, scope: Scope, operator: str, values: Sequence[Value], kind: str | None) -> Asked:
        """Return the condition that the value is any of *values*, or is more or less than the one.

        *kind* is the type asked for, None for the field's own. Raises QueryError.
        """
        return any_asked([self._one(scope, operator, value, kind) for value in values])

    def _filled(self, scope: Scope) -> Asked:
        """Return `present`, among other values."""
        return self.present(scope)

    def exactly(self, scope: Scope, value: Value) -> Condition:
        """Return the condition that one row's value is *value*, for use inside a function."""
        found = self._one(scope, "=", value, None)
        return self.computed() == value.text if isinstance(found, Match) else found

    def _one(self, scope: Scope, operator: str, value: Value, kind: str | None) -> Asked:
        if not value.text:
            return negated(self._filled(scope))
        if self.kind.is_numeric or kind == "number":
            return compared(self.number(), operator, read_number(value, self.kind))
        match self.kind:
            case Kind.DATE:
                return self._dated(operator, value, scope.now)
            case Kind.BOOLEAN:
                return self.computed() == int(read_boolean(value))
            case _ if operator != "=":
                return self.ordered(operator, value)
            case _:
                return self._text(scope, value)

    def _dated(self, operator: str, value: Value, now: Micros) -> Condition:
        since, until = read_dates(operator, value, now)
        bounds = []
        if since is not None:
            bounds.append(self.computed() >= since)
        if until is not None:
            bounds.append(self.computed() < until)
        return and_(*bounds)

    def _text(self, scope: Scope, value: Value) -> Asked:
        text = value.text
        if not value.is_pattern:
            return self.equals(scope, value, value.literal)
        if not text.strip("*"):
            return self._filled(scope)
        return self.fits(scope, value)

    def ordered(self, operator: str, value: Value) -> Condition:
        """Return the condition for *operator* on what is no number. Raises QueryError."""
        raise QueryError(f"'{self.name}' cannot be compared with {operator}. Quote the value.", value.at)

    def equals(self, scope: Scope, value: Value, text: str) -> Asked:
        """Return the condition that the value is *text*."""
        return self.computed() == text

    def fits(self, scope: Scope, value: Value) -> Asked:
        """Return the condition that the value fits a pattern with stars; letter case is ignored."""
        return like(self.computed(), value.text)


def like(column: Sql, pattern: str) -> Condition:
    """Return the condition that *column* fits *pattern*; letter case is ignored, as far as ASCII."""
    return column.ilike(terms.like_pattern(pattern), escape="\\")


def compared(column: Sql, operator: str, bound: float) -> Condition:
    """Return *column* compared with *bound*."""
    compare: dict[str, Condition] = {
        "=": column == bound,
        ">": column > bound,
        ">=": column >= bound,
        "<": column < bound,
        "<=": column <= bound,
    }
    return compare[operator]


def negated(asked: Asked) -> Asked:
    """Return what holds where *asked* does not, unknown values included."""
    if isinstance(asked, Match):
        return without(EVERYTHING, asked)
    return not_(func.coalesce(asked, literal(0)))


def any_asked(asked: Sequence[Asked]) -> Asked:
    """Return what holds where any of *asked* does; all of them are of one sort."""
    matches = [one for one in asked if isinstance(one, Match)]
    if matches:
        return any_of(matches)
    conditions = [one for one in asked if not isinstance(one, Match)]
    return conditions[0] if len(conditions) == 1 else or_(*conditions)


@dataclass(frozen=True, kw_only=True)
class Column(Field):
    """A value that the row holds itself; ``scale`` stored units make one shown."""

    column: Sql
    scale: int = 1

    @override
    def computed(self) -> Sql:
        return self.column if self.scale == 1 else self.column / float(self.scale)

    @override
    def grouped(self) -> Sql:
        return self.column


@dataclass(frozen=True, kw_only=True)
class Hex(Field):
    """An id, stored as bytes."""

    column: Sql

    @override
    def computed(self) -> Sql:
        return func.lower(func.hex(self.column), type_=String())

    @override
    def shown(self) -> Sql:
        return self.column

    @override
    def grouped(self) -> Sql:
        return self.column

    @override
    def show(self, raw: Any) -> JsonValue:
        return raw.hex() if isinstance(raw, bytes) else raw

    @override
    def present(self, scope: Scope) -> Asked:
        return self.column.is_not(None)

    @override
    def equals(self, scope: Scope, value: Value, text: str) -> Asked:
        try:
            return self.column == bytes.fromhex(text.replace("-", ""))
        except ValueError:
            return false()


@dataclass(frozen=True, kw_only=True)
class Interned(Field):
    """A tag of which the row holds the number; ``key`` is the tag's."""

    column: Sql
    key: str

    @override
    def computed(self) -> Sql:
        return select(term.c.value).where(term.c.id == self.column).scalar_subquery()

    @override
    def grouped(self) -> Sql:
        return self.column

    @override
    def equals(self, scope: Scope, value: Value, text: str) -> Asked:
        number = terms.term_id(scope.db, self.key, text)
        return false() if number is None else self.column == number

    @override
    def fits(self, scope: Scope, value: Value) -> Asked:
        known = select(term.c.id).where(term.c.key == self.key, like(term.c.value, value.text))
        return self.column.in_(known)

    @override
    def present(self, scope: Scope) -> Asked:
        return self.column.is_not(None)


@dataclass(frozen=True, kw_only=True)
class Graded(Field):
    """A word of a scale, of which the row holds the number: levels, severities, kinds."""

    column: Sql
    word_of: Callable[[int], str]
    numbers_of: Callable[[str], Collection[int]]  # raises ValueError for a word that is none

    @override
    def computed(self) -> Sql:
        return self.column

    @override
    def show(self, raw: Any) -> JsonValue:
        return None if raw is None else self.word_of(raw)

    @override
    def present(self, scope: Scope) -> Asked:
        return self.column.is_not(None)

    def _numbers(self, value: Value, text: str) -> list[int]:
        try:
            return sorted(self.numbers_of(text))
        except ValueError as error:
            raise QueryError(str(error), value.at) from None

    @override
    def ordered(self, operator: str, value: Value) -> Condition:
        numbers = self._numbers(value, value.text)
        if not numbers:
            return false()
        return compared(self.column, operator, numbers[0] if operator in (">=", "<") else numbers[-1])

    @override
    def equals(self, scope: Scope, value: Value, text: str) -> Asked:
        return self.column.in_(self._numbers(value, text))

    @override
    def fits(self, scope: Scope, value: Value) -> Asked:
        raise QueryError(f"Name the value of '{self.name}' in full.", value.at)


@dataclass(frozen=True, kw_only=True)
class ProjectSlug(Field):
    """The project, called by its slug; its id is understood as well."""

    column: Sql

    @override
    def computed(self) -> Sql:
        return select(project.c.slug).where(project.c.id == self.column).scalar_subquery()

    @override
    def grouped(self) -> Sql:
        return self.column

    @override
    def equals(self, scope: Scope, value: Value, text: str) -> Asked:
        known = project.c.slug == text.lower()
        if text.isascii() and text.isdigit() and len(text) < 19:
            known = or_(known, project.c.id == int(text))
        found = scope.db.execute(select(project.c.id).where(known)).scalars().all()
        if not found:
            raise QueryError(f"There is no project '{text}'.", value.at)
        return self.column.in_(found)

    @override
    def fits(self, scope: Scope, value: Value) -> Asked:
        return self.column.in_(select(project.c.id).where(like(project.c.slug, value.text)))


@dataclass(frozen=True, kw_only=True)
class IssueShort(Field):
    """The issue, called by its short id."""

    column: Sql

    @override
    def computed(self) -> Sql:
        slug = select(project.c.slug).where(project.c.id == issue.c.project).scalar_subquery()
        called = func.upper(slug) + literal("-", String) + cast(issue.c.short, String)
        return select(called).where(issue.c.id == self.column).scalar_subquery()

    @override
    def grouped(self) -> Sql:
        return self.column

    @override
    def present(self, scope: Scope) -> Asked:
        return self.column.is_not(None)

    @override
    def equals(self, scope: Scope, value: Value, text: str) -> Asked:
        found = issue_of(scope.db, text)
        if found is None:
            raise QueryError(f"There is no issue '{text}'.", value.at)
        return self.column == found


@dataclass(frozen=True, kw_only=True)
class Tag(Field):
    """A tag that is a token of the full text; *sent* reads it from the payload, for single rows."""

    which: str  # the full-text table
    row: Sql
    sent: Field

    @override
    def computed(self) -> Sql:
        return tag_value(self.which, self.row, self.name)

    @override
    def number(self) -> Sql:
        return self.sent.number()

    @override
    def listed(self) -> Sql:
        return self.sent.shown()

    @property
    def _by_row(self) -> Field:
        return Column(name=self.name, column=self.computed())

    @override
    def present(self, scope: Scope) -> Asked:
        try:
            return self._filled(scope)
        except _TooManyError:
            return self._by_row.present(scope)

    @override
    def _filled(self, scope: Scope) -> Asked:
        return _tokens(terms.values_of(scope.db, self.name, terms.MOST_VALUES + 1))

    @override
    def condition(self, scope: Scope, operator: str, values: Sequence[Value], kind: str | None) -> Asked:
        try:
            return super().condition(scope, operator, values, kind)
        except _TooManyError:
            return self._by_row.condition(scope, operator, values, kind)

    @override
    def equals(self, scope: Scope, value: Value, text: str) -> Asked:
        number = terms.term_id(scope.db, self.name, text)
        return _tokens([] if number is None else [number])

    @override
    def fits(self, scope: Scope, value: Value) -> Asked:
        return _tokens(terms.resolve_wildcard(scope.db, self.name, value.text, terms.MOST_VALUES + 1))


class _TooManyError(Exception):
    """So many values fit that asking each row for its own takes less than joining their postings."""


def _tokens(numbers: Sequence[int]) -> Match:
    if len(numbers) > terms.MOST_VALUES:
        raise _TooManyError
    return tags(f"{dialect.TERM}{number}" for number in numbers)


@dataclass(frozen=True, kw_only=True)
class Attribute(Field):
    """A value in the row's payload: as it was sent, as text, as a number."""

    raw: Sql
    text: Sql
    numeric: Sql

    @override
    def computed(self) -> Sql:
        return self.numeric if self.kind is Kind.NUMBER else self.text

    @override
    def shown(self) -> Sql:
        return self.numeric if self.kind is Kind.NUMBER else self.raw

    @override
    def number(self) -> Sql:
        return self.numeric

    @override
    def present(self, scope: Scope) -> Asked:
        return and_(self.text.is_not(None), self.text != "")

    @override
    def ordered(self, operator: str, value: Value) -> Condition:
        return compared(self.numeric, operator, read_number(value, Kind.NUMBER))

    @override
    def equals(self, scope: Scope, value: Value, text: str) -> Asked:
        return self.text == text
