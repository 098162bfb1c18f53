"""Tag keys and values."""

import pytest

from tests.support.builders import an_event
from tests.support.store_rows import FilledStore, assert_walks
from vedette.store.queries import terms

VALUES = ("shop@1.0", "shop@1.1", "Shop@2.0", "a*b", "a_b", "a%b", "a\\b", "aXb", "")


def fill(store: FilledStore) -> dict[int, str]:
    for value in VALUES:
        store.add(an_event(tags=(("build", value),)))
    return {terms.term_id(store.db, "build", value) or 0: value for value in VALUES}


def test_a_term_has_a_number_only_if_something_carried_it(store: FilledStore) -> None:
    fill(store)
    assert terms.term_id(store.db, "build", "shop@1.0") is not None
    assert terms.term_id(store.db, "build", "SHOP@1.0") is None
    assert terms.term_id(store.db, "none", "shop@1.0") is None
    assert terms.term_ids(store.db, [("build", "a*b"), ("build", "no")]).keys() == {("build", "a*b")}
    assert terms.term_ids(store.db, []) == {}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("shop@1.*", {"shop@1.0", "shop@1.1"}),
        ("shop@*", {"shop@1.0", "shop@1.1", "Shop@2.0"}),
        ("*1*", {"shop@1.0", "shop@1.1"}),
        ("*.0", {"shop@1.0", "Shop@2.0"}),
        ("a*b", {"a*b", "a_b", "a%b", "a\\b", "aXb"}),
        (r"a\*b*", {"a*b"}),
        ("a_b*", {"a_b"}),
        ("a%b*", {"a%b"}),
        ("a\\b*", {"a\\b"}),
        ("nothing*", set()),
    ],
)
def test_a_wildcard_finds_the_values_it_fits(store: FilledStore, pattern: str, expected: set[str]) -> None:
    values = fill(store)
    assert {values[number] for number in terms.resolve_wildcard(store.db, "build", pattern)} == expected


def test_a_wildcard_stops_at_its_cap(store: FilledStore) -> None:
    fill(store)
    assert len(terms.resolve_wildcard(store.db, "build", "*", cap=3)) == 3
    assert len(terms.values_of(store.db, "build", cap=3)) == 3


def test_keys_come_by_name_once_each(store: FilledStore) -> None:
    web = store.project("web")
    store.add(an_event(tags=(("zone", "1"), ("browser", "Firefox"))))
    store.add(an_event(tags=(("browser", "Chrome"), ("level", "error"))), project=web)
    every = ["browser", "environment", "level", "release", "user", "zone"]
    assert terms.tag_keys(store.db) == every
    assert terms.tag_keys(store.db, project=web) == ["browser", "level"]
    assert terms.tag_keys(store.db, project=99) == []


def test_terms_are_found_by_their_index(store: FilledStore) -> None:
    fill(store)
    assert_walks(store.plan(terms.term_id, "build", "x"), "SEARCH term USING COVERING INDEX term_of")
    assert_walks(
        store.plan(terms.resolve_wildcard, "build", "x*"), "SEARCH term USING COVERING INDEX term_of"
    )
    assert_walks(store.plan(terms.tag_keys), "SEARCH term USING COVERING INDEX term_of")
    assert_walks(store.plan(terms.tag_keys, 1), "issue_term")


def test_the_newest_values_come_first_and_parts_are_taken_as_they_stand(store: FilledStore) -> None:
    fill(store)
    assert terms.newest_values(store.db, "build", limit=3) == ["", "aXb", "a\\b"]
    assert terms.newest_values(store.db, "build", "SHOP@") == ["Shop@2.0", "shop@1.1", "shop@1.0"]
    for part in ("*", "_", "%", "\\"):
        assert terms.newest_values(store.db, "build", part) == [f"a{part}b"]
    assert terms.newest_values(store.db, "none") == []
