"""One box for commands, places and pasted ids."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.support.builders import a_trace, an_event
from tests.support.desktop import StoreStation
from tests.support.store_rows import FilledStore
from tests.unit.desktop.shell.conftest import rest
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.preferences import Preferences
from vedette.desktop.sections import sections
from vedette.desktop.shell.palette import Palette
from vedette.desktop.shell.palette_recent import COMMANDS, PLACES, Recent
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.scope import Scope
from vedette.desktop.shell.window import MainWindow
from vedette.desktop.theme.theme import SchemeSetting, Theme
from vedette.domain.times import MINUTE

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

EVENT, TRACE = bytes(range(16)), bytes(range(16, 32))


@pytest.fixture
def palette(window: MainWindow) -> Palette:
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.palette_box.isVisible()
    return window.palette_box


def type_in(palette: Palette, text: str, bridge: Bridge, qtbot: QtBot) -> list[str]:
    palette.edit.setText(text)
    rest(qtbot, bridge)
    assert palette.is_settled
    return [entry.title for entry in palette.model.entries]


def test_a_command_is_found_by_a_few_letters_and_run_by_enter(
    palette: Palette, theme: Theme, bridge: Bridge, qtbot: QtBot
) -> None:
    assert type_in(palette, "dark", bridge, qtbot)[0] == "Dark colours"
    QTest.keyClick(palette.edit, Qt.Key.Key_Return)
    assert theme.setting is SchemeSetting.DARK
    assert palette.isHidden()


def test_a_section_is_gone_to_with_the_arrows(
    palette: Palette, window: MainWindow, bridge: Bridge, qtbot: QtBot
) -> None:
    titles = type_in(palette, ">traces", bridge, qtbot)
    for _ in range(titles.index("Traces")):
        QTest.keyClick(palette.edit, Qt.Key.Key_Down)
    QTest.keyClick(palette.edit, Qt.Key.Key_Return)
    assert window.windowTitle() == "Vedette — Traces"


def test_keys_stand_beside_commands(palette: Palette, bridge: Bridge, qtbot: QtBot) -> None:
    type_in(palette, "sidebar", bridge, qtbot)
    assert palette.model.entries[0].more == "Ctrl+B"


def test_a_short_id_jumps_to_the_issue(
    palette: Palette, window: MainWindow, bridge: Bridge, qtbot: QtBot
) -> None:
    assert type_in(palette, "DESK-3", bridge, qtbot)[0] == "OperationalError: database is locked"
    QTest.keyClick(palette.edit, Qt.Key.Key_Return)
    rest(qtbot, bridge)
    section = window.view("issues")
    assert section.has_detail()
    assert section.title() == "OperationalError"


def test_a_pasted_event_id_jumps_to_that_event(
    palette: Palette, window: MainWindow, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    desk.add(an_event("PastedError: here", event_id=EVENT))
    type_in(palette, EVENT.hex(), bridge, qtbot)
    QTest.keyClick(palette.edit, Qt.Key.Key_Return)
    rest(qtbot, bridge)
    assert window.history.current is not None
    assert window.history.current.extra == EVENT.hex()
    assert window.view("issues").title() == "PastedError"


def test_a_pasted_trace_id_jumps_to_the_trace(
    palette: Palette, window: MainWindow, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    desk.add(a_trace(trace_id=TRACE))
    type_in(palette, TRACE.hex(), bridge, qtbot)
    QTest.keyClick(palette.edit, Qt.Key.Key_Return)
    rest(qtbot, bridge)
    assert window.history.current == Place("traces", TRACE.hex())


def test_after_a_greater_sign_only_commands_are_found(palette: Palette, bridge: Bridge, qtbot: QtBot) -> None:
    assert "OperationalError: database is locked" in type_in(palette, "database", bridge, qtbot)
    type_in(palette, ">database", bridge, qtbot)
    assert all(entry.command for entry in palette.model.entries)


def test_the_last_word_may_be_unfinished(palette: Palette, bridge: Bridge, qtbot: QtBot) -> None:
    assert type_in(palette, "datab", bridge, qtbot)[0] == "OperationalError: database is locked"


def test_any_text_can_become_a_search(
    palette: Palette, window: MainWindow, bridge: Bridge, qtbot: QtBot
) -> None:
    assert type_in(palette, "zzzz chunk", bridge, qtbot) == ["Search issues for “zzzz chunk”"]
    QTest.keyClick(palette.edit, Qt.Key.Key_Return)
    assert window.scope.query.text() == "zzzz chunk"


def test_escape_closes_it_and_enter_on_nothing_does_nothing(
    palette: Palette, bridge: Bridge, qtbot: QtBot
) -> None:
    assert type_in(palette, ">zzzzqqqq", bridge, qtbot) == []
    QTest.keyClick(palette.edit, Qt.Key.Key_Return)
    assert palette.isVisible()
    QTest.keyClick(palette.edit, Qt.Key.Key_Escape)
    assert palette.isHidden()


def test_a_click_takes_an_entry(palette: Palette, theme: Theme, bridge: Bridge, qtbot: QtBot) -> None:
    type_in(palette, "dark colours", bridge, qtbot)
    rect = palette.found.visualRect(palette.model.index(0, 0))
    qtbot.mouseClick(palette.found.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert theme.setting is SchemeSetting.DARK


def test_its_model_is_sound_and_reads_aloud(
    palette: Palette, bridge: Bridge, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    type_in(palette, "sidebar", bridge, qtbot)
    assert palette.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Sidebar, Ctrl+B"
    qtmodeltester.check(palette.model)


# ---------------------------------------------------------------- what is open and selected


def open_again(window: MainWindow, text: str, bridge: Bridge, qtbot: QtBot) -> list[str]:
    window.palette_box.hide()
    window.open_palette(text)
    rest(qtbot, bridge)
    return [entry.title for entry in window.palette_box.model.entries]


def test_what_is_selected_is_acted_on_first(
    window: MainWindow, bridge: Bridge, station: StoreStation, qtbot: QtBot
) -> None:
    mark(window, 3)
    titles = open_again(window, "", bridge, qtbot)
    assert titles[0] == "Resolve 3 issues"
    assert open_again(window, "reso", bridge, qtbot)[0] == "Resolve 3 issues"
    QTest.keyClick(window.palette_box.edit, Qt.Key.Key_Return)
    rest(qtbot, bridge)
    assert [body for _, path, body in station.calls if path.endswith("/issues/")] == [{"status": "resolved"}]


def mark(window: MainWindow, count: int) -> None:
    table = window.view("issues").list.list
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Home)
    for _ in range(count):
        QTest.keyClick(table, Qt.Key.Key_X)
        QTest.keyClick(table, Qt.Key.Key_J)


def test_one_selected_issue_is_called_by_its_id(window: MainWindow, bridge: Bridge, qtbot: QtBot) -> None:
    mark(window, 1)
    assert re.fullmatch(r"Resolve (DESK|STOREFRONT-WEB)-\d+", open_again(window, ">", bridge, qtbot)[0])


def test_frames_and_pages_of_the_open_event_are_gone_to(
    window: MainWindow, bridge: Bridge, desk: FilledStore, qtbot: QtBot
) -> None:
    assert open_again(window, "@", bridge, qtbot) == ["Nothing with parts is open"]
    QTest.keyClick(window.palette_box.edit, Qt.Key.Key_Return)
    assert window.palette_box.isVisible()
    window.palette_box.hide()
    window.go_to(Place("issues", 1))
    rest(qtbot, bridge)
    assert open_again(window, "@breadc", bridge, qtbot)[0] == "Breadcrumbs"
    QTest.keyClick(window.palette_box.edit, Qt.Key.Key_Return)
    assert window.view("issues").detail.section() == "breadcrumbs"


# ---------------------------------------------------------------- runs, times, help


def test_a_run_becomes_the_scope_and_a_release_a_search(
    window: MainWindow, bridge: Bridge, desk: FilledStore, qtbot: QtBot
) -> None:
    desk.add(an_event(release="shop@9.1"))
    titles = open_again(window, "#", bridge, qtbot)
    assert "shop@9.1" in titles
    assert titles[0].startswith("Run #")
    number = int(titles[0].removeprefix("Run #"))
    QTest.keyClick(window.palette_box.edit, Qt.Key.Key_Return)
    assert window.scope.scope.run == number
    assert open_again(window, "#9.1", bridge, qtbot) == ["shop@9.1"]
    QTest.keyClick(window.palette_box.edit, Qt.Key.Key_Return)
    assert window.scope.query.text() == "release:shop@9.1"


def test_a_time_becomes_the_scope_and_leaves_the_rest_of_it(
    window: MainWindow, bridge: Bridge, qtbot: QtBot
) -> None:
    window.scope.set_scope(Scope(projects=(1,)))
    assert open_again(window, ":2026-11-02 09:05", bridge, qtbot)[1] == "From 2026-11-02 09:05 on"
    QTest.keyClick(window.palette_box.edit, Qt.Key.Key_Return)
    found = window.scope.scope
    assert found.projects == (1,)
    assert found.since is not None
    assert found.until is not None
    assert found.until - found.since == 10 * MINUTE
    assert open_again(window, ":15m", bridge, qtbot)[0].startswith("The last 15")
    QTest.keyClick(window.palette_box.edit, Qt.Key.Key_Return)
    assert window.scope.scope == Scope(projects=(1,), span=15 * MINUTE)


def test_help_lists_the_prefixes_and_types_the_one_that_is_chosen(
    window: MainWindow, bridge: Bridge, qtbot: QtBot
) -> None:
    titles = open_again(window, "?", bridge, qtbot)
    assert [title[0] for title in titles[1:6]] == [">", "@", ":", "#", "?"]
    assert "The window" in titles
    row = titles.index("#  Runs and releases")
    for _ in range(row):
        QTest.keyClick(window.palette_box.edit, Qt.Key.Key_Down)
    QTest.keyClick(window.palette_box.edit, Qt.Key.Key_Return)
    assert window.palette_box.isVisible()
    assert window.palette_box.edit.text() == "#"


# ---------------------------------------------------------------- recent, Enter, choice


def test_recent_choices_come_first_also_after_a_new_start(
    window: MainWindow, bridge: Bridge, theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    open_again(window, "OperationalError", bridge, qtbot)
    QTest.keyClick(window.palette_box.edit, Qt.Key.Key_Return)
    window.commands.run("view.contrast")
    rest(qtbot, bridge)
    window.go_to(Place("ingest"))
    kept = QSettings(str(tmp_path / "preferences.ini"), QSettings.Format.IniFormat)
    again = Bridge(bridge.workspace, preferences=Preferences(kept))
    fresh = MainWindow(again, theme, sections())
    qtbot.addWidget(fresh)
    fresh.palette_box.open_over(fresh)
    titles = [entry.title for entry in fresh.palette_box.model.entries]
    assert titles[:2] == ["OperationalError: database is locked", "High contrast"]
    fresh.palette_box.hide()
    again.stop()


def test_enter_right_after_pasting_waits_for_what_the_id_names(
    window: MainWindow, bridge: Bridge, qtbot: QtBot
) -> None:
    window.open_palette("")
    window.palette_box.edit.setText("DESK-3")
    QTest.keyClick(window.palette_box.edit, Qt.Key.Key_Return)
    rest(qtbot, bridge)
    assert window.palette_box.isHidden()
    assert window.view("issues").title() == "OperationalError"


def test_what_the_store_adds_does_not_move_the_line_one_went_to(
    window: MainWindow, bridge: Bridge, qtbot: QtBot
) -> None:
    window.open_palette("")
    box = window.palette_box
    box.edit.setText("data")
    QTest.keyClick(box.edit, Qt.Key.Key_Up)
    chosen = box.model.entries[box.found.currentIndex().row()]
    rest(qtbot, bridge)
    assert (
        box.model.entries[box.found.currentIndex().row()].title == chosen.title == "Search issues for “data”"
    )


def test_pages_go_to_the_ends_and_arrows_round(window: MainWindow, bridge: Bridge, qtbot: QtBot) -> None:
    count = len(open_again(window, ">", bridge, qtbot))
    box = window.palette_box
    for key, row in (
        (Qt.Key.Key_PageDown, 11),
        (Qt.Key.Key_PageUp, 0),
        (Qt.Key.Key_PageUp, 0),
        (Qt.Key.Key_Up, count - 1),
        (Qt.Key.Key_Down, 0),
    ):
        QTest.keyClick(box.edit, key)
        assert box.found.currentIndex().row() == row


def test_a_link_into_another_workspace_is_spoken_of_and_leads_nowhere(
    window: MainWindow, bridge: Bridge, qtbot: QtBot
) -> None:
    titles = open_again(window, "vedette://demo/issues/DESK-3", bridge, qtbot)
    assert titles[0].startswith("This link leads into the workspace “demo”")
    QTest.keyClick(window.palette_box.edit, Qt.Key.Key_Return)
    assert window.palette_box.isVisible()


def test_screen_readers_hear_the_line_and_the_count(
    window: MainWindow, bridge: Bridge, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(window.palette_box, "_say", said.append)
    titles = open_again(window, ">dark", bridge, qtbot)
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].startswith(f"{len(titles)} found; Dark colours")
    QTest.keyClick(window.palette_box.edit, Qt.Key.Key_Up)
    assert said[-1].endswith(f"{len(titles)} of {len(titles)}")


def test_damaged_recent_choices_count_as_none(bridge: Bridge) -> None:
    bridge.preferences.set(COMMANDS, ["view.dark", 3, None])
    bridge.preferences.set(PLACES, {"desk": [["a", "b"], 4, ["t", "m", "issues", {}, "", ""]], "x": 3})
    assert Recent(bridge.preferences, "desk").commands() == ["view.dark"]
    assert Recent(bridge.preferences, "desk").places() == []
    assert Recent(bridge.preferences, "x").places() == []
