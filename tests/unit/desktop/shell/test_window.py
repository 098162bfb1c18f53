"""The window as its user knows it: going, keys, menus, pausing, looks, sizes."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QAction, QDesktopServices, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.support.builders import MORNING, an_event
from tests.support.desktop import StoreStation
from tests.support.store_rows import FilledStore
from tests.unit.desktop.shell.conftest import child, rest
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.bridge.state import Nearby, StationState
from vedette.desktop.sections import sections
from vedette.desktop.shell.menu_bar import quit_title
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.query_bar.draft import Off
from vedette.desktop.shell.scope import Scope
from vedette.desktop.shell.window import MainWindow
from vedette.desktop.theme.theme import Density, SchemeSetting, Theme
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.times import HOUR, Micros

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def press(
    window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)


def shown(window: MainWindow) -> str:
    return next(key for key, view in window.views.items() if view is window.stack.currentWidget())


# ---------------------------------------------------------------- going


def test_the_sidebar_leads_to_sections_and_shows_which_one(window: MainWindow, qtbot: QtBot) -> None:
    button = window.sidebar.buttons["traces"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert shown(window) == "traces"
    assert button.isChecked()
    assert not window.sidebar.buttons["issues"].isChecked()
    assert window.windowTitle() == "Vedette — Traces"


def test_the_sidebar_counts(window: MainWindow) -> None:
    assert window.sidebar.buttons["issues"].accessibleName() == "Issues, 8"


@pytest.mark.parametrize("way", ["Ctrl+2", "G T"])
def test_keys_lead_to_sections(way: str, window: MainWindow) -> None:
    if way == "G T":
        press(window, Qt.Key.Key_G)
        press(window, Qt.Key.Key_T)
    else:
        press(window, Qt.Key.Key_2, CTRL)
    assert shown(window) == "traces"


def test_the_first_key_of_two_is_shown_until_the_second(window: MainWindow) -> None:
    press(window, Qt.Key.Key_G)
    assert window.status.stroke.text() == "G …"
    press(window, Qt.Key.Key_T)
    assert window.status.stroke.text() == ""


def test_back_and_forward_bring_the_query_and_the_open_issue_back(
    window: MainWindow, bridge: Bridge, qtbot: QtBot
) -> None:
    issues = window.view("issues")
    number = issues.list.model.key_at(0)
    window.go_to(Place("issues", number))
    rest(qtbot, bridge)
    window.go_to(Place("traces"))
    press(window, Qt.Key.Key_Left, ALT)
    rest(qtbot, bridge)
    assert shown(window) == "issues"
    assert issues.has_detail()
    assert issues.detail.issue_id == number
    press(window, Qt.Key.Key_Left, ALT)
    assert not issues.has_detail()
    press(window, Qt.Key.Key_Right, ALT)
    assert issues.has_detail()
    press(window, Qt.Key.Key_Right, ALT)
    assert shown(window) == "traces"
    assert not window.scope.forward.isEnabled()


def test_the_mouse_has_buttons_for_back_and_forward(window: MainWindow) -> None:
    window.go_to(Place("traces"))
    for button, expected in ((Qt.MouseButton.BackButton, "issues"), (Qt.MouseButton.ForwardButton, "traces")):
        view = window.stack.currentWidget()
        at = QPointF(20, 20)
        event = QMouseEvent(
            QMouseEvent.Type.MouseButtonPress,
            at,
            view.mapToGlobal(at),
            button,
            button,
            Qt.KeyboardModifier.NoModifier,
        )
        # As from the desktop: to its window, whatever widget lies under the pointer.
        QApplication.sendEvent(window.windowHandle(), event)
        assert shown(window) == expected


def test_making_a_view_asks_no_event_filter_about_its_thousands_of_events(
    window: MainWindow, theme: Theme
) -> None:
    def count_asked(act: Callable[[], object]) -> int:
        asked: list[str] = []

        def note(frame: FrameType, kind: str, _: object) -> None:
            if kind != "call" or frame.f_code.co_name != "eventFilter":
                return
            asks = frame.f_locals.get("self")
            # Themes of tests before that are not collected yet have filters of their own.
            if not isinstance(asks, Theme) or asks is theme:
                asked.append(frame.f_code.co_qualname)

        sys.setprofile(note)
        try:
            act()
        finally:
            sys.setprofile(None)
        return len(asked)

    assert count_asked(lambda: window.view("traces")) < 100
    assert count_asked(lambda: QApplication.sendEvent(window, QEvent(QEvent.Type.Show))) > 0, "they are back"


class ShownWindows(QObject):
    """Notes what is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def test_a_part_of_a_view_that_is_made_is_at_no_moment_a_window(bridge: Bridge, theme: Theme) -> None:
    shown = ShownWindows()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(shown)
    window = MainWindow(bridge, theme, sections())
    for key in window.sections:
        view = window.view(key)
        if hasattr(view, "warm"):
            view.warm()
    window.view("issues")._made_detail()
    app.removeEventFilter(shown)
    window.close()
    window.deleteLater()
    assert shown.seen == []


