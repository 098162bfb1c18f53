"""Retention: what goes, what stays, and that nothing is left half."""

from uuid import uuid4

import pytest

from tests.support.builders import MORNING, a_request, a_span, a_trace, an_event
from tests.support.records import a_log, a_point, some_logs, some_points, some_vitals, vitals_of
from vedette.domain.changes import ChangeKind
from vedette.domain.inferred import Inferred
from vedette.domain.times import DAY, HOUR, SECOND
from vedette.domain.workspace import Workspace
from vedette.store.retention import Retention, RetentionLimits
from vedette.store.writer.records import AttachmentRecord, ItemRecord
from vedette.store.writer.writer import StoreWriter

LATER = MORNING + 100 * DAY
TABLES = (
    "request",
    "payload",
    "item",
    "event",
    "find",
    "attachment",
    "span_batch",
    "span",
    "segment",
    "blob",
    "log",
    "log_find",
    "metric",
    "inferred",
    "web_vital",
)


def count(writer: StoreWriter, table: str) -> int:
    row = writer.raw.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row is not None
    return int(row[0])


def fill(writer: StoreWriter) -> None:
    """Two old requests with everything, and a young one."""
    big = b"x" * 150_000
    for number, at in ((1, MORNING), (2, MORNING), (3, LATER)):
        event = an_event(f"E{number}: e", timestamp=at)
        file = AttachmentRecord(event.event_id, "a.bin", "application/octet-stream", "event.attachment")
        item = ItemRecord(2, "attachment", 3, len(big), attachment=file)
        body = b"h\n\n" + big + b"%d" % number
        with writer.batch(mark=number):
            logs = some_logs(a_log(f"till {number}"), n=3)
            logs.values.append(Inferred((("browser.name", "Firefox"),)))
            vitals = some_vitals(vitals_of(a_span(), uuid4().bytes, lcp=7), n=5)
            more = (logs, some_points(a_point(), n=4), vitals)
            writer.add(a_request(number, event, a_trace(), item, *more, received=at, body=body))


def run(retention: Retention, at: int) -> int:
    steps = 0
    while retention.step(at):
        steps += 1
        assert steps < 100
    return steps


def test_what_is_older_than_the_limit_goes_entirely(writer: StoreWriter, workspace: Workspace) -> None:
    fill(writer)
    assert run(Retention(writer, workspace, RetentionLimits(days=90)), LATER) == 1
    counts = {table: count(writer, table) for table in TABLES}
    assert counts == dict.fromkeys(TABLES, 1) | {"item": 6, "span": 3}
    words = writer.raw.execute("SELECT rowid FROM log_find WHERE log_find MATCH 'till'").fetchall()
    assert words == writer.raw.execute("SELECT id FROM log").fetchall() == [(3,)]
    assert [row[0] for row in writer.raw.execute("SELECT title FROM issue")] == ["E3: e"]
    assert count(writer, "issue_hash") == count(writer, "issue_hour") == 1


def test_an_attachment_without_its_event_goes_with_its_request(
    writer: StoreWriter, workspace: Workspace
) -> None:
    for number, at in ((1, MORNING), (2, LATER)):
        file = AttachmentRecord(uuid4().bytes, "a.bin", "application/octet-stream", "event.attachment")
        with writer.batch(mark=number):
            writer.add(a_request(number, ItemRecord(0, "attachment", 3, 1, attachment=file), received=at))
    run(Retention(writer, workspace, RetentionLimits(days=90)), LATER)
    assert writer.raw.execute("SELECT request FROM attachment").fetchall() == [(2,)]


def test_kept_for_ever_nothing_goes_by_age(writer: StoreWriter, workspace: Workspace) -> None:
    fill(writer)
    assert run(Retention(writer, workspace, RetentionLimits(days=0)), LATER + 10_000 * DAY) == 0
    assert count(writer, "event") == 3


def test_tighter_limits_wait_a_minute_unless_told_to_hurry(writer: StoreWriter, workspace: Workspace) -> None:
    fill(writer)
    retention = Retention(writer, workspace, RetentionLimits(days=0))
    for limits in (RetentionLimits(days=90), RetentionLimits(days=0, bytes=1)):
        retention.change_limits(limits, LATER)
        assert retention.step(LATER + 59 * SECOND) == []
        retention.change_limits(RetentionLimits(days=0), LATER + 59 * SECOND)
        assert retention.step(LATER + 61 * SECOND) == []
    retention.change_limits(RetentionLimits(days=90), LATER + 100 * SECOND)
    retention.hurry()
    assert retention.step(LATER + 101 * SECOND)
    assert count(writer, "event") == 1


