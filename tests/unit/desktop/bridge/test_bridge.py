"""Questions, work, changes and stopping, with real threads and a real store."""

import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread
from pytestqt.qtbot import QtBot

from tests.support.builders import an_event
from tests.support.desktop import bridge, desk, fill, settle
from tests.support.store_rows import FilledStore
from vedette.desktop.bridge.bridge import NO_STATION, Bridge
from vedette.desktop.bridge.state import StationState
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.workspace import Workspace
from vedette.store.errors import DiskFullError
from vedette.store.queries.issues import IssueFilter, count_issues, page_issues
from vedette.store.queries.projects import list_projects
from vedette.store.search import QueryError

__all__ = ["bridge", "desk"]


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    return QObject()


class Failures(list[tuple[str, str]]):
    def __call__(self, sentence: str, details: str) -> None:
        self.append((sentence, details))


def test_an_answer_comes_on_the_gui_thread_and_the_question_runs_on_another(
    desk: FilledStore, bridge: Bridge, owner: QObject, qtbot: QtBot
) -> None:
    fill(desk)
    asked_on: list[str] = []
    answered: list[tuple[bool, int]] = []

    def question(db: Any) -> int:
        asked_on.append(threading.current_thread().name)
        return len(page_issues(db, IssueFilter()))

    bridge.ask(
        question,
        answer=lambda n: answered.append((QThread.isMainThread(), n)),
        owner=owner,
    )
    assert not bridge.is_settled
    settle(qtbot, bridge)
    assert answered == [(True, 8)]
    assert asked_on[0].startswith("reader ")


def test_a_cancelled_question_is_never_answered(bridge: Bridge, owner: QObject, qtbot: QtBot) -> None:
    answers: list[object] = []
    failures = Failures()
    ticket = bridge.ask(list_projects, answer=answers.append, failed=failures, owner=owner)
    ticket.cancel()
    ticket.cancel()
    settle(qtbot, bridge)
    assert (answers, failures) == ([], [])


def test_cancelling_interrupts_a_question_that_runs(bridge: Bridge, owner: QObject, qtbot: QtBot) -> None:
    started = threading.Event()

    def forever(db: Any) -> None:
        started.set()
        db.exec_driver_sql(_ENDLESS).fetchall()

    ticket = bridge.ask(forever, answer=lambda _: None, owner=owner, limit=60)
    qtbot.waitUntil(started.is_set)
    begun = time.monotonic()
    while not bridge.is_settled:  # the statement may begin a moment after `started`
        ticket.cancel()
        qtbot.wait(20)
    assert time.monotonic() - begun < 10


def test_a_question_past_its_limit_is_stopped_and_said(bridge: Bridge, owner: QObject, qtbot: QtBot) -> None:
    failures = Failures()
    bridge.ask(
        lambda db: db.exec_driver_sql(_ENDLESS).fetchall(),
        answer=lambda _: None,
        failed=failures,
        owner=owner,
        limit=0.05,
    )
    settle(qtbot, bridge)
    assert failures[0][0] == "Reading took too long and was stopped."
    assert "0.05 s" in failures[0][1]


_ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


def test_nothing_is_delivered_to_a_view_that_is_gone(bridge: Bridge, qtbot: QtBot) -> None:
    view = QObject()
    answers: list[object] = []
    bridge.ask(list_projects, answer=answers.append, owner=view)
    view.deleteLater()
    QCoreApplication.sendPostedEvents(view, QEvent.Type.DeferredDelete.value)
    settle(qtbot, bridge)
    assert answers == []


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (DiskFullError("The disk is full."), "The disk is full."),
        (QueryError("This quote is not closed.", 4), "This quote is not closed."),
        (OSError(28, "No space left on device"), "The disk is full. Free some space"),
    ],
)
def test_trouble_of_the_machine_is_told_in_its_own_sentence(
    error: Exception, sentence: str, bridge: Bridge, owner: QObject, qtbot: QtBot
) -> None:
    failures = Failures()

    def broken() -> None:
        raise error

    bridge.compute(broken, answer=lambda _: None, failed=failures, owner=owner)
    settle(qtbot, bridge)
    assert failures[0][0].startswith(sentence)


