"""Where the newest rows of each kind came in."""

import pytest

from tests.support.builders import MORNING, a_trace
from tests.support.records import a_log, a_point, some_logs, some_points
from tests.support.store_rows import FilledStore, assert_walks
from vedette.domain.times import HOUR, Micros
from vedette.store.queries.trace_items import newest_items


def fill(store: FilledStore) -> None:
    """Write five requests an hour apart, the last two of another project, each with items of all kinds."""
    store.project("web")
    for n in range(5):
        at = Micros(MORNING + n * HOUR)
        logs = some_logs(a_log(ts=at), a_log(ts=at), n=1)
        points = some_points(a_point(ts=at), a_point(ts=at), n=2)
        store.add(a_trace(), logs, points, received=at, project=1 if n < 3 else 2)


@pytest.mark.parametrize(("kind", "item"), [("spans", 0), ("logs", 1), ("tracemetrics", 2)])
def test_the_newest_items_come_first_and_once(store: FilledStore, kind: str, item: int) -> None:
    fill(store)
    assert newest_items(store.db, kind) == [(number, item) for number in (5, 4, 3, 2, 1)]
    assert newest_items(store.db, kind, limit=2) == [(5, item), (4, item)]
    assert newest_items(store.db, kind, projects=[1]) == [(3, item), (2, item), (1, item)]
    times = {"since": Micros(MORNING + HOUR), "until": Micros(MORNING + 3 * HOUR)}
    assert newest_items(store.db, kind, **times) == [(3, item), (2, item)]


@pytest.mark.parametrize(
    ("kind", "index"),
    [("spans", "request USING INTEGER PRIMARY KEY"), ("logs", "log_ts"), ("tracemetrics", "metric_ts")],
)
def test_the_newest_rows_are_walked(store: FilledStore, kind: str, index: str) -> None:
    fill(store)
    assert_walks(store.plan(newest_items, kind, since=MORNING), index)
