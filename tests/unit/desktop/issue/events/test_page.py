"""All events of an issue as a table."""

import csv
import io
from pathlib import Path
from typing import Any

import orjson
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.support.issue_desk import NOON, IssueDesk, Opener
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issue.events.column_memory import ColumnMemory
from vedette.desktop.issue.events.export import Form
from vedette.desktop.issue.events.page import EventsPage
from vedette.desktop.issue.head.navigator import EVENT, EVENTS
from vedette.desktop.issue.view import IssueView
from vedette.desktop.shell.places import Place
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.times import MINUTE, Micros

HORIZONTAL = Qt.Orientation.Horizontal


def send(desk: IssueDesk, number: int, **more: Any) -> None:
    exception = {"values": [{"type": "KeyError", "value": "'till'"}]}
    event = {"event_id": f"{number:032x}", "platform": "python", "exception": exception, **more}
    desk.send(event, at=Micros(NOON + number * MINUTE))


@pytest.fixture
def page(desk: IssueDesk, show: Opener, view: IssueView) -> EventsPage:
    """The table over 150 events of one issue, more than two pages of it."""
    for number in range(1, 151):
        release = f"2.{number % 3}" if number != 7 else None
        send(desk, number, release=release, tags={"till": str(number % 4)}, contexts={"order": {"n": number}})
    show("KeyError")
    view.show_part(EVENTS)
    show.settle()
    return view.events


def numbers(page: EventsPage) -> list[int]:
    return [int(listed.row.event_id, 16) for listed in page.model.rows]


def test_pages_follow_the_view_newest_first(page: EventsPage, show: Opener) -> None:
    assert numbers(page) == list(range(150, 86, -1))
    page.list.scrollToBottom()
    page.model.fetchMore()
    show.settle()
    page.model.fetchMore()
    show.settle()
    assert numbers(page) == list(range(150, 0, -1))
    assert page.note.text().startswith("150 events · by time")


def test_a_column_sorts_and_turns_round(page: EventsPage, show: Opener) -> None:
    page.sort_by("time")
    show.settle()
    assert numbers(page)[0] == 1
    page.sort_by("release")
    show.settle()
    assert {listed.row.release for listed in page.model.rows[:40]} == {"2.0"}
    while not page.model.is_exhausted:
        page.model.fetchMore()
        show.settle()
    assert numbers(page)[-1] == 7, "an event without the value comes last"
    assert len(set(numbers(page))) == 150
    assert page.note.text().endswith("by release")


def test_own_columns_show_tags_and_paths_and_are_remembered(
    page: EventsPage, show: Opener, bridge: Bridge
) -> None:
    page.add_column("till")
    page.add_column(".contexts.order.n")
    show.settle()
    assert page.model.rows[0].values == ("2", "150")
    titles = [page.model.headerData(at, Qt.Orientation.Horizontal) for at in range(page.model.columnCount())]
    assert titles[-2:] == ["till", ".contexts.order.n"]
    assert bridge.preferences.get("issue.events.columns", []) == ["till", ".contexts.order.n"]
    page.remove_column("till")
    show.settle()
    assert page.model.rows[0].values == ("150",)


def test_enter_opens_the_event(page: EventsPage, show: Opener, view: IssueView, qtbot: QtBot) -> None:
    page.list.select_key(page.model.rows[4].row.id)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    show.settle()
    assert view.part() == EVENT
    assert view.page is not None
    assert int(view.page.row.event_id, 16) == 146


def test_two_selected_events_are_compared(
    page: EventsPage, view: IssueView, commands: CommandRegistry, qtbot: QtBot
) -> None:
    page.list.selectRow(2)
    page.list.setCurrentIndex(page.model.index(2, 0))
    page.list.step(1, extend=True)
    with qtbot.waitSignal(view.navigate) as navigated:
        assert commands.run("event.compare")
    assert navigated.args == [Place("compare", extra="147,148")]
    page.list.selectAll()
    assert not commands.command("event.compare").when()


def test_rows_are_copied_as_csv_json_and_ids(page: EventsPage, show: Opener) -> None:
    page.copy("csv")
    show.settle()
    assert QGuiApplication.clipboard().text().startswith("time,event_id,level,title,")
    page.list.select_key(page.model.rows[0].row.id)
    page.copy("ids")
    assert QGuiApplication.clipboard().text() == f"{150:032x}"
    page.copy("json")
    show.settle()
    assert len(orjson.loads(QGuiApplication.clipboard().text())) == 64


