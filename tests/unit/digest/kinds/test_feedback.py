"""Feedback items and user reports, as records."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.builders import MORNING, a_spool_entry, an_envelope
from vedette.digest.entries import Entries
from vedette.domain.feedback import Feedback
from vedette.domain.outcomes import Outcome, Reason
from vedette.domain.workspace import Workspace
from vedette.store.spool import Spooled
from vedette.store.writer.records import ItemRecord
from vedette.store.writer.writer import StoreWriter

ABOUT = "ab" * 16


@pytest.fixture
def entries(tmp_path: Path) -> Iterator[Entries]:
    workspace = Workspace(tmp_path)
    writer = StoreWriter(workspace)
    with writer.batch():
        yield Entries(writer.projects, workspace.incoming)
    writer.close()


def read(entries: Entries, kind: str, payload: Any, **header: Any) -> ItemRecord:
    entry = a_spool_entry(an_envelope((kind, payload), **header))
    (item,) = entries.record(Spooled(1, MORNING, entry.kind, entry.meta, entry.body, None)).items
    return item


def test_a_feedback_item_is_an_event_with_its_words(entries: Entries) -> None:
    sent = {"contexts": {"feedback": {"message": "it fell"}}, "platform": "javascript"}
    item = read(entries, "feedback", sent, event_id="cd" * 16)
    (feedback,) = item.values
    assert item.event is not None
    assert isinstance(feedback, Feedback)
    assert item.event.kind == "feedback"
    assert item.event.event_id.hex() == feedback.event_id.hex() == "cd" * 16


def test_a_report_derives_an_event_about_the_one_of_its_envelope(entries: Entries) -> None:
    trace = {"trace_id": "ef" * 16, "environment": "qa"}
    item = read(entries, "user_report", {"comments": "it fell"}, event_id=ABOUT, trace=trace)
    (derived,), (feedback,) = item.derived, item.values
    assert isinstance(feedback, Feedback)
    assert feedback.about is not None
    assert feedback.about.hex() == ABOUT
    assert derived.event.event_id == feedback.event_id
    assert derived.event.event_id != feedback.about
    assert b'"message":"it fell"' in derived.payload
    assert item.event is None


@pytest.mark.parametrize("kind", ["feedback", "user_report"])
def test_one_that_says_nothing_is_invalid_with_a_sentence(entries: Entries, kind: str) -> None:
    item = read(entries, kind, {"event_id": ABOUT})
    assert (item.outcome, item.reason) == (Outcome.INVALID, Reason.BAD_FEEDBACK)
    assert item.detail
    assert item.detail.startswith("invalid ")
