"""A question's tree as what the database can answer: full text, conditions on rows, conditions on groups."""

from dataclasses import dataclass, field, replace

from sqlalchemy import String, TableClause, and_, literal, or_, select

from vedette.store import dialect
from vedette.store.explore.dataset import Dataset
from vedette.store.explore.fields import Asked, Condition, Scope, compared, negated
from vedette.store.explore.functions import Functions
from vedette.store.queries.matching import EVERYTHING, NOTHING, Match, all_of, any_of, tags
from vedette.store.search import And, Filter, Node, Not, Or, Query, QueryError, Value, Words
from vedette.store.search.values import Kind, read_dates, read_number


@dataclass(slots=True)
class Wanted:
    """What rows must have, and their groups; all parts hold."""

    match: Match = EVERYTHING
    rows: list[Condition] = field(default_factory=list)
    groups: list[Condition] = field(default_factory=list)


class Conditions:
    """Renders the trees of one question."""

    def __init__(self, dataset: Dataset, scope: Scope, functions: Functions) -> None:
        self._dataset = dataset
        self._scope = scope
        self._functions = functions

    def render(self, query: Query) -> Wanted:
        """Return what *query* asks. Raises QueryError where something does not fit the data set."""
        wanted = Wanted()
        matches: list[Match] = []
        for part in query.parts:
            if self._is_of_groups(part):
                wanted.groups.append(self._group(part))
                continue
            asked = self._row(part)
            if isinstance(asked, Match):
                matches.append(asked)
            else:
                wanted.rows.append(asked)
        wanted.match = all_of(matches)
        return wanted

    # ---------------------------------------------------------------- rows

    def _row(self, node: Node) -> Asked:
        match node:
            case And(nodes):
                return self._all([self._row(inner) for inner in nodes])
            case Or(nodes):
                return self._any([self._row(inner) for inner in nodes])
            case Not(inner):
                return negated(self._row(inner))
            case Words(value=value):
                return self._dataset.text(self._scope, value)
            case Filter():
                return self._filter(node)
            case _:
                raise TypeError(f"no rendering for {type(node).__name__}")

    def _filter(self, asked: Filter) -> Asked:
        key = asked.key
        if key.is_function:
            raise QueryError(
                "Functions and fields cannot stand in the same OR or parentheses.", asked.at, len(key.text)
            )
        if key.text.lower() == "has" and not key.is_tag:
            return self._any([self._present(asked, value) for value in asked.values])
        meant = self._dataset.meant
        if meant is not None and (found_there := meant(self._scope, asked)) is not None:
            return found_there
        try:
            found = self._dataset.field(key.text, key.type) if key.is_tag else self._dataset.field(key.text)
            return found.condition(self._scope, asked.operator, asked.values, key.type)
        except QueryError as error:
            # A field that names no place of its own is told where its key stands.
            raise error if error.column else QueryError(str(error), asked.at, len(key.text)) from None

    def _present(self, asked: Filter, value: Value) -> Asked:
        meant = self._dataset.meant
        if meant is not None and (found := meant(self._scope, replace(asked, values=(value,)))) is not None:
            return found
        return self._dataset.field(_in_full(value)).present(self._scope)

    def _all(self, asked: list[Asked]) -> Asked:
        matches = [one for one in asked if isinstance(one, Match)]
        conditions = [one for one in asked if not isinstance(one, Match)]
        if not conditions:
            return all_of(matches)
        if matches:
            conditions.append(self.as_condition(all_of(matches)))
        return and_(*conditions)

    def _any(self, asked: list[Asked]) -> Asked:
        matches = [one for one in asked if isinstance(one, Match)]
        conditions = [one for one in asked if not isinstance(one, Match)]
        if not conditions:
            return any_of(matches)
        if matches:
            conditions.append(self.as_condition(any_of(matches)))
        return or_(*conditions)

    def as_condition(self, match: Match) -> Condition:
        """Return *match* as a condition on a row: its id is among those found."""
        find = self._dataset.find
        assert find is not None, "only data sets with full text have matches"
        return self._dataset.id.in_(select(find.c.rowid).where(hits_in(find, match)))

    # ---------------------------------------------------------------- groups

    def _is_of_groups(self, node: Node) -> bool:
        match node:
            case And(nodes) | Or(nodes):
                return all(self._is_of_groups(inner) for inner in nodes)
            case Not(inner):
                return self._is_of_groups(inner)
            case Filter(key=key):
                return key.is_function
            case _:
                return False

    def _group(self, node: Node) -> Condition:
        match node:
            case And(nodes):
                return and_(*(self._group(inner) for inner in nodes))
            case Or(nodes):
                return or_(*(self._group(inner) for inner in nodes))
            case Not(inner):
                found = negated(self._group(inner))
                assert not isinstance(found, Match)
                return found
            case Filter():
                return self._compared(node)
            case _:
                raise TypeError(f"no rendering for {type(node).__name__}")

    def _compared(self, asked: Filter) -> Condition:
        try:
            measured = self._functions.read(asked.key.text)
        except QueryError as error:
            raise QueryError(str(error), asked.at, len(asked.key.text)) from None
        conditions = []
        for value in asked.values:
            if measured.kind is Kind.DATE:
                since, until = read_dates(asked.operator, value, self._scope.now)
                bounds = [measured.sql >= since] if since is not None else []
                bounds += [measured.sql < until] if until is not None else []
                conditions.append(and_(*bounds))
            elif measured.kind.is_numeric:
                bound = read_number(value, measured.kind)
                conditions.append(compared(measured.sql, asked.operator, bound))
            else:
                conditions.append(measured.sql == value.text)
        return or_(*conditions)


def _in_full(value: Value) -> str:
    name = value.text
    if not name or "*" in name:
        raise QueryError("Name the field in full.", value.at, value.length)
    return name.removeprefix("tags[").removesuffix("]") if name.startswith("tags[") else name


def hits_in(find: TableClause, match: Match) -> Condition:
    """Return the condition on full-text table *find* that *match* stands for."""
    if match is NOTHING:
        return literal(1) == literal(0)
    text = match.text or tags([dialect.ANY]).text
    found: Condition = find.c[find.name].op("MATCH", is_comparison=True)(literal(text, String))
    return found
