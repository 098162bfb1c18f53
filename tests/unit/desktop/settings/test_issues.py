"""Labels and what is discarded: shown, changed, refused, found by the search, never cut off."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from tests.support.builders import an_event
from tests.support.desktop import StoreStation, settle
from tests.support.store_rows import FilledStore
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.bridge.state import StationState
from vedette.desktop.settings.issues import IssuesPage
from vedette.desktop.settings.view import SettingsView
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.domain.changes import Change, ChangeKind
from vedette.store.queries.labels import list_discarded, list_labels
from vedette.store.writer.commands import run_command

HASHES = ("0a" * 16, "0b" * 16)


def fill(desk: FilledStore) -> None:
    """Two labels, of which two issues carry the first; two hashes that are discarded."""
    desk.add(an_event("E: one"))
    desk.add(an_event("F: two"))
    ids = [row[0] for row in desk.raw.execute("SELECT id FROM issue")]
    for args in ({"name": "flaky", "colour": 1, "issues": ids}, {"name": "Ünown", "colour": 4}):
        run_command(desk.writer, "label.create", args)
    web = desk.project("Web Shop")
    for project, digest, title in ((1, HASHES[0], "KeyError:\n'a & <b>'"), (web, HASHES[1], "")):
        given = [{"project": project, "hash": digest, "title": title}]
        run_command(desk.writer, "discard.add", {"hashes": given})


@pytest.fixture
def page(view: SettingsView, desk: FilledStore, bridge: Bridge, qtbot: QtBot) -> IssuesPage:
    fill(desk)
    view.go(Place("settings", "issues"))
    settle(qtbot, bridge)
    found: IssuesPage = view.page("issues")
    return found


def texts(page: IssuesPage) -> list[str]:
    return [page.labels.list.item(row).text() for row in range(page.labels.list.count())]


def names(desk: FilledStore) -> list[tuple[str, int]]:
    return [(row.name, row.colour) for row in list_labels(desk.db)]


def discarded(page: IssuesPage) -> dict[str, str]:
    items = [page.discarded.list.item(row) for row in range(page.discarded.list.count())]
    return {item.toolTip(): item.text() for item in items}


def test_labels_are_listed_with_how_many_issues_carry_them(page: IssuesPage) -> None:
    assert texts(page) == ["flaky  —  2 issues", "Ünown  —  0 issues"]
    said = page.labels.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "flaky, Blue, 2 issues"
    assert page.panel.name.text() == "flaky"
    assert page.panel.colour.current() == 1
    assert page.panel.delete_row.help.plain == "2 issues carry it."


def test_counts_follow_what_issues_carry(
    page: IssuesPage, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    desk.set("DELETE FROM issue_label WHERE issue = (SELECT max(issue) FROM issue_label)")
    bridge.take_changes((Change(ChangeKind.ISSUE, (2,)),))
    qtbot.waitUntil(lambda: texts(page)[0] == "flaky  —  1 issue", timeout=6_000)
    assert page.panel.delete_row.help.plain == "1 issue carries it."


def test_a_label_is_renamed_once_and_gets_another_colour(
    page: IssuesPage, station: StoreStation, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    page.panel.name.setFocus()
    page.panel.name.setText("  wobbly ")
    qtbot.keyClick(page.panel.name, Qt.Key.Key_Return)
    page.panel.colour.setFocus()
    settle(qtbot, bridge)
    assert station.calls == [("PUT", "/organizations/desk/labels/1/", {"name": "wobbly"})]
    page.panel.colour.chosen.emit(7)
    settle(qtbot, bridge)
    assert names(desk) == [("wobbly", 7), ("Ünown", 4)]
    qtbot.waitUntil(lambda: "wobbly  —  2 issues" in texts(page))
    assert page.panel.name.text() == "wobbly"


def test_an_empty_name_goes_back_without_asking(page: IssuesPage, station: StoreStation) -> None:
    page.panel.name.setText("  ")
    page.panel.name.editingFinished.emit()
    assert page.panel.name.text() == "flaky"
    assert station.calls == []


def test_what_the_station_refuses_goes_back_with_the_reason(
    page: IssuesPage, view: SettingsView, station: StoreStation, bridge: Bridge, qtbot: QtBot
) -> None:
    station.refuses = "There is a label called Ünown already."
    page.panel.name.setText("ünown")
    page.panel.name.editingFinished.emit()
    page.panel.colour.choose(9)
    page.panel.colour.chosen.emit(9)
    settle(qtbot, bridge)
    assert page.panel.name.text() == "flaky"
    assert page.panel.colour.current() == 1
    assert view.banner.isVisible()
    station.refuses = ""
    page.panel.name.setText("ünown 2")
    page.panel.name.editingFinished.emit()
    settle(qtbot, bridge)
    qtbot.waitUntil(lambda: "ünown 2  —  2 issues" in texts(page))


def test_a_deletion_asks_and_says_what_it_does(
    page: IssuesPage, station: StoreStation, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    panel = page.panel
    panel.delete.click()
    assert panel.delete_row.help.plain == "2 issues lose it. This cannot be undone."
    assert panel.keep.hasFocus()
    panel.keep.click()
    assert panel.delete_row.help.plain == "2 issues carry it."
    assert panel.delete.hasFocus()
    panel.delete.click()
    page.labels.list.setCurrentRow(1)
    assert not panel.confirm.isVisible()  # another label was not asked about
    assert station.calls == []
    panel.delete.click()
    panel.confirm.click()
    settle(qtbot, bridge)
    assert station.calls == [("DELETE", "/organizations/desk/labels/2/", None)]
    qtbot.waitUntil(lambda: texts(page) == ["flaky  —  2 issues"])
    assert panel.name.text() == "flaky"
    panel.delete.click()
    panel.confirm.click()
    settle(qtbot, bridge)
    qtbot.waitUntil(lambda: not panel.isVisible())
    assert not page.labels.list.isVisible()
    assert names(desk) == []


def test_a_new_label_is_chosen(page: IssuesPage, desk: FilledStore, bridge: Bridge, qtbot: QtBot) -> None:
    assert not page.labels.make.isEnabled()
    page.labels.new_name.setText(" later ")
    page.labels.make.click()
    settle(qtbot, bridge)
    qtbot.waitUntil(lambda: page.panel.name.text() == "later")
    assert page.labels.new_name.text() == ""
    assert ("later", 3) in names(desk)


def test_what_is_discarded_is_listed_and_let_in_again(
    page: IssuesPage, station: StoreStation, desk: FilledStore, bridge: Bridge, qtbot: QtBot
) -> None:
    found = discarded(page)
    assert found[HASHES[0]].startswith("KeyError: 'a & <b>'\ndesk, since ")
    assert found[HASHES[1]].startswith(f"{HASHES[1]}\nweb-shop, since ")
    rows = list(found)
    page.discarded.list.setCurrentRow(rows.index(HASHES[1]))
    page.discarded.let_in.click()
    settle(qtbot, bridge)
    assert station.calls == [("DELETE", f"/organizations/desk/discarded-hashes/2/{HASHES[1]}/", None)]
    qtbot.waitUntil(lambda: list(discarded(page)) == [HASHES[0]])
    assert [row.hash for row in list_discarded(desk.db)] == [HASHES[0]]
    page.discarded.let_in.click()
    settle(qtbot, bridge)
    qtbot.waitUntil(lambda: not page.discarded.list.isVisible())
    assert page.discarded.about.plain.startswith("Nothing is discarded.")
    assert not page.discarded.let_in.isVisible()


def test_without_a_station_nothing_can_be_changed(page: IssuesPage, bridge: Bridge) -> None:
    bridge.set_station(StationState())
    parts = (page.panel.name, page.panel.colour, page.panel.delete, page.labels.new_name, page.labels.make)
    assert not any(part.isEnabled() for part in (*parts, page.discarded.let_in))
    assert page.labels.list.isEnabled()


def test_the_search_finds_labels_and_discarded_ones(
    page: IssuesPage, view: SettingsView, bridge: Bridge, qtbot: QtBot
) -> None:
    def search(text: str) -> None:
        view.search.setText(text)
        qtbot.keyClick(view.search, Qt.Key.Key_Return)
        settle(qtbot, bridge)

    search("ünown")
    assert page.isVisible()
    assert page.panel.name.text() == "Ünown"
    assert not page.discarded.isVisible()
    search("keyerror")
    assert page.discarded.isVisible()
    assert not page.labels.isVisible()
    chosen = page.discarded.chosen()
    assert chosen is not None
    assert chosen.hash == HASHES[0]
    search("let in again")
    assert page.discarded.isVisible()
    search("rename")
    assert [row.isVisible() for row in page.panel.rows] == [True, False, False]
    search("no such thing anywhere")
    assert not page.isVisible()
    search("")
    parts = (page.labels, page.panel, page.discarded)
    qtbot.waitUntil(lambda: all(part.isVisible() for part in parts))
    assert all(row.isVisible() for row in page.panel.rows)


@pytest.mark.parametrize(("width", "zoom"), [(1024, 1.0), (420, 1.0), (420, 2.0), (1024, 2.0)])
def test_nothing_is_cut_off_with_labels_and_discarded_ones(
    page: IssuesPage, view: SettingsView, theme: Theme, qtbot: QtBot, width: int, zoom: float
) -> None:
    theme.set_zoom(zoom)
    view.resize(width, 640)
    page.panel.delete.click()
    area = view.findChild(QScrollArea, "settings.area")
    assert isinstance(area, QScrollArea)
    room = area.viewport().width()
    qtbot.waitUntil(lambda: page.mapTo(area.viewport(), QPoint(page.width(), 0)).x() <= room)
    parts = [
        *(part for row in page.panel.rows for part in (row.title, row.control, row.help)),
        page.labels.make,
        page.labels.new_name,
        page.discarded.about,
        page.discarded.let_in,
        page.panel.confirm,
        page.panel.keep,
    ]

    def cut_off() -> list[str]:
        shown = [part for part in parts if part.isVisible()]
        found = [p.objectName() for p in shown if p.height() < max(0, p.heightForWidth(p.width()))]
        found += [p.objectName() for p in shown if p.width() < p.minimumSizeHint().width()]
        edge = page.width()
        return found + [p.objectName() for p in shown if p.mapTo(page, QPoint(p.width(), 0)).x() > edge]

    qtbot.waitUntil(lambda: cut_off() == [])
