from collections.abc import Sequence

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from vedette.desktop.shell.query_bar.bar import QueryBar
from vedette.desktop.shell.query_bar.draft import Off
from vedette.desktop.shell.query_bar.keys import KeyFact, ValueFact, with_tags
from vedette.desktop.theme.theme import Theme

Key = Qt.Key


class KnownFacts(QObject):
    """Facts that are there at once, or `late` ones that come when the test says so."""

    arrived = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[ValueFact]] = {"release": [ValueFact("shop@1", 7), ValueFact("shop@2", 3)]}
        self.is_settled = True

    def keys(self) -> Sequence[KeyFact]:
        return with_tags([("release", 10, True), ("zone", 2, True)])

    def values(self, key: str, prefix: str) -> Sequence[ValueFact]:
        return self.found.get(key, [])


class Desk:
    """A bar in a window with another field, and what it said."""

    def __init__(self, theme: Theme, qtbot: QtBot) -> None:
        self.facts = KnownFacts()
        self.window = QWidget()
        self.bar = QueryBar(theme, name="q", title="Search", hint="Type", facts=self.facts)  # type: ignore[arg-type]
        self.other = QLineEdit()
        column = QVBoxLayout(self.window)
        column.addWidget(self.bar)
        column.addWidget(self.other)
        column.addStretch(1)
        self.window.resize(900, 500)
        qtbot.addWidget(self.window)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.queries: list[str] = []
        self.offs: list[tuple[Off, ...]] = []
        self.bar.queryChanged.connect(self.queries.append)
        self.bar.offChanged.connect(lambda: self.offs.append(self.bar.off()))
        self.other.setFocus()

    @property
    def edit(self) -> QLineEdit:
        return self.bar.edit

    @property
    def popup(self) -> list[str]:
        return [one.label for one in self.bar.completing.popup.suggestions()] if self.is_open else []

    @property
    def is_open(self) -> bool:
        return self.bar.completing.is_open

    def chips(self) -> list[str]:
        return [part.text for part in self.bar.chips.parts()]

    def click(
        self, chip: int, *, on_cross: bool = False, button: Qt.MouseButton = Qt.MouseButton.LeftButton
    ) -> None:
        rect = self.bar.chips.cross_rect(chip) if on_cross else self.bar.chips.row_rect(chip)
        at = rect.center() if on_cross else QPoint(rect.left() + 4, rect.center().y())
        QTest.mouseClick(self.bar.chips, button, pos=at)

    def on_chips(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.bar.chips, key)


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot) -> Desk:
    return Desk(theme, qtbot)


# ---------------------------------------------------------------- text and chips


def test_terms_are_chips_until_the_line_has_the_keyboard_and_then_text(desk: Desk) -> None:
    desk.bar.set_query("is:unresolved level:error words here")
    assert desk.chips() == ["is:unresolved", "level:error", "words here"]
    assert desk.edit.text() == ""
    desk.edit.setFocus()
    assert desk.chips() == []
    assert desk.edit.text() == "is:unresolved level:error words here "
    desk.other.setFocus()
    assert desk.chips() == ["is:unresolved", "level:error", "words here"]
    assert desk.queries == []


@pytest.mark.parametrize(
    "reason",
    [Qt.FocusReason.ShortcutFocusReason, Qt.FocusReason.TabFocusReason, Qt.FocusReason.MouseFocusReason],
)
def test_the_keyboard_comes_to_the_end_of_the_query_whatever_leads_it_there(
    desk: Desk, reason: Qt.FocusReason
) -> None:
    desk.bar.set_query("is:new")
    desk.edit.setFocus(reason)
    QTest.keyClicks(desk.edit, "x")
    assert desk.bar.text() == "is:new x"


def test_what_is_typed_is_asked_for_once_it_is_a_query(desk: Desk, qtbot: QtBot) -> None:
    desk.edit.setFocus()
    QTest.keyClicks(desk.edit, "level:")
    qtbot.wait(200)
    assert desk.queries == []
    QTest.keyClicks(desk.edit, "error")
    qtbot.waitUntil(lambda: desk.queries == ["level:error"])
    QTest.keyClicks(desk.edit, " zone:a ")
    assert desk.queries == ["level:error", "level:error zone:a"]


