"""Answers over time, against the reference: stretches, foremost groups, all others, the same from earlier."""

from collections.abc import Sequence

import pytest

from tests.support.builders import MORNING
from vedette.domain.times import DAY, HOUR, MINUTE, SECOND, Micros
from vedette.store.explore.datasets import ERRORS, LOGS, SPANS
from vedette.store.explore.questions import Question
from vedette.store.explore.series import (
    MOST_BUCKETS,
    Series,
    SeriesAnswer,
    SeriesQuestion,
    ask_series,
    fitting_interval,
    whole_range,
)
from vedette.store.search import QueryError

from . import reference
from .conftest import Explored
from .reference import Row
from .rows import NOW

SINCE, UNTIL = Micros(MORNING), Micros(MORNING + 2 * MINUTE)
STEP = 20 * SECOND


def over(
    explored: Explored, question: Question, *axes: str, interval: int = STEP, **more: int
) -> SeriesAnswer:
    asked = SeriesQuestion(question, axes, interval, **more)  # type: ignore[arg-type]
    return ask_series(explored.store.db, explored.sources, asked, NOW)


def stretches(rows: Sequence[Row], start: int, count: int) -> list[list[Row]]:
    found: list[list[Row]] = [[] for _ in range(count)]
    for row in rows:
        place = (row["timestamp"] - start) // STEP
        if 0 <= place < count:
            found[place].append(row)
    return found


def within(rows: Sequence[Row], since: int = SINCE, until: int = UNTIL) -> list[Row]:
    return [row for row in rows if since <= row["timestamp"] < until]


def test_functions_over_time_are_what_the_reference_finds(explored: Explored) -> None:
    answer = over(
        explored, Question(SPANS, (), since=SINCE, until=UNTIL), "count()", "p95(span.duration)", "epm()"
    )
    assert (answer.start, answer.count, answer.is_partial) == (SINCE, 6, False)
    (series,) = answer.series
    parts = stretches(within(explored.rows.spans), answer.start, answer.count)
    assert series.values["count()"] == [len(part) for part in parts]
    assert series.values["epm()"] == pytest.approx([len(part) * 3 for part in parts])
    for found, part in zip(series.values["p95(span.duration)"], parts, strict=True):
        assert found == pytest.approx(reference.percentile(reference.values(part, "span.duration"), 0.95))


def test_stretches_begin_at_whole_intervals_and_empty_ones_count_nothing(explored: Explored) -> None:
    since = Micros(MORNING - 5 * MINUTE + 7 * SECOND)
    answer = over(explored, Question(ERRORS, (), since=since, until=UNTIL), "count()", "avg(issue.id)")
    assert answer.start % STEP == 0
    assert since - STEP < answer.start <= since
    (series,) = answer.series
    assert series.values["count()"][0] == 0
    assert series.values["avg(issue.id)"][0] is None
    assert sum(filter(None, series.values["count()"])) == len(within(explored.rows.errors))


def named(answer: SeriesAnswer) -> dict[object, Series]:
    return {next(iter(series.group.values()), "others"): series for series in answer.series}


def test_the_foremost_groups_have_series_of_their_own_and_all_others_one(explored: Explored) -> None:
    question = Question(ERRORS, ("browser",), since=SINCE, until=UNTIL)
    answer = over(explored, question, "count()", top=2)
    counts: dict[str | None, int] = {}
    rows = within(explored.rows.errors)
    for row in rows:
        counts[row["browser"]] = counts.get(row["browser"], 0) + 1
    foremost = sorted(counts, key=lambda name: counts[name], reverse=True)[:2]
    assert [series.is_other for series in answer.series] == [False, False, True]
    found = named(answer)
    for name in foremost:
        members = [row for row in rows if row["browser"] == name]
        assert found[name].values["count()"] == [len(part) for part in stretches(members, SINCE, 6)]
    rest = [row for row in rows if row["browser"] not in foremost]
    assert found["others"].values["count()"] == [len(part) for part in stretches(rest, SINCE, 6)]
    alone = over(explored, question, "count()", top=2, with_other=False)
    assert len(alone.series) == 2


