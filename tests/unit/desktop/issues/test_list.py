"""The list's own ways: columns, groups, peek, marks that reach a whole query, late answers, menus."""

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from tests.support.builders import MORNING, an_event
from tests.support.desktop import StoreStation, fill
from tests.support.store_rows import FilledStore
from tests.unit.desktop.issues.conftest import OpenSection, rest, titles
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.issues.columns import KEYS
from vedette.desktop.issues.groups import GroupRow
from vedette.desktop.issues.section import IssuesSection
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.scope import Scope
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.issues import Priority, Status
from vedette.domain.times import HOUR, MINUTE, Micros
from vedette.store.queries.issues import IssueFilter, IssueRow, page_issues

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def press(section: IssuesSection, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(section.list.list, key, held)


CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def stored(desk: FilledStore) -> dict[int, IssueRow]:
    return {row.id: row for row in page_issues(desk.db, IssueFilter(), limit=1_000)}


def shape(section: IssuesSection) -> list[str]:
    """Return the rows: bands in brackets, issues by type."""
    return [
        f"[{row.title} {row.counted}]" if isinstance(row, GroupRow) else row.issue.type or row.issue.title
        for row in section.list.model.rows
    ]


def menu_of(parent: QWidget, name: str) -> dict[str, QAction]:
    """Return the actions of the open menu *name* by title."""
    menu = parent.findChildren(QMenu, name)[-1]
    return {action.text().partition("\t")[0]: action for action in menu.actions()}


# ---------------------------------------------------------------- columns


def test_columns_are_chosen_in_a_menu_and_remembered(
    section: IssuesSection, bridge: Bridge, qtbot: QtBot
) -> None:
    table = section.list.list
    assert table.seen_columns() == ["trend", "events", "users", "last"]
    section.choose_columns()
    menu_of(section.list, "issues.columns.menu")["Project"].trigger()
    rest(qtbot, bridge, section)
    assert table.seen_columns() == ["trend", "events", "users", "last", "project"]
    assert bridge.preferences.get("issues.columns", [""]) == ["trend", "events", "users", "last", "project"]
    index = section.list.model.index(0, KEYS.index("project"))
    assert index.data() == "desk"


def test_the_keyboard_moves_columns_and_the_usual_ones_come_back(
    section: IssuesSection, bridge: Bridge, qtbot: QtBot
) -> None:
    section.choose_columns()
    order = section.list.findChildren(QMenu, "issues.columns.order")[-1]
    last = next(action.menu() for action in order.actions() if action.text() == "Last seen")
    assert isinstance(last, QMenu)
    next(action for action in last.actions() if action.text() == "Move Last seen left").trigger()
    assert section.list.list.seen_columns() == ["trend", "events", "last", "users"]
    menu_of(section.list, "issues.columns.menu")["Usual columns"].trigger()
    assert section.list.list.seen_columns() == ["trend", "events", "users", "last"]
    assert not bridge.preferences.is_set("issues.columns")


def test_a_column_that_was_dragged_stays_where_it_was_put(section: IssuesSection, bridge: Bridge) -> None:
    header = section.list.list.horizontalHeader()
    header.moveSection(header.visualIndex(KEYS.index("last")), 1)
    assert section.list.list.seen_columns() == ["last", "trend", "events", "users"]
    assert bridge.preferences.get("issues.columns", [""])[0] == "last"
    header.moveSection(header.visualIndex(KEYS.index("last")), 0)
    assert header.logicalIndex(0) == 0


def test_a_drawn_width_is_remembered(
    section: IssuesSection, bridge: Bridge, qtbot: QtBot, open_section: OpenSection
) -> None:
    table = section.list.list
    place = KEYS.index("events")
    table.setColumnWidth(place, 170)
    qtbot.waitUntil(lambda: bridge.preferences.is_set("issues.column_widths"))
    assert abs(open_section().list.list.columnWidth(place) - 170) <= 1


def test_the_header_s_menu_is_about_its_column(section: IssuesSection) -> None:
    header = section.list.list.horizontalHeader()
    x = header.sectionViewportPosition(KEYS.index("events")) + 10
    header.customContextMenuRequested.emit(QPoint(x, 5))
    menu_of(section.list, "issues.columns.menu")["Hide Events"].trigger()
    assert section.list.list.seen_columns() == ["trend", "users", "last"]


def test_the_column_of_users_is_hidden_while_no_issue_has_two(
    desk: FilledStore, open_section: OpenSection, bridge: Bridge, qtbot: QtBot
) -> None:
    desk.add(an_event("A: x", user="id:1"))
    section = open_section()
    assert section.list.list.seen_columns() == ["trend", "events", "last"]
    desk.add(an_event("A: x", user="id:2"))
    bridge.take_changes((Change(ChangeKind.ISSUE, (1,)),))
    rest(qtbot, bridge, section)
    assert section.list.list.seen_columns() == ["trend", "events", "users", "last"]


def test_columns_make_way_in_little_room_and_the_sorted_one_last(
    desk: FilledStore, open_section: OpenSection, bridge: Bridge, qtbot: QtBot
) -> None:
    fill(desk)
    section = open_section(width=520)
    section.sort_by("events")
    rest(qtbot, bridge, section)
    section.resize(519, 700)
    assert section.list.list.seen_columns() == ["events", "last"]


@pytest.mark.parametrize(
    ("sort", "first", "words"),
    [
        ("events", "ZeroDivisionError", "sorted by events"),
        ("title", "AssertionError", "sorted by title"),
        ("priority", "ZeroDivisionError", "sorted by priority"),
        ("first", "Payment retried", "sorted by first seen"),
    ],
)
def test_every_order_is_shown_in_the_bar_and_the_header(
    section: IssuesSection, bridge: Bridge, qtbot: QtBot, sort: str, first: str, words: str
) -> None:
    action = section.list.bar.sort.menu().findChild(QAction, f"issues.sort.{sort}")
    action.trigger()
    rest(qtbot, bridge, section)
    assert titles(section)[0] == first
    assert section.list.bar.sort.text() == words
    section_shown = section.list.list.horizontalHeader().sortIndicatorSection()
    assert section.list.model.columns[section_shown].sort == sort


def test_within_a_time_the_trend_s_header_names_it_and_events_are_of_it(
    desk: FilledStore, open_section: OpenSection, bridge: Bridge, qtbot: QtBot
) -> None:
    fill(desk)
    section = open_section()
    assert section.list.model.headerData(1, Qt.Orientation.Horizontal) == "24 h"
    section.set_scope(Scope(since=Micros(MORNING - 3 * HOUR), until=Micros(MORNING + MINUTE)))
    rest(qtbot, bridge, section)
    assert section.list.model.headerData(1, Qt.Orientation.Horizontal) == "3 h"
    assert section.list.model.index(0, KEYS.index("events")).data() == "4"
    assert section.list.model.rows[0].issue.n == 9  # type: ignore[union-attr]


# ---------------------------------------------------------------- groups


def test_issues_are_put_together_and_groups_fold_by_keys(
    section: IssuesSection, bridge: Bridge, qtbot: QtBot
) -> None:
    section.group_by("project")
    rest(qtbot, bridge, section)
    desk_rows = ["ZeroDivisionError", "N+1 Query", "OperationalError", "Payment retried", "AssertionError"]
    web_rows = ["TypeError", "EXC_BAD_ACCESS", "ChunkLoadError"]
    assert shape(section) == ["[desk 5]", *desk_rows, "[storefront-web 3]", *web_rows]
    assert bridge.preferences.get("issues.group", "") == "project"
    for key in (Qt.Key.Key_J, Qt.Key.Key_J, Qt.Key.Key_J, Qt.Key.Key_Left):
        press(section, key)
    assert shape(section) == ["[desk 5]", "[storefront-web 3]", *web_rows]
    assert section.list.list.current_key() == ("group", "desk")
    press(section, Qt.Key.Key_Right)
    assert len(shape(section)) == 10
    section.fold_all(fold=True)
    assert shape(section) == ["[desk 5]", "[storefront-web 3]"]
    section.fold_all(fold=False)
    assert len(shape(section)) == 10


def test_groups_are_kept_for_the_next_time(
    section: IssuesSection, open_section: OpenSection, bridge: Bridge, qtbot: QtBot
) -> None:
    section.group_by("level")
    rest(qtbot, bridge, section)
    assert shape(open_section())[0] == "[Fatal 1]"
    section.group_by("")
    rest(qtbot, bridge, section)
    assert "[" not in shape(section)[0]


def test_what_happens_meanwhile_is_shown_in_its_group_and_what_is_new_waits(
    section: IssuesSection, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    section.group_by("project")
    rest(qtbot, bridge, section)
    section.list.list.select_key(1)
    before = shape(section)
    moment = Micros(MORNING + HOUR)
    desk.add(an_event("ZeroDivisionError: division by zero", timestamp=moment), received=moment)
    desk.add(an_event("NewError: x", timestamp=moment), received=moment)
    bridge.take_changes((Change(ChangeKind.ISSUE, (1,)), Change(ChangeKind.ISSUE_NEW, (9,))))
    rest(qtbot, bridge, section)
    assert shape(section) == before
    row = section.list.model.row_by_key(1)
    assert row.issue.n == 10  # type: ignore[union-attr]
    assert section.list.newer.text() == "1 new issue"
    section.list.newer.click()
    rest(qtbot, bridge, section)
    assert shape(section)[:2] == ["[desk 6]", "NewError"]


def test_a_band_is_no_target(section: IssuesSection, bridge: Bridge, qtbot: QtBot) -> None:
    section.group_by("project")
    rest(qtbot, bridge, section)
    press(section, Qt.Key.Key_J)
    assert section.list.list.is_on_band()
    assert not section.has_row()
    assert not section.acting.has_target()
    press(section, Qt.Key.Key_J, SHIFT)
    assert [row.type for row in section.list.targets()] == ["ZeroDivisionError"]


# ---------------------------------------------------------------- peek


def peeked(section: IssuesSection) -> str:
    return section.list.peek.accessibleName()


def test_a_peek_goes_along_and_never_takes_the_keyboard(
    section: IssuesSection, bridge: Bridge, qtbot: QtBot
) -> None:
    press(section, Qt.Key.Key_J)
    press(section, Qt.Key.Key_Space)
    rest(qtbot, bridge, section)
    card = section.list.peek
    assert card.isVisible()
    assert peeked(section).startswith("Peek: DESK-1 ZeroDivisionError, division by zero, ")
    assert section.list.list.hasFocus()
    press(section, Qt.Key.Key_J)
    rest(qtbot, bridge, section)
    assert peeked(section).startswith("Peek: STOREFRONT-WEB-1 TypeError")
    assert section.list.list.hasFocus()
    press(section, Qt.Key.Key_Space)
    assert card.isHidden()
    press(section, Qt.Key.Key_Space)
    rest(qtbot, bridge, section)
    press(section, Qt.Key.Key_Escape)
    assert card.isHidden()
    assert section.list.list.selected_keys() == [2]


def test_a_peek_stays_inside_the_list(section: IssuesSection, bridge: Bridge, qtbot: QtBot) -> None:
    section.resize(900, 400)
    for key in (Qt.Key.Key_End, Qt.Key.Key_Space):
        press(section, key)
    rest(qtbot, bridge, section)
    card = section.list.peek
    assert section.list.rect().contains(card.geometry())
    row = section.list._row_place()
    assert not card.geometry().intersects(row)
    assert all(label.text() for label in card.findChildren(QLabel))


# ---------------------------------------------------------------- marks


@pytest.fixture
def many(desk: FilledStore, open_section: OpenSection) -> IssuesSection:
    """The section over 300 issues: more than a page."""
    desk.add_all([(an_event(f"Error{n}: x", timestamp=Micros(MORNING + n)),) for n in range(300)])
    return open_section()


def test_ctrl_a_means_all_that_is_searched_beyond_the_rows_read(
    many: IssuesSection, desk: FilledStore, station: StoreStation, bridge: Bridge, qtbot: QtBot
) -> None:
    assert len(many.list.model.rows) == 256
    press(many, Qt.Key.Key_A, CTRL)
    assert many.list.bulk.accessibleName() == "300 selected - all in this view"
    press(many, Qt.Key.Key_E)
    rest(qtbot, bridge, many)
    assert all(row.status is Status.RESOLVED for row in stored(desk).values())
    assert station.searched == [[("query", "is:unresolved")]]
    assert many.toast.accessibleName() == "Resolved 300 issues"
    focus = QApplication.focusWidget()  # the list is empty now, and something else has the keyboard
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Z, CTRL)
    rest(qtbot, bridge, many)
    assert all(row.status is Status.UNRESOLVED for row in stored(desk).values())
    press(many, Qt.Key.Key_Z, CTRL, SHIFT)
    rest(qtbot, bridge, many)
    assert all(row.status is Status.RESOLVED for row in stored(desk).values())


def test_what_is_searched_goes_along_with_the_scope(
    section: IssuesSection, station: StoreStation, bridge: Bridge, qtbot: QtBot
) -> None:
    section.set_scope(
        Scope(projects=(2,), environments=("prod", "qa"), run=1, since=Micros(0), until=MORNING)
    )
    section.go(Place("issues", None, ""))
    rest(qtbot, bridge, section)
    section.mark_whole()
    section.acting.star()
    (query,) = station.searched
    assert query == [
        ("query", ""),
        ("project", "2"),
        ("environment", "prod"),
        ("environment", "qa"),
        ("run", "1"),
        ("start", "1970-01-01T00:00:00.000000Z"),
        ("end", "2026-11-24T06:00:00.000000Z"),
    ]


def test_rows_read_later_are_marked_too_and_taking_one_away_leaves_only_the_rows(many: IssuesSection) -> None:
    press(many, Qt.Key.Key_A, CTRL)
    table = many.list.list
    assert table.is_whole
    press(many, Qt.Key.Key_J)
    press(many, Qt.Key.Key_X)
    assert not table.is_whole
    assert many.list.bulk.accessibleName() == "255 selected"


def test_shift_click_and_ctrl_click_select_several(section: IssuesSection, qtbot: QtBot) -> None:
    table = section.list.list

    def click(row: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        at = QPoint(60, table.row_rect(row).center().y())
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, modifier, at)

    click(1)
    click(3, SHIFT)
    assert len(table.marked) == 3
    click(5, CTRL)
    assert len(table.marked) == 4
    assert section.list.bulk.accessibleName() == "4 selected"


def test_two_are_compared(section: IssuesSection, qtbot: QtBot) -> None:
    press(section, Qt.Key.Key_J)
    assert not section.acting.can_compare()
    press(section, Qt.Key.Key_J, SHIFT)
    with qtbot.waitSignal(section.navigate) as led:
        press(section, Qt.Key.Key_D)
    first, second = (row.last_event for row in section.list.targets())
    assert led.args[0] == Place("compare", extra=f"{first},{second}")


# ---------------------------------------------------------------- doing


@pytest.mark.parametrize(
    ("key", "choice", "expected"),
    [
        (Qt.Key.Key_I, "Archive for ever", ("archived_forever", None)),
        (Qt.Key.Key_I, "Archive until it escalates", ("archived_until_escalating", None)),
        (
            Qt.Key.Key_I,
            "Archive until 100 more events",
            ("archived_until_condition_met", '{"ignoreCount":100}'),
        ),
        (
            Qt.Key.Key_E,
            "Resolve in the next release",
            (None, '{"inNextRelease":true,"currentRelease":"shop@1.0"}'),
        ),
        (Qt.Key.Key_E, "Resolve in the next run", (None, '{"inNextRun":true}')),
    ],
)
def test_i_and_shift_e_open_choices_that_are_kept_as_the_api_has_them(
    section: IssuesSection,
    desk: FilledStore,
    bridge: Bridge,
    qtbot: QtBot,
    key: Qt.Key,
    choice: str,
    expected: tuple[str | None, str | None],
) -> None:
    press(section, Qt.Key.Key_J)
    press(section, key, *([SHIFT] if key == Qt.Key.Key_E else []))
    name = "issues.choices.resolve" if key == Qt.Key.Key_E else "issues.choices.archive"
    menu_of(section, name)[choice].trigger()
    rest(qtbot, bridge, section)
    row = stored(desk)[1]
    assert (row.substatus, row.status_details) == expected
    assert row.status is (Status.RESOLVED if key == Qt.Key.Key_E else Status.IGNORED)


def test_a_moment_until_when_is_asked_in_a_window_of_its_own(
    section: IssuesSection, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    press(section, Qt.Key.Key_J)
    section.acting.ask_until()
    dialog: Any = section.findChild(QWidget, "issues.until")
    dialog.count.setValue(7)
    assert dialog.for_events.isChecked()
    dialog.for_moment.setChecked(True)
    dialog.archive.click()
    rest(qtbot, bridge, section)
    details = stored(desk)[1].status_details
    assert details is not None
    assert details.startswith('{"ignoreUntil":"')


def test_p_sets_the_priority_and_undo_gives_it_back(
    section: IssuesSection, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    press(section, Qt.Key.Key_J)
    before = stored(desk)[1].priority
    press(section, Qt.Key.Key_P)
    menu_of(section, "issues.choices.priority")["Low priority"].trigger()
    rest(qtbot, bridge, section)
    assert stored(desk)[1].priority == Priority.LOW
    section.acting.undo()
    rest(qtbot, bridge, section)
    assert stored(desk)[1].priority == before


def test_redo_ends_where_something_else_is_done(section: IssuesSection, bridge: Bridge, qtbot: QtBot) -> None:
    press(section, Qt.Key.Key_J)
    for key in (Qt.Key.Key_S, Qt.Key.Key_U):
        press(section, key)
        rest(qtbot, bridge, section)
    section.acting.undo()
    rest(qtbot, bridge, section)
    assert section.acting.can_redo()
    assert section.toast.accessibleName() == "Taken back: Marked 1 issue read"
    press(section, Qt.Key.Key_S)
    rest(qtbot, bridge, section)
    assert not section.acting.can_redo()


@pytest.mark.parametrize(
    ("choice", "begins"),
    [
        ("Copy id", "DESK-1"),
        ("Copy title", "ZeroDivisionError: division by zero"),
        ("Copy row as Markdown", "- [DESK-1](vedette://"),
        ("Copy row as JSON", "{\n"),
        ("Copy link", "vedette://"),
    ],
)
def test_ctrl_shift_c_copies_in_other_forms(
    section: IssuesSection, choice: str, begins: str, qtbot: QtBot
) -> None:
    QGuiApplication.clipboard().clear()
    press(section, Qt.Key.Key_J)
    press(section, Qt.Key.Key_C, CTRL, SHIFT)
    menu_of(section, "issues.choices.copy")[choice].trigger()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text().startswith(begins))


def test_ctrl_enter_and_a_middle_click_open_a_window(section: IssuesSection, qtbot: QtBot) -> None:
    press(section, Qt.Key.Key_J)
    with qtbot.waitSignal(section.windowWanted) as wanted:
        press(section, Qt.Key.Key_Return, CTRL)
    assert wanted.args == [Place("issues", 1, "is:unresolved")]
    table = section.list.list
    with qtbot.waitSignal(section.windowWanted) as wanted:
        at = table.row_rect(1).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.MiddleButton, pos=at)
    assert wanted.args == [Place("issues", 2, "is:unresolved")]
    assert not section.has_detail()


def test_g_g_and_shift_g_go_to_the_ends(section: IssuesSection, bridge: Bridge, qtbot: QtBot) -> None:
    press(section, Qt.Key.Key_G, SHIFT)
    assert section.list.list.current_key() == section.list.model.key_at(7)
    press(section, Qt.Key.Key_G)
    press(section, Qt.Key.Key_G)
    rest(qtbot, bridge, section)
    assert section.list.list.current_key() == section.list.model.key_at(0)


def test_the_menu_narrows_the_search_by_what_an_issue_has(
    section: IssuesSection, bridge: Bridge, qtbot: QtBot
) -> None:
    press(section, Qt.Key.Key_J)
    section.show_menu()
    filters = menu_of(section.list.list, "issues.menu.filter")
    assert filters["Same function"].isEnabled()
    tags = section.list.list.findChildren(QMenu, "issues.menu.tags")[-1]
    tags.aboutToShow.emit()
    rest(qtbot, bridge, section)
    assert "environment: qa" in [action.text() for action in tags.actions()]
    filters["Same level"].trigger()
    rest(qtbot, bridge, section)
    assert section.query == "is:unresolved level:error"
    section.go(Place("issues", None, ""))
    next(action for action in tags.actions() if action.text() == "environment: qa").trigger()
    assert section.query == "environment:qa"


# ---------------------------------------------------------------- late, paused, going back


def forever(db: Any, *_: object) -> None:
    db.execute(text("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT max(x) FROM c"))


def test_a_late_answer_dims_the_rows_and_escape_stops_the_question(
    section: IssuesSection, bridge: Bridge, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as slow:
        slow.setattr("vedette.desktop.issues.feed.read_page", forever)
        section.go(Place("issues", None, "is:unresolved database"))
    qtbot.waitUntil(lambda: section.list.is_searching)
    assert section.list.note.text() == "searching… (Esc stops)"
    assert len(titles(section)) == 8
    press(section, Qt.Key.Key_Escape)
    assert not section.list.is_searching
    assert section.list.banner.accessibleName().startswith("info: The search was stopped")
    rest(qtbot, bridge, section)  # the statement was interrupted, else its thread would never answer
    section.list.banner.acted.emit()
    rest(qtbot, bridge, section)
    assert titles(section) == ["OperationalError"]
    assert section.list.banner.isHidden()


def test_the_keyboard_is_in_the_list_again_once_a_late_first_answer_has_come(
    desk: FilledStore,
    open_section: OpenSection,
    bridge: Bridge,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    section = open_section()
    desk.add(an_event("A: x"))
    section.list.empty._nothing = None  # as at the very start
    with monkeypatch.context() as slow:
        slow.setattr("vedette.desktop.issues.feed.read_page", forever)
        section.list.list.setFocus()
        section.list.feed.reload()
    qtbot.waitUntil(lambda: section.list.is_searching)
    assert section.list.empty.accessibleName() == "Reading issues…"
    section.list.feed.cancel()
    section.list.feed.reload()
    rest(qtbot, bridge, section)
    assert titles(section) == ["A"]
    assert section.window().focusWidget() is section.list.list


def test_what_cannot_be_read_is_said_in_place_with_details_to_copy(
    section: IssuesSection, bridge: Bridge, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_: object) -> None:
        raise OSError("the disk has gone")

    with monkeypatch.context() as broken:
        broken.setattr("vedette.desktop.issues.feed.read_page", damaged)
        section.list.feed.reload()
    qtbot.waitUntil(section.list.banner.isVisible)
    section.list.banner.findChild(QWidget, "issues.banner.copy").click()  # type: ignore[union-attr]
    assert "the disk has gone" in QGuiApplication.clipboard().text()
    assert len(titles(section)) == 8


def test_while_paused_the_bar_says_how_much_waits(
    section: IssuesSection, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    bridge.set_paused(True)
    assert section.list.note.text() == "8 issues · paused"
    desk.add(an_event("NewError: x", timestamp=Micros(MORNING + HOUR)))
    bridge.take_changes((Change(ChangeKind.EVENT, (100, 101)), Change(ChangeKind.ISSUE_NEW, (9,))))
    qtbot.waitUntil(lambda: section.list.note.text() == "8 issues · paused, 2 events waiting")
    assert "NewError" not in titles(section)
    bridge.set_paused(False)
    rest(qtbot, bridge, section)
    assert titles(section)[0] == "NewError"


def test_going_back_brings_place_order_and_current_row(
    many: IssuesSection, bridge: Bridge, qtbot: QtBot
) -> None:
    many.sort_by("first")
    rest(qtbot, bridge, many)
    table = many.list.list
    key = many.list.model.key_at(120)
    table.select_key(key)
    table.verticalScrollBar().setValue(table.top_of(118) + 11)
    state = many.view_state()
    many.go(Place("issues", None, "is:resolved"))
    rest(qtbot, bridge, many)
    many.sort_by("last")
    many.go(Place("issues", None, "is:unresolved"))
    many.restore_state(state)
    rest(qtbot, bridge, many)
    qtbot.waitUntil(lambda: table.current_key() == key)
    assert table.row_rect(118).top() == -11
    assert many.list.feed.question.sort.value == "first"


def test_how_many_fit_is_counted_again_while_others_arrive(
    many: IssuesSection, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    assert many.list.note.text() == "300 issues"
    desk.add(an_event("NewError: x", timestamp=Micros(MORNING + HOUR)))
    bridge.take_changes((Change(ChangeKind.ISSUE_NEW, (301,)),))
    qtbot.waitUntil(lambda: many.list.note.text() == "301 issues", timeout=5_000)


# ---------------------------------------------------------------- rows stay where they are


class Stream:
    """Events that arrive: ten at a time, some of them new issues, most of issues that are shown."""

    def __init__(self, desk: FilledStore, bridge: Bridge) -> None:
        self._desk, self._bridge = desk, bridge
        self._n = 0

    def arrive(self) -> None:
        moment = Micros(MORNING + HOUR + self._n * MINUTE)
        self._n += 1
        names = [f"Error{(self._n * 7 + n * 31) % 300}: x" for n in range(9)] + [f"Brand{self._n}: new"]
        self._desk.add_all([(an_event(name, timestamp=moment),) for name in names], received=moment)
        ids = [row.id for row in page_issues(self._desk.db, IssueFilter(), limit=10)]
        self._bridge.take_changes(
            (Change(ChangeKind.ISSUE, tuple(ids[1:])), Change(ChangeKind.ISSUE_NEW, (ids[0],)))
        )


@pytest.mark.parametrize("scrolled", [True, False])
@pytest.mark.parametrize("group", ["", "kind"])
def test_rows_keep_their_pixels_while_two_hundred_events_a_second_arrive(
    many: IssuesSection, desk: FilledStore, bridge: Bridge, qtbot: QtBot, scrolled: bool, group: str
) -> None:
    many.group_by(group)
    rest(qtbot, bridge, many)
    table = many.list.list
    table.select_key(many.list.model.key_at(43 if scrolled else 3))
    if scrolled:
        table.verticalScrollBar().setValue(table.top_of(40) + 13)
    stream = Stream(desk, bridge)

    def places() -> dict[object, int]:
        return {many.list.model.key_at(at): table.row_rect(at).top() for at in table.visible_rows()}

    before = places()
    for beat in range(30):
        stream.arrive()
        qtbot.wait(50)
        assert places() == before
        if beat in (10, 20):
            press(many, Qt.Key.Key_J if beat == 10 else Qt.Key.Key_K)
            assert places() == before
    rest(qtbot, bridge, many)
    assert places() == before
    assert many.list.newer.isVisible()
    counts = {row.issue.id: row.issue.n for row in many.list.feed.issues()}
    assert any(n > 1 for n in counts.values())


def test_the_whole_state_can_be_asked_for_at_any_time(
    section: IssuesSection, bridge: Bridge, qtbot: QtBot
) -> None:
    asked: list[Callable[[], object]] = [section.view_state, section.title, section.has_groups]
    for ask in asked:
        ask()
    section.go(Place("issues", None, "is:unresolved nothing-like-it"))
    rest(qtbot, bridge, section)
    assert section.view_state()["first"] is None
