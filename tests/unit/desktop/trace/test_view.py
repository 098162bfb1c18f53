from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.builders import a_segment, an_event
from tests.support.store_rows import FilledStore
from tests.support.traces import BEGIN, LaterBridge, digest, traces_in
from vedette.desktop.commands.dispatcher import KeyDispatcher
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import SchemeSetting, Theme
from vedette.desktop.trace.read import read_trace
from vedette.desktop.trace.view import TraceView
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.processed import Span, SpanBatch
from vedette.domain.times import Micros

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


def sid(number: int) -> bytes:
    return number.to_bytes(8, "big")


def span(number: int, parent: int | None, op: str, text: str, start: int, length: int, **more: Any) -> Span:
    return Span(
        sid(number), None if parent is None else sid(parent), op, text, Micros(BEGIN + start * 1000),
        length * 1000, more.pop("status", "ok"), **more,
    )  # fmt: skip


def an_order(*extra: Span, root: int | None = None) -> SpanBatch:
    """Return the spans of one request: a root, a view with six alike queries, a slow call after a gap."""
    top = span(1, root, "http.server", "GET /orders", 0, 800, is_segment=True)
    spans = [
        top,
        span(2, 1, "view", "order_detail", 10, 700),
        *(span(n, 2, "db", "SELECT * FROM line WHERE id = %s", n * 10, 8) for n in range(10, 16)),
        span(20, 2, "http.client", "POST /quote", 500, 100),
        span(30, 1, "cache.get", "rates", 760, 2),
        *extra,
    ]
    trace = bytes.fromhex(TRACE)
    segment = a_segment(top, trace, name="GET /orders", event_id=None)
    return SpanBatch(trace, tuple(spans), (segment,))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[FilledStore]:
    store = FilledStore(tmp_path / "desk")
    yield store
    store.close()


@pytest.fixture
def registry(theme: Theme) -> CommandRegistry:
    return CommandRegistry(theme)


@pytest.fixture
def bridge(store: FilledStore) -> Iterator[LaterBridge]:
    bridge = LaterBridge(store.workspace)
    yield bridge
    bridge.close()


@pytest.fixture
def view(bridge: LaterBridge, registry: CommandRegistry, theme: Theme, qtbot: QtBot) -> TraceView:
    view = TraceView(bridge, registry, theme)  # type: ignore[arg-type]
    qtbot.addWidget(view)
    view.resize(1_200, 640)
    KeyDispatcher(registry, view)
    view.show()
    view.activateWindow()
    return view


@pytest.fixture
def opened(view: TraceView, store: FilledStore, qtbot: QtBot) -> TraceView:
    """The order's trace with an error in its fourth query, open, the waterfall with the focus."""
    store.add(an_order())
    store.add(an_event("KeyError: sku", trace_id=bytes.fromhex(TRACE), span_id=sid(13)))
    show(view, qtbot)
    view.setFocus()
    return view


def show(view: TraceView, qtbot: QtBot, trace_id: str = TRACE, span_id: str | None = None) -> None:
    with qtbot.waitSignal(view.settled):
        view.open(trace_id, span_id)


