"""What can be measured over rows: counts, sums, percentiles, rates; and arithmetic over them.

Names, arguments and results are Sentry's (getsentry/sentry `search/events/datasets`). Percentiles are exact:
between the two nearest values they lie on the straight line between them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Double, String, and_, case, cast, func, literal, not_

from vedette.store.explore.dataset import Dataset
from vedette.store.explore.fields import Attribute, Column, Field, Scope, Tag, compared
from vedette.store.search import QueryError, Value
from vedette.store.search.values import Kind, read_number

Sql = ColumnElement[Any]

_CALL = re.compile(r"([A-Za-z_][A-Za-z0-9_]{0,60})\((.*)\)", re.DOTALL)
_COMMA = re.compile(r",(?![^\[]*\])")  # but for the one in ``tags[size,number]``
_MISERY_ALPHA, _MISERY_BETA = 5.8875, 111.8625
_DEFAULT_APDEX = 300.0
MOST_ARGUMENTS = 8
TO_OTHER = "to_other"
"""Looks like a function, and is a field of two values: rows are grouped by it."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure over a group of rows, and how it is shown."""

    sql: Sql
    kind: Kind
    unit: str | None = None
    show: Callable[[Any], Any] | None = None
    zero: float | None = None  # what it is where there are no rows; None: unknown


@dataclass(frozen=True, slots=True)
class Call:
    """A function's name and its arguments, as written."""

    name: str
    arguments: tuple[str, ...]


def read_call(text: str) -> Call | None:
    """Return *text* as a call, None if it is none. Raises QueryError for too many arguments."""
    match = _CALL.fullmatch(text.strip())
    if match is None:
        return None
    inner = match[2].strip()
    arguments = tuple(part.strip().strip('"') for part in _COMMA.split(inner)) if inner else ()
    if len(arguments) > MOST_ARGUMENTS:
        raise QueryError(f"{match[1]}() takes at most {MOST_ARGUMENTS} arguments.", 0)
    return Call(match[1], arguments)