def test_leaving_the_line_asks_for_what_stands_in_it(desk: Desk) -> None:
    desk.edit.setFocus()
    QTest.keyClicks(desk.edit, "level:error")
    desk.other.setFocus()
    assert desk.queries == ["level:error"]


def test_escape_takes_back_what_was_written_and_then_leaves(desk: Desk, qtbot: QtBot) -> None:
    desk.bar.set_query("is:new")
    desk.edit.setFocus()
    QTest.keyClicks(desk.edit, "zzz ")
    assert desk.queries == ["is:new zzz"]
    QTest.keyClick(desk.edit, Key.Key_Escape)
    assert desk.queries == ["is:new zzz", "is:new"]
    with qtbot.waitSignal(desk.bar.left):
        QTest.keyClick(desk.edit, Key.Key_Escape)


def test_enter_submits_the_query(desk: Desk, qtbot: QtBot) -> None:
    desk.edit.setFocus()
    QTest.keyClicks(desk.edit, "zone:a")
    with qtbot.waitSignal(desk.bar.submitted) as submitted:
        QTest.keyClick(desk.edit, Key.Key_Return)
    assert submitted.args == ["zone:a"]
    assert desk.queries == ["zone:a"]


# ---------------------------------------------------------------- chips


def test_a_click_switches_a_chip_off_and_another_on_again(desk: Desk, qtbot: QtBot) -> None:
    desk.bar.set_query("is:new level:error")
    desk.click(1)
    qtbot.waitUntil(lambda: desk.queries == ["is:new"])
    assert desk.chips() == ["is:new", "level:error"]
    assert desk.bar.off() == (Off(1, "level:error"),)
    assert desk.bar.chips.sentence(1) == "level:error, switched off"
    desk.click(1)
    qtbot.waitUntil(lambda: desk.queries == ["is:new", "is:new level:error"])


