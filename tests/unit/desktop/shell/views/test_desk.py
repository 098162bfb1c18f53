import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QMenu
from pytestqt.qtbot import QtBot

from tests.support.builders import MORNING, an_event
from tests.support.store_rows import FilledStore
from tests.unit.desktop.shell.conftest import child, rest
from tests.unit.desktop.shell.views.conftest import ViewStation
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.query_bar.draft import Off
from vedette.desktop.shell.scope import Scope
from vedette.desktop.shell.views.panel import SHOWN, ViewButton
from vedette.desktop.shell.window import MainWindow
from vedette.domain.changes import Change, ChangeKind


class Views:
    """The views of a window, and what tests do with them."""

    def __init__(self, window: MainWindow, station: ViewStation, bridge: Bridge, qtbot: QtBot) -> None:
        self.window, self.station, self._bridge, self._qtbot = window, station, bridge, qtbot
        self.desk = window.saved_views
        self.desk.feed.read()
        self.rest()

    def rest(self) -> None:
        rest(self._qtbot, self._bridge)
        self._qtbot.waitUntil(lambda: self.desk.feed.is_settled, timeout=8_000)

    def go(self, query: str, off: tuple[Off, ...] = ()) -> None:
        self.window.go_to(Place("issues", None, query, off=off))
        self.rest()

    def save(self, name: str, query: str, off: tuple[Off, ...] = ()) -> None:
        self.go(query, off)
        self.desk.save_as(name)
        self.rest()

    def names(self) -> list[str]:
        return [view.name for view in self.desk.feed.own()]

    def button(self, name: str) -> ViewButton:
        buttons = self.window.sidebar.findChildren(ViewButton)
        return next(button for button in buttons if button.view.name == name and not button.isHidden())

    def said(self) -> str:
        return self.window.scope.view.accessibleName()

    @property
    def current(self) -> str:
        return self.desk.current.name if self.desk.current else ""


@pytest.fixture
def views(window: MainWindow, station: ViewStation, bridge: Bridge, qtbot: QtBot) -> Views:
    return Views(window, station, bridge, qtbot)


def test_views_that_are_always_there_have_counters_and_open(views: Views) -> None:
    assert views.button("Unresolved").accessibleName() == "View Unresolved, 8"
    assert views.button("Archived").accessibleName() == "View Archived, 0"
    assert views.current == "Unresolved"
    views.button("Archived").click()
    views.rest()
    assert views.window.scope.query.text() == "is:archived"
    assert views.button("Archived").isChecked()
    assert views.said() == "View: Archived"


def test_a_counter_follows_what_arrives(views: Views, desk: FilledStore, bridge: Bridge) -> None:
    desk.add(an_event("KeyError: one more", timestamp=MORNING, received=MORNING))
    bridge.take_changes((Change(ChangeKind.ISSUE_NEW, (9,)),))
    views.rest()
    assert views.button("Unresolved").accessibleName() == "View Unresolved, 9"


def test_a_search_is_saved_with_what_is_switched_off_and_opened_again(views: Views) -> None:
    views.window.take_scope(Scope(projects=(1,)))
    views.save("Mine", "is:unresolved database", (Off(1, "level:error"),))
    assert views.current == "Mine"
    assert views.button("Mine").accessibleName() == "View Mine, 1"
    views.window.take_scope(Scope())
    views.go("is:archived")
    assert views.current == "Archived"
    views.button("Mine").click()
    views.rest()
    bar = views.window.scope
    assert (bar.query.text(), bar.query.off()) == ("is:unresolved database", (Off(1, "level:error"),))
    assert bar.scope == Scope(projects=(1,))
    assert not views.desk.is_modified


def test_a_view_that_is_changed_is_marked_saved_and_reset(views: Views, qtbot: QtBot) -> None:
    views.save("Mine", "is:unresolved database")
    views.window.scope.query.edit.setFocus()
    QTest.keyClicks(views.window.scope.query.edit, "level:error ")
    views.rest()
    assert views.said() == "View: Mine, modified"
    assert views.button("Mine").accessibleName().endswith(", modified")
    views.desk.reset()
    views.rest()
    assert views.window.scope.query.text() == "is:unresolved database"
    assert views.said() == "View: Mine"
    views.go("is:unresolved database level:warning")
    assert views.said() == "View: Mine, modified"
    views.desk.save()
    views.rest()
    assert views.said() == "View: Mine"
    assert views.desk.feed.own()[0].looked.query == "is:unresolved database level:warning"
    child(views.window, "views.toast.undo").click()  # type: ignore[attr-defined]
    views.rest()
    assert views.desk.feed.own()[0].looked.query == "is:unresolved database"