class Functions:
    """The functions of one question over one data set; *seconds* is how long its range lasts."""

    def __init__(self, dataset: Dataset, scope: Scope, seconds: float) -> None:
        self._dataset = dataset
        self._scope = scope
        self._seconds = max(seconds, 1.0)

    def read(self, text: str) -> Measured:
        """Return what *text*, a call, measures. Raises QueryError."""
        call = read_call(text)
        if call is None:
            raise QueryError(f"'{text}' is no function.", 0)
        known = _FUNCTIONS.get(call.name)
        if known is None:
            raise QueryError(f"There is no function {call.name}().", 0)
        if (
            self._dataset.narrowed is not None
            and call.arguments[:1] == ("value",)
            and call.name != "count_if"
        ):
            return self._of_metric(call, known)
        return known(self, call)

    def _of_metric(self, call: Call, known: "Callable[[Functions, Call], Measured]") -> Measured:
        """Return a function over one metric's values: ``sum(value, name, type, unit)``, then the rest."""
        assert self._dataset.narrowed is not None
        named, rest = call.arguments[1:4], call.arguments[4:]
        if len(call.arguments) < 2 or (call.name == "percentile" and len(call.arguments) == 2):
            return known(self, call)
        conditions = []
        for field, text in zip(("metric.name", "metric.type", "metric.unit"), named, strict=False):
            if text not in ("", "-") and not (field == "metric.unit" and text == "none"):
                value = Value(text, 0, quoted=True)
                conditions.append(self._dataset.field(field).exactly(self._scope, value))
        fields = {**self._dataset.fields, "value": self._dataset.narrowed(and_(True, *conditions))}
        own = Functions(replace(self._dataset, fields=fields), self._scope, self._seconds)
        if call.name in _RATES and "counter" in named:
            total = func.coalesce(func.sum(fields["value"].number()), 0.0)
            return Measured(total / self._seconds * _RATES[call.name], Kind.NUMBER, zero=0)
        return known(own, Call(call.name, ("value", *rest)))

    # ---------------------------------------------------------------- arguments

    def _amount(self, call: Call, place: int = 0) -> Field:
        """Return the field measured: that of the argument, or what the data set's rows are measured by."""
        name = call.arguments[place] if len(call.arguments) > place else self._dataset.amount
        if not name:
            raise QueryError(f"{call.name}() needs a field.", 0)
        return self.field(name)

    def _numeric(self, call: Call) -> Field:
        """Return the field measured, which has to be a number, or what may be one: attributes and tags."""
        found = self._amount(call)
        if not (found.kind.is_numeric or isinstance(found, Attribute | Tag)):
            raise QueryError(f"{call.name}() takes numbers, and '{found.name}' is none.", 0)
        return found

    def field(self, name: str) -> Field:
        """Return the field *name*, also as ``tags[name]``, ``tags[name,number]`` or ``to_other(…)``."""
        call = read_call(name)
        if call is not None and call.name == TO_OTHER:
            return self._to_other(name, call)
        if name.startswith("tags[") and name.endswith("]"):
            key, _, kind = name[5:-1].partition(",")
            return self._dataset.field(key.strip(), kind.strip() or "string")
        return self._dataset.field(name)

    def _to_other(self, name: str, call: Call) -> Field:
        """Return ``to_other(field, value, that, this)``: *this* where the field is *value*, else *that*."""
        if not 2 <= len(call.arguments) <= 4:
            raise QueryError(f"{TO_OTHER}() takes a field, a value, and names for others and for it.", 0)
        of, value, *names = call.arguments
        that, this = (*names, *("that", "this")[len(names) :])
        is_it = self.field(of).exactly(self._scope, Value(value, 0, quoted=True))
        return Column(name=name, column=case((is_it, literal(this)), else_=literal(that)))

    def _number(
        self, call: Call, place: int, default: float | None = None, kind: Kind = Kind.NUMBER
    ) -> float:
        if len(call.arguments) <= place:
            if default is None:
                raise QueryError(f"{call.name}() needs a number.", 0)
            return default
        return read_number(Value(call.arguments[place], 0), kind)

    # ---------------------------------------------------------------- counting

    def count(self, call: Call) -> Measured:
        if not call.arguments:
            return Measured(func.count(), Kind.INTEGER, zero=0)
        return Measured(func.count(self._amount(call).grouped()), Kind.INTEGER, zero=0)

    def count_unique(self, call: Call) -> Measured:
        if not call.arguments:
            raise QueryError("count_unique() needs a field.", 0)
        return Measured(func.count(self._amount(call).grouped().distinct()), Kind.INTEGER, zero=0)

    def count_if(self, call: Call) -> Measured:
        if len(call.arguments) != 3:
            raise QueryError("count_if() takes a field, a comparison and a value.", 0)
        name, word, text = call.arguments
        operator = _COMPARISONS.get(word)
        if operator is None:
            raise QueryError(f"'{word}' is no comparison. They are: {', '.join(_COMPARISONS)}.", 0)
        return Measured(_counted(self._compared(self.field(name), operator, text)), Kind.INTEGER, zero=0)

    def _compared(self, found: Field, operator: str, text: str) -> ColumnElement[bool]:
        # Every row is asked for its value: what the full text knows does not help inside a sum.
        negative = operator == "!="
        operator = "=" if negative else operator
        value = Value(text, 0, quoted=True)
        if operator != "=" and not (found.kind.is_numeric or isinstance(found, Attribute | Tag)):
            raise QueryError(f"'{found.name}' is no number, so it is neither more nor less.", 0)
        if found.kind.is_numeric or operator != "=":
            condition = compared(found.number(), operator, read_number(value, found.kind))
        else:
            condition = found.exactly(self._scope, value)
        return not_(func.coalesce(condition, literal(0))) if negative else condition

    def failure_count(self, call: Call) -> Measured:
        return Measured(_counted(self._failed(call)), Kind.INTEGER, zero=0)

    def failure_rate(self, call: Call) -> Measured:
        return Measured(_share(_counted(self._failed(call)), func.count()), Kind.PERCENTAGE)

    def _failed(self, call: Call) -> ColumnElement[bool]:
        if self._dataset.failed is None:
            raise QueryError(f"{call.name}() is known for transactions and spans only.", 0)
        return self._dataset.failed

    def per_minute(self, call: Call) -> Measured:
        return Measured(self.count(call).sql * 60.0 / self._seconds, Kind.NUMBER, "1/minute", zero=0)

    def per_second(self, call: Call) -> Measured:
        return Measured(self.count(call).sql * 1.0 / self._seconds, Kind.NUMBER, "1/second", zero=0)

    def http_rate(self, call: Call) -> Measured:
        return Measured(_share(_counted(self._http(call)), func.count()), Kind.PERCENTAGE)

    def http_count(self, call: Call) -> Measured:
        return Measured(_counted(self._http(call)), Kind.INTEGER, zero=0)

    def _http(self, call: Call) -> ColumnElement[bool]:
        status = self._dataset.http_status
        hundred = int(self._number(call, 0))
        if status is None or not 1 <= hundred <= 5:
            raise QueryError(f"{call.name}() takes 1 to 5, for transactions and spans only.", 0)
        return and_(status >= 100 * hundred, status < 100 * hundred + 100)

    def cache(self, call: Call) -> Measured:
        hit = self._dataset.field("cache.hit").computed()
        wanted = "true" if call.name == "cache_hit_rate" else "false"
        return Measured(
            _share(_counted(hit == wanted), _counted(hit.in_(("true", "false")))), Kind.PERCENTAGE
        )

    # ---------------------------------------------------------------- measuring

    def over(self, call: Call) -> Measured:
        """Return sum, avg, min or max of a field."""
        found = self._amount(call)
        if call.name in ("min", "max") and found.kind is Kind.DATE:
            return Measured(getattr(func, call.name)(found.computed()), Kind.DATE, show=found.show)
        found = self._numeric(call)
        number = found.number()
        kind = found.kind if found.kind.is_numeric else Kind.NUMBER
        if call.name == "sum":
            # total() of SQLite cannot overflow as sum() of whole numbers may.
            return Measured(func.sum(cast(number, Double)) if kind is not Kind.INTEGER else func.sum(number),
                            kind, found.unit)  # fmt: skip
        if call.name == "avg":
            return Measured(func.avg(number), Kind.NUMBER if kind is Kind.INTEGER else kind, found.unit)
        return Measured(getattr(func, call.name)(number), kind, found.unit)

    def percentile(self, call: Call) -> Measured:
        share = _SHARES.get(call.name)
        if share is None:
            share = self._number(call, len(call.arguments) - 1 if len(call.arguments) > 1 else 0)
            call = Call(call.name, call.arguments[:-1])
        if not 0 <= share <= 1:
            raise QueryError(f"{call.name}() takes a share from 0 to 1.", 0)
        found = self._numeric(call)
        kind = found.kind if found.kind.is_numeric else Kind.NUMBER
        sql = func.percentile_cont(found.number(), literal(share, Double))
        return Measured(sql, Kind.NUMBER if kind is Kind.INTEGER else kind, found.unit)

    def apdex(self, call: Call) -> Measured:
        amount, limit = self._satisfied(call)
        satisfied = _counted(amount <= limit)
        tolerable = _counted(and_(amount > limit, amount <= 4 * limit))
        return Measured(_share(satisfied + tolerable / 2.0, func.count(amount)), Kind.NUMBER)

    def user_misery(self, call: Call) -> Measured:
        miserable = self.count_miserable(call).sql
        users = func.count(self._dataset.field(self._dataset.user).grouped().distinct())
        share = (miserable + _MISERY_ALPHA) / (users + _MISERY_ALPHA + _MISERY_BETA)
        return Measured(share, Kind.NUMBER)

    def count_miserable(self, call: Call) -> Measured:
        amount, limit = self._satisfied(call)
        user = self._dataset.field(self._dataset.user).grouped()
        return Measured(func.count(case((amount > 4 * limit, user)).distinct()), Kind.INTEGER, zero=0)

    def _satisfied(self, call: Call) -> tuple[Sql, float]:
        """Return what is measured and the threshold: ``(300)``, ``(span.duration, 300)`` and ``(user, 300)``
        are known."""
        arguments = tuple(name for name in call.arguments if name != self._dataset.user)
        limit = self._number(Call(call.name, arguments[-1:]), 0, _DEFAULT_APDEX, Kind.DURATION)
        return self._numeric(Call(call.name, arguments[:-1])).number(), limit

    def time_spent(self, call: Call) -> Measured:
        amount = func.sum(cast(self._numeric(call).number(), Double))
        return Measured(_share(amount, func.sum(amount).over()), Kind.PERCENTAGE)

    def spread(self, call: Call) -> Measured:
        found = self._numeric(call)
        number = cast(found.number(), Double)
        n = func.count(number)
        variance = case((n > 1, (func.sum(number * number) - func.sum(number) * func.avg(number)) / (n - 1)))
        if call.name in ("var", "variance"):
            return Measured(variance, Kind.NUMBER)
        return Measured(func.sqrt(func.max(variance, 0.0)), Kind.NUMBER, found.unit)

    def score(self, call: Call) -> Measured:
        score, weight = self._scored(call)
        return Measured(_share(func.sum(score), func.sum(weight)), Kind.NUMBER)

    def opportunity(self, call: Call) -> Measured:
        """Return how much of its score a vital could still gain, over all rows."""
        score, weight = self._scored(call)
        return Measured(func.sum(weight) - func.sum(score), Kind.NUMBER)

    def count_scores(self, call: Call) -> Measured:
        return Measured(func.count(self._scored(call)[0]), Kind.INTEGER, zero=0)

    def _scored(self, call: Call) -> tuple[Sql, Sql]:
        """Return the score a function takes, and the most it can be: its weight; 1 of the score in all."""
        name = call.arguments[0] if call.arguments else ""
        if not name.startswith("measurements.score."):
            raise QueryError(f"{call.name}() takes measurements.score.lcp and its like.", 0)
        score = self._dataset.field(name).number()
        if name == "measurements.score.total":
            return score, case((score.is_not(None), 1.0))
        weight = name.replace("measurements.score.", "measurements.score.weight.", 1)
        return score, self._dataset.field(weight).number()

    # ---------------------------------------------------------------- moments and samples

    def moment(self, call: Call) -> Measured:
        time = self._dataset.field("timestamp")
        newest = call.name in ("last_seen", "latest")
        return Measured((func.max if newest else func.min)(self._dataset.time), Kind.DATE, show=time.show)

    def latest_event(self, call: Call) -> Measured:
        if self._dataset.event_id is None:
            raise QueryError(f"{call.name}() is not known here.", 0)
        # The largest of texts that begin with the time is that of the newest.
        stamped = func.printf("%020d", self._dataset.time, type_=String()) + func.hex(self._dataset.event_id)
        return Measured(func.max(stamped), Kind.STRING, show=lambda raw: raw and raw[20:].lower())

    def any(self, call: Call) -> Measured:
        found = self._amount(call)
        return Measured(func.max(found.shown()), found.kind, found.unit, found.show)