def test_a_double_click_edits_and_switches_nothing(desk: Desk, qtbot: QtBot) -> None:
    desk.bar.set_query("is:new level:error")
    at = desk.bar.chips.row_rect(1).center() - QPoint(12, 0)
    QTest.mouseClick(desk.bar.chips, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(desk.bar.chips, Qt.MouseButton.LeftButton, pos=at)
    assert desk.edit.hasFocus()
    assert desk.edit.selectedText() == "level:error"
    qtbot.wait(250)
    assert desk.queries == []


def test_the_cross_and_the_middle_button_remove_a_chip(desk: Desk) -> None:
    desk.bar.set_query("is:new level:error zone:a")
    desk.click(1, on_cross=True)
    assert desk.queries == ["is:new zone:a"]
    desk.click(0, button=Qt.MouseButton.MiddleButton)
    assert desk.chips() == ["zone:a"]


def test_the_keyboard_does_all_a_mouse_can(desk: Desk) -> None:
    desk.bar.set_query("is:new level:error zone:a")
    desk.edit.setFocus()
    QTest.keyClick(desk.edit, Key.Key_Home)
    QTest.keyClick(desk.edit, Key.Key_Left)
    assert desk.bar.chips.hasFocus()
    assert desk.bar.chips.current_row() == 2
    desk.on_chips(Key.Key_Left, Key.Key_Space)
    assert desk.queries == ["is:new zone:a"]
    desk.on_chips(Key.Key_Space, Key.Key_Home, Key.Key_Delete)
    assert desk.queries[-1] == "level:error zone:a"
    desk.on_chips(Key.Key_End, Key.Key_Return)
    assert desk.edit.hasFocus()
    assert desk.edit.selectedText() == "zone:a"


def test_right_on_the_last_chip_goes_to_the_text(desk: Desk) -> None:
    desk.bar.set_query("is:new")
    desk.bar.chips.setFocus()
    desk.on_chips(Key.Key_Right)
    assert desk.edit.hasFocus()


def test_removing_the_last_chip_leaves_the_keyboard_in_the_line(desk: Desk) -> None:
    desk.bar.set_query("is:new")
    desk.bar.chips.setFocus()
    desk.on_chips(Key.Key_Delete)
    assert desk.edit.hasFocus()
    assert desk.queries == [""]


def test_a_term_that_is_off_stays_a_chip_while_one_writes(desk: Desk) -> None:
    desk.bar.set_query("is:new", (Off(0, "level:error"),))
    assert desk.chips() == ["level:error", "is:new"]
    desk.edit.setFocus()
    assert desk.chips() == ["level:error"]
    QTest.keyClicks(desk.edit, "zone:a ")
    assert desk.bar.off() == (Off(0, "level:error"),)
    desk.click(0)
    assert desk.edit.text() == "level:error is:new zone:a "


def test_removing_a_term_that_is_off_asks_for_nothing(desk: Desk) -> None:
    desk.bar.set_query("is:new", (Off(0, "level:error"),))
    desk.click(0, on_cross=True)
    assert desk.queries == []
    assert desk.offs == [()]


def test_chips_without_room_are_walked_into_sight(desk: Desk) -> None:
    desk.bar.set_query(" ".join(f"some.longer.key:{n}" for n in range(20)))
    chips = desk.bar.chips
    assert 0 < len(chips.visible_rows()) < 20
    chips.setFocus()
    desk.on_chips(Key.Key_End)
    assert 19 in chips.visible_rows()
    assert chips.row_rect(19).right() <= chips.width()
    desk.on_chips(Key.Key_Home)
    assert 0 in chips.visible_rows()
    assert desk.bar.minimumSizeHint().width() < 400


def test_chips_are_rows_to_a_screen_reader(desk: Desk) -> None:
    desk.bar.set_query("is:new level:error")
    access = QAccessible.queryAccessibleInterface(desk.bar.chips)
    assert access.childCount() == 2
    assert access.child(1).text(QAccessible.Text.Name) == "level:error"
    assert access.text(QAccessible.Text.Name) == "Filters"


# ---------------------------------------------------------------- mistakes


def test_a_mistake_is_underlined_in_the_text_and_on_its_chip(desk: Desk) -> None:
    desk.bar.set_query("is:new level:nonsense x")
    desk.bar.say_wrong("'nonsense' is no level.", 13)
    assert desk.bar.chips.sentence(1) == "level:nonsense, 'nonsense' is no level."
    desk.edit.setFocus()
    assert desk.bar.edit.wrong == (13, 21)
    assert desk.edit.accessibleDescription() == "'nonsense' is no level."
    desk.bar.clear_wrong()
    assert desk.bar.edit.wrong is None
    desk.other.setFocus()
    assert desk.bar.chips.sentence(1) == "level:nonsense"


def test_a_mistake_of_some_length_is_underlined_for_that_length(desk: Desk) -> None:
    desk.bar.set_query("is:new (a b")
    desk.edit.setFocus()
    desk.bar.say_wrong("not closed", 7, 1)
    assert desk.bar.edit.wrong == (7, 8)
    desk.bar.say_wrong("something is missing", 99)
    assert desk.bar.edit.wrong == (11, 12)


def test_writing_on_takes_the_underline_away(desk: Desk) -> None:
    desk.bar.set_query("level:x")
    desk.edit.setFocus()
    desk.bar.say_wrong("no", 6)
    QTest.keyClicks(desk.edit, "y")
    assert desk.bar.edit.wrong is None


# ---------------------------------------------------------------- completion


def type_and_wait(desk: Desk, qtbot: QtBot, text: str) -> None:
    desk.edit.setFocus()
    QTest.keyClicks(desk.edit, text)
    qtbot.waitUntil(lambda: desk.is_open)


def test_keys_then_values_are_offered_and_taken_by_tab(desk: Desk, qtbot: QtBot) -> None:
    type_and_wait(desk, qtbot, "rel")
    assert desk.popup[0] == "release"
    assert QApplication.focusWidget() is desk.edit
    QTest.keyClick(desk.edit, Key.Key_Tab)
    assert desk.edit.text() == "release:"
    assert desk.popup == ["[ , ]", "*", "shop@1", "shop@2"]
    for _ in range(3):
        QTest.keyClick(desk.edit, Key.Key_Down)
    QTest.keyClick(desk.edit, Key.Key_Return)
    assert desk.edit.text() == "release:shop@1 "
    assert desk.queries == ["release:shop@1"]
    assert not desk.is_open


def test_enter_without_going_into_the_list_submits_what_is_written(desk: Desk, qtbot: QtBot) -> None:
    type_and_wait(desk, qtbot, "rel")
    with qtbot.waitSignal(desk.bar.submitted) as submitted:
        QTest.keyClick(desk.edit, Key.Key_Return)
    assert submitted.args == ["rel"]
    assert not desk.is_open


def test_escape_closes_the_list_and_keeps_the_text(desk: Desk, qtbot: QtBot) -> None:
    type_and_wait(desk, qtbot, "rel")
    QTest.keyClick(desk.edit, Key.Key_Escape)
    assert not desk.is_open
    assert desk.edit.text() == "rel"


def test_the_list_goes_with_the_keyboard(desk: Desk, qtbot: QtBot) -> None:
    type_and_wait(desk, qtbot, "rel")
    desk.other.setFocus()
    assert not desk.is_open


def test_down_offers_everything_and_earlier_queries_first(desk: Desk) -> None:
    desk.bar.completing.set_recent(lambda: ("is:new zone:a",))
    desk.edit.setFocus()
    QTest.keyClick(desk.edit, Key.Key_Down)
    assert desk.popup[:2] == ["is:new zone:a", "is"]
    assert "zone" in desk.popup
    QTest.keyClick(desk.edit, Key.Key_Down)
    QTest.keyClick(desk.edit, Key.Key_Return)
    assert desk.queries == ["is:new zone:a"]


def test_alt_and_down_ask_for_the_menu_of_earlier_queries(desk: Desk, qtbot: QtBot) -> None:
    desk.edit.setFocus()
    with qtbot.waitSignal(desk.bar.historyWanted):
        QTest.keyClick(desk.edit, Key.Key_Down, Qt.KeyboardModifier.AltModifier)


def test_late_values_are_shown_when_they_come_but_not_after_the_list_was_closed(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.facts.is_settled = False
    type_and_wait(desk, qtbot, "zone:")
    assert desk.popup == ["[ , ]", "*"]
    desk.facts.found["zone"] = [ValueFact("north", 1)]
    desk.facts.arrived.emit()
    assert "north" in desk.popup
    QTest.keyClick(desk.edit, Key.Key_Escape)
    desk.facts.arrived.emit()
    assert not desk.is_open


def test_a_suggestion_can_be_clicked_and_undone(desk: Desk, qtbot: QtBot) -> None:
    type_and_wait(desk, qtbot, "zon")
    listed = desk.bar.completing.popup.list
    QTest.mouseClick(
        listed.viewport(),
        Qt.MouseButton.LeftButton,
        pos=listed.visualRect(listed.model().index(1, 0)).center(),
    )
    assert desk.edit.text() == "zone:"
    assert desk.edit.hasFocus()
    desk.edit.undo()
    assert desk.edit.text() == "zon"


def test_titles_in_the_list_are_passed_over(desk: Desk, qtbot: QtBot) -> None:
    desk.edit.setFocus()
    QTest.keyClick(desk.edit, Key.Key_Down)
    seen = []
    for _ in range(len(desk.popup) + 1):
        QTest.keyClick(desk.edit, Key.Key_Down)
        current = desk.bar.completing.popup.current()
        assert current is not None
        seen.append(current.label)
    assert seen[:-1] == desk.popup
    assert seen[-1] == seen[0]


def test_without_facts_nothing_is_offered(theme: Theme, qtbot: QtBot) -> None:
    bar = QueryBar(theme, name="q", title="Search", hint="Type")
    qtbot.addWidget(bar)
    bar.show()
    bar.edit.setFocus()
    QTest.keyClicks(bar.edit, "rel")
    QTest.keyClick(bar.edit, Key.Key_Down)
    assert not bar.completing.is_open


def test_the_row_is_painted_in_both_schemes(desk: Desk, theme: Theme) -> None:
    desk.bar.set_query("is:new level:error", (Off(0, "zone:a"),))
    desk.bar.say_wrong("no", 0)
    desk.bar.chips.setFocus()
    assert not desk.window.grab().isNull()


def test_a_word_that_may_become_a_key_is_looked_for_later(desk: Desk, qtbot: QtBot) -> None:
    type_and_wait(desk, qtbot, "rel")
    qtbot.wait(200)
    assert desk.queries == []
    qtbot.waitUntil(lambda: desk.queries == ["rel"], timeout=3_000)
    QTest.keyClicks(desk.edit, "x")
    qtbot.waitUntil(lambda: desk.queries == ["rel", "relx"], timeout=3_000)
