"""Questions as a whole: pages, orders, text, time, attributes that are gone, and what takes too long."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func

from tests.support.builders import MORNING, a_trace, an_event
from tests.support.store_rows import FilledStore, assert_walks
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.times import DAY, HOUR, MINUTE, SECOND, Micros
from vedette.store.engine import QueryTimeoutError
from vedette.store.explore.arrival import first_row
from vedette.store.explore.dataset import Dataset
from vedette.store.explore.datasets import ERRORS, LOGS, METRICS, SPANS, TRANSACTIONS, find_dataset
from vedette.store.explore.questions import Question, alias_of, ask, check
from vedette.store.queries import attributes, terms
from vedette.store.queries.attributes import Sources
from vedette.store.queries.payloads import StoredItem
from vedette.store.search import MOST_VALUES, QueryError
from vedette.store.search.values import Kind

from .conftest import Explored
from .rows import NOW

ALL = (ERRORS, TRANSACTIONS, SPANS, LOGS, METRICS)


def names(dataset: object) -> str:
    return dataset.name if isinstance(dataset, Dataset) else str(dataset)


@pytest.mark.parametrize("dataset", ALL, ids=names)
@pytest.mark.parametrize("sort", ["-timestamp", "timestamp", "-environment", "project.id"])
def test_pages_meet_without_gap_or_repeat(explored: Explored, dataset: Dataset, sort: str) -> None:
    whole = explored.ask(dataset, "id", sort=(sort,), limit=1_000)
    assert whole.after is None
    seen: list[Any] = []
    after: tuple[int, ...] | None = None
    while True:
        page = explored.ask(dataset, "id", sort=(sort,), limit=37, after=after)
        seen += page.rows
        after = page.after
        if after is None:
            break
    assert seen == whole.rows
    assert len({row["id"] for row in seen}) == len(seen)


def test_pages_of_groups_meet_as_well(explored: Explored) -> None:
    whole = explored.ask(SPANS, "span.op", "transaction", "count()", sort=("-count()",), limit=100).rows
    seen: list[Any] = []
    after: tuple[int, ...] | None = None
    while True:
        page = explored.ask(
            SPANS, "span.op", "transaction", "count()", sort=("-count()",), limit=2, after=after
        )
        seen += page.rows
        if (after := page.after) is None:
            break
    assert seen == whole


def test_pages_of_what_the_full_text_finds_meet_too(explored: Explored) -> None:
    whole = explored.ask(ERRORS, "id", query="browser:Chrome", limit=1_000).rows
    first = explored.ask(ERRORS, "id", query="browser:Chrome", limit=5)
    assert first.after is not None
    rest = explored.ask(ERRORS, "id", query="browser:Chrome", limit=1_000, after=first.after)
    assert first.rows + rest.rows == whole
    assert len(whole) > 5


@pytest.mark.parametrize(
    ("sort", "ordered"),
    [
        (("-count()",), lambda row: -row["count()"]),
        (("-count",), lambda row: -row["count()"]),
        (("p95_span_duration",), lambda row: row["p95(span.duration)"]),
        (("span.op",), lambda row: row["span.op"]),
        ((), lambda row: -row["count()"]),
        (("-max(span.duration)",), None),
    ],
)
def test_groups_come_in_the_order_asked_for(
    explored: Explored, sort: tuple[str, ...], ordered: Callable[[Any], Any] | None
) -> None:
    rows = explored.ask(SPANS, "span.op", "count()", "p95(span.duration)", sort=sort).rows
    assert len(rows) > 2
    if ordered is not None:
        assert rows == sorted(rows, key=ordered)


def test_words_without_a_key_are_looked_for_in_what_a_row_says(explored: Explored) -> None:
    titles = {row["title"] for row in explored.ask(ERRORS, "title", query="basket", limit=500).rows}
    assert titles == {"KeyError: basket"}
    found = explored.ask(ERRORS, "title", query='"bad currency" OR disk', limit=500).rows
    assert {row["title"] for row in found} == {"ValueError: bad currency", "OSError: disk 100% full"}
    assert {row["title"] for row in explored.ask(ERRORS, "title", query="curr*", limit=500).rows} == {
        "ValueError: bad currency"
    }
    logs = explored.ask(LOGS, "message", query="basket", limit=500).rows
    assert {row["message"] for row in logs} == {"basket is empty", "100% of basket sold"}
    assert {row["message"] for row in explored.ask(LOGS, "message", query="!bask* paid", limit=500).rows} == {
        "paid by card"
    }
    spans = explored.ask(SPANS, "span.description", query="SELECT", limit=500).rows
    assert {row["span.description"] for row in spans} == {"SELECT a", "select b"}
    spans = explored.ask(SPANS, "span.description", query="50%*it", limit=500).rows
    assert {row["span.description"] for row in spans} == {"get: 50% of_it"}
    metrics = explored.ask(METRICS, "metric.name", query="depth", limit=500).rows
    assert {row["metric.name"] for row in metrics} == {"queue.depth"}
    segments = explored.ask(TRANSACTIONS, "transaction", query="cart", limit=500).rows
    assert {row["transaction"] for row in segments} == {"GET /cart"}
    with pytest.raises(QueryError, match="no letter or digit"):
        explored.ask(ERRORS, "title", query="%%%")


def test_times_are_compared_as_dates_and_durations_with_units(explored: Explored) -> None:
    every = explored.rows.spans
    found = explored.ask(SPANS, "id", query="span.duration:>0.5s", limit=1_000).rows
    assert len(found) == sum(row["span.duration"] > 500 for row in every)
    moment = MORNING + 30 * SECOND
    found = explored.ask(SPANS, "id", query="timestamp:>=2026-11-24T06:00:30Z", limit=1_000).rows
    assert len(found) == sum(row["timestamp"] >= moment for row in every)
    found = explored.ask(SPANS, "id", query="timestamp:-29m", limit=1_000).rows
    assert len(found) == sum(row["timestamp"] >= NOW - 29 * MINUTE for row in every)
    rows = explored.ask(SPANS, "span.op", "last_seen()", query="last_seen():<2026-11-24T06:00:01Z").rows
    assert all(row["last_seen()"] < "2026-11-24T06:00:01" for row in rows)


def test_groups_are_left_out_by_what_they_measure(explored: Explored) -> None:
    rows = explored.ask(SPANS, "span.op", "count()", limit=50).rows
    most = max(row["count()"] for row in rows)
    asked = explored.ask(SPANS, "span.op", "count()", query=f"count():>={most}").rows
    assert [row["count()"] for row in asked] == [most]
    other = explored.ask(SPANS, "span.op", "count()", query=f"!(count():{most} OR count():<1)").rows
    assert {row["span.op"] for row in other} == {row["span.op"] for row in rows if row["count()"] != most}
    rates = explored.ask(SPANS, "span.op", "failure_rate()", query="failure_rate():>40%").rows
    assert all(row["failure_rate()"] > 0.4 for row in rates)


@pytest.mark.parametrize(
    ("dataset", "fields", "more", "words"),
    [
        (ERRORS, (), {}, "No columns"),
        (ERRORS, tuple(f"f{n}" for n in range(51)), {}, "At most 50"),
        (ERRORS, ("title",), {"query": "count():>1"}, "none is among the fields"),
        (ERRORS, ("title", "count()"), {"query": "count():>1 OR level:error"}, "same OR"),
        (ERRORS, ("count()",), {"sort": ("level",)}, "not among the fields"),
        (ERRORS, ("title",), {"query": "level:>loud"}, "is no level"),
        (ERRORS, ("title",), {"query": "level:err*"}, "in full"),
        (ERRORS, ("title",), {"query": "title:>a"}, "cannot be compared"),
        (ERRORS, ("title",), {"query": "project:nowhere"}, "no project"),
        (ERRORS, ("title",), {"query": "issue:DESK-99"}, "no issue"),
        (ERRORS, ("title",), {"query": "has:*"}, "in full"),
        (ERRORS, ("failure_rate()",), {}, "transactions and spans only"),
        (ERRORS, ("http_response_rate(5)",), {}, "1 to 5"),
        (SPANS, ("http_response_rate(9)",), {}, "1 to 5"),
        (SPANS, ("count_unique()",), {}, "needs a field"),
        (SPANS, ("count_if(span.op,equals)",), {}, "takes a field"),
        (SPANS, ("count_if(span.op,like,db)",), {}, "is no comparison"),
        (SPANS, ("percentile(span.duration, 95)",), {}, "share from 0 to 1"),
        (SPANS, ("percentile(span.duration, most)",), {}, "Invalid number"),
        (SPANS, ("performance_score(lcp)",), {}, "takes measurements.score"),
        (ERRORS, ("p50(title)",), {}, "takes numbers"),
        (ERRORS, ("sum(timestamp)",), {}, "takes numbers"),
        (ERRORS, ("max(level)",), {}, "takes numbers"),
        (ERRORS, ("stddev(trace)",), {}, "takes numbers"),
        (SPANS, ("apdex(span.op,300)",), {}, "takes numbers"),
        (ERRORS, ("count_if(title,greater,5)",), {}, "neither more nor less"),
        (ERRORS, ("count_if(issue.id,greater,x)",), {}, "Invalid number"),
        (SPANS, ("sum(a,b,c,d,e,f,g,h,i)",), {}, "at most 8"),
        (SPANS, ("equation|count() + span.op",), {}, "over functions, or over fields"),
        (SPANS, ("id",), {"query": "span.duration:long"}, "Invalid number"),
        (SPANS, ("id",), {"query": "is_transaction:perhaps"}, "neither true nor false"),
    ],
)
def test_what_is_wrong_is_told(
    explored: Explored, dataset: Dataset, fields: tuple[str, ...], more: dict[str, Any], words: str
) -> None:
    with pytest.raises(QueryError, match=words):
        explored.ask(dataset, *fields, **more)


def test_a_question_is_checked_without_being_asked(explored: Explored) -> None:
    question = Question(SPANS, ("x",), "span.op:db nothing():>1")
    found = check(
        explored.store.db, explored.sources, question, ("span.op", "p95()", "odd()", "is_transaction"), NOW
    )
    assert found.fields["span.op"] is Kind.STRING
    assert found.fields["p95()"] is Kind.DURATION
    assert found.fields["is_transaction"] is Kind.BOOLEAN
    assert isinstance(found.fields["odd()"], QueryError)
    assert found.query is not None
    assert found.query.column == 11


def test_columns_say_what_they_hold_attributes_by_their_values(explored: Explored) -> None:
    answer = explored.ask(LOGS, "till", "card", "message", "timestamp", limit=5)
    assert answer.fields["till"] is Kind.INTEGER
    assert answer.fields["card"] is Kind.STRING
    assert answer.fields["timestamp"] is Kind.DATE
    answer = explored.ask(SPANS, "span.op", "p95()", "failure_rate()", "tps()")
    assert answer.units["p95()"] == "millisecond"
    assert answer.units["tps()"] == "1/second"
    assert answer.fields["failure_rate()"] is Kind.PERCENTAGE


def test_fields_computed_for_each_row_are_columns(explored: Explored) -> None:
    rows = explored.ask(SPANS, "span.duration", "equation|span.duration * 2 + 1", limit=5).rows
    for row in rows:
        assert row["equation|span.duration * 2 + 1"] == pytest.approx(row["span.duration"] * 2 + 1)
    hours = explored.ask(ERRORS, "timestamp.to_hour", "count()").rows
    assert hours == [{"timestamp.to_hour": "2026-11-24T06:00:00+00:00", "count()": 120}]


def test_every_name_a_data_set_has_can_be_asked_for(explored: Explored) -> None:
    for dataset in ALL:
        for name in dataset.fields:
            assert len(explored.ask(dataset, name, limit=1).rows) == 1, (dataset.name, name)
            explored.ask(dataset, name, "count()", "any(id)", f"count_unique({name})", query=f"has:{name}")


def test_data_sets_are_found_by_every_name_clients_use() -> None:
    assert find_dataset("ourlogs") is find_dataset("logs") is LOGS
    assert find_dataset("spansIndexed") is SPANS
    assert find_dataset("tracemetrics") is METRICS
    assert find_dataset("profiles") is None
    assert alias_of("count_unique(user.id)") == "count_unique_user_id"


def test_tags_of_very_many_values_are_compared_row_by_row(
    explored: Explored, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = explored.rows.errors
    asked = {
        "has:browser": lambda row: row["browser"] is not None,
        "!has:browser": lambda row: row["browser"] is None,
        'browser:""': lambda row: row["browser"] is None,
        'browser:["", Firefox]': lambda row: row["browser"] in (None, "Firefox"),
        "browser:chr*": lambda row: (row["browser"] or "").startswith("Chrome"),
        "!browser:chr*": lambda row: not (row["browser"] or "").startswith("Chrome"),
        "browser:[Firefox, chr*]": lambda row: row["browser"] is not None,
        "browser:*": lambda row: row["browser"] is not None,
    }
    for most in (1_000, 1):
        monkeypatch.setattr(terms, "MOST_VALUES", most)
        for query, holds in asked.items():
            found = explored.ask(ERRORS, "count()", query=query).rows
            assert found == [{"count()": sum(map(holds, every))}], (query, most)


def test_a_query_of_as_many_values_as_there_may_be_is_answered(explored: Explored) -> None:
    for dataset in ALL:
        words = "currency " * 100 if dataset.find is not None else "currency " * MOST_VALUES
        for query in (
            words,
            f"environment:[{'qa,' * 499}qa]",
            "!environment:a " * 250,
            "(x:1 OR y:2) " * 200,
        ):
            explored.ask(dataset, "count()", query=query[:4_000].rpartition(" ")[0] or query)


_KEYS = (
    "title",
    "level",
    "issue",
    "project",
    "timestamp",
    "span.duration",
    "value",
    "severity",
    "trace",
    "id",
    "browser",
    "till",
    "has",
    "count()",
    "p95(value)",
    "tags[a b,number]",
    "run",
    "x",
)
_VALUES = (
    "1",
    "error",
    "*",
    "a*b",
    '""',
    '"x y"',
    "[1, b]",
    "-1h",
    "2026-01-01",
    "1e9",
    "99999999999999999999",
    "true",
    "DESK-1",
    "5ms",
    "é",
    "%_",
    "a" * 32,
)
_FUNCTIONS = (
    "count",
    "sum",
    "p50",
    "percentile",
    "count_if",
    "apdex",
    "any",
    "max",
    "latest_event",
    "var",
    "user_misery",
    "failure_rate",
    "cache_hit_rate",
    "performance_score",
    "opportunity_score",
    "to_other",
    "odd",
)


@pytest.mark.parametrize("dataset", ALL, ids=names)
def test_every_function_takes_or_refuses_every_field(explored: Explored, dataset: Dataset) -> None:
    answered = 0
    for name in sorted({field.name for field in dataset.fields.values()} | {"till", "browser"}):
        for function in (
            "sum",
            "avg",
            "min",
            "p95",
            "var",
            "any",
            "count",
            "count_unique",
            "apdex",
            "failure_count",
        ):
            with suppress(QueryError):
                explored.ask(dataset, f"{function}({name})", query="run:1")
                answered += 1
        for word in ("equals", "notEquals", "greater"):
            with suppress(QueryError):
                explored.ask(dataset, f"count_if({name},{word},1)")
                answered += 1
    assert answered > 80


@settings(
    max_examples=250,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_any_question_is_answered_or_refused(explored: Explored, data: st.DataObject) -> None:
    draw = data.draw
    term = st.builds(
        "{}{}:{}{}".format,
        st.sampled_from(("", "!")),
        st.sampled_from(_KEYS),
        st.sampled_from(("", ">", "<=", "!=")),
        st.sampled_from(_VALUES),
    )
    words = st.sampled_from(("OR", "AND", "(", ")", "word", "wo*d", '"two words"', "%"))
    call = st.builds(
        "{}({})".format, st.sampled_from(_FUNCTIONS), st.sampled_from(("", *_KEYS, "value, 0.5", "1,2,3"))
    )
    query = " ".join(draw(st.lists(st.one_of(term, words), max_size=5)))
    fields = draw(
        st.lists(st.one_of(st.sampled_from(_KEYS), call, st.just("equation|count() / 2")), max_size=4)
    )
    sort = draw(st.lists(st.one_of(st.sampled_from(_KEYS), call).map("-{}".format), max_size=2))
    with suppress(QueryError):
        explored.ask(draw(st.sampled_from(ALL)), *fields, query=query, sort=tuple(sort))


# -------------------------------------------------------------------- payloads


def _unreadable(item: StoredItem) -> Any:
    raise IngestError(Reason.BAD_JSON, "no")


def test_rows_outlive_their_payloads_and_payloads_that_cannot_be_read(tmp_path: Path) -> None:
    store = FilledStore(tmp_path)
    store.add(an_event())
    store.add(a_trace(2))
    asked = Question(ERRORS, ("title", "colour", "browser"))
    spans = Question(SPANS, ("span.op", "colour"), "!has:colour")
    for sources in (
        Sources(store.workspace, {}),
        Sources(store.workspace, {"event": _unreadable, "transaction": _unreadable}),
    ):
        assert ask(store.db, sources, asked, NOW).rows[0]["colour"] is None
        assert len(ask(store.db, sources, spans, NOW).rows) == 2
    store.set("DELETE FROM payload")
    assert (
        ask(store.db, Sources(store.workspace, {"event": _unreadable}), asked, NOW).rows[0]["colour"] is None
    )
    store.close()


def test_payloads_are_decoded_once_for_rows_side_by_side(tmp_path: Path) -> None:
    store = FilledStore(tmp_path)
    for _ in range(3):
        store.add(a_trace(20))
    decoded: list[bytes] = []

    def read(payload: bytes) -> Any:
        decoded.append(payload)
        return {}

    sources = Sources(store.workspace, {}, {"transaction": read})
    ask(store.db, sources, Question(SPANS, ("count_unique(a)", "count_unique(b)")), NOW)
    assert len(decoded) == 3
    store.close()


def test_payloads_are_decoded_once_for_groups_that_lie_scattered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attributes, "_MOST_ITEMS", 1)
    store = FilledStore(tmp_path)
    spans = [a_trace(4) for _ in range(6)]
    for batch in spans:
        store.add(batch)
    # Each payload has rows in every group.
    known = {
        span.span_id: {"shard": n, "rows": 10 * n} for batch in spans for n, span in enumerate(batch.spans)
    }
    decoded: list[bytes] = []

    def read(payload: bytes) -> Any:
        decoded.append(payload)
        return known

    sources = Sources(store.workspace, {}, {"transaction": read})
    question = Question(SPANS, ("shard", "span.op", "sum(rows)"), "sum(rows):>0", sort=("shard",))
    rows = ask(store.db, sources, question, NOW).rows
    assert rows == [{"shard": n, "span.op": "db", "sum(rows)": 60 * n} for n in (1, 2, 3)]
    assert len(decoded) == 6
    store.close()


def test_a_tag_of_events_is_grouped_by_without_reading_payloads(tmp_path: Path) -> None:
    store = FilledStore(tmp_path)
    for browser in ("Firefox", "Firefox", "Chrome"):
        store.add(an_event(tags=(("browser", browser),)))
    sources = Sources(store.workspace, {"event": _unreadable})
    rows = ask(store.db, sources, Question(ERRORS, ("browser", "count()")), NOW).rows
    assert rows == [{"browser": "Firefox", "count()": 2}, {"browser": "Chrome", "count()": 1}]
    store.close()


# -------------------------------------------------------------------- time


def test_what_takes_too_long_is_answered_from_the_newest_rows(tmp_path: Path) -> None:
    store = FilledStore(tmp_path)
    for _ in range(128):
        store.add(a_trace(2))
    looked = []

    def slow(payload: bytes) -> Any:
        looked.append(payload)
        time.sleep(0.004)
        return {}

    sources = Sources(store.workspace, {}, {"transaction": slow})
    question = Question(SPANS, ("count()", "count_unique(a)"))
    answer = ask(store.db, sources, question, NOW, seconds=0.4)
    assert answer.is_partial
    assert 0 < answer.rows[0]["count()"] < 256
    # What was decoded is remembered, so only others can take too long again.
    afresh = Sources(store.workspace, {}, {"transaction": lambda payload: slow(payload)})
    with pytest.raises(QueryTimeoutError):
        ask(store.db, afresh, question, NOW, seconds=0.0)
    # And the reader goes on as before.
    assert ask(store.db, sources, Question(SPANS, ("count()",)), NOW).rows == [{"count()": 256}]
    store.close()


def test_what_is_counted_begins_where_the_time_asked_for_can_begin(tmp_path: Path) -> None:
    store = FilledStore(tmp_path)
    for n in range(20):
        moment = Micros(MORNING + n * DAY)
        store.add(an_event(timestamp=moment), received=moment)
        store.add(a_trace(2), received=moment)
    assert first_row(store.db, ERRORS, MORNING) <= 1
    assert first_row(store.db, ERRORS, Micros(MORNING + 10 * DAY)) == 11
    assert first_row(store.db, ERRORS, Micros(MORNING + 10 * DAY + 2 * HOUR)) == 12
    assert first_row(store.db, ERRORS, Micros(MORNING + 99 * DAY)) == 21
    assert first_row(store.db, SPANS, Micros(MORNING + 10 * DAY)) == 11 * 100_000
    question = Question(
        ERRORS, ("count()",), since=Micros(MORNING + 10 * DAY), until=Micros(MORNING + 12 * DAY)
    )
    assert ask(store.db, Sources(store.workspace, {}), question, NOW).rows == [{"count()": 2}]
    store.close()


# -------------------------------------------------------------------- plans


def asked(db: Any, store: FilledStore, *args: Any, **more: Any) -> None:
    ask(db, Sources(store.workspace, {}), Question(*args, **more), NOW)


@pytest.mark.parametrize(
    ("dataset", "index"),
    [
        (ERRORS, "event_ts"),
        (TRANSACTIONS, "segment_start"),
        (SPANS, "span_start"),
        (LOGS, "log_ts"),
        (METRICS, "metric_ts"),
    ],
    ids=names,
)
def test_single_rows_are_walked_by_time(tmp_path: Path, dataset: Dataset, index: str) -> None:
    store = FilledStore(tmp_path)
    store.add(an_event())
    store.add(a_trace(3))
    fields = ("timestamp", "project", "trace")
    more: dict[str, Any]
    for more in ({}, {"after": (MORNING, 9)}, {"since": MORNING, "until": NOW}, {"query": "has:trace"}):
        plan = store.plan(asked, store, dataset, fields, **more)
        assert_walks(plan, index)
    store.close()


@pytest.mark.parametrize("dataset", ALL, ids=names)
def test_rows_of_a_trace_are_not_looked_for_among_all(tmp_path: Path, dataset: Dataset) -> None:
    store = FilledStore(tmp_path)
    trace = bytes(range(16))
    store.add(a_trace(3, trace), an_event(trace_id=trace))
    store.add(a_trace(3))
    rows = ask(
        store.db, Sources(store.workspace, {}), Question(dataset, ("id",), f"trace:{trace.hex()}"), NOW
    ).rows
    assert len(rows) == {"errors": 1, "transactions": 1, "spans": 3}.get(dataset.name, 0)
    plan = store.plan(asked, store, dataset, ("timestamp",), f"trace:{trace.hex()}")
    assert not any(step.startswith("SCAN") for step in plan)
    store.close()


def test_what_the_full_text_finds_is_walked_as_it_arrived(tmp_path: Path) -> None:
    store = FilledStore(tmp_path)
    store.add(an_event())
    plan = store.plan(asked, store, ERRORS, ("title",), "browser:Firefox level:error")
    assert any(step.startswith("SCAN find VIRTUAL TABLE") for step in plan)
    assert not any("TEMP B-TREE FOR ORDER BY" in step for step in plan)
    store.close()


def test_columns_that_need_no_other_table_join_none(tmp_path: Path) -> None:
    store = FilledStore(tmp_path)
    store.add(a_trace(3))
    plan = store.plan(asked, store, SPANS, ("count()", "p95()"))
    assert not any("span_batch" in step or "description" in step or "own" in step for step in plan)
    assert any("own" in step for step in store.plan(asked, store, SPANS, ("count()", "any(transaction)")))
    store.close()


def test_percentiles_are_the_databases_own() -> None:
    # An aggregate in Python would take a second for a million rows.
    assert "percentile_cont" in str(func.percentile_cont(1, 0.5))
