from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support.builders import MORNING, a_segment, a_span
from tests.support.store_rows import FilledStore
from tests.support.traces import LaterBridge, digest
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import SchemeSetting, Theme
from vedette.desktop.traces.view import TracesView
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.processed import SpanBatch
from vedette.domain.times import HOUR, MINUTE, SECOND, Micros
from vedette.domain.workspace import Workspace
from vedette.store.queries.traces import TraceFilter


def a_request_named(name: str, at: int = 0, length: int = 100_000, status: str = "ok") -> SpanBatch:
    """Return a trace of two spans that began *at* seconds after the morning."""
    trace = uuid4().bytes
    root = a_span(
        op="http.server", description=name, start=Micros(MORNING + at * SECOND), duration=length,
        status=status,
        is_segment=True,
    )  # fmt: skip
    child = a_span(parent_id=root.span_id, start=root.start, duration=length // 2)
    return SpanBatch(trace, (root, child), (a_segment(root, trace, name=name, status=status),))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[FilledStore]:
    store = FilledStore(tmp_path / "desk")
    yield store
    store.close()


@pytest.fixture
def bridge(store: FilledStore) -> Iterator[LaterBridge]:
    bridge = LaterBridge(store.workspace)
    yield bridge
    bridge.close()


@pytest.fixture
def open_view(bridge: LaterBridge, theme: Theme, qtbot: QtBot) -> Any:
    def opened() -> TracesView:
        view = TracesView(bridge, CommandRegistry(theme), theme, clock=lambda: MORNING + MINUTE)  # type: ignore[arg-type]
        qtbot.addWidget(view)
        view.resize(1_000, 400)
        view.show()
        qtbot.waitUntil(lambda: view.is_settled)
        return view

    return opened


def names(view: TracesView) -> list[str]:
    return [row.name for row in view.model.rows]


def announce(bridge: LaterBridge) -> None:
    bridge.changed.emit((Change(ChangeKind.TRACE, ("00" * 16,)),))


def test_traces_stand_newest_first(store: FilledStore, open_view: Any) -> None:
    store.add_all([(a_request_named(name, at),) for at, name in enumerate(["old", "middle", "new"])])
    assert names(open_view()) == ["new", "middle", "old"]


def test_enter_opens_the_trace(store: FilledStore, open_view: Any, qtbot: QtBot) -> None:
    batch = a_request_named("GET /cart")
    store.add(batch)
    view = open_view()
    view.list.setFocus()
    QTest.keyClick(view.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(view.navigate) as told:
        QTest.keyClick(view.list, Qt.Key.Key_Return)
    place = told.args[0]
    assert isinstance(place, Place)
    assert (place.section, place.id) == ("traces", batch.trace_id.hex())


def test_words_and_terms_filter(store: FilledStore, open_view: Any, qtbot: QtBot) -> None:
    store.add_all(
        [
            (a_request_named("GET /cart", 1),),
            (a_request_named("POST /pay", 2, status="internal_error"),),
            (a_request_named("GET /slow", 3, length=900_000),),
        ]
    )
    view = open_view()
    for text, wanted in (
        ("pay", ["POST /pay"]),
        ("duration:>500ms", ["GET /slow"]),
        ("get", ["GET /slow", "GET /cart"]),
    ):
        with qtbot.waitSignal(view.settled):
            view.set_query(text)
        assert names(view) == wanted


def test_a_term_that_means_nothing_is_said_and_the_list_stays(store: FilledStore, open_view: Any) -> None:
    store.add(a_request_named("GET /cart"))
    view = open_view()
    view.set_query("colour:red")
    assert "colour:red" in view.note.text()
    assert names(view) == ["GET /cart"]


def test_an_empty_workspace_says_how_to_get_traces(open_view: Any, qtbot: QtBot) -> None:
    view = open_view()
    assert view.empty.isVisible()
    assert view.empty.accessibleName().startswith("No traces yet")
    with qtbot.waitSignal(view.navigate) as told:
        view.empty.acted.emit()
    assert told.args[0].section == "connect"


def test_no_match_says_so_and_offers_to_clear_the_filter(
    store: FilledStore, open_view: Any, qtbot: QtBot
) -> None:
    store.add(a_request_named("GET /cart"))
    view = open_view()
    view.field.set_text("nowhere")
    view.set_query("nowhere")
    qtbot.waitUntil(lambda: view.is_settled)
    assert view.empty.accessibleName().startswith("No trace matches")
    with qtbot.waitSignal(view.settled):
        view.empty.acted.emit()
    assert names(view) == ["GET /cart"]
    assert view.list.isVisible()


def test_a_reading_that_fails_can_be_tried_again(
    store: FilledStore, open_view: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add(a_request_named("GET /cart"))
    view = open_view()

    def broken(*_: Any) -> None:
        raise LookupError("no such table")

    with monkeypatch.context() as patched:
        patched.setattr("vedette.desktop.traces.trace_list.read_traces", broken)
        with qtbot.waitSignal(view.settled):
            view.reload()
    assert view.banner.isVisible()
    with qtbot.waitSignal(view.settled):
        view.banner.acted.emit()
    assert names(view) == ["GET /cart"]
    assert not view.banner.isVisible()


def test_new_traces_do_not_move_the_rows_in_sight(
    store: FilledStore, bridge: LaterBridge, open_view: Any, qtbot: QtBot
) -> None:
    store.add_all([(a_request_named(f"GET /{n}", n),) for n in range(60)])
    view = open_view()
    view.list.select_key(view.model.rows[20].trace_id)
    view.list.verticalScrollBar().setValue(view.list.row_pixels * 15)
    key = view.model.rows[20].trace_id
    before = view.list.row_rect(20).top()
    store.add_all([(a_request_named(f"GET /late/{n}", 100 + n),) for n in range(3)])
    with qtbot.waitSignal(view.settled):
        announce(bridge)
    at = view.model.position_of(key)
    assert at == 23
    assert view.list.row_rect(at).top() == before
    assert view.list.current_key() == key
    assert view.newer.text() == "3 new traces"
    view.newer.click()
    assert view.list.is_at_top()
    assert not view.newer.isVisible()


def test_a_trace_that_grows_is_updated_where_it_is(
    store: FilledStore, bridge: LaterBridge, open_view: Any, qtbot: QtBot
) -> None:
    batch = a_request_named("GET /cart", 1)
    store.add_all([(batch,), (a_request_named("GET /other", 2),)])
    view = open_view()
    late = a_span(parent_id=batch.spans[0].span_id, start=batch.spans[0].start)
    store.add(SpanBatch(batch.trace_id, (late,), ()))
    with qtbot.waitSignal(view.settled):
        announce(bridge)
    assert [(row.name, row.spans) for row in view.model.rows] == [("GET /other", 2), ("GET /cart", 3)]


def test_other_changes_ask_nothing(store: FilledStore, bridge: LaterBridge, open_view: Any) -> None:
    view = open_view()
    bridge.changed.emit((Change(ChangeKind.ISSUE, (1,)),))
    assert view.is_settled


def test_the_scope_narrows_the_list(store: FilledStore, open_view: Any, qtbot: QtBot) -> None:
    store.add_all([(a_request_named("early", 0),), (a_request_named("late", 100),)])
    view = open_view()
    with qtbot.waitSignal(view.settled):
        view.set_scope(TraceFilter(since=Micros(MORNING + 50 * SECOND)))
    assert names(view) == ["late"]


def test_transactions_sum_up_durations_and_sort_by_any_column(
    store: FilledStore, open_view: Any, qtbot: QtBot
) -> None:
    store.add_all([(a_request_named("GET /cart", n, 10_000 + n * 1_000),) for n in range(20)])
    store.add_all([(a_request_named("POST /pay", n, 90_000, "internal_error"),) for n in range(2)])
    view = open_view()
    view.set_scope(TraceFilter(since=Micros(MORNING - HOUR), until=Micros(MORNING + HOUR)))
    with qtbot.waitSignal(view.settled):
        view.show_tab("transactions")
    tab = view.transactions
    assert [row.summary.name for row in tab.model.rows] == ["GET /cart", "POST /pay"]
    cart = tab.model.rows[0].summary
    assert (cart.n, cart.longest) == (20, 29_000)
    assert cart.p50 == pytest.approx(19_500, rel=0.05)
    tab.sort_by("failure")
    assert tab.model.rows[0].summary.name == "POST /pay"
    tab.list.select_key(tab.model.rows[0].key)
    qtbot.waitUntil(lambda: view.is_settled)
    view.show_traces_of()
    qtbot.waitUntil(lambda: view.is_settled)
    assert view.tabs.current() == "traces"
    assert view.query == 'transaction:"POST /pay"'
    assert set(names(view)) == {"POST /pay"}


def test_without_transactions_the_tab_says_so(open_view: Any, qtbot: QtBot) -> None:
    view = open_view()
    with qtbot.waitSignal(view.settled):
        view.show_tab("transactions")
    assert view.transactions.empty.accessibleName().startswith("No transactions in the last 24 hours")


def test_rows_are_drawn_in_both_looks(store: FilledStore, open_view: Any, theme: Theme) -> None:
    store.add_all([(a_request_named("GET /cart", 1),), (a_request_named("POST /pay", 2, status="aborted"),)])
    view = open_view()
    for setting in (SchemeSetting.LIGHT, SchemeSetting.DARK):
        theme.set_setting(setting)
        image = view.list.viewport().grab().toImage()
        seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
        assert theme.color("span.http").name() in seen
        assert theme.color("level.error.fill").name() in seen
    view.resize(420, 300)
    assert not view.list.viewport().grab().isNull()


def test_every_control_has_a_name(store: FilledStore, open_view: Any) -> None:
    store.add(a_request_named("GET /cart"))
    view = open_view()
    focusable = [
        widget
        for widget in view.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.focusProxy() is None
    ]
    assert view.list in focusable
    assert [widget.objectName() for widget in focusable if not widget.accessibleName()] == []


def test_recorded_traces_of_real_programs_are_listed(tmp_path: Path, theme: Theme, qtbot: QtBot) -> None:
    workspace = Workspace(tmp_path / "recorded")
    digest(workspace, "py-shop-tracing", "web-django-nplus1", "node11-cafe-spans")
    bridge = LaterBridge(workspace)
    view = TracesView(bridge, CommandRegistry(theme), theme)  # type: ignore[arg-type]
    qtbot.addWidget(view)
    qtbot.waitUntil(lambda: view.is_settled)
    found = {row.name: (row.spans, row.errors > 0) for row in view.model.rows}
    assert found["restock"] == (7, True)
    assert found["/authors/"] == (14, False)
    assert found["morning rush"] == (6, True)
    bridge.close()


# -------------------------------------------------------------------- rows


def test_a_trace_shows_what_it_was_spent_on_once_that_is_known(store: FilledStore, open_view: Any) -> None:
    batch = a_request_named("GET /cart")
    store.add(batch)
    view = open_view()
    work = view.traces.works.of(batch.trace_id.hex())
    assert work is not None
    assert {op for op, _ in work.by_op} == {"http.server", "db"}
    assert "Database" in view.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_any_column_sorts_and_the_choice_is_kept(
    store: FilledStore, bridge: LaterBridge, open_view: Any, qtbot: QtBot
) -> None:
    store.add_all([(a_request_named(f"GET /{n}", n, length=(7 * n) % 5 * 1_000),) for n in range(1, 5)])
    view = open_view()
    with qtbot.waitSignal(view.settled):
        view.list.sortRequested.emit("duration")
    assert [row.duration for row in view.model.rows] == [4_000, 3_000, 2_000, 1_000]
    assert bridge.preferences.get("traces.sort", "") == "duration"
    store.add(a_request_named("GET /new", 50, length=2_500))
    with qtbot.waitSignal(view.settled):
        announce(bridge)
    assert "GET /new" not in names(view)  # its place is not at the top
    assert view.newer.text() == "1 new trace"
    with qtbot.waitSignal(view.settled):
        view.newer.click()
    assert names(view).index("GET /new") == 2


def test_columns_are_chosen_and_make_way_in_a_narrow_window(
    store: FilledStore, bridge: LaterBridge, open_view: Any
) -> None:
    store.add(a_request_named("GET /cart"))
    view = open_view()
    view.resize(1_400, 400)
    assert view.traces.columns.shown() == ["trace", "duration", "spans", "errors", "start"]
    view._commands.run("traces.column_segments")
    assert view.traces.columns.shown() == ["trace", "duration", "spans", "segments", "errors", "start"]
    view.resize(640, 400)
    assert view.traces.columns.shown()[:2] == ["trace", "duration"]
    assert "segments" not in view.traces.columns.shown()
    assert bridge.preferences.get("traces.hidden", ["?"]) == ["failed"]
    view.resize(1_400, 400)
    view._commands.run("traces.usual_columns")
    assert "segments" not in view.traces.columns.shown()


def test_a_row_is_opened_copied_and_filtered_by(store: FilledStore, open_view: Any, qtbot: QtBot) -> None:
    batch = a_request_named("GET /cart", status="internal_error")
    store.add(batch, a_request_named("POST /pay"))
    view = open_view()
    view.list.select_key(batch.trace_id.hex())
    with qtbot.waitSignal(view.windowWanted) as told:
        view._commands.run("traces.open_window")
    assert told.args == [Place("traces", batch.trace_id.hex())]
    with qtbot.waitSignal(view.windowWanted):
        view.list.rowOpenedApart.emit(batch.trace_id.hex())
    view._commands.run("traces.copy")
    assert QApplication.clipboard().text().startswith("http.server GET /cart  100 ms  2 spans")
    titles = [action.text().split("\t")[0] for action in view.build_menu().actions() if action.text()]
    assert titles[:2] == ["Open the trace", "Open the trace in a new window"]
    assert titles[-1] == "Copy"
    with qtbot.waitSignal(view.settled):
        view._commands.run("traces.filter_name")
    assert view.query == 'transaction:"GET /cart"'
    assert names(view) == ["GET /cart"]


def test_no_match_tells_which_term_fits_nothing(store: FilledStore, open_view: Any, qtbot: QtBot) -> None:
    store.add_all([(a_request_named("GET /cart", n),) for n in range(3)])
    view = open_view()
    view.set_query("cart duration:>1min")
    qtbot.waitUntil(lambda: view.is_settled)
    assert view.empty.accessibleName() == "No trace matches cart: 3 alone   duration:>1min: 0 alone"


def test_a_span_is_looked_for_in_all_traces(store: FilledStore, open_view: Any, qtbot: QtBot) -> None:
    store.add_all([(a_request_named("GET /cart", n),) for n in range(2)])
    view = open_view()
    with qtbot.waitSignal(view.settled):
        view.open('op:db span:"SELECT 1"')
    assert len(names(view)) == 2
    with qtbot.waitSignal(view.settled):
        view.open('op:db span:"DELETE 1"')
    assert names(view) == []


def test_coming_back_finds_query_tab_and_row(store: FilledStore, open_view: Any, qtbot: QtBot) -> None:
    store.add_all([(a_request_named(f"GET /{n}", n),) for n in range(60)])
    view = open_view()
    view.list.select_key(view.model.rows[30].trace_id)
    view.list.verticalScrollBar().setValue(view.list.row_pixels * 25)
    state = view.view_state()
    with qtbot.waitSignal(view.settled):
        view.open("GET /7")
    view.restore_state(state)
    qtbot.waitUntil(lambda: view.is_settled)
    assert view.query == ""
    assert view.list.current_key() == view.model.rows[30].trace_id
    assert view.list.verticalScrollBar().value() == view.list.row_pixels * 25


# -------------------------------------------------------------------- transactions


@pytest.fixture
def summed(store: FilledStore, open_view: Any, qtbot: QtBot) -> TracesView:
    """The tab of transactions: twenty carts of 10 to 29 ms, one failed, and two payments."""
    store.add_all([(a_request_named("GET /cart", n, 10_000 + n * 1_000),) for n in range(19)])
    store.add(a_request_named("GET /cart", 19, 29_000, "internal_error"))
    store.add_all([(a_request_named("POST /pay", n, 9_000),) for n in range(2)])
    view: TracesView = open_view()
    view.set_scope(TraceFilter(since=Micros(MORNING - HOUR), until=Micros(MORNING + HOUR)))
    view.show_tab("transactions")
    qtbot.waitUntil(lambda: view.is_settled)
    return view


def test_a_chosen_transaction_shows_its_durations_and_samples(summed: TracesView, qtbot: QtBot) -> None:
    tab = summed.transactions
    tab.list.select_key(tab.model.rows[0].key)
    qtbot.waitUntil(lambda: summed.is_settled)
    panel = tab.panel
    assert panel.isVisible()
    lengths = [(sample.group, sample.row.duration // 1_000) for sample in panel.model.rows]
    assert lengths[:3] == [("slowest", 29), ("slowest", 28), ("slowest", 27)]
    assert ("fastest", 10) in lengths
    assert panel.histogram.accessibleName().startswith("Durations from 10 ms to 29")
    assert sum(panel.histogram._counts) == 20
    with qtbot.waitSignal(panel.opened) as told:
        panel.list.rowOpened.emit(("slowest", panel.model.rows[0].row.id))
    assert told.args[0].id == panel.model.rows[0].row.trace
    summed._commands.run("transactions.copy_histogram")
    assert QApplication.clipboard().text().startswith("from_us\tto_us\tcount\tfailed\n10000")


def test_a_brush_narrows_the_samples_and_leads_to_its_traces(summed: TracesView, qtbot: QtBot) -> None:
    tab = summed.transactions
    tab.list.select_key(tab.model.rows[0].key)
    qtbot.waitUntil(lambda: summed.is_settled)
    histogram = tab.panel.histogram
    last = len(histogram._counts) - 1
    histogram._brush_to(last - 10, last)
    histogram._tell()
    qtbot.waitUntil(lambda: summed.is_settled)
    shortest = min(sample.row.duration for sample in tab.panel.model.rows)
    assert shortest >= histogram._edges[last - 10]
    summed._commands.run("transactions.show_traces")
    qtbot.waitUntil(lambda: summed.is_settled)
    assert "duration:>=" in summed.query
    assert "duration:<=" in summed.query
    assert 0 < len(names(summed)) < 20


def test_the_histogram_is_walked_and_brushed_by_keys(summed: TracesView, qtbot: QtBot) -> None:
    tab = summed.transactions
    tab.list.select_key(tab.model.rows[0].key)
    qtbot.waitUntil(lambda: summed.is_settled)
    histogram = tab.panel.histogram
    histogram.setFocus()
    QTest.keyClick(histogram, Qt.Key.Key_Right)
    assert histogram.accessibleDescription().startswith("1 between 10 ms and ")
    with qtbot.waitSignal(histogram.rangeChosen):
        QTest.keyClick(histogram, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert histogram.brush == (0, 1)
    with qtbot.waitSignal(histogram.rangeCleared):
        QTest.keyClick(histogram, Qt.Key.Key_Escape)
    assert histogram.brush is None
    qtbot.waitUntil(lambda: summed.is_settled)


def test_figures_come_in_place_while_the_order_is_held(
    summed: TracesView, store: FilledStore, bridge: LaterBridge, qtbot: QtBot
) -> None:
    tab = summed.transactions
    tab.list.select_key(tab.model.rows[1].key)
    qtbot.waitUntil(lambda: summed.is_settled)
    store.add_all([(a_request_named("POST /pay", n, 900_000),) for n in range(3)])
    store.add(a_request_named("GET /new", 5))
    with qtbot.waitSignal(summed.settled):
        announce(bridge)
    qtbot.waitUntil(lambda: summed.is_settled)
    assert [(row.summary.name, row.summary.n) for row in tab.model.rows] == [
        ("GET /cart", 20),
        ("POST /pay", 5),
    ]
    assert summed.newer.text() == "New figures, sort again"
    summed.newer.click()
    assert [row.summary.name for row in tab.model.rows] == ["POST /pay", "GET /cart", "GET /new"]
    assert not summed.newer.isVisible()


def test_transactions_of_an_environment_are_read_from_their_segments(
    summed: TracesView, qtbot: QtBot
) -> None:
    summed.set_query("environment:qa is:error")
    qtbot.waitUntil(lambda: summed.is_settled)
    assert [(row.summary.name, row.summary.n) for row in summed.transactions.model.rows] == [("GET /cart", 1)]
