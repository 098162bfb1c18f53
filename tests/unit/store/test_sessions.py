"""Sessions in the store: every figure exact however updates come, and what goes with retention."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from tests.support.builders import MORNING, a_request, an_event
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.sessions import (
    SessionAggregate,
    SessionAttributes,
    SessionStatus,
    SessionUpdate,
    UserMark,
)
from vedette.domain.times import DAY, HOUR, MINUTE, SECOND, Micros
from vedette.domain.workspace import Workspace
from vedette.store.retention import Retention, RetentionLimits
from vedette.store.writer.records import ItemRecord
from vedette.store.writer.writer import StoreWriter

QA = SessionAttributes("cafe@2.0.1", "qa")
BEGUN = SessionUpdate(QA, b"s" * 16, "me", 1, True, MORNING, MORNING, SessionStatus.OK, 0, 0)
CRASHED = replace(BEGUN, seq=3, init=False, status=SessionStatus.CRASHED, errors=1)


def write(writer: StoreWriter, *values: object, number: int = 1, **changes: Any) -> list[Change]:
    item = ItemRecord(0, "session", 3, 0, values=list(values))
    with writer.batch() as changed:
        writer.add(a_request(number, item, **changes))
    return changed


def rows(writer: StoreWriter, sql: str) -> list[tuple[Any, ...]]:
    return writer.raw.execute(sql).fetchall()


HOURS = "SELECT total, errored, crashed, abnormal, unhandled FROM session_hour"


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("is_one_batch", [True, False])
def test_updates_add_up_to_one_session_in_any_order(
    writer: StoreWriter, order: Iterable[int], is_one_batch: bool
) -> None:
    updates = [BEGUN, replace(BEGUN, seq=2, init=False, errors=1), CRASHED]
    chosen = [updates[n] for n in order]
    if is_one_batch:
        write(writer, *chosen)
    else:
        for n, update in enumerate(chosen, 1):
            write(writer, update, number=n)
    assert rows(writer, HOURS) == [(1, 1, 1, 0, 0)]
    assert rows(writer, HOURS.replace("hour", "minute")) == [(1, 1, 1, 0, 0)]
    assert rows(writer, "SELECT status, errors, request FROM session") == [("crashed", 1, 1)]
    (marks,) = rows(writer, "SELECT marks FROM session_user")[0]
    assert marks == UserMark.SEEN | UserMark.ERRORED | UserMark.CRASHED


def test_a_session_belongs_to_its_release_environment_and_project(writer: StoreWriter) -> None:
    with writer.batch():
        other, _ = writer.projects.create("other")
    write(writer, BEGUN, replace(BEGUN, attributes=SessionAttributes("cafe@2.0.2", "qa")))
    write(writer, replace(BEGUN, attributes=SessionAttributes("cafe@2.0.1")), number=2)
    write(writer, BEGUN, number=3, project=other)
    assert rows(writer, "SELECT count(*) FROM session") == [(4,)]
    assert sorted(rows(writer, "SELECT project, total FROM session_hour")) == [(1, 1), (1, 1), (1, 1), (2, 1)]


def test_counted_sessions_are_added_with_their_users(writer: StoreWriter) -> None:
    row = SessionAggregate(QA, MORNING, "me", exited=5, errored=2, crashed=1)
    write(writer, row, replace(row, user="you", crashed=0), replace(row, started=Micros(MORNING + MINUTE)))
    assert rows(writer, HOURS) == [(23, 8, 2, 0, 0)]
    assert sorted(rows(writer, "SELECT total FROM session_minute")) == [(8,), (15,)]
    assert sorted(rows(writer, "SELECT marks FROM session_user")) == [(3,), (7,)]


def test_only_what_exited_is_timed_and_once(writer: StoreWriter) -> None:
    ended = replace(BEGUN, seq=2, status=SessionStatus.EXITED, duration=3 * SECOND)
    write(writer, BEGUN, ended, replace(CRASHED, sid=b"t" * 16, duration=9 * SECOND))
    write(writer, replace(ended, seq=3, duration=8 * SECOND), number=2)
    assert rows(writer, "SELECT n, total, longest FROM session_duration") == [(1, 3 * SECOND, 3 * SECOND)]


def test_the_feed_hears_of_the_projects(writer: StoreWriter) -> None:
    changed = write(writer, BEGUN, SessionAggregate(QA, MORNING, None, exited=1))
    assert Change(ChangeKind.SESSION, (1,)) in changed


def test_a_batch_that_fails_leaves_nothing(writer: StoreWriter) -> None:
    def fail() -> None:
        with writer.batch():
            writer.add(a_request(1, ItemRecord(0, "session", 3, 0, values=[BEGUN])))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    write(writer, CRASHED)
    assert rows(writer, HOURS) == [(0, 1, 1, 0, 0)]


def test_releases_are_known_from_events_and_sessions(writer: StoreWriter) -> None:
    write(writer, replace(BEGUN, attributes=SessionAttributes("shop@1.0")))
    with writer.batch():
        for n, title in enumerate(("A: a", "A: a", "B: b")):
            writer.add(a_request(5 + n, an_event(title, timestamp=Micros(MORNING + n * HOUR))))
    found = rows(
        writer,
        "SELECT value, first, last, events, new_issues FROM release JOIN term ON term.id = release_term",
    )
    assert found == [("shop@1.0", MORNING, MORNING + 2 * HOUR, 3, 2)]


def test_sessions_go_with_their_request_and_their_counts_by_age(
    writer: StoreWriter, workspace: Workspace
) -> None:
    write(writer, BEGUN)
    later = Micros(MORNING + 100 * DAY)
    young = replace(BEGUN, sid=b"y" * 16, started=later, timestamp=later)
    write(writer, young, number=2, received=later)
    retention = Retention(writer, workspace, RetentionLimits(days=90))
    while retention.step(later):
        pass
    assert rows(writer, "SELECT started FROM session") == [(later,)]
    assert rows(writer, "SELECT bucket FROM session_hour") == [(later // HOUR,)]
    assert rows(writer, "SELECT bucket FROM session_user") == [(later // HOUR,)]
    assert rows(writer, "SELECT bucket FROM session_minute") == [(later // MINUTE,)]
