"""What has to do with an event or a trace: from each family, once, newest first, and by an index."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.support.builders import MORNING, a_span, a_trace, an_event
from tests.support.builders import a_segment as a_top
from tests.support.records import a_log, a_point, some_logs, some_points
from tests.support.store_rows import FilledStore, assert_walks
from vedette.domain.feedback import Feedback
from vedette.domain.monitors import CheckIn, CheckInStatus
from vedette.domain.processed import SpanBatch
from vedette.domain.profiles import Profile, ProfileChunk, ProfileFormat
from vedette.domain.replays import Client, Person, Recording, ReplayEvent, ReplaySegment
from vedette.domain.times import SECOND, Micros
from vedette.store.queries import linked_chunks, linked_items
from vedette.store.queries.linked_items import LinkedItem, linked_to_event, linked_to_issue, linked_to_trace
from vedette.store.schema import metadata
from vedette.store.writer.records import AttachmentRecord, DerivedEvent, ItemRecord

EID = b"\xee" * 16
TRACE = b"\xcc" * 16
OTHER = b"\1" * 16
PROFILER = b"\xbb" * 16


def a_file(n: int = 0, about: bytes = EID, name: str = "log.txt", length: int = 7) -> ItemRecord:
    file = AttachmentRecord(about, name, "text/plain", "event.attachment")
    return ItemRecord(n, "attachment", 3, length, attachment=file)


def a_feedback(n: int = 0, **changes: Any) -> ItemRecord:
    values: dict[str, Any] = {
        "event_id": uuid4().bytes, "about": None, "message": "it fell", "name": "", "email": "", "url": "",
        "source": "widget", "replay": None, "trace": None, "created": MORNING,
    }  # fmt: skip
    item = ItemRecord(n, "feedback", 3, 5)
    item.values.append(Feedback(**(values | changes)))
    return item


def a_segment(
    number: int, errors: tuple[bytes, ...] = (), traces: tuple[bytes, ...] = ()
) -> list[ItemRecord]:
    client = Client("javascript", ("sdk", "1"), ("", ""), ("", ""), ("", "", "", ""))
    at = MORNING + number * SECOND
    said = ReplayEvent(
        replay_id=b"\xdd" * 16, segment_id=number, type="session", started=at, at=at + SECOND, shift=0,
        urls=(f"http://shop/{number}",) if number != 1 else (), names=(), error_ids=errors, trace_ids=traces,
        environment=None, release=None, dist=None, person=Person(), client=client, tags=(),
    )  # fmt: skip
    film = Recording(segment_id=number, size=1_000, events=20, first=at, last=at + SECOND)
    pair = [ItemRecord(0, "replay_event", 3, 30), ItemRecord(1, "replay_recording", 3, 40)]
    for item in pair:
        item.values.append(ReplaySegment(said, film, 0, 1))
    return pair


def a_check_in(n: int = 0, **changes: Any) -> ItemRecord:
    value = CheckIn(None, "backup", CheckInStatus.OK, **changes)
    return ItemRecord(n, "check_in", 3, 12, values=[value])


def a_profile(about: bytes | None, trace: bytes | None = None, at: int = 0) -> ItemRecord:
    value = Profile(
        profile_id=uuid4().bytes, format=ProfileFormat.SAMPLE, started=Micros(MORNING + at), duration=5,
        platform="python", environment=None, release=None, transaction="GET /cart", transaction_id=about,
        trace_id=trace, segment_id=None, active_thread=None, threads=(), samples=4, sdk="",
    )  # fmt: skip
    return ItemRecord(0, "profile", 3, 8, values=[value])


def a_chunk(profiler: bytes, at: int = 0) -> ItemRecord:
    value = ProfileChunk(
        profiler_id=profiler, chunk_id=uuid4().bytes, format=ProfileFormat.SAMPLE,
        started=Micros(MORNING + at), finished=Micros(MORNING + at + SECOND), platform="python",
        environment=None, release=None, threads=(), samples=90, sdk="",
    )  # fmt: skip
    return ItemRecord(0, "profile_chunk", 3, 8, values=[value])


def told(found: list[LinkedItem]) -> list[tuple[str, str]]:
    return [(one.kind, one.title) for one in found]


def test_an_event_has_what_came_with_it_and_what_names_it_later(store: FilledStore) -> None:
    report = ItemRecord(2, "client_report", 3, 44, detail="2 events dropped")
    first = store.add(an_event(event_id=EID), a_file(1), report)
    second = store.add(a_file(0, name="later.bin", length=9), received=MORNING + 1)
    third = store.add(a_feedback(about=EID, created=MORNING + 2))
    store.add(a_file(about=OTHER), a_feedback(1, about=OTHER))
    assert linked_to_event(store.db, store.workspace, EID, None, 1) == [
        LinkedItem("feedback", third, 0, MORNING + 2, "it fell", 1, 5),
        LinkedItem("attachment", second, 0, MORNING + 1, "later.bin", 1, 9),
        LinkedItem("client_report", first, 2, MORNING, "2 events dropped", 1, 44),
        LinkedItem("attachment", first, 1, MORNING, "log.txt", 1, 7),
    ]


def test_an_event_of_another_project_with_the_same_id_has_its_own(store: FilledStore) -> None:
    other = store.project("till")
    store.add(an_event(event_id=EID), a_file(1, name="here"))
    store.add(an_event(event_id=EID), a_file(1, name="there"), a_feedback(2, about=EID), project=other)
    assert told(linked_to_event(store.db, store.workspace, EID, None, 1)) == [("attachment", "here")]
    assert told(linked_to_event(store.db, store.workspace, EID, None, other)) == [
        ("feedback", "it fell"), ("attachment", "there")
    ]  # fmt: skip


def test_an_event_that_was_made_of_an_item_lists_that(store: FilledStore) -> None:
    report = ItemRecord(0, "raw_security", 3, 20)
    report.derived.append(DerivedEvent(an_event(event_id=EID), b"{}"))
    place = store.add(report)
    assert linked_to_event(store.db, store.workspace, EID, None, 1) == [
        LinkedItem("raw_security", place, 0, MORNING, "", 1, 20)
    ]


def test_an_event_that_nobody_sent_has_nothing_of_the_request_it_was_made_in(store: FilledStore) -> None:
    store.add(an_event(event_id=EID), a_file(1, about=OTHER))
    store.set("UPDATE event SET item = -1")
    assert linked_to_event(store.db, store.workspace, EID, None, 1) == []


def test_an_issue_has_what_belongs_to_any_of_its_events(
    store: FilledStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linked_items, "MOST_EVENTS", 3)
    for n in range(4):
        at = Micros(MORNING + n)
        eid = bytes([n]) * 16
        report = ItemRecord(2, "session", 3, 10)
        store.add(
            an_event(event_id=eid, timestamp=at), a_file(1, about=eid, name=f"{n}.txt"), report, received=at
        )
    store.add(a_feedback(about=b"\3" * 16, created=MORNING + 9))
    store.add(*a_segment(0, errors=(b"\2" * 16, b"\0" * 16)))
    other = b"\x99" * 16
    store.add(an_event("Other: x", event_id=other), a_file(1, about=other, name="other"))
    found = linked_to_issue(store.db, 1)
    assert [one.title for one in found if one.kind == "attachment"] == ["3.txt", "2.txt", "1.txt"]
    kinds = [one.kind for one in found]
    assert (kinds.count("session"), kinds.count("replay_event"), kinds.count("event")) == (3, 1, 0)
    assert found[0].title == "it fell"
    assert linked_to_issue(store.db, 99) == []
    plan = store.plan(linked_to_issue, 1)
    assert_walks(plan, "event_issue", "attachment_eid", "feedback_about", "replay_error_eid")
    assert {step.split()[1] for step in plan if step.startswith("SCAN")}.isdisjoint(metadata.tables)


def test_an_unknown_event_has_nothing(store: FilledStore) -> None:
    assert linked_to_event(store.db, store.workspace, EID, TRACE, 1) == []
    assert linked_to_trace(store.db, store.workspace, TRACE) == []


def test_a_trace_has_items_of_every_family(store: FilledStore) -> None:
    at = [MORNING + n * SECOND for n in range(9)]
    spans = a_trace(3, TRACE, event_id=OTHER, name="GET /cart")
    store.add(spans, a_file(1, about=OTHER, name="of the transaction"), received=at[0])
    error = store.add(an_event("KeyError: sku", event_id=EID, trace_id=TRACE, timestamp=at[1]))
    store.add(a_file(about=EID, name="of the error"), received=at[2])
    store.add(a_check_in(trace_id=TRACE), received=at[3])
    store.add(a_feedback(trace=TRACE, message="slow", created=at[4]))
    store.add(a_feedback(about=EID, message="fell", created=at[5]))
    logs = store.add(some_logs(*(a_log(f"line {n}", trace_id=TRACE, ts=at[6]) for n in range(3))))
    store.add(some_logs(a_log("line 3", trace_id=TRACE, ts=at[8])))
    store.add(some_points(a_point("orders.paid", trace_id=TRACE, ts=at[7])))
    found = linked_to_trace(store.db, store.workspace, TRACE)
    assert told(found) == [
        ("trace_metric", "orders.paid"),
        ("log", "line 0"),
        ("feedback", "fell"),
        ("feedback", "slow"),
        ("check_in", "backup"),
        ("attachment", "of the error"),
        ("event", "KeyError: sku"),
        ("attachment", "of the transaction"),
        ("transaction", "GET /cart"),
    ]
    by_kind = {one.kind: one for one in found}
    assert (by_kind["log"].count, by_kind["log"].place, by_kind["log"].size) == (4, (logs, 0), None)
    assert (by_kind["transaction"].count, by_kind["check_in"].size) == (3, 12)
    own = linked_to_event(store.db, store.workspace, EID, TRACE, 1)
    assert ("transaction", "GET /cart") in told(own)
    assert (error, 0) not in [one.place for one in own]


def test_replays_give_their_segments_with_the_page_one_was_on(store: FilledStore) -> None:
    requests = [store.add(*a_segment(n, (EID,) if n == 1 else (), (TRACE,))) for n in range(3)]
    expected = [
        LinkedItem("replay_event", requests[2], 0, MORNING + 2 * SECOND, "http://shop/2", 1, 1_000),
        LinkedItem("replay_event", requests[1], 0, MORNING + 1 * SECOND, "http://shop/0", 1, 1_000),
        LinkedItem("replay_event", requests[0], 0, MORNING, "http://shop/0", 1, 1_000),
    ]
    assert linked_to_event(store.db, store.workspace, EID, None, 1) == expected
    assert linked_to_trace(store.db, store.workspace, TRACE) == expected
    assert linked_to_event(store.db, store.workspace, OTHER, OTHER, 1) == []


def test_profiles_of_a_transaction_or_a_trace_are_listed(store: FilledStore) -> None:
    store.add(a_trace(1, TRACE, event_id=EID))
    store.add(a_profile(EID, at=1))
    store.add(a_profile(None, TRACE, at=2))
    store.add(a_profile(OTHER, OTHER, at=3))
    found = linked_to_trace(store.db, store.workspace, TRACE)
    assert told(found) == [("profile", "GET /cart"), ("profile", "GET /cart"), ("transaction", "GET /cart")]
    assert found[0].size == 8


@pytest.mark.parametrize("spelling", [PROFILER.hex(), str(UUID(bytes=PROFILER))])
def test_chunks_of_a_profile_belong_to_the_trace_whose_payload_names_the_profiler(
    store: FilledStore, spelling: str
) -> None:
    body = b'{}\n{"contexts":{"profile":{"profiler_id":"%s"}}}' % spelling.encode()
    item = ItemRecord(0, "transaction", 3, len(body) - 3, spans=[a_trace(2, TRACE)], event_id=OTHER)
    store.add(item, body=body)
    place = store.add(a_chunk(PROFILER, at=-SECOND // 2))
    store.add(a_chunk(PROFILER, at=SECOND))  # later
    store.add(a_chunk(PROFILER, at=-2 * SECOND))  # over when it began
    store.add(a_chunk(OTHER))  # of another profiler
    store.add(a_chunk(PROFILER), project=store.project("till"))
    found = [one for one in linked_to_trace(store.db, store.workspace, TRACE) if one.kind != "transaction"]
    assert found == [LinkedItem("profile_chunk", place, 0, Micros(MORNING - SECOND // 2), "", 90, 8)]


def test_an_event_that_names_a_profiler_has_the_chunk_of_its_moment(store: FilledStore) -> None:
    body = b'{}\n{"contexts":{"profile":{"profiler_id":"%s"}}}' % PROFILER.hex().encode()
    event = an_event(event_id=EID)
    store.add(ItemRecord(0, "event", 3, len(body) - 3, event=event, event_id=EID), body=body)
    store.add(a_chunk(PROFILER))
    store.add(a_chunk(PROFILER, at=5 * SECOND))
    assert told(linked_to_event(store.db, store.workspace, EID, None, 1)) == [("profile_chunk", "")]
    store.set("DELETE FROM payload")
    assert linked_to_event(store.db, store.workspace, EID, None, 1) == []


def test_only_some_payloads_are_looked_into(store: FilledStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linked_chunks, "MOST_READ", 1)
    body = b'{}\n{"profiler_id":"%s"}' % PROFILER.hex().encode()
    for begin in (0, 10 * SECOND):
        span = a_span(start=MORNING + begin, duration=SECOND)
        batch = SpanBatch(TRACE, (span,), (a_top(span, TRACE),))
        store.add(ItemRecord(0, "span", 3, len(body) - 3, spans=[batch]), body=body)
        store.add(a_chunk(PROFILER, at=begin))
    found = linked_to_trace(store.db, store.workspace, TRACE)
    assert [one.kind for one in found].count("profile_chunk") == 1


def test_the_check_in_that_is_meant_is_found_among_several_of_a_request(store: FilledStore) -> None:
    other = ItemRecord(0, "check_in", 3, 1, values=[CheckIn(None, "other", CheckInStatus.OK)])
    place = store.add(other, a_check_in(1, trace_id=TRACE))
    (found,) = linked_to_trace(store.db, store.workspace, TRACE)
    assert (found.place, found.title) == ((place, 1), "backup")


def test_logs_are_counted_up_to_a_limit(store: FilledStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linked_items, "MOST_COUNTED", 2)
    store.add(some_logs(*(a_log(trace_id=TRACE) for _ in range(5))))
    assert [one.count for one in linked_to_trace(store.db, store.workspace, TRACE)] == [2]


def test_one_family_does_not_hide_the_others(store: FilledStore) -> None:
    store.add_all([(a_feedback(trace=TRACE, created=MORNING + 100 + n),) for n in range(60)])
    store.add(an_event(trace_id=TRACE))
    found = linked_to_trace(store.db, store.workspace, TRACE)
    assert len(found) == linked_items.MOST_EACH + 1
    assert found[0].at == MORNING + 159
    assert found[-1].kind == "event"


def test_all_together_are_bounded(store: FilledStore) -> None:
    files = [a_file(n, name=str(n)) for n in range(1, 250)]
    store.add(an_event(event_id=EID), *files)
    assert len(linked_to_event(store.db, store.workspace, EID, None, 1)) == linked_items.MOST


def test_titles_are_bounded(store: FilledStore) -> None:
    store.add(a_feedback(about=EID, message="x" * 5_000))
    assert [len(one.title) for one in linked_to_event(store.db, store.workspace, EID, None, 1)] == [300]


def test_both_go_by_indexes(store: FilledStore) -> None:
    store.add(an_event(event_id=EID, trace_id=TRACE), a_file(1), a_trace(2, TRACE))
    store.add(*a_segment(0, (EID,), (TRACE,)))
    store.add(some_logs(a_log(trace_id=TRACE)), some_points(a_point(trace_id=TRACE), n=1))
    of_trace = (
        "event_trace", "segment_trace", "span_batch_trace", "check_in_trace", "feedback_trace",
        "replay_trace_trace", "replay_segment_of", "log_trace", "metric_trace", "attachment_eid",
        "feedback_about", "profile_trace", "profile_transaction", "profile_chunk_by_start",
    )  # fmt: skip
    assert_walks(store.plan(linked_to_trace, store.workspace, TRACE), *of_trace)
    plan = store.plan(linked_to_event, store.workspace, EID, TRACE, 1)
    assert_walks(plan, *of_trace, "event_eid", "replay_error_eid")
    assert "SEARCH item USING PRIMARY KEY (request=? AND n=?)" in plan
    assert {step.split()[1] for step in plan if step.startswith("SCAN")}.isdisjoint(metadata.tables)