def test_groups_without_a_value_and_of_attributes_have_series_too(explored: Explored) -> None:
    question = Question(LOGS, ("environment", "till"), since=SINCE, until=UNTIL)
    answer = over(explored, question, "count()", top=50)
    rows = within(explored.rows.logs)
    assert len(answer.series) == len({(row["environment"], row["till"]) for row in rows})
    for series in answer.series:
        key = (series.group["environment"], series.group["till"])
        members = [row for row in rows if (row["environment"], row["till"]) == key]
        assert sum(filter(None, series.values["count()"])) == len(members)


def test_groups_are_foremost_by_the_order_asked_for_and_by_what_they_measure(explored: Explored) -> None:
    question = Question(SPANS, ("span.op",), since=SINCE, until=UNTIL, sort=("-p50(span.duration)",))
    answer = over(explored, question, "p50(span.duration)", top=2, with_other=False)
    medians: dict[str, float] = {}
    rows = within(explored.rows.spans)
    for op in {row["span.op"] for row in rows}:
        found = reference.percentile(
            reference.values([row for row in rows if row["span.op"] == op], "span.duration"), 0.5
        )
        assert found is not None
        medians[op] = found
    wanted = sorted(medians, key=lambda op: medians[op], reverse=True)[:2]
    assert [series.group["span.op"] for series in answer.series] == wanted
    many = Question(SPANS, ("span.op",), "count():>60", since=SINCE, until=UNTIL)
    few = over(explored, many, "count()", top=9, with_other=False)
    counts = {op: sum(row["span.op"] == op for row in rows) for op in medians}
    assert {series.group["span.op"] for series in few.series} == {op for op in counts if counts[op] > 60}


@pytest.mark.parametrize("top", [0, 2])
def test_the_same_from_earlier_stands_beside_it(explored: Explored, top: int) -> None:
    shift = 2 * STEP
    since, until = Micros(SINCE + shift), Micros(UNTIL)
    question = Question(ERRORS, ("level",), since=since, until=until)
    answer = over(explored, question, "count()", shift=shift, top=top)
    earlier = within(explored.rows.errors, since - shift, until - shift)
    for series in answer.series:
        assert series.before is not None
        members = [row for row in earlier if series.group in ({}, {"level": row["level"]})]
        if series.is_other:
            known = [one.group["level"] for one in answer.series if one.group]
            members = [row for row in earlier if row["level"] not in known]
        assert series.before["count()"] == [
            len(part) for part in stretches(members, since - shift, answer.count)
        ]


def test_nothing_that_fits_is_a_series_of_zeros_and_no_groups(explored: Explored) -> None:
    question = Question(ERRORS, ("level",), "title:nothing", since=SINCE, until=UNTIL)
    (series,) = over(explored, question, "count()").series
    assert series.values["count()"] == [0] * 6
    assert over(explored, question, "count()", top=3).series == []


@pytest.mark.parametrize(
    ("axes", "interval", "words"),
    [
        ((), STEP, "functions can be charted"),
        (("level",), STEP, "is no function"),
        (("count()",), 1, "interval is too short"),
        (("nothing()",), STEP, "There is no function"),
    ],
)
def test_what_cannot_be_charted_is_refused(
    explored: Explored, axes: tuple[str, ...], interval: int, words: str
) -> None:
    with pytest.raises(QueryError, match=words):
        over(explored, Question(ERRORS, (), since=SINCE, until=UNTIL), *axes, interval=interval)


@pytest.mark.parametrize(
    ("span", "interval"),
    [(HOUR, 30 * SECOND), (DAY, 5 * MINUTE), (14 * DAY, HOUR), (90 * DAY, DAY), (1, SECOND)],
)
def test_an_interval_fits_its_range(span: int, interval: int) -> None:
    assert fitting_interval(0, span) == interval
    assert span / interval <= MOST_BUCKETS


def test_an_open_range_begins_with_the_rows_and_ends_now(explored: Explored) -> None:
    db = explored.store.db
    assert whole_range(db, Question(ERRORS, ()), NOW) == (MORNING, NOW + 1)
    assert whole_range(db, Question(ERRORS, (), since=SINCE, until=UNTIL), NOW) == (SINCE, UNTIL)
    since, until = whole_range(db, Question(ERRORS, (), until=Micros(MORNING - DAY)), NOW)
    assert since < until == MORNING - DAY
