"""Pages of log records, those of a trace, and counts over time."""

from typing import Any

import pytest

from tests.support.builders import MORNING, a_request
from tests.support.records import a_log, some_logs
from tests.support.store_rows import FilledStore, assert_walks
from vedette.domain.inferred import Inferred
from vedette.domain.times import DAY, HOUR, MINUTE
from vedette.store.queries import logs
from vedette.store.queries.logs import LogFilter, LogRow

TRACE = b"t" * 16


def fill(store: FilledStore) -> None:
    """Write twelve records, five minutes apart, in two projects and runs; every third is an error."""
    web = store.project("web")
    for n in range(12):
        if n == 9:
            store.start_run()
        record = a_log(
            f"order {n} paid with {'card' if n % 2 else 'cash'}",
            ts=MORNING + 5 * n * MINUTE,
            severity=18 if n % 3 == 0 else 9,
            environment=("qa", "live", None)[n % 3],
            release=f"shop@1.{n // 6}",
            trace_id=TRACE if n < 3 else None,
            span_id=TRACE[:8] if n == 1 else None,
        )
        store.add(some_logs(record), project=web if n >= 6 else 1)


def numbers(rows: list[LogRow]) -> list[int]:
    return [row.id for row in rows]


def test_a_row_says_all_that_a_list_shows(store: FilledStore) -> None:
    fill(store)
    row = logs.get_log(store.db, 2)
    assert row == LogRow(
        id=2, project=1, project_slug="desk", run=1, ts=MORNING + 5 * MINUTE, trace=TRACE.hex(),
        span=TRACE[:8].hex(), severity=9, body="order 1 paid with card", environment="live",
        release="shop@1.0", request=2, item=0, n=0,
    )  # fmt: skip
    assert row.level == "info"
    assert logs.get_log(store.db, 99) is None


@pytest.mark.parametrize(
    ("where", "fits"),
    [
        ({}, lambda n: True),
        ({"projects": (2,)}, lambda n: n >= 6),
        ({"run": 2}, lambda n: n >= 9),
        ({"since": MORNING + 20 * MINUTE}, lambda n: n >= 4),
        ({"until": MORNING + 20 * MINUTE}, lambda n: n < 4),
        ({"levels": ("error",)}, lambda n: n % 3 == 0),
        ({"levels": ("error", "info")}, lambda n: True),
        ({"levels": ("fatal",)}, lambda n: False),
        ({"environments": ("qa",)}, lambda n: n % 3 == 0),
        ({"releases": ("shop@1.1",)}, lambda n: n >= 6),
        ({"text": "card"}, lambda n: n % 2 == 1),
        ({"text": "PAID cas"}, lambda n: n % 2 == 0),
        ({"text": "ord"}, lambda n: True),
        ({"text": 'order" OR "x'}, lambda n: False),
        ({"text": "card", "levels": ("error",), "projects": (1,)}, lambda n: n == 3),
        ({"text": "cash", "run": 2, "since": MORNING}, lambda n: n == 10),
        ({"text": "///"}, lambda n: False),
        ({"text": "  "}, lambda n: True),
    ],
)
def test_a_filter_means_what_it_says(store: FilledStore, where: dict[str, Any], fits: Any) -> None:
    fill(store)
    expected = [n + 1 for n in reversed(range(12)) if fits(n)]
    assert numbers(logs.page_logs(store.db, LogFilter(**where))) == expected


@pytest.mark.parametrize(
    "where", [{}, {"text": "order"}, {"levels": ("error", "info")}, {"projects": (1, 2)}]
)
def test_pages_meet_without_gap_or_repeat(store: FilledStore, where: dict[str, Any]) -> None:
    fill(store)
    store.add(some_logs(a_log("order", ts=MORNING), a_log("order", ts=MORNING)), project=2)
    seen: list[int] = []
    after = None
    while page := logs.page_logs(store.db, LogFilter(**where), after=after, limit=5):
        seen += numbers(page)
        after = page[-1].key
    assert seen == numbers(logs.page_logs(store.db, LogFilter(**where)))
    assert len(seen) == 14


def test_a_traces_records_come_by_time(store: FilledStore) -> None:
    fill(store)
    store.add(some_logs(a_log("early", ts=MORNING - 5, trace_id=TRACE)))
    assert numbers(logs.trace_logs(store.db, TRACE)) == [13, 1, 2, 3]
    assert numbers(logs.trace_logs(store.db, TRACE, limit=2)) == [1, 2]
    assert logs.count_trace_logs(store.db, TRACE) == 4
    assert logs.trace_logs(store.db, bytes(16)) == []


def test_levels_are_counted_over_time(store: FilledStore) -> None:
    fill(store)
    by_minutes = logs.logs_by_level(store.db, MORNING, MORNING + HOUR, 6)
    assert by_minutes["error"] == [1, 1, 0, 1, 1, 0]
    assert by_minutes["info"] == [1, 1, 2, 1, 1, 2]
    assert by_minutes["fatal"] == [0] * 6
    by_hours = logs.logs_by_level(store.db, MORNING // HOUR * HOUR, MORNING + DAY, 2, projects=[2])
    assert (sum(by_hours["error"]), sum(by_hours["info"])) == (2, 4)


def test_what_was_inferred_is_found_by_item(store: FilledStore) -> None:
    item = some_logs(a_log(), n=1)
    item.values.append(Inferred((("browser.name", "Firefox"),)))
    number = store.add(item)
    assert logs.inferred_attributes(store.db, number, 1) == {"browser.name": "Firefox"}
    assert logs.inferred_attributes(store.db, number, 0) == {}


@pytest.mark.parametrize(
    ("where", "index"),
    [
        ({}, "log_ts"),
        ({"projects": (1,), "since": MORNING}, "log_ts"),
        ({"text": "order", "levels": ("error",)}, "log_find VIRTUAL TABLE"),
    ],
)
def test_pages_walk_their_index(store: FilledStore, where: dict[str, Any], index: str) -> None:
    fill(store)
    for after in (None, (MORNING, 7)):
        assert_walks(store.plan(logs.page_logs, LogFilter(**where), after=after), index)


def test_other_questions_use_their_index(store: FilledStore) -> None:
    with store.writer.batch():
        store.writer.add(a_request(99, some_logs(a_log(trace_id=TRACE))))
    assert_walks(store.plan(logs.trace_logs, TRACE), "log_trace")
    assert_walks(store.plan(logs.count_trace_logs, TRACE), "log_trace")
    assert_walks(store.plan(logs.inferred_attributes, 1, 0), "inferred_of")
    assert_walks(store.plan(logs.get_log, 1), "INTEGER PRIMARY KEY")
    counted = store.plan(logs.logs_by_level, MORNING, MORNING + HOUR, 6, projects=[1])
    assert_walks(counted, "SEARCH log_minute USING PRIMARY KEY")
