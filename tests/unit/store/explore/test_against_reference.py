"""Answers against a slow reference: every function, every operator, over rows and questions of chance."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.builders import MORNING
from vedette.domain.times import MINUTE, SECOND, Micros
from vedette.store.explore.dataset import Dataset
from vedette.store.explore.datasets import ERRORS, LOGS, METRICS, SPANS, TRANSACTIONS

from . import reference
from .conftest import Explored
from .reference import Measure, Row, Test
from .rows import Rows

SINCE, UNTIL = Micros(MORNING), Micros(MORNING + 3 * MINUTE)
SECONDS = (UNTIL - SINCE) / SECOND


@dataclass(frozen=True)
class Kind:
    """What is generated for a data set."""

    dataset: Dataset
    rows: Callable[[Rows], list[Row]]
    texts: tuple[str, ...]  # fields that are text or truth
    numbers: tuple[str, ...]  # fields compared as numbers
    measures: dict[str, Measure]
    groups: tuple[str, ...]


def _durations(amount: str) -> dict[str, Measure]:
    return {
        "apdex(300)": lambda rows, _: reference.apdex(rows, amount, 300),
        "apdex(1s)": lambda rows, _: reference.apdex(rows, amount, 1000),
        "user_misery(100)": lambda rows, _: reference.misery(rows, amount, 100),
        "count_miserable(user,100)": lambda rows, _: reference.miserable(rows, amount, 100),
        "failure_count()": lambda rows, _: sum(row["failed"] for row in rows),
        "failure_rate()": lambda rows, _: reference.share(sum(row["failed"] for row in rows), len(rows)),
        "count_unique(user)": lambda rows, _: reference.distinct(rows, "user"),
        "latest_event()": lambda rows, _: reference.newest(rows),
    }


def _hits(rows: Sequence[Row], hit: bool) -> float | None:
    told = [row["cache.hit"] for row in rows if row["cache.hit"] is not None]
    return reference.share(sum(one is hit for one in told), len(told))


def _answered(rows: Sequence[Row], hundred: int) -> int:
    return sum((row["http.status_code"] or 0) // 100 == hundred for row in rows)


def _counted_orders(rows: Sequence[Row]) -> list[float]:
    return [row["value"] for row in rows if (row["metric.name"], row["metric.type"]) == ("orders", "counter")]


KINDS = {
    "errors": Kind(
        ERRORS,
        lambda rows: rows.errors,
        ("title", "level", "environment", "release", "user", "browser", "project"),
        (),
        {**reference.any_measures(), "latest_event()": lambda rows, _: reference.newest(rows),
         "count_unique(browser)": lambda rows, _: reference.distinct(rows, "browser"),
         "count_if(browser,equals,Chrome)": lambda rows, _: sum(row["browser"] == "Chrome" for row in rows),
         "count_if(level,equals,fatal)": lambda rows, _: sum(row["level"] == "fatal" for row in rows),
         "avg(tags[basket.size,number])":
             lambda rows, _: reference.average(reference.values(rows, "basket.size"))},
        ("title", "level", "environment", "release", "user", "browser", "project"),
    ),
    "transactions": Kind(
        TRANSACTIONS,
        lambda rows: rows.transactions,
        ("transaction", "environment", "user", "transaction.status", "project", "transaction.op"),
        ("transaction.duration", "http.status_code"),
        {**reference.shared_measures("transaction.duration"), **_durations("transaction.duration"),
         "http_response_rate(5)": lambda rows, _: reference.share(_answered(rows, 5), len(rows)),
         "http_response_count(2)": lambda rows, _: _answered(rows, 2)},
        ("transaction", "environment", "user", "transaction.status", "project"),
    ),
    "spans": Kind(
        SPANS,
        lambda rows: rows.spans,
        ("span.op", "span.description", "span.status", "is_transaction", "transaction", "environment", "user",
         "cache.hit", "project"),
        ("span.duration", "span.self_time", "db.rows"),
        {**reference.shared_measures("span.duration"), **_durations("span.duration"),
         "sum(db.rows)": lambda rows, _: reference.total(reference.values(rows, "db.rows")),
         "p75(db.rows)": lambda rows, _: reference.percentile(reference.values(rows, "db.rows"), 0.75),
         "count_if(db.rows,equals,4)": lambda rows, _: sum(row["db.rows"] == 4 for row in rows),
         "cache_hit_rate()": lambda rows, _: _hits(rows, True),
         "cache_miss_rate()": lambda rows, _: _hits(rows, False),
         "performance_score(measurements.score.lcp)": lambda rows, _: reference.share(
             sum(row["measurements.score.lcp"] or 0 for row in rows), 0.5 * len(rows))
         if any(row["measurements.score.lcp"] for row in rows) else None},
        ("span.op", "span.status", "is_transaction", "transaction", "environment", "project"),
    ),
    "logs": Kind(
        LOGS,
        lambda rows: rows.logs,
        ("message", "severity", "environment", "card", "project"),
        ("severity_number", "till"),
        {**reference.any_measures(),
         "avg(till)": lambda rows, _: reference.average(reference.values(rows, "till"))},
        ("message", "severity", "environment", "card", "till"),
    ),
    "metrics": Kind(
        METRICS,
        lambda rows: rows.metrics,
        ("metric.name", "metric.type", "metric.unit", "environment"),
        ("value", "till"),
        {**reference.shared_measures("value"),
         "sum(value,orders,counter,item)": lambda rows, _: reference.total(_counted_orders(rows)),
         "p50(value,orders,-,none)": lambda rows, _: reference.percentile(
             [row["value"] for row in rows if row["metric.name"] == "orders"], 0.5),
         "per_second(value,orders,counter,item)": lambda rows, seconds: sum(_counted_orders(rows)) / seconds},
        ("metric.name", "metric.type", "till"),
    ),
}  # fmt: skip


def within(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if SINCE <= row["timestamp"] < UNTIL]


Condition = tuple[str, Test]


def _quoted(text: str) -> str:
    return f'"{text}"'


def conditions(kind: Kind, rows: Sequence[Row]) -> st.SearchStrategy[Condition]:
    """Return conditions on *rows* as they are written, with what they mean."""

    def of_text(field: str) -> st.SearchStrategy[Condition]:
        known = sorted({reference.text_of(row[field]) for row in rows if row[field] not in (None, "")})
        exact = st.sampled_from(known).map(lambda text: (f'{field}:"{text}"', reference.equals(field, text)))
        several = st.lists(st.sampled_from(known), min_size=2, max_size=3).map(
            lambda texts: (
                f"{field}:[{', '.join(map(_quoted, texts))}]",
                reference.any_of(*(reference.equals(field, text) for text in texts)),
            )
        )
        present = st.just((f"has:{field}", reference.has(field)))
        absent = st.just((f'{field}:""', reference.negated(reference.has(field))))
        unequal = st.sampled_from(known).map(
            lambda text: (f'{field}:!="{text}"', reference.negated(reference.equals(field, text)))
        )
        found = [exact, several, unequal]
        if field not in ("is_transaction", "level", "severity", "metric.type", "card"):
            begun = st.sampled_from(known).map(lambda text: text.split()[0][:3].lower() + "*")
            inner = st.sampled_from(known).map(lambda text: "*" + text.split()[0][1:3] + "*")
            found += [
                begun.map(lambda pattern: (f"{field}:{pattern}", reference.fits(field, pattern))),
                inner.map(lambda pattern: (f"{field}:{pattern}", reference.fits(field, pattern))),
            ]
        if field not in ("is_transaction", "span.description"):
            found += [present, absent]
        return st.one_of(found)

    def of_number(field: str) -> st.SearchStrategy[Condition]:
        known = sorted(set(reference.values(rows, field)))
        return st.tuples(st.sampled_from(("=", ">", ">=", "<", "<=")), st.sampled_from(known)).map(
            lambda pair: (
                f"{field}:{'' if pair[0] == '=' else pair[0]}{reference.text_of(pair[1])}",
                reference.equals(field, reference.text_of(pair[1]))
                if pair[0] == "=" and field in ("db.rows", "till")
                else reference.compared(field, *pair),
            )
        )

    leaf = st.one_of([*map(of_text, kind.texts), *map(of_number, kind.numbers)])

    def joined(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        pairs = st.tuples(inner, inner)
        return st.one_of(
            inner.map(lambda one: (f"!({one[0]})", reference.negated(one[1]))),
            pairs.map(lambda two: (f"({two[0][0]} OR {two[1][0]})", reference.any_of(two[0][1], two[1][1]))),
            pairs.map(lambda two: (f"({two[0][0]} {two[1][0]})", reference.all_of(two[0][1], two[1][1]))),
        )

    return st.recursive(leaf, joined, max_leaves=4)


calm = settings(
    max_examples=100,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def same(found: Any, wanted: Any) -> bool:
    if isinstance(found, float) or isinstance(wanted, float):
        return found == pytest.approx(wanted, rel=1e-6, abs=1e-9)
    return bool(found == wanted)


@pytest.mark.parametrize("name", KINDS)
def test_groups_are_what_the_reference_finds(explored: Explored, name: str) -> None:
    kind = KINDS[name]
    rows = within(kind.rows(explored.rows))
    asked = conditions(kind, rows)

    @calm
    @given(st.data())
    def check(data: st.DataObject) -> None:
        text, test = data.draw(asked)
        groups = data.draw(st.lists(st.sampled_from(kind.groups), max_size=2, unique=True))
        measures = data.draw(
            st.lists(st.sampled_from(sorted(kind.measures)), min_size=1, max_size=3, unique=True)
        )
        wanted: dict[tuple[Any, ...], list[Row]] = {}
        for row in rows:
            if test(row):
                wanted.setdefault(tuple(row[group] for group in groups), []).append(row)
        if not groups:
            wanted.setdefault((), [])
        answer = explored.ask(
            kind.dataset, *groups, *measures, query=text, since=SINCE, until=UNTIL, limit=1_000
        )
        assert not answer.is_partial
        found = {tuple(row[group] for group in groups): row for row in answer.rows}
        assert len(answer.rows) == len(found), text
        assert {_key(key) for key in found} == {_key(key) for key in wanted}, text
        told = {_key(key): row for key, row in found.items()}
        for key, members in wanted.items():
            if not members:
                continue
            for measure in measures:
                expected = kind.measures[measure](members, SECONDS)
                assert same(told[_key(key)][measure], expected), (text, groups, measure, key)

    check()


def _key(key: tuple[Any, ...]) -> tuple[str | None, ...]:
    return tuple(None if part is None else reference.text_of(part) for part in key)


@pytest.mark.parametrize("name", KINDS)
def test_single_rows_are_what_the_reference_finds_newest_first(explored: Explored, name: str) -> None:
    kind = KINDS[name]
    rows = within(kind.rows(explored.rows))
    asked = conditions(kind, rows)

    @calm
    @given(st.data())
    def check(data: st.DataObject) -> None:
        text, test = data.draw(asked)
        fields = data.draw(st.lists(st.sampled_from((*kind.groups, *kind.numbers)), min_size=1, unique=True))
        answer = explored.ask(
            kind.dataset, "timestamp", *fields, query=text, since=SINCE, until=UNTIL, limit=1_000
        )
        wanted = sorted((row for row in rows if test(row)), key=lambda row: row["timestamp"], reverse=True)
        assert len(answer.rows) == len(wanted), text
        for found, row in zip(answer.rows, wanted, strict=True):
            for field in fields:
                assert _alike(found[field], row[field]), (text, field, found[field], row[field])

    check()


def _alike(found: Any, wanted: Any) -> bool:
    if found is None or wanted is None:
        return found is wanted
    if isinstance(wanted, str):
        return bool(found == wanted)
    return text_or_number(found) == text_or_number(wanted)


def text_or_number(value: Any) -> Any:
    return reference.text_of(value)


@pytest.mark.parametrize("name", KINDS)
def test_every_function_is_right_over_all_rows(explored: Explored, name: str) -> None:
    kind = KINDS[name]
    rows = within(kind.rows(explored.rows))
    answer = explored.ask(kind.dataset, *kind.measures, since=SINCE, until=UNTIL)
    (found,) = answer.rows
    for measure, expected in kind.measures.items():
        assert same(found[measure], expected(rows, SECONDS)), measure