def _counted(condition: ColumnElement[bool]) -> Sql:
    return func.count(case((condition, 1)))


def _share(part: Sql, whole: Sql) -> Sql:
    return cast(part, Double) / func.nullif(whole, 0)


_COMPARISONS = {
    "equals": "=",
    "notEquals": "!=",
    "less": "<",
    "greater": ">",
    "lessOrEquals": "<=",
    "greaterOrEquals": ">=",
}
_RATES = {"per_second": 1.0, "eps": 1.0, "per_minute": 60.0, "epm": 60.0}
_SHARES = {
    "p25": 0.25,
    "p50": 0.5,
    "median": 0.5,
    "p75": 0.75,
    "p90": 0.9,
    "p95": 0.95,
    "p99": 0.99,
    "p100": 1.0,
}

_FUNCTIONS: dict[str, Callable[[Functions, Call], Measured]] = {
    "count": Functions.count,
    "count_sample": Functions.count,
    "count_unique": Functions.count_unique,
    "count_if": Functions.count_if,
    "failure_count": Functions.failure_count,
    "failure_rate": Functions.failure_rate,
    **dict.fromkeys(("epm", "tpm", "spm", "per_minute", "sample_epm"), Functions.per_minute),
    **dict.fromkeys(("eps", "tps", "sps", "per_second", "sample_eps"), Functions.per_second),
    "http_response_rate": Functions.http_rate,
    "http_response_count": Functions.http_count,
    **dict.fromkeys(("cache_hit_rate", "cache_miss_rate"), Functions.cache),
    **dict.fromkeys(("sum", "avg", "min", "max"), Functions.over),
    **dict.fromkeys(_SHARES, Functions.percentile),
    "percentile": Functions.percentile,
    "apdex": Functions.apdex,
    "user_misery": Functions.user_misery,
    "count_miserable": Functions.count_miserable,
    "time_spent_percentage": Functions.time_spent,
    **dict.fromkeys(("var", "variance", "stddev"), Functions.spread),
    "performance_score": Functions.score,
    "opportunity_score": Functions.opportunity,
    "count_scores": Functions.count_scores,
    **dict.fromkeys(("first_seen", "last_seen"), Functions.moment),
    "latest_event": Functions.latest_event,
    **dict.fromkeys(("any", "any_value"), Functions.any),
}
NAMES = tuple(sorted(_FUNCTIONS))