def test_a_bug_is_logged_and_told_with_its_trace(
    bridge: Bridge, owner: QObject, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    failures = Failures()
    bridge.compute(lambda: 1 / 0, answer=lambda _: None, failed=failures, owner=owner)
    settle(qtbot, bridge)
    assert failures[0][0] == "This could not be read (ZeroDivisionError)."
    assert "division by zero" in failures[0][1]
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    caplog.clear()


def test_work_goes_on_after_a_failure(bridge: Bridge, owner: QObject, qtbot: QtBot) -> None:
    answers: list[int] = []
    for text in ("x", "7"):
        bridge.compute(int, text, answer=answers.append, owner=owner)
    settle(qtbot, bridge)
    assert answers == [7]


def test_idle_fires_once_when_the_last_answer_is_out(bridge: Bridge, owner: QObject, qtbot: QtBot) -> None:
    idle: list[int] = []
    answers: list[object] = []
    bridge.idle.connect(lambda: idle.append(len(answers)))
    for _ in range(5):
        bridge.compute(time.sleep, 0.01, answer=answers.append, owner=owner)
    settle(qtbot, bridge)
    assert idle == [5]


# ---------------------------------------------------------------- a workspace without a database


@pytest.fixture
def fresh(tmp_path: Path, qtbot: QtBot) -> Iterator[Bridge]:
    found = Bridge(Workspace(tmp_path / "Häuser ünd Gärten"))
    yield found
    found.stop()


def test_a_workspace_without_a_database_answers_as_an_empty_one(
    fresh: Bridge, owner: QObject, qtbot: QtBot
) -> None:
    pages: list[Any] = []
    counts: list[Any] = []
    failures = Failures()
    fresh.ask(page_issues, IssueFilter(), answer=pages.append, failed=failures, owner=owner)
    fresh.ask(count_issues, IssueFilter(), answer=counts.append, failed=failures, owner=owner)
    settle(qtbot, fresh)
    assert failures == []
    assert pages == [[]]
    assert [count.n for count in counts] == [0]
    assert not fresh.workspace.database.exists()


def test_views_hear_of_every_kind_when_the_database_appears(
    fresh: Bridge, owner: QObject, qtbot: QtBot
) -> None:
    fresh.ask(page_issues, IssueFilter(), answer=lambda _: None, owner=owner)
    settle(qtbot, fresh)
    with qtbot.waitSignal(fresh.changed, timeout=10_000) as told:
        store = FilledStore(fresh.workspace.folder)
        store.add(an_event())
    assert {change.kind for change in told.args[0]} == set(ChangeKind)
    answers: list[Any] = []
    fresh.ask(page_issues, IssueFilter(), answer=answers.append, owner=owner)
    settle(qtbot, fresh)
    store.close()
    assert [row.short for row in answers[0]] == ["DESK-1"]


def test_a_workspace_of_a_newer_vedette_is_refused_in_a_sentence(
    desk: FilledStore, bridge: Bridge, owner: QObject, qtbot: QtBot
) -> None:
    desk.set("UPDATE meta SET value = '99' WHERE key IN ('schema', 'schema_reads')")
    failures = Failures()
    bridge.ask(list_projects, answer=lambda _: None, failed=failures, owner=owner)
    settle(qtbot, bridge)
    assert failures[0][0].startswith("This workspace was written by a newer Vedette.")


# ---------------------------------------------------------------- live


def test_the_first_change_is_told_at_once_and_what_follows_closely_once_and_merged(
    bridge: Bridge, qtbot: QtBot
) -> None:
    told: list[tuple[Change, ...]] = []
    bridge.changed.connect(told.append)
    for number in range(500):
        bridge.take_changes((Change(ChangeKind.ISSUE, (number % 3,)), Change(ChangeKind.EVENT, (number,))))
    assert told == [(Change(ChangeKind.ISSUE, (0,)), Change(ChangeKind.EVENT, (0,)))]
    qtbot.waitUntil(lambda: len(told) > 1)
    assert len(told) == 2
    by_kind = {change.kind: change.ids for change in told[1]}
    assert set(by_kind[ChangeKind.ISSUE]) == {0, 1, 2}
    assert len(by_kind[ChangeKind.EVENT]) == 499


def test_changes_are_told_at_most_ten_times_a_second(bridge: Bridge, qtbot: QtBot) -> None:
    told: list[float] = []
    bridge.changed.connect(lambda _: told.append(time.monotonic()))
    begun = time.monotonic()
    while time.monotonic() - begun < 0.55:
        bridge.take_changes((Change(ChangeKind.EVENT, (1,)),))
        qtbot.wait(5)
    assert 2 <= len(told) <= 6


def test_paused_views_hear_nothing_and_everything_on_resuming(bridge: Bridge, qtbot: QtBot) -> None:
    told: list[tuple[Change, ...]] = []
    bridge.changed.connect(told.append)
    bridge.set_paused(True)
    with qtbot.waitSignal(bridge.pausedChanged):
        bridge.take_changes((Change(ChangeKind.EVENT, (1, 2)), Change(ChangeKind.ISSUE_NEW, (7,))))
    assert (told, bridge.waiting) == ([], 2)
    bridge.set_paused(False)
    qtbot.waitUntil(lambda: bool(told))
    assert {change.kind for change in told[0]} == {ChangeKind.EVENT, ChangeKind.ISSUE_NEW}
    assert bridge.waiting == 0


def test_a_change_without_ids_stands_for_all_of_its_kind(bridge: Bridge, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bridge.changed) as told:
        bridge.take_changes((Change(ChangeKind.ISSUE, (1,)), Change(ChangeKind.ISSUE)))
        bridge.take_changes((Change(ChangeKind.ISSUE, (2,)),))
    assert told.args[0] == (Change(ChangeKind.ISSUE),)


# ---------------------------------------------------------------- station, end


def test_calls_without_a_station_fail_in_a_sentence(bridge: Bridge, owner: QObject, qtbot: QtBot) -> None:
    failures = Failures()
    bridge.call("PUT", "/organizations/desk/issues/", {}, failed=failures, owner=owner)
    bridge.send_test_event("http://k@127.0.0.1/1", answer=lambda _: None, failed=failures, owner=owner)
    settle(qtbot, bridge)
    assert [sentence for sentence, _ in failures] == [NO_STATION, NO_STATION]


def test_the_same_state_of_the_station_is_told_once(bridge: Bridge, qtbot: QtBot) -> None:
    told: list[StationState] = []
    bridge.stationChanged.connect(told.append)
    for _ in range(3):
        bridge.set_station(StationState(listening=True, queue=4))
    assert told == [StationState(listening=True, queue=4)]


def test_stopping_ends_the_threads_at_once_and_may_be_repeated(
    desk: FilledStore, owner: QObject, qtbot: QtBot
) -> None:
    found = Bridge(desk.workspace)
    started = threading.Event()

    def forever(db: Any) -> None:
        started.set()
        db.exec_driver_sql(_ENDLESS).fetchall()

    found.ask(forever, answer=lambda _: None, owner=owner, limit=60)
    qtbot.waitUntil(started.is_set)
    time.sleep(0.05)
    begun = time.monotonic()
    found.stop()
    found.stop()
    assert time.monotonic() - begun < 5
    assert not [t for t in threading.enumerate() if t.name.startswith("reader ")]


def test_stopping_a_bridge_that_was_never_asked_is_fine(desk: FilledStore, qtbot: QtBot) -> None:
    found = Bridge(desk.workspace)
    found.stop()
    found.stop()