def test_a_cell_s_menu_filters_excludes_and_copies(page: EventsPage, qtbot: QtBot) -> None:
    listed = page.model.rows[0]
    menu = page.build_menu(listed, 3)
    actions = {action.text(): action for action in menu.actions() if action.text()}
    with qtbot.waitSignal(page.filterRequested) as filtered:
        actions["Exclude"].trigger()
    assert filtered.args == ["release", "2.0", True]
    actions["Copy cell"].trigger()
    assert QGuiApplication.clipboard().text() == "2.0"


def test_new_events_come_in_above(page: EventsPage, desk: IssueDesk, show: Opener, bridge: Bridge) -> None:
    send(desk, 200, release="2.0")
    bridge.changed.emit((Change(ChangeKind.ISSUE, (desk.issues()[0].id,)),))
    show.settle()
    assert numbers(page)[:2] == [200, 150]


def test_a_search_that_leaves_nothing_says_so(page: EventsPage, show: Opener, view: IssueView) -> None:
    view.set_query("till:none")
    show.settle()
    assert page.empty.isVisible()
    assert page.empty.accessibleName().startswith("No event fits")
    view.set_query("till:3")
    show.settle()
    assert set(numbers(page)[:5]) == {147, 143, 139, 135, 131}


def test_the_model_is_one_qt_can_rely_on(page: EventsPage, qtmodeltester: Any) -> None:
    qtmodeltester.check(page.model)


# ---------------------------------------------------------------- columns


def visual_names(page: EventsPage) -> list[str]:
    header = page.list.horizontalHeader()
    return [str(page.model.headerData(header.logicalIndex(at), HORIZONTAL)) for at in range(header.count())]


def test_a_column_of_a_path_sorts_numbers_as_numbers(page: EventsPage, show: Opener) -> None:
    page.add_column(".contexts.order.n")
    show.settle()
    page.sort_by("own .contexts.order.n")
    show.settle()
    assert numbers(page)[:3] == [1, 2, 3]
    page.sort_by("own .contexts.order.n")
    show.settle()
    assert numbers(page)[:3] == [150, 149, 148]
    assert page.note.text().endswith("by .contexts.order.n")
    page.remove_column(".contexts.order.n")
    show.settle()
    assert page.note.text().endswith("by time")


def test_a_sort_that_looks_at_the_newest_says_so(
    page: EventsPage, show: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("page", "read"):
        monkeypatch.setattr(f"vedette.desktop.issue.events.{module}.MOST_SORTED_READ", 20)
    page.add_column("till")
    page.sort_by("own till")
    show.settle()
    assert len(page.model.rows) == 20
    assert set(numbers(page)) == set(range(131, 151))
    assert page.note.text().endswith("by till, the newest 20 of them")


def test_order_and_widths_of_columns_are_remembered_for_the_project(
    page: EventsPage, show: Opener, bridge: Bridge, qtbot: QtBot
) -> None:
    page.add_column("till")
    show.settle()
    page.move_column(8, -8)
    page.list.horizontalHeader().resizeSection(3, 177)
    qtbot.waitUntil(lambda: bridge.preferences.is_set("issue.events.widths.1"))
    page.add_column(".contexts.order.n")
    show.settle()
    assert visual_names(page)[:2] == ["till", "Time"]
    assert visual_names(page)[-1] == ".contexts.order.n"
    assert page.list.horizontalHeader().sectionSize(3) == 177
    page.usual_columns()
    show.settle()
    assert visual_names(page)[0] == "Time"
    assert not bridge.preferences.is_set("issue.events.widths.1")


def test_another_project_has_columns_of_its_own(bridge: Bridge) -> None:
    memory = ColumnMemory(bridge.preferences)
    memory.project = 1
    memory.set_own(["till"])
    memory.project = 2
    assert memory.own() == ("till",), "the columns chosen last, to begin with"
    memory.set_own([])
    assert memory.own() == ()
    memory.project = 1
    assert memory.own() == ("till",)


def test_a_path_is_chosen_from_what_the_events_have(page: EventsPage, show: Opener, qtbot: QtBot) -> None:
    dialog = page.ask_column()
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() > 0)
    qtbot.keyClicks(dialog.edit, "ordern")
    first = dialog.list.topLevelItem(0)
    assert first is not None
    assert (first.text(0), first.text(1), first.text(2)) == ("contexts.order.n", "150", "30")
    qtbot.keyClick(dialog.edit, Qt.Key.Key_Down)
    assert dialog.path() == "contexts.order.n"
    qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)
    show.settle()
    assert page.own_columns() == (".contexts.order.n",)


