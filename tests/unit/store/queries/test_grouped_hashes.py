"""The hashes an issue's events have: how often, since when, and the newest event of each."""

from dataclasses import replace

from tests.support.builders import MORNING, an_event
from tests.support.store_rows import FilledStore, assert_walks
from vedette.store.queries.grouped_hashes import issue_hash_rows


def test_each_first_hash_is_counted_with_its_newest_event(store: FilledStore) -> None:
    one = an_event()
    both = replace(one.grouping, hashes=("1" * 32, *one.grouping.hashes))
    store.add(one)
    store.add(an_event(timestamp=MORNING + 5, grouping=both))
    newest = an_event(timestamp=MORNING + 9, grouping=both)
    store.add(newest)
    store.add(an_event("KeyError: other"))
    frequent, rare = issue_hash_rows(store.db, 1)
    assert (frequent.hash, frequent.events) == ("1" * 32, 2)
    assert (frequent.first, frequent.last, frequent.latest) == (
        MORNING + 5, MORNING + 9, newest.event_id.hex(),
    )  # fmt: skip
    assert (rare.hash, rare.events) == (one.grouping.hashes[0], 1)
    assert issue_hash_rows(store.db, 1, limit=1) == [frequent]
    assert issue_hash_rows(store.db, 99) == []


def test_the_events_of_the_issue_are_walked_and_no_others(store: FilledStore) -> None:
    store.add(an_event())
    assert_walks(store.plan(issue_hash_rows, 1), "SEARCH event USING INDEX event_issue")
