from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.builders import a_trace
from tests.support.store_rows import FilledStore
from tests.support.traces import LaterBridge
from vedette.desktop.commands.dispatcher import KeyDispatcher
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.scope import Scope
from vedette.desktop.theme.theme import Theme
from vedette.desktop.trace.view import TraceView
from vedette.desktop.traces.section import TracesSection


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
def section(store: FilledStore, bridge: LaterBridge, theme: Theme, qtbot: QtBot) -> TracesSection:
    """The section over three traces, 1,000 pixels wide; going is done by the test, as by the window."""
    store.add_all([(a_trace(),) for _ in range(3)])
    registry = CommandRegistry(theme)
    section = TracesSection(bridge, registry, theme)  # type: ignore[arg-type]
    qtbot.addWidget(section)
    KeyDispatcher(registry, section)
    section.navigate.connect(section.go)
    section.resize(1_000, 600)
    section.show()
    section.activateWindow()
    section.go(Place("traces"))
    qtbot.waitUntil(lambda: section.is_settled)
    return section


def test_what_shows_a_trace_is_made_after_the_list(section: TracesSection, qtbot: QtBot) -> None:
    assert not section.findChildren(TraceView)  # both in one turn of the loop would hold the window up
    qtbot.waitUntil(lambda: bool(section.findChildren(TraceView)))
    (made,) = section.findChildren(TraceView)
    assert not made.isVisible()
    section.go(Place("traces", section.list.model.rows[0].trace_id))
    assert section.findChildren(TraceView) == [made]
    assert made.isVisible()


def test_enter_opens_a_trace_and_escape_comes_back(section: TracesSection, qtbot: QtBot) -> None:
    section.setFocus()
    QTest.keyClick(section.list.list, Qt.Key.Key_Down)
    QTest.keyClick(section.list.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: section.is_settled)
    assert section.trace.isVisible()
    assert not section.list.isVisible()
    assert section.title() == "GET /cart"
    QTest.keyClick(QApplication.focusWidget() or section.trace.waterfall, Qt.Key.Key_Escape)
    assert section.list.isVisible()
    assert section.title() == "Traces"


def test_in_a_wide_window_list_and_trace_stand_side_by_side(section: TracesSection, qtbot: QtBot) -> None:
    section.resize(1_800, 700)
    assert not section.trace.isVisible()
    first = section.list.model.rows[0].trace_id
    section.go(Place("traces", first))
    qtbot.waitUntil(lambda: section.is_settled)
    assert section.list.isVisible()
    assert section.trace.isVisible()
    assert section.list.list.current_key() == first
    section._toggle_beside()
    assert not section.list.isVisible()
    section._toggle_beside()
    section.resize(900, 700)
    assert not section.list.isVisible()


def test_the_scope_reaches_the_list_whole(section: TracesSection, qtbot: QtBot) -> None:
    with qtbot.waitSignal(section.list.settled):
        section.set_scope(Scope(environments=("prod",)))
    assert list(section.list.model.rows) == []
    with qtbot.waitSignal(section.list.settled):
        section.set_scope(Scope(projects=(1, 2), environments=("qa",)))
    assert len(section.list.model.rows) == 3


def test_a_query_in_the_place_is_shown_and_taken_away_again(section: TracesSection, qtbot: QtBot) -> None:
    section.go(Place("traces", None, "is:error"))
    qtbot.waitUntil(lambda: section.is_settled)
    assert section.query == "is:error"
    section.go(Place("traces", None, ""))
    qtbot.waitUntil(lambda: section.is_settled)
    assert section.query == ""
    assert len(section.list.model.rows) == 3


def test_the_way_back_is_that_of_what_is_in_front(section: TracesSection, qtbot: QtBot) -> None:
    assert section.view_state()["tab"] == "traces"
    section.go(Place("traces", section.list.model.rows[0].trace_id))
    qtbot.waitUntil(lambda: section.is_settled)
    state = section.view_state()
    assert state["tab"] == "waterfall"
    section.restore_state({**state, "tab": "table"})
    assert section.trace.header.tabs.current() == "table"
