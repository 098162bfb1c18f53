"""Privacy and filters of a project: shown as they are, sent as they are changed, found by search."""

import orjson
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from tests.support.desktop import StoreStation, settle
from tests.support.store_rows import FilledStore
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.bridge.state import StationState
from vedette.desktop.settings.lines_edit import LinesEdit
from vedette.desktop.settings.projects import ProjectsPage
from vedette.desktop.settings.rules_panel import RulesPanel
from vedette.desktop.settings.view import SettingsView
from vedette.desktop.shell.places import Place

CONFIG = '{"applications": {"extra.**": ["@email"]}}'


def show(view: SettingsView, bridge: Bridge, qtbot: QtBot, project: str = "desk") -> RulesPanel:
    view.go(Place("settings", "projects", extra=project))
    settle(qtbot, bridge)
    page = view.page("projects")
    assert isinstance(page, ProjectsPage)
    return page.panel.rules


@pytest.fixture
def panel(view: SettingsView, desk: FilledStore, bridge: Bridge, qtbot: QtBot) -> RulesPanel:
    return show(view, bridge, qtbot)


def box(panel: RulesPanel, member: str) -> QCheckBox:
    found = panel.findChild(QCheckBox, f"settings.project.{member}")
    assert isinstance(found, QCheckBox)
    return found


def field(panel: RulesPanel, member: str) -> LinesEdit:
    found = panel.findChild(LinesEdit, f"settings.project.{member}")
    assert isinstance(found, LinesEdit)
    return found


def write(panel: RulesPanel, member: str, text: str, qtbot: QtBot) -> None:
    edit = field(panel, member)
    edit.setPlainText(text)
    qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_nothing_is_filtered_and_copies_are_scrubbed_at_first(panel: RulesPanel) -> None:
    on = [
        found.objectName().rpartition(".")[2] for found in panel.findChildren(QCheckBox) if found.isChecked()
    ]
    assert on == ["scrubOnExport", "dataScrubberDefaults"]
    assert panel.trimming.current() == "none"
    assert not [row for row in panel.rows if row.is_changed]


def test_switches_are_sent_where_they_belong(
    panel: RulesPanel, station: StoreStation, bridge: Bridge, qtbot: QtBot
) -> None:
    for member in ("scrubOnIngest", "scrubOnExport", "web-crawlers", "legacy-browsers", "localhost"):
        box(panel, member).click()
    panel.trimming.chosen.emit("reference")
    settle(qtbot, bridge)
    assert station.calls == [
        ("PUT", "/projects/desk/1/", {"scrubOnIngest": True}),
        ("PUT", "/projects/desk/1/", {"scrubOnExport": False}),
        ("PUT", "/projects/desk/1/filters/web-crawlers/", {"active": True}),
        ("PUT", "/projects/desk/1/filters/legacy-browsers/", {"active": True}),
        ("PUT", "/projects/desk/1/filters/localhost/", {"active": True}),
        ("PUT", "/projects/desk/1/", {"trimming": "reference"}),
    ]


def test_lines_are_sent_when_they_changed(
    panel: RulesPanel, station: StoreStation, bridge: Bridge, qtbot: QtBot
) -> None:
    write(panel, "sensitiveFields", "ssid\n\n  iban ", qtbot)
    qtbot.keyClick(field(panel, "sensitiveFields"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    write(panel, "error-message", "*boom*", qtbot)
    write(panel, "relayPiiConfig", CONFIG, qtbot)
    settle(qtbot, bridge)
    assert station.calls == [
        ("PUT", "/projects/desk/1/", {"sensitiveFields": ["ssid", "iban"]}),
        ("PUT", "/projects/desk/1/filters/error-message/", {"subfilters": ["*boom*"]}),
        ("PUT", "/projects/desk/1/", {"relayPiiConfig": CONFIG}),
    ]


def test_what_is_chosen_is_shown_and_marked(
    panel: RulesPanel,
    view: SettingsView,
    desk: FilledStore,
    bridge: Bridge,
    qtbot: QtBot,
    station: StoreStation,
) -> None:
    with desk.writer.batch():
        rules = {
            "scrubOnIngest": True,
            "safeFields": ["a", "b"],
            "legacy-browsers": ["ie9"],
            "ip-address": ["10.0.0.0/8"],
            "relayPiiConfig": CONFIG,
            "trimming": "reference",
        }
        desk.writer.projects.set_rules(1, orjson.dumps(rules).decode())
    panel = show(view, bridge, qtbot)
    assert box(panel, "scrubOnIngest").isChecked()
    assert box(panel, "legacy-browsers").isChecked()
    assert field(panel, "safeFields").toPlainText() == "a\nb"
    assert field(panel, "ip-address").toPlainText() == "10.0.0.0/8"
    assert orjson.loads(field(panel, "relayPiiConfig").toPlainText()) == orjson.loads(CONFIG)
    assert panel.trimming.current() == "reference"
    changed = {row.objectName().split(".")[2] for row in panel.rows if row.is_changed}
    assert changed == set(rules)
    row = next(row for row in panel.rows if row.objectName() == "settings.project.ip-address.row")
    row.reset.click()
    settle(qtbot, bridge)
    assert station.calls == [("PUT", "/projects/desk/1/filters/ip-address/", {"active": False})]


def test_what_is_refused_says_why_and_stays_to_be_mended(
    panel: RulesPanel, view: SettingsView, station: StoreStation, bridge: Bridge, qtbot: QtBot
) -> None:
    station.refuses = 'relayPiiConfig: selector "a..b": invalid syntax'
    write(panel, "relayPiiConfig", '{"applications": {"a..b": []}}', qtbot)
    settle(qtbot, bridge)
    assert "invalid syntax" in view.banner.accessibleName()
    assert "a..b" in field(panel, "relayPiiConfig").toPlainText()


def test_rules_are_found_by_what_they_are_about(panel: RulesPanel) -> None:
    def shown(*words: str) -> list[str]:
        panel.apply_filter(words)
        return [row.objectName().split(".")[2] for row in panel.rows if not row.isHidden()]

    assert shown("cidr") == ["ip-address"]
    assert [heading.isHidden() for heading, _ in panel.headings] == [True, False]
    assert shown("iban") == ["dataScrubberDefaults"]
    assert len(shown()) == len(panel.rows)


def test_without_a_station_nothing_can_be_changed(panel: RulesPanel, bridge: Bridge, qtbot: QtBot) -> None:
    bridge.set_station(StationState())
    settle(qtbot, bridge)
    assert not box(panel, "scrubOnIngest").isEnabled()
    assert not field(panel, "safeFields").isEnabled()


def test_a_field_grows_with_its_lines(panel: RulesPanel) -> None:
    edit = field(panel, "safeFields")
    one = edit.sizeHint().height()
    edit.setPlainText("a\nb\nc")
    three = edit.sizeHint().height()
    edit.setPlainText("\n".join("abcdefghijklmnop"))
    assert one < three < edit.sizeHint().height() < one * 9
    edit.show_text("kept", anew=False)
    edit.setPlainText("being written")
    edit.show_text("kept", anew=False)
    assert edit.toPlainText() == "being written"
    edit.show_text("kept", anew=True)
    assert edit.toPlainText() == "kept"
