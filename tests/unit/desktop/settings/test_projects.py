"""Projects: colours, names, folders and what they hold, mappings, keys, new ones."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.support.desktop import StoreStation, settle
from tests.support.store_rows import FilledStore
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.settings.project_panel import say_found
from vedette.desktop.settings.projects import ProjectsPage
from vedette.desktop.settings.read import FoundFiles, find_files
from vedette.desktop.settings.view import SettingsView
from vedette.desktop.shell.places import Place
from vedette.store.queries.projects import PathMapping, project_keys
from vedette.store.writer.commands import run_command


@pytest.fixture
def page(view: SettingsView, desk: FilledStore, bridge: Bridge, qtbot: QtBot) -> ProjectsPage:
    desk.project("Web Shop")
    view.go(Place("settings", "projects"))
    settle(qtbot, bridge)
    found: ProjectsPage = view.page("projects")
    return found


def button(view: QWidget, name: str) -> QAbstractButton:
    found = view.findChild(QAbstractButton, name)
    assert isinstance(found, QAbstractButton)
    return found


def test_projects_stand_in_a_list_with_their_colours_in_words(page: ProjectsPage) -> None:
    items = [page.list.list.item(row) for row in range(page.list.list.count())]
    assert [item.text() for item in items] == ["desk", "web-shop  —  Web Shop"]
    spoken = items[1].data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "web-shop, Web Shop, Blue"
    assert not items[0].icon().isNull()
    assert page.panel.name.text() == "Desk"


def test_a_link_leads_to_a_project(
    page: ProjectsPage, view: SettingsView, bridge: Bridge, qtbot: QtBot
) -> None:
    view.go(Place("settings", "projects", extra="web-shop"))
    settle(qtbot, bridge)
    assert page.panel.slug.text() == "web-shop"


def test_name_short_code_and_colour_are_sent_when_they_changed(
    page: ProjectsPage, station: StoreStation, bridge: Bridge, qtbot: QtBot
) -> None:
    page.panel.name.editingFinished.emit()
    page.panel.slug.setText("   ")
    page.panel.slug.editingFinished.emit()
    assert (station.calls, page.panel.slug.text()) == ([], "desk")
    page.panel.name.setText("Schreibtisch")
    page.panel.name.editingFinished.emit()
    page.panel.slug.setText("tisch")
    page.panel.slug.editingFinished.emit()
    button(page, "settings.project.colour.7").click()
    settle(qtbot, bridge)
    assert station.calls == [
        ("PUT", "/projects/desk/1/", {"name": "Schreibtisch"}),
        ("PUT", "/projects/desk/1/", {"slug": "tisch"}),
        ("PUT", "/projects/desk/1/", {"colour": 7}),
    ]


def test_a_refused_short_code_goes_back_and_says_why(
    page: ProjectsPage, view: SettingsView, station: StoreStation, bridge: Bridge, qtbot: QtBot
) -> None:
    station.refuses = "Another project has the short code web-shop."
    page.panel.slug.setText("web-shop")
    page.panel.slug.editingFinished.emit()
    settle(qtbot, bridge)
    assert page.panel.slug.text() == "desk"
    assert "Another project" in view.banner.accessibleName()


def test_a_folder_is_chosen_and_forgotten(
    page: ProjectsPage, station: StoreStation, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    asked: list[tuple[str, str]] = []

    def choose(parent: QWidget, title: str, begin: str) -> str:
        asked.append((title, begin))
        return "/home/ada/shöp" if len(asked) == 1 else ""

    page.panel.choose_folder = choose
    page.panel.choose.click()
    settle(qtbot, bridge)
    assert asked == [("Source folder of desk", "")]
    assert station.calls == [("PUT", "/projects/desk/1/", {"folder": "/home/ada/shöp"})]
    run_command(desk.writer, "project.update", {"id": 1, "folder": "/home/ada/shöp"})
    page.open()
    settle(qtbot, bridge)
    assert page.panel.folder.full_text() == "/home/ada/shöp"
    page.panel.choose.click()  # cancelled
    page.panel.forget.click()
    settle(qtbot, bridge)
    assert station.calls[1:] == [("PUT", "/projects/desk/1/", {"folder": None})]


def test_what_the_folder_holds_of_the_latest_events_is_counted(
    page: ProjectsPage, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    assert "on this disk" in page.panel.folder_row.help.plain
    run_command(desk.writer, "project.update", {"id": 1, "folder": "/nowhere"})
    page.open()
    settle(qtbot, bridge)
    qtbot.waitUntil(lambda: "no events with files" in page.panel.folder_row.help.plain)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (FoundFiles(3, 3, ()), "3 of the 3 files in the latest events found here."),
        (
            FoundFiles(0, 1, ("app/shop.py",)),
            "0 of the 1 file in the latest events found here. Not found, for example: app/shop.py",
        ),
    ],
)
def test_found_files_are_told_in_words(files: FoundFiles, said: str) -> None:
    assert say_found(files) == said


def test_mappings_are_added_whole_and_removed(
    page: ProjectsPage, station: StoreStation, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    editor = page.panel.mappings
    editor.add.click()
    prefix = editor.findChild(QLineEdit, "settings.project.mappings.0.prefix")
    folder = editor.findChild(QLineEdit, "settings.project.mappings.0.folder")
    assert isinstance(prefix, QLineEdit)
    assert isinstance(folder, QLineEdit)
    assert prefix.hasFocus()
    prefix.setText("/app/")
    prefix.editingFinished.emit()
    assert station.calls == []  # no folder yet
    editor.choose_folder = lambda *_: "/srv/shop"
    button(editor, "settings.project.mappings.0.choose").click()
    settle(qtbot, bridge)
    one = {"mappings": [{"prefix": "/app/", "folder": "/srv/shop"}]}
    assert station.calls == [("PUT", "/projects/desk/1/", one)]
    run_command(desk.writer, "project.update", {"id": 1, **one})
    page.open()
    settle(qtbot, bridge)
    assert page.panel.shown is not None
    assert page.panel.shown.mappings == (PathMapping("/app/", "/srv/shop"),)
    qtbot.waitUntil(lambda: editor.findChild(QLineEdit, "settings.project.mappings.0.prefix") is not None)
    shown = editor.findChild(QLineEdit, "settings.project.mappings.0.prefix")
    assert isinstance(shown, QLineEdit)
    assert shown.text() == "/app/"
    button(editor, "settings.project.mappings.0.remove").click()
    settle(qtbot, bridge)
    assert station.calls[-1] == ("PUT", "/projects/desk/1/", {"mappings": []})
    assert editor.add.hasFocus()


def test_keys_show_their_dsn_can_be_copied_switched_off_and_added(
    page: ProjectsPage, station: StoreStation, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    (key,) = project_keys(desk.db, 1)
    name = f"settings.project.keys.{key.public_key}"
    button(page, f"{name}.copy").click()
    assert QGuiApplication.clipboard().text() == f"http://{key.public_key}@127.0.0.1:8969/1"
    button(page, f"{name}.active").click()
    page.panel.keys.add.click()
    settle(qtbot, bridge)
    assert station.calls == [
        ("PUT", f"/projects/desk/1/keys/{key.public_key}/", {"isActive": False}),
        ("POST", "/projects/desk/1/keys/", {}),
    ]


def test_a_new_project_needs_a_name(
    page: ProjectsPage, station: StoreStation, bridge: Bridge, qtbot: QtBot
) -> None:
    assert not page.list.make.isEnabled()
    page.list.new_name.setText("Frigate")
    page.list.make.click()
    settle(qtbot, bridge)
    assert station.calls == [("POST", "/organizations/desk/projects/", {"name": "Frigate"})]
    assert page.list.new_name.text() == ""


def test_projects_are_found_by_the_search(page: ProjectsPage, view: SettingsView, qtbot: QtBot) -> None:
    view.search.setText("web-shop")
    qtbot.keyClick(view.search, Qt.Key.Key_Return)
    assert page.isVisible()
    assert page.panel.slug.text() == "web-shop"


def test_files_of_real_events_are_looked_for(desk: FilledStore, tmp_path: Path) -> None:
    from vedette.desktop.issue.source.roots import SourceRoots

    assert find_files(desk.db, desk.workspace, 1, SourceRoots(tmp_path)) == FoundFiles(0, 0, ())
