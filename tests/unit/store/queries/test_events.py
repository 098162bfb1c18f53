"""Events: pages, one by id, what an issue recommends, neighbours, attachments."""

from uuid import uuid4

import pytest

from tests.support.builders import MORNING, an_event
from tests.support.store_rows import FilledStore, assert_walks
from vedette.domain.levels import Level
from vedette.domain.outcomes import Outcome
from vedette.domain.times import DAY, HOUR
from vedette.store.queries import events, matching
from vedette.store.queries.events import EventRow
from vedette.store.queries.rendering import for_events
from vedette.store.search import parse_query
from vedette.store.writer.records import AttachmentRecord, ItemRecord


def ids(rows: list[EventRow]) -> list[int]:
    return [row.id for row in rows]


def fill(store: FilledStore) -> int:
    """Write 30 events of three issues in two projects; returns the second project."""
    web = store.project("web")
    levels = list(Level)
    for project in (1, web):
        store.add_all(
            [
                (
                    an_event(
                        f"Error{n % 3}: x",
                        timestamp=MORNING + n * HOUR,
                        level=levels[n % 5],
                        tags=(("step", str(n)), ("parity", str(n % 2)), ("level", levels[n % 5].value)),
                        environment="qa" if n % 2 else None,
                    ),
                )
                for n in range(15)
            ],
            project=project,
        )
    return web


def test_a_row_says_all_that_a_list_shows(store: FilledStore) -> None:
    trace, span = uuid4().bytes, uuid4().bytes[:8]
    event = an_event(trace_id=trace, span_id=span)
    request = store.add(event)
    row = events.get_event(store.db, 1)
    assert row == EventRow(
        id=1, event_id=event.event_id.hex(), issue=1, project=1, project_slug="desk", run=1, ts=MORNING,
        level=Level.ERROR, title="ValueError: bad currency", trace=trace.hex(), span=span.hex(),
        environment="qa", release="shop@1.0", user="id:7", request=request, item=0,
    )  # fmt: skip
    assert events.get_event(store.db, 2) is None


def test_what_an_event_does_not_have_is_none(store: FilledStore) -> None:
    store.add(an_event(environment=None, release=None, user=None))
    row = events.get_event(store.db, 1)
    assert row is not None
    assert (row.trace, row.span, row.environment, row.release, row.user) == (None,) * 5


def test_an_event_is_found_by_its_id_in_each_project(store: FilledStore) -> None:
    web = store.project("web")
    event = an_event()
    store.add(event, project=web)
    store.add(event)
    first = events.find_event(store.db, event.event_id)
    assert first is not None
    assert first.project == 1
    second = events.find_event(store.db, event.event_id, project=web)
    assert second is not None
    assert (second.id, second.project_slug) == (1, "web")
    assert events.find_event(store.db, bytes(16)) is None
    assert events.find_event(store.db, event.event_id, project=99) is None


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("", lambda n: True),
        ("step:3", lambda n: n == 3),
        ("Error1", lambda n: n % 3 == 1),
        ("parity:0 Error1", lambda n: n % 2 == 0 and n % 3 == 1),
        ("level:>=error", lambda n: n % 5 >= 3),
        ("level:error OR step:0", lambda n: n % 5 == 3 or n == 0),
        ("has:environment", lambda n: n % 2 == 1),
        ("!has:environment", lambda n: n % 2 == 0),
        ("is:unresolved", lambda n: True),
        ("is:resolved", lambda n: False),
        ("issue:DESK-2 OR issue:WEB-2", lambda n: n % 3 == 1),
        ("project:[desk,web] parity:1", lambda n: n % 2 == 1),
    ],
)
@pytest.mark.parametrize("narrow", ["", "project", "issue"])
def test_a_query_finds_the_events_it_says(store: FilledStore, query: str, fits: object, narrow: str) -> None:
    web = fill(store)
    numbers = [n for n in range(15) if fits(n)]  # type: ignore[operator]
    expected = [n + 1 for n in numbers] + [n + 16 for n in numbers]
    where: dict[str, int] = {}
    if narrow == "project":
        where = {"project": web}
        expected = [number for number in expected if number > 15]
    elif narrow == "issue":
        where = {"issue": 1}
        expected = [number for number in expected if number <= 15 and (number - 1) % 3 == 0]
    found = events.page_events(store.db, query=parse_query(query), **where)
    assert sorted(ids(found)) == expected


def test_events_come_by_their_own_time_without_words_and_by_arrival_with_them(store: FilledStore) -> None:
    store.add(an_event(timestamp=MORNING + DAY))
    store.add(an_event(timestamp=MORNING))
    assert ids(events.page_events(store.db)) == [1, 2]
    assert ids(events.page_events(store.db, issue=1)) == [1, 2]
    assert ids(events.page_events(store.db, query=parse_query("currency"))) == [2, 1]


@pytest.mark.parametrize("where", [{}, {"issue": 1}, {"project": 2}, {"query": parse_query("parity:1")}])
@pytest.mark.parametrize("size", [1, 4])
def test_pages_meet_without_gap_or_repeat(store: FilledStore, where: dict[str, int], size: int) -> None:
    fill(store)
    whole = ids(events.page_events(store.db, **where))  # type: ignore[arg-type]
    pages: list[EventRow] = []
    while True:
        page = events.page_events(
            store.db,
            **where,
            after=pages[-1].key if pages else None,
            limit=size,  # type: ignore[arg-type]
        )
        pages.extend(page)
        if len(page) < size:
            break
    assert ids(pages) == whole
    assert len(whole) >= 5


