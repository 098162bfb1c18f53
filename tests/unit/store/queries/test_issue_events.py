"""The events of one issue: searched, beside one another, in pages and in other orders."""

import pytest

from tests.support.builders import MORNING, an_event
from tests.support.store_rows import FilledStore, assert_walks
from vedette.domain.times import HOUR, Micros
from vedette.store.queries import events, issue_events
from vedette.store.queries.event_rows import EventRow
from vedette.store.queries.issue_events import EventFilter, about_events
from vedette.store.search import parse_query


def fill(store: FilledStore) -> None:
    """Write ten events of issue 1, an hour apart, every second on staging; between them those of issue 2."""
    store.add_all(
        [
            (
                an_event(
                    f"Error{n % 2}: x",
                    timestamp=Micros(MORNING + n * HOUR),
                    tags=(("parity", str(n // 2 % 2)), ("environment", "qa" if n // 2 % 2 else "staging")),
                    environment="qa" if n // 2 % 2 else "staging",
                    release=f"shop@{9 - n // 2}.0" if n != 4 else None,
                ),
            )
            for n in range(20)
        ]
    )


def row(store: FilledStore, number: int) -> EventRow:
    found = events.get_event(store.db, number)
    assert found is not None
    return found


def eid(store: FilledStore, number: int) -> str:
    return row(store, number).event_id


def asked(query: str = "", **more: object) -> EventFilter:
    return EventFilter(parse_query(query), **more)  # type: ignore[arg-type]


def test_without_a_search_all_events_of_the_issue_fit(store: FilledStore) -> None:
    fill(store)
    here = issue_events.standing(store.db, row(store, 7))
    assert (here.previous, here.next) == (eid(store, 5), eid(store, 9))
    assert (here.position, here.total, here.place, here.matching, here.fits) == (4, 10, 4, 10, True)


def test_the_first_and_the_last_have_a_neighbour_on_one_side(store: FilledStore) -> None:
    fill(store)
    assert issue_events.standing(store.db, row(store, 1)).previous is None
    assert issue_events.standing(store.db, row(store, 19)).next is None


@pytest.mark.parametrize(
    "where",
    [
        asked("parity:1"),
        asked("environment:qa is:resolved"),
        EventFilter(environments=("qa",)),
        asked("parity:1", environments=("qa",), since=MORNING, until=Micros(MORNING + 20 * HOUR)),
    ],
)
def test_those_that_fit_are_walked_and_counted(store: FilledStore, where: EventFilter) -> None:
    fill(store)
    here = issue_events.standing(store.db, row(store, 7), where)
    assert (here.previous, here.next) == (eid(store, 3), eid(store, 11))
    assert (here.position, here.total, here.place, here.matching, here.fits) == (4, 10, 2, 5, True)
    beside = issue_events.standing(store.db, row(store, 9), where)
    assert (beside.previous, beside.next, beside.fits) == (eid(store, 7), eid(store, 11), False)
    assert (beside.place, beside.matching) == (2, 5)
    issue = row(store, 7).issue
    assert issue_events.count_issue_events(store.db, issue, where) == 5
    assert issue_events.count_issue_events(store.db, issue, asked("parity:none")) == 0


def test_a_range_of_time_excludes_its_end(store: FilledStore) -> None:
    fill(store)
    where = EventFilter(since=Micros(MORNING + 2 * HOUR), until=Micros(MORNING + 6 * HOUR))
    assert [found.id for found in issue_events.page_issue_events(store.db, 1, where)] == [5, 3]


def test_a_value_nothing_carries_fits_nothing(store: FilledStore) -> None:
    fill(store)
    for where in (asked("parity:7"), EventFilter(environments=("moon",)), EventFilter(run=77)):
        here = issue_events.standing(store.db, row(store, 7), where)
        assert (here.matching, here.fits, here.total) == (0, False, 10)
        assert issue_events.page_issue_events(store.db, 1, where) == []
        assert issue_events.pick_event(store.db, 1, "latest", where) is None


def test_what_speaks_of_the_issue_is_left_out_of_a_search_for_events() -> None:
    assert about_events(None) is None
    assert about_events(parse_query("is:unresolved !is:starred project:desk issue:DESK-1")) is None
    kept = about_events(parse_query("is:unresolved release:1.0 timeout"))
    assert kept is not None
    assert len(kept.parts) == 2


def test_latest_oldest_and_recommended_fit_too(store: FilledStore) -> None:
    fill(store)
    where = asked("parity:1")
    picked = {
        which: issue_events.pick_event(store.db, 1, which, where)
        for which in ("latest", "oldest", "recommended")
    }
    assert {which: found.id if found else None for which, found in picked.items()} == {
        "latest": 19,
        "oldest": 3,
        "recommended": 19,
    }


def test_an_event_is_found_by_its_place_and_by_the_beginning_of_its_id(store: FilledStore) -> None:
    fill(store)
    third = issue_events.event_at(store.db, 1, 3)
    assert third is not None
    assert third.id == 5
    fitting = issue_events.event_at(store.db, 1, 3, asked("parity:1"))
    assert fitting is not None
    assert fitting.id == 11
    assert issue_events.event_at(store.db, 1, 11) is None
    assert issue_events.event_at(store.db, 1, 0) is None
    found = issue_events.event_by_prefix(store.db, 1, third.event_id[:9])
    assert found == third
    assert issue_events.event_by_prefix(store.db, 2, third.event_id) is None
    assert issue_events.event_by_prefix(store.db, 1, "no hex") is None


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("query", ["", "has:environment", "parity:[0, 1]"])
def test_pages_meet_without_gap_or_repeat(store: FilledStore, query: str, newest_first: bool) -> None:
    fill(store)
    found: list[int] = []
    after = None
    while True:
        page = issue_events.page_issue_events(
            store.db, 1, asked(query), newest_first=newest_first, after=after, limit=3
        )
        found += [one.id for one in page]
        if len(page) < 3:
            break
        after = page[-1]
    assert found == sorted(range(1, 20, 2), reverse=newest_first)


def test_other_orders_put_events_without_a_value_last(store: FilledStore) -> None:
    fill(store)
    ids = issue_events.sorted_events(store.db, 1, EventFilter(), "release", descending=False)
    assert ids[:2] == [19, 17]
    assert ids[-1] == 5
    turned = issue_events.sorted_events(store.db, 1, EventFilter(), "release", descending=True)
    assert turned[0] == 1
    assert turned[-1] == 5
    few = issue_events.sorted_events(store.db, 1, EventFilter(), "environment", descending=False, most=4)
    assert set(few) == {19, 17, 15, 13}
    assert [one.id for one in issue_events.events_of(store.db, [3, 99, 1])] == [3, 1]


@pytest.mark.parametrize("query", ["is:resolved", "age:-1h", "timesSeen:>99", "!label:flaky", "is:assigned"])
def test_what_is_said_of_the_issue_leaves_none_of_its_events_out(store: FilledStore, query: str) -> None:
    fill(store)
    assert issue_events.about_events(asked(query).query) is None
    assert len(issue_events.page_issue_events(store.db, 1, asked(query), limit=100)) == 10


def test_every_question_walks_an_index(store: FilledStore) -> None:
    fill(store)
    here = row(store, 7)
    words = asked("parity:1")
    text = "SCAN find VIRTUAL TABLE INDEX"
    assert_walks(store.plan(issue_events.standing, here), "event_issue")
    assert_walks(store.plan(issue_events.standing, here, words), text)
    assert_walks(store.plan(issue_events.standing, here, EventFilter(environments=("qa",))), "event_issue")
    assert_walks(store.plan(issue_events.page_issue_events, 1, after=here), "event_issue")
    assert_walks(store.plan(issue_events.page_issue_events, 1, words, after=here), text)
    assert_walks(store.plan(issue_events.pick_event, 1, "oldest"), "event_issue")
    assert_walks(store.plan(issue_events.event_by_prefix, 1, here.event_id[:8]), "event_eid")
    assert_walks(
        store.plan(issue_events.sorted_events, 1, EventFilter(), "user", descending=True), "event_issue"
    )
