"""Replays in the store: summed up from segments in any order, found by what was asked for."""

import contextlib
from dataclasses import replace
from typing import Any

import pytest

from tests.support.builders import MORNING, a_request, an_event
from tests.support.store_rows import FilledStore, assert_walks
from vedette.domain.changes import ChangeKind
from vedette.domain.outcomes import Outcome, Reason
from vedette.domain.replays import Client, Person, Recording, ReplayEvent, ReplaySegment
from vedette.domain.times import DAY, SECOND
from vedette.store.queries import replays
from vedette.store.queries.replays import ReplayFilter, ReplaySort
from vedette.store.retention import Retention, RetentionLimits
from vedette.store.search import QueryError
from vedette.store.writer.records import ItemRecord

REPLAY = b"\xdd" * 16
ERROR = b"\xee" * 16
TRACE = b"\xcc" * 16
OTHER = b"\1" * 16


def an_item(segment: int = 0, recording: dict[str, Any] | None = None, **event: Any) -> ReplaySegment:
    """Return one segment, ten seconds long; *event* and *recording* change its halves."""
    begin = MORNING + segment * 10 * SECOND
    said: dict[str, Any] = {
        "replay_id": REPLAY,
        "segment_id": segment,
        "type": "session",
        "started": MORNING,
        "at": begin + 10 * SECOND,
        "shift": 0,
        "urls": (f"http://shop/{segment}",),
        "names": (),
        "error_ids": (),
        "trace_ids": (),
        "environment": "qa",
        "release": "shop@1.0",
        "dist": None,
        "person": Person("id:7", "7", "joan", "j@example.com"),
        "client": Client("javascript", ("sdk", "1"), ("Linux", "6"), ("Firefox", "130"), ("", "", "", "")),
        "tags": (("till", "4"),),
    }
    film: dict[str, Any] = {
        "segment_id": segment,
        "size": 1_000,
        "events": 20,
        "first": begin,
        "last": begin + 9 * SECOND,
    }
    return ReplaySegment(ReplayEvent(**(said | event)), Recording(**(film | (recording or {}))), 0, 1)


def items(segment: ReplaySegment) -> tuple[ItemRecord, ItemRecord]:
    """Return the two items that bring *segment*, as digest hands them over."""
    pair = (ItemRecord(0, "replay_event", 3, 0), ItemRecord(1, "replay_recording", 3, 0))
    for item in pair:
        item.values.append(segment)
    return pair


def add(store: FilledStore, *segments: ReplaySegment, **request: Any) -> None:
    for segment in segments:
        store.add(*items(segment), **request)


def only(store: FilledStore) -> replays.ReplayRow:
    (row,) = replays.page_replays(store.db)
    return row


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_segments_in_any_order_sum_up_to_the_same_replay(store: FilledStore, order: tuple[int, ...]) -> None:
    segments = {
        0: an_item(0, {"clicks": 2}, error_ids=(ERROR,), trace_ids=(TRACE,)),
        1: an_item(1, {"dead_clicks": 1, "rage_clicks": 1}, error_ids=(ERROR, OTHER), release="shop@2.0"),
        2: an_item(2, {"console_errors": 3, "requests": 4, "failed_requests": 1}, environment="prod"),
    }
    add(store, *(segments[n] for n in order))
    row = only(store)
    assert (row.replay_id, row.segments, row.first_segment, row.size) == (REPLAY.hex(), 3, 0, 3_000)
    assert (row.started, row.finished) == (MORNING, MORNING + 30 * SECOND)
    assert row.duration == 30 * SECOND
    assert (row.clicks, row.dead_clicks, row.rage_clicks) == (2, 1, 1)
    assert (row.console_errors, row.requests, row.failed_requests) == (3, 4, 1)
    assert (row.errors, row.traces, row.pages, row.activity) == (2, 1, 3, 6)
    assert row.urls == ("http://shop/0", "http://shop/1", "http://shop/2")
    assert set(row.releases) == {"shop@1.0", "shop@2.0"}
    assert (row.environment, row.user, row.platform) == ("qa", "id:7", "javascript")
    assert row.about["browser"] == ["Firefox", "130"]
    assert [s.n for s in replays.replay_segments(store.db, row.id)] == [0, 1, 2]