def test_nothing_goes_while_nothing_is_over_the_limits(writer: StoreWriter, workspace: Workspace) -> None:
    fill(writer)
    assert run(Retention(writer, workspace, RetentionLimits(days=365)), LATER) == 0
    assert count(writer, "event") == 3


def test_the_events_of_a_starred_issue_stay_with_all_their_bytes(
    writer: StoreWriter, workspace: Workspace
) -> None:
    fill(writer)
    writer.raw.execute("UPDATE issue SET starred = 1 WHERE title = 'E1: e'")
    retention = Retention(writer, workspace, RetentionLimits(days=90))
    run(retention, LATER)
    ids = [row[0] for row in writer.raw.execute("SELECT id FROM request ORDER BY id")]
    assert ids == [1, 3]
    assert count(writer, "payload") == count(writer, "attachment") == 2
    assert [row[0] for row in writer.raw.execute("SELECT title FROM issue ORDER BY id")] == ["E1: e", "E3: e"]
    writer.raw.execute("UPDATE issue SET starred = 0")
    run(retention, LATER + 2 * HOUR)
    run(retention, LATER + 4 * HOUR)
    assert [row[0] for row in writer.raw.execute("SELECT title FROM issue")] == ["E3: e"]
    assert count(writer, "payload") == count(writer, "attachment") == 1


def test_a_size_over_the_limit_lets_the_oldest_go_first(writer: StoreWriter, workspace: Workspace) -> None:
    fill(writer)
    retention = Retention(writer, workspace, RetentionLimits(days=10_000, bytes=1))
    assert [change.kind for change in retention.step(LATER)] == [ChangeKind.REQUEST, ChangeKind.ISSUE]
    assert count(writer, "event") == 0


def test_a_blob_that_two_requests_share_goes_with_the_last_of_them(
    writer: StoreWriter, workspace: Workspace
) -> None:
    body = b"{" * 150_000
    for number, at in ((1, MORNING), (2, LATER)):
        with writer.batch():
            writer.add(a_request(number, body=body, received=at))
    retention = Retention(writer, workspace, RetentionLimits(days=90))
    run(retention, LATER)
    files = [path for path in workspace.blobs.rglob("*") if path.is_file()]
    assert (count(writer, "payload"), count(writer, "blob"), len(files)) == (1, 1, 1)
    run(retention, LATER + 91 * DAY)
    assert [path for path in workspace.blobs.rglob("*") if path.is_file()] == []


def test_minute_counters_are_forgotten_after_two_days_and_hours_are_not(
    writer: StoreWriter, workspace: Workspace
) -> None:
    with writer.batch():
        writer.add(a_request(1, an_event(event_id=uuid4().bytes)))
    Retention(writer, workspace).step(MORNING + 47 * HOUR)
    assert count(writer, "issue_minute") == 1
    Retention(writer, workspace).step(MORNING + 49 * HOUR)
    assert (count(writer, "issue_minute"), count(writer, "issue_hour")) == (0, 1)


def test_sums_of_logs_metrics_and_vitals_go_with_what_they_sum_up(
    writer: StoreWriter, workspace: Workspace
) -> None:
    fill(writer)
    tables = ("log_minute", "log_hour", "metric_hour", "web_vital_hour")
    before = [count(writer, table) for table in tables]
    Retention(writer, workspace, RetentionLimits(days=90)).step(MORNING + 49 * HOUR)
    assert [count(writer, table) for table in tables] == [0, *before[1:]]
    run(Retention(writer, workspace, RetentionLimits(days=90)), MORNING + 92 * DAY)
    assert [count(writer, table) for table in tables] == [0, 0, 0, 0]


@pytest.mark.parametrize("at", [LATER, LATER + 1])
def test_looking_again_within_a_minute_costs_nothing(
    writer: StoreWriter, workspace: Workspace, at: int
) -> None:
    retention = Retention(writer, workspace, RetentionLimits(days=90))
    assert retention.step(LATER) == []
    fill(writer)
    assert retention.step(at) == []
    assert count(writer, "event") == 3
