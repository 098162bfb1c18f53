"""Answers over time: functions in equal stretches, for all rows or for each of the foremost groups."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, literal, not_, or_, select

from vedette.domain.json import JsonValue
from vedette.domain.times import DAY, HOUR, MINUTE, SECOND, Micros
from vedette.store.explore.questions import Asked, Asking, Question, is_measure
from vedette.store.queries.attributes import Sources, prepare
from vedette.store.search import QueryError
from vedette.store.search.values import Kind

MOST_BUCKETS = 2_000
MOST_TOP = 50
MOST_AXES = 10
_FINE_BUCKETS = 350
_INTERVALS = (
    SECOND, 5 * SECOND, 10 * SECOND, 30 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR,
    4 * HOUR, DAY, 7 * DAY, 30 * DAY, 365 * DAY,
)  # fmt: skip

Values = dict[str, list[float | None]]
"""By axis, a number for each stretch; None where there is nothing to measure."""

Found = dict[tuple[Any, ...], Values]
Sql = ColumnElement[Any]
Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class SeriesQuestion:
    """What is asked over time. The *rows* of a question with both ends of time; its fields are the groups.

    ``axes`` are functions, ``interval`` is microseconds, ``top`` how many groups have a series (0: none has).
    """

    rows: Question
    axes: tuple[str, ...]
    interval: int
    top: int = 0
    with_other: bool = True
    shift: int = 0  # how much earlier the same is measured beside it, whole intervals; 0: not


@dataclass(frozen=True, slots=True)
class Series:
    """One group's values over time."""

    group: dict[str, JsonValue]
    values: Values
    before: Values | None = None  # the same from earlier
    is_other: bool = False


@dataclass(frozen=True, slots=True)
class SeriesAnswer:
    """All series, foremost first; stretch *n* begins at ``start + n * interval``."""

    start: Micros
    interval: int
    count: int
    series: list[Series]
    kinds: dict[str, Kind]
    units: dict[str, str | None]
    is_partial: bool


def fitting_interval(since: int, until: int) -> int:
    """Return the interval that shows *since* to *until* well, microseconds."""
    span = max(1, until - since)
    return next((size for size in _INTERVALS if span <= size * _FINE_BUCKETS), _INTERVALS[-1])


def whole_range(db: Connection, question: Question, now: Micros) -> tuple[Micros, Micros]:
    """Return both ends of *question*'s time; open ones are where its rows begin, and now.

    Index: that over the rows' times.
    """
    since, until = question.since, question.until
    time = question.dataset.time
    if until is None:
        until = Micros(max(now, since or 0) + 1)
    if since is None:
        first = db.execute(select(func.min(time)).where(time < until)).scalar()
        since = Micros(until - HOUR if first is None else min(first, until - 1))
    return since, until


def ask_series(
    db: Connection, sources: Sources, question: SeriesQuestion, now: Micros, *, seconds: float = 4.0
) -> SeriesAnswer:
    """Return the answer to *question* within some *seconds*. Raises QueryError, QueryTimeoutError."""
    prepare(db, sources)
    return _Over(db, question, now, seconds).answer()


