"""Activity and notes: the feed in words, notes written, previewed, edited, deleted; the status in words."""

from typing import TYPE_CHECKING, Any, cast

import orjson
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from tests.support.desktop import StoreStation
from tests.support.issue_desk import IssueDesk, Opener
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.issue.activity.markdown_view import MarkdownView
from vedette.desktop.issue.activity.note_editor import NoteEditor
from vedette.desktop.issue.activity.words import sentence_of
from vedette.desktop.issue.view import IssueView
from vedette.desktop.widgets.issue_standing import archived_in_words, resolved_in_words, standing_of
from vedette.store.writer.commands import run_command

if TYPE_CHECKING:
    from tests.support.store_rows import FilledStore

BOOM = {"event_id": "1" * 32, "platform": "python", "message": "till stuck", "release": "till@1.0"}


@pytest.fixture
def station(desk: IssueDesk, bridge: Bridge) -> StoreStation:
    found = StoreStation(cast("FilledStore", desk), bridge)
    bridge.link = found
    return found


@pytest.fixture
def shown(desk: IssueDesk, show: Opener, station: StoreStation) -> IssueView:
    desk.send(BOOM)
    view = show("till stuck")
    view.show_part("activity")
    show.settle()
    return view


def feed(view: IssueView) -> list[str]:
    return [entry.accessibleName().rpartition(", ")[0] for entry in view.activity.entries]


