"""The pages of an event over a real workspace."""

from pathlib import Path
from typing import Any

import orjson
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.issue_desk import NOON, IssueDesk, Opener
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issue.head.navigator import EVENTS, TAGS
from vedette.desktop.issue.pages.request import BodyView
from vedette.desktop.issue.view import IssueView
from vedette.desktop.shell.places import Place
from vedette.domain.times import MINUTE, Micros


def send(desk: IssueDesk, number: int, **more: Any) -> None:
    exception = {"values": [{"type": "KeyError", "value": "'till'"}]}
    event = {"event_id": f"{number:032x}", "platform": "python", "exception": exception, **more}
    desk.send(event, at=Micros(NOON + number * MINUTE))


def names(view: QWidget) -> set[str]:
    return {child.objectName() for child in view.findChildren(QWidget) if not child.isHidden()}


# Breadcrumbs


def test_breadcrumbs_narrow_by_category_and_write_times_as_chosen(
    desk: IssueDesk, show: Opener, view: IssueView
) -> None:
    crumbs = [
        {
            "category": "db" if at % 2 else "http",
            "message": f"step {at}",
            "timestamp": NOON / 1e6 - 10 + at,
            "data": {"n": at},
        }
        for at in range(6)
    ]
    send(desk, 1, breadcrumbs={"values": crumbs}, timestamp=NOON / 1e6)
    show("KeyError")
    view.show_section("breadcrumbs")
    page = view.pages.crumbs
    assert [page.categories.itemText(at) for at in range(3)] == ["All categories", "http  3", "db  3"]
    page.categories.setCurrentIndex(2)
    page.categories.activated.emit(2)
    assert [row.kind for row in page.shown()] == ["db", "db", "db", "event"]
    assert page.model.data(page.model.index(0, 0)) == "−9 s"
    page.times.chosen.emit("start")
    assert page.model.data(page.model.index(1, 0)) == "3 s"
    page.list.select_key(page.shown()[0].at)
    page.list.copy_row()
    assert QGuiApplication.clipboard().text() == "−9 s  info  db  step 1   {n: 1}"


def test_thousands_of_breadcrumbs_are_taken_at_once(desk: IssueDesk, show: Opener, view: IssueView) -> None:
    values = [{"category": f"c{at % 40}", "message": f"step {at}"} for at in range(5_000)]
    send(desk, 1, breadcrumbs={"values": values})
    show("KeyError")
    view.show_section("breadcrumbs")
    assert view.pages.crumbs.shown()[-1].is_event
    assert len(view.pages.crumbs.shown()) > 1_000


# Request


def test_a_body_is_pretty_raw_and_hex(desk: IssueDesk, show: Opener, view: IssueView) -> None:
    send(desk, 1, request={"method": "POST", "url": "http://shop.test/pay", "data": '{"order": {"id": 7}}'})
    show("KeyError")
    view.show_section("request")
    body = view.pages.request.inner.findChild(BodyView)
    assert body is not None
    assert "event.request.body" in names(body)
    body.show_form("hex")
    assert {"event.request.body.hex"} == {
        name for name in names(body) if name.startswith("event.request.body")
    }
    body.show_form("raw")
    assert "event.request.body.raw" in names(body)


def test_requests_are_copied_in_four_forms(desk: IssueDesk, show: Opener, commands: CommandRegistry) -> None:
    send(desk, 1, request={"method": "GET", "url": "http://shop.test/cart"})
    show("KeyError")
    for command, start in (
        ("event.copy_curl", "curl "),
        ("event.copy_httpie", "http GET "),
        ("event.copy_fetch", "await fetch("),
        ("event.copy_request", "GET /cart HTTP/1.1"),
    ):
        assert commands.run(command)
        show.settle()
        assert QGuiApplication.clipboard().text().startswith(start)


# Contexts, tags and what can be done with a value


def test_flags_strange_contexts_and_extra_have_sections_of_their_own(
    desk: IssueDesk, show: Opener, view: IssueView
) -> None:
    send(
        desk,
        1,
        contexts={
            "flags": {"values": [{"flag": "new-till", "result": True}]},
            "order": {"items": [{"id": 7}]},
            "device": {"model": "Pixel 8"},
        },
        extra={"note": "hot"},
        user={"id": "7"},
    )
    show("KeyError")
    view.show_section("contexts")
    found = names(view.pages.contexts.inner)
    assert {
        "event.context.user",
        "event.context.flags",
        "event.context.device",
        "event.context.order",
        "event.context.extra",
    } <= found