def test_segments_of_one_batch_and_of_later_ones_meet(store: FilledStore) -> None:
    store.add_all([items(an_item(0)), items(an_item(1))])
    store.add_all([items(an_item(2)), items(an_item(3))])
    assert (only(store).segments, only(store).pages) == (4, 4)


def test_a_segment_sent_twice_is_a_duplicate_and_counts_once(store: FilledStore) -> None:
    add(store, an_item(0))
    again = items(an_item(0))
    store.add(*again)
    for item in again:
        assert (item.outcome, item.reason) == (Outcome.DUPLICATE, Reason.DUPLICATE_ITEM)
        assert item.detail == f"segment 0 of replay {REPLAY.hex()} is already here"
    assert only(store).segments == 1


def test_both_items_of_a_segment_lead_to_it(store: FilledStore) -> None:
    add(store, an_item(4))
    refs = {row[0] for row in store.raw.execute("SELECT ref FROM item")}
    (segment,) = replays.replay_segments(store.db, only(store).id)
    assert refs == {segment.id}
    assert (segment.event_item, segment.recording_item, segment.request) == (0, 1, 1)


def test_the_same_replay_in_two_projects_is_two(store: FilledStore) -> None:
    other = store.project("till")
    add(store, an_item())
    add(store, an_item(), project=other)
    assert len(replays.page_replays(store.db)) == 2
    (row,) = replays.page_replays(store.db, ReplayFilter(projects=(other,)))
    found = replays.find_replay(store.db, REPLAY, other)
    assert found == row
    assert replays.find_replay(store.db, REPLAY, 99) is None


def test_pages_that_repeat_are_one_and_going_back_is_another(store: FilledStore) -> None:
    add(store, an_item(0, urls=("a", "a", "b")), an_item(2, urls=("b", "a")), an_item(1, urls=("b",)))
    assert only(store).urls == ("a", "b", "a")


def test_urls_come_from_the_recording_where_the_event_has_none(store: FilledStore) -> None:
    add(store, an_item(0, {"urls": ("http://page/",)}, urls=()))
    assert only(store).urls == ("http://page/",)


def test_a_clock_correction_moves_what_the_recording_says(store: FilledStore) -> None:
    add(store, an_item(0, shift=-5 * SECOND, started=None, at=MORNING))
    row = only(store)
    assert (row.started, row.finished) == (MORNING - 5 * SECOND, MORNING + 4 * SECOND)


def test_a_recording_without_times_is_as_long_as_its_event_says(store: FilledStore) -> None:
    add(store, an_item(0, {"first": None, "last": None, "is_read": False}))
    row = only(store)
    assert (row.started, row.duration) == (MORNING, 10 * SECOND)
    (segment,) = replays.replay_segments(store.db, row.id)
    assert not segment.is_read


def test_a_video_marks_its_replay(store: FilledStore) -> None:
    add(store, replace(an_item(), video=(12, 34)))
    assert only(store).video
    segment = replays.get_segment(store.db, only(store).id, 0)
    assert segment is not None
    assert segment.video == (12, 34)
    assert replays.get_segment(store.db, only(store).id, 1) is None


def test_errors_are_linked_with_their_level_whenever_they_arrive(store: FilledStore) -> None:
    add(store, an_item(error_ids=(ERROR, b"\1" * 16)))
    store.add(an_event("ValueError: x", event_id=ERROR))
    row = only(store)
    assert replays.replay_errors(store.db, row.id) == [(ERROR.hex(), 40), ((b"\1" * 16).hex(), None)]
    (event_row,) = store.raw.execute("SELECT issue FROM event").fetchall()
    assert replays.issue_replays(store.db, event_row[0]) == [REPLAY.hex()]
    assert replays.issue_replays(store.db, 999) == []
    assert [r.id for r in replays.replays_of_event(store.db, ERROR)] == [row.id]
    assert replays.replays_of_event(store.db, b"\2" * 16) == []


