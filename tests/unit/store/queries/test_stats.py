"""Numbers about the whole workspace."""

from tests.support.builders import MORNING, a_trace, an_event
from tests.support.store_rows import FilledStore, assert_walks
from vedette.domain.levels import Level
from vedette.domain.outcomes import Outcome
from vedette.domain.times import DAY, HOUR, MINUTE
from vedette.store.queries import stats
from vedette.store.queries.stats import Totals

NOON = MORNING - MORNING % HOUR


def test_totals_count_everything(store: FilledStore) -> None:
    assert stats.totals(store.db) == Totals(0, 0, 0, 0, 0)
    store.add(an_event(), an_event("KeyError: x"), a_trace())
    store.add(an_event())
    store.add(outcome=Outcome.REFUSED, status=401)
    store.add(outcome=Outcome.NOT_INGEST, status=404)
    store.set("UPDATE issue SET status = 1 WHERE id = 2")
    assert stats.totals(store.db) == Totals(events=3, traces=1, unresolved=1, requests=4, dropped=1)


def test_totals_count_through_indexes(store: FilledStore) -> None:
    store.add(an_event(), a_trace())
    plan = "\n".join(store.plan(stats.totals))
    assert "SCAN event USING COVERING INDEX" in plan
    assert "SCAN trace USING COVERING INDEX" in plan
    assert "SEARCH issue USING COVERING INDEX" in plan


def test_events_per_minute_end_with_the_current_one(store: FilledStore) -> None:
    store.add_all([(an_event(timestamp=NOON + n * MINUTE),) for n in (0, 2, 2, 5)])
    assert stats.events_per_minute(store.db, 4, end=NOON + 3 * MINUTE + 7) == [1, 0, 2, 0]
    assert stats.events_per_minute(store.db, 3) == [0, 0, 0]


def test_events_by_level_fill_equal_parts(store: FilledStore) -> None:
    web = store.project("web")
    store.add_all([(an_event(timestamp=NOON + n * HOUR, level=Level.FATAL),) for n in (0, 1, 13)])
    store.add(an_event(timestamp=NOON + 2 * HOUR, level=Level.INFO), project=web)
    counts = stats.events_by_level(store.db, NOON, NOON + DAY, 2)
    assert counts[Level.FATAL] == [2, 1]
    assert counts[Level.INFO] == [1, 0]
    assert counts[Level.DEBUG] == [0, 0]
    only_web = stats.events_by_level(store.db, NOON, NOON + DAY, 2, projects=[web])
    assert (only_web[Level.FATAL], only_web[Level.INFO]) == ([0, 0], [1, 0])
    assert stats.events_by_level(store.db, NOON, NOON + HOUR, 4)[Level.FATAL] == [1, 0, 0, 0]
    assert_walks(
        store.plan(stats.events_by_level, NOON, NOON + DAY, 2, [web]), "SEARCH all_hour USING PRIMARY KEY"
    )


def test_the_size_on_disk_counts_database_spool_and_blobs(store: FilledStore) -> None:
    store.add(an_event())
    store.workspace.spool.write_bytes(b"x" * 1_000)
    before = stats.database_size(store.workspace)
    assert before.database >= store.workspace.database.stat().st_size > 0
    assert (before.spool, before.blobs) == (1_000, 0)
    store.add(body=bytes(range(256)) * 1_000)
    after = stats.database_size(store.workspace)
    assert after.blobs > 0
    assert after.total == after.database + after.spool + after.blobs
