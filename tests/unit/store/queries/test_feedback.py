"""What users said: which of it a question finds, and what a later report does to an earlier one."""

import contextlib
from typing import Any
from uuid import uuid4

import pytest

from tests.support.builders import MORNING, a_request, an_event
from tests.support.store_rows import FilledStore, assert_walks
from vedette.domain.changes import ChangeKind
from vedette.domain.feedback import Feedback
from vedette.domain.outcomes import Outcome
from vedette.store.queries import feedback as queries
from vedette.store.queries.events import find_event
from vedette.store.writer.records import ItemRecord

ABOUT = b"\xab" * 16


def a_feedback(n: int = 0, **changes: Any) -> ItemRecord:
    """Return item *n*, which brings a feedback with its event."""
    event_id = changes.pop("event_id", uuid4().bytes)
    event = an_event("User Feedback: it fell", event_id=event_id, kind="feedback")
    values: dict[str, Any] = {
        "event_id": event.event_id,
        "about": None,
        "message": "it fell",
        "name": "Joan",
        "email": "j@example.com",
        "url": "",
        "source": "widget",
        "replay": None,
        "trace": None,
        "created": MORNING,
    }
    item = ItemRecord(n, "feedback", 3, 0, event=event, event_id=event.event_id)
    item.values.append(Feedback(**(values | changes)))
    return item


def messages(rows: list[queries.FeedbackRow]) -> list[str]:
    return [row.message for row in rows]


def test_pages_come_newest_first_and_meet(store: FilledStore) -> None:
    for n in range(5):
        store.add(a_feedback(message=str(n), created=MORNING + n))
    first = queries.page_feedback(store.db, limit=2)
    second = queries.page_feedback(store.db, after=first[-1].id, limit=3)
    assert (messages(first), messages(second)) == (["4", "3"], ["2", "1", "0"])
    assert messages(queries.page_feedback(store.db, since=MORNING + 1, until=MORNING + 2)) == ["2", "1"]


def test_a_project_sees_its_own(store: FilledStore) -> None:
    other = store.project("till")
    store.add(a_feedback(message="here"))
    store.add(a_feedback(message="there"), project=other)
    assert messages(queries.page_feedback(store.db, projects=(other,))) == ["there"]
    assert len(queries.page_feedback(store.db, projects=(1, other))) == 2


def test_a_feedback_leads_to_its_own_issue(store: FilledStore) -> None:
    event_id = uuid4().bytes
    store.add(a_feedback(event_id=event_id))
    row = queries.get_feedback(store.db, event_id, 1)
    event = find_event(store.db, event_id)
    assert row is not None
    assert event is not None
    assert (row.issue, row.event_id) == (event.issue, event_id.hex())
    assert queries.get_feedback(store.db, b"\0" * 16, 1) is None


def test_it_is_found_from_the_event_it_is_about_whichever_came_first(store: FilledStore) -> None:
    store.add(a_feedback(about=ABOUT, message="before"))
    store.add(an_event("ValueError: late", event_id=ABOUT))
    store.add(a_feedback(about=ABOUT, message="after"))
    event = find_event(store.db, ABOUT)
    assert event is not None
    assert messages(queries.feedback_about(store.db, ABOUT, 1)) == ["after", "before"]
    assert messages(queries.issue_feedback(store.db, event.issue)) == ["after", "before"]
    assert queries.feedback_about(store.db, ABOUT, 2) == []


def test_of_the_reports_on_one_event_the_last_stays(store: FilledStore) -> None:
    store.add(
        a_feedback(about=ABOUT, is_report=True, message="first"), a_feedback(1, about=ABOUT, message="own")
    )
    store.add_all(
        [
            (a_feedback(about=ABOUT, is_report=True, message="second"),),
            (a_feedback(about=ABOUT, is_report=True, message="third"),),
            (a_feedback(about=b"\1" * 16, is_report=True, message="elsewhere"),),
        ]
    )
    assert messages(queries.page_feedback(store.db)) == ["elsewhere", "third", "own"]


def test_the_same_feedback_again_is_a_duplicate_and_makes_no_row(store: FilledStore) -> None:
    event_id = uuid4().bytes
    again = a_feedback(event_id=event_id)
    store.add(a_feedback(event_id=event_id))
    store.add(again)
    assert again.outcome is Outcome.DUPLICATE
    assert len(queries.page_feedback(store.db)) == 1


def test_a_replays_feedback_is_found(store: FilledStore) -> None:
    store.add(a_feedback(replay=ABOUT), a_feedback(1))
    assert len(queries.feedback_of_replay(store.db, ABOUT)) == 1


def test_the_live_feed_hears_of_it_and_a_batch_that_fails_leaves_nothing(store: FilledStore) -> None:
    with store.writer.batch() as changes:
        store.writer.add(a_request(50, a_feedback()))
    assert [change.ids for change in changes if change.kind is ChangeKind.FEEDBACK] == [(1,)]
    with contextlib.suppress(RuntimeError), store.writer.batch():
        store.writer.add(a_request(51, a_feedback()))
        raise RuntimeError
    store.add(a_feedback())
    assert [row.id for row in queries.page_feedback(store.db)] == [2, 1]


@pytest.mark.parametrize(
    ("question", "arguments", "index"),
    [
        (queries.page_feedback, {"projects": (1,)}, "feedback_of_project"),
        (queries.page_feedback, {}, "feedback"),
        (queries.issue_feedback, {"issue": 1}, "event_eid"),
        (queries.feedback_about, {"event_id": ABOUT, "project_id": 1}, "feedback_about"),
        (queries.feedback_of_replay, {"replay_id": ABOUT}, "feedback_replay"),
        (queries.get_feedback, {"event_id": ABOUT, "project_id": 1}, "feedback_eid"),
    ],
)
def test_questions_walk_their_index(store: FilledStore, question: Any, arguments: Any, index: str) -> None:
    assert_walks(store.plan(question, **arguments), index)
