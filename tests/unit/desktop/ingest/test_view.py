from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.support.store_rows import FilledStore
from tests.unit.desktop.ingest.conftest import BAD_JSON, CUT_SHORT, REPORT, OwnStation, Sent
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.commands.dispatcher import KeyDispatcher
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.ingest import read
from vedette.desktop.ingest.view import IngestView
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.scope import Scope
from vedette.desktop.theme.theme import SchemeSetting, Theme
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.outcomes import Outcome

Open = Callable[..., IngestView]
Choose = Callable[[IngestView, int], None]


def listed(view: IngestView) -> list[int]:
    return [row.request.id for row in view.model.rows]


def announce(bridge: Bridge, number: int) -> None:
    bridge.take_changes((Change(ChangeKind.REQUEST, (number,)),))


@pytest.fixture
def mixed(sent: Sent) -> dict[str, int]:
    """One request of each kind, oldest first."""
    return {
        "stored": sent.recorded("py-shop-rich"),
        "refused": sent.refused(),
        "stray": sent.stray(),
        "report": sent(REPORT, client="sentry.javascript.react/11.12.0"),
        "cut": sent(CUT_SHORT),
        "bad": sent(BAD_JSON),
    }


def test_every_request_is_listed_newest_first_with_counts_on_the_tabs(
    mixed: dict[str, int], open_view: Open
) -> None:
    view = open_view()
    assert listed(view) == sorted(listed(view), reverse=True)
    assert set(mixed.values()) <= set(listed(view))
    texts = [button.text() for button in view.tabs.findChildren(QWidget) if button.property("segment")]
    assert texts[0] == f"All {len(listed(view))}"
    assert "Refused 1" in texts
    assert "Invalid 2" in texts
    assert texts[-1].startswith("Senders ")


def test_the_lists_are_sound_models(
    mixed: dict[str, int], open_view: Open, qtmodeltester: ModelTester
) -> None:
    view = open_view()
    qtmodeltester.check(view.model)
    qtmodeltester.check(view.senders.model)