def test_a_section_keeps_its_query_while_one_is_elsewhere(
    window: MainWindow, bridge: Bridge, qtbot: QtBot
) -> None:
    window.go_to(Place("issues", None, "is:unresolved database"))
    window.go_to(Place("traces"))
    window.go_to(Place("issues"))
    rest(qtbot, bridge)
    assert window.scope.query.text() == "is:unresolved database"
    assert len(window.view("issues").list.model.rows) == 1


def test_a_section_that_is_not_there_leads_nowhere(window: MainWindow) -> None:
    window.go_to(Place("profiles"))
    assert shown(window) == "issues"


# ---------------------------------------------------------------- searching


def test_slash_leads_to_the_search_and_typing_filters(
    window: MainWindow, bridge: Bridge, qtbot: QtBot
) -> None:
    press(window, Qt.Key.Key_Slash)
    edit = QApplication.focusWidget()
    assert edit is not None
    assert edit.objectName() == "scope.query.edit"
    QTest.keyClicks(edit, "database")
    qtbot.waitUntil(lambda: len(window.view("issues").list.model.rows) == 1, timeout=5_000)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is window.view("issues").list.list


def test_a_bad_query_is_said_under_the_field_with_its_place(window: MainWindow, qtbot: QtBot) -> None:
    window.scope.query.set_text("")
    press(window, Qt.Key.Key_Slash)
    edit = QApplication.focusWidget()
    assert edit is not None
    QTest.keyClicks(edit, "is:nonsense ")
    assert window.scope.note.isVisible()
    assert window.scope.note.text().startswith("'is:nonsense' is unknown.")
    assert window.scope.note.text().endswith("(at character 4)")
    window.go_to(Place("issues", None, "is:unresolved"))
    qtbot.waitUntil(lambda: window.scope.note.isHidden())


def test_the_tab_shows_as_a_chip_in_the_field(window: MainWindow, bridge: Bridge, qtbot: QtBot) -> None:
    assert [part.text for part in window.scope.query.parts()] == ["is:unresolved"]
    child(window.view("issues"), "issues.tabs.archived").click()  # type: ignore[attr-defined]
    rest(qtbot, bridge)
    assert [part.text for part in window.scope.query.parts()] == ["is:archived"]


# ---------------------------------------------------------------- scope


def test_a_project_is_chosen_from_its_menu_and_holds_for_all_sections(
    window: MainWindow, bridge: Bridge, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _at: opened.append(menu))
    window.scope.project.click()
    actions = {action.text(): action for action in opened[0].actions() if not action.isSeparator()}
    assert list(actions) == ["All projects", "desk", "storefront-web"]
    actions["storefront-web"].trigger()
    rest(qtbot, bridge)
    assert {listed.issue.project_slug for listed in window.view("issues").list.model.rows} == {
        "storefront-web"
    }
    assert window.scope.project.text() == "storefront-web"
    assert window.scope.project.accessibleName() == "Projects: storefront-web"


def test_run_and_time_are_chosen_too(
    window: MainWindow, bridge: Bridge, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _at: opened.append(menu))
    window.scope.run.click()
    window.scope.time.click()
    assert opened[0].actions()[0].text() == "All runs"
    assert opened[0].actions()[0].isChecked()
    next(action for action in opened[1].actions() if action.text() == "Last hour").trigger()
    assert window.scope.scope == Scope(span=HOUR)
    assert window.scope.time.text() == "Last hour"


