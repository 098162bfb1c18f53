# ruff: noqa: F811 - pytest finds fixtures by the names of parameters
from collections.abc import Callable

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.support.builders import MORNING, an_event
from tests.support.desktop import bridge, desk  # noqa: F401
from tests.support.store_rows import FilledStore
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.ingest.view import IngestView
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.outcomes import Outcome, Reason
from vedette.domain.times import MINUTE
from vedette.store.writer.records import ItemRecord

HEADER = b"{}\n"
ITEM = b'{"type":"event"}\n'
PAYLOAD = b'{"level":"error","message":"bad currency"}'
BODY = HEADER + ITEM + PAYLOAD + b"\n"
Opened = Callable[[], IngestView]


@pytest.fixture
def open_view(bridge: Bridge, theme: Theme, qtbot: QtBot) -> Opened:
    def opened() -> IngestView:
        view = IngestView(bridge, CommandRegistry(theme), theme, clock=lambda: MORNING + MINUTE)
        qtbot.addWidget(view)
        view.resize(1_200, 700)
        view.show()
        qtbot.waitUntil(lambda: view.is_settled)
        return view

    return opened


def numbers(view: IngestView) -> list[int]:
    return [listed.request.id for listed in view.model.rows]


def refused(store: FilledStore) -> int:
    return store.add(
        outcome=Outcome.REFUSED,
        status=401,
        reason=Reason.UNKNOWN_KEY,
        detail="unknown key",
        public_key="9f31c0de9f31c0de",
        project=None,
        path="/api/3/envelope/",
        body=BODY,
    )


def tell(bridge: Bridge, number: int) -> None:
    bridge.changed.emit((Change(ChangeKind.REQUEST, (number,)),))


def test_requests_stand_newest_first_with_their_counts(desk: FilledStore, open_view: Opened) -> None:
    stored, trouble = desk.add(an_event()), refused(desk)
    view = open_view()
    assert numbers(view) == [trouble, stored]
    titles = [button.text() for button in view.tabs.findChildren(QPushButton)]
    assert titles[:3] == ["All 2", "Stored 1", "Refused 1"]


def test_a_tab_shows_only_its_outcome(desk: FilledStore, open_view: Opened, qtbot: QtBot) -> None:
    desk.add(an_event())
    trouble = refused(desk)
    view = open_view()
    view.show_tab("refused")
    qtbot.waitUntil(lambda: view.is_settled)
    assert numbers(view) == [trouble]
    view.show_tab("invalid")
    qtbot.waitUntil(lambda: view.is_settled)
    assert numbers(view) == []
    assert view.empty.isVisible()


def test_an_empty_station_offers_to_connect_an_app(open_view: Opened, qtbot: QtBot) -> None:
    view = open_view()
    assert view.empty.isVisible()
    with qtbot.waitSignal(view.navigate) as told:
        view.empty.acted.emit()
    assert told.args == [Place("connect")]


def test_a_filter_that_fits_nothing_can_be_taken_back(
    desk: FilledStore,
    open_view: Opened,
    qtbot: QtBot,
) -> None:
    desk.add(an_event())
    view = open_view()
    view.go(Place("ingest", query="nowhere"))
    qtbot.waitUntil(lambda: view.is_settled)
    assert view.empty.isVisible()
    view.empty.acted.emit()
    qtbot.waitUntil(lambda: view.is_settled)
    assert numbers(view) == [1]


def test_new_requests_come_on_top_and_the_chosen_one_stays(
    desk: FilledStore,
    bridge: Bridge,
    open_view: Opened,
    qtbot: QtBot,
) -> None:
    for _ in range(60):
        desk.add(an_event())
    view = open_view()
    view.list.select_key(20)
    before = view.list.row_rect(view.model.position_of(20) or 0).top()
    tell(bridge, desk.add(an_event()))
    qtbot.waitUntil(lambda: numbers(view)[0] == 61)
    qtbot.waitUntil(lambda: view.is_settled)
    assert view.list.current_key() == 20
    assert view.list.row_rect(view.model.position_of(20) or 0).top() == before
    assert view.newer.isVisible()
    assert view.newer.text() == "1 new request"


def test_the_chosen_request_shows_its_facts_and_its_item_as_a_tree(
    desk: FilledStore,
    open_view: Opened,
    qtbot: QtBot,
) -> None:
    item = ItemRecord(0, "event", len(HEADER + ITEM), len(PAYLOAD))
    view_number = desk.add(item, body=BODY, content_type="application/x-sentry-envelope")
    view = open_view()
    view.list.select_key(view_number)
    qtbot.waitUntil(lambda: view.items.content.tree.isVisible() and view.is_settled)
    assert view.items.content.tree.value() == {"level": "error", "message": "bad currency"}
    assert any(row.value == "application/x-sentry-envelope" for row in view.request.facts.rows())


def test_only_a_request_with_an_unknown_key_can_be_adopted(
    desk: FilledStore,
    open_view: Opened,
    qtbot: QtBot,
) -> None:
    stored, trouble = desk.add(an_event()), refused(desk)
    view = open_view()
    view.list.select_key(stored)
    qtbot.waitUntil(lambda: view.is_settled)
    assert not view.acting.can_adopt()
    view.list.select_key(trouble)
    qtbot.waitUntil(lambda: view.is_settled)
    assert view.acting.can_adopt()
    # Without a station nothing is adopted, and that is said.
    view.acting.adopt()
    qtbot.waitUntil(lambda: view.is_settled)
    assert view.banner.isVisible()


def test_a_request_is_copied_as_a_command(desk: FilledStore, open_view: Opened, qtbot: QtBot) -> None:
    number = refused(desk)
    view = open_view()
    view.list.select_key(number)
    qtbot.waitUntil(lambda: view.is_settled)
    view.acting.copy_curl()
    qtbot.waitUntil(lambda: view.is_settled)
    command = QGuiApplication.clipboard().text()
    assert command.startswith("curl -X POST http://127.0.0.1:8969/api/3/envelope/")
    assert "9f31c0de9f31c0de" in command


def test_the_senders_tab_lists_who_sent(desk: FilledStore, open_view: Opened, qtbot: QtBot) -> None:
    desk.add(an_event(), ip="10.0.0.7", client="sentry.cocoa/9.2.0")
    desk.add(an_event())
    view = open_view()
    view.show_tab("senders")
    qtbot.waitUntil(lambda: view.is_settled)
    assert view.senders.list.model().rowCount() == 2