def test_a_tab_shows_one_outcome(mixed: dict[str, int], open_view: Open, qtbot: QtBot) -> None:
    view = open_view()
    QTest.mouseClick(view.findChild(QWidget, "ingest.tabs.refused"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.is_settled)
    assert listed(view) == [mixed["refused"]]
    view.show_tab("filtered")
    qtbot.waitUntil(lambda: view.is_settled)
    assert view.empty.isVisible()
    assert view.empty.accessibleName().startswith("Nothing was filtered out")
    view.empty.acted.emit()
    qtbot.waitUntil(lambda: view.is_settled)
    assert len(listed(view)) >= 6


def test_typing_a_filter_narrows_the_list_and_no_match_offers_to_clear_it(
    mixed: dict[str, int], open_view: Open, qtbot: QtBot
) -> None:
    view = open_view()
    view.focus_filter()
    QTest.keyClicks(view.field.focusProxy(), "from:192.168.1.44 ")
    qtbot.waitUntil(lambda: listed(view) == [mixed["refused"]])
    view.field.set_text("nowhere-at-all")
    view.set_query("nowhere-at-all")
    qtbot.waitUntil(lambda: view.is_settled)
    assert view.empty.accessibleName().startswith("No request matches")
    view.empty.acted.emit()
    qtbot.waitUntil(lambda: view.is_settled)
    assert view.field.text() == ""
    assert len(listed(view)) >= 6


def test_a_term_that_means_nothing_is_said_and_the_list_stays(mixed: dict[str, int], open_view: Open) -> None:
    view = open_view()
    before = listed(view)
    view.set_query("colour:red")
    assert "colour:red" in view.banner.accessibleName()
    assert listed(view) == before


def test_the_scope_leaves_out_other_projects(mixed: dict[str, int], open_view: Open, qtbot: QtBot) -> None:
    view = open_view()
    view.set_scope(Scope(projects=(99,)))
    qtbot.waitUntil(lambda: view.is_settled)
    assert listed(view) == []
    view.set_scope(Scope())
    qtbot.waitUntil(lambda: view.is_settled)
    assert len(listed(view)) >= 6


def test_an_untouched_station_says_how_to_send_something(open_view: Open, qtbot: QtBot) -> None:
    view = open_view()
    assert view.empty.accessibleName().startswith("Nothing has knocked yet")
    with qtbot.waitSignal(view.navigate) as told:
        view.empty.acted.emit()
    assert told.args == [Place("connect")]


def test_a_refused_request_shows_its_reason_and_what_was_in_it(
    mixed: dict[str, int], open_view: Open, choose: Choose
) -> None:
    view = open_view()
    choose(view, mixed["refused"])
    assert view.request.headline.full_text().startswith("POST /api/3/envelope/ · 401")
    assert view.request.facts.rows()[0].label == "Reason"
    assert view.request.adopt.isVisible()
    assert [part.kind for part in view.items.parts()] == ["event", "whole body"]
    assert view.items.content.tree.isVisible()
    assert view.items.content.tree.value()["level"] == "error"


def test_adopting_asks_the_station_and_the_row_says_so_from_then_on(
    mixed: dict[str, int], open_view: Open, choose: Choose, station: OwnStation, qtbot: QtBot
) -> None:
    view = open_view()
    choose(view, mixed["refused"])
    QTest.mouseClick(view.request.adopt, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.toast.isVisible() and view.is_settled)
    assert station.calls == [("POST", f"/requests/{mixed['refused']}/adopt/", None)]
    assert not view.request.adopt.isVisible()
    assert "1 refused request was stored too" in view.toast.accessibleName()
    row = view.model.row_by_key(mixed["refused"])
    assert row is not None
    assert (row.request.outcome, row.request.issue_short) == (Outcome.STORED, "PROJECT-3-1")
    assert view.acting.leads_somewhere()


def test_the_button_in_the_row_adopts_too(
    mixed: dict[str, int], open_view: Open, station: OwnStation, qtbot: QtBot
) -> None:
    view = open_view()
    position = view.model.position_of(mixed["refused"])
    assert position is not None
    rect = view.list.button_rect(position)
    assert rect is not None
    QTest.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    qtbot.waitUntil(lambda: bool(station.calls))
    assert station.calls[0][1] == f"/requests/{mixed['refused']}/adopt/"


def test_a_press_that_leaves_the_button_does_nothing(
    mixed: dict[str, int], open_view: Open, station: OwnStation, qtbot: QtBot
) -> None:
    view = open_view()
    position = view.model.position_of(mixed["refused"])
    assert position is not None
    rect = view.list.button_rect(position)
    assert rect is not None
    QTest.mousePress(view.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    QTest.mouseRelease(view.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, rect.center().y()))
    qtbot.waitUntil(lambda: view.is_settled)
    assert station.calls == []


def test_what_the_station_will_not_do_is_said_in_place(
    mixed: dict[str, int], open_view: Open, choose: Choose, station: OwnStation, qtbot: QtBot
) -> None:
    station.refuses = "The digest is restarting."
    view = open_view()
    choose(view, mixed["refused"])
    view.acting.adopt()
    qtbot.waitUntil(lambda: view.banner.isVisible())
    assert "It was not adopted: The digest is restarting." in view.banner.accessibleName()


def test_without_a_station_it_says_that_it_can_only_be_read(
    mixed: dict[str, int], open_view: Open, choose: Choose, qtbot: QtBot
) -> None:
    view = open_view()
    choose(view, mixed["refused"])
    view.acting.adopt()
    qtbot.waitUntil(lambda: view.banner.isVisible())
    assert "No station is running" in view.banner.accessibleName()


def test_blocking_a_sender_can_be_taken_back(
    desk: FilledStore, mixed: dict[str, int], open_view: Open, choose: Choose, station: OwnStation,
    qtbot: QtBot,
) -> None:  # fmt: skip
    view = open_view()
    choose(view, mixed["cut"])
    view.acting.block()
    qtbot.waitUntil(lambda: view.request.block.text() == "Allow sender")
    view.findChild(QWidget, "ingest.toast.undo").click()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: view.request.block.text() == "Block sender")
    assert [call[2] for call in station.calls] == [{"blocked": True}, {"blocked": False}]


