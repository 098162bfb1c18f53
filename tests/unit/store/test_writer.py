"""The writer: what a batch leaves in the store, and that it leaves all or nothing."""

from pathlib import Path
from uuid import uuid4

import apsw
import pytest

from tests.support.builders import MORNING, a_request, a_segment, a_span, a_trace, an_event
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.outcomes import Outcome, Reason
from vedette.domain.processed import SpanBatch
from vedette.domain.times import DAY, HOUR, MINUTE
from vedette.domain.workspace import Workspace
from vedette.store import dialect
from vedette.store.blobs import BlobStore
from vedette.store.writer.records import AttachmentRecord, ItemRecord
from vedette.store.writer.writer import StoreWriter


def one(writer: StoreWriter, sql: str, *values: object) -> object:
    row = writer.raw.execute(sql, values).fetchone()
    return None if row is None else (row[0] if len(row) == 1 else row)


def test_events_of_one_hash_make_one_issue_with_counts_and_times(writer: StoreWriter) -> None:
    with writer.batch(mark=2):
        writer.add(a_request(1, an_event(timestamp=MORNING + 5)))
        writer.add(a_request(2, an_event(timestamp=MORNING)))
    assert one(writer, "SELECT count(*), n, first, last, short, users, title FROM issue") == (
        1, 2, MORNING, MORNING + 5, 1, 1, "ValueError: bad currency",
    )  # fmt: skip
    assert writer.mark == 2


def test_other_hashes_and_other_projects_make_other_issues_with_short_ids_of_their_own(
    writer: StoreWriter,
) -> None:
    with writer.batch():
        other = writer.projects.of("7", None, "loopback")
        writer.add(a_request(1, an_event("A: a")))
        writer.add(a_request(2, an_event("B: b")))
        writer.add(a_request(3, an_event("A: a"), project=other))
    rows = writer.raw.execute("SELECT project, short, title FROM issue ORDER BY id").fetchall()
    assert rows == [(1, 1, "A: a"), (1, 2, "B: b"), (7, 1, "A: a")]


def test_an_issue_found_again_in_a_later_batch_is_the_same(writer: StoreWriter) -> None:
    for number in (1, 2, 3):
        with writer.batch():
            writer.add(a_request(number, an_event()))
    assert one(writer, "SELECT count(*), n, short FROM issue") == (1, 3, 1)


def test_a_late_event_does_not_rename_its_issue(writer: StoreWriter) -> None:
    same = an_event("E: new").grouping
    with writer.batch():
        writer.add(a_request(1, an_event("E: new", timestamp=MORNING + 9)))
        writer.add(a_request(2, an_event("E: old", grouping=same, timestamp=MORNING)))
    assert one(writer, "SELECT title, n FROM issue") == ("E: new", 2)


def test_the_same_event_twice_is_stored_once_and_says_so(writer: StoreWriter) -> None:
    event = an_event()
    first, second, third = a_request(1, event), a_request(2, event), a_request(3, event)
    with writer.batch():
        writer.add(first)
        writer.add(second)
    with writer.batch():
        writer.add(third)
    assert one(writer, "SELECT count(*) FROM event") == 1
    assert one(writer, "SELECT n FROM issue") == 1
    for again in (second, third):
        assert (again.items[0].outcome, again.outcome, again.reason) == (
            Outcome.DUPLICATE, Outcome.DUPLICATE, Reason.DUPLICATE_EVENT,
        )  # fmt: skip
    assert one(writer, "SELECT count(*) FROM request WHERE outcome = 'duplicate'") == 2


def test_the_same_event_in_two_projects_is_two_events(writer: StoreWriter) -> None:
    event = an_event()
    with writer.batch():
        other = writer.projects.of("2", None, "loopback")
        writer.add(a_request(1, event))
        writer.add(a_request(2, event, project=other))
    assert one(writer, "SELECT count(*) FROM event") == 2


def test_an_event_in_a_resolved_issue_is_a_regression(writer: StoreWriter) -> None:
    with writer.batch():
        writer.add(a_request(1, an_event()))
    writer.raw.execute("UPDATE issue SET status = 1, seen = 1")
    with writer.batch():
        writer.add(a_request(2, an_event()))
    assert one(writer, "SELECT status, substatus, seen FROM issue") == (0, "regressed", 0)
    assert one(writer, "SELECT group_concat(kind) FROM activity") == "first_seen,set_regression"


