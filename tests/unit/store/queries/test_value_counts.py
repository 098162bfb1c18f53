import pytest

from tests.support.builders import MORNING, an_event
from tests.support.store_rows import FilledStore, assert_walks
from vedette.domain.times import MINUTE, Micros
from vedette.store.queries import value_counts as subject
from vedette.store.queries.value_counts import ValueCount, key_counts, value_counts


def fill(store: FilledStore) -> int:
    """Add an issue for each browser, Safari's the newest; return the project of some."""
    web = store.project("web")
    sent = (("Firefox", 3, 1), ("Chrome", 5, 1), ("Chrome", 1, web), ("Safari", 1, web))
    for at, (browser, times, project) in enumerate(sent):
        for _ in range(times):
            moment = Micros(MORNING + at * MINUTE)
            event = an_event(
                f"E{at}: x", timestamp=moment, received=moment, tags=(("browser", browser), ("zone", "1"))
            )
            store.add(event, project=project, received=moment)
    return web


def exactly(*pairs: tuple[str, int]) -> list[ValueCount]:
    return [ValueCount(value, n, exact=True) for value, n in pairs]


def test_the_most_frequent_values_come_first(store: FilledStore) -> None:
    fill(store)
    assert value_counts(store.db, "browser") == exactly(("Chrome", 6), ("Firefox", 3), ("Safari", 1))
    assert value_counts(store.db, "browser", limit=1) == exactly(("Chrome", 6))
    assert value_counts(store.db, "none") == []


def test_a_part_in_any_case_narrows_them(store: FilledStore) -> None:
    fill(store)
    assert value_counts(store.db, "browser", "FI") == exactly(("Firefox", 3))
    assert value_counts(store.db, "browser", "*") == []


def test_projects_are_counted_alone(store: FilledStore) -> None:
    web = fill(store)
    assert value_counts(store.db, "browser", projects=(web,)) == exactly(("Chrome", 1), ("Safari", 1))
    assert [one.n for one in value_counts(store.db, "browser", projects=(1, web))] == [6, 3, 1]
    assert {one.value for one in key_counts(store.db, (web,))} == {"browser", "zone"}


def test_keys_come_with_how_many_events_carry_them(store: FilledStore) -> None:
    fill(store)
    counts = {one.value: one.n for one in key_counts(store.db)}
    assert counts["browser"] == counts["zone"] == 10
    assert all(one.exact for one in key_counts(store.db) if one.n)


def test_of_many_issues_the_last_are_counted_and_the_rest_is_still_offered(
    store: FilledStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store)
    store.add(an_event("Old: x", timestamp=Micros(1), received=Micros(1), tags=(("rare", "yes"),)))
    monkeypatch.setattr(subject, "RECENT", 2)
    found = value_counts(store.db, "browser")
    assert found == [
        ValueCount("Chrome", 1, exact=False),
        ValueCount("Safari", 1, exact=False),
        ValueCount("Firefox", 0, exact=False),
    ]
    assert ValueCount("rare", 0, exact=False) in key_counts(store.db)


def test_they_are_found_by_their_indexes(store: FilledStore) -> None:
    fill(store)
    for plan in (store.plan(value_counts, "browser"), store.plan(key_counts)):
        assert_walks(plan, "issue_any_by_last", "SEARCH issue_term USING PRIMARY KEY")


def test_what_is_indexed_beside_tags_is_counted_under_the_name_it_is_searched_by(store: FilledStore) -> None:
    for name in ("ValueError", "ValueError", "KeyError"):
        store.add(an_event(f"{name}: x", members=(("error.type", name),), tags=(("replayId", "a1"),)))
    assert value_counts(store.db, "error.type") == exactly(("ValueError", 2), ("KeyError", 1))
    assert value_counts(store.db, "replay.id") == exactly(("a1", 3))
    assert ("error.type", 3) in {(one.value, one.n) for one in key_counts(store.db)}
    assert all(not one.value.startswith("@") for one in key_counts(store.db))