def test_show_bytes_opens_the_damage(mixed: dict[str, int], open_view: Open, qtbot: QtBot) -> None:
    view = open_view()
    assert view.list.press_button(mixed["cut"])
    qtbot.waitUntil(lambda: view.is_settled and view.items.content.raw.isVisible())
    assert view.items.current_part() is not None
    marked = [line for line in view.items.content.raw.lines() if line.current]
    assert [line.text for line in marked] == ['{"message":"x"}']


def test_advice_leads_to_the_sender(mixed: dict[str, int], open_view: Open, qtbot: QtBot) -> None:
    view = open_view()
    assert view.list.press_button(mixed["report"])
    qtbot.waitUntil(lambda: view.is_settled)
    sender = view.senders.current_sending()
    assert sender is not None
    assert sender.row.client == "sentry.javascript.react/11.12.0"
    assert "1.0 while you develop" in str(view.senders.facts.rows()[0].value)


def test_enter_on_a_sender_shows_what_it_sent(mixed: dict[str, int], open_view: Open, qtbot: QtBot) -> None:
    view = open_view()
    view.show_tab("senders")
    qtbot.waitUntil(lambda: view.is_settled)
    one = next(one for one in view.senders.model.rows if "react" in one.row.client)
    view.senders.list.select_key(one.row.id)
    view.senders.list.setFocus()
    QTest.keyClick(view.senders.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.is_settled and listed(view) == [mixed["report"]])
    assert view.tabs.current() == "all"


def test_tree_and_bytes_are_two_faces_of_an_item(
    mixed: dict[str, int], open_view: Open, choose: Choose, qtbot: QtBot
) -> None:
    view = open_view()
    choose(view, mixed["stored"])
    qtbot.waitUntil(lambda: view.items.content.tree.isVisible())
    assert view.items.content.tree.value()["platform"] == "python"
    view.acting.toggle_raw()
    assert view.items.content.raw.isVisible()
    assert view.items.content.shape.current() == "raw"
    assert view.items.content.raw.text().startswith("{")
    view.acting.toggle_raw()
    assert view.items.content.tree.isVisible()


def test_a_field_finds_what_is_in_an_item(
    mixed: dict[str, int], open_view: Open, choose: Choose, qtbot: QtBot
) -> None:
    view = open_view()
    choose(view, mixed["stored"])
    content = view.items.content
    qtbot.waitUntil(lambda: content.tree.isVisible())
    content.field.queryChanged.emit("platform")
    assert content.tree.current_path() == ("platform",)
    assert content.found() == "1 found"
    content.field.queryChanged.emit("nowhere to be seen")
    assert content.found() == "not found"
    content.field.queryChanged.emit("")
    assert content.found() == ""


def test_a_stored_item_leads_to_its_issue(
    mixed: dict[str, int], open_view: Open, choose: Choose, qtbot: QtBot
) -> None:
    view = open_view()
    choose(view, mixed["stored"])
    view.items.list.setFocus()
    with qtbot.waitSignal(view.navigate) as told:
        QTest.keyClick(view.items.list, Qt.Key.Key_Return)
    assert told.args[0].section == "issues"