def test_an_archived_issue_stays_archived(writer: StoreWriter) -> None:
    with writer.batch():
        writer.add(a_request(1, an_event()))
    writer.raw.execute("UPDATE issue SET status = 2")
    with writer.batch():
        writer.add(a_request(2, an_event()))
    assert one(writer, "SELECT status, n FROM issue") == (2, 2)


def test_users_are_counted_once_however_often_they_come(writer: StoreWriter) -> None:
    with writer.batch():
        writer.add(a_request(1, an_event(user="id:1")))
        writer.add(a_request(2, an_event(user="id:2")))
    with writer.batch():
        writer.add(a_request(3, an_event(user="id:1")))
        writer.add(a_request(4, an_event(user=None)))
    assert one(writer, "SELECT users, n FROM issue") == (2, 4)


def test_words_and_tags_are_found_together(writer: StoreWriter) -> None:
    with writer.batch():
        writer.add(a_request(1, an_event("KeyError: lost basket", tags=(("browser", "Firefox"),))))
        writer.add(a_request(2, an_event("KeyError: lost wallet", tags=(("browser", "Chrome"),))))
    term = one(writer, "SELECT id FROM term WHERE key = 'browser' AND value = 'Chrome'")
    query = f"{{title body}}: lost AND tags: {dialect.quote(dialect.TERM + str(term))}"
    assert writer.raw.execute("SELECT rowid FROM find WHERE find MATCH ?", (query,)).fetchall() == [(2,)]


