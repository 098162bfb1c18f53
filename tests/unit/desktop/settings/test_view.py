"""The settings as a whole: pages, the search over them, links, room, the way back to usual values."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.support.desktop import settle
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.preferences import Preferences
from vedette.desktop.settings.pages import PAGES
from vedette.desktop.settings.row import SettingRow
from vedette.desktop.settings.view import SettingsView
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme


def shown_pages(view: SettingsView) -> list[str]:
    return [key for key in PAGES if key in view.pages and view.pages[key].isVisible()]


def shown_rows(view: SettingsView) -> list[str]:
    return [row.title.plain for page in view.pages.values() for row in page.rows() if row.isVisible()]


def cut_off(rows: list[SettingRow]) -> list[str]:
    """Return the names of what has less room than it needs."""
    found = []
    for row in rows:
        for part in (row.title, row.help, row.control):
            if not part.isVisible():
                continue
            wraps = isinstance(part, QLabel)
            needed = part.heightForWidth(part.width()) if wraps else part.minimumSizeHint().height()
            is_narrow = not wraps and part.width() < part.minimumSizeHint().width()
            if is_narrow or part.height() < needed:
                found.append(part.objectName() or row.objectName())
    return found


def search(view: SettingsView, text: str, qtbot: QtBot) -> None:
    view.search.setText(text)
    qtbot.keyClick(view.search, Qt.Key.Key_Return)


def test_one_page_shows_and_only_that_one_is_made(view: SettingsView) -> None:
    assert shown_pages(view) == list(view.pages) == ["general"]
    view.go(Place("settings", "storage"))
    assert shown_pages(view) == ["storage"]
    assert view.title() == "Settings: Storage & retention"


def test_a_chosen_page_is_a_place_to_come_back_to(view: SettingsView, qtbot: QtBot) -> None:
    view.list.setFocus()
    with qtbot.waitSignal(view.navigate) as went:
        qtbot.keyClick(view.list, Qt.Key.Key_Down)
    assert went.args == [Place("settings", "listening")]
    view.go(went.args[0])
    assert view.list.currentItem().text() == "Listening"
    view.go(Place("settings", "no such page"))
    assert shown_pages(view) == ["listening"]


def test_a_link_may_lead_to_one_setting(view: SettingsView) -> None:
    view.go(Place("settings", "appearance", extra="settings.zoom"))
    assert view.page("appearance").zoom.hasFocus()


def test_the_search_goes_over_all_pages_and_marks_what_it_finds(view: SettingsView, qtbot: QtBot) -> None:
    search(view, "Keep", qtbot)
    assert "storage" in shown_pages(view)
    assert "Keep for" in shown_rows(view)
    assert "Keep at most" in shown_rows(view)
    assert "Density" not in shown_rows(view)
    title = view.findChild(QLabel, "settings.days.title")
    assert isinstance(title, QLabel)
    assert "<span" in title.text()
    assert title.accessibleName() == "Keep for"
    hidden = [view.list.item(row).isHidden() for row in range(view.list.count())]
    assert hidden[list(PAGES).index("storage")] is False
    assert any(hidden)


def test_every_word_must_be_found_and_other_words_for_a_setting_lead_to_it(
    view: SettingsView, qtbot: QtBot
) -> None:
    search(view, "dark mode", qtbot)
    assert shown_rows(view) == ["Colours"]
    search(view, "dark mongoose", qtbot)
    assert shown_pages(view) == []
    assert "dark mongoose" in view.nothing.accessibleName()
    view.nothing.acted.emit()
    qtbot.waitUntil(lambda: shown_pages(view) == ["general"])


def test_escape_clears_the_search_and_down_goes_to_what_was_found(view: SettingsView, qtbot: QtBot) -> None:
    search(view, "density", qtbot)
    qtbot.keyClick(view.search, Qt.Key.Key_Down)
    assert view.page("appearance").density.hasFocus()
    view.focus_filter()
    qtbot.keyClick(view.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shown_pages(view) == ["general"])
    assert view.search.text() == ""


def test_going_to_a_page_ends_the_search_and_going_back_brings_it_back(
    view: SettingsView, qtbot: QtBot
) -> None:
    search(view, "keep", qtbot)
    state = view.view_state()
    view.go(Place("settings", "about"))
    assert (view.search.text(), shown_pages(view)) == ("", ["about"])
    view.restore_state(state)
    assert "storage" in shown_pages(view)


def test_palette_commands_lead_to_each_page(
    view: SettingsView, registry: CommandRegistry, qtbot: QtBot
) -> None:
    assert [found.command.id for found in registry.search("settings storage")][:1] == ["settings.storage"]
    with qtbot.waitSignal(view.navigate) as went:
        registry.run("settings.editor")
    assert went.args == [Place("settings", "editor")]


@pytest.mark.parametrize(("width", "zoom"), [(1024, 1.0), (420, 1.0), (420, 2.0), (1024, 2.0)])
@pytest.mark.parametrize("key", list(PAGES))
def test_nothing_is_cut_off_at_any_width_and_size_of_text(
    view: SettingsView, bridge: Bridge, theme: Theme, qtbot: QtBot, key: str, width: int, zoom: float
) -> None:
    theme.set_zoom(zoom)
    view.resize(width, 640)
    view.go(Place("settings", key))
    settle(qtbot, bridge)
    page: QWidget = view.page(key)
    area = view.findChild(QScrollArea, "settings.area")
    assert isinstance(area, QScrollArea)
    room = area.viewport().width()
    qtbot.waitUntil(lambda: page.mapTo(area.viewport(), QPoint(page.width(), 0)).x() <= room)
    assert view.combo.isVisible() is not view.list.isVisible()
    qtbot.waitUntil(lambda: cut_off(view.pages[key].rows()) == [])


def test_a_narrow_view_chooses_pages_by_a_combo_box(view: SettingsView, qtbot: QtBot) -> None:
    view.resize(420, 640)
    qtbot.waitUntil(view.combo.isVisible)
    view.combo.setCurrentIndex(view.combo.findData("privacy"))
    with qtbot.waitSignal(view.navigate) as went:
        view.combo.activated.emit(view.combo.currentIndex())
    assert went.args == [Place("settings", "privacy")]


def test_what_is_not_usual_is_marked_and_can_be_reset(
    view: SettingsView, preferences: Preferences, qtbot: QtBot
) -> None:
    view.go(Place("settings", "notifications"))
    row = view.findChild(SettingRow, "settings.notifications.sound.row")
    assert isinstance(row, SettingRow)
    assert not row.is_changed
    assert not row.reset.isVisible()
    row.control.click()  # type: ignore[attr-defined]
    assert preferences.get("notifications.sound", False) is True
    assert row.is_changed
    assert row.title.accessibleName() == "Sound, changed"
    assert row.reset.toolTip() == "Back to the usual value: off"
    row.reset.setFocus()
    qtbot.keyClick(row.reset, Qt.Key.Key_Space)
    assert not preferences.is_set("notifications.sound")
    assert not row.is_changed
    assert row.control.hasFocus()


def test_the_usual_value_chosen_again_is_no_value(view: SettingsView, preferences: Preferences) -> None:
    view.go(Place("settings", "general"))
    language = view.page("general").language
    for key in ("de", "system"):
        language.setCurrentIndex(language.findData(key))
        language.activated.emit(language.currentIndex())
        assert preferences.is_set("language") is (key == "de")


def test_every_control_has_a_name_and_is_reached_by_tab(
    view: SettingsView, bridge: Bridge, qtbot: QtBot
) -> None:
    for key in PAGES:
        view.go(Place("settings", key))
        settle(qtbot, bridge)
        wanted = {
            widget
            for widget in view.pages[key].findChildren(QWidget)
            if widget.isVisible()
            and widget.isEnabled()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.focusProxy() is None
        }
        for widget in wanted:
            assert widget.accessibleName(), widget.objectName()
        view.search.setFocus()
        reached: set[QWidget] = set()
        for _ in range(len(wanted) + 30):
            at = view.window().focusWidget()
            reached.add(at)
            qtbot.keyClick(at, Qt.Key.Key_Tab)
        radio = {w for w in wanted if w.objectName().startswith("settings.project.colour.")}
        assert wanted - reached <= radio, key
