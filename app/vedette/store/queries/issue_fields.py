"""Keys of searches that an issue's row answers, as conditions on it."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, false, literal, or_, select

from vedette.domain.issues import Priority
from vedette.domain.times import Micros
from vedette.store.queries import release_parts, terms
from vedette.store.queries.matching import Condition
from vedette.store.schema import issue, issue_label, label, term
from vedette.store.search import FieldIs, Value
from vedette.store.search.keys import SearchKey
from vedette.store.search.values import Kind, read_dates, read_number

CRON_TYPE = "monitor_check_in_failure"
_KIND_OF_CATEGORY = {"feedback": ("feedback",), "cron": ("cron",), "outage": ("cron",)}
"""Kinds of issues by the older and newer names of their categories; all other kinds are errors."""
_NO_ERRORS = ("feedback", "cron")


def condition(db: Connection, known: SearchKey, asked: FieldIs, at: Micros) -> Condition:
    """Return *asked* as a condition on an issue's row. Raises QueryError for values that are none.

    Index: term(key, value) for releases, issue_label(issue, label).
    """
    value = asked.value
    column = _COLUMNS.get(known.name)
    if column is not None:
        return and_(column.is_not(None), _compared(column, known.kind, asked, at))
    made = _MADE[known.name]
    return made(db, value)


def _compared(column: ColumnElement[Any], kind: Kind, asked: FieldIs, at: Micros) -> Condition:
    value = asked.value
    if value is None:
        return column != "" if kind is Kind.STRING else literal(1) == literal(1)
    if kind is Kind.DATE:
        return dated(column, asked.operator, value, at)
    if kind.is_numeric:
        return in_relation(column, asked.operator, read_number(value, kind))
    return text_fits(column, value)


def dated(column: ColumnElement[Any], operator: str, value: Value, at: Micros) -> Condition:
    """Return whether the time in *column* is what *operator* and *value* say. Raises QueryError."""
    since, until = read_dates(operator, value, at)
    bounds = [column >= since] if since is not None else []
    return and_(*bounds, column < until) if until is not None else and_(*bounds)


def in_relation(column: ColumnElement[Any], operator: str, bound: float) -> Condition:
    """Return whether the number in *column* stands in relation *operator* to *bound*."""
    relations: dict[str, Condition] = {
        "=": column == bound,
        ">": column > bound,
        ">=": column >= bound,
        "<": column < bound,
        "<=": column <= bound,
    }
    return relations[operator]


def text_fits(column: ColumnElement[Any], value: Value) -> Condition:
    """Return whether the text in *column* is *value*, or fits it; stars ignore letter case."""
    if value.is_pattern:
        return column.ilike(terms.like_pattern(value.text), escape="\\")
    return column == value.literal


_COLUMNS: Mapping[str, ColumnElement[Any]] = {
    "firstSeen": issue.c.first,
    "lastSeen": issue.c.last,
    "timesSeen": issue.c.n,
    "userCount": issue.c.users,
    "platform": issue.c.platform,
    "culprit": issue.c.culprit,
    "event.type": issue.c.kind,
}


def _category(db: Connection, value: Value | None) -> Condition:
    if value is None:
        return literal(1) == literal(1)
    if value.text == "error":
        return issue.c.kind.not_in(_NO_ERRORS)
    return issue.c.kind.in_(_KIND_OF_CATEGORY.get(value.text, ()))


def _type(db: Connection, value: Value | None) -> Condition:
    if value is None:
        return literal(1) == literal(1)
    kinds = {"error": issue.c.kind.not_in(_NO_ERRORS), CRON_TYPE: issue.c.kind == "cron"}
    known = [*kinds.items(), ("feedback", issue.c.kind == "feedback")]
    fits = [found for name, found in known if matches(value, name)]
    return or_(false(), *fits)


def matches(value: Value, text: str) -> bool:
    """Return whether *text* is *value*, or fits it."""
    return terms.fits(value.text, text) if value.is_pattern else text == value.literal


def _priority(db: Connection, value: Value | None) -> Condition:
    if value is None:
        return literal(1) == literal(1)
    return issue.c.priority == int(Priority[value.text.upper()])


def _label(db: Connection, value: Value | None) -> Condition:
    worn = select(issue_label.c.issue).join(label, label.c.id == issue_label.c.label)
    if value is not None:
        worn = worn.where(text_fits(label.c.name, value))
    return issue.c.id.in_(worn)


def _release_in(column: ColumnElement[Any]) -> Callable[[Connection, Value | None], Condition]:
    def made(db: Connection, value: Value | None) -> Condition:
        if value is None:
            return column.is_not(None)
        if release_parts.is_latest(value):
            latest = release_parts.latest_releases(db)
            return or_(false(), *(and_(issue.c.project == of, column == number) for of, number in latest))
        named = select(term.c.id).where(term.c.key == "release", text_fits(term.c.value, value))
        return and_(column.is_not(None), column.in_(named))

    return made


_MADE: Mapping[str, Callable[[Connection, Value | None], Condition]] = {
    "issue.category": _category,
    "issue.type": _type,
    "issue.priority": _priority,
    "label": _label,
    "firstRelease": _release_in(issue.c.first_release_term),
    "regressed_in_release": _release_in(issue.c.regressed_release_term),
}