def test_counters_are_rolled_up_by_minute_hour_level_and_release(writer: StoreWriter) -> None:
    with writer.batch():
        for number in (1, 2):
            writer.add(a_request(number, an_event()))
        writer.add(a_request(3, an_event(timestamp=MORNING + HOUR)))
    assert one(writer, "SELECT n FROM issue_minute WHERE bucket = ?", MORNING // MINUTE) == 2
    assert one(writer, "SELECT n FROM issue_hour WHERE bucket = ?", MORNING // HOUR) == 2
    assert one(writer, "SELECT sum(n), count(*) FROM all_hour WHERE level = 40") == (3, 2)
    assert one(writer, "SELECT sum(n) FROM release_hour") == 3
    assert one(writer, "SELECT n FROM issue_term JOIN term ON term = term.id WHERE key = 'browser'") == 3


def test_a_distinct_stack_is_indexed_once(writer: StoreWriter) -> None:
    with writer.batch():
        for number in (1, 2):
            writer.add(a_request(number, an_event(stack="shop.basket weigh shop/basket.py")))
        writer.add(a_request(3, an_event(stack="")))
    assert one(writer, "SELECT count(*) FROM stack") == 1
    found = writer.raw.execute("SELECT rowid FROM stack_find WHERE stack_find MATCH 'weigh'").fetchall()
    assert found == [(1,)]
    assert one(writer, "SELECT issue FROM issue_stack") == 1


def test_a_transaction_becomes_a_trace_with_its_spans_in_one_block(writer: StoreWriter) -> None:
    batch = a_trace(spans=3)
    with writer.batch():
        writer.add(a_request(1, batch))
    assert one(writer, "SELECT name, op, spans, segments, errors, failed, root FROM trace") == (
        "GET /cart", "http.server", 3, 1, 0, 0, batch.spans[0].span_id,
    )  # fmt: skip
    block = one(writer, "SELECT id FROM span_batch")
    assert isinstance(block, int)
    ids = [row[0] for row in writer.raw.execute("SELECT id FROM span ORDER BY id")]
    assert ids == [block * 100_000 + n for n in range(3)]
    assert one(writer, "SELECT n, failed, total, longest FROM segment_hour") == (1, 0, 100_000, 100_000)
    assert one(writer, "SELECT count(*) FROM span_hour") == 3


def test_spans_that_come_in_several_envelopes_make_one_trace(writer: StoreWriter) -> None:
    whole = a_trace(spans=3)
    children = SpanBatch(whole.trace_id, whole.spans[1:], ())
    root = SpanBatch(whole.trace_id, whole.spans[:1], whole.segments)
    with writer.batch():
        writer.add(a_request(1, ItemRecord(0, "span", 3, 0, spans=[children])))
    assert one(writer, "SELECT name, spans, root FROM trace") == ("", 2, None)
    with writer.batch():
        writer.add(a_request(2, ItemRecord(0, "span", 3, 0, spans=[root])))
    assert one(writer, "SELECT name, spans, segments, root FROM trace") == (
        "GET /cart", 3, 1, whole.spans[0].span_id,
    )  # fmt: skip


def test_the_root_names_the_trace_though_another_service_came_first(writer: StoreWriter) -> None:
    root = a_trace(spans=1, name="web")
    inner_span = a_span(parent_id=root.spans[0].span_id, is_segment=True)
    inner = a_segment(inner_span, root.trace_id, name="api")
    with writer.batch():
        writer.add(a_request(1, SpanBatch(root.trace_id, (inner_span,), (inner,))))
        writer.add(a_request(2, root))
    assert one(writer, "SELECT name, segments FROM trace") == ("web", 2)


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("error_first", [True, False])
def test_errors_are_counted_on_their_trace_in_any_order(
    writer: StoreWriter, together: bool, error_first: bool
) -> None:
    batch = a_trace()
    requests = [a_request(1, an_event(trace_id=batch.trace_id)), a_request(2, batch)]
    if not error_first:
        requests.reverse()
    if together:
        with writer.batch():
            for request in requests:
                writer.add(request)
    else:
        for request in requests:
            with writer.batch():
                writer.add(request)
    assert one(writer, "SELECT errors FROM trace") == 1


def test_the_same_transaction_twice_is_stored_once(writer: StoreWriter) -> None:
    batch = a_trace()
    with writer.batch():
        writer.add(a_request(1, batch))
        writer.add(a_request(2, batch))
    with writer.batch():
        writer.add(a_request(3, batch))
    assert one(writer, "SELECT count(*), (SELECT count(*) FROM span) FROM segment") == (1, 3)
    assert one(writer, "SELECT count(*) FROM item WHERE outcome = 'duplicate'") == 2


def test_a_failed_transaction_counts_as_failed(writer: StoreWriter) -> None:
    with writer.batch():
        writer.add(a_request(1, a_trace(status="internal_error")))
        writer.add(a_request(2, a_trace(status="cancelled")))
    assert one(writer, "SELECT n, failed FROM segment_minute") == (2, 1)


def test_an_exception_inside_a_batch_leaves_the_store_as_it_was(writer: StoreWriter) -> None:
    with writer.batch(mark=1):
        writer.add(a_request(1, an_event()))

    def fail() -> None:
        with writer.batch(mark=2):
            writer.add(a_request(2, an_event("Other: thing", tags=(("fresh", "term"),))))
            raise RuntimeError("digest stumbles")

    with pytest.raises(RuntimeError):
        fail()
    assert one(writer, "SELECT count(*) FROM event") == 1
    assert writer.mark == 1
    with writer.batch(mark=2):
        writer.add(a_request(2, an_event("Other: thing", tags=(("fresh", "term"),))))
    assert one(writer, "SELECT count(*) FROM issue") == 2
    assert one(writer, "SELECT count(*) FROM term WHERE key = 'fresh'") == 1


def test_a_row_that_cannot_be_written_rolls_the_whole_batch_back(writer: StoreWriter) -> None:
    def write_twice() -> None:
        with writer.batch(mark=9):
            writer.add(a_request(1, an_event()))
            writer.add(a_request(1, an_event()))

    with pytest.raises(apsw.ConstraintError):
        write_twice()
    assert one(writer, "SELECT count(*) FROM event") == 0
    assert writer.mark == 0


def test_what_changed_is_told_after_the_commit(writer: StoreWriter) -> None:
    batch = a_trace()
    with writer.batch() as changes:
        writer.add(a_request(4, an_event(), batch))
        assert changes == []
    assert set(changes) == {
        Change(ChangeKind.RUN, (1,)),
        Change(ChangeKind.ISSUE_NEW, (1,)),
        Change(ChangeKind.ISSUE, (1,)),
        Change(ChangeKind.EVENT, (1,)),
        Change(ChangeKind.TRACE, (batch.trace_id.hex(),)),
        Change(ChangeKind.REQUEST, (4,)),
    }


def test_a_writer_opened_again_goes_on_where_the_last_one_ended(workspace: Workspace) -> None:
    for number in (1, 2):
        writer = StoreWriter(workspace)
        with writer.batch(mark=number):
            writer.projects.ensure_first()
            writer.add(a_request(number, an_event(), a_trace()))
        writer.close()
    writer = StoreWriter(workspace)
    assert writer.mark == 2
    assert one(writer, "SELECT count(*), max(n) FROM issue") == (1, 2)
    assert one(writer, "SELECT count(*) FROM trace") == 2
    assert one(writer, "SELECT n FROM sender") == 2
    writer.close()


def test_a_run_begins_with_the_first_data_after_silence_and_with_a_new_release(writer: StoreWriter) -> None:
    minute = 60 * 1_000_000
    for number, (at, release) in enumerate(
        [(0, "a"), (1, "a"), (20, "a"), (21, "b"), (22, "b"), (23, "a")], start=1
    ):
        with writer.batch():
            writer.add(a_request(number, an_event(release=release), received=MORNING + at * minute))
    triggers = [row[0] for row in writer.raw.execute("SELECT trigger FROM run ORDER BY id")]
    assert triggers == ["first", "silence", "release"]
    assert one(writer, "SELECT count(*) FROM run WHERE ended IS NULL") == 1


def test_large_items_go_apart_and_the_body_is_still_whole(writer: StoreWriter, workspace: Workspace) -> None:
    big = bytes(range(256)) * 1000
    body = b"header\n" + big + b"\ntail\n"
    file = AttachmentRecord(uuid4().bytes, "dump.bin", "application/octet-stream", "event.attachment")
    item = ItemRecord(0, "attachment", 7, len(big), attachment=file)
    with writer.batch():
        writer.add(a_request(1, item, body=body))
    name = one(writer, "SELECT blob FROM item")
    assert isinstance(name, str)
    assert BlobStore(workspace.blobs).read(name) == big
    assert one(writer, "SELECT parts, size FROM payload") == (f'[7,"{name}",6]', len(body))
    assert one(writer, "SELECT name, size FROM attachment") == ("dump.bin", len(big))


def test_a_large_body_without_items_is_kept_whole(writer: StoreWriter, workspace: Workspace) -> None:
    body = b"{" * 200_000
    with writer.batch():
        writer.add(a_request(1, body=body, outcome=Outcome.INVALID, reason=Reason.BAD_ENVELOPE))
    name = one(writer, "SELECT name FROM blob")
    assert BlobStore(workspace.blobs).read(str(name)) == body


def test_a_dictionary_is_trained_once_enough_has_come(writer: StoreWriter) -> None:
    for first in (1, 400, 800):
        with writer.batch():
            for number in range(first, first + 399):
                body = b'{"event_id":"%032x","platform":"python","level":"error"}\n' % (number * 7919) * 5
                writer.add(a_request(number, body=body))
        training = writer._payloads._training
        if training is not None:
            training.join(timeout=60)
        writer.between_batches(idle=False)
    assert one(writer, "SELECT count(*) FROM dictionary") == 1
    assert one(writer, "SELECT min(dictionary), max(dictionary) FROM payload") == (0, 1)


def test_an_unknown_project_is_made_and_its_key_kept(writer: StoreWriter) -> None:
    with writer.batch():
        assert writer.projects.of("7", "k" * 32, "loopback") == 7
        assert writer.projects.of("7", "k" * 32, "loopback") == 7
        assert writer.projects.of(None, "k" * 32, "loopback") == 7
        assert writer.projects.of(None, None, "loopback") == 1
        named = writer.projects.of("Café Ümlaut", None, "loopback")
    assert one(writer, "SELECT slug FROM project WHERE id = ?", named) == "caf-mlaut"
    assert one(writer, "SELECT count(*) FROM project_key WHERE project = 7") == 1


def test_old_events_still_count_into_their_own_hour(writer: StoreWriter) -> None:
    with writer.batch():
        writer.add(a_request(1, an_event(timestamp=MORNING - 300 * DAY)))
    assert one(writer, "SELECT bucket FROM issue_hour") == (MORNING - 300 * DAY) // HOUR


def test_a_new_workspace_is_no_larger_than_its_tables(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "new")
    writer = StoreWriter(workspace)
    log = workspace.database.with_name(workspace.database.name + "-wal")
    assert log.stat().st_size < 100_000 < workspace.database.stat().st_size
    writer.close()
