"""What the single pages set, and what they say."""

from dataclasses import asdict, replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.support.desktop import StoreStation, settle
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.bridge.state import StationState
from vedette.desktop.preferences import Preferences
from vedette.desktop.settings import editor
from vedette.desktop.settings.calm import CalmCombo
from vedette.desktop.settings.station_values import USUAL
from vedette.desktop.settings.view import SettingsView
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Density, SchemeSetting, Theme
from vedette.station.settings import Settings


def choose(combo: CalmCombo, key: str) -> None:
    """Choose as a user does."""
    combo.setCurrentIndex(combo.findData(key))
    combo.activated.emit(combo.currentIndex())


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def test_the_usual_values_of_the_station_are_its_own() -> None:
    own = asdict(Settings())
    said = {
        section: {
            camel(name): list(value) if isinstance(value, tuple) else value
            for name, value in own[section].items()
        }
        for section in USUAL
    }
    assert said == USUAL


# ------------------------------------------------------------------ appearance


def test_colours_and_density_change_at_once_and_follow_changes_made_elsewhere(
    view: SettingsView, theme: Theme
) -> None:
    view.go(Place("settings", "appearance"))
    page = view.page("appearance")
    choose(page.scheme, "dark")
    choose(page.density, "compact")
    assert (theme.setting, theme.density) == (SchemeSetting.DARK, Density.COMPACT)
    theme.set_setting(SchemeSetting.LIGHT)
    assert page.scheme.current() == "light"
    row = next(row for row in page.rows() if row.control is page.density)
    assert row.is_changed
    row.reset.click()
    assert theme.density is Density.COMFORTABLE


def test_the_size_of_text_is_kept_and_follows_the_window(
    view: SettingsView, preferences: Preferences
) -> None:
    zoom = view.page("appearance").zoom
    zoom.setValue(130)
    assert preferences.get("appearance.zoom", 1.0) == 1.3
    preferences.set("appearance.zoom", 0.8)
    assert zoom.value() == 80
    zoom.setValue(100)
    assert not preferences.is_set("appearance.zoom")


def test_letters_as_keys_are_switched_by_the_windows_own_command(view: SettingsView) -> None:
    page = view.page("appearance")
    assert page.letters.isChecked()
    page.letters.click()
    row = next(row for row in page.rows() if row.control is page.letters)
    assert row.is_changed
    row.reset.click()
    assert page.letters.isChecked()
    assert not row.is_changed


def test_fixed_fonts_are_offered_for_code(view: SettingsView, preferences: Preferences) -> None:
    page = view.page("appearance")
    assert page.code_font.findData("JetBrains Mono") > 0
    choose(page.code_font, "JetBrains Mono")
    assert preferences.get("appearance.code_font", "") == "JetBrains Mono"


# ------------------------------------------------------------------ listening


def test_the_network_switch_says_what_it_exposes_and_asks_the_station(
    view: SettingsView, station: StoreStation, bridge: Bridge, qtbot: QtBot
) -> None:
    view.go(Place("settings", "listening"))
    page = view.page("listening")
    said = view.findChild(QLabel, "settings.lan.help")
    assert isinstance(said, QLabel)
    assert "only programs on this computer can send" in said.text()
    page.lan.click()
    settle(qtbot, bridge)
    assert station.calls == [("PUT", "/station/", {"lan": True})]
    bridge.set_station(replace(bridge.station, lan=True, addresses=("127.0.0.1:1", "10.0.0.7:1")))
    assert page.lan.isChecked()
    assert "10.0.0.7:1" in said.text()
    assert "Every device on this network can send" in said.text()
    assert page.addresses.text() == "127.0.0.1:1\n10.0.0.7:1"


def test_a_refused_switch_goes_back_and_says_why(
    view: SettingsView, station: StoreStation, bridge: Bridge, qtbot: QtBot
) -> None:
    view.go(Place("settings", "listening"))
    station.refuses = "The port is taken."
    view.page("listening").lan.click()
    settle(qtbot, bridge)
    assert not view.page("listening").lan.isChecked()
    assert view.banner.accessibleName() == "error: The port is taken."


def test_interfaces_are_ticked_one_by_one_and_keep_the_keyboard(
    view: SettingsView, station: StoreStation, bridge: Bridge, qtbot: QtBot
) -> None:
    view.go(Place("settings", "listening"))

    def say(chosen: list[str]) -> None:
        interfaces = [
            {"name": name, "addresses": [address], "isChosen": name in chosen or not chosen}
            for name, address in (("eth0", "192.168.1.20"), ("wlan0", "10.0.0.5"))
        ]
        details = {**bridge.station.details, "interfaces": interfaces, "listening": {"interfaces": chosen}}
        bridge.set_station(replace(bridge.station, details=details))

    say([])
    tick = view.findChild(QCheckBox, "settings.interfaces.wlan0")
    assert isinstance(tick, QCheckBox)
    assert (tick.text(), tick.isChecked()) == ("wlan0: 10.0.0.5", False)
    tick.setFocus()
    tick.click()
    settle(qtbot, bridge)
    assert station.calls == [("PUT", "/station/", {"interfaces": ["wlan0"]})]
    say(["wlan0"])
    assert tick.isChecked()
    assert tick.hasFocus()


