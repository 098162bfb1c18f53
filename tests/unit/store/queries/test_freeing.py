"""What would go under other limits: as retention then does it."""

import pytest

from tests.support.builders import MORNING, an_event
from tests.support.store_rows import FilledStore, assert_walks
from vedette.domain.times import DAY, HOUR
from vedette.store import dialect
from vedette.store.queries.freeing import Freed, would_free
from vedette.store.retention import Retention, RetentionLimits
from vedette.store.writer.records import AttachmentRecord, ItemRecord

NOW = MORNING + 200 * DAY


def fill(store: FilledStore, hours: int = 1_000) -> None:
    """An event every hour, the last one now; each tenth large."""
    for n in range(hours):
        at = NOW - (hours - 1 - n) * HOUR
        body = bytes((n * 7 + at * 31) % 251 for at in range(9_000 if n % 10 == 0 else 900))
        store.add(an_event(f"E{n % 7}: e", timestamp=at, received=at), received=at, body=b"h\n\n" + body)


def events(store: FilledStore) -> int:
    row = store.raw.execute("SELECT count(*) FROM event").fetchone()
    assert row is not None
    return int(row[0])


def test_of_an_empty_workspace_nothing_would_go(store: FilledStore) -> None:
    assert would_free(store.db, RetentionLimits(days=1), NOW) == Freed()


def test_nothing_would_go_while_nothing_is_over_the_limits(store: FilledStore) -> None:
    fill(store, 50)
    assert would_free(store.db, RetentionLimits(days=30), NOW) == Freed()
    assert would_free(store.db, RetentionLimits(days=0), NOW + 50_000 * DAY) == Freed()


@pytest.mark.parametrize("days", [1, 20, 41])
def test_it_says_which_events_are_older_than_the_days_kept(store: FilledStore, days: int) -> None:
    fill(store)
    said = would_free(store.db, RetentionLimits(days=days), NOW)
    retention = Retention(store.writer, store.workspace, RetentionLimits(days=days))
    before, used = events(store), dialect.bytes_in_use(store.db)
    while retention.step(NOW):
        pass
    assert said.events == before - events(store)
    assert said.through is not None
    assert NOW - days * DAY - HOUR <= said.through < NOW - days * DAY
    assert said.bytes == pytest.approx(used * said.events / before, rel=0.15)


def test_a_size_limit_lets_as_much_go_as_is_over_it(store: FilledStore) -> None:
    fill(store)
    used = dialect.bytes_in_use(store.db)
    said = would_free(store.db, RetentionLimits(days=0, bytes=used * 3 // 4), NOW)
    assert said.bytes == pytest.approx(used / 4, rel=0.1)
    assert said.events == pytest.approx(events(store) / 4, rel=0.1)
    assert would_free(store.db, RetentionLimits(days=0, bytes=used), NOW) == Freed()


def test_events_of_starred_issues_are_counted_as_kept(store: FilledStore) -> None:
    fill(store)
    store.set("UPDATE issue SET starred = 1 WHERE title = 'E0: e'")
    said = would_free(store.db, RetentionLimits(days=20), NOW)
    assert said.kept > 50
    retention = Retention(store.writer, store.workspace, RetentionLimits(days=20))
    before = events(store)
    while retention.step(NOW):
        pass
    assert said.events == before - events(store)
    again = would_free(store.db, RetentionLimits(days=10), NOW)
    before = events(store)
    retention = Retention(store.writer, store.workspace, RetentionLimits(days=10))
    while retention.step(NOW):
        pass
    # Between what a star kept lie gaps; how many is found by looking for some.
    assert again.events == pytest.approx(before - events(store), rel=0.15)


def test_attachments_that_would_go_are_weighed_apart(store: FilledStore) -> None:
    for at in (MORNING, NOW):
        event = an_event(timestamp=at, received=at)
        file = AttachmentRecord(event.event_id, "a.bin", "application/octet-stream", "event.attachment")
        item = ItemRecord(2, "attachment", 3, 5_000, attachment=file)
        store.add(event, item, received=at, body=b"h\n\n" + b"x" * 5_000)
    assert would_free(store.db, RetentionLimits(days=30), NOW).attachments == 5_000


def test_the_question_reads_no_large_table_through(store: FilledStore) -> None:
    fill(store, 50)
    plan = store.plan(would_free, RetentionLimits(days=1), NOW)
    # Of issues there are few beside events.
    assert_walks([step for step in plan if step != "SCAN issue"], "event_issue")
