"""Where the open issue stands beside its list."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.unit.desktop.issues.conftest import OpenSection, rest
from vedette.desktop.bridge.bridge import Bridge
from vedette.desktop.issues.section import IssuesSection
from vedette.desktop.shell.layouts import Layout
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.scope import Scope
from vedette.domain.times import Micros


def open_first(section: IssuesSection, bridge: Bridge, qtbot: QtBot) -> None:
    section.go(Place("issues", 1, "is:unresolved"))
    rest(qtbot, bridge, section)


def test_below_the_list_keeps_its_columns(section: IssuesSection, bridge: Bridge, qtbot: QtBot) -> None:
    section.set_layout(Layout.BELOW)
    open_first(section, bridge, qtbot)
    assert section.detail is not None
    assert section.detail.isVisible()
    assert section.list.isVisible()
    assert section.splitter.orientation() is Qt.Orientation.Vertical
    assert section.detail.geometry().top() > section.list.geometry().bottom()
    assert "events" in section.list.list.seen_columns()
    section.set_layout(Layout.RIGHT)
    assert section.splitter.orientation() is Qt.Orientation.Horizontal
    assert section.list.list.seen_columns() == []


def test_in_focus_the_issue_takes_the_lists_place(
    section: IssuesSection, bridge: Bridge, qtbot: QtBot
) -> None:
    section.set_layout(Layout.FOCUS)
    open_first(section, bridge, qtbot)
    assert section.list.isHidden()
    section.step_out()
    assert section.list.isVisible()


def test_a_layout_without_room_shows_one_at_a_time(
    section: IssuesSection, bridge: Bridge, qtbot: QtBot
) -> None:
    open_first(section, bridge, qtbot)
    assert section.list.isVisible()
    section.resize(600, 900)
    qtbot.waitUntil(section.list.isHidden)
    section.set_layout(Layout.BELOW)
    qtbot.waitUntil(section.list.isVisible)
    section.resize(600, 380)
    qtbot.waitUntil(section.list.isHidden)


def test_each_layout_has_sizes_of_its_own(
    section: IssuesSection, open_section: OpenSection, bridge: Bridge, qtbot: QtBot
) -> None:
    open_first(section, bridge, qtbot)
    section.splitter.setSizes([380, 820])
    section.splitter.splitterMoved.emit(380, 1)
    section.set_layout(Layout.BELOW)
    section.splitter.setSizes([200, 500])
    section.splitter.splitterMoved.emit(200, 1)
    drawn = section.splitter.sizes()
    section.set_layout(Layout.RIGHT)
    assert section.splitter.sizes()[0] == 380
    section.set_layout(Layout.BELOW)
    assert abs(section.splitter.sizes()[0] - drawn[0]) < 10
    other = open_section()
    open_first(other, bridge, qtbot)
    assert other.splitter.sizes()[0] == 380


def test_the_open_issue_walks_the_events_of_search_and_scope(
    section: IssuesSection, bridge: Bridge, qtbot: QtBot
) -> None:
    section.set_scope(Scope(projects=(1,)))
    open_first(section, bridge, qtbot)
    detail = section.detail
    assert detail is not None
    assert detail.search.text == "is:unresolved"
    section.go(Place("issues", 1, "is:unresolved division"))
    rest(qtbot, bridge, section)
    assert detail.search.text == "is:unresolved division"
    wanted = Scope(since=Micros(1), until=Micros(2))
    with qtbot.waitSignal(section.scopeWanted) as asked:
        detail.scopeWanted.emit(wanted)
    assert asked.args == [wanted]
    state = section.view_state()
    assert state["detail"]["issue"] == 1
    section.restore_state(state)
    rest(qtbot, bridge, section)
    assert detail.issue_id == 1