def test_a_value_s_menu_filters_where_a_tag_says_the_same(
    desk: IssueDesk, show: Opener, view: IssueView, qtbot: QtBot
) -> None:
    send(desk, 1, tags={"till": "3"}, user={"id": "7"}, contexts={"order": {"n": 1}})
    show("KeyError")
    actions = view.actions_of_values
    assert actions.tag_of(("tags", "till"), "3") == "till"
    assert actions.tag_of(("user", "id"), "7") == "user.id"
    assert actions.tag_of(("contexts", "order", "n"), 1) is None
    assert actions.tag_of(("contexts", "order"), {"n": 1}) is None
    view.show_section("tags")
    table = view.pages.tags.inner.findChild(QWidget, "event.tags")
    assert table is not None
    with qtbot.waitSignal(view.navigate) as navigated:
        table.linkFollowed.emit("till")  # type: ignore[attr-defined]
    assert navigated.args == [Place("issues", view.issue_id, "till:3")]
    view.set_query("is:unresolved till:4")
    show.settle()
    with qtbot.waitSignal(view.navigate) as navigated:
        actions.filterRequested.emit("till", "3", False)
    assert navigated.args == [Place("issues", view.issue_id, "is:unresolved till:3")]
    actions.columnWanted.emit(".contexts.order.n")
    show.settle()
    assert view.part() == EVENTS
    assert view.events.own_columns() == (".contexts.order.n",)


def test_all_values_of_a_tag_are_listed_with_their_counts(
    desk: IssueDesk, show: Opener, view: IssueView, qtbot: QtBot
) -> None:
    for number in range(1, 13):
        send(desk, number, tags={"till": str(number % 8), "shop": "north"})
    show("KeyError")
    view.side.tagChosen.emit("till")
    show.settle()
    assert view.part() == TAGS
    values = view.tags.values_of("till")
    assert values is not None
    assert len(values.values()) == 5
    view.tags.show_whole("till")
    show.settle()
    assert sorted(value.value for value in values.values()) == [str(n) for n in range(8)]
    assert values.sentence(0) == "1, 17 %, 2 events"
    with qtbot.waitSignal(view.navigate) as navigated:
        qtbot.mouseClick(
            values, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier, values.row_rect(0).center()
        )
    assert navigated.args == [Place("issues", view.issue_id, "!till:1")]
    values.copy_all()
    assert QGuiApplication.clipboard().text().startswith("1\t2\n")
    view.tags.field.set_text("north")
    view.tags.field.queryChanged.emit("north")
    assert view.tags.values_of("till") is None
    assert view.tags.values_of("shop") is not None


