"""One box for commands, places and pasted ids."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.support.builders import a_trace, an_event
from tests.support.store_rows import FilledStore
from tests.unit.desktop.shell.conftest import rest
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.shell.palette import Palette
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.window import MainWindow
from vedette.desktop.theme.theme import SchemeSetting, Theme

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