@pytest.mark.parametrize("query", ["", "Error0"])
def test_a_time_range_holds_with_and_without_words(store: FilledStore, query: str) -> None:
    fill(store)
    found = events.page_events(
        store.db, issue=1, query=parse_query(query), since=MORNING + 3 * HOUR, until=MORNING + 9 * HOUR
    )
    assert sorted(ids(found)) == [4, 7, 10]


def test_search_gives_row_ids_newest_first(store: FilledStore) -> None:
    fill(store)
    match = for_events(store.db, parse_query("parity:1 step:*3")).match
    assert events.search_rowids(store.db, match) == [29, 19, 14, 4]
    assert events.search_rowids(store.db, match, before=29, limit=2) == [19, 14]
    assert events.search_rowids(store.db, matching.NOTHING) == []


# -------------------------------------------------------------------- one of an issue


def test_latest_and_oldest_go_by_time(store: FilledStore) -> None:
    store.add(an_event(timestamp=MORNING + DAY))
    store.add(an_event(timestamp=MORNING))
    latest, oldest = (events.issue_event(store.db, 1, which) for which in ("latest", "oldest"))
    assert latest is not None
    assert oldest is not None
    assert (latest.id, oldest.id) == (1, 2)


def test_recommended_is_the_newest_that_says_most(store: FilledStore) -> None:
    trace = uuid4().bytes
    store.add(an_event(timestamp=MORNING, trace_id=trace))
    store.add(an_event(timestamp=MORNING + 1, trace_id=trace))
    store.add(an_event(timestamp=MORNING + 2, trace_id=trace, release=None))
    store.add(an_event(timestamp=MORNING + 3))
    row = events.issue_event(store.db, 1, "recommended")
    assert row is not None
    assert row.id == 2


def test_an_event_belongs_to_the_issue_it_is_asked_of(store: FilledStore) -> None:
    event = an_event()
    store.add(event)
    store.add(an_event("KeyError: other"))
    found = events.issue_event(store.db, 1, event.event_id.hex())
    assert found is not None
    assert found.id == 1
    assert events.issue_event(store.db, 2, event.event_id.hex()) is None
    assert events.issue_event(store.db, 1, "no hex") is None
    assert events.issue_event(store.db, 9, "latest") is None


def test_neighbours_are_those_beside_it_in_its_issue(store: FilledStore) -> None:
    fill(store)
    row = events.get_event(store.db, 7)
    assert row is not None
    beside = events.neighbours(store.db, row)
    by_id = {found.event_id: found.id for found in events.page_events(store.db)}
    assert (by_id[beside.previous or ""], by_id[beside.next or ""]) == (4, 10)
    assert (beside.position, beside.total) == (3, 5)


def test_the_first_and_the_last_have_a_neighbour_on_one_side(store: FilledStore) -> None:
    store.add(an_event(timestamp=MORNING))
    store.add(an_event(timestamp=MORNING))
    first, second = (events.get_event(store.db, number) for number in (1, 2))
    assert first is not None
    assert second is not None
    assert events.neighbours(store.db, first) == events.Neighbours(None, second.event_id, 1, 2)
    assert events.neighbours(store.db, second) == events.Neighbours(first.event_id, None, 2, 2)


def test_attachments_are_found_by_their_event(store: FilledStore) -> None:
    event = an_event()
    record = AttachmentRecord(event.event_id, "Bild ü.png", "image/png", "event.attachment")
    item = ItemRecord(1, "attachment", 3, 0, Outcome.STORED, attachment=record)
    store.add(event, item)
    (row,) = events.event_attachments(store.db, event.event_id)
    assert (row.name, row.content_type, row.type, row.item) == (
        "Bild ü.png",
        "image/png",
        "event.attachment",
        1,
    )
    assert row.event_id == event.event_id.hex()
    assert events.get_attachment(store.db, row.id) == row
    assert events.get_attachment(store.db, row.id + 1) is None
    assert events.event_attachments(store.db, event.event_id, project=2) == []
    assert_walks(store.plan(events.event_attachments, event.event_id), "attachment_eid")


# -------------------------------------------------------------------- plans


def test_lists_walk_their_index(store: FilledStore) -> None:
    fill(store)
    for after in (None, (MORNING, 5)):
        assert_walks(store.plan(events.page_events, after=after), "event_ts")
        assert_walks(store.plan(events.page_events, issue=1, after=after), "event_issue")
        words = parse_query("parity:1")
        assert_walks(
            store.plan(events.page_events, query=words, after=after), "SCAN find VIRTUAL TABLE INDEX"
        )
        assert_walks(store.plan(events.page_events, project=2, after=after), "SCAN find VIRTUAL TABLE INDEX")


def test_one_event_is_found_by_an_index(store: FilledStore) -> None:
    fill(store)
    row = events.get_event(store.db, 1)
    assert row is not None
    assert_walks(store.plan(events.get_event, 1), "SEARCH event USING INTEGER PRIMARY KEY")
    assert_walks(store.plan(events.find_event, bytes(16)), "event_eid")
    for which in ("latest", "oldest", "recommended"):
        assert_walks(store.plan(events.issue_event, 1, which), "event_issue")
    assert_walks(store.plan(events.issue_event, 1, "ab" * 16), "event_eid")
    assert_walks(store.plan(events.neighbours, row), "event_issue")