def test_a_place_can_name_an_item_of_a_request(sent: Sent, open_view: Open, qtbot: QtBot) -> None:
    files = b"".join(b'{"type":"attachment","length":2,"filename":"%d"}\nhi\n' % n for n in range(3))
    number = sent(b'{"event_id":"' + b"ad" * 16 + b'"}\n{"type":"event"}\n{"message":"x"}\n' + files)
    sent(REPORT)
    view = open_view()
    view.go(Place("ingest", number, extra="2"))
    qtbot.waitUntil(lambda: view.is_settled and view.panes.detail is not None)
    assert view.items.list.current_key() == 2
    assert view.panes.detail is not None
    assert view.panes.detail.listed.request.id == number
    view.go(Place("ingest", number, extra="3"))
    assert view.items.list.current_key() == 3
    view.go(Place("ingest", number, extra="99"))
    qtbot.waitUntil(lambda: view.is_settled)
    assert view.items.list.current_key() == 3


def test_an_item_can_be_saved_as_it_came(
    mixed: dict[str, int], open_view: Open, choose: Choose, qtbot: QtBot, tmp_path: Path
) -> None:
    view = open_view()
    choose(view, mixed["bad"])
    view.items.save_to(tmp_path / "item.bin")
    qtbot.waitUntil(lambda: "Saved as item.bin" in view.items.note.full_text())
    assert (tmp_path / "item.bin").read_bytes() == BAD_JSON.split(b"\n")[2]


def test_a_request_can_be_copied_as_a_command_and_as_a_line(
    mixed: dict[str, int], open_view: Open, choose: Choose, qtbot: QtBot
) -> None:
    view = open_view()
    choose(view, mixed["bad"])
    view.acting.copy_curl()
    qtbot.waitUntil(lambda: view.toast.isVisible())
    assert QGuiApplication.clipboard().text().startswith("curl -X POST http://127.0.0.1:8969/api/1/envelope/")
    view.acting.copy_rows()
    assert "sentry.python/2.75.0" in QGuiApplication.clipboard().text()


def test_new_requests_do_not_move_what_is_read(
    sent: Sent, bridge: Bridge, open_view: Open, choose: Choose, qtbot: QtBot
) -> None:
    numbers = [sent(b"{}\n") for _ in range(60)]
    view = open_view(height=500)
    choose(view, numbers[30])
    before = view.list.row_rect(view.model.position_of(numbers[30]) or 0)
    newest = sent(b"{}\n")
    announce(bridge, newest)
    qtbot.waitUntil(lambda: listed(view)[0] == newest)
    assert view.list.row_rect(view.model.position_of(numbers[30]) or 0) == before
    assert view.newer.isVisible()
    assert view.newer.text() == "1 new request"
    QTest.mouseClick(view.newer, Qt.MouseButton.LeftButton)
    assert view.list.is_at_top()
    assert not view.newer.isVisible()


def test_counts_follow_what_arrives(sent: Sent, bridge: Bridge, open_view: Open, qtbot: QtBot) -> None:
    sent(b"{}\n")
    view = open_view()
    announce(bridge, sent.refused())
    tab = view.findChild(QWidget, "ingest.tabs.refused")
    qtbot.waitUntil(lambda: tab.text() == "Refused 1")  # type: ignore[union-attr]


def test_a_place_chooses_a_request(mixed: dict[str, int], open_view: Open, qtbot: QtBot) -> None:
    view = open_view()
    view.go(Place("ingest", mixed["refused"]))
    qtbot.waitUntil(lambda: view.is_settled and view.request.isVisible())
    assert view.list.current_key() == mixed["refused"]
    view.go(Place("ingest", query="outcome:invalid"))
    qtbot.waitUntil(lambda: view.is_settled)
    assert {row.request.outcome for row in view.model.rows} == {Outcome.INVALID}


def test_a_place_opened_before_anything_was_read_is_chosen_once_it_is(
    mixed: dict[str, int], bridge: Bridge, theme: Theme, qtbot: QtBot
) -> None:
    view = IngestView(bridge, CommandRegistry(theme), theme)
    qtbot.addWidget(view)
    view.show()
    view.go(Place("ingest", mixed["refused"]))
    qtbot.waitUntil(lambda: view.is_settled and view.request.isVisible())
    assert view.list.current_key() == mixed["refused"]


