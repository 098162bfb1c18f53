from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from vedette.desktop.preferences import Preferences
from vedette.desktop.shell.choices import Choice, ChoiceMenu
from vedette.desktop.shell.query_history import QueryHistory
from vedette.desktop.shell.scope import Scope
from vedette.desktop.shell.scope_bar import ScopeBar
from vedette.desktop.shell.time_range import RangeDialog
from vedette.desktop.theme.theme import Theme
from vedette.domain.times import HOUR, MINUTE, SECOND, Micros

NOON = Micros(1_764_000_000 * SECOND)


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme, tmp_path: Path) -> ScopeBar:
    preferences = Preferences(QSettings(str(tmp_path / "p.ini"), QSettings.Format.IniFormat))
    found = ScopeBar(theme, QueryHistory(preferences))
    qtbot.addWidget(found)
    found.resize(1200, 50)
    found.set_choices([], [], ("production", "qa"))
    found.show()
    return found


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[QMenu]:
    found: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _at: found.append(menu))
    return found


def test_several_environments_are_chosen_one_by_one(bar: ScopeBar, opened: list[QMenu]) -> None:
    bar.environment.click()
    actions = {action.text(): action for action in opened[0].actions()}
    actions["qa"].trigger()
    actions["production"].trigger()
    assert bar.scope == Scope(environments=("qa", "production"))
    assert bar.environment.accessibleName() == "Environments: qa, production"
    actions["qa"].trigger()
    assert bar.scope == Scope(environments=("production",))
    actions["All environments"].trigger()
    assert bar.scope == Scope()


def test_without_environments_there_is_no_button_for_them(bar: ScopeBar) -> None:
    assert bar.environment.isVisible()
    bar.set_choices([], [], ())
    assert not bar.environment.isVisible()


def test_a_stretch_of_time_is_said_and_taken_away_again(bar: ScopeBar) -> None:
    assert not bar.all_time.isVisible()
    bar.set_scope(Scope(since=NOON, until=Micros(NOON + 6 * MINUTE)))
    assert " – " in bar.time.text()
    bar.all_time.click()
    assert bar.scope == Scope()
    assert bar.time.text() == "All time"


def test_a_section_without_scope_hides_its_buttons(bar: ScopeBar) -> None:
    bar.show_section("settings", "Settings", searches=False, scoped=False)
    assert not any(b.isVisible() for b in (bar.project, bar.environment, bar.run, bar.time))
    assert bar.title.text() == "Settings"
    bar.show_section("issues", "Issues", searches=True, scoped=True)
    assert bar.project.isVisible()
    assert bar.query.isVisible()


def test_alt_and_down_offer_what_was_searched_for_in_this_section(
    qtbot: QtBot, bar: ScopeBar, opened: list[QMenu]
) -> None:
    edit = bar.query.focusProxy()
    qtbot.keyClicks(edit, "timeout")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    bar.query.set_text("")
    qtbot.keyClick(edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    action = opened[0].actions()[0]
    assert action.text() == "timeout"
    with qtbot.waitSignal(bar.queryChanged) as changed:
        action.trigger()
    assert changed.args == ["timeout"]
    assert bar.query.text() == "timeout"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_menu_for_several_stays_open_for_a_click_and_for_space(qtbot: QtBot, theme: Theme) -> None:
    chosen: list[str] = []

    def read() -> list[Choice]:
        return [Choice(name, name in chosen, lambda name=name: chosen.append(name)) for name in "ab"]  # type: ignore[misc]

    parent = QMenu()
    qtbot.addWidget(parent)
    menu = ChoiceMenu(parent, read, many=True)
    menu.popup(QPoint(0, 0))
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(menu.actions()[0]).center())
    menu.setActiveAction(menu.actions()[1])
    qtbot.keyClick(menu, Qt.Key.Key_Space)
    assert chosen == ["a", "b"]
    assert menu.isVisible()
    assert [action.isChecked() for action in menu.actions()] == [True, True]
    menu.close()


def test_a_range_that_ends_before_it_begins_is_not_accepted(qtbot: QtBot, bar: ScopeBar) -> None:
    dialog = RangeDialog(NOON, Micros(NOON - HOUR), bar)
    dialog.accept()
    assert not dialog.trouble.isHidden()
    assert dialog.result() == 0
    dialog.until.setDateTime(dialog.since.dateTime().addSecs(60))
    dialog.accept()
    assert dialog.result() == 1
    assert dialog.bounds() == (NOON, NOON + MINUTE)


def test_a_strip_leaves_the_search_the_room_of_what_limits_nothing(bar: ScopeBar) -> None:
    bar.set_tiny(True)
    assert not bar.environment.isVisible()
    assert not bar.run.isVisible()
    assert bar.time.isVisible()
    bar.set_scope(Scope(environments=("qa",)))
    assert bar.environment.isVisible()
    assert "qa" in bar.environment.accessibleName()