def test_a_path_can_be_typed_that_no_event_had(page: EventsPage, show: Opener, qtbot: QtBot) -> None:
    dialog = page.ask_column()
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() > 0)
    qtbot.keyClicks(dialog.edit, ".extra.zzzz")
    assert dialog.path() == "extra.zzzz"
    dialog.edit.clear()
    assert not dialog.buttons.button(dialog.buttons.StandardButton.Ok).isEnabled()
    dialog.reject()


# ---------------------------------------------------------------- export


@pytest.mark.parametrize("form", [Form.CSV, Form.JSON, Form.LINES])
def test_all_events_that_fit_are_exported_not_only_those_read(
    form: Form, page: EventsPage, show: Opener, view: IssueView, qtbot: QtBot, tmp_path: Path
) -> None:
    page.add_column(".contexts.order.n")
    view.set_query("till:[1, 2, 3]")
    show.settle()
    target = tmp_path / f"Ereignisse ö.{form.value}"
    with qtbot.waitSignal(page.export.ended) as ended:
        page.export_to(target, form)
    assert ended.args == [f"113 events written to {target}"]
    text = target.read_text(encoding="utf-8")
    if form is Form.CSV:
        found = [row[".contexts.order.n"] for row in csv.DictReader(io.StringIO(text))]
    elif form is Form.JSON:
        found = [row[".contexts.order.n"] for row in orjson.loads(text)]
    else:
        found = [str(orjson.loads(line)["contexts"]["order"]["n"]) for line in text.splitlines()]
    assert found == [str(number) for number in range(150, 0, -1) if number % 4]
    assert list(tmp_path.glob(".*")) == []


def test_an_export_of_nothing_is_an_empty_table(
    page: EventsPage, show: Opener, view: IssueView, qtbot: QtBot, tmp_path: Path
) -> None:
    view.set_query("till:none")
    show.settle()
    with qtbot.waitSignal(page.export.ended):
        page.export_to(tmp_path / "e.json", Form.JSON)
    assert orjson.loads((tmp_path / "e.json").read_bytes()) == []


def test_what_is_exported_and_copied_is_scrubbed_as_the_project_says(
    page: EventsPage, desk: IssueDesk, show: Opener, qtbot: QtBot, tmp_path: Path
) -> None:
    send(desk, 160, extra={"password": "sesame", "own": "told"})
    with desk.writer.batch():
        desk.writer.projects.set_rules(1, orjson.dumps({"sensitiveFields": ["own"]}).decode())
    for name in (".extra.password", ".extra.own"):
        page.add_column(name)
    show.settle()
    assert page.model.rows[0].values == ("sesame", "told")
    for form in (Form.JSON, Form.CSV, Form.LINES):
        with qtbot.waitSignal(page.export.ended):
            page.export_to(tmp_path / "e", form)
        text = (tmp_path / "e").read_text()
        assert text.count("[Filtered]") >= 2
        assert "sesame" not in text
        assert "told" not in text
    page.copy("csv")
    show.settle()
    assert ",[Filtered],[Filtered]\n" in QGuiApplication.clipboard().text()


def test_an_export_can_be_stopped_and_leaves_nothing(
    page: EventsPage, show: Opener, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(page.export.progressed, check_params_cb=lambda done, total: done > 0):
        page.export_to(tmp_path / "e.csv", Form.CSV)
    assert page.strip.isVisible()
    assert page.strip.words.text() == "Exporting: 100 of 150 events"
    page.strip.stop.click()
    assert page.strip.words.text() == "The export was stopped; nothing was written."
    assert not page.export.is_running
    show.settle()
    qtbot.waitUntil(lambda: list(tmp_path.glob("*e.csv*")) == [])
    page.strip.close_button.click()
    assert not page.strip.isVisible()


def test_a_file_that_cannot_be_written_is_said(
    page: EventsPage, show: Opener, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(page.export.ended) as ended:
        page.export_to(tmp_path / "none" / "e.csv", Form.CSV)
    assert ended.args[0].startswith("The export failed: No such file")