def test_keys_do_what_the_buttons_do(
    mixed: dict[str, int], open_view: Open, choose: Choose, station: OwnStation, qtbot: QtBot
) -> None:
    view = open_view()
    dispatcher = KeyDispatcher(view._commands, view)
    choose(view, mixed["refused"])
    view.list.setFocus()
    QTest.keyClick(view.list, Qt.Key.Key_R)
    assert view.items.content.raw.isVisible()
    QTest.keyClick(view.list, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: bool(station.calls) and view.is_settled)
    QTest.keyClick(view.list, Qt.Key.Key_Slash)
    assert view.field.isAncestorOf(view.focusWidget())
    dispatcher.deleteLater()


def test_j_held_down_reads_only_where_it_comes_to_rest(sent: Sent, open_view: Open, qtbot: QtBot) -> None:
    numbers = [sent(b"{}\n") for _ in range(12)]
    view = open_view()
    view.list.setFocus()
    for _ in range(8):
        QTest.keyClick(view.list, Qt.Key.Key_J)
    qtbot.waitUntil(lambda: view.is_settled and view.request.isVisible())
    chosen = view.list.current_key()
    assert chosen in numbers
    assert view.panes.detail is not None
    assert view.panes.detail.listed.request.id == chosen


def test_everything_that_takes_the_focus_has_a_name(
    mixed: dict[str, int], open_view: Open, choose: Choose
) -> None:
    view = open_view()
    choose(view, mixed["refused"])
    nameless = [
        widget.objectName() or type(widget).__name__
        for widget in view.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and widget.focusProxy() is None
    ]
    assert nameless == []
    index = view.model.index(view.model.position_of(mixed["refused"]) or 0, 0)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("refused, ")
    assert spoken.endswith("action: Adopt project")


@pytest.mark.parametrize("scheme", [SchemeSetting.LIGHT, SchemeSetting.DARK, SchemeSetting.CONTRAST])
@pytest.mark.parametrize("width", [1_240, 824, 420])
def test_every_theme_and_width_draws_and_keeps_inside(
    mixed: dict[str, int], open_view: Open, choose: Choose, theme: Theme, scheme: SchemeSetting, width: int
) -> None:
    theme.set_setting(scheme)
    view = open_view(width, 560)
    choose(view, mixed["refused"])
    picture = view.grab().toImage()
    at = view.list.viewport().mapTo(view, QPoint(3, 3))
    assert picture.pixelColor(at) == theme.color("bg.canvas")
    bar = view.findChild(QWidget, "ingest.bar")
    assert bar is not None
    outside = [
        widget.objectName()
        for widget in (view.tabs, view.field, view.request.curl, view.items.content.shape)
        if widget.mapTo(view, QPoint(widget.width(), 0)).x() > view.width()
    ]
    assert outside == []


def test_parsing_again_says_how_it_ended(
    mixed: dict[str, int], open_view: Open, choose: Choose, station: OwnStation, qtbot: QtBot
) -> None:
    view = open_view()
    choose(view, mixed["cut"])
    assert view.request.parse.isVisible()
    QTest.mouseClick(view.request.parse, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.toast.isVisible() and view.is_settled)
    assert view.toast.accessibleName() == "Parsed again: it is still invalid."
    choose(view, mixed["refused"])
    assert not view.request.parse.isVisible()
    view.acting.calls.parse_again(mixed["refused"])
    qtbot.waitUntil(lambda: view.banner.isVisible())
    assert "Adopt the project first" in view.banner.accessibleName()