def test_values_of_a_tag_come_page_by_page(
    desk: IssueDesk, show: Opener, view: IssueView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vedette.desktop.issue.tags.page.PAGE", 6)
    for number in range(1, 18):
        send(desk, number, tags={"till": f"{number:02}"})
    show("KeyError")
    view.side.tagChosen.emit("till")
    show.settle()
    values = view.tags.values_of("till")
    assert values is not None
    more = view.tags.findChild(QPushButton, "issue.tag.till.more")
    assert isinstance(more, QPushButton)
    said = []
    while more.isVisible():
        said.append(more.text())
        more.click()
        show.settle()
    assert said == ["Show all 17", "Show 6 more of 11", "Show 5 more of 5"]
    assert [value.value for value in values.values()] == [f"{number:02}" for number in range(1, 18)]


def test_a_tag_s_values_say_when_and_are_excluded_by_middle_button_and_sign(
    desk: IssueDesk, show: Opener, view: IssueView, qtbot: QtBot
) -> None:
    for number in range(1, 4):
        send(desk, number, tags={"till": "3"})
    show("KeyError")
    view.side.tagChosen.emit("till")
    show.settle()
    values = view.tags.values_of("till")
    assert values is not None
    assert values.values()[0].first is not None
    for button, at in (
        (Qt.MouseButton.MiddleButton, values.row_rect(0).center()),
        (Qt.MouseButton.LeftButton, values.exclude_rect(0).center()),
    ):
        with qtbot.waitSignal(view.navigate) as navigated:
            qtbot.mouseClick(values, button, pos=at)
        assert navigated.args == [Place("issues", view.issue_id, "!till:3")]


# Packages


def test_packages_say_what_changed_since_the_event_before(
    desk: IssueDesk, show: Opener, view: IssueView
) -> None:
    send(desk, 1, modules={"django": "5.1", "gone": "1"}, sdk={"name": "sentry.python", "version": "2.75.0"})
    send(desk, 2, modules={"django": "5.2", "attrs": "25.1"})
    show("KeyError", "latest")
    view.show_section("packages")
    show.settle()
    page = view.pages.packages
    assert [(row.name, row.change.value) for row in page.model.rows] == [
        ("attrs", "+"),
        ("django", "~"),
        ("gone", "-"),
    ]
    assert "3 changed since the event before" in page.findChild(QWidget, "event.packages.note").text()  # type: ignore[attr-defined]
    page.field.set_text("dja")
    page.field.queryChanged.emit("dja")
    assert [row.name for row in page.model.rows] == ["django"]


# Trace


def test_the_trace_is_told_in_small_with_its_other_events(
    desk: IssueDesk, show: Opener, view: IssueView, qtbot: QtBot
) -> None:
    trace = "4" * 32
    start = NOON / 1e6
    spans = [
        {
            "span_id": f"{n:016x}",
            "parent_span_id": "a" * 16,
            "trace_id": trace,
            "op": "db",
            "description": f"SELECT {n}",
            "start_timestamp": start + n / 100,
            "timestamp": start + n / 100 + 0.02,
        }
        for n in range(1, 4)
    ]
    transaction = orjson.dumps(
        {
            "event_id": "7" * 32,
            "type": "transaction",
            "transaction": "GET /pay",
            "start_timestamp": start,
            "timestamp": start + 0.2,
            "contexts": {"trace": {"trace_id": trace, "span_id": "a" * 16, "op": "http.server"}},
            "spans": spans,
            "platform": "python",
        }
    )
    head, item = {"event_id": "7" * 32}, {"type": "transaction", "length": len(transaction)}
    desk.receive(b"\n".join([orjson.dumps(head), orjson.dumps(item), transaction]))
    context = {"trace": {"trace_id": trace, "span_id": f"{2:016x}"}}
    send(desk, 1, contexts=context)
    desk.send({"event_id": f"{2:032x}", "message": "till is slow", "platform": "python", "contexts": context})
    show("KeyError")
    view.show_section("trace")
    show.settle()
    page = view.pages.trace
    assert page.waterfall is not None
    assert page.list is not None
    assert len(page.waterfall.visible_rows()) == 4
    here = page.waterfall.current_row()
    assert page.waterfall.sentence(here).endswith("the event happened here")
    with qtbot.waitSignal(view.navigate) as navigated:
        qtbot.keyClick(page.waterfall, Qt.Key.Key_Return)
    assert navigated.args == [Place("traces", trace, extra=f"{2:016x}")]
    with qtbot.waitSignal(view.navigate) as navigated:
        page.list.select_key(page.list.paged_model().key_at(0))  # type: ignore[union-attr]
        page.list.open_current()
    assert navigated.args == [Place("issues", desk.issue("till is slow").id, extra=f"{2:032x}")]


# Raw


def test_what_was_changed_on_the_way_is_listed(
    desk: IssueDesk, show: Opener, view: IssueView, qtbot: QtBot
) -> None:
    meta = {"extra": {"cart": {"": {"len": 12, "rem": [["!limit", "x", 0, 3]]}}}}
    send(desk, 1, extra={"cart": "abc"}, _meta=meta, user=7)
    show("KeyError")
    remarks = view.pages.remarks
    assert remarks.isVisible()
    assert remarks.accessibleName().startswith("The SDK cut or scrubbed 1 value.")
    qtbot.mouseClick(remarks, Qt.MouseButton.LeftButton)
    show.settle()
    assert view.section() == "raw"
    places = {row.place for row in view.pages.raw.model.rows}
    assert {"extra.cart", "user"} <= places


def test_raw_is_searched_in_the_tree_and_in_the_text(desk: IssueDesk, show: Opener, view: IssueView) -> None:
    send(desk, 1, extra={"deep": {"needle": "find me"}})
    show("KeyError")
    view.show_section("raw")
    show.settle()
    raw = view.pages.raw
    raw.field.queryChanged.emit("needle")
    assert raw.tree.current_path() == ("extra", "deep", "needle")
    raw.forms.choose("text")
    raw.forms.chosen.emit("text")
    raw.field.queryChanged.emit("find me")
    assert raw.text.selected_text() == "find me"


def test_the_event_is_written_to_be_dragged_and_saved(
    desk: IssueDesk, show: Opener, view: IssueView, tmp_path: Any
) -> None:
    send(desk, 1)
    show("KeyError")
    view.show_section("raw")
    show.settle()
    assert view.page is not None
    view.navigator.event_id.pressed.emit()
    show.settle()
    path = view._file.path()
    assert path is not None
    assert path.name == f"event-{1:032x}.json"
    assert path.read_bytes() == view.page.raw
    target = tmp_path / "ein Ereignis.json"
    view.pages.raw.save_to(target)
    show.settle()
    assert target.read_bytes() == view.page.raw


# Back and forward


def test_going_back_finds_event_part_and_page(desk: IssueDesk, show: Opener, view: IssueView) -> None:
    for number in range(1, 4):
        send(desk, number, contexts={f"c{at}": {"a": 1, "b": 2, "c": 3} for at in range(30)})
    desk.send({"event_id": f"{9:032x}", "message": "other", "platform": "python"})
    show("KeyError", f"{2:032x}")
    view.show_section("contexts")
    view.pages.contexts.inner.adjustSize()
    state = view.view_state()
    assert (state["part"], state["pages"]["section"]) == ("event", "contexts")
    show("other")
    view.show_section("raw")
    view.open(desk.issue("KeyError").id)
    view.restore_state(state)
    show.settle()
    assert view.page is not None
    assert int(view.page.row.event_id, 16) == 2
    assert view.section() == "contexts"


# Menus by key


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups, offscreen
def test_a_key_opens_the_menu_of_what_has_the_keyboard(
    desk: IssueDesk, show: Opener, view: IssueView, commands: CommandRegistry, qtbot: QtBot
) -> None:
    send(desk, 1, tags={"till": "3"})
    show("KeyError")
    view.show_section("tags")
    table = view.pages.tags.inner.findChild(QWidget, "event.tags")
    assert table is not None
    table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(table.hasFocus)
    assert commands.run("event.menu")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "Filter to" in [action.text() for action in menu.actions()]
    menu.close()
    view.header.resolve.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(view.header.resolve.hasFocus)
    assert commands.run("event.menu")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.objectName() == "event.menu"
    menu.close()


def test_an_attachment_leaves_scrubbed_by_rules_that_name_it_or_as_received(
    desk: IssueDesk, show: Opener, view: IssueView, tmp_path: Path
) -> None:
    config = {"applications": {"$attachments.'log.txt'": ["@creditcard:mask"]}}
    rules = orjson.dumps({"relayPiiConfig": config}).decode()
    with desk.writer.batch():
        desk.writer.projects.set_rules(1, rules)
    event = b'{"exception":{"values":[{"type":"KeyError","value":"x"}]}}'
    paid = b"paid with 4111 1111 1111 1111"
    desk.receive(
        b'{"event_id":"%s"}\n{"type":"event"}\n%s\n{"type":"attachment","filename":"log.txt"}\n%s\n'
        % (b"ab" * 16, event, paid)
    )
    show("KeyError")
    view.show_section("attachments")
    show.settle()
    page = view.pages.attachments
    assert page.save_raw.isVisibleTo(page)
    page.save_to(tmp_path / "left")
    show.settle()
    page.save_to(tmp_path / "came", as_received=True)
    show.settle()
    assert b"4111" not in (tmp_path / "left").read_bytes()
    assert (tmp_path / "came").read_bytes() == paid


def test_the_raw_event_is_copied_as_received_beside_the_scrubbed_copy(
    desk: IssueDesk, show: Opener, view: IssueView
) -> None:
    send(desk, 1, extra={"password": "hunter2"})
    show("KeyError")
    view.show_section("raw")
    show.settle()
    page = view.pages.raw
    page.copy.click()
    show.settle()
    assert "hunter2" not in QGuiApplication.clipboard().text()
    page.copy_raw.click()
    show.settle()
    assert "hunter2" in QGuiApplication.clipboard().text()