def press(
    view: TraceView, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press a key on whatever has the focus."""
    QTest.keyClick(QApplication.focusWidget() or view.waterfall, key, modifiers)


def find(view: TraceView, qtbot: QtBot, text: str) -> None:
    view.bar.field.set_text(text)
    with qtbot.waitSignal(view.settled):
        view.bar.field.queryChanged.emit(text)


def row_texts(view: TraceView) -> list[str]:
    rows = view.waterfall.rows
    assert rows is not None
    return [rows.tree.node(node).description or "no instrumentation" for node in rows.nodes]


def test_an_opened_trace_says_what_it_is(opened: TraceView) -> None:
    header = opened.header
    assert header.title.text() == "GET /orders"
    assert header.subtitle.text().startswith(f"{TRACE[:16]} · 1 service · ")
    figures = [figure.accessibleName() for figure in (header.duration, header.spans, header.errors)]
    assert figures == ["Duration: 800,000 µs", "Spans: 10", "Errors: 1"]
    assert opened.waterfall.current_row() == 0
    assert not opened.banner.isVisible()


def test_rows_are_the_spans_with_groups_and_gaps(opened: TraceView) -> None:
    assert row_texts(opened) == [
        "GET /orders", "order_detail", "SELECT * FROM line WHERE id = %s", "no instrumentation",
        "POST /quote", "rates",
    ]  # fmt: skip
    assert opened.bar.changes.text() == "1 gap, 1 group"


def test_a_trace_can_be_opened_at_a_span(view: TraceView, store: FilledStore, qtbot: QtBot) -> None:
    store.add(an_order())
    show(view, qtbot, span_id=sid(12).hex())
    assert view.details.ids.rows()[0].value == sid(12).hex()
    assert len(row_texts(view)) == 12  # its group is open
    with qtbot.waitSignal(view.settled):
        view.open(TRACE, sid(30).hex())
    assert view.details.title() == "rates"


def test_details_follow_the_current_row(opened: TraceView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(opened.settled):
        opened.waterfall.select(opened.waterfall.node_at(2))
    times = {row.label: row.value for row in opened.details.times.rows()}
    assert times["Duration"] == "58 ms (8 ms each)"
    assert times["Started"] == "+100 ms"
    assert opened.details.findChild(QWidget, "trace.details.caption").text() == "db · 6 similar spans"  # type: ignore[union-attr]
    code = opened.details.findChild(QWidget, "trace.details.statement.code")
    assert code.text().split("\n") == ["SELECT *", "FROM line", "WHERE id = %s"]  # type: ignore[union-attr]
    opened.waterfall.select(opened.waterfall.node_at(3))
    assert opened.details.title() == "No instrumentation"
    opened.waterfall.select(None)
    assert opened.details.title() == "No span selected"


def test_an_error_in_the_details_leads_to_its_issue(opened: TraceView, qtbot: QtBot) -> None:
    opened.waterfall.select(opened.waterfall.node_at(2))
    link = opened.details.findChild(QWidget, "trace.details.error.0.open")
    with qtbot.waitSignal(opened.navigate) as told:
        link.click()  # type: ignore[union-attr]
    place = told.args[0]
    assert isinstance(place, Place)
    assert (place.section, place.id) == ("issues", 1)


def test_an_issue_in_the_header_leads_there(opened: TraceView, qtbot: QtBot) -> None:
    link = next(child for child in opened.header.findChildren(QWidget) if ".issue." in child.objectName())
    assert link.accessibleName().endswith("KeyError: sku")
    with qtbot.waitSignal(opened.navigate) as told:
        link.click()  # type: ignore[attr-defined]
    assert (told.args[0].section, told.args[0].id) == ("issues", 1)


@pytest.mark.parametrize("trace_id", ["00" * 15 + "01", "no hex at all", ""])
def test_a_trace_that_is_not_there_is_said_with_a_way_back(
    view: TraceView, qtbot: QtBot, trace_id: str
) -> None:
    view.open(trace_id)
    qtbot.waitUntil(lambda: view.is_settled)
    assert view.empty.isVisible()
    assert view.empty.accessibleName().startswith("Trace not found")
    with qtbot.waitSignal(view.navigate) as told:
        view.empty.acted.emit()
    assert told.args[0].section == "traces"


def test_a_reading_that_fails_is_said_and_can_be_tried_again(
    view: TraceView, store: FilledStore, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise LookupError("no such table")

    store.add(an_order())
    monkeypatch.setattr("vedette.desktop.trace.view.read_trace", broken)
    show(view, qtbot)
    assert view.empty.accessibleName().startswith("This could not be read.")
    monkeypatch.setattr("vedette.desktop.trace.view.read_trace", read_trace)
    with qtbot.waitSignal(view.settled):
        view.empty.acted.emit()
    assert view.header.title.text() == "GET /orders"


def test_arrows_move_and_fold(opened: TraceView) -> None:
    press(opened, Qt.Key.Key_Down)
    press(opened, Qt.Key.Key_Down)
    assert opened.waterfall.current_row() == 2
    press(opened, Qt.Key.Key_Right)
    assert len(row_texts(opened)) == 12
    press(opened, Qt.Key.Key_Left)
    press(opened, Qt.Key.Key_Left)
    assert opened.waterfall.current_row() == 1
    press(opened, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert row_texts(opened) == ["GET /orders", "order_detail", "rates"]
    press(opened, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert len(row_texts(opened)) == 6
    press(opened, Qt.Key.Key_Up)
    assert opened.waterfall.current_row() == 0


def test_brackets_fold_and_unfold_levels(opened: TraceView) -> None:
    press(opened, Qt.Key.Key_BracketLeft)
    assert row_texts(opened) == ["GET /orders", "order_detail", "rates"]
    press(opened, Qt.Key.Key_BracketRight)
    assert len(row_texts(opened)) == 6
    press(opened, Qt.Key.Key_BraceRight)
    assert len(row_texts(opened)) == 12
    press(opened, Qt.Key.Key_BraceLeft)
    assert row_texts(opened) == ["GET /orders"]


def test_letters_zoom_pan_and_fit(opened: TraceView) -> None:
    window = opened.window_of_time
    press(opened, Qt.Key.Key_W)
    zoomed = window.scale
    assert zoomed.span < window.duration
    press(opened, Qt.Key.Key_D)
    assert window.scale.start > zoomed.start
    press(opened, Qt.Key.Key_A)
    assert window.scale.start == zoomed.start
    press(opened, Qt.Key.Key_S)
    press(opened, Qt.Key.Key_S)
    assert window.is_whole
    opened.waterfall.select(opened.waterfall.node_at(4))
    press(opened, Qt.Key.Key_F)
    assert (window.scale.start, window.scale.end) == (492_000, 608_000)
    press(opened, Qt.Key.Key_Backspace)
    assert window.is_whole
    press(opened, Qt.Key.Key_F)
    press(opened, Qt.Key.Key_0)
    assert window.is_whole


def test_e_goes_to_the_error_even_inside_a_folded_group(opened: TraceView) -> None:
    press(opened, Qt.Key.Key_BraceLeft)
    press(opened, Qt.Key.Key_E)
    tree, current = opened.waterfall.tree, opened.waterfall.current
    assert tree is not None
    assert current is not None
    assert tree.node(current).errors == 1
    assert opened.waterfall.current_row() in opened.waterfall.visible_rows()
    press(opened, Qt.Key.Key_E)
    assert opened.waterfall.current == current


def test_g_and_i_switch_groups_and_gaps(opened: TraceView, registry: CommandRegistry, qtbot: QtBot) -> None:
    press(opened, Qt.Key.Key_G)
    assert len(row_texts(opened)) == 11
    assert not registry.action("trace.grouping").isChecked()
    press(opened, Qt.Key.Key_I)
    assert "no instrumentation" not in row_texts(opened)
    press(opened, Qt.Key.Key_G)
    assert len(row_texts(opened)) == 5
    assert opened.bar.changes.text() == "1 group"


def test_p_shows_and_hides_the_critical_path(opened: TraceView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(opened.settled):
        press(opened, Qt.Key.Key_P)
    assert 0 in opened.waterfall.path
    press(opened, Qt.Key.Key_P)
    assert opened.waterfall.path == {}


def test_find_counts_marks_and_walks(opened: TraceView, qtbot: QtBot) -> None:
    press(opened, Qt.Key.Key_Slash)
    edit = QApplication.focusWidget()
    assert edit.objectName() == "trace.find.edit"
    find(opened, qtbot, "select")
    assert opened.bar.found.text() == "6 found"
    assert "6 matches inside" in opened.waterfall.sentence(2)
    opened.setFocus()
    press(opened, Qt.Key.Key_N)
    assert opened.bar.found.text() == "1 of 6"
    assert len(row_texts(opened)) == 12  # the group opened
    press(opened, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    assert opened.bar.found.text() == "6 of 6"
    find(opened, qtbot, "nowhere")
    assert opened.bar.found.text() == "no match"
    opened.bar.field.set_text("")
    opened.bar.field.queryChanged.emit("")
    assert opened.bar.found.text() == ""


def test_enter_in_the_field_goes_to_the_first_match_and_gives_the_keys_back(
    opened: TraceView, qtbot: QtBot
) -> None:
    find(opened, qtbot, "rates")
    opened.bar.field.submitted.emit("rates")
    assert opened.details.title() == "rates"
    assert QApplication.focusWidget() is opened.waterfall


def test_enter_goes_to_the_details(opened: TraceView) -> None:
    press(opened, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is opened.details.times


def test_ids_and_descriptions_can_be_copied(opened: TraceView, registry: CommandRegistry) -> None:
    opened.waterfall.select(opened.waterfall.node_at(4))
    clipboard = QApplication.clipboard()
    for command, text in (
        ("trace.copy_description", "POST /quote"),
        ("trace.copy_span_id", sid(20).hex()),
        ("trace.copy_trace_id", TRACE),
    ):
        assert registry.run(command)
        assert clipboard.text() == text


def test_find_alike_fills_the_field(opened: TraceView, registry: CommandRegistry, qtbot: QtBot) -> None:
    opened.waterfall.select(opened.waterfall.node_at(4))
    with qtbot.waitSignal(opened.settled):
        registry.run("trace.find_alike")
    assert opened.bar.found.text() == "1 of 1"


def test_a_selected_range_is_summed_up_below(
    opened: TraceView, registry: CommandRegistry, qtbot: QtBot
) -> None:
    panel = opened.range_panel
    with qtbot.waitSignal(opened.settled):
        opened.waterfall.ruler.select(100_000, 160_000)
    assert panel.isVisible()
    assert [row.name for row in panel.model.rows] == ["db", "view", "http.server"]
    with qtbot.waitSignal(opened.settled):
        panel.by.findChild(QWidget, "trace.range.by.service").click()  # type: ignore[union-attr]
    assert [row.spans for row in panel.model.rows] == [8]
    panel.closed.emit()
    assert not panel.isVisible()
    assert opened.waterfall.ruler.selection is None
    registry.run("trace.select_range")
    assert panel.isVisible()


def test_more_spans_are_offered_and_nothing_moves_until_they_are_taken(
    opened: TraceView, store: FilledStore, bridge: LaterBridge, qtbot: QtBot
) -> None:
    opened.waterfall.select(opened.waterfall.node_at(5))
    qtbot.waitUntil(lambda: opened.is_settled)
    before = opened.waterfall.grab().toImage()
    late = span(40, 1, "db", "UPDATE late", 780, 5)
    store.add(SpanBatch(bytes.fromhex(TRACE), (late,), ()))
    with qtbot.waitSignal(opened.settled):
        bridge.changed.emit((Change(ChangeKind.TRACE, (TRACE,)),))
    assert opened.bar.more.text() == "1 more span, reload"
    assert opened.bar.more.isVisible()
    assert opened.waterfall.grab().toImage() == before
    with qtbot.waitSignal(opened.settled):
        opened.bar.more.click()
    assert "UPDATE late" in row_texts(opened)
    assert opened.details.title() == "rates"
    assert not opened.bar.more.isVisible()


def test_changes_of_other_traces_are_no_news(opened: TraceView, bridge: LaterBridge, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: opened.is_settled)
    bridge.changed.emit((Change(ChangeKind.TRACE, ("00" * 16,)), Change(ChangeKind.EVENT, (1,))))
    assert opened.is_settled


def test_a_missing_root_and_orphans_are_said_in_plain_words(
    view: TraceView, store: FilledStore, qtbot: QtBot
) -> None:
    store.add(an_order(span(50, 77, "db", "lost", 300, 5), root=99))
    show(view, qtbot)
    said = view.banner.accessibleName()
    assert "The root is missing: the span that started this trace never arrived." in said
    assert "1 orphan adopted: its parent never arrived." in said
    with qtbot.waitSignal(view.navigate) as told:
        view.banner.acted.emit()
    assert told.args[0].section == "ingest"


def test_circles_are_cut_and_said(view: TraceView, store: FilledStore, qtbot: QtBot) -> None:
    store.add(an_order(span(50, 51, "a", "one", 300, 5), span(51, 50, "b", "other", 301, 5)))
    show(view, qtbot)
    assert "1 circle of parents cut." in view.banner.accessibleName()
    assert {"one", "other"} <= set(row_texts(view))


def test_several_roots_are_said(view: TraceView, store: FilledStore, qtbot: QtBot) -> None:
    store.add(an_order(span(60, None, "task", "another", 900, 5, is_segment=True)))
    show(view, qtbot)
    assert "2 roots: parts of this trace began without naming a parent." in view.banner.accessibleName()


def test_a_trace_of_errors_only_shows_them(view: TraceView, store: FilledStore, qtbot: QtBot) -> None:
    store.add(an_event("KeyError: sku", trace_id=bytes.fromhex(TRACE), span_id=sid(5)))
    show(view, qtbot)
    assert "No spans arrived for this trace, only 1 error." in view.banner.accessibleName()
    assert row_texts(view) == ["KeyError: sku"]
    assert view.header.title.text() == "KeyError: sku"


def test_opening_another_trace_while_one_is_read_shows_only_the_last(
    view: TraceView, store: FilledStore, qtbot: QtBot
) -> None:
    store.add(an_order())
    with qtbot.waitSignal(view.settled):
        view.open("11" * 16)
        view.open(TRACE)
    assert view.header.title.text() == "GET /orders"


@pytest.mark.parametrize("setting", [SchemeSetting.LIGHT, SchemeSetting.DARK])
def test_it_is_drawn_in_both_looks_at_small_and_double_size(
    opened: TraceView, theme: Theme, setting: SchemeSetting
) -> None:
    theme.set_setting(setting)
    for width, height in ((1_200, 640), (760, 480)):
        opened.resize(width, height)
        image = opened.grab().toImage()
        ground = theme.color("bg.canvas").name()
        assert image.pixelColor(width // 4, round(height * image.devicePixelRatio()) - 4).name() == ground


def test_every_control_has_a_name_and_can_be_reached(opened: TraceView) -> None:
    focusable = [
        widget
        for widget in opened.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.focusProxy() is None
    ]
    assert opened.waterfall in focusable
    nameless = [widget for widget in focusable if not widget.accessibleName()]
    assert [(type(widget).__name__, widget.objectName()) for widget in nameless] == []


# -------------------------------------------------------------------- tabs


def test_the_table_lists_every_span_and_leads_back_to_the_waterfall(opened: TraceView, qtbot: QtBot) -> None:
    press(opened, Qt.Key.Key_2)
    lines = opened.table.model.rows
    assert len(lines) == 10
    assert opened.table.said.text() == "10 spans, in order of their start"
    assert opened.table.list.hasFocus()
    opened.table.sort_by("duration")
    assert [line.node.description for line in opened.table.model.rows[:2]] == ["GET /orders", "order_detail"]
    opened.table.list.select_key(opened.table.model.rows[2].node.number)
    assert opened.details.title() == "POST /quote"
    opened.table.list.open_current()
    assert opened.header.tabs.current() == "waterfall"
    assert opened.waterfall.hasFocus()
    assert opened.waterfall.current is not None


def test_the_table_shows_what_was_found_and_is_copied_as_csv(opened: TraceView, qtbot: QtBot) -> None:
    find(opened, qtbot, "op:db")
    press(opened, Qt.Key.Key_2)
    assert opened.table.said.text().startswith("6 spans found")
    opened._commands.run("trace.copy_csv")
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0].startswith("span_id,parent_span_id")
    assert len(lines) == 7


def test_the_trace_is_shown_and_copied_as_json(opened: TraceView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(opened.settled):
        press(opened, Qt.Key.Key_3)
    assert opened.json_page.said.text() == "10 spans"
    with qtbot.waitSignal(opened.settled):
        opened._commands.run("trace.copy_json")
    value = orjson.loads(QApplication.clipboard().text())
    assert (value["trace_id"], len(value["spans"])) == (TRACE, 10)
    press(opened, Qt.Key.Key_1)
    assert opened.waterfall.hasFocus()


def test_the_items_of_a_trace_are_listed_counted_and_lead_to_ingest(
    opened: TraceView, store: FilledStore, qtbot: QtBot
) -> None:
    assert _tab_text(opened, "items") == "Items 2"
    press(opened, Qt.Key.Key_4)
    items = opened.items
    qtbot.waitUntil(lambda: items.is_settled)
    assert items.list.hasFocus()
    assert [row.kind for row in items.model.rows] == ["event", "transaction"]
    before = opened.waterfall.current
    press(opened, Qt.Key.Key_J)
    press(opened, Qt.Key.Key_J)
    assert items.list.current_key() == (1, 0)
    assert opened.waterfall.current == before
    with qtbot.waitSignal(opened.navigate) as told:
        press(opened, Qt.Key.Key_Return)
    assert told.args == [Place("ingest", 1, extra="0")]
    state = opened.view_state()
    assert state["tab"] == "items"
    press(opened, Qt.Key.Key_1)
    assert opened.header.tabs.current() == "waterfall"
    opened.restore_state(state)
    assert opened.header.tabs.current() == "items"


def _tab_text(view: TraceView, key: str) -> str:
    button = view.header.tabs.findChild(QPushButton, f"trace.header.tabs.{key}")
    assert button is not None
    return button.text()


# -------------------------------------------------------------------- find


def test_what_was_not_found_can_be_dimmed_or_left_out(opened: TraceView, qtbot: QtBot) -> None:
    find(opened, qtbot, "rates")
    opened._commands.run("trace.filter_found")
    assert row_texts(opened) == ["GET /orders", "rates"]
    assert opened.bar.changes.text().startswith("only what was found")
    opened._commands.run("trace.dim_others")
    assert len(row_texts(opened)) == 6
    assert opened.waterfall.dims
    opened._commands.run("trace.filter_found")
    opened.bar.field.set_text("")
    opened.bar.field.queryChanged.emit("")
    assert len(row_texts(opened)) == 6


def test_a_filter_unfolds_what_hides_a_match_and_folds_it_again(opened: TraceView, qtbot: QtBot) -> None:
    opened._commands.run("trace.filter_found")
    find(opened, qtbot, "id:" + sid(13).hex())
    assert len(row_texts(opened)) == 4  # root, view, group, the query
    opened.bar.field.set_text("")
    opened.bar.field.queryChanged.emit("")
    assert len(row_texts(opened)) == 6


def test_attributes_are_found_in_the_payloads(view: TraceView, bridge: LaterBridge, qtbot: QtBot) -> None:
    digest(bridge.workspace, "py-shop-tracing")
    trace = next(row for row in traces_in(bridge.workspace) if row.name == "restock")
    show(view, qtbot, trace.trace_id)
    view.waterfall.select(0)
    qtbot.waitUntil(lambda: view.is_settled)
    name, value = next((row.label, row.value) for row in view.details.attributes.rows())
    with qtbot.waitSignal(view.settled):
        view.details.attributes.filterRequested.emit(name, value, False)
    assert view.bar.field.text().startswith(f"{name}:")
    assert 0 < len(view.waterfall.matches) <= trace.spans
    assert view.waterfall.matches.holds(view.waterfall.tree.node_of[0])  # type: ignore[union-attr]
    find(view, qtbot, f"{name}:nothing-has-this")
    assert len(view.waterfall.matches) == 0
    find(view, qtbot, f"!{name}:*")
    assert len(view.waterfall.matches) < trace.spans


def test_find_alike_takes_the_whole_text_though_it_has_colons_and_quotes(
    view: TraceView, store: FilledStore, qtbot: QtBot
) -> None:
    store.add(an_order(span(40, 1, "db", 'SELECT "a":x FROM t', 770, 2)))
    show(view, qtbot)
    view.waterfall.select(view.waterfall.node_at(len(row_texts(view)) - 1))
    with qtbot.waitSignal(view.settled):
        view._commands.run("trace.find_alike")
    assert len(view.waterfall.matches) == 1


# -------------------------------------------------------------------- how it is shown


def test_groups_and_gaps_follow_their_thresholds_and_the_span_stays(opened: TraceView, qtbot: QtBot) -> None:
    opened.waterfall.select(opened.waterfall.node_at(4))
    with qtbot.waitSignal(opened.settled):
        opened._commands.run("trace.group_from_10")
    assert len(row_texts(opened)) == 11  # no group any more
    assert opened.details.title() == "POST /quote"
    with qtbot.waitSignal(opened.settled):
        opened._commands.run("trace.gap_ms_1000")
    assert "no instrumentation" not in row_texts(opened)


def test_clocks_that_differ_are_put_right_and_that_can_be_undone(
    view: TraceView, store: FilledStore, qtbot: QtBot
) -> None:
    store.add(an_order())
    late = span(50, 20, "http.server", "POST /quote", 300, 60, is_segment=True)
    segment = a_segment(late, bytes.fromhex(TRACE), name="POST /quote", event_id=None)
    store.add(SpanBatch(bytes.fromhex(TRACE), (late,), (segment,)), project=store.project("pay"))
    show(view, qtbot, span_id=sid(50).hex())
    assert view.bar.clocks.text() == "clock shifted +220 ms"
    times = {row.label: row.value for row in view.details.times.rows()}
    assert (times["Started"], times["Clock"]) == ("+520 ms", "+220 ms")
    with qtbot.waitSignal(view.settled):
        view.bar.undo.click()
    assert view.bar.clocks.text() == ""
    times = {row.label: row.value for row in view.details.times.rows()}
    assert (times["Started"], "Clock" in times) == ("+300 ms", False)


def test_colours_may_mean_services_and_a_legend_says_so(opened: TraceView) -> None:
    assert not opened.legend.isVisible()
    opened._commands.run("trace.colour_service")
    assert opened.legend.isVisible()
    assert [entry.title for entry in opened.legend.entries()] == ["desk"]
    opened._commands.run("trace.colour_category")
    opened._commands.run("trace.legend")
    assert "Database 6" in opened.legend.accessibleName()


def test_focus_folds_all_but_one_branch(opened: TraceView) -> None:
    opened.waterfall.select(opened.waterfall.node_at(1))
    press(opened, Qt.Key.Key_F, Qt.KeyboardModifier.ShiftModifier)
    assert opened.details.title() == "order_detail"
    assert not opened.window_of_time.is_whole


# -------------------------------------------------------------------- acting on a span


def test_repeated_queries_are_pointed_out(opened: TraceView) -> None:
    opened.waterfall.select(opened.waterfall.node_at(2))
    card = opened.details.findChild(QWidget, "trace.details.repeat")
    assert card is not None
    texts = [child.text() for child in card.findChildren(QLabel)]
    assert "N+1 Query" in texts
    assert "6 queries of the same shape run one after another, 48 ms in all (6 % of the segment)." in texts


def test_rows_sql_and_links_are_copied(opened: TraceView) -> None:
    clipboard = QApplication.clipboard()
    opened.waterfall.select(opened.waterfall.node_at(2))
    press(opened, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == "db 6 × SELECT * FROM line WHERE id = %s  58 ms  +100 ms  desk"
    opened._commands.run("trace.copy_sql")
    assert clipboard.text() == "SELECT *\nFROM line\nWHERE id = %s"
    opened._commands.run("trace.copy_link")
    assert clipboard.text() == f"vedette://desk/traces/{TRACE}?span={sid(10).hex()}"
    assert not opened._commands.command("trace.copy_curl").when()


def test_a_span_leads_to_other_windows_its_issue_and_all_traces(opened: TraceView, qtbot: QtBot) -> None:
    opened.waterfall.select(opened.waterfall.node_at(2))
    with qtbot.waitSignal(opened.windowWanted) as told:
        press(opened, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told.args[0].id == TRACE
    with qtbot.waitSignal(opened.navigate) as told:
        press(opened, Qt.Key.Key_I, Qt.KeyboardModifier.ShiftModifier)
    assert told.args[0].section == "issues"
    with qtbot.waitSignal(opened.navigate) as told:
        opened._commands.run("trace.find_everywhere")
    assert told.args[0].query == 'op:db span:"SELECT * FROM line WHERE id = %s"'
    opened.waterfall.select(opened.waterfall.node_at(3))
    assert not opened._commands.command("trace.find_everywhere").when()


def test_the_menu_of_a_row_holds_commands_in_the_order_of_all_menus(opened: TraceView) -> None:
    opened.waterfall.select(opened.waterfall.node_at(2))
    menu = opened.build_menu()
    titles = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert titles == [
        "Go to the details", "Open the trace in a new window", "Open the issue of the error", "Zoom to span",
        "Focus on this subtree", "Critical path", "Group alike spans", "Find the same in this trace",
        "Find the same in all traces", "Open code in the editor", "Copy",
    ]  # fmt: skip
    assert opened._commands.bindings("trace")[(".",)].id == "trace.menu"


# -------------------------------------------------------------------- the way back


def test_coming_back_finds_the_rows_as_they_were(opened: TraceView, store: FilledStore, qtbot: QtBot) -> None:
    opened.waterfall.folding.toggle(opened.waterfall.node_at(2))  # the group
    opened.waterfall.select(opened.waterfall.node_at(5))
    opened.window_of_time.show(100_000, 300_000)
    state = opened.view_state()
    show(opened, qtbot, "ab" * 16)
    assert opened.view_state() == {}
    opened.open(TRACE)
    opened.restore_state(state)
    qtbot.waitUntil(lambda: opened.is_settled)
    assert len(row_texts(opened)) == 12
    assert opened.waterfall.current_row() == 5
    assert (opened.window_of_time.scale.start, opened.window_of_time.scale.end) == (100_000, 300_000)


def test_more_spans_taken_up_leave_the_folding_as_it_was(
    opened: TraceView, store: FilledStore, qtbot: QtBot
) -> None:
    opened.waterfall.folding.toggle(opened.waterfall.node_at(1))
    store.add(SpanBatch(bytes.fromhex(TRACE), (span(60, 1, "task", "late", 790, 2),), ()))
    with qtbot.waitSignal(opened.settled):
        opened.reload()
    assert row_texts(opened) == ["GET /orders", "order_detail", "rates", "late"]


def test_the_arrows_of_the_ruler_select_time(opened: TraceView) -> None:
    ruler = opened.waterfall.ruler
    ruler.setFocus(Qt.FocusReason.TabFocusReason)
    before = opened.waterfall.current_row()
    for _ in range(5):
        press(opened, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert opened.waterfall.current_row() == before
    assert ruler.selection is not None
    start, end = ruler.selection
    assert end > start
    assert opened.range_panel.isVisible()
    press(opened, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert ruler.selection[1] < end
    press(opened, Qt.Key.Key_Escape)
    assert not opened.range_panel.isVisible()


def test_a_narrow_view_puts_the_details_below(opened: TraceView) -> None:
    assert opened.splitter.orientation() is Qt.Orientation.Horizontal
    opened.resize(500, 640)
    assert opened.splitter.orientation() is Qt.Orientation.Vertical
    opened.resize(1_200, 640)
    assert opened.splitter.orientation() is Qt.Orientation.Horizontal