def test_without_a_station_nothing_of_it_can_be_switched(view: SettingsView, bridge: Bridge) -> None:
    bridge.set_station(StationState())
    listening, storage = view.page("listening"), view.page("storage")
    assert not listening.lan.isEnabled()
    assert not storage.days.isEnabled()
    assert listening.addresses.text() == "Nowhere: no station is running."
    assert view.page("privacy").listening.text() == "Nothing: no station is running."


# ------------------------------------------------------------------ editor


def test_found_editors_come_first_and_the_choice_is_kept(
    view: SettingsView,
    bridge: Bridge,
    preferences: Preferences,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    vim = next(one for one in editor.EDITORS if one.key == "vim")
    found = (editor.InstalledEditor(vim, tmp_path / "vim"),)
    monkeypatch.setattr(editor, "installed_editors", lambda *, again=False: found)
    view.go(Place("settings", "editor"))
    settle(qtbot, bridge)
    page = view.page("editor")
    titles = [page.choice.itemText(at) for at in range(page.choice.count())]
    assert titles == ["The first one found: Vim", "Vim", "Custom command"]
    assert page.choice_row.help.plain == str(tmp_path / "vim")
    choose(page.choice, "vim")
    assert preferences.get("editor.name", "") == "vim"
    preferences.set("editor.name", "vscode")
    assert page.choice.currentText() == "VS Code (not found)"
    assert "was not found here" in page.choice_row.help.plain


def test_a_command_of_ones_own_is_used_from_then_on_and_tried_in_words(
    view: SettingsView, preferences: Preferences, bridge: Bridge, qtbot: QtBot
) -> None:
    view.go(Place("settings", "editor"))
    settle(qtbot, bridge)
    page = view.page("editor")
    page.command.setText(' no-such-editor "%f" ')
    page.command.editingFinished.emit()
    assert preferences.get("editor.command", "") == 'no-such-editor "%f"'
    assert page.choice.current() == preferences.get("editor.name", "") == "custom"
    page.attempt.click()
    assert page.outcome.isVisible()
    assert "no-such-editor" in page.outcome.accessibleName()
    page.command.setText('broken "quote')
    page.attempt.click()
    assert page.outcome.accessibleName().startswith("error: ")


# ------------------------------------------------------------------ privacy, about


def test_privacy_says_that_nothing_goes_out_and_what_listens_where(
    view: SettingsView, bridge: Bridge
) -> None:
    page = view.page("privacy")
    assert page.outbound.text() == "Outbound connections: none."
    assert page.listening.text() == "127.0.0.1:8969: sending with a project's key, reading with the token"
    details = {**bridge.station.details, "isAnnounced": True}
    bridge.set_station(replace(bridge.station, addresses=("127.0.0.1:1", "10.0.0.7:1"), details=details))
    assert page.listening.text().count("\n") == 2
    assert "UDP port 5353" in page.listening.text()


def test_the_token_is_copied_and_renewed(
    view: SettingsView, station: StoreStation, bridge: Bridge, qtbot: QtBot
) -> None:
    view.go(Place("settings", "privacy"))
    page = view.page("privacy")
    bridge.workspace.token.write_text("s3cret\n", encoding="ascii")
    page.copy.click()
    assert QGuiApplication.clipboard().text() == "s3cret"
    page.renew.click()
    settle(qtbot, bridge)
    assert station.calls == [("POST", "/station/token/", {})]
    assert page.notice.accessibleName().startswith("info: There is a new token")


def test_details_for_a_bug_report_hold_versions_and_nothing_of_the_data(
    view: SettingsView, bridge: Bridge
) -> None:
    page = view.page("about")
    page.copy.click()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Vedette ")
    assert "Qt 6." in text
    assert "SQLAlchemy 2" in text
    assert str(bridge.workspace.folder) not in text
    assert str(Path.home()) not in text


def test_the_licences_of_what_comes_along_can_be_read(view: SettingsView, qtbot: QtBot) -> None:
    view.go(Place("settings", "about"))
    for name in ("inter", "jetbrains_mono", "lucide"):
        button = view.findChild(QLabel, f"settings.part.{name}.what")
        assert isinstance(button, QLabel)
    page = view.page("about")
    page._read("Inter", "fonts/OFL-Inter.txt")
    text = view.findChild(QPlainTextEdit, "settings.licence.text")
    assert isinstance(text, QPlainTextEdit)
    assert "SIL OPEN FONT LICENSE" in text.toPlainText()
    dialog = text.window()
    dialog.close()