def test_traces_are_linked_both_ways(store: FilledStore) -> None:
    add(store, an_item(trace_ids=(TRACE,)))
    assert replays.replay_traces(store.db, only(store).id) == [TRACE.hex()]
    assert len(replays.replays_of_trace(store.db, TRACE)) == 1


@pytest.mark.parametrize("sort", list(ReplaySort))
@pytest.mark.parametrize("descending", [True, False])
def test_pages_meet_in_every_order(store: FilledStore, sort: ReplaySort, descending: bool) -> None:
    for n in range(5):
        ids = tuple(bytes([n, k]) * 8 for k in range(n % 3))
        film = {"dead_clicks": n % 2, "rage_clicks": n % 2, "last": MORNING + n * SECOND}
        add(store, an_item(0, film, replay_id=bytes([n + 1]) * 16, error_ids=ids, at=MORNING + n * SECOND))
    whole = replays.page_replays(store.db, sort=sort, descending=descending)
    keys = [row.key(sort) for row in whole]
    assert keys == sorted(keys, reverse=descending)
    paged: list[replays.ReplayRow] = []
    while page := replays.page_replays(
        store.db, sort=sort, descending=descending, limit=2, after=paged[-1].key(sort) if paged else None
    ):
        paged.extend(page)
    assert paged == whole


def test_filters_narrow(store: FilledStore) -> None:
    later = MORNING + DAY
    film = {"first": later, "last": later}
    other = an_item(0, film, replay_id=b"\2" * 16, environment="prod", at=later, started=later)
    add(store, an_item(0), other)

    def found(**which: Any) -> int:
        return len(replays.page_replays(store.db, ReplayFilter(**which)))

    assert (found(), found(environments=("prod",)), found(environments=("qa", "prod"))) == (2, 1, 2)
    assert (found(since=MORNING + DAY), found(until=MORNING), found(archived=True)) == (1, 1, 0)


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("", True),
        ("environment:qa release:shop@1.0", True),
        ("environment:prod", False),
        ("!environment:prod", True),
        ("environment:[qa, prod]", True),
        ("environment:prod OR environment:qa", True),
        ("release:shop@*", True),
        ("has:release", True),
        ("has:environment !has:trail", True),
        ("count_errors:>0", True),
        ("count_errors:1", True),
        ("count_errors:>=2", False),
        ("!count_errors:>=2", True),
        ("count_dead_clicks:0 count_rage_clicks:<1", True),
        ("duration:>5s", True),
        ("duration:>1m", False),
        ("duration:<=10000ms", True),
        ("activity:>1", True),
        ("count_segments:!=1", False),
        ("url:http://shop/0", True),
        ("url:http://shop", False),
        ("url:*shop*", True),
        ("url:*cart*", False),
        ("user.email:j@example.com", True),
        ("user.email:*@example.com", True),
        ("user.email:x@example.com", False),
        ("user.id:7 user.username:joan", True),
        ("user.ip:*", False),
        ("user:id:7", True),
        ("user:id:*", True),
        ("browser.name:Firefox os.name:Linux", True),
        ("browser.name:Chrome", False),
        ("platform:javascript replay_type:session", True),
        ("platform:java*", True),
        ("has:platform !has:dist", True),
        ("till:4", True),
        ("till:5", False),
        ("till:*", True),
        ("till:4*", True),
        ("has:till", True),
        ("has:url has:user", True),
        (f"id:{REPLAY.hex()}", True),
        (f"id:{ERROR.hex()}", True),
        (f"replay_id:{REPLAY.hex()}", True),
        (f"error_ids:{ERROR.hex()}", True),
        (f"error_ids:{REPLAY.hex()}", False),
        (f"trace:{TRACE.hex()}", True),
        (f"trace_id:{TRACE.hex()}", True),
        ("project:desk", True),
        ("project:1", True),
        ("project:7", False),
        ("joan", True),
        ("SHOP", True),
        ('"shop/0"', True),
        ("nobody", False),
        ("viewed_by_me:false", True),
        ("viewed_by_me:true", False),
        ("url:100%", False),
        ("has:user.email", True),
        ("has:user.ip", False),
    ],
)
def test_queries_find_what_fits(store: FilledStore, query: str, fits: bool) -> None:
    add(store, an_item(error_ids=(ERROR,), trace_ids=(TRACE,)))
    found = replays.page_replays(store.db, ReplayFilter(query=query))
    assert bool(found) is fits