# ---------------------------------------------------------------- live


def test_pausing_holds_the_views_and_says_how_much_waits(
    window: MainWindow, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    press(window, Qt.Key.Key_Space, CTRL | ALT)
    moment = Micros(MORNING + HOUR)
    desk.add(an_event("LateError: while paused", timestamp=moment, received=moment))
    bridge.take_changes((Change(ChangeKind.ISSUE_NEW, (9,)), Change(ChangeKind.EVENT, (1, 2, 3))))
    qtbot.waitUntil(lambda: window.scope.live.text() == "Paused · 3 waiting")
    assert window.status.paused.text() == "Paused - 3 waiting"
    assert len(window.view("issues").list.model.rows) == 8
    window.scope.live.click()
    qtbot.waitUntil(lambda: len(window.view("issues").list.model.rows) == 9, timeout=5_000)
    assert window.scope.live.text() == "Live"
    assert window.status.paused.isHidden()


def test_the_card_shows_the_station_and_stations_nearby(
    window: MainWindow, bridge: Bridge, qtbot: QtBot
) -> None:
    assert window.sidebar.card.state.text() == "Read only"
    bridge.set_station(
        StationState(
            attached=True,
            listening=True,
            addresses=("127.0.0.1:8969", "192.168.1.20:8969"),
            lan=True,
            senders=3,
            rate=12,
            queue=7,
            nearby=(Nearby("ab", "qa-bench-2"),),
        )
    )
    card = window.sidebar.card
    assert (card.state.text(), card.lan.text(), card.address.text()) == (
        "Listening",
        "LAN",
        "192.168.1.20:8969",
    )
    assert card.rate.text() == "3 apps connected · 12 ev/min"
    assert window.status.queue.text() == "Queue 7"
    qtbot.waitUntil(lambda: child(window, "nearby.ab").isVisible())
    assert child(window, "nearby.ab").accessibleName() == "qa-bench-2, 0 projects"
    bridge.set_station(StationState(attached=True, base_url="http://127.0.0.1:8969", trouble="gone"))
    assert card.state.text() == "Not reached"
    assert window.banner.accessibleName() == "warning: gone"


def test_the_status_bar_says_how_much_there_is(window: MainWindow) -> None:
    assert window.status.store.text().startswith("vedette.db · 31 events · ")


def test_a_new_run_is_asked_of_the_station(
    window: MainWindow, station: StoreStation, bridge: Bridge, qtbot: QtBot
) -> None:
    window.commands.run("run.start")
    rest(qtbot, bridge)
    assert [(method, path) for method, path, _ in station.calls] == [("POST", "/runs/")]


# ---------------------------------------------------------------- looks


@pytest.mark.parametrize("setting", [SchemeSetting.DARK, SchemeSetting.CONTRAST])
def test_colours_change_at_once(
    setting: SchemeSetting, window: MainWindow, theme: Theme, qtbot: QtBot
) -> None:
    light = window.grab().toImage().pixelColor(window.width() // 2, window.height() - 60)
    assert light.lightness() > 200
    window.commands.run(f"view.{setting.value}")
    dark = window.grab().toImage().pixelColor(window.width() // 2, window.height() - 60)
    assert dark.lightness() < 60
    assert window.commands.action(f"view.{setting.value}").isChecked()


def test_density_changes_the_height_of_rows_at_once(window: MainWindow) -> None:
    table = window.view("issues").list.list
    before = table.row_pixels
    window.commands.run(f"view.{Density.COMPACT.value}")
    assert table.row_pixels < before


def test_text_grows_and_returns_to_its_usual_size(window: MainWindow, theme: Theme) -> None:
    usual = theme.font("body").pointSizeF()
    press(window, Qt.Key.Key_Plus, CTRL)
    assert theme.font("body").pointSizeF() > usual
    press(window, Qt.Key.Key_0, CTRL)
    assert theme.font("body").pointSizeF() == usual


def test_in_a_narrow_window_the_sidebar_makes_way_unless_the_user_wants_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(700, 600)
    qtbot.waitUntil(lambda: window.sidebar.isHidden())
    assert window.scope.project.text() == ""
    press(window, Qt.Key.Key_B, CTRL)
    assert window.sidebar.isVisible()
    window.resize(690, 600)
    assert window.sidebar.isVisible()


# ---------------------------------------------------------------- commands and keys


def test_f6_goes_through_all_panes_and_back_to_the_first(window: MainWindow) -> None:
    visited: list[str] = []
    for _ in range(5):
        press(window, Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        assert focus is not None
        visited.append(
            next(pane.objectName() for pane in window.panes() if pane is focus or pane.isAncestorOf(focus))
        )
    assert set(visited) == {"scope", "sidebar", "issues", "status"}
    assert visited[0] == visited[4]


def test_single_letters_can_be_switched_off(window: MainWindow) -> None:
    window.commands.run("view.letters")
    press(window, Qt.Key.Key_G)
    press(window, Qt.Key.Key_T)
    assert shown(window) == "issues"
    press(window, Qt.Key.Key_2, CTRL)
    assert shown(window) == "traces"


def test_question_mark_shows_the_keys_of_this_place(window: MainWindow, qtbot: QtBot) -> None:
    window.view("issues").list.list.setFocus()
    press(window, Qt.Key.Key_Question)
    sheet = child(window, "sheet")
    texts = {label.text() for label in sheet.findChildren(QWidget) if hasattr(label, "text")}
    assert {"Resolve", "Back", "Issues", "Everywhere"} <= texts
    assert "Next match" not in texts
    sheet.close()


def test_every_command_is_reached_by_palette_menu_or_key(
    window: MainWindow, bridge: Bridge, qtbot: QtBot
) -> None:
    for key in window.sections:
        window.go_to(Place(key))
    rest(qtbot, bridge)
    in_menus: set[str] = set()
    for menu in window.menuBar().findChildren(QMenu):
        menu.aboutToShow.emit()
        in_menus |= {action.objectName() for action in menu.actions()}
    buttons = {button.objectName() for button in window.findChildren(QAbstractButton)}
    lost = [
        command.id
        for command in window.commands.commands()
        if command.id not in in_menus
        and not command.keys
        and not command.listed
        and f"{command.id}.button" not in buttons
    ]
    assert [command for command in lost if "column" not in command] == []
    assert {"issue.resolve", "go.traces", "view.dark", "app.quit", "live.pause"} <= in_menus


def test_menus_name_every_entry_and_no_two_menus_share_a_mnemonic(window: MainWindow) -> None:
    titles = [action.text() for action in window.menuBar().actions()]
    letters = [title[title.index("&") + 1] for title in titles]
    assert len(set(letters)) == len(letters)
    for menu in window.menuBar().findChildren(QMenu):
        for action in menu.actions():
            assert action.isSeparator() or action.text()


def test_closing_is_told_once(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.closed):
        press(window, Qt.Key.Key_W, CTRL)
    assert window.isHidden()


def test_the_first_frame_comes_before_any_view(bridge: Bridge, theme: Theme, qtbot: QtBot) -> None:
    from vedette.desktop.sections import sections

    window = MainWindow(bridge, theme, sections())
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.firstPainted):
        window.show()
    assert window.views == {}
    window.close()


# ---------------------------------------------------------------- panes and layouts


def test_the_sidebar_is_drawn_wider_kept_so_and_put_back_by_a_double_click(
    window: MainWindow, bridge: Bridge, qtbot: QtBot
) -> None:
    usual = window.sidebar.width()
    splitter = window.arrangement.splitter
    window.sidebar.buttons["issues"].setFocus()
    window.commands.run("view.resize")
    assert window.status.stroke.text() == "Arrows move the edge, Esc ends"
    press(window, Qt.Key.Key_Right, ALT)
    press(window, Qt.Key.Key_Right)
    press(window, Qt.Key.Key_Escape)
    assert window.status.stroke.text() == ""
    assert window.sidebar.width() == usual + 32
    assert bridge.preferences.get("layout.sidebar", 0) == usual + 32
    again = MainWindow(bridge, window._theme, sections())
    qtbot.addWidget(again)
    again.show()
    assert again.sidebar.width() == usual + 32
    again.close()
    qtbot.mouseDClick(splitter.handle(1), Qt.MouseButton.LeftButton)
    assert window.sidebar.width() == usual
    assert not bridge.preferences.is_set("layout.sidebar")


def test_keys_choose_how_list_and_issue_share_the_room(
    window: MainWindow, bridge: Bridge, qtbot: QtBot
) -> None:
    section = window.view("issues")
    window.go_to(Place("issues", section.list.model.key_at(0)))
    rest(qtbot, bridge)
    press(window, Qt.Key.Key_2, ALT)
    assert section.splitter.orientation() == Qt.Orientation.Vertical
    press(window, Qt.Key.Key_3, ALT)
    assert not section.list.isVisible()
    press(window, Qt.Key.Key_1, ALT)
    assert section.list.isVisible()
    assert section.splitter.orientation() == Qt.Orientation.Horizontal
    assert window.commands.action("view.layout_right").isChecked()


def test_the_open_issue_is_put_away_and_brought_back(
    window: MainWindow, bridge: Bridge, qtbot: QtBot
) -> None:
    section = window.view("issues")
    number = section.list.model.key_at(0)
    assert not window.commands.run("view.detail")
    window.go_to(Place("issues", number))
    rest(qtbot, bridge)
    press(window, Qt.Key.Key_B, CTRL | ALT)
    assert not section.has_detail()
    press(window, Qt.Key.Key_B, CTRL | ALT)
    rest(qtbot, bridge)
    assert section.has_detail()
    assert section.detail.issue_id == number


def test_the_strip_shows_only_the_list_and_opens_things_beside(
    window: MainWindow, bridge: Bridge, qtbot: QtBot
) -> None:
    size = window.size()
    window.commands.run("view.compact_window")
    assert (window.width(), window.height()) == (420, 640)
    assert window.isVisible()
    assert window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    section = window.view("issues")
    with qtbot.waitSignal(window.newWindowWanted) as wanted:
        section.list.opened.emit(section.list.model.key_at(0))
    assert wanted.args == [Place("issues", section.list.model.key_at(0), section.query)]
    assert not section.has_detail()
    window.commands.run("view.compact_window")
    assert window.size() == size
    assert not window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    rest(qtbot, bridge)


# ---------------------------------------------------------------- sections one was in


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_ctrl_tab_leads_through_the_sections_as_one_was_in_them(
    window: MainWindow, bridge: Bridge, qtbot: QtBot
) -> None:
    number = window.view("issues").list.model.key_at(0)
    window.go_to(Place("issues", number))
    window.go_to(Place("traces"))
    window.go_to(Place("settings"))
    rest(qtbot, bridge)
    press(window, Qt.Key.Key_Tab, CTRL)
    assert window.switcher.isVisible()
    listed = window.switcher.list
    assert [listed.item(n).text() for n in range(listed.count())] == ["Settings", "Traces", "Issues"]
    QTest.keyRelease(listed, Qt.Key.Key_Control)
    assert not window.switcher.isVisible()
    assert shown(window) == "traces"
    window.commands.run("go.recent")
    QTest.keyClick(listed, Qt.Key.Key_Tab, CTRL)
    QTest.keyRelease(listed, Qt.Key.Key_Control)
    rest(qtbot, bridge)
    assert shown(window) == "issues"
    assert window.view("issues").detail.issue_id == number
    window.commands.run("go.recent")
    QTest.keyClick(listed, Qt.Key.Key_Escape)
    assert shown(window) == "issues"


def test_ctrl_l_leaves_only_what_arrives_and_the_cross_brings_the_rest_back(
    window: MainWindow, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    model = window.view("issues").list.model
    press(window, Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: model.rows == [] and bridge.is_settled)
    window.scope.all_time.click()
    qtbot.waitUntil(lambda: len(model.rows) == 8 and bridge.is_settled)


def test_letters_are_switched_off_in_every_window_and_from_then_on(
    window: MainWindow, bridge: Bridge, qtbot: QtBot
) -> None:
    other = MainWindow(bridge, window._theme, sections())
    qtbot.addWidget(other)
    window.commands.run("view.letters")
    assert not other.letters_enabled()
    other.commands.run("view.letters")
    assert window.letters_enabled()
    other.close()


def test_help_leads_to_the_pages_on_this_disk(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    window.commands.run("app.documentation")
    assert (Path(opened[0]) / "window.md").is_file()


@pytest.mark.parametrize(("platform", "title"), [("win32", "Exit"), ("linux", "Quit"), ("darwin", "Quit")])
def test_ending_is_called_as_the_platform_calls_it(platform: str, title: str) -> None:
    assert quit_title(platform) == title


def test_macos_finds_about_settings_and_quit_for_its_own_menu(window: MainWindow) -> None:
    roles = {
        name: window.commands.action(name).menuRole() for name in ("app.about", "go.settings", "app.quit")
    }
    assert roles == {
        "app.about": QAction.MenuRole.AboutRole,
        "go.settings": QAction.MenuRole.PreferencesRole,
        "app.quit": QAction.MenuRole.QuitRole,
    }
    assert window.commands.action("view.dark").menuRole() == QAction.MenuRole.NoRole


# ---------------------------------------------------------------- terms that are switched off


def test_what_is_switched_off_is_part_of_the_way_back(
    window: MainWindow, bridge: Bridge, qtbot: QtBot
) -> None:
    window.go_to(Place("issues", None, "is:unresolved database"))
    bar = window.scope.query
    bar.chips.setFocus()
    QTest.keyClick(bar.chips, Qt.Key.Key_End)
    QTest.keyClick(bar.chips, Qt.Key.Key_Space)
    rest(qtbot, bridge)
    assert bar.off() == (Off(1, "database"),)
    assert len(window.view("issues").list.model.rows) == 8
    window.go_back()
    assert bar.off() == ()
    assert bar.text() == "is:unresolved database"
    window.go_forward()
    assert bar.off() == (Off(1, "database"),)
    QTest.keyClick(bar.chips, Qt.Key.Key_Space)
    assert bar.text() == "is:unresolved database"
    rest(qtbot, bridge)
    assert len(window.view("issues").list.model.rows) == 1


def test_what_is_switched_off_stays_while_issues_are_opened_and_tabs_are_changed(
    window: MainWindow, bridge: Bridge, qtbot: QtBot
) -> None:
    off = (Off(1, "level:error"),)
    window.go_to(Place("issues", None, "is:unresolved", off=off))
    rest(qtbot, bridge)
    window.go_to(Place("issues", window.view("issues").list.model.rows[0].issue.id, "is:unresolved"))
    assert window.scope.query.off() == off
    window.go_to(Place("traces"))
    window.go_to(Place("issues"))
    assert window.scope.query.off() == off
    child(window.view("issues"), "issues.tabs.archived").click()  # type: ignore[attr-defined]
    assert window.scope.query.off() == off
    window.go_to(Place("issues", None, "another"))
    assert window.scope.query.off() == ()


def test_removing_what_is_switched_off_leaves_an_open_issue_open(
    window: MainWindow, bridge: Bridge, qtbot: QtBot
) -> None:
    window.go_to(Place("issues", None, "is:unresolved", off=(Off(1, "level:error"),)))
    rest(qtbot, bridge)
    number = window.view("issues").list.model.rows[0].issue.id
    window.go_to(Place("issues", number, "is:unresolved"))
    bar = window.scope.query
    bar.chips.setFocus()
    QTest.keyClick(bar.chips, Qt.Key.Key_End)
    QTest.keyClick(bar.chips, Qt.Key.Key_Delete)
    assert window.history.current == Place("issues", number, "is:unresolved")


def test_values_are_offered_with_what_the_store_has(window: MainWindow, bridge: Bridge, qtbot: QtBot) -> None:
    press(window, Qt.Key.Key_Slash)
    bar = window.scope.query
    QTest.keyClicks(bar.edit, "project:")
    qtbot.waitUntil(
        lambda: "storefront-web" in [one.label for one in bar.completing.popup.suggestions()], timeout=5_000
    )
    assert QApplication.focusWidget() is bar.edit


def test_values_are_offered_with_how_many_events_have_them(
    window: MainWindow, bridge: Bridge, qtbot: QtBot
) -> None:
    press(window, Qt.Key.Key_Slash)
    bar = window.scope.query
    QTest.keyClicks(bar.edit, "release:")

    def counts() -> dict[str, int | None]:
        return {one.label: one.count for one in bar.completing.popup.suggestions()}

    qtbot.waitUntil(lambda: counts().get("shop@1.0") == 31, timeout=5_000)