class _Over:
    """One question over time made into SQL."""

    def __init__(self, db: Connection, question: SeriesQuestion, now: Micros, seconds: float) -> None:
        rows = question.rows
        assert rows.since is not None
        assert rows.until is not None
        if not 1 <= len(question.axes) <= MOST_AXES:
            raise QueryError(f"One to {MOST_AXES} functions can be charted.", 0)
        for axis in question.axes:
            if not is_measure(axis):
                raise QueryError(f"'{axis}' is no function, so it cannot be charted.", 0)
        self.question = question
        self.interval = question.interval
        self.start = rows.since // self.interval * self.interval
        self.count = -(-(rows.until - self.start) // self.interval)
        if self.count > MOST_BUCKETS:
            raise QueryError(f"The interval is too short: more than {MOST_BUCKETS:,} stretches.", 0)
        groups = tuple(name for name in rows.fields if not is_measure(name)) if question.top else ()
        asked = replace(rows, fields=(*groups, *question.axes), after=None)
        self.asking = Asking(db, asked, now, seconds=self.interval / SECOND)
        self.groups = [column for column in self.asking.columns if column.grouped is not None]
        self.axes = [column for column in self.asking.columns if column.grouped is None]
        self.earlier: Asking | None = None
        if question.shift:
            since, until = max(0, rows.since - question.shift), max(1, rows.until - question.shift)
            shifted = replace(asked, since=Micros(since), until=Micros(until))
            self.earlier = Asking(db, shifted, now, seconds=self.interval / SECOND)
            self.earlier.wanted.groups = []
        self.db = db
        # All groups, the foremost, all others; each of the last two also from earlier.
        self.seconds = seconds / ((3 if question.top else 1) + (2 if question.shift else 0))

    def answer(self) -> SeriesAnswer:
        self._is_partial = False
        if not self.question.top or not self.groups:
            self.asking.wanted.groups = []
            return self._answered([self._series({}, (), *self._both(None, by_group=False))])
        top, self._is_partial = self.asking.within(self._foremost, self.seconds)
        self.asking.wanted.groups = []
        if not top:
            return self._answered([])
        chosen = or_(*(self._is(row) for row in top))
        found = self._both(chosen, by_group=True)
        size = len(self.groups)
        # Groups are told apart by what is grouped, and shown by what is selected beside it.
        series = [
            self._series(
                {
                    column.name: column.show(value)
                    for column, value in zip(self.groups, row[size:], strict=True)
                },
                tuple(row[:size]),
                *found,
            )
            for row in top
        ]
        if self.question.with_other:
            others = self._both(not_(func.coalesce(chosen, literal(0))), by_group=False)
            if others[0]:
                series.append(replace(self._series({}, (), *others), is_other=True))
        return self._answered(series)

    def _series(
        self, group: dict[str, JsonValue], key: tuple[Any, ...], found: Found, before: Found | None
    ) -> Series:
        earlier = None if before is None else before.get(key, self._nothing())
        return Series(group, found.get(key, self._nothing()), earlier)

    def _both(self, condition: Condition | None, *, by_group: bool) -> tuple[Found, Found | None]:
        """Return the values of all stretches, and those from earlier if they are asked for."""
        found = self._filled(self.asking, self.start, condition, by_group=by_group)
        if self.earlier is None:
            return found, None
        start = self.start - self.question.shift
        return found, self._filled(self.earlier, start, condition, by_group=by_group)

    def _answered(self, series: list[Series]) -> SeriesAnswer:
        return SeriesAnswer(
            Micros(self.start),
            self.interval,
            self.count,
            series,
            {axis.name: axis.kind for axis in self.axes},
            {axis.name: axis.unit for axis in self.axes},
            self._is_partial,
        )

    # ---------------------------------------------------------------- groups

    def _grouped(self) -> list[Sql]:
        return [column.grouped for column in self.groups if column.grouped is not None]

    def _foremost(self, floor: int | None) -> list[Any]:
        """Return the foremost groups: what they are grouped by, then what is shown."""
        grouped = self._grouped()
        columns = [column.label(f"g{n}") for n, column in enumerate(grouped)]
        shown = [column.shown.label(f"s{n}") for n, column in enumerate(self.groups)]
        statement = self.asking.select(
            [*columns, *shown], floor, grouped, [*self.asking.order(), *grouped]
        ).limit(self.question.top)
        return list(self.db.execute(statement))

    def _is(self, row: Sequence[Any]) -> Condition:
        """Return the condition that a row belongs to the group of *row*."""
        return and_(*(
            column.is_(None) if value is None else column == value
            for column, value in zip(self._grouped(), row, strict=False)
        ))  # fmt: skip

    # ---------------------------------------------------------------- stretches

    def _filled(self, asking: Asking, start: int, condition: Condition | None, *, by_group: bool) -> Found:
        """Return the values of every stretch from *start* on, by what rows are grouped by."""
        groups = self._grouped() if by_group else []
        bucket = (asking.dataset.time - literal(start)) // literal(self.interval)
        columns = [bucket, *groups, *(axis.shown for axis in self.axes)]
        labelled = [column.label(f"c{n}") for n, column in enumerate(columns)]

        def look(floor: int | None) -> list[Any]:
            return list(self.db.execute(asking.select(labelled, floor, [bucket, *groups], (), condition)))

        rows, is_partial = asking.within(look, self.seconds)
        self._is_partial = self._is_partial or is_partial
        found: Found = {}
        for row in rows:
            place, key, values = row[0], tuple(row[1 : 1 + len(groups)]), row[1 + len(groups) :]
            series = found.setdefault(key, self._nothing())
            for axis, value in zip(self.axes, values, strict=True):
                if 0 <= place < self.count:
                    series[axis.name][place] = _number(axis, value)
        return found

    def _nothing(self) -> Values:
        return {axis.name: [axis.zero] * self.count for axis in self.axes}


def _number(axis: Asked, value: Any) -> float | None:
    if value is None or isinstance(value, (str, bytes)):
        return None
    number: float = value / 1_000 if axis.kind is Kind.DATE else value  # moments are charted in milliseconds
    return number
