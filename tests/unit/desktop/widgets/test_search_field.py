import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.search_field import SearchField


@pytest.fixture
def field(qtbot: QtBot, theme: Theme) -> SearchField:
    found = SearchField(theme, name="scope.query", title="Search issues", hint="type, message")
    qtbot.addWidget(found)
    found.resize(600, 34)
    found.show()
    return found


def edit(field: SearchField) -> QLineEdit:
    found = field.findChild(QLineEdit)
    assert isinstance(found, QLineEdit)
    return found


def test_a_finished_term_becomes_a_chip_at_once(qtbot: QtBot, field: SearchField) -> None:
    with qtbot.waitSignal(field.queryChanged) as changed:
        qtbot.keyClicks(edit(field), "is:unresolved ")
    assert changed.args == ["is:unresolved"]
    assert [str(term) for term in field.terms()] == ["is:unresolved"]
    assert edit(field).text() == ""


def test_typing_is_announced_once_after_a_pause(qtbot: QtBot, field: SearchField) -> None:
    seen: list[str] = []
    field.queryChanged.connect(seen.append)
    qtbot.keyClicks(edit(field), "boom")
    assert seen == []
    qtbot.waitUntil(lambda: seen == ["boom"])


def test_backspace_in_the_empty_field_takes_the_last_chip_back(qtbot: QtBot, field: SearchField) -> None:
    field.set_text("is:unresolved level:error")
    qtbot.keyClick(edit(field), Qt.Key.Key_Backspace)
    assert edit(field).text() == "level:error"
    assert field.text() == "is:unresolved level:error"


def test_setting_the_text_is_silent_and_shows_chips_first(qtbot: QtBot, field: SearchField) -> None:
    with qtbot.assertNotEmitted(field.queryChanged):
        field.set_text("boom is:new")
    assert field.text() == "is:new boom"


def test_escape_clears_and_then_leaves(qtbot: QtBot, field: SearchField) -> None:
    field.set_text("boom")
    qtbot.keyClick(edit(field), Qt.Key.Key_Escape)
    assert field.text() == ""
    with qtbot.waitSignal(field.left):
        qtbot.keyClick(edit(field), Qt.Key.Key_Escape)


def test_enter_submits_the_whole_query(qtbot: QtBot, field: SearchField) -> None:
    field.set_text("is:new")
    qtbot.keyClicks(edit(field), "boom")
    with qtbot.waitSignal(field.submitted) as submitted:
        qtbot.keyClick(edit(field), Qt.Key.Key_Return)
    assert submitted.args == ["is:new boom"]


def test_chips_without_room_fold_into_one_that_counts_them(qtbot: QtBot, field: SearchField) -> None:
    field.set_text("is:unresolved environment:production release:shop@1.4.0 level:error words")
    field.resize(2_000, 34)
    folded = field.findChild(QToolButton, "scope.query.folded")
    assert isinstance(folded, QToolButton)
    assert folded.isHidden()

    field.resize(360, 34)

    qtbot.waitUntil(folded.isVisible)
    assert "level:error" in folded.accessibleName()
    assert edit(field).width() >= 80
    assert field.text() == "is:unresolved environment:production release:shop@1.4.0 level:error words"


def test_folded_chips_open_as_text_and_the_query_stays(qtbot: QtBot, field: SearchField) -> None:
    field.set_text("is:unresolved environment:production words")
    field.resize(220, 34)
    folded = field.findChild(QToolButton, "scope.query.folded")
    assert isinstance(folded, QToolButton)

    qtbot.mouseClick(folded, Qt.MouseButton.LeftButton)

    assert folded.isHidden()
    assert "environment:production words" in edit(field).text()
    assert field.text() == "is:unresolved environment:production words"


def test_a_field_with_many_chips_asks_for_no_more_width_than_an_empty_one(field: SearchField) -> None:
    empty = field.minimumSizeHint().width()
    field.set_text("is:unresolved environment:production release:shop@1.4.0 level:error")
    assert field.minimumSizeHint().width() <= empty + 60