def test_the_menus_of_sender_and_item_narrow_the_list(
    mixed: dict[str, int], open_view: Open, qtbot: QtBot
) -> None:
    view = open_view()
    kinds = {action.text(): action for action in view.bar.by_kind.menu().actions()}
    kinds["client_report"].trigger()
    qtbot.waitUntil(lambda: listed(view) == [mixed["report"]])
    assert view.field.text() == "item:client_report"
    senders = {action.text().split("   ")[0]: action for action in view.bar.by_sender.menu().actions()}
    senders["sentry.python 2.75"].trigger()
    qtbot.waitUntil(lambda: view.is_settled)
    assert listed(view) == []


def test_a_rows_menu_opens_by_key_and_filters_to_its_sender(
    mixed: dict[str, int], open_view: Open, choose: Choose, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = open_view()
    choose(view, mixed["report"])
    shown: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, at: shown.append(menu))
    view.acting.show_menu()
    (menu,) = shown
    titles = [action.text().partition("\t")[0] for action in menu.actions() if action.text()]
    assert titles[:2] == ["Open what it became", "Parse again"]
    menu.close()
    view.acting.filter_sender()
    qtbot.waitUntil(lambda: listed(view) == [mixed["report"]])


def test_an_envelope_and_a_fixture_are_written(
    mixed: dict[str, int], open_view: Open, choose: Choose, qtbot: QtBot, tmp_path: Path
) -> None:
    view = open_view()
    choose(view, mixed["bad"])
    view.acting.deeds.save_envelope(mixed["bad"], tmp_path / "a.envelope")
    qtbot.waitUntil(lambda: view.toast.accessibleName() == "Saved as a.envelope.")
    assert (tmp_path / "a.envelope").read_bytes() == BAD_JSON
    view.acting.deeds.make_fixture(mixed["bad"], tmp_path)
    qtbot.waitUntil(lambda: "A pytest for them is on the clipboard" in view.toast.accessibleName())
    assert "def test_the_recorded_request_is_taken" in QGuiApplication.clipboard().text()
    view.acting.deeds.save_envelope(mixed["bad"], tmp_path / "no" / "folder")
    qtbot.waitUntil(lambda: view.banner.isVisible())
    assert "It was not saved" in view.banner.accessibleName()


def test_hex_and_both_are_shapes_of_an_item_too(
    mixed: dict[str, int], open_view: Open, choose: Choose, qtbot: QtBot
) -> None:
    view = open_view(1_600)
    choose(view, mixed["stored"])
    content = view.items.content
    qtbot.waitUntil(lambda: content.tree.isVisible())
    content.choose_shape("hex")
    assert content.raw.text().startswith("7b 22")
    content.choose_shape("both")
    assert content.tree.isVisible()
    assert content.raw.isVisible()
    view.resize(700, 800)
    assert not content.raw.isVisible()
    assert content.shape.current() == "tree"


def test_where_one_was_comes_back(
    mixed: dict[str, int], open_view: Open, choose: Choose, qtbot: QtBot
) -> None:
    view = open_view()
    view.show_tab("refused")
    qtbot.waitUntil(lambda: view.is_settled)
    choose(view, mixed["refused"])
    state = view.view_state()
    view.show_tab("senders")
    view.restore_state(state)
    qtbot.waitUntil(lambda: view.is_settled)
    assert (view.tabs.current(), view.list.current_key()) == ("refused", mixed["refused"])


def test_a_burst_larger_than_what_is_read_at_once_leaves_no_gap(
    sent: Sent, bridge: Bridge, open_view: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "MOST_NEWS", 3)
    first = sent(b"{}\n")
    view = open_view()
    view.model._page = 3
    assert listed(view) == [first]
    numbers = [sent(b"{}\n") for _ in range(6)]
    announce(bridge, numbers[-1])
    qtbot.waitUntil(lambda: view.is_settled and listed(view)[0] == numbers[-1])
    while view.model.canFetchMore():
        view.model.fetchMore()
        qtbot.waitUntil(lambda: view.is_settled)
    assert listed(view) == [*numbers[::-1], first]