@pytest.mark.parametrize("query", ["is:unresolved", "replay_id:xyz", "(", "level:error"])
def test_a_query_replays_cannot_answer_is_refused(store: FilledStore, query: str) -> None:
    with pytest.raises(QueryError):
        replays.page_replays(store.db, ReplayFilter(query=query))


def test_the_live_feed_hears_of_it_and_a_batch_that_fails_leaves_nothing(store: FilledStore) -> None:
    with store.writer.batch() as changes:
        store.writer.add(a_request(50, *items(an_item(0))))
    assert [change.ids for change in changes if change.kind is ChangeKind.REPLAY] == [(1,)]
    with contextlib.suppress(RuntimeError), store.writer.batch():
        store.writer.add(a_request(51, *items(an_item(1))))
        raise RuntimeError
    assert only(store).segments == 1
    with store.writer.batch():
        store.writer.add(a_request(52, *items(an_item(1))))
    assert only(store).segments == 2


def test_retention_lets_segments_go_and_keeps_the_replay_that_goes_on(store: FilledStore) -> None:
    old, young = MORNING, MORNING + 60 * DAY
    add(store, an_item(0, replay_id=b"\1" * 16), received=old)
    add(store, an_item(0, error_ids=(ERROR,), trace_ids=(TRACE,)), received=old)
    add(store, an_item(1, error_ids=(b"\5" * 16,)), received=young)
    retention = Retention(store.writer, store.workspace, RetentionLimits(days=30))
    assert retention.step(young + DAY)
    row = only(store)
    assert row.replay_id == REPLAY.hex()
    assert [s.n for s in replays.replay_segments(store.db, row.id)] == [1]
    assert len(replays.replay_errors(store.db, row.id)) == 1
    assert replays.replay_traces(store.db, row.id) == []


@pytest.mark.parametrize(
    ("question", "arguments", "index"),
    [
        *(
            (replays.page_replays, {"sort": sort}, f"replay_by_{name}")
            for sort, name in (
                (ReplaySort.STARTED, "start"),
                (ReplaySort.FINISHED, "end"),
                (ReplaySort.DURATION, "duration"),
                (ReplaySort.ERRORS, "errors"),
                (ReplaySort.DEAD_CLICKS, "dead_clicks"),
                (ReplaySort.RAGE_CLICKS, "rage_clicks"),
                (ReplaySort.ACTIVITY, "activity"),
            )
        ),
        (replays.find_replay, {"replay_id": REPLAY}, "replay_of_id"),
        (replays.replay_segments, {"replay_row": 1}, "replay_segment_of"),
        (replays.get_segment, {"replay_row": 1, "n": 0}, "replay_segment_of"),
        (replays.replay_errors, {"replay_row": 1}, "replay_error_of"),
        (replays.replay_traces, {"replay_row": 1}, "replay_trace_of"),
        (replays.replays_of_event, {"event_id": ERROR}, "replay_error_eid"),
        (replays.replays_of_trace, {"trace_id": TRACE}, "replay_trace_trace"),
        (replays.issue_replays, {"issue": 1}, "event_eid"),
        (replays.count_replays, {"project_id": 1}, "replay_of_project"),
    ],
)
def test_questions_walk_their_index(store: FilledStore, question: Any, arguments: Any, index: str) -> None:
    assert_walks(store.plan(question, **arguments), index)