def test_the_order_of_the_list_is_part_of_a_view(views: Views) -> None:
    views.window.view("issues").sort_by("users")
    views.save("By users", "is:unresolved")
    views.window.view("issues").sort_by("last")
    views.rest()
    assert views.current == "Unresolved", "which says nothing of the order"
    views.button("By users").click()
    views.rest()
    assert views.window.view("issues").list_options()[0] == "users"


def test_a_search_that_is_no_view_is_none(views: Views) -> None:
    views.go("is:unresolved database")
    assert views.current == ""
    assert views.said() == "Save this search as a view"
    views.window.go_to(Place("settings"))
    assert not views.desk.can_save
    assert not views.window.scope.view.isVisible()


def test_a_view_is_renamed_duplicated_moved_and_deleted_with_a_way_back(
    views: Views, monkeypatch: pytest.MonkeyPatch
) -> None:
    views.save("A", "level:error")
    views.save("B", "level:warning")
    first = views.desk.feed.own()[0]
    monkeypatch.setattr(QInputDialog, "getText", lambda *_args, **_more: ("  New   name ", True))
    views.desk.ask_to_rename(first)
    views.rest()
    assert views.names() == ["New name", "B"]
    views.desk.duplicate(first)
    views.rest()
    assert views.names() == ["New name", "B", "A (copy)"]
    button = views.button("B")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    views.rest()
    assert views.names() == ["B", "New name", "A (copy)"]
    assert views.button("B").hasFocus()
    QTest.keyClick(views.button("New name"), Qt.Key.Key_Delete)
    views.rest()
    assert views.names() == ["B", "A (copy)"]
    child(views.window, "views.toast.undo").click()  # type: ignore[attr-defined]
    views.rest()
    assert views.names() == ["B", "New name", "A (copy)"]


def test_views_always_there_are_hidden_and_brought_back(views: Views) -> None:
    starred = views.desk.feed.find("starred")
    assert starred is not None
    views.desk.delete(starred)
    views.rest()
    assert "Starred" not in [view.name for view in views.desk.feed.views()]
    menu = QMenu()
    views.desk.fill_bar_menu(menu)
    next(action for action in menu.actions() if action.text() == "Show hidden views again").trigger()
    views.rest()
    assert views.button("Starred").isVisible()


def test_the_menu_of_the_bar_offers_what_can_be_done(views: Views) -> None:
    views.save("A & B", "level:error")
    views.go("level:error database")
    menu = QMenu()
    views.desk.fill_bar_menu(menu)
    titles = [action.text() for action in menu.actions() if action.text()]
    assert titles[:3] == ["Save “A && B”", "Reset to “A && B”", "Save as a new view…"]
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["A && B"]
    row = QMenu()
    view = views.desk.current
    assert view is not None
    views.desk.fill_row_menu(row, view)
    assert [action.text() for action in row.actions() if action.text()] == [
        "Open", "Save what is shown here", "Rename…", "Duplicate", "Delete",
    ]  # fmt: skip


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_views_and_what_is_done_with_them_are_in_the_palette(views: Views) -> None:
    views.save("Checkout trouble", "level:error")
    views.go("is:archived")
    views.window.open_palette("checkout")
    titles = [entry.title for entry in views.window.palette_box.model.entries]
    assert titles[0] == "Checkout trouble"
    entry = views.window.palette_box.model.entries[0]
    assert entry.does is not None
    entry.does()
    views.rest()
    assert views.window.scope.query.text() == "level:error"
    views.window.palette_box.hide()
    assert views.window.commands.command("saved_view.rename").when()
    assert not views.window.commands.command("saved_view.save").when()


def test_more_views_than_there_is_room_for_are_folded(views: Views) -> None:
    for number in range(SHOWN):
        views.desk.save_as(f"View {number}")
        views.rest()
    more = child(views.window, "views.more")
    assert more.text() == "5 more views"  # type: ignore[attr-defined]
    more.click()  # type: ignore[attr-defined]
    views.rest()
    assert views.button(f"View {SHOWN - 1}").isVisible()


def test_what_a_station_refuses_is_said(views: Views) -> None:
    views.station.refuses = "There can be 500 saved views."
    views.desk.save_as("One too many")
    views.rest()
    assert views.window.banner.isVisible()
    assert views.names() == []


def test_tab_goes_from_the_section_through_its_views(views: Views) -> None:
    views.save("Mine", "level:error")
    views.window.sidebar.buttons["issues"].setFocus()
    names = []
    for _ in range(6):
        views.window.focusNextChild()
        focus = views.window.focusWidget()
        names.append(focus.objectName() if focus is not None else "")
    mine = views.desk.feed.own()[0].id
    expected = ["unresolved", "new", "regressed", "archived", "starred", mine]
    assert names == [f"views.{one}" for one in expected]
