"""Runs, newest first."""

from tests.support.builders import MORNING, an_event
from tests.support.store_rows import FilledStore, assert_walks
from vedette.store.queries import runs


def test_there_is_no_run_before_anything_arrived(store: FilledStore) -> None:
    assert runs.current_run(store.db) is None
    assert runs.list_runs(store.db) == []


def test_the_newest_run_is_the_current_one(store: FilledStore) -> None:
    store.add(an_event())
    store.start_run()
    current = runs.current_run(store.db)
    assert current is not None
    assert (current.id, current.trigger, current.started, current.ended) == (2, "button", MORNING, None)
    second, first = runs.list_runs(store.db)
    assert second == current
    assert (first.id, first.trigger, first.ended) == (1, "first", MORNING)
    assert runs.list_runs(store.db, before=2) == [first]
    assert runs.list_runs(store.db, limit=1) == [second]


def test_runs_are_walked_by_number(store: FilledStore) -> None:
    store.add(an_event())
    assert "TEMP B-TREE" not in "\n".join(store.plan(runs.list_runs))
    assert_walks(store.plan(runs.list_runs, before=2), "SEARCH run USING INTEGER PRIMARY KEY")