def press(view: IssueView, name: str) -> None:
    button = view.activity.findChild(QAbstractButton, name)
    assert button is not None, name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def write(view: IssueView, text: str, show: Opener) -> int:
    view.activity.editor.field.setPlainText(text)
    QTest.keyClick(view.activity.editor.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    show.settle()
    return int(view.activity.entries[0].objectName().rpartition(".")[2])


def test_what_happened_is_told_newest_first(shown: IssueView, desk: IssueDesk, show: Opener) -> None:
    assert feed(shown) == ["It was seen for the first time"]
    for change in (
        {"status": "resolved", "status_details": {"inNextRelease": True}},
        {"status": "ignored", "status_details": {"ignoreCount": 10, "ignoreWindow": 60}},
        {"priority": "low"},
    ):
        run_command(desk.writer, "issue.update", {"ids": [1], **change})
    shown.show_part("event")
    shown.show_part("activity")
    show.settle()
    assert feed(shown) == [
        "Low priority",
        "Archived until it happened 10 times more within 1 hour",
        "Resolved in the release after till@1.0",
        "It was seen for the first time",
    ]


def test_a_note_is_written_with_the_keyboard_and_counted(shown: IssueView, show: Opener) -> None:
    write(shown, "**why**\n\n- one", show)
    assert feed(shown)[0] == "Note"
    note = shown.activity.entries[0].findChild(MarkdownView)
    assert note is not None
    assert note.toPlainText() == "why\none"
    assert shown.activity.editor.text() == ""
    assert not shown.activity.editor.save.isEnabled()
    assert shown.issue is not None
    assert shown.issue.notes == 1


def test_a_note_is_edited_and_that_is_taken_back(shown: IssueView, show: Opener, qtbot: QtBot) -> None:
    number = write(shown, "first", show)
    press(shown, f"issue.activity.{number}.edit")
    editor = shown.activity.findChild(NoteEditor, "issue.activity.edit")
    assert editor is not None
    assert editor.text() == "first"
    editor.field.setPlainText("second")
    undos: list[Any] = []
    shown.activity.done.connect(lambda _said, undo: undos.append(undo))
    editor.save.click()
    show.settle()
    assert [view.toPlainText() for view in shown.activity.entries[0].findChildren(MarkdownView)] == ["second"]
    assert any("edited" in label.text() for label in shown.activity.entries[0].findChildren(QLabel))
    undos[0]()
    show.settle()
    assert [view.toPlainText() for view in shown.activity.entries[0].findChildren(MarkdownView)] == ["first"]


def test_editing_is_left_with_escape(shown: IssueView, show: Opener) -> None:
    number = write(shown, "first", show)
    press(shown, f"issue.activity.{number}.edit")
    editor = shown.activity.findChild(NoteEditor, "issue.activity.edit")
    assert editor is not None
    QTest.keyClick(editor.field, Qt.Key.Key_Escape)
    (view,) = shown.activity.entries[0].findChildren(MarkdownView)
    assert view.toPlainText() == "first"


def test_a_note_is_deleted_and_brought_back(shown: IssueView, show: Opener) -> None:
    number = write(shown, "first", show)
    undos: list[Any] = []
    shown.activity.done.connect(lambda _said, undo: undos.append(undo))
    press(shown, f"issue.activity.{number}.delete")
    show.settle()
    assert feed(shown) == ["It was seen for the first time"]
    undos[0]()
    show.settle()
    assert feed(shown)[0] == "Note"


def test_what_is_being_written_survives_what_arrives(shown: IssueView, desk: IssueDesk, show: Opener) -> None:
    shown.activity.editor.field.setPlainText("half a")
    run_command(desk.writer, "issue.update", {"ids": [1], "priority": "low"})
    shown.show_part("activity")
    show.settle()
    assert shown.activity.editor.text() == "half a"
    assert feed(shown)[0] == "Low priority"


def test_the_preview_shows_the_note_as_it_will_read_and_fetches_nothing(shown: IssueView) -> None:
    editor = shown.activity.editor
    editor.field.setPlainText("# Big <b>no html</b> ![x](http://127.0.0.1/x.png)")
    editor.shows.choose("preview")
    editor._show("preview")
    assert editor.field.isHidden()
    assert "Big" in editor.preview.toPlainText()
    assert "#" not in editor.preview.toPlainText()
    assert editor.preview.loadResource(2, "http://127.0.0.1/x.png") is None


def test_a_refused_note_stays_in_its_field(shown: IssueView, station: StoreStation, show: Opener) -> None:
    station.refuses = "The disk is full."
    shown.activity.editor.field.setPlainText("keep me")
    shown.activity.editor.save.click()
    show.settle()
    assert shown.activity.editor.text() == "keep me"


@pytest.mark.parametrize(
    ("kind", "data", "sentence"),
    [
        ("set_regression", {"version": "a@2"}, "It came back in a@2"),
        ("set_regression", {}, "It came back"),
        (
            "set_escalating",
            {"count": 61, "forecast": 60},
            "It escalates: 61 events in an hour, 60 would have been usual",
        ),
        ("set_unresolved", {"ended": "run"}, "Back from the archive: there is a new run"),
        ("set_unresolved", {}, "Reopened"),
        ("set_ignored", {}, "Archived"),
        ("set_resolved", {"inNextRun": True}, "Resolved from the next run on"),
        ("set_resolved_in_commit", {"commit": {"commit": "a1b2"}}, "Resolved in commit a1b2"),
        ("set_labels", {"added": ["qa"], "removed": ["me"]}, "Labelled qa, no longer me"),
        ("auto_set_ongoing", {"after_days": 7}, "Ongoing: it has been so for a week"),
        ("something_new", {}, "something new"),
    ],
)
def test_every_activity_has_its_words(kind: str, data: dict[str, Any], sentence: str) -> None:
    assert sentence_of(kind, data) == sentence


def test_the_head_says_in_words_how_the_issue_stands(shown: IssueView, desk: IssueDesk, show: Opener) -> None:
    assert shown.header.standing.isHidden()
    details = {"inRelease": "till@1.1"}
    run_command(desk.writer, "issue.update", {"ids": [1], "status": "resolved", "status_details": details})
    assert standing_of(desk.issue("till stuck")) == "Resolved in till@1.1; older ones may still fail"
    desk.send({**BOOM, "event_id": "2" * 32, "release": "till@1.2"})
    assert standing_of(desk.issue("till stuck")) == "It came back in till@1.2"


@pytest.mark.parametrize(
    ("details", "sentence"),
    [
        ({"ignoreUserCount": 1}, "Archived until it befell 1 user more"),
        (
            {"ignoreCount": 5, "ignoreWindow": 7 * 24 * 60},
            "Archived until it happened 5 times more within 7 days",
        ),
        ({"ignoreCount": 5, "ignoreWindow": 7}, "Archived until it happened 5 times more within 7 minutes"),
        ({"untilNextRun": True, "untilNextRelease": True}, "Archived until the next run or the next release"),
        ({"ignoreUntil": "rubbish"}, "Archived until rubbish"),
    ],
)
def test_until_what_an_issue_is_archived_is_said_in_words(details: dict[str, Any], sentence: str) -> None:
    assert archived_in_words("archived_until_condition_met", orjson.loads(orjson.dumps(details))) == sentence


def test_the_rest_of_the_words() -> None:
    assert archived_in_words("archived_forever", {}) == "Archived for ever"
    assert "far more often" in archived_in_words("archived_until_escalating", {})
    assert resolved_in_words({}) == "Resolved; the next event brings it back"
    assert resolved_in_words({"inNextRelease": True}) == "Resolved in the next release"
