"""What a user of the list notices: tabs, rows that stay, undo, marks, errors, emptiness."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.support.builders import MORNING, an_event
from tests.support.desktop import StoreStation
from tests.support.store_rows import FilledStore
from tests.unit.desktop.issues.conftest import OpenSection, rest, titles
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.issues.section import IssuesSection
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.scope import Scope
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.issues import Status
from vedette.domain.times import HOUR, MINUTE, Micros
from vedette.store.queries.issues import IssueFilter, page_issues


def press(section: IssuesSection, key: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(section.list.list, key, modifiers or Qt.KeyboardModifier.NoModifier)


def press_where_the_focus_is(key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)


def arrive(desk: FilledStore, bridge: Bridge, title: str, minutes: int = 10) -> int:
    """Let an event arrive *minutes* after MORNING, and the window hear of it; return the issue."""
    moment = Micros(MORNING + minutes * MINUTE)
    known = {row.title for row in page_issues(desk.db, IssueFilter())}
    desk.add(an_event(title, timestamp=moment, received=moment), received=moment)
    number = next(row.id for row in page_issues(desk.db, IssueFilter()) if row.title == title)
    bridge.take_changes((Change(ChangeKind.ISSUE if title in known else ChangeKind.ISSUE_NEW, (number,)),))
    return number


def status_of(desk: FilledStore, title: str) -> Status:
    return next(row.status for row in page_issues(desk.db, IssueFilter()) if row.title.startswith(title))


# ---------------------------------------------------------------- what is listed


def test_unresolved_issues_are_listed_newest_first(section: IssuesSection) -> None:
    assert titles(section)[:3] == ["ZeroDivisionError", "TypeError", "EXC_BAD_ACCESS"]
    assert section.list.note.text() == "8 issues"
    assert section.list.bar.sort.text() == "sorted by last seen"


def test_tabs_show_counts_and_change_the_query(
    section: IssuesSection, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    section.list.list.select_key(section.list.model.key_at(0))
    section.acting.archive_until(escalating=True)
    rest(qtbot, bridge, section)
    button = section.list.tabs.findChild(object, "issues.tabs.archived")
    button.click()  # type: ignore[attr-defined]
    rest(qtbot, bridge, section)
    assert section.query == "is:archived"
    assert titles(section) == ["ZeroDivisionError"]
    qtbot.waitUntil(
        lambda: section.list.tabs.findChild(object, "issues.tabs.unresolved").text() == "Unresolved 7",  # type: ignore[attr-defined]
        timeout=5_000,
    )


def test_clicking_a_header_sorts_by_it(section: IssuesSection, bridge: Bridge, qtbot: QtBot) -> None:
    header = section.list.list.horizontalHeader()
    x = header.sectionViewportPosition(2) + 20
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, header.height() // 2))
    rest(qtbot, bridge, section)
    counts = [listed.issue.n for listed in section.list.model.rows]
    assert counts == sorted(counts, reverse=True)
    assert header.sortIndicatorSection() == 2
    assert section.list.bar.sort.text() == "sorted by events"


def test_the_model_is_sound(section: IssuesSection, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(section.list.model)


def test_only_the_scope_is_shown(section: IssuesSection, bridge: Bridge, qtbot: QtBot) -> None:
    section.set_scope(Scope(projects=(2,)))
    rest(qtbot, bridge, section)
    assert {listed.issue.project_slug for listed in section.list.model.rows} == {"storefront-web"}


def test_rows_stay_until_the_answer_to_another_query_is_there(
    section: IssuesSection, bridge: Bridge, qtbot: QtBot
) -> None:
    section.go(Place("issues", None, "is:unresolved database"))
    assert len(titles(section)) == 8
    rest(qtbot, bridge, section)
    assert titles(section) == ["OperationalError"]


@pytest.mark.parametrize(
    ("query", "column"), [('is:unresolved "open', 14), ("is:nonsense", 3), ("is:unresolved (pay", 14)]
)
def test_a_query_that_cannot_be_read_is_said_with_its_place_and_the_list_stays(
    query: str, column: int, section: IssuesSection, bridge: Bridge, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(section.queryFailed) as said:
        section.go(Place("issues", None, query))
    assert said.args[1] == column
    assert said.args[0]
    rest(qtbot, bridge, section)
    assert len(titles(section)) == 8


# ---------------------------------------------------------------- live


def test_rows_flow_in_when_nobody_is_reading(
    section: IssuesSection, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    arrive(desk, bridge, "NewError: just now")
    rest(qtbot, bridge, section)
    assert titles(section)[0] == "NewError"
    assert section.list.newer.isHidden()


def test_the_selected_row_stays_at_its_pixel_and_a_pill_counts_what_came(
    section: IssuesSection, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    section.resize(1200, 400)
    table = section.list.list
    key = section.list.model.key_at(2)
    table.select_key(key)
    top = table.row_rect(2).top()
    for n in range(3):
        arrive(desk, bridge, f"NewError{n}: just now", 10 + n)
    rest(qtbot, bridge, section)
    position = section.list.model.position_of(key)
    assert position == 5
    assert table.row_rect(position).top() == top
    assert table.current_key() == key
    assert section.list.newer.isVisible()
    assert section.list.newer.text() == "3 new issues"


def test_in_a_list_too_short_to_scroll_newer_rows_wait_and_are_counted(
    section: IssuesSection, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    table = section.list.list
    before = titles(section)
    key = section.list.model.key_at(2)
    table.select_key(key)
    for n in range(2):
        arrive(desk, bridge, f"NewError{n}: just now", 10 + n)
        rest(qtbot, bridge, section)
    assert titles(section) == before
    assert table.row_rect(2).top() == 2 * table.row_pixels
    assert section.list.newer.text() == "2 new issues"
    section.list.newer.click()
    rest(qtbot, bridge, section)
    assert titles(section)[:2] == ["NewError1", "NewError0"]


def test_the_order_is_frozen_while_a_row_is_selected_and_counts_still_rise(
    section: IssuesSection, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    before = titles(section)
    section.list.list.select_key(section.list.model.key_at(1))
    arrive(desk, bridge, "OperationalError: database is locked")
    rest(qtbot, bridge, section)
    assert titles(section) == before
    assert section.list.model.rows[4].issue.n == 3


def test_the_order_is_frozen_while_the_pointer_is_over_the_list(
    section: IssuesSection, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    before = titles(section)
    viewport = section.list.list.viewport()
    at = QPointF(50, 50)
    QGuiApplication.sendEvent(viewport, QEnterEvent(at, at, viewport.mapToGlobal(at)))
    viewport.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
    arrive(desk, bridge, "OperationalError: database is locked")
    rest(qtbot, bridge, section)
    assert titles(section) == before
    viewport.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    QGuiApplication.sendEvent(viewport, QEvent(QEvent.Type.Leave))
    section.list.feed.come_to_rest()  # what happens after ten quiet seconds
    rest(qtbot, bridge, section)
    assert titles(section)[0] == "OperationalError"


def test_the_pill_leads_to_the_top_in_the_order_of_now(
    section: IssuesSection, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    section.list.list.select_key(section.list.model.key_at(2))
    arrive(desk, bridge, "NewError: just now", 10)
    arrive(desk, bridge, "OperationalError: database is locked", 12)
    rest(qtbot, bridge, section)
    section.list.newer.click()
    rest(qtbot, bridge, section)
    assert titles(section)[:2] == ["OperationalError", "NewError"]
    assert section.list.newer.isHidden()


def test_a_stream_of_changes_reads_the_list_a_few_times_a_second(
    section: IssuesSection, desk: FilledStore, bridge: Bridge, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = section.list.feed._asking.ask
    monkeypatch.setattr(
        section.list.feed._asking, "ask", lambda kind, *a, **k: (asked.append(kind), ask(kind, *a, **k))
    )
    number = section.list.model.key_at(0)
    for _ in range(60):
        bridge.take_changes((Change(ChangeKind.ISSUE, (number,)),))  # type: ignore[arg-type]
        qtbot.wait(10)
    assert 1 <= asked.count("news") <= 5


# ---------------------------------------------------------------- doing


def test_e_resolves_at_once_and_the_row_stays_struck_until_left(
    section: IssuesSection, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    press(section, Qt.Key.Key_J)
    press(section, Qt.Key.Key_E)
    row = section.list.model.rows[0]
    assert (row.issue.status, row.is_gone) == (Status.RESOLVED, True)
    rest(qtbot, bridge, section)
    assert status_of(desk, "ZeroDivisionError") is Status.RESOLVED
    assert titles(section)[0] == "ZeroDivisionError"
    press(section, Qt.Key.Key_J)
    qtbot.waitUntil(lambda: titles(section)[0] == "TypeError")
    assert section.list.list.current_key() == section.list.model.key_at(0)


def test_undo_in_the_toast_takes_it_back(
    section: IssuesSection, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    press(section, Qt.Key.Key_J)
    press(section, Qt.Key.Key_E)
    rest(qtbot, bridge, section)
    assert section.toast.isVisible()
    assert section.toast.accessibleName() == "Resolved 1 issue"
    section.toast.findChild(object, "issues.toast.undo").click()  # type: ignore[attr-defined]
    rest(qtbot, bridge, section)
    assert status_of(desk, "ZeroDivisionError") is Status.UNRESOLVED
    row = section.list.model.rows[0]
    assert (row.issue.status, row.is_gone) == (Status.UNRESOLVED, False)
    assert not section.acting.can_undo()


def test_ctrl_z_takes_back_one_change_after_the_other(
    section: IssuesSection, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    press(section, Qt.Key.Key_J)
    press(section, Qt.Key.Key_S)
    rest(qtbot, bridge, section)
    section.acting.archive_until(escalating=True)
    rest(qtbot, bridge, section)
    press(section, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    rest(qtbot, bridge, section)
    row = page_issues(desk.db, IssueFilter())[0]
    assert (row.status, row.starred) == (Status.UNRESOLVED, True)
    press(section, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    rest(qtbot, bridge, section)
    assert not page_issues(desk.db, IssueFilter())[0].starred


@pytest.mark.parametrize(("key", "field"), [(Qt.Key.Key_S, "starred"), (Qt.Key.Key_U, "seen")])
def test_stars_and_read_marks_go_on_and_off_again(
    key: Qt.Key, field: str, section: IssuesSection, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    press(section, Qt.Key.Key_J)
    for expected in (True, False):
        press(section, key)
        rest(qtbot, bridge, section)
        assert getattr(page_issues(desk.db, IssueFilter())[0], field) is expected


def test_what_the_station_refuses_is_said_and_shown_as_it_was(
    section: IssuesSection, station: StoreStation, bridge: Bridge, qtbot: QtBot
) -> None:
    station.refuses = "The disk is full."
    press(section, Qt.Key.Key_J)
    press(section, Qt.Key.Key_E)
    rest(qtbot, bridge, section)
    assert "Nothing was changed: The disk is full." in section.list.banner.accessibleName()
    assert section.list.model.rows[0].issue.status is Status.UNRESOLVED
    assert not section.list.model.rows[0].is_gone


def test_x_marks_several_and_the_bar_takes_the_place_of_the_header(
    section: IssuesSection, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    table = section.list.list
    top = table.viewport().mapTo(section, table.row_rect(0).topLeft())
    for _ in range(3):
        press(section, Qt.Key.Key_J)
        press(section, Qt.Key.Key_X)
    bulk = section.list.bulk
    assert bulk.isVisible()
    assert bulk.accessibleName() == "3 selected"
    assert table.viewport().mapTo(section, table.row_rect(0).topLeft()) == top
    bulk.findChild(object, "issues.bulk.resolve").click()  # type: ignore[attr-defined]
    rest(qtbot, bridge, section)
    resolved = [row for row in page_issues(desk.db, IssueFilter()) if row.status is Status.RESOLVED]
    assert len(resolved) == 3
    assert bulk.isHidden()
    assert section.toast.accessibleName() == "Resolved 3 issues"
    section.acting.undo()
    rest(qtbot, bridge, section)
    assert all(row.status is Status.UNRESOLVED for row in page_issues(desk.db, IssueFilter()))


def test_ctrl_a_marks_the_whole_view_and_escape_lets_go(section: IssuesSection) -> None:
    press(section, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert section.list.bulk.accessibleName() == "8 selected - all in this view"
    press(section, Qt.Key.Key_Escape)
    assert section.list.bulk.isHidden()
    assert section.list.list.marked == set()


def test_shift_and_arrows_mark_too(section: IssuesSection) -> None:
    press(section, Qt.Key.Key_J)
    press(section, Qt.Key.Key_J, Qt.KeyboardModifier.ShiftModifier)
    assert len(section.list.list.marked) == 2
    assert section.list.bulk.isVisible()


def test_a_row_is_copied_as_text(section: IssuesSection, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().clear()
    press(section, Qt.Key.Key_J)
    press(section, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    begins = "DESK-1 ZeroDivisionError: division by zero\n"
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text().startswith(begins))


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_context_menu_offers_what_applies(section: IssuesSection, qtbot: QtBot) -> None:
    press(section, Qt.Key.Key_J)
    press(section, Qt.Key.Key_Period)
    menu = section.list.findChild(object, "issues.menu")
    actions = menu.actions()  # type: ignore[attr-defined]
    groups = " ".join("|" if action.isSeparator() else action.text().partition("\t")[0] for action in actions)
    assert groups == (
        "Open Open in new window Peek | Resolve Archive Priority Labels… Reopen Star or unstar "
        "Mark read or unread Mark for several | Compare with… Merge… | Filter | Copy | "
        "Delete Delete and discard events like it"
    )
    assert not [a.text() for a in actions if not a.isEnabled() and a.objectName() != "issue.compare"]
    menu.close()  # type: ignore[attr-defined]


# ---------------------------------------------------------------- the open issue


def test_enter_opens_the_issue_beside_a_narrow_list(
    section: IssuesSection, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    press(section, Qt.Key.Key_J)
    press(section, Qt.Key.Key_Return)
    rest(qtbot, bridge, section)
    assert section.detail is not None
    assert section.detail.isVisible()
    assert section.list.isVisible()
    assert section.list.list.isColumnHidden(2)
    assert section.title() == "ZeroDivisionError"
    assert page_issues(desk.db, IssueFilter())[0].seen


def test_j_steps_the_open_issue(section: IssuesSection, bridge: Bridge, qtbot: QtBot) -> None:
    press(section, Qt.Key.Key_J)
    press(section, Qt.Key.Key_Return)
    rest(qtbot, bridge, section)
    assert section.detail is not None
    section.detail.setFocus()
    press_where_the_focus_is(Qt.Key.Key_J)
    wanted = section.list.model.key_at(1)
    qtbot.waitUntil(lambda: section.detail is not None and section.detail.issue_id == wanted)
    rest(qtbot, bridge, section)
    assert section.list.list.current_key() == wanted


def test_the_open_issue_stays_open_when_a_newer_one_arrives(
    section: IssuesSection, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    press(section, Qt.Key.Key_J)
    press(section, Qt.Key.Key_Return)
    rest(qtbot, bridge, section)
    number = section.list.model.key_at(0)
    arrive(desk, bridge, "NewError: just now")
    rest(qtbot, bridge, section)
    assert section.detail is not None
    assert section.detail.issue_id == number
    assert section.list.list.current_key() == number


def test_a_double_click_between_list_and_detail_gives_the_usual_widths_back(
    section: IssuesSection, bridge: Bridge, qtbot: QtBot
) -> None:
    press(section, Qt.Key.Key_J)
    press(section, Qt.Key.Key_Return)
    rest(qtbot, bridge, section)
    usual = section.splitter.sizes()
    section.splitter.setSizes([600, 600])
    section.splitter.splitterMoved.emit(600, 1)
    assert section.splitter.sizes() != usual
    qtbot.mouseDClick(section.splitter.handle(1), Qt.MouseButton.LeftButton)
    assert section.splitter.sizes() == usual


def test_widths_drawn_by_the_user_come_back_with_the_next_issue(
    section: IssuesSection, bridge: Bridge, qtbot: QtBot
) -> None:
    press(section, Qt.Key.Key_J)
    press(section, Qt.Key.Key_Return)
    rest(qtbot, bridge, section)
    section.splitter.setSizes([500, 700])
    section.splitter.splitterMoved.emit(500, 1)
    drawn = section.splitter.sizes()
    section.step_out()
    press(section, Qt.Key.Key_Return)
    rest(qtbot, bridge, section)
    assert section.splitter.sizes() == drawn


def test_escape_leads_back_to_the_whole_list(section: IssuesSection, bridge: Bridge, qtbot: QtBot) -> None:
    press(section, Qt.Key.Key_J)
    press(section, Qt.Key.Key_Return)
    rest(qtbot, bridge, section)
    assert section.detail is not None
    section.detail.setFocus()
    press_where_the_focus_is(Qt.Key.Key_Escape)
    assert section.detail.isHidden()
    qtbot.waitUntil(lambda: not section.list.list.isColumnHidden(2))
    assert section.list.list.hasFocus()


def test_in_a_narrow_window_the_issue_takes_the_lists_place(
    desk: FilledStore, open_section: OpenSection, bridge: Bridge, qtbot: QtBot
) -> None:
    desk.add(an_event())
    section = open_section(width=640)
    press(section, Qt.Key.Key_J)
    press(section, Qt.Key.Key_Return)
    rest(qtbot, bridge, section)
    assert section.detail is not None
    assert section.detail.isVisible()
    assert section.list.isHidden()
    section.step_out()
    assert section.list.isVisible()


# ---------------------------------------------------------------- nothing to show


def test_before_anything_came_the_page_says_where_to_send_it(open_section: OpenSection, qtbot: QtBot) -> None:
    section = open_section()
    page = section.list.empty.first_run
    assert page is not None
    assert page.isVisible()
    assert page.width() > 1_000
    assert section.list.empty.accessibleName() == "Nothing received yet"
    with qtbot.waitSignal(section.navigate) as led:
        page.navigate.emit(Place("connect"))
    assert led.args[0] == Place("connect")


def test_the_first_error_takes_the_place_of_the_hint(
    open_section: OpenSection, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    section = open_section()
    arrive(desk, bridge, "FirstError: hello")
    rest(qtbot, bridge, section)
    assert titles(section) == ["FirstError"]
    assert section.list.list.isVisible()


def test_no_match_names_the_terms_with_their_own_hits_and_removes_any(
    section: IssuesSection, bridge: Bridge, qtbot: QtBot
) -> None:
    section.go(Place("issues", None, "is:unresolved browser:Opera database"))
    rest(qtbot, bridge, section)
    said = section.list.empty.accessibleName()
    assert "No issue matches" in said
    assert "browser:Opera  0 issues alone" in said
    assert "database  1 issue alone" in said
    cross = section.list.empty.findChild(object, "issues.empty.remove.0")
    assert cross.accessibleName() == "Remove browser:Opera"  # type: ignore[attr-defined]
    cross.click()  # type: ignore[attr-defined]
    rest(qtbot, bridge, section)
    assert section.query == "is:unresolved database"
    assert titles(section) == ["OperationalError"]


def test_no_match_can_leave_out_all_terms(section: IssuesSection, bridge: Bridge, qtbot: QtBot) -> None:
    section.go(Place("issues", None, "is:unresolved browser:Opera nowhere"))
    rest(qtbot, bridge, section)
    section.list.empty.findChild(object, "issues.empty.action").click()  # type: ignore[attr-defined]
    rest(qtbot, bridge, section)
    assert section.query == "is:unresolved"
    assert len(titles(section)) == 8


def test_when_all_is_resolved_that_is_said(section: IssuesSection, bridge: Bridge, qtbot: QtBot) -> None:
    section.list.list.mark_whole()
    section.acting.resolve()
    rest(qtbot, bridge, section)
    section.list.go_home()
    rest(qtbot, bridge, section)
    assert section.list.empty.isVisible()
    assert section.list.empty.accessibleName().startswith("Nothing open")
    assert "Resolved last: DESK-5, DESK-4, " in section.list.empty.accessibleName()
    first = section.list.empty.details.findChildren(QPushButton)[0]
    assert first.text().startswith("DESK-5  AssertionError")
    with qtbot.waitSignal(section.navigate) as led:
        first.click()
    assert led.args[0].id == int(first.objectName().rpartition(".")[2])


def test_an_empty_scope_offers_to_leave_it(section: IssuesSection, bridge: Bridge, qtbot: QtBot) -> None:
    section.set_scope(Scope(projects=(99,), span=HOUR))
    rest(qtbot, bridge, section)
    assert section.list.empty.accessibleName().startswith("Nothing in this scope")
    with qtbot.waitSignal(section.scopeCleared):
        section.list.empty.findChild(object, "issues.empty.action").click()  # type: ignore[attr-defined]


def test_what_shows_an_issue_is_made_before_one_is_opened(
    section: IssuesSection, bridge: Bridge, qtbot: QtBot
) -> None:
    assert section.detail is None
    section.warm()
    qtbot.waitUntil(lambda: section.detail is not None)
    made = section.detail
    assert not section.has_detail()
    section.warm()
    qtbot.waitUntil(lambda: bridge.is_settled)
    assert section.detail is made
